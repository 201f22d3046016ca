//! Rooms by the client library: founding, replies, a fourth founder, a removal.

use offshift_client::{Care, ClientError, Event, Founding, Suite};
use offshift_tests::{
    people::{Person, found, meet, next},
    relay::LibraryRelay,
};

#[tokio::test(flavor = "multi_thread")]
async fn two_talk_both_ways_and_reply() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    let first = ana.sends(room, "Who is on Friday?").await;
    bob.has_read(room, 1).await;
    bob.client.send(room, "Me.", Some(first), Care::Ordinary).await.unwrap();
    ana.has_read(room, 2).await;
    bob.has_read(room, 2).await;
    let history = ana.client.history(room).await.unwrap();
    assert_eq!(history[1].reply_to, Some(first));
    assert_eq!((history[0].own, history[1].own), (true, false));
    assert_eq!(bob.texts(room).await, ["Who is on Friday?", "Me."]);
    // A restart changes nothing of it.
    let bob = bob.reopened().await;
    bob.settled().await;
    assert_eq!(bob.texts(room).await, ["Who is on Friday?", "Me."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_founder_who_comes_later_reads_nothing_from_before_and_the_address_changes() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let dana = Person::new(folder.path(), "dana", &relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    ana.sends(room, "before").await;
    let before = ana.client.room(room).await.unwrap().address;
    let contact = meet(&ana, &dana).await.0;
    ana.client.add_founder(room, contact, false).await.unwrap();
    dana.is_in(room).await;
    bob.settled().await;
    assert_ne!(ana.client.room(room).await.unwrap().address, before);
    ana.sends(room, "after").await;
    dana.has_read(room, 1).await;
    bob.has_read(room, 2).await;
    assert_eq!(dana.texts(room).await, ["after"]);
    assert_eq!(bob.texts(room).await, ["before", "after"]);
    assert_eq!(dana.client.room(room).await.unwrap().members.len(), 3);
    // Nobody can be added twice by one meeting (OS-CLI-007).
    let again = ana.client.add_founder(room, contact, false).await;
    assert!(matches!(again, Err(ClientError::ContactUsed)));
}

#[tokio::test(flavor = "multi_thread")]
async fn em_50_a_removed_member_is_told_and_reads_nothing_new() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let carol = Person::new(folder.path(), "carol", &relay.link()).await;
    let room = found("Night", &[&ana, &bob, &carol]).await;
    ana.sends(room, "all three").await;
    carol.has_read(room, 1).await;
    let mut carols = carol.client.events();
    let members = ana.client.room(room).await.unwrap().members;
    let carol_in_it = members.iter().find(|member| member.handle == "carol").unwrap().id;
    ana.client.sever(room, &[carol_in_it]).await.unwrap();
    next(&mut carols, |event| matches!(event, Event::YouWereRemoved { .. }).then_some(())).await;
    ana.settled().await;
    ana.sends(room, "two of us").await;
    bob.has_read(room, 2).await;
    let carol = carol.reopened().await;
    carol.settled().await;
    assert_eq!(carol.texts(room).await, ["all three"], "the twin: what she had stays");
    assert!(carol.client.room(room).await.unwrap().is_removed);
    assert!(matches!(
        carol.client.send(room, "hello?", None, Care::Ordinary).await,
        Err(ClientError::Refused(_))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_wrongly_is_named_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let contact = meet(&ana, &bob).await.0;
    let founding = |name: &str, organizers: Vec<_>| Founding {
        name: name.to_owned(),
        members: vec![contact],
        organizers,
        suite: Suite::Classical,
        relay: None,
    };
    let found = |founding| ana.client.found(founding);
    assert!(matches!(found(founding("Night", vec![])).await, Err(ClientError::Refused(_))));
    assert_eq!(found(founding("", vec![contact])).await, Err(ClientError::BadRoomName));
    assert_eq!(found(founding("a\nb", vec![contact])).await, Err(ClientError::BadRoomName));
    assert!(ana.client.rooms().await.unwrap().is_empty());
    let room =
        found(founding("Night", vec![contact])).await.expect("the twin: the contact is unused");
    bob.is_in(room).await;
    assert_eq!(ana.client.send(room, "", None, Care::Ordinary).await, Err(ClientError::BadText));
    let long = "x".repeat(48 * 1024 + 1);
    assert_eq!(ana.client.send(room, &long, None, Care::Ordinary).await, Err(ClientError::BadText));
    ana.settled().await;
    assert!(ana.texts(room).await.is_empty());
}
