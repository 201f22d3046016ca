//! `offshift demo`: the whole story on one computer, with the real relay and the real client.
//!
//! ```text
//! relay (child process) <-- QUIC on loopback --> ana, bob, carol, dana, mark (profiles in a folder that is thrown away)
//! founding.rs: they meet, found a room, talk  ->  door.rs: who comes in, who does not, who is put out  ->  table.rs
//! ```
//! It checks what it tells: a message that is lost, doubled, out of order, or read by the wrong person makes it fail.

mod door;
mod founding;
mod people;
mod relay;
mod table;

use std::path::Path;

use offshift_client::RoomId;
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};

use crate::{failure::Failure, screen::Screen, words::say};
use people::{Person, Said};
use relay::RelayProcess;

const ROOM: &str = "Night shift";

/// Runs the story. Ctrl-C ends it early; the relay ends and the folder goes away either way.
pub(crate) async fn run(screen: &Screen) -> Result<(), Failure> {
    let binary = relay::binary(screen).await?;
    let folder = tempfile::Builder::new()
        .prefix("offshift-demo-")
        .tempdir()
        .map_err(|_| Failure::outside(say!("demo-no-folder"), say!("demo-no-folder-next")))?;
    let mut terminate = signal(SignalKind::terminate())
        .map_err(|_| Failure::outside(say!("demo-no-signals"), say!("demo-next")))?;
    let stopped = || Err(Failure::fixable(say!("demo-stopped"), say!("demo-next")));
    tokio::select! {
        told = story(screen, &binary, folder.path()) => told,
        _ = tokio::signal::ctrl_c() => stopped(),
        _ = terminate.recv() => stopped(),
    }
}

/// Where the story plays, and what was said in it.
struct Stage<'a> {
    screen: &'a Screen,
    folder: &'a Path,
    binary: &'a Path,
    relay: RelayProcess,
    said: Vec<Said>,
}

/// The founders and their room.
struct Founders {
    ana: Person,
    bob: Person,
    carol: Person,
    room: RoomId,
}

impl Founders {
    const fn all(&self) -> [&Person; 3] {
        [&self.ana, &self.bob, &self.carol]
    }
}

impl Stage<'_> {
    fn title(&self, text: &str) {
        self.screen.say(&format!("\n{}", self.screen.strong(text)));
    }

    async fn person(&self, name: &'static str) -> Result<Person, Failure> {
        Person::new(self.folder, name, self.relay.link()).await
    }

    /// Somebody says something, and all of these read it.
    async fn say(
        &mut self,
        who: &Person,
        all: &[&Person],
        room: RoomId,
        text: String,
    ) -> Result<(), Failure> {
        self.said.push(people::say(self.screen, who, all, room, text).await?);
        Ok(())
    }
}

async fn story(screen: &Screen, binary: &Path, folder: &Path) -> Result<(), Failure> {
    screen.say(&format!("\n{}", screen.strong(&say!("demo-relay-starts"))));
    let relay = RelayProcess::start(binary, folder.join("relay"), None).await?;
    screen.tell(&format!("  {}", relay.link()), &json!({ "event": "relay", "link": relay.link() }));
    let mut stage = Stage { screen, folder, binary, relay, said: Vec::new() };
    let founders = founding::play(&mut stage).await?;
    let dana = door::play(&mut stage, &founders).await?;

    let Founders { ana, bob, carol, room } = founders;
    let read = [
        (say!("demo-read-ana-bob"), ana.has_read(room).await?),
        (say!("demo-read-dana"), dana.has_read(room).await?),
        (say!("demo-read-carol"), carol.has_read(room).await?),
    ];
    for person in [&ana, &bob, &carol, &dana] {
        person.client.close().await;
    }
    stage.relay.stop().await?;
    let held = stage.relay.holdings(binary).await?;
    stage.title(&say!("demo-side-by-side"));
    table::show(screen, &read, &held);
    screen.tell(
        &format!("\n{}", say!("demo-end")),
        &json!({ "event": "done", "messages": stage.said.len() }),
    );
    Ok(())
}
