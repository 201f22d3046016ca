//! The keys of an inbox, each with one purpose.
//!
//! Never: `Clone`, `Debug` or a serializer on a private key. `Clone` on a public one is harmless.

use std::fmt;

use offshift_wire::{
    Malformed,
    card::{DhPublicBytes, KemPublicBytes},
};
use rand_core::CryptoRng;
use x_wing::{
    DecapsulationKeyRejectNonContrib, Decapsulator, Encapsulate, EncapsulationKey, KeyExport,
    TryDecapsulate,
};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, Zeroizing};

use super::{CIPHERTEXT, DoesNotOpen};
use crate::derive::Secret;

/// X-Wing: seals to an inbox.
#[derive(Clone, PartialEq, Eq)]
pub struct KemPublicKey(EncapsulationKey);

/// X-Wing: opens what was sealed to an inbox. 32 seed bytes, erased when dropped.
pub struct KemPrivateKey(DecapsulationKeyRejectNonContrib, Secret);

/// X25519: names a sender, or the recipient to whom a sender proves itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DhPublicKey(pub(super) DhPublicBytes);

/// X25519: proves a sender. Erased when dropped.
pub struct DhPrivateKey(StaticSecret);

/// The public keys of an inbox.
#[derive(Clone, PartialEq, Eq)]
pub struct InboxPublic {
    /// Hides.
    pub kem: KemPublicKey,
    /// Authenticates.
    pub dh: DhPublicKey,
}

/// The private keys of an inbox.
pub struct InboxPrivate {
    /// Opens.
    pub kem: KemPrivateKey,
    /// Authenticates.
    pub dh: DhPrivateKey,
}

impl InboxPrivate {
    /// Fresh keys.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self {
            kem: KemPrivateKey::from_seed(&random(rng)),
            dh: DhPrivateKey::from_seed(&random(rng)),
        }
    }

    /// Their public halves.
    pub fn public(&self) -> InboxPublic {
        InboxPublic { kem: self.kem.public(), dh: self.dh.public() }
    }
}

impl KemPublicKey {
    /// The key of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when ML-KEM's modulus check (FIPS 203, section 7.2) fails or the X25519 half can't
    /// contribute to a secret (OS-SEA-003).
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("kem key");
        let (_, x25519) = bytes.split_last_chunk::<32>().ok_or(BAD)?;
        if !contributes(x25519) {
            return Err(BAD);
        }
        EncapsulationKey::try_from(bytes).map(Self).map_err(|_| BAD)
    }

    /// Its bytes.
    pub fn encode(&self) -> Box<KemPublicBytes> {
        Box::new(self.0.to_bytes().into())
    }

    /// A ciphertext and the secret in it.
    pub(super) fn encapsulate(&self, rng: &mut dyn CryptoRng) -> ([u8; CIPHERTEXT], Secret) {
        let (ct, mut shared) = self.0.encapsulate_with_rng(rng);
        let secret = Zeroizing::new(shared.into());
        shared.as_mut_slice().zeroize();
        (ct.into(), secret)
    }
}

impl KemPrivateKey {
    /// The key of this seed.
    pub fn from_seed(seed: &Secret) -> Self {
        Self(DecapsulationKeyRejectNonContrib::from(**seed), seed.clone())
    }

    /// Its seed, for the vault.
    pub(crate) const fn seed(&self) -> &Secret {
        &self.1
    }

    /// Its public half.
    pub fn public(&self) -> KemPublicKey {
        KemPublicKey(self.0.encapsulation_key().clone())
    }

    /// The secret in a ciphertext. A changed ML-KEM half gives another secret, not an error (FIPS 203).
    pub(super) fn decapsulate(&self, ct: &[u8]) -> Result<Secret, DoesNotOpen> {
        let ct = ct.try_into().map_err(|_| DoesNotOpen)?;
        let mut shared = self.0.try_decapsulate(ct).map_err(|_| DoesNotOpen)?;
        let secret = Zeroizing::new(shared.into());
        shared.as_mut_slice().zeroize();
        Ok(secret)
    }
}

impl DhPublicKey {
    /// The key of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when the point is of low order, or written in another way than the one that
    /// [`DhPrivateKey::public`] writes: a sender has one name (OS-SEA-003).
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("dh key");
        let bytes = DhPublicBytes::try_from(bytes).map_err(|_| BAD)?;
        if is_canonical(&bytes) && contributes(&bytes) { Ok(Self(bytes)) } else { Err(BAD) }
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &DhPublicBytes {
        &self.0
    }
}

impl DhPrivateKey {
    /// The key of these 32 uniformly random bytes (clamped as in RFC 7748).
    pub fn from_seed(seed: &Secret) -> Self {
        Self(StaticSecret::from(**seed))
    }

    /// Its seed, for the vault.
    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Its public half.
    pub fn public(&self) -> DhPublicKey {
        DhPublicKey(PublicKey::from(&self.0).to_bytes())
    }

    /// The secret shared with `other`; none if it is all zeros (OS-SEA-003).
    pub(super) fn agree(&self, other: &DhPublicKey) -> Option<Secret> {
        let shared = self.0.diffie_hellman(&PublicKey::from(other.0));
        shared.was_contributory().then(|| Zeroizing::new(shared.to_bytes()))
    }
}

/// 32 random bytes.
pub(crate) fn random(rng: &mut dyn CryptoRng) -> Secret {
    let mut bytes = Zeroizing::new([0; 32]);
    rng.fill_bytes(&mut *bytes);
    bytes
}

/// All spellings of the points of low order on the curve and its twist, but for the highest bit, which X25519 does not
/// read: 0, 1, the two of order 8, p - 1, p, p + 1.
#[rustfmt::skip]
pub(super) const LOW_ORDER: [[u8; 32]; 7] = [
    edge(0, 0, 0),
    edge(1, 0, 0),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
        0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
        0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
    ],
    edge(0xec, 0xff, 0x7f),
    edge(0xed, 0xff, 0x7f),
    edge(0xee, 0xff, 0x7f),
];

const fn edge(low: u8, middle: u8, high: u8) -> [u8; 32] {
    let mut bytes = [middle; 32];
    (bytes[0], bytes[31]) = (low, high);
    bytes
}

/// Whether a secret shared with this point depends on it: it is not of low order. Each commit asks this about keys on
/// every device, so it is a comparison and no multiplication.
pub(super) fn contributes(point: &[u8; 32]) -> bool {
    let mut read = *point;
    read[31] &= 0x7f;
    !LOW_ORDER.contains(&read)
}

/// Whether the bytes are a number below 2^255 - 19, little-endian.
fn is_canonical(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    *high < 0x7f || (*high == 0x7f && (*low < 0xed || middle.iter().any(|byte| *byte != 0xff)))
}

macro_rules! opaque_debug {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )*};
}

opaque_debug!(KemPublicKey, DhPublicKey, InboxPublic);
