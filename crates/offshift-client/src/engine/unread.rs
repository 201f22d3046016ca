//! Rooms whose log was not read to its end since the profile was opened: nothing is deposited there (PT-62).
//!
//! ```text
//! deposit of a room -- not read yet --> held, in its order -- the log was read to its end --> the room's line
//!                                            \-- own words that this vault does not know --> cancelled by the room
//! ```
//! A vault that was put back from a copy learns from the log that it is old. Before that, whatever it sent could use a key
//! a second time.

use std::collections::BTreeMap;

use offshift_protocol::{
    OutboxId, Outgoing,
    room::{Room, RoomId},
};
use offshift_wire::Address;

use super::{Engine, lines::Purpose};

/// What waits in each room that is not read yet.
pub(super) struct Unread(BTreeMap<RoomId, Vec<Outgoing>>);

impl Unread {
    /// All rooms of a vault that was just opened. A room that comes later is as new as what is known of it.
    pub(super) fn of<'a>(rooms: impl Iterator<Item = &'a RoomId>) -> Self {
        Self(rooms.map(|room| (*room, Vec::new())).collect())
    }

    /// Holds a deposit, if its room is not read yet; else gives it back.
    pub(super) fn hold(&mut self, purpose: Purpose, outgoing: Outgoing) -> Option<Outgoing> {
        let Purpose::Room(room) = purpose else { return Some(outgoing) };
        match self.0.get_mut(&room) {
            Some(held) => {
                held.push(outgoing);
                None
            }
            None => Some(outgoing),
        }
    }

    pub(super) fn cancel(&mut self, id: OutboxId) {
        self.0.values_mut().for_each(|held| held.retain(|one| one.id != id));
    }
}

impl Engine {
    /// The log that the room is in now was read to its end: what waited for that goes (OS-RBK-005).
    pub(super) fn release(&mut self, room: RoomId, address: &Address) {
        if self.rooms.get(&room).and_then(Room::address) != Some(address) {
            return;
        }
        for outgoing in self.unread.0.remove(&room).unwrap_or_default() {
            self.hand_over(Purpose::Room(room), outgoing);
        }
    }
}
