//! The power goes at any moment: what was acknowledged is there, in order, once; failed flushes never lie.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use offshift_relay::store::{Store, StoreError};
use offshift_wire::{Envelope, Life, Position};

use crate::engines::{CAP, Embedded, Engine, HOUR_MS, address, deposit, put, read_all};
use crate::faulty_disk::FaultyDisk;

type Acknowledged = BTreeMap<Position, Envelope>;

/// Deposits into its own mailbox until the power goes; returns what was acknowledged.
async fn depositor(
    store: Arc<impl Store>,
    mailbox: u8,
    round: u64,
    stop: Arc<AtomicBool>,
) -> Acknowledged {
    let mut acknowledged = Acknowledged::new();
    for seed in round * 100_000.. {
        let life = Life::ALL[usize::try_from(seed % 7).unwrap()];
        let deposit = deposit(mailbox, life, seed * 100 + u64::from(mailbox));
        let Ok(position) = put(&*store, deposit.clone()).await else { break };
        acknowledged.insert(position, deposit.envelope);
        if stop.load(Ordering::SeqCst) {
            break;
        }
    }
    acknowledged
}

/// Nothing that was acknowledged is missing, changed, doubled or out of order.
async fn holds_all(store: &impl Store, mailbox: u8, acknowledged: &Acknowledged) {
    let read = read_all(store, mailbox).await;
    assert!(read.windows(2).all(|two| two[0].position < two[1].position));
    let read: BTreeMap<_, _> = read.into_iter().map(|e| (e.position, e.envelope)).collect();
    for (position, envelope) in acknowledged {
        assert_eq!(read.get(position), Some(envelope), "an acknowledged envelope was lost");
    }
    let mut distinct: Vec<_> = read.values().map(|envelope| envelope.bytes().clone()).collect();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), read.len(), "exactly once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn da_85_os_sto_001_a_power_cut_loses_nothing_acknowledged() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let mut all: BTreeMap<u8, Acknowledged> = BTreeMap::new();
    for round in 0..12usize {
        let store = Arc::new(engine.open());
        for (mailbox, acknowledged) in &all {
            holds_all(&*store, *mailbox, acknowledged).await;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let depositors: Vec<_> = (0..4u8)
            .map(|mailbox| {
                tokio::spawn(depositor(store.clone(), mailbox, round as u64, stop.clone()))
            })
            .collect();
        let enough = disk.flushes() + 5 + 7 * round as u64;
        while disk.flushes() < enough {
            tokio::task::yield_now().await;
        }
        disk.cut_power();
        stop.store(true, Ordering::SeqCst);
        for (mailbox, depositor) in (0..4u8).zip(depositors) {
            all.entry(mailbox).or_default().append(&mut depositor.await.unwrap());
        }
        drop(store);
        disk.come_back(|writes| round % writes);
        engine.clock().pass_ms(60_000);
    }
    let store = engine.open();
    for (mailbox, acknowledged) in &all {
        assert!(!acknowledged.is_empty());
        holds_all(&store, *mailbox, acknowledged).await;
    }
}

#[tokio::test]
async fn a_power_cut_during_expiry_brings_nothing_back() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let mut highest = Position::START;
    for steps in 0..8 {
        let store = engine.open();
        assert_eq!(read_all(&store, 1).await, [], "what expired stays away");
        let position = put(&store, deposit(1, Life::H1, steps)).await.unwrap();
        assert!(position > highest);
        highest = position;
        engine.clock().pass_ms(2 * HOUR_MS);
        // The disk takes the first steps of the removal only.
        disk.limit(steps * 16);
        let _ = store.expire().await;
        disk.cut_power();
        drop(store);
        disk.lift_limit();
        disk.come_back(|writes| writes - 1);
    }
    let store = engine.open();
    store.expire().await.unwrap();
    assert_eq!(store.statistics().slices, 0);
}

#[tokio::test]
async fn os_sto_001_the_control_a_lost_flush_is_noticed_by_these_tests() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let store = engine.open();
    put(&store, deposit(1, Life::D1, 1)).await.unwrap();
    drop(store);
    let slices = std::fs::read_dir(engine.directory().join("slices")).unwrap();
    let slice = slices.map(|entry| entry.unwrap().path()).next().unwrap();
    std::fs::OpenOptions::new().write(true).open(slice).unwrap().set_len(40).unwrap();
    assert_eq!(read_all(&engine.open(), 1).await, []);
}

#[tokio::test]
async fn os_sto_005_after_a_failed_flush_nothing_is_acknowledged_on_that_file() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let store = engine.open();
    let first = put(&store, deposit(1, Life::D1, 1)).await.unwrap();
    disk.fail_flushes(1);
    assert_eq!(put(&store, deposit(1, Life::D1, 2)).await, Err(StoreError::Disk));
    assert_eq!(read_all(&store, 1).await.len(), 1, "what is not durable is not shown");
    let third = put(&store, deposit(1, Life::D1, 3)).await.unwrap();
    assert!(first < third);
    assert_eq!(store.statistics().slices, 2, "a new file");
    assert_eq!(store.release(address(1), vec![first]).await, Err(StoreError::Disk));
    assert_eq!(store.release(address(1), vec![third]).await, Ok(()));
    drop(store);
    let store = engine.open();
    let left: Vec<_> = read_all(&store, 1).await.iter().map(|entry| entry.position).collect();
    assert_eq!(left, [first]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn os_sto_002_many_deposits_share_a_flush_and_a_lone_one_waits_for_nobody() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let store = Arc::new(engine.open());
    put(&*store, deposit(1, Life::D1, 0)).await.unwrap();
    let before = disk.flushes();
    put(&*store, deposit(1, Life::D1, 1)).await.unwrap();
    assert_eq!(disk.flushes(), before + 1, "one alone: one flush, at once");
    disk.be_slow();
    let deposits: Vec<_> = (0..200)
        .map(|seed| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { put(&*store, deposit(1, Life::D1, seed)).await.unwrap() })
        })
        .collect();
    for deposit in deposits {
        deposit.await.unwrap();
    }
    let shared = disk.flushes() - before - 1;
    assert!(shared <= 50, "200 deposits took {shared} flushes");
}

/// sled's own files lie outside the simulated disk: an image taken at the answer stands in for the cut.
#[tokio::test]
async fn da_85_os_sto_052_an_image_taken_at_the_answer_holds_what_was_answered() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    for round in 0..7u8 {
        store.put_metadata("identity", vec![round; 32]).await.unwrap();
        put(&store, deposit(1, Life::ALL[usize::from(round)], u64::from(round))).await.unwrap();
        let image = engine.copied();
        let copy = image.open();
        assert_eq!(copy.metadata("identity").await, Ok(Some(vec![round; 32])));
        assert_eq!(read_all(&copy, 1).await, read_all(&store, 1).await);
    }
}
