//! Bytes of mailboxes that were asked for, kept up to date, so that a cap costs one look and not one hash per slice.
//!
//! ```text
//! first question: every slice is asked -> remembered; each commit adds, each release takes away; expiry forgets all
//! ```

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use offshift_wire::Address;

use crate::limits::STORE_SUMS;

#[derive(Default)]
pub(super) struct Sums(Mutex<HashMap<Address, u64>>);

impl Sums {
    fn lock(&self) -> MutexGuard<'_, HashMap<Address, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sum of this mailbox; counted if it is not known. No commit may be published meanwhile.
    pub(super) fn known_or(&self, address: &Address, count: impl FnOnce() -> u64) -> u64 {
        if let Some(known) = self.lock().get(address) {
            return *known;
        }
        let counted = count();
        let mut sums = self.lock();
        if sums.len() >= STORE_SUMS {
            sums.clear();
        }
        sums.insert(*address, counted);
        counted
    }

    /// An envelope came.
    pub(super) fn add(&self, address: &Address, bytes: u64) {
        if let Some(known) = self.lock().get_mut(address) {
            *known = known.saturating_add(bytes);
        }
    }

    /// Something left this mailbox: it is counted again when asked for.
    pub(super) fn recount(&self, address: &Address) {
        self.lock().remove(address);
    }

    /// Something left, nobody knows which mailbox.
    pub(super) fn forget(&self) {
        self.lock().clear();
    }
}
