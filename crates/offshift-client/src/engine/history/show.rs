//! From records to what people see.

use offshift_protocol::room::{Content, MemberId, MessageId, Room};
use offshift_wire::{
    Position,
    content::{File, Plan, Poll},
    room::HistoryEntry,
};

use super::{
    DAMAGED, Of, applicant_key,
    record::{Applicant, Fold, bits},
    who::Who,
};
use crate::{
    engine::{files::Files, policy::motion_kind},
    error::ClientError,
    vault::Vault,
    view::{
        FileState, FileView, MessageKind, MessageView, OptionView, PlanView, PollView, ReactionView,
    },
};

/// What the messages of a room look like.
pub(super) struct Show<'a> {
    room: &'a Room,
    vault: &'a Vault,
    files: &'a Files,
    own: MemberId,
}

impl<'a> Show<'a> {
    pub(super) fn new(room: &'a Room, vault: &'a Vault, files: &'a Files) -> Self {
        let own = Who::of(room).person(&room.own_id());
        Self { room, vault, files, own }
    }

    /// The message at a position; nothing if none is there, or one that only devices are concerned with.
    pub(super) fn at(&self, position: Position) -> Result<Option<MessageView>, ClientError> {
        let read = |of: Of| self.vault.read(&of.key(self.room.id(), position));
        let Some(record) = read(Of::History) else { return Ok(None) };
        let entry = HistoryEntry::decode(&record).map_err(|_| DAMAGED)?;
        let fold =
            read(Of::Fold).map_or_else(|| Ok(Fold::default()), |fold| Fold::decode(&fold))?;
        Ok(self.view(position, &entry, &fold))
    }

    fn view(&self, position: Position, entry: &HistoryEntry, fold: &Fold) -> Option<MessageView> {
        let content = &entry.message.content;
        let (text, reply_to) = words(content);
        let pinned = Of::Pinned.key(self.room.id(), position);
        Some(self.files.with_file(MessageView {
            room: self.room.id(),
            id: entry.message.id,
            position,
            at: position.time(),
            sender: entry.sender,
            handle: entry.handle.as_str().to_owned(),
            own: entry.own,
            kind: self.kind(content, fold)?,
            text,
            reply_to,
            is_edited: fold.is_edited,
            is_pinned: self.vault.get(&pinned).is_some(),
            mentions_you: mentions(content, &self.room.own_id()),
            reactions: self.reactions(fold),
        }))
    }

    fn kind(&self, content: &Content, fold: &Fold) -> Option<MessageKind> {
        Some(match content {
            Content::Text(_) => MessageKind::Text,
            Content::Vouched(one) => MessageKind::Vouched {
                applicant: Who::of(self.room)
                    .applicant(&one.key_package)
                    .map_or_else(somebody, |(_, name)| name),
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
            Content::Announcement(_) => MessageKind::Announcement,
            Content::Poll(one) => MessageKind::Poll(self.poll(one, fold)),
            Content::Plan(one) if one.changes.is_none() => MessageKind::Plan(self.plan(one, fold)),
            Content::File(one) => MessageKind::File(file(one)),
            Content::TakeBack(_) => MessageKind::TakenBack,
            // Devices tell each other that they are there; the others change what other messages look like.
            Content::Present(_)
            | Content::Plan(_)
            | Content::Reaction(_)
            | Content::Edit(_)
            | Content::Answer(_)
            | Content::ClosePoll(_)
            | Content::Pin(_) => return None,
            Content::Unknown(_) => MessageKind::Unknown,
        })
    }

    /// Who chose what is not shown (OS-CNT-014).
    fn poll(&self, one: &Poll, fold: &Fold) -> PollView {
        let own = fold.answers.iter().find(|(by, _)| *by == self.own).map_or(0, |(_, all)| *all);
        let option = |(number, text): (u32, &String)| {
            let bit = bits(&[number]);
            let count = fold.answers.iter().filter(|(_, options)| options & bit != 0).count();
            OptionView { text: text.clone(), count, own: own & bit != 0 }
        };
        PollView {
            question: one.question.clone(),
            options: (0..).zip(&one.options).map(option).collect(),
            several: one.several,
            answers: fold.answers.len(),
            is_closed: fold.is_closed,
        }
    }

    fn plan(&self, one: &Plan, fold: &Fold) -> PlanView {
        PlanView {
            title: one.title.clone(),
            place: one.place.clone(),
            starts_at: one.starts_at,
            note: one.note.clone(),
            is_called_off: one.called_off,
            changed_by: fold.changed_by.map(|by| self.of(&by)),
        }
    }

    /// The most frequent first; of equals, the older one.
    fn reactions(&self, fold: &Fold) -> Vec<ReactionView> {
        let mut all: Vec<ReactionView> = Vec::new();
        for (by, mark) in &fold.marks {
            let (handle, own) = (self.of(by), *by == self.own);
            match all.iter_mut().find(|one| one.mark == *mark) {
                Some(one) => {
                    one.by.push(handle);
                    one.own |= own;
                }
                None => all.push(ReactionView { mark: mark.clone(), by: vec![handle], own }),
            }
        }
        all.sort_by_key(|one| std::cmp::Reverse(one.by.len()));
        all
    }

    /// Also those who were vouched for and never came in, by what was said then.
    fn of(&self, id: &MemberId) -> String {
        let known = self.room.handle_of(id).map(str::to_owned);
        known.or_else(|| self.applicant(id)).unwrap_or_else(somebody)
    }

    fn applicant(&self, id: &MemberId) -> Option<String> {
        let record = self.vault.get(&applicant_key(self.room.id(), id))?;
        Applicant::decode(record).ok().map(|one| one.handle)
    }
}

pub(super) fn words(content: &Content) -> (Option<String>, Option<MessageId>) {
    match content {
        Content::Text(text) | Content::Announcement(text) => {
            (Some(text.as_str().to_owned()), text.reply_to())
        }
        _ => (None, None),
    }
}

pub(super) fn mentions(content: &Content, own: &MemberId) -> bool {
    matches!(content, Content::Text(text) | Content::Announcement(text) if text.mentions().contains(own))
}

fn file(one: &File) -> FileView {
    FileView {
        name: one.name.clone(),
        media_type: one.media_type.clone(),
        bytes: one.bytes,
        until: one.until,
        caption: one.caption.clone(),
        has_preview: !one.preview.is_empty(),
        state: FileState::Offered,
    }
}

fn somebody() -> String {
    "somebody".to_owned()
}
