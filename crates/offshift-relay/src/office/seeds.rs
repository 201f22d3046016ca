//! The secrets from which the issuer keys of all weeks follow, as the store's metadata has them.
//!
//! ```text
//! "issuer seed" -> (from period (4) || seed (32)) x 1 to 3, oldest first;  formerly seed (32) alone
//! ```
//! A new identity brings a new seed (OS-OPS-132). It holds from the next week on: this week's key is known, and another one
//! of the same week would be what OS-TOK-010 calls proof of a lie.

use offshift_access::IssuerSeed;
use offshift_wire::token::Period;
use zeroize::Zeroizing;

use crate::store::StoreError;

pub(super) const SEED: &str = "issuer seed";

/// Each with the first period that follows from it.
pub(super) struct Seeds(Vec<(Period, IssuerSeed)>);

impl Seeds {
    /// One for all time.
    pub(super) fn only(seed: IssuerSeed) -> Self {
        Self(vec![(Period(0), seed)])
    }

    /// From which the key of a period follows.
    pub(super) fn of(&self, period: Period) -> Option<&IssuerSeed> {
        self.0.iter().rev().find(|(from, _)| *from <= period).map(|(_, seed)| seed)
    }

    /// From the week after `now` on it is this one. Stays what last week's and this week's tokens need, so there are
    /// three at most.
    pub(super) fn turn(&mut self, new: IssuerSeed, now: Period) {
        // One that was to begin then has signed nothing yet.
        self.0.retain(|(from, _)| *from <= now);
        let last = Period(now.0.saturating_sub(1));
        let superseded = self.0.iter().filter(|(from, _)| *from <= last).count().saturating_sub(1);
        self.0.drain(..superseded);
        self.0.push((now.next(), new));
    }

    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(3 * 36));
        for (from, seed) in &self.0 {
            bytes.extend_from_slice(&from.0.to_be_bytes());
            bytes.extend_from_slice(seed.as_bytes());
        }
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        const BAD: StoreError = StoreError::Bug("issuer seed");
        if let Ok(alone) = bytes.try_into() {
            return Ok(Self::only(IssuerSeed::from_bytes(Zeroizing::new(alone))));
        }
        let (records, rest) = bytes.as_chunks::<36>();
        let parse = |record: &[u8; 36]| {
            let (from, seed) = record.split_first_chunk::<4>()?;
            let seed = Zeroizing::new(seed.try_into().ok()?);
            Some((Period(u32::from_be_bytes(*from)), IssuerSeed::from_bytes(seed)))
        };
        let seeds: Option<Vec<_>> = records.iter().map(parse).collect();
        seeds.filter(|seeds| rest.is_empty() && !seeds.is_empty()).map(Self).ok_or(BAD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(byte: u8) -> IssuerSeed {
        IssuerSeed::from_bytes(Zeroizing::new([byte; 32]))
    }

    fn of(seeds: &Seeds, period: u32) -> Option<u8> {
        seeds.of(Period(period)).map(|seed| seed.as_bytes()[0])
    }

    #[test]
    fn os_ops_132_a_new_seed_holds_from_the_next_week_and_changes_no_week_that_was_signed() {
        let mut seeds = Seeds::only(seed(1));
        seeds.turn(seed(2), Period(10));
        assert_eq!([9, 10, 11, 12].map(|week| of(&seeds, week)), [1, 1, 2, 2].map(Some));
        seeds.turn(seed(3), Period(10));
        assert_eq!([10, 11].map(|week| of(&seeds, week)), [1, 3].map(Some), "twice in a week");
        seeds.turn(seed(4), Period(11));
        assert_eq!([10, 11, 12].map(|week| of(&seeds, week)), [1, 3, 4].map(Some));
        for week in 12..20 {
            let this = of(&seeds, week);
            seeds.turn(seed(9), Period(week));
            assert_eq!(of(&seeds, week), this);
            assert!(seeds.0.len() <= 3, "they do not gather");
        }
    }

    #[test]
    fn seeds_survive_being_kept_and_one_of_before_is_still_read() {
        let mut seeds = Seeds::only(seed(1));
        seeds.turn(seed(2), Period(10));
        let back = Seeds::decode(&seeds.encode()).unwrap();
        assert_eq!([10, 11].map(|week| of(&back, week)), [1, 2].map(Some));
        assert_eq!(of(&Seeds::decode(&[7; 32]).unwrap(), 0), Some(7));
        assert!(Seeds::decode(&[7; 35]).is_err() && Seeds::decode(&[]).is_err());
    }
}
