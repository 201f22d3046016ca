//! Words between two epochs, and what is said of them: shown once, sent at last, and missed only by who was there.

use offshift_wire::{
    Envelope, MessageId,
    content::{Content, Message, Text},
};

use crate::room::{
    Alarm, RoomEvent, RoomState, Suite,
    tests::{
        interleave::rekey,
        lies::{HOUR, four, want_keys},
        world::World,
    },
};

const ALL: [usize; 4] = [0, 1, 2, 3];
const AWAKE: [usize; 3] = [0, 2, 3];

impl World {
    /// An hour in which the line to the relay lives, and the relay does not say where the log ends.
    fn silent_hour(&mut self, at: usize) {
        self.now = self.now.plus_ms(HOUR);
        self.tick(at);
        let (now, device) = (self.now, &mut self.devices[at]);
        let effects = device.with(now, |ctx, room| {
            let room = room.as_mut().unwrap();
            let address = *room.address().unwrap();
            room.handle_silence(ctx, &address)
        });
        device.execute(effects, usize::MAX);
    }

    fn sent(&self, at: usize, id: MessageId) -> usize {
        let sent = |event: &&RoomEvent| matches!(event, RoomEvent::Sent(one) if *one == id);
        self.devices[at].events.iter().filter(sent).count()
    }

    fn shown(&self, at: usize, id: MessageId) -> usize {
        let of = |event: &&RoomEvent| match event {
            RoomEvent::Message(one) => one.id == id,
            _ => false,
        };
        let events = self.devices[at].events.iter().filter(of).count();
        let kept = self.devices[at].texts().iter().filter(|(_, one, _)| *one == id).count();
        assert_eq!(events, kept, "what is shown is kept");
        kept
    }

    /// What somebody writes who follows no rule.
    fn forge(&mut self, by: usize, id: MessageId, sequence: u32, words: &str) {
        let content = Content::Text(Text::new(words, None).unwrap());
        let bytes = Message { id, sequence, content }.encode().unwrap();
        let (now, device) = (self.now, &mut self.devices[by]);
        let (address, forged): (_, Vec<Envelope>) = device.with(now, |ctx, room| {
            let room = room.as_mut().unwrap();
            let address = *room.address().unwrap();
            (address, room.dangerous_content_for_testing(ctx, &bytes).unwrap())
        });
        for envelope in forged {
            self.logs.append(self.now, address, envelope);
        }
    }
}

/// The others write, and tell a device where they stand that has not read their log.
fn claimed(hours: u64) -> World {
    let mut world = four(2);
    for at in AWAKE {
        world.send(at, "one");
    }
    world.settle_only(&AWAKE);
    world.hours(hours, &AWAKE);
    assert!(world.read_homes(&[1]), "there are checkpoints");
    world
}

/// What was said may be of the epoch that this device knows, or of the next.
#[test]
fn os_ckp_018_who_was_away_longer_than_patience_is_not_alarmed_before_it_has_read() {
    for hours in [22, 40] {
        let mut world = claimed(hours);
        let calm = |world: &World| {
            let alarms = world.alarms(1);
            assert!(alarms.iter().all(|one| *one == Alarm::Stale), "{alarms:?}");
        };
        world.now = world.now.plus_ms(60 * HOUR);
        for start in [false, true] {
            if start {
                world.restart(1);
            }
            world.tick(1);
            world.read_homes(&[1]);
            world.silent_hour(1);
            calm(&world);
        }
        world.settle_only(&[1]);
        world.hours(3, &ALL);
        calm(&world);
        assert_eq!(world.devices[1].room().state(), RoomState::Open);
        assert_eq!(world.devices[1].texts().len(), 3);
    }
}

#[test]
fn os_ckp_018_the_control_a_relay_that_never_says_where_the_log_ends_is_noticed() {
    let gap = |world: &World| world.alarms(1).iter().any(|one| matches!(one, Alarm::Gap { .. }));
    let mut world = claimed(22);
    for hour in 0..47 {
        world.silent_hour(1);
        if hour == 20 {
            world.restart(1);
        }
    }
    assert!(!gap(&world), "not before its time");
    world.silent_hour(1);
    world.silent_hour(1);
    assert!(gap(&world), "{:?}", world.alarms(1));
}

