//! What a relay counts: numbers of kinds of events, never whose.
//!
//! Never: an address, a key, a size that is somebody's, a time of an event.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
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
}

impl Count {
    /// All of them, in order.
    pub const ALL: [Self; 16] = [
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
    ];
}

/// The counters of one relay, shared.
#[derive(Clone, Default)]
pub struct Counts(Arc<[AtomicU64; Count::ALL.len()]>);

impl Counts {
    /// One more.
    pub fn add(&self, what: Count) {
        self.add_many(what, 1);
    }

    /// So many more.
    pub fn add_many(&self, what: Count, many: u64) {
        if let Some(counter) = self.0.get(what as usize) {
            counter.fetch_add(many, Ordering::Relaxed);
        }
    }

    /// How many so far.
    pub fn of(&self, what: Count) -> u64 {
        self.0.get(what as usize).map_or(0, |counter| counter.load(Ordering::Relaxed))
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
        assert_eq!(told, (0..16).collect::<Vec<u64>>());
    }
}
