//! Coming back: by itself, by a person's word, or not at all.

use bytes::Bytes;
use ed25519_dalek::{Signer as _, SigningKey};
use offshift_wire::{
    Position, UnixMillis,
    admission::{Act, RejoinProof},
    inbox::{InboxMessage, Rejoin},
};
use zeroize::Zeroizing;

use crate::{
    admission::signed::Statement,
    derive::hash,
    effect::Effect,
    limits::{DAILY_MS, REJOIN_LIFE_MS, REJOIN_MS},
    room::{
        Alarm, Care, RoomEvent, RoomState, SendRefused, Suite, Why,
        hooks::Forbidden,
        key_package::create_for,
        mls::RoomKey,
        tests::{
            interleave::rekey,
            lies::{HOUR, four},
            world::World,
        },
    },
    seal::{DhPrivateKey, DhPublicKey},
};

const ALL: [usize; 4] = [0, 1, 2, 3];

fn count(world: &World, at: usize, is: impl Fn(&RoomEvent) -> bool) -> usize {
    world.devices[at].events.iter().filter(|event| is(event)).count()
}

fn words(world: &World, at: usize) -> Vec<String> {
    world.devices[at].texts().into_iter().map(|(_, _, text)| text).collect()
}

/// All are in the room, and hear each other.
fn assert_back(world: &mut World) {
    ALL.iter()
        .for_each(|at| assert_eq!(world.devices[*at].room().state(), RoomState::Open, "{at}"));
    for at in ALL {
        world.send(at, &format!("here is {at}"));
    }
    world.settle_only(&ALL);
    world.assert_converged();
    for at in ALL {
        let heard = words(world, at);
        assert!(ALL.iter().all(|by| heard.contains(&format!("here is {by}"))), "{at}");
    }
}

#[test]
fn pt_62_os_rbk_003_a_restored_copy_of_a_vault_is_noticed_before_it_writes_and_comes_back() {
    let mut world = four(11);
    world.send(2, "kept");
    world.settle_only(&ALL);
    let copy = world.devices[2].vault.clone();
    world.restart(2);
    world.settle_only(&ALL);
    assert_eq!(world.alarms(2), [], "the twin: a restart of the vault of now");
    world.send(2, "written after the copy");
    world.settle_only(&[0, 1, 2, 3]);
    world.devices[2].vault = copy;
    world.restart(2);
    world.read_one(2, usize::MAX);
    assert_eq!(world.alarms(2), [Alarm::RolledBack]);
    assert_eq!(world.devices[2].room().wants_rejoin(), Some(Why::RolledBack));
    assert_eq!(world.try_send(2, Care::Ordinary), Err(SendRefused::RolledBack));
    world.restart(2);
    assert_eq!(world.devices[2].room().state(), RoomState::RolledBack, "and stays so");
    let id = world.devices[2].room().id();
    world.hours(2, &ALL);
    assert_eq!(world.devices[2].room().id(), id);
    assert_eq!(words(&world, 2), ["kept"], "its history stays");
    assert_eq!(
        count(&world, 0, |e| matches!(e, RoomEvent::Rejoined { handle, .. } if handle == "cy")),
        1
    );
    assert_back(&mut world);
}

#[test]
fn pt_62_os_rbk_004_a_copy_that_a_person_made_sends_nothing_until_it_is_taken_back() {
    let mut world = four(14);
    world.send(2, "kept");
    world.settle_only(&ALL);
    world.ask(2, |_, room| Ok(room.handle_copied())).unwrap();
    assert_eq!(world.alarms(2), [Alarm::RolledBack]);
    assert_eq!(world.try_send(2, Care::Ordinary), Err(SendRefused::RolledBack));
    world.restart(2);
    assert_eq!(world.devices[2].room().wants_rejoin(), Some(Why::RolledBack));
    world.hours(2, &ALL);
    assert_eq!(words(&world, 2), ["kept"]);
    assert_back(&mut world);
}

