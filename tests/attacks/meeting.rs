//! Attacks on meetings: a relay that swaps keys (RO-03), a leaked code (EI-30), a guess at the words (EI-33), a code
//! of another purpose (EI-34), one person in two rooms (EI-37).

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::{
    Change, Context, Effect, Effects, OutboxSequence,
    card::{Application, Method, Purpose},
    limits::MEETING_LIFE_MS,
    meeting::{AbortReason, BadCode, Meeting, MeetingCode, MeetingEvent, Shown, Words, words},
    room::Suite,
};
use offshift_wire::{
    Address, Envelope, Position, RelayId, UnixMillis,
    link::RelayLink,
    meeting::{MeetingEntry, Say},
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use offshift_tests::fuzz::rendezvous::{Side, Stolen, commit};

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

fn link() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap()
}

/// A person with a device. What it deposits stays in `sent`, for the relay of the test to deal with.
struct Person {
    rng: ChaCha20Rng,
    outbox: OutboxSequence,
    now: UnixMillis,
    meeting: Option<Meeting>,
    vault: BTreeMap<String, Vec<u8>>,
    sent: Vec<(Address, Envelope)>,
    events: Vec<MeetingEvent>,
}

impl Person {
    fn new(seed: u64) -> Self {
        Self {
            rng: ChaCha20Rng::seed_from_u64(seed),
            outbox: OutboxSequence::new(),
            now: NOW,
            meeting: None,
            vault: BTreeMap::new(),
            sent: Vec::new(),
            events: Vec::new(),
        }
    }

    fn ctx(&mut self) -> Context<'_> {
        Context { now: self.now, rng: &mut self.rng, outbox: &mut self.outbox }
    }

    fn application(&mut self, handle: &str) -> Application {
        Application::new(&mut self.ctx(), &link(), handle).unwrap()
    }

    fn shows(seed: u64) -> Self {
        let mut person = Self::new(seed);
        let mine = person.application("Ana");
        let (meeting, effects) = Meeting::show(&mut person.ctx(), &link(), mine);
        person.meeting = Some(meeting);
        person.run(effects);
        person
    }

    fn scans(seed: u64, code: &str) -> Self {
        let mut person = Self::new(seed);
        let mine = person.application("Ben");
        let code: MeetingCode = code.parse().ok().unwrap();
        let scanned = Meeting::scan(&mut person.ctx(), code, mine);
        let (meeting, effects) = scanned.ok().unwrap();
        person.meeting = Some(meeting);
        person.run(effects);
        person
    }

    fn code(&self) -> String {
        self.meeting.as_ref().unwrap().code().to_string()
    }

    fn run(&mut self, effects: Effects<MeetingEvent>) {
        for effect in effects {
            match effect {
                Effect::Persist(changes) => changes.into_iter().for_each(|one| self.persist(one)),
                Effect::Deposit(out) => self.sent.push((out.to.address(), out.envelope)),
                Effect::Event(event) => self.events.push(event),
                Effect::Follow(_) | Effect::Unfollow(_) | Effect::Cancel(_) => {}
            }
        }
    }

    fn persist(&mut self, change: Change) {
        match change {
            Change::Put { key, value } => self.vault.insert(key, value.to_vec()),
            Change::Delete { key } => self.vault.remove(&key),
        };
    }

    fn hand(&mut self, address: &Address, at: u64, envelope: &Envelope) {
        let Some(mut meeting) = self.meeting.take() else { return };
        let effects = meeting.handle_entry(&mut self.ctx(), address, Position::new(at), envelope);
        self.run(effects);
        self.meeting = Some(meeting);
    }

    fn words(&self) -> Option<Words> {
        self.events.iter().find_map(|event| match event {
            MeetingEvent::WordsReady { words, .. } => Some(*words),
            _ => None,
        })
    }

    fn aborted(&self) -> Option<AbortReason> {
        self.events.iter().find_map(|event| match event {
            MeetingEvent::Aborted { reason, .. } => Some(*reason),
            _ => None,
        })
    }

    fn is_over(&self) -> bool {
        self.meeting.as_ref().is_none_or(Meeting::is_over)
    }

    /// Whether anything that came of meeting somebody lies in the vault.
    fn has_contact(&self) -> bool {
        let left = ["contact/", "application/", "inbox/", "meeting/"];
        self.vault.keys().any(|key| left.iter().any(|prefix| key.starts_with(prefix)))
    }
}

