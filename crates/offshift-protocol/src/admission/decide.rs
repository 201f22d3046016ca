//! What each act leads to: the policy and the standing after it, or the rule that it breaks.

use offshift_wire::{
    MemberId, UnixMillis,
    admission::{Act, Motion},
    room::Policy,
    standing::{Origin, Row, Standing, State},
};

use super::{
    adding::{admit, confirm, device, found, rejoin},
    facts::{Epoch, Newcomer},
    motion::carry,
    removing::{recall, sever, stop},
    rule::Rule,
    standing::Table,
};
use crate::limits::COMMIT_SKEW_MS;

/// Who wants something, when, and in which epoch.
pub(crate) struct Case<'a> {
    pub(crate) epoch: &'a Epoch<'a>,
    /// The committer.
    pub(crate) by: MemberId,
    /// When the commit was signed.
    pub(crate) at: UnixMillis,
}

/// What an allowed commit leads to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Allowed {
    pub(crate) change: RoomChange,
    pub(crate) policy: Policy,
    pub(crate) standing: Standing,
}

/// What an allowed commit does, for people.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum RoomChange {
    Keys,
    Founded(Vec<MemberId>),
    Admitted(MemberId),
    Confirmed(MemberId),
    Severed(Vec<MemberId>),
    Stopped(MemberId),
    Recalled(Vec<MemberId>),
    Decided(Motion),
    Rejoined(MemberId),
    DeviceAdded(MemberId),
}

/// What an act of this case, with these newcomers and removals, leads to.
pub(crate) fn decide(
    case: &Case<'_>,
    act: &Act,
    newcomers: &[Newcomer],
    removed: &[MemberId],
) -> Result<Allowed, Rule> {
    match (act, newcomers, removed) {
        (Act::Keys, [], []) => Ok(case.unchanged(RoomChange::Keys)),
        (Act::Found(organizers), [_, ..], []) => found(case, organizers, newcomers),
        (Act::Admit(vouches), [newcomer], []) => admit(case, newcomer, vouches),
        (Act::Confirm(member, vouches), [], []) => confirm(case, member, vouches),
        (Act::Sever(approvals), [], [_, ..]) => sever(case, removed, approvals),
        (Act::Recall(approvals), [], [_, ..]) => recall(case, removed, approvals),
        (Act::Stop, [], [device]) => stop(case, device),
        (Act::Decide(motion, approvals), [], []) => carry(case, motion, approvals),
        (Act::Rejoin(proof), [newcomer], [old]) => rejoin(case, newcomer, old, proof),
        (Act::Device(link), [newcomer], []) => device(case, newcomer, link),
        _ => Err(Rule::OneChange),
    }
}

impl<'a> Case<'a> {
    pub(super) const fn table(&self) -> Table<'a> {
        Table(self.epoch.standing)
    }

    pub(super) fn is_organizer(&self) -> bool {
        self.epoch.policy.organizers.contains(&self.by)
    }

    /// Signed before it is used, as far as clocks agree, and not too long before.
    pub(super) fn is_current(&self, signed_at: UnixMillis, life_ms: u64) -> bool {
        signed_at <= self.at.plus_ms(COMMIT_SKEW_MS) && self.at <= signed_at.plus_ms(life_ms)
    }

    pub(super) fn unchanged(&self, change: RoomChange) -> Allowed {
        let Epoch { policy, standing, .. } = *self.epoch;
        Allowed { change, policy: policy.clone(), standing: standing.clone() }
    }

    /// This standing, and the policy that names it.
    pub(super) fn with(&self, change: RoomChange, policy: Policy, standing: Standing) -> Allowed {
        let policy = Policy { standing: Table(&standing).hash(), ..policy };
        Allowed { change, policy, standing }
    }

    pub(super) fn row(&self, key: MemberId, origin: Origin) -> Row {
        Row { key, joined_at: self.at, state: State::Member, left_at: None, origin }
    }
}
