//! A phone in other hands, or restored from an old copy (PT-62).

use offshift_protocol::room::{Care, RoomEvent, RoomState, SendRefused, Suite, Why};

use crate::company::{Company, HOUR_MS, text};

fn room_of_four() -> Company {
    Company::of_organizers(&["Ana", "Ben", "Cleo", "Dan"], 3, Suite::Classical, &[0; 4])
}

/// Dan's device starts from this vault.
fn restore(company: &mut Company, vault: std::collections::BTreeMap<String, Vec<u8>>) {
    let dan = &mut company.people[3];
    let id = dan.room().id();
    (dan.vault, dan.room) = (vault, None);
    dan.reading.clear();
    dan.waiting.clear();
    dan.events.clear();
    dan.reload(id);
    company.settle();
}

fn sends(company: &mut Company, words: &str) -> Result<(), SendRefused> {
    company.people[3].asks(|ctx, room| room.handle_send(ctx, text(words), Care::Ordinary))
}

#[test]
fn pt_62_an_old_copy_of_the_vault_is_noticed_sends_nothing_and_asks_to_come_back() {
    let mut company = room_of_four();
    sends(&mut company, "one").unwrap();
    company.settle();
    let old = company.people[3].vault.clone();
    sends(&mut company, "two").unwrap();
    company.settle();
    restore(&mut company, old);
    assert_eq!(company.people[3].room().state(), RoomState::RolledBack);
    assert_eq!(company.people[3].room().wants_rejoin(), Some(Why::RolledBack));
    assert_eq!(sends(&mut company, "three"), Err(SendRefused::RolledBack));
    company.pass(3 * HOUR_MS);
    assert_eq!(company.people[3].room().state(), RoomState::Open, "an organizer let it back in");
    assert!(company.people[3].saw(|event| matches!(event, RoomEvent::Returned { .. })));
    sends(&mut company, "four").unwrap();
    company.settle();
    assert_eq!(company.people[0].texts(), ["one", "two", "four"]);
}

#[test]
fn pt_62_the_vault_of_now_is_no_old_copy() {
    let mut company = room_of_four();
    sends(&mut company, "one").unwrap();
    company.settle();
    sends(&mut company, "two").unwrap();
    company.deposit_all(3);
    // It is killed between the deposit and the reading back.
    let now = company.people[3].vault.clone();
    company.settle();
    restore(&mut company, now);
    assert_eq!(company.people[3].room().state(), RoomState::Open);
    sends(&mut company, "three").unwrap();
    company.settle();
    assert_eq!(company.people[0].texts(), ["one", "two", "three"]);
}

/// A relay or a member who copies Dan's envelopes, whole or in part, makes no device believe that it is old.
#[test]
fn pt_62_nobody_else_makes_a_device_believe_that_it_is_old() {
    let mut company = room_of_four();
    sends(&mut company, "one").unwrap();
    company.settle();
    let address = company.address(3);
    let envelope = company.log(&address).pop().unwrap().1;
    for at in [0, 12, 23, 24, 600] {
        let mut bytes = envelope.bytes().to_vec();
        bytes[at] ^= 1;
        company.append(address, bytes.try_into().unwrap());
    }
    company.append(address, envelope);
    company.settle();
    assert_eq!(company.people[3].room().state(), RoomState::Open);
    sends(&mut company, "two").unwrap();
    company.settle();
    assert_eq!(company.people[0].texts(), ["one", "two"]);
}
