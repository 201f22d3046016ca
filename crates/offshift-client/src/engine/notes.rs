//! Notes of the person's own on others, such as a real name. They never leave this device.

use offshift_protocol::{
    Change,
    ids::ContactId,
    room::{MemberId, RoomId},
};
use zeroize::Zeroizing;

use super::Engine;
use crate::{error::ClientError, limits::NOTE_BYTES_MAX, view::NoteOn};

impl Engine {
    /// Keeps a note in the place of an earlier one; an empty one erases it (OS-CLI-012).
    pub(super) async fn keep_note(&mut self, on: NoteOn, text: &str) -> Result<(), ClientError> {
        if text.len() > NOTE_BYTES_MAX {
            return Err(ClientError::BadNote);
        }
        let key = match on {
            NoteOn::Member(room, _) if !self.rooms.contains_key(&room) => {
                return Err(ClientError::UnknownRoom);
            }
            NoteOn::Contact(id) if !self.contacts.contains_key(&id) => {
                return Err(ClientError::UnknownContact);
            }
            NoteOn::Member(room, member) => member_key(room, member),
            NoteOn::Contact(id) => contact_key(id),
        };
        let text = Zeroizing::new(text.as_bytes().to_vec());
        let change =
            if text.is_empty() { Change::Delete { key } } else { Change::Put { key, value: text } };
        self.persist(vec![change]).await
    }

    pub(super) fn note_on_member(&self, room: RoomId, member: MemberId) -> Option<String> {
        self.note_at(&member_key(room, member))
    }

    pub(super) fn note_on_contact(&self, id: ContactId) -> Option<String> {
        self.note_at(&contact_key(id))
    }

    fn note_at(&self, key: &str) -> Option<String> {
        let value = self.vault.as_ref()?.get(key)?;
        std::str::from_utf8(value).ok().map(str::to_owned)
    }
}

fn member_key(room: RoomId, member: MemberId) -> String {
    format!("note/{}/{}", room.hex(), member.hex())
}

fn contact_key(id: ContactId) -> String {
    format!("note/contact/{}", id.hex())
}
