//! `offshift room`

use std::collections::BTreeSet;

use offshift_client::{Founding, Suite};
use serde_json::json;

use super::{
    change, door, find,
    phone::first_of,
    sure::{Plan, sure},
    wording::short,
};
use crate::{
    cli::{Found, In, Room, Yes},
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
    words::{self, say},
};

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Room) -> Result<(), Failure> {
    match what {
        Room::Found(found) => self::found(client, screen, found).await,
        Room::List => list(client, screen).await,
        Room::Add { room, handle, organizer } => {
            add(client, screen, room, handle, *organizer).await
        }
        Room::Applicants(what) => door::applicants(client, screen, what).await,
        Room::Object { of, reason } => door::object(client, screen, of, reason).await,
        Room::GoOn { of, sure } => go_on(client, screen, of, sure).await,
        Room::Admit(what) => door::admit(client, screen, what).await,
    }
}

async fn go_on(client: &Client, screen: &Screen, of: &In, given: &Yes) -> Result<(), Failure> {
    let room = find::room(client, &of.room).await?;
    let plan = Plan {
        title: say!("room-go-on-title", room = plain::line(&room.name)),
        lines: vec![say!("room-go-on-third"), say!("room-go-on-if-not")],
    };
    sure(screen, given, &plan).await?;
    let mut events = client.events();
    client.go_on(room.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    let name = plain::line(&room.name);
    screen.tell(
        &say!("room-going-on", room = name, away = state),
        &json!({"event": "going_on", "room": room.id.hex()}),
    );
    Ok(())
}

async fn found(client: &Client, screen: &Screen, what: &Found) -> Result<(), Failure> {
    let mut organizers = what.organizers.clone();
    if organizers.is_empty() && what.with.len() == 1 {
        organizers.clone_from(&what.with);
    }
    if organizers.is_empty() {
        return Err(Failure::fixable(
            say!("room-second-organizer"),
            say!("room-second-organizer-next"),
        ));
    }
    let mut members = Vec::new();
    for handle in what.with.iter().chain(&organizers) {
        let id = find::contact(client, handle).await?.id;
        if !members.contains(&id) {
            members.push(id);
        }
    }
    let mut organizing = Vec::new();
    for handle in &organizers {
        organizing.push(find::contact(client, handle).await?.id);
    }
    let mut events = client.events();
    let room = client
        .found(Founding {
            name: what.name.clone(),
            members,
            organizers: organizing,
            suite: if what.large { Suite::Classical } else { Suite::XWing },
            relay: what.relay.clone(),
        })
        .await?;
    let state = change::settle(client, &mut events, room).await?;
    screen.tell(
        &say!(
            "room-founded",
            room = plain::line(&what.name),
            away = state,
            room_word = plain::word(&what.name)
        ),
        &json!({ "event": "founded", "room": room.hex(), "name": what.name }),
    );
    Ok(())
}

async fn list(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let rooms = client.rooms().await?;
    if rooms.is_empty() {
        screen.say(&say!("room-none"));
    }
    for room in rooms {
        // A second phone is not one more of them.
        let people = room.members.iter().map(first_of).collect::<BTreeSet<_>>().len();
        let state = match people {
            _ if room.is_removed => say!("room-not-in-it"),
            1 => say!("room-only-you"),
            people => say!("room-people", count = people),
        };
        let waiting = (room.waiting > 0).then(|| say!("room-waiting", count = room.waiting));
        let unread = (room.unread > 0).then(|| say!("room-unread", count = room.unread));
        let state = words::list([state].into_iter().chain(waiting).chain(unread));
        screen.tell(
            &format!("{}  {}  {state}", short(&room.id.hex()), plain::line(&room.name)),
            &json!({
                "room": room.id.hex(), "name": room.name, "people": people, "waiting": room.waiting,
                "unread": room.unread, "unread_mentions": room.unread_mentions, "removed": room.is_removed, "lost": room.is_lost,
            }),
        );
    }
    Ok(())
}

async fn add(
    client: &Client,
    screen: &Screen,
    name: &str,
    handle: &str,
    organizer: bool,
) -> Result<(), Failure> {
    let room = find::room(client, name).await?;
    let contact = find::contact(client, handle).await?;
    let mut events = client.events();
    client.add_founder(room.id, contact.id, organizer).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    screen.tell(
        &say!("room-added", handle = plain::line(handle), away = state),
        &json!({ "event": "added", "room": room.id.hex(), "handle": handle }),
    );
    Ok(())
}
