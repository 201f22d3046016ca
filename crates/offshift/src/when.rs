//! Times as people say them.
//!
//! Days are those of UTC: what members tell each other about a room names the same day for all of them.

use std::time::{SystemTime, UNIX_EPOCH};

use offshift_client::UnixMillis;

use crate::{
    words::say,
    zone::{self, Zone},
};

const DAY_S: u64 = 86_400;

/// How long ago, in the largest unit that fits.
pub(crate) fn ago(at: UnixMillis) -> String {
    let past = now().0.saturating_sub(at.0) / 1000;
    match past {
        0..60 => say!("when-now"),
        60..3600 => say!("when-minutes-ago", count = past / 60),
        3600..DAY_S => say!("when-hours-ago", count = past / 3600),
        _ => say!("when-days-ago", count = past / DAY_S),
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

/// A day and a time by the clocks here: `29 Nov 18:00`.
pub(crate) fn moment(at: UnixMillis) -> String {
    moment_in(zone::here(), at, now())
}

/// Whether something is of the last day or still to come.
pub(crate) fn is_today_or_later(at: UnixMillis) -> bool {
    at.0.saturating_add(DAY_S * 1000) >= now().0
}

/// A time that a person typed, `2026-11-29 18:00`, by the clocks here.
pub(crate) fn typed(text: &str) -> Option<UnixMillis> {
    typed_in(zone::here(), text)
}

fn moment_in(zone: &Zone, at: UnixMillis, now: UnixMillis) -> String {
    let local = |at: UnixMillis| {
        let second = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX / 2);
        u64::try_from(second.saturating_add(zone.ahead_at(second))).unwrap_or_default()
    };
    let (second, now) = (local(at), local(now));
    let [day, now] = [second, now].map(|second| UnixMillis(second.saturating_mul(1000)));
    let day = day_seen_from(day, now);
    let time = format!("{:02}:{:02}", second % DAY_S / 3600, second % 3600 / 60);
    say!("when-moment", day = day, time = time)
}

fn typed_in(zone: &Zone, text: &str) -> Option<UnixMillis> {
    let (date, time) = text.trim().split_once([' ', 'T'])?;
    let mut date = date.split('-').map(|part| part.parse::<u16>().ok().map(i64::from));
    let mut next = || date.next().flatten();
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute) = (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?);
    let days = day_number(year, month, day);
    let is_a_day = (1..=12).contains(&month) && day >= 1 && year_of(days * 86_400) == year;
    let is_in_month = is_a_day && days < day_number(year + month / 12, month % 12 + 1, 1);
    (is_in_month && hour < 24 && minute < 60).then_some(())?;
    let local = days * 86_400 + i64::from(hour) * 3600 + i64::from(minute) * 60;
    u64::try_from(zone.second_of(local)).ok()?.checked_mul(1000).map(UnixMillis)
}

/// Days since 1970 of a date of the calendar; see [`Date::of`].
pub(crate) const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = (month + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The year of a second since 1970.
pub(crate) fn year_of(second: i64) -> i64 {
    let at = UnixMillis(u64::try_from(second).unwrap_or_default().saturating_mul(1000));
    i64::try_from(Date::of(at).year).unwrap_or(i64::MAX)
}

fn day_seen_from(at: UnixMillis, now: UnixMillis) -> String {
    let Date { day, month, year } = Date::of(at);
    let month = say!("when-month", month = month);
    if year == Date::of(now).year {
        say!("when-day", day = day, month = month)
    } else {
        say!("when-day-of-year", day = day, month = month, year = year)
    }
}

fn days_seen_from(from: UnixMillis, to: UnixMillis, now: UnixMillis) -> String {
    let (first, last) = (Date::of(from), Date::of(to));
    let end = day_seen_from(to, now);
    if first == last {
        end
    } else if (first.month, first.year) == (last.month, last.year) {
        say!("when-days", from = first.day.to_string(), to = end)
    } else {
        say!("when-days", from = day_seen_from(from, now), to = end)
    }
}

fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

#[derive(PartialEq, Eq)]
struct Date {
    day: u64,
    /// From 1 to 12.
    month: u64,
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
        let month = (from_march + 2) % 12 + 1;
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
    fn a_typed_time_reads_as_it_was_typed_and_no_other_is_taken() {
        let utc = Zone::default();
        for text in ["2026-11-29 18:00", "2028-02-29T00:05", "2026-12-31 23:59"] {
            let at = typed_in(&utc, text).unwrap();
            let shown = moment_in(&utc, at, UnixMillis(0));
            assert!(shown.ends_with(&text[11..]), "{shown}");
            assert!(shown.starts_with(text[8..10].trim_start_matches('0')), "{shown}");
        }
        for text in ["", "tomorrow", "2026-02-29 10:00", "2026-13-01 10:00", "2026-11-29 24:00"] {
            assert_eq!(typed_in(&utc, text), None, "{text}");
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
