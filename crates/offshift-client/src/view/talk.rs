//! What people write, and how much of it there is.

use offshift_protocol::room::MessageId;
use offshift_wire::UnixMillis;
use serde::{Deserialize, Serialize};

use super::MessageView;

/// Messages of a room, one beside the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagesPage {
    /// The oldest first.
    pub messages: Vec<MessageView>,
    /// Whether there are older ones.
    pub more: bool,
}

/// What somebody plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// What.
    pub title: String,
    /// Where; may be empty.
    pub place: String,
    /// When.
    #[serde(with = "crate::json")]
    pub starts_at: UnixMillis,
    /// What else to know; may be empty.
    pub note: String,
}

/// An own message that has no place in the room yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// Its name.
    #[serde(with = "crate::json")]
    pub id: MessageId,
    /// What kind of message it is.
    pub kind: WaitingKind,
    /// Its words: of a text, a poll's question, a plan's title, a mark, a caption.
    pub text: Option<String>,
}

/// What kind of message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// Words.
    Text,
    /// Words to everyone.
    Announcement,
    /// A mark on a message.
    Reaction,
    /// Other words for a message.
    Edit,
    /// A message is taken back.
    TakeBack,
    /// A poll.
    Poll,
    /// An answer to a poll.
    Answer,
    /// The end of a poll.
    ClosePoll,
    /// A plan, or a change of one.
    Plan,
    /// A message is pinned, or no longer.
    Pin,
    /// A file.
    File,
    /// Something about who is in the room.
    AboutRoom,
}
