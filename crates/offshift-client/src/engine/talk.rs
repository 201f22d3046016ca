//! What people write: made valid, checked against what it changes, and sent.
//!
//! ```text
//! Saying + room -> Content (mentions found, own or not checked) -> Room::handle_send -> Effects
//! ```
//! What a device refuses here, the others would refuse too; the person learns it before anything leaves.

use offshift_protocol::{
    Change,
    room::{Care, Content, MemberId, MessageId, RoomId, Text},
};
use offshift_wire::{
    content::{Answer, Edit, Message, Pin, Plan, Poll, Reaction},
    limits::MENTIONS_MAX,
};

use super::{Engine, Fatal, answer, finish, history, now};
use crate::{
    command::{Saying, Talk},
    error::ClientError,
    view::{MessageKind, Planned},
};

impl Engine {
    pub(super) async fn handle_talk(&mut self, room: RoomId, talk: Talk) -> Result<(), Fatal> {
        match talk {
            Talk::Say(saying, reply) => {
                let said = self.say(room, saying).await;
                finish(reply, said)?;
            }
            Talk::History { unread_only, reply } => {
                answer(reply, self.history(room, unread_only));
            }
            Talk::Messages { before, limit, reply } => {
                answer(reply, self.messages(room, before, limit));
            }
            Talk::Message(message, reply) => answer(reply, self.message(room, &message)),
            Talk::After(position, reply) => answer(reply, self.messages_after(room, position)),
            #[cfg(feature = "for-testing")]
            Talk::FillForTesting(count, reply) => {
                finish(reply, self.fill_for_testing(room, count).await)?;
            }
            Talk::Pinned(reply) => answer(reply, self.pinned(room)),
            Talk::MarkRead(position, reply) => {
                finish(reply, self.mark_read(room, position).await)?;
            }
            Talk::ReadUpTo(reply) => answer(reply, self.read_up_to(room)),
            Talk::Draft(reply) => answer(reply, self.draft(room)),
            Talk::SetDraft(text, reply) => finish(reply, self.set_draft(room, &text).await)?,
            Talk::Waiting(reply) => answer(reply, self.waiting(room)),
        }
        Ok(())
    }

    async fn say(&mut self, room: RoomId, saying: Saying) -> Result<MessageId, ClientError> {
        let care = match &saying {
            Saying::Text { care, .. } => *care,
            _ => Care::Ordinary,
        };
        let content = self.content(room, saying)?;
        self.post(room, content, care, Vec::new()).await
    }

    /// Sends; `more` is written in the same record as the message.
    pub(super) async fn post(
        &mut self,
        room: RoomId,
        content: Content,
        care: Care,
        more: Vec<Change>,
    ) -> Result<MessageId, ClientError> {
        let state = self.rooms.get_mut(&room).ok_or(ClientError::UnknownRoom)?;
        let (id, effects) = state.handle_send(&mut self.tools.context(), content, care)?;
        self.run_room(room, effects, more).await?;
        Ok(id)
    }

    fn is_closed(&self, room: RoomId, poll: &MessageId) -> bool {
        let kind = self.message(room, poll).map(|view| view.kind);
        matches!(kind, Ok(MessageKind::Poll(poll)) if poll.is_closed)
    }

    fn content(&self, room: RoomId, saying: Saying) -> Result<Content, ClientError> {
        Ok(match saying {
            Saying::Text { text, reply_to, .. } => {
                Content::Text(self.words(room, &text, reply_to)?)
            }
            Saying::Announce(text) => Content::Announcement(self.words(room, &text, None)?),
            Saying::React(to, mark) => {
                self.known_message(room, &to)?;
                let one = Reaction { to, mark };
                one.check().map_err(|_| ClientError::BadMark)?;
                Content::Reaction(one)
            }
            Saying::Edit(of, text) => {
                let known = self.own_message(room, &of)?;
                let (Content::Text(_) | Content::Announcement(_)) = known else {
                    return Err(ClientError::NotYours);
                };
                Content::Edit(Edit { of, text: self.words(room, &text, None)? })
            }
            Saying::TakeBack(of) => {
                if !history::is_taken(&self.own_message(room, &of)?) {
                    return Err(ClientError::NotYours);
                }
                Content::TakeBack(of)
            }
            Saying::Pin(of, on) => {
                self.known_message(room, &of)?;
                Content::Pin(Pin { of, off: !on })
            }
            Saying::Poll(question, options, several) => {
                let one = Poll { question, options, several };
                one.check().map_err(|_| ClientError::BadPoll)?;
                Content::Poll(one)
            }
            Saying::Answer(poll, options) => self.answer_to(room, poll, options)?,
            Saying::ClosePoll(poll) => {
                self.poll_here(room, &poll)?;
                self.check_may_change(room, &poll)?;
                Content::ClosePoll(poll)
            }
            Saying::Plan(changes, planned) => {
                changes.map(|of| self.check_may_change(room, &of)).transpose()?;
                changes.map(|of| self.plan_here(room, &of)).transpose()?;
                plan(changes, planned, false)?
            }
            #[cfg(feature = "for-testing")]
            Saying::Anything(content) => *content,
            Saying::CallOff(of) => {
                self.check_may_change(room, &of)?;
                Content::Plan(Plan {
                    changes: Some(of),
                    called_off: true,
                    ..self.plan_here(room, &of)?
                })
            }
        })
    }

    /// Words, and whom they mention.
    fn words(
        &self,
        room: RoomId,
        text: &str,
        reply_to: Option<MessageId>,
    ) -> Result<Text, ClientError> {
        let mentions = self.mentioned(room, text)?;
        let text = Text::new(text, reply_to).and_then(|text| text.mentioning(mentions));
        text.map_err(|_| ClientError::BadText)
    }

