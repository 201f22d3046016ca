//! What happens in a profile, as it happens.

use offshift_protocol::{
    ids::MeetingId,
    meeting::AbortReason,
    room::{How, MemberId, MessageId, MotionId, RoomId},
};
use offshift_wire::{UnixMillis, link::RelayLink, standing::Method};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::{
    Receiver,
    error::{RecvError, TryRecvError},
};

use crate::{
    view::{
        AlarmView, ContactView, ContradictionView, MessageView, MotionKind, Reach, TicketState,
        TransferView,
    },
    why::Why,
};

/// Something that happened. All that matters later is in the vault too: histories, rooms, contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// A relay came or went.
    Reach {
        /// Which.
        #[serde(with = "crate::json")]
        relay: RelayLink,
        /// How it is now.
        reach: Reach,
    },
    /// A relay refused a deposit. What is refused for now is tried again by itself.
    Refused {
        /// Which.
        #[serde(with = "crate::json")]
        relay: RelayLink,
        /// Why.
        why: Why,
    },
    /// Both devices have shown their cards: let the person compare the words.
    Words {
        /// In which meeting.
        #[serde(with = "crate::json")]
        meeting: MeetingId,
        /// What both screens must show.
        words: [String; 3],
        /// The other's handle.
        with: String,
    },
    /// A meeting is over, without a contact.
    MeetingOver {
        /// Which.
        #[serde(with = "crate::json")]
        meeting: MeetingId,
        /// Why.
        why: MeetingOver,
    },
    /// A meeting gave a contact.
    Met {
        /// Which.
        #[serde(with = "crate::json")]
        meeting: MeetingId,
        /// Who.
        contact: ContactView,
    },
    /// This device is in a room that it was not in before.
    RoomOpened {
        /// Which.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Its name.
        name: String,
    },
    /// A message, one's own included, at its place in the room's order.
    Message(MessageView),
    /// An older message is not as it was: edited, taken back, marked, answered, changed or pinned. As it is now.
    Changed(MessageView),
    /// A copy that the person asked for is so far.
    Copying {
        /// Bytes that are written.
        done: u64,
        /// Of so many, about.
        total: u64,
    },
    /// What was said in a room before this time is past the room's time and was removed from this device.
    Disappeared {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Before when.
        #[serde(with = "crate::json")]
        until: UnixMillis,
    },
    /// An own message is settled.
    Sent {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Which.
        #[serde(with = "crate::json")]
        message: MessageId,
    },
    /// The room's keys changed before an own message came through; it goes out again by itself.
    SentAgain {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Which.
        #[serde(with = "crate::json")]
        message: MessageId,
    },
    /// A member vouches for somebody.
    Applied {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// For whom.
        #[serde(with = "crate::json")]
        applicant: MemberId,
        /// Their handle.
        handle: String,
        /// Who vouches.
        by: String,
        /// How they met.
        #[serde(with = "crate::json")]
        method: Method,
    },
    /// A member is against letting somebody in.
    Objected {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Whom.
        #[serde(with = "crate::json")]
        applicant: MemberId,
        /// Their handle.
        handle: String,
        /// Who objects.
        by: String,
        /// Why; may be empty.
        reason: String,
    },
    /// Somebody came into a room.
    Joined {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Who.
        #[serde(with = "crate::json")]
        member: MemberId,
        /// Their handle.
        handle: String,
        /// Who let them in.
        by: String,
        /// Who vouched for them, and how they met; nobody for a founder.
        #[serde(with = "crate::json")]
        vouchers: Vec<(String, Method)>,
    },
    /// Another device of a member came into a room.
    DeviceJoined {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Which device.
        #[serde(with = "crate::json")]
        member: MemberId,
        /// Its handle.
        handle: String,
        /// Whose it is.
        of: String,
    },
    /// A member under review was vouched for again.
    Confirmed {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Who.
        #[serde(with = "crate::json")]
        member: MemberId,
        /// Their handle.
        handle: String,
        /// Who confirmed it.
        by: String,
    },
    /// Somebody was removed from a room.
    Removed {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Who.
        #[serde(with = "crate::json")]
        member: MemberId,
        /// Their handle.
        handle: String,
        /// By whom.
        by: String,
        /// How.
        #[serde(with = "crate::json")]
        how: How,
    },
    /// These came in by the word of somebody who was removed: they need to be vouched for again.
    ReviewNeeded {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Who, and their handles.
        #[serde(with = "crate::json")]
        members: Vec<(MemberId, String)>,
    },
    /// A member asks for something that needs the word of several.
    MotionRaised {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Its name.
        #[serde(with = "crate::json")]
        motion: MotionId,
        /// What.
        what: MotionKind,
        /// Who asks.
        by: String,
    },
    /// Enough members approved something.
    MotionCarried {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// What.
        what: MotionKind,
        /// Who carried it out.
        by: String,
    },
    /// Other terms of a room will bind.
    TermsWillChange {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// From when on.
        #[serde(with = "crate::json")]
        binds_at: UnixMillis,
    },
    /// A member who had lost the room is back.
    Rejoined {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Who.
        #[serde(with = "crate::json")]
        member: MemberId,
        /// Their handle.
        handle: String,
    },
    /// This device is back in a room that it had lost. What was said in between is not available.
    Returned {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// The last that it read before.
        #[serde(with = "crate::json")]
        from: UnixMillis,
        /// When it came back.
        #[serde(with = "crate::json")]
        until: UnixMillis,
    },
    /// A member who was away for long asks to be taken back: an organizer decides.
    WantsBack {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Who.
        #[serde(with = "crate::json")]
        member: MemberId,
        /// Their handle.
        handle: String,
        /// Since when, by their own word.
        #[serde(with = "crate::json")]
        absent_since: UnixMillis,
    },
    /// Organizers are heard of again, after an alarm that they were not.
    FreshAgain {
        /// In which room.
        #[serde(with = "crate::json")]
        room: RoomId,
    },
    /// Something that the person must know. It is kept; see [`crate::Client::alarms`].
    Alarm(AlarmView),
    /// A room has new keys and a new address.
    KeysChanged {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
    },
    /// A change of a room that this device wanted is not made: it breaks a rule by now.
    ChangeDropped {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// The rule.
        why: Why,
    },
    /// This device was removed from a room.
    YouWereRemoved {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// By whom.
        by: String,
    },
    /// Something in a room was passed over: broken, repeated, or not allowed. It changed nothing.
    NotShown {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Whose, where that can be told.
        by: Option<String>,
    },
    /// An invitation into a room that can't be used. Ask for another meeting.
    NotJoined {
        /// Who sent it, if you met them.
        from: Option<String>,
    },
    /// A relay contradicts what it signed: a crime or a damaged disk, and no reason to trust it further. The evidence
    /// is kept; show it to whoever runs the relay, and move to another one.
    RelayContradicts(ContradictionView),
    /// Whether this profile may deposit at a relay, when that matters: what can't be deposited waits.
    Ticket {
        /// Which.
        #[serde(with = "crate::json")]
        relay: RelayLink,
        /// How it is now.
        state: TicketState,
        /// Whom to ask, in the host's words; may be empty.
        contact: String,
    },
    /// A meeting waits, since neither of the two can pay for what this device says. It goes on by itself when one can.
    MeetingUnpaid {
        /// Which.
        #[serde(with = "crate::json")]
        meeting: MeetingId,
        /// At which relay.
        #[serde(with = "crate::json")]
        relay: RelayLink,
        /// How it stands with this profile's ticket there.
        state: TicketState,
        /// Whom to ask, in the host's words; may be empty.
        contact: String,
    },
    /// A relay goes by a new identity, which its old one signed. This device uses it from now on; what was given to
    /// others with the old one in it leads there for as long as the relay's host lets it.
    RelayFollowed {
        /// As it was known.
        #[serde(with = "crate::json")]
        relay: RelayLink,
        /// Its link from now on.
        #[serde(with = "crate::json")]
        to: RelayLink,
    },
    /// Somebody comes into a room by this device and got no ticket of its relay: this device has none to share.
    WithoutTicket {
        /// Which room.
        #[serde(with = "crate::json")]
        room: RoomId,
        /// Their handle.
        handle: String,
    },
    /// A file on its way has come further, or to its end.
    Transfer(TransferView),
    /// The reader of these events was too slow for this many. Look into the histories.
    Missed {
        /// How many.
        count: u64,
    },
}

