//! What happened in a room: a sentence behind the room's name, and the same as an object.

use offshift_client::{Event, How, Method, RoomId, RoomView, words_of};
use serde_json::{Value, json};

use super::{Told, name_json, name_of, people};
use crate::{plain, screen::Screen, when};

pub(super) fn told(event: &Event, rooms: &[RoomView], screen: &Screen) -> Told {
    let Some((room, kind, sentence)) = sentence(event) else { return silent(event) };
    let next = next(event).map(|command| {
        let word = name_json(room, rooms).map_or_else(|| "ROOM".to_owned(), plain::word);
        format!("\n    See: offshift {command} {word}")
    });
    let words = format!("[{}] {sentence}{}", name_of(room, rooms), next.unwrap_or_default());
    let faint = matches!(event, Event::KeysChanged { .. } | Event::NotShown { .. });
    let words = if faint { screen.faint(&words) } else { words };
    let mut json = json!({ "event": kind, "room": room.hex() });
    people::merge(&mut json, details(event));
    Told::new(words, json)
}

/// What a script is told and a person sees from the message itself; or what both see from it: a vouch, an objection, an
/// approval is a message too.
fn silent(event: &Event) -> Told {
    match event {
        Event::Sent { room, message } => {
            Told::for_scripts(json!({ "event": "sent", "room": room.hex(), "id": message.hex() }))
        }
        Event::SentAgain { room, message } => Told::for_scripts(
            json!({ "event": "sent_again", "room": room.hex(), "id": message.hex() }),
        ),
        _ => Told::default(),
    }
}

/// The command that tells more.
const fn next(event: &Event) -> Option<&'static str> {
    match event {
        Event::ReviewNeeded { .. } => Some("review"),
        Event::TermsWillChange { .. } => Some("policy show"),
        _ => None,
    }
}

type Sentence = (RoomId, &'static str, String);

fn sentence(event: &Event) -> Option<Sentence> {
    who_is_in(event).or_else(|| what_is_decided(event)).or_else(|| this_device(event))
}

/// Who came and who went.
fn who_is_in(event: &Event) -> Option<Sentence> {
    let name = |text: &str| plain::line(text);
    Some(match event {
        Event::Joined { room, handle, by, vouchers, .. } => {
            (*room, "joined", joined(handle, by, vouchers))
        }
        Event::DeviceJoined { room, handle, of, .. } => (
            *room,
            "phone_joined",
            format!("{} came in: a second phone of {}", name(handle), name(of)),
        ),
        Event::Removed { room, handle, by, how, .. } => {
            (*room, removed_as(*how), removed(handle, by, *how))
        }
        Event::Rejoined { room, handle, .. } => {
            (*room, "rejoined", format!("{} is back after a long time away", name(handle)))
        }
        Event::ReviewNeeded { room, members } => {
            let handles: Vec<String> = members.iter().map(|(_, handle)| name(handle)).collect();
            let who = handles.join(", ");
            (*room, "review_needed", format!("to be vouched for again: {who}."))
        }
        Event::Confirmed { room, handle, by, .. } => (
            *room,
            "confirmed",
            format!("{} is not under review any more, confirmed by {}", name(handle), name(by)),
        ),
        _ => return None,
    })
}

fn joined(handle: &str, by: &str, vouchers: &[(String, Method)]) -> String {
    let (handle, by) = (plain::line(handle), plain::line(by));
    let words: Vec<String> = vouchers
        .iter()
        .map(|(handle, method)| format!("{} ({})", plain::line(handle), words_of(*method)))
        .collect();
    if words.is_empty() {
        format!("{handle} came in, let in by {by}")
    } else {
        format!("{handle} came in, let in by {by}. Who vouched: {}", words.join(", "))
    }
}

const fn removed_as(how: How) -> &'static str {
    match how {
        How::Severed => "removed",
        How::Recalled => "recalled",
        How::Stopped => "phone_stopped",
    }
}

