//! How strong a passphrase is, said in words.
//!
//! ```text
//! passphrase -> zxcvbn: how many guesses -> Strength, and what is wrong with it
//! ```
//! A guess at a vault costs its whole derivation (`proto/spec/vault.md`, OS-VLT-003): what rents a hundred machines makes some
//! ten thousand guesses a second, so 10^9 guesses are a day and 10^14 are centuries.

use serde::{Deserialize, Serialize};
use zxcvbn::{feedback::Warning, zxcvbn};

use crate::limits::PASSPHRASE_RATED_MAX;

/// How long a passphrase keeps somebody out who has the device, and money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Not for a day.
    VeryWeak,
    /// For days or weeks.
    Weak,
    /// For years.
    Good,
    /// For longer than it matters.
    Strong,
}

/// What makes a passphrase easy to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeakBy {
    /// One of those that many people use, or close to it.
    Common,
    /// A single word or name.
    Word,
    /// A date or a year.
    Date,
    /// Keys beside each other, letters in a row, the same again.
    Pattern,
}

/// What is said of a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrengthView {
    /// How strong it is.
    pub strength: Strength,
    /// Why it is no stronger, if one thing stands out.
    pub weak_by: Option<WeakBy>,
}

/// Judges a passphrase (OS-VLT-025). Only its first hundred characters count: that is enough, and longer ones would take long.
pub fn strength_of(passphrase: &str) -> StrengthView {
    let end =
        passphrase.char_indices().nth(PASSPHRASE_RATED_MAX).map_or(passphrase.len(), |at| at.0);
    let rated = zxcvbn(passphrase.get(..end).unwrap_or_default(), &["offshift"]);
    let strength = match rated.guesses_log10() {
        guesses if guesses < 9.0 => Strength::VeryWeak,
        guesses if guesses < 11.0 => Strength::Weak,
        guesses if guesses < 14.0 => Strength::Good,
        _ => Strength::Strong,
    };
    let warning = rated.feedback().and_then(zxcvbn::feedback::Feedback::warning);
    StrengthView { strength, weak_by: warning.map(weak_by) }
}

const fn weak_by(warning: Warning) -> WeakBy {
    match warning {
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => WeakBy::Date,
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess
        | Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
        | Warning::SequencesLikeAbcAreEasyToGuess => WeakBy::Pattern,
        Warning::AWordByItselfIsEasyToGuess
        | Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => WeakBy::Word,
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => WeakBy::Common,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_vlt_025_passphrases_are_told_apart_by_what_guessing_them_takes() {
        let strength = |text| strength_of(text).strength;
        for text in ["password", "offshift1", "19041990", "qwertzuiop", "aaaaaaaaaaaa", ""] {
            assert_eq!(strength(text), Strength::VeryWeak, "{text}");
        }
        assert!(strength("wobbly lantern") < Strength::Strong);
        assert_eq!(strength("wobbly lantern sixteen herring trombone"), Strength::Strong);
    }

    #[test]
    fn os_vlt_025_what_is_wrong_with_it_is_said() {
        let why = |text| strength_of(text).weak_by;
        assert_eq!(why("password"), Some(WeakBy::Common));
        assert_eq!(why("aaaaaaaaaaaa"), Some(WeakBy::Pattern));
        assert_eq!(why("wobbly lantern sixteen herring trombone"), None);
    }

    #[test]
    fn a_whole_book_is_judged_at_once() {
        assert_eq!(strength_of(&"word ".repeat(100_000)).strength, Strength::VeryWeak);
    }
}