/// Why a meeting is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingOver {
    /// Its ten minutes.
    Expired,
    /// A person stopped it, here or there.
    Stopped,
    /// Another device used the same code.
    SecondScanner,
    /// The other side, or somebody in between, broke the order of a meeting.
    Misbehaved,
}

impl From<AbortReason> for MeetingOver {
    fn from(reason: AbortReason) -> Self {
        match reason {
            AbortReason::Expired => Self::Expired,
            AbortReason::Stopped | AbortReason::Other => Self::Stopped,
            AbortReason::SecondScanner => Self::SecondScanner,
            AbortReason::OutOfTurn
            | AbortReason::Garbled
            | AbortReason::BrokenCommit
            | AbortReason::BadCard => Self::Misbehaved,
        }
    }
}

/// The events of one client from the moment on when it was asked for them.
pub struct Events(pub(crate) Receiver<Event>);

impl Events {
    /// Waits for the next event; nothing after the client has ended. Cancel-safe.
    pub async fn next(&mut self) -> Option<Event> {
        match self.0.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(count)) => Some(Event::Missed { count }),
            Err(RecvError::Closed) => None,
        }
    }

    /// The next event, if it is here already.
    pub fn already_here(&mut self) -> Option<Event> {
        match self.0.try_recv() {
            Ok(event) => Some(event),
            Err(TryRecvError::Lagged(count)) => Some(Event::Missed { count }),
            Err(TryRecvError::Empty | TryRecvError::Closed) => None,
        }
    }
}
