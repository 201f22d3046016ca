//! The page in a real browser: Debian's Chromium by its driver. Where there is none, a notice says so and nothing fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod acts;
mod begin;
mod daily;
mod door;
mod driving;
mod hostile;
mod locked;
mod people;
mod screens;
