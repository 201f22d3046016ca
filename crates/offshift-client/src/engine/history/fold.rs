//! What a message changes of those before it, when it is received (OS-CNT-030).
//!
//! ```text
//! Received -> Desk (vault + what changes) -> changes of the vault, Folded
//! ```
//! Who may change what follows from the author's key and the policy of the epoch: all devices that have the message fold
//! alike. What is changed may be from before this device came in, or have disappeared: then nothing happens.
//!
//! Never: words of what was taken back, in any record of the history.

use std::collections::BTreeMap;

use offshift_protocol::{
    Change, Effect, Effects,
    room::{Content, MemberId, MessageId, Received, RoomEvent, RoomId, Text},
};
use offshift_wire::{
    Position,
    content::{Answer, Edit, Message, Pin, Plan, Reaction},
    room::HistoryEntry,
};
use zeroize::Zeroizing;

use super::{
    DAMAGED, Of, applicant_key, place_key,
    record::{Applicant, Fold, Places, Wanted, bits},
    show::mentions,
    who::Who,
};
use crate::{engine::Engine, error::ClientError, vault::Vault};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Folded {
    /// It is a message of its own.
    New(Position),
    /// It changed the one that stands there.
    Changed(Position),
    /// It took that one back.
    TakenBack(Position, MessageId),
    /// What it would change is not here, or takes no change any more.
    Nothing,
    /// Its author may not do that.
    Refused,
}

/// The vault, and what is about to change in it.
pub(super) struct Desk<'a> {
    vault: &'a Vault,
    who: Who<'a>,
    /// Before this nothing is shown, so nothing is new.
    shown_from: Position,
    changes: BTreeMap<String, Option<Zeroizing<Vec<u8>>>>,
}

impl Engine {
    /// What these effects of a room change in its history, and what became of each message in them.
    pub(in crate::engine) fn fold(
        &self,
        room: RoomId,
        effects: &Effects<RoomEvent>,
    ) -> Result<(Vec<Change>, Vec<Folded>), ClientError> {
        let Some(room) = self.rooms.get(&room) else { return Ok((Vec::new(), Vec::new())) };
        let mut desk = Desk::new(self.open_vault()?, Who::of(room));
        desk.shown_from = self.shown_from(room.id());
        let messages = effects.iter().filter_map(|effect| match effect {
            Effect::Event(RoomEvent::Message(received)) => Some(received),
            _ => None,
        });
        let folded = messages.map(|received| desk.fold(received)).collect::<Result<_, _>>()?;
        Ok((desk.into_changes(), folded))
    }
}

/// The changes that make a history of one that another version of this program kept: it did not know some kinds, and
/// kept them whole (OS-CNT-031).
pub(super) fn rebuild(vault: &Vault, who: Who<'_>) -> Result<Vec<Change>, ClientError> {
    let mut desk = Desk::new(vault, who);
    for position in Of::History.positions(vault, who.room, Position::START, None) {
        let entry = desk.entry(position)?.filter(|entry| !is_taken_back(entry));
        let Some(entry) = entry else { continue };
        desk.fold(&Received {
            position,
            id: entry.message.id,
            sender: entry.sender,
            handle: entry.handle.as_str().to_owned(),
            at: position.time(),
            own: entry.own,
            content: entry.message.content,
        })?;
    }
    Ok(desk.into_changes())
}

impl<'a> Desk<'a> {
    pub(super) const fn new(vault: &'a Vault, who: Who<'a>) -> Self {
        Self { vault, who, shown_from: Position::START, changes: BTreeMap::new() }
    }

    /// The same, where what is past its room's time is not new.
    #[cfg(test)]
    pub(super) fn showing_from(self, shown_from: Position) -> Self {
        Self { shown_from, ..self }
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        let change = |(key, value)| match value {
            Some(value) => Change::Put { key, value },
            None => Change::Delete { key },
        };
        self.changes.into_iter().map(change).collect()
    }

    pub(super) fn fold(&mut self, received: &Received) -> Result<Folded, ClientError> {
        let by = received.sender;
        let shrinks = matches!(received.content, Content::TakeBack(_));
        if self.vault.is_crowded() && !received.own && !shrinks {
            return Ok(self.not_kept(received));
        }
        let folded = match &received.content {
            Content::Reaction(one) => self.mark(by, one)?,
            Content::Edit(one) => self.edit(by, one)?,
            Content::TakeBack(of) => self.take_back(by, of)?,
            Content::Answer(one) => self.answer(by, one)?,
            Content::ClosePoll(poll) => self.close(by, poll)?,
            Content::Plan(one) => match &one.changes {
                Some(of) => self.change_plan(by, of, one)?,
                None => return self.add(received),
            },
            Content::Pin(one) => self.pin(one)?,
            _ => return self.add(received),
        };
        self.changes.insert(Of::History.key(self.who.room, received.position), None);
        Ok(folded)
    }

