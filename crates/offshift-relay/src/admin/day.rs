//! A day, as people write it: 2026-11-22. Nothing here is told to the minute.

use std::{fmt, str::FromStr};

use offshift_wire::UnixMillis;
use serde::{Deserialize, Serialize};

const DAY_MS: u64 = 86_400_000;

/// Days since 1970-01-01, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(u32);

/// The text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day is written like 2026-11-22")]
pub struct BadDay;

impl Day {
    /// The day of this time.
    pub fn of(time: UnixMillis) -> Self {
        Self(u32::try_from(time.0 / DAY_MS).unwrap_or(u32::MAX))
    }

    /// So many days later.
    #[must_use]
    pub const fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Its first moment.
    pub const fn begins(self) -> UnixMillis {
        UnixMillis(self.0 as u64 * DAY_MS)
    }

    /// Year, month, day of the month (Howard Hinnant, "chrono-compatible low-level date algorithms").
    fn civil(self) -> (u64, u64, u64) {
        let days = u64::from(self.0) + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (year + era * 400 + u64::from(month <= 2), month, day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = BadDay;

    fn from_str(text: &str) -> Result<Self, BadDay> {
        // Few enough to look through: every day until 2149.
        let year: u32 = text.split('-').next().and_then(|year| year.parse().ok()).ok_or(BadDay)?;
        let first = year.checked_sub(1970).ok_or(BadDay)?.saturating_mul(365);
        let near = first..first.saturating_add(800).min(u32::from(u16::MAX));
        near.map(Self).find(|day| day.to_string() == text).ok_or(BadDay)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = BadDay;

    fn try_from(text: String) -> Result<Self, BadDay> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_and_read_as_people_do() {
        for (days, text) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_779, "2026-11-22"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(Day(days).to_string(), text);
            assert_eq!(text.parse(), Ok(Day(days)));
        }
        for wrong in
            ["", "2026", "2026-13-01", "2026-02-30", "26-11-22", "1969-12-31", "9999999999-1-1"]
        {
            assert_eq!(wrong.parse::<Day>(), Err(BadDay), "{wrong}");
        }
    }

    #[test]
    fn a_day_holds_its_moments() {
        let day: Day = "2026-11-22".parse().unwrap();
        assert_eq!(Day::of(day.begins()), day);
        assert_eq!(Day::of(day.plus(1).begins().plus_ms(5)), day.plus(1));
    }
}
