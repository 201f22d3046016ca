//! What a person has begun to write, and what waits for its place: on this device only (OS-CNT-033).

use offshift_protocol::{
    Change,
    room::{Content, RoomId},
};
use offshift_wire::{content::Message, limits::TEXT_BYTES_MAX};
use zeroize::Zeroizing;

use crate::{
    engine::{Engine, now},
    error::ClientError,
    view::{WaitingKind, WaitingView},
};

/// The time of writing, milliseconds: a draft disappears as messages do.
const TIME: usize = 8;

impl Engine {
    pub(in crate::engine) fn draft(&self, room: RoomId) -> Result<String, ClientError> {
        self.known_room(room)?;
        let Some(record) = self.open_vault()?.get(&draft_key(room)) else {
            return Ok(String::new());
        };
        let text = record.get(TIME..).unwrap_or_default();
        Ok(String::from_utf8_lossy(text).into_owned())
    }

    pub(in crate::engine) fn has_draft(&self, room: RoomId) -> bool {
        self.vault.as_ref().is_some_and(|vault| vault.get(&draft_key(room)).is_some())
    }

    /// Keeps it in the place of an earlier one; an empty one is none.
    pub(in crate::engine) async fn set_draft(
        &mut self,
        room: RoomId,
        text: &str,
    ) -> Result<(), ClientError> {
        self.known_room(room)?;
        if text.len() > TEXT_BYTES_MAX {
            return Err(ClientError::BadText);
        }
        let key = draft_key(room);
        if text.is_empty() {
            let is_there = self.has_draft(room);
            return self
                .persist(is_there.then_some(Change::Delete { key }).into_iter().collect())
                .await;
        }
        let value = [&now().0.to_be_bytes(), text.as_bytes()].concat();
        self.persist(vec![Change::Put { key, value: Zeroizing::new(value) }]).await
    }

    /// Own messages without a place, in the order in which they will stand.
    pub(in crate::engine) fn waiting(&self, room: RoomId) -> Result<Vec<WaitingView>, ClientError> {
        let waiting = self.known_room(room)?.waiting().into_iter();
        let view = |content| Message::decode(content).ok().map(|message| waiting_view(&message));
        Ok(waiting.filter_map(|(_, content)| view(content)).collect())
    }
}

fn waiting_view(message: &Message) -> WaitingView {
    let (kind, text) = match &message.content {
        Content::Text(text) => (WaitingKind::Text, text.as_str()),
        Content::Announcement(text) => (WaitingKind::Announcement, text.as_str()),
        Content::Reaction(one) => (WaitingKind::Reaction, one.mark.as_str()),
        Content::Edit(one) => (WaitingKind::Edit, one.text.as_str()),
        Content::TakeBack(_) => (WaitingKind::TakeBack, ""),
        Content::Poll(one) => (WaitingKind::Poll, one.question.as_str()),
        Content::Answer(_) => (WaitingKind::Answer, ""),
        Content::ClosePoll(_) => (WaitingKind::ClosePoll, ""),
        Content::Plan(one) => (WaitingKind::Plan, one.title.as_str()),
        Content::Pin(_) => (WaitingKind::Pin, ""),
        Content::File(one) => (WaitingKind::File, one.name.as_str()),
        _ => (WaitingKind::AboutRoom, ""),
    };
    let text = (!text.is_empty()).then(|| text.to_owned());
    WaitingView { id: message.id, kind, text }
}

fn draft_key(room: RoomId) -> String {
    format!("draft/{}", room.hex())
}
