//! `offshift phone`: a second phone is linked, a lost one is stopped

use offshift_client::{MemberView, Method, OriginView};
use serde_json::json;

use super::{
    change, find, meet,
    sure::{Plan, sure},
    wording::short,
};
use crate::{
    cli::{In, One, Phone},
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
    when,
};

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Phone) -> Result<(), Failure> {
    match what {
        Phone::List(what) => list(client, screen, what).await,
        Phone::Link(what) => link(client, screen, what).await,
        Phone::Scan { code } => scan(client, screen, code).await,
        Phone::Stop(what) => stop(client, screen, what).await,
    }
}

async fn list(client: &Client, screen: &Screen, what: &In) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    for one in client.devices(room.id).await? {
        let this = if one.is_this { ", this one" } else { "" };
        let first = if one.is_first { ", the one that others vouched for" } else { "" };
        screen.tell(
            &format!(
                "{}{this}{first}, in the room since {}",
                plain::line(&one.handle),
                when::day(one.joined_at)
            ),
            &json!({
                "phone": one.id.hex(), "handle": one.handle, "this": one.is_this, "first": one.is_first,
                "joined_at_ms": one.joined_at.0,
            }),
        );
    }
    screen.say(&format!("Next: offshift phone link {}", plain::word(&room.name)));
    Ok(())
}

async fn link(client: &Client, screen: &Screen, what: &In) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let mut events = client.events();
    let shown = client.link_show(room.id).await?;
    meet::show_code(
        screen,
        &shown,
        "On your other phone",
        "offshift phone scan",
        "It is good for ten minutes. Whoever scans it and shows the same words is you, in this room.",
    );
    meet::until_words(client, screen, &mut events, shown.meeting, Method::InPerson).await
}

pub(crate) async fn scan(client: &Client, screen: &Screen, code: &str) -> Result<(), Failure> {
    let mut events = client.events();
    let meeting = client.link_scan(code).await?;
    meet::scanned(client, screen, &mut events, meeting, Method::InPerson).await
}

async fn stop(client: &Client, screen: &Screen, what: &One) -> Result<(), Failure> {
    let room = find::room(client, &what.of.room).await?;
    let members = client.members(room.id).await?;
    let one = find::only(&members, &what.of.person, |typed| find::not_in(typed, &room))?;
    let (handle, name) = (plain::line(&one.handle), plain::line(&room.name));
    let plan = Plan {
        title: format!(
            "Stop the phone of {handle} in \"{name}\", number {}:",
            short(&one.id.hex())
        ),
        lines: vec![
            "That phone reads nothing new. For who is online that takes seconds.".to_owned(),
            others(one, &members),
            "Nobody whom they vouched for is touched: a lost phone is nobody's fault.".to_owned(),
            "It cannot erase what that phone already has.".to_owned(),
        ],
    };
    sure(screen, &what.sure, &plan).await?;
    let mut events = client.events();
    client.stop(room.id, one.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    screen.tell(
        &format!("The phone of {handle} is stopped in \"{name}\".{state} It cannot erase what it already has."),
        &json!({ "event": "phone_stopped", "room": room.id.hex(), "member": one.id.hex(), "handle": one.handle }),
    );
    Ok(())
}

/// How the owner comes back, or goes on.
fn others(one: &MemberView, members: &[MemberView]) -> String {
    let first = match &one.origin {
        OriginView::DeviceOf { member, .. } => *member,
        OriginView::Founder | OriginView::Vouched(_) => one.id,
    };
    let of_same = |other: &&MemberView| match &other.origin {
        OriginView::DeviceOf { member, .. } => other.id != one.id && *member == first,
        OriginView::Founder | OriginView::Vouched(_) => other.id != one.id && other.id == first,
    };
    let left: Vec<String> =
        members.iter().filter(of_same).map(|one| plain::line(&one.handle)).collect();
    if left.is_empty() {
        "Its owner comes back with a new profile: two members meet them and vouch again.".to_owned()
    } else {
        format!("Its owner goes on with: {}.", left.join(", "))
    }
}
