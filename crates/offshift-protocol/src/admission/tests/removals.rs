//! Sever, stop, recall; and what follows from them.

use offshift_wire::{
    admission::{Act, Motion},
    standing::{Origin, RowNumber, State},
};

use super::stage::{HOUR, NOW, Offer, Stage, earlier, id, newcomer, offer, row, stage, vouched};
use crate::{
    admission::{Allowed, RoomChange, Rule},
    limits::PROBATION_MS,
};

fn sever(stage: &Stage, by: u8, who: &[u8], approvers: &[u8]) -> Offer {
    let mut keys: Vec<_> = who.iter().map(|one| id(*one)).collect();
    keys.sort();
    stage.severing(by, who, stage.approvals(approvers, &Motion::Sever(keys)))
}

fn stop(by: u8, device: u8) -> Offer {
    Offer { removes: vec![device], ..offer(by, Act::Stop) }
}

fn recall(stage: &Stage, by: u8, who: &[u8], approvers: &[u8]) -> Offer {
    let motion = Motion::Recall(id(who[0]));
    let act = Act::Recall(stage.approvals(approvers, &motion));
    Offer { removes: who.to_vec(), ..offer(by, act) }
}

fn state(allowed: &Allowed, number: u8) -> State {
    allowed.standing.rows.iter().find(|row| row.key == id(number)).unwrap().state
}

#[test]
fn os_pol_030_only_an_organizer_severs_or_stops() {
    let stage = stage();
    let allowed = stage.allows(&sever(&stage, 2, &[5], &[]));
    assert!(allowed.change == RoomChange::Severed(vec![id(5)]));
    assert_eq!(stage.refuses(&sever(&stage, 3, &[5], &[])), Some(Rule::RemoveByOther));
    stage.allows(&stop(2, 5));
    assert_eq!(stage.refuses(&stop(3, 5)), Some(Rule::RemoveByOther));
    assert_eq!(stage.refuses(&stop(4, 6)), Some(Rule::RemoveByOther), "nor a person's own");
}

#[test]
fn os_pol_030_who_is_removed_is_in_the_standing_with_the_time() {
    let stage = stage();
    let allowed = stage.allows(&sever(&stage, 1, &[2], &[]));
    let row = &allowed.standing.rows[1];
    assert_eq!((row.state, row.left_at), (State::Severed, Some(NOW)));
    assert!(allowed.policy.organizers == [id(1)], "an organizer too, who is none any more");
    assert!(
        allowed
            .standing
            .rows
            .iter()
            .enumerate()
            .all(|(at, row)| at == 1 || *row == stage.standing.rows[at])
    );
}

#[test]
fn os_adm_020_mi_71_several_people_are_severed_by_two_organizers_only() {
    let stage = stage();
    let both = [3, 5];
    assert_eq!(stage.refuses(&sever(&stage, 1, &both, &[])), Some(Rule::TooFewApprovals));
    let allowed = stage.allows(&sever(&stage, 1, &both, &[2]));
    assert!(allowed.change == RoomChange::Severed(vec![id(3), id(5)]));
    assert_eq!((state(&allowed, 3), state(&allowed, 5)), (State::Severed, State::Severed));
    assert_eq!(stage.refuses(&sever(&stage, 1, &both, &[1])), Some(Rule::ApprovalBy));
    assert_eq!(stage.refuses(&sever(&stage, 1, &both, &[3])), Some(Rule::ApprovalBy));
    assert_eq!(stage.refuses(&sever(&stage, 1, &both, &[2, 2])), Some(Rule::ApprovalBy));
    assert_eq!(stage.refuses(&sever(&stage, 1, &both, &[2, 3])), Some(Rule::ApprovalBy));
}

#[test]
fn os_adm_020_one_person_with_two_devices_is_one_person() {
    let stage = stage();
    stage.allows(&sever(&stage, 1, &[4, 6], &[]));
    stage.allows(&sever(&stage, 1, &[6, 4], &[2]));
    assert_eq!(stage.refuses(&sever(&stage, 1, &[4, 6, 5], &[])), Some(Rule::TooFewApprovals));
}

#[test]
fn os_adm_023_an_approval_of_a_severing_is_for_these_people() {
    let stage = stage();
    let approvals = stage.approvals(&[2], &Motion::Sever(vec![id(5)]));
    let other = stage.severing(1, &[3, 5], approvals.clone());
    assert_eq!(stage.refuses(&other), Some(Rule::ApprovalSignature));
    stage.allows(&stage.severing(1, &[5], approvals.clone()));
    assert_eq!(stage.refuses(&stage.severing(1, &[3], approvals)), Some(Rule::ApprovalSignature));
}

