//! Events and things, in words and as JSON.
//!
//! ```text
//! Event --event()--> meeting | room.rs (what happened in a room) | message.rs (what was said) | alarm
//! people.rs: members and applicants
//! ```
//! Handles, names and texts are made plain here, on their way to words; JSON carries them as they are.

mod message;
pub(super) mod motion;
pub(super) mod people;
pub(super) mod relay;
mod room;

use offshift_client::{
    ClientError, ContradictionView, Event, LinkError, MeetingOver, Reach, RoomId, RoomView,
};
use serde_json::{Value, json};

use super::alarms;
use crate::{failure, plain, screen::Screen, words::say};

pub(super) use message::{message_told, oddity};

/// Words and JSON of what happened; nothing where it is told in another way.
#[derive(Default)]
pub(super) struct Told {
    pub(super) words: Option<String>,
    pub(super) json: Option<Value>,
}

impl Told {
    fn new(words: impl Into<String>, json: Value) -> Self {
        Self { words: Some(words.into()), json: Some(json) }
    }

    /// What a person sees in another way.
    const fn for_scripts(json: Value) -> Self {
        Self { words: None, json: Some(json) }
    }

    /// Prints it.
    pub(super) fn show(&self, screen: &Screen) {
        if let Some(words) = &self.words {
            screen.say(words);
        }
        if let Some(json) = &self.json {
            screen.object(json);
        }
    }
}

/// An event in words; the names of rooms are looked up in `rooms`.
pub(super) fn event(event: &Event, rooms: &[RoomView], screen: &Screen) -> Told {
    match event {
        Event::Message(message) => message_told(message, rooms, screen, false),
        Event::Changed(message) => message::changed_told(message, rooms, screen),
        Event::Reach { relay, reach } => reach_told(&relay.to_string(), reach),
        Event::Refused { relay, why } => Told::new(
            say!("event-refused", why = failure::why(why)),
            json!({ "event": "refused", "relay": relay.to_string(), "why": why.sentence }),
        ),
        Event::Missed { count } => {
            Told::new(say!("event-missed"), json!({ "event": "missed", "count": count }))
        }
        Event::RelayFollowed { relay, to } => Told::new(
            say!("event-relay-followed", host = relay.host(), link = to.to_string()),
            json!({ "event": "relay_followed", "relay": relay.to_string(), "to": to.to_string() }),
        ),
        Event::MeetingUnpaid { relay, state, contact, .. }
        | Event::Ticket { relay, state, contact } => Told::new(
            relay::waits_words(*state, contact),
            relay::ticket_json(&relay.to_string(), *state, contact),
        ),
        Event::NotJoined { from } => not_joined(from.as_deref()),
        Event::Alarm(alarm) => Told::new(alarms::words(alarm, screen), alarms::alarm_json(alarm)),
        Event::RelayContradicts(found) => {
            let alarm = found.alarm();
            let words = alarms::words_with(&alarm, &contradiction(found), screen);
            Told::new(words, alarms::alarm_json(&alarm))
        }
        Event::Words { .. } | Event::MeetingOver { .. } | Event::Met { .. } => meeting(event),
        event => room::told(event, rooms, screen),
    }
}

/// A relay that contradicts itself, as it comes. `alarms` lists it with what exactly is wrong.
fn contradiction(found: &ContradictionView) -> String {
    let host = found.relay.as_ref().map(|link| plain::line(link.host())).unwrap_or_default();
    say!("alarm-contradiction", known = known(&host), who = host)
}

fn not_joined(from: Option<&str>) -> Told {
    let handle = from.map(plain::line).unwrap_or_default();
    Told::new(
        say!("event-not-joined", known = known(&handle), handle = handle),
        json!({ "event": "not_joined", "from": from }),
    )
}

/// By what sentences choose between a name and a word for nobody known.
pub(super) const fn known(name: &str) -> &'static str {
    if name.is_empty() { "no" } else { "yes" }
}

fn meeting(event: &Event) -> Told {
    match event {
        Event::Met { contact, .. } => Told::new(
            say!("event-met", handle = plain::line(&contact.handle)),
            json!({ "event": "met", "contact": contact.id.hex(), "handle": contact.handle }),
        ),
        Event::MeetingOver { why, .. } => {
            Told::new(over(*why), json!({ "event": "meeting_over", "why": over(*why) }))
        }
        Event::Words { words, with, .. } => {
            Told::for_scripts(json!({ "event": "words", "words": words, "handle": with }))
        }
        _ => Told::default(),
    }
}

fn reach_told(relay: &str, reach: &Reach) -> Told {
    let (words, state) = match reach {
        Reach::Unused => (None, "unused"),
        Reach::Here => (None, "here"),
        Reach::Away(LinkError::Identity) => (Some(untrusted()), "untrusted"),
        Reach::Away(error) => (Some(away(*error)), "away"),
    };
    let json = Some(json!({ "event": "relay", "relay": relay, "state": state }));
    Told { words, json }
}

/// Why a relay is not there.
pub(super) fn away(error: LinkError) -> String {
    sentence(&failure::sentence(&ClientError::Link(error)))
}

/// What a person reads on a network that answers in the relay's place.
pub(super) fn untrusted() -> String {
    say!("event-untrusted")
}

/// Why a meeting is over.
pub(super) fn over(why: MeetingOver) -> String {
    match why {
        MeetingOver::Expired => say!("event-meeting-expired"),
        MeetingOver::SecondScanner => say!("event-meeting-second-scanner"),
        MeetingOver::Misbehaved => say!("event-meeting-misbehaved"),
        MeetingOver::Stopped => say!("event-meeting-stopped"),
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

/// With a capital letter and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if text.ends_with(['.', '!', '?', '؟']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
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
}
