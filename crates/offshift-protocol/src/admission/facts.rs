//! What the rules read: the epoch, and a commit without MLS's types.

use offshift_wire::{MemberId, RoomId, room::Policy, standing::Standing};

use super::rule::Rules;
use crate::room::roster::Roster;

/// What the rules read of an added member.
#[derive(Clone)]
pub(crate) struct Newcomer {
    pub(crate) id: MemberId,
    pub(crate) identity: Vec<u8>,
    /// SHA-256 of the key package's TLS encoding.
    pub(crate) package: [u8; 32],
    /// Whether its key package has the one form that this version makes.
    pub(crate) plain: bool,
}

/// What the rules read of the committer's new leaf.
#[derive(Clone)]
pub(crate) struct PathLeaf {
    pub(crate) id: MemberId,
    pub(crate) identity: Vec<u8>,
    pub(crate) plain: bool,
}

/// What the rules read of a commit.
#[derive(Clone)]
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
#[derive(Clone, Copy)]
pub(crate) struct Epoch<'a> {
    pub(crate) room: &'a RoomId,
    pub(crate) roster: &'a Roster,
    pub(crate) policy: &'a Policy,
    pub(crate) standing: &'a Standing,
    pub(crate) rules: &'a Rules,
}
