//! An hour of mixed load at half of what the relay can do: whether memory and latency stay as they are.
//!
//! ```text
//! rooms    20 of 100 followers; each has a writer:  1 KiB, one in ten 4 KiB, one in a hundred 64 KiB
//! guests   come one behind the other, prove themselves, read what an inbox holds, leave one deposit there, and go
//!
//! closed loop, one minute, one under way in each room -> capacity
//! open loop at half of it, an hour                    -> latency and memory of each ten minutes
//! ```
//! The time of an envelope is that of the follower who came last to its room. At the end all followers of a room must have
//! taken the same bytes. Envelopes live for an hour, so none expires meanwhile: the index grows by what is stored, and the
//! row says by how much.

use std::{
    io::{IsTerminal, stderr},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::BytesMut;
use offshift_link::{Link, Options};
use offshift_tests::{
    flood::memory_of,
    raw::RawStream,
    relay::{BinaryRelay, Mailbox, connect, number_of, numbered, numbered_of},
};
use offshift_wire::{Position, SizeClass, relay::Response};
use tokio::{
    sync::mpsc,
    task::{JoinHandle, JoinSet},
};

use crate::{
    Bench,
    brokers::depositing,
    delivery::{count_bytes, follow, gather},
    load::{Arrivals, Offer, Sorted},
    process::{self, cpu_of},
    report::{Row, Section},
};

const ROOMS: usize = 20;
const FOLLOWERS: usize = 100;
/// Under way in each room while the capacity is looked for. With more than one the relay gives each follower several at once,
/// which people who write each at their own time don't let it do: half of that rate would be nearly all it can.
const WINDOW: usize = 1;
const MINUTES: u32 = 60;
/// Minutes that are counted together.
const PART: u32 = 10;
/// What the index takes for an envelope at most (OS-STO-070).
const INDEX_BYTES: f64 = 32.0;
/// Inboxes of guests; an inbox gets one more at each visit.
const INBOXES: u64 = 1_000;
const INBOX: u64 = 1 << 20;
const BETWEEN_GUESTS: Duration = Duration::from_millis(100);

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    let (rooms, followers) = bench.pick((ROOMS, FOLLOWERS), (2, 3));
    section.say(format!(
        "{rooms} rooms of {followers} followers, envelopes of 1, 4 and 64 KiB, and guests who come one behind the other; \
         the relay is a process of its own"
    ));
    bench.runtime.block_on(lived(bench, section, rooms, followers));
}

/// What followers of a room have taken, in bytes.
type Taken = Vec<Vec<Arc<AtomicU64>>>;

async fn lived(bench: &Bench, section: &mut Section, rooms: usize, followers: usize) {
    let relay = process::relay(&bench.folder("hour"));
    let arrivals = Arrivals::at(rooms);
    let (taken, mut reading) = follow_all(&relay, rooms, followers, &arrivals).await;
    let mut offers: Vec<Offer> = Vec::new();
    for room in 0..rooms {
        offers.push(writer(&relay, room as u64).await);
    }
    let offers = Arc::new(offers);
    let guests = Guests::begin(&relay);
    let (rate, _) = arrivals.capacity(&offers, WINDOW, bench.time(60.0), || {}).await;
    let each = followers as f64;
    section.add(Row::new("capacity with guests, deposits", rate, "/s"));
    section.add(Row::new("capacity with guests, deliveries", rate * each, "/s"));

    let (visits, began) = (guests.visits(), memory_of(relay.pid()));
    let mut lost = 0;
    let parts = bench.pick(MINUTES / PART, 2);
    for part in 0..parts {
        let minutes = bench.pick(PART, 1);
        let felt = ten_minutes(bench, &relay, &arrivals, &offers, rate / 2.0, minutes).await;
        lost += felt.lost;
        felt.tell(section, f64::from((part + 1) * minutes));
    }
    let (all_visits, turned_away) = guests.end().await;
    let visits = all_visits - visits;
    let stored = mebi(INDEX_BYTES * (arrivals.count() + visits) as f64);
    section.add(
        Row::new(
            "the relay's memory has grown by",
            mebi(memory_of(relay.pid()) as f64 - began as f64),
            "MiB",
        )
        .beside("index of what is stored, at most", stored),
    );
    section.add(Row::new("guests who came and went", visits as f64, ""));
    section.add(Row::new("guests who found no way in", turned_away as f64, ""));
    section.add(Row::new("deposits that did not come to their last follower", lost as f64, ""));
    section.add(Row::new("followers who miss something", uneven(&taken).await as f64, ""));
    assert!(reading.try_join_next().is_none(), "a follower was turned away");
}

fn mebi(bytes: f64) -> f64 {
    bytes / f64::from(1 << 20)
}

/// What ten minutes were like.
struct Part {
    micros: Sorted,
    lost: u64,
    memory: u64,
    /// Of one core.
    cpu: f64,
}

async fn ten_minutes(
    bench: &Bench,
    relay: &BinaryRelay,
    arrivals: &Arc<Arrivals>,
    offers: &Arc<Vec<Offer>>,
    rate: f64,
    minutes: u32,
) -> Part {
    let (mut all, mut lost, mut spent) = (Vec::new(), 0, 0.0);
    let cpu = cpu_of(relay.pid());
    for _ in 0..minutes {
        let minute = bench.time(60.0);
        let felt = arrivals.open_loop(offers, rate, minute).await;
        if stderr().is_terminal() {
            eprint!("\r  p99 of the last minute: {:.0} us   \r", felt.micros.at(0.99));
        }
        all.extend(felt.micros.into_values());
        lost += felt.lost;
        spent += minute.as_secs_f64();
    }
    let cpu = cpu_of(relay.pid()).saturating_sub(cpu).as_secs_f64() / spent;
    Part { micros: Sorted::of(all), lost, memory: memory_of(relay.pid()), cpu }
}

