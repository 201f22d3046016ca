//! Putting people out, reviewing those who came in by them, and what two organizers decide.

use offshift_wire::{
    MemberId, UnixMillis,
    admission::Motion,
    standing::{Method, State},
};

use crate::{
    limits::{BOARD_APPROVALS_EACH_MAX, LOOSEN_DELAY_MS, PROBATION_MS},
    room::{ChangeRefused, How, RoomEvent, Rule, Step, Suite, Terms, tests::world::World},
};

const DAY_MS: u64 = 24 * 3_600_000;

fn refused<T>(rule: Rule) -> Result<T, ChangeRefused> {
    Err(ChangeRefused::Rule(rule))
}

fn founded(names: &[&str]) -> World {
    World::founded(names, Suite::Classical, 1)
}

fn sever(world: &mut World, by: usize, members: &[MemberId]) -> Result<Step, ChangeRefused> {
    world.ask(by, |ctx, room| room.handle_sever(ctx, members))
}

fn propose(world: &mut World, by: usize, motion: &Motion) -> Result<Step, ChangeRefused> {
    world.ask(by, |ctx, room| room.handle_propose(ctx, motion.clone()))
}

/// The member approves the one motion on its board.
fn approve(world: &mut World, by: usize) -> Result<Step, ChangeRefused> {
    let id = world.devices[by].room().motions(world.now)[0].id;
    world.ask(by, |ctx, room| room.handle_approve(ctx, id))
}

fn is_under_review(world: &World, at: usize, id: MemberId) -> bool {
    let members = world.devices[at].room().members(world.now);
    members.iter().find(|member| member.id == id).unwrap().under_review
}

fn was_told(world: &World, at: usize, told: impl Fn(&RoomEvent) -> bool) -> bool {
    world.devices[at].events.iter().any(told)
}

#[test]
fn em_53_a_severed_member_is_denied_until_two_organizers_lift_it() {
    let mut world = founded(&["ada", "bo", "cy"]);
    let dee = world.admitted("dee", &[1, 2]);
    let (id, now) = (world.id_of("dee"), world.now);
    assert_eq!(sever(&mut world, 0, &[id]), Ok(Step::Committing));
    world.settle();
    world.assert_converged();
    let how = |e: &RoomEvent| matches!(e, RoomEvent::Removed { handle, by, how: How::Severed, .. } if handle == "dee" && by == "ada");
    assert!(was_told(&world, 2, how));
    assert!(was_told(
        &world,
        dee,
        |e| matches!(e, RoomEvent::YouWereRemoved { by } if by == "ada")
    ));
    let past = world.devices[2].room().past_members();
    assert_eq!((past[0].handle.as_str(), past[0].state), ("dee", State::Severed));
    assert!(past[0].left_at >= Some(now));
    // Whatever card the same key comes with: it is on every device's list.
    let standing = world.devices[1].room().standing().clone();
    assert!(standing.rows.iter().any(|row| row.key == id && row.state == State::Severed));
    let lift = Motion::Lift(id);
    assert_eq!(propose(&mut world, 0, &lift), Ok(Step::Waiting { approvals: 1, needed: 2 }));
    world.settle();
    assert_eq!(approve(&mut world, 1), Ok(Step::Committing));
    world.settle();
    assert_eq!(world.devices[2].room().past_members()[0].state, State::Lifted);
    assert_eq!(propose(&mut world, 0, &lift), refused(Rule::MotionEmpty), "once is enough");
}

#[test]
fn os_adm_041_who_came_in_by_a_severed_member_is_reviewed_and_confirmed_by_another_word() {
    let mut world = founded(&["ada", "bo", "cy"]);
    let dee = world.admitted("dee", &[1, 2]);
    let (cy, id) = (world.id_of("cy"), world.id_of("dee"));
    let confirm = |world: &mut World| world.ask(1, |ctx, room| room.handle_confirm(ctx, id));
    let revouch = |world: &mut World, by: usize| {
        let met_at = world.now;
        world.ask(by, |ctx, room| room.handle_revouch(ctx, id, Method::InPerson, met_at))
    };
    assert_eq!(revouch(&mut world, 0), refused(Rule::NotUnderReview));
    sever(&mut world, 0, &[cy]).unwrap();
    world.settle();
    for at in [0, 1, dee] {
        let asked = |e: &RoomEvent| matches!(e, RoomEvent::ReviewNeeded(who) if *who == [(id, "dee".to_owned())]);
        assert!(was_told(&world, at, asked) && is_under_review(&world, at, id));
    }
    world.now = world.now.plus_ms(PROBATION_MS);
    assert_eq!(confirm(&mut world), refused(Rule::TooFewVouches));
    let eve = world.newcomer("eve", 91);
    assert_eq!(
        world.vouch(dee, eve),
        refused(Rule::VoucherOnProbation),
        "though probation is over"
    );
    revouch(&mut world, 0).unwrap();
    world.settle();
    world.restart(1);
    confirm(&mut world).unwrap();
    world.settle();
    assert!(!is_under_review(&world, 0, id) && !is_under_review(&world, dee, id));
    assert!(was_told(
        &world,
        0,
        |e| matches!(e, RoomEvent::Confirmed { member, .. } if *member == id)
    ));
    assert_eq!(world.vouch(dee, eve), Ok(()), "the twin: now the word counts");
}

