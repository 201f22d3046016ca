//! What was said in a room.
//!
//! ```text
//! [Night] 0a1b2c ana 5 min ago: See you at six (edited)
//!     👍 ben, carol
//! ```

use offshift_client::{
    FileView, MessageKind, MessageView, OptionView, PlanView, PollView, ReactionView, RoomView,
    text::OddityKind,
};
use serde_json::{Value, json};

use super::{Told, motion, name_json, name_of, people, short};
use crate::{
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
    when,
    words::{self, say},
};

/// How what belongs to a message stands under it.
const INDENT: &str = "    ";

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
    let words = match about_the_room(message) {
        Some(sentence) => {
            format!("[{room}]{when} {sentence}{}", next(message, &room))
        }
        None => format!(
            "[{room}] {number} {}{}{when}: {}{}{}",
            author(message, screen),
            reply(message, screen),
            text(message, &room),
            marks(message, screen),
            reactions(&message.reactions)
        ),
    };
    Told::new(words, object(message, rooms))
}

/// What a member said about the room: a sentence in place of words.
fn about_the_room(message: &MessageView) -> Option<String> {
    let by = plain::line(&message.handle);
    Some(match &message.kind {
        MessageKind::Vouched { applicant, method } => {
            let (applicant, method) = (plain::line(applicant), people::met(*method));
            say!("message-vouched", by = by, handle = applicant, method = method)
        }
        MessageKind::Revouched { member, method } => {
            let (member, method) = (plain::line(member), people::met(*method));
            say!("message-vouched-again", by = by, handle = member, method = method)
        }
        MessageKind::Objection { applicant, reason } if reason.is_empty() => {
            say!("message-objected", by = by, handle = plain::line(applicant))
        }
        MessageKind::Objection { applicant, reason } => say!(
            "message-objected-why",
            by = by,
            handle = plain::line(applicant),
            reason = plain::line(reason)
        ),
        MessageKind::Approved(what) => {
            say!("message-approved", by = by, what = motion::words(what))
        }
        MessageKind::Text
        | MessageKind::Announcement
        | MessageKind::Poll(_)
        | MessageKind::Plan(_)
        | MessageKind::File(_)
        | MessageKind::TakenBack
        | MessageKind::Unknown => return None,
    })
}

/// The same, for one that is not as it was.
pub(crate) fn changed_told(message: &MessageView, rooms: &[RoomView], screen: &Screen) -> Told {
    let Told { words, json } = message_told(message, rooms, screen, true);
    let json = json.map(|mut value| {
        people::merge(&mut value, json!({ "event": "message_changed" }));
        value
    });
    Told { words, json }
}

fn author(message: &MessageView, screen: &Screen) -> String {
    let who = if message.own { say!("message-own") } else { other(&message.handle) };
    screen.strong(&who)
}

fn reply(message: &MessageView, screen: &Screen) -> String {
    let to = |id: String| screen.faint(&say!("message-reply", number = short(&id)));
    message.reply_to.map(|id| format!(" {}", to(id.hex()))).unwrap_or_default()
}

fn text(message: &MessageView, room: &str) -> String {
    let number = short(&message.id.hex());
    match (&message.kind, &message.text) {
        (MessageKind::Announcement, Some(text)) => {
            say!("message-announcement", text = plain::lines(text, INDENT))
        }
        (_, Some(text)) => plain::lines(text, INDENT),
        (MessageKind::Poll(one), None) => poll(one, room, &number),
        (MessageKind::Plan(one), None) => plan(one),
        (MessageKind::File(one), None) => file(one),
        (MessageKind::TakenBack, None) => say!("message-taken-back"),
        (_, None) => say!("message-unknown"),
    }
}

fn poll(one: &PollView, room: &str, number: &str) -> String {
    let mut lines = vec![say!("poll-question", question = plain::line(&one.question))];
    for (at, option) in (1_usize..).zip(&one.options) {
        lines.push(format!("{INDENT}{}", answer(at, option)));
    }
    lines.push(format!("{INDENT}{}", say!("poll-answered", count = one.answers)));
    lines.push(if one.is_closed {
        format!("{INDENT}{}", say!("poll-closed"))
    } else {
        let room = plain::word(room);
        format!("{INDENT}{}", say!("poll-how", room_word = room, number_word = number.to_owned()))
    });
    lines.join("\n")
}

fn answer(number: usize, option: &OptionView) -> String {
    let (text, count) = (plain::line(&option.text), option.count);
    if option.own {
        say!("poll-option-own", number = number, text = text, count = count)
    } else {
        say!("poll-option", number = number, text = text, count = count)
    }
}

fn plan(one: &PlanView) -> String {
    let (title, when) = (plain::line(&one.title), when::moment(one.starts_at));
    let mut lines = vec![if one.place.is_empty() {
        say!("plan-line", title = title, when = when)
    } else {
        say!("plan-line-at", title = title, when = when, place = plain::line(&one.place))
    }];
    if !one.note.is_empty() {
        lines.push(format!("{INDENT}{}", plain::lines(&one.note, INDENT)));
    }
    let by = one.changed_by.as_deref().map(plain::line);
    let state = match (one.is_called_off, by) {
        (true, Some(by)) => Some(say!("plan-called-off", handle = by)),
        (false, Some(by)) => Some(say!("plan-changed", handle = by)),
        (_, None) => None,
    };
    lines.extend(state.map(|state| format!("{INDENT}{state}")));
    lines.join("\n")
}

