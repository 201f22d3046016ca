//! What was said in a room.

use offshift_client::{MessageKind, MessageView, RoomView};
use serde_json::{Value, json};

use super::{Told, name_json, name_of, people, short};
use crate::{plain, screen::Screen, when};

/// How own messages are marked.
const OWN: &str = "you";

/// A message as a line of the screen.
pub(crate) fn message_told(
    message: &MessageView,
    rooms: &[RoomView],
    screen: &Screen,
    old: bool,
) -> Told {
    let room = name_of(message.room, rooms);
    let number = screen.faint(&short(&message.id.hex()));
    let when =
        if old { format!(" {}", screen.faint(&when::ago(message.at))) } else { String::new() };
    let words = match message.kind.sentence(&message.handle) {
        Some(sentence) => {
            format!("[{room}]{when} {}{}", plain::line(&sentence), next(message, &room))
        }
        None => format!(
            "[{room}] {number} {}{}{when}: {}",
            author(message, screen),
            reply(message, screen),
            text(message)
        ),
    };
    Told::new(words, object(message, rooms))
}

fn author(message: &MessageView, screen: &Screen) -> String {
    let who = if message.own { OWN.to_owned() } else { other(&message.handle) };
    screen.strong(&who)
}

fn reply(message: &MessageView, screen: &Screen) -> String {
    let to = message.reply_to.map(|id| screen.faint(&format!("(to {})", short(&id.hex()))));
    to.map(|to| format!(" {to}")).unwrap_or_default()
}

fn text(message: &MessageView) -> String {
    match &message.text {
        Some(text) => plain::lines(text, "    "),
        None => "(a message of a newer kind; update to read it)".to_owned(),
    }
}

/// What to do about what a member said.
fn next(message: &MessageView, room: &str) -> String {
    let command = match message.kind {
        _ if message.own => return String::new(),
        MessageKind::Vouched { .. } => "room applicants",
        MessageKind::Revouched { .. } => "review",
        MessageKind::Approved(_) => "policy show",
        _ => return String::new(),
    };
    format!("\n    See: offshift {command} {}", plain::word(room))
}

fn object(message: &MessageView, rooms: &[RoomView]) -> Value {
    let mut value = json!({
        "room": message.room.hex(), "room_name": name_json(message.room, rooms),
        "id": message.id.hex(), "from": message.handle, "own": message.own, "at_ms": message.at.0,
    });
    let said = match &message.kind {
        MessageKind::Text
        | MessageKind::Announcement
        | MessageKind::Poll(_)
        | MessageKind::Plan(_)
        | MessageKind::File(_)
        | MessageKind::TakenBack
        | MessageKind::Unknown => json!({
            "event": "message", "text": message.text, "reply_to": message.reply_to.map(|id| id.hex()),
        }),
        MessageKind::Vouched { applicant, method } => {
            json!({ "event": "vouch", "handle": applicant, "method": people::method(*method) })
        }
        MessageKind::Revouched { member, method } => {
            json!({ "event": "vouch_again", "handle": member, "method": people::method(*method) })
        }
        MessageKind::Objection { applicant, reason } => {
            json!({ "event": "objection", "handle": applicant, "reason": reason })
        }
        MessageKind::Approved(what) => json!({ "event": "approval", "what": what.to_string() }),
    };
    people::merge(&mut value, said);
    value
}

/// Another person's handle. One that reads like the mark of own messages stands in quotes.
fn other(handle: &str) -> String {
    let handle = plain::line(handle);
    if handle.trim().to_lowercase() == OWN { format!("\"{handle}\"") } else { handle }
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
}
