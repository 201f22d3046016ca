//! The network observer: what somebody on the path can see, change and send again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod initial;
mod interceptor;
mod linker;
mod loss;
mod mover;
mod observer;
mod rotated;
