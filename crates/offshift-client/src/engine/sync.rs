//! When there is nothing left to wait for.

use std::collections::HashMap;

use offshift_link::LinkError;
use offshift_protocol::room::{Room, RoomState};
use offshift_wire::code::Refusal;

use super::{Engine, lines::Purpose};
use crate::{
    clock::now,
    view::{Reach, Synced},
};

impl Engine {
    /// Answers those who wait for a sync, if it is over.
    pub(super) fn answer_waiters(&mut self) {
        if self.waiters.is_empty() {
            return;
        }
        let Some(outcome) = self.synced() else { return };
        for reply in self.waiters.drain(..) {
            let _ = reply.send(Ok(outcome));
        }
    }

    /// How it ended, once all that can go on has come to its end: one relay that is away must not keep a person
    /// from what lies at another.
    fn synced(&self) -> Option<Synced> {
        let stuck = self.stuck();
        let is_stuck = |purpose: &Purpose| stuck.contains_key(purpose);
        let read = self.sources.values().all(|one| one.caught_up || is_stuck(&one.purpose));
        let sent = self.pending.values().all(|one| is_stuck(&one.purpose));
        let mut rooms = self.rooms.iter();
        let settled = rooms.all(|(id, room)| {
            is_settled(room) && !self.is_to_ask(room) || is_stuck(&Purpose::Room(*id))
        });
        if !(read && sent && settled) {
            return None;
        }
        // A false relay is what the person must hear before anything else.
        let why = stuck.into_values().max_by_key(|error| *error == LinkError::Identity);
        Some(why.map_or(Synced::Complete, Synced::Away))
    }

    /// What does not go on for now, and why.
    fn stuck(&self) -> HashMap<Purpose, LinkError> {
        let refused = self.pending.values().filter_map(|one| Some((one.purpose, one.refused?)));
        let unreadable = self.sources.values().filter(|one| one.unreadable);
        let refused = refused.chain(unreadable.map(|one| (one.purpose, Refusal::Denied)));
        let refused = refused.map(|(purpose, refusal)| (purpose, LinkError::Refused(refusal)));
        let busy = self.lines.iter().filter(|(_, running)| !running.line.is_idle());
        let away = busy.filter_map(|(purpose, running)| match running.reach {
            Reach::Away(error) => Some((*purpose, error)),
            Reach::Here | Reach::Unused => None,
        });
        let dry = self.lines.iter().filter(|(purpose, running)| {
            // In a meeting the other one may pay.
            running.is_dry && !matches!(purpose, Purpose::Meeting(_)) && self.is_depositing(purpose)
        });
        let dry = dry.map(|(purpose, _)| (*purpose, LinkError::Refused(Refusal::NoCredit)));
        refused.chain(dry).chain(away).collect()
    }

    /// Whether a room is about to ask to be let back in: whoever closes the profile before that is not let back in.
    fn is_to_ask(&self, room: &Room) -> bool {
        let now = now();
        let is_due = room.deadline().is_some_and(|at| at.max(self.rooms_rest_until) <= now);
        is_due && room.wants_rejoin().is_some()
    }

    fn is_depositing(&self, purpose: &Purpose) -> bool {
        self.pending.values().any(|pending| pending.purpose == *purpose)
    }
}

/// Whether nothing of this device waits in a room. Where it can't send any more, nothing waits.
fn is_settled(room: &Room) -> bool {
    let is_over = room.state() != RoomState::Open;
    is_over || (room.waiting().is_empty() && !room.is_changing())
}
