//! Messages, and what members said about the room in between.

use std::fmt;

use offshift_protocol::room::{MessageId, RoomId};
use offshift_wire::{Position, UnixMillis, standing::Method};

use super::policy::{Term, TermValue};

/// A message that everyone in the room reads at the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    /// In which room.
    pub room: RoomId,
    /// Its name.
    pub id: MessageId,
    /// Its place in the room's order.
    pub position: Position,
    /// When the relay says that it came.
    pub at: UnixMillis,
    /// Who wrote it.
    pub handle: String,
    /// Whether this device wrote it.
    pub own: bool,
    /// What kind of message it is.
    pub kind: MessageKind,
    /// Its words; nothing if it is of another kind than words.
    pub text: Option<String>,
    /// Which message it answers.
    pub reply_to: Option<MessageId>,
}

/// What kind of message it is. Handles are those that this device knows; somebody unknown is "somebody".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageKind {
    /// Words.
    Text,
    /// The author met somebody and vouches for them.
    Vouched {
        /// For whom.
        applicant: String,
        /// How they met.
        method: Method,
    },
    /// The author vouches for a member who is under review.
    Revouched {
        /// For whom.
        member: String,
        /// How they met.
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
    /// A kind that this version does not know.
    Unknown,
}

/// What members decide together.
#[derive(Debug, Clone, PartialEq, Eq)]
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
            Self::Text | Self::Unknown => return None,
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
