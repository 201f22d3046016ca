//! Members who lie about where they stand: one of them stops nobody for good, and moves nobody.

use bytes::Bytes;
use offshift_wire::{Position, admission::Act, admission::Motion, inbox::Checkpoint};

use crate::{
    limits::{FRESH_MS, WHOLE_BYTES_MAX},
    room::{
        Alarm, Care, ChangeRefused, RoomEvent, RoomState, Rule, SendRefused, Step, Suite,
        commit::invite,
        intent::Intent,
        roster::{Leaf, Roster},
        tests::{
            devices::link,
            interleave::rekey,
            lies::{HOUR, four},
            returning::{answers, wish},
            world::World,
        },
    },
    seal::DhPrivateKey,
};

const ALL: [usize; 4] = [0, 1, 2, 3];
const HONEST: [usize; 3] = [0, 1, 3];
const CY: usize = 2;

/// A member's device says what is not so to these.
fn lie(world: &mut World, by: usize, to: &[usize], epochs: u64, authenticator: u8) {
    let (now, liar) = (world.now, world.devices[by].room());
    let sender = DhPrivateKey::from_seed(&liar.identity).public();
    let said = Checkpoint {
        room: liar.id(),
        epoch: liar.epoch() + epochs,
        authenticator: [authenticator; 32],
        position: Position::START,
        sent: 0,
        signed_at: now,
        issuer_key: None,
    };
    for at in to {
        let effects = world.devices[*at]
            .with(now, |ctx, room| room.as_mut().unwrap().handle_checkpoint(ctx, &sender, &said));
        world.devices[*at].execute(effects, usize::MAX);
    }
}

/// A member's device says where it stands.
fn tell(world: &mut World, by: usize, at: usize) {
    let (now, teller) = (world.now, world.devices[by].room());
    let sender = DhPrivateKey::from_seed(&teller.identity).public();
    let said = Checkpoint {
        room: teller.id(),
        epoch: teller.epoch(),
        authenticator: teller.mls.authenticator(),
        position: Position::START,
        sent: 0,
        signed_at: now,
        issuer_key: None,
    };
    let effects = world.devices[at]
        .with(now, |ctx, room| room.as_mut().unwrap().handle_checkpoint(ctx, &sender, &said));
    world.devices[at].execute(effects, usize::MAX);
}

fn accuse(world: &mut World, by: usize, to: &[usize]) {
    lie(world, by, to, 0, 9);
}

fn state(world: &World, at: usize) -> RoomState {
    world.devices[at].room().state()
}

fn forked(with: &str) -> RoomState {
    RoomState::Forked { with: with.into() }
}

fn assert_open(world: &mut World, who: &[usize]) {
    who.iter().for_each(|at| assert_eq!(state(world, *at), RoomState::Open, "{at}"));
    for at in who {
        world.send(*at, &format!("here is {at}"));
    }
    world.settle_only(who);
    for at in who {
        let texts = world.devices[*at].texts();
        let heard = |by: &usize| texts.iter().any(|one| one.2 == format!("here is {by}"));
        assert!(who.iter().all(heard), "{at}");
    }
}

fn go_on(world: &mut World, at: usize) {
    let (now, device) = (world.now, &mut world.devices[at]);
    let effects = device.with(now, |ctx, room| room.as_mut().unwrap().handle_go_on(ctx));
    device.execute(effects, usize::MAX);
}

fn sever(world: &mut World, by: usize, whom: &[usize]) -> Result<Step, ChangeRefused> {
    let ids: Vec<_> = whom.iter().map(|at| world.devices[*at].room().own_id()).collect();
    world.ask(by, |ctx, room| room.handle_sever(ctx, &ids))
}

