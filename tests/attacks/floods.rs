//! Denial of availability: floods of first packets, of connections, of streams that don't end.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use offshift_link::{Link, LinkError, Options, RelayIdentity};
use offshift_relay::{
    limits::{DELIVERIES_AT_ONCE, Limits},
    server::Config,
    store::memory::MemoryStore,
};
use offshift_tests::{
    flood::{Source, first_flights, flood, memory_of},
    raw::{RawPeer, RawStream, gullible_tls},
    relay::{
        BinaryRelay, LibraryRelay, Mailbox, PATIENCE, connect, loopback, next_number, numbered,
        numbered_of,
    },
};
use offshift_wire::{
    Position, SizeClass,
    code::{Refusal, Role},
    relay::{Request, Response},
};
use quinn::crypto::rustls::QuicClientConfig;
use tokio::time::timeout;

const MIB: u64 = 1 << 20;

/// The real relay with these limits.
fn flooded(folder: &Path, limits: &str) -> BinaryRelay {
    let file = folder.join("relay.toml");
    std::fs::write(&file, format!("[limits]\n{limits}\n")).unwrap();
    BinaryRelay::start_with(&folder.join("data"), &file)
}

/// Listens until `enough`, or for as long as a test may take.
fn listen(sources: &mut [Source], enough: impl Fn(&[Source]) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !enough(sources) && Instant::now() < deadline {
        sources.iter_mut().for_each(Source::listen);
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn answered_at_length(sources: &[Source]) -> usize {
    sources.iter().filter(|source| source.answered_at_length).count()
}

/// Forged first packets, thousands of them: three bytes out for one in at the most, memory stays where it was, and
/// an honest client connects and deposits meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn da_80_os_lnk_053_a_flood_of_forged_first_packets_gets_little_and_costs_little() {
    const UNDER_WAY: usize = 8;
    const HANDSHAKE: u64 = 8;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let relay = flooded(folder.path(), &format!("handshakes_before_retry = {UNDER_WAY}"));
    let (to, before) = (relay.address(), memory_of(relay.pid()));
    let flights = Arc::new(first_flights(400).await);
    let (goes_on, began) = (Arc::new(AtomicBool::new(true)), Instant::now());
    let flooding = {
        let (flights, goes_on) = (flights.clone(), goes_on.clone());
        tokio::task::spawn_blocking(move || flood(&flights, to, || goes_on.load(Ordering::Relaxed)))
    };
    let mut most = 0;
    for number in 0..5 {
        let link =
            timeout(PATIENCE, connect(relay.link())).await.expect("an honest client gets in");
        Mailbox::inbox(80).deposit(&link, numbered(number)).await.expect("and deposits");
        most = most.max(memory_of(relay.pid()));
    }
    goes_on.store(false, Ordering::Relaxed);
    let mut sources = flooding.await.unwrap();
    let windows = usize::try_from(began.elapsed().as_secs() / HANDSHAKE).unwrap() + 1;
    sources.iter_mut().for_each(Source::listen);
    assert!(sources.iter().all(|source| source.received <= 3 * source.sent), "no amplifier");
    assert!(sources.iter().filter(|source| source.retried).count() > 200, "most get a Retry");
    let exchanges = answered_at_length(&sources);
    assert!(exchanges <= UNDER_WAY * windows, "{exchanges} key exchanges in {windows} times 8 s");
    assert!(most < before + 64 * MIB, "{before} became {most}");

    // The control: without the limit the same packets make a relay compute a key exchange for each.
    let free = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let limits = "handshakes_before_retry = 1000000\nhandshakes_per_prefix_per_minute = 1000000";
    let relay = flooded(free.path(), limits);
    let mut sources: Vec<_> = (0..flights.len()).map(Source::numbered).collect();
    for (source, flight) in sources.iter_mut().zip(flights.iter()) {
        source.send(flight, relay.address());
    }
    listen(&mut sources, |sources| answered_at_length(sources) > 300);
    assert!(answered_at_length(&sources) > 300);
    assert!(sources.iter().all(|source| source.received <= 3 * source.sent && !source.retried));
}

async fn slow_streams(to: SocketAddr, large: Arc<Vec<u8>>) -> (RawPeer, Vec<RawStream>) {
    let (peer, control) = RawPeer::greeted(to).await;
    let mut streams = vec![control];
    for _ in 0..offshift_link::limits::STREAMS_MAX - 1 {
        let mut stream = peer.open().await;
        let large = large.clone();
        // As much as the relay takes; the rest waits for ever.
        let some = timeout(Duration::from_millis(20), stream.send.write_all(&large));
        let _ = some.await;
        streams.push(stream);
    }
    (peer, streams)
}

/// DA-81. Each of 1,000 streams begins a frame of 256 KiB and sends nearly all of it: 250 MB, if it were taken.
#[tokio::test(flavor = "multi_thread")]
async fn da_81_os_lnk_054_a_thousand_streams_that_do_not_end_leave_room_for_others() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let relay = flooded(folder.path(), "");
    let before = memory_of(relay.pid());
    let length: u32 = (256 << 10) + 40;
    let large: Vec<u8> = length.to_be_bytes().into_iter().chain(vec![7; 250_000]).collect();
    let large = Arc::new(large);
    let mut slow = tokio::task::JoinSet::new();
    for _ in 0..16 {
        slow.spawn(slow_streams(relay.address(), large.clone()));
    }
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(RawPeer::connect(relay.address()).await);
    }
    let held = timeout(PATIENCE, slow.join_all()).await.expect("all begin");
    assert!(held.iter().map(|(_, streams)| streams.len()).sum::<usize>() > 1_000);
    let honest = timeout(PATIENCE, p99(&relay, 81)).await.expect("an honest client is served");
    assert!(honest < HONEST_P99, "meanwhile 99 of 100 deposits take at most {honest:?}");
    let grown = memory_of(relay.pid()).saturating_sub(before);
    assert!(grown < 150 * MIB, "{grown} bytes held for {} connections", held.len());
    drop((silent, held));

    // The control: a relay that never got to its disk would be noticed; the twin: one that nobody attacks.
    let alone = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let quiet = flooded(alone.path(), "");
    assert!(p99(&quiet, 82).await < HONEST_P99);
    let stopped = format!("-STOP {}", quiet.pid());
    assert!(signalled(&stopped));
    let stalled = timeout(HONEST_P99, p99(&quiet, 83)).await;
    assert!(stalled.is_err());
    assert!(signalled(&stopped.replace("STOP", "CONT")));
}

