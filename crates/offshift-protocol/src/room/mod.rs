//! Rooms: an MLS group (RFC 9420) whose messages lie in one channel per epoch.
//!
//! Never: an automatic answer to anything received (RO-01); a decision by this device's clock (20-protocol, section 3).

pub mod check;
pub mod event;
pub mod id;
pub mod key_package;

mod commit;
mod errors;
mod found;
#[cfg(any(test, feature = "for-testing"))]
mod hooks;
mod intent;
mod log;
mod mls;
mod roster;
mod send;
mod state;
mod step;
#[cfg(test)]
mod tests;

pub use check::{Rule, Rules};
pub use commit::Invitee;
pub use errors::{ChangeRefused, FoundRefused, JoinRefused, LoadRefused, SendRefused};
pub use event::{Received, RoomEvent, Skipped};
pub use found::{FoundRequest, JoinRequest};
#[cfg(any(test, feature = "for-testing"))]
pub use hooks::Forbidden;
pub use id::Suite;
pub use offshift_wire::{
    MemberId, MessageId, RoomId,
    content::{Content, Text},
    room::{Handle, MemberInfo, Policy, RoomName},
};
pub use roster::Member;
pub use state::Room;