#[test]
fn os_ckp_016_a_lone_liar_stops_the_writing_only_until_an_organizer_puts_it_out() {
    let mut world = four(31);
    world.send(3, "called back");
    accuse(&mut world, CY, &HONEST);
    world.settle_only(&HONEST);
    for at in HONEST {
        assert_eq!(state(&world, at), forked("cy"));
        assert_eq!(world.alarms(at), [Alarm::Fork { with: "cy".into() }], "who says so is named");
        assert_eq!(world.try_send(at, Care::Ordinary), Err(SendRefused::Forked));
    }
    world.hours(60, &HONEST);
    HONEST.iter().for_each(|at| assert_eq!(state(&world, *at), forked("cy"), "the control"));
    let di = world.devices[3].room().own_id();
    let named = world.ask(0, |ctx, room| room.handle_propose(ctx, Motion::DropOrganizer(di)));
    assert_eq!(named, Err(ChangeRefused::Send(SendRefused::Forked)), "nothing else is changed");
    world.restart(0);
    assert_eq!(sever(&mut world, 0, &[CY]), Ok(Step::Committing));
    world.settle_only(&HONEST);
    assert_open(&mut world, &HONEST);
    assert!(world.devices[0].texts().iter().any(|one| one.2 == "called back"));
    let gaps = |at: &usize| world.alarms(*at).iter().any(|one| matches!(one, Alarm::Gap { .. }));
    assert!(!HONEST.iter().any(gaps));
}

#[test]
fn os_ckp_016_two_liars_are_put_out_by_two_words_that_go_on_in_a_forked_room() {
    let mut world = four(32);
    accuse(&mut world, CY, &[0, 1]);
    accuse(&mut world, 3, &[0, 1]);
    let waiting = Step::Waiting { approvals: 1, needed: 2 };
    assert_eq!(sever(&mut world, 0, &[CY, 3]), Ok(waiting));
    world.settle_only(&[0, 1]);
    let id = world.devices[1].room().motions(world.now)[0].id;
    assert_eq!(world.ask(1, |ctx, room| room.handle_approve(ctx, id)), Ok(Step::Committing));
    world.settle_only(&[0, 1]);
    assert_open(&mut world, &[0, 1]);
}

#[test]
fn os_ckp_016_members_recall_an_organizer_who_lies() {
    let mut world = four(33);
    accuse(&mut world, 0, &[1, 2, 3]);
    let ada = world.devices[0].room().own_id();
    for (at, step) in [
        (1, Step::Waiting { approvals: 1, needed: 3 }),
        (2, Step::Waiting { approvals: 2, needed: 3 }),
        (3, Step::Committing),
    ] {
        assert_eq!(world.ask(at, |ctx, room| room.handle_recall(ctx, ada)), Ok(step));
        world.settle_only(&[1, 2, 3]);
    }
    assert_open(&mut world, &[1, 2, 3]);
}

#[test]
fn os_ckp_016_while_one_who_says_otherwise_is_left_nobody_writes() {
    let mut world = four(34);
    accuse(&mut world, CY, &[0, 1]);
    accuse(&mut world, 3, &[0]);
    assert!(sever(&mut world, 0, &[CY]).is_ok());
    world.settle_only(&[0, 1, 3]);
    assert_eq!(state(&world, 0), forked("di"));
    assert_eq!(world.try_send(0, Care::Ordinary), Err(SendRefused::Forked));
    assert_eq!(state(&world, 1), RoomState::Open, "the twin");
}

#[test]
fn os_ckp_016_stopping_the_device_that_lies_is_enough_and_changes_of_others_are_read_as_ever() {
    let mut world = four(35);
    accuse(&mut world, CY, &[0]);
    let epoch = world.devices[0].room().epoch();
    rekey(&mut world, 3);
    world.settle_only(&HONEST);
    assert_eq!(world.devices[0].room().epoch(), epoch + 1);
    assert_eq!(state(&world, 0), forked("cy"));
    let cy = world.devices[CY].room().own_id();
    world.ask(0, |ctx, room| room.handle_stop(ctx, cy)).unwrap();
    world.settle_only(&HONEST);
    assert_open(&mut world, &HONEST);
}

#[test]
fn os_ckp_016_who_is_added_again_is_in_this_room_and_says_nothing_else() {
    let mut world = four(36);
    accuse(&mut world, CY, &[1]);
    let now = world.now;
    let (sender, back) = wish(&mut world, CY, now);
    assert!(!answers(&mut world, 1, &sender, &back), "not by whom it accuses");
    assert!(answers(&mut world, 0, &sender, &back));
    world.settle_only(&HONEST);
    assert_open(&mut world, &HONEST);
}

