//! Journey 8: relay down, network bad, process closed in the middle. Messages wait, in order, and are sent once.

use offshift_client::{Care, Event, LinkError, Reach, Synced};
use offshift_tests::{
    people::{Person, found, next},
    relay::{BinaryRelay, link_at},
};
use offshift_wire::RelayId;

async fn two_in_a_room(
    folder: &std::path::Path,
    relay: &BinaryRelay,
) -> (Person, Person, offshift_client::RoomId) {
    let ana = Person::new(folder, "ana", relay.link()).await;
    let bob = Person::new(folder, "bob", relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    (ana, bob, room)
}

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("message {number}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_002_messages_wait_in_order_while_the_relay_is_away_and_are_sent_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("relay");
    let relay = BinaryRelay::start(&data);
    let at = relay.address();
    let (ana, bob, room) = two_in_a_room(folder.path(), &relay).await;
    let mut events = ana.client.events();
    assert_eq!(relay.terminate(), Some(0));
    next(&mut events, |event| {
        matches!(event, Event::Reach { reach: Reach::Away(_), .. }).then_some(())
    })
    .await;
    for text in numbered(5) {
        ana.client.send(room, &text, None, Care::Ordinary).await.unwrap();
    }
    assert_eq!(ana.client.room(room).await.unwrap().waiting, 5);
    assert!(matches!(ana.client.sync().await.unwrap(), Synced::Away(_)));
    // A closed program keeps them, too.
    let ana = ana.reopened().await;
    assert_eq!(ana.client.room(room).await.unwrap().waiting, 5);
    let _relay = BinaryRelay::start_at(&data, at);
    ana.settled().await;
    assert_eq!(ana.client.room(room).await.unwrap().waiting, 0);
    bob.has_read(room, 5).await;
    bob.settled().await;
    assert_eq!(bob.texts(room).await, numbered(5));
    assert_eq!(ana.texts(room).await, numbered(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_002_a_relay_that_is_killed_under_traffic_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("relay");
    let mut relay = BinaryRelay::start(&data);
    let at = relay.address();
    let (ana, bob, room) = two_in_a_room(folder.path(), &relay).await;
    for (round, texts) in numbered(40).chunks(10).enumerate() {
        let person = if round % 2 == 0 { &ana } else { &bob };
        for text in &texts[..5] {
            person.client.send(room, text, None, Care::Ordinary).await.unwrap();
        }
        // In the middle of what the lines are doing just now.
        relay.kill();
        for text in &texts[5..] {
            person.client.send(room, text, None, Care::Ordinary).await.unwrap();
        }
        relay = BinaryRelay::start_at(&data, at);
        person.settled().await;
    }
    for person in [&ana, &bob] {
        person.has_read(room, 40).await;
        person.settled().await;
        assert_eq!(person.texts(room).await, numbered(40), "{}", person.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_stays_away_is_named_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, _bob, room) = two_in_a_room(folder.path(), &relay).await;
    let mut events = ana.client.events();
    relay.kill();
    ana.client.send(room, "into the dark", None, Care::Ordinary).await.unwrap();
    let why = next(&mut events, |event| match event {
        Event::Reach { reach: Reach::Away(why), .. } => Some(why),
        _ => None,
    })
    .await;
    assert!(why.may_pass() && why != LinkError::Identity);
    assert_eq!(ana.client.room(room).await.unwrap().waiting, 1);
    assert!(ana.texts(room).await.is_empty(), "what is not settled is not in the history");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_relay_that_is_no_good_keeps_nobody_from_what_lies_at_another() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, bob, room) = two_in_a_room(folder.path(), &relay).await;
    bob.is_in(room).await;
    let other = link_at(relay.address(), RelayId::from_bytes([7; 32])).to_string();
    bob.client.add_relay(&other).await.unwrap();
    bob.client.meet_show(Some(&other), None).await.unwrap();
    bob.client.close().await;
    ana.sends(room, "hello").await;
    let bob = bob.reopened().await;
    assert_eq!(bob.client.sync().await.unwrap(), Synced::Away(LinkError::Identity));
    assert_eq!(bob.texts(room).await, ["hello"]);
}
