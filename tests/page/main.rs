//! The page against raw HTTP: the real binary, and a client that says what a browser would not.
//!
//! Every refusal has its twin: the same request, whole, is answered. What a real browser does is in `tests/browser/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod accounts;
mod answers;
mod bodies;
mod browser;
mod calls;
mod files;
mod guard;
mod own;
mod served;
mod sessions;
mod streams;
mod threats;
