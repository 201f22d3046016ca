//! What an app sees of a profile: plain values, copied out of the engine.
//!
//! Handles, names and texts come from other people. Make them plain before they meet a terminal or a web page.

mod alarm;
mod members;
mod message;
mod policy;
mod talk;
mod transfer;

pub use alarm::{AlarmKind, AlarmView};
pub use members::{
    ApplicantView, DeviceView, Exposure, MemberView, NoteOn, ObjectionView, OriginView,
    PastMemberView, ReturningView, StepView, VouchView, VoucherView,
};
pub use message::{
    FileState, FileView, MessageKind, MessageView, MotionKind, OptionView, PlanView, PollView,
    ReactionView, words_of,
};
pub use offshift_protocol::room::Care;
pub(crate) use policy::changes;
pub use policy::{BadTerm, MotionId, MotionView, PolicyView, Proposal, Term, TermValue, TermView};
pub use talk::{MessagesPage, Planned, WaitingKind, WaitingView};
pub use transfer::{TransferState, TransferView};

use offshift_link::LinkError;
use offshift_protocol::{
    ids::{ContactId, MeetingId},
    room::{RoomId, Suite},
};
use offshift_wire::{
    Address, Position, UnixMillis,
    link::RelayLink,
    receipt::{Against, Evidence},
    standing::Method,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::why::Why;

/// Whether a relay can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Nothing of this profile needs it now.
    Unused,
    /// A connection is there.
    Here,
    /// None is there, and why. It is tried again, unless somebody else answered in its place.
    Away(#[serde(with = "crate::json")] LinkError),
}

/// A relay of this profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayView {
    /// Its link.
    #[serde(with = "crate::json")]
    pub link: RelayLink,
    /// Whether it can be reached.
    pub reach: Reach,
    /// Whether this profile may deposit there.
    pub ticket: TicketState,
    /// Whom to ask for a ticket, in the host's words; may be empty.
    pub contact: String,
}

/// Whether a profile may deposit at a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// Nobody has asked the relay yet.
    Unknown,
    /// Whoever has its link may.
    Open,
    /// The ticket is good.
    Good,
    /// There is none.
    Missing,
    /// The ticket is good, and what it bought is used up. More comes within minutes.
    Refilling,
    /// The ticket's allowance of the day is used up.
    UsedUp,
    /// The relay does not take the ticket any more.
    Refused,
    /// The relay gave others another key: what the ticket bought is not used.
    Distrusted,
    /// The relay's week is another one than this device's: its clock seems wrong. Nothing is bought until that changes.
    WrongClock,
}

/// How a relay contradicts what it signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradicts {
    /// It signed that two envelopes lie in one place.
    TwoReceipts,
    /// It signed that an envelope lies in a place, and shows another one there.
    AnotherEnvelope,
    /// It signed that an envelope lies in a place, and shows none there.
    Missing,
}

/// What a relay signed, and what can't be true beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContradictionView {
    /// The relay's link, if this profile still has to do with it.
    #[serde(with = "crate::json")]
    pub relay: Option<RelayLink>,
    /// When it was found.
    #[serde(with = "crate::json")]
    pub found_at: UnixMillis,
    /// What is wrong.
    pub how: Contradicts,
    /// The evidence as others can check it: an `Evidence` of `proto/offshift/v1/evidence.proto`. It names the mailbox
    /// and, by hash, what was deposited: whoever gets it learns that.
    #[serde(with = "crate::json")]
    pub evidence: Vec<u8>,
}

impl ContradictionView {
    pub(crate) fn of(relay: Option<RelayLink>, evidence: &Evidence) -> Self {
        let how = match evidence.against {
            Against::Other(_) => Contradicts::TwoReceipts,
            Against::Shown(_) => Contradicts::AnotherEnvelope,
            Against::PassedBy(_) => Contradicts::Missing,
        };
        Self { relay, found_at: evidence.found_at, how, evidence: evidence.encode() }
    }

    /// The alarm that it is.
    pub fn alarm(&self) -> AlarmView {
        let why = Why::from(self.how);
        AlarmView {
            at: self.found_at,
            count: 1,
            room: None,
            kind: AlarmKind::RelayContradicts,
            who: self.relay.as_ref().map(|link| link.host().to_owned()).unwrap_or_default(),
            number: 0,
            sentence: format!("The relay {} contradicts itself: {why}.", self.host()),
            advice: AlarmKind::RelayContradicts.advice().into(),
            evidence: Some(self.evidence.clone()),
            why: Some(why),
        }
    }