/// 99 of 100 honest deposits take no longer beside a thousand streams that do not end: some hundred times what they take
/// alone, on a machine that does other things as well.
const HONEST_P99: Duration = Duration::from_millis(1_500);

/// How long 99 of 100 deposits take, small ones and a large one.
async fn p99(relay: &BinaryRelay, seed: u64) -> Duration {
    let link = connect(relay.link()).await;
    let mailbox = Mailbox::inbox(seed);
    let mut times = Vec::new();
    for number in 0..200 {
        let class = if number == 50 { SizeClass::K256 } else { SizeClass::K1 };
        let began = Instant::now();
        mailbox.deposit(&link, numbered_of(class, number)).await.unwrap();
        times.push(began.elapsed());
    }
    times.sort_unstable();
    times[times.len() * 99 / 100]
}

fn signalled(what: &str) -> bool {
    std::process::Command::new("kill").args(what.split(' ')).status().unwrap().success()
}

fn with(limits: Limits) -> LibraryRelay {
    let config = Config { limits, ..Config::new(loopback()) };
    let store = Arc::new(MemoryStore::new(1 << 20));
    LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store)
}

/// Connects from an address of another prefix than the usual.
async fn from_elsewhere(relay: &LibraryRelay) -> Result<RawPeer, quinn::ConnectionError> {
    let crypto = QuicClientConfig::try_from(gullible_tls()).unwrap();
    let from = SocketAddr::from((Ipv4Addr::new(127, 1, 0, 1), 0));
    let config = quinn::ClientConfig::new(Arc::new(crypto));
    RawPeer::try_connect_from(from, relay.running.address(), config).await
}

async fn error(relay: &LibraryRelay) -> Option<LinkError> {
    Link::connect(&relay.link(), Options::default()).await.err()
}

#[tokio::test]
async fn os_lnk_051_a_network_takes_its_share_of_connections_and_leaves_the_rest() {
    let relay = with(Limits { connections_per_prefix: 3, ..Limits::default() });
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(relay.connect().await);
    }
    assert_eq!(error(&relay).await, Some(LinkError::Unreachable), "the fourth");
    assert!(from_elsewhere(&relay).await.is_ok(), "the twin: another network");
    held.pop().unwrap().close().await;
    let free = async { while error(&relay).await.is_some() {} };
    timeout(PATIENCE, free).await.expect("a place comes back");
}

