//! The store without QUIC, beside the bare disk: deposits and the rest, opening it again, and the end of everything.
//!
//! Envelopes of 1 KiB, every one durable before its depositor goes on.

use std::{
    fs::File,
    io::Read,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use offshift_relay::store::{
    Deposit, ReadLimit, Store,
    clock::Clock,
    embedded::{Custody, EmbeddedStore, Options},
    inspect::Report,
};
use offshift_wire::{Address, Envelope, Life, Position, UnixMillis};
use tokio::task::JoinSet;

use crate::{
    Bench, bare,
    load::Counter,
    report::{Bound, Row, Section},
};

const STORED_MAX: u64 = 64 << 30;
/// What one record of 1 KiB takes in a slice.
const RECORD: usize = 96 + 1_024 + 16;
const BATCH: u64 = 256;
const PAGE: ReadLimit = ReadLimit { entries: 64, bytes: 1 << 20 };

pub(crate) fn address(number: u64) -> Address {
    let mut bytes = [3; 32];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    Address::from_bytes(bytes)
}

pub(crate) fn deposit(mailbox: u64, bytes: usize) -> Deposit {
    let envelope = Envelope::try_from(vec![5; bytes]).unwrap();
    Deposit { address: address(mailbox), life: Life::D7, envelope }
}

/// A batch, as one connection's stream might hand it over.
fn batch(mailboxes: std::ops::Range<u64>, bytes: usize) -> Vec<Deposit> {
    let one = deposit(0, bytes);
    mailboxes.map(|number| Deposit { address: address(number), ..one.clone() }).collect()
}

/// One envelope into each of these mailboxes; how many a second.
pub(crate) async fn fill(store: &EmbeddedStore, mailboxes: std::ops::Range<u64>) -> f64 {
    let (began, count) = (Instant::now(), mailboxes.end - mailboxes.start);
    let end = mailboxes.end;
    for start in mailboxes.step_by(BATCH as usize) {
        store.append(batch(start..end.min(start + BATCH), 1_024)).await.unwrap();
    }
    count as f64 / began.elapsed().as_secs_f64()
}

/// A second, third ... is done by each of so many; how many a second.
async fn by_many<F: Future<Output = ()> + Send>(
    many: u64,
    time: Duration,
    act: impl Fn(u64, u64) -> F + Clone + Send + 'static,
) -> f64 {
    let (counter, mut tasks) = (Counter::new(), JoinSet::new());
    for who in 0..many {
        let (counter, act) = (counter.clone(), act.clone());
        tasks.spawn(async move {
            let mut round = 0;
            while !counter.is_over() {
                act(who, round).await;
                round += 1;
                counter.add(1);
            }
        });
    }
    let rate = counter.per_second(time).await;
    tasks.join_all().await;
    rate
}

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    bench.runtime.block_on(measure(bench, section));
}

async fn measure(bench: &Bench, section: &mut Section) {
    let (folder, time) = (bench.folder("store"), bench.time(1.5));
    let data = folder.join("data");
    let store = Arc::new(EmbeddedStore::open(Options::new(&data, STORED_MAX)).unwrap());
    for depositors in [1, 16, 256] {
        let (before, ours) = (store.statistics(), store.clone());
        let rate = by_many(depositors, time, move |who, _| {
            let ours = ours.clone();
            async move { drop(ours.append(vec![deposit(who, 1_024)]).await.unwrap()) }
        })
        .await;
        let after = store.statistics();
        let shared =
            (after.envelopes - before.envelopes) as f64 / (after.commits - before.commits) as f64;
        let together = shared.round().max(1.0);
        let bare = bare::disk(&folder, RECORD * together as usize, time / 2) * together;
        let beside = format!("bare disk, {together} a flush");
        section
            .add(Row::new(format!("deposits by {depositors}"), rate, "/s").beside(&beside, bare));
    }
    for spenders in [1, 256] {
        let ours = store.clone();
        let rate = by_many(spenders, time, move |who, round| {
            let ours = ours.clone();
            async move {
                let id = [who + (spenders << 32), round].map(u64::to_le_bytes).concat();
                assert!(ours.spend(1, vec![id.try_into().unwrap()]).await.unwrap());
            }
        })
        .await;
        section.add(Row::new(format!("tokens spent by {spenders}"), rate, "/s"));
    }
    let mailboxes = bench.pick(1 << 20, 1 << 12);
    let first = fill(&store, 0..mailboxes / 256).await;
    fill(&store, mailboxes / 256..mailboxes - mailboxes / 256).await;
    let last = fill(&store, mailboxes - mailboxes / 256..mailboxes).await;
    let name = format!("batches of {BATCH} into new mailboxes, behind {mailboxes}");
    section.add(Row::new(name, last, "/s").beside("the first", first));
    reads(&store, section, mailboxes, time).await;
    let statistics = store.statistics();
    let each = statistics.index_bytes as f64 / statistics.envelopes as f64;
    section.add(Row::new("index in memory for each envelope", each, "bytes"));
    store.close().await.unwrap();
    floors(&folder.join("floors"), section, bench.pick(10_800, 100)).await;
}

