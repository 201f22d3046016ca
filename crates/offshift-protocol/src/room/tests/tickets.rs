//! Shares of tickets in Welcomes, and issuer keys in checkpoints.

use offshift_access::Ticket;
use offshift_wire::token::{IssuerKey, Period};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

use super::{devices::link, interleave::rekey, lies::four};
use crate::room::{RoomEvent, Suite, Tickets, tests::world::World};

fn ticket() -> Ticket {
    Ticket::generate(&mut ChaCha20Rng::from_seed([4; 32]))
}

fn gives(world: &mut World, at: usize, tickets: Tickets) {
    world.devices[at].room.as_mut().unwrap().set_tickets(tickets);
}

/// What lies in the Welcome of somebody who is about to come in.
fn share_of(world: &mut World, newcomer: usize) -> Option<Ticket> {
    world.settle_channel();
    let (welcome, ..) = world.taken_welcome(newcomer);
    (!welcome.ticket.is_empty()).then(|| Ticket::decode(&welcome.ticket).unwrap())
}

fn told_without(world: &World, at: usize, name: &str) -> bool {
    let is = |e: &RoomEvent| matches!(e, RoomEvent::WithoutTicket { handle } if handle == name);
    world.devices[at].events.iter().any(is)
}

#[test]
fn os_tok_043_a_founder_and_an_own_device_get_a_share_that_they_may_share() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    gives(&mut world, 0, Tickets::Held(ticket()));
    let di = world.add(0, "di", 77);
    let founders = share_of(&mut world, di).unwrap();
    assert!(founders.may_share() && founders.id() == ticket().id());
    let (device, linked) = link(&mut world, 0, "ada 2");
    assert_eq!(linked, Ok(()));
    let own = share_of(&mut world, device).unwrap();
    assert!(own.may_share() && own.seat() != founders.seat(), "each has an allowance of its own");
    assert!(own.seat() != ticket().seat());
}

#[test]
fn os_tok_043_who_is_vouched_for_gets_a_share_that_ends_there() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 2);
    gives(&mut world, 0, Tickets::Held(ticket()));
    let dee = world.newcomer("dee", 77);
    [1, 2].iter().for_each(|by| world.vouch(*by, dee).unwrap());
    world.settle_channel();
    world.admit(0, dee).unwrap();
    let share = share_of(&mut world, dee).unwrap();
    assert!(!share.may_share());
    assert!(!told_without(&world, 0, "dee"));
}

#[test]
fn os_tok_043_who_lets_in_without_a_ticket_to_share_is_told_and_nobody_else_is() {
    let last = ticket().share(&mut ChaCha20Rng::from_seed([5; 32]), false).unwrap();
    for (seed, tickets, is_told) in [
        (3, Tickets::Missing, true),
        (4, Tickets::Held(last), true),
        (5, Tickets::NotNeeded, false),
    ] {
        let mut world = World::founded(&["ada", "bo"], Suite::Classical, seed);
        gives(&mut world, 0, tickets);
        let di = world.add(0, "di", 77);
        assert!(share_of(&mut world, di).is_none());
        assert_eq!(told_without(&world, 0, "di"), is_told);
        assert!(!told_without(&world, 1, "di"));
    }
}

#[test]
fn os_tok_043_who_comes_back_gets_a_share_again() {
    let told = |tickets: fn() -> Tickets| {
        let mut world = four(21);
        [0, 1].iter().for_each(|at| gives(&mut world, *at, tickets()));
        rekey(&mut world, 1);
        world.settle_only(&[0, 1, 3]);
        let address = *world.devices[2].room().address().unwrap();
        world.logs.logs.remove(&address);
        world.hours(24 * 9, &[0, 1, 3]);
        world.hours(3, &[0, 1, 2, 3]);
        let back = |e: &RoomEvent| matches!(e, RoomEvent::Returned { .. });
        assert!(world.devices[2].events.iter().any(back));
        told_without(&world, 0, "cy") || told_without(&world, 1, "cy")
    };
    assert!(!told(|| Tickets::Held(ticket())));
    assert!(
        told(|| Tickets::Missing),
        "the twin: whoever takes them back is told that there is none"
    );
}

#[test]
fn os_tok_042_the_issuer_key_travels_in_checkpoints_and_says_whose_word_it_is() {
    let mut world = four(22);
    let key = IssuerKey { period: Period(2_900), key: [7; 32], signature: [8; 64] };
    world.devices[2].room.as_mut().unwrap().set_issuer_key(Some(key));
    world.hours(2 * 24, &[0, 1, 2, 3]);
    let cy = world.id_of("cy");
    let said = |at: usize| {
        let events = world.devices[at].events.iter();
        let said = events.filter_map(|event| match event {
            RoomEvent::IssuerKeySaid { from, key, .. } => Some((*from, *key)),
            _ => None,
        });
        said.collect::<Vec<_>>()
    };
    let all: Vec<_> = (0..4).flat_map(said).collect();
    assert!(!all.is_empty() && all.iter().all(|one| *one == (cy, key)));
    assert!(said(2).is_empty(), "to others");
}