#[test]
fn mi_71_os_joi_031_several_are_severed_by_two_organizers_and_by_one_nobody_is() {
    let mut world = founded(&["ada", "bo", "cy", "di"]);
    let both = [world.id_of("cy"), world.id_of("di")];
    assert_eq!(sever(&mut world, 2, &both[1..]), refused(Rule::RemoveByOther));
    assert_eq!(sever(&mut world, 0, &both), Ok(Step::Waiting { approvals: 1, needed: 2 }));
    assert_eq!(sever(&mut world, 0, &both), Ok(Step::Waiting { approvals: 1, needed: 2 }));
    world.settle();
    assert_eq!(world.devices[0].room().members(world.now).len(), 4, "one word is not enough");
    assert!(was_told(
        &world,
        1,
        |e| matches!(e, RoomEvent::MotionRaised { by, .. } if by == "ada")
    ));
    world.restart(1);
    let seen = world.devices[1].room().motions(world.now);
    assert_eq!((seen.len(), seen[0].approvals.len(), seen[0].needed), (1, 1, 2));
    assert_eq!(approve(&mut world, 1), Ok(Step::Committing));
    world.settle();
    assert_eq!(world.devices[0].room().members(world.now).len(), 2);
    assert!(world.devices[0].room().motions(world.now).is_empty());
    assert!(world.devices[2].room().is_removed() && world.devices[3].room().is_removed());
}

#[test]
fn ro_01_os_joi_003_two_who_approve_at_once_commit_nothing_until_one_says_so_again() {
    let mut world = founded(&["ada", "bo", "cy", "di"]);
    let both = [world.id_of("cy"), world.id_of("di")];
    for by in 0..2 {
        assert_eq!(sever(&mut world, by, &both), Ok(Step::Waiting { approvals: 1, needed: 2 }));
    }
    world.settle();
    assert_eq!(world.devices[0].room().members(world.now).len(), 4, "reading makes no commit");
    assert_eq!(approve(&mut world, 0), Ok(Step::Committing));
    world.settle();
    assert_eq!(world.devices[0].room().members(world.now).len(), 2);
}

#[test]
fn os_adm_024_three_members_of_two_branches_recall_an_organizer() {
    let mut world = founded(&["ada", "bo", "cy", "di", "ed"]);
    let ada = world.id_of("ada");
    let recall = |world: &mut World, by| world.ask(by, |ctx, room| room.handle_recall(ctx, ada));
    assert_eq!(recall(&mut world, 0), refused(Rule::RemovedInPart), "nobody recalls themselves");
    for (by, approvals) in [(2, 1), (3, 2)] {
        assert_eq!(recall(&mut world, by), Ok(Step::Waiting { approvals, needed: 3 }));
        world.settle();
    }
    assert_eq!(recall(&mut world, 4), Ok(Step::Committing));
    world.settle();
    assert!(world.devices[0].room().is_removed());
    let how = |e: &RoomEvent| matches!(e, RoomEvent::Removed { how: How::Recalled, handle, .. } if handle == "ada");
    assert!(was_told(&world, 1, how));
    assert_eq!(world.devices[1].room().policy().organizers.len(), 1);
}

#[test]
fn a_stopped_device_is_out_and_nobody_is_reviewed_for_it() {
    let mut world = founded(&["ada", "bo", "cy"]);
    let dee = world.admitted("dee", &[1, 2]);
    let (cy, id) = (world.id_of("cy"), world.id_of("dee"));
    world.ask(0, |ctx, room| room.handle_stop(ctx, cy)).unwrap();
    world.settle();
    assert!(world.devices[2].room().is_removed());
    assert!(!is_under_review(&world, 0, id) && !is_under_review(&world, dee, id));
    assert!(was_told(&world, 1, |e| matches!(e, RoomEvent::Removed { how: How::Stopped, .. })));
    assert!(!was_told(&world, 1, |e| matches!(e, RoomEvent::ReviewNeeded(_))));
}

