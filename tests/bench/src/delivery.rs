//! One channel and its followers: 1 KiB to each, beside bare quinn that gives each frame of a source to all.
//!
//! ```text
//! source -> server (a process of its own) -> 1 .. 5,000 followers, who count bytes
//!   \- offers the next when all that was offered, but for the last few, has come to everybody
//! ```
//! Followers share sockets by the hundred: a machine has few descriptors. The first one reads entries as a client does
//! and checks that none is missing.

use std::{
    net::SocketAddr,
    sync::{Arc, atomic::AtomicU64, atomic::Ordering},
    time::{Duration, Instant},
};

use bytes::BytesMut;
use offshift_link::{Link, Options};
use offshift_tests::{
    bare,
    raw::{RawPeer, RawStream},
    relay::{Mailbox, PATIENCE, number_of, numbered},
};
use offshift_wire::{
    Life, Position, RelayId,
    code::Role,
    relay::{Request, Response},
};
use quinn::{Endpoint, RecvStream};
use tokio::{task::JoinSet, time::timeout};

use crate::{
    Bench,
    bare::{ENTRY, FOLLOWER, SOURCE},
    process::{self, BareProcess},
    report::{Bound, Row, Section},
};

pub(crate) const PER_SOCKET: usize = 100;
const TOGETHER: usize = 32;
/// Until a client that was turned away tries again.
const AGAIN: Duration = Duration::from_millis(100);
const FOLLOWERS: [usize; 5] = [1, 10, 100, 1_000, 5_000];
/// As people write: each envelope by itself, to a room of this size.
const ROOM: usize = 100;
/// Envelopes that are on their way to everybody at once.
const WINDOW: u64 = 8;

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    section.say(format!(
        "servers in processes of their own; at most {WINDOW} envelopes on their way to everybody"
    ));
    for followers in bench.pick(&FOLLOWERS[..], &[1, 20]) {
        let (ours, bare) = bench.runtime.block_on(both(bench, *followers, WINDOW));
        let row = Row::new(format!("deliveries to {followers}"), ours, "/s")
            .beside("bare push", bare)
            .at("followers", *followers as f64);
        let is_goal = *followers == 1_000;
        section.add(if is_goal { row.goal(Bound::RatioAtLeast, 0.8) } else { row });
    }
    let followers = bench.pick(ROOM, 5);
    let (ours, bare) = bench.runtime.block_on(both(bench, followers, 1));
    let name = format!("deliveries to {followers}, one envelope at a time");
    section.add(Row::new(name, ours, "/s").beside("bare push", bare));
}

/// The relay and bare quinn.
async fn both(bench: &Bench, followers: usize, window: u64) -> (f64, f64) {
    let time = bench.time(3.0);
    let folder = bench.folder(&format!("delivery-{followers}-{window}"));
    let ours = by_relay(&folder, followers, window, time).await;
    (ours, by_bare(followers, window, time).await)
}

/// Bytes that came, of all followers together.
type Came = Arc<AtomicU64>;

/// The least that whoever offers needs of a server.
trait Source {
    async fn offer(&mut self, number: u64);
}