fn removed(handle: &str, by: &str, how: How) -> String {
    let (handle, by) = (plain::line(handle), plain::line(by));
    let what = match how {
        How::Severed => format!("{handle} was put out by {by}"),
        How::Recalled => {
            format!("{handle} was put out by members; {by} was the last to ask for it")
        }
        How::Stopped => format!("{by} stopped the phone of {handle}"),
    };
    format!("{what}. It cannot erase what they already have.")
}

/// What members decide about the rules.
fn what_is_decided(event: &Event) -> Option<Sentence> {
    Some(match event {
        Event::MotionCarried { room, what, by } => (
            *room,
            "decided",
            format!(
                "decided: {}, carried out by {}",
                plain::line(&what.to_string()),
                plain::line(by)
            ),
        ),
        Event::TermsWillChange { room, binds_at } => (
            *room,
            "terms_will_change",
            format!(
                "from {} it is easier to come in. Who is against it, speak up now.",
                when::day(*binds_at)
            ),
        ),
        _ => return None,
    })
}

/// What happened to this device or by it.
fn this_device(event: &Event) -> Option<Sentence> {
    let name = |text: &str| plain::line(text);
    Some(match event {
        Event::RoomOpened { room, .. } => {
            (*room, "room", "you are in this room. Only people in it can read it.".to_owned())
        }
        Event::Returned { room, from, until } => (
            *room,
            "returned",
            format!(
                "you are back. Some messages from {} are not available.",
                when::days(*from, *until)
            ),
        ),
        Event::KeysChanged { room } => (*room, "keys_changed", "the keys changed".to_owned()),
        Event::WithoutTicket { room, handle } => (
            *room,
            "without_ticket",
            format!(
                "{} got no ticket from you, for you have none to share: they read, but can't write. Ask the relay's host for one: offshift relay list",
                name(handle)
            ),
        ),
        Event::ChangeDropped { room, why } => {
            (*room, "change_dropped", format!("your change was not made: {why}"))
        }
        Event::YouWereRemoved { room, by } => (
            *room,
            "you_were_removed",
            format!("{} put you out. You read nothing new from this room.", name(by)),
        ),
        Event::NotShown { room, by } => {
            let by = by.as_deref().map_or_else(|| "someone".to_owned(), plain::line);
            (*room, "not_shown", format!("something from {by} is not shown: broken or not allowed"))
        }
        _ => return None,
    })
}

fn details(event: &Event) -> Value {
    match event {
        Event::RoomOpened { name, .. } => json!({ "name": name }),
        Event::WithoutTicket { handle, .. } => json!({ "handle": handle }),
        Event::Joined { member, handle, by, vouchers, .. } => {
            let vouch = |(handle, method): &(String, Method)| json!({ "handle": handle, "method": people::method(*method) });
            let vouchers: Vec<Value> = vouchers.iter().map(vouch).collect();
            json!({ "member": member.hex(), "handle": handle, "by": by, "vouchers": vouchers })
        }
        Event::DeviceJoined { member, handle, of, .. } => {
            json!({ "member": member.hex(), "handle": handle, "of": of })
        }
        Event::Removed { member, handle, by, .. } | Event::Confirmed { member, handle, by, .. } => {
            json!({ "member": member.hex(), "handle": handle, "by": by })
        }
        Event::Rejoined { member, handle, .. } => {
            json!({ "member": member.hex(), "handle": handle })
        }
        Event::ReviewNeeded { members, .. } => {
            json!({ "handles": members.iter().map(|(_, handle)| handle).collect::<Vec<_>>() })
        }
        Event::MotionCarried { what, by, .. } => json!({ "what": what.to_string(), "by": by }),
        Event::TermsWillChange { binds_at, .. } => json!({ "binds_at_ms": binds_at.0 }),
        Event::Returned { from, until, .. } => {
            json!({ "gap_from_ms": from.0, "gap_to_ms": until.0 })
        }
        Event::YouWereRemoved { by, .. } => json!({ "by": by }),
        Event::NotShown { by, .. } => json!({ "by": by }),
        Event::ChangeDropped { why, .. } => json!({ "why": why }),
        _ => json!({}),
    }
}
