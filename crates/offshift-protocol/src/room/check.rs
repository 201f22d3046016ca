//! The one function that decides whether a commit is allowed, and the rules by name.
//!
//! ```text
//! state of the epoch + facts of the commit + position in the log -> the change | the broken rule
//! ```
//! It reads nothing else, so every device of an epoch decides alike (OS-POL-001). A refused commit is
//! skipped by all of them and changes nothing.
//!
//! Never: this device's clock, what this device wants, what this device has not read yet.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId, Position, UnixMillis,
    room::{CommitData, MemberInfo, Policy},
};

use super::{id::Suite, roster::Roster};
use crate::{
    card::handle,
    inbox::InboxCard,
    limits::{COMMIT_SKEW_MS, FOUNDERS_MAX, ORGANIZERS_MIN, VOUCHES_FLOOR},
};

/// A rule of the room. Each is checked by every device alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Only members speak, and only in private messages (OS-ROO-004).
    NotAMember,
    /// The commit's authenticated data is not what this version writes (OS-POL-010).
    CommitData,
    /// The commit's signed time lies further than two hours from its position (OS-ORD-006).
    CommitTime,
    /// Every proposal is part of its commit: none by reference, none on its own (OS-POL-011).
    LooseProposal,
    /// A kind of proposal that no rule allows (OS-POL-012).
    ProposalKind,
    /// A commit changes one thing: one removal, or founders, or only keys (OS-POL-013).
    OneChange,
    /// The committer's new leaf has another key, identity, capability or extension (OS-POL-014).
    LeafChanged,
    /// Outside the founding phase nobody is added in this version (OS-POL-020).
    NotFounding,
    /// Only a founder who is an organizer adds founders (OS-POL-021).
    AddByOther,
    /// The newcomer's identity is not a valid one of a founder (OS-POL-022).
    MemberInfo,
    /// The newcomer's key package has another suite, lifetime, capability or extension (OS-POL-023).
    KeyPackage,
    /// The founding phase has room for no more founders (OS-POL-024).
    TooManyFounders,
    /// This key has been in the room before (OS-POL-025).
    FounderTwice,
    /// Somebody in the room goes by this handle (OS-POL-026).
    HandleTaken,
    /// The policy changed in a way that no rule allows (OS-POL-027).
    PolicyChange,
    /// A room of several members names two organizers (OS-POL-028).
    TooFewOrganizers,
    /// Only an organizer removes (OS-POL-030).
    RemoveByOther,
    /// The tree or policy that a Welcome leads to breaks what every epoch keeps (OS-POL-040).
    Welcome,
}

/// Floors and ceilings that are compiled in: no policy, whoever signs it, goes beyond them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    founders_max: usize,
}

impl Rules {
    /// The rules.
    pub const fn new() -> Self {
        Self { founders_max: FOUNDERS_MAX }
    }

    /// Rules with room for more founders, so that tests can build large rooms before vouches exist.
    #[cfg(any(test, feature = "for-testing"))]
    pub const fn with_founders_max_for_testing(founders_max: usize) -> Self {
        Self { founders_max }
    }

    pub(crate) const fn founders_max(&self) -> usize {
        self.founders_max
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

/// What the rules read of an added member.
pub(crate) struct Newcomer {
    pub(crate) id: MemberId,
    pub(crate) identity: Vec<u8>,
    /// Whether its key package has the one form that this version makes.
    pub(crate) plain: bool,
}

/// What the rules read of the committer's new leaf.
pub(crate) struct PathLeaf {
    pub(crate) id: MemberId,
    pub(crate) identity: Vec<u8>,
    pub(crate) plain: bool,
}

/// What the rules read of a commit.
pub(crate) struct CommitFacts {
    pub(crate) committer: u32,
    pub(crate) data: Vec<u8>,
    pub(crate) newcomers: Vec<Newcomer>,
    pub(crate) removed: Vec<u32>,
    /// Proposed group context extensions; `None` in it: not of the one form that holds a policy.
    pub(crate) policies: Vec<Option<Policy>>,
    pub(crate) by_reference: bool,
    pub(crate) other_kind: bool,
    pub(crate) path: Option<PathLeaf>,
}

/// The epoch in which a commit stands.
pub(crate) struct Epoch<'a> {
    pub(crate) roster: &'a Roster,
    pub(crate) policy: &'a Policy,
    pub(crate) rules: &'a Rules,
}

/// What an allowed commit does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RoomChange {
    Keys,
    Added(Vec<MemberId>),
    Removed(u32),
}

/// Whether every device of the epoch is to apply this commit.
pub(crate) fn check(
    epoch: &Epoch<'_>,
    commit: &CommitFacts,
    position: Position,
) -> Result<RoomChange, Rule> {
    let (committer, _) = epoch.roster.at(commit.committer).ok_or(Rule::NotAMember)?;
    check_time(commit, position)?;
    if commit.by_reference {
        return Err(Rule::LooseProposal);
    }
    if commit.other_kind {
        return Err(Rule::ProposalKind);
    }
    if let Some(leaf) = &commit.path
        && !(leaf.plain && leaf.id == committer.id && leaf.identity == committer.identity)
    {
        return Err(Rule::LeafChanged);
    }
    match (commit.newcomers.as_slice(), commit.removed.as_slice(), commit.policies.as_slice()) {
        ([], [], []) if commit.path.is_some() => Ok(RoomChange::Keys),
        ([], [removed], []) => check_removal(epoch, committer.id, *removed),
        ([], [], [_, ..]) => Err(Rule::PolicyChange),
        ([_, ..], [], [policy]) => check_founders(epoch, committer.id, commit, policy.as_ref()),
        ([_, ..], [], []) if !epoch.policy.founding => Err(Rule::NotFounding),
        ([_, ..], [], _) => Err(Rule::PolicyChange),
        _ => Err(Rule::OneChange),
    }
}

