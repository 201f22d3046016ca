//! Why a room did not do what was asked. Nothing changed then.

use offshift_wire::Malformed;

use crate::{admission::Rule, bug::Bug};

/// Why a room was not founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FoundRefused {
    /// Fewer than two organizers are named.
    #[error("a room needs two organizers; name at least one of the others an organizer")]
    TooFewOrganizers,
    /// A card has no key package for this suite.
    #[error("one of the cards does not fit this kind of room; meet again with the newest version")]
    Suite,
    /// A rule that every device checks.
    #[error("the room's rules do not allow it: {}", .0.sentence())]
    Rule(Rule),
    /// Ours to mend.
    #[error(transparent)]
    Bug(#[from] Bug),
}

/// Why a Welcome did not bring this device into a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinRefused {
    /// It was not sealed by somebody who was met with this application, or not by the member who signed it.
    #[error("this invitation is not from the person you met, nor from an organizer; ignore it")]
    NotFromContact,
    /// Fewer than two of those who were met with this application are members who vouched.
    #[error(
        "this invitation is not to the room of those who vouch for you; ask them before you try again"
    )]
    Introductions,
    /// The inbox keys of the application are erased: it lay too long.
    #[error("this invitation came too late; meet again with a new card")]
    TooOld,
    /// It is damaged, for another application, or used before.
    #[error("this invitation does not open; ask for a new one at a new meeting")]
    Malformed(#[from] Malformed),
    /// What it leads to breaks a rule.
    #[error("this invitation leads to a room that breaks the rules: {}", .0.sentence())]
    Rule(Rule),
    /// Its member does not have the identity that was applied with.
    #[error("this invitation is for somebody else's application; ignore it")]
    NotYours,
    /// Ours to mend.
    #[error(transparent)]
    Bug(#[from] Bug),
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendRefused {
    /// A commit that binds the room did not open here. `Room::is_stranded` names its author; an error text
    /// names nobody (N7).
    #[error(
        "this device lost the room; keep it online until an organizer's device lets it back in"
    )]
    Stranded,
    /// The log has own envelopes that this device does not know: its vault is an old copy.
    #[error(
        "this device was restored from an old copy; keep it online until an organizer's device lets it back in"
    )]
    RolledBack,
    /// The room seems to have gone on without this device.
    #[error(
        "the room seems to have gone on without this device; keep it online until an organizer's device lets it back in"
    )]
    Lost,
    /// The relay shows different members different logs, or somebody lies.
    #[error(
        "stop writing here: you and another member see different rooms, or that member's device lies; ask a third member: if they see the same as you, put the other out; if not, found the room again over another relay"
    )]
    Forked,
    /// It is sensitive, and a removal may be withheld from this device.
    #[error(
        "this was not sent: no organizer was heard of for 48 hours, so somebody who was put out might still read here; go online, or ask an organizer"
    )]
    Stale,
    /// This device is no longer a member.
    #[error("you are not a member of this room any more")]
    Removed,
    /// Content of a kind that this version does not write.
    #[error("this version can't write that kind of message; update it")]
    Content,
    /// The terms leave writing to organizers.
    #[error("only organizers write in this room; you can still react and answer polls")]
    OnlyOrganizers,
    /// Announcements are organizers'.
    #[error("only organizers announce; send it as a message")]
    Announcement,
    /// Too many messages wait for the relay.
    #[error("too many messages wait for the relay; send again when it is reachable")]
    TooMany,
    /// Ours to mend.
    #[error(transparent)]
    Bug(#[from] Bug),
}

/// Why a change of the room was not begun.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// As for messages.
    #[error(transparent)]
    Send(#[from] SendRefused),
    /// A rule that every device checks.
    #[error("the room's rules do not allow it: {}", .0.sentence())]
    Rule(Rule),
    /// The card has no key package for this room's suite.
    #[error("the card does not fit this room; meet again with the newest version")]
    Suite,
    /// There is no such member.
    #[error("there is no such member; list the members again")]
    NoSuchMember,
    /// There is no such applicant.
    #[error("nobody vouched for such an applicant here; list the applicants again")]
    NoSuchApplicant,
    /// An objection says more than one may.
    #[error("a reason has at most 512 bytes; say it shorter")]
    Reason,
    /// More devices than one commit removes.
    #[error("at most 256 devices go at once; do it in two steps")]
    TooManyAtOnce,
    /// There is no such motion.
    #[error("there is no such motion any more; list the motions again")]
    NoSuchMotion,
    /// The contact was met for something else, or with another card of ours.
    #[error("this meeting was not for that; meet again with a code of the right kind")]
    OtherMeeting,
    /// Too many changes wait for each other.
    #[error("earlier changes still wait for the relay; try again when they are done")]
    TooMany,
    /// Ours to mend.
    #[error(transparent)]
    Bug(#[from] Bug),
}

/// Why a room's records could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a room's records are damaged; restore the profile from a copy, or be added again")]
pub struct LoadRefused;

impl From<Malformed> for LoadRefused {
    fn from(_: Malformed) -> Self {
        Self
    }
}

impl From<Bug> for LoadRefused {
    fn from(_: Bug) -> Self {
        Self
    }
}
