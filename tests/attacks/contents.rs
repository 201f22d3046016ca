//! A fake profile that writes what it should not (EI-40): broken content of every kind, words that are organizers', and
//! changes of what others wrote.

use offshift_client::{ClientError, Event, MessageId, MessageKind, MessageView, Planned};
use offshift_protocol::room::{
    Care, Content, Motion, RoomEvent, SendRefused, Skipped, Suite, Terms,
};
use offshift_tests::{
    founded::Three,
    people::{next, until},
};
use offshift_wire::{
    RelayId, UnixMillis,
    content::{Answer, Edit, File, Message, Pin, Plan, Poll, Reaction, Text},
    link::RelayLink,
};

use crate::{
    company::{Company, text},
    organizer::{both_propose, settled},
};

const fn of() -> MessageId {
    MessageId::from_bytes([9; 16])
}

fn words(text: &str) -> Text {
    Text::new(text, None).unwrap()
}

fn poll(options: &[&str]) -> Poll {
    let options = options.iter().map(|&one| one.to_owned()).collect();
    Poll { question: "Shall we?".into(), options, several: false }
}

fn plan(changes: Option<MessageId>, title: &str) -> Plan {
    let (title, place, note) = (title.into(), "Gate 4".into(), String::new());
    Plan { changes, title, place, starts_at: UnixMillis(6), note, called_off: false }
}

fn file(bytes: u64) -> File {
    File {
        name: "photo.jpg".into(),
        media_type: "image/jpeg".into(),
        bytes,
        sha256: [5; 32],
        key: [6; 32],
        relay: RelayLink::new("relay.example", 4433, RelayId::from_bytes([3; 32])).unwrap(),
        until: UnixMillis(7),
        caption: "The notice".into(),
        preview: b"small".as_slice().into(),
    }
}

/// One sound content of each daily kind that only organizers write where the terms say so.
fn posts() -> Vec<Content> {
    vec![
        Content::Text(words("hello")),
        Content::Announcement(words("Listen")),
        Content::Edit(Edit { of: of(), text: words("other") }),
        Content::Poll(poll(&["Yes", "No"])),
        Content::Plan(plan(None, "Meeting")),
        Content::Plan(plan(Some(of()), "Meeting")),
        Content::Pin(Pin { of: of(), off: false }),
        Content::File(Box::new(file(5))),
    ]
}

/// One of each of the others.
fn marks() -> Vec<Content> {
    vec![
        Content::Reaction(Reaction { to: of(), mark: "👍".into() }),
        Content::Answer(Answer { poll: of(), options: vec![0] }),
        Content::TakeBack(of()),
        Content::ClosePoll(of()),
    ]
}

/// Contents whose form is right, and what they say is not.
fn false_ones() -> Vec<Content> {
    let long = "a".repeat(49_153);
    let reaction = |mark: &str| Content::Reaction(Reaction { to: of(), mark: mark.into() });
    let answer = |options: &[u32]| Content::Answer(Answer { poll: of(), options: options.into() });
    vec![
        reaction(&long),
        answer(&[1, 1]),
        answer(&[2, 1]),
        answer(&[16]),
        answer(&[u32::MAX]),
        Content::Poll(poll(&["only"])),
        Content::Poll(poll(&["a", ""])),
        Content::Poll(poll(&["a"; 17])),
        Content::Poll(poll(&["a", &long])),
        Content::Plan(plan(None, "")),
        Content::Plan(plan(None, &long)),
        Content::File(Box::new(file(0))),
        Content::File(Box::new(file(u64::MAX))),
        Content::File(Box::new(File { caption: long.clone(), ..file(5) })),
        Content::File(Box::new(File { preview: vec![0; 8193].into(), ..file(5) })),
    ]
}

fn encoded(number: u8, content: Content) -> Vec<u8> {
    let id = MessageId::from_bytes([number; 16]);
    Message { id, sequence: u32::from(number), content }.encode().unwrap()
}

/// Puts bytes into the room as one member's message.
fn says(company: &mut Company, who: usize, content: &[u8]) {
    let address = company.address(who);
    let envelopes = company.people[who]
        .with(|ctx, room| room.unwrap().dangerous_content_for_testing(ctx, content).unwrap());
    for envelope in envelopes {
        company.append(address, envelope);
    }
}

fn named(company: &Company, reader: usize, why: Skipped, name: &str) -> usize {
    let fits = |event: &&RoomEvent| matches!(event, RoomEvent::Skipped { why: one, by: Some(by) } if *one == why && by == name);
    company.people[reader].events.iter().filter(fits).count()
}

