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
    words::{self, say},
};

pub(crate) async fn run(client: &Client, screen: &Screen, what: &In) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let members = client.members(room.id).await?;
    let past = client.past_members(room.id).await?;
    screen.say(&say!(
        "members-title",
        room = screen.strong(&plain::line(&room.name)),
        number = short(&room.id.hex()),
        relay = format!("{}:{}", room.relay.host(), room.relay.port())
    ));
    for one in &members {
        screen.tell(&people::member(one, screen), &people::member_json(one));
    }
    if !past.is_empty() {
        screen.say(&say!("members-past"));
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
    let done = if text.is_empty() { say!("note-gone") } else { say!("note-kept") };
    screen.tell(
        &done,
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
        "polls": report.polls, "plans": report.plans, "files": report.files,
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
    let read = report.messages + report.polls + report.plans + report.files + report.unknown;
    let mut lines = vec![match report.until {
        Some(until) => could_read(&handle, report.from, until),
        None => say!("exposure-can-read", handle = handle, day = when::day(report.from)),
    }];
    lines.push(match report.dates {
        None => say!("exposure-no-message"),
        Some((first, last)) => {
            say!("exposure-messages", count = read, days = when::days(first, last))
        }
    });
    if report.plans > 0 {
        lines.push(say!("exposure-plans", count = report.plans));
    }
    if report.polls > 0 {
        lines.push(say!("exposure-polls", count = report.polls));
    }
    if report.files > 0 {
        lines.push(say!("exposure-files", count = report.files));
    }
    if report.unknown > 0 {
        lines.push(say!("exposure-unknown", count = report.unknown));
    }
    if let Some(before) = report.blind_before {
        lines.push(say!("exposure-blind-before", day = when::day(before)));
    }
    if let Some(handles) = listed(&report.brought_in) {
        lines.push(say!("exposure-vouched-for", handles = handles));
    }
    if let Some(handles) = listed(&report.review) {
        lines.push(say!("exposure-review", handles = handles));
    }
    lines.push(say!("out-cannot-erase"));
    lines
}

fn could_read(handle: &str, from: UnixMillis, until: UnixMillis) -> String {
    let days = when::days(from, until);
    if when::day(from) == when::day(until) {
        say!("exposure-could-read-on", handle = handle, day = days)
    } else {
        say!("exposure-could-read", handle = handle, days = days)
    }
}

fn listed(handles: &[String]) -> Option<String> {
    let all = || words::list(handles.iter().map(|handle| plain::line(handle)));
    (!handles.is_empty()).then(all)
}
