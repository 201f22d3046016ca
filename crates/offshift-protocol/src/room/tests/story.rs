//! What a room does for its people, one claim at a time.

use std::collections::BTreeMap;

use offshift_wire::{Envelope, MessageId, Position, UnixMillis, content::Message};

use crate::{
    limits::{EPOCH_AGE_MS, EPOCH_MESSAGES_MAX, JOURNAL_STEPS_MAX},
    parts::Assembly,
    room::{
        Care, Content, FoundRefused, FoundRequest, Invitee, Room, RoomEvent, Rule, Rules,
        SendRefused, Skipped, Suite,
        key_package::seed,
        mls::Handled,
        tests::world::{START, World, relay, text},
    },
};

fn words(world: &World, at: usize) -> Vec<String> {
    world.devices[at].texts().into_iter().map(|(_, _, text)| text).collect()
}

#[test]
fn os_roo_001_three_people_found_a_room_and_talk_in_the_suite_that_it_was_founded_with() {
    for suite in Suite::ALL {
        let mut world = World::founded(&["ada", "bo", "cy"], suite, 1);
        world.assert_converged();
        assert!(world.devices.iter().all(|device| device.room().suite() == suite));
        assert_eq!(world.devices[2].room().members(START).len(), 3);
        for at in 0..3 {
            world.send(at, &format!("from {at}"));
            world.settle();
        }
        for at in 0..3 {
            assert_eq!(words(&world, at), ["from 0", "from 1", "from 2"]);
            let sent = world.devices[at].events.iter().filter(|e| matches!(e, RoomEvent::Sent(_)));
            assert_eq!(sent.count(), 1);
        }
        world.assert_converged();
    }
}

#[test]
fn a_room_is_loaded_as_it_was_left() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    for count in 0..10 {
        for at in 0..2 {
            world.restart(at);
            world.send(at, &format!("{at} {count}"));
            world.restart(at);
        }
        world.settle();
    }
    world.assert_converged();
    assert_eq!(words(&world, 0), words(&world, 1));
    assert_eq!(words(&world, 0).len(), 20);
}

fn remove(world: &mut World, by: usize, who: &str) {
    let now = world.now;
    let members = world.devices[by].room().members(START);
    let id = members.iter().find(|m| m.info.handle.as_str() == who).unwrap().id;
    let effects = world.devices[by]
        .with(now, |ctx, room| room.as_mut().unwrap().handle_sever(ctx, &[id]).unwrap().1);
    world.devices[by].execute(effects, usize::MAX);
}

#[test]
fn os_cha_001_a_fourth_founder_comes_in_and_the_room_moves_to_another_address() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::XWing, 1);
    world.send(0, "before");
    world.settle();
    let (epoch, address) =
        (world.devices[0].room().epoch(), world.devices[0].room().address().copied());
    let di = world.add(1, "di", 99);
    world.settle();
    world.assert_converged();
    assert_eq!(world.devices[di].room().members(START).len(), 4);
    assert_eq!(world.devices[0].room().epoch(), epoch + 1);
    assert_ne!(world.devices[0].room().address().copied(), address);
    world.send(di, "hello");
    world.settle();
    assert_eq!(words(&world, 0), ["before", "hello"]);
    assert_eq!(words(&world, di), ["hello"], "nothing from before");
    let joined = |e: &RoomEvent| matches!(e, RoomEvent::Joined { handle, by, .. } if handle == "di" && by == "bo");
    assert!(world.devices[2].events.iter().any(joined));
}

#[test]
fn os_ord_007_a_welcome_leaves_only_after_its_commit_was_read_back() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let cy = world.add(0, "cy", 98);
    while world.deposit_one(0) {}
    assert!(!world.read_inboxes(), "the commit is at the relay, the Welcome is not");
    assert!(world.devices[cy].room.is_none());
    world.settle();
    assert!(world.devices[cy].room.is_some(), "the twin: afterwards it comes");
    world.assert_converged();
}

#[test]
fn os_ord_005_a_change_that_lost_the_race_is_made_in_the_next_epoch() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    world.add(0, "cy", 98);
    world.add(1, "di", 97);
    world.settle();
    world.assert_converged();
    assert_eq!(world.devices[0].room().members(START).len(), 4, "both are in");
}