/// An honest relay: everyone reads everything, in one order for each mailbox.
fn deliver(people: &mut [&mut Person]) {
    let mut logs: BTreeMap<Address, Vec<Envelope>> = BTreeMap::new();
    let mut done = vec![0; people.len()];
    for _ in 0..6 {
        for (person, done) in people.iter().zip(&mut done) {
            for (address, envelope) in &person.sent[*done..] {
                logs.entry(*address).or_default().push(envelope.clone());
            }
            *done = person.sent.len();
        }
        for person in people.iter_mut() {
            for (address, log) in &logs {
                for (envelope, at) in log.iter().zip(1..) {
                    person.hand(address, at, envelope);
                }
            }
        }
    }
}

/// Ana and Ben, met, and the code they used.
fn met() -> (Person, Person, String) {
    let mut ana = Person::shows(1);
    let code = ana.code();
    let mut ben = Person::scans(2, &code);
    deliver(&mut [&mut ana, &mut ben]);
    (ana, ben, code)
}

#[test]
fn ro_03_a_relay_without_the_secret_can_neither_read_nor_swap_cards() {
    let (ana, ben, code) = met();
    assert!(ana.words().is_some() && ana.words() == ben.words(), "the twin: an honest relay");
    let reads = |stolen: &Stolen| {
        let all = ana.sent.iter().chain(&ben.sent);
        all.filter(|(address, envelope)| {
            [Side::Scanner, Side::Shower].into_iter().any(|mailbox| {
                stolen.address(mailbox) == *address && stolen.open(mailbox, envelope).is_some()
            })
        })
        .count()
    };
    assert_eq!(reads(&Stolen::from_code(&code)), 3, "the control: the secret opens all three");
    let other = Person::shows(7).code();
    assert_eq!(reads(&Stolen::from_code(&other)), 0);

    // The relay swaps every byte range it likes: each change ends the meeting before any words.
    let mut ana = Person::shows(1);
    let mut ben = Person::scans(2, &ana.code());
    let (address, envelope) = ben.sent.remove(0);
    ana.hand(&address, 1, &envelope);
    let (address, envelope) = ana.sent.remove(0);
    let mut swapped = envelope.as_ref().to_vec();
    swapped[5000..6000].fill(7);
    ben.hand(&address, 1, &swapped.try_into().unwrap());
    assert_eq!(ben.aborted(), Some(AbortReason::Garbled));
    assert!(!ben.has_contact());
}

#[test]
fn ro_03_a_relay_with_the_secret_that_swaps_cards_makes_the_words_differ() {
    // Mallory has the code and the relay: each side meets Mallory instead of the other.
    let mut ana = Person::shows(1);
    let code = ana.code();
    let stolen = Stolen::from_code(&code);
    let mut ben = Person::scans(2, &code);
    let mut mallory = Person::scans(3, &code);
    deliver(&mut [&mut ana, &mut mallory]);

    let shower = stolen.address(Side::Shower);
    let bens = ben.sent.remove(0).1;
    let Some(Say::Commit(bound)) = stolen.open(Side::Scanner, &bens) else { panic!("a commit") };
    let card = mallory.application("Ana").card().bytes().clone();
    let answer = Say::Answer { commit: bound, nonce: [5; 32], card };
    ben.hand(&shower, 1, &stolen.seal(Side::Shower, 1, 8, answer));

    let (at_ana, at_ben) = (ana.words().unwrap(), ben.words().unwrap());
    assert_ne!(at_ana, at_ben, "two people who compare see it");

    // They stop, and nothing is left that a vouch could be made of.
    for person in [&mut ana, &mut ben] {
        let mut meeting = person.meeting.take().unwrap();
        let effects = meeting.abort(&mut person.ctx());
        person.run(effects);
        assert!(!person.has_contact());
        assert!(meeting.confirm(&mut person.ctx(), Method::InPerson).is_err());
    }
    let (mut ana, ..) = met();
    let meeting = ana.meeting.take().unwrap();
    let confirmed = meeting.confirm(&mut ana.ctx(), Method::InPerson);
    let effects = confirmed.ok().unwrap().effects;
    ana.run(effects);
    assert!(ana.has_contact(), "the twin: an honest meeting leaves a contact");
}

