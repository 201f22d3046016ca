//! What people do with messages every day, from `offshift announce` to `offshift draft`.

use offshift_client::{
    ClientError, MessageKind, MessageView, PlanView, Planned, Position, RoomView, UnixMillis,
};
use serde_json::json;

use super::{
    find, send,
    wording::{message_told, oddity, short},
};
use crate::{
    cli::{Message, Plan, Poll, Read, Search, Talk},
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
    when,
    words::say,
};

/// As many messages as one answer holds.
const PAGE: u32 = 500;

/// What needs no look at the relay first.
pub(crate) async fn run(client: &Client, screen: &Screen, what: &Talk) -> Result<(), Failure> {
    match what {
        Talk::Announce(what) => {
            let text = send::text(&what.text)?;
            oddity(client, screen, &text).await?;
            act(client, screen, &what.room, async |room| {
                client.announce(room.id, &text).await.map(|_| ())
            })
            .await
        }
        Talk::React { of, mark } => {
            on(client, screen, of, async |room, message| {
                client.react(room.id, message.id, mark.as_deref().unwrap_or_default()).await
            })
            .await
        }
        Talk::Edit { of, text } => {
            let text = send::text(text)?;
            oddity(client, screen, &text).await?;
            on(client, screen, of, async |room, message| {
                client.edit(room.id, message.id, &text).await
            })
            .await
        }
        Talk::TakeBack(of) => {
            on(client, screen, of, async |room, message| {
                client.take_back(room.id, message.id).await
            })
            .await?;
            screen.say(&say!("take-back-done"));
            Ok(())
        }
        Talk::Pin(of) => {
            on(client, screen, of, async |room, message| {
                client.pin(room.id, message.id, true).await
            })
            .await
        }
        Talk::Unpin(of) => {
            on(client, screen, of, async |room, message| {
                client.pin(room.id, message.id, false).await
            })
            .await
        }
        Talk::Poll(what) => poll(client, screen, what).await,
        Talk::Plan(what) => plan(client, screen, what).await,
        Talk::Search(what) => search(client, screen, what).await,
        Talk::Draft { of, text } => draft(client, screen, &of.room, text.as_deref()).await,
        // `look` takes the others.
        Talk::Pinned(_) | Talk::Read(_) => Ok(()),
    }
}

/// What is looked at when what is new has been read.
pub(crate) async fn look(client: &Client, screen: &Screen, what: &Talk) -> Result<(), Failure> {
    match what {
        Talk::Pinned(of) => {
            let room = find::room(client, &of.room).await?;
            let pinned = client.pinned(room.id).await?;
            show(screen, &room, &pinned, say!("pinned-none"));
            Ok(())
        }
        Talk::Read(what) => read(client, screen, what).await,
        Talk::Poll(Poll::Show { room, message }) => {
            polls(client, screen, room, message.as_deref()).await
        }
        Talk::Plan(Plan::List(of)) => plans(client, screen, &of.room).await,
        what => run(client, screen, what).await,
    }
}

/// Does something in a room that others read, and says how far it came.
async fn act(
    client: &Client,
    screen: &Screen,
    room: &str,
    act: impl AsyncFnOnce(&RoomView) -> Result<(), ClientError>,
) -> Result<(), Failure> {
    let mut events = client.events();
    let room = find::room(client, room).await?;
    act(&room).await?;
    // What was asked for last waits last; if it does not wait, it has its place.
    let last = client.waiting(room.id).await?.pop();
    send::deliver(screen, &mut events, &room, last.map(|one| one.id)).await
}

async fn on(
    client: &Client,
    screen: &Screen,
    of: &Message,
    change: impl AsyncFnOnce(&RoomView, &MessageView) -> Result<(), ClientError>,
) -> Result<(), Failure> {
    act_found(client, screen, of, async |room, message| Ok(change(room, message).await?)).await
}

async fn act_found(
    client: &Client,
    screen: &Screen,
    of: &Message,
    change: impl AsyncFnOnce(&RoomView, &MessageView) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut events = client.events();
    let room = find::room(client, &of.room).await?;
    let message = find::message(client, &room, &of.message).await?;
    change(&room, &message).await?;
    let last = client.waiting(room.id).await?.pop();
    send::deliver(screen, &mut events, &room, last.map(|one| one.id)).await
}

async fn poll(client: &Client, screen: &Screen, what: &Poll) -> Result<(), Failure> {
    match what {
        Poll::Ask { room, question, answers, several } => {
            act(client, screen, room, async |room| {
                client.poll(room.id, question, answers.clone(), *several).await.map(|_| ())
            })
            .await
        }
        Poll::Answer { of, choices } => {
            let options: Vec<u32> = choices.iter().map(|choice| choice.saturating_sub(1)).collect();
            on(client, screen, of, async |room, message| {
                client.answer(room.id, message.id, options).await
            })
            .await
        }
        Poll::Close(of) => {
            on(client, screen, of, async |room, message| {
                client.close_poll(room.id, message.id).await
            })
            .await
        }
        Poll::Show { room, message } => polls(client, screen, room, message.as_deref()).await,
    }
}

