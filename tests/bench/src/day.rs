//! A day of a union of 20,000, compressed: 24 hours in 200 seconds. A model, openly:
//!
//! ```text
//! rooms      400 locals of 50, everybody in one; ten branch rooms of 100, one member in twenty; one channel of
//!            announcements for all
//! sessions   each device 4 times a day, for 1 to 59 minutes, by the hours of people who work (see HOURS); one
//!            connection each, which follows all its rooms from where it stopped
//! messages   of 1 KiB: two a day from each member in the local, one from each delegate in the branch, three
//!            announcements; written at random moments of a session
//! ```
//! Not in the model: files, meetings, commits, a connection for each room, network delay. Handshakes are as many as in
//! the real day but come 432 times as fast, and so does everything else. At the end everybody comes once more, and has
//! exactly what was deposited in their rooms.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::BytesMut;
use offshift_tests::{
    bare,
    flood::memory_of,
    raw::{RawPeer, RawStream},
    relay::{Mailbox, PATIENCE, number_of, numbered},
};
use offshift_wire::{
    Life, Position, RelayId,
    code::Role,
    relay::{CapabilityId, Request, Response},
};
use quinn::Endpoint;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use tokio::{
    task::JoinSet,
    time::{sleep_until, timeout, timeout_at},
};

use crate::{
    Bench,
    delivery::PER_SOCKET,
    load::Sorted,
    process::{self, cpu_of},
    report::{Row, Section},
};

const MEMBERS: usize = 20_000;
const LOCAL: usize = 50;
const DELEGATE_EACH: usize = 20;
const BRANCHES: usize = 10;
const SESSIONS: usize = 4;
const MESSAGES: usize = 2;
const ANNOUNCEMENTS: usize = 3;
const DAY: Duration = Duration::from_secs(200);
/// How likely a session begins in each hour, from midnight on.
const HOURS: [u8; 24] = [2, 1, 1, 1, 1, 3, 6, 8, 6, 5, 5, 6, 9, 7, 5, 5, 6, 9, 10, 10, 9, 8, 6, 4];
/// Mailbox numbers: locals, then branches, then the announcements.
const BRANCH: u64 = 1 << 20;
const ANNOUNCED: u64 = 1 << 30;

struct Day {
    to: SocketAddr,
    relay: RelayId,
    base: Instant,
    length: Duration,
    members: usize,
    endpoints: Vec<Endpoint>,
    deposits: AtomicU64,
    deliveries: AtomicU64,
    sessions: AtomicU64,
    again: AtomicU64,
    online: AtomicUsize,
    most_online: AtomicUsize,
    lags: Mutex<Vec<f64>>,
    /// By room: what was deposited.
    rooms: Mutex<std::collections::BTreeMap<u64, u64>>,
}

/// A room as a member reads it.
#[derive(Clone, Copy)]
struct Reading {
    room: u64,
    after: Position,
    count: u64,
}

struct Member {
    number: usize,
    readings: Vec<Reading>,
    /// When each session begins and ends, of the day's length.
    sessions: Vec<(Duration, Duration)>,
    /// When something is to be written, and in which of its rooms: in a session.
    wishes: Vec<(Duration, u64)>,
}

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    let members = bench.pick(MEMBERS, 200);
    section.say(format!(
        "a model: {members} members, {} locals of {LOCAL}, {BRANCHES} branch rooms of every {DELEGATE_EACH}th, one \
         channel of announcements; {SESSIONS} sessions and {MESSAGES} messages of 1 KiB a day each; 24 hours in {:.0} s",
        members / LOCAL,
        bench.time(DAY.as_secs_f64()).max(Duration::from_secs(3)).as_secs_f64()
    ));
    section.say("no files, no meetings, no commits; one connection for all rooms of a device; no network delay");
    bench.runtime.block_on(lived(bench, section, members));
}

