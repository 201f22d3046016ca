//! The relay over real QUIC on loopback: the library, and the real binary where a process must die.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod admin;
mod crash;
mod following;
mod frames;
mod interleaved;
mod liar;
mod mailboxes;
mod metrics;
mod running;
mod slow;
mod tickets;
