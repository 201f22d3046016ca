//! What folding promises, on a vault without a room. `#[cfg(test)]` where it is included.

use offshift_protocol::room::{MemberId, Received, Suite, Text};
use offshift_wire::{
    UnixMillis,
    content::{Answer, Edit, Message, Pin, Poll, Reaction},
    standing::{Origin, Row, RowNumber, Standing, State},
};
use zeroize::Zeroizing;

use super::{fold::Desk, who::Who, *};

const ANA: MemberId = MemberId::from_bytes([1; 32]);
const BEN: MemberId = MemberId::from_bytes([2; 32]);
/// Ben's second device.
const BENS: MemberId = MemberId::from_bytes([3; 32]);
const ROOM: RoomId = RoomId::from_bytes([7; 16]);
/// 2026, in microseconds.
const BEGAN: u64 = 1_795_305_600_000_000;

struct Stage {
    vault: Vault,
    standing: Standing,
    last: u64,
    shown_from: Position,
    _folder: tempfile::TempDir,
}

const fn id(name: u8) -> MessageId {
    MessageId::from_bytes([name; 16])
}

fn row(key: MemberId, origin: Origin) -> Row {
    Row { key, joined_at: UnixMillis(0), state: State::Member, left_at: None, origin }
}

fn text(words: &str) -> Content {
    Content::Text(Text::new(words, None).unwrap())
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rows = vec![
            row(ANA, Origin::Founder),
            row(BEN, Origin::Founder),
            row(BENS, Origin::Device { of: RowNumber(1) }),
        ];
        let vault = Vault::for_testing(folder.path());
        Self {
            vault,
            standing: Standing { rows },
            last: BEGAN,
            shown_from: Position::START,
            _folder: folder,
        }
    }

    fn who(&self) -> Who<'_> {
        Who {
            room: ROOM,
            suite: Suite::Classical,
            own: ANA,
            organizers: &[ANA],
            standing: &self.standing,
        }
    }

    fn kept(&mut self, by: MemberId, id: MessageId, content: Content) -> (Position, Change) {
        self.last += 1000;
        let at = Position::new(self.last);
        let message = Message { id, sequence: 0, content };
        // An unknown kind is kept as the bytes that came.
        let content = match &message.content {
            Content::Unknown(bytes) => bytes.clone(),
            _ => message.encode().unwrap().into(),
        };
        let handle = "somebody".parse().unwrap();
        let entry = HistoryEntry { sender: by, handle, own: by == ANA, message, content };
        let value = Zeroizing::new(entry.encode());
        (at, Change::Put { key: Of::History.key(ROOM, at), value })
    }

    /// A message comes: it is kept and folded in one batch.
    fn comes(&mut self, by: MemberId, name: u8, content: Content) -> Folded {
        let (position, kept) = self.kept(by, id(name), content.clone());
        let received = Received {
            position,
            id: id(name),
            sender: by,
            handle: "somebody".to_owned(),
            at: position.time(),
            own: by == ANA,
            content,
        };
        let mut desk = Desk::new(&self.vault, self.who()).showing_from(self.shown_from);
        let folded = desk.fold(&received).unwrap();
        let mut changes = vec![kept];
        changes.extend(desk.into_changes());
        self.vault.apply(&changes).unwrap();
        folded
    }

    fn names(&self, prefix: &str) -> Vec<String> {
        self.vault.names_between(prefix, &format!("{prefix}~")).map(str::to_owned).collect()
    }

    fn fold(&self, at: Position) -> record::Fold {
        let record = self.vault.read(&Of::Fold.key(ROOM, at)).unwrap();
        record::Fold::decode(&record).unwrap()
    }

    fn contents(&self) -> Vec<Content> {
        entries(&self.vault, ROOM, Position::START).map(|(_, content)| content).collect()
    }
}

fn position(folded: Folded) -> Position {
    match folded {
        Folded::New(at) | Folded::Changed(at) | Folded::TakenBack(at, _) => at,
        other => panic!("{other:?}"),
    }
}

fn mark(to: u8, mark: &str) -> Content {
    Content::Reaction(Reaction { to: id(to), mark: mark.into() })
}

fn answer(poll: u8, options: &[u32]) -> Content {
    Content::Answer(Answer { poll: id(poll), options: options.into() })
}

fn poll() -> Content {
    let options = vec!["Yes".into(), "No".into()];
    Content::Poll(Poll { question: "Shall we?".into(), options, several: false })
}

#[test]
fn os_cnt_030_a_change_leaves_no_record_of_its_own() {
    let mut stage = Stage::new();
    let said = position(stage.comes(ANA, 1, text("hello")));
    for (name, content) in (10..).zip([
        mark(1, "👍"),
        Content::Edit(Edit { of: id(1), text: Text::new("other", None).unwrap() }),
        Content::Pin(Pin { of: id(1), off: false }),
        answer(99, &[0]),
        Content::TakeBack(id(98)),
    ]) {
        stage.comes(ANA, name, content);
    }
    assert_eq!(stage.names("history/"), [Of::History.key(ROOM, said)]);
    assert!(stage.contents() == [text("other")]);
    assert!(stage.fold(said).is_edited);
}

