use offshift_wire::{RelayId, UnixMillis};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::context::OutboxSequence;

fn link() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap()
}

fn application(seed: u64, handle: &str) -> Result<Application, ApplyRefused> {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut outbox = OutboxSequence::new();
    let mut ctx = Context { now: UnixMillis(1_000), rng: &mut rng, outbox: &mut outbox };
    Application::new(&mut ctx, &link(), handle)
}

#[test]
fn a_card_survives_being_written_and_read() {
    let mine = application(1, "Ana").unwrap();
    let card = Card::verify(mine.card().bytes().clone()).unwrap();
    assert_eq!(card.handle().as_str(), "Ana");
    assert_eq!(card.inbox().encode(), mine.inbox().card().unwrap().encode());
    for suite in Suite::ALL {
        assert!(card.key_package(suite).is_some() && mine.key_package(suite).is_some());
    }
}

#[test]
fn an_application_survives_being_written_and_read_and_forgets_its_key_packages() {
    let mut mine = application(1, "Ana").unwrap();
    let load = |record: &[u8]| {
        let inbox = Inbox::from_record(mine.id(), &mine.inbox().record()).unwrap();
        Application::load(inbox, record)
    };
    let record = mine.record();
    let again = load(&record).unwrap();
    assert_eq!(again.card().bytes(), mine.card().bytes());
    assert_eq!(again.key_package(Suite::XWing), mine.key_package(Suite::XWing));
    assert!(load(&record[..record.len() - 1]).is_err());
    let Change::Put { value, .. } = mine.erase_key_packages() else { panic!("a record") };
    let inbox = Inbox::from_record(mine.id(), &mine.inbox().record()).unwrap();
    let erased = Application::load(inbox, &value).unwrap();
    assert!(erased.key_package(Suite::XWing).is_none());
    assert!(value.len() < record.len());
}

#[test]
fn os_mee_005_a_handle_is_1_to_32_plain_characters() {
    for good in ["A", "Ana", "Ana-Luísa 2", &"ü".repeat(32)] {
        assert!(application(1, good).is_ok(), "{good}");
    }
    let long = "a".repeat(33);
    for bad in ["", " Ana", "Ana ", "A\nna", "A\u{1b}[2J", "A\u{202e}na", "A\u{200b}na", &long] {
        assert_eq!(application(1, bad).err(), Some(ApplyRefused::Handle), "{bad:?}");
    }
    for bad in ["A\u{ad}na", "A\u{61c}na", "A\u{3164}na", "A\u{fe0f}na", "A\u{e0041}na"] {
        assert_eq!(application(1, bad).err(), Some(ApplyRefused::Handle), "{bad:?}");
    }
}

fn changed(change: impl FnOnce(&mut CardBytes)) -> Result<Card, Malformed> {
    let mine = application(1, "Ana").unwrap();
    let mut card = CardBytes::decode(mine.card().bytes()).unwrap();
    change(&mut card);
    Card::verify(card.encode())
}

#[test]
fn os_mee_013_a_card_whose_key_packages_say_otherwise_is_refused() {
    assert!(changed(|_| {}).is_ok(), "the twin");
    let other = application(2, "Ana").unwrap();
    let other = CardBytes::decode(other.card().bytes()).unwrap();
    assert!(changed(|card| card.handle = "Anna".into()).is_err(), "another name on the screen");
    assert!(changed(|card| card.inbox = other.inbox.clone()).is_err(), "another inbox");
    assert!(changed(|card| card.key_packages = other.key_packages.clone()).is_err());
    assert!(changed(|card| card.key_packages.truncate(1)).is_err(), "one suite is missing");
    assert!(changed(|card| card.key_packages.swap(0, 1)).is_ok(), "their order says nothing");
    assert!(changed(|card| card.key_packages[0].0 = card.key_packages[1].0).is_err(), "one twice");
    let bent = |card: &mut CardBytes| {
        let mut bytes = card.key_packages[0].1.to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        card.key_packages[0].1 = bytes.into();
    };
    assert!(changed(bent).is_err(), "its signature does not hold");
}

#[test]
fn a_card_of_a_channel_or_with_dead_keys_is_refused() {
    assert!(changed(|card| card.inbox.descriptor[1] = 2).is_err());
    assert!(changed(|card| card.inbox.dh = [0; 32]).is_err());
    assert!(changed(|card| card.inbox.kem[1184..].fill(0)).is_err());
}
