//! Rooms of several members over a simulated relay.

mod interleave;
mod story;
pub(crate) mod world;
