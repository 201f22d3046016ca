//! The issuer keys of this week and the one before (OS-TOK-010).

use std::sync::{Arc, Mutex, PoisonError};

use offshift_access::{Issuer, IssuerSeed, ReceiptKey};
use offshift_wire::token::Period;

use super::seeds::Seeds;

/// Made when first needed, forgotten when no token of theirs is taken any more.
pub(super) struct Issuers {
    seeds: Mutex<Seeds>,
    identity: ReceiptKey,
    made: Mutex<Vec<Arc<Issuer>>>,
}

impl Issuers {
    pub(super) const fn of(seeds: Seeds, identity: ReceiptKey) -> Self {
        Self { seeds: Mutex::new(seeds), identity, made: Mutex::new(Vec::new()) }
    }

    /// The one whose tokens of `period` are taken in `now`; nothing when they are not (OS-TOK-012).
    pub(super) fn of_period(&self, period: Period, now: Period) -> Option<Arc<Issuer>> {
        if !period.is_spendable_in(now) {
            return None;
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.retain(|issuer| issuer.key().period.is_spendable_in(now));
        if let Some(issuer) = made.iter().find(|issuer| issuer.key().period == period) {
            return Some(issuer.clone());
        }
        let seeds = self.seeds.lock().unwrap_or_else(PoisonError::into_inner);
        let issuer = Arc::new(Issuer::new(seeds.of(period)?, period, &self.identity).ok()?);
        made.push(issuer.clone());
        Some(issuer)
    }

    /// From the week after `now` on there is another seed.
    pub(super) fn turn(&self, new: IssuerSeed, now: Period) {
        self.seeds.lock().unwrap_or_else(PoisonError::into_inner).turn(new, now);
    }

    /// The identity that signs them.
    pub(super) const fn identity(&self) -> &ReceiptKey {
        &self.identity
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    #[test]
    fn os_tok_012_two_issuers_at_most_are_there_and_the_week_turns_them() {
        let seed = Seeds::only(IssuerSeed::from_bytes(Zeroizing::new([6; 32])));
        let issuers = Issuers::of(seed, ReceiptKey::from_seed(&[5; 32]));
        let is_there = |period, now| issuers.of_period(Period(period), Period(now)).is_some();
        assert!(is_there(10, 10) && is_there(9, 10), "the twin");
        assert!(!is_there(8, 10) && !is_there(11, 10));
        assert_eq!(issuers.made.lock().unwrap().len(), 2);
        assert!(is_there(11, 11) && is_there(10, 11) && !is_there(9, 11));
        assert_eq!(issuers.made.lock().unwrap().len(), 2);
    }

    #[test]
    fn os_tok_010_the_key_of_a_week_stays_the_same() {
        let key = || {
            let seed = Seeds::only(IssuerSeed::from_bytes(Zeroizing::new([6; 32])));
            let issuers = Issuers::of(seed, ReceiptKey::from_seed(&[5; 32]));
            *issuers.of_period(Period(10), Period(10)).unwrap().key()
        };
        assert!(key() == key());
    }
}