/// Deliveries per second of frames of this size to so many.
async fn rate(
    source: &mut impl Source,
    came: &Came,
    (followers, window): (usize, u64),
    frame: usize,
    time: Duration,
) -> f64 {
    let round = (followers * frame) as u64;
    let (mut offered, mut since, mut before) = (0_u64, Instant::now(), 0);
    let (warm_up, mut began) = (time / 4, false);
    loop {
        if !began && since.elapsed() >= warm_up {
            (began, since, before) = (true, Instant::now(), came.load(Ordering::Relaxed));
        }
        if began && since.elapsed() >= time {
            break;
        }
        let here = came.load(Ordering::Relaxed) / round;
        if offered >= here + window {
            tokio::time::sleep(Duration::from_micros(50)).await;
            continue;
        }
        source.offer(offered).await;
        offered += 1;
    }
    let rate = (came.load(Ordering::Relaxed) - before) as f64
        / frame as f64
        / since.elapsed().as_secs_f64();
    let all_here = async {
        while came.load(Ordering::Relaxed) < offered * round {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, all_here).await.expect("everybody gets everything");
    rate
}

/// Has each of so many arrive over shared sockets, some at a time.
pub(crate) async fn gather<T: Send + 'static, C: Future<Output = T> + Send + 'static>(
    count: usize,
    arrive: impl Fn(Endpoint, u64) -> C,
) -> Vec<T> {
    let endpoints: Vec<_> = (0..count.div_ceil(PER_SOCKET)).map(|_| bare::endpoint()).collect();
    let (mut all, mut arriving) = (Vec::new(), JoinSet::new());
    for number in 0..count {
        if arriving.len() >= TOGETHER {
            all.push(arriving.join_next().await.unwrap().unwrap());
        }
        let endpoint = endpoints[number % endpoints.len()].clone();
        arriving.spawn(arrive(endpoint, number as u64));
    }
    all.extend(arriving.join_all().await);
    all
}

/// A connection, tried until it stands, as clients do.
pub(crate) async fn arrived(endpoint: Endpoint, to: SocketAddr) -> RawPeer {
    for _ in 0..100 {
        let connecting = RawPeer::try_connect_over(endpoint.clone(), to, bare::client());
        if let Ok(peer) = connecting.await {
            return peer;
        }
        tokio::time::sleep(AGAIN).await;
    }
    panic!("nobody answers");
}

/// The same until it was greeted: in a crowd a connection can end before that.
async fn greeted(endpoint: Endpoint, to: SocketAddr) -> (RawPeer, RawStream) {
    for _ in 0..10 {
        let peer = arrived(endpoint.clone(), to).await;
        if let Some(control) = peer.try_greet().await {
            return (peer, control);
        }
    }
    panic!("nobody greets");
}

/// A client that has proved that it may read this mailbox, and follows it from here on.
pub(crate) async fn follow(
    endpoint: Endpoint,
    to: SocketAddr,
    relay: RelayId,
    mailbox: &Mailbox,
    after: Position,
) -> (RawPeer, RawStream, RawStream) {
    let (peer, mut control) = greeted(endpoint, to).await;
    let proof = mailbox.fetch.prove(&mailbox.address(), &peer.binding(relay));
    let (descriptor, proof) = (mailbox.descriptor.encode(), *proof.as_bytes());
    control.send(&Request::Prove { role: Role::Fetch, descriptor, proof }).await;
    let Some(Response::Granted { capability }) = control.answer().await else {
        panic!("not granted");
    };
    let mut fetch = peer.open().await;
    fetch.send(&Request::Fetch { capability, after, follow: true }).await;
    (peer, control, fetch)
}

struct Depositor {
    deposits: offshift_link::Deposits,
    capability: offshift_wire::relay::CapabilityId,
    receipts: JoinSet<()>,
}

impl Source for Depositor {
    async fn offer(&mut self, number: u64) {
        self.deposits.ready().await.unwrap();
        let receipt = self.deposits.deposit(self.capability, Life::H1, numbered(number));
        while self.receipts.try_join_next().is_some() {}
        self.receipts.spawn(async move { drop(receipt.await.unwrap()) });
    }
}

async fn by_relay(folder: &std::path::Path, followers: usize, window: u64, time: Duration) -> f64 {
    let relay = process::relay(folder);
    let (to, id) = (relay.address(), *relay.link().relay());
    let (came, frame) = (Came::default(), entry_bytes());
    let mut held = JoinSet::new();
    for (peer, control, mut fetch) in gather(followers, |endpoint, _| async move {
        let mailbox = Mailbox::channel(1);
        let (peer, control, mut fetch) = follow(endpoint, to, id, &mailbox, Position::START).await;
        assert_eq!(fetch.answer().await, Some(Response::CaughtUp));
        (peer, control, fetch)
    })
    .await
    {
        let (came, is_reader) = (came.clone(), held.is_empty());
        held.spawn(async move {
            if is_reader {
                read_entries(&mut fetch, &came, frame).await;
            } else {
                count_bytes(&mut fetch.receive, &came).await;
            }
            drop((peer, control));
        });
    }
    let link = Link::connect(relay.link(), Options::default()).await.unwrap();
    let capability = Mailbox::channel(1).prove_deposit(&link).await.unwrap();
    let mut source = Depositor { deposits: link.deposits(), capability, receipts: JoinSet::new() };
    let rate = rate(&mut source, &came, (followers, window), frame, time).await;
    assert_eq!(held.len(), followers, "nobody was lost");
    rate
}

/// What a 1 KiB entry takes on the wire of a stream.
fn entry_bytes() -> usize {
    let mut frame = BytesMut::new();
    // A position of today.
    let position = Position::new(1_790_000_000_000_000);
    Response::Entry { position, envelope: numbered(1) }.put_frame(&mut frame);
    frame.len()
}

/// As a client reads, and all in order.
async fn read_entries(fetch: &mut RawStream, came: &Came, frame: usize) {
    let mut next = 0;
    while let Some(Response::Entry { envelope, .. }) = fetch.answer().await {
        assert_eq!(number_of(&envelope), next, "nothing is missing");
        next += 1;
        came.fetch_add(frame as u64, Ordering::Relaxed);
    }
}

/// Adds up what comes, until it ends.
pub(crate) async fn count_bytes(receive: &mut RecvStream, came: &AtomicU64) {
    while let Ok(Some(chunk)) = receive.read_chunk(65_536, true).await {
        came.fetch_add(chunk.bytes.len() as u64, Ordering::Relaxed);
    }
}

struct BareSource(RawStream);

impl Source for BareSource {
    async fn offer(&mut self, _: u64) {
        self.0.send_bytes(&[7; ENTRY]).await;
    }
}

async fn by_bare(followers: usize, window: u64, time: Duration) -> f64 {
    let server = BareProcess::start(&["push"]);
    let (to, came) = (server.address, Came::default());
    let mut held = JoinSet::new();
    for (peer, mut stream) in gather(followers, |endpoint, _| async move {
        let peer = arrived(endpoint, to).await;
        let mut stream = peer.open().await;
        stream.send_bytes(&[FOLLOWER]).await;
        stream.receive.read_exact(&mut [0]).await.unwrap();
        (peer, stream)
    })
    .await
    {
        let came = came.clone();
        held.spawn(async move {
            count_bytes(&mut stream.receive, &came).await;
            drop(peer);
        });
    }
    let peer = RawPeer::try_connect_over(bare::endpoint(), to, bare::client()).await.unwrap();
    let mut stream = peer.open().await;
    stream.send_bytes(&[SOURCE]).await;
    rate(&mut BareSource(stream), &came, (followers, window), ENTRY, time).await
}
