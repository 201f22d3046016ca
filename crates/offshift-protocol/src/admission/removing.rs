//! Who is put out: one person or several with all their devices, or one device.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId,
    admission::{Approval, Motion},
    standing::{Row, RowNumber, State},
};

use super::{
    approval::{check_members, check_organizers},
    decide::{Allowed, Case, RoomChange},
    rule::Rule,
};

pub(super) fn sever(
    case: &Case<'_>,
    removed: &[MemberId],
    approvals: &[Approval],
) -> Result<Allowed, Rule> {
    if !case.is_organizer() {
        return Err(Rule::RemoveByOther);
    }
    let people = check_people(case, removed)?;
    if people.len() > 1 || !approvals.is_empty() {
        check_organizers(case, &Motion::Sever(sorted(removed)), approvals)?;
    }
    Ok(deny(case, RoomChange::Severed(removed.to_vec()), removed, &people))
}

pub(super) fn recall(
    case: &Case<'_>,
    removed: &[MemberId],
    approvals: &[Approval],
) -> Result<Allowed, Rule> {
    let people = check_people(case, removed)?;
    let keys = people.iter().filter_map(|person| case.table().at(*person)).map(|row| row.key);
    let [person] = *keys.collect::<Vec<_>>() else { return Err(Rule::OneChange) };
    check_members(case, &Motion::Recall(person), approvals)?;
    Ok(deny(case, RoomChange::Recalled(removed.to_vec()), removed, &people))
}

/// The people these are. Each goes with all devices, and never by their own commit.
fn check_people(case: &Case<'_>, removed: &[MemberId]) -> Result<BTreeSet<RowNumber>, Rule> {
    let table = case.table();
    let rows = removed.iter().map(|id| table.member(id).map(|(number, _)| table.person(number)));
    let people: BTreeSet<RowNumber> = rows.collect::<Option<_>>().ok_or(Rule::NotAMember)?;
    let left = |row: &Row| !removed.contains(&row.key);
    let in_part = people.iter().flat_map(|person| table.devices(*person)).any(left);
    if in_part || removed.contains(&case.by) { Err(Rule::RemovedInPart) } else { Ok(people) }
}

/// One device; its owner is trusted as before (OS-ADM-043).
pub(super) fn stop(case: &Case<'_>, device: &MemberId) -> Result<Allowed, Rule> {
    if !case.is_organizer() {
        return Err(Rule::RemoveByOther);
    }
    let (number, row) = case.table().member(device).ok_or(Rule::NotAMember)?;
    if row.key == case.by {
        return Err(Rule::RemovedInPart);
    }
    let stopped = |at, _: &Row| at == number;
    Ok(remove(case, RoomChange::Stopped(*device), &[*device], State::Stopped, stopped))
}

/// Every key of these people is denied: also that of a device that was stopped before, for it may be the one by
/// which the person vouched (OS-ADM-042).
fn deny(
    case: &Case<'_>,
    change: RoomChange,
    removed: &[MemberId],
    people: &BTreeSet<RowNumber>,
) -> Allowed {
    let table = case.table();
    let denied = |at, row: &Row| row.state != State::Severed && people.contains(&table.person(at));
    remove(case, change, removed, State::Severed, denied)
}

/// Without these leaves, and with this state in these rows.
fn remove(
    case: &Case<'_>,
    change: RoomChange,
    removed: &[MemberId],
    state: State,
    applies: impl Fn(RowNumber, &Row) -> bool,
) -> Allowed {
    let mut standing = case.epoch.standing.clone();
    for (number, row) in (0..).map(RowNumber).zip(&mut standing.rows) {
        if applies(number, row) {
            (row.state, row.left_at) = (state, row.left_at.or(Some(case.at)));
        }
    }
    let mut policy = case.epoch.policy.clone();
    policy.organizers.retain(|id| !removed.contains(id));
    case.with(change, policy, standing)
}

/// Keys in the order in which a motion names them.
pub(crate) fn sorted(keys: &[MemberId]) -> Vec<MemberId> {
    keys.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
}
