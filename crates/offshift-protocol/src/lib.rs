//! Everything that is end-to-end: what only members can do.
//!
//! ```text
//! input (handle_*) + Context (time, randomness) -> new state + Effects: Persist, then Deposit, then Event
//! ```
//! Every machine here is pure. It stages what it wants to do, and either returns the new state together with
//! its effects or leaves everything as it was (N9). The client's engine executes the effects in their order,
//! so nothing leaves the device that the vault has not recorded (N10).
//!
//! This crate is not concerned with connections, files, screens or retries.
//!
//! Never: sockets, files, clocks, ambient randomness, threads, async (N1); a panic on what a peer sent (N8);
//! a key, an address, a text or a size in an error (N7).

pub mod access;
pub mod admission;
pub mod card;
pub mod context;
pub mod effect;
pub mod file;
pub mod ids;
pub mod inbox;
pub mod limits;
pub mod meeting;
pub mod parts;
pub mod room;
pub mod seal;

mod bug;
mod channel;
mod derive;
mod record;

pub use access::{DepositAccess, FetchAccess};
pub use bug::Bug;
pub use context::{Context, OutboxId, OutboxSequence};
pub use effect::{Change, Effect, Effects, EffectsBuilder, Outgoing, Source};

/// Whether this build has hooks that only tests may use. A program built for release refuses them (N11).
pub const HAS_TEST_HOOKS: bool = cfg!(feature = "for-testing");