/// OS-MEE-014.
#[test]
fn ei_30_a_second_scan_aborts_the_meeting_on_every_screen() {
    let mut ana = Person::shows(1);
    let code = ana.code();
    let mut ben = Person::scans(2, &code);
    let mut eve = Person::scans(3, &code);
    deliver(&mut [&mut ana, &mut ben, &mut eve]);
    for person in [&ana, &ben, &eve] {
        assert_eq!(person.aborted(), Some(AbortReason::SecondScanner));
        assert!(person.is_over() && !person.has_contact());
    }
    let (ana, ben, _) = met();
    assert!(ana.aborted().is_none() && ben.aborted().is_none(), "the twin: one scanner");
}

/// OS-MEE-014.
#[test]
fn ei_30_a_second_scan_while_the_words_are_compared_aborts_too() {
    let (mut ana, mut ben, code) = met();
    let eve = Person::scans(3, &code);
    let (address, envelope) = &eve.sent[0];
    for person in [&mut ana, &mut ben] {
        person.hand(address, 9, envelope);
        assert_eq!(person.aborted(), Some(AbortReason::SecondScanner));
        assert!(person.is_over() && !person.has_contact());
    }
}

/// OS-MEE-012.
#[test]
fn ei_30_a_code_later_than_ten_minutes_is_dead() {
    for (late_ms, alive) in [(MEETING_LIFE_MS - 1, true), (MEETING_LIFE_MS, false)] {
        let mut ana = Person::shows(1);
        let code = ana.code();
        ana.now = NOW.plus_ms(late_ms);
        let mut eve = Person::scans(3, &code);
        deliver(&mut [&mut ana, &mut eve]);
        assert_eq!(eve.words().is_some(), alive);
        assert_eq!(ana.events.contains(&MeetingEvent::Expired), !alive);
    }
}

#[test]
fn ei_30_no_code_alone_admits_anyone() {
    let mut ana = Person::shows(1);
    let code = ana.code();
    let mut eve = Person::scans(3, &code);
    deliver(&mut [&mut ana, &mut eve]);
    assert!(ana.words().is_some(), "Eve came as far as the words");
    let contacts = |person: &Person| person.vault.keys().any(|key| key.starts_with("contact/"));
    assert!(!contacts(&ana), "without a person who confirms there is no contact");
    ana.now = NOW.plus_ms(MEETING_LIFE_MS);
    let mut meeting = ana.meeting.take().unwrap();
    let effects = meeting.handle_tick(&mut ana.ctx());
    ana.run(effects);
    assert!(!ana.has_contact() && meeting.is_over(), "and none comes by itself");
}

#[test]
fn ei_33_a_guess_at_the_words_succeeds_once_in_2_to_the_33() {
    // Mallory tries nonces until the words that one screen will show equal those of the other. Each try is one
    // application of the real function. 10^6 tries at 2^-33 succeed 10^-4 times; the shorter prefixes, one
    // word and two, are hit as often as 11 and 22 fair bits say, so the bits are fair.
    const TRIES: u32 = 1_000_000;
    let secret = [7; 16];
    let mut rng = ChaCha20Rng::seed_from_u64(33);
    let mut nonce = [0; 32];
    rng.fill_bytes(&mut nonce);
    let a = Shown { card: b"card of Ana", nonce: &nonce };
    let wanted = words(Purpose::Meet, &secret, a, Shown { card: b"card of Ben", nonce: &[5; 32] });
    let mut hits = [0_u32; 3];
    for _ in 0..TRIES {
        let mut guess = [0; 32];
        rng.fill_bytes(&mut guess);
        let shown =
            words(Purpose::Meet, &secret, a, Shown { card: b"card of Mallory", nonce: &guess });
        let equal = shown.iter().zip(&wanted).take_while(|(one, other)| one == other).count();
        for hit in hits.iter_mut().take(equal) {
            *hit += 1;
        }
    }
    // One word: 488 expected, 22 the standard deviation; five of them either way. Two words: 0.24 expected.
    assert!((378..=599).contains(&hits[0]), "{hits:?}");
    assert!(hits[1] <= 4, "{hits:?}");
    assert_eq!(hits[2], 0, "{hits:?}");
}

