//! The relay: passes sealed envelopes from those who may deposit to those who may fetch, and forgets them.
//!
//! Never: the protocol crate, a key that opens an envelope (N2).

pub mod admin;
pub mod backup;
pub mod config;
pub mod counts;
pub mod limits;
pub mod metrics;
pub mod office;
pub mod overlap;
pub mod pressure;
pub mod quiet;
pub mod selfcheck;
pub mod server;
pub mod store;

mod capabilities;
mod connection;
mod control;
mod credit;
mod delivery;
mod deposits;
mod followers;
mod pace;
mod receipts;
mod refusal;
mod shared;
mod tail;
