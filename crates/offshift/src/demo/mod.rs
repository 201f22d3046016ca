//! `offshift demo`: the whole story on one computer, with the real relay and the real client.
//!
//! ```text
//! relay (child process) <-- QUIC on loopback --> ana, bob, carol, dana (profiles in a folder that is thrown away)
//! ```
//! It checks what it tells: a message that is lost, doubled or out of order makes it fail.

mod people;
mod relay;
mod table;

use offshift_client::{Founding, RoomId, Suite};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};

use crate::{failure::Failure, screen::Screen};
use people::{Person, meet};
use relay::RelayProcess;

const ROOM: &str = "Night shift";

/// Runs the story. Ctrl-C ends it early; the relay ends and the folder goes away either way.
pub(crate) async fn run(screen: &Screen) -> Result<(), Failure> {
    let binary = relay::binary(screen).await?;
    let folder = tempfile::Builder::new().prefix("offshift-demo-").tempdir().map_err(|_| {
        Failure::outside("no temporary folder can be made", "free some space, then: offshift demo")
    })?;
    let mut terminate = signal(SignalKind::terminate())
        .map_err(|_| Failure::outside("the system gave no signals", "offshift demo"))?;
    let stopped = || Err(Failure::fixable("the demo was stopped", "offshift demo"));
    tokio::select! {
        told = story(screen, &binary, folder.path()) => told,
        _ = tokio::signal::ctrl_c() => stopped(),
        _ = terminate.recv() => stopped(),
    }
}

async fn story(
    screen: &Screen,
    binary: &std::path::Path,
    folder: &std::path::Path,
) -> Result<(), Failure> {
    title(screen, "A relay starts. It passes messages and cannot read them.");
    let mut relay = RelayProcess::start(binary, folder.join("relay"), None).await?;
    screen.tell(&format!("  {}", relay.link()), &json!({ "event": "relay", "link": relay.link() }));

    title(screen, "Three people make profiles. No phone number, no e-mail.");
    let ana = Person::new(folder, "ana", relay.link()).await?;
    let bob = Person::new(folder, "bob", relay.link()).await?;
    let carol = Person::new(folder, "carol", relay.link()).await?;
    screen.say("  ana, bob, carol");

    title(screen, "They meet in person. Both screens must show the same words.");
    let (ana_bob, _) = meet(screen, &ana, &bob).await?;
    let (ana_carol, _) = meet(screen, &ana, &carol).await?;
    meet(screen, &bob, &carol).await?;

    title(screen, "ana founds a room with bob and carol. Only people in it can read it.");
    let founding = Founding {
        name: ROOM.to_owned(),
        members: vec![ana_bob, ana_carol],
        organizers: vec![ana_bob],
        suite: Suite::XWing,
        relay: None,
    };
    let room = ana.client.found(founding).await?;
    people::settle(&[&ana, &bob, &carol], room).await?;
    let before = address(&ana, room).await?;
    screen.tell(
        &format!("  {ROOM}: {}", ana.roster(room).await?),
        &json!({ "event": "founded", "room": room.hex() }),
    );

    title(screen, "They talk.");
    let mut said = Vec::new();
    let trio = [&ana, &bob, &carol];
    said.push(
        people::say(screen, &ana, &trio, room, "The night bonus is gone from my payslip. Yours?")
            .await?,
    );
    said.push(people::say(screen, &bob, &trio, room, "Mine too. Since March.").await?);
    said.push(people::say(screen, &carol, &trio, room, "Let us ask the others on Friday.").await?);

    title(screen, "The relay stops. A message waits on ana's device.");
    relay.stop().await?;
    said.push(
        people::say_into_the_dark(screen, &ana, room, "Friday, six, at the bus stop.").await?,
    );

    title(screen, "The relay is back. The message goes out by itself.");
    relay.restart(binary).await?;
    people::settle(&trio, room).await?;
    people::all_have(&trio, room, &said).await?;
    screen.say("  bob and carol have it");

    title(screen, "ana meets dana and adds her. The keys and the room's address change.");
    let dana = Person::new(folder, "dana", relay.link()).await?;
    let (ana_dana, _) = meet(screen, &ana, &dana).await?;
    ana.client.add_founder(room, ana_dana, false).await?;
    let four = [&ana, &bob, &carol, &dana];
    people::settle(&four, room).await?;
    let after = address(&ana, room).await?;
    if before == after {
        return Err(Failure::defect("the room's address did not change"));
    }
    screen.tell(
        &format!("  address {before}..  ->  {after}..\n  dana reads nothing from before."),
        &json!({ "event": "moved", "from": before, "to": after }),
    );
    let new_for_dana = said.len();
    said.push(
        people::say(screen, &bob, &four, room, "Welcome, dana. Friday, six, bus stop.").await?,
    );
    said.push(people::say(screen, &dana, &four, room, "I will be there.").await?);

    verify(&trio, &dana, room, &said, new_for_dana).await?;
    let read = [
        ("ana, bob and carol read:", ana.has_read(room).await?),
        ("dana reads:", dana.has_read(room).await?),
    ];
    for person in four {
        person.client.close().await;
    }
    relay.stop().await?;
    let held = relay.holdings(binary).await?;
    title(screen, "Side by side: what people read, and what the relay holds.");
    table::show(screen, &read, &held);
    screen.tell(
        "\nEvery message arrived once and in order. The profiles and the relay's data are\n\
         erased now. To begin for real: offshift start",
        &json!({ "event": "done", "messages": said.len() }),
    );
    Ok(())
}

fn title(screen: &Screen, text: &str) {
    screen.say(&format!("\n{}", screen.strong(text)));
}

/// The first letters of the room's address.
async fn address(person: &Person, room: RoomId) -> Result<String, Failure> {
    let address = person.client.room(room).await?.address;
    let address = address.ok_or_else(|| Failure::defect("the room has no address"))?;
    Ok(address.hex().chars().take(12).collect())
}

/// Every message once, in one order, for everybody; for the one who came later, none from before.
async fn verify(
    trio: &[&Person],
    late: &Person,
    room: RoomId,
    said: &[people::Said],
    new_for_late: usize,
) -> Result<(), Failure> {
    for person in trio {
        person.has_exactly(room, said).await?;
    }
    late.has_exactly(room, said.get(new_for_late..).unwrap_or_default()).await
}
