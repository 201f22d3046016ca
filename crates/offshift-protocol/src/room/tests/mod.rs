//! Rooms of several members over a simulated relay.

mod admitting;
mod devices;
mod epochs;
mod interleave;
mod interop;
mod joining;
mod lies;
mod noise;
mod posting;
mod putting_out;
mod returning;
mod rogue;
mod story;
mod tickets;
mod words;
pub(crate) mod world;
