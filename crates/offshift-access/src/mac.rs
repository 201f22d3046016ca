//! HMAC-SHA-256 (RFC 2104) with keys of at most a block: it has no way to fail.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const BLOCK: usize = 64;

/// Over the parts, one behind the other.
pub(crate) fn mac<const N: usize>(key: &[u8; N], parts: &[&[u8]]) -> [u8; 32] {
    const { assert!(N <= BLOCK) };
    // A key is filled up with zeros to a block (section 2).
    let mut block = Zeroizing::new([0; BLOCK]);
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::mac;

    #[test]
    fn it_is_the_hmac_of_rfc_4231() {
        // Test cases 1 and 2.
        let (one, two) = (mac(&[0x0b; 20], &[b"Hi ", b"There"]), mac(b"Jefe", &[TEXT]));
        assert_eq!(one[..4], [0xb0, 0x34, 0x4c, 0x61]);
        assert_eq!(two[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    }

    const TEXT: &[u8] = b"what do ya want for nothing?";
}
