//! The forms in which bytes may lie in a file: as they are, or written as text.

use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, Encoding, HEXLOWER, HEXUPPER};
use serde::Serialize;

/// How a canary was written where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// As it is.
    Raw,
    /// In hexadecimal, small or large letters.
    Hex,
    /// In base 32, small or large letters.
    Base32,
    /// In base 64, either alphabet.
    Base64,
}

/// Every form of these bytes. Base 32 and base 64 look different by what stands before them in the same text: all
/// the ways are here, each without the letters that it shares with its neighbours.
pub(super) fn forms(canary: &[u8]) -> Vec<(Form, Vec<u8>)> {
    let mut forms = vec![
        (Form::Raw, canary.to_vec()),
        (Form::Hex, HEXLOWER.encode(canary).into_bytes()),
        (Form::Hex, HEXUPPER.encode(canary).into_bytes()),
    ];
    for before in 0..5 {
        let upper = within(&BASE32_NOPAD, before, canary);
        forms.push((Form::Base32, upper.to_ascii_lowercase()));
        forms.push((Form::Base32, upper));
    }
    for before in 0..3 {
        forms.push((Form::Base64, within(&BASE64_NOPAD, before, canary)));
        forms.push((Form::Base64, within(&BASE64URL_NOPAD, before, canary)));
    }
    forms.sort();
    forms.dedup_by(|two, one| two.1 == one.1);
    forms
}

/// The letters that stand for `canary` alone where so many other bytes are before it.
fn within(encoding: &Encoding, before: usize, canary: &[u8]) -> Vec<u8> {
    let whole = [[0; 4].get(..before).unwrap_or_default(), canary].concat();
    let bits = encoding.bit_width();
    let (first, behind) = ((before * 8).div_ceil(bits), whole.len() * 8 / bits);
    let text = encoding.encode(&whole).into_bytes();
    text.get(first..behind).unwrap_or_default().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_canary_into_a_longer_text_holds_one_of_its_forms() {
        let canary = b"a canary of 19 byte";
        let forms = forms(canary);
        for before in 0..16 {
            for behind in 0..4 {
                let bytes = [&vec![0xe7; before][..], canary, &vec![0x9a; behind]].concat();
                for encoding in [BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER] {
                    let text = encoding.encode(&bytes).into_bytes();
                    let found = |form: &Vec<u8>| text.windows(form.len()).any(|at| at == form);
                    assert!(forms.iter().any(|(_, form)| found(form)), "{before} {behind}");
                }
            }
        }
        assert!(forms.iter().all(|(_, form)| form.len() >= canary.len()), "none is too short");
    }
}