    /// There is no place for what others say (OS-VLT-015).
    fn not_kept(&mut self, received: &Received) -> Folded {
        self.changes.insert(Of::History.key(self.who.room, received.position), None);
        Folded::Refused
    }

    fn add(&mut self, received: &Received) -> Result<Folded, ClientError> {
        let room = self.who.room;
        let key = place_key(room, &received.id);
        let mut places = self.places(&received.id)?;
        places.add(received.sender, received.position);
        self.put(key, places.encode());
        if let Content::Vouched(one) = &received.content
            && let Some((applicant, handle)) = self.who.applicant(&one.key_package)
        {
            let name = Applicant { position: received.position, handle };
            self.put(applicant_key(room, &applicant), name.encode());
        }
        let is_new = received.position > super::read_up_to(self.vault, room)
            && received.position >= self.shown_from;
        if !received.own && is_new {
            let mentioned = mentions(&received.content, &self.who.own);
            let value = Zeroizing::new(vec![u8::from(mentioned)]);
            self.put(Of::Unread.key(room, received.position), value);
        }
        Ok(Folded::New(received.position))
    }

    fn mark(&mut self, by: MemberId, one: &Reaction) -> Result<Folded, ClientError> {
        let Some((at, entry)) = self.find(&Wanted { id: &one.to, by: None })? else {
            return Ok(Folded::Nothing);
        };
        if is_taken_back(&entry) {
            return Ok(Folded::Nothing);
        }
        let by = self.who.person(&by);
        self.refold(at, |fold| fold.mark(by, &one.mark))
    }

    /// Only its author edits a message (OS-CNT-012).
    fn edit(&mut self, by: MemberId, one: &Edit) -> Result<Folded, ClientError> {
        let Some((at, entry)) = self.find(&Wanted { id: &one.of, by: Some(&by) })? else {
            return self.not_own(&one.of);
        };
        let text = |old: &Text| {
            let text = Text::new(one.text.as_str(), old.reply_to())?;
            text.mentioning(one.text.mentions().to_vec())
        };
        let content = match &entry.message.content {
            Content::Text(old) => Content::Text(text(old)?),
            Content::Announcement(old) if self.who.is_organizer(&by) => {
                Content::Announcement(text(old)?)
            }
            Content::TakeBack(_) => return Ok(Folded::Nothing),
            _ => return Ok(Folded::Refused),
        };
        self.rewrite(at, entry, content)?;
        self.refold(at, |fold| fold.is_edited = true)
    }

    /// Only its author takes a message back; its words go at once (OS-CNT-013).
    fn take_back(&mut self, by: MemberId, of: &MessageId) -> Result<Folded, ClientError> {
        let Some((at, entry)) = self.find(&Wanted { id: of, by: Some(&by) })? else {
            return self.not_own(of);
        };
        match &entry.message.content {
            Content::TakeBack(_) => return Ok(Folded::Nothing),
            content if !is_taken(content) => return Ok(Folded::Refused),
            _ => {}
        }
        self.rewrite(at, entry, Content::TakeBack(*of))?;
        for kept in [Of::Fold, Of::Pinned, Of::Unread] {
            self.changes.insert(kept.key(self.who.room, at), None);
        }
        Ok(Folded::TakenBack(at, *of))
    }

    /// An answer after the end does not count (OS-CNT-014).
    fn answer(&mut self, by: MemberId, one: &Answer) -> Result<Folded, ClientError> {
        let Some((at, entry)) = self.find(&Wanted { id: &one.poll, by: None })? else {
            return Ok(Folded::Nothing);
        };
        let poll = match &entry.message.content {
            Content::Poll(poll) => poll,
            Content::TakeBack(_) => return Ok(Folded::Nothing),
            _ => return Ok(Folded::Refused),
        };
        let many = one.options.len() > 1 && !poll.several;
        let unknown =
            |option: &u32| usize::try_from(*option).is_ok_and(|o| o >= poll.options.len());
        if many || one.options.iter().any(unknown) {
            return Ok(Folded::Refused);
        }
        if self.folded(at)?.is_closed {
            return Ok(Folded::Nothing);
        }
        let options = bits(&one.options);
        let by = self.who.person(&by);
        self.refold(at, |fold| fold.answer(by, options))
    }

    fn close(&mut self, by: MemberId, poll: &MessageId) -> Result<Folded, ClientError> {
        let Some((at, entry)) = self.find(&Wanted { id: poll, by: None })? else {
            return Ok(Folded::Nothing);
        };
        match &entry.message.content {
            Content::Poll(_) if self.may_change(&by, &entry) => {
                self.refold(at, |fold| fold.is_closed = true)
            }
            Content::TakeBack(_) => Ok(Folded::Nothing),
            _ => Ok(Folded::Refused),
        }
    }