async fn reads(store: &Arc<EmbeddedStore>, section: &mut Section, mailboxes: u64, time: Duration) {
    for (name, known) in [("of one entry", true), ("of a mailbox that is empty", false)] {
        let ours = store.clone();
        let rate = by_many(1, time, move |_, round| {
            let ours = ours.clone();
            async move {
                let number = if known { round.wrapping_mul(7_919) % mailboxes } else { 1 << 60 };
                let read = ours.read(address(number), Position::START, PAGE).await.unwrap();
                assert_eq!(read.is_empty(), !known);
            }
        })
        .await;
        section.add(Row::new(format!("reads {name}"), rate, "/s"));
    }
    let per_second = |mailbox: &dyn Fn(u64) -> u64| {
        let (began, mut count) = (Instant::now(), 0_u64);
        while began.elapsed() < time / 4 {
            assert!(store.mailbox_bytes(&address(mailbox(count))) >= 1_024);
            count += 1;
        }
        count as f64 / began.elapsed().as_secs_f64()
    };
    let known = per_second(&|_| 0);
    let row =
        Row::new("bytes of a mailbox, one after the other", per_second(&|at| at % mailboxes), "/s");
    section.add(row.beside("of one that is known", known));
}

/// A clock that a bench turns.
#[derive(Default)]
struct Turned(AtomicU64);