#[test]
fn os_cnt_017_a_person_answers_once_whichever_device_speaks() {
    let mut stage = Stage::new();
    let asked = position(stage.comes(ANA, 1, poll()));
    assert_eq!(stage.comes(BEN, 2, answer(1, &[0])), Folded::Changed(asked));
    assert_eq!(stage.comes(BENS, 3, answer(1, &[1])), Folded::Changed(asked));
    stage.comes(BEN, 4, mark(1, "👍"));
    stage.comes(BENS, 5, mark(1, "👎"));
    let fold = stage.fold(asked);
    assert!(fold.answers == [(BEN, 2)] && fold.marks == [(BEN, "👎".to_owned())]);
    stage.comes(ANA, 6, answer(1, &[1]));
    assert_eq!(stage.fold(asked).answers.len(), 2, "the twin: another person");
    let own = position(stage.comes(BEN, 7, text("mine")));
    assert_eq!(stage.comes(BENS, 8, Content::TakeBack(id(7))), Folded::Refused, "another key");
    assert_eq!(stage.comes(BEN, 9, Content::TakeBack(id(7))), Folded::TakenBack(own, id(7)));
}

#[test]
fn os_cnt_014_an_answer_behind_the_end_does_not_count() {
    let mut stage = Stage::new();
    let asked = position(stage.comes(BEN, 1, poll()));
    stage.comes(ANA, 2, answer(1, &[0]));
    assert_eq!(stage.comes(BENS, 3, Content::ClosePoll(id(1))), Folded::Refused);
    assert_eq!(stage.comes(ANA, 4, Content::ClosePoll(id(1))), Folded::Changed(asked), "organizer");
    assert_eq!(stage.comes(BEN, 5, answer(1, &[0])), Folded::Nothing);
    assert_eq!(stage.comes(ANA, 6, answer(1, &[])), Folded::Nothing, "nor is one taken away");
    let fold = stage.fold(asked);
    assert!(fold.is_closed && fold.answers == [(ANA, 1)]);
}

#[test]
fn os_cnt_013_what_is_taken_back_leaves_its_place_and_nothing_else() {
    let mut stage = Stage::new();
    let said = position(stage.comes(BEN, 1, text("a canary")));
    stage.comes(ANA, 2, mark(1, "canary"));
    stage.comes(ANA, 3, Content::Pin(Pin { of: id(1), off: false }));
    assert_eq!([stage.names("unread/").len(), stage.names("pinned/").len()], [1, 1], "the twin");
    stage.comes(BEN, 4, Content::TakeBack(id(1)));
    assert!(stage.contents() == [Content::TakeBack(id(1))]);
    for kept in ["fold/", "pinned/", "unread/"] {
        assert!(stage.names(kept).is_empty(), "{kept}");
    }
    assert_eq!(stage.names("history/"), [Of::History.key(ROOM, said)]);
    for (name, content) in (5..).zip([mark(1, "x"), Content::Pin(Pin { of: id(1), off: false })]) {
        assert_eq!(stage.comes(ANA, name, content), Folded::Nothing);
    }
}

#[test]
fn nobody_takes_anothers_message_away_by_its_name() {
    let mut stage = Stage::new();
    let bens = position(stage.comes(BEN, 1, text("mine")));
    let anas = position(stage.comes(ANA, 1, text("the same name")));
    assert_eq!(stage.comes(ANA, 2, Content::TakeBack(id(1))), Folded::TakenBack(anas, id(1)));
    assert_eq!(stage.comes(ANA, 3, mark(1, "👍")), Folded::Changed(bens), "the first one's");
    assert_eq!(stage.comes(BEN, 4, Content::TakeBack(id(1))), Folded::TakenBack(bens, id(1)));
}

#[test]
fn os_cnt_031_what_an_older_version_kept_whole_takes_its_place() {
    let mut stage = Stage::new();
    // An older version did not know edits and marks: it kept them whole, and folded nothing.
    let later = |name: u8, content: Content| {
        let message = Message { id: id(name), sequence: 0, content };
        Content::Unknown(message.encode().unwrap().into())
    };
    let edit = Content::Edit(Edit { of: id(1), text: Text::new("at seven", None).unwrap() });
    let kept = [
        stage.kept(BEN, id(1), text("at six")),
        stage.kept(BEN, id(2), later(2, edit)),
        stage.kept(ANA, id(3), later(3, mark(1, "👍"))),
        stage.kept(ANA, id(4), text("fine")),
    ];
    let said = kept[0].0;
    let changes: Vec<_> = kept.into_iter().map(|(_, change)| change).collect();
    stage.vault.apply(&changes).unwrap();
    let changes = fold::rebuild(&stage.vault, stage.who()).unwrap();
    stage.vault.apply(&changes).unwrap();
    assert!(stage.contents() == [text("at seven"), text("fine")]);
    assert!(stage.fold(said).is_edited && stage.fold(said).marks.len() == 1);
    assert_eq!(stage.names("unread/"), [Of::Unread.key(ROOM, said)], "others' are new");
    let again = fold::rebuild(&stage.vault, stage.who()).unwrap();
    stage.vault.apply(&again).unwrap();
    assert!(stage.contents() == [text("at seven"), text("fine")], "and once is enough");
}

