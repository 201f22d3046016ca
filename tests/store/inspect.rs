//! The numbers of a data directory, of a running store and of a copy, by the files alone.

use offshift_relay::store::Store;
use offshift_relay::store::embedded::Custody;
use offshift_relay::store::inspect::Report;
use offshift_wire::{Life, SizeClass};

use crate::engines::{
    CAP, Embedded, Engine, HOUR_MS, START, address, deposit, envelope, put, token,
};

/// Numbers that do not depend on sled's files.
fn numbers(report: Report) -> Report {
    assert!(report.bytes >= report.slice_bytes + report.registry_bytes);
    assert!(report.registry_bytes > 0);
    Report { bytes: 0, registry_bytes: 0, ..report }
}

#[tokio::test]
async fn os_sto_090_the_numbers_of_a_running_store_are_those_of_its_copy_and_of_its_statistics() {
    for custody in [Custody::Disk, Custody::Memory] {
        let engine = Embedded::new(CAP);
        let store = engine.open_with(custody);
        let first = put(&store, deposit(1, Life::H1, 1)).await.unwrap();
        for seed in 0..4 {
            let mut deposit = deposit(2, Life::D1, seed);
            deposit.envelope = envelope(SizeClass::ALL[usize::try_from(seed).unwrap()], seed);
            put(&store, deposit).await.unwrap();
        }
        store.release(address(1), vec![first]).await.unwrap();
        for (period, number) in [(7, 1), (7, 2), (8, 1)] {
            store.spend(period, vec![token(number), token(100 + number)]).await.unwrap();
        }
        let report = numbers(Report::of(&engine.directory()).unwrap());
        assert_eq!(numbers(Report::of(&engine.copied().directory()).unwrap()), report);
        let statistics = store.statistics();
        let kept = if custody == Custody::Disk { 2 } else { 0 };
        let expected = Report {
            slices: 2,
            slice_bytes: statistics.stored_bytes,
            envelopes: statistics.envelopes,
            released: 1,
            first_end: Some(START.0 + HOUR_MS),
            last_end: Some(START.0 + 24 * HOUR_MS),
            keys: kept,
            spent: [(7, 4), (8, 2)].into(),
            ..Report::default()
        };
        assert_eq!((report, statistics.envelopes), (expected, 4));
    }
}

#[tokio::test]
async fn damage_is_counted_and_a_relay_s_directory_is_found_from_above() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    for seed in 0..5 {
        put(&store, deposit(1, Life::D7, seed)).await.unwrap();
    }
    store.close().await.unwrap();
    let above = tempfile::tempdir().unwrap();
    std::fs::rename(engine.directory(), above.path().join("store")).unwrap();
    let listed = std::fs::read_dir(above.path().join("store/slices")).unwrap();
    let slice = listed.map(|entry| entry.unwrap().path()).next().unwrap();
    let mut bytes = std::fs::read(&slice).unwrap();
    bytes[40 + 1_136 + 2] ^= 1;
    std::fs::write(&slice, bytes).unwrap();
    let report = Report::of(above.path()).unwrap();
    assert_eq!((report.slices, report.envelopes, report.damaged, report.keys), (1, 4, 1, 1));
}

#[test]
fn an_empty_directory_holds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Report::of(folder.path()).unwrap(), Report::default());
}
