//! The two mailboxes in which a meeting takes place, and the seal of their entries (OS-MEE-003).
//!
//! ```text
//! prk = Extract(SHA-256("offshift meeting v1" || relay id), secret)
//! Expand(prk, "scanner" | "shower" || " fetch" | " deposit" | " envelope") -> two seeds and a key for each
//! ```
//! Each participant writes in the mailbox of its role. Whoever holds the code can compute all of this: it
//! keeps the relay out, not a second scanner.

use offshift_wire::{Envelope, SizeClass, link::RelayLink, meeting::MeetingEntry};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{Role, code::MeetingCode};
use crate::{
    channel::{Channel, ChannelSecrets},
    derive::{ChainKey, hash},
    parts::{Assembly, HEADER},
};

const LABEL: &[u8] = b"offshift meeting v1";
/// Every entry fills this class, so that none is told from another by its size (OS-MEE-004).
const CLASS: SizeClass = SizeClass::K16;
const NONCE_AND_TAG: usize = 24 + 16;
const WHOLE: usize = CLASS.bytes() - HEADER - NONCE_AND_TAG;

/// The mailbox in which `role` writes.
pub(super) fn mailbox(code: &MeetingCode, role: Role) -> Channel {
    let salt = salt(code.relay());
    let prk = ChainKey::extract(&salt, code.secret());
    let secret = |purpose: &str| prk.expand(format!("{} {purpose}", role.name()).as_bytes());
    Channel::new(ChannelSecrets {
        fetch: secret("fetch"),
        deposit: secret("deposit"),
        envelope: secret("envelope"),
    })
}

fn salt(relay: &RelayLink) -> [u8; 32] {
    hash(&[LABEL, relay.relay().as_bytes()])
}

/// The envelope that carries `entry`: length (2 bytes, big-endian), entry, zeros, sealed. None if it is too
/// long, which no entry with a valid card is.
pub(super) fn seal(
    mailbox: &Channel,
    rng: &mut dyn CryptoRng,
    entry: &MeetingEntry,
) -> Option<Envelope> {
    let entry = entry.encode();
    let length = u16::try_from(entry.len()).ok()?;
    if entry.len() + 2 > WHOLE {
        return None;
    }
    let mut whole = Zeroizing::new(Vec::with_capacity(WHOLE));
    whole.extend_from_slice(&length.to_be_bytes());
    whole.extend_from_slice(&entry);
    whole.resize(WHOLE, 0);
    mailbox.seal(rng, &whole).ok()?.pop()
}

/// The entry in an envelope; none if it does not open or is not one.
pub(super) fn open(mailbox: &Channel, envelope: &Envelope) -> Option<MeetingEntry> {
    let part = mailbox.open(envelope)?;
    let taken = Assembly::new().handle_part(offshift_wire::Position::START, part).ok()?;
    let whole = taken.whole?;
    let (length, rest) = whole.split_first_chunk::<2>()?;
    let (entry, zeros) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
    if whole.len() != WHOLE || zeros.iter().any(|byte| *byte != 0) {
        return None;
    }
    MeetingEntry::decode(entry).ok()
}
