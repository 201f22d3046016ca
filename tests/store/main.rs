//! The store of the relay: one conformance suite for every engine, power cuts, damage, full disks, clocks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod clocks;
mod conformance;
mod custody;
mod damage;
mod engines;
mod erasure;
mod faulty_disk;
mod fixtures;
mod full_disk;
mod inspect;
mod model;
mod opening;
mod power_cut;
mod spent;