/// In a room of three each hears of each every day: a word that takes the place of another has waited as long. Restarts
/// change nothing.
#[test]
fn os_ckp_018_who_says_it_again_each_day_gives_the_relay_no_new_time() {
    const TWO: [usize; 2] = [0, 2];
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 2);
    for at in TWO {
        world.send(at, "one");
    }
    world.settle_only(&TWO);
    while !world.read_homes(&[1]) {
        world.hours(1, &TWO);
    }
    let mut said_again = 0;
    for hour in 1..=48 {
        assert_eq!(world.alarms(1), [], "not before its time");
        if hour == 20 {
            world.restart(1);
        }
        world.silent_hour(1);
        TWO.iter().for_each(|at| world.tick(*at));
        world.settle_only(&TWO);
        said_again += usize::from(world.read_homes(&[1]));
    }
    // Both have begun another epoch meanwhile.
    assert_eq!(world.alarms(1), [Alarm::Behind]);
    assert!(said_again > 1, "or this says nothing");
}

#[test]
fn os_ckp_018_the_control_a_relay_that_withholds_a_commit_and_says_nothing_is_noticed() {
    let mut world = four(8);
    rekey(&mut world, 0);
    world.hours(40, &[0, 1, 2]);
    assert!(world.read_homes(&[3]));
    for _ in 0..47 {
        world.silent_hour(3);
    }
    assert!(!world.alarms(3).contains(&Alarm::Behind));
    world.silent_hour(3);
    world.silent_hour(3);
    assert!(world.alarms(3).contains(&Alarm::Behind), "{:?}", world.alarms(3));
}

/// A device goes with words in its outbox; the others begin another epoch, and the commit is forgotten.
fn left_behind(seed: u64) -> (World, MessageId) {
    let mut world = four(seed);
    let old = *world.devices[1].room().address().unwrap();
    let id = world.send(1, "on its way");
    want_keys(&mut world, 0);
    world.settle_only(&AWAKE);
    world.logs.logs.remove(&old).unwrap();
    world.now = world.now.plus_ms(8 * 24 * HOUR);
    (world, id)
}

#[test]
fn os_rej_008_what_is_deposited_where_nobody_is_any_more_is_sent_again_when_the_room_is_found() {
    for restarts in [false, true] {
        let (mut world, id) = left_behind(3);
        while world.deposit_one(1) || world.read_one(1, usize::MAX) {}
        assert_eq!((world.shown(1, id), world.sent(1, id)), (1, 0), "not said to be sent");
        if restarts {
            world.restart(1);
        }
        world.caught_up(1);
        assert_eq!(world.devices[1].room().state(), RoomState::Lost);
        let waits = |world: &World| world.devices[1].room().waiting().iter().any(|one| one.0 == id);
        assert!(waits(&world), "it is not sent, and says so");
        world.hours(4, &ALL);
        assert_eq!(world.devices[1].room().state(), RoomState::Open);
        world.assert_converged();
        ALL.iter().for_each(|at| assert_eq!(world.shown(*at, id), 1, "{at}"));
        assert_eq!(world.sent(1, id), 1);
    }
}

#[test]
fn os_rej_008_what_waited_until_the_log_was_read_goes_there_too_when_the_device_is_lost() {
    let (mut world, id) = left_behind(4);
    // The engine holds what a start finds in the outbox until the log was read (OS-RBK-005).
    world.restart(1);
    world.caught_up(1);
    assert_eq!(world.devices[1].room().state(), RoomState::Lost);
    while world.deposit_one(1) || world.read_one(1, usize::MAX) {}
    assert_eq!(world.sent(1, id), 0);
    world.hours(4, &ALL);
    world.assert_converged();
    ALL.iter().for_each(|at| assert_eq!(world.shown(*at, id), 1, "{at}"));
    assert_eq!(world.sent(1, id), 1);
}

