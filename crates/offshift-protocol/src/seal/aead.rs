//! ChaCha20-Poly1305 (RFC 8439) under keys that seal once: the nonce is zeros (OS-SEA-004).

use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, Key, KeyInit, Nonce};
use zeroize::Zeroizing;

use super::{DoesNotOpen, SealRefused};
use crate::derive::Secret;

/// Bytes of an authentication tag.
pub(super) const TAG: usize = 16;

/// Ciphertext and tag.
pub(super) fn seal(key: &Secret, ad: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealRefused> {
    let mut bytes = Vec::with_capacity(plain.len() + TAG);
    bytes.extend_from_slice(plain);
    let sealed = cipher(key).encrypt_in_place(&Nonce::default(), ad, &mut bytes);
    sealed.map_err(|_| SealRefused::Bug("aead"))?;
    Ok(bytes)
}

/// The plaintext.
pub(super) fn open(
    key: &Secret,
    ad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
    let mut bytes = Zeroizing::new(sealed.to_vec());
    let opened = cipher(key).decrypt_in_place(&Nonce::default(), ad, &mut *bytes);
    opened.map_err(|_| DoesNotOpen)?;
    Ok(bytes)
}

fn cipher(key: &Secret) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(<&Key>::from(&**key))
}
