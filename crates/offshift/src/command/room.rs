//! `offshift room`

use std::time::Duration;

use offshift_client::{
    Client, ContactId, ContactView, Founding, LinkError, RoomView, Suite, Synced,
};
use serde_json::json;

use super::wording::short;
use crate::{
    cli::{Found, Room},
    failure::Failure,
    plain,
    screen::Screen,
};

/// How long a change of a room is waited for. It goes on by itself afterwards.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Room) -> Result<(), Failure> {
    match what {
        Room::Found(found) => self::found(client, screen, found).await,
        Room::List => list(client, screen).await,
        Room::Show { room } => show(client, screen, room).await,
        Room::Add { room, handle, organizer } => {
            add(client, screen, room, handle, *organizer).await
        }
        Room::Remove { room, handle } => remove(client, screen, room, handle).await,
    }
}

/// The room that a person names: by its name, or by the start of its number.
pub(crate) async fn find(client: &Client, name: &str) -> Result<RoomView, Failure> {
    let mut rooms = client.rooms().await?;
    let fits =
        |room: &RoomView| room.name == name || (name.len() >= 4 && room.id.hex().starts_with(name));
    rooms.retain(fits);
    match rooms.len() {
        1 => rooms.pop().ok_or_else(|| Failure::defect("a room is gone")),
        0 => Err(Failure::fixable(
            format!("no room is called \"{}\" here", plain::line(name)),
            "offshift inbox, then: offshift room list",
        )),
        _ => Err(Failure::fixable(
            "more than one room has this name",
            "offshift room list, then use the room's number",
        )),
    }
}

async fn contact(client: &Client, handle: &str) -> Result<ContactId, Failure> {
    let mut contacts: Vec<ContactView> = client.contacts().await?;
    contacts.retain(|contact| contact.handle == handle || contact.id.hex().starts_with(handle));
    // Met again for another room: the meeting that is not used up is meant.
    if contacts.iter().any(|contact| !contact.is_used) {
        contacts.retain(|contact| !contact.is_used);
    }
    match (contacts.len(), contacts.pop()) {
        (1, Some(contact)) => Ok(contact.id),
        (0, _) => Err(Failure::fixable(
            format!("you have not met \"{}\"", plain::line(handle)),
            "offshift meet show",
        )),
        _ => Err(Failure::fixable(
            format!("you met more than one \"{}\"", plain::line(handle)),
            "offshift contacts, then use the number in place of the handle",
        )),
    }
}

async fn found(client: &Client, screen: &Screen, what: &Found) -> Result<(), Failure> {
    let mut organizers = what.organizers.clone();
    if organizers.is_empty() && what.with.len() == 1 {
        organizers.clone_from(&what.with);
    }
    if organizers.is_empty() {
        return Err(Failure::fixable(
            "a room needs a second organizer, so that it does not depend on one phone",
            "the same command with --organizer HANDLE",
        ));
    }
    let mut members = Vec::new();
    for handle in what.with.iter().chain(&organizers) {
        let id = contact(client, handle).await?;
        if !members.contains(&id) {
            members.push(id);
        }
    }
    let mut organizing = Vec::new();
    for handle in &organizers {
        organizing.push(contact(client, handle).await?);
    }
    let room = client
        .found(Founding {
            name: what.name.clone(),
            members,
            organizers: organizing,
            suite: if what.large { Suite::Classical } else { Suite::XWing },
            relay: what.relay.clone(),
        })
        .await?;
    let state = settle(client).await?;
    screen.tell(
        &format!("The room \"{}\" is founded{state}. Only people in this room can read it.\nNext: offshift send \"{}\" \"Hello\"", plain::line(&what.name), plain::line(&what.name)),
        &json!({ "event": "founded", "room": room.hex(), "name": what.name }),
    );
    Ok(())
}

/// Waits until the relay has it all; tells in words if it has not.
async fn settle(client: &Client) -> Result<&'static str, Failure> {
    match tokio::time::timeout(PATIENCE, client.sync()).await {
        Ok(Ok(Synced::Complete)) => Ok(""),
        // Not "the same command again": it is done on this device, and would be refused.
        Ok(Ok(Synced::Away(LinkError::Identity))) => Err(Failure::trust(
            "this network answers in the relay's place; the change waits on this device, nothing was sent",
            "use mobile data, then: offshift inbox",
        )),
        Ok(Ok(Synced::Away(_))) | Err(_) => {
            Ok(" on this device; the relay is away, the rest waits and goes out by itself")
        }
        Ok(Err(error)) => Err(error.into()),
    }
}

async fn list(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let rooms = client.rooms().await?;
    if rooms.is_empty() {
        screen.say("No room yet. Next: offshift room found NAME --with HANDLE");
    }
    for room in rooms {
        let people = room.members.len();
        let waiting =
            if room.waiting > 0 { format!(", {} waiting", room.waiting) } else { String::new() };
        screen.tell(
            &format!("{}  {}  {people} people{waiting}", short(&room.id.hex()), plain::line(&room.name)),
            &json!({ "room": room.id.hex(), "name": room.name, "people": people, "waiting": room.waiting }),
        );
    }
    Ok(())
}

async fn show(client: &Client, screen: &Screen, name: &str) -> Result<(), Failure> {
    let room = find(client, name).await?;
    screen.say(&format!(
        "{}  (number {})\nRelay: {}:{}. It passes messages and cannot read them.\nIn this room:",
        screen.strong(&plain::line(&room.name)),
        short(&room.id.hex()),
        room.relay.host(),
        room.relay.port(),
    ));
    for member in &room.members {
        let organizer = if member.is_organizer { ", organizer" } else { "" };
        let you = if member.is_you { " (you)" } else { "" };
        screen.say(&format!("  {}{you}{organizer}", plain::line(&member.handle)));
    }
    let members: Vec<_> = room
        .members
        .iter()
        .map(|m| json!({ "handle": m.handle, "organizer": m.is_organizer, "you": m.is_you }))
        .collect();
    screen.object(&json!({
        "room": room.id.hex(), "name": room.name, "relay": room.relay.to_string(),
        "members": members, "waiting": room.waiting,
    }));
    Ok(())
}

async fn add(
    client: &Client,
    screen: &Screen,
    name: &str,
    handle: &str,
    organizer: bool,
) -> Result<(), Failure> {
    let room = find(client, name).await?;
    let contact = contact(client, handle).await?;
    client.add_founder(room.id, contact, organizer).await?;
    let state = settle(client).await?;
    screen.tell(
        &format!(
            "{} is added{state}. They read what comes from now on, nothing from before.",
            plain::line(handle)
        ),
        &json!({ "event": "added", "room": room.id.hex(), "handle": handle }),
    );
    Ok(())
}

async fn remove(client: &Client, screen: &Screen, name: &str, handle: &str) -> Result<(), Failure> {
    let room = find(client, name).await?;
    let mut members = room.members.iter().filter(|member| member.handle == handle);
    let member = match (members.next(), members.next()) {
        (Some(member), None) => member.id,
        (None, _) => {
            return Err(Failure::fixable(
                format!("\"{}\" is not in this room", plain::line(handle)),
                "offshift room show ROOM",
            ));
        }
        _ => {
            return Err(Failure::fixable(
                "more than one person in this room has this handle",
                "ask them to agree on handles, or found a new room",
            ));
        }
    };
    client.remove(room.id, member).await?;
    let state = settle(client).await?;
    screen.tell(
        &format!(
            "{} is removed{state}. It cannot erase what they already have.",
            plain::line(handle)
        ),
        &json!({ "event": "removed", "room": room.id.hex(), "handle": handle }),
    );
    Ok(())
}
