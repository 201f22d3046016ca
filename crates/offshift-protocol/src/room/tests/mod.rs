//! Rooms of several members over a simulated relay.

mod admitting;
mod devices;
mod interleave;
mod interop;
mod joining;
mod noise;
mod putting_out;
mod rogue;
mod story;
pub(crate) mod world;
