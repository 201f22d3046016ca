//! The page in a real browser: Debian's Chromium by its driver. Where there is none, a notice says so and nothing fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod daily;
mod door;
mod driving;
mod hostile;
mod people;
mod screens;
