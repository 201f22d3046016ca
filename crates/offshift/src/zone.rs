//! The device's time zone, from the system's own file (RFC 9636), for times that people type and read.
//!
//! ```text
//! TZ or /etc/localtime -> transitions (seconds, offset)..., and a rule for what comes after them
//! ```
//! Where there is none, or one that is not understood, times are those of UTC.
//!
//! Never: a place or a zone in anything that leaves this device.

use std::{fs, path::PathBuf, sync::OnceLock};

const DAY_S: i64 = 86_400;
const HEADER: usize = 44;

/// How far local time is ahead of UTC, by time.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Zone {
    /// From this second on, so many seconds.
    transitions: Vec<(i64, i64)>,
    rule: Option<Rule>,
}

/// What holds behind the last transition.
#[derive(Debug, PartialEq, Eq)]
struct Rule {
    standard: i64,
    /// In summer, from a change to a change.
    summer: Option<(i64, Change, Change)>,
}

/// A day of the year by month, week (5: the last) and day of the week, and a second of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    month: i64,
    week: i64,
    day: i64,
    second: i64,
}

/// This device's.
pub(crate) fn here() -> &'static Zone {
    static HERE: OnceLock<Zone> = OnceLock::new();
    HERE.get_or_init(|| Zone::of_system().unwrap_or_default())
}

impl Zone {
    fn of_system() -> Option<Self> {
        let Ok(named) = std::env::var("TZ") else {
            return Self::read(&fs::read("/etc/localtime").ok()?);
        };
        let name = named.trim_start_matches(':');
        let is_plain = !name.is_empty() && !name.starts_with('/') && !name.contains("..");
        let file = is_plain.then(|| PathBuf::from("/usr/share/zoneinfo").join(name));
        match file.and_then(|file| fs::read(file).ok()) {
            Some(bytes) => Self::read(&bytes),
            None => Some(Self { transitions: Vec::new(), rule: Rule::read(name) }),
        }
    }

    /// A file of version 2 or later: the block in 32 bits is passed over.
    fn read(bytes: &[u8]) -> Option<Self> {
        let old = Counts::read(bytes)?;
        let bytes = bytes.get(HEADER + old.length(4)?..)?;
        let counts = Counts::read(bytes)?;
        let (data, footer) = bytes.get(HEADER..)?.split_at_checked(counts.length(8)?)?;
        let (times, rest) = data.split_at_checked(counts.times.checked_mul(8)?)?;
        let (types, rest) = rest.split_at_checked(counts.times)?;
        let offset = |kind: u8| {
            let at = usize::from(kind).checked_mul(6)?;
            let seconds = rest.get(at..at.checked_add(4)?)?.first_chunk::<4>()?;
            Some(i64::from(i32::from_be_bytes(*seconds)))
        };
        let time = |bytes: &[u8]| bytes.first_chunk::<8>().map(|bytes| i64::from_be_bytes(*bytes));
        let one = |(bytes, kind): (&[u8], &u8)| Some((time(bytes)?, offset(*kind)?));
        let transitions = times.chunks_exact(8).zip(types).map(one).collect::<Option<_>>()?;
        let footer = std::str::from_utf8(footer).ok()?.trim_matches('\n');
        Some(Self { transitions, rule: Rule::read(footer) })
    }

    /// How many seconds local time is ahead of UTC at a second since 1970.
    pub(crate) fn ahead_at(&self, second: i64) -> i64 {
        let passed = self.transitions.partition_point(|(at, _)| *at <= second);
        let listed = passed.checked_sub(1).and_then(|last| self.transitions.get(last));
        match &self.rule {
            Some(rule) if passed == self.transitions.len() => rule.ahead_at(second),
            _ => listed.or(self.transitions.first()).map_or(0, |(_, ahead)| *ahead),
        }
    }

    /// The second since 1970 at which clocks here show so many seconds since 1970.
    pub(crate) fn second_of(&self, local: i64) -> i64 {
        let guess = local - self.ahead_at(local);
        local - self.ahead_at(guess)
    }
}

/// How much of what a file has.
struct Counts {
    utc: usize,
    standard: usize,
    leaps: usize,
    times: usize,
    types: usize,
    letters: usize,
}

impl Counts {
    fn read(bytes: &[u8]) -> Option<Self> {
        let header = bytes.strip_prefix(b"TZif")?.get(16..HEADER - 4)?;
        let mut numbers = header
            .chunks_exact(4)
            .filter_map(|four| usize::try_from(u32::from_be_bytes(*four.first_chunk()?)).ok());
        let mut next = || numbers.next();
        let (utc, standard, leaps) = (next()?, next()?, next()?);
        Some(Self { utc, standard, leaps, times: next()?, types: next()?, letters: next()? })
    }

    fn length(&self, time: usize) -> Option<usize> {
        let times = self.times.checked_mul(time.checked_add(1)?)?;
        let leaps = self.leaps.checked_mul(time.checked_add(4)?)?;
        [self.types.checked_mul(6)?, self.letters, leaps, self.standard, self.utc]
            .into_iter()
            .try_fold(times, usize::checked_add)
    }
}

