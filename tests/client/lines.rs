//! What a relay sees of a client's connections, and what the client makes of its refusals.

use std::{collections::BTreeSet, sync::Arc};

use offshift_client::{Care, Event, LinkError, Synced};
use offshift_link::RelayIdentity;
use offshift_relay::{server::Config, store::memory::MemoryStore};
use offshift_tests::{
    people::{Person, found, next, soon},
    relay::LibraryRelay,
    wire_proxy::{From, WireProxy},
};
use offshift_wire::{Life, code::Refusal};

/// How many connections, each from a socket of its own, went through a proxy.
fn connections(proxy: &WireProxy) -> usize {
    let clients = proxy.recorded().into_iter().filter_map(|datagram| match datagram.from {
        From::Client(client) => Some(client),
        From::Relay(_) => None,
    });
    clients.collect::<BTreeSet<_>>().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_005_each_purpose_has_a_connection_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let proxy = WireProxy::start(relay.running.address()).await;
    let ana = Person::new(folder.path(), "ana", &relay.link_through(proxy.address())).await;
    assert_eq!(connections(&proxy), 0, "a profile for itself needs none");
    for meetings in 1..=3 {
        ana.client.meet_show(None, None).await.unwrap();
        ana.settled().await;
        assert_eq!(connections(&proxy), meetings);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_005_an_invitation_is_not_deposited_on_the_rooms_connection() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let proxy = WireProxy::start(relay.running.address()).await;
    let link = relay.link_through(proxy.address());
    let ana = Person::new(folder.path(), "ana", &link).await;
    let bob = Person::new(folder.path(), "bob", &link).await;
    found("Night", &[&ana, &bob]).await;
    ana.settled().await;
    bob.settled().await;
    // Both: the meeting, the inbox that came of it, the room. ana: toward bob's inbox, and her inbox in the room.
    assert_eq!(connections(&proxy), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_006_a_relay_that_keeps_nothing_that_long_is_asked_for_less() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { life_max: Life::H6, ..offshift_tests::relay::config() };
    let store = Arc::new(MemoryStore::new(1 << 30));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    ana.sends(room, "for six hours").await;
    bob.has_read(room, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_006_a_full_relay_is_named_and_messages_wait_in_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::start(Arc::new(MemoryStore::new(400 << 10)));
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    let mut events = ana.client.events();
    let long = "x".repeat(40 << 10);
    for number in 0..12 {
        ana.client.send(room, &format!("{number} {long}"), None, Care::Ordinary).await.unwrap();
    }
    let refused = |event| matches!(event, Event::Refused { .. }).then_some(());
    next(&mut events, refused).await;
    let synced = soon("an answer", ana.client.sync()).await;
    assert_eq!(synced, Ok(Synced::Away(LinkError::Refused(Refusal::Full))));
    let sent = ana.texts(room).await;
    let waiting = ana.client.room(room).await.unwrap().waiting;
    assert!(waiting > 0 && sent.len() + waiting == 12, "{} sent, {waiting} waiting", sent.len());
    let in_order = sent.iter().enumerate().all(|(at, text)| text.starts_with(&format!("{at} ")));
    assert!(in_order, "none overtakes another");
}
