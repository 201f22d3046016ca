//! Spent tokens over restarts, power cuts, damage and full disks: none is taken twice.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use offshift_relay::store::{Store, StoreError};

use crate::engines::{CAP, Embedded, Engine, token};
use crate::faulty_disk::FaultyDisk;

const PERIOD: u32 = 2_972;

fn files(engine: &Embedded) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(engine.directory().join("spent")).unwrap();
    let mut files: Vec<_> = listed.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[tokio::test]
async fn os_sto_080_what_was_spent_stays_spent_over_a_restart() {
    let engine = Embedded::new(CAP);
    for round in 0..4u64 {
        let store = engine.open();
        for earlier in 0..round {
            assert_eq!(store.spend(PERIOD, vec![token(earlier)]).await, Ok(false));
        }
        assert_eq!(store.spend(PERIOD, vec![token(round), token(100 + round)]).await, Ok(true));
        assert_eq!(store.statistics().spent_tokens, 2 * (round + 1));
        if round % 2 == 0 {
            store.close().await.unwrap();
        }
    }
    assert_eq!(files(&engine).len(), 1);
}

/// Spends pairs until the power goes; returns the first of each pair that was acknowledged, and what may have been.
async fn spender(
    store: Arc<impl Store>,
    from: u64,
    stop: Arc<AtomicBool>,
) -> (BTreeSet<u64>, Option<u64>) {
    let mut spent = BTreeSet::new();
    for number in (from..).step_by(2) {
        match store.spend(PERIOD, vec![token(number), token(number + 1)]).await {
            Ok(fresh) => assert!(fresh && spent.insert(number)),
            Err(_) => return (spent, Some(number)),
        }
        if stop.load(Ordering::SeqCst) {
            break;
        }
    }
    (spent, None)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn da_85_os_sto_080_a_power_cut_lets_no_token_be_spent_twice_and_tears_no_spending() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let mut all = BTreeSet::new();
    for round in 0..10usize {
        let store = Arc::new(engine.open());
        let stop = Arc::new(AtomicBool::new(false));
        let from = |spender: u64| round as u64 * 1_000_000 + spender * 100_000;
        let spenders: Vec<_> =
            (0..4).map(|n| tokio::spawn(spender(store.clone(), from(n), stop.clone()))).collect();
        let enough = disk.flushes() + 4 + 5 * round as u64;
        while disk.flushes() < enough {
            tokio::task::yield_now().await;
        }
        disk.cut_power();
        stop.store(true, Ordering::SeqCst);
        let mut unsure = Vec::new();
        for spender in spenders {
            let (mut spent, maybe) = spender.await.unwrap();
            all.append(&mut spent);
            unsure.extend(maybe);
        }
        drop(store);
        disk.come_back(|writes| round % writes);
        let store = engine.open();
        for number in &all {
            assert_eq!(store.spend(PERIOD, vec![token(*number)]).await, Ok(false));
            assert_eq!(store.spend(PERIOD, vec![token(*number + 1)]).await, Ok(false));
        }
        for number in unsure {
            let first = store.spend(PERIOD, vec![token(number)]).await.unwrap();
            let second = store.spend(PERIOD, vec![token(number + 1)]).await.unwrap();
            assert_eq!(first, second, "both tokens of a spending or none");
        }
    }
    assert!(all.len() > 10);
}

#[tokio::test]
async fn os_sto_005_a_failed_flush_acknowledges_no_spending_and_begins_a_new_file() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let store = engine.open();
    assert_eq!(store.spend(PERIOD, vec![token(1)]).await, Ok(true));
    disk.fail_flushes(1);
    assert_eq!(store.spend(PERIOD, vec![token(2)]).await, Err(StoreError::Disk));
    assert_eq!(store.spend(PERIOD, vec![token(1), token(3)]).await, Ok(false), "still known");
    assert_eq!(store.spend(PERIOD, vec![token(2)]).await, Ok(true), "it may be tried again");
    assert_eq!(files(&engine).len(), 2);
    drop(store);
    let store = engine.open();
    for number in [1, 2] {
        assert_eq!(store.spend(PERIOD, vec![token(number)]).await, Ok(false));
    }
    store.forget_period(PERIOD + 1).await.unwrap();
    assert_eq!(files(&engine), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn os_sto_002_spendings_that_wait_together_share_a_flush_and_a_lone_one_waits_for_nobody() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let store = Arc::new(engine.open());
    store.spend(PERIOD, vec![token(0)]).await.unwrap();
    let before = disk.flushes();
    store.spend(PERIOD, vec![token(1)]).await.unwrap();
    assert_eq!(disk.flushes(), before + 1, "one alone: one flush, at once");
    disk.be_slow();
    let spendings: Vec<_> = (2..202)
        .map(|number| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.spend(PERIOD, vec![token(number)]).await.unwrap() })
        })
        .collect();
    for spending in spendings {
        assert!(spending.await.unwrap());
    }
    let shared = disk.flushes() - before - 1;
    assert!(shared <= 50, "200 spendings took {shared} flushes");
}

#[tokio::test]
async fn da_82_os_sto_007_a_full_disk_refuses_spendings_and_forgets_none() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let mut store = engine.open();
    let mut spent = 0;
    for left in [0, 5, 19, 20, 31, 47, 48, 500] {
        disk.limit(left);
        while store.spend(PERIOD, vec![token(spent)]).await == Ok(true) {
            spent += 1;
        }
        disk.lift_limit();
        assert_eq!(
            store.spend(PERIOD, vec![token(spent)]).await,
            Ok(true),
            "it recovers by itself"
        );
        spent += 1;
        drop(store);
        store = engine.open();
        for number in 0..spent {
            assert_eq!(store.spend(PERIOD, vec![token(number)]).await, Ok(false));
        }
        assert_eq!(store.statistics().damaged, 0);
    }
}

#[tokio::test]
async fn da_86_os_sto_082_damage_costs_one_spending_and_is_counted() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    for number in 0..5 {
        store.spend(PERIOD, vec![token(number)]).await.unwrap();
    }
    store.close().await.unwrap();
    drop(store);
    let path = &files(&engine)[0];
    let sound = std::fs::read(path).unwrap();
    assert_eq!(sound.len(), 20 + 5 * 28);
    for at in [20 + 28, 20 + 28 + 5, 20 + 28 + 9, 20 + 28 + 27] {
        let mut bytes = sound.clone();
        bytes[at] ^= 4;
        std::fs::write(path, &bytes).unwrap();
        let copy = engine.copied();
        let store = copy.open();
        assert_eq!((store.statistics().spent_tokens, store.statistics().damaged), (4, 1));
        assert_eq!(store.spend(PERIOD, vec![token(0)]).await, Ok(false));
        assert_eq!(store.spend(PERIOD, vec![token(4)]).await, Ok(false));
    }
    // Another period's file is no record of this one.
    std::fs::write(path, &sound).unwrap();
    std::fs::rename(path, path.with_file_name("00000b9d-0000.spent")).unwrap();
    let store = engine.open();
    assert_eq!(store.statistics().spent_tokens, 0);
    assert!(store.statistics().damaged > 0);
}

#[tokio::test]
async fn os_sto_081_a_period_takes_a_bounded_number_and_few_periods_are_remembered() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    for period in 0..8 {
        assert_eq!(store.spend(period, vec![token(1)]).await, Ok(true));
    }
    assert_eq!(store.spend(8, vec![token(1)]).await, Err(StoreError::Full));
    store.forget_period(1).await.unwrap();
    assert_eq!(store.spend(8, vec![token(1)]).await, Ok(true));
}
