//! What was said, from the vault and as it comes.

use std::{cell::OnceCell, collections::BTreeMap};

use offshift_protocol::{
    Change,
    room::{Content, MemberId, MessageId, Received, Room, RoomId, key_package::inspect},
};
use offshift_wire::{
    Position,
    content::{File, Plan, Poll},
    room::HistoryEntry,
};
use zeroize::Zeroizing;

use super::{Engine, policy::motion_kind};
use crate::{
    error::ClientError,
    vault::{Vault, VaultError},
    view::{FileState, FileView, MessageKind, MessageView, OptionView, PlanView, PollView},
};

const DAMAGED: ClientError = ClientError::Vault(VaultError::Damaged);

impl Engine {
    pub(super) fn history(
        &self,
        room: RoomId,
        unread_only: bool,
    ) -> Result<Vec<MessageView>, ClientError> {
        let vault = self.vault.as_ref().ok_or(ClientError::Closed)?;
        let names = Names::new(self.known_room(room)?, vault);
        let read = if unread_only { read_up_to(vault, room) } else { Position::START };
        let from = self.shown_from(room).max(Position::new(read.value().saturating_add(1)));
        let views =
            records(vault, room, from).map(|(position, record)| names.view(position, &record));
        views.filter_map(Result::transpose).collect()
    }

    /// A message as it comes; nothing for what only devices tell each other.
    pub(super) fn message(&self, room: RoomId, received: Received) -> Option<MessageView> {
        let names = Names::new(self.rooms.get(&room)?, self.vault.as_ref()?);
        let kind = names.kind(&received.content)?;
        let (text, reply_to) = words(&received.content);
        Some(MessageView {
            room,
            id: received.id,
            position: received.position,
            at: received.at,
            sender: received.sender,
            handle: received.handle,
            own: received.own,
            kind,
            text,
            reply_to,
            is_edited: false,
            is_pinned: false,
            mentions_you: mentions(&received.content, &names.room.own_id()),
            reactions: Vec::new(),
        })
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

/// The records of a room's history from a position on, in its order.
pub(super) fn records(
    vault: &Vault,
    room: RoomId,
    from: Position,
) -> impl Iterator<Item = (Position, Zeroizing<Vec<u8>>)> {
    let prefix = format!("history/{}/", room.hex());
    let (first, end) =
        (format!("{prefix}{:016x}", from.value()), format!("history/{}0", room.hex()));
    let position = move |key: &str| position_of(key.strip_prefix(&prefix)?);
    vault.read_between(&first, &end).filter_map(move |(key, value)| Some((position(key)?, value)))
}

fn position_of(hex: &str) -> Option<Position> {
    u64::from_str_radix(hex, 16).ok().map(Position::new)
}

fn words(content: &Content) -> (Option<String>, Option<MessageId>) {
    match content {
        Content::Text(text) | Content::Announcement(text) => {
            (Some(text.as_str().to_owned()), text.reply_to())
        }
        _ => (None, None),
    }
}

fn mentions(content: &Content, own: &MemberId) -> bool {
    matches!(content, Content::Text(text) | Content::Announcement(text) if text.mentions().contains(own))
}

fn poll(one: &Poll) -> PollView {
    let option = |text: &String| OptionView { text: text.clone(), count: 0, own: false };
    PollView {
        question: one.question.clone(),
        options: one.options.iter().map(option).collect(),
        several: one.several,
        answers: 0,
        is_closed: false,
    }
}

fn plan(one: &Plan) -> PlanView {
    PlanView {
        title: one.title.clone(),
        place: one.place.clone(),
        starts_at: one.starts_at,
        note: one.note.clone(),
        is_called_off: one.called_off,
        changed_by: None,
    }
}

fn file(one: &File) -> FileView {
    FileView {
        name: one.name.clone(),
        media_type: one.media_type.clone(),
        bytes: one.bytes,
        until: one.until,
        caption: one.caption.clone(),
        preview: one.preview.to_vec(),
        state: FileState::Offered,
    }
}

/// What the keys in a room's messages are called.
struct Names<'a> {
    room: &'a Room,
    vault: &'a Vault,
    /// Those who were vouched for and never came in, by what was said then; looked up when it is needed first.
    applicants: OnceCell<BTreeMap<MemberId, String>>,
}

impl<'a> Names<'a> {
    const fn new(room: &'a Room, vault: &'a Vault) -> Self {
        Self { room, vault, applicants: OnceCell::new() }
    }

    fn view(&self, position: Position, record: &[u8]) -> Result<Option<MessageView>, ClientError> {
        let entry = HistoryEntry::decode(record).map_err(|_| DAMAGED)?;
        let Some(kind) = self.kind(&entry.message.content) else { return Ok(None) };
        let (text, reply_to) = words(&entry.message.content);
        Ok(Some(MessageView {
            room: self.room.id(),
            id: entry.message.id,
            position,
            at: position.time(),
            sender: entry.sender,
            handle: entry.handle.as_str().to_owned(),
            own: entry.own,
            kind,
            text,
            reply_to,
            is_edited: false,
            is_pinned: false,
            mentions_you: mentions(&entry.message.content, &self.room.own_id()),
            reactions: Vec::new(),
        }))
    }

    fn kind(&self, content: &Content) -> Option<MessageKind> {
        Some(match content {
            Content::Text(_) => MessageKind::Text,
            Content::Vouched(one) => MessageKind::Vouched {
                applicant: self.applicant(&one.key_package).map_or_else(somebody, |(_, name)| name),
                method: one.vouch.method,
            },
            Content::Revouched(member, vouch) => {
                MessageKind::Revouched { member: self.of(member), method: vouch.method }
            }
            Content::Objection(one) => MessageKind::Objection {
                applicant: self.of(&one.applicant),
                reason: one.reason.clone(),
            },
            Content::Approved(one) => MessageKind::Approved(motion_kind(self.room, &one.motion)),
            // Devices tell each other that they are there. It is nothing that a person said.
            Content::Present(_) => return None,
            Content::Announcement(_) => MessageKind::Announcement,
            Content::Poll(one) => MessageKind::Poll(poll(one)),
            Content::Plan(one) if one.changes.is_none() => MessageKind::Plan(plan(one)),
            Content::File(one) => MessageKind::File(file(one)),
            // These change what other messages look like.
            Content::Plan(_)
            | Content::Reaction(_)
            | Content::Edit(_)
            | Content::TakeBack(_)
            | Content::Answer(_)
            | Content::ClosePoll(_)
            | Content::Pin(_) => return None,
            Content::Unknown(_) => MessageKind::Unknown,
        })
    }

    fn of(&self, id: &MemberId) -> String {
        let known = self.room.handle_of(id).map(str::to_owned);
        known.or_else(|| self.applicants().get(id).cloned()).unwrap_or_else(somebody)
    }

    fn applicants(&self) -> &BTreeMap<MemberId, String> {
        self.applicants.get_or_init(|| {
            let entries = records(self.vault, self.room.id(), Position::START)
                .filter_map(|(_, record)| HistoryEntry::decode(&record).ok());
            let vouched = entries.filter_map(|entry| match entry.message.content {
                Content::Vouched(one) => self.applicant(&one.key_package),
                _ => None,
            });
            vouched.collect()
        })
    }

    fn applicant(&self, key_package: &[u8]) -> Option<(MemberId, String)> {
        let (id, info) = inspect(self.room.suite(), key_package).ok()?;
        Some((id, info.handle.as_str().to_owned()))
    }
}

fn somebody() -> String {
    "somebody".to_owned()
}
