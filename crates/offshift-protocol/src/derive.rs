//! HKDF with SHA-256 (RFC 5869), one 32-byte output for each label.
//!
//! ```text
//! salt, input -> Extract -> ChainKey -> Expand(label) -> Secret
//! ```

use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// 32 secret bytes, erased when dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// A pseudorandom key, from which others follow.
pub(crate) struct ChainKey(Secret);

impl ChainKey {
    /// HKDF-Extract.
    pub(crate) fn extract(salt: &[u8; 32], input: &[u8]) -> Self {
        let (mut output, _) = Hkdf::<Sha256>::extract(Some(salt), input);
        let key = Zeroizing::new(output.into());
        output.as_mut_slice().zeroize();
        Self(key)
    }

    /// HKDF-Extract with this key as the salt.
    pub(crate) fn chain(&self, input: &[u8]) -> Self {
        Self::extract(&self.0, input)
    }

    #[cfg(test)]
    pub(crate) const fn key_for_testing(&self) -> &Secret {
        &self.0
    }

    /// HKDF-Expand to 32 bytes.
    ///
    /// One block of Expand is HMAC(key, label || 1), and so is Extract with the key as the salt. Written so,
    /// there is no length that could be wrong and no error to handle.
    pub(crate) fn expand(&self, label: &[u8]) -> Secret {
        let block = [label, &[1]].concat();
        Self::extract(&self.0, &block).0
    }
}

/// HMAC-SHA-256 over the parts, one after the other.
pub(crate) fn mac(key: &[u8; 32], parts: &[&[u8]]) -> Secret {
    ChainKey::extract(key, &parts.concat()).0
}

/// SHA-256 over the parts, one after the other.
pub(crate) fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expand_is_the_expand_of_rfc_5869() {
        let chain = ChainKey::extract(&[7; 32], b"input");
        let independent = Hkdf::<Sha256>::new(Some(&[7; 32]), b"input");
        for label in [b"".as_slice(), b"sender", &[9; 200]] {
            let mut wanted = [0; 32];
            independent.expand(label, &mut wanted).unwrap();
            assert_eq!(*chain.expand(label), wanted);
        }
    }

    #[test]
    fn extract_and_expand_give_the_first_answer_of_rfc_5869() {
        let salt: [u8; 13] = std::array::from_fn(|i| u8::try_from(i).unwrap());
        let mut block = [0; 32];
        block[..13].copy_from_slice(&salt);
        // A salt shorter than the hash is padded with zeros (RFC 2104), so a 32-byte one may stand for it.
        let chain = ChainKey::extract(&block, &[0x0b; 22]);
        let label: Vec<u8> = (0xf0..=0xf9).collect();
        assert_eq!(
            data_encoding::HEXLOWER.encode(&*chain.expand(&label)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
        );
    }
}
