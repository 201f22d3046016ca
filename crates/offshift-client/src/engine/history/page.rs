//! Reading the history: a page, what is new, what is pinned, one message.

use offshift_protocol::{
    Change,
    room::{MemberId, MessageId, Room, RoomId},
};
use offshift_wire::Position;
use zeroize::Zeroizing;

use super::{Of, place_key, record::Places, show::Show};
use crate::{
    engine::Engine,
    error::ClientError,
    limits::{PAGE_MAX, PINNED_MAX, STREAM_PAGE},
    vault::Vault,
    view::{MessageView, MessagesPage},
};

/// What a room has that was not read.
pub(in crate::engine) struct News {
    pub(in crate::engine) unread: usize,
    pub(in crate::engine) mentions: usize,
    pub(in crate::engine) last: Option<Position>,
}

impl Engine {
    pub(in crate::engine) fn history(
        &self,
        id: RoomId,
        unread_only: bool,
    ) -> Result<Vec<MessageView>, ClientError> {
        let (room, vault) = (self.known_room(id)?, self.open_vault()?);
        let (show, shown) = (Show::new(room, vault, &self.files), self.shown_from(id));
        let read = if unread_only { after(read_up_to(vault, id)) } else { Position::START };
        let positions = Of::History.positions(vault, id, shown.max(read), None);
        positions.filter_map(|at| show.at(at).transpose()).collect()
    }

