//! The three words that both people compare (OS-MEE-020).
//!
//! ```text
//! SHA-256("offshift words v1" || purpose || version || secret || SHA-256(card_a) || nonce_a || SHA-256(card_b) || nonce_b)
//! first 33 bits -> 3 x 11 bits -> words of the English list of BIP-39
//! ```
//! Every part has a fixed length, so nothing can slide from one into the next.

use bip39::Language;
use offshift_wire::meeting::Nonce;

use crate::{card::Purpose, derive::hash};

const LABEL: &[u8] = b"offshift words v1";
const VERSION: u8 = 1;

/// Three words.
pub type Words = [&'static str; 3];

/// What a participant showed.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The bytes of the card.
    pub card: &'a [u8],
    /// The nonce.
    pub nonce: &'a Nonce,
}

/// The words of a meeting: `a` showed the code, `b` scanned it. Codes of two purposes never have the same words.
pub fn words(purpose: Purpose, secret: &[u8; 16], a: Shown<'_>, b: Shown<'_>) -> Words {
    let (card_a, card_b) = (hash(&[a.card]), hash(&[b.card]));
    let parts: [&[u8]; 7] =
        [LABEL, &[purpose.number(), VERSION], secret, &card_a, a.nonce, &card_b, b.nonce];
    let [b0, b1, b2, b3, b4, ..] = hash(&parts);
    let bits = u64::from_be_bytes([0, 0, 0, b0, b1, b2, b3, b4]) >> 7;
    [word(bits >> 22), word(bits >> 11), word(bits)]
}

/// The word of the low 11 bits.
fn word(bits: u64) -> &'static str {
    let at = usize::try_from(bits & 0x7ff).unwrap_or_default();
    Language::English.word_list().get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_mee_020_the_words_depend_on_every_part() {
        let secret = [1; 16];
        let (a, b) = ((b"card a".as_slice(), [2; 32]), (b"card b".as_slice(), [3; 32]));
        let of = |secret: &[u8; 16], a: (&[u8], [u8; 32]), b: (&[u8], [u8; 32])| {
            words(
                Purpose::Meet,
                secret,
                Shown { card: a.0, nonce: &a.1 },
                Shown { card: b.0, nonce: &b.1 },
            )
        };
        let all = [
            of(&secret, a, b),
            of(&[9; 16], a, b),
            of(&secret, (b"card x", a.1), b),
            of(&secret, (a.0, [9; 32]), b),
            of(&secret, a, (b"card x", b.1)),
            of(&secret, a, (b.0, [9; 32])),
            of(&secret, b, a),
            words(
                Purpose::Device,
                &secret,
                Shown { card: a.0, nonce: &a.1 },
                Shown { card: b.0, nonce: &b.1 },
            ),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|other| other != one));
        }
        assert_eq!(of(&secret, a, b), all[0], "the twin: both screens show the same");
    }

    #[test]
    fn the_list_is_the_one_that_people_know() {
        let list = Language::English.word_list();
        assert_eq!((list.len(), list[0], list[2047]), (2048, "abandon", "zoo"));
        assert_eq!([word(0), word(2047), word(2048)], ["abandon", "zoo", "abandon"]);
    }
}
