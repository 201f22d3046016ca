//! A relay whose host gave it a new identity: clients follow, and stay with it when the old one is gone.

use std::{
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

use offshift_access::TicketCode;
use offshift_client::{Client, ClientError, Event, LinkError, Reach, TicketState};
use offshift_link::{Identities, RelayIdentity};
use offshift_relay::{
    office::Terms,
    server::Config,
    store::embedded::{EmbeddedStore, Options},
};
use offshift_tests::{
    people::{Person, found, meet, next, passphrase, until},
    relay::{LibraryRelay, loopback},
};
use offshift_wire::{UnixMillis, link::RelayLink, relay::Access};

fn copy(identity: &RelayIdentity) -> RelayIdentity {
    RelayIdentity::from_pkcs8(&identity.to_pkcs8()).unwrap()
}

/// The relay, or the relay again, on what lies in its folder.
fn serve(
    at: SocketAddr,
    identities: impl Into<Identities>,
    data: &Path,
) -> LibraryRelay<EmbeddedStore> {
    let config = Config { access: Access::Tickets, ..Config::new(at) };
    let store = EmbeddedStore::open(Options::new(data, 1 << 30)).unwrap();
    LibraryRelay::with(&config, identities, Arc::new(store))
}

async fn is_here(person: &Person) {
    let mut events = person.client.events();
    while person.client.relays().await.unwrap()[0].reach != Reach::Here {
        next(&mut events, |event| matches!(event, Event::Reach { .. }).then_some(())).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn os_lnk_006_clients_follow_to_a_new_identity_and_stay_when_the_old_one_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("relay");
    std::fs::create_dir(&data).unwrap();
    let (old, new) = (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
    let relay = serve(loopback(), copy(&old), &data);
    let (at, link) = (relay.running.address(), relay.link());
    let ana = Person::new(folder.path(), "ana", &link).await;
    ana.client.add_ticket(&ticket_for(&relay).await).await.unwrap();
    let bob = Person::new(folder.path(), "bob", &link).await;
    let room = found("Night", &[&ana, &bob]).await;
    bob.sends(room, "before").await;

    let mut events = ana.client.events();
    relay.running.shutdown().await.unwrap();
    let until = SystemTime::now() + Duration::from_secs(3600);
    let both = Identities::rotated(copy(&new), copy(&old), until);
    let relay = serve(at, both, &data);
    let to = next(&mut events, |event| match event {
        Event::RelayFollowed { relay, to } if relay == link => Some(to),
        _ => None,
    })
    .await;
    assert_eq!(*to.relay(), *relay.running.relay());
    bob.sends(room, "in the overlap").await;
    ana.has_read(room, 2).await;
    let view = ana.client.relays().await.unwrap().remove(0);
    assert_eq!((view.link, view.ticket), (to.clone(), TicketState::Good));

    relay.running.shutdown().await.unwrap();
    let relay = serve(at, copy(&new), &data);
    ana.sends(room, "after it").await;
    // A restart finds the new identity in the vault, for the room whose policy names the old one too.
    let (ana, bob) = (ana.reopened().await, bob.reopened().await);
    bob.has_read(room, 3).await;
    bob.sends(room, "and after a restart").await;
    ana.has_read(room, 4).await;
    let cleo = Person::new(folder.path(), "cleo", &to).await;
    meet(&ana, &cleo).await;

    // The control: without the word of the old identity the new one is somebody else.
    let dan = Person::new(folder.path(), "dan", &link).await;
    let tried = dan.client.try_relay(&link).await;
    assert_eq!(tried, Err(offshift_client::ClientError::Link(LinkError::Identity)));
    is_here(&bob).await;
    relay.running.shutdown().await.unwrap();
}

async fn ticket_for(relay: &LibraryRelay<EmbeddedStore>) -> String {
    let terms = Terms { seats: 9, daily_batches: 50, expires: UnixMillis(u64::MAX >> 1) };
    let ticket = relay.running.office().new_ticket(terms).await.unwrap();
    TicketCode { link: relay.link(), ticket }.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn os_joi_034_os_joi_035_a_room_founded_before_a_rotation_stays_open_after_the_overlap() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("relay");
    std::fs::create_dir(&data).unwrap();
    let (old, new) = (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
    let relay = serve(loopback(), copy(&old), &data);
    let (at, link) = (relay.running.address(), relay.link());
    let ana = Person::new(folder.path(), "ana", &link).await;
    ana.client.add_ticket(&ticket_for(&relay).await).await.unwrap();
    let bob = Person::new(folder.path(), "bob", &link).await;
    let room = found("Night", &[&ana, &bob]).await;
    bob.sends(room, "before").await;
    // Bob is away from here on, until the old identity is gone.
    bob.client.close().await;

    let mut events = ana.client.events();
    relay.running.shutdown().await.unwrap();
    let end = SystemTime::now() + Duration::from_secs(3600);
    let relay = serve(at, Identities::rotated(copy(&new), copy(&old), end), &data);
    let to = next(&mut events, |event| match event {
        Event::RelayFollowed { to, .. } => Some(to),
        _ => None,
    })
    .await;
    relay.running.shutdown().await.unwrap();
    let relay = serve(at, copy(&new), &data);

    // A newcomer knows the new identity alone; the room's policy names the old one.
    let cleo = Person::new(folder.path(), "cleo", &to).await;
    let with_cleo = meet(&ana, &cleo).await.0;
    ana.client.add_founder(room, with_cleo, false).await.unwrap();
    cleo.is_in(room).await;
    cleo.sends(room, "after the overlap").await;
    ana.has_read(room, 2).await;

    // Who was away needs a person's word, and the control: without it the relay is somebody else.
    let client = Client::open(&bob.directory, passphrase()).await.unwrap();
    let bob = Person { client, ..bob };
    until(&bob, "the relay is somebody else", async || {
        let reach = bob.client.relays().await.unwrap()[0].reach;
        (reach == Reach::Away(LinkError::Identity)).then_some(())
    })
    .await;
    bob.client.add_relay(&to.to_string()).await.unwrap();
    let elsewhere = RelayLink::new("127.0.0.2", 1, *link.relay()).unwrap().to_string();
    let refused = bob.client.relay_was(&to, &elsewhere).await;
    assert_eq!(refused, Err(ClientError::OtherRelay));
    bob.client.relay_was(&to, &link.to_string()).await.unwrap();
    let bob = bob.reopened().await;
    bob.has_read(room, 2).await;
    bob.sends(room, "and back").await;
    ana.has_read(room, 3).await;
    relay.running.shutdown().await.unwrap();
}
