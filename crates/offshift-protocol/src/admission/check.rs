//! The one function that decides whether a commit is allowed.

use offshift_wire::{MemberId, Position, UnixMillis, admission::CommitData};

use super::{
    decide::{Allowed, Case, decide},
    facts::{CommitFacts, Epoch, PathLeaf},
    rule::Rule,
};
use crate::{limits::COMMIT_SKEW_MS, room::roster::Leaf};

/// Whether every device of the epoch is to apply this commit, and what it leads to.
pub(crate) fn check(
    epoch: &Epoch<'_>,
    commit: &CommitFacts,
    position: Position,
) -> Result<Allowed, Rule> {
    let (committer, _) = epoch.roster.at(commit.committer).ok_or(Rule::NotAMember)?;
    let data = CommitData::decode(&commit.data).map_err(|_| Rule::CommitData)?;
    if !is_timely(data.signed_at, position) {
        return Err(Rule::CommitTime);
    }
    if commit.by_reference {
        return Err(Rule::LooseProposal);
    }
    if commit.other_kind {
        return Err(Rule::ProposalKind);
    }
    if !commit.path.as_ref().is_some_and(|leaf| is_same(leaf, committer)) {
        return Err(Rule::LeafChanged);
    }
    let removed = commit.removed.iter().map(|leaf| epoch.roster.at(*leaf).map(|(leaf, _)| leaf.id));
    let removed: Vec<MemberId> = removed.collect::<Option<_>>().ok_or(Rule::NotAMember)?;
    let case = Case { epoch, by: committer.id, at: data.signed_at };
    let allowed = decide(&case, &data.act, &commit.newcomers, &removed)?;
    let expected = (allowed.policy != *epoch.policy).then_some(&allowed.policy);
    match (commit.policies.as_slice(), expected) {
        ([], None) => Ok(allowed),
        ([Some(proposed)], Some(expected)) if proposed == expected => Ok(allowed),
        _ => Err(Rule::PolicyChange),
    }
}

/// Whether a commit that was signed then may stand there (OS-ORD-006).
pub(crate) const fn is_timely(signed_at: UnixMillis, position: Position) -> bool {
    signed_at.0.abs_diff(position.time().0) <= COMMIT_SKEW_MS
}

fn is_same(leaf: &PathLeaf, committer: &Leaf) -> bool {
    leaf.plain && leaf.id == committer.id && leaf.identity == committer.identity
}