/// What an attacker with the code can say to a device, each in either mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Move {
    /// Tag, whether to the card that `Reveal` of the same tag shows.
    Commit(u8),
    Reveal(u8),
    /// Answers Ben's commit, or another.
    Answer(bool),
    Abort,
}

const MOVES: [Move; 7] = [
    Move::Commit(1),
    Move::Commit(2),
    Move::Reveal(1),
    Move::Reveal(2),
    Move::Answer(true),
    Move::Answer(false),
    Move::Abort,
];

/// The moves as envelopes for one victim.
struct Attacker {
    stolen: Stolen,
    card: bytes::Bytes,
    victims_commit: [u8; 32],
}

impl Attacker {
    fn say(&self, one: Move) -> (u8, Say) {
        let nonce = |tag| [tag; 32];
        let card = self.card.clone();
        match one {
            Move::Commit(tag) => (tag, Say::Commit(commit(&nonce(tag), &card))),
            Move::Reveal(tag) => (tag, Say::Reveal { nonce: nonce(tag), card }),
            Move::Answer(right) => {
                let commit = if right { self.victims_commit } else { [9; 32] };
                (1, Say::Answer { commit, nonce: nonce(1), card })
            }
            Move::Abort => (1, Say::Abort(1)),
        }
    }

    fn hand(&self, person: &mut Person, at: u64, (mailbox, one): (Side, Move)) {
        let (tag, say) = self.say(one);
        let envelope = self.stolen.seal(mailbox, at, tag, say);
        person.hand(&self.stolen.address(mailbox), at, &envelope);
    }

    /// Plays the moves to a copy of the victim, each under a fresh seal. Gives whether words were shown, and whether
    /// the meeting goes on.
    fn play(&self, victim: &Person, moves: &[(Side, Move)]) -> (bool, bool) {
        let id = victim.meeting.as_ref().unwrap().id();
        let mut person = Person::new(50);
        person.meeting = Some(Meeting::load(id, &victim.vault[&id.key()]).unwrap());
        for (one, at) in moves.iter().zip(10..) {
            self.hand(&mut person, at, *one);
        }
        if person.is_over() {
            self.nothing_wakes(&mut person);
        }
        (person.words().is_some(), !person.is_over())
    }

    /// What is over stays over: so every longer sequence is decided by its shortest beginning that ends it.
    fn nothing_wakes(&self, person: &mut Person) {
        let before = (person.events.len(), person.sent.len());
        for (one, at) in [(Side::Scanner, Move::Commit(1)), (Side::Scanner, Move::Reveal(1))]
            .into_iter()
            .chain([(Side::Shower, Move::Answer(true))])
            .zip(100..)
        {
            self.hand(person, at, one);
        }
        assert_eq!((person.events.len(), person.sent.len()), before);
    }

    /// Every sequence of moves in either mailbox, as long as the one before its last move goes on. Gives those after
    /// which words were shown, and those after which the meeting still goes on.
    fn all_orders(&self, victim: &Person) -> [BTreeSet<Vec<(Side, Move)>>; 2] {
        let (mut words, mut on) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![Vec::new()];
        while let Some(begun) = open.pop() {
            for mailbox in [Side::Scanner, Side::Shower] {
                for one in MOVES {
                    let moves = [begun.as_slice(), &[(mailbox, one)]].concat();
                    let (shown, goes_on) = self.play(victim, &moves);
                    if shown {
                        words.insert(moves.clone());
                    }
                    if goes_on {
                        on.insert(moves.clone());
                        open.push(moves);
                    }
                }
            }
        }
        [words, on]
    }
}

