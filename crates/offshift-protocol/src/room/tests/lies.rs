//! A relay that withholds, reorders, forks and lies about time, against devices that tell each other where they stand.

use offshift_wire::{
    Position, UnixMillis,
    inbox::{Checkpoint, InboxMessage},
};

use crate::{
    admission::is_timely,
    effect::Effects,
    limits::{DAILY_MS, FRESH_MS},
    room::{
        Alarm, Care, RoomEvent, RoomState, SendRefused, Suite,
        tests::{
            interleave::rekey,
            world::{Logs, World, text},
        },
    },
    seal::{DhPrivateKey, DhPublicKey},
};

pub(super) const HOUR: u64 = 3_600_000;

impl World {
    pub(super) fn tick(&mut self, at: usize) {
        let now = self.now;
        let device = &mut self.devices[at];
        let due = device.room().deadline().is_some_and(|deadline| deadline <= now);
        if due {
            let effects = device.with(now, |ctx, room| room.as_mut().unwrap().handle_tick(ctx));
            device.execute(effects, usize::MAX);
            let next = self.devices[at].room().deadline();
            assert!(next.is_none_or(|next| next > now), "what is due is done");
        }
    }

    /// What is under way between these reaches them, and the relay says so.
    pub(super) fn settle_only(&mut self, who: &[usize]) {
        let mut moved = true;
        while moved {
            moved = false;
            for at in who {
                while self.deposit_one(*at) || self.read_one(*at, usize::MAX) {
                    moved = true;
                }
            }
            moved |= self.read_homes(who);
        }
        who.iter().for_each(|at| self.caught_up(*at));
    }

    /// The relay says that there is nothing more.
    pub(super) fn caught_up(&mut self, at: usize) {
        let (now, device) = (self.now, &mut self.devices[at]);
        let effects = device.with(now, |ctx, room| {
            let room = room.as_mut().unwrap();
            let address = room.address().copied();
            address.map(|address| room.handle_caught_up(ctx, &address))
        });
        device.execute(effects.unwrap_or(Effects::none()), usize::MAX);
    }

    pub(super) fn read_homes(&mut self, who: &[usize]) -> bool {
        let homes = self.homes.iter().filter(|(_, (at, _))| who.contains(at));
        let homes: Vec<_> = homes.map(|(address, (at, _))| (*address, *at)).collect();
        let mut moved = false;
        for (address, at) in homes {
            for (position, envelope) in self.logs.logs.remove(&address).unwrap_or_default() {
                let (_, application) = self.homes.get_mut(&address).unwrap();
                let handled = application.inbox_mut().handle_entry(position, &envelope);
                let Ok(received) = handled.outcome else { continue };
                let (now, device) = (self.now, &mut self.devices[at]);
                let effects = device.with(now, |ctx, room| {
                    let (room, sender) = (room.as_mut().unwrap(), &received.sender);
                    match &received.message {
                        InboxMessage::Checkpoint(said) => room.handle_checkpoint(ctx, sender, said),
                        InboxMessage::Rejoin(wish) => room.handle_rejoin(ctx, sender, wish),
                        InboxMessage::Welcome(welcome) => {
                            room.return_with(ctx, welcome, sender).unwrap_or(Effects::none())
                        }
                        _ => Effects::none(),
                    }
                });
                device.execute(effects, usize::MAX);
                moved = true;
            }
        }
        moved
    }

    /// So many hours pass for these. The others are asleep.
    pub(super) fn hours(&mut self, hours: u64, who: &[usize]) {
        for _ in 0..hours {
            self.now = self.now.plus_ms(HOUR);
            who.iter().for_each(|at| self.tick(*at));
            self.settle_only(who);
        }
    }

    pub(super) fn alarms(&self, at: usize) -> Vec<Alarm> {
        let alarm = |event: &RoomEvent| match event {
            RoomEvent::Alarm(alarm) => Some(alarm.clone()),
            _ => None,
        };
        self.devices[at].events.iter().filter_map(alarm).collect()
    }