impl Part {
    fn tell(&self, section: &mut Section, minute: f64) {
        for (name, share) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)] {
            let value = self.micros.at(share);
            section.add(
                Row::new(format!("to minute {minute}: due to delivered, {name}"), value, "us")
                    .at(name, minute),
            );
        }
        let memory = mebi(self.memory as f64);
        section.add(
            Row::new(format!("to minute {minute}: the relay's memory"), memory, "MiB")
                .at("memory", minute),
        );
        section.add(Row::new(
            format!("to minute {minute}: the relay's CPU, of one core"),
            self.cpu * 100.0,
            "%",
        ));
    }
}

/// All followers of all rooms; the last of each tells of what arrives.
async fn follow_all(
    relay: &BinaryRelay,
    rooms: usize,
    followers: usize,
    arrivals: &Arc<Arrivals>,
) -> (Taken, JoinSet<()>) {
    let (to, id) = (relay.address(), *relay.link().relay());
    let (mut taken, mut reading) = (Taken::new(), JoinSet::new());
    for room in 0..rooms {
        let came = gather(followers, |endpoint, _| async move {
            let mailbox = Mailbox::channel(room as u64);
            let (peer, control, mut fetch) =
                follow(endpoint, to, id, &mailbox, Position::START).await;
            assert_eq!(fetch.answer().await, Some(Response::CaughtUp));
            (peer, control, fetch)
        })
        .await;
        let counters: Vec<Arc<AtomicU64>> = came.iter().map(|_| Arc::default()).collect();
        for (at, (peer, control, mut fetch)) in came.into_iter().enumerate() {
            let (taken, tells) = (counters[at].clone(), at + 1 == followers);
            let arrivals = arrivals.clone();
            reading.spawn(async move {
                if tells {
                    tell(fetch, &taken, &arrivals, room).await;
                } else {
                    count_bytes(&mut fetch.receive, &taken).await;
                }
                drop((peer, control));
            });
        }
        taken.push(counters);
    }
    (taken, reading)
}

async fn tell(mut fetch: RawStream, taken: &AtomicU64, arrivals: &Arrivals, room: usize) {
    let mut frame = BytesMut::new();
    while let Some(Response::Entry { position, envelope }) = fetch.answer().await {
        let number = number_of(&envelope);
        Response::Entry { position, envelope }.put_frame(&mut frame);
        taken.fetch_add(frame.len() as u64, Ordering::Relaxed);
        frame.clear();
        arrivals.arrived(room, number);
    }
}

/// How many have not what the last of their room has, within the drain's half minute.
async fn uneven(taken: &Taken) -> usize {
    let uneven = || -> usize {
        let of = |room: &Vec<Arc<AtomicU64>>| {
            let bytes: Vec<u64> = room.iter().map(|one| one.load(Ordering::Relaxed)).collect();
            bytes.iter().filter(|one| Some(*one) != bytes.last()).count()
        };
        taken.iter().map(of).sum()
    };
    for _ in 0..300 {
        if uneven() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    uneven()
}

/// Deposits into a room whatever it is offered.
async fn writer(relay: &BinaryRelay, room: u64) -> Offer {
    let link = connect(relay.link()).await;
    let capability = Mailbox::channel(room).prove_deposit(&link).await.unwrap();
    let (offer, offered) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut count = 0;
        let envelope = |number| {
            count += 1;
            numbered_of(class(count), number)
        };
        depositing(&link.deposits(), capability, offered, envelope).await;
        drop(link);
    });
    Box::new(move |number| offer.send(number).unwrap())
}

/// One in a hundred is long, one in ten is longer than most.
const fn class(count: u64) -> SizeClass {
    match (count % 100, count % 10) {
        (0, _) => SizeClass::K64,
        (_, 5) => SizeClass::K4,
        _ => SizeClass::K1,
    }
}

/// Members whom nobody waits for: a handshake, two proofs, a fetch and a deposit each.
struct Guests {
    visits: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
    coming: JoinHandle<u64>,
}

impl Guests {
    fn begin(relay: &BinaryRelay) -> Self {
        let (visits, over): (Arc<AtomicU64>, Arc<AtomicBool>) = Default::default();
        let link = relay.link().clone();
        let (counted, ends) = (visits.clone(), over.clone());
        let coming = tokio::spawn(async move {
            let mut turned_away = 0;
            while !ends.load(Ordering::Relaxed) {
                // A few in a second: a large union's people.
                tokio::time::sleep(BETWEEN_GUESTS).await;
                let Ok(link) = Link::connect(&link, Options::default()).await else {
                    turned_away += 1;
                    continue;
                };
                let number = counted.load(Ordering::Relaxed);
                let inbox = Mailbox::inbox(INBOX + number % INBOXES);
                let held = inbox.read_all(&link).await.len() as u64;
                assert_eq!(held, number / INBOXES, "what guests left before lies there");
                inbox.deposit(&link, numbered(number)).await.unwrap();
                counted.fetch_add(1, Ordering::Relaxed);
            }
            turned_away
        });
        Self { visits, over, coming }
    }

    fn visits(&self) -> u64 {
        self.visits.load(Ordering::Relaxed)
    }

    /// How many came and went, and how many could not come.
    async fn end(self) -> (u64, u64) {
        self.over.store(true, Ordering::Relaxed);
        let turned_away = self.coming.await.expect("guests find what they left");
        (self.visits.load(Ordering::Relaxed), turned_away)
    }
}
