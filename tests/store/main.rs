//! The store of the relay: one conformance suite for every engine, power cuts, damage, full disks, clocks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod conformance;
mod engines;
mod model;
