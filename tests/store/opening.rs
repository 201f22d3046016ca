//! Opening a store reads the heads of records, and whole records only where a power cut may have torn them.

use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;

use offshift_relay::store::Store;
use offshift_wire::{Life, SizeClass};

use crate::engines::{CAP, Embedded, Engine, deposit, envelope, put, read_all};
use crate::faulty_disk::FaultyDisk;

const HEADER: u64 = 40;
const RECORD: u64 = 96 + (256 << 10) + 16;
const RECORDS: u64 = 160;
const TAIL: u64 = 24 << 20;

/// A closed store with one slice of 40 MiB in the mailbox 1.
async fn long_slice(disk: &FaultyDisk) -> Embedded {
    let engine = Embedded::on(Arc::new(disk.clone()), CAP);
    let store = engine.open();
    for seed in 0..RECORDS {
        let mut deposit = deposit(1, Life::D7, seed);
        deposit.envelope = envelope(SizeClass::K256, seed);
        put(&store, deposit).await.unwrap();
    }
    store.close().await.unwrap();
    engine
}

fn slice(engine: &Embedded) -> PathBuf {
    let mut slices = std::fs::read_dir(engine.directory().join("slices")).unwrap();
    slices.next().unwrap().unwrap().path()
}

fn damage(engine: &Embedded, record: u64, at: u64) {
    let file = std::fs::OpenOptions::new().write(true).open(slice(engine)).unwrap();
    file.write_all_at(b"damage", HEADER + record * RECORD + at).unwrap();
}

#[tokio::test]
async fn opening_passes_over_envelopes_that_were_durable_long_ago() {
    let disk = FaultyDisk::default();
    let engine = long_slice(&disk).await;
    let before = disk.read_bytes();
    let store = engine.open();
    let read = disk.read_bytes() - before;
    assert_eq!(store.statistics().envelopes, RECORDS);
    assert!(read < TAIL + (3 << 20), "{read} bytes of {} were read", RECORDS * RECORD);
    assert_eq!(read_all(&store, 1).await.len() as u64, RECORDS);
}

#[tokio::test]
async fn da_86_os_sto_051_a_damaged_envelope_in_the_middle_is_met_when_it_is_read() {
    let engine = long_slice(&FaultyDisk::default()).await;
    damage(&engine, 2, 1_000);
    damage(&engine, 30, RECORD - 8);
    let store = engine.open();
    assert_eq!(store.statistics().damaged, 0, "not looked at yet");
    for _ in 0..2 {
        let left = read_all(&store, 1).await;
        assert_eq!(left.len() as u64, RECORDS - 2);
        let sound = |seed| envelope(SizeClass::K256, seed);
        let expected = (0..RECORDS).filter(|seed| ![2, 30].contains(seed)).map(sound);
        assert!(left.into_iter().map(|entry| entry.envelope).eq(expected), "wrong bytes");
        assert_eq!(store.statistics().damaged, 2, "counted once");
    }
}

#[tokio::test]
async fn da_86_os_sto_050_a_damaged_head_in_the_middle_costs_one_record() {
    let engine = long_slice(&FaultyDisk::default()).await;
    for (record, at) in [(1, 0), (3, 10), (5, 30), (7, 60), (9, 90)] {
        damage(&engine, record, at);
    }
    let store = engine.open();
    assert_eq!(store.statistics().damaged, 5);
    assert_eq!(read_all(&store, 1).await.len() as u64, RECORDS - 5);
}

#[tokio::test]
async fn da_85_os_sto_050_what_may_be_torn_is_checked_whole() {
    let engine = long_slice(&FaultyDisk::default()).await;
    // As of one commit group whose pages reached the disk in any order.
    for record in [RECORDS - 30, RECORDS - 2, RECORDS - 1] {
        damage(&engine, record, 200_000);
    }
    let store = engine.open();
    assert_eq!(store.statistics().envelopes, RECORDS - 3);
    assert_eq!(store.statistics().damaged, 1, "the last two were cut");
    assert_eq!(store.statistics().stored_bytes, HEADER + (RECORDS - 2) * RECORD);
}
