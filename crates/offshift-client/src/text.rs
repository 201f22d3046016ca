//! What is odd about a text: characters that nobody sees, that turn the order of others, or that look like others.
//!
//! Somebody who pastes a text may carry a mark in it that tells where it came from, and a name or an address may be spelt
//! with letters of another script. It is reported to who writes; nothing is changed by itself.
//!
//! Never: a report of what ordinary writing needs: joiners in Persian or Hindi, an emoji's parts, right-to-left words.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::{MixedScript as _, skeleton};

/// What is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OddityKind {
    /// A character that has no width and no business there: it can mark a text, so that a copy tells whose it was.
    Hidden,
    /// A character that turns the order in which others are shown.
    Turning,
    /// A word of letters from scripts that are not written together: it can pass for another word.
    LooksLike,
    /// A character that only some programs know.
    Private,
}

/// Something odd in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oddity {
    /// What.
    pub kind: OddityKind,
    /// Where: so many characters come before it.
    pub at: usize,
    /// The character by its number (`U+200B`), or the word.
    pub what: String,
}

/// What is odd about a text, in its order.
pub fn oddities(text: &str) -> Vec<Oddity> {
    let all: Vec<char> = text.chars().collect();
    let mut found: Vec<Oddity> = Vec::new();
    for (at, &character) in all.iter().enumerate() {
        if let Some(kind) = odd(&all, at, character) {
            found.push(Oddity { kind, at, what: format!("U+{:04X}", u32::from(character)) });
        }
    }
    let words: Vec<_> = words(&all).collect();
    let alone =
        !words.iter().any(|(_, word)| is_of_another_script(word) && !passes_for_latin(word))
            && words.iter().any(|(_, word)| word.is_ascii());
    let odd =
        |word: &str| mixes(word) || (alone && is_of_another_script(word) && passes_for_latin(word));
    found.extend(words.into_iter().filter(|(_, word)| odd(word)).map(|(at, what)| Oddity {
        kind: OddityKind::LooksLike,
        at,
        what,
    }));
    found.sort_by_key(|oddity| oddity.at);
    found
}

/// The text without what is hidden, turning or private; letters stay as they are, in their composed form.
pub fn clean(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let kept =
        |(at, character): (usize, &char)| odd(&all, at, *character).is_none().then_some(*character);
    all.iter().enumerate().filter_map(kept).nfc().collect()
}

fn odd(all: &[char], at: usize, character: char) -> Option<OddityKind> {
    Some(match character {
        // Joiners are part of some scripts and of emoji.
        '\u{200c}' | '\u{200d}' if joins(all, at) => return None,
        // Marks of direction stand beside words that run the other way.
        '\u{200e}' | '\u{200f}' | '\u{061c}' if all.iter().any(|one| runs_leftwards(*one)) => {
            return None;
        }
        '\u{00ad}'
        | '\u{034f}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e01ef}' => OddityKind::Hidden,
        '\u{fe00}'..='\u{fe0f}' if !is_pictured(all, at) => OddityKind::Hidden,
        '\u{200e}'
        | '\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => OddityKind::Turning,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => OddityKind::Private,
        one if one.is_control() && !matches!(one, '\n' | '\t' | '\r') => OddityKind::Hidden,
        _ => return None,
    })
}

fn before(all: &[char], at: usize) -> Option<char> {
    all.get(at.checked_sub(1)?).copied()
}

