//! What a room's time does to what was said there: it is not shown any more, then it is removed (PT-61).
//!
//! ```text
//! a message's time + the room's time is past -> not shown, not searched, not counted
//! its whole day is past                      -> the day's key, records and files go, rooms write a fresh base,
//!                                               the vault is written anew and the old file's key is destroyed
//! ```

use offshift_protocol::room::RoomId;
use offshift_wire::{Position, UnixMillis};

use super::{Engine, now};

impl Engine {
    /// Where the part of a room's history begins that may still be shown (OS-CLI-020).
    pub(super) fn shown_from(&self, room: RoomId) -> Position {
        let life_ms = self.disappear_ms(room, now());
        let since = life_ms.map_or(0, |life_ms| now().since_ms(UnixMillis(life_ms)));
        Position::new(since.saturating_mul(1000))
    }

    /// How long what is said in a room is kept; nothing: for good.
    fn disappear_ms(&self, room: RoomId, now: UnixMillis) -> Option<u64> {
        let life_ms = self.rooms.get(&room)?.terms(now).disappear_ms;
        (life_ms > 0).then_some(life_ms)
    }
}
