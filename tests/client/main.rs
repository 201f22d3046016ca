//! The client against real relays: by its library, and by the real `offshift` binary in processes of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod admission;
mod crowd;
mod daily;
mod disappearing;
mod dropped;
mod engines;
mod examples;
mod files;
mod killed;
mod lines;
mod meetings;
mod profiles;
mod programs;
mod quiet;
mod rooms;
mod rotation;
mod story;
mod stream;
mod talk;
mod tickets;
mod waiting;
