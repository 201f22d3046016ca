//! QUIC between a client and a relay. The only crate that touches quinn, rustls and X.509.
//!
//! ```text
//! RelayLink -> Link::connect -> prove / deposits / fetch      (client, this side knows the pin)
//! UdpSocket -> Listener::accept -> Accepted -> Stream         (relay, peers have no names)
//! ```
//! A relay is whoever holds the Ed25519 key whose hash is in its link: no certificate authority, no
//! domain, no system root is ever asked. Every setting that an observer could use to link or to name
//! connections is in [`settings`], with its reason.
//!
//! Never: a mailbox, a store, a secret of a room; an address or a name of a peer outside this crate;
//! an address, key or size in an error (N7).

pub mod backoff;
pub mod limits;
pub mod settings;

mod client;
mod congestion;
mod error;
mod fetching;
mod frames;
mod gate;
mod groups;
mod identity;
mod listener;
mod pin;
mod pipeline;
mod reset;
mod socket;
mod succession;

pub use client::{Deposits, Link, Options, Said};
pub use error::{LinkError, StreamError};
pub use fetching::{FetchItem, Fetching};
pub use frames::{FrameReader, FrameWriter};
pub use gate::{ListenLimits, TurnedAway};
pub use identity::{BadIdentity, RelayIdentity};
pub use listener::{Accepted, Arriving, ListenError, Listener, Stream};
pub use socket::Granted;
pub use succession::Identities;