/// Whether a joiner stands where writing has one: between pictures, or behind a letter of a script that joins.
fn joins(all: &[char], at: usize) -> bool {
    let (before, after) = (before(all, at), all.get(at.saturating_add(1)).copied());
    let letters = before.is_some_and(is_joining_script);
    let pictures = before.is_some_and(|one| {
        is_picture(one) || matches!(one, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
    });
    letters || (pictures && after.is_some_and(is_picture))
}

/// Arabic and its neighbours, Indic scripts, Mongolian.
const fn is_joining_script(one: char) -> bool {
    matches!(one, '\u{0600}'..='\u{08ff}' | '\u{0900}'..='\u{0dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

const fn is_picture(one: char) -> bool {
    matches!(one, '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether a choice of form stands behind something that has two: a picture, a digit of a keycap, a sign.
fn is_pictured(all: &[char], at: usize) -> bool {
    let has_forms = |one: char| {
        is_picture(one)
            || matches!(
                one,
                '0'..='9'
                    | '#'
                    | '*'
                    | '©'
                    | '®'
                    | '\u{203c}'
                    | '\u{2049}'
                    | '\u{2122}'
                    | '\u{2139}'
            )
    };
    before(all, at).is_some_and(has_forms)
}

const fn runs_leftwards(one: char) -> bool {
    matches!(one, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The words of a text, and where each begins.
fn words(all: &[char]) -> impl Iterator<Item = (usize, String)> + '_ {
    let is_word = |at: usize| all.get(at).is_some_and(|one| one.is_alphanumeric());
    let starts =
        (0..all.len()).filter(move |at| is_word(*at) && !at.checked_sub(1).is_some_and(is_word));
    starts.map(|at| {
        let word = all.iter().skip(at).take_while(|one| one.is_alphanumeric());
        (at, word.collect())
    })
}

/// Whether its letters are of scripts that are not written together.
fn mixes(word: &str) -> bool {
    !word.is_single_script()
}

/// Whether none of its letters is Latin.
fn is_of_another_script(word: &str) -> bool {
    let is_latin =
        |one: char| one.is_ascii() || matches!(one, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    !word.chars().any(is_latin)
}

/// Whether each of its letters looks like a Latin one: among words of its own script it is nothing, among Latin ones it
/// passes for one of them.
fn passes_for_latin(word: &str) -> bool {
    skeleton(word).all(|one| one.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(OddityKind, usize, String)> {
        oddities(text).into_iter().map(|one| (one.kind, one.at, one.what)).collect()
    }

    #[test]
    fn what_nobody_sees_is_reported_and_cleaned() {
        assert_eq!(
            found("See\u{200b} you\u{2060}"),
            [(OddityKind::Hidden, 3, "U+200B".into()), (OddityKind::Hidden, 8, "U+2060".into())]
        );
        assert_eq!(found("pay\u{202e}exe.doc"), [(OddityKind::Turning, 3, "U+202E".into())]);
        assert_eq!(found("a\u{e000}"), [(OddityKind::Private, 1, "U+E000".into())]);
        assert_eq!(found("\u{e0041}x")[0].0, OddityKind::Hidden, "tags");
        assert_eq!(found("a\u{fe00}b")[0].0, OddityKind::Hidden, "a form of a letter");
        let text = "See\u{200b} you\u{2060} \u{202e}at e\u{301}\u{e000}";
        assert_eq!(clean(text), "See you at \u{e9}");
        assert!(oddities(&clean(text)).is_empty());
    }

    #[test]
    fn a_word_of_letters_that_look_alike_is_reported() {
        assert_eq!(found("to p\u{430}ypal"), [(OddityKind::LooksLike, 3, "p\u{430}ypal".into())]);
        assert!(found("Москва and Moscow").is_empty(), "the twin: each of one script");
    }

    #[test]
    fn a_whole_word_that_passes_for_another_is_reported() {
        assert_eq!(found("pay to \u{440}\u{430}\u{443} now")[0].0, OddityKind::LooksLike);
        assert!(
            found("\u{440}\u{430}\u{43d}\u{43e} \u{441}\u{430}\u{441}").is_empty(),
            "among its own"
        );
    }

    #[test]
    fn what_ordinary_writing_needs_is_not_odd() {
        for text in [
            "👩‍👩‍👧 ❤️ 1️⃣ 👍🏽 🏳️‍🌈",
            "می‌خواهم",
            "क्‍ष",
            "שלום\u{200f}! (at 6)",
            "東京タワーへ行く",
            "naïve Straße, l’été\nline\ttab",
            "한국어 test",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