    fn change_plan(
        &mut self,
        by: MemberId,
        of: &MessageId,
        one: &Plan,
    ) -> Result<Folded, ClientError> {
        let Some((at, entry)) = self.find(&Wanted { id: of, by: None })? else {
            return Ok(Folded::Nothing);
        };
        match &entry.message.content {
            Content::Plan(_) if self.may_change(&by, &entry) => {}
            Content::TakeBack(_) => return Ok(Folded::Nothing),
            _ => return Ok(Folded::Refused),
        }
        self.rewrite(at, entry, Content::Plan(Plan { changes: None, ..one.clone() }))?;
        self.refold(at, |fold| fold.changed_by = Some(by))
    }

    fn pin(&mut self, one: &Pin) -> Result<Folded, ClientError> {
        let Some((at, entry)) = self.find(&Wanted { id: &one.of, by: None })? else {
            return Ok(Folded::Nothing);
        };
        if is_taken_back(&entry) {
            return Ok(Folded::Nothing);
        }
        let value = (!one.off).then(Zeroizing::default);
        self.changes.insert(Of::Pinned.key(self.who.room, at), value);
        Ok(Folded::Changed(at))
    }

    /// Polls are closed and plans are changed by their authors and by organizers (OS-CNT-014, OS-CNT-015).
    fn may_change(&self, by: &MemberId, entry: &HistoryEntry) -> bool {
        entry.sender == *by || self.who.is_organizer(by)
    }

    /// Another's message, or none that this device has.
    fn not_own(&self, of: &MessageId) -> Result<Folded, ClientError> {
        let is_here = self.places(of)?.first().is_some();
        Ok(if is_here { Folded::Refused } else { Folded::Nothing })
    }

    fn get(&self, key: &str) -> Option<Zeroizing<Vec<u8>>> {
        match self.changes.get(key) {
            Some(changed) => changed.clone(),
            None => self.vault.value(key),
        }
    }

    fn put(&mut self, key: String, value: Zeroizing<Vec<u8>>) {
        self.changes.insert(key, Some(value));
    }

    fn places(&self, id: &MessageId) -> Result<Places, ClientError> {
        let record = self.get(&place_key(self.who.room, id));
        record.map_or_else(|| Ok(Places::default()), |bytes| Ok(Places::decode(&bytes)?))
    }

    fn find(&self, wanted: &Wanted<'_>) -> Result<Option<(Position, HistoryEntry)>, ClientError> {
        let places = self.places(wanted.id)?;
        let at = wanted.by.map_or_else(|| places.first(), |by| places.of(by));
        let Some(at) = at else { return Ok(None) };
        let meant = |entry: &HistoryEntry| {
            entry.message.id == *wanted.id && wanted.by.is_none_or(|by| entry.sender == *by)
        };
        Ok(self.entry(at)?.filter(meant).map(|entry| (at, entry)))
    }

    fn entry(&self, at: Position) -> Result<Option<HistoryEntry>, ClientError> {
        let record = self.get(&Of::History.key(self.who.room, at));
        record.map(|bytes| HistoryEntry::decode(&bytes).map_err(|_| DAMAGED)).transpose()
    }

    fn folded(&self, at: Position) -> Result<Fold, ClientError> {
        let record = self.get(&Of::Fold.key(self.who.room, at));
        record.map_or_else(|| Ok(Fold::default()), |bytes| Ok(Fold::decode(&bytes)?))
    }

    fn refold(
        &mut self,
        at: Position,
        change: impl FnOnce(&mut Fold),
    ) -> Result<Folded, ClientError> {
        let mut fold = self.folded(at)?;
        change(&mut fold);
        self.put(Of::Fold.key(self.who.room, at), fold.encode());
        Ok(Folded::Changed(at))
    }

    /// The same message with other content.
    fn rewrite(
        &mut self,
        at: Position,
        entry: HistoryEntry,
        content: Content,
    ) -> Result<(), ClientError> {
        let message = Message { content, ..entry.message };
        let content = message.encode()?.into();
        let entry = HistoryEntry { message, content, ..entry };
        self.put(Of::History.key(self.who.room, at), Zeroizing::new(entry.encode()));
        Ok(())
    }
}

fn is_taken_back(entry: &HistoryEntry) -> bool {
    matches!(entry.message.content, Content::TakeBack(_))
}

/// Whether one can take it back. What one said about who is in the room stands.
pub(in crate::engine) const fn is_taken(content: &Content) -> bool {
    matches!(
        content,
        Content::Text(_)
            | Content::Announcement(_)
            | Content::Poll(_)
            | Content::Plan(_)
            | Content::File(_)
    )
}
