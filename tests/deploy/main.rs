//! What a host copies, types and installs: every command in the pages parses, every file is where the pages say, the
//! units are as hard as promised.
//!
//! What needs a tool that a machine may lack (systemd-analyze, docker-compose) says so where it is not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod commands;
mod files;
mod pages;
mod tool;
mod units;
