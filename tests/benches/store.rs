//! The store beside the bare disk, in one run: `cargo bench -p offshift-tests --bench store`.
//!
//! Envelopes of 1 KiB, every one durable before its depositor goes on. Ratios count, not absolute figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use offshift_relay::store::clock::{Clock, SystemClock};
use offshift_relay::store::embedded::{Custody, EmbeddedStore, Options};
use offshift_relay::store::inspect::Report;
use offshift_relay::store::{Deposit, ReadLimit, Store};
use offshift_wire::{Address, Envelope, Life, Position, UnixMillis};

const RUN: Duration = Duration::from_secs(2);
const CAP: u64 = 16 << 30;
/// What one record takes in a slice.
const RECORD: usize = 96 + 1_024 + 16;

fn address(number: u64) -> Address {
    let mut bytes = [3; 32];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    Address::from_bytes(bytes)
}

fn deposit(mailbox: u64) -> Deposit {
    sized(mailbox, 1_024)
}

fn sized(mailbox: u64, bytes: usize) -> Deposit {
    let envelope = Envelope::try_from(vec![5; bytes]).unwrap();
    Deposit { address: address(mailbox), life: Life::D7, envelope }
}

/// Appends and flushes pieces of this size; returns pieces per second.
fn bare_disk(directory: &Path, bytes: usize) -> f64 {
    let file = File::create(directory.join("bare")).unwrap();
    let piece = vec![7; bytes];
    let (started, mut count) = (Instant::now(), 0u64);
    while started.elapsed() < RUN / 2 {
        file.write_all_at(&piece, count * bytes as u64).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    count as f64 / started.elapsed().as_secs_f64()
}

/// Deposits per second, and how many shared a commit.
async fn deposits(store: &Arc<EmbeddedStore>, depositors: u64) -> (f64, f64) {
    let commits = store.statistics().commits;
    let started = Instant::now();
    let tasks: Vec<_> = (0..depositors)
        .map(|mailbox| {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                let mut count = 0u64;
                while started.elapsed() < RUN {
                    store.append(vec![deposit(mailbox)]).await.unwrap();
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await.unwrap();
    }
    let rate = count as f64 / started.elapsed().as_secs_f64();
    (rate, count as f64 / (store.statistics().commits - commits) as f64)
}

/// Spendings of one token per second, each durable before its spender goes on.
async fn spendings(store: &Arc<EmbeddedStore>, spenders: u64) -> f64 {
    let started = Instant::now();
    let tasks: Vec<_> = (0..spenders)
        .map(|spender| {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                let mut count = 0u64;
                while started.elapsed() < RUN {
                    let id = [spender + (spenders << 32), count].map(u64::to_le_bytes).concat();
                    assert!(store.spend(1, vec![id.try_into().unwrap()]).await.unwrap());
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await.unwrap();
    }
    count as f64 / started.elapsed().as_secs_f64()
}

/// Looks per second at the bytes of mailboxes: of one that is known, and of one after the other.
fn sums(store: &EmbeddedStore, mailboxes: u64) -> (f64, f64) {
    let rate = |mailbox: &dyn Fn(u64) -> u64| {
        let (started, mut count) = (Instant::now(), 0u64);
        while started.elapsed() < RUN / 4 {
            assert!(store.mailbox_bytes(&address(mailbox(count))) >= 1_024);
            count += 1;
        }
        count as f64 / started.elapsed().as_secs_f64()
    };
    (rate(&|_| 0), rate(&|count| count % mailboxes))
}

/// Four weeks of tokens, and tickets of a thousand seats, each written ten times: what the registry sees in a month.
async fn a_month(store: &Arc<EmbeddedStore>) {
    for week in 10..14u32 {
        for batch in 0..2_000u64 {
            let id = |n: u64| [u64::from(week), batch * 32 + n].map(u64::to_le_bytes).concat();
            let ids = (0..32).map(|n| id(n).try_into().unwrap()).collect();
            assert!(store.spend(week, ids).await.unwrap());
        }
        store.forget_period(week).await.unwrap();
    }
    for round in 0..10u8 {
        let writes: Vec<_> = (0..1_000)
            .map(|seat| {
                let store = Arc::clone(store);
                let write = async move {
                    store.put_metadata(&format!("seat/{seat:016x}"), vec![round; 40]).await
                };
                tokio::spawn(write)
            })
            .collect();
        for write in writes {
            write.await.unwrap().unwrap();
        }
    }
    store.forget_period(100).await.unwrap();
}

/// The machine's clocks, a month and a half later.
struct Later;

impl Clock for Later {
    fn wall(&self) -> UnixMillis {
        SystemClock.wall().plus_ms(45 * 86_400_000)
    }

    fn steady(&self) -> Duration {
        SystemClock.steady()
    }
}

/// Opens a store when all in it has expired: that destroys it.
async fn expiring(data: &Path) {
    let held = Report::of(data).unwrap();
    let started = Instant::now();
    let options = Options { clock: Arc::new(Later), ..Options::new(data, CAP) };
    let store = EmbeddedStore::open(options).unwrap();
    store.expire().await.unwrap();
    let took = started.elapsed().as_secs_f64();
    store.close().await.unwrap();
    let left = Report::of(data).unwrap();
    println!(
        "disk after expiry: {} KiB ({} KiB of registry), of {} MiB with {} envelopes; destroyed in {took:.2} s",
        left.bytes >> 10,
        left.registry_bytes >> 10,
        held.bytes >> 20,
        held.envelopes
    );
}

/// A clock that a bench turns.
#[derive(Default)]
struct Turned(AtomicU64);

impl Clock for Turned {
    fn wall(&self) -> UnixMillis {
        UnixMillis(1_800_000_000_000 + self.0.load(Ordering::SeqCst))
    }

    fn steady(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// With keys in memory the floor of positions is written every second: what that makes of the registry.
async fn floors(data: &Path) {
    let clock = Arc::new(Turned::default());
    let custody = Custody::Memory;
    let options = Options { clock: clock.clone(), custody, ..Options::new(data, CAP) };
    let store = EmbeddedStore::open(options).unwrap();
    let seconds = 10_800u32;
    for second in 1..=seconds {
        clock.0.fetch_add(1_001, Ordering::SeqCst);
        store.append(vec![deposit(1)]).await.unwrap();
        if second == 1_000 || second.is_multiple_of(seconds / 4) {
            let kib = Report::of(data).unwrap().registry_bytes >> 10;
            println!("registry after {second} seconds with deposits, keys in memory: {kib} KiB");
        }
    }
}

/// A batch that one connection's stream might hand over at once.
async fn fill(store: &EmbeddedStore, mailboxes: std::ops::Range<u64>) -> f64 {
    let started = Instant::now();
    let count = mailboxes.end - mailboxes.start;
    for start in mailboxes.step_by(256) {
        store.append((start..start + 256).map(deposit).collect()).await.unwrap();
    }
    count as f64 / started.elapsed().as_secs_f64()
}

async fn reads(store: &EmbeddedStore, mailboxes: u64) -> f64 {
    let limit = ReadLimit { entries: 64, bytes: 1 << 20 };
    let (started, mut count) = (Instant::now(), 0u64);
    while started.elapsed() < RUN {
        let address = address(count.wrapping_mul(7_919) % mailboxes);
        assert!(!store.read(address, Position::START, limit).await.unwrap().is_empty());
        count += 1;
    }
    count as f64 / started.elapsed().as_secs_f64()
}

async fn empty_reads(store: &EmbeddedStore) -> f64 {
    let limit = ReadLimit { entries: 64, bytes: 1 << 20 };
    let (started, mut count) = (Instant::now(), 0u64);
    while started.elapsed() < RUN / 2 {
        assert!(store.read(address(1 << 60), Position::START, limit).await.unwrap().is_empty());
        count += 1;
    }
    count as f64 / started.elapsed().as_secs_f64()
}

/// Seconds to read all slices once, as plain files.
fn read_once(directory: &Path) -> f64 {
    let started = Instant::now();
    let mut buffer = vec![0; 1 << 20];
    for entry in std::fs::read_dir(directory.join("slices")).unwrap() {
        let mut file = File::open(entry.unwrap().path()).unwrap();
        while std::io::Read::read(&mut file, &mut buffer).unwrap() > 0 {}
    }
    started.elapsed().as_secs_f64()
}

async fn run() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let data = folder.path().join("data");
    let store = Arc::new(EmbeddedStore::open(Options::new(&data, CAP)).unwrap());
    println!("| depositors | deposits/s | per commit | bare disk, as many per flush/s | ratio |");
    println!("|---|---|---|---|---|");
    for depositors in [1, 16, 256] {
        let (rate, shared) = deposits(&store, depositors).await;
        let together = shared.round().max(1.0);
        let bare = bare_disk(folder.path(), RECORD * together as usize) * together;
        println!("| {depositors} | {rate:.0} | {shared:.1} | {bare:.0} | {:.2} |", rate / bare);
    }
    println!("| spenders | spendings/s |");
    println!("|---|---|");
    for spenders in [1, 16, 256] {
        println!("| {spenders} | {:.0} |", spendings(&store, spenders).await);
    }
    let mailboxes = 1 << 20;
    let first = fill(&store, 0..1 << 12).await;
    fill(&store, 1 << 12..mailboxes - (1 << 12)).await;
    let last = fill(&store, mailboxes - (1 << 12)..mailboxes).await;
    println!(
        "batches of 256 into new mailboxes: {first:.0}/s at first, {last:.0}/s at {mailboxes}"
    );
    println!(
        "reads of one mailbox: {:.0}/s; of an empty one: {:.0}/s",
        reads(&store, mailboxes).await,
        empty_reads(&store).await
    );
    let (known, unknown) = sums(&store, mailboxes);
    println!("bytes of a mailbox: {known:.0}/s when known, {unknown:.0}/s when not");
    a_month(&store).await;
    let statistics = store.statistics();
    let per_envelope = statistics.index_bytes as f64 / statistics.envelopes as f64;
    println!("{} envelopes, {per_envelope:.0} bytes of index each", statistics.envelopes);
    store.close().await.unwrap();
    drop(store);
    opening("1 KiB", &data).await;
    expiring(&data).await;
    floors(&folder.path().join("floors")).await;
    let data = folder.path().join("long");
    let store = EmbeddedStore::open(Options::new(&data, CAP)).unwrap();
    for start in (0..4_096).step_by(16) {
        store
            .append((start..start + 16).map(|mailbox| sized(mailbox, 1 << 18)).collect())
            .await
            .unwrap();
    }
    store.close().await.unwrap();
    drop(store);
    opening("256 KiB", &data).await;
    expiring(&data).await;
}

/// Opens a closed store and delivers one envelope, beside reading its files.
async fn opening(of: &str, data: &Path) {
    let bare = read_once(data);
    let started = Instant::now();
    let store = EmbeddedStore::open(Options::new(data, CAP)).unwrap();
    let opening = started.elapsed().as_secs_f64();
    let limit = ReadLimit { entries: 1, bytes: 1 << 20 };
    assert!(!store.read(address(7), Position::START, limit).await.unwrap().is_empty());
    let delivered = started.elapsed().as_secs_f64();
    let megabytes = store.statistics().stored_bytes >> 20;
    println!(
        "opening {megabytes} MiB of {of}: {opening:.2} s, first delivery after {delivered:.2} s; reading the files once: {bare:.2} s; ratio {:.1}",
        delivered / bare
    );
    store.close().await.unwrap();
}

fn main() {
    tokio::runtime::Runtime::new().unwrap().block_on(run());
}