async fn polls(
    client: &Client,
    screen: &Screen,
    room: &str,
    message: Option<&str>,
) -> Result<(), Failure> {
    let room = find::room(client, room).await?;
    let all = match message {
        Some(number) => vec![find::message(client, &room, number).await?],
        None => client.messages(room.id, None, PAGE).await?.messages,
    };
    let is_poll = |view: &MessageView| matches!(view.kind, MessageKind::Poll(_));
    let polls: Vec<_> = all.into_iter().filter(is_poll).collect();
    show(screen, &room, &polls, say!("poll-none"));
    Ok(())
}

async fn plan(client: &Client, screen: &Screen, what: &Plan) -> Result<(), Failure> {
    match what {
        Plan::Make { room, title, at, place, note } => {
            let planned = Planned {
                title: title.clone(),
                place: place.clone(),
                starts_at: time(at)?,
                note: note.clone(),
            };
            act(client, screen, room, async |room| client.plan(room.id, planned).await.map(|_| ()))
                .await
        }
        Plan::Change { of, title, at, place, note } => {
            let at = at.as_deref().map(time).transpose()?;
            act_found(client, screen, of, async |room, message| {
                let MessageKind::Plan(old) = &message.kind else {
                    return Err(ClientError::NotAPlan.into());
                };
                let PlanView { title: was, place: there, starts_at, note: besides, .. } = old;
                let planned = Planned {
                    title: title.as_ref().unwrap_or(was).clone(),
                    place: place.as_ref().unwrap_or(there).clone(),
                    starts_at: at.unwrap_or(*starts_at),
                    note: note.as_ref().unwrap_or(besides).clone(),
                };
                Ok(client.change_plan(room.id, message.id, planned).await?)
            })
            .await
        }
        Plan::CallOff(of) => {
            on(client, screen, of, async |room, message| client.call_off(room.id, message.id).await)
                .await
        }
        Plan::List(of) => plans(client, screen, &of.room).await,
    }
}

/// Those of the last day, too: what began this morning goes on.
async fn plans(client: &Client, screen: &Screen, room: &str) -> Result<(), Failure> {
    let room = find::room(client, room).await?;
    let starts = |view: &MessageView| match &view.kind {
        MessageKind::Plan(plan) => Some(plan.starts_at),
        _ => None,
    };
    let all = client.messages(room.id, None, PAGE).await?.messages;
    let coming = |view: &MessageView| starts(view).is_some_and(when::is_today_or_later);
    let mut plans: Vec<_> = all.into_iter().filter(coming).collect();
    plans.sort_by_key(starts);
    show(screen, &room, &plans, say!("plan-none"));
    Ok(())
}

fn time(typed: &str) -> Result<UnixMillis, Failure> {
    when::typed(typed)
        .ok_or_else(|| Failure::fixable(say!("plan-time-bad"), say!("plan-time-bad-next")))
}

async fn read(client: &Client, screen: &Screen, what: &Read) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let before: Option<Position> = match &what.before {
        Some(number) => Some(find::message(client, &room, number).await?.position),
        None => None,
    };
    let page = client.messages(room.id, before, what.count).await?;
    if let (true, Some(first)) = (page.more, page.messages.first()) {
        let number = short(&first.id.hex());
        screen.say(&screen.faint(&say!(
            "read-older",
            room_word = plain::word(&room.name),
            number_word = number
        )));
    }
    show(screen, &room, &page.messages, say!("read-none"));
    if let (None, Some(last)) = (before, page.messages.last())
        && !screen.is_gone()
    {
        client.mark_read(room.id, last.position).await?;
    }
    Ok(())
}

async fn search(client: &Client, screen: &Screen, what: &Search) -> Result<(), Failure> {
    let only = match &what.room {
        Some(room) => Some(find::room(client, room).await?.id),
        None => None,
    };
    let rooms = client.rooms().await?;
    let found = client.search(&what.words.join(" "), only, what.count).await?;
    if found.is_empty() {
        screen.say(&say!("search-none"));
    }
    for message in &found {
        message_told(message, &rooms, screen, true).show(screen);
    }
    Ok(())
}

async fn draft(
    client: &Client,
    screen: &Screen,
    room: &str,
    text: Option<&str>,
) -> Result<(), Failure> {
    let room = find::room(client, room).await?;
    match text {
        Some(text) => {
            client.set_draft(room.id, text).await?;
            screen.say(&if text.is_empty() { say!("draft-gone") } else { say!("draft-kept") });
        }
        None => {
            let text = client.draft(room.id).await?;
            let shown = if text.is_empty() { say!("draft-none") } else { plain::lines(&text, "") };
            screen.tell(&shown, &json!({ "event": "draft", "room": room.id.hex(), "text": text }));
        }
    }
    Ok(())
}

fn show(screen: &Screen, room: &RoomView, messages: &[MessageView], none: String) {
    if messages.is_empty() {
        screen.say(&none);
    }
    for message in messages {
        message_told(message, std::slice::from_ref(room), screen, true).show(screen);
    }
}
