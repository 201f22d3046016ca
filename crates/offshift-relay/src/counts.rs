//! What a relay counts: numbers of kinds of events, never whose; and when it last did what it does for itself.
//!
//! Never: an address, a key, a size that is somebody's, a time of what a peer did.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// A kind of event. Each is a counter that only rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// A connection whose handshake was finished.
    Connected,
    /// A connection turned away because all places were taken.
    RefusedPlaces,
    /// A connection turned away because its network prefix had too many.
    RefusedPrefix,
    /// A first packet answered by a Retry.
    Retried,
    /// A deposit that is durable.
    Deposited,
    /// A deposit refused: no credit.
    RefusedCredit,
    /// A deposit refused: the store, or its mailbox, is full.
    RefusedFull,
    /// A deposit refused: too much at once, or memory is short.
    RefusedBusy,
    /// An entry sent to a reader.
    Delivered,
    /// A batch of tokens issued.
    Issued,
    /// A batch refused: no such ticket, or its allowance is used.
    RefusedTicket,
    /// A token taken.
    Spent,
    /// A token refused.
    RefusedToken,
    /// A connection closed because the peer broke a rule.
    Misbehaved,
    /// A deposit or fetch of the relay's own check that worked.
    CheckPassed,
    /// One that did not.
    CheckFailed,
    /// The store failed (nearly always the disk): what was to be durable is not.
    DiskFailed,
}

impl Count {
    /// All of them, in order.
    pub const ALL: [Self; 17] = [
        Self::Connected,
        Self::RefusedPlaces,
        Self::RefusedPrefix,
        Self::Retried,
        Self::Deposited,
        Self::RefusedCredit,
        Self::RefusedFull,
        Self::RefusedBusy,
        Self::Delivered,
        Self::Issued,
        Self::RefusedTicket,
        Self::Spent,
        Self::RefusedToken,
        Self::Misbehaved,
        Self::CheckPassed,
        Self::CheckFailed,
        Self::DiskFailed,
    ];
}

/// What the relay did for itself, of which the last time is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It started.
    Started,
    /// It issued itself a certificate.
    CertificateIssued,
    /// Its own check worked.
    CheckPassed,
    /// Its own check did not.
    CheckFailed,
    /// New settings were taken.
    Reloaded,
    /// New settings were bad; the old ones go on.
    ReloadFailed,
}

impl Mark {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::Started,
        Self::CertificateIssued,
        Self::CheckPassed,
        Self::CheckFailed,
        Self::Reloaded,
        Self::ReloadFailed,
    ];
}

/// The counters and marks of one relay, shared.
#[derive(Clone, Default)]
pub struct Counts(Arc<Kept>);

#[derive(Default)]
struct Kept {
    counts: [AtomicU64; Count::ALL.len()],
    /// Unix milliseconds; 0: not yet.
    marks: [AtomicU64; Mark::ALL.len()],
}

impl Counts {
    /// One more.
    pub fn add(&self, what: Count) {
        self.add_many(what, 1);
    }

    /// So many more.
    pub fn add_many(&self, what: Count, many: u64) {
        if let Some(counter) = self.0.counts.get(what as usize) {
            counter.fetch_add(many, Ordering::Relaxed);
        }
    }

    /// How many so far.
    pub fn of(&self, what: Count) -> u64 {
        self.0.counts.get(what as usize).map_or(0, |counter| counter.load(Ordering::Relaxed))
    }

    /// It happened now.
    pub fn mark(&self, what: Mark) {
        self.mark_at(what, SystemTime::now());
    }

    /// It happened then.
    pub fn mark_at(&self, what: Mark, when: SystemTime) {
        let since = when.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        if let Some(mark) = self.0.marks.get(what as usize) {
            mark.store(u64::try_from(since).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }

    /// When it happened last.
    pub fn last(&self, what: Mark) -> Option<SystemTime> {
        let since = self.0.marks.get(what as usize)?.load(Ordering::Relaxed);
        (since > 0).then(|| UNIX_EPOCH.checked_add(Duration::from_millis(since)))?
    }

    /// How long ago it happened last; nothing, if a clock was set back meanwhile.
    pub fn age(&self, what: Mark, now: SystemTime) -> Option<Duration> {
        Some(now.duration_since(self.last(what)?).unwrap_or_default())
    }

    /// Whether the last of the two was the bad one.
    pub fn is_failing(&self, good: Mark, bad: Mark) -> bool {
        self.last(bad) > self.last(good)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own_counter() {
        let counts = Counts::default();
        for (index, what) in Count::ALL.into_iter().enumerate() {
            counts.add_many(what, u64::try_from(index).unwrap());
        }
        let told: Vec<u64> = Count::ALL.map(|what| counts.of(what)).into();
        assert_eq!(told, (0..17).collect::<Vec<u64>>());
    }

    #[test]
    fn marks_keep_the_last_time_and_tell_which_of_two_was_later() {
        let (counts, second) = (Counts::default(), Duration::from_secs(1));
        let then = UNIX_EPOCH + 1_000 * second;
        assert_eq!(counts.last(Mark::CheckPassed), None);
        assert!(!counts.is_failing(Mark::CheckPassed, Mark::CheckFailed), "nothing was checked");
        counts.mark_at(Mark::CheckFailed, then);
        assert!(counts.is_failing(Mark::CheckPassed, Mark::CheckFailed));
        counts.mark_at(Mark::CheckPassed, then + second);
        assert!(!counts.is_failing(Mark::CheckPassed, Mark::CheckFailed));
        assert_eq!(counts.last(Mark::CheckPassed), Some(then + second));
        assert_eq!(counts.age(Mark::CheckFailed, then + 3 * second), Some(3 * second));
        assert_eq!(counts.age(Mark::CheckFailed, then - second), Some(Duration::ZERO));
    }
}