#[test]
fn os_rbk_004_a_copy_does_not_go_on_with_the_keys_of_a_wish_to_come_back() {
    let mut world = four(15);
    world.ask(2, |_, room| Ok(room.handle_copied())).unwrap();
    let asked = |world: &World| {
        let records = world.devices[2].records();
        records.into_iter().find(|(key, _)| key.ends_with("/returns")).map(|(_, value)| value)
    };
    world.stay_online();
    let now = world.now;
    let effects = world.devices[2].with(now, |ctx, room| room.as_mut().unwrap().handle_tick(ctx));
    world.devices[2].execute(effects, usize::MAX);
    let first = asked(&world).unwrap();
    world.ask(2, |_, room| Ok(room.handle_copied())).unwrap();
    let copied = asked(&world).unwrap();
    assert!(copied.len() < first.len() / 2, "the keys are gone");
}

#[test]
fn pt_62_a_copy_that_missed_no_own_word_is_no_danger_and_raises_no_alarm() {
    let mut world = four(12);
    let copy = world.devices[2].vault.clone();
    world.send(0, "one");
    rekey(&mut world, 1);
    world.settle_only(&ALL);
    world.devices[2].vault = copy;
    world.restart(2);
    world.settle_only(&ALL);
    assert_eq!(world.alarms(2), []);
    assert_back(&mut world);
}

#[test]
fn os_rbk_003_an_own_commit_that_this_vault_does_not_know_is_noticed_too() {
    let mut world = four(13);
    let copy = world.devices[2].vault.clone();
    rekey(&mut world, 2);
    world.settle_only(&ALL);
    world.devices[2].vault = copy;
    world.restart(2);
    world.read_one(2, usize::MAX);
    assert_eq!(world.alarms(2), [Alarm::RolledBack]);
    world.hours(2, &ALL);
    assert_back(&mut world);
}

#[test]
fn os_rbk_002_a_nonce_that_somebody_copied_is_no_sign_of_a_copy() {
    let mut world = four(14);
    world.send(2, "one");
    world.settle_only(&ALL);
    let address = *world.devices[2].room().address().unwrap();
    let (_, mine) = world.logs.logs[&address].last().unwrap().clone();
    let mut bytes = mine.bytes().to_vec();
    bytes[500] ^= 1;
    world.logs.append(world.now, address, bytes.try_into().unwrap());
    world.settle_only(&ALL);
    assert_eq!(world.alarms(2), []);
    assert_back(&mut world);
}

/// Di makes a commit that does not open for cy.
fn strand(world: &mut World) {
    let (now, victim) = (world.now, world.devices[2].room().own_id());
    let address = *world.devices[3].room().address().unwrap();
    let envelopes = world.devices[3].with(now, |ctx, room| {
        let room = room.as_mut().unwrap();
        room.dangerous_unreadable_commit_for_testing(ctx, victim, now).unwrap()
    });
    for envelope in envelopes {
        world.logs.append(now, address, envelope);
    }
}

#[test]
fn mi_72_os_rej_001_a_stranded_member_comes_back_by_itself_with_what_it_had_to_say() {
    for suite in Suite::ALL {
        let mut world = World::founded(&["ada", "bo", "cy", "di"], suite, 15);
        strand(&mut world);
        // Cy writes before it has read the commit.
        world.send(2, "void in the old epoch");
        let waiting = world.devices[2].room().waiting();
        world.settle_only(&[0, 1, 2]);
        assert_eq!(world.devices[2].room().is_stranded(), Some("di"));
        assert!(world.devices[2].room().waiting() == waiting, "it waits");
        world.hours(2, &[0, 1, 2]);
        assert_eq!(world.devices[2].room().state(), RoomState::Open);
        assert!(words(&world, 0).contains(&"void in the old epoch".to_owned()));
        assert_eq!(count(&world, 2, |e| matches!(e, RoomEvent::Returned { .. })), 1);
        assert_eq!(count(&world, 1, |e| matches!(e, RoomEvent::Rejoined { .. })), 1);
        // Di's own device forgot its commit. It learns from checkpoints that it is behind.
        world.hours(60, &ALL);
        assert_back(&mut world);
    }
}

#[test]
fn os_rej_002_another_organizer_is_asked_after_an_hour() {
    for asleep in [0, 1] {
        let mut world = four(16);
        strand(&mut world);
        world.settle_only(&[0, 1, 2]);
        let awake: Vec<_> = [0, 1, 2].into_iter().filter(|at| *at != asleep).collect();
        world.hours(3, &awake);
        assert_eq!(world.devices[2].room().state(), RoomState::Open);
        // The other finds the wish when it wakes up, and that it was granted.
        world.hours(3, &[0, 1, 2]);
        assert_eq!(count(&world, 2, |e| matches!(e, RoomEvent::Returned { .. })), 1, "once");
        assert_eq!(world.devices[2].room().state(), RoomState::Open);
    }
}

