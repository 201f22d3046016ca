//! Handshakes per second of the relay beside bare quinn with the same settings, in one run.
//!
//! `cargo bench -p offshift-tests --bench handshakes`
//!
//! Both ends run in this process. A handshake counts when the client has it; then the connection is closed. The last
//! row is the relay under load: each newcomer is sent away once to prove its address. Read the ratios.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss
)]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use offshift_link::{RelayIdentity, settings::SERVER_NAME};
use offshift_relay::{limits::Limits, server::Config, store::memory::MemoryStore};
use offshift_tests::{
    bare::{self, BareServer},
    relay::{LibraryRelay, loopback},
};
use quinn::VarInt;
use tokio::task::JoinSet;

const WARM_UP: Duration = Duration::from_millis(500);
const MEASURED: Duration = Duration::from_secs(4);
const PARALLEL: usize = 16;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        println!("full handshakes per second, hybrid key exchange, {PARALLEL} in parallel");
        let bare = BareServer::start();
        let bare = per_second(bare.address).await;
        row("bare quinn", bare, bare);
        row("relay", of_relay(usize::MAX).await, bare);
        row("relay, each address proved by a Retry", of_relay(0).await, bare);
    });
}

fn row(what: &str, handshakes: f64, bare: f64) {
    println!("  {what:<40} {handshakes:>7.0}   ratio {:.2}", handshakes / bare);
}

async fn of_relay(handshakes_before_retry: usize) -> f64 {
    let limits = Limits {
        handshakes_before_retry,
        handshakes_per_prefix_per_minute: u32::MAX,
        connections_per_prefix: 100_000,
        connections_max: 100_000,
        ..Limits::default()
    };
    let config = Config { limits, ..Config::new(loopback()) };
    let store = Arc::new(MemoryStore::new(1 << 20));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    let handshakes = per_second(relay.running.address()).await;
    relay.running.shutdown().await.unwrap();
    handshakes
}

async fn per_second(to: SocketAddr) -> f64 {
    let count = Arc::new(AtomicU64::new(0));
    let mut clients = JoinSet::new();
    for _ in 0..PARALLEL {
        let (endpoint, config, count) = (bare::endpoint(), bare::client(), count.clone());
        clients.spawn(async move {
            loop {
                let connecting = endpoint.connect_with(config.clone(), to, SERVER_NAME).unwrap();
                if let Ok(connection) = connecting.await {
                    connection.close(VarInt::from_u32(0x100), &[]);
                    count.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
    tokio::time::sleep(WARM_UP).await;
    let (before, began) = (count.load(Ordering::Relaxed), Instant::now());
    tokio::time::sleep(MEASURED).await;
    (count.load(Ordering::Relaxed) - before) as f64 / began.elapsed().as_secs_f64()
}