    pub(super) fn try_send(&mut self, at: usize, care: Care) -> Result<(), SendRefused> {
        let now = self.now;
        let sent = self.devices[at]
            .with(now, |ctx, room| room.as_mut().unwrap().handle_send(ctx, text("words"), care));
        sent.map(|(_, effects)| self.devices[at].execute(effects, usize::MAX))
    }

    fn withhold(&mut self, at: usize) {
        let address = *self.devices[0].room().address().unwrap();
        self.logs.logs.get_mut(&address).unwrap().remove(at);
    }
}

pub(super) fn four(seed: u64) -> World {
    World::founded(&["ada", "bo", "cy", "di"], Suite::Classical, seed)
}

const ALL: [usize; 4] = [0, 1, 2, 3];

#[test]
fn ro_06_os_ckp_001_a_withheld_message_shows_as_a_gap_when_the_next_one_comes() {
    let mut world = four(1);
    for words in ["one", "two", "three"] {
        world.send(2, words);
    }
    world.settle_only(&[2, 0]);
    world.withhold(1);
    world.settle_only(&[1]);
    assert_eq!(world.alarms(1), [Alarm::Gap { sender: "cy".into(), missing: 1 }]);
    assert_eq!(world.alarms(0), [], "the twin");
}

#[test]
fn ro_06_reordered_messages_of_one_sender_show_as_a_gap() {
    let mut world = four(1);
    world.send(2, "one");
    world.send(2, "two");
    let (_, first) = world.devices[2].waiting.pop_first().unwrap();
    world.deposit_one(2);
    world.logs.append(world.now, first.to.address(), first.envelope);
    world.settle_only(&[1]);
    assert_eq!(world.alarms(1), [Alarm::Gap { sender: "cy".into(), missing: 1 }]);
    assert_eq!(world.devices[1].texts().len(), 2, "both are shown");
}

#[test]
fn ro_06_os_ckp_013_the_last_words_of_a_member_show_as_a_gap_within_the_period_of_checkpoints() {
    let mut world = four(2);
    world.send(2, "one");
    world.send(2, "two");
    world.settle_only(&[2, 0]);
    world.withhold(1);
    world.settle_only(&[1, 3]);
    assert_eq!(world.alarms(1), [], "nothing tells yet");
    world.hours(75, &ALL);
    assert_eq!(world.alarms(0), [], "the twin");
    for at in [1, 3] {
        assert_eq!(world.alarms(at), [Alarm::Gap { sender: "cy".into(), missing: 1 }], "{at}");
    }
}

#[test]
fn os_ckp_014_what_a_commit_made_void_is_no_gap() {
    let mut world = four(3);
    world.send(2, "one");
    world.settle();
    rekey(&mut world, 0);
    world.deposit_one(0);
    world.send(2, "two");
    world.send(2, "three");
    world.settle_only(&ALL);
    world.hours(50, &ALL);
    world.assert_converged();
    ALL.iter().for_each(|at| assert_eq!(world.alarms(*at), []));
}

/// The relay shows the first two one commit, the others another.
fn forked(world: &mut World) -> Logs {
    rekey(world, 0);
    rekey(world, 2);
    let mut other = world.logs.clone();
    world.settle_only(&[0, 1]);
    std::mem::swap(&mut world.logs, &mut other);
    world.settle_only(&[2, 3]);
    std::mem::swap(&mut world.logs, &mut other);
    other
}

/// Inboxes lie at other relays, or are ones whose envelopes the relay can't tell apart: what is put there arrives.
fn join_inboxes(world: &mut World, other: &mut Logs) {
    for address in world.homes.keys() {
        let (here, there) = (world.logs.logs.remove(address), other.logs.remove(address));
        let mut all: Vec<_> = here.into_iter().chain(there).flatten().collect();
        all.sort_by_key(|(position, _)| *position);
        if !all.is_empty() {
            world.logs.logs.insert(*address, all.clone());
        }
    }
}