#[test]
fn os_adm_033_looser_terms_are_seen_at_once_and_bind_three_days_later() {
    let mut world = founded(&["ada", "bo", "cy"]);
    let before = *world.devices[0].room().terms(world.now);
    let terms = Terms { probation_ms: DAY_MS, ..before };
    propose(&mut world, 0, &Motion::Terms(terms)).unwrap();
    world.settle();
    assert_eq!(approve(&mut world, 1), Ok(Step::Committing));
    let now = world.now;
    world.settle();
    for at in 0..3 {
        let room = world.devices[at].room();
        let told = |e: &RoomEvent| matches!(e, RoomEvent::TermsWillChange { binds_at } if *binds_at >= now.plus_ms(LOOSEN_DELAY_MS));
        assert!(was_told(&world, at, told));
        assert!(*room.terms(world.now) == before);
        assert!(*room.terms(UnixMillis(world.now.0 + LOOSEN_DELAY_MS)) == terms);
    }
}

#[test]
fn mi_70_what_no_room_can_decide_is_refused_before_anybody_is_asked() {
    let mut world = founded(&["ada", "bo", "cy"]);
    let terms = *world.devices[0].room().terms(world.now);
    world.admitted("dee", &[1, 2]);
    let (dee, cy, bo) = (world.id_of("dee"), world.id_of("cy"), world.id_of("bo"));
    let cases = [
        (Motion::Terms(Terms { vouches: 1, ..terms }), Rule::TermsFloor),
        (Motion::Terms(terms), Rule::MotionEmpty),
        (Motion::NameOrganizer(dee), Rule::OrganizerUnfit),
        (Motion::NameOrganizer(bo), Rule::MotionEmpty),
        (Motion::DropOrganizer(bo), Rule::TooFewOrganizers),
        (Motion::Lift(bo), Rule::MotionEmpty),
    ];
    for (motion, rule) in cases {
        let before = world.devices[0].records();
        assert_eq!(propose(&mut world, 0, &motion), refused(rule));
        assert!(world.devices[0].records() == before);
    }
    let name = Motion::NameOrganizer(cy);
    assert_eq!(propose(&mut world, 2, &name), refused(Rule::ApprovalBy), "not by a member");
    assert!(matches!(propose(&mut world, 0, &name), Ok(Step::Waiting { .. })));
    world.settle();
    assert_eq!(approve(&mut world, 1), Ok(Step::Committing), "the twin");
    world.settle();
    assert!(world.devices[2].room().policy().organizers.contains(&cy));
    let carried = |e: &RoomEvent| matches!(e, RoomEvent::MotionCarried { motion, by } if *motion == Motion::NameOrganizer(cy) && by == "bo");
    assert!(was_told(&world, 2, carried));
}

#[test]
fn os_adm_023_a_word_for_an_older_policy_is_gone_from_every_board() {
    let mut world = founded(&["ada", "bo", "cy", "di"]);
    let (cy, di) = (world.id_of("cy"), world.id_of("di"));
    propose(&mut world, 0, &Motion::NameOrganizer(cy)).unwrap();
    world.settle();
    propose(&mut world, 0, &Motion::NameOrganizer(di)).unwrap();
    world.settle();
    let second = Motion::NameOrganizer(di);
    assert_eq!(propose(&mut world, 1, &second), Ok(Step::Committing));
    world.settle();
    for at in 0..4 {
        assert!(world.devices[at].room().motions(world.now).is_empty());
        assert!(!world.devices[at].vault.keys().any(|key| key.contains("/board/")));
    }
}

#[test]
fn os_adm_022_a_word_of_last_week_counts_no_more() {
    let mut world = founded(&["ada", "bo", "cy"]);
    let cy = world.id_of("cy");
    let name = Motion::NameOrganizer(cy);
    propose(&mut world, 0, &name).unwrap();
    world.settle();
    world.now = world.now.plus_ms(8 * DAY_MS);
    assert!(world.devices[1].room().motions(world.now).is_empty());
    assert_eq!(propose(&mut world, 1, &name), Ok(Step::Waiting { approvals: 1, needed: 2 }));
    world.settle();
    assert_eq!(propose(&mut world, 0, &name), Ok(Step::Committing), "the twin: a fresh word");
}

#[test]
fn os_joi_021_one_member_fills_no_board() {
    let mut world = founded(&["ada", "bo", "cy"]);
    let before = *world.devices[0].room().terms(world.now);
    for hours in 0..BOARD_APPROVALS_EACH_MAX as u64 + 4 {
        let terms = Terms { epoch_age_ms: before.epoch_age_ms + (hours + 1) * 3_600_000, ..before };
        propose(&mut world, 0, &Motion::Terms(terms)).unwrap();
        world.settle();
    }
    let kept = world.devices[1].room().motions(world.now).len();
    assert_eq!(kept, BOARD_APPROVALS_EACH_MAX);
    let cy = world.id_of("cy");
    propose(&mut world, 1, &Motion::NameOrganizer(cy)).unwrap();
    world.settle();
    assert_eq!(world.devices[0].room().motions(world.now).len(), kept + 1, "the twin: another's");
}
