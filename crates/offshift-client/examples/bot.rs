//! A bot: whoever asks its question in a room gets its answer, as a reply.
//!
//! ```text
//! OFFSHIFT_PASSPHRASE=... cargo run -p offshift-client --example bot -- \
//!     PROFILE ROOM "when do we meet?" "Tuesday at 7, in the back room."
//! ```
//! It is a member like any other: somebody met it and founded the room with it, or let it in, by `offshift --profile
//! PROFILE`. It may be killed at any time: it goes on behind the last message that it dealt with, and what it said it
//! would send is sent once. Killed between its answer and its mark, it answers that one question again.

use std::{env, error::Error, path::PathBuf};

use offshift_client::{Care, Client, ClientError, MessageView, Passphrase, RoomId};

/// What it answers to.
pub(crate) struct Bot {
    /// The question, in any case, anywhere in a message.
    pub(crate) question: String,
    /// The answer.
    pub(crate) answer: String,
}

impl Bot {
    /// Reads the room for as long as the client lives.
    pub(crate) async fn run(&self, client: &Client, room: RoomId) -> Result<(), ClientError> {
        let mut messages = client.messages_from(room, client.read_up_to(room).await?);
        loop {
            let message = messages.next().await?;
            if self.is_asked(&message) {
                client.send(room, &self.answer, Some(message.id), Care::Ordinary).await?;
            }
            client.mark_read(room, message.position).await?;
        }
    }

    /// Its own answers may quote the question: it does not talk to itself.
    fn is_asked(&self, message: &MessageView) -> bool {
        let question = self.question.to_lowercase();
        let asks = |text: &String| text.to_lowercase().contains(&question);
        !message.own && message.text.as_ref().is_some_and(asks)
    }
}

/// The room of this name.
async fn room_named(client: &Client, name: &str) -> Result<RoomId, Box<dyn Error>> {
    let rooms = client.rooms().await?;
    let found = rooms.into_iter().find(|room| room.name == name).map(|room| room.id);
    found.ok_or_else(|| format!("no room is called {name}").into())
}

#[tokio::main]
#[allow(dead_code, reason = "the test calls the bot without it")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let mut word = |what: &str| words.next().ok_or_else(|| format!("{what} is missing"));
    let (profile, room) = (PathBuf::from(word("PROFILE")?), word("ROOM")?);
    let bot = Bot { question: word("the question")?, answer: word("the answer")? };
    let passphrase = Passphrase::new(env::var("OFFSHIFT_PASSPHRASE")?.into());
    let client = Client::open(&profile, passphrase).await?;
    let room = room_named(&client, &room).await?;
    tokio::select! {
        ended = bot.run(&client, room) => ended?,
        ended = tokio::signal::ctrl_c() => ended?,
    }
    client.close().await;
    Ok(())
}