impl Turned {
    fn turn(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for Turned {
    fn wall(&self) -> UnixMillis {
        UnixMillis(1_800_000_000_000 + self.0.load(Ordering::SeqCst))
    }

    fn steady(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// With keys in memory the floor of positions is written every second: what that makes of the registry.
async fn floors(data: &Path, section: &mut Section, seconds: u32) {
    let clock = Arc::new(Turned::default());
    let custody = Custody::Memory;
    let options = Options { clock: clock.clone(), custody, ..Options::new(data, STORED_MAX) };
    let store = EmbeddedStore::open(options).unwrap();
    for second in 1..=seconds {
        clock.turn(1_001);
        store.append(vec![deposit(1, 1_024)]).await.unwrap();
        if second == seconds / 4 || second == seconds {
            let kib = (Report::of(data).unwrap().registry_bytes >> 10) as f64;
            let name = format!("registry after {second} s of deposits, keys in memory");
            section.add(Row::new(name, kib, "KiB"));
        }
    }
    store.close().await.unwrap();
}

/// Four weeks of tokens, and tickets of a thousand seats, each written ten times: what the registry sees in a month.
async fn a_month(store: &Arc<EmbeddedStore>, batches: u64) {
    for week in 10..14_u32 {
        for batch in 0..batches {
            let id = |n: u64| [u64::from(week), batch * 32 + n].map(u64::to_le_bytes).concat();
            let ids = (0..32).map(|n| id(n).try_into().unwrap()).collect();
            assert!(store.spend(week, ids).await.unwrap());
        }
        store.forget_period(week).await.unwrap();
    }
    for round in 0..10_u8 {
        let mut writes = JoinSet::new();
        for seat in 0..batches / 2 {
            let store = Arc::clone(store);
            writes.spawn(async move {
                store.put_metadata(&format!("seat/{seat:016x}"), vec![round; 40]).await.unwrap();
            });
        }
        writes.join_all().await;
    }
    store.forget_period(100).await.unwrap();
}

pub(crate) fn expiry(bench: &Bench, section: &mut Section) {
    section.say(
        "a relay's month: the envelopes, 256,000 spent tokens and 1,000 seats; then 45 days pass",
    );
    bench.runtime.block_on(async {
        let (data, clock) = (bench.folder("expiry").join("data"), Arc::new(Turned::default()));
        let options = Options { clock: clock.clone(), ..Options::new(&data, STORED_MAX) };
        let store = Arc::new(EmbeddedStore::open(options).unwrap());
        fill(&store, 0..bench.pick(1_000_000, 4_096)).await;
        a_month(&store, bench.pick(2_000, 20)).await;
        let held = store.statistics().stored_bytes;
        clock.turn(45 * 86_400_000);
        let began = Instant::now();
        store.expire().await.unwrap();
        let took = began.elapsed().as_secs_f64();
        store.close().await.unwrap();
        let left = Report::of(&data).unwrap().bytes as f64 / f64::from(1 << 20);
        let held = held as f64 / f64::from(1 << 20);
        section.add(Row::new(format!("destroying {held:.0} MiB"), took, "s"));
        let row = Row::new("disk after everything expired", left, "MiB");
        section.add(row.goal(Bound::ValueAtMost, 5.0));
    });
}

pub(crate) fn restart(bench: &Bench, section: &mut Section) {
    section.say("in the page cache on both sides; until the first envelope is in a reader's hands");
    let sizes = [(100_000, 1_024, false), (1_000_000, 1_024, true), (4_000_000, 1_024, false)];
    let long = [(4_096, 256 << 10, false)];
    let quick = [(4_096, 1_024, false)];
    for (count, bytes, is_goal) in
        bench.pick(sizes.iter().chain(&long), quick.iter().chain(&quick[1..])).copied()
    {
        let data = bench.folder("restart").join(format!("{count}-{bytes}"));
        let row = bench.runtime.block_on(opening(&data, count, bytes));
        section.add(if is_goal { row.goal(Bound::RatioAtMost, 2.0) } else { row });
        std::fs::remove_dir_all(data).unwrap();
    }
}

/// Opens a closed store and delivers one envelope, beside reading its files.
async fn opening(data: &Path, count: u64, bytes: usize) -> Row {
    let store = EmbeddedStore::open(Options::new(data, STORED_MAX)).unwrap();
    let step = BATCH.min((4 << 20) / bytes as u64);
    for start in (0..count).step_by(step as usize) {
        store.append(batch(start..count.min(start + step), bytes)).await.unwrap();
    }
    store.close().await.unwrap();
    drop(store);
    read_once(data);
    let bare = read_once(data);
    let began = Instant::now();
    let store = EmbeddedStore::open(Options::new(data, STORED_MAX)).unwrap();
    let read = store.read(address(7), Position::START, ReadLimit { entries: 1, ..PAGE }).await;
    assert!(!read.unwrap().is_empty());
    let delivered = began.elapsed().as_secs_f64();
    let gb = store.statistics().stored_bytes as f64 / 1e9;
    store.close().await.unwrap();
    let name = format!("start with {gb:.1} GB of {} KiB each", bytes >> 10);
    let row = Row::new(name, delivered, "s").beside("reading the files once", bare);
    if bytes == 1_024 { row.at("restart", gb) } else { row }
}

/// Seconds to read all slices once, as plain files.
fn read_once(folder: &Path) -> f64 {
    let (began, mut buffer) = (Instant::now(), vec![0; 1 << 20]);
    for entry in std::fs::read_dir(folder.join("slices")).unwrap() {
        let mut file = File::open(entry.unwrap().path()).unwrap();
        while file.read(&mut buffer).unwrap() > 0 {}
    }
    began.elapsed().as_secs_f64()
}
