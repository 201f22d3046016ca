//! Why a call of the client failed: by blame, in words, with the next step.

mod file;
mod kind;

use offshift_access::BadTicketCode;
use offshift_link::LinkError;
use offshift_protocol::meeting::{BadCode, BadDeviceCode};
use offshift_wire::link::BadLink;
use serde::{Deserialize, Serialize};

pub use file::FileError;
pub use kind::Detail;

use crate::{
    event::MeetingOver,
    export::CopyError,
    vault::{BadPassphrase, VaultError},
    view::BadTerm,
    why::Why,
};

/// Who can do something about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blame {
    /// The person, with what the error says.
    Person,
    /// The network, the relay or the disk.
    Outside,
    /// Somebody may be in between. Don't try again here.
    Trust,
    /// This program.
    Program,
}

/// Why a call failed. Nothing has changed then, unless a variant says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClientError {
    /// The profile can't be opened or written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The relay can't be reached or refuses.
    #[error(transparent)]
    Link(
        #[from]
        #[serde(with = "crate::json")]
        LinkError,
    ),
    /// Not the link of a relay.
    #[error(transparent)]
    BadLink(
        #[from]
        #[serde(with = "crate::json")]
        BadLink,
    ),
    /// Not a ticket.
    #[error(transparent)]
    BadTicket(
        #[from]
        #[serde(with = "crate::json")]
        BadTicketCode,
    ),
    /// Not a code for meeting.
    #[error(transparent)]
    BadCode(
        #[from]
        #[serde(with = "crate::json")]
        BadCode,
    ),
    /// The profile has no relay.
    #[error("this profile has no relay yet; add one first")]
    NoRelay,
    /// The profile has another relay.
    #[error("this relay is not one of this profile's; add it first")]
    UnknownRelay,
    /// A new identity is one behind the same address.
    #[error(
        "these two links name different addresses, so they are different relays; add the new one alone"
    )]
    OtherRelay,
    /// As many as one may have.
    #[error("this profile has as many {0} as it may have")]
    TooMany(#[serde(with = "crate::json::fixed")] crate::json::Words),
    /// Not a handle.
    #[error("a handle is 1 to 32 plain characters on one line; choose another")]
    BadHandle,
    /// Not a room's name.
    #[error("a room's name is 1 to 128 plain characters on one line; choose another")]
    BadRoomName,
    /// Not a message.
    #[error("a message has at least one character and at most 48 KiB; make it shorter")]
    BadText,
    /// There is no such meeting.
    #[error("this meeting is over or never was; meet again with a new code")]
    UnknownMeeting,
    /// The words are not there, or no longer.
    #[error("there are no words to compare; meet again with a new code")]
    NoWords,
    /// A meeting is over.
    #[error("the meeting is over; meet again with a new code")]
    MeetingOver(MeetingOver),
    /// There is no such contact.
    #[error("you have not met this person")]
    UnknownContact,
    /// A meeting is good for one room.
    #[error(
        "your meeting with this person is already used for a room; for another room meet again"
    )]
    ContactUsed,
    /// A card is good for one room, and for some weeks.
    #[error(
        "the card that this person got is used or too old; meet both again, one like the other"
    )]
    CardUsed,
    /// Somebody is against it.
    #[error("{0} members object; read why, then admit all the same or not at all")]
    Objections(usize),
    /// There is no such room.
    #[error("there is no such room on this device")]
    UnknownRoom,
    /// There is no such member.
    #[error("this person is not in the room")]
    UnknownMember,
    /// There is no such applicant.
    #[error("nobody vouches for this person here; list the applicants again")]
    UnknownApplicant,
    /// There is no such motion.
    #[error("there is no such motion, or it is over; list the motions again")]
    UnknownMotion,
    /// There is no such message.
    #[error("there is no such message on this device; it may have disappeared")]
    UnknownMessage,
    /// Another's message, or one that takes no change.
    #[error("only who wrote a message changes it or takes it back, and only its words")]
    NotYours,
    /// Not a mark.
    #[error("a mark is an emoji or a short word")]
    BadMark,
    /// Not a poll.
    #[error("a poll has a question and 2 to 16 short answers; change it")]
    BadPoll,
    /// Not a plan.
    #[error("a plan has a title, and a time; make its texts shorter than 512 bytes")]
    BadPlan,
    /// Another kind of message.
    #[error("this message is not a poll")]
    NotAPoll,
    /// Another kind of message.
    #[error("this message is not a plan")]
    NotAPlan,
    /// Not an answer to this poll.
    #[error("the poll does not take this answer; look at it again")]
    BadAnswer,
    /// The poll is over.
    #[error("this poll is closed; answers do not count any more")]
    PollClosed,
    /// Not a term, or not a value of it.
    #[error(transparent)]
    BadTerm(#[from] BadTerm),
    /// Not a code for linking a device.
    #[error(transparent)]
    BadDeviceCode(
        #[from]
        #[serde(with = "crate::json")]
        BadDeviceCode,
    ),
    /// Not a passphrase.
    #[error(transparent)]
    BadPassphrase(#[from] BadPassphrase),
    /// A copy can't be made or read.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// Not a note.
    #[error("a note has at most 512 bytes; make it shorter")]
    BadNote,
    /// The rules of rooms say no.
    #[error("{}", .0.refusal())]
    Refused(Box<Why>),
    /// Something is wrong with a file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The client has ended.
    #[error("the profile is closed; open it again")]
    Closed,
    /// A defect of this program.
    #[error("a defect in this program: {0}; please report it")]
    Bug(#[serde(with = "crate::json::fixed")] crate::json::Words),
}

impl ClientError {
    /// Who can do something about it.
    pub const fn blame(&self) -> Blame {
        match self {
            Self::Vault(VaultError::Disk(_) | VaultError::Unsettled | VaultError::Resources) => {
                Blame::Outside
            }
            Self::Vault(VaultError::Bug(_)) | Self::Bug(_) | Self::Link(LinkError::Bug(_)) => {
                Blame::Program
            }
            Self::Copy(CopyError::Disk) => Blame::Outside,
            Self::File(error) => error.blame(),
            Self::Link(LinkError::Identity) => Blame::Trust,
            Self::MeetingOver(MeetingOver::SecondScanner | MeetingOver::Misbehaved) => Blame::Trust,
            Self::Link(LinkError::Clock) => Blame::Person,
            Self::Link(_) => Blame::Outside,
            _ => Blame::Person,
        }
    }
}