#[test]
fn os_adm_040_a_person_goes_with_all_devices() {
    let stage = stage();
    assert_eq!(stage.refuses(&sever(&stage, 1, &[4], &[])), Some(Rule::RemovedInPart));
    assert_eq!(stage.refuses(&sever(&stage, 1, &[6], &[])), Some(Rule::RemovedInPart));
    assert_eq!(stage.refuses(&recall(&stage, 2, &[4], &[1, 3])), Some(Rule::RemovedInPart));
    stage.allows(&recall(&stage, 2, &[4, 6], &[1, 3]));
    stage.allows(&stop(1, 6));
    stage.allows(&stop(1, 4));
}

#[test]
fn os_adm_040_nobody_removes_their_own_device() {
    let stage = stage();
    assert_eq!(stage.refuses(&sever(&stage, 1, &[1], &[])), Some(Rule::RemovedInPart));
    assert_eq!(stage.refuses(&sever(&stage, 1, &[1, 5], &[2])), Some(Rule::RemovedInPart));
    assert_eq!(stage.refuses(&stop(1, 1)), Some(Rule::RemovedInPart));
    assert_eq!(stage.refuses(&recall(&stage, 1, &[1], &[2, 3])), Some(Rule::RemovedInPart));
}

#[test]
fn os_adm_042_severing_denies_the_devices_that_were_stopped_before() {
    let room = stage().after(&Offer { at: earlier(HOUR), ..stop(1, 4) });
    let allowed = room.allows(&sever(&room, 1, &[6], &[]));
    assert_eq!((state(&allowed, 4), state(&allowed, 6)), (State::Severed, State::Severed));
    let left: Vec<_> = allowed.standing.rows.iter().map(|row| row.left_at).collect();
    assert_eq!((left[3], left[5]), (Some(earlier(HOUR)), Some(NOW)));
    assert_eq!(state(&allowed, 5), State::Member);
}

#[test]
fn os_adm_041_os_adm_042_whom_a_severed_person_brought_in_is_under_review_whatever_was_stopped() {
    let early = earlier(50 * super::stage::DAY);
    let room =
        stage().with(|stage| stage.standing.rows.push(row(7, early, vouched(0, &[3, 1], early))));
    let reviewed = |stage: &Stage| {
        let (_, row) = stage.table().find(&id(7)).unwrap();
        stage.table().is_under_review(row)
    };
    let stopped = room.after(&stop(1, 4));
    assert!(!reviewed(&stopped), "a lost phone is nobody's fault");
    let severed = stopped.after(&sever(&stopped, 1, &[6], &[]));
    assert!(reviewed(&severed));
}

#[test]
fn os_adm_041_a_stopped_device_ends_no_trust_and_a_severed_voucher_does() {
    let reviewed = |stage: &Stage, number| {
        let (_, row) = stage.table().find(&id(number)).unwrap();
        stage.table().is_under_review(row)
    };
    let room = stage();
    for number in [1, 2, 3, 4, 5, 6] {
        assert!(!reviewed(&room, number));
    }
    let severed = room.without(3);
    assert!(reviewed(&severed, 5) && !reviewed(&severed, 4) && !reviewed(&severed, 3));
    let stopped = room.after(&stop(1, 3));
    assert!(!reviewed(&stopped, 5));
    let gone = severed.after(&stop(1, 5));
    assert!(!reviewed(&gone, 5), "who is not in the room is not under review");
    let lifted = severed.after(&severed.decision(Motion::Lift(id(3))));
    assert!(!reviewed(&lifted, 5));
}

#[test]
fn os_adm_041_more_vouches_than_needed_outlive_one_severing() {
    let early = earlier(50 * super::stage::DAY);
    let room = stage()
        .with(|stage| stage.standing.rows.push(row(7, early, vouched(0, &[0, 1, 2], early))));
    let severed = room.without(3);
    let (_, row) = severed.table().find(&id(7)).unwrap();
    assert!(!severed.table().is_under_review(row));
}

#[test]
fn os_adm_024_three_members_of_two_branches_recall_anyone_without_an_organizer() {
    let stage = stage();
    let allowed = stage.allows(&recall(&stage, 3, &[1], &[4, 5]));
    assert!(allowed.change == RoomChange::Recalled(vec![id(1)]));
    assert_eq!(state(&allowed, 1), State::Severed);
    assert!(allowed.policy.organizers == [id(2)]);
    assert_eq!(stage.refuses(&recall(&stage, 3, &[1], &[4])), Some(Rule::TooFewApprovals));
    assert_eq!(stage.refuses(&recall(&stage, 3, &[1], &[])), Some(Rule::TooFewApprovals));
    let four = stage.clone().with(|stage| stage.policy.terms.recall = 4);
    assert_eq!(four.refuses(&recall(&four, 3, &[1], &[4, 5])), Some(Rule::TooFewApprovals));
    four.allows(&recall(&four, 3, &[1], &[4, 5, 2]));
}

