//! The messages of a room, pulled one by one.
//!
//! ```text
//! vault: history/{room}/... --a page behind the cursor--> MessageStream --one at a time--> the app
//!                                     ^-- read again when an event says that something happened
//! ```
//! The vault is the queue. So a reader may be as slow as it likes: nothing is kept for it, and nothing is lost to it.
//!
//! Never: a message twice; a message passed over that this device has; words shown that were taken back or have
//! disappeared before they were asked for.

use std::collections::VecDeque;

use offshift_protocol::room::RoomId;
use offshift_wire::Position;

use super::Client;
use crate::{
    command::Talk,
    error::ClientError,
    event::{Event, Events},
    view::MessageView,
};

impl Client {
    /// The messages of a room behind `after`, in the room's order: those that are here at once, the others as they come.
    /// [`Position::START`] is before the first one; [`Client::read_up_to`] is where [`Client::mark_read`] left off.
    ///
    /// Each comes once, as it is when it is asked for. What changes a message later (an edit, a mark) is an [`Event`].
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn example(client: &offshift_client::Client, room: offshift_client::RoomId)
    /// # -> Result<(), offshift_client::ClientError> {
    /// let mut messages = client.messages_from(room, client.read_up_to(room).await?);
    /// loop {
    ///     let message = messages.next().await?;
    ///     println!("{}: {}", message.handle, message.text.as_deref().unwrap_or_default());
    ///     client.mark_read(room, message.position).await?;
    /// }
    /// # }
    /// ```
    pub fn messages_from(&self, room: RoomId, after: Position) -> MessageStream<'_> {
        // Subscribed before the first look: what comes in between is seen by one of both.
        MessageStream { client: self, room, after, events: self.events(), page: VecDeque::new() }
    }

    /// Up to where [`Client::mark_read`] says that the person has read.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn read_up_to(&self, room: RoomId) -> Result<Position, ClientError> {
        self.talk(room, Talk::ReadUpTo).await
    }
}

#[cfg(feature = "for-testing")]
impl Client {
    /// Copies the last message of a room so many times behind itself, on this device only, so that benches need not
    /// wait for years.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`]; [`ClientError::UnknownMessage`] where there is none.
    pub async fn fill_for_testing(&self, room: RoomId, count: u64) -> Result<(), ClientError> {
        self.talk(room, |reply| Talk::FillForTesting(count, reply)).await
    }
}

/// The messages of a room behind a position; see [`Client::messages_from`]. It borrows the client: it ends with it.
pub struct MessageStream<'a> {
    client: &'a Client,
    room: RoomId,
    after: Position,
    events: Events,
    page: VecDeque<MessageView>,
}

impl MessageStream<'_> {
    /// The next message; waits for it. Dropping the wait loses no message, and none comes twice for it (OS-CLI-015).
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`]; [`ClientError::Closed`], or why the client ended.
    pub async fn next(&mut self) -> Result<MessageView, ClientError> {
        loop {
            self.forget_what_changed();
            // No state changes before the answer is here, so the wait may be dropped.
            if self.page.is_empty() {
                self.page = self.client.messages_after(self.room, self.after).await?.into();
            }
            if let Some(message) = self.page.pop_front() {
                self.after = message.position;
                return Ok(message);
            }
            if self.events.next().await.is_none() {
                return Err(self.client.why_ended());
            }
        }
    }

    /// The position of the message that came last: a stream from there goes on behind it, also after a restart.
    pub const fn position(&self) -> Position {
        self.after
    }

    /// Messages that wait in the page are read again when something happened since that may concern them.
    fn forget_what_changed(&mut self) {
        while let Some(event) = self.events.already_here() {
            // A new one stands behind those of the page.
            if !matches!(event, Event::Message(_)) {
                self.page.clear();
            }
        }
    }
}

impl Client {
    async fn messages_after(
        &self,
        room: RoomId,
        after: Position,
    ) -> Result<Vec<MessageView>, ClientError> {
        self.talk(room, |reply| Talk::After(after, reply)).await
    }
}
