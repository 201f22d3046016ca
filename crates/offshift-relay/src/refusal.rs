//! What a peer learns of a failure inside: the one table.

use offshift_wire::code::Refusal;

use crate::store::StoreError;

/// The refusal for a failure of the store.
pub(crate) const fn refusal(error: StoreError) -> Refusal {
    match error {
        StoreError::Full => Refusal::Full,
        StoreError::Closed => Refusal::Stopping,
        StoreError::Disk | StoreError::TooMuch | StoreError::Bug(_) => Refusal::Failed,
    }
}