#[test]
fn os_adm_024_members_of_one_branch_recall_nobody() {
    let early = earlier(50 * super::stage::DAY);
    let room = stage().with(|stage| {
        stage.standing.rows.push(row(7, early, vouched(0, &[0, 1], early)));
        stage.standing.rows.push(row(8, early, vouched(0, &[0, 1], early)));
    });
    assert_eq!(room.refuses(&recall(&room, 4, &[2], &[7, 8])), Some(Rule::RecallBranches));
    room.allows(&recall(&room, 4, &[2], &[7, 3]));
}

#[test]
fn os_adm_021_only_trusted_members_recall() {
    let room = stage().with(|stage| stage.row(5).joined_at = earlier(PROBATION_MS - 1));
    assert_eq!(room.refuses(&recall(&room, 3, &[1], &[4, 5])), Some(Rule::ApprovalBy));
    assert_eq!(room.refuses(&recall(&room, 5, &[1], &[4, 3])), Some(Rule::ApprovalBy));
    assert_eq!(room.refuses(&recall(&room, 3, &[1], &[4, 9])), Some(Rule::ApprovalBy));
    assert_eq!(room.refuses(&recall(&room, 6, &[1], &[3, 2])), Some(Rule::ApprovalBy), "a device");
    room.allows(&recall(&room, 4, &[1], &[3, 2]));
}

#[test]
fn os_pol_013_a_recall_is_of_one_person() {
    let stage = stage();
    let two = recall(&stage, 3, &[1, 2], &[4, 5]);
    assert_eq!(stage.refuses(&two), Some(Rule::OneChange));
}

#[test]
fn os_adm_024_a_person_whose_first_device_was_stopped_is_recalled_by_its_name() {
    let room = stage().after(&stop(1, 4));
    let motion = Motion::Recall(id(4));
    let act = Act::Recall(room.approvals(&[1, 2], &motion));
    room.allows(&Offer { removes: vec![6], ..offer(3, act) });
    let other = Act::Recall(room.approvals(&[1, 2], &Motion::Recall(id(6))));
    let offer = Offer { removes: vec![6], ..offer(3, other) };
    assert_eq!(room.refuses(&offer), Some(Rule::ApprovalSignature));
}

#[test]
fn os_adm_043_a_stopped_key_does_not_come_back_in_any_way() {
    let room = stage().after(&stop(1, 5));
    assert!(room.policy.organizers == [id(1), id(2)]);
    let whom = newcomer(5);
    let vouches = [1, 2].map(|one| room.vouch(one, &whom)).to_vec();
    let again = Offer { adds: vec![whom.clone()], ..offer(1, Act::Admit(vouches)) };
    assert_eq!(room.refuses(&again), Some(Rule::KeyTwice));
    let link = room.link(3, &whom, earlier(HOUR));
    let device = Offer { adds: vec![whom], ..offer(3, Act::Device(link)) };
    assert_eq!(room.refuses(&device), Some(Rule::KeyTwice));
    assert_eq!(room.refuses(&room.rejoining(1, 5)), Some(Rule::NotAMember));
}

#[test]
fn os_adm_043_stopping_an_organizers_device_ends_its_office() {
    let room = stage().after(&stop(1, 2));
    assert!(room.policy.organizers == [id(1)]);
    let (number, row) = room.table().find(&id(2)).unwrap();
    assert_eq!((number, row.state, row.left_at), (RowNumber(1), State::Stopped, Some(NOW)));
    assert!(row.origin == Origin::Founder);
}

#[test]
fn em_52_nothing_old_brings_a_severed_member_back() {
    let room = stage().without(5);
    let whom = newcomer(5);
    let vouches = [1, 2].map(|one| room.vouch(one, &whom)).to_vec();
    let admit = Offer { adds: vec![whom.clone()], ..offer(1, Act::Admit(vouches)) };
    assert_eq!(room.refuses(&admit), Some(Rule::Denied));
    let link = room.link(3, &whom, earlier(HOUR));
    let device = Offer { adds: vec![whom], ..offer(3, Act::Device(link)) };
    assert_eq!(room.refuses(&device), Some(Rule::KeyTwice));
    assert_eq!(room.refuses(&room.rejoining(1, 5)), Some(Rule::NotAMember));
    let open = room.clone().with(|stage| stage.policy.founding = true);
    assert_eq!(open.refuses(&open.founders(1, &[5], &[])), Some(Rule::KeyTwice));
    stage().allows(&stage().rejoining(1, 5));
}