/// OS-MEE-010, OS-MEE-011.
#[test]
fn ei_33_the_shower_accepts_one_order_of_moves_and_no_other() {
    let ana = Person::shows(1);
    let code = ana.code();
    let card = Person::new(4).application("Eve").card().bytes().clone();
    let attacker = Attacker { stolen: Stolen::from_code(&code), card, victims_commit: [0; 32] };
    let [words, on] = attacker.all_orders(&ana);
    let commit = |tag| (Side::Scanner, Move::Commit(tag));
    let reveal = |tag| (Side::Scanner, Move::Reveal(tag));
    let right = [1, 2].map(|tag| vec![commit(tag), reveal(tag)]);
    let begun = [1, 2].map(|tag| vec![commit(tag)]);
    assert_eq!(on, begun.into_iter().chain(right.clone()).collect());
    // Words were shown after the right order, and after that one more move ended the meeting.
    assert!(right.iter().all(|moves| words.contains(moves)));
    assert!(words.iter().all(|moves| right.iter().any(|begin| moves.starts_with(begin))));
}

/// OS-MEE-010, OS-MEE-011.
#[test]
fn ei_33_the_scanner_accepts_one_order_of_moves_and_no_other() {
    let ana = Person::shows(1);
    let code = ana.code();
    let ben = Person::scans(2, &code);
    let stolen = Stolen::from_code(&code);
    let Some(Say::Commit(victims_commit)) = stolen.open(Side::Scanner, &ben.sent[0].1) else {
        panic!("a commit");
    };
    let card = Person::new(4).application("Eve").card().bytes().clone();
    let attacker = Attacker { stolen, card, victims_commit };
    let [words, on] = attacker.all_orders(&ben);
    let right = vec![(Side::Shower, Move::Answer(true))];
    assert_eq!(on, BTreeSet::from([right.clone()]));
    assert!(words.contains(&right) && words.iter().all(|moves| moves.starts_with(&right)));
}

/// OS-MEE-011.
#[test]
fn ei_33_a_card_that_was_not_committed_to_is_refused() {
    let mut ana = Person::shows(1);
    let stolen = Stolen::from_code(&ana.code());
    let mut eve = Person::new(4);
    let (first, second) = (eve.application("Eve"), eve.application("Ben"));
    let bound = commit(&[1; 32], first.card().bytes());
    let scanner = stolen.address(Side::Scanner);
    ana.hand(&scanner, 1, &stolen.seal(Side::Scanner, 1, 1, Say::Commit(bound)));
    let reveal = Say::Reveal { nonce: [1; 32], card: second.card().bytes().clone() };
    ana.hand(&scanner, 2, &stolen.seal(Side::Scanner, 2, 1, reveal));
    assert_eq!(ana.aborted(), Some(AbortReason::BrokenCommit));
    assert!(ana.words().is_none() && !ana.has_contact());
}

/// OS-MEE-010.
#[test]
fn ei_33_a_commit_of_one_opened_by_another_is_refused() {
    let eve = Person::new(4).application("Eve");
    let card = eve.card().bytes();
    for (opener, reason) in [(1, None), (2, Some(AbortReason::SecondScanner))] {
        let mut ana = Person::shows(1);
        let stolen = Stolen::from_code(&ana.code());
        let scanner = stolen.address(Side::Scanner);
        let bound = Say::Commit(commit(&[7; 32], card));
        ana.hand(&scanner, 1, &stolen.seal(Side::Scanner, 1, 1, bound));
        let reveal = Say::Reveal { nonce: [7; 32], card: card.clone() };
        ana.hand(&scanner, 2, &stolen.seal(Side::Scanner, 2, opener, reveal));
        assert_eq!(ana.aborted(), reason);
        assert_eq!(ana.words().is_some(), reason.is_none());
    }
}

