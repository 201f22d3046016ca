//! RO-01: no device ever answers by itself.

use std::sync::Arc;

use offshift_relay::store::{Store, memory::MemoryStore};
use offshift_tests::{
    people::{Person, found},
    relay::LibraryRelay,
};

#[tokio::test(flavor = "multi_thread")]
async fn ro_01_os_cli_003_devices_that_receive_deposit_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(MemoryStore::new(1 << 30));
    let relay = LibraryRelay::start(Arc::clone(&store));
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let carol = Person::new(folder.path(), "carol", &relay.link()).await;
    let people = [&ana, &bob, &carol];
    let room = found("Night", &people).await;
    let before = store.statistics().envelopes;
    for (count, person) in people.into_iter().cycle().take(9).enumerate() {
        person.sends(room, "one deposit, no more").await;
        for other in people {
            other.has_read(room, count + 1).await;
            // Reading, replying rooms, marking as read: all of it stays on the device.
            let last = other.client.unread(room).await.unwrap().pop();
            if let Some(last) = last {
                other.client.mark_read(room, last.position).await.unwrap();
            }
            other.settled().await;
        }
        let deposits = store.statistics().envelopes - before;
        assert_eq!(deposits, u64::try_from(count + 1).unwrap(), "one message, one deposit");
    }
    // Coming back and reading everything deposits nothing either.
    for person in [ana, bob, carol] {
        let person = person.reopened().await;
        person.settled().await;
        assert_eq!(person.texts(room).await.len(), 9);
    }
    assert_eq!(store.statistics().envelopes - before, 9);
}