/// The log of an epoch is gone for whoever was away.
fn expire(world: &mut World, at: usize) {
    let address = *world.devices[at].room().address().unwrap();
    world.logs.logs.remove(&address);
}

#[test]
fn os_rej_003_a_member_whose_logs_expired_comes_back_and_hears_of_the_gap_in_dates() {
    let mut world = four(17);
    world.send(2, "before");
    world.hours(2, &ALL);
    let left = world.now;
    world.send(0, "not for cy");
    world.hours(9 * 24, &[0, 1, 3]);
    world.devices[0].events.clear();
    expire(&mut world, 2);
    world.tick(2);
    world.caught_up(2);
    assert_eq!(world.devices[2].room().state(), RoomState::Lost);
    assert_eq!(world.try_send(2, Care::Sensitive), Err(SendRefused::Lost));
    let id = world.send(2, "I am back");
    assert_eq!(world.devices[2].room().waiting()[0].0, id, "it waits for the way back");
    world.hours(2, &ALL);
    assert_eq!(words(&world, 2), ["before", "I am back"]);
    assert!(world.devices[1].texts().iter().any(|(_, one, _)| *one == id), "under the same id");
    let gap = |e: &RoomEvent| matches!(e, RoomEvent::Returned { gap: (from, to) } if *from <= left && to.since_ms(*from) >= 9 * DAILY_MS);
    assert_eq!(count(&world, 2, gap), 1);
    assert_back(&mut world);
}

#[test]
fn os_rej_003_the_twin_who_was_away_for_less_reads_on() {
    let mut world = four(18);
    world.send(0, "one");
    world.hours(5 * 24, &[0, 1, 3]);
    world.send(0, "two");
    world.hours(1, &ALL);
    assert_eq!(words(&world, 2), ["one", "two"]);
    assert_eq!(count(&world, 2, |e| matches!(e, RoomEvent::Returned { .. })), 0);
    assert_back(&mut world);
}

#[test]
fn os_rej_004_a_room_in_which_everybody_was_away_is_not_lost_for_long() {
    let mut world = four(19);
    world.hours(30, &ALL);
    world.now = world.now.plus_ms(20 * DAILY_MS);
    world.settle_only(&ALL);
    world.hours(30, &ALL);
    assert_back(&mut world);
}

#[test]
fn os_rej_005_who_was_away_for_longer_than_the_terms_say_waits_for_a_persons_word() {
    let mut world = four(20);
    world.hours(2, &ALL);
    world.now = world.now.plus_ms(REJOIN_MS);
    world.hours(60, &[0, 1, 3]);
    rekey(&mut world, 0);
    world.settle_only(&[0, 1, 3]);
    expire(&mut world, 2);
    world.tick(2);
    world.caught_up(2);
    world.hours(2, &ALL);
    assert_eq!(world.devices[2].room().state(), RoomState::Lost, "not by itself");
    let at = (0..2).find(|at| !world.devices[*at].room().returning().is_empty()).unwrap();
    let waiting = world.devices[at].room().returning();
    assert_eq!((waiting.len(), waiting[0].handle.as_str()), (1, "cy"));
    assert_eq!(count(&world, at, |e| matches!(e, RoomEvent::WantsBack(_))), 1, "asked once");
    world.restart(at);
    let member = waiting[0].id;
    world.ask(at, |ctx, room| room.handle_confirm_return(ctx, member)).unwrap();
    world.hours(1, &ALL);
    assert!(world.devices[at].room().returning().is_empty());
    assert_back(&mut world);
}

/// What a member says when it wants to come back, and the key that it seals with.
pub(super) fn wish(world: &mut World, at: usize, signed_at: UnixMillis) -> (DhPublicKey, Rejoin) {
    let now = world.now;
    world.devices[at].with(now, |ctx, room| {
        let room = room.as_ref().unwrap();
        let (id, seed) = (room.own_id(), Zeroizing::new(*room.mls.key().seed()));
        let info = room.roster.find(&id).unwrap().1;
        let made = create_for(ctx, room.suite(), info, RoomKey::from_seed(&seed)).unwrap();
        let statement = Statement::rejoin(&room.id(), &id, &hash(&[&made.public]), signed_at);
        let signature = SigningKey::from_bytes(&seed).sign(statement.bytes()).to_bytes();
        let wish = Rejoin {
            room: room.id(),
            key_package: Bytes::from(made.public),
            epoch: room.epoch(),
            last: Position::new(now.0 * 1000),
            proof: RejoinProof { signed_at, signature },
        };
        (DhPrivateKey::from_seed(&room.identity).public(), wish)
    })
}

