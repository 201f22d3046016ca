//! Calls that are dropped at each of their awaits: nothing half done, nothing lost, nothing twice (OS-CLI-015).

use std::{collections::BTreeSet, future::Future, pin::pin, task::Poll};

use offshift_client::{
    Care, Client, ClientError, ContactId, Founding, Method, Position, Suite, VaultError,
};
use offshift_tests::{
    founded::two_in_a_room,
    people::{Person, passphrase, soon, until, words},
    relay::LibraryRelay,
};
use tokio::task::yield_now;

/// More polls than any call here needs when each wake is one.
const POLLS_MAX: usize = 40;

/// Polls at most so often, then drops the future at the await where it stands.
async fn cut<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_015_sends_that_are_dropped_happen_as_a_whole_or_not_at_all() {
    let (_folder, _relay, ana, ben, room) = two_in_a_room().await;
    let mut answered = Vec::new();
    for polls in 0..4 {
        for round in 0..5 {
            let text = format!("{polls} polls, {round}");
            let sent = cut(polls, ana.client.send(room, &text, None, Care::Ordinary)).await;
            if sent.is_some_and(|sent| sent.is_ok()) {
                answered.push(text);
            }
        }
    }
    ana.sends(room, "the last").await;
    let last = || async {
        let texts = ben.texts(room).await;
        (texts.last().map(String::as_str) == Some("the last")).then_some(texts)
    };
    let texts = until(&ben, "the last message", last).await;
    let once: BTreeSet<_> = texts.iter().collect();
    assert_eq!(once.len(), texts.len(), "nothing twice: {texts:?}");
    assert!(texts.is_sorted(), "in the order of the calls: {texts:?}");
    assert!(!answered.is_empty() && answered.iter().all(|text| texts.contains(text)));
    assert!(!texts.iter().any(|text| text.starts_with("0 polls")), "what never began is not there");
    assert_eq!(texts, ana.texts(room).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_015_a_stream_whose_waits_are_dropped_loses_nothing_and_doubles_nothing() {
    const MESSAGES: usize = 60;
    let (_folder, _relay, ana, ben, room) = two_in_a_room().await;
    let mut stream = ben.client.messages_from(room, Position::START);
    let reads = async {
        let (mut texts, mut polls) = (Vec::new(), 0);
        while texts.len() < MESSAGES {
            match cut(polls % 4, stream.next()).await {
                Some(message) => texts.push(message.unwrap().text.unwrap()),
                None => yield_now().await,
            }
            polls += 1;
        }
        texts
    };
    let says = async {
        for number in 0..MESSAGES {
            let text = format!("message {number}");
            ana.client.send(room, &text, None, Care::Ordinary).await.unwrap();
        }
    };
    let (texts, ()) = tokio::join!(soon("all messages", reads), says);
    let all: Vec<_> = (0..MESSAGES).map(|number| format!("message {number}")).collect();
    assert_eq!(texts, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_015_events_whose_waits_are_dropped_come_all_the_same() {
    let (_folder, _relay, ana, _ben, room) = two_in_a_room().await;
    let mut events = ana.client.events();
    let id = ana.client.send(room, "hello", None, Care::Ordinary).await.unwrap();
    let sent = async {
        let mut polls = 0;
        loop {
            polls += 1;
            match cut(polls % 3, events.next()).await {
                Some(Some(offshift_client::Event::Sent { message, .. })) => return message,
                Some(event) => assert!(event.is_some(), "the client runs"),
                None => yield_now().await,
            }
        }
    };
    assert_eq!(soon("its end", sent).await, id);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_015_a_meeting_and_a_founding_survive_every_dropped_call() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let ben = Person::new(folder.path(), "ben", &relay.link()).await;
    for polls in 0..2 {
        let _ = cut(polls, ana.client.meet_show(None, None)).await;
        let _ = cut(polls, ana.client.try_relay(&relay.link())).await;
        let _ = cut(polls, ana.client.sync()).await;
    }
    // Confirming twice, the first time without waiting, is confirming once.
    let (mut ana_sees, mut ben_sees) = (ana.client.events(), ben.client.events());
    let shown = ana.client.meet_show(None, None).await.unwrap();
    let scanned = ben.client.meet_scan(&shown.code, None).await.unwrap();
    let same = words(&mut ana_sees, shown.meeting).await;
    assert_eq!(same, words(&mut ben_sees, scanned).await);
    let _ = cut(1, ana.client.meet_confirm(shown.meeting, Method::InPerson)).await;
    let _ = cut(1, ben.client.meet_confirm(scanned, Method::InPerson)).await;
    let contact = until(&ana, "the contact", || met(&ana)).await;
    until(&ben, "the contact", || met(&ben)).await;
    let founding = Founding {
        name: "Night".to_owned(),
        members: vec![contact],
        organizers: vec![contact],
        suite: Suite::XWing,
        relay: None,
    };
    let _ = cut(1, ana.client.found(founding)).await;
    let room = || async { ana.client.rooms().await.unwrap().pop().map(|room| room.id) };
    let room = until(&ana, "the room", room).await;
    ben.is_in(room).await;
    assert_eq!(ana.client.rooms().await.unwrap().len(), 1, "one call, one room");
    ana.sends(room, "hello").await;
    ben.has_read(room, 1).await;
}

async fn met(person: &Person) -> Option<ContactId> {
    person.client.contacts().await.unwrap().pop().map(|contact| contact.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cli_015_an_opening_that_is_dropped_leaves_the_profile_free_and_sound() {
    let (_folder, _relay, ana, _ben, room) = two_in_a_room().await;
    ana.sends(room, "hello").await;
    ana.client.close().await;
    for polls in 0..3 {
        let _ = cut(polls, Client::open(&ana.directory, passphrase())).await;
    }
    let opened = soon("the opening", async {
        loop {
            match Client::open(&ana.directory, passphrase()).await {
                // The dropped one still has the key derivation to finish; then its lock is free.
                Err(ClientError::Vault(VaultError::InUse)) => yield_now().await,
                opened => return opened.unwrap(),
            }
        }
    })
    .await;
    assert_eq!(opened.history(room).await.unwrap().len(), 1);
    // A close that nobody waits for closes all the same.
    let _ = cut(1, opened.close()).await;
    let ended = async {
        while opened.rooms().await.is_ok() {
            yield_now().await;
        }
    };
    soon("the end", ended).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_control_a_cut_future_stops_where_it_stands() {
    let mut steps = 0;
    let walk = async {
        loop {
            steps += 1;
            yield_now().await;
        }
    };
    let ended: Option<()> = cut(POLLS_MAX, walk).await;
    assert_eq!((ended, steps), (None, POLLS_MAX));
}
