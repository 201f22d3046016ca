//! What was said, from the vault.

use offshift_protocol::{
    Change,
    room::{Content, RoomId},
};
use offshift_wire::{Position, room::HistoryEntry};
use zeroize::Zeroizing;

use super::Engine;
use crate::{
    error::ClientError,
    vault::{Vault, VaultError},
    view::MessageView,
};

const DAMAGED: ClientError = ClientError::Vault(VaultError::Damaged);

impl Engine {
    pub(super) fn history(
        &self,
        room: RoomId,
        unread_only: bool,
    ) -> Result<Vec<MessageView>, ClientError> {
        let vault = self.vault.as_ref().ok_or(ClientError::Closed)?;
        if !self.rooms.contains_key(&room) {
            return Err(ClientError::UnknownRoom);
        }
        let read = if unread_only { read_up_to(vault, room) } else { Position::START };
        let prefix = format!("history/{}/", room.hex());
        let entries = vault.under(&prefix).filter_map(|(key, value)| {
            let position = position_of(key.strip_prefix(&prefix)?);
            position.is_none_or(|position| position > read).then_some((position, value))
        });
        entries.map(|(position, value)| view(room, position.ok_or(DAMAGED)?, value)).collect()
    }

    pub(super) async fn mark_read(
        &mut self,
        room: RoomId,
        position: Position,
    ) -> Result<(), ClientError> {
        let vault = self.vault.as_ref().ok_or(ClientError::Closed)?;
        if !self.rooms.contains_key(&room) {
            return Err(ClientError::UnknownRoom);
        }
        if position <= read_up_to(vault, room) {
            return Ok(());
        }
        let value = Zeroizing::new(position.value().to_be_bytes().to_vec());
        self.persist(vec![Change::Put { key: read_key(room), value }]).await
    }
}

fn read_key(room: RoomId) -> String {
    format!("read/{}", room.hex())
}

fn read_up_to(vault: &Vault, room: RoomId) -> Position {
    let value = vault.get(&read_key(room)).and_then(|value| value.try_into().ok());
    value.map_or(Position::START, |bytes| Position::new(u64::from_be_bytes(bytes)))
}

fn position_of(hex: &str) -> Option<Position> {
    u64::from_str_radix(hex, 16).ok().map(Position::new)
}

fn view(room: RoomId, position: Position, record: &[u8]) -> Result<MessageView, ClientError> {
    let entry = HistoryEntry::decode(record)?;
    let (text, reply_to) = match &entry.message.content {
        Content::Text(text) => (Some(text.as_str().to_owned()), text.reply_to()),
        _ => (None, None),
    };
    Ok(MessageView {
        room,
        id: entry.message.id,
        position,
        at: position.time(),
        handle: entry.handle.as_str().to_owned(),
        own: entry.own,
        text,
        reply_to,
    })
}
