//! Two people, a relay, and the calls in the order in which people need them.
//!
//! ```text
//! cargo run -p offshift-relay -- serve --dev          # prints the relay's link
//! cargo run -p offshift-client --example story -- offshift://127.0.0.1:4433/...
//! ```
//! In life each profile is on a device of its own, and people carry the code and compare the words; here one process
//! plays both.

use std::{env, error::Error, path::Path};

use offshift_client::{
    Care, Client, ClientError, ContactId, Event, Events, Founding, MeetingId, Method, NoteOn,
    Passphrase, Position, RoomId, Suite,
};

/// The whole story; what was said, in the end.
pub(crate) async fn tell(folder: &Path, relay: &str) -> Result<Vec<String>, ClientError> {
    let ana = profile(&folder.join("ana"), "ana", relay).await?;
    let ben = profile(&folder.join("ben"), "ben", relay).await?;
    let contact = meet(&ana, &ben).await?;
    let room = found(&ana, contact).await?;
    comes_into(&ben, room).await?;
    let said = talk(&ana, &ben, room).await?;
    ana.close().await;
    ben.close().await;
    Ok(said)
}

/// A profile is a folder, sealed under a passphrase; relays are added by their links or by tickets.
async fn profile(folder: &Path, handle: &str, relay: &str) -> Result<Client, ClientError> {
    let passphrase = Passphrase::new("four plain words here".to_owned().into());
    let client = Client::create(folder, handle, passphrase).await?;
    let link = client.add_relay(relay).await?;
    client.try_relay(&link).await?;
    Ok(client)
}

/// One shows a code, the other scans it; both compare three words and say that they are the same.
async fn meet(ana: &Client, ben: &Client) -> Result<ContactId, ClientError> {
    let (mut ana_sees, mut ben_sees) = (ana.events(), ben.events());
    let shown = ana.meet_show(None, None).await?;
    let scanned = ben.meet_scan(&shown.code, None).await?;
    if words(&mut ana_sees, shown.meeting).await != words(&mut ben_sees, scanned).await {
        ana.meet_abort(shown.meeting).await?;
        return Err(ClientError::NoWords);
    }
    let ben_of_ana = ana.meet_confirm(shown.meeting, Method::InPerson).await?;
    ben.meet_confirm(scanned, Method::InPerson).await?;
    ana.note(NoteOn::Contact(ben_of_ana.id), "works nights").await?;
    Ok(ben_of_ana.id)
}

async fn words(events: &mut Events, of: MeetingId) -> Option<[String; 3]> {
    while let Some(event) = events.next().await {
        match event {
            Event::Words { meeting, words, .. } if meeting == of => return Some(words),
            Event::MeetingOver { meeting, .. } if meeting == of => return None,
            _ => {}
        }
    }
    None
}

/// A room is founded with people whom one has met; at least one of them is an organizer, too.
async fn found(ana: &Client, contact: ContactId) -> Result<RoomId, ClientError> {
    ana.found(Founding {
        name: "Night".to_owned(),
        members: vec![contact],
        organizers: vec![contact],
        suite: Suite::XWing,
        relay: None,
    })
    .await
}

/// The events are subscribed to first, so that nothing happens between the look and the wait.
async fn comes_into(client: &Client, room: RoomId) -> Result<(), ClientError> {
    let mut events = client.events();
    while client.room(room).await.is_err() {
        events.next().await.ok_or_else(|| client.why_ended())?;
    }
    Ok(())
}

/// What is sent is kept first, goes out by itself, and comes back at its place in the room's order.
async fn talk(ana: &Client, ben: &Client, room: RoomId) -> Result<Vec<String>, ClientError> {
    let hello = ana.send(room, "hello ben", None, Care::Ordinary).await?;
    let mut messages = ben.messages_from(room, Position::START);
    let mut said = Vec::new();
    while said.len() < 2 {
        let message = messages.next().await?;
        if message.id == hello {
            ben.send(room, "hello ana", Some(hello), Care::Ordinary).await?;
        }
        said.push(format!("{}: {}", message.handle, message.text.unwrap_or_default()));
        ben.mark_read(room, message.position).await?;
    }
    Ok(said)
}

#[tokio::main]
#[allow(dead_code, reason = "the test tells the story without it")]
async fn main() -> Result<(), Box<dyn Error>> {
    let relay = env::args().nth(1).ok_or("the link of a relay is missing")?;
    let folder = tempfile::tempdir()?;
    for line in tell(folder.path(), &relay).await? {
        println!("{line}");
    }
    Ok(())
}