    /// The relay's host, for words to people.
    pub fn host(&self) -> &str {
        self.relay.as_ref().map_or("a relay", |link| link.host())
    }
}

/// A code to show. It can be written as JSON since it is made to be shown: by another face of the same engine, too.
#[derive(Serialize, Deserialize)]
pub struct ShownCode {
    /// The meeting that began.
    #[serde(with = "crate::json")]
    pub meeting: MeetingId,
    /// The code as people type it.
    #[serde(with = "crate::json")]
    pub code: Zeroizing<String>,
    /// The same code as a QR code carries it.
    #[serde(with = "crate::json")]
    pub qr_text: Zeroizing<String>,
}

/// How far a meeting has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingState {
    /// For the other device.
    Waiting,
    /// For the person: do both screens show these words?
    Words {
        /// Three words.
        words: [String; 3],
        /// The other's handle.
        with: String,
    },
}

/// A meeting under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingView {
    /// Its name on this device.
    #[serde(with = "crate::json")]
    pub id: MeetingId,
    /// How far it has come.
    pub state: MeetingState,
}

/// Somebody who was met in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// Its name on this device.
    #[serde(with = "crate::json")]
    pub id: ContactId,
    /// Their handle.
    pub handle: String,
    /// When.
    #[serde(with = "crate::json")]
    pub met_at: UnixMillis,
    /// Whether this meeting has already brought them into a room of yours. Another room takes another meeting: keys
    /// that stood in two rooms would tell that both are of the same person.
    pub is_used: bool,
    /// Whether it is another device of your own.
    pub is_own_device: bool,
    /// How you met.
    #[serde(with = "crate::json")]
    pub method: Method,
    /// Your own note on them. It never leaves this device.
    pub note: Option<String>,
}

/// A room to found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Founding {
    /// Its name.
    pub name: String,
    /// Who founds it besides this device: 1 to 7 people whom you met.
    #[serde(with = "crate::json")]
    pub members: Vec<ContactId>,
    /// Who of them is an organizer too, at least one.
    #[serde(with = "crate::json")]
    pub organizers: Vec<ContactId>,
    /// Its cryptographic suite, fixed for ever.
    #[serde(with = "crate::json")]
    pub suite: Suite,
    /// The link of its relay; the profile's first if there is none.
    pub relay: Option<String>,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomView {
    /// Its name among rooms.
    #[serde(with = "crate::json")]
    pub id: RoomId,
    /// Its name for people.
    pub name: String,
    /// The relay that passes its messages.
    #[serde(with = "crate::json")]
    pub relay: RelayLink,
    /// Who is in it.
    pub members: Vec<MemberView>,
    /// How often its keys and its address have changed.
    pub epoch: u64,
    /// The mailbox at the relay where its messages lie now; nothing if this device is out.
    #[serde(with = "crate::json")]
    pub address: Option<Address>,
    /// How many messages of others were not read.
    pub unread: usize,
    /// How many of them mention you.
    pub unread_mentions: usize,
    /// Where the last message stands.
    #[serde(with = "crate::json")]
    pub last: Option<Position>,
    /// Whether you have begun to write something.
    pub draft: bool,
    /// Whether you are an organizer.
    pub is_organizer: bool,
    /// Whether you may write, and not only react and answer.
    pub may_post: bool,
    /// After how many milliseconds messages disappear; 0: never.
    pub disappear_ms: u64,
    /// How many own messages wait.
    pub waiting: usize,
    /// Whether this device was removed.
    pub is_removed: bool,
    /// Whether this device lost it and sends nothing: it asks to be taken back, or waits for people to compare.
    pub is_lost: bool,
    /// Whether this device has heard of too few organizers for two days: a removal may be withheld from it.
    pub is_stale: bool,
    /// From when some messages are not available, after this device was away too long; nothing when all that was said then
    /// would have disappeared anyway.
    #[serde(default, with = "crate::json")]
    pub gap_from: Option<UnixMillis>,
    /// Until when.
    #[serde(default, with = "crate::json")]
    pub gap_until: Option<UnixMillis>,
}

/// How a [`crate::Client::sync`] ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Synced {
    /// Everything that lay at the relays has been read, everything that waited is there.
    Complete,
    /// A relay is away or refuses. What waits goes on waiting.
    Away(#[serde(with = "crate::json")] LinkError),
}