async fn lived(bench: &Bench, section: &mut Section, members: usize) {
    let folder = bench.folder("day");
    let relay = process::relay(&folder);
    let day = Arc::new(Day {
        to: relay.address(),
        relay: *relay.link().relay(),
        base: Instant::now(),
        length: bench.time(DAY.as_secs_f64()).max(Duration::from_secs(3)),
        members,
        endpoints: (0..members.div_ceil(PER_SOCKET)).map(|_| bare::endpoint()).collect(),
        deposits: AtomicU64::new(0),
        deliveries: AtomicU64::new(0),
        sessions: AtomicU64::new(0),
        again: AtomicU64::new(0),
        online: AtomicUsize::new(0),
        most_online: AtomicUsize::new(0),
        lags: Mutex::default(),
        rooms: Mutex::default(),
    });
    let (pid, cpu) = (relay.pid(), cpu_of(relay.pid()));
    let most = Arc::new(AtomicU64::new(0));
    let watching = tokio::spawn(watch(pid, most.clone()));
    let mut lives = JoinSet::new();
    for number in 0..members {
        lives.spawn(live(day.clone(), member(number, &day)));
    }
    let lived = lives.join_all().await;
    let (took, cpu) = (day.base.elapsed(), cpu_of(pid).saturating_sub(cpu));
    let late = lived.iter().map(|(_, late)| *late).max().unwrap_or_default();
    let readings = everybody_comes(&day, lived.into_iter().map(|(member, _)| member)).await;
    watching.abort();
    let missing = missing(&day, &readings);
    tell(section, &day, took, cpu);
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    section.add(Row::new("relay's memory at most", mib(most.load(Ordering::Relaxed)), "MiB"));
    section.add(Row::new("relay's disk at the end of the day", mib(disk_of(&folder)), "MiB"));
    section.add(Row::new("the last session ended late by", late.as_secs_f64(), "s"));
    section.add(Row::new("messages missing, of all members together", missing as f64, ""));
}

fn tell(section: &mut Section, day: &Day, took: Duration, cpu: Duration) {
    let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed) as f64;
    let (took, real) = (took.as_secs_f64(), 86_400.0);
    section.add(Row::new("sessions, each a handshake", of(&day.sessions), ""));
    section.add(Row::new(
        "attempts to connect that failed and were made again",
        of(&day.again),
        "",
    ));
    section.add(Row::new(
        "online at the same moment, at most",
        day.most_online.load(Ordering::Relaxed) as f64,
        "",
    ));
    section.add(Row::new("deposits", of(&day.deposits), ""));
    section.add(Row::new("deliveries", of(&day.deliveries), ""));
    section.add(Row::new(
        "deliveries per second of the compressed day",
        of(&day.deliveries) / took,
        "/s",
    ));
    section.add(Row::new("relay's CPU for the whole day", cpu.as_secs_f64(), "s"));
    section.add(Row::new(
        "that is of one core, in a real day",
        cpu.as_secs_f64() / real * 100.0,
        "%",
    ));
    let lags = Sorted::of(std::mem::take(&mut *day.lags.lock().unwrap()));
    for (name, share) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)] {
        section.add(Row::new(
            format!("written to read, both online, {name}"),
            lags.at(share) / 1e3,
            "ms",
        ));
    }
}

