//! The passphrase of a profile.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::limits::{PASSPHRASE_BYTES_MAX, PASSPHRASE_CHARACTERS_MIN};

/// A passphrase, wiped from memory when dropped. It counts byte for byte as it was typed.
pub struct Passphrase(Zeroizing<String>);

/// Why a text can't be a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadPassphrase {
    /// Too short to protect anything.
    #[error(
        "the passphrase is too short; use at least {PASSPHRASE_CHARACTERS_MIN} characters, better four or five words"
    )]
    Short,
    /// So long that it is not a passphrase.
    #[error("the passphrase is too long; use at most {PASSPHRASE_BYTES_MAX} characters")]
    Long,
}

impl Passphrase {
    /// The least of a new one.
    pub const CHARACTERS_MIN: usize = PASSPHRASE_CHARACTERS_MIN;
    /// The most of a new one, in bytes.
    pub const BYTES_MAX: usize = PASSPHRASE_BYTES_MAX;

    /// A passphrase to open a profile with: any text.
    pub const fn new(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// A passphrase for a new profile.
    ///
    /// # Errors
    /// [`BadPassphrase`].
    pub fn for_new_profile(text: Zeroizing<String>) -> Result<Self, BadPassphrase> {
        if text.chars().count() < PASSPHRASE_CHARACTERS_MIN {
            return Err(BadPassphrase::Short);
        }
        if text.len() > PASSPHRASE_BYTES_MAX {
            return Err(BadPassphrase::Long);
        }
        Ok(Self(text))
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
