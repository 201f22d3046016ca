//! What an idle connected client costs the relay, beside bare quinn with the same settings; and what a flood costs.
//!
//! Each server is a process of its own, so its resident memory is its own. Every client has two streams: on the
//! relay the control stream and one that follows a mailbox of its own, on bare quinn two that were answered once.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use offshift_tests::{
    flood::{first_flights, flood, memory_of},
    raw::{RawPeer, RawStream},
    relay::{Mailbox, loopback},
};
use offshift_wire::{Position, relay::Response};
use quinn::Endpoint;

use crate::{
    Bench,
    delivery::{arrived, follow, gather},
    process::{self, BareProcess},
    report::{Bound, Row, Section},
};

const CLIENTS: [usize; 4] = [1_000, 5_000, 10_000, 20_000];
/// What handshakes needed is given back meanwhile.
const SETTLE: Duration = Duration::from_secs(4);

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    section.say("growth of the server's resident memory for each: one connection, two streams, one of them follows");
    for clients in bench.pick(&CLIENTS[..], &[40]) {
        let clients = *clients;
        let ours = bench.runtime.block_on(of_relay(bench, clients));
        let bare = bench.runtime.block_on(of_bare(bench, clients));
        let row = Row::new(format!("each of {clients} followers"), ours, "KiB")
            .beside("bare quinn", bare)
            .at("idle", clients as f64);
        let is_goal = clients == 10_000;
        section.add(if is_goal { row.goal(Bound::RatioAtMost, 1.15) } else { row });
    }
}

/// A connection and what keeps it in use.
pub(crate) type Held = (RawPeer, Vec<RawStream>);

async fn of_relay(bench: &Bench, clients: usize) -> f64 {
    let relay = process::relay(&bench.folder(&format!("idle-{clients}")));
    let (to, id) = (relay.address(), *relay.link().relay());
    let arrive = move |endpoint, number| async move {
        let mailbox = Mailbox::inbox(number);
        let (peer, control, mut fetch) = follow(endpoint, to, id, &mailbox, Position::START).await;
        assert_eq!(fetch.answer().await, Some(Response::CaughtUp));
        (peer, vec![control, fetch])
    };
    per_client(bench, relay.pid(), clients, arrive).await
}

async fn of_bare(bench: &Bench, clients: usize) -> f64 {
    let server = BareProcess::start(&["hold"]);
    let to = server.address;
    per_client(bench, server.pid(), clients, move |endpoint, _| linger(endpoint, to)).await
}

/// KiB by which the server grew, for each client.
async fn per_client<C: Future<Output = Held> + Send + 'static>(
    bench: &Bench,
    server: u32,
    clients: usize,
    arrive: impl Fn(Endpoint, u64) -> C,
) -> f64 {
    let before = memory_of(server);
    let held = gather(clients, arrive).await;
    tokio::time::sleep(bench.pick(SETTLE, Duration::ZERO)).await;
    let grown = memory_of(server).saturating_sub(before);
    let alive = held.iter().filter(|(peer, _)| peer.connection.close_reason().is_none()).count();
    assert_eq!(alive, clients, "nobody was lost");
    grown as f64 / 1024.0 / clients as f64
}

/// A client of a bare server, with as many streams as one of ours has.
pub(crate) async fn linger(endpoint: Endpoint, to: SocketAddr) -> Held {
    let peer = arrived(endpoint, to).await;
    let mut streams = Vec::new();
    for _ in 0..2 {
        let mut stream = peer.open().await;
        stream.send_bytes(&[7; 100]).await;
        stream.receive.read_exact(&mut [0; 100]).await.unwrap();
        streams.push(stream);
    }
    (peer, streams)
}

const FLIGHTS: usize = 4_000;
const USUAL: &str = "[limits]\n";
const NONE: &str = "[limits]\nhandshakes_before_retry = 1000000\nhandshakes_per_prefix_per_minute = 1000000\n\
                    connections = 100000\n";

/// Forged first packets from thousands of addresses of four prefixes, with the usual limits and without any.
pub(crate) fn flooded(bench: &Bench, section: &mut Section) {
    let flights = Arc::new(bench.runtime.block_on(first_flights(bench.pick(FLIGHTS, 64))));
    section.say(format!("{} addresses, the relay's usual limits beside none", flights.len()));
    let usual = bench.runtime.block_on(under_flood(bench, "usual", USUAL, &flights));
    let none = bench.runtime.block_on(under_flood(bench, "none", NONE, &flights));
    for (what, unit, of) in [
        ("packets that come in", "/s", (|one| one.packets) as fn(&Flooded) -> f64),
        ("resident memory before", "MiB", |one| one.before),
        ("resident memory at most", "MiB", |one| one.most),
        ("resident memory afterwards", "MiB", |one| one.after),
        ("bytes out for each byte in", "", |one| one.amplified),
        ("key exchanges answered", "", |one| one.exchanges),
    ] {
        section.add(Row::new(what, of(&usual), unit).beside("no limits", of(&none)));
    }
}

struct Flooded {
    packets: f64,
    before: f64,
    most: f64,
    after: f64,
    amplified: f64,
    exchanges: f64,
}

async fn under_flood(
    bench: &Bench,
    name: &str,
    settings: &str,
    flights: &Arc<Vec<offshift_tests::flood::Flight>>,
) -> Flooded {
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    let folder = bench.folder(&format!("flood-{name}"));
    let relay = process::relay_with(&folder, settings, loopback());
    let (pid, to, before) = (relay.pid(), relay.address(), memory_of(relay.pid()));
    let (goes_on, again) = (Arc::new(AtomicBool::new(true)), flights.clone());
    let on = goes_on.clone();
    let flooding =
        tokio::task::spawn_blocking(move || flood(&again, to, || on.load(Ordering::Relaxed)));
    let (began, mut most) = (Instant::now(), before);
    while began.elapsed() < bench.time(8.0) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        most = most.max(memory_of(pid));
    }
    goes_on.store(false, Ordering::Relaxed);
    let sources = flooding.await.unwrap();
    let took = began.elapsed().as_secs_f64();
    tokio::time::sleep(bench.pick(3 * SETTLE, Duration::ZERO)).await;
    let sent: usize = sources.iter().map(|source| source.sent).sum();
    let came: usize = sources.iter().map(|source| source.received).sum();
    let answered = sources.iter().filter(|source| source.answered_at_length).count();
    Flooded {
        packets: sent as f64 / 1_200.0 / took,
        before: mib(before),
        most: mib(most),
        after: mib(memory_of(pid)),
        amplified: came as f64 / sent as f64,
        exchanges: answered as f64,
    }
}