#[test]
fn ei_40_broken_daily_words_name_their_sender_and_disturb_nobody() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::Classical);
    let address = company.address(0);
    let cut = (0..).zip(posts().into_iter().chain(marks())).map(|(number, content)| {
        let mut bytes = encoded(number, content);
        bytes.truncate(bytes.len() - 1);
        bytes
    });
    let false_ones = (100..).zip(false_ones()).map(|(number, content)| encoded(number, content));
    let broken: Vec<_> = cut.chain(false_ones).collect();
    for content in &broken {
        says(&mut company, 2, content);
    }
    company.send(0, "the twin");
    company.settle();
    for reader in [0, 1] {
        assert_eq!(company.people[reader].texts(), ["the twin"], "others are delivered");
        assert_eq!(named(&company, reader, Skipped::Malformed, "Cleo"), broken.len());
    }
    assert_eq!(company.log(&address).len(), broken.len() + 1, "and nothing was answered");
    // The same, whole: an organizer's, since Cleo may not announce.
    let sound: Vec<_> = posts().into_iter().chain(marks()).collect();
    for (number, content) in (200..).zip(sound.clone()) {
        says(&mut company, 1, &encoded(number, content));
    }
    company.settle();
    for content in sound {
        let shown =
            |event: &RoomEvent| matches!(event, RoomEvent::Message(one) if one.content == content);
        assert!(company.people[0].saw(shown), "the twin: what is whole is read");
    }
    assert_eq!(company.people[0].skipped().len(), broken.len());
}

fn only_organizers_post(company: &Company) -> Motion {
    let terms = *company.people[0].room().terms(company.clock.now());
    Motion::Terms(Terms { only_organizers_post: true, ..terms })
}

#[test]
fn ei_40_os_cnt_010_what_only_organizers_write_is_passed_over_by_every_device() {
    let mut company = settled();
    company.send(2, "before");
    says(&mut company, 2, &encoded(1, Content::Announcement(words("fire"))));
    company.settle();
    assert_eq!(company.people[1].texts(), ["before"], "the twin: everybody may write");
    assert_eq!(company.people[1].skipped(), [Skipped::NotAllowed], "but nobody else announces");
    let motion = only_organizers_post(&company);
    both_propose(&mut company, &motion);
    for (number, content) in (10..).zip(posts()) {
        says(&mut company, 2, &encoded(number, content));
    }
    for (number, content) in (30..).zip(marks()) {
        says(&mut company, 2, &encoded(number, content));
    }
    company.send(0, "by an organizer");
    company.settle();
    for reader in [0, 1, 3, 4] {
        assert_eq!(company.people[reader].texts().last().unwrap(), "by an organizer", "the twin");
        let refused = named(&company, reader, Skipped::NotAllowed, "Cleo");
        assert_eq!(refused, 1 + posts().len(), "and their author is named: {reader}");
        for content in marks() {
            let shown = |event: &RoomEvent| matches!(event, RoomEvent::Message(one) if one.content == content);
            assert!(company.people[reader].saw(shown), "the twin: marks stay everybody's");
        }
    }
    let now = company.clock.now();
    assert!(!company.people[2].room().may_post(now) && company.people[1].room().may_post(now));
}

