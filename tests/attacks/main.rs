//! The attack catalogue: one file for each actor, one test for each row, named by its id.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod clients;
mod company;
mod contents;
mod downgrade;
mod expelled;
mod files;
mod floods;
mod infiltrator;
mod issuer;
mod line;
mod meeting;
mod organizer;
mod outages;
mod outputs;
mod person;
mod probing;
mod relay_lies;
mod rooms;
mod seized;
mod taken;
mod tokens;
mod vouches;
mod withheld;
