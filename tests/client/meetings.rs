//! Meetings by the client library.

use offshift_client::{BadCode, ClientError, Event, MeetingOver, MeetingState, Method};
use offshift_tests::{
    people::{Person, next, words},
    relay::LibraryRelay,
};

async fn over(person: &mut offshift_client::Events) -> MeetingOver {
    next(person, |event| match event {
        Event::MeetingOver { why, .. } => Some(why),
        _ => None,
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_30_a_second_scanner_ends_the_meeting_on_every_screen() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let eve = Person::new(folder.path(), "eve", &relay.link()).await;
    let mut screens = [ana.client.events(), bob.client.events(), eve.client.events()];
    let shown = ana.client.meet_show(None, None).await.unwrap();
    bob.client.meet_scan(&shown.code, None).await.unwrap();
    eve.client.meet_scan(&shown.code, None).await.unwrap();
    for screen in &mut screens {
        assert_eq!(over(screen).await, MeetingOver::SecondScanner);
    }
    for person in [&ana, &bob, &eve] {
        assert!(person.client.contacts().await.unwrap().is_empty());
        assert!(person.client.meetings().await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_survives_both_programs_being_closed_before_the_words_are_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let (mut anas, mut bobs) = (ana.client.events(), bob.client.events());
    let shown = ana.client.meet_show(None, None).await.unwrap();
    let scanned = bob.client.meet_scan(&shown.code, None).await.unwrap();
    let same = words(&mut anas, shown.meeting).await;
    assert_eq!(words(&mut bobs, scanned).await, same);
    bob.settled().await;
    let (ana, bob) = (ana.reopened().await, bob.reopened().await);
    let state = ana.client.meetings().await.unwrap().remove(0).state;
    assert_eq!(state, MeetingState::Words { words: same, with: "bob".to_owned() });
    assert_eq!(
        ana.client.meet_confirm(shown.meeting, Method::InPerson).await.unwrap().handle,
        "bob"
    );
    assert_eq!(bob.client.meet_confirm(scanned, Method::InPerson).await.unwrap().handle, "ana");
    let again = ana.client.meet_confirm(shown.meeting, Method::InPerson).await;
    assert_eq!(again, Err(ClientError::UnknownMeeting), "a meeting gives one contact");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_differ_end_the_meeting_for_both() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let (mut anas, mut bobs) = (ana.client.events(), bob.client.events());
    let shown = ana.client.meet_show(None, None).await.unwrap();
    assert_eq!(
        ana.client.meet_confirm(shown.meeting, Method::InPerson).await,
        Err(ClientError::NoWords)
    );
    let scanned = bob.client.meet_scan(&shown.code, None).await.unwrap();
    words(&mut anas, shown.meeting).await;
    words(&mut bobs, scanned).await;
    bob.client.meet_abort(scanned).await.unwrap();
    assert_eq!(over(&mut anas).await, MeetingOver::Stopped);
    assert!(ana.client.contacts().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_34_codes_of_other_purposes_are_refused_by_type() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let scan = |code: String| async move { ana.client.meet_scan(&code, None).await };
    let bad = scan(relay.link().to_string()).await;
    assert_eq!(bad, Err(ClientError::BadCode(BadCode::RelayLink)));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_relay_takes_the_one_of_the_code() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let directory = folder.path().join("new");
    let passphrase = offshift_tests::people::passphrase();
    let new = offshift_client::Client::create(&directory, "new", passphrase).await.unwrap();
    assert!(matches!(new.meet_show(None, None).await, Err(ClientError::NoRelay)));
    let shown = ana.client.meet_show(None, None).await.unwrap();
    let mut events = new.events();
    let scanned = new.meet_scan(&shown.code, None).await.unwrap();
    words(&mut events, scanned).await;
    assert_eq!(new.relays().await.unwrap()[0].link, relay.link());
}