#[test]
fn os_ckp_017_a_person_who_compared_goes_on_and_the_same_person_stops_nobody_again() {
    let mut world = four(37);
    let (second, linked) = link(&mut world, CY, "cy 2");
    linked.unwrap();
    world.settle();
    world.send(0, "before");
    world.settle_only(&ALL);
    world.send(0, "called back");
    accuse(&mut world, CY, &[0]);
    go_on(&mut world, 0);
    assert_eq!(state(&world, 0), RoomState::Open);
    world.settle_only(&ALL);
    world.restart(0);
    accuse(&mut world, CY, &[0]);
    accuse(&mut world, second, &[0]);
    assert_eq!(world.alarms(0).len(), 1);
    assert_open(&mut world, &HONEST);
    assert!(world.devices[1].texts().iter().any(|one| one.2 == "called back"));
    assert_eq!(world.alarms(1), [], "nothing is missing");
    accuse(&mut world, 3, &[0]);
    assert_eq!(state(&world, 0), forked("di"), "another's word counts");
    let now = world.now;
    world.devices[3].with(now, |ctx, room| {
        assert!(room.as_mut().unwrap().handle_go_on(ctx).is_empty(), "nobody accused it");
    });
}

/// An hour in which the relay says that there is nothing more.
fn an_hour(world: &mut World, who: &[usize]) {
    world.hours(2, who);
}

#[test]
fn os_ckp_015_one_member_who_claims_a_later_epoch_moves_nobody_and_two_do() {
    let mut world = four(38);
    let (second, linked) = link(&mut world, CY, "cy 2");
    linked.unwrap();
    world.settle();
    world.hours(20, &ALL);
    lie(&mut world, CY, &[0], 5, 9);
    lie(&mut world, second, &[0], 6, 9);
    an_hour(&mut world, &[0, 1]);
    assert_eq!(state(&world, 0), RoomState::Open, "two devices are one person");
    assert_eq!(world.alarms(0), []);
    lie(&mut world, CY, &[0], 5, 9);
    lie(&mut world, 3, &[0], 7, 9);
    world.restart(0);
    an_hour(&mut world, &[0]);
    assert_eq!(state(&world, 0), RoomState::Lost);
    assert_eq!(world.alarms(0), [Alarm::Behind], "once");
    world.restart(0);
    assert_eq!(state(&world, 0), RoomState::Lost);
}

#[test]
fn os_ckp_015_one_member_is_believed_when_no_organizer_is_heard_of() {
    let mut world = four(39);
    world.hours(2, &ALL);
    lie(&mut world, CY, &[3], 5, 9);
    an_hour(&mut world, &[3]);
    assert_eq!(state(&world, 3), RoomState::Open);
    world.hours(FRESH_MS / HOUR, &[3]);
    assert_eq!(state(&world, 3), RoomState::Lost);
    let mut world = four(39);
    world.hours(2 + FRESH_MS / HOUR, &ALL);
    lie(&mut world, CY, &[3], 5, 9);
    world.hours(2 + FRESH_MS / HOUR, &ALL);
    assert_eq!(state(&world, 3), RoomState::Open, "the twin hears them");
}

#[test]
fn os_rej_004_against_two_who_are_ahead_an_organizer_is_believed_and_nobody_else() {
    let mut world = World::founded(&["ada", "bo", "cy", "di", "ed"], Suite::Classical, 43);
    world.hours(20, &[0, 1, 2, 3, 4]);
    lie(&mut world, CY, &[0], 5, 9);
    lie(&mut world, 3, &[0], 5, 9);
    an_hour(&mut world, &[0]);
    assert_eq!(state(&world, 0), RoomState::Lost);
    world.now = world.now.plus_ms(HOUR);
    tell(&mut world, 4, 0);
    assert_eq!(state(&world, 0), RoomState::Lost);
    tell(&mut world, 1, 0);
    assert_eq!(state(&world, 0), RoomState::Open, "the twin");
    an_hour(&mut world, &[0]);
    assert_eq!(state(&world, 0), RoomState::Open, "and stays so");
}

