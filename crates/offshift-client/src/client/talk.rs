//! Calls about what people write.

use offshift_protocol::room::{Care, MessageId, RoomId};
use offshift_wire::Position;

use super::Client;
use crate::{
    command::{Command, Reply, Saying, Talk},
    error::ClientError,
    text::{self, Oddity},
    view::{MessageView, MessagesPage, Planned, WaitingView},
};

impl Client {
    /// Sends a message. When this returns, the message is kept on this device and goes out by itself, in its order;
    /// it is sent when [`crate::Event::Sent`] says so, and waits until then. A member's whole handle behind an `@`
    /// mentions that member.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::BadText`]; [`ClientError::Refused`], also where only organizers
    /// write, and for what is [`Care::Sensitive`] while this device has heard of too few organizers for two days.
    pub async fn send(
        &self,
        room: RoomId,
        text: &str,
        reply_to: Option<MessageId>,
        care: Care,
    ) -> Result<MessageId, ClientError> {
        self.say(room, Saying::Text { text: text.to_owned(), reply_to, care }).await
    }

    /// Sends a message that stands out. Organizers only.
    ///
    /// # Errors
    /// As for [`Self::send`].
    pub async fn announce(&self, room: RoomId, text: &str) -> Result<MessageId, ClientError> {
        self.say(room, Saying::Announce(text.to_owned())).await
    }

    /// Puts your mark on a message, in the place of an earlier one; an empty mark takes it away. An emoji or a short
    /// word.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMessage`], [`ClientError::BadMark`],
    /// [`ClientError::Refused`].
    pub async fn react(
        &self,
        room: RoomId,
        message: MessageId,
        mark: &str,
    ) -> Result<(), ClientError> {
        self.say(room, Saying::React(message, mark.to_owned())).await.map(|_| ())
    }

    /// Gives an own message other words. Everybody sees that it was edited, nobody the earlier words any more.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMessage`], [`ClientError::NotYours`],
    /// [`ClientError::BadText`], [`ClientError::Refused`].
    pub async fn edit(
        &self,
        room: RoomId,
        message: MessageId,
        text: &str,
    ) -> Result<(), ClientError> {
        self.say(room, Saying::Edit(message, text.to_owned())).await.map(|_| ())
    }

    /// Takes an own message back: honest devices erase its words as soon as they hear of it. Who has read it has read it.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMessage`], [`ClientError::NotYours`],
    /// [`ClientError::Refused`].
    pub async fn take_back(&self, room: RoomId, message: MessageId) -> Result<(), ClientError> {
        self.say(room, Saying::TakeBack(message)).await.map(|_| ())
    }

    /// Asks a question with 2 to 16 answers to choose from. Screens show how often each was chosen, and not by whom;
    /// the answers are signed, so a changed program could tell.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::BadPoll`], [`ClientError::Refused`].
    pub async fn poll(
        &self,
        room: RoomId,
        question: &str,
        options: Vec<String>,
        several: bool,
    ) -> Result<MessageId, ClientError> {
        self.say(room, Saying::Poll(question.to_owned(), options, several)).await
    }

    /// Answers a poll by the numbers of options, from 0, in the place of an earlier answer; none takes it away.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMessage`], [`ClientError::NotAPoll`],
    /// [`ClientError::BadAnswer`], [`ClientError::PollClosed`], [`ClientError::Refused`].
    pub async fn answer(
        &self,
        room: RoomId,
        poll: MessageId,
        options: Vec<u32>,
    ) -> Result<(), ClientError> {
        self.say(room, Saying::Answer(poll, options)).await.map(|_| ())
    }

    /// Ends a poll: later answers do not count. Its author, or an organizer.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMessage`], [`ClientError::NotAPoll`],
    /// [`ClientError::NotYours`], [`ClientError::Refused`].
    pub async fn close_poll(&self, room: RoomId, poll: MessageId) -> Result<(), ClientError> {
        self.say(room, Saying::ClosePoll(poll)).await.map(|_| ())
    }

    /// Says when and where something will be.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::BadPlan`], [`ClientError::Refused`].
    pub async fn plan(&self, room: RoomId, planned: Planned) -> Result<MessageId, ClientError> {
        self.say(room, Saying::Plan(None, planned)).await
    }

    /// Changes a plan, one that was called off too: it is on again then. Its author, or an organizer.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMessage`], [`ClientError::NotAPlan`],
    /// [`ClientError::NotYours`], [`ClientError::BadPlan`], [`ClientError::Refused`].
    pub async fn change_plan(
        &self,
        room: RoomId,
        plan: MessageId,
        planned: Planned,
    ) -> Result<(), ClientError> {
        self.say(room, Saying::Plan(Some(plan), planned)).await.map(|_| ())
    }