/// Whether the member's device answers this wish.
pub(super) fn answers(world: &mut World, at: usize, sender: &DhPublicKey, wish: &Rejoin) -> bool {
    let now = world.now;
    world.stay_online();
    let effects = world.devices[at]
        .with(now, |ctx, room| room.as_mut().unwrap().handle_rejoin(ctx, sender, wish));
    let answered = effects.iter().any(|one| matches!(one, Effect::Deposit(_)));
    assert!(answered || effects.is_empty(), "what is refused leaves nothing");
    world.devices[at].execute(effects, usize::MAX);
    answered
}

#[test]
fn em_52_os_rej_006_a_severed_member_and_a_stopped_one_are_not_answered() {
    for stopped in [false, true] {
        let mut world = four(21);
        let now = world.now;
        let (sender, one) = wish(&mut world, 2, now);
        let cy = world.devices[2].room().own_id();
        world
            .ask(0, |ctx, room| {
                if stopped {
                    room.handle_stop(ctx, cy)
                } else {
                    room.handle_sever(ctx, &[cy]).map(|(_, effects)| effects)
                }
            })
            .unwrap();
        world.settle_only(&ALL);
        assert!(!answers(&mut world, 0, &sender, &one));
        assert!(!answers(&mut world, 1, &sender, &one));
    }
    let mut world = four(21);
    let now = world.now;
    let (sender, one) = wish(&mut world, 2, now);
    assert!(!answers(&mut world, 3, &sender, &one), "not by an ordinary member");
    assert!(answers(&mut world, 0, &sender, &one), "the twin");
}

#[test]
fn em_52_os_rej_007_an_old_wish_and_one_that_was_granted_bring_nobody_back() {
    let mut world = four(22);
    let old = world.now;
    let (sender, stale) = wish(&mut world, 2, old);
    world.now = world.now.plus_ms(REJOIN_LIFE_MS + HOUR);
    assert!(!answers(&mut world, 0, &sender, &stale), "older than seven days");
    let now = world.now;
    let (_, before) = wish(&mut world, 2, UnixMillis(now.0 - HOUR));
    let (sender, one) = wish(&mut world, 2, now);
    assert!(answers(&mut world, 0, &sender, &one), "the twin");
    world.settle_only(&[0, 1, 3]);
    for at in [0, 1] {
        world.restart(at);
        assert!(!answers(&mut world, at, &sender, &one), "it was granted");
        assert!(!answers(&mut world, at, &sender, &before), "it is older than one that was");
    }
}

#[test]
fn em_52_os_rej_006_nobody_comes_back_as_another() {
    let mut world = four(23);
    let now = world.now;
    let (cy, one) = wish(&mut world, 2, now);
    let (di, other) = wish(&mut world, 3, now);
    assert!(!answers(&mut world, 0, &di, &one), "sealed by another member");
    let unsigned = Rejoin { key_package: one.key_package.clone(), ..other };
    assert!(!answers(&mut world, 0, &cy, &unsigned), "signed by another member");
    let bent = Rejoin {
        last: Position::new(0),
        proof: RejoinProof { signed_at: now, signature: [0; 64] },
        ..one.clone()
    };
    assert!(!answers(&mut world, 0, &cy, &bent));
    assert!(answers(&mut world, 0, &cy, &one), "the twin");
}

