//! What a room tells the person.

use offshift_wire::{
    MemberId, MessageId, MotionId, Position, UnixMillis, admission::Motion, content::Content,
    standing::Method, token::IssuerKey,
};

use super::rejoin::Returning;
use crate::admission::Rule;

/// A message that was read from the room's log, one's own included.
#[derive(Clone, PartialEq, Eq)]
pub struct Received {
    /// Where it stands in the log of its epoch.
    pub position: Position,
    /// Its name, chosen by its author.
    pub id: MessageId,
    /// Who wrote it.
    pub sender: MemberId,
    /// The author's handle.
    pub handle: String,
    /// The time of its position, by the relay.
    pub at: UnixMillis,
    /// Whether this device wrote it.
    pub own: bool,
    /// What it says.
    pub content: Content,
}

/// Why an entry of the log was passed over. It changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// It does not open: not sealed for this channel.
    NotSealed,
    /// An envelope that was read before.
    Repeated,
    /// It opens, but what is inside is no message of this room and epoch.
    Malformed,
    /// A commit or proposal that the room's rules refuse.
    Refused(Rule),
    /// Words that only organizers may write here.
    NotAllowed,
    /// A message with an id that its author has used before.
    RepeatedMessage,
    /// Its author has written more in this epoch than anyone may.
    TooMany,
}

/// How somebody was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By organizers: denied from now on.
    Severed,
    /// By members: denied from now on.
    Recalled,
    /// A device of somebody who is trusted as before.
    Stopped,
}

/// Something that people should look at: somebody may be lying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alarm {
    /// A member says to be in another epoch of the same number: the relay shows different members different logs, or the
    /// member's device lies. A third member who compares tells which.
    Fork {
        /// Whose device said so.
        with: String,
    },
    /// No sign of enough organizers within 48 hours: a removal may be withheld from this device.
    Stale,
    /// The room seems to have gone on without this device.
    Behind,
    /// Messages of somebody are missing.
    Gap {
        /// The author's handle.
        sender: String,
        /// How many.
        missing: u32,
    },
    /// This device's vault is older than what it wrote.
    RolledBack,
    /// A commit binds that stands at another time than that at which it came: its author and the relay may have agreed
    /// on a false one, or this device's clock is wrong.
    Time {
        /// Who made it.
        by: String,
    },
}

/// What a room tells the person.
#[derive(Clone, PartialEq, Eq)]
pub enum RoomEvent {
    /// Somebody may be lying.
    Alarm(Alarm),
    /// A message came (one's own too, when it is settled).
    Message(Received),
    /// An own message is settled: everyone reads it at this place.
    Sent(MessageId),
    /// An own message was void, because a commit came before it; it is sent again by itself.
    Resent(MessageId),
    /// A member vouches for somebody.
    Applied {
        /// For whom.
        applicant: MemberId,
        /// Under which handle.
        handle: String,
        /// Who vouches.
        by: String,
        /// How the two met.
        method: Method,
    },
    /// A member is against letting somebody in.
    Objected {
        /// Whom.
        applicant: MemberId,
        /// Under which handle.
        handle: String,
        /// Who objects.
        by: String,
        /// Why; may be empty.
        reason: String,
    },
    /// Somebody came in.
    Joined {
        /// Who.
        member: MemberId,
        /// Under which handle.
        handle: String,
        /// Who committed it.
        by: String,
        /// Who vouched, and how they met; nobody for a founder.
        vouchers: Vec<(String, Method)>,
    },
    /// Another device of a member came in.
    DeviceJoined {
        /// Which.
        member: MemberId,
        /// Under which handle.
        handle: String,
        /// Whose.
        of: String,
    },
    /// A member under review was vouched for again.
    Confirmed {
        /// Who.
        member: MemberId,
        /// Under which handle.
        handle: String,
        /// Who committed it.
        by: String,
    },
    /// Somebody was removed.
    Removed {
        /// Who.
        member: MemberId,
        /// Under which handle.
        handle: String,
        /// Who committed it.
        by: String,
        /// How.
        how: How,
    },
    /// These came in by the word of somebody who was severed.
    ReviewNeeded(Vec<(MemberId, String)>),
    /// A member asks for something that needs several.
    MotionRaised {
        /// Its name.
        id: MotionId,
        /// What is asked for.
        motion: Motion,
        /// Who asks.
        by: String,
    },
    /// A motion is the room's will.
    MotionCarried {
        /// What.
        motion: Motion,
        /// Who committed it.
        by: String,
    },
    /// Other terms will bind.
    TermsWillChange {
        /// From when on.
        binds_at: UnixMillis,
    },
    /// A member was added again, with the same key.
    Rejoined {
        /// Who.
        member: MemberId,
        /// Under which handle.
        handle: String,
    },
    /// A member wants to come back after so long that a person is to decide.
    WantsBack(Returning),
    /// This device is back in the room. What was written in between it does not have.
    Returned {
        /// From when to when.
        gap: (UnixMillis, UnixMillis),
    },
    /// Organizers are heard of again.
    FreshAgain,
    /// The room has new keys and a new address.
    KeysChanged {
        /// The number of the epoch that begins.
        epoch: u64,
    },
    /// This device was removed.
    YouWereRemoved {
        /// By whom.
        by: String,
    },
    /// A commit binds everyone, but its secrets for this device don't open.
    Stranded {
        /// Who made that commit.
        by: String,
    },
    /// A change that this device wanted is not made: it would break a rule now.
    ChangeDropped(Rule),
    /// Somebody comes in by this device without a share of a ticket: it has none that may be shared.
    WithoutTicket {
        /// Under which handle.
        handle: String,
    },
    /// A member says which issuer key the room's relay gave it. Nobody has checked the relay's signature yet.
    IssuerKeySaid {
        /// Who.
        from: MemberId,
        /// Under which handle.
        handle: String,
        /// What the relay is said to have signed.
        key: IssuerKey,
    },
    /// An entry was passed over.
    Skipped {
        /// Why.
        why: Skipped,
        /// The handle of its sender, where its signature or its keys tell.
        by: Option<String>,
    },
}
