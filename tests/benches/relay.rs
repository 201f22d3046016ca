//! The relay beside bare quinn with the same transport settings, in one run, on one machine.
//!
//! `cargo bench -p offshift-tests --bench relay`
//!
//! Both ends run in this process. Read the ratios, not the absolute figures.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]

use std::{
    fs::File,
    io::Write,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use offshift_link::{Link, RelayIdentity, settings};
use offshift_relay::{
    limits::Limits,
    server::Config,
    store::embedded::{EmbeddedStore, Options},
};
use offshift_tests::{
    raw::gullible_tls,
    relay::{LibraryRelay, Mailbox, loopback, next_number, numbered},
};
use offshift_wire::{Life, Position};
use quinn::{
    Connection, Endpoint, RecvStream, SendStream, VarInt,
    crypto::rustls::{QuicClientConfig, QuicServerConfig},
};
use tokio::task::JoinSet;

const WARM_UP: Duration = Duration::from_millis(500);
const MEASURED: Duration = Duration::from_secs(3);
const CONNECTIONS_MAX: usize = 100;
const PINGS: usize = 2_000;

/// A deposit frame of a 1 KiB envelope, and a receipt frame whose signature some 30 deposits share.
const ASK: usize = 1_037;
const ANSWER: usize = 248;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    runtime.block_on(async {
        deposits_per_second(folder.path()).await;
        deliver_latency(folder.path()).await;
    });
}

async fn deposits_per_second(folder: &Path) {
    println!("durable deposits per second, 1 KiB, each depositor one in flight");
    println!("depositors  connections   deposits/s  bare quinn/s  ratio");
    for depositors in [1, 16, 256] {
        let connections = depositors.min(CONNECTIONS_MAX);
        let ours = depositors_on_relay(&folder.join(depositors.to_string()), depositors).await;
        let bare = requesters_on_bare_quinn(depositors).await;
        let ratio = ours / bare;
        println!("{depositors:>10}  {connections:>11}  {ours:>11.0}  {bare:>12.0}  {ratio:>5.2}");
    }
    println!();
}

/// Counts what happens between the end of the warm-up and the end of the measured time.
struct Counter {
    count: AtomicU64,
    over: AtomicBool,
}

impl Counter {
    fn new() -> Arc<Self> {
        Arc::new(Self { count: AtomicU64::new(0), over: AtomicBool::new(false) })
    }

    /// One more; false when it is over.
    fn one_more(&self) -> bool {
        self.count.fetch_add(1, Ordering::Relaxed);
        !self.over.load(Ordering::Relaxed)
    }

    async fn per_second(&self) -> f64 {
        tokio::time::sleep(WARM_UP).await;
        let (before, since) = (self.count.load(Ordering::Relaxed), Instant::now());
        tokio::time::sleep(MEASURED).await;
        let count = self.count.load(Ordering::Relaxed) - before;
        let rate = count as f64 / since.elapsed().as_secs_f64();
        self.over.store(true, Ordering::Relaxed);
        rate
    }
}

fn relay(folder: &Path) -> LibraryRelay<EmbeddedStore> {
    let store = EmbeddedStore::open(Options::new(folder, 64 << 30)).unwrap();
    // What is measured is the relay, not its politeness: nobody waits for the pace of one connection, and a memory that
    // this process shares with its own depositors is no pressure.
    let limits =
        Limits { deposits_per_second: u32::MAX, memory_bytes_max: 1 << 50, ..Limits::default() };
    let config = Config { limits, ..Config::new(loopback()) };
    LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), Arc::new(store))
}

async fn depositors_on_relay(folder: &Path, depositors: usize) -> f64 {
    let relay = relay(folder);
    let mut links = Vec::new();
    for _ in 0..depositors.min(CONNECTIONS_MAX) {
        links.push(Arc::new(relay.connect().await));
    }
    let counter = Counter::new();
    let mut tasks = JoinSet::new();
    for (number, link) in (0..depositors as u64).zip(links.iter().cycle()) {
        tasks.spawn(depositor(link.clone(), number, counter.clone()));
    }
    let rate = counter.per_second().await;
    tasks.join_all().await;
    drop(links);
    relay.running.shutdown().await.unwrap();
    rate
}

async fn depositor(link: Arc<Link>, number: u64, counter: Arc<Counter>) {
    let capability = Mailbox::channel(number).prove_deposit(&link).await.unwrap();
    let deposits = link.deposits();
    let envelope = numbered(number);
    loop {
        deposits.deposit(capability, Life::H1, envelope.clone()).await.unwrap();
        if !counter.one_more() {
            return;
        }
    }
}

/// quinn alone: as many bytes up and down, on one long stream for each requester.
struct BareQuinn {
    address: SocketAddr,
    _server: JoinSet<()>,
}