#[test]
fn ro_07_os_ckp_012_both_halves_of_a_forked_room_say_so_and_stop_writing() {
    let mut world = four(4);
    let mut other = forked(&mut world);
    assert_eq!(world.devices[0].room().epoch(), world.devices[2].room().epoch());
    assert!(world.devices[0].room().address() != world.devices[2].room().address());
    for _ in 0..72 {
        world.now = world.now.plus_ms(HOUR);
        for half in [[0, 1], [2, 3]] {
            half.iter().for_each(|at| world.tick(*at));
            join_inboxes(&mut world, &mut other);
            world.settle_only(&half);
            std::mem::swap(&mut world.logs, &mut other);
        }
    }
    for at in ALL {
        let alarms = world.alarms(at);
        let fork = |with: &str| Alarm::Fork { with: with.into() };
        let others = if at < 2 { ["cy", "di"] } else { ["ada", "bo"] };
        let told = others.map(|with| alarms.iter().filter(|one| **one == fork(with)).count());
        assert!(told.iter().all(|count| *count <= 1) && told != [0, 0], "{at} names each, once");
        assert!(matches!(world.devices[at].room().state(), RoomState::Forked { .. }));
        let refused = world.try_send(at, Care::Ordinary).unwrap_err();
        assert_eq!(refused, SendRefused::Forked);
        assert!(refused.to_string().contains("found the room again over another relay"));
        world.restart(at);
        assert!(
            matches!(world.devices[at].room().state(), RoomState::Forked { .. }),
            "and stays so"
        );
    }
}

/// A commit of the first device, the first entry of its channel, at another time than it is.
fn commit_at(world: &mut World, when: impl Fn(UnixMillis) -> UnixMillis) {
    rekey(world, 0);
    world.settle_only(&ALL);
    let here = world.now;
    (world.now, world.logs.latest) = (when(here), Position::START);
    rekey(world, 0);
    while world.deposit_one(0) {}
    world.now = here;
    for at in 1..4 {
        while world.read_one(at, usize::MAX) {}
    }
}

#[test]
fn ro_14_os_ckp_023_a_commit_at_a_false_time_is_told() {
    const DAY_MS: u64 = 24 * 3_600_000;
    let told = [Alarm::Time { by: "ada".into() }];
    let mut world = four(9);
    commit_at(&mut world, |now| now);
    (1..4).for_each(|at| assert_eq!(world.alarms(at), [], "the twin"));
    let mut world = four(9);
    commit_at(&mut world, |now| now.plus_ms(8 * DAY_MS));
    (1..4).for_each(|at| assert_eq!(world.alarms(at), told, "from the future"));
    let mut world = four(9);
    world.hours(24, &ALL);
    (1..4).for_each(|at| assert_eq!(world.alarms(at), []));
    commit_at(&mut world, |now| UnixMillis(now.0 - DAY_MS));
    (1..4).for_each(|at| assert_eq!(world.alarms(at), told, "where there was nothing"));
}

#[test]
fn ro_07_os_ckp_010_the_twin_a_room_that_is_not_forked_raises_no_alarm_in_a_week() {
    let mut world = four(4);
    for day in 0..7 {
        world.send(3, &format!("day {day}"));
        world.hours(24, &ALL);
    }
    ALL.iter().for_each(|at| assert_eq!(world.alarms(*at), []));
    assert!(world.devices[0].room().epoch() > 4, "and its keys are renewed meanwhile");
    assert_eq!(world.try_send(0, Care::Sensitive), Ok(()));
}