#[test]
fn os_rej_008_the_twin_where_the_others_still_are_it_stands_and_is_sent_once() {
    let mut world = four(5);
    let id = world.send(1, "on its way");
    world.hours(8 * 24, &AWAKE);
    while world.deposit_one(1) || world.read_one(1, usize::MAX) {}
    assert_eq!(world.sent(1, id), 0, "not known yet");
    world.settle_only(&ALL);
    assert_eq!(world.devices[1].room().state(), RoomState::Open);
    assert_eq!(world.sent(1, id), 1);
    world.hours(30, &ALL);
    world.assert_converged();
    ALL.iter().for_each(|at| assert_eq!(world.shown(*at, id), 1, "{at}"));
    let gap = |one: &Alarm| matches!(one, Alarm::Gap { .. });
    ALL.iter().for_each(|at| assert!(!world.alarms(*at).iter().any(gap), "{at}"));
}

/// The relay shows the last device words before the commit that made them void. Their author says them again.
fn shown_late(restarts: bool) -> (World, MessageId) {
    let mut world = four(6);
    let old = *world.devices[0].room().address().unwrap();
    rekey(&mut world, 0);
    while world.deposit_one(0) {}
    let id = world.send(2, "at six");
    while world.deposit_one(2) {}
    let honest = world.logs.logs[&old].clone();
    let [(first, commit), (second, words)] = honest.clone().try_into().ok().unwrap();
    world.logs.logs.insert(old, vec![(first, words), (second, commit)]);
    assert!(world.read_one(3, usize::MAX));
    if restarts {
        world.restart(3);
    }
    assert!(world.read_one(3, usize::MAX));
    if restarts {
        world.restart(3);
    }
    assert_eq!(world.shown(3, id), 1, "in the epoch before");
    world.logs.logs.insert(old, honest);
    world.settle_only(&ALL);
    world.assert_converged();
    (world, id)
}

#[test]
fn os_ord_013_what_a_relay_has_shown_before_a_commit_is_not_shown_again_after_it() {
    for restarts in [false, true] {
        let (mut world, id) = shown_late(restarts);
        ALL.iter().for_each(|at| assert_eq!(world.shown(*at, id), 1, "{at}"));
        assert_eq!(world.sent(2, id), 1);
        world.send(2, "and at seven");
        world.settle_only(&ALL);
        world.hours(30, &ALL);
        let gap = |one: &Alarm| matches!(one, Alarm::Gap { .. });
        assert!(!world.alarms(3).iter().any(gap), "it was read and counted");
    }
}

#[test]
fn os_ord_013_nobody_hides_anothers_words_nor_says_others_under_a_name_that_was_shown() {
    let mut world = four(7);
    let id = MessageId::from_bytes([9; 16]);
    // Bo takes the name and the words first, then cy says them.
    world.forge(1, id, 0, "at six");
    world.forge(2, id, 0, "at six");
    world.settle_only(&[0, 3]);
    [0, 3].iter().for_each(|at| assert_eq!(world.shown(*at, id), 2, "each author's, at {at}"));
    let mut world = four(7);
    world.forge(2, id, 0, "at six");
    rekey(&mut world, 0);
    world.settle_only(&ALL);
    world.forge(2, id, 0, "at seven");
    world.forge(3, id, 0, "at six");
    world.settle_only(&[0, 1]);
    [0, 1].iter().for_each(|at| assert_eq!(world.shown(*at, id), 3, "other words, at {at}"));
}

/// Records of a version that did not count silence nor know again what it showed.
#[test]
fn records_that_end_before_what_was_added_are_read_as_if_it_were_nothing() {
    let mut world = four(9);
    let id = world.send(2, "at six");
    world.settle_only(&ALL);
    want_keys(&mut world, 0);
    world.settle_only(&ALL);
    let room = world.devices[3].room().id().hex();
    for (record, added) in [("watch", 8 + 8), ("base", 8 + 8)] {
        let record = world.devices[3].vault.get_mut(&format!("room/{room}/{record}")).unwrap();
        record.truncate(record.len() - added);
    }
    world.restart(3);
    let again = world.send(2, "and at seven");
    world.settle_only(&ALL);
    world.assert_converged();
    assert_eq!((world.shown(3, id), world.shown(3, again)), (1, 1));
}