#[test]
fn os_ord_005_a_change_that_makes_no_sense_any_more_is_dropped() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    remove(&mut world, 0, "cy");
    remove(&mut world, 1, "cy");
    world.settle();
    world.assert_converged();
    let dropped = |e: &RoomEvent| matches!(e, RoomEvent::ChangeDropped(Rule::NotAMember));
    let told = world.devices[..2].iter().filter(|d| d.events.iter().any(dropped)).count();
    assert_eq!(told, 1, "whoever lost the race is told");
    assert_eq!(world.devices[0].room().members(START).len(), 2);
}

#[test]
fn os_ord_011_a_removed_member_is_told_and_its_device_reads_and_sends_no_more() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let key = world.devices[2].room().mls.key().seed().to_vec();
    let kept = |world: &World| {
        world.devices[2].vault.values().any(|value| value.windows(32).any(|bytes| bytes == key))
    };
    assert!(kept(&world), "the control: its key is in the vault");
    remove(&mut world, 1, "cy");
    world.settle();
    assert!(!kept(&world), "and is erased with the group");
    let told = |e: &RoomEvent| matches!(e, RoomEvent::YouWereRemoved { by } if by == "bo");
    assert!(world.devices[2].events.iter().any(told));
    world.restart(2);
    assert!(world.devices[2].room().is_removed());
    assert!(world.devices[2].room().source().is_none());
    let now = world.now;
    let refused = world.devices[2].with(now, |ctx, room| {
        room.as_mut()
            .unwrap()
            .handle_send(ctx, text("but"), Care::Ordinary)
            .map(|_| ())
            .unwrap_err()
    });
    assert!(refused == SendRefused::Removed);
    world.send(0, "without cy");
    world.settle();
    assert_eq!(words(&world, 1), ["without cy"]);
    assert!(words(&world, 2).is_empty());
}

#[test]
fn os_ord_010_an_old_epoch_gets_fresh_keys_once_and_only_if_somebody_wrote() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let epoch = world.devices[0].room().epoch();
    assert_eq!(world.devices[0].room().rekey_deadline(), None, "nobody wrote");
    world.send(0, "one");
    world.settle();
    let deadlines: Vec<_> =
        (0..3).map(|at| world.devices[at].room().rekey_deadline().unwrap()).collect();
    assert!(deadlines.iter().all(|at| at.since_ms(START) >= EPOCH_AGE_MS));
    assert!(deadlines[0] != deadlines[1] && deadlines[1] != deadlines[2], "not all at once");
    world.now = UnixMillis(deadlines.iter().map(|at| at.0).max().unwrap());
    for at in 0..3 {
        let now = world.now;
        let effects =
            world.devices[at].with(now, |ctx, room| room.as_mut().unwrap().handle_tick(ctx));
        world.devices[at].execute(effects, usize::MAX);
    }
    world.settle();
    world.assert_converged();
    assert_eq!(world.devices[0].room().epoch(), epoch + 1, "one of three was enough");
}

#[test]
fn os_ord_006_an_own_commit_that_was_too_long_on_its_way_is_made_again() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    remove(&mut world, 0, "cy");
    world.now = world.now.plus_ms(3 * 3_600_000);
    world.settle();
    world.assert_converged();
    assert_eq!(world.devices[1].room().members(START).len(), 2);
}

#[test]
fn os_roo_010_the_journal_is_short_and_old_secrets_go_with_it() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    for count in 0..150 {
        world.send(0, &format!("{count}"));
        world.settle();
        for at in 0..2 {
            let journal = world.devices[at].vault.keys().filter(|key| key.contains("/journal/"));
            assert!(journal.count() < JOURNAL_STEPS_MAX as usize);
        }
    }
    world.restart(1);
    world.send(1, "last");
    world.settle();
    assert_eq!(words(&world, 0).len(), 151);
}

/// What a member's records, a copy of their vault, make of the message that another one sent.
fn read_by_copy(copy: &BTreeMap<String, Vec<u8>>, world: &World, envelope: &Envelope) -> Handled {
    let room = world.devices[1].room();
    let records = copy.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
    let mut stolen = Room::load(room.id(), records, world.rules).unwrap();
    let whole = room.channel.as_ref().unwrap().open(envelope).unwrap();
    let taken = Assembly::default().handle_part(Position::new(1), whole).unwrap();
    stolen.mls.handle(&taken.whole.unwrap())
}

