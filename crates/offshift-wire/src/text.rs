//! Codes that people type or scan: base32 (RFC 4648, no padding), with a checksum.
//!
//! ```text
//! payload || CRC-32C(context || payload)  ->  base32, lower case, in groups joined by '-'
//! ```
//! The checksum finds slips of the finger; it protects against nobody.

use data_encoding::BASE32_NOPAD;

use crate::Malformed;

const CHECK: usize = 4;

/// `payload` and its checksum as text. `context` (a prefix such as `offshift:meet:`) is covered.
pub fn encode(context: &str, payload: &[u8]) -> String {
    let mut bytes = payload.to_vec();
    bytes.extend_from_slice(&checksum(context, payload));
    BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()
}

/// The payload in `text`; case, spaces and hyphens don't matter.
///
/// # Errors
/// [`Malformed`] when a character is foreign or the checksum does not fit.
pub fn decode(context: &str, text: &str) -> Result<Vec<u8>, Malformed> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
    let bytes = BASE32_NOPAD
        .decode(plain.to_ascii_uppercase().as_bytes())
        .map_err(|_| Malformed("code letters"))?;
    let at = bytes.len().checked_sub(CHECK).ok_or(Malformed("code length"))?;
    let (payload, check) = bytes.split_at_checked(at).ok_or(Malformed("code length"))?;
    if check != checksum(context, payload) {
        return Err(Malformed("code checksum"));
    }
    Ok(payload.to_vec())
}

fn checksum(context: &str, payload: &[u8]) -> [u8; CHECK] {
    crc32c::crc32c_append(crc32c::crc32c(context.as_bytes()), payload).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_letter_is_noticed() {
        let text = encode("offshift:meet:", b"twenty bytes of data");
        assert_eq!(decode("offshift:meet:", &text).unwrap(), b"twenty bytes of data");
        for at in 0..text.len() {
            let mut wrong = text.clone().into_bytes();
            wrong[at] = if wrong[at] == b'a' { b'b' } else { b'a' };
            assert!(decode("offshift:meet:", std::str::from_utf8(&wrong).unwrap()).is_err());
        }
    }

    #[test]
    fn a_code_of_another_context_does_not_decode() {
        assert!(decode("offshift:device:", &encode("offshift:meet:", b"payload")).is_err());
    }
}
