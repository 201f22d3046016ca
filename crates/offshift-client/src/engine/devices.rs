//! Linking a second device of the same person: a meeting of the two, and a room that the first brings the second into.
//!
//! ```text
//! first: link_show(room) -> code, link/{meeting} = room     second: link_scan(code)
//! both compare and confirm     first: Act::Device -> commit -> Welcome     second: comes in
//! ```

use offshift_protocol::{
    Change,
    ids::{ContactId, MeetingId},
    meeting::{DeviceCode, Meeting},
    room::{Introduce, RoomId},
};
use zeroize::Zeroizing;

use super::{Engine, meetings::used};
use crate::{error::ClientError, view::ShownCode};

impl Engine {
    pub(super) async fn link_show(&mut self, room: RoomId) -> Result<ShownCode, ClientError> {
        let relay = self.known_room(room)?.relay().clone();
        let mine = self.apply(&relay, None)?;
        let (meeting, effects) = Meeting::show_device(&mut self.tools.context(), &relay, mine);
        let shown = ShownCode::of(&meeting);
        let value = Zeroizing::new(room.as_bytes().to_vec());
        let link = Change::Put { key: link_key(meeting.id()), value };
        self.begin(meeting, effects, vec![link]).await?;
        Ok(shown)
    }

    pub(super) async fn link_scan(&mut self, code: DeviceCode) -> Result<MeetingId, ClientError> {
        let relay = self.relay(None)?;
        let mine = self.apply(&relay, None)?;
        let (meeting, effects) = Meeting::scan_device(&mut self.tools.context(), code, mine)?;
        let id = meeting.id();
        self.begin(meeting, effects, Vec::new()).await?;
        Ok(id)
    }

    /// The room that the device is to come into with which this one meets; none where it only scans.
    pub(super) fn room_to_link(&self, meeting: MeetingId) -> Option<RoomId> {
        let room = self.vault.as_ref()?.get(&link_key(meeting))?;
        room.try_into().ok().map(RoomId::from_bytes)
    }

    /// The record goes with its meeting.
    pub(super) fn unlinked(&self, meeting: MeetingId) -> Option<Change> {
        self.room_to_link(meeting).map(|_| Change::Delete { key: link_key(meeting) })
    }

    /// Brings the own device that was just met into the room.
    pub(super) async fn link(&mut self, room: RoomId, id: ContactId) -> Result<(), ClientError> {
        let contact = self.contacts.get(&id).ok_or(ClientError::UnknownContact)?;
        let application = self.applications.get(&contact.application());
        let application = application.ok_or(ClientError::Bug("a contact without application"))?;
        let state = self.rooms.get_mut(&room).ok_or(ClientError::UnknownRoom)?;
        let introduce = Introduce { contact, application };
        let effects = state.handle_device(&mut self.tools.context(), &introduce)?;
        self.run_room(room, effects, vec![used(id, room)]).await
    }
}

fn link_key(meeting: MeetingId) -> String {
    format!("link/{}", meeting.hex())
}