async fn watch(pid: u32, most: Arc<AtomicU64>) {
    loop {
        most.fetch_max(memory_of(pid), Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

fn disk_of(folder: &std::path::Path) -> u64 {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let metadata = entry.metadata().unwrap();
        bytes += if metadata.is_dir() { disk_of(&entry.path()) } else { metadata.len() };
    }
    bytes
}

fn is_delegate(number: usize) -> bool {
    number.is_multiple_of(DELEGATE_EACH)
}

fn branch_of(number: usize) -> u64 {
    BRANCH + (number / DELEGATE_EACH % BRANCHES) as u64
}

/// A life of one day, the same in every run.
fn member(number: usize, day: &Day) -> Member {
    let mut dice = ChaCha20Rng::seed_from_u64(number as u64);
    let hour = day.length / 24;
    let mut sessions: Vec<_> = (0..SESSIONS)
        .map(|_| {
            let begins = hour * hour_of(&mut dice) + hour.mul_f64(share(&mut dice));
            (begins, begins + hour.mul_f64(share(&mut dice)))
        })
        .collect();
    sessions.sort();
    let mut wish = |room| {
        let (begins, ends) = sessions[dice.next_u64() as usize % SESSIONS];
        (begins + (ends - begins).mul_f64(share(&mut dice)), room)
    };
    let mut wishes: Vec<_> = (0..MESSAGES).map(|_| wish((number / LOCAL) as u64)).collect();
    let mut rooms = vec![(number / LOCAL) as u64, ANNOUNCED];
    if is_delegate(number) {
        wishes.push(wish(branch_of(number)));
        rooms.push(branch_of(number));
    }
    // The office: the first few members announce.
    if number < ANNOUNCEMENTS {
        wishes.push(wish(ANNOUNCED));
    }
    wishes.sort();
    let reading = |room| Reading { room, after: Position::START, count: 0 };
    let readings = rooms.into_iter().map(reading).collect();
    Member { number, readings, sessions, wishes }
}

fn share(dice: &mut ChaCha20Rng) -> f64 {
    (dice.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

fn hour_of(dice: &mut ChaCha20Rng) -> u32 {
    let all: u64 = HOURS.iter().map(|weight| u64::from(*weight)).sum();
    let mut left = dice.next_u64() % all;
    for (hour, weight) in (0..24).zip(HOURS) {
        if left < u64::from(weight) {
            return hour;
        }
        left -= u64::from(weight);
    }
    23
}

/// All sessions of a member. How late the last one ended.
async fn live(day: Arc<Day>, mut member: Member) -> (Member, Duration) {
    let mut late = Duration::ZERO;
    let mut free = Duration::ZERO;
    for (begins, ends) in member.sessions.clone() {
        sleep_until((day.base + begins.max(free)).into()).await;
        let (now, rest): (Vec<_>, Vec<_>) =
            member.wishes.drain(..).partition(|(when, _)| *when <= ends);
        member.wishes = rest;
        session(&day, &mut member, ends, now).await;
        free = day.base.elapsed();
        late = free.saturating_sub(ends);
    }
    (member, late)
}

struct Opened {
    peer: RawPeer,
    control: RawStream,
}

impl Opened {
    async fn over(day: &Day, number: usize) -> Self {
        loop {
            let endpoint = day.endpoints[number % day.endpoints.len()].clone();
            if let Ok(peer) = RawPeer::try_connect_over(endpoint, day.to, bare::client()).await
                && let Some(control) = peer.try_greet().await
            {
                return Self { peer, control };
            }
            day.again.fetch_add(1, Ordering::Relaxed);
        }
    }

    async fn prove(&mut self, relay: RelayId, role: Role, mailbox: &Mailbox) -> CapabilityId {
        let (address, binding) = (mailbox.address(), self.peer.binding(relay));
        let proof = match role {
            Role::Fetch => mailbox.fetch.prove(&address, &binding),
            Role::Deposit => mailbox.deposit.prove(&address, &binding),
        };
        let (descriptor, proof) = (mailbox.descriptor.encode(), *proof.as_bytes());
        self.control.send(&Request::Prove { role, descriptor, proof }).await;
        match self.control.answer().await {
            Some(Response::Granted { capability }) => capability,
            other => panic!("not granted: {other:?}"),
        }
    }
}

async fn session(day: &Day, member: &mut Member, ends: Duration, wishes: Vec<(Duration, u64)>) {
    let mut opened = Opened::over(day, member.number).await;
    day.sessions.fetch_add(1, Ordering::Relaxed);
    let online = day.online.fetch_add(1, Ordering::Relaxed) + 1;
    day.most_online.fetch_max(online, Ordering::Relaxed);
    let mut streams = Vec::new();
    for reading in &member.readings {
        let mailbox = Mailbox::channel(reading.room);
        let capability = opened.prove(day.relay, Role::Fetch, &mailbox).await;
        let mut stream = opened.peer.open().await;
        stream.send(&Request::Fetch { capability, after: reading.after, follow: true }).await;
        streams.push(stream);
    }
    let end = day.base + ends;
    let mut reads = member.readings.iter_mut().zip(&mut streams);
    let (local, announced) = (reads.next().unwrap(), reads.next().unwrap());
    let branch = reads.next();
    tokio::join!(
        read_until(day, local, end),
        read_until(day, announced, end),
        async {
            if let Some(branch) = branch {
                read_until(day, branch, end).await;
            }
        },
        write(day, &mut opened, wishes),
    );
    day.online.fetch_sub(1, Ordering::Relaxed);
}

/// Reads until the end, and in any case all that lay there.
async fn read_until(day: &Day, (reading, stream): (&mut Reading, &mut RawStream), end: Instant) {
    let mut caught_up = None;
    loop {
        let answer = if caught_up.is_none() {
            timeout(2 * PATIENCE, stream.answer()).await.expect("all that lies there comes")
        } else if let Ok(answer) = timeout_at(end.into(), stream.answer()).await {
            answer
        } else {
            return;
        };
        match answer {
            Some(Response::Entry { position, envelope }) => {
                reading.after = position;
                reading.count += 1;
                day.deliveries.fetch_add(1, Ordering::Relaxed);
                let written = day.base + Duration::from_nanos(number_of(&envelope));
                if caught_up.is_some_and(|since| since < written) {
                    day.lags.lock().unwrap().push(written.elapsed().as_secs_f64() * 1e6);
                }
            }
            Some(Response::CaughtUp) => caught_up = Some(Instant::now()),
            other => panic!("a fetch ended: {other:?}"),
        }
    }
}

async fn write(day: &Day, opened: &mut Opened, wishes: Vec<(Duration, u64)>) {
    if wishes.is_empty() {
        return;
    }
    let mut stream = opened.peer.open().await;
    for (when, room) in wishes {
        let mailbox = Mailbox::channel(room);
        let capability = opened.prove(day.relay, Role::Deposit, &mailbox).await;
        sleep_until((day.base + when).into()).await;
        let envelope = numbered(day.base.elapsed().as_nanos() as u64);
        let mut frame = BytesMut::new();
        Request::Deposit { capability, life: Life::D7, envelope }.put_frame(&mut frame);
        stream.send_bytes(&frame).await;
        match timeout(2 * PATIENCE, stream.answer()).await.expect("a receipt") {
            Some(Response::Receipt(_)) => {}
            other => panic!("not stored: {other:?}"),
        }
        day.deposits.fetch_add(1, Ordering::Relaxed);
        *day.rooms.lock().unwrap().entry(room).or_default() += 1;
    }
}

/// Everybody once more, some at a time, until they have all.
async fn everybody_comes(day: &Arc<Day>, members: impl Iterator<Item = Member>) -> Vec<Reading> {
    let (mut coming, mut all) = (JoinSet::new(), Vec::new());
    for mut member in members {
        if coming.len() >= 64 {
            all.extend(coming.join_next().await.unwrap().unwrap());
        }
        let day = day.clone();
        coming.spawn(async move {
            session(&day, &mut member, Duration::ZERO, Vec::new()).await;
            member.readings
        });
    }
    all.extend(coming.join_all().await.into_iter().flatten());
    all
}

/// Of what was deposited in their rooms, or more than that.
fn missing(day: &Day, readings: &[Reading]) -> u64 {
    let rooms = day.rooms.lock().unwrap();
    assert!(readings.len() >= 2 * day.members, "everybody came");
    let off =
        |reading: &Reading| rooms.get(&reading.room).copied().unwrap_or(0).abs_diff(reading.count);
    readings.iter().map(off).sum()
}