    fn mentioned(&self, room: RoomId, text: &str) -> Result<Vec<MemberId>, ClientError> {
        let members = self.known_room(room)?.members(now());
        let members: Vec<(MemberId, &str)> =
            members.iter().map(|member| (member.id, member.info.handle.as_str())).collect();
        Ok(mentioned(&members, text))
    }

    /// What a message says, one that waits included.
    fn known_message(&self, room: RoomId, of: &MessageId) -> Result<Content, ClientError> {
        let waiting = self.known_room(room)?.waiting();
        let waiting = waiting.into_iter().find(|(id, _)| id == of);
        let waiting = waiting.and_then(|(_, content)| Message::decode(content).ok());
        let here = history::entry(self.open_vault()?, room, of)?.map(|entry| entry.message);
        match here.or(waiting).map(|message| message.content) {
            None | Some(Content::TakeBack(_)) => Err(ClientError::UnknownMessage),
            Some(content) => Ok(content),
        }
    }

    fn own_message(&self, room: RoomId, of: &MessageId) -> Result<Content, ClientError> {
        // Another member may have given a message of theirs the same name; one's own is meant.
        let own = self.known_room(room)?.own_id();
        match history::entry_by(self.open_vault()?, room, of, &own)? {
            Some(entry) => here(entry.message.content),
            None => {
                let content = self.known_message(room, of)?;
                let other = history::entry(self.open_vault()?, room, of)?;
                if other.is_none() { Ok(content) } else { Err(ClientError::NotYours) }
            }
        }
    }

    fn poll_here(&self, room: RoomId, of: &MessageId) -> Result<Poll, ClientError> {
        match self.known_message(room, of)? {
            Content::Poll(poll) => Ok(poll),
            _ => Err(ClientError::NotAPoll),
        }
    }

    fn plan_here(&self, room: RoomId, of: &MessageId) -> Result<Plan, ClientError> {
        match self.known_message(room, of)? {
            Content::Plan(plan) => Ok(plan),
            _ => Err(ClientError::NotAPlan),
        }
    }

    fn answer_to(
        &self,
        room: RoomId,
        poll: MessageId,
        mut options: Vec<u32>,
    ) -> Result<Content, ClientError> {
        let asked = self.poll_here(room, &poll)?;
        options.sort_unstable();
        options.dedup();
        let known = |one: &u32| usize::try_from(*one).is_ok_and(|at| at < asked.options.len());
        if !options.iter().all(known) || (options.len() > 1 && !asked.several) {
            return Err(ClientError::BadAnswer);
        }
        if self.is_closed(room, &poll) {
            return Err(ClientError::PollClosed);
        }
        Ok(Content::Answer(Answer { poll, options }))
    }

    /// Whoever wrote it, and organizers (OS-CNT-014, OS-CNT-015).
    fn check_may_change(&self, room: RoomId, of: &MessageId) -> Result<(), ClientError> {
        let state = self.known_room(room)?;
        self.known_message(room, of)?;
        let first = history::entry(self.open_vault()?, room, of)?;
        let own = first.is_none_or(|entry| entry.own);
        if own || state.is_organizer(&state.own_id()) { Ok(()) } else { Err(ClientError::NotYours) }
    }
}

/// What was taken back is not there any more.
fn here(content: Content) -> Result<Content, ClientError> {
    match content {
        Content::TakeBack(_) => Err(ClientError::UnknownMessage),
        content => Ok(content),
    }
}

fn plan(
    changes: Option<MessageId>,
    planned: Planned,
    called_off: bool,
) -> Result<Content, ClientError> {
    let Planned { title, place, starts_at, note } = planned;
    let one = Plan { changes, title, place, starts_at, note, called_off };
    one.check().map_err(|_| ClientError::BadPlan)?;
    Ok(Content::Plan(one))
}

/// OS-CNT-016: the members whose handles stand behind an @ in a text, whole and whatever their capitals; of two handles that both
/// stand there, the longer one is meant.
fn mentioned(members: &[(MemberId, &str)], text: &str) -> Vec<MemberId> {
    let mut found: Vec<MemberId> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let behind = text.get(at.saturating_add(1)..).unwrap_or_default();
        let longest = members
            .iter()
            .filter(|(_, handle)| stands_at_the_start(handle, behind))
            .map(|(_, handle)| handle.chars().count())
            .max();
        let meant = members.iter().filter(|(_, handle)| {
            longest == Some(handle.chars().count()) && stands_at_the_start(handle, behind)
        });
        found.extend(meant.map(|(id, _)| *id));
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MENTIONS_MAX);
    found
}

fn stands_at_the_start(handle: &str, text: &str) -> bool {
    let mut rest = text.chars();
    let same = |one: char| rest.next().is_some_and(|two| one.to_lowercase().eq(two.to_lowercase()));
    handle.chars().all(same) && !rest.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn member(name: u8) -> MemberId {
        MemberId::from_bytes([name; 32])
    }

    #[test]
    fn os_cnt_016_a_whole_handle_behind_an_at_is_a_mention_and_the_longest_is_meant() {
        let all = [
            (member(1), "ben"),
            (member(2), "ben the baker"),
            (member(3), "Čeněk"),
            (member(4), "ben"),
        ];
        let found = |text| mentioned(&all, text);
        assert_eq!(found("@ben: at six?"), [member(1), member(4)], "who share a handle");
        assert_eq!(found("ask @Ben the Baker!"), [member(2)]);
        assert_eq!(found("@čeněk @BEN"), [member(1), member(3), member(4)]);
        assert!(found("@benny and ben and a@b").is_empty());
    }
}