impl Rule {
    /// As POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
    fn read(text: &str) -> Option<Self> {
        let (standard, rest) = ahead(name(text)?)?;
        if rest.is_empty() {
            return Some(Self { standard, summer: None });
        }
        let rest = name(rest)?;
        let (summer, rest) =
            if rest.starts_with(',') { (standard + 3600, rest) } else { ahead(rest)? };
        let (from, to) = rest.strip_prefix(',')?.split_once(',')?;
        Some(Self { standard, summer: Some((summer, Change::read(from)?, Change::read(to)?)) })
    }

    fn ahead_at(&self, second: i64) -> i64 {
        let Some((summer, from, to)) = &self.summer else { return self.standard };
        let year = crate::when::year_of(second + self.standard);
        // Each change is written by the clock that shows until then.
        let from = from.second_in(year) - self.standard;
        let to = to.second_in(year) - summer;
        let is_summer =
            if from < to { (from..to).contains(&second) } else { !(to..from).contains(&second) };
        if is_summer { *summer } else { self.standard }
    }
}

impl Change {
    fn read(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('/').unwrap_or((text, "2"));
        let mut parts = date.strip_prefix('M')?.split('.').map(str::parse::<i64>);
        let mut next = || parts.next()?.ok();
        let (month, week, day) = (next()?, next()?, next()?);
        let known = (1..=12).contains(&month) && (1..=5).contains(&week) && (0..=6).contains(&day);
        known.then_some(())?;
        Some(Self { month, week, day, second: clock(time)? })
    }

    /// Seconds since 1970 by the clock that shows then.
    fn second_in(&self, year: i64) -> i64 {
        let first = crate::when::day_number(year, self.month, 1);
        // Day 0 was a Thursday.
        let weekday = (first + 4).rem_euclid(7);
        let mut day = first + (self.day - weekday).rem_euclid(7) + 7 * (self.week - 1);
        let (next_year, next_month) =
            if self.month == 12 { (year + 1, 1) } else { (year, self.month + 1) };
        if day >= crate::when::day_number(next_year, next_month, 1) {
            day -= 7;
        }
        day * DAY_S + self.second
    }
}

/// What is behind the name of a zone.
fn name(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('<') {
        return quoted.split_once('>').map(|(_, rest)| rest);
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    (text.len() - rest.len() >= 3).then_some(rest)
}

/// POSIX counts westwards.
fn ahead(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '+' | '-')));
    let (offset, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    Some((-clock(offset)?, rest))
}

/// `3`, `-1:30`, `2:00:00` in seconds.
fn clock(text: &str) -> Option<i64> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let mut seconds = 0;
    for (part, unit) in text.trim_start_matches(['+', '-']).split(':').zip([3600, 60, 1]) {
        seconds += part.parse::<u16>().ok().map(i64::from)? * unit;
    }
    Some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_rule(text: &str) -> Zone {
        Zone { transitions: Vec::new(), rule: Some(Rule::read(text).unwrap()) }
    }

    #[test]
    fn summer_begins_and_ends_where_the_rule_says() {
        let berlin = by_rule("CET-1CEST,M3.5.0,M10.5.0/3");
        for (second, ahead) in [
            (1_774_745_999, 3600), // 29 Mar 2026, 00:59:59 UTC
            (1_774_746_000, 7200),
            (1_792_889_999, 7200), // 25 Oct 2026, 00:59:59 UTC
            (1_792_890_000, 3600),
        ] {
            assert_eq!(berlin.ahead_at(second), ahead, "{second}");
        }
        let sydney = by_rule("AEST-10AEDT,M10.1.0,M4.1.0/3");
        assert_eq!(sydney.ahead_at(1_767_225_600), 39_600, "January is summer there");
        assert_eq!(sydney.ahead_at(1_782_864_000), 36_000);
        assert_eq!(by_rule("<+0530>-5:30").ahead_at(0), 19_800);
        assert_eq!(by_rule("EST5EDT,M3.2.0,M11.1.0").ahead_at(1_782_864_000), -14_400);
    }

    #[test]
    fn a_local_time_is_found_again() {
        let berlin = by_rule("CET-1CEST,M3.5.0,M10.5.0/3");
        for second in (1_774_000_000..1_793_000_000).step_by(7201) {
            let local = second + berlin.ahead_at(second);
            let found = berlin.second_of(local);
            assert_eq!(found + berlin.ahead_at(found), local, "{second}");
        }
    }

    #[test]
    fn a_file_of_the_system_is_read_and_a_broken_one_is_none() {
        let zero = [0; 4];
        let counts = |times: u8, types: u8| {
            let number = |number: u8| [0, 0, 0, number];
            [zero, zero, zero, number(times), number(types), number(0)].concat()
        };
        let mut file = [b"TZif2".as_slice(), &[0; 15], &counts(0, 0)].concat();
        file.extend([b"TZif2".as_slice(), &[0; 15], &counts(1, 2)].concat());
        file.extend(1000_i64.to_be_bytes());
        file.push(1);
        file.extend([&60_i32.to_be_bytes()[..], &[0, 0], &120_i32.to_be_bytes(), &[0, 0]].concat());
        file.extend(b"\nUTC0\n");
        let zone = Zone::read(&file).unwrap();
        assert_eq!(zone.transitions, [(1000, 120)]);
        assert_eq!((zone.ahead_at(999), zone.ahead_at(1000)), (120, 0), "the rule holds behind");
        for cut in [0, 4, 43, 60, 100] {
            assert_eq!(Zone::read(&file[..cut]), None);
        }
        assert_eq!(Rule::read("CET-1CEST,J60,J300"), None, "what is not understood is none");
    }
}
