//! What a file of 25 MiB costs: `cargo bench -p offshift-tests --bench files`.
//!
//! ```text
//! bare:   one quinn stream with the relay's settings, to a server that takes 25 MiB and says so
//! leaves: send_file, from the call until the relay has signed for all of it      client, relay and store in one process
//! comes:  get_file, from the call until all is here and its hash was checked
//! ```
//! In turns, in one process, the relay's store on disk. Read the ratios, not the absolute figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::cast_precision_loss)]

use std::{
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use offshift_client::{Event, MessageId, RoomId, TransferState, TransferView};
use offshift_relay::store::embedded::{EmbeddedStore, Options};
use offshift_tests::{
    bare,
    people::{Person, found, next},
    relay::LibraryRelay,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

const LENGTH: usize = 25 << 20;
const ROUNDS: usize = 5;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(compare());
}

async fn compare() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.bin");
    let mut bytes = vec![0; LENGTH];
    ChaCha20Rng::from_seed([25; 32]).fill_bytes(&mut bytes);
    std::fs::write(&path, &bytes).unwrap();
    let bytes = Arc::new(bytes);
    let server = bare::BareServer::taking();
    let relay = LibraryRelay::start(store(&folder.path().join("relay")));
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    let (mut bares, mut leaves, mut comes) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        bares.push(through_a_stream(server.address, &bytes).await);
        let (message, took) = leave(&ana, room, &path).await;
        leaves.push(took);
        bob.has_read(room, round).await;
        comes.push(come(&bob, room, message).await);
    }
    let bare = report("bare quinn stream", &mut bares, None);
    report("file leaves", &mut leaves, Some(bare));
    report("file comes", &mut comes, Some(bare));
}

fn store(folder: &Path) -> Arc<EmbeddedStore> {
    Arc::new(EmbeddedStore::open(Options::new(folder.to_owned(), 1 << 30)).unwrap())
}

async fn through_a_stream(to: SocketAddr, bytes: &[u8]) -> Duration {
    let endpoint = bare::endpoint();
    let connecting = endpoint.connect_with(bare::client(), to, "localhost").unwrap();
    let connection = connecting.await.unwrap();
    let began = Instant::now();
    let (mut send, mut receive) = connection.open_bi().await.unwrap();
    send.write_all(bytes).await.unwrap();
    send.finish().unwrap();
    assert_eq!(receive.read_to_end(8).await.unwrap(), (bytes.len() as u64).to_be_bytes());
    began.elapsed()
}

async fn leave(ana: &Person, room: RoomId, path: &Path) -> (MessageId, Duration) {
    let (mut events, began) = (ana.client.events(), Instant::now());
    let id = ana.client.send_file(room, path, "").await.unwrap();
    let end = next(&mut events, |event| done(event).filter(|view| view.id == id)).await;
    (end.message.unwrap(), began.elapsed())
}

async fn come(bob: &Person, room: RoomId, message: MessageId) -> Duration {
    let (mut events, began) = (bob.client.events(), Instant::now());
    let id = bob.client.get_file(room, message).await.unwrap();
    next(&mut events, |event| done(event).filter(|view| view.id == id)).await;
    began.elapsed()
}

fn done(event: Event) -> Option<TransferView> {
    match event {
        Event::Transfer(view) if view.state == TransferState::Done => Some(view),
        _ => None,
    }
}

/// Prints the median and gives it.
fn report(what: &str, took: &mut [Duration], bare: Option<Duration>) -> Duration {
    took.sort();
    let median = took[took.len() / 2];
    let speed = LENGTH as f64 / (1 << 20) as f64 / median.as_secs_f64();
    let ratio = bare.map_or(1.0, |bare| bare.as_secs_f64() / median.as_secs_f64());
    println!("{what:<20} {median:>10.0?}  {speed:>7.1} MiB/s  {ratio:>5.2} of bare");
    median
}
