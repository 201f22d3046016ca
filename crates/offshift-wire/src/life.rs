//! How long a relay may keep an envelope: seven classes, chosen by the depositor (OS-MBX-030).

use crate::Malformed;

/// A life class. The relay forgets the envelope when it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Life {
    /// One hour.
    H1,
    /// Six hours.
    H6,
    /// One day.
    D1,
    /// Three days.
    D3,
    /// Seven days.
    D7,
    /// Fourteen days.
    D14,
    /// Thirty days.
    D30,
}

const HOUR_MS: u64 = 3_600_000;

impl Life {
    /// All, from short to long.
    pub const ALL: [Self; 7] =
        [Self::H1, Self::H6, Self::D1, Self::D3, Self::D7, Self::D14, Self::D30];

    /// Its length in milliseconds.
    pub const fn ms(self) -> u64 {
        match self {
            Self::H1 => HOUR_MS,
            Self::H6 => 6 * HOUR_MS,
            Self::D1 => 24 * HOUR_MS,
            Self::D3 => 3 * 24 * HOUR_MS,
            Self::D7 => 7 * 24 * HOUR_MS,
            Self::D14 => 14 * 24 * HOUR_MS,
            Self::D30 => 30 * 24 * HOUR_MS,
        }
    }

    /// Its number on the wire and in records: 1 to 7.
    pub const fn number(self) -> u8 {
        match self {
            Self::H1 => 1,
            Self::H6 => 2,
            Self::D1 => 3,
            Self::D3 => 4,
            Self::D7 => 5,
            Self::D14 => 6,
            Self::D30 => 7,
        }
    }
}

impl TryFrom<u32> for Life {
    type Error = Malformed;

    fn try_from(number: u32) -> Result<Self, Malformed> {
        let found = Self::ALL.into_iter().find(|life| u32::from(life.number()) == number);
        found.ok_or(Malformed("life class"))
    }
}
