//! Rooms: an MLS group (RFC 9420) whose messages lie in one channel per epoch.
//!
//! ```text
//! found, join, load -> Room -> handle_send, handle_add_founder, handle_remove, handle_tick -> Effects
//!                        ^---- handle_entry(position, envelope of this epoch's channel) ------> Effects
//!
//! entry -> outer seal -> parts -> MLS -> a message is shown | a commit is checked and begins the next epoch
//! ```
//! A message is sent, and a commit is made, when it has been read back from the log.
//!
//! This module is not concerned with inboxes (a Welcome is handed to it), nor with what a relay answers.
//!
//! Never: an automatic answer to anything received (RO-01); a decision by this device's clock (OS-ORD-004).

pub mod event;
pub mod id;
pub mod key_package;

mod board;
mod commit;
mod devices;
mod errors;
mod found;
#[cfg(any(test, feature = "for-testing"))]
mod hooks;
mod intent;
mod log;
mod members;
pub(crate) mod mls;
mod moving;
mod posting;
mod records;
mod rejoin;
mod review;
pub(crate) mod roster;
mod send;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod tickets;
mod vouching;
pub(crate) mod watch;

pub use crate::admission::{Rule, Rules};
pub use commit::Invitee;
pub use errors::{ChangeRefused, FoundRefused, JoinRefused, LoadRefused, SendRefused};
pub use event::{Alarm, How, Received, RoomEvent, Skipped};
pub use found::{FoundRequest, JoinRequest};
#[cfg(any(test, feature = "for-testing"))]
pub use hooks::Forbidden;
pub use id::Suite;
pub use members::{Branch, Came, Member, Past, VouchedBy};
pub use moving::{MotionView, Step};
pub use offshift_wire::{
    MemberId, MessageId, MotionId, RoomId,
    admission::Motion,
    content::{Content, Text},
    room::{Handle, MemberInfo, Policy, RoomName, Terms},
    standing::Method,
};
pub use rejoin::{Returning, Why};
pub use send::Care;
pub use state::Room;
pub use tickets::Tickets;
pub use vouching::{Applicant, GivenVouch, Introduce};
pub use watch::RoomState;
