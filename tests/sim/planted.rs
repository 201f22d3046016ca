//! The oracle can fail: for each invariant a fault that is planted, and that it reports. Each has its twin.

use std::collections::BTreeSet;

use offshift_protocol::room::Suite;
use offshift_tests::world::{Broken, Conduct, DAY_MS, Image, SECOND_MS, World};

use crate::{
    byzantine::{Victims, Way, throw},
    founded::image,
};

const MEMBERS: usize = 8;

/// Eight members, of whom three are organizers, and a stranger.
fn world() -> World {
    let image = image(Suite::Classical, MEMBERS - 1, 3, 2);
    image.get().unwrap().as_ref().unwrap().begin(5).unwrap()
}

fn say(world: &mut World, times: usize) {
    for at in 0..times * MEMBERS {
        world.send(at % MEMBERS, "a word");
    }
}

fn run(world: &mut World) -> Result<(), Broken> {
    world.tick()?;
    world.run()
}

fn reports(outcome: Result<(), Broken>, what: &str) {
    let broken = outcome.unwrap_err();
    assert!(broken.contains(what), "{broken}");
}

#[test]
fn twin_nothing_is_planted() {
    let mut world = world();
    say(&mut world, 2);
    run(&mut world).unwrap();
    (world.probes, world.devices[7].honest) = (true, false);
    throw(&mut world, 7, Way::PolicyAlone, &Victims { one: 3, other: 4, ghost: MEMBERS });
    run(&mut world).unwrap();
    assert!(world.oracle.probed > 0);
    let World { oracle, devices, .. } = &mut world;
    devices.iter().enumerate().try_for_each(|(at, one)| oracle.check_memory(at, one)).unwrap();
}

#[test]
fn what_a_relay_loses_is_reported() {
    let mut world = world();
    run(&mut world).unwrap();
    // The last words of the log: nothing comes after them that could tell.
    world.relay.behave(Conduct::HidesEach(1, BTreeSet::from([4])));
    world.send(2, "a word");
    reports(run(&mut world), "device 4 read 0 of 1");
}

#[test]
fn what_a_disk_forgets_and_a_device_shows_again_is_reported() {
    let mut world = world();
    run(&mut world).unwrap();
    let before = Image::of(&world);
    say(&mut world, 1);
    run(&mut world).unwrap();
    world.restart(4);
    run(&mut world).expect("the twin: a disk that keeps what was written");
    before.put_back(&mut world, 4);
    reports(run(&mut world), "device 4");
}

#[test]
fn another_order_is_reported() {
    let mut world = world();
    run(&mut world).unwrap();
    world.relay.behave(Conduct::SwapsEach(2, BTreeSet::from([4])));
    say(&mut world, 2);
    reports(run(&mut world), "device 4");
}

#[test]
fn two_rooms_of_one_number_are_reported_and_so_is_nobodys_warning() {
    let split = |world: &mut World| {
        world.relay.behave(Conduct::Forks(BTreeSet::from([0, 2, 4, 6])));
        for at in [0, 1] {
            world.act(at, |ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
        }
        world.run()
    };
    let mut one = world();
    run(&mut one).unwrap();
    reports(split(&mut one), "has another channel");
    let mut other = world();
    run(&mut other).unwrap();
    other.oracle.relay_lies = true;
    let _ = split(&mut other);
    reports(other.oracle.settle_lies(&other.devices), "was not told");
    other.pass(4 * DAY_MS).unwrap();
    other.oracle.settle_lies(&other.devices).expect("the twin: checkpoints tell");
}

#[test]
fn an_alarm_for_nothing_is_reported() {
    let mut world = world();
    run(&mut world).unwrap();
    world.relay.behave(Conduct::HidesEach(3, BTreeSet::from([4])));
    say(&mut world, 6);
    reports(run(&mut world), "is alarmed for nothing: Gap");
}

#[test]
fn a_gap_of_which_nobody_tells_is_reported() {
    let hide = |is_deaf: bool| {
        let mut world = world();
        run(&mut world).unwrap();
        (world.oracle.relay_lies, world.oracle.is_deaf) = (true, is_deaf);
        world.relay.behave(Conduct::HidesEach(3, BTreeSet::from([4])));
        say(&mut world, 6);
        world.run_for(60 * SECOND_MS).unwrap();
        world.oracle.skipped_none(&world.devices)
    };
    reports(hide(true), "device 4 was not told that it misses words");
    hide(false).expect("the twin: the next word tells");
}

#[test]
fn a_relay_whose_clock_leaps_excuses_only_whom_it_left_behind() {
    let begin = || {
        let mut world = world();
        world.oracle.relay_leaps = true;
        run(&mut world).unwrap();
        world
    };
    let rekey = |world: &mut World| {
        world.act(0, |ctx, room| room.handle_keys_for_testing(ctx)).unwrap();
        world.run_for(60 * SECOND_MS).unwrap();
    };
    let mut one = begin();
    one.relay.behave(Conduct::HidesEach(1, BTreeSet::from([4])));
    rekey(&mut one);
    reports(run(&mut one), "device 4 stays in epoch");

    let mut other = begin();
    other.goes_away(4, DAY_MS);
    rekey(&mut other);
    other.relay.leap(12 * DAY_MS);
    other.tick().unwrap();
    other.comes_back(4);
    run(&mut other).expect("the twin: it can't know");
    reports(other.oracle.settle_leaps(&other.devices), "nobody was told");
    other.pass(3 * DAY_MS).unwrap();
    other.oracle.settle_leaps(&other.devices).expect("the twin: checkpoints tell");
    other.send(2, "a word");
    other.relay.behave(Conduct::HidesEach(1, BTreeSet::from([5])));
    other.run_for(60 * SECOND_MS).unwrap();
    reports(other.oracle.agree(&other.devices), "device 5 read 0 of 1");
}

#[test]
fn a_member_who_must_not_be_one_is_reported() {
    let mut world = world();
    run(&mut world).unwrap();
    let id = world.devices[3].id();
    world.oracle.never.insert(id);
    world.act(0, |ctx, room| room.handle_keys_for_testing(ctx)).unwrap_or_default();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| world.run()));
    reports(outcome.unwrap(), "is a member");
}

#[test]
fn a_refusal_that_changes_something_is_reported() {
    let mut world = world();
    run(&mut world).unwrap();
    (world.probes, world.is_blurred, world.devices[7].honest) = (true, true, false);
    throw(&mut world, 7, Way::PolicyAlone, &Victims { one: 3, other: 4, ghost: MEMBERS });
    throw(&mut world, 7, Way::SeverByMember, &Victims { one: 3, other: 4, ghost: MEMBERS });
    reports(run(&mut world), "is changed by what it refuses");
}

#[test]
fn memory_beyond_its_limit_is_reported() {
    let mut world = world();
    world.oracle.vault_bytes_max = 1000;
    let World { oracle, devices, .. } = &mut world;
    reports(oracle.check_memory(0, &devices[0]), "bytes of the vault");
}
