//! The limits: quinn alone with the relay's settings, a disk alone, and both one after the other.
//!
//! ```text
//! echo   a frame comes, its first bytes go back                   what QUIC leaves to a relay
//! synced a frame comes, is appended and flushed with all that wait, and goes back      QUIC and disk, nothing else
//! push   a frame of the source goes to every follower             fan-out without a store
//! disk   append and fdatasync, again and again
//! ```

use std::{
    collections::VecDeque,
    fs::File,
    io::Write,
    net::SocketAddr,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use bytes::Bytes;
use offshift_link::settings::SERVER_NAME;
use offshift_tests::bare::{self, BareServer};
use quinn::{Connection, Endpoint, RecvStream, SendStream};
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};

use crate::load::{Arrivals, Counter, Offer};

/// Bytes that a deposit frame has besides its envelope.
pub(crate) const DEPOSIT_HEAD: usize = 13;
/// A receipt frame whose signature some 30 deposits share.
pub(crate) const RECEIPT: usize = 248;
/// A 1 KiB entry on its way to a follower.
pub(crate) const ENTRY: usize = 1_037;
/// Frames that a follower of the bare push may be behind.
const BEHIND_MAX: usize = 4_096;

/// Answers each frame of `ask` bytes with its first `answer` bytes.
pub(crate) fn echoing(ask: usize, answer: usize) -> BareServer {
    BareServer::serving(move |connection| async move {
        let mut streams = JoinSet::new();
        while let Ok((mut send, mut receive)) = connection.accept_bi().await {
            streams.spawn(async move {
                let mut frame = vec![0; ask];
                while receive.read_exact(&mut frame).await.is_ok() {
                    if send.write_all(&frame[..answer]).await.is_err() {
                        return;
                    }
                }
            });
        }
    })
}

/// A connection with a client's settings, over an endpoint that others may share.
pub(crate) async fn connect(endpoint: &Endpoint, to: SocketAddr) -> Connection {
    endpoint.connect_with(bare::client(), to, SERVER_NAME).unwrap().await.unwrap()
}

/// Answers per second to so many who each have one question under way, on at most `connections_max` connections.
pub(crate) async fn requests_per_second(
    (ask, answer): (usize, usize),
    requesters: usize,
    connections_max: usize,
    time: Duration,
) -> f64 {
    let server = echoing(ask, answer);
    let mut connections = Vec::new();
    for _ in 0..requesters.min(connections_max) {
        connections.push(connect(&bare::endpoint(), server.address).await);
    }
    let (counter, mut tasks) = (Counter::new(), JoinSet::new());
    for (_, connection) in (0..requesters).zip(connections.iter().cycle()) {
        let (mut send, mut receive) = connection.open_bi().await.unwrap();
        let counter = counter.clone();
        tasks.spawn(async move {
            let (question, mut reply) = (vec![7; ask], vec![0; answer]);
            while !counter.is_over() {
                send.write_all(&question).await.unwrap();
                receive.read_exact(&mut reply).await.unwrap();
                counter.add(1);
            }
        });
    }
    let rate = counter.per_second(time).await;
    tasks.join_all().await;
    rate
}

