//! Times as people say them.
//!
//! Days are those of UTC: what members tell each other about a room names the same day for all of them.

use std::time::{SystemTime, UNIX_EPOCH};

use offshift_client::UnixMillis;

const DAY_S: u64 = 86_400;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How long ago, in the largest unit that fits.
pub(crate) fn ago(at: UnixMillis) -> String {
    let past = now().0.saturating_sub(at.0) / 1000;
    match past {
        0..60 => "just now".to_owned(),
        60..3600 => format!("{} min ago", past / 60),
        3600..DAY_S => format!("{} h ago", past / 3600),
        _ => format!("{} d ago", past / DAY_S),
    }
}

/// The day: `29 Nov`, with the year if it is another one than now.
pub(crate) fn day(at: UnixMillis) -> String {
    day_seen_from(at, now())
}

/// From a day to a day, both included: `1 to 9 Nov`.
pub(crate) fn days(from: UnixMillis, to: UnixMillis) -> String {
    days_seen_from(from, to, now())
}

fn day_seen_from(at: UnixMillis, now: UnixMillis) -> String {
    let Date { day, month, year } = Date::of(at);
    if year == Date::of(now).year {
        format!("{day} {month}")
    } else {
        format!("{day} {month} {year}")
    }
}

fn days_seen_from(from: UnixMillis, to: UnixMillis, now: UnixMillis) -> String {
    let (first, last) = (Date::of(from), Date::of(to));
    let end = day_seen_from(to, now);
    if first == last {
        end
    } else if (first.month, first.year) == (last.month, last.year) {
        format!("{} to {end}", first.day)
    } else {
        format!("{} to {end}", day_seen_from(from, now))
    }
}

fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

#[derive(PartialEq, Eq)]
struct Date {
    day: u64,
    month: &'static str,
    year: u64,
}

impl Date {
    /// The civil date of a time, by the algorithm of H. Hinnant, "chrono-compatible low-level date algorithms": years
    /// begin in March there, so that the leap day is the last of its year.
    fn of(at: UnixMillis) -> Self {
        // Days since 1 March of the year 0.
        let days = at.0 / 1000 / DAY_S + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let january_on = u64::from(from_march >= 10);
        let month = usize::try_from((from_march + 2) % 12).unwrap_or_default();
        let month = MONTHS.get(month).copied().unwrap_or_default();
        Self { day, month, year: year_of_era + era * 400 + january_on }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: u64) -> UnixMillis {
        UnixMillis(seconds * 1000)
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, day) in [
            (0, "1 Jan 1970"),
            (951_782_400, "29 Feb 2000"),
            (951_868_800, "1 Mar 2000"),
            (1_709_164_800, "29 Feb 2024"),
            (1_735_689_599, "31 Dec 2024"),
            (1_735_689_600, "1 Jan 2025"),
            (4_107_542_400, "1 Mar 2100"),
        ] {
            assert_eq!(day_seen_from(at(seconds), at(40 * 31_556_952)), day);
        }
    }

    #[test]
    fn the_year_is_said_when_it_is_another_one() {
        let november = at(1_795_305_600);
        assert_eq!(day_seen_from(november, at(1_795_000_000)), "22 Nov");
        assert_eq!(day_seen_from(november, at(1_830_000_000)), "22 Nov 2026");
    }

    #[test]
    fn a_gap_is_told_in_dates() {
        let (now, day) = (at(1_795_305_600), 86_400);
        let november = |number: u64| at(1_793_491_200 + (number - 1) * day);
        assert_eq!(days_seen_from(november(1), november(9), now), "1 to 9 Nov");
        assert_eq!(days_seen_from(november(9), november(9), now), "9 Nov");
        assert_eq!(days_seen_from(at(1_793_318_400), november(2), now), "30 Oct to 2 Nov");
    }

    #[test]
    fn an_old_message_says_how_old() {
        assert_eq!(ago(UnixMillis(0)).split(' ').nth(1), Some("d"));
        assert_eq!(ago(UnixMillis(u64::MAX)), "just now");
    }
}