#[test]
fn os_rej_010_a_welcome_of_somebody_who_was_not_asked_leads_nowhere() {
    let mut world = four(24);
    strand(&mut world);
    world.settle_only(&[0, 1, 2]);
    world.tick(2);
    while world.deposit_one(2) {}
    let asked = world.devices[2].room().wants_rejoin();
    assert_eq!(asked, Some(Why::Stranded));
    // Whoever answers: the Welcome is caught on its way.
    let home =
        |world: &World, at: usize| *world.homes.iter().find(|(_, (who, _))| *who == at).unwrap().0;
    let cys = home(&world, 2);
    let waits =
        [0, 1].into_iter().find(|at| world.logs.logs.contains_key(&home(&world, *at))).unwrap();
    world.settle_only(&[waits]);
    let log = world.logs.logs.remove(&cys).unwrap();
    let (_, application) = world.homes.get_mut(&cys).unwrap();
    let received = log.into_iter().find_map(|(position, envelope)| {
        application.inbox_mut().handle_entry(position, &envelope).outcome.ok()
    });
    let received = received.unwrap();
    let InboxMessage::Welcome(welcome) = &received.message else { panic!("a welcome") };
    let other = DhPrivateKey::from_seed(&world.devices[1 - waits].room().identity).public();
    let now = world.now;
    let back = |world: &mut World, sender: &DhPublicKey| {
        let device = &mut world.devices[2];
        let back =
            device.with(now, |ctx, room| room.as_mut().unwrap().return_with(ctx, welcome, sender));
        back.map(|effects| device.execute(effects, usize::MAX)).is_ok()
    };
    assert!(!back(&mut world, &other), "sealed by another than signed it");
    assert!(back(&mut world, &received.sender), "the twin");
    assert!(!back(&mut world, &received.sender), "and once");
}

#[test]
fn os_rej_002_an_organizer_who_grants_and_withholds_the_welcome_locks_nobody_out() {
    let mut world = four(25);
    strand(&mut world);
    world.settle_only(&[0, 1, 2]);
    let home = *world.homes.iter().find(|(_, (who, _))| *who == 2).unwrap().0;
    // Whoever answers first: its Welcome never comes.
    for _ in 0..3 {
        world.now = world.now.plus_ms(HOUR);
        world.tick(2);
        world.settle_only(&[2]);
        world.settle_only(&[0, 1]);
        world.logs.logs.remove(&home);
    }
    assert_eq!(count(&world, 1, |e| matches!(e, RoomEvent::Rejoined { .. })), 1, "granted once");
    world.hours(12, &[0, 1, 2]);
    assert!(world.devices[2].room().is_stranded().is_some(), "it was granted");
    world.restart(2);
    world.hours(15, &[0, 1, 2]);
    assert_eq!(world.devices[2].room().state(), RoomState::Open);
    assert_eq!(count(&world, 1, |e| matches!(e, RoomEvent::Rejoined { .. })), 2);
}

#[test]
fn os_rej_002_an_answer_that_comes_days_later_is_one_still() {
    let mut world = four(26);
    strand(&mut world);
    world.settle_only(&[0, 1, 2]);
    for _ in 0..3 * 24 {
        world.now = world.now.plus_ms(HOUR);
        world.tick(2);
        world.settle_only(&[2]);
    }
    world.settle_only(&[0]);
    world.settle_only(&[2]);
    assert_eq!(world.devices[2].room().state(), RoomState::Open, "the first wish was granted");
}

#[test]
fn em_52_os_adm_051_a_wish_that_an_organizer_uses_twice_keeps_its_author_out_for_hours_only() {
    let mut world = four(27);
    world.hours(2, &ALL);
    let now = world.now;
    let (sender, one) = wish(&mut world, 2, now);
    assert!(answers(&mut world, 1, &sender, &one));
    world.settle_only(&ALL);
    world.hours(3, &ALL);
    assert_eq!(world.devices[2].room().state(), RoomState::Open, "this device did not want it");
    let (now, cy) = (world.now, world.devices[2].room().own_id());
    let address = *world.devices[0].room().address().unwrap();
    let what = || Forbidden {
        act: Act::Rejoin(one.proof.clone()),
        adds: vec![one.key_package.to_vec()],
        removes: vec![cy],
        policy: None,
    };
    let envelopes = world.devices[0].with(now, |ctx, room| {
        room.as_mut().unwrap().dangerous_commit_for_testing(ctx, what(), now).unwrap()
    });
    for envelope in envelopes {
        world.logs.append(now, address, envelope);
    }
    world.settle_only(&[1, 2, 3]);
    assert_eq!(world.devices[2].room().state(), RoomState::Lost);
    world.hours(4, &[1, 2, 3]);
    assert_eq!(world.devices[2].room().state(), RoomState::Open);
}
