//! Rooms of several members over a simulated relay.

mod admitting;
mod interleave;
mod interop;
mod joining;
mod noise;
mod rogue;
mod story;
pub(crate) mod world;