fn check_time(commit: &CommitFacts, position: Position) -> Result<(), Rule> {
    let data = CommitData::decode(&commit.data).map_err(|_| Rule::CommitData)?;
    if is_timely(data.signed_at, position) { Ok(()) } else { Err(Rule::CommitTime) }
}

/// Whether a commit that was signed then may stand there (OS-ORD-006).
pub(crate) const fn is_timely(signed_at: UnixMillis, position: Position) -> bool {
    signed_at.0.abs_diff(position.time().0) <= COMMIT_SKEW_MS
}

fn check_removal(epoch: &Epoch<'_>, by: MemberId, removed: u32) -> Result<RoomChange, Rule> {
    if !epoch.policy.organizers.contains(&by) {
        return Err(Rule::RemoveByOther);
    }
    epoch.roster.at(removed).map(|_| RoomChange::Removed(removed)).ok_or(Rule::NotAMember)
}

fn check_founders(
    epoch: &Epoch<'_>,
    by: MemberId,
    commit: &CommitFacts,
    after: Option<&Policy>,
) -> Result<RoomChange, Rule> {
    let before = epoch.policy;
    if !before.founding {
        return Err(Rule::NotFounding);
    }
    if !(before.founders.contains(&by) && before.organizers.contains(&by)) {
        return Err(Rule::AddByOther);
    }
    let mut handles = BTreeSet::new();
    for newcomer in &commit.newcomers {
        if !handles.insert(check_newcomer(epoch, newcomer)?) {
            return Err(Rule::HandleTaken);
        }
    }
    let ids: Vec<MemberId> = commit.newcomers.iter().map(|newcomer| newcomer.id).collect();
    let after = after.filter(|after| follows(before, after, &ids)).ok_or(Rule::PolicyChange)?;
    if after.founders.len() > epoch.rules.founders_max() {
        return Err(Rule::TooManyFounders);
    }
    if after.organizers.len() < ORGANIZERS_MIN {
        return Err(Rule::TooFewOrganizers);
    }
    Ok(RoomChange::Added(ids))
}

/// The newcomer's handle, as handles are compared.
fn check_newcomer(epoch: &Epoch<'_>, newcomer: &Newcomer) -> Result<String, Rule> {
    let info = MemberInfo::decode(&newcomer.identity).map_err(|_| Rule::MemberInfo)?;
    // A card with a handle that shows less than it holds is refused at a meeting, but a leaf need not come of one.
    handle(info.handle.as_str()).map_err(|_| Rule::MemberInfo)?;
    if info.branch.is_some() || InboxCard::decode(&info.inbox).is_err() {
        return Err(Rule::MemberInfo);
    }
    if !newcomer.plain {
        return Err(Rule::KeyPackage);
    }
    if epoch.policy.founders.contains(&newcomer.id) {
        return Err(Rule::FounderTwice);
    }
    if epoch.roster.has_handle(info.handle.as_str()) {
        return Err(Rule::HandleTaken);
    }
    Ok(info.handle.as_str().to_lowercase())
}

/// Whether `after` is `before` with the newcomers as founders, some of them as organizers, and nothing else.
fn follows(before: &Policy, after: &Policy, newcomers: &[MemberId]) -> bool {
    let Some(organizers) = after.organizers.strip_prefix(before.organizers.as_slice()) else {
        return false;
    };
    let expected = Policy {
        founders: [before.founders.as_slice(), newcomers].concat(),
        organizers: after.organizers.clone(),
        ..before.clone()
    };
    *after == expected && organizers.iter().all(|id| newcomers.contains(id))
}

/// What every epoch keeps, checked again by whoever joins it (OS-POL-040).
pub(crate) fn check_joined(epoch: &Epoch<'_>, suite: Suite, welcomer: u32) -> Result<(), Rule> {
    let policy = epoch.policy;
    let (welcomer, _) = epoch.roster.at(welcomer).ok_or(Rule::Welcome)?;
    let founders = epoch
        .roster
        .iter()
        .all(|(leaf, info)| info.branch.is_none() && policy.founders.contains(&leaf.id));
    let handles: BTreeSet<String> =
        epoch.roster.iter().map(|(_, info)| info.handle.as_str().to_lowercase()).collect();
    let sound = founders
        && handles.len() == epoch.roster.iter().count()
        && epoch.roster.iter().all(|(_, info)| handle(info.handle.as_str()).is_ok())
        && policy.suite == u32::from(suite.number())
        && policy.founding
        && policy.vouches >= VOUCHES_FLOOR
        && policy.founders.len() <= epoch.rules.founders_max()
        && policy.organizers.len() >= ORGANIZERS_MIN
        && policy.organizers.iter().all(|id| policy.founders.contains(id))
        && policy.organizers.contains(&welcomer.id);
    if sound { Ok(()) } else { Err(Rule::Welcome) }
}
