//! The Never rules of the architecture, as tests (N1 to N5, N8, N11), and what the card promises.
//!
//! What the compiler or clippy can deny, they deny; these tests see to it that nobody turns that off.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod dependencies;
mod logs;
mod monitoring;
mod sources;
mod spec;
mod workspace;