#[test]
fn ro_08_os_ckp_020_a_device_from_which_a_removal_is_withheld_says_so_after_48_hours() {
    let mut world = four(5);
    world.hours(30, &ALL);
    assert_eq!(world.try_send(3, Care::Sensitive), Ok(()), "the twin");
    world.settle_only(&ALL);
    let cy = world.devices[2].room().own_id();
    world.ask(0, |ctx, room| room.handle_sever(ctx, &[cy]).map(|(_, effects)| effects)).unwrap();
    for hour in 0..60 {
        world.hours(1, &[0, 1]);
        world.tick(3);
        if hour < 20 {
            assert_eq!(world.alarms(3), [], "not at once");
        }
    }
    assert_eq!(world.alarms(3), [Alarm::Stale], "once");
    assert_eq!(world.try_send(3, Care::Sensitive), Err(SendRefused::Stale));
    assert_eq!(world.try_send(3, Care::Ordinary), Ok(()), "what is ordinary is sent");
    assert!(!world.devices[0].room().is_stale(world.now), "the others hear each other");
    world.hours(26, &[0, 1, 3]);
    assert!(world.devices[3].events.iter().any(|event| matches!(event, RoomEvent::FreshAgain)));
    assert_eq!(world.try_send(3, Care::Sensitive), Ok(()));
}

#[test]
fn ro_14_os_ckp_021_a_relay_that_lies_about_time_by_30_days_makes_nothing_fresh() {
    let mut world = four(6);
    let late = world.now.plus_ms(30 * DAILY_MS);
    world.hours(26, &[0, 1, 2]);
    assert!(!world.devices[2].room().is_stale(world.now), "the twin: it is shown in time");
    // Now all of it is shown to di, thirty days later, as if it were of today.
    let address = *world.devices[3].room().address().unwrap();
    let old: Vec<_> = world.logs.logs[&address].clone();
    let shown = world.logs.logs.get_mut(&address).unwrap();
    *shown = old
        .into_iter()
        .map(|(at, one)| (Position::new(at.value() + 30 * DAILY_MS * 1000), one))
        .collect();
    world.now = late;
    while world.read_one(3, usize::MAX) {}
    assert!(world.devices[3].room().is_stale(world.now));
    world.tick(3);
    assert_eq!(world.alarms(3), [Alarm::Stale]);
    let signed_at = UnixMillis(late.0 - 30 * DAILY_MS);
    assert!(!is_timely(signed_at, Position::new(late.0 * 1000)), "nor does an old commit bind");
}

#[test]
fn os_ckp_021_a_word_from_the_future_is_no_sign() {
    let mut world = four(7);
    let now = world.now;
    let fresh = world.devices[3].room().fresh_since(now);
    // Ada's and bo's clocks are a month ahead.
    world.now = now.plus_ms(30 * DAILY_MS);
    [0, 1].iter().for_each(|at| world.tick(*at));
    world.now = world.now.plus_ms(DAILY_MS);
    [0, 1].iter().for_each(|at| world.tick(*at));
    world.now = now.plus_ms(FRESH_MS / 2);
    world.settle_only(&[0, 1, 3]);
    assert_eq!(world.devices[3].room().fresh_since(world.now), fresh);
}

#[test]
fn os_ckp_015_a_checkpoint_of_a_later_epoch_to_which_the_log_does_not_lead_says_that_this_device_is_behind()
 {
    let mut world = four(8);
    rekey(&mut world, 0);
    world.settle_only(&[0, 1, 2]);
    let address = *world.devices[3].room().address().unwrap();
    // Di reads its inbox, and of the channel nothing.
    for _ in 0..40 {
        world.hours(1, &[0, 1, 2]);
        world.tick(3);
        world.read_homes(&[3]);
        world.caught_up(3);
    }
    assert_eq!(world.alarms(3), [Alarm::Behind]);
    assert_eq!(world.devices[3].room().state(), RoomState::Lost);
    assert_eq!(world.try_send(3, Care::Ordinary), Ok(()), "it waits until this device is back");
    world.logs.logs.remove(&address);
    world.hours(3, &ALL);
    assert_eq!(world.devices[3].room().state(), RoomState::Open);
    world.assert_converged();
}