#[test]
fn what_disappears_leaves_no_name_behind() {
    let mut stage = Stage::new();
    let old = position(stage.comes(BEN, 1, text("old")));
    stage.comes(ANA, 2, mark(1, "👍"));
    stage.comes(ANA, 3, Content::Pin(Pin { of: id(1), off: false }));
    let new = position(stage.comes(BEN, 4, text("new")));
    let changes = forget(&stage.vault, ROOM, old).unwrap();
    stage.vault.apply(&changes).unwrap();
    let left: Vec<_> =
        stage.names("").into_iter().filter(|name| !name.starts_with("day/")).collect();
    assert_eq!(
        left,
        [Of::History.key(ROOM, new), place_key(ROOM, &id(4)), Of::Unread.key(ROOM, new)]
    );
    assert_eq!(stage.comes(BEN, 5, Content::TakeBack(id(1))), Folded::Nothing, "it is gone");
}

#[test]
fn os_vlt_015_when_the_vault_is_crowded_only_ones_own_words_and_take_backs_are_kept() {
    let mut stage = Stage::new();
    let bens = position(stage.comes(BEN, 1, text("before")));
    let full = stage.vault.live_bytes();
    stage.vault.set_live_bytes_max(full);
    assert_eq!(stage.comes(BEN, 2, text("more")), Folded::Refused);
    assert_eq!(stage.comes(BEN, 3, mark(1, "👍")), Folded::Refused);
    let later = Content::Unknown(vec![0x0a, 16].into_iter().chain([4; 16]).collect());
    assert_eq!(stage.comes(BEN, 4, later), Folded::Refused);
    assert_eq!(stage.names("history/"), [Of::History.key(ROOM, bens)], "nothing is kept of it");
    assert_eq!(stage.vault.live_bytes(), full);
    assert_eq!(stage.comes(BEN, 5, Content::TakeBack(id(1))), Folded::TakenBack(bens, id(1)));
    stage.vault.set_live_bytes_max(full + 400);
    let anas = stage.comes(ANA, 6, text("mine"));
    assert!(matches!(anas, Folded::New(_)), "one's own");
    stage.vault.set_live_bytes_max(8 * full);
    assert!(
        matches!(stage.comes(BEN, 7, text("more")), Folded::New(_)),
        "the twin: there is place"
    );
}

#[test]
fn os_cli_020_what_comes_past_its_time_is_not_new() {
    let mut stage = Stage::new();
    stage.shown_from = Position::new(BEGAN + 1500);
    stage.comes(BEN, 1, text("late"));
    assert!(stage.names("unread/").is_empty());
    let at = position(stage.comes(BEN, 2, text("in time")));
    assert_eq!(stage.names("unread/"), [Of::Unread.key(ROOM, at)], "the twin");
}

#[test]
fn of_two_messages_with_one_name_each_author_finds_their_own() {
    let mut stage = Stage::new();
    stage.comes(BEN, 1, text("Ben's"));
    stage.comes(ANA, 1, text("Ana's"));
    let by = |who: &MemberId| entry_by(&stage.vault, ROOM, &id(1), who).unwrap();
    assert!(by(&ANA).is_some_and(|entry| entry.own && entry.message.content == text("Ana's")));
    assert!(by(&BEN).is_some_and(|entry| !entry.own));
    assert!(by(&BENS).is_none());
    let first = entry(&stage.vault, ROOM, &id(1)).unwrap();
    assert!(first.is_some_and(|entry| entry.sender == BEN), "the twin: anybody's is the first");
}

#[test]
fn an_applicants_name_is_kept_as_long_as_what_was_said_for_them() {
    let mut stage = Stage::new();
    let key = applicant_key(ROOM, &BEN);
    let kept = |position: u64| {
        let one = Applicant { position: Position::new(position), handle: "Ben".to_owned() };
        Change::Put { key: applicant_key(ROOM, &BEN), value: one.encode() }
    };
    stage.vault.apply(&[kept(BEGAN)]).unwrap();
    let read = stage.vault.get(&key).map(Applicant::decode).unwrap().unwrap();
    assert_eq!((read.position.value(), read.handle.as_str()), (BEGAN, "Ben"));
    assert!(forget(&stage.vault, ROOM, Position::new(BEGAN - 1)).unwrap().is_empty(), "the twin");
    let changes = forget(&stage.vault, ROOM, Position::new(BEGAN)).unwrap();
    stage.vault.apply(&changes).unwrap();
    assert!(stage.vault.get(&key).is_none());
}
