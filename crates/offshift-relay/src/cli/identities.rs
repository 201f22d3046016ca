//! The relay's identity and the one before it, as the store keeps them.
//!
//! ```text
//! "relay identity"         PKCS#8
//! "relay identity before"  until (8 bytes, milliseconds, big-endian) || PKCS#8
//! ```
//! Whoever has an identity's key can be this relay. A change therefore does not help against a stolen key at once: who
//! still has the old link is led on by whoever has the old key (OS-OPS-130).

use std::time::{Duration, UNIX_EPOCH};

use offshift_link::{Identities, RelayIdentity};
use offshift_relay::{
    backup::{IDENTITY, IDENTITY_BEFORE},
    overlap,
    store::Store,
};
use offshift_wire::UnixMillis;
use zeroize::Zeroizing;

use super::{
    data, desk,
    failure::{Failure, Turn},
};

const DAY_MS: u64 = 86_400_000;

/// What the store keeps.
pub(super) struct Kept {
    pub(super) current: RelayIdentity,
    /// The one before, while it lasts.
    pub(super) before: Option<(RelayIdentity, UnixMillis)>,
}

/// Who the relay is to serve as. At its first start it gets an identity.
pub(super) async fn serving(store: &impl Store) -> Result<Identities, Failure> {
    let current = data::identity(store).await?;
    let ended = overlap::end(store, desk::now()).await;
    ended.map_err(|why| Failure::new(Turn::Machine, why.to_string()))?;
    let kept = kept(store, desk::now()).await.map_err(|why| Failure::new(Turn::Trust, why))?;
    Ok(match kept.before {
        Some((before, until)) => {
            let until = UNIX_EPOCH.checked_add(Duration::from_millis(until.0));
            Identities::rotated(current, before, until.unwrap_or(UNIX_EPOCH))
        }
        None => current.into(),
    })
}

/// Reads both. There must have been a start before.
pub(super) async fn kept(store: &impl Store, now: UnixMillis) -> Result<Kept, String> {
    let current = store.metadata(IDENTITY).await.map_err(said)?.map(Zeroizing::new);
    let current =
        current.ok_or("this relay has no identity yet; start it once: offshift-relay serve")?;
    let current = RelayIdentity::from_pkcs8(&current).map_err(said)?;
    let before = store.metadata(IDENTITY_BEFORE).await.map_err(said)?.map(Zeroizing::new);
    let before = match before.as_deref().map(|bytes| decode(bytes)) {
        Some(before) => Some(before?),
        None => None,
    };
    // A change that was cut short kept the old one twice.
    let before = before.filter(|(id, until)| *until > now && id.id() != current.id());
    Ok(Kept { current, before })
}

/// One change at a time. What there is, when there may be one.
pub(super) async fn may_rotate(store: &impl Store, now: UnixMillis) -> Result<Kept, String> {
    let kept = kept(store, now).await?;
    if kept.before.is_some() {
        return Err("a change of identity is under way; end it first: \
                    offshift-relay identity rotate --finish"
            .to_owned());
    }
    Ok(kept)
}

/// Makes a new identity. With an overlap the old one holds besides, for so many days.
pub(super) async fn rotate(store: &impl Store, days: u16, now: UnixMillis) -> Result<(), String> {
    let kept = may_rotate(store, now).await?;
    let new = RelayIdentity::generate().map_err(said)?;
    let until = now.plus_ms(u64::from(days).saturating_mul(DAY_MS));
    if days > 0 {
        // First, so that no power cut loses the old one.
        let before = encode(&kept.current, until).to_vec();
        store.put_metadata(IDENTITY_BEFORE, before).await.map_err(said)?;
    } else {
        store.remove_metadata(IDENTITY_BEFORE).await.map_err(said)?;
    }
    store.put_metadata(IDENTITY, new.to_pkcs8().to_vec()).await.map_err(said)
}

/// Forgets the identity before.
pub(super) async fn finish(store: &impl Store) -> Result<(), String> {
    store.remove_metadata(IDENTITY_BEFORE).await.map_err(said)
}

fn encode(identity: &RelayIdentity, until: UnixMillis) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([&until.0.to_be_bytes()[..], &identity.to_pkcs8()].concat())
}

fn decode(bytes: &[u8]) -> Result<(RelayIdentity, UnixMillis), String> {
    let (until, pkcs8) = bytes.split_first_chunk::<8>().ok_or("the identity before is damaged")?;
    let identity = RelayIdentity::from_pkcs8(pkcs8).map_err(said)?;
    Ok((identity, UnixMillis(u64::from_be_bytes(*until))))
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use offshift_relay::store::memory::MemoryStore;

    use super::*;

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

    async fn started() -> (MemoryStore, RelayIdentity) {
        let (store, first) = (MemoryStore::new(1 << 20), RelayIdentity::generate().unwrap());
        store.put_metadata(IDENTITY, first.to_pkcs8().to_vec()).await.unwrap();
        (store, first)
    }

    #[tokio::test]
    async fn os_ops_130_the_identity_before_holds_through_the_overlap_and_not_longer() {
        let (store, first) = started().await;
        rotate(&store, 3, NOW).await.unwrap();
        let then = kept(&store, NOW.plus_ms(3 * DAY_MS - 1)).await.unwrap();
        let (before, _) = then.before.unwrap();
        assert!(before.id() == first.id() && then.current.id() != first.id());
        assert!(kept(&store, NOW.plus_ms(3 * DAY_MS)).await.unwrap().before.is_none());
        assert!(rotate(&store, 3, NOW).await.is_err(), "one change at a time");
        finish(&store).await.unwrap();
        assert!(kept(&store, NOW).await.unwrap().before.is_none());
        rotate(&store, 3, NOW).await.unwrap();
    }

    #[tokio::test]
    async fn os_ops_130_without_an_overlap_nothing_of_the_old_one_is_kept() {
        let (store, first) = started().await;
        rotate(&store, 0, NOW).await.unwrap();
        let then = kept(&store, NOW).await.unwrap();
        assert!(then.before.is_none() && then.current.id() != first.id());
        assert_eq!(store.metadata(IDENTITY_BEFORE).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_change_that_was_cut_short_leaves_the_old_identity_alone() {
        let (store, first) = started().await;
        let before = encode(&first, NOW.plus_ms(DAY_MS)).to_vec();
        store.put_metadata(IDENTITY_BEFORE, before).await.unwrap();
        let then = kept(&store, NOW).await.unwrap();
        assert!(then.current.id() == first.id() && then.before.is_none());
        rotate(&store, 1, NOW).await.unwrap();
    }
}
