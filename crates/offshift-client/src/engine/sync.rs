//! When there is nothing left to wait for.

use offshift_link::LinkError;
use offshift_protocol::room::Room;
use offshift_wire::code::Refusal;

use super::Engine;
use crate::view::{Reach, Synced};

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

    fn synced(&self) -> Option<Synced> {
        let busy = self.lines.values().filter(|running| !running.line.is_idle());
        let away = busy.filter_map(|running| match running.reach {
            Reach::Away(error) => Some(error),
            Reach::Here | Reach::Unused => None,
        });
        let refused = self.pending.values().filter_map(|pending| pending.refused);
        let unreadable = self.sources.values().filter(|followed| followed.unreadable);
        let refused = refused.chain(unreadable.map(|_| Refusal::Denied));
        let mut why: Vec<_> = away.chain(refused.map(LinkError::Refused)).collect();
        // What the person must hear before anything else.
        why.sort_by_key(|error| *error != LinkError::Identity);
        if let Some(error) = why.first().copied() {
            return Some(Synced::Away(error));
        }
        let read = self.sources.values().all(|followed| followed.caught_up);
        let sent = self.pending.is_empty() && self.rooms.values().all(is_settled);
        (read && sent).then_some(Synced::Complete)
    }
}

/// Whether nothing of this device waits in a room. Where it can't send any more, nothing waits.
fn is_settled(room: &Room) -> bool {
    let is_over = room.is_removed() || room.is_stranded().is_some();
    is_over || (room.waiting().is_empty() && !room.is_changing())
}