/// Appends and flushes pieces of this size; pieces per second.
pub(crate) fn disk(folder: &Path, bytes: usize, time: Duration) -> f64 {
    let file = File::create(folder.join("bare")).unwrap();
    let piece = vec![7; bytes];
    let (began, mut count) = (Instant::now(), 0_u64);
    while began.elapsed() < time {
        file.write_all_at(&piece, count * bytes as u64).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    count as f64 / began.elapsed().as_secs_f64()
}

type Waiting = (Bytes, mpsc::UnboundedSender<Bytes>);

/// What the least server that stores and then delivers would be: a frame goes back when it is on the disk.
pub(crate) fn synced(file: &Path) -> BareServer {
    let (to_disk, mut waiting) = mpsc::unbounded_channel::<Waiting>();
    let mut file = File::create(file).unwrap();
    std::thread::spawn(move || {
        while let Some(first) = waiting.blocking_recv() {
            let mut group = vec![first];
            while let Ok(next) = waiting.try_recv() {
                group.push(next);
            }
            let all: Vec<u8> = group.iter().flat_map(|(frame, _)| frame.iter().copied()).collect();
            file.write_all(&all).unwrap();
            file.sync_data().unwrap();
            for (frame, back) in group {
                let _ = back.send(frame);
            }
        }
    });
    BareServer::serving(move |connection| store_and_return(connection, to_disk.clone()))
}

async fn store_and_return(connection: Connection, to_disk: mpsc::UnboundedSender<Waiting>) {
    let mut streams = JoinSet::new();
    while let Ok((mut send, mut receive)) = connection.accept_bi().await {
        let (back, mut stored) = mpsc::unbounded_channel::<Bytes>();
        let to_disk = to_disk.clone();
        streams.spawn(async move {
            while let Some(frame) = frame_of(&mut receive).await {
                if to_disk.send((frame, back.clone())).is_err() {
                    return;
                }
            }
        });
        streams.spawn(async move {
            let mut frames = Vec::new();
            while stored.recv_many(&mut frames, 64).await > 0 {
                if send.write_all_chunks(&mut frames).await.is_err() {
                    return;
                }
                frames.clear();
            }
        });
    }
}

/// The next frame of an entry's size.
async fn frame_of(receive: &mut RecvStream) -> Option<Bytes> {
    let mut frame = vec![0; ENTRY];
    receive.read_exact(&mut frame).await.ok()?;
    Some(frame.into())
}

/// Frames of the source, for whoever is behind.
struct Hub {
    /// The first frame's number, and the frames.
    log: Mutex<(u64, VecDeque<Bytes>)>,
    head: watch::Sender<u64>,
}

impl Hub {
    fn push(&self, frame: Bytes) {
        let mut log = self.log.lock().unwrap();
        let (first, frames) = &mut *log;
        frames.push_back(frame);
        if frames.len() > BEHIND_MAX {
            frames.pop_front();
            *first += 1;
        }
        self.head.send_replace(*first + frames.len() as u64);
    }

    /// At most 64 frames from this number on.
    fn from(&self, number: u64) -> Vec<Bytes> {
        let log = self.log.lock().unwrap();
        let skip = usize::try_from(number - log.0).expect("no follower is that far behind");
        log.1.iter().skip(skip).take(64).cloned().collect()
    }
}

/// First byte of a stream of the bare push.
pub(crate) const FOLLOWER: u8 = b'f';
pub(crate) const SOURCE: u8 = b's';

/// Gives every frame of the source to all followers, to each as many at once as wait for it.
pub(crate) fn pushing() -> BareServer {
    let (head, _) = watch::channel(0);
    let hub = Arc::new(Hub { log: Mutex::default(), head });
    BareServer::serving(move |connection| push(connection, hub.clone()))
}

async fn push(connection: Connection, hub: Arc<Hub>) {
    let mut streams = JoinSet::new();
    while let Ok((send, mut receive)) = connection.accept_bi().await {
        let mut role = [0];
        if receive.read_exact(&mut role).await.is_err() {
            return;
        }
        let hub = hub.clone();
        if role == [FOLLOWER] {
            streams.spawn(push_to(send, hub));
            continue;
        }
        streams.spawn(async move {
            while let Some(frame) = frame_of(&mut receive).await {
                hub.push(frame);
            }
        });
    }
}

async fn push_to(mut send: SendStream, hub: Arc<Hub>) {
    let mut head = hub.head.subscribe();
    let mut next = *head.borrow_and_update();
    // Whoever follows knows that it does.
    if send.write_all(&[FOLLOWER]).await.is_err() {
        return;
    }
    while head.changed().await.is_ok() {
        while next < *head.borrow_and_update() {
            let mut frames = hub.from(next);
            next += frames.len() as u64;
            if send.write_all_chunks(&mut frames).await.is_err() {
                return;
            }
        }
    }
}

/// Boxes of a server that gives back what it gets: one connection each, whose arrivals are noted.
pub(crate) async fn boxes(to: SocketAddr, arrivals: &Arc<Arrivals>, count: usize) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for at in 0..count {
        let connection = connect(&bare::endpoint(), to).await;
        let (mut send, mut receive) = connection.open_bi().await.unwrap();
        let (offer, mut offered) = mpsc::unbounded_channel::<u64>();
        tokio::spawn(async move {
            let mut numbers = Vec::new();
            while offered.recv_many(&mut numbers, 64).await > 0 {
                let mut frames: Vec<Bytes> = numbers.drain(..).map(frame_with).collect();
                send.write_all_chunks(&mut frames).await.unwrap();
            }
            // Kept until nothing more is offered.
            drop(connection);
        });
        let arrivals = arrivals.clone();
        tokio::spawn(async move {
            while let Some(frame) = frame_of(&mut receive).await {
                arrivals.arrived(at, number_in(&frame));
            }
        });
        offers.push(Box::new(move |number| offer.send(number).unwrap()));
    }
    offers
}

fn frame_with(number: u64) -> Bytes {
    let mut frame = vec![7; ENTRY];
    frame[..8].copy_from_slice(&number.to_be_bytes());
    frame.into()
}

fn number_in(frame: &[u8]) -> u64 {
    u64::from_be_bytes(frame[..8].try_into().unwrap())
}

/// What a child process serves, by the words that it was started with.
pub(crate) fn server_of(words: &[&str]) -> Option<BareServer> {
    match *words {
        ["hold"] => Some(BareServer::start()),
        ["echo"] => Some(echoing(ENTRY, ENTRY)),
        ["synced", file] => Some(synced(&PathBuf::from(file))),
        ["push"] => Some(pushing()),
        _ => None,
    }
}
