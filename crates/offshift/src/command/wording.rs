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

/// An event in words; the names of rooms are looked up in `rooms`.
pub(super) fn event(event: &Event, rooms: &[RoomView], screen: &Screen) -> Told {
    match event {
        Event::Message(message) => message_told(message, rooms, screen, false),
        Event::Reach { relay, reach } => reach_told(&relay.to_string(), reach),
        Event::Refused { relay, why } => Told {
            words: Some(sentence(&format!("the relay did not take a message yet: {why}"))),
            json: json!({ "event": "refused", "relay": relay.to_string(), "why": why }),
        },
        Event::Missed { count } => Told {
            words: Some("Much happened at once. Nothing is lost: offshift inbox".to_owned()),
            json: json!({ "event": "missed", "count": count }),
        },
        Event::NotJoined { from } => Told {
            words: Some(format!(
                "An invitation from {} does not work. Meet again.",
                plain::line(from)
            )),
            json: json!({ "event": "not_joined", "from": from }),
        },
        Event::Words { .. } | Event::MeetingOver { .. } | Event::Met { .. } => meeting(event),
        event => in_room(event, rooms, screen),
    }
}

fn meeting(event: &Event) -> Told {
    let (words, json) = match event {
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
        _ => (None, Value::Null),
    };
    Told { words, json }
}

/// What happened in a room: a sentence behind the room's name, and the same as an object.
fn in_room(event: &Event, rooms: &[RoomView], screen: &Screen) -> Told {
    let Some((room, kind, sentence)) = room_sentence(event) else {
        return room_silent(event);
    };
    let words = format!("[{}] {sentence}", name_of(room, rooms));
    let faint = matches!(event, Event::KeysChanged { .. } | Event::NotShown { .. });
    let words = if faint { screen.faint(&words) } else { words };
    let mut json = json!({ "event": kind, "room": room.hex() });
    for (name, value) in details(event) {
        if let Some(object) = json.as_object_mut() {
            object.insert(name.to_owned(), json!(value));
        }
    }
    Told { words: Some(words), json }
}

/// What a script is told and a person sees from the message itself.
fn room_silent(event: &Event) -> Told {
    let json = match event {
        Event::Sent { room, message } => {
            json!({ "event": "sent", "room": room.hex(), "id": message.hex() })
        }
        Event::SentAgain { room, message } => {
            json!({ "event": "sent_again", "room": room.hex(), "id": message.hex() })
        }
        _ => Value::Null,
    };
    Told { words: None, json }
}

fn room_sentence(event: &Event) -> Option<(RoomId, &'static str, String)> {
    let name = |text: &str| plain::line(text);
    Some(match event {
        Event::RoomOpened { room, .. } => {
            (*room, "room", "you are in this room. Only people in it can read it.".to_owned())
        }
        Event::Joined { room, handle, by } => {
            (*room, "joined", format!("{} came in, let in by {}", name(handle), name(by)))
        }
        Event::Removed { room, handle, by } => (
            *room,
            "removed",
            format!(
                "{} was removed by {}. It cannot erase what they already have.",
                name(handle),
                name(by)
            ),
        ),
        Event::KeysChanged { room } => (*room, "keys_changed", "the keys changed".to_owned()),
        Event::ChangeDropped { room, why } => {
            (*room, "change_dropped", format!("your change was not made: {why}"))
        }
        Event::YouWereRemoved { room, by } => (
            *room,
            "you_were_removed",
            format!("{} removed you. You read nothing new from this room.", name(by)),
        ),
        Event::Stranded { room, by } => (
            *room,
            "stranded",
            format!(
                "a change of keys by {} does not work on this device. Ask an organizer to add you again.",
                name(by)
            ),
        ),
        Event::NotShown { room, by } => {
            let by = by.as_deref().map_or_else(|| "someone".to_owned(), plain::line);
            (*room, "not_shown", format!("something from {by} is not shown: broken or not allowed"))
        }
        _ => return None,
    })
}

fn details(event: &Event) -> Vec<(&'static str, Option<&str>)> {
    match event {
        Event::RoomOpened { name, .. } => vec![("name", Some(name))],
        Event::Joined { handle, by, .. } | Event::Removed { handle, by, .. } => {
            vec![("handle", Some(handle)), ("by", Some(by))]
        }
        Event::YouWereRemoved { by, .. } | Event::Stranded { by, .. } => vec![("by", Some(by))],
        Event::NotShown { by, .. } => vec![("by", by.as_deref())],
        Event::ChangeDropped { why, .. } => vec![("why", Some(why))],
        _ => Vec::new(),
    }
}

fn reach_told(relay: &str, reach: &Reach) -> Told {
    let (words, state) = match reach {
        Reach::Unused => (None, "unused"),
        Reach::Here => (None, "here"),
        Reach::Away(LinkError::Identity) => (Some(untrusted().to_owned()), "untrusted"),
        Reach::Away(error) => (Some(sentence(&error.to_string())), "away"),
    };
    Told { words, json: json!({ "event": "relay", "relay": relay, "state": state }) }
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
    let who = if message.own { OWN.to_owned() } else { other(&message.handle) };
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

/// How own messages are marked.
const OWN: &str = "you";

/// Another person's handle. One that reads like the mark of own messages stands in quotes.
fn other(handle: &str) -> String {
    let handle = plain::line(handle);
    if handle.trim().to_lowercase() == OWN { format!("\"{handle}\"") } else { handle }
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
        0..60 => "just now".to_owned(),
        60..3600 => format!("{} min ago", past / 60),
        3600..86_400 => format!("{} h ago", past / 3600),
        _ => format!("{} d ago", past / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_can_write_as_you() {
        assert_eq!(other("you"), "\"you\"");
        assert_eq!(other("YOU"), "\"YOU\"");
        assert_eq!(other("young"), "young", "the twin");
    }

    #[test]
    fn sentences_begin_large_and_end() {
        assert_eq!(sentence("the relay is away"), "The relay is away.");
        assert_eq!(sentence(""), "");
        assert_eq!(sentence("Really?"), "Really?");
    }

    #[test]
    fn an_old_message_says_how_old() {
        assert_eq!(ago(UnixMillis(0)).split(' ').nth(1), Some("d"));
        assert_eq!(ago(UnixMillis(u64::MAX)), "just now");
    }
}