    /// The newest messages before a position, the oldest of them first.
    pub(in crate::engine) fn messages(
        &self,
        id: RoomId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<MessagesPage, ClientError> {
        let (room, vault) = (self.known_room(id)?, self.open_vault()?);
        let limit = usize::try_from(limit).unwrap_or(PAGE_MAX).min(PAGE_MAX);
        let show = Show::new(room, vault, &self.files);
        let newest = Of::History.positions(vault, id, self.shown_from(id), before).rev();
        let views = newest.filter_map(|at| show.at(at).transpose());
        let mut messages = views.take(limit + 1).collect::<Result<Vec<_>, _>>()?;
        let more = messages.len() > limit;
        messages.truncate(limit);
        messages.reverse();
        Ok(MessagesPage { messages, more })
    }

    /// The first messages behind a position.
    pub(in crate::engine) fn messages_after(
        &self,
        id: RoomId,
        position: Position,
    ) -> Result<Vec<MessageView>, ClientError> {
        let (room, vault) = (self.known_room(id)?, self.open_vault()?);
        let (show, from) =
            (Show::new(room, vault, &self.files), self.shown_from(id).max(after(position)));
        let positions = Of::History.positions(vault, id, from, None);
        positions.filter_map(|at| show.at(at).transpose()).take(STREAM_PAGE).collect()
    }

    pub(in crate::engine) fn read_up_to(&self, id: RoomId) -> Result<Position, ClientError> {
        self.known_room(id)?;
        Ok(read_up_to(self.open_vault()?, id))
    }

    pub(in crate::engine) fn message(
        &self,
        id: RoomId,
        message: &MessageId,
    ) -> Result<MessageView, ClientError> {
        let (room, vault) = (self.known_room(id)?, self.open_vault()?);
        let at = place_of(vault, id, message).filter(|at| *at >= self.shown_from(id));
        let view = at.map(|at| Show::new(room, vault, &self.files).at(at)).transpose()?.flatten();
        view.ok_or(ClientError::UnknownMessage)
    }

    /// Copies of the last record behind itself: years of a history in a moment, for benches (N11).
    #[cfg(feature = "for-testing")]
    pub(in crate::engine) async fn fill_for_testing(
        &mut self,
        id: RoomId,
        count: u64,
    ) -> Result<(), ClientError> {
        let vault = self.open_vault()?;
        let last = Of::History.positions(vault, id, Position::START, None).next_back();
        let last = last.ok_or(ClientError::UnknownMessage)?;
        let record = vault.read(&Of::History.key(id, last)).ok_or(ClientError::UnknownMessage)?;
        let mut copies = Vec::new();
        for at in 1..=count {
            let key = Of::History.key(id, Position::new(last.value().saturating_add(at)));
            copies.push(Change::Put { key, value: record.clone() });
            if copies.len() == 1_000 || at == count {
                self.persist(std::mem::take(&mut copies)).await?;
            }
        }
        Ok(())
    }

    /// The message at a position, if it may still be shown (OS-CLI-020).
    pub(in crate::engine) fn message_at(&self, id: RoomId, at: Position) -> Option<MessageView> {
        if at < self.shown_from(id) {
            return None;
        }
        Show::new(self.rooms.get(&id)?, self.vault.as_ref()?, &self.files).at(at).ok().flatten()
    }

    /// What is pinned of the newest messages, the latest first.
    pub(in crate::engine) fn pinned(&self, id: RoomId) -> Result<Vec<MessageView>, ClientError> {
        let (room, vault) = (self.known_room(id)?, self.open_vault()?);
        let show = Show::new(room, vault, &self.files);
        let pinned = Of::Pinned.positions(vault, id, self.shown_from(id), None).rev();
        pinned.filter_map(|at| show.at(at).transpose()).take(PINNED_MAX).collect()
    }

    /// What is new in a room, by names of records alone but for whether they mention the person.
    pub(in crate::engine) fn news(&self, room: &Room) -> News {
        let (id, shown) = (room.id(), self.shown_from(room.id()));
        let Some(vault) = &self.vault else { return News { unread: 0, mentions: 0, last: None } };
        let marks = vault.get_between(&Of::Unread.key(id, shown), &Of::Unread.end(id));
        let (unread, mentions) = marks.fold((0, 0), |(unread, mentions): (usize, usize), mark| {
            let mentioned = mark.1.first() == Some(&1);
            (unread.saturating_add(1), mentions.saturating_add(mentioned.into()))
        });
        let last = Of::History.positions(vault, id, shown, None).next_back();
        News { unread, mentions, last }
    }

    pub(in crate::engine) async fn mark_read(
        &mut self,
        room: RoomId,
        position: Position,
    ) -> Result<(), ClientError> {
        let vault = self.open_vault()?;
        if !self.rooms.contains_key(&room) {
            return Err(ClientError::UnknownRoom);
        }
        if position <= read_up_to(vault, room) {
            return Ok(());
        }
        let value = Zeroizing::new(position.value().to_be_bytes().to_vec());
        let read = Of::Unread.positions(vault, room, Position::START, Some(after(position)));
        let mut changes: Vec<_> =
            read.map(|at| Change::Delete { key: Of::Unread.key(room, at) }).collect();
        changes.push(Change::Put { key: read_key(room), value });
        self.persist(changes).await
    }

    pub(in crate::engine) fn open_vault(&self) -> Result<&Vault, ClientError> {
        self.vault.as_ref().ok_or(ClientError::Closed)
    }
}

/// Where the first message of this name stands.
pub(in crate::engine) fn place_of(
    vault: &Vault,
    room: RoomId,
    message: &MessageId,
) -> Option<Position> {
    let record = vault.get(&place_key(room, message))?;
    Places::decode(record).ok()?.first()
}

/// Where a member's own message of this name stands.
pub(super) fn place_by(
    vault: &Vault,
    room: RoomId,
    message: &MessageId,
    by: &MemberId,
) -> Option<Position> {
    let record = vault.get(&place_key(room, message))?;
    Places::decode(record).ok()?.of(by)
}

pub(super) const fn after(position: Position) -> Position {
    Position::new(position.value().saturating_add(1))
}

fn read_key(room: RoomId) -> String {
    format!("read/{}", room.hex())
}

pub(in crate::engine) fn read_up_to(vault: &Vault, room: RoomId) -> Position {
    let value = vault.get(&read_key(room)).and_then(|value| value.try_into().ok());
    value.map_or(Position::START, |bytes| Position::new(u64::from_be_bytes(bytes)))
}
