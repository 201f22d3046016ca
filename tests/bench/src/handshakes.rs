//! Full handshakes per second, both ends in this process. One counts when the client has it; then it is closed.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use offshift_link::{RelayIdentity, settings::SERVER_NAME};
use offshift_relay::{limits::Limits, server::Config, store::memory::MemoryStore};
use offshift_tests::{
    bare::{self, BareServer},
    relay::{LibraryRelay, loopback},
};
use quinn::VarInt;
use tokio::task::JoinSet;

use crate::{
    Bench,
    load::Counter,
    report::{Row, Section},
};

const PARALLEL: usize = 16;

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    let time = bench.time(3.0);
    section.say(format!("{PARALLEL} at once, client and server in one process"));
    let bare = bench.runtime.block_on(async {
        let server = BareServer::start();
        per_second(server.address, time).await
    });
    let relay = bench.runtime.block_on(of_relay(usize::MAX, time));
    let proved = bench.runtime.block_on(of_relay(0, time));
    section.add(Row::new("relay", relay, "/s").beside("bare quinn", bare));
    let name = "relay under load: each address proved by a Retry";
    section.add(Row::new(name, proved, "/s").beside("bare quinn", bare));
}

async fn of_relay(handshakes_before_retry: usize, time: Duration) -> f64 {
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
    let handshakes = per_second(relay.running.address(), time).await;
    relay.running.shutdown().await.unwrap();
    handshakes
}

async fn per_second(to: SocketAddr, time: Duration) -> f64 {
    let (counter, mut clients) = (Counter::new(), JoinSet::new());
    for _ in 0..PARALLEL {
        let (endpoint, config, counter) = (bare::endpoint(), bare::client(), counter.clone());
        clients.spawn(async move {
            loop {
                let connecting = endpoint.connect_with(config.clone(), to, SERVER_NAME).unwrap();
                if let Ok(connection) = connecting.await {
                    connection.close(VarInt::from_u32(0x100), &[]);
                    counter.add(1);
                }
            }
        });
    }
    counter.per_second(time).await
}
