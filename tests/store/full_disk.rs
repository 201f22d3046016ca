//! DA-82: a disk that runs full in the middle of a write, at any byte.

use std::sync::Arc;

use offshift_relay::store::embedded::{EmbeddedStore, Options};
use offshift_relay::store::{Store, StoreError};
use offshift_wire::Life;

use crate::engines::{CAP, DAY_MS, Embedded, Engine, deposit, put, read_all};
use crate::faulty_disk::FaultyDisk;

#[tokio::test]
async fn da_82_os_sto_007_a_disk_that_runs_full_refuses_deposits_serves_and_recovers_by_itself() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let mut store = engine.open();
    let mut stored = Vec::new();
    for left in [0, 1, 23, 100, 700, 1_135, 1_136, 5_000] {
        disk.limit(left);
        for seed in 0..8 {
            match put(&store, deposit(1, Life::D7, left * 10 + seed)).await {
                Ok(position) => stored.push(position),
                Err(error) => assert_eq!(error, StoreError::Full),
            }
        }
        let read: Vec<_> = read_all(&store, 1).await.iter().map(|e| e.position).collect();
        assert_eq!(read, stored, "fetches go on");
        disk.lift_limit();
        stored.push(put(&store, deposit(1, Life::D7, left * 10 + 9)).await.unwrap());
        if left % 2 == 1 {
            drop(store);
            store = engine.open();
        }
    }
    drop(store);
    let store = engine.open();
    let read: Vec<_> = read_all(&store, 1).await.iter().map(|e| e.position).collect();
    assert_eq!(read, stored, "nothing acknowledged is lost");
    assert_eq!(store.statistics().damaged, 0);
}

#[tokio::test]
async fn da_82_expiry_works_on_a_full_disk() {
    let disk = FaultyDisk::default();
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let store = engine.open();
    put(&store, deposit(1, Life::H1, 1)).await.unwrap();
    engine.clock().pass_ms(DAY_MS);
    // What is overwritten in place needs no new space.
    disk.limit(52);
    assert_eq!(store.expire().await.unwrap().envelopes, 1);
    assert_eq!(std::fs::read_dir(engine.directory().join("slices")).unwrap().count(), 0);
    assert_eq!(std::fs::read_dir(engine.directory().join("keys")).unwrap().count(), 0);
}

#[tokio::test]
async fn da_82_the_reserve_of_the_file_system_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new(folder.path().join("data"), CAP);
    options.reserve_bytes = u64::MAX / 2;
    let store = EmbeddedStore::open(options).unwrap();
    assert_eq!(put(&store, deposit(1, Life::H1, 1)).await, Err(StoreError::Full));
    assert_eq!(store.statistics().slices, 0);
}

/// The real thing: every byte of a small file system is taken by somebody else, also from under sled.
#[tokio::test]
#[ignore = "needs OFFSHIFT_SMALL_DISK: a directory on an empty file system of 32 to 64 MiB"]
async fn da_82_a_file_system_without_a_single_free_byte() {
    let small = std::path::PathBuf::from(std::env::var("OFFSHIFT_SMALL_DISK").unwrap());
    let mut options = Options::new(small.join("data"), CAP);
    options.reserve_bytes = 0;
    let store = EmbeddedStore::open(options.clone()).unwrap();
    let mut kept = Vec::new();
    let hog = small.join("hog");
    for round in 0..4 {
        for seed in 0..1_000 {
            kept.push(put(&store, deposit(1, Life::D1, seed)).await.unwrap());
        }
        store.put_metadata("key", vec![round; 4_000]).await.expect("sled recovers too");
        let mut file = std::fs::File::create(&hog).unwrap();
        while std::io::Write::write(&mut file, &[0; 512]).is_ok() {}
        for life in Life::ALL {
            // A block that was begun may still have room for a few.
            while let Ok(position) = put(&store, deposit(1, life, 0)).await {
                kept.push(position);
            }
            let _ = store.put_metadata("other", vec![round; 4_000]).await;
        }
        assert_eq!(read_all(&store, 1).await.len(), kept.len(), "fetches go on");
        std::fs::remove_file(&hog).unwrap();
    }
    drop(store);
    let store = EmbeddedStore::open(options).unwrap();
    let read: Vec<_> = read_all(&store, 1).await.iter().map(|entry| entry.position).collect();
    assert_eq!(read, kept, "nothing acknowledged is lost");
    assert_eq!(store.metadata("key").await, Ok(Some(vec![3; 4_000])));
}
