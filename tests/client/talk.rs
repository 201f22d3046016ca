//! What people write every day, by the client library: each kind as others see it, and what nobody may do to another's.

use offshift_client::{
    Care, ClientError, Event, MessageId, MessageKind, MessageView, Planned, PollView, RoomId,
    UnixMillis,
};
use offshift_tests::{
    founded::Three,
    people::{Person, next, until},
};

/// Waits until a message looks so to somebody.
async fn sees(
    who: &Person,
    room: RoomId,
    message: MessageId,
    fits: impl Fn(&MessageView) -> bool,
) -> MessageView {
    until(who, "a change of a message", || async {
        who.client.message(room, message).await.ok().filter(|view| fits(view))
    })
    .await
}

fn poll_of(view: &MessageView) -> &PollView {
    match &view.kind {
        MessageKind::Poll(poll) => poll,
        other => panic!("no poll: {other:?}"),
    }
}

fn counts(view: &MessageView) -> Vec<usize> {
    poll_of(view).options.iter().map(|option| option.count).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cnt_012_os_cnt_013_edits_and_take_backs_are_the_authors_and_leave_no_words() {
    let Three { ana, bob, carol, room, .. } = &Three::begin().await;
    let first = ana.sends(*room, "At six").await;
    let second = ana.sends(*room, "The canary sings").await;
    bob.has_read(*room, 2).await;
    // Nobody else, not even an organizer.
    assert_eq!(bob.client.edit(*room, first, "At nine").await, Err(ClientError::NotYours));
    assert_eq!(bob.client.take_back(*room, second).await, Err(ClientError::NotYours));
    let mut bobs = bob.client.events();
    ana.client.edit(*room, first, "At seven, @carol").await.unwrap();
    ana.client.take_back(*room, second).await.unwrap();
    let changed = next(&mut bobs, |event| match event {
        Event::Changed(view) if view.id == first => Some(view),
        _ => None,
    })
    .await;
    assert_eq!(changed.text.as_deref(), Some("At seven, @carol"));
    for who in [ana, bob, carol] {
        let view = sees(who, *room, first, |view| view.is_edited).await;
        assert_eq!(view.text.as_deref(), Some("At seven, @carol"));
        assert_eq!(view.mentions_you, who.name == "carol");
        let gone = sees(who, *room, second, |view| view.kind == MessageKind::TakenBack).await;
        assert_eq!((gone.text, gone.handle.as_str()), (None, "ana"));
        assert!(who.client.search("canary", None, 10).await.unwrap().is_empty());
        assert_eq!(who.client.search("SEVEN", None, 10).await.unwrap().len(), 1, "the twin");
        assert_eq!(who.client.history(*room).await.unwrap().len(), 2, "no records besides");
    }
    assert_eq!(
        ana.client.react(*room, second, "👍").await,
        Err(ClientError::UnknownMessage),
        "what is taken back takes no marks"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cnt_014_reactions_pins_and_answers_are_folded_alike_on_every_device_and_outlive_a_restart()
 {
    let Three { ana, bob, carol, room, relay: _relay, folder: _folder } = Three::begin().await;
    let message = ana.sends(room, "Who is in?").await;
    let poll = ana
        .client
        .poll(room, "Strike on Friday?", vec!["Yes".into(), "No".into()], false)
        .await
        .unwrap();
    for (who, mark, option) in [(&ana, "👍", 0), (&bob, "👍", 0), (&carol, "no", 1)] {
        sees(who, room, poll, |_| true).await;
        who.client.react(room, message, mark).await.unwrap();
        who.client.answer(room, poll, vec![option]).await.unwrap();
    }
    // A later one takes the place of the earlier.
    bob.client.react(room, message, "🎉").await.unwrap();
    bob.client.react(room, message, "").await.unwrap();
    bob.client.answer(room, poll, vec![1]).await.unwrap();
    bob.client.pin(room, message, true).await.unwrap();
    let bob = bob.reopened().await;
    for who in [&ana, &bob, &carol] {
        let view =
            sees(who, room, message, |view| view.is_pinned && view.reactions.len() == 2).await;
        let marks: Vec<_> = view
            .reactions
            .iter()
            .map(|one| (one.mark.as_str(), one.by.join(" "), one.own))
            .collect();
        let own = who.name;
        assert_eq!(
            marks,
            [("👍", "ana".to_owned(), own == "ana"), ("no", "carol".to_owned(), own == "carol")]
        );
        let view = sees(who, room, poll, |view| counts(view) == [1, 2]).await;
        assert_eq!(poll_of(&view).answers, 3);
        let pinned = who.client.pinned(room).await.unwrap();
        assert_eq!(pinned.iter().map(|view| view.id).collect::<Vec<_>>(), [message]);
    }
    assert_eq!(
        bob.client.answer(room, poll, vec![0, 1]).await,
        Err(ClientError::BadAnswer),
        "one may choose one"
    );
    assert_eq!(bob.client.answer(room, poll, vec![2]).await, Err(ClientError::BadAnswer));
    assert_eq!(bob.client.answer(room, message, vec![0]).await, Err(ClientError::NotAPoll));
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cnt_014_a_closed_poll_counts_no_more_and_only_some_close_it() {
    let Three { ana, bob, carol, room, .. } = &Three::begin().await;
    let options = || vec!["Yes".to_owned(), "No".to_owned(), "Later".to_owned()];
    let poll = ana.client.poll(*room, "Shall we?", options(), true).await.unwrap();
    for who in [bob, carol] {
        sees(who, *room, poll, |_| true).await;
    }
    assert_eq!(carol.client.close_poll(*room, poll).await, Err(ClientError::NotYours));
    carol.client.answer(*room, poll, vec![2, 0, 0]).await.unwrap();
    sees(bob, *room, poll, |view| counts(view) == [1, 0, 1]).await;
    bob.client.close_poll(*room, poll).await.expect("an organizer closes it");
    for who in [ana, bob, carol] {
        let view = sees(who, *room, poll, |view| poll_of(view).is_closed).await;
        assert_eq!(counts(&view), [1, 0, 1]);
        let answered = who.client.answer(*room, poll, vec![1]).await;
        assert_eq!(answered, Err(ClientError::PollClosed));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cnt_015_plans_are_changed_and_called_off_by_authors_and_organizers() {
    let Three { ana, bob, carol, room, .. } = &Three::begin().await;
    let planned = |place: &str| Planned {
        title: "Meeting".to_owned(),
        place: place.to_owned(),
        starts_at: UnixMillis(1_800_000_000_000),
        note: String::new(),
    };
    let plan = carol.client.plan(*room, planned("Gate 4")).await.unwrap();
    let other = ana.client.plan(*room, planned("Canteen")).await.unwrap();
    let place = |view: &MessageView| match &view.kind {
        MessageKind::Plan(plan) => {
            (plan.place.clone(), plan.is_called_off, plan.changed_by.clone())
        }
        other => panic!("no plan: {other:?}"),
    };
    for who in [ana, bob, carol] {
        for one in [plan, other] {
            let view = sees(who, *room, one, |_| true).await;
            assert_eq!(place(&view).2, None);
        }
    }
    let by_carol = carol.client.change_plan(*room, other, planned("Roof")).await;
    assert_eq!(by_carol, Err(ClientError::NotYours), "neither author nor organizer");
    bob.client.change_plan(*room, plan, planned("Gate 5")).await.expect("an organizer");
    sees(carol, *room, plan, |view| place(view).0 == "Gate 5").await;
    carol.client.call_off(*room, plan).await.expect("the author");
    for who in [ana, bob, carol] {
        let view = sees(who, *room, plan, |view| place(view).1).await;
        assert_eq!(place(&view), ("Gate 5".to_owned(), true, Some("carol".to_owned())));
        let history = who.client.history(*room).await.unwrap();
        assert_eq!(history.len(), 2, "a change is no message of its own");
    }
    assert_eq!(ana.client.call_off(*room, other).await, Ok(()));
    let untitled = Planned { title: String::new(), ..planned("x") };
    assert_eq!(ana.client.plan(*room, untitled).await.err(), Some(ClientError::BadPlan));
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cnt_010_os_cnt_011_announcements_are_organizers() {
    let Three { ana, carol, room, .. } = &Three::begin().await;
    let refused = carol.client.announce(*room, "Listen").await;
    let Err(ClientError::Refused(why)) = refused else { panic!("{refused:?}") };
    assert_eq!(why.to_string(), "only organizers announce; send it as a message");
    let said = ana.client.announce(*room, "Listen").await.expect("the twin");
    let view = sees(carol, *room, said, |_| true).await;
    assert_eq!((view.kind, view.text.as_deref()), (MessageKind::Announcement, Some("Listen")));
    let room = carol.client.room(*room).await.unwrap();
    assert_eq!((room.is_organizer, room.may_post), (false, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cnt_030_pages_and_unread_counts_follow_what_is_read() {
    let Three { ana, bob, room, .. } = &Three::begin().await;
    for number in 0..7 {
        ana.sends(*room, &format!("number {number}")).await;
    }
    ana.sends(*room, "@bob: number 7").await;
    bob.has_read(*room, 8).await;
    let texts = |page: &[MessageView]| -> Vec<String> {
        page.iter().map(|view| view.text.clone().unwrap()).collect()
    };
    let page = bob.client.messages(*room, None, 3).await.unwrap();
    assert!(page.more);
    assert_eq!(texts(&page.messages), ["number 5", "number 6", "@bob: number 7"]);
    let older = bob.client.messages(*room, Some(page.messages[0].position), 5).await.unwrap();
    assert!(!older.more, "exactly the rest");
    assert_eq!(texts(&older.messages)[0], "number 0");
    let state = bob.client.room(*room).await.unwrap();
    assert_eq!((state.unread, state.unread_mentions), (8, 1));
    assert_eq!(state.last, Some(page.messages[2].position));
    bob.client.mark_read(*room, page.messages[1].position).await.unwrap();
    let state = bob.client.room(*room).await.unwrap();
    assert_eq!((state.unread, state.unread_mentions), (1, 1));
    assert_eq!(texts(&bob.client.unread(*room).await.unwrap()), ["@bob: number 7"]);
    assert_eq!(ana.client.room(*room).await.unwrap().unread, 0, "own messages are not new");
    // What is taken back is not unread any more.
    ana.client.take_back(*room, page.messages[2].id).await.unwrap();
    sees(bob, *room, page.messages[2].id, |view| view.kind == MessageKind::TakenBack).await;
    assert_eq!(bob.client.room(*room).await.unwrap().unread, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_cnt_033_drafts_stay_on_the_device_and_what_waits_is_listed() {
    let Three { ana, room, relay, folder: _folder, .. } = Three::begin().await;
    ana.client.set_draft(room, "I think that").await.unwrap();
    assert!(ana.client.room(room).await.unwrap().draft);
    assert!(ana.client.waiting(room).await.unwrap().is_empty(), "nothing leaves");
    let ana = ana.reopened().await;
    assert_eq!(ana.client.draft(room).await.unwrap(), "I think that");
    ana.client.set_draft(room, "").await.unwrap();
    assert!(!ana.client.room(room).await.unwrap().draft);
    assert_eq!(ana.client.draft(room).await.unwrap(), "");
    drop(relay);
    let said = ana.client.send(room, "later", None, Care::Ordinary).await.unwrap();
    // What has no place yet can be changed and taken back already: it goes in its order.
    ana.client.edit(room, said, "much later").await.unwrap();
    let waiting = ana.client.waiting(room).await.unwrap();
    let waiting: Vec<_> = waiting.iter().map(|one| one.text.as_deref().unwrap()).collect();
    assert_eq!(waiting, ["later", "much later"]);
}