#[test]
fn ei_33_who_speaks_under_the_victims_tag_is_refused() {
    let ana = Person::shows(1);
    let mut ben = Person::scans(2, &ana.code());
    let stolen = Stolen::from_code(&ana.code());
    let own = stolen.open_entry(Side::Scanner, &ben.sent[0].1).unwrap();
    let Say::Commit(bound) = own.say else { panic!("a commit") };
    let card = Person::new(4).application("Eve").card().bytes().clone();
    let mut answer =
        MeetingEntry { tag: own.tag, say: Say::Answer { commit: bound, nonce: [5; 32], card } };
    let shower = stolen.address(Side::Shower);
    ben.hand(&shower, 1, &stolen.seal_entry(Side::Shower, 1, &answer));
    assert_eq!(ben.aborted(), Some(AbortReason::OutOfTurn));

    let mut twin = Person::scans(2, &ana.code());
    answer.tag = [8; 16];
    twin.hand(&shower, 1, &stolen.seal_entry(Side::Shower, 1, &answer));
    assert!(twin.words().is_some(), "the twin: under a tag of its own");
}

#[test]
fn ei_33_the_own_card_thrown_back_is_refused() {
    let mut ana = Person::shows(1);
    let stolen = Stolen::from_code(&ana.code());
    let scanner = stolen.address(Side::Scanner);
    ana.hand(&scanner, 1, &stolen.seal(Side::Scanner, 1, 1, Say::Commit([1; 32])));
    let Some(Say::Answer { nonce, card, .. }) = stolen.open(Side::Shower, &ana.sent[0].1) else {
        panic!("an answer");
    };
    let mut again = Person::shows(1);
    let bound = commit(&nonce, &card);
    again.hand(&scanner, 1, &stolen.seal(Side::Scanner, 1, 1, Say::Commit(bound)));
    again.hand(&scanner, 2, &stolen.seal(Side::Scanner, 2, 1, Say::Reveal { nonce, card }));
    assert_eq!(again.aborted(), Some(AbortReason::OutOfTurn));
}

/// OS-MEE-002.
#[test]
fn ei_34_a_code_of_another_purpose_is_refused_by_type() {
    let code = Person::shows(1).code();
    let payload = code.strip_prefix("offshift:meet:").unwrap();
    let cases = [
        (link().to_string(), BadCode::RelayLink),
        (format!("offshift:device:{payload}"), BadCode::Device),
        (format!("offshift:ticket:{payload}"), BadCode::Ticket),
        (format!("offshift:vouch:{payload}"), BadCode::OtherPurpose),
        (payload.to_owned(), BadCode::Foreign),
    ];
    for (text, bad) in cases {
        let refused = text.parse::<MeetingCode>().err();
        assert_eq!(refused, Some(bad));
        assert!(bad.to_string().contains("meeting somebody"), "it says what is wanted");
    }
    assert!(code.parse::<MeetingCode>().is_ok(), "the twin");
}

/// Every run of eight bytes in a card. Longer runs that are equal contain one that is.
fn runs(card: &[u8]) -> BTreeSet<[u8; 8]> {
    card.windows(8).map(|window| window.try_into().unwrap()).collect()
}

#[test]
fn ei_37_two_cards_of_one_person_share_no_public_value() {
    let mut ana = Person::new(1);
    let (one, two) = (ana.application("kestrel"), ana.application("Ana"));
    // What is equal: names of fields, lengths, suites, the relay that both name. A person with other keys and the
    // same handle and relay has all of that, too.
    let stranger = Person::new(99).application("kestrel");
    let unremarkable = runs(stranger.card().bytes());
    let first = runs(one.card().bytes());
    let shared = |other: &Application| {
        let other = runs(other.card().bytes());
        first.intersection(&other).filter(|run| !unremarkable.contains(*run)).count()
    };
    assert_eq!(shared(&two), 0);
    assert!(shared(&one) > 3_000, "the control: the same card twice is noticed");

    assert_ne!(one.id(), two.id());
    assert_ne!(one.inbox().source().access.address(), two.inbox().source().access.address());
    for suite in Suite::ALL {
        assert_ne!(one.card().key_package(suite), two.card().key_package(suite));
    }
}
