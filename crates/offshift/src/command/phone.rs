//! `offshift phone`: a second phone is linked, a lost one is stopped

use offshift_client::{MemberId, MemberView, Method, OriginView};
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
    words::{self, say},
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
        let (this, first) = (yes(one.is_this), yes(one.is_first));
        screen.tell(
            &say!(
                "phone-line",
                handle = plain::line(&one.handle),
                this = this,
                first = first,
                day = when::day(one.joined_at)
            ),
            &json!({
                "phone": one.id.hex(), "handle": one.handle, "this": one.is_this, "first": one.is_first,
                "joined_at_ms": one.joined_at.0,
            }),
        );
    }
    screen.say(&say!("phone-list-next", room_word = plain::word(&room.name)));
    Ok(())
}

async fn link(client: &Client, screen: &Screen, what: &In) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let mut events = client.events();
    let shown = client.link_show(room.id).await?;
    meet::show_code(
        screen,
        &shown,
        &say!("phone-link-who"),
        "offshift phone scan",
        &say!("phone-link-warning"),
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
        title: say!(
            "phone-stop-title",
            handle = handle.as_str(),
            room = name.as_str(),
            number = short(&one.id.hex())
        ),
        lines: vec![
            say!("phone-stop-reads-nothing"),
            others(one, &members),
            say!("phone-stop-nobody-touched"),
            say!("phone-stop-cannot-erase"),
        ],
    };
    sure(screen, &what.sure, &plan).await?;
    let mut events = client.events();
    client.stop(room.id, one.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    screen.tell(
        &say!("phone-stopped", handle = handle, room = name, away = state),
        &json!({ "event": "phone_stopped", "room": room.id.hex(), "member": one.id.hex(), "handle": one.handle }),
    );
    Ok(())
}

/// How the owner comes back, or goes on.
fn others(one: &MemberView, members: &[MemberView]) -> String {
    let of_same = |other: &&MemberView| other.id != one.id && first_of(other) == first_of(one);
    let left: Vec<String> =
        members.iter().filter(of_same).map(|one| plain::line(&one.handle)).collect();
    if left.is_empty() {
        say!("phone-stop-new-profile")
    } else {
        say!("phone-stop-goes-on", handles = words::list(left))
    }
}

/// The first device of whose device this is, though it may be gone by now.
pub(super) const fn first_of(one: &MemberView) -> MemberId {
    match &one.origin {
        OriginView::DeviceOf { member, .. } => *member,
        OriginView::Founder | OriginView::Vouched(_) => one.id,
    }
}

/// By what a sentence chooses.
const fn yes(it_is: bool) -> &'static str {
    if it_is { "yes" } else { "no" }
}