#[tokio::test]
async fn os_lnk_051_a_network_has_its_share_of_handshakes_in_a_minute() {
    let relay = with(Limits { handshakes_per_prefix_per_minute: 4, ..Limits::default() });
    // One without proof, four with one; that a proof is asked for, no client notices.
    for _ in 0..5 {
        relay.connect().await.close().await;
    }
    assert_eq!(error(&relay).await, Some(LinkError::Unreachable), "the sixth");
    assert!(from_elsewhere(&relay).await.is_ok(), "the twin: another network");
}

#[tokio::test]
async fn os_rel_050_a_relay_without_memory_takes_nothing_new_and_serves_who_is_there() {
    let relay = with(Limits::default());
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(50));
    let mut following = mailbox.fetch(&link, Position::START, true).await;
    mailbox.deposit(&link, numbered(1)).await.unwrap();
    let short = Limits { memory_bytes_max: 1, ..Limits::default() };
    relay.running.reload(short, String::new());
    let busy = Err(LinkError::Refused(Refusal::Busy));
    let refused = async { while mailbox.deposit(&link, numbered(2)).await != busy {} };
    timeout(PATIENCE, refused).await.expect("soon no deposit is taken");
    assert_eq!(error(&relay).await, Some(LinkError::Unreachable), "nor anybody new");
    assert!(!mailbox.read_all(&link).await.is_empty(), "what is there can be fetched");
    assert_eq!(next_number(&mut following).await, 1, "and followed");
    relay.running.reload(Limits::default(), String::new());
    let taken = async { while mailbox.deposit(&link, numbered(3)).await.is_err() {} };
    timeout(PATIENCE, taken).await.expect("and everything when there is memory again");
}

#[tokio::test]
async fn os_rel_022_proofs_that_come_faster_than_their_pace_wait_and_are_granted() {
    const PROOFS: u64 = 300;
    let relay = LibraryRelay::in_memory();
    let (link, began) = (relay.connect().await, Instant::now());
    for seed in 0..PROOFS {
        Mailbox::inbox(seed).prove_fetch(&link).await.unwrap();
    }
    let over = u32::try_from(PROOFS).unwrap() - offshift_relay::limits::PROOFS_BURST;
    let least = Duration::from_secs(1) * over / offshift_relay::limits::PROOFS_PER_SECOND;
    assert!(began.elapsed() >= least / 2, "they waited");
}

#[tokio::test]
async fn os_rel_023_fetches_that_nobody_takes_hold_eight_batches_and_others_wait_for_a_place() {
    const FETCHES: usize = 12;
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(23));
    mailbox.deposit(&link, numbered_of(SizeClass::K16, 1)).await.unwrap();
    let crypto = QuicClientConfig::try_from(gullible_tls()).unwrap();
    let mut config = quinn::ClientConfig::new(Arc::new(crypto));
    let mut transport = quinn::TransportConfig::default();
    transport.stream_receive_window(2_000u32.into());
    config.transport_config(Arc::new(transport));
    let peer = RawPeer::connect_with(relay.running.address(), config).await;
    let mut control = peer.greet().await;
    let proof = mailbox.fetch.prove(&mailbox.address(), &peer.binding(*relay.running.relay()));
    let (descriptor, proof) = (mailbox.descriptor.encode(), *proof.as_bytes());
    control.send(&Request::Prove { role: Role::Fetch, descriptor, proof }).await;
    let Some(Response::Granted { capability }) = control.answer().await else {
        panic!("not granted");
    };
    let mut fetches = Vec::new();
    for _ in 0..FETCHES {
        let mut fetch = peer.open().await;
        fetch.send(&Request::Fetch { capability, after: Position::START, follow: false }).await;
        if fetches.len() < DELIVERIES_AT_ONCE {
            fetch.receive.read_exact(&mut [0; 4]).await.expect("it holds a batch");
        }
        fetches.push(fetch);
    }
    let ninth = fetches[DELIVERIES_AT_ONCE].receive.read_chunk(1, true);
    assert!(timeout(Duration::from_millis(200), ninth).await.is_err(), "it waits");
    for fetch in &mut fetches[..DELIVERIES_AT_ONCE] {
        fetch.receive.stop(0u32.into()).unwrap();
    }
    for fetch in &mut fetches[DELIVERIES_AT_ONCE..] {
        let begun = timeout(PATIENCE, fetch.receive.read_exact(&mut [0; 4])).await;
        begun.expect("there is a place now").unwrap();
    }
}
