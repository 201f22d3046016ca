//! What happened in a room: a sentence behind the room's name, and the same as an object.

use offshift_client::{Event, How, Method, RoomId, RoomView};
use serde_json::{Value, json};

use super::{Told, known, motion, name_json, name_of, people};
use crate::{
    failure, plain,
    screen::Screen,
    when,
    words::{self, say},
};

pub(super) fn told(event: &Event, rooms: &[RoomView], screen: &Screen) -> Told {
    let Some((room, kind, sentence)) = sentence(event) else { return silent(event) };
    let next = next(event).map(|command| {
        let word = name_json(room, rooms).map_or_else(|| "ROOM".to_owned(), plain::word);
        format!("\n    {}", say!("message-see", command_word = command, room_word = word))
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
        Event::Disappeared { room, until } => Told::for_scripts(
            json!({ "event": "disappeared", "room": room.hex(), "until_ms": until.0 }),
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
            say!("event-phone-joined", handle = name(handle), of = name(of)),
        ),
        Event::Removed { room, handle, by, how, .. } => {
            (*room, removed_as(*how), removed(handle, by, *how))
        }
        Event::Rejoined { room, handle, .. } => {
            (*room, "rejoined", say!("event-rejoined", handle = name(handle)))
        }
        Event::ReviewNeeded { room, members } => {
            let who = words::list(members.iter().map(|(_, handle)| name(handle)));
            (*room, "review_needed", say!("event-review-needed", handles = who))
        }
        Event::Confirmed { room, handle, by, .. } => {
            (*room, "confirmed", say!("event-confirmed", handle = name(handle), by = name(by)))
        }
        _ => return None,
    })
}

fn joined(handle: &str, by: &str, vouchers: &[(String, Method)]) -> String {
    let (handle, by) = (plain::line(handle), plain::line(by));
    if vouchers.is_empty() {
        return say!("event-joined", handle = handle, by = by);
    }
    let vouchers = words::list(vouchers.iter().map(|(handle, method)| people::by(handle, *method)));
    say!("event-joined-by-vouches", handle = handle, by = by, vouchers = vouchers)
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
    match how {
        How::Severed => say!("event-severed", handle = handle, by = by),
        How::Recalled => say!("event-recalled", handle = handle, by = by),
        How::Stopped => say!("event-phone-stopped", handle = handle, by = by),
    }
}

/// What members decide about the rules.
fn what_is_decided(event: &Event) -> Option<Sentence> {
    Some(match event {
        Event::MotionCarried { room, what, by } => (
            *room,
            "decided",
            say!("event-decided", what = motion::words(what), by = plain::line(by)),
        ),
        Event::TermsWillChange { room, binds_at } => (
            *room,
            "terms_will_change",
            say!("event-terms-will-change", day = when::day(*binds_at)),
        ),
        _ => return None,
    })
}

/// What happened to this device or by it.
fn this_device(event: &Event) -> Option<Sentence> {
    let name = |text: &str| plain::line(text);
    Some(match event {
        Event::RoomOpened { room, .. } => (*room, "room", say!("event-room-opened")),
        Event::Returned { room, from, until } => {
            (*room, "returned", say!("event-returned", days = when::days(*from, *until)))
        }
        Event::KeysChanged { room } => (*room, "keys_changed", say!("event-keys-changed")),
        Event::WithoutTicket { room, handle } => {
            (*room, "without_ticket", say!("event-without-ticket", handle = name(handle)))
        }
        Event::ChangeDropped { room, why } => {
            (*room, "change_dropped", say!("event-change-dropped", why = failure::why(why)))
        }
        Event::YouWereRemoved { room, by } => {
            (*room, "you_were_removed", say!("event-you-were-removed", by = name(by)))
        }
        Event::NotShown { room, by } => {
            let by = by.as_deref().map(plain::line).unwrap_or_default();
            (*room, "not_shown", say!("event-not-shown", known = known(&by), by = by))
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
        Event::ChangeDropped { why, .. } => json!({ "why": why.sentence }),
        _ => json!({}),
    }
}