#[test]
fn os_cnt_011_a_device_does_not_send_what_others_would_pass_over() {
    let mut company = settled();
    let announcement = || Content::Announcement(words("Listen"));
    let send = |company: &mut Company, who: usize, content: Content| {
        company.people[who].asks(|ctx, room| {
            room.handle_send(ctx, content, Care::Ordinary).map(|(_, effects)| ((), effects))
        })
    };
    assert_eq!(send(&mut company, 2, announcement()), Err(SendRefused::Announcement));
    assert_eq!(send(&mut company, 1, announcement()), Ok(()), "the twin");
    company.settle();
    // Cleo writes while the terms change: what comes after them does not stand, and Cleo hears of it.
    let motion = only_organizers_post(&company);
    let (first, second) = (motion.clone(), motion);
    company.people[0].asks(|ctx, room| room.handle_propose(ctx, first)).unwrap();
    company.settle();
    company.send(2, "too late");
    company.people[1].asks(|ctx, room| room.handle_propose(ctx, second)).unwrap();
    company.deposit_all(1);
    company.settle();
    assert_eq!(named(&company, 2, Skipped::NotAllowed, "Cleo"), 1);
    assert_eq!(named(&company, 0, Skipped::NotAllowed, "Cleo"), 1);
    assert!(company.people.iter().all(|one| !one.texts().contains(&"too late".to_owned())));
    assert!(company.people[2].room().waiting().is_empty());
    for content in posts() {
        assert!(send(&mut company, 2, content).is_err());
    }
    assert_eq!(send(&mut company, 2, text("hello")), Err(SendRefused::OnlyOrganizers));
    for content in marks() {
        assert_eq!(send(&mut company, 2, content), Ok(()), "the twin");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_40_os_cnt_012_nobody_changes_what_another_wrote() {
    let Three { ana, bob, carol, room, .. } = &Three::begin().await;
    let said = ana.sends(*room, "At six").await;
    let planned = Planned {
        title: "Meeting".to_owned(),
        place: "Gate 4".to_owned(),
        starts_at: UnixMillis(1),
        note: String::new(),
    };
    let plan_of_ana = ana.client.plan(*room, planned).await.unwrap();
    let options = vec!["Yes".to_owned(), "No".to_owned()];
    let poll_of_ana = ana.client.poll(*room, "Shall we?", options, false).await.unwrap();
    bob.has_read(*room, 3).await;
    let look = async || -> Vec<MessageView> { bob.client.history(*room).await.unwrap() };
    let before = look().await;
    let answer =
        |options: &[u32]| Content::Answer(Answer { poll: poll_of_ana, options: options.into() });
    let attacks = vec![
        Content::Edit(Edit { of: said, text: words("At nine") }),
        Content::TakeBack(said),
        Content::Edit(Edit { of: poll_of_ana, text: words("no poll") }),
        answer(&[2]),
        answer(&[0, 1]),
        Content::Answer(Answer { poll: said, options: vec![0] }),
        Content::ClosePoll(poll_of_ana),
        Content::ClosePoll(said),
        Content::Plan(plan(Some(plan_of_ana), "Somewhere else")),
        Content::Plan(plan(Some(said), "A plan?")),
    ];
    let mut events = bob.client.events();
    for content in attacks.clone() {
        carol.client.dangerous_say_for_testing(*room, content).await.unwrap();
    }
    for _ in &attacks {
        let by = next(&mut events, |event| match event {
            Event::NotShown { by, .. } => Some(by),
            _ => None,
        })
        .await;
        assert_eq!(by.as_deref(), Some("carol"), "the sender is named");
    }
    assert_eq!(look().await, before, "and nothing is changed");
    // What names nothing that is here is no attack: it may be from before.
    for content in [
        Content::TakeBack(of()),
        Content::Pin(Pin { of: of(), off: false }),
        Content::Reaction(Reaction { to: of(), mark: "👍".into() }),
        Content::Plan(plan(Some(of()), "Gone")),
    ] {
        carol.client.dangerous_say_for_testing(*room, content).await.unwrap();
    }
    ana.client.edit(*room, said, "At seven").await.unwrap();
    let changed = until(bob, "the edit", async || {
        let view = bob.client.message(*room, said).await.ok()?;
        view.is_edited.then_some(view)
    })
    .await;
    assert_eq!(changed.text.as_deref(), Some("At seven"), "the twin: one's own");
    assert_eq!(look().await.len(), before.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn ei_40_what_was_taken_back_stays_so() {
    let Three { ana, bob, carol, room, .. } = &Three::begin().await;
    let said = carol.sends(*room, "a canary").await;
    carol.client.take_back(*room, said).await.unwrap();
    for content in [
        Content::Edit(Edit { of: said, text: words("back") }),
        Content::Reaction(Reaction { to: said, mark: "👍".into() }),
        Content::Pin(Pin { of: said, off: false }),
        Content::TakeBack(said),
    ] {
        carol.client.dangerous_say_for_testing(*room, content).await.unwrap();
    }
    let last = carol.sends(*room, "the twin").await;
    for who in [ana, bob, carol] {
        until(who, "the twin", async || who.client.message(*room, last).await.ok()).await;
        let view = who.client.message(*room, said).await.unwrap();
        assert_eq!((view.kind, view.text), (MessageKind::TakenBack, None));
        assert!(!view.is_edited && !view.is_pinned && view.reactions.is_empty());
        assert!(who.client.search("canary", None, 5).await.unwrap().is_empty());
        assert_eq!(who.client.search("twin", None, 5).await.unwrap().len(), 1, "the control");
        let edited = who.client.edit(*room, said, "again").await;
        assert_eq!(edited, Err(ClientError::UnknownMessage));
    }
}
