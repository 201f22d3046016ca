//! The bytes that Offshift puts on a wire, and their validated forms.
//!
//! ```text
//! bytes -> frame (length) -> generated prost type (private) -> Request / Response / ... (public, valid)
//! ```
//!
//! Decoding is total: any input gives a valid form or [`Malformed`]. Generated types stay inside this
//! crate, so nobody can build a message that breaks a rule that a decoder would enforce.
//!
//! Never: sockets, files, clocks, randomness, threads (N1); a prost type in a public signature (N4).

pub mod admission;
pub mod card;
pub mod code;
pub mod content;
pub mod frame;
pub mod id;
pub mod inbox;
pub mod life;
pub mod limits;
pub mod link;
pub mod meeting;
pub mod receipt;
pub mod relay;
pub mod room;
pub mod size;
pub mod standing;
pub mod text;
pub mod token;

mod malformed;
mod v1 {
    #![allow(clippy::all, clippy::pedantic, unreachable_pub)]
    include!(concat!(env!("OUT_DIR"), "/offshift.v1.rs"));
}

pub use id::{Address, MemberId, MessageId, MotionId, Position, RelayId, RoomId, UnixMillis};
pub use life::Life;
pub use malformed::Malformed;
pub use size::{Envelope, SizeClass};
