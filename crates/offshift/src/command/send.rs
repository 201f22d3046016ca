//! `offshift send`

use std::io::Read;

use offshift_client::{Care, Event, LinkError, MessageId, Reach, RoomView, TicketState};
use serde_json::json;

use super::{
    find,
    wording::{self, relay::waits_words},
};
use crate::{
    cli::Send,
    engine::{Client, Events},
    failure::Failure,
    screen::Screen,
    words::say,
};

/// How long a person watches; the message waits on the device after that.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(12);

/// What became of a message.
enum Outcome {
    Sent,
    Waiting(Option<String>),
    Untrusted,
    Out,
}

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Send) -> Result<(), Failure> {
    // Listened to from the start: what a relay does while the text is typed counts.
    let mut events = client.events();
    let room = find::room(client, &what.room).await?;
    let text = text(&what.text)?;
    wording::oddity(client, screen, &text).await?;
    let reply_to = match &what.reply_to {
        Some(number) => Some(find::message(client, &room, number).await?.id),
        None => None,
    };
    let care = if what.sensitive { Care::Sensitive } else { Care::Ordinary };
    let id = client.send(room.id, &text, reply_to, care).await?;
    deliver(screen, &mut events, &room, Some(id)).await
}

/// Waits until a message has its place, and says how far it came; without one it has it already.
pub(super) async fn deliver(
    screen: &Screen,
    events: &mut Events,
    room: &RoomView,
    id: Option<MessageId>,
) -> Result<(), Failure> {
    let outcome = match id {
        Some(id) => {
            let settled = tokio::time::timeout(PATIENCE, settle(events, room, id));
            screen.waits(settled).await.unwrap_or(Outcome::Waiting(None))
        }
        None => Outcome::Sent,
    };
    let object = |state: &str| {
        let id = id.map(|id| id.hex());
        json!({ "event": state, "room": room.id.hex(), "id": id })
    };
    let (words, state) = match outcome {
        Outcome::Sent => (say!("send-sent"), "sent"),
        Outcome::Waiting(why) => (waiting(why.as_deref()), "waiting"),
        Outcome::Out => {
            return Err(Failure::fixable(say!("send-put-out"), say!("next-inbox")));
        }
        Outcome::Untrusted => {
            screen.object(&object("waiting"));
            return Err(Failure::trust(say!("send-untrusted"), say!("next-mobile-data")));
        }
    };
    screen.tell(&words, &object(state));
    Ok(())
}

/// Another relay of this profile may be away: that is not why this message waits.
async fn settle(events: &mut Events, room: &RoomView, id: MessageId) -> Outcome {
    while let Some(event) = events.next().await {
        match event {
            Event::Sent { room: at, message } if at == room.id && message == id => {
                return Outcome::Sent;
            }
            Event::YouWereRemoved { room: at, .. } if at == room.id => return Outcome::Out,
            Event::Reach { reach: Reach::Away(error), relay } if relay == room.relay => {
                return match error {
                    LinkError::Identity => Outcome::Untrusted,
                    error => Outcome::Waiting(Some(wording::away(error))),
                };
            }
            Event::Ticket { relay, state, contact }
                if relay.relay() == room.relay.relay() && state != TicketState::Good =>
            {
                return Outcome::Waiting(Some(waits_words(state, &contact)));
            }
            _ => {}
        }
    }
    Outcome::Waiting(None)
}

fn waiting(why: Option<&str>) -> String {
    match why {
        Some(why) => say!("send-waiting-why", why = why),
        None => say!("send-waiting"),
    }
}

pub(super) fn text(words: &[String]) -> Result<String, Failure> {
    if words != ["-"] {
        return Ok(words.join(" "));
    }
    let mut text = String::new();
    let read = std::io::stdin().take(1 << 20).read_to_string(&mut text);
    read.map_err(|_| Failure::fixable(say!("send-no-text"), say!("next-text")))?;
    Ok(text.trim_end().to_owned())
}