#[test]
fn pt_61_os_roo_012_after_forgetting_the_records_open_no_message_that_was_read() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let base = world.devices[1].records();
    world.send(0, "canary");
    world.settle();
    let address = *world.devices[0].room().address().unwrap();
    let log = |after: Position| world.logs.after(&address, after);
    let (_, envelope) =
        std::iter::successors(log(Position::START), |(at, _)| log(*at)).last().unwrap();
    let opened =
        |copy: &_| matches!(read_by_copy(copy, &world, &envelope), Handled::Message { .. });
    assert!(opened(&base), "the control: the base from before the message opens it");
    let before = world.devices[1].records();
    assert!(before.keys().any(|key| key.contains("/journal/")), "so it lies in the records");
    world.ask(1, |_, room| Ok(room.handle_forget())).unwrap();
    let after = world.devices[1].records();
    assert!(!after.keys().any(|key| key.contains("/journal/")));
    assert!(!matches!(read_by_copy(&after, &world, &envelope), Handled::Message { .. }));
    world.restart(1);
    world.send(1, "on");
    world.settle();
    assert_eq!(words(&world, 0), ["canary", "on"], "the room goes on");
}

#[test]
fn os_roo_011_a_message_writes_a_few_hundred_bytes_beside_its_envelope() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::XWing, 1);
    world.send(0, "warm");
    world.settle();
    let before = world.devices[1].persisted;
    world.send(0, "some words");
    world.settle();
    let written = world.devices[1].persisted - before;
    assert!(written < 1024, "the whole group is not written for each message");
}

/// A message of the first device in three envelopes.
/// How many messages a device keeps, of whatever kind.
fn kept(world: &World, at: usize) -> usize {
    world.devices[at].vault.keys().filter(|key| key.starts_with("history/")).count()
}

fn in_parts(world: &mut World) -> Vec<offshift_wire::Envelope> {
    let now = world.now;
    let id = MessageId::from_bytes([7; 16]);
    let content = Message { id, sequence: 0, content: text(&"a".repeat(1000)) }.encode().unwrap();
    // An unknown field makes it long: readers keep what they don't know.
    let long = [content, [0xfa, 0x01, 0x80, 0x80, 0x20].to_vec(), vec![5; 512 << 10]].concat();
    let envelopes = world.devices[0].with(now, |ctx, room| {
        let room = room.as_mut().unwrap();
        let message = room.mls.seal(seed(ctx.rng), &long).unwrap();
        room.channel.as_ref().unwrap().seal(ctx.rng, &message).unwrap()
    });
    assert_eq!(envelopes.len(), 3);
    envelopes
}

#[test]
fn os_cha_020_who_restarted_and_who_did_not_wait_for_the_same_parts() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let envelopes = in_parts(&mut world);
    for _ in 0..2 {
        // The second time it is somebody who deposits the same envelopes again.
        for envelope in &envelopes {
            world.logs.append(now, address, envelope.clone());
        }
        for at in 1..3 {
            while world.read_one(at, usize::MAX) {}
        }
        world.restart(1);
    }
    let waiting = |at: usize| world.devices[at].room().log.assembly.positions();
    assert_eq!(kept(&world, 1), 1);
    assert_eq!(waiting(1), waiting(2), "or the next set would be dropped by one of them only");
}

#[test]
fn os_ord_011_a_removed_member_keeps_no_part_of_what_was_not_complete() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let first = in_parts(&mut world).remove(0);
    world.logs.append(now, address, first);
    world.settle();
    let held = |world: &World| world.devices[2].vault.keys().any(|key| key.contains("/part/"));
    assert!(held(&world), "the twin: while it may still be complete");
    remove(&mut world, 1, "cy");
    world.settle();
    assert!(world.devices[2].room().is_removed() && !held(&world));
}

#[test]
fn os_cha_020_a_whole_in_parts_survives_a_crash_between_them() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let envelopes = in_parts(&mut world);
    for envelope in envelopes.iter().rev() {
        world.logs.append(now, address, envelope.clone());
        world.read_one(1, usize::MAX);
        world.restart(1);
    }
    assert_eq!(kept(&world, 1), 1);
    assert!(!world.devices[1].vault.keys().any(|key| key.contains("/part/")), "nothing is left");
}

