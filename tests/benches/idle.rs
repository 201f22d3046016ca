//! What an idle connected client costs the relay, beside bare quinn with the same settings; and what a flood costs.
//!
//! `cargo build --release -p offshift-relay && cargo bench -p offshift-tests --bench idle`
//!
//! Each server is a process of its own, so its resident memory is its own. Every client has two streams: on the
//! relay the control stream and one that follows a mailbox of its own, on bare quinn two that were answered once.
//! Read the ratios.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss
)]

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use offshift_tests::{
    bare::{self, BareServer},
    flood::{first_flights, flood, memory_of},
    raw::{RawPeer, RawStream},
    relay::{BinaryRelay, Mailbox},
};
use offshift_wire::{
    Position, RelayId,
    code::Role,
    relay::{Request, Response},
};
use quinn::Endpoint;
use tokio::task::JoinSet;

/// In the environment of the process that is the bare server.
const BARE: &str = "OFFSHIFT_BENCH_BARE";
const CLIENTS: [usize; 2] = [1_000, 10_000];
/// Clients that share a socket: a machine has few descriptors.
const PER_SOCKET: usize = 100;
const TOGETHER: usize = 32;
/// What handshakes needed is given back meanwhile.
const SETTLE: Duration = Duration::from_secs(5);
const FLOOD: Duration = Duration::from_secs(10);
const FLIGHTS: usize = 4_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if std::env::var_os(BARE).is_some() {
        return runtime.block_on(serve_bare());
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    println!(
        "resident memory per idle client, KiB: one connection, two streams, one of them follows"
    );
    println!("clients   relay   bare quinn   ratio");
    for clients in CLIENTS {
        let ours = runtime.block_on(of_relay(&folder.path().join(clients.to_string()), clients));
        let bare = runtime.block_on(of_bare(clients));
        println!("{clients:>7}  {ours:>6.1}  {bare:>11.1}  {:>6.2}", ours / bare);
    }
    runtime.block_on(under_flood(&folder.path().join("flood")));
}

async fn serve_bare() {
    let server = BareServer::start();
    println!("{}", server.address);
    // Until whoever started us is gone.
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()))
        .await
        .unwrap()
        .unwrap();
}

struct BareProcess {
    child: Child,
    address: SocketAddr,
}

impl BareProcess {
    fn start() -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let command = command.env(BARE, "1").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, address: line.trim().parse().unwrap() }
    }
}

impl Drop for BareProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn relay(folder: &Path) -> BinaryRelay {
    std::fs::create_dir_all(folder).unwrap();
    let settings = "[limits]\nconnections = 20000\nconnections_per_prefix = 20000\n\
                    handshakes_per_prefix_per_minute = 1000000\nhandshakes_before_retry = 1000\n\
                    memory_mb = 8000\n";
    let file = folder.join("relay.toml");
    std::fs::write(&file, settings).unwrap();
    BinaryRelay::start_with(&folder.join("data"), &file)
}

type Held = (RawPeer, Vec<RawStream>);

async fn of_relay(folder: &Path, clients: usize) -> f64 {
    let relay = relay(folder);
    let (to, id) = (relay.address(), *relay.link().relay());
    per_client(relay.pid(), clients, move |endpoint, number| follow(endpoint, to, id, number)).await
}

async fn of_bare(clients: usize) -> f64 {
    let server = BareProcess::start();
    let to = server.address;
    per_client(server.child.id(), clients, move |endpoint, _| linger(endpoint, to)).await
}

/// KiB by which the server grew, for each client.
async fn per_client<F, C>(server: u32, clients: usize, arrive: F) -> f64
where
    F: Fn(Endpoint, u64) -> C,
    C: Future<Output = Held> + Send + 'static,
{
    let before = memory_of(server);
    let (mut held, mut arriving) = (Vec::new(), JoinSet::new());
    let endpoints: Vec<_> = (0..clients.div_ceil(PER_SOCKET)).map(|_| bare::endpoint()).collect();
    for number in 0..clients {
        if arriving.len() >= TOGETHER {
            held.push(arriving.join_next().await.unwrap().unwrap());
        }
        let endpoint = endpoints[number % endpoints.len()].clone();
        arriving.spawn(arrive(endpoint, u64::try_from(number).unwrap()));
    }
    held.extend(arriving.join_all().await);
    tokio::time::sleep(SETTLE).await;
    let grown = memory_of(server) - before;
    assert_eq!(held.len(), clients);
    let alive = held.iter().filter(|(peer, _)| peer.connection.close_reason().is_none()).count();
    assert_eq!(alive, clients, "nobody was lost");
    grown as f64 / 1024.0 / clients as f64
}

