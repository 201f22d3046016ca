//! The sealed-sender envelope: one shot to an inbox, the sender hidden from everyone but the recipient.
//!
//! ```text
//! (ct, ss1) = X-Wing.Encaps(R_kem)
//! h0  = SHA-256("offshift sealed v1" || R_kem || R_dh)
//! ck1 = Extract(h0, ss1)            c1 = AEAD(Expand(ck1, "sender"), AD = h0 || ct,       S_dh)
//! ck2 = Extract(ck1, DH(S, R_dh))   c2 = AEAD(Expand(ck2, "body"),   AD = h0 || ct || c1, padded body)
//! envelope = ct || c1 || c2
//! ```
//! The shape is Noise's one-way pattern X with a KEM in the place of its first DH (OS-SEA-009); AEAD is
//! ChaCha20-Poly1305 with a nonce of zeros, since each key seals once. No signature: whoever can open could have
//! made it (OS-SEA-011). `sealed.md` has the whole, and what it does not give.
//!
//! Never: a key that serves two purposes; an answer that tells in which step an envelope failed.

mod aead;
mod keys;

use offshift_wire::{Envelope, SizeClass};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

pub(crate) use keys::random;
pub use keys::{DhPrivateKey, DhPublicKey, InboxPrivate, InboxPublic, KemPrivateKey, KemPublicKey};

use crate::derive::{ChainKey, hash};

const LABEL: &[u8] = b"offshift sealed v1";
const CIPHERTEXT: usize = x_wing::CIPHERTEXT_SIZE;
const SENDER: usize = 32 + aead::TAG;
const LENGTH: usize = 4;
/// Bytes of an envelope that are not body or padding.
pub(crate) const OVERHEAD: usize = CIPHERTEXT + SENDER + LENGTH + aead::TAG;

/// The longest body of one envelope. What is longer goes in parts.
pub const BODY_BYTES_MAX: usize = SizeClass::K256.bytes() - OVERHEAD;

/// Why nothing was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealRefused {
    /// The body is longer than [`BODY_BYTES_MAX`].
    #[error("the body is too long for one envelope")]
    TooLong,
    /// A key of the recipient is none that a secret could be shared with.
    #[error("the recipient's key is not usable; meet again to get a new card")]
    WeakKey,
    /// Ours to mend.
    #[error("bug: {0}")]
    Bug(&'static str),
}

/// The envelope is not for these keys, or was changed, or never was one. Which, nobody learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the envelope does not open")]
pub struct DoesNotOpen;

/// What was in an envelope.
pub struct Opened {
    /// The key whose holder sealed it, or the recipient itself (OS-SEA-010).
    pub sender: DhPublicKey,
    /// The body, without padding.
    pub body: Zeroizing<Vec<u8>>,
}

/// Seals `body` from `from` to `to`, in the smallest envelope that holds it (OS-SEA-001, OS-SEA-005).
///
/// # Errors
/// [`SealRefused`].
pub fn seal(
    rng: &mut dyn CryptoRng,
    to: &InboxPublic,
    from: &DhPrivateKey,
    body: &[u8],
) -> Result<Envelope, SealRefused> {
    let padded = pad(body)?;
    let (ct, shared) = to.kem.encapsulate(rng);
    let h0 = recipient_hash(to);
    let first = ChainKey::extract(&h0, &*shared);
    let mut sealed = [h0.as_slice(), &ct].concat();
    sealed.extend(aead::seal(&first.expand(b"sender"), &sealed, from.public().as_bytes())?);
    let dh = from.agree(&to.dh).ok_or(SealRefused::WeakKey)?;
    let second = first.chain(&*dh);
    sealed.extend(aead::seal(&second.expand(b"body"), &sealed, &padded)?);
    sealed.split_off(h0.len()).try_into().map_err(|_| SealRefused::Bug("sealed size"))
}

/// Opens an envelope to `to` (OS-SEA-002).
///
/// # Errors
/// [`DoesNotOpen`], whatever the reason.
pub fn open(to: &InboxPrivate, envelope: &Envelope) -> Result<Opened, DoesNotOpen> {
    let h0 = recipient_hash(&to.public());
    let sealed = [h0.as_slice(), envelope.as_ref()].concat();
    let (to_ct, rest) = sealed.split_at_checked(h0.len() + CIPHERTEXT).ok_or(DoesNotOpen)?;
    let (c1, c2) = rest.split_at_checked(SENDER).ok_or(DoesNotOpen)?;
    let to_c1 = sealed.get(..to_ct.len() + SENDER).ok_or(DoesNotOpen)?;

    let shared = to.kem.decapsulate(to_ct.get(h0.len()..).ok_or(DoesNotOpen)?)?;
    let first = ChainKey::extract(&h0, &*shared);
    let sender = aead::open(&first.expand(b"sender"), to_ct, c1)?;
    let sender = DhPublicKey::decode(&sender).map_err(|_| DoesNotOpen)?;
    let dh = to.dh.agree(&sender).ok_or(DoesNotOpen)?;
    let second = first.chain(&*dh);
    let body = unpad(&aead::open(&second.expand(b"body"), to_c1, c2)?)?;
    Ok(Opened { sender, body })
}

fn recipient_hash(to: &InboxPublic) -> [u8; 32] {
    hash(&[LABEL, to.kem.encode().as_slice(), to.dh.as_bytes()])
}

/// Length (4 bytes, big-endian), body, zeros up to the size class.
fn pad(body: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealRefused> {
    let whole = body.len().checked_add(OVERHEAD).ok_or(SealRefused::TooLong)?;
    let class = SizeClass::holding(whole).ok_or(SealRefused::TooLong)?;
    let length = u32::try_from(body.len()).map_err(|_| SealRefused::TooLong)?;
    let padded = class.bytes() + LENGTH - OVERHEAD;
    let mut bytes = Zeroizing::new(Vec::with_capacity(padded));
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(body);
    bytes.resize(padded, 0);
    Ok(bytes)
}

/// The body, if the length fits and all that follows is zero (OS-SEA-006).
fn unpad(padded: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
    let (length, rest) = padded.split_first_chunk::<LENGTH>().ok_or(DoesNotOpen)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| DoesNotOpen)?;
    let (body, padding) = rest.split_at_checked(length).ok_or(DoesNotOpen)?;
    if padding.iter().any(|byte| *byte != 0) {
        return Err(DoesNotOpen);
    }
    Ok(Zeroizing::new(body.to_vec()))
}

#[cfg(test)]
mod noise;
#[cfg(test)]
mod tests;