#[test]
fn os_roo_020_a_message_of_an_unknown_kind_is_kept_and_shown_as_such() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let content = [[0x0a, 16].as_slice(), &[3; 16], &[0xfa, 0x01, 3], b"new"].concat();
    let envelope = world.devices[0].with(now, |ctx, room| {
        let room = room.as_mut().unwrap();
        let message = room.mls.seal(seed(ctx.rng), &content).unwrap();
        room.channel.as_ref().unwrap().seal(ctx.rng, &message).unwrap().remove(0)
    });
    world.logs.append(now, address, envelope);
    world.read_one(1, usize::MAX);
    let shown = |e: &RoomEvent| matches!(e, RoomEvent::Message(m) if m.content == Content::Unknown(content.clone().into()));
    assert!(world.devices[1].events.iter().any(shown));
}

#[test]
fn os_ord_009_a_second_copy_of_an_envelope_and_a_second_use_of_an_id_are_dropped() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let content =
        Message { id: MessageId::from_bytes([4; 16]), sequence: 0, content: text("once") };
    let content = content.encode().unwrap();
    let envelopes: Vec<_> = world.devices[0].with(now, |ctx, room| {
        let room = room.as_mut().unwrap();
        let mut one = || {
            let message = room.mls.seal(seed(ctx.rng), &content).unwrap();
            room.channel.as_ref().unwrap().seal(ctx.rng, &message).unwrap().remove(0)
        };
        vec![one(), one()]
    });
    for envelope in [&envelopes[0], &envelopes[0], &envelopes[1]] {
        world.logs.append(now, address, envelope.clone());
        world.read_one(1, usize::MAX);
    }
    assert_eq!(words(&world, 1), ["once"]);
    let whys: Vec<_> = world.devices[1]
        .events
        .iter()
        .filter_map(|e| if let RoomEvent::Skipped { why, .. } = e { Some(*why) } else { None })
        .collect();
    assert_eq!(whys, [Skipped::Repeated, Skipped::RepeatedMessage]);
}

#[test]
fn os_ord_009_signed_words_under_a_later_generation_do_not_silence_their_author() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let (now, address) = (world.now, *world.devices[0].room().address().unwrap());
    let id = world.send(0, "one");
    world.settle();
    let content = Message { id, sequence: 0, content: text("one") }.encode().unwrap();
    // Every member can compute every sender's ratchet. Here ada's own does it, and forgets it.
    let envelope = world.devices[0].with(now, |ctx, room| {
        let room = room.as_mut().unwrap();
        let savepoint = room.mls.savepoint();
        let later = (0..40).map(|_| room.mls.seal(seed(ctx.rng), &content).unwrap()).last();
        room.mls.rollback(savepoint).unwrap();
        room.channel.as_ref().unwrap().seal(ctx.rng, &later.unwrap()).unwrap().remove(0)
    });
    world.logs.append(now, address, envelope);
    world.send(0, "two");
    world.send(0, "three");
    world.settle();
    assert_eq!(
        words(&world, 1),
        ["one", "two", "three"],
        "who wrote them is told that they are sent"
    );
    world.restart(1);
    world.send(0, "four");
    world.settle();
    assert_eq!(words(&world, 1), words(&world, 0));
}

#[test]
fn a_room_is_founded_with_two_organizers_or_not_at_all() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let (application, contact) = world.meet(0, 1);
    let now = world.now;
    let mine = world.devices[0].application(now);
    for (organizer, founded) in [(true, true), (false, false)] {
        let invitees = [Invitee { card: contact.card(), application: &application, organizer }];
        let request = FoundRequest {
            name: "day shift".parse().unwrap(),
            relay: relay(),
            suite: Suite::Classical,
            mine: &mine,
            invitees: &invitees,
            rules: Rules::new(),
        };
        let found = world.devices[0].with(now, |ctx, _| Room::found(ctx, &request).map(|_| ()));
        assert_eq!(found.is_ok(), founded);
        assert!(founded || found == Err(FoundRefused::TooFewOrganizers));
    }
}

