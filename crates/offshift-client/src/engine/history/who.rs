//! Whose words count for what in a room: all that folding asks about its people.

use offshift_protocol::room::{MemberId, Room, RoomId, Suite, key_package::inspect};
use offshift_wire::standing::{Origin, Standing};

/// The people of a room as its epoch has them.
#[derive(Clone, Copy)]
pub(super) struct Who<'a> {
    pub(super) room: RoomId,
    pub(super) suite: Suite,
    /// This device.
    pub(super) own: MemberId,
    pub(super) organizers: &'a [MemberId],
    pub(super) standing: &'a Standing,
}

impl<'a> Who<'a> {
    pub(super) fn of(room: &'a Room) -> Self {
        Self {
            room: room.id(),
            suite: room.suite(),
            own: room.own_id(),
            organizers: &room.policy().organizers,
            standing: room.standing(),
        }
    }

    /// Whose key package it is, and what they are called.
    pub(super) fn applicant(&self, key_package: &[u8]) -> Option<(MemberId, String)> {
        let (id, info) = inspect(self.suite, key_package).ok()?;
        Some((id, info.handle.as_str().to_owned()))
    }

    pub(super) fn is_organizer(&self, member: &MemberId) -> bool {
        self.organizers.contains(member)
    }

    /// The key by which a person counts, whichever of their devices speaks: that of the device which came in first
    /// (OS-CNT-017).
    pub(super) fn person(&self, member: &MemberId) -> MemberId {
        let rows = &self.standing.rows;
        let row = rows.iter().find(|row| row.key == *member);
        let first = row.and_then(|row| match row.origin {
            Origin::Device { of } => rows.get(usize::try_from(of.0).ok()?),
            _ => None,
        });
        first.map_or(*member, |row| row.key)
    }
}
