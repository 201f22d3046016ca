//! Whose file a message is about, when two messages have one name, and whose deposit a line speaks of.

use bytes::Bytes;
use offshift_access::{EnvelopeHash, Kind, ReceiptKey, Statement};
use offshift_protocol::{
    Outgoing,
    file::{Cut, FileMailbox},
    room::{MemberId, Rules},
};
use offshift_wire::{
    Envelope, Life, Position, RelayId, SizeClass, content::Message, room::HistoryEntry,
};
use tokio::sync::broadcast;
use zeroize::Zeroizing;

use super::*;
use crate::{line::Report, receipts::Kept};

const ROOM: RoomId = RoomId::from_bytes([7; 16]);
const NAME: MessageId = MessageId::from_bytes([4; 16]);
const ONE: TransferId = TransferId::from_bytes([1; 16]);
const ANA: MemberId = MemberId::from_bytes([1; 32]);
const MAL: MemberId = MemberId::from_bytes([2; 32]);
/// 2026, in microseconds.
const THEIRS: Position = Position::new(1_795_305_600_000_000);
const COPIED: Position = Position::new(1_795_305_600_001_000);

struct Bob {
    engine: Engine,
    _folder: tempfile::TempDir,
}

fn relay() -> RelayLink {
    RelayLink::new("127.0.0.1", 9, RelayId::from_bytes([3; 32])).unwrap()
}

fn file(caption: &str) -> File {
    File {
        name: "notice.txt".into(),
        media_type: "text/plain".into(),
        bytes: 5,
        sha256: [5; 32],
        key: [6; 32],
        relay: relay(),
        until: UnixMillis(4_000_000_000_000),
        caption: caption.into(),
        preview: Bytes::new(),
    }
}

const fn offering(at: Position) -> Offering {
    Offering { id: NAME, at, own: false }
}

fn put(key: String, value: Vec<u8>) -> Change {
    Change::Put { key, value: Zeroizing::new(value) }
}

fn history(by: MemberId, at: Position, content: Content) -> Change {
    let message = Message { id: NAME, sequence: 0, content };
    let content = message.encode().unwrap().into();
    let handle = "somebody".parse().unwrap();
    let entry = HistoryEntry { sender: by, handle, own: false, message, content };
    put(format!("history/{}/{:016x}", ROOM.hex(), at.value()), entry.encode())
}

impl Bob {
    /// Ana offers a file, and it is here; behind it stands what Mal said under the same name.
    fn with(copied: Content) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut vault = Vault::for_testing(folder.path());
        let mut one = Transfer::new(ONE, Way::In, ROOM, Some(offering(THEIRS)), file("hers"));
        one.stage = Stage::Done;
        let place =
            |by: MemberId, at: Position| [&by.as_bytes()[..], &at.value().to_be_bytes()].concat();
        let places = [place(ANA, THEIRS), place(MAL, COPIED)].concat();
        vault
            .apply(&[
                Engine::profile_of(&"bob".parse().unwrap()),
                history(ANA, THEIRS, Content::File(Box::new(file("hers")))),
                history(MAL, COPIED, copied),
                put(format!("place/{}/{}", ROOM.hex(), NAME.hex()), places),
                one.put().unwrap(),
            ])
            .unwrap();
        let engine = Engine::load(vault, Rules::new(), broadcast::channel(8).0).unwrap();
        Self { engine, _folder: folder }
    }

    fn has_file(&self) -> bool {
        self.engine.files.transfers.contains_key(&ONE)
    }

    /// A deposit of the room's line, durable here.
    async fn deposits(&mut self) -> (OutboxId, Kept) {
        let id = self.engine.tools.outbox.next();
        let to = FileMailbox::new(&[9; 32], Cut::of(5).unwrap()).deposit();
        let (address, life) = (to.address(), Life::D7);
        let envelope: Envelope = vec![3; SizeClass::K1.bytes()].try_into().unwrap();
        let hash = EnvelopeHash::of(&envelope);
        self.engine.persist(vec![put(id.key(), vec![1])]).await.unwrap();
        let outgoing = Outgoing { id, to, relay: relay(), life, envelope };
        self.engine.deposit(Purpose::Room(ROOM), outgoing);
        let key = ReceiptKey::from_seed(&[1; 32]);
        let position = Position::new(now().0 * 1000);
        let signed = key.sign(&[Statement { address, envelope: hash, position }]).remove(0);
        let receipted = key.public().verify(address, hash, signed).unwrap();
        (id, Kept::new(receipted, Kind::Channel, life))
    }

    async fn hears(&mut self, line: LineId, what: What) {
        self.engine.handle_report(Report { line, what }).await.unwrap();
    }

    fn waits(&self, id: OutboxId) -> bool {
        let kept = self.engine.vault.as_ref().unwrap().get(&id.key()).is_some();
        assert_eq!(kept, self.engine.pending.contains_key(&id));
        kept
    }
}

fn text() -> Content {
    Content::Text(offshift_protocol::room::Text::new("mine", None).unwrap())
}

#[tokio::test]
async fn ei_40_os_fil_044_who_takes_back_a_message_of_the_same_name_takes_no_file_along() {
    let mut bob = Bob::with(text());
    bob.engine.forget_file(ROOM, offering(COPIED)).await.unwrap();
    bob.engine.forget_lost_files().await.unwrap();
    assert!(bob.has_file());
    bob.engine.forget_file(ROOM, offering(THEIRS)).await.unwrap();
    assert!(!bob.has_file(), "the twin");
}

#[tokio::test]
async fn ei_40_os_fil_044_another_file_of_the_same_name_does_not_keep_one_past_its_time() {
    let mut bob = Bob::with(Content::File(Box::new(file("his"))));
    let state = |bob: &Bob, at| {
        bob.engine.files.file_state(ROOM, &offering(at), UnixMillis(4_000_000_000_000))
    };
    assert_eq!((state(&bob, THEIRS), state(&bob, COPIED)), (FileState::Here, FileState::Offered));
    bob.engine.forget_lost_files().await.unwrap();
    assert!(bob.has_file(), "the twin");
    let key = format!("history/{}/{:016x}", ROOM.hex(), THEIRS.value());
    bob.engine.persist(vec![Change::Delete { key }]).await.unwrap();
    bob.engine.forget_lost_files().await.unwrap();
    assert!(!bob.has_file());
}

#[tokio::test]
async fn os_fil_045_what_a_files_line_says_late_moves_no_deposit_of_a_room() {
    let mut bob = Bob::with(text());
    let files = bob.engine.line(Purpose::File(ONE), &relay()).id;
    let (id, kept) = bob.deposits().await;
    bob.engine.halt(ONE);
    bob.hears(files, What::Receipt(id, Box::new(kept.clone()))).await;
    bob.hears(files, What::Refused(id, Refusal::Denied)).await;
    assert!(bob.waits(id) && bob.engine.pending[&id].refused.is_none());
    let rooms = bob.engine.line(Purpose::Room(ROOM), &relay()).id;
    bob.hears(rooms, What::Refused(id, Refusal::Full)).await;
    assert!(bob.engine.pending[&id].refused.is_some(), "the twin");
    bob.hears(rooms, What::Receipt(id, Box::new(kept))).await;
    assert!(!bob.waits(id), "the twin");
}
