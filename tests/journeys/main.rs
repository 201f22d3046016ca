//! The journeys of people, with the real binaries over a real relay: each command is a process of its own.
//!
//! Run them with `cargo test -p offshift-tests --test journeys -- --nocapture` to read how much machine time each takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod away;
mod consultation;
mod daily;
mod first_relay;
mod founding;
mod impostor;
mod intercepted;
mod newcomer;
mod outage;
mod past;
mod phone;
mod screens;
mod stage;