impl BareQuinn {
    fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["www.example.com".to_owned()]).unwrap();
        let key = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut tls = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key.into())
            .unwrap();
        tls.alpn_protocols = vec![settings::ALPN.to_vec()];
        let crypto = QuicServerConfig::try_from(tls).unwrap();
        let mut config = quinn::ServerConfig::with_crypto(Arc::new(crypto));
        config.transport_config(Arc::new(settings::transport()));
        let endpoint = endpoint(Some(config));
        let address = endpoint.local_addr().unwrap();
        let mut server = JoinSet::new();
        server.spawn(async move {
            let mut connections = JoinSet::new();
            while let Some(incoming) = endpoint.accept().await {
                connections.spawn(async move { serve(incoming.await.unwrap()).await });
            }
        });
        Self { address, _server: server }
    }

    async fn connect(&self) -> Connection {
        let crypto = QuicClientConfig::try_from(gullible_tls()).unwrap();
        let mut config = quinn::ClientConfig::new(Arc::new(crypto));
        config.transport_config(Arc::new(settings::transport()));
        let connecting = endpoint(None).connect_with(config, self.address, settings::SERVER_NAME);
        connecting.unwrap().await.unwrap()
    }
}

fn endpoint(config: Option<quinn::ServerConfig>) -> Endpoint {
    let socket = std::net::UdpSocket::bind(loopback()).unwrap();
    Endpoint::new(settings::endpoint(), config, socket, Arc::new(quinn::TokioRuntime)).unwrap()
}

async fn serve(connection: Connection) {
    let mut streams = JoinSet::new();
    while let Ok((send, receive)) = connection.accept_bi().await {
        streams.spawn(echo(send, receive));
    }
}

async fn echo(mut send: SendStream, mut receive: RecvStream) {
    let mut ask = [0; ASK];
    while receive.read_exact(&mut ask).await.is_ok() {
        if send.write_all(&ask[..ANSWER]).await.is_err() {
            return;
        }
    }
}

async fn requesters_on_bare_quinn(requesters: usize) -> f64 {
    let server = BareQuinn::start();
    let mut connections = Vec::new();
    for _ in 0..requesters.min(CONNECTIONS_MAX) {
        connections.push(server.connect().await);
    }
    let counter = Counter::new();
    let mut tasks = JoinSet::new();
    for (_, connection) in (0..requesters).zip(connections.iter().cycle()) {
        let (mut stream, counter) = (connection.open_bi().await.unwrap(), counter.clone());
        tasks.spawn(async move {
            while counter.one_more() {
                ask(&mut stream).await;
            }
        });
    }
    let rate = counter.per_second().await;
    tasks.join_all().await;
    for connection in connections {
        connection.close(VarInt::from_u32(0), &[]);
    }
    rate
}

async fn ask((send, receive): &mut (SendStream, RecvStream)) {
    send.write_all(&[7; ASK]).await.unwrap();
    receive.read_exact(&mut [0; ANSWER]).await.unwrap();
}

async fn deliver_latency(folder: &Path) {
    let ours = deposit_to_delivery(&folder.join("latency")).await;
    let bare = round_trip_and_sync(&folder.join("bare")).await;
    println!("one 1 KiB envelope at a time, from deposit to the follower's hands, microseconds");
    println!("         relay  bare round trip + one fdatasync  ratio");
    for percent in [50, 99] {
        let (ours, bare) = (percentile(&ours, percent), percentile(&bare, percent));
        println!("p{percent}  {ours:>9.0}  {bare:>31.0}  {:>5.2}", ours / bare);
    }
}

async fn deposit_to_delivery(folder: &Path) -> Vec<f64> {
    let relay = relay(folder);
    let (depositor, follower) = (relay.connect().await, relay.connect().await);
    let mailbox = Mailbox::channel(1);
    let mut fetching = mailbox.fetch(&follower, Position::START, true).await;
    let capability = mailbox.prove_deposit(&depositor).await.unwrap();
    let deposits = depositor.deposits();
    let mut micros = Vec::new();
    for number in 0..PINGS as u64 {
        let since = Instant::now();
        let receipt = deposits.deposit(capability, Life::H1, numbered(number));
        assert_eq!(next_number(&mut fetching).await, number);
        micros.push(since.elapsed().as_secs_f64() * 1e6);
        receipt.await.unwrap();
    }
    relay.running.shutdown().await.unwrap();
    micros
}

async fn round_trip_and_sync(path: &Path) -> Vec<f64> {
    let server = BareQuinn::start();
    let connection = server.connect().await;
    let mut stream = connection.open_bi().await.unwrap();
    let mut file = File::create(path).unwrap();
    let mut micros = Vec::new();
    for _ in 0..PINGS {
        let since = Instant::now();
        ask(&mut stream).await;
        file.write_all(&[7; ASK]).unwrap();
        file.sync_data().unwrap();
        micros.push(since.elapsed().as_secs_f64() * 1e6);
    }
    micros
}

fn percentile(micros: &[f64], percent: usize) -> f64 {
    let mut sorted = micros.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}
