//! `proto/vectors/meeting_v1.json`, made by an implementation in another language.

use offshift_protocol::{
    Context, OutboxSequence,
    card::{Application, Purpose},
    effect::Effect,
    meeting::{AbortReason, BadCode, Meeting, MeetingCode, MeetingEvent, Shown, words},
};
use offshift_wire::{Envelope, Position, RelayId, UnixMillis, link::RelayLink};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde_json::Value;

use crate::vectors;

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

fn of_kind(kind: &str) -> Vec<Value> {
    let all = vectors("meeting_v1.json");
    let found: Vec<_> = all.into_iter().filter(|vector| vector["kind"] == kind).collect();
    assert!(!found.is_empty());
    found
}

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    let text = vector[field].as_str().expect("hex text");
    data_encoding::HEXLOWER.decode(text.as_bytes()).expect("hex")
}

fn array<const N: usize>(vector: &Value, field: &str) -> [u8; N] {
    bytes(vector, field).try_into().expect("the length of its kind")
}

fn code(vector: &Value) -> Result<MeetingCode, BadCode> {
    vector["code"].as_str().expect("text").parse()
}

fn name(outcome: &Result<MeetingCode, BadCode>) -> &'static str {
    match outcome {
        Ok(_) => "accepted",
        Err(BadCode::Damaged) => "damaged",
        Err(BadCode::Device) => "device",
        Err(BadCode::Foreign) => "foreign",
        Err(BadCode::Incompatible) => "incompatible",
        Err(BadCode::OtherPurpose) => "other purpose",
        Err(BadCode::RelayLink) => "relay link",
        Err(BadCode::Ticket) => "ticket",
        Err(BadCode::Expired) => "expired",
    }
}

/// A scanner of the vector's code, which has committed.
fn scanner(vector: &Value) -> (Meeting, ChaCha20Rng, OutboxSequence) {
    let (mut rng, mut outbox) = (ChaCha20Rng::seed_from_u64(1), OutboxSequence::new());
    let mut ctx = Context { now: NOW, rng: &mut rng, outbox: &mut outbox };
    let relay = RelayLink::new("relay.example", 1, RelayId::from_bytes([1; 32])).expect("a link");
    let mine = Application::new(&mut ctx, &relay, "Ben").expect("an application");
    let Ok(code) = code(vector) else { panic!("a good code") };
    let Ok((meeting, _)) = Meeting::scan(&mut ctx, code, mine) else { panic!("a living code") };
    (meeting, rng, outbox)
}

#[test]
fn os_mee_001_os_mee_002_codes_are_read_as_the_vectors_say() {
    for vector in of_kind("code") {
        let read = code(&vector);
        assert_eq!(name(&read), vector["outcome"], "{}", vector["comment"]);
        if let Ok(read) = read {
            assert_eq!(read.relay().relay().as_bytes(), &array::<32>(&vector, "relay"));
            assert_eq!(read.relay().host(), vector["host"]);
            assert_eq!(u64::from(read.relay().port()), vector["port"]);
        }
    }
    let first = of_kind("code").remove(0);
    let written = code(&first).map(|code| code.to_string());
    assert_eq!(written.as_deref(), Ok(first["code"].as_str().expect("text")));
}

#[test]
fn os_mee_003_mailboxes_follow_from_the_code() {
    for vector in of_kind("mailboxes") {
        let (meeting, ..) = scanner(&vector);
        let addresses = meeting.addresses().map(|address| *address.as_bytes());
        assert_eq!(addresses, [array(&vector, "scanner"), array(&vector, "shower")]);
    }
}

#[test]
fn os_mee_020_words_are_as_the_vectors_say() {
    for vector in of_kind("words") {
        let (card_a, card_b) = (bytes(&vector, "card_a"), bytes(&vector, "card_b"));
        let (nonce_a, nonce_b) = (array(&vector, "nonce_a"), array(&vector, "nonce_b"));
        let a = Shown { card: &card_a, nonce: &nonce_a };
        let b = Shown { card: &card_b, nonce: &nonce_b };
        let three = words(Purpose::Meet, &array(&vector, "secret"), a, b);
        assert_eq!(serde_json::json!(three), vector["words"], "{}", vector["comment"]);
    }
}

fn outcome(event: &MeetingEvent) -> &'static str {
    match event {
        MeetingEvent::Aborted { reason: AbortReason::Stopped, by_peer: true } => {
            "stopped by the other"
        }
        MeetingEvent::Aborted { reason: AbortReason::Other, by_peer: true } => {
            "stopped by the other, other reason"
        }
        MeetingEvent::Aborted { reason: AbortReason::Garbled, by_peer: false } => "garbled",
        MeetingEvent::Aborted { reason: AbortReason::OutOfTurn, by_peer: false } => "out of turn",
        MeetingEvent::Aborted { reason: AbortReason::SecondScanner, by_peer: false } => {
            "second scanner"
        }
        _ => "something else",
    }
}

#[test]
fn os_mee_003_os_mee_010_entries_end_a_meeting_as_the_vectors_say() {
    for vector in of_kind("entry") {
        let (mut meeting, mut rng, mut outbox) = scanner(&vector);
        let [scanners, showers] = meeting.addresses();
        let address = if vector["mailbox"] == "scanner" { scanners } else { showers };
        let envelope = Envelope::try_from(bytes(&vector, "envelope")).expect("a size class");
        let mut ctx = Context { now: NOW, rng: &mut rng, outbox: &mut outbox };
        let effects = meeting.handle_entry(&mut ctx, &address, Position::new(1), &envelope);
        let event = effects.into_iter().find_map(|effect| match effect {
            Effect::Event(event) => Some(event),
            _ => None,
        });
        let event = event.expect("an end");
        assert_eq!(outcome(&event), vector["outcome"], "{}", vector["comment"]);
    }
}
