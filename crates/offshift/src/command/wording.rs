//! Events and things, in words and as JSON.

use std::time::{SystemTime, UNIX_EPOCH};

use offshift_client::{
    Event, LinkError, MeetingOver, MessageView, Reach, RoomId, RoomView, UnixMillis,
};
use serde_json::{Value, json};

use crate::{plain, screen::Screen};

/// Words and JSON of what happened.
pub(super) struct Told {
    pub(super) words: Option<String>,
    pub(super) json: Value,
}

/// An event in words; the names of rooms are looked up by the caller's list.
pub(super) fn event(event: &Event, rooms: &[RoomView], screen: &Screen) -> Told {
    let (words, json) = match event {
        Event::Message(message) => return message_told(message, rooms, screen, false),
        Event::Sent { room, message } => {
            (None, json!({ "event": "sent", "room": room.hex(), "id": message.hex() }))
        }
        Event::SentAgain { room, message } => {
            (None, json!({ "event": "sent_again", "room": room.hex(), "id": message.hex() }))
        }
        Event::RoomOpened { room, name } => (
            Some(format!("You are in the room {}. Only people in it can read it.", quoted(name))),
            json!({ "event": "room", "room": room.hex(), "name": name }),
        ),
        Event::Joined { room, handle, by } => (
            Some(format!(
                "[{}] {} came in, let in by {}",
                name_of(*room, rooms),
                plain::line(handle),
                plain::line(by)
            )),
            json!({ "event": "joined", "room": room.hex(), "handle": handle, "by": by }),
        ),
        Event::Removed { room, handle, by } => (
            Some(format!(
                "[{}] {} was removed by {}. It cannot erase what they already have.",
                name_of(*room, rooms),
                plain::line(handle),
                plain::line(by)
            )),
            json!({ "event": "removed", "room": room.hex(), "handle": handle, "by": by }),
        ),
        Event::KeysChanged { room } => (
            Some(screen.faint(&format!("[{}] the keys changed", name_of(*room, rooms)))),
            json!({ "event": "keys_changed", "room": room.hex() }),
        ),
        Event::ChangeDropped { room, why } => (
            Some(format!("[{}] your change was not made: {why}", name_of(*room, rooms))),
            json!({ "event": "change_dropped", "room": room.hex(), "why": why }),
        ),
        Event::YouWereRemoved { room, by } => (
            Some(format!(
                "[{}] {} removed you. You read nothing new from this room.",
                name_of(*room, rooms),
                plain::line(by)
            )),
            json!({ "event": "you_were_removed", "room": room.hex(), "by": by }),
        ),
        Event::Stranded { room, by } => (
            Some(format!(
                "[{}] a change of keys by {} does not work on this device. Ask an organizer to let you in again.",
                name_of(*room, rooms),
                plain::line(by)
            )),
            json!({ "event": "stranded", "room": room.hex(), "by": by }),
        ),
        Event::NotShown { room, by } => (
            Some(screen.faint(&format!(
                "[{}] something from {} is not shown: it is broken or not allowed",
                name_of(*room, rooms),
                by.as_deref().map_or("someone".to_owned(), plain::line)
            ))),
            json!({ "event": "not_shown", "room": room.hex(), "by": by }),
        ),
        Event::Reach { relay, reach } => reach_told(&relay.to_string(), reach),
        Event::Refused { relay, why } => (
            Some(sentence(&format!("the relay did not take a message yet: {why}"))),
            json!({ "event": "refused", "relay": relay.to_string(), "why": why }),
        ),
        Event::Met { contact, .. } => (
            Some(format!("You met {}.", plain::line(&contact.handle))),
            json!({ "event": "met", "contact": contact.id.hex(), "handle": contact.handle }),
        ),
        Event::MeetingOver { why, .. } => {
            (Some(over(*why).to_owned()), json!({ "event": "meeting_over", "why": over(*why) }))
        }
        Event::Words { words, with, .. } => {
            (None, json!({ "event": "words", "words": words, "handle": with }))
        }
        Event::NotJoined { from } => (
            Some(format!("An invitation from {} does not work. Meet again.", plain::line(from))),
            json!({ "event": "not_joined", "from": from }),
        ),
        Event::Missed { count } => (
            Some(
                "Much happened at once; the messages are all there. Next: offshift inbox"
                    .to_owned(),
            ),
            json!({ "event": "missed", "count": count }),
        ),
        _ => (None, Value::Null),
    };
    Told { words, json }
}

