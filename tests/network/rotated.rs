//! A relay with a new identity: those who know the old one find it for a while, and nobody else can lead them away.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, SystemTime},
};

use offshift_link::{Identities, Link, LinkError, Options, RelayIdentity};
use offshift_relay::store::memory::MemoryStore;
use offshift_tests::relay::{LibraryRelay, Mailbox, connect, link_at, numbered};
use offshift_wire::RelayId;

const OVERLAP: Duration = Duration::from_secs(3600);

fn copy(identity: &RelayIdentity) -> RelayIdentity {
    RelayIdentity::from_pkcs8(&identity.to_pkcs8()).unwrap()
}

fn serving(identities: impl Into<Identities>) -> LibraryRelay {
    let store = Arc::new(MemoryStore::new(1 << 20));
    LibraryRelay::with(&offshift_tests::relay::config(), identities, store)
}

async fn refused(at: SocketAddr, relay: RelayId) -> Option<LinkError> {
    Link::connect(&link_at(at, relay), Options::default()).await.err()
}

#[tokio::test]
async fn os_lnk_006_whoever_knows_the_old_identity_is_led_to_the_new_one_and_works_with_it() {
    let (old, new) = (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
    let rotated = Identities::rotated(copy(&new), copy(&old), SystemTime::now() + OVERLAP);
    let relay = serving(rotated);
    let led = connect(&link_at(relay.running.address(), *old.id())).await;
    assert_eq!((led.relay(), led.moved()), (*new.id(), Some(*new.id())));
    // Proofs are bound to the new identity on both ends, and receipts are signed by it.
    let kept = Mailbox::inbox(1).deposit(&led, numbered(1)).await.unwrap();
    let direct = connect(&link_at(relay.running.address(), *new.id())).await;
    assert_eq!((direct.relay(), direct.moved()), (*new.id(), None), "the twin");
    assert_eq!(Mailbox::inbox(1).read_all(&direct).await, [(kept, numbered(1))]);
    let stranger = RelayIdentity::generate().unwrap();
    let third = refused(relay.running.address(), *stranger.id()).await;
    assert_eq!(third, Some(LinkError::Identity));
}

#[tokio::test]
async fn os_lnk_005_after_the_overlap_the_old_identity_is_nobody() {
    let (old, new) = (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
    let over = SystemTime::now() - OVERLAP;
    let relay = serving(Identities::rotated(copy(&new), copy(&old), over));
    let at = relay.running.address();
    assert_eq!(refused(at, *old.id()).await, Some(LinkError::Identity));
    assert_eq!(refused(at, *new.id()).await, None, "the twin");
}

#[tokio::test]
async fn os_lnk_005_without_the_old_key_nobody_names_a_successor() {
    let (old, thief) = (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
    let pretended = RelayIdentity::generate().unwrap();
    let rotated = Identities::rotated(thief, pretended, SystemTime::now() + OVERLAP);
    let relay = serving(rotated);
    assert_eq!(refused(relay.running.address(), *old.id()).await, Some(LinkError::Identity));
}
