//! Rooms in virtual time, with the real protocol code: seeds, faults, byzantine members and relays, and what must hold for
//! everybody else.
//!
//! ```text
//! cargo test -p offshift-tests --test sim                               the ordinary run: fixed seeds, and those that failed once
//! OFFSHIFT_SIM_SEED=7 cargo test -p offshift-tests --test sim           every room with this seed alone: a failure prints it
//! OFFSHIFT_SIM_ROUNDS=500 cargo test --release -p offshift-tests --test sim    so many seeds each
//! cargo test --release -p offshift-tests --test sim -- --ignored --nocapture ten_thousand_seeds
//!                                        10,000 seeds of 30 members x 500 steps on all processors; progress is printed
//!     OFFSHIFT_SIM_FROM=1234             goes on from there        OFFSHIFT_SIM_SEEDS=20000    as far as that one
//!     OFFSHIFT_SIM_THREADS=1             worlds side by side (each is one thread)
//! OFFSHIFT_SIM_SEED=7 OFFSHIFT_SIM_TRACE=4,18 cargo test -p offshift-tests --test sim thirty -- --nocapture
//!                                        what devices 4 and 18 of that seed do, step by step
//! cargo test --release -p offshift-tests --test sim -- --ignored --nocapture ei_42     a year of infiltrators (EI-42)
//! ```
//! A failure is one line: the seed, the step, the first invariant that is broken. There are no threads within a world, so a
//! seed is a run. A seed that failed once goes into `seeds.txt` with what it found, and runs for ever. What of the product
//! is real here and what is not: `tests/src/world/mod.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod byzantine;
mod founded;
mod long;
mod planted;
mod storm;
mod subtree;
mod trouble;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
};

use byzantine::Way;
use offshift_protocol::room::{Rule, Rules, Suite};
use offshift_tests::world::{Conduct, Founding, World};
use storm::{Storm, raise};

/// 150 members, of whom ten and one organizer follow no rule; 20 changes at once.
const LARGE: Storm = Storm {
    suite: Suite::Classical,
    founders: 150,
    organizers: 8,
    byzantine: 10,
    admissions: 6,
    removals: 5,
    motions: 4,
    rekeys: 5,
    thrown: 8,
    words: 12,
};

const SMALL: Storm = Storm {
    suite: Suite::Classical,
    founders: 12,
    organizers: 4,
    byzantine: 2,
    admissions: 2,
    removals: 1,
    motions: 3,
    rekeys: 1,
    thrown: 20,
    words: 8,
};

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn one_seed() -> bool {
    number("OFFSHIFT_SIM_SEED").is_some()
}

/// The seeds of a run: one that is asked for, or the first so many.
fn seeds(ordinary: u64) -> impl Iterator<Item = u64> {
    let (one, rounds) = (number("OFFSHIFT_SIM_SEED"), number("OFFSHIFT_SIM_ROUNDS"));
    let first = one.unwrap_or(1);
    first..first + if one.is_some() { 1 } else { rounds.unwrap_or(ordinary) }
}

fn converges(storm: &Storm, ordinary: u64) {
    let mut refused: BTreeMap<Rule, usize> = BTreeMap::new();
    for seed in seeds(ordinary) {
        let calm = raise(storm, seed).unwrap_or_else(|broken| panic!("seed {seed}, {broken}"));
        println!(
            "{} members, seed {seed}: {} changes at once, {} epochs, {} came, {} gone, {} words, {} steps",
            storm.founders,
            storm.changes(),
            calm.epochs,
            calm.came,
            calm.gone,
            calm.world.oracle.said(),
            calm.world.step
        );
        for (rule, count) in calm.world.oracle.refused {
            *refused.entry(rule).or_default() += count;
        }
    }
    // The control: what was thrown came to those rules that it breaks, and was not lost on its way.
    let all: Vec<_> = Way::ALL.iter().filter_map(|way| way.breaks()).collect();
    let met = all.iter().filter(|rule| refused.contains_key(rule)).count();
    println!("refused: {refused:?}");
    assert!(
        ordinary < 40 || one_seed() || met == all.len(),
        "{met} of {} ways were refused: {refused:?}",
        all.len()
    );
}

#[test]
fn a_room_of_150_with_20_changes_at_once_converges() {
    converges(&LARGE, 1);
}

#[test]
fn small_rooms_with_many_changes_at_once_converge() {
    converges(&SMALL, 40);
}

#[test]
fn small_rooms_of_the_large_suite_converge() {
    converges(&Storm { suite: Suite::XWing, ..SMALL }, 2);
}

/// The control: what the oracle is for, it sees.
#[test]
fn the_oracle_sees_a_relay_that_hides_some_entries_from_some() {
    let mut world = World::new(3, Rules::new());
    let suite = Suite::Classical;
    world.founded(&Founding { suite, founders: 6, organizers: 2 }).unwrap();
    let said = |world: &mut World| {
        for at in 0..6 {
            world.send(at, "a word");
        }
        world.run()
    };
    said(&mut world).expect("the twin: an honest relay");
    world.relay.behave(Conduct::HidesEach(3, BTreeSet::from([4, 5])));
    let broken = said(&mut world).unwrap_err();
    assert!(broken.contains("device 4") || broken.contains("device 5"), "{broken}");
}

/// A severed device that passes its removal over stays in its old epoch: nothing later opens there.
#[test]
fn a_severed_device_that_skips_its_removal_reads_nothing_later() {
    let mut world = World::new(3, Rules::new());
    let suite = Suite::Classical;
    world.founded(&Founding { suite, founders: 6, organizers: 2 }).unwrap();
    world.devices[5].honest = false;
    let spy = world.devices[5].id();
    world.relay.behave(Conduct::HidesEach(1, BTreeSet::from([5])));
    world.act(0, |ctx, room| room.handle_sever(ctx, &[spy]).map(|(_, all)| all)).unwrap();
    world.run().unwrap();
    let before = world.oracle.said();
    world.send(1, "the meeting is at six");
    world.run().unwrap();
    assert_eq!(world.oracle.said(), before + 1, "the twin: members read it");
    let later = world.relay.log(world.devices[0].room().address().unwrap());
    assert!(!later.is_empty());
    assert_eq!(world.reads_anyway(5, &later), 0);
}