#[test]
fn os_ckp_015_who_says_of_this_epoch_what_is_not_so_is_not_believed_of_a_later_one() {
    let mut world = four(40);
    accuse(&mut world, CY, &HONEST);
    lie(&mut world, CY, &HONEST, 5, 9);
    world.hours(3 * 24, &HONEST);
    for at in HONEST {
        assert!(!world.alarms(at).contains(&Alarm::Behind), "{at}");
    }
    assert_eq!(sever(&mut world, 0, &[CY]), Ok(Step::Committing), "and it can be put out");
    world.settle_only(&HONEST);
    assert_eq!(state(&world, 1), RoomState::Open);
}

#[test]
fn os_ckp_013_who_counts_on_in_an_epoch_that_is_over_is_told_of_a_few_times() {
    let mut world = four(44);
    let teller = world.devices[CY].room();
    let (room, epoch, authenticator) = (teller.id(), teller.epoch(), teller.mls.authenticator());
    let sender = DhPrivateKey::from_seed(&teller.identity).public();
    rekey(&mut world, 0);
    world.settle_only(&ALL);
    let (now, position) = (world.now, Position::START);
    for sent in 1..1000 {
        let said = Checkpoint {
            room,
            epoch,
            authenticator,
            position,
            sent,
            signed_at: now,
            issuer_key: None,
        };
        let effects = world.devices[0]
            .with(now, |ctx, room| room.as_mut().unwrap().handle_checkpoint(ctx, &sender, &said));
        world.devices[0].execute(effects, usize::MAX);
    }
    let alarms = world.alarms(0);
    assert_eq!(alarms[0], Alarm::Gap { sender: "cy".into(), missing: 1 }, "the twin");
    assert!(alarms.len() <= 10, "{}", alarms.len());
}

#[test]
fn os_rej_006_a_member_with_another_ones_inbox_card_keeps_nobody_from_coming_back() {
    let mut world = four(41);
    let now = world.now;
    let (sender, back) = wish(&mut world, 3, now);
    let (cy, di) = (world.devices[CY].room().own_id(), world.devices[3].room().own_id());
    let room = world.devices[0].room.as_mut().unwrap();
    let inbox = room.roster.find(&di).unwrap().1.inbox.clone();
    let leaf = |(leaf, info): (&Leaf, &offshift_wire::room::MemberInfo)| {
        let mut info = info.clone();
        if leaf.id == cy {
            info.inbox = inbox.clone();
        }
        Some(Leaf { identity: info.encode(), ..leaf.clone() })
    };
    let roster = Roster::new(room.roster.iter().map(leaf)).unwrap();
    room.roster = roster;
    assert_eq!(room.owner_of(&sender), Some(cy), "who came first");
    assert!(answers(&mut world, 0, &sender, &back));
}

#[test]
fn os_ord_012_nobody_is_added_by_a_commit_whose_welcome_is_too_long_to_be_sent() {
    let mut world = four(42);
    let newcomer = world.newcomer("eve", 99);
    let (application, contact) = world.meet(0, newcomer);
    let suite = world.devices[0].room().suite();
    let before = world.devices[0].records();
    for (length, added) in [(WHOLE_BYTES_MAX - 1024, false), (4096, true)] {
        let mut one = invite(suite, contact.card(), &application).unwrap().unwrap();
        one.introductions = vec![Bytes::from(vec![0; length])];
        let intent = Intent { act: Act::Found(Vec::new()), adds: vec![one], removes: Vec::new() };
        let asked = world.ask(0, |ctx, room| room.handle_change(ctx, intent));
        if added {
            assert_eq!(asked, Ok(()), "the twin");
        } else {
            assert_eq!(asked, Err(ChangeRefused::Rule(Rule::RoomFull)));
            assert!(world.devices[0].records() == before);
        }
    }
    world.settle_channel();
    let joined = |e: &RoomEvent| matches!(e, RoomEvent::Joined { handle, .. } if handle == "eve");
    assert!(world.devices[1].events.iter().any(joined));
}
