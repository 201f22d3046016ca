//! The whole client, with its vault and a relay: what a person waits for and what their disk holds.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use offshift_client::{Care, Client, RoomId};
use offshift_tests::{
    people::{Person, found, passphrase},
    relay::LibraryRelay,
};

use crate::{
    Bench,
    load::{Sorted, micros},
    report::{Row, Section},
};

const ROOMS: usize = 10;
const MESSAGES: usize = 10_000;
const OPENINGS: usize = 5;

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    let folder = bench.folder("engine");
    bench.runtime.block_on(async {
        let relay = LibraryRelay::in_memory();
        let ana = Person::new(&folder, "ana", &relay.link()).await;
        let ben = Person::new(&folder, "ben", &relay.link()).await;
        section.say("a profile opens by a passphrase: most of the time is Argon2id, which is the point of it");
        let (ana, empty) = openings(ana, bench.pick(OPENINGS, 1)).await;
        let mut room = None;
        for number in 0..bench.pick(ROOMS, 1) {
            room = Some(found(&format!("Room {number}"), &[&ana, &ben]).await);
        }
        let (ana, full) = openings(ana, bench.pick(OPENINGS, 1)).await;
        let name = format!("a profile with {} rooms opens", bench.pick(ROOMS, 1));
        section.add(Row::new(name, full / 1e3, "ms").beside("with none", empty / 1e3));
        let room = room.expect("at least one");
        growth(bench, section, (&ana, &ben), room).await;
        ana.client.close().await;
        ben.client.close().await;
    });
}

/// The median of opening a profile, in microseconds.
async fn openings(person: Person, rounds: usize) -> (Person, f64) {
    person.settled().await;
    let Person { name, mut client, directory } = person;
    let mut times = Vec::new();
    for _ in 0..rounds {
        client.close().await;
        let began = Instant::now();
        client = Client::open(&directory, passphrase()).await.unwrap();
        assert!(client.rooms().await.is_ok());
        times.push(micros(began.elapsed()));
    }
    (Person { name, client, directory }, Sorted::of(times).at(0.5))
}

/// So many wait for the relay at most.
const OUTBOX: usize = 100;

async fn growth(
    bench: &Bench,
    section: &mut Section,
    (ana, ben): (&Person, &Person),
    room: RoomId,
) {
    let count = bench.pick(MESSAGES, 10);
    let text = "w".repeat(100);
    ana.settled().await;
    ben.settled().await;
    let before = [ana, ben].map(|person| bytes_in(&person.directory));
    let (began, mut sending) = (Instant::now(), Duration::ZERO);
    for number in 1..=count {
        let since = Instant::now();
        ana.client.send(room, &text, None, Care::Ordinary).await.unwrap();
        sending += since.elapsed();
        // An outbox is bounded: who writes faster than the relay takes is told so.
        if number % OUTBOX == 0 {
            ana.settled().await;
        }
    }
    let last = ana.client.send(room, "the last one", None, Care::Ordinary).await.unwrap();
    ana.settled().await;
    read_by(ben, room, last).await;
    let took = began.elapsed().as_secs_f64();
    for (person, before, what) in [(ana, before[0], "writes"), (ben, before[1], "reads")] {
        let mb = bytes_in(&person.directory).saturating_sub(before) as f64 / 1e6;
        let name = format!("vault of who {what}, grown for each 10,000 messages");
        let scale = MESSAGES as f64 / count as f64;
        section.add(
            Row::new(name, mb * scale, "MB").beside("their text", 100.0 * MESSAGES as f64 / 1e6),
        );
    }
    let each = micros(sending) / count as f64;
    section.add(Row::new("a message of 100 characters is in the vault", each, "us"));
    section.add(Row::new("messages from vault to vault, one writer", count as f64 / took, "/s"));
}

async fn read_by(person: &Person, room: RoomId, last: offshift_client::MessageId) {
    let mut events = person.client.events();
    loop {
        let newest = person.client.messages(room, None, 1).await.unwrap();
        if newest.messages.last().is_some_and(|message| message.id == last) {
            return;
        }
        events.next().await.expect("the client runs");
    }
}

fn bytes_in(folder: &Path) -> u64 {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let metadata = entry.metadata().unwrap();
        bytes += if metadata.is_dir() { bytes_in(&entry.path()) } else { metadata.len() };
    }
    bytes
}
