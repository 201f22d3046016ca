//! Who is in a room, who was, who wants to come in or back, and what somebody could read.

use offshift_protocol::room::MemberId;
use offshift_wire::{
    UnixMillis,
    standing::{Method, State},
};
use serde::{Deserialize, Serialize};

use crate::why::Why;

/// A member of a room: one device of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// The member's name in this room.
    #[serde(with = "crate::json")]
    pub id: MemberId,
    /// The member's handle.
    pub handle: String,
    /// Whether they may let people in and remove them.
    pub is_organizer: bool,
    /// Whether it is this device.
    pub is_you: bool,
    /// The handle of the founder from whom the member's admission descends.
    pub branch: String,
    /// How they came in.
    pub origin: OriginView,
    /// When.
    #[serde(with = "crate::json")]
    pub joined_at: UnixMillis,
    /// Until then their vouches do not count.
    #[serde(with = "crate::json")]
    pub probation_until: Option<UnixMillis>,
    /// Whether they need to be vouched for again, because somebody who vouched for them was removed.
    pub is_under_review: bool,
    /// Your own note on them. It never leaves this device.
    pub note: Option<String>,
}

/// How a member came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginView {
    /// With the founding.
    Founder,
    /// By the word of these.
    Vouched(Vec<VoucherView>),
    /// As another device of somebody who is in.
    DeviceOf {
        /// Whose.
        #[serde(with = "crate::json")]
        member: MemberId,
        /// Their handle.
        handle: String,
    },
}

/// Who vouched for a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherView {
    /// Who.
    #[serde(with = "crate::json")]
    pub member: MemberId,
    /// Their handle.
    pub handle: String,
    /// How they met.
    #[serde(with = "crate::json")]
    pub method: Method,
}

/// Somebody who is not in a room any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastMemberView {
    /// Their name in the room.
    #[serde(with = "crate::json")]
    pub id: MemberId,
    /// Their handle, if this device ever saw it.
    pub handle: String,
    /// What became of them.
    #[serde(with = "crate::json")]
    pub state: State,
    /// When they came in.
    #[serde(with = "crate::json")]
    pub joined_at: UnixMillis,
    /// When they left.
    #[serde(with = "crate::json")]
    pub left_at: Option<UnixMillis>,
    /// Your own note on them.
    pub note: Option<String>,
}

/// Somebody for whom members have vouched, and who is not in yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicantView {
    /// Their name in the room, if they come in.
    #[serde(with = "crate::json")]
    pub id: MemberId,
    /// Their handle.
    pub handle: String,
    /// As whom this device met them: the same key, whatever their handle says.
    #[serde(with = "crate::json")]
    pub contact: Option<offshift_protocol::ids::ContactId>,
    /// Who vouched.
    pub vouches: Vec<VouchView>,
    /// Who is against it. That binds nobody.
    pub objections: Vec<ObjectionView>,
    /// What an admission would still break, nothing: an organizer can let them in.
    pub missing: Option<Why>,
    /// Until then.
    #[serde(with = "crate::json")]
    pub until: UnixMillis,
}

/// A member's word for an applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VouchView {
    /// Who vouches.
    #[serde(with = "crate::json")]
    pub by: MemberId,
    /// Their handle.
    pub handle: String,
    /// How they met.
    #[serde(with = "crate::json")]
    pub method: Method,
    /// When.
    #[serde(with = "crate::json")]
    pub met_at: UnixMillis,
    /// Why it does not count; nothing: it counts.
    pub refused: Option<Why>,
}

/// A member's word against an applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionView {
    /// Whose.
    pub handle: String,
    /// Why; may be empty.
    pub reason: String,
}

/// A member who lost the room and asks to be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturningView {
    /// Who.
    #[serde(with = "crate::json")]
    pub id: MemberId,
    /// Their handle.
    pub handle: String,
    /// Since when they are away, by their own word.
    #[serde(with = "crate::json")]
    pub absent_since: UnixMillis,
}

/// One of your own devices in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Its name in the room.
    #[serde(with = "crate::json")]
    pub id: MemberId,
    /// Its handle.
    pub handle: String,
    /// Whether it is this one.
    pub is_this: bool,
    /// Whether it is the one that the others vouched for.
    pub is_first: bool,
    /// When it came in.
    #[serde(with = "crate::json")]
    pub joined_at: UnixMillis,
}

/// How far something has come that may need the word of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepView {
    /// It is on its way.
    Committing,
    /// It waits for others to approve.
    Waiting {
        /// Who did, you included.
        approvals: usize,
        /// How many must.
        needed: usize,
    },
}

/// What somebody could read in a room, as far as this device knows: counts and dates, from its own history. It cannot
/// erase what they already have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    /// Who.
    pub handle: String,
    /// Since when they could read, all their devices together.
    #[serde(with = "crate::json")]
    pub from: UnixMillis,
    /// Until when; nothing: they still can.
    #[serde(with = "crate::json")]
    pub until: Option<UnixMillis>,
    /// How many messages this device has of that time.
    pub messages: usize,
    /// How many polls.
    pub polls: usize,
    /// How many plans: times and places.
    pub plans: usize,
    /// How many files.
    pub files: usize,
    /// How many of a kind that this version does not know came besides.
    pub unknown: usize,
    /// When the first of all these came, and the last.
    #[serde(with = "crate::json")]
    pub dates: Option<(UnixMillis, UnixMillis)>,
    /// When this device came in, if that was later: what was said before, it can't count.
    #[serde(with = "crate::json")]
    pub blind_before: Option<UnixMillis>,
    /// Who came in by their word, and is in the room.
    pub brought_in: Vec<String>,
    /// Who of these needs to be vouched for again.
    pub review: Vec<String>,
}

/// Somebody on whom you can keep a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteOn {
    /// A member of a room, or one who was.
    Member(
        #[serde(with = "crate::json")] offshift_protocol::room::RoomId,
        #[serde(with = "crate::json")] MemberId,
    ),
    /// Somebody whom you met.
    Contact(#[serde(with = "crate::json")] offshift_protocol::ids::ContactId),
}