    /// Calls a plan off. Its author, or an organizer.
    ///
    /// # Errors
    /// As for [`Self::change_plan`].
    pub async fn call_off(&self, room: RoomId, plan: MessageId) -> Result<(), ClientError> {
        self.say(room, Saying::CallOff(plan)).await.map(|_| ())
    }

    /// Pins a message for everybody, or takes it off.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMessage`], [`ClientError::Refused`].
    pub async fn pin(&self, room: RoomId, message: MessageId, on: bool) -> Result<(), ClientError> {
        self.say(room, Saying::Pin(message, on)).await.map(|_| ())
    }

    /// The messages of a room that this device has, in the room's order.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn history(&self, room: RoomId) -> Result<Vec<MessageView>, ClientError> {
        self.talk(room, |reply| Talk::History { unread_only: false, reply }).await
    }

    /// The messages behind the last one that was marked as read.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn unread(&self, room: RoomId) -> Result<Vec<MessageView>, ClientError> {
        self.talk(room, |reply| Talk::History { unread_only: true, reply }).await
    }

    /// The newest messages of a room before a position, or at its end: at most 500, the oldest of them first.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn messages(
        &self,
        room: RoomId,
        before: Option<Position>,
        limit: u32,
    ) -> Result<MessagesPage, ClientError> {
        self.talk(room, |reply| Talk::Messages { before, limit, reply }).await
    }

    /// One message.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownMessage`].
    pub async fn message(&self, room: RoomId, id: MessageId) -> Result<MessageView, ClientError> {
        self.talk(room, |reply| Talk::Message(id, reply)).await
    }

    /// What is pinned, the latest message first.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn pinned(&self, room: RoomId) -> Result<Vec<MessageView>, ClientError> {
        self.talk(room, Talk::Pinned).await
    }

    /// The newest messages that hold all the words, in one room or in all: at most 500. Nothing leaves this device.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn search(
        &self,
        words: &str,
        room: Option<RoomId>,
        limit: u32,
    ) -> Result<Vec<MessageView>, ClientError> {
        let words = words.to_owned();
        self.ask(|reply| Command::Search { words, room, limit, reply }).await
    }

    /// Remembers, on this device only, that the person has read up to `position`. Nobody is told.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn mark_read(&self, room: RoomId, position: Position) -> Result<(), ClientError> {
        self.talk(room, |reply| Talk::MarkRead(position, reply)).await
    }

    /// What the person has begun to write; may be empty.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn draft(&self, room: RoomId) -> Result<String, ClientError> {
        self.talk(room, Talk::Draft).await
    }

    /// Keeps what the person has begun to write, on this device only; nothing takes it away.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::BadText`].
    pub async fn set_draft(&self, room: RoomId, text: &str) -> Result<(), ClientError> {
        let text = text.to_owned();
        self.talk(room, |reply| Talk::SetDraft(text, reply)).await
    }

    /// Own messages that have no place in the room yet, in their order.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn waiting(&self, room: RoomId) -> Result<Vec<WaitingView>, ClientError> {
        self.talk(room, Talk::Waiting).await
    }

    /// What is odd about a text: see [`crate::text::oddities`].
    ///
    /// # Errors
    /// None: it is a call like the others for who asks over a socket.
    pub async fn check_text(&self, text: &str) -> Result<Vec<Oddity>, ClientError> {
        Ok(text::oddities(text))
    }

    /// Says what no client says, so that tests can attack a room from within.
    ///
    /// # Errors
    /// As for [`Self::send`].
    #[cfg(feature = "for-testing")]
    pub async fn dangerous_say_for_testing(
        &self,
        room: RoomId,
        content: offshift_protocol::room::Content,
    ) -> Result<MessageId, ClientError> {
        self.say(room, Saying::Anything(Box::new(content))).await
    }

    async fn say(&self, room: RoomId, saying: Saying) -> Result<MessageId, ClientError> {
        self.talk(room, |reply| Talk::Say(saying, reply)).await
    }

    pub(super) async fn talk<T>(
        &self,
        room: RoomId,
        talk: impl FnOnce(Reply<T>) -> Talk,
    ) -> Result<T, ClientError> {
        self.ask(|reply| Command::Talk(room, talk(reply))).await
    }
}