async fn follow(endpoint: Endpoint, to: SocketAddr, relay: RelayId, number: u64) -> Held {
    let peer = RawPeer::try_connect_over(endpoint, to, bare::client()).await.unwrap();
    let mut control = peer.greet().await;
    let mailbox = Mailbox::inbox(number);
    let proof = mailbox.fetch.prove(&mailbox.address(), &peer.binding(relay));
    let (descriptor, proof) = (mailbox.descriptor.encode(), *proof.as_bytes());
    control.send(&Request::Prove { role: Role::Fetch, descriptor, proof }).await;
    let Some(Response::Granted { capability }) = control.answer().await else {
        panic!("not granted");
    };
    let mut fetch = peer.open().await;
    fetch.send(&Request::Fetch { capability, after: Position::START, follow: true }).await;
    assert_eq!(fetch.answer().await, Some(Response::CaughtUp));
    (peer, vec![control, fetch])
}

async fn linger(endpoint: Endpoint, to: SocketAddr) -> Held {
    let peer = RawPeer::try_connect_over(endpoint, to, bare::client()).await.unwrap();
    let mut streams = Vec::new();
    for _ in 0..2 {
        let mut stream = peer.open().await;
        stream.send_bytes(&[7; 100]).await;
        stream.receive.read_exact(&mut [0; 100]).await.unwrap();
        streams.push(stream);
    }
    (peer, streams)
}

/// Forged first packets from 4,000 addresses of four prefixes, with the usual limits and without any.
async fn under_flood(folder: &Path) {
    let flights = Arc::new(first_flights(FLIGHTS).await);
    println!(
        "\nresident memory under a flood of forged first packets from {FLIGHTS} addresses, MiB"
    );
    println!("limits     before    most   after   packets/s in   bytes out/in   key exchanges");
    std::fs::create_dir_all(folder).unwrap();
    for (name, settings) in [
        ("usual", ""),
        (
            "none",
            "handshakes_before_retry = 1000000\nhandshakes_per_prefix_per_minute = 1000000\nconnections = 100000\n",
        ),
    ] {
        let file = folder.join("relay.toml");
        std::fs::write(&file, format!("[limits]\n{settings}")).unwrap();
        let relay = BinaryRelay::start_with(&folder.join(name), &file);
        let (pid, to, before) = (relay.pid(), relay.address(), memory_of(relay.pid()));
        let (goes_on, again) = (Arc::new(AtomicBool::new(true)), flights.clone());
        let on = goes_on.clone();
        let flooding =
            tokio::task::spawn_blocking(move || flood(&again, to, || on.load(Ordering::Relaxed)));
        let (began, mut most) = (Instant::now(), before);
        while began.elapsed() < FLOOD {
            tokio::time::sleep(Duration::from_millis(100)).await;
            most = most.max(memory_of(pid));
        }
        goes_on.store(false, Ordering::Relaxed);
        let sources = flooding.await.unwrap();
        let took = began.elapsed().as_secs_f64();
        tokio::time::sleep(3 * SETTLE).await;
        let sent: usize = sources.iter().map(|source| source.sent).sum();
        let came: usize = sources.iter().map(|source| source.received).sum();
        let answered = sources.iter().filter(|source| source.answered_at_length).count();
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        println!(
            "{name:<8} {:>8.1} {:>7.1} {:>7.1} {:>14.0} {:>14.3} {answered:>15}",
            mib(before),
            mib(most),
            mib(memory_of(pid)),
            sent as f64 / 1_200.0 / took,
            came as f64 / sent as f64,
        );
    }
}
