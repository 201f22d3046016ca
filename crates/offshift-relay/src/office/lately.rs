//! Tokens that were spent lately: who shows one of them again is refused before any work on the curve.
//!
//! The store has them all and decides; this is only what costs less to ask.

use std::{
    collections::{HashSet, VecDeque},
    sync::{Mutex, PoisonError},
};

use offshift_wire::token::Period;

use crate::limits::SPENT_LATELY;

type Spent = (Period, [u8; 16]);

/// The last [`SPENT_LATELY`] of them.
#[derive(Default)]
pub(super) struct Lately(Mutex<Known>);

#[derive(Default)]
struct Known {
    all: HashSet<Spent>,
    in_order: VecDeque<Spent>,
}

impl Lately {
    /// Whether one of these is known to be spent.
    pub(super) fn has_any(&self, period: Period, ids: &[[u8; 16]]) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.iter().any(|id| known.all.contains(&(period, *id)))
    }

    pub(super) fn add(&self, period: Period, ids: &[[u8; 16]]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            let spent = (period, *id);
            if known.all.insert(spent) {
                known.in_order.push_back(spent);
            }
        }
        while known.in_order.len() > SPENT_LATELY {
            let Some(oldest) = known.in_order.pop_front() else { return };
            known.all.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: Period = Period(7);

    #[test]
    fn os_tok_031_the_last_ones_are_known_and_no_more() {
        let (lately, id) = (Lately::default(), |number: usize| {
            let mut id = [0; 16];
            id[..8].copy_from_slice(&number.to_be_bytes());
            id
        });
        for number in 0..=SPENT_LATELY {
            lately.add(WEEK, &[id(number)]);
        }
        assert!(lately.has_any(WEEK, &[id(SPENT_LATELY + 1), id(1)]));
        assert!(!lately.has_any(WEEK, &[id(0)]), "the oldest made room");
        assert!(!lately.has_any(WEEK.next(), &[id(1)]), "another week's");
        lately.add(WEEK, &[id(1)]);
        assert_eq!(lately.0.lock().unwrap().all.len(), SPENT_LATELY);
    }
}