fn reach_told(relay: &str, reach: &Reach) -> (Option<String>, Value) {
    let (words, state) = match reach {
        Reach::Unused => (None, "unused"),
        Reach::Here => (None, "here"),
        Reach::Away(LinkError::Identity) => (Some(untrusted().to_owned()), "untrusted"),
        Reach::Away(error) => (Some(sentence(&error.to_string())), "away"),
    };
    (words, json!({ "event": "relay", "relay": relay, "state": state }))
}

/// What a person reads on a network that answers in the relay's place.
pub(super) const fn untrusted() -> &'static str {
    "Do not trust this network: something on it answers in the relay's place. Nothing was sent. Use mobile data."
}

/// Why a meeting is over.
pub(super) const fn over(why: MeetingOver) -> &'static str {
    match why {
        MeetingOver::Expired => {
            "Ten minutes are over, the code is dead. Show a new one: offshift meet show"
        }
        MeetingOver::SecondScanner => {
            "Somebody else used this code too. Nobody was added. Look who else sees the screen, then show a new code."
        }
        MeetingOver::Misbehaved => {
            "The two devices did not agree; somebody may be in between. Nobody was added. Show a new code."
        }
        MeetingOver::Stopped => "The meeting was stopped. Nobody was added.",
    }
}

/// A message as a line of the screen.
pub(super) fn message_told(
    message: &MessageView,
    rooms: &[RoomView],
    screen: &Screen,
    old: bool,
) -> Told {
    let room = name_of(message.room, rooms);
    let who = if message.own { "you".to_owned() } else { plain::line(&message.handle) };
    let text = match &message.text {
        Some(text) => plain::lines(text, "    "),
        None => "(a message of a newer kind; update to read it)".to_owned(),
    };
    let when = if old { format!(" {}", screen.faint(&ago(message.at))) } else { String::new() };
    let reply = message
        .reply_to
        .map(|id| format!(" {}", screen.faint(&format!("(to {})", short(&id.hex())))))
        .unwrap_or_default();
    let number = screen.faint(&short(&message.id.hex()));
    Told {
        words: Some(format!("[{room}] {number} {}{reply}{when}: {text}", screen.strong(&who))),
        json: json!({
            "event": "message", "room": message.room.hex(), "room_name": name_json(message.room, rooms),
            "id": message.id.hex(), "from": message.handle, "own": message.own, "at_ms": message.at.0,
            "text": message.text, "reply_to": message.reply_to.map(|id| id.hex()),
        }),
    }
}

/// The first characters of a number: enough for people.
pub(super) fn short(hex: &str) -> String {
    hex.chars().take(6).collect()
}

fn name_json(room: RoomId, rooms: &[RoomView]) -> Option<&str> {
    rooms.iter().find(|view| view.id == room).map(|view| view.name.as_str())
}

fn name_of(room: RoomId, rooms: &[RoomView]) -> String {
    name_json(room, rooms).map_or_else(|| short(&room.hex()), plain::line)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", plain::line(name))
}

/// With a capital letter and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

fn ago(at: UnixMillis) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let past = now.as_secs().saturating_sub(at.0 / 1000);
    match past {
        0..60 => "now".to_owned(),
        60..3600 => format!("{} min ago", past / 60),
        3600..86_400 => format!("{} h ago", past / 3600),
        _ => format!("{} d ago", past / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_large_and_end() {
        assert_eq!(sentence("the relay is away"), "The relay is away.");
        assert_eq!(sentence(""), "");
        assert_eq!(sentence("Really?"), "Really?");
    }

    #[test]
    fn an_old_message_says_how_old() {
        assert_eq!(ago(UnixMillis(0)).split(' ').nth(1), Some("d"));
        assert_eq!(ago(UnixMillis(u64::MAX)), "now");
    }
}
