//! What a peer learns of a failure inside: the one table.

use offshift_wire::code::Refusal;

use crate::{
    counts::{Count, Counts},
    store::StoreError,
};

/// The refusal for a failure of the store.
pub(crate) const fn refusal(error: StoreError) -> Refusal {
    match error {
        StoreError::Full => Refusal::Full,
        StoreError::Closed => Refusal::Stopping,
        StoreError::Disk | StoreError::TooMuch | StoreError::Bug(_) => Refusal::Failed,
    }
}

/// Counts a refused deposit, if its kind is counted.
pub(crate) fn count(counts: &Counts, code: Refusal) {
    match code {
        Refusal::NoCredit => counts.add(Count::RefusedCredit),
        Refusal::Full => counts.add(Count::RefusedFull),
        Refusal::Busy => counts.add(Count::RefusedBusy),
        Refusal::Failed => counts.add(Count::DiskFailed),
        _ => {}
    }
}
