//! Messages, and what members said about the room in between.

use std::fmt;

use offshift_protocol::room::{MemberId, MessageId, RoomId};
use offshift_wire::{Position, UnixMillis, standing::Method};
use serde::{Deserialize, Serialize};

use super::policy::{Term, TermValue};

/// A message that everyone in the room reads at the same place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    /// In which room.
    #[serde(with = "crate::json")]
    pub room: RoomId,
    /// Its name.
    #[serde(with = "crate::json")]
    pub id: MessageId,
    /// Its place in the room's order.
    #[serde(with = "crate::json")]
    pub position: Position,
    /// When the relay says that it came.
    #[serde(with = "crate::json")]
    pub at: UnixMillis,
    /// Who wrote it.
    #[serde(with = "crate::json")]
    pub sender: MemberId,
    /// The author's handle.
    pub handle: String,
    /// Whether this device wrote it.
    pub own: bool,
    /// What kind of message it is.
    pub kind: MessageKind,
    /// Its words; nothing if it is of another kind than words.
    pub text: Option<String>,
    /// Which message it answers.
    #[serde(with = "crate::json")]
    pub reply_to: Option<MessageId>,
    /// Whether its words are not the first ones any more.
    pub is_edited: bool,
    /// Whether it is pinned.
    pub is_pinned: bool,
    /// Whether it mentions you.
    pub mentions_you: bool,
    /// The marks on it, the most frequent first.
    pub reactions: Vec<ReactionView>,
}

/// A mark on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionView {
    /// An emoji or a short word.
    pub mark: String,
    /// Whose it is, by handle, in the order in which they came.
    pub by: Vec<String>,
    /// Whether one of them is yours.
    pub own: bool,
}

/// A poll, as far as it has gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollView {
    /// What is asked.
    pub question: String,
    /// What can be chosen.
    pub options: Vec<OptionView>,
    /// Whether one may choose several.
    pub several: bool,
    /// How many members have answered.
    pub answers: usize,
    /// Whether no more answers count.
    pub is_closed: bool,
}

/// One option of a poll. Who chose it is not shown, though a changed program could tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionView {
    /// What it says.
    pub text: String,
    /// How many chose it.
    pub count: usize,
    /// Whether you did.
    pub own: bool,
}

/// A plan, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanView {
    /// What is planned.
    pub title: String,
    /// Where; may be empty.
    pub place: String,
    /// When.
    #[serde(with = "crate::json")]
    pub starts_at: UnixMillis,
    /// What else to know; may be empty.
    pub note: String,
    /// Whether it is called off.
    pub is_called_off: bool,
    /// Who changed it last, by handle; nothing: it is as it was first.
    pub changed_by: Option<String>,
}

/// A file, and how much of it is on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// Its name, made plain; a name for a disk all the same.
    pub name: String,
    /// Its media type, by its sender's word.
    pub media_type: String,
    /// Its length.
    pub bytes: u64,
    /// Until when the relay has it.
    #[serde(with = "crate::json")]
    pub until: UnixMillis,
    /// Words that go with it; may be empty.
    pub caption: String,
    /// Whether something small to look at came with it: [`crate::Client::preview`].
    pub has_preview: bool,
    /// How far it is.
    pub state: FileState,
}

/// How far a file has come to this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It lies at the relay; nothing is fetched by itself.
    Offered,
    /// It is coming: so many bytes are here.
    Coming {
        /// Bytes that are here.
        bytes: u64,
    },
    /// It is here, sealed.
    Here,
    /// The relay has forgotten it, and it is not here.
    Gone,
    /// What came is not what was sent.
    Damaged,
}

/// What kind of message it is. Handles are those that this device knows; somebody unknown is "somebody".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Words.
    Text,
    /// The author met somebody and vouches for them.
    Vouched {
        /// For whom.
        applicant: String,
        /// How they met.
        #[serde(with = "crate::json")]
        method: Method,
    },
    /// The author vouches for a member who is under review.
    Revouched {
        /// For whom.
        member: String,
        /// How they met.
        #[serde(with = "crate::json")]
        method: Method,
    },
    /// The author is against letting somebody in.
    Objection {
        /// Whom.
        applicant: String,
        /// Why; may be empty.
        reason: String,
    },
    /// The author is for a motion.
    Approved(MotionKind),
    /// Words of an organizer to everyone.
    Announcement,
    /// A question with answers to choose from.
    Poll(PollView),
    /// A time and a place.
    Plan(PlanView),
    /// A file.
    File(FileView),
    /// Its author took it back.
    TakenBack,
    /// A kind that this version does not know.
    Unknown,
}

/// What members decide together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MotionKind {
    /// Remove these at once.
    Sever(Vec<String>),
    /// Remove this one without an organizer.
    Recall(String),
    /// Change the policy: the terms that differ, and their new values.
    Terms(Vec<(Term, TermValue)>),
    /// Another organizer.
    NameOrganizer(String),
    /// No organizer any more.
    DropOrganizer(String),
    /// Let this one be vouched for again.
    Lift(String),
}

impl MessageKind {
    /// The line that stands in the room instead of words.
    pub fn sentence(&self, by: &str) -> Option<String> {
        Some(match self {
            Self::Text
            | Self::Announcement
            | Self::Poll(_)
            | Self::Plan(_)
            | Self::File(_)
            | Self::TakenBack
            | Self::Unknown => return None,
            Self::Vouched { applicant, method } => {
                format!("{by} vouches for {applicant} ({}).", words_of(*method))
            }
            Self::Revouched { member, method } => {
                format!("{by} vouches for {member} again ({}).", words_of(*method))
            }
            Self::Objection { applicant, reason } if reason.is_empty() => {
                format!("{by} is against letting {applicant} in.")
            }
            Self::Objection { applicant, reason } => {
                format!("{by} is against letting {applicant} in: {reason}")
            }
            Self::Approved(motion) => format!("{by} is for this: {motion}."),
        })
    }
}

/// How two people met, in words.
pub const fn words_of(method: Method) -> &'static str {
    match method {
        Method::InPerson => "met in person",
        Method::Call => "met in a call",
    }
}

impl fmt::Display for MotionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sever(handles) => write!(f, "remove {}", handles.join(", ")),
            Self::Recall(handle) => write!(f, "remove {handle} by the word of members"),
            Self::Terms(changes) if changes.is_empty() => write!(f, "the policy as it is now"),
            Self::Terms(changes) => {
                let change = |(term, value): &(Term, TermValue)| format!("{term} {value}");
                let changes: Vec<_> = changes.iter().map(change).collect();
                write!(f, "change the policy: {}", changes.join(", "))
            }
            Self::NameOrganizer(handle) => write!(f, "make {handle} an organizer"),
            Self::DropOrganizer(handle) => write!(f, "{handle} is an organizer no more"),
            Self::Lift(handle) => write!(f, "let {handle} be vouched for again"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_members_say_about_the_room_is_a_sentence() {
        let vouched =
            MessageKind::Vouched { applicant: "Dee".to_owned(), method: Method::InPerson };
        let sentence = vouched.sentence("Ben");
        assert_eq!(sentence.as_deref(), Some("Ben vouches for Dee (met in person)."));
        let motion = MotionKind::Terms(vec![(Term::Vouches, TermValue::Count(3))]);
        let approved = MessageKind::Approved(motion).sentence("Ana");
        assert_eq!(approved.as_deref(), Some("Ana is for this: change the policy: vouches 3."));
        assert_eq!(MessageKind::Text.sentence("Ana"), None);
    }
}
