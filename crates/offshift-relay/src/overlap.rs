//! The end of an overlap: the identity before is removed from the store (OS-OPS-130).
//!
//! ```text
//! "relay identity before": until (8 bytes, milliseconds, big-endian) || PKCS#8  --until is over--> nothing
//! ```
//! Whoever has that key can be this relay to every device that has not followed yet.

use offshift_wire::UnixMillis;
use zeroize::Zeroizing;

use crate::{
    backup::IDENTITY_BEFORE,
    store::{Store, StoreError},
};

/// Removes it if its time is over. Whether it was removed.
///
/// # Errors
/// [`StoreError`].
pub async fn end(store: &impl Store, now: UnixMillis) -> Result<bool, StoreError> {
    let kept = store.metadata(IDENTITY_BEFORE).await?.map(Zeroizing::new);
    let until = kept.as_deref().and_then(|bytes| bytes.first_chunk::<8>());
    let is_over = until.is_some_and(|until| u64::from_be_bytes(*until) <= now.0);
    if is_over {
        store.remove_metadata(IDENTITY_BEFORE).await?;
    }
    Ok(is_over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backup::{self, IDENTITY},
        store::memory::MemoryStore,
    };

    async fn store(until: u64) -> MemoryStore {
        let store = MemoryStore::new(1 << 20);
        let before = [&until.to_be_bytes()[..], b"the key"].concat();
        store.put_metadata(IDENTITY_BEFORE, before).await.unwrap();
        store.put_metadata(IDENTITY, b"the key now".to_vec()).await.unwrap();
        store
    }

    #[tokio::test]
    async fn os_ops_130_at_the_end_of_the_overlap_the_identity_before_is_removed() {
        let store = store(1_000).await;
        assert!(!end(&store, UnixMillis(999)).await.unwrap(), "the twin");
        assert!(store.metadata(IDENTITY_BEFORE).await.unwrap().is_some());
        assert!(end(&store, UnixMillis(1_000)).await.unwrap());
        assert_eq!(store.metadata(IDENTITY_BEFORE).await.unwrap(), None);
        assert!(store.metadata(IDENTITY).await.unwrap().is_some(), "the identity of now stays");
        assert!(!end(&store, UnixMillis(1_001)).await.unwrap());
    }

    #[tokio::test]
    async fn os_ops_120_no_backup_takes_an_identity_whose_overlap_is_over() {
        let keys = |records: Vec<crate::admin::Record>| {
            records.into_iter().map(|record| record.key).collect::<Vec<_>>()
        };
        let over = keys(backup::records(&store(1_000).await).await.unwrap());
        assert_eq!(over, [IDENTITY]);
        let lasting = keys(backup::records(&store(u64::MAX).await).await.unwrap());
        assert_eq!(lasting, [IDENTITY, IDENTITY_BEFORE], "the twin");
    }
}
