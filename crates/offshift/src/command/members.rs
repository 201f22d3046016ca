//! `offshift members`, `offshift note`, `offshift exposure`

use offshift_client::{Exposure, MemberId, NoteOn, RoomView, UnixMillis};
use serde_json::json;

use super::{
    find,
    wording::{people, short},
};
use crate::{
    cli::{In, Named},
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
    when,
};

pub(crate) async fn run(client: &Client, screen: &Screen, what: &In) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let members = client.members(room.id).await?;
    let past = client.past_members(room.id).await?;
    screen.say(&format!(
        "{}, number {}\nRelay {}:{}. It passes messages and cannot read them.\nIn this room:",
        screen.strong(&plain::line(&room.name)),
        short(&room.id.hex()),
        room.relay.host(),
        room.relay.port(),
    ));
    for one in &members {
        screen.tell(&people::member(one, screen), &people::member_json(one));
    }
    if !past.is_empty() {
        screen.say("Not in it any more:");
    }
    for one in &past {
        screen.tell(&people::past(one), &people::past_json(one));
    }
    Ok(())
}

/// Somebody who is in the room, or was.
async fn anyone(
    client: &Client,
    room: &RoomView,
    typed: &str,
) -> Result<(MemberId, String), Failure> {
    let members = client.members(room.id).await?;
    if let [one] = find::fitting(&members, typed).as_slice() {
        return Ok((one.id, one.handle.clone()));
    }
    let past = client.past_members(room.id).await?;
    let one = find::only(&past, typed, |typed| find::not_in(typed, room))?;
    Ok((one.id, one.handle.clone()))
}

/// `offshift note`
pub(crate) async fn note(
    client: &Client,
    screen: &Screen,
    of: &Named,
    text: &str,
) -> Result<(), Failure> {
    let room = find::room(client, &of.room).await?;
    let (id, handle) = anyone(client, &room, &of.person).await?;
    client.note(NoteOn::Member(room.id, id), text).await?;
    let done = if text.is_empty() { "The note is gone." } else { "Kept on this device only." };
    screen.tell(
        done,
        &json!({ "event": "noted", "room": room.id.hex(), "member": id.hex(), "handle": handle, "note": text }),
    );
    Ok(())
}

/// `offshift exposure`
pub(crate) async fn exposure(client: &Client, screen: &Screen, of: &Named) -> Result<(), Failure> {
    let room = find::room(client, &of.room).await?;
    let (id, _) = anyone(client, &room, &of.person).await?;
    let report = client.exposure(room.id, id).await?;
    for line in report_lines(&report) {
        screen.say(&line);
    }
    screen.object(&json!({
        "event": "exposure", "room": room.id.hex(), "member": id.hex(), "handle": report.handle,
        "from_ms": report.from.0, "until_ms": report.until.map(|at| at.0), "messages": report.messages,
        "unknown": report.unknown, "first_ms": report.dates.map(|dates| dates.0.0),
        "last_ms": report.dates.map(|dates| dates.1.0),
        "blind_before_ms": report.blind_before.map(|at| at.0), "brought_in": report.brought_in,
        "review": report.review,
    }));
    Ok(())
}

/// What somebody could read, for people. The demo prints it too.
pub(crate) fn report_lines(report: &Exposure) -> Vec<String> {
    let handle = plain::line(&report.handle);
    let read = report.messages + report.unknown;
    let time = match report.until {
        Some(until) => format!("{handle} could read {}.", during(report.from, until)),
        None => format!("{handle} can read, since {}.", when::day(report.from)),
    };
    let mut lines = vec![time];
    lines.push(match report.dates {
        None => "This device has no message of that time.".to_owned(),
        Some((first, last)) => {
            let messages = if read == 1 { "message" } else { "messages" };
            format!("They have {read} {messages} of {}.", when::days(first, last))
        }
    });
    if report.unknown > 0 {
        lines.push(format!("{} of them are of a kind that is not shown here.", report.unknown));
    }
    if let Some(before) = report.blind_before {
        lines.push(format!(
            "You came in on {}: what was said before, this device can't count. Ask somebody who was there.",
            when::day(before)
        ));
    }
    lines.extend(listed("They vouched for", &report.brought_in));
    lines.extend(listed("To be vouched for again:", &report.review));
    lines.push("It cannot erase what they already have.".to_owned());
    lines
}

fn during(from: UnixMillis, until: UnixMillis) -> String {
    let days = when::days(from, until);
    if when::day(from) == when::day(until) { format!("on {days}") } else { format!("from {days}") }
}

fn listed(what: &str, handles: &[String]) -> Option<String> {
    let plain: Vec<String> = handles.iter().map(|handle| plain::line(handle)).collect();
    if plain.is_empty() { None } else { Some(format!("{what} {}.", plain.join(", "))) }
}