#[test]
fn os_ckp_011_a_checkpoint_of_nobody_in_the_room_is_ignored() {
    let mut world = four(9);
    let room = world.devices[0].room();
    let said = Checkpoint {
        room: room.id(),
        epoch: room.epoch(),
        authenticator: [0; 32],
        position: Position::START,
        sent: 9,
        signed_at: world.now,
        issuer_key: None,
    };
    let cy = DhPrivateKey::from_seed(&world.devices[2].room().identity).public();
    let nobody = DhPrivateKey::from_seed(&[9; 32].into()).public();
    let mut tell = |said: &Checkpoint, sender: &DhPublicKey| {
        let now = world.now;
        let effects = world.devices[0]
            .with(now, |ctx, room| room.as_mut().unwrap().handle_checkpoint(ctx, sender, said));
        let ignored = effects.is_empty();
        world.devices[0].execute(effects, usize::MAX);
        ignored
    };
    assert!(tell(&said, &nobody));
    assert!(tell(&Checkpoint { room: offshift_wire::RoomId::from_bytes([1; 16]), ..said }, &cy));
    assert!(!tell(&said, &cy), "the twin");
    assert_eq!(world.alarms(0), [Alarm::Fork { with: "cy".into() }]);
}

#[test]
fn os_ckp_022_an_organizers_daily_word_is_shown_to_nobody_and_asks_for_no_keys() {
    let mut world = four(10);
    let (epoch, address) =
        (world.devices[0].room().epoch(), *world.devices[0].room().address().unwrap());
    world.hours(3 * 24, &ALL);
    let written = world.logs.logs[&address].len();
    assert!((4..=12).contains(&written), "two organizers, three days: {written}");
    for at in ALL {
        assert!(world.devices[at].texts().is_empty());
        let told = |event: &RoomEvent| matches!(event, RoomEvent::Message(_) | RoomEvent::Sent(_));
        assert!(!world.devices[at].events.iter().any(told));
        assert_eq!(world.devices[at].room().epoch(), epoch);
    }
}

pub(super) fn want_keys(world: &mut World, at: usize) {
    let (now, device) = (world.now, &mut world.devices[at]);
    let effects = device.with(now, |ctx, room| room.as_mut().unwrap().handle_keys_for_testing(ctx));
    device.execute(effects.unwrap(), usize::MAX);
}

/// After a night the inbox is read before the log of which it speaks.
#[test]
fn os_ckp_013_what_is_said_of_an_epoch_that_its_author_left_waits_for_whoever_has_not_read_it() {
    let mut world = four(2);
    let awake = [0, 2, 3];
    for at in awake {
        world.send(at, "one");
    }
    world.settle_only(&awake);
    want_keys(&mut world, 0);
    world.hours(40, &awake);
    assert!(world.read_homes(&[1]), "there are checkpoints");
    assert_eq!(world.alarms(1), [], "nothing is missing: it is not read yet");
    world.settle_only(&[1]);
    assert_eq!(world.alarms(1), []);
}

/// A device whose own words make it believe that it is where the others are would commit in a room of its own.
#[test]
fn os_rej_003_a_commit_that_lay_for_as_long_as_commits_live_is_not_made_anew_before_the_room_is_found()
 {
    let mut world = four(3);
    let (before, old) =
        (world.devices[1].room().epoch(), *world.devices[1].room().address().unwrap());
    world.send(1, "on its way");
    want_keys(&mut world, 1);
    want_keys(&mut world, 0);
    world.settle_only(&[0, 2, 3]);
    world.logs.logs.remove(&old).unwrap();
    world.now = world.now.plus_ms(8 * 24 * HOUR);
    while world.deposit_one(1) || world.read_one(1, usize::MAX) {}
    assert_eq!(world.devices[1].room().epoch(), before);
    world.caught_up(1);
    assert_eq!(world.devices[1].room().state(), RoomState::Lost);
    assert_eq!(world.devices[0].room().epoch(), before + 1, "the others went on");
}
