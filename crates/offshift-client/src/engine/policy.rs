//! What a room has decided, and what it is asked to decide.

use offshift_protocol::room::{Motion, Room, RoomId, Terms};

use super::{Engine, exposure::handle_of, now};
use crate::{
    error::ClientError,
    view::{MotionKind, MotionView, PolicyView, Proposal, StepView, Term, TermView, changes},
};

impl Engine {
    pub(super) fn policy_view(&self, id: RoomId) -> Result<PolicyView, ClientError> {
        let room = self.known_room(id)?;
        let policy = room.policy();
        let organizers = policy.organizers.iter().map(|id| (*id, handle_of(room, id)));
        Ok(PolicyView {
            name: room.name().to_owned(),
            relay: room.relay().clone(),
            suite: room.suite(),
            is_founding: policy.founding,
            organizers: organizers.collect(),
            terms: Term::ALL.into_iter().map(|term| term_view(room, term)).collect(),
        })
    }

    pub(super) fn motion_views(&self, id: RoomId) -> Result<Vec<MotionView>, ClientError> {
        let room = self.known_room(id)?;
        let own = room.own_id();
        let view = |one: offshift_protocol::room::MotionView| MotionView {
            id: one.id,
            what: motion_kind(room, &one.motion),
            is_approved_by_you: one.approvals.iter().any(|(by, _)| *by == own),
            approvals: one.approvals,
            needed: one.needed,
            until: one.until,
        };
        Ok(room.motions(now()).into_iter().map(view).collect())
    }

    pub(super) async fn propose(
        &mut self,
        id: RoomId,
        proposal: Proposal,
    ) -> Result<StepView, ClientError> {
        let motion = match proposal {
            Proposal::Terms(values) => {
                let mut terms = *latest(self.known_room(id)?);
                for (term, value) in values {
                    term.set(&mut terms, value)?;
                }
                Motion::Terms(terms)
            }
            Proposal::NameOrganizer(member) => Motion::NameOrganizer(member),
            Proposal::DropOrganizer(member) => Motion::DropOrganizer(member),
            Proposal::Lift(member) => Motion::Lift(member),
        };
        self.step(id, |room, ctx| room.handle_propose(ctx, motion)).await
    }
}

/// The terms that were decided last, whether or not they bind already: a proposal changes these.
fn latest(room: &Room) -> &Terms {
    let policy = room.policy();
    policy.coming.as_ref().map_or(&policy.terms, |coming| &coming.terms)
}

fn term_view(room: &Room, term: Term) -> TermView {
    let now = now();
    let value = term.of(room.terms(now));
    let coming = room.policy().coming.as_ref().filter(|coming| coming.binds_at > now);
    let coming = coming.map(|coming| (term.of(&coming.terms), coming.binds_at));
    TermView {
        term,
        value,
        coming: coming.filter(|(later, _)| *later != value),
        range: term.range(),
    }
}

/// A motion in words.
pub(super) fn motion_kind(room: &Room, motion: &Motion) -> MotionKind {
    match motion {
        Motion::Sever(ids) => MotionKind::Sever(ids.iter().map(|id| handle_of(room, id)).collect()),
        Motion::Recall(id) => MotionKind::Recall(handle_of(room, id)),
        Motion::Terms(terms) => MotionKind::Terms(changes(latest(room), terms)),
        Motion::NameOrganizer(id) => MotionKind::NameOrganizer(handle_of(room, id)),
        Motion::DropOrganizer(id) => MotionKind::DropOrganizer(handle_of(room, id)),
        Motion::Lift(id) => MotionKind::Lift(handle_of(room, id)),
    }
}
