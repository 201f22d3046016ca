//! Approvals: the words of several for one motion. The committer's own commit is the committer's word.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId,
    admission::{Approval, Motion},
    standing::RowNumber,
};

use super::{decide::Case, rule::Rule, signed::Statement, terms::binding};
use crate::limits::{APPROVAL_LIFE_MS, ORGANIZERS_MIN};

/// Two organizers are for it. Where fewer than two are left, the members that a recall needs stand in for the
/// missing one, so that a room can always name organizers again (OS-ADM-020).
pub(super) fn check_organizers(
    case: &Case<'_>,
    motion: &Motion,
    approvals: &[Approval],
) -> Result<(), Rule> {
    let organizers = &case.epoch.policy.organizers;
    if organizers.len() < ORGANIZERS_MIN && matches!(motion, Motion::NameOrganizer(_)) {
        return check_members(case, motion, approvals);
    }
    let approvers = approvers(case, motion, approvals)?;
    if approvers.iter().any(|by| !organizers.contains(by)) {
        return Err(Rule::ApprovalBy);
    }
    if approvers.len() < ORGANIZERS_MIN { Err(Rule::TooFewApprovals) } else { Ok(()) }
}

/// As many trusted members as a recall needs are for it, of two branches (OS-ADM-024).
pub(super) fn check_members(
    case: &Case<'_>,
    motion: &Motion,
    approvals: &[Approval],
) -> Result<(), Rule> {
    let (table, terms) = (case.table(), binding(case.epoch.policy, case.at));
    let approvers = approvers(case, motion, approvals)?;
    let rows: Option<Vec<RowNumber>> = approvers
        .iter()
        .map(|by| table.member(by).map(|(number, _)| number))
        .map(|number| number.filter(|number| table.is_trusted(*number, case.at, terms)))
        .collect();
    let rows = rows.ok_or(Rule::ApprovalBy)?;
    if rows.len() < usize::try_from(terms.recall).unwrap_or(usize::MAX) {
        return Err(Rule::TooFewApprovals);
    }
    if table.branches(rows) < 2 { Err(Rule::RecallBranches) } else { Ok(()) }
}

/// The committer and everybody whose approval is sound. One that is not spoils the commit: nobody needs to carry it.
fn approvers(
    case: &Case<'_>,
    motion: &Motion,
    approvals: &[Approval],
) -> Result<BTreeSet<MemberId>, Rule> {
    let mut approvers = BTreeSet::from([case.by]);
    for approval in approvals {
        let Approval { by, signed_at, signature } = approval;
        if !approvers.insert(*by) {
            return Err(Rule::ApprovalBy);
        }
        if !case.is_current(*signed_at, APPROVAL_LIFE_MS) {
            return Err(Rule::ApprovalTime);
        }
        let revision = case.epoch.policy.revision;
        let statement = Statement::approval(case.epoch.room, revision, by, *signed_at, motion);
        if !statement.is_signed(by, signature) {
            return Err(Rule::ApprovalSignature);
        }
    }
    Ok(approvers)
}