#[test]
fn os_ord_009_who_has_written_much_in_an_epoch_asks_for_fresh_keys_first() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let epoch = world.devices[0].room().epoch();
    world.devices[0].room.as_mut().unwrap().sent_in_epoch = EPOCH_MESSAGES_MAX / 2 - 1;
    world.send(0, "the last of this epoch");
    world.send(0, "the first of the next");
    world.settle();
    world.assert_converged();
    assert_eq!(world.devices[1].room().epoch(), epoch + 1);
    assert_eq!(words(&world, 1), ["the last of this epoch", "the first of the next"]);
}

#[test]
fn os_ord_009_what_one_member_writes_beyond_the_window_of_ids_is_passed_over() {
    let mut world = World::founded(&["ada", "bo"], Suite::Classical, 1);
    let ada = world.devices[0].room().mls.own_leaf();
    let log = &mut world.devices[1].room.as_mut().unwrap().log;
    for number in 1..EPOCH_MESSAGES_MAX as u128 {
        let _ = log.note_id(ada, MessageId::from_bytes(number.to_be_bytes()));
    }
    world.send(0, "the last that fits");
    world.send(0, "one too many");
    world.settle();
    assert_eq!(words(&world, 1), ["the last that fits"]);
    let too_many = |e: &RoomEvent| matches!(e, RoomEvent::Skipped { why: Skipped::TooMany, .. });
    assert_eq!(world.devices[1].events.iter().filter(|e| too_many(e)).count(), 1);
}

#[test]
fn os_ord_006_an_own_commit_that_was_refused_is_not_deposited_again() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let right = world.now;
    world.now = UnixMillis(right.0 + 5 * 3_600_000);
    remove(&mut world, 0, "cy");
    // It reached the relay; the receipt did not come back.
    let (id, outgoing) = world.devices[0].waiting.pop_first().unwrap();
    world.logs.append(right, outgoing.to.address(), outgoing.envelope);
    assert!(
        world.devices[0].vault.contains_key(&id.key()),
        "the twin: it would be deposited again"
    );
    world.read_one(0, usize::MAX);
    assert!(!world.devices[0].vault.contains_key(&id.key()));
}

fn who_signed_ahead(restarts: bool) {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let (right, before) = (world.now, world.devices[0].room().epoch());
    world.now = UnixMillis(right.0 + 3 * 3_600_000);
    remove(&mut world, 0, "cy");
    let (_, outgoing) = world.devices[0].waiting.pop_first().unwrap();
    let (to, envelope) = (outgoing.to.address(), outgoing.envelope);
    // Refused by all; then the relay, or whoever kept it, brings it again: at once, and when its time has come.
    for (hours, stranded) in [(0, false), (0, false), (2, true)] {
        world.logs.append(right.plus_ms(hours * 3_600_000), to, envelope.clone());
        for at in 0..2 {
            while world.read_one(at, usize::MAX) {}
        }
        if restarts {
            world.restart(0);
        }
        assert_eq!(world.devices[0].room().is_stranded().is_some(), stranded);
        assert_eq!(world.devices[1].room().epoch(), before + u64::from(stranded));
    }
}

#[test]
fn os_ord_006_who_signed_ahead_of_time_knows_when_the_others_went_on_without_it() {
    who_signed_ahead(true);
}

#[test]
fn os_ord_006_who_signed_ahead_of_time_knows_it_without_a_restart_too() {
    who_signed_ahead(false);
}

#[test]
fn os_ord_006_a_device_with_a_wrong_clock_gives_its_change_up_and_says_so() {
    let mut world = World::founded(&["ada", "bo", "cy"], Suite::Classical, 1);
    let right = world.now;
    world.now = UnixMillis(right.0 + 5 * 3_600_000);
    remove(&mut world, 0, "cy");
    let tries = |world: &World| {
        let log = &world.logs.logs[world.devices[0].room().address().unwrap()];
        log.len()
    };
    for _ in 0..10 {
        world.now = right;
        while world.deposit_one(0) {}
        world.now = UnixMillis(right.0 + 5 * 3_600_000);
        while world.read_one(0, usize::MAX) {}
    }
    assert_eq!(tries(&world), 3, "the log is not filled with tries");
    let told = |e: &RoomEvent| matches!(e, RoomEvent::ChangeDropped(Rule::CommitTime));
    assert!(world.devices[0].events.iter().any(told));
    world.now = right;
    remove(&mut world, 0, "cy");
    world.settle();
    world.assert_converged();
    assert_eq!(world.devices[1].room().members(START).len(), 2, "the twin: with a right clock");
}
