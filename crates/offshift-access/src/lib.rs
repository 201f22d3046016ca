//! What a relay may verify without learning who.
//!
//! ```text
//! Descriptor = version || kind || fetch public key || deposit public key
//! Address    = SHA-256("offshift mailbox v1" || Descriptor)
//! Proof      = Ed25519 by the fetch or the deposit key over
//!              "offshift access v1" || role || Address || relay identity || TLS exporter value
//! Token      = VOPRF (RFC 9497) over a nonce that the relay can't link to the ticket that bought it
//! Receipt    = Ed25519 by the relay over the root of a tree of (Address, envelope's hash, position)
//! ```
//! The address certifies its own rules, so the relay keeps no record of who owns what. A proof is bound
//! to one connection by its TLS exporter value (RFC 8446, section 7.5) and can't be replayed on another.
//!
//! This crate is not concerned with what lies in a mailbox, nor with how many share a key.
//!
//! Never: sockets, files, clocks, randomness, threads (N1).

mod capability;
mod mac;
mod mailbox;
mod receipt;
mod ticket;
mod token;

pub use capability::{
    Binding, Capability, Denied, DepositCapability, FetchCapability, Proof, verify,
};
pub use mailbox::{DepositKey, DepositPublicKey, Descriptor, FetchKey, FetchPublicKey, Kind};
pub use receipt::{BadReceipt, EnvelopeHash, ReceiptKey, Receipted, RelayKey, Statement};
pub use ticket::{BadProof, BadTicketCode, Seat, Ticket, TicketCode};
pub use token::{BadBatch, BadToken, Issuer, IssuerSeed, Order, SpentId, Unspent};
