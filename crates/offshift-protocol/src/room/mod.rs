//! Rooms: an MLS group (RFC 9420) whose messages lie in one channel per epoch.
//!
//! Never: an automatic answer to anything received (RO-01); a decision by this device's clock (20-protocol, section 3).

pub mod check;
pub mod event;
pub mod id;

pub use check::Rule;
pub use event::{Received, RoomEvent, Skipped};
pub use id::Suite;
pub use offshift_wire::{
    MemberId, MessageId, RoomId,
    content::{Content, Text},
    room::{Handle, MemberInfo, Policy, RoomName},
};