fn file(one: &FileView) -> String {
    let caption = plain::lines(&one.caption, INDENT);
    let name = say!("message-file", name = plain::line(&one.name), size = size(one.bytes));
    if caption.is_empty() { name } else { format!("{name}\n{INDENT}{caption}") }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => say!("size-bytes", count = bytes),
        1024..0x10_0000 => say!("size-kib", count = bytes / 1024),
        _ => say!("size-mib", whole = bytes >> 20, tenths = ((bytes % (1 << 20)) * 10) >> 20),
    }
}

/// What became of it.
fn marks(message: &MessageView, screen: &Screen) -> String {
    let marks = [
        message.is_edited.then(|| say!("message-edited")),
        message.is_pinned.then(|| say!("message-pinned")),
        message.mentions_you.then(|| say!("message-mentions-you")),
    ];
    marks.into_iter().flatten().map(|mark| format!(" {}", screen.faint(&mark))).collect()
}

fn reactions(all: &[ReactionView]) -> String {
    let one = |reaction: &ReactionView| {
        let by = words::list(reaction.by.iter().map(|handle| plain::line(handle)));
        format!("{} {by}", plain::line(&reaction.mark))
    };
    let all: Vec<_> = all.iter().map(one).collect();
    if all.is_empty() { String::new() } else { format!("\n{INDENT}{}", all.join(" · ")) }
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
    let room = plain::word(room);
    format!("\n{INDENT}{}", say!("message-see", command_word = command, room_word = room))
}

fn object(message: &MessageView, rooms: &[RoomView]) -> Value {
    let mut value = json!({
        "room": message.room.hex(), "room_name": name_json(message.room, rooms),
        "id": message.id.hex(), "from": message.handle, "own": message.own, "at_ms": message.at.0,
    });
    people::merge(&mut value, said(message));
    value
}

fn said(message: &MessageView) -> Value {
    match &message.kind {
        MessageKind::Text
        | MessageKind::Announcement
        | MessageKind::Poll(_)
        | MessageKind::Plan(_)
        | MessageKind::File(_)
        | MessageKind::TakenBack
        | MessageKind::Unknown => written(message),
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
    }
}

fn written(message: &MessageView) -> Value {
    let mut value = json!({
        "event": "message", "text": message.text, "reply_to": message.reply_to.map(|id| id.hex()),
        "edited": message.is_edited, "pinned": message.is_pinned,
        "mentions_you": message.mentions_you, "reactions": message.reactions,
    });
    let kind = match &message.kind {
        MessageKind::Announcement => json!({ "kind": "announcement" }),
        MessageKind::Poll(poll) => json!({ "kind": "poll", "poll": poll }),
        MessageKind::Plan(plan) => json!({ "kind": "plan", "plan": plan }),
        MessageKind::File(file) => json!({ "kind": "file", "file": {
            "name": file.name, "media_type": file.media_type, "bytes": file.bytes,
            "until_ms": file.until.0, "caption": file.caption, "state": file.state,
        } }),
        MessageKind::TakenBack => json!({ "kind": "taken_back" }),
        MessageKind::Unknown => json!({ "kind": "unknown" }),
        _ => json!({ "kind": "text" }),
    };
    people::merge(&mut value, kind);
    value
}

/// Another person's handle. One that reads like the mark of own messages stands in quotes.
fn other(handle: &str) -> String {
    let handle = plain::line(handle);
    let is_mark = handle.trim().to_lowercase() == say!("message-own").to_lowercase();
    if is_mark { format!("\"{handle}\"") } else { handle }
}

/// Says what is odd about a text that is about to be sent. It is sent all the same: the person typed it.
pub(crate) async fn oddity(client: &Client, screen: &Screen, text: &str) -> Result<(), Failure> {
    let found = client.check_text(text).await?;
    let mut kinds: Vec<OddityKind> = Vec::new();
    for one in &found {
        if kinds.contains(&one.kind) {
            continue;
        }
        kinds.push(one.kind);
        screen.say(&match one.kind {
            OddityKind::Hidden | OddityKind::Private => say!("odd-hidden"),
            OddityKind::Turning => say!("odd-turning"),
            OddityKind::LooksLike => say!("odd-looks-like", text = plain::line(&one.what)),
        });
    }
    let odd: Vec<_> = found
        .iter()
        .map(|one| json!({ "kind": one.kind, "at": one.at, "what": one.what }))
        .collect();
    if !odd.is_empty() {
        screen.object(&json!({ "event": "odd_text", "odd": odd }));
    }
    Ok(())
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
    fn a_size_is_said_in_the_unit_that_fits() {
        assert_eq!([size(5), size(2048), size(2_621_440)], ["5 B", "2 KiB", "2.5 MiB"]);
    }
}
