//! Keys in memory only: a restart forgets cleanly, nothing opens what is left, positions rise all the same.

use std::path::PathBuf;
use std::sync::Arc;

use offshift_relay::store::Store;
use offshift_relay::store::embedded::Custody;
use offshift_wire::{Life, Position, UnixMillis};

use crate::engines::{
    CAP, DAY_MS, Embedded, Engine, HOUR_MS, START, address, deposit, put, read_all, token,
};
use crate::faulty_disk::FaultyDisk;

fn files(engine: &Embedded, folder: &str) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(engine.directory().join(folder)).unwrap();
    listed.map(|entry| entry.unwrap().path()).collect()
}

/// One envelope for each life, in mailbox 1.
async fn fill(store: &impl Store) -> Position {
    let mut last = Position::START;
    for life in Life::ALL {
        last = put(store, deposit(1, life, u64::from(life.number()))).await.unwrap();
    }
    last
}

#[tokio::test]
async fn os_sto_042_with_keys_in_memory_no_key_file_is_ever_there_and_a_restart_forgets_cleanly() {
    let engine = Embedded::new(CAP);
    for cleanly in [true, false] {
        let store = engine.open_with(Custody::Memory);
        fill(&store).await;
        store.put_metadata("identity", vec![7; 32]).await.unwrap();
        assert_eq!(read_all(&store, 1).await.len(), 7);
        assert_eq!(files(&engine, "slices").len(), 7);
        assert_eq!(files(&engine, "keys"), Vec::<PathBuf>::new());
        if cleanly {
            store.close().await.unwrap();
        }
        drop(store);
        let store = engine.open_with(Custody::Memory);
        assert_eq!(read_all(&store, 1).await, []);
        let statistics = store.statistics();
        assert_eq!((statistics.forgotten, statistics.damaged), (7, 0));
        assert_eq!((statistics.slices, statistics.stored_bytes), (0, 0));
        assert_eq!(files(&engine, "slices"), Vec::<PathBuf>::new());
        assert_eq!(
            store.metadata("identity").await,
            Ok(Some(vec![7; 32])),
            "the relay stays itself"
        );
        drop(store);
        assert_eq!(engine.open_with(Custody::Memory).statistics().forgotten, 0, "forgotten once");
    }
}

#[tokio::test]
async fn os_sto_042_the_control_with_key_files_a_restart_serves_on() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    fill(&store).await;
    assert_eq!(files(&engine, "keys").len(), 7);
    drop(store);
    let store = engine.open();
    assert_eq!((read_all(&store, 1).await.len(), store.statistics().forgotten), (7, 0));
}

#[tokio::test]
async fn os_sto_042_an_image_of_the_running_relay_opens_nothing() {
    let engine = Embedded::new(CAP);
    let store = engine.open_with(Custody::Memory);
    fill(&store).await;
    for custody in [Custody::Disk, Custody::Memory] {
        let image = engine.copied();
        let seized = image.open_with(custody);
        assert_eq!((read_all(&seized, 1).await, seized.statistics().forgotten), (vec![], 7));
    }
    assert_eq!(read_all(&store, 1).await.len(), 7, "the relay itself serves on");
}

#[tokio::test]
async fn os_sto_045_positions_rise_over_a_restart_that_forgets_even_with_the_clock_set_back() {
    let engine = Embedded::new(CAP);
    let mut highest = Position::START;
    for round in 0..5 {
        let store = engine.open_with(Custody::Memory);
        for life in [Life::H1, Life::D30] {
            let batch = (0..40).map(|seed| deposit(1, life, seed)).collect();
            let positions = store.append(batch).await.unwrap();
            assert!(positions[0] > highest && positions.windows(2).all(|two| two[0] < two[1]));
            highest = positions[39];
            engine.clock().pass_ms(1_700);
        }
        // Never closed: the process dies, and the clock comes back a day early.
        drop(store);
        engine.clock().set_wall(UnixMillis(START.0 - round * DAY_MS));
    }
}

#[tokio::test]
async fn os_sto_045_a_restart_moves_time_by_a_second_at_most() {
    let engine = Embedded::new(CAP);
    for _ in 0..30 {
        let store = engine.open_with(Custody::Memory);
        put(&store, deposit(1, Life::H1, 1)).await.unwrap();
        drop(store);
        engine.clock().pass_ms(1_000);
    }
    let store = engine.open_with(Custody::Memory);
    put(&store, deposit(1, Life::H1, 1)).await.unwrap();
    engine.clock().pass_ms(HOUR_MS - 2_500);
    assert_eq!(
        read_all(&store, 1).await.len(),
        1,
        "it lives out its hour, but for a second or two"
    );
    engine.clock().pass_ms(2_500);
    assert_eq!(read_all(&store, 1).await.len(), 0);
}

#[tokio::test]
async fn os_sto_044_from_disk_to_memory_serves_on_once_and_destroys_the_key_files() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    let last = fill(&store).await;
    drop(store);
    let handles: Vec<_> =
        files(&engine, "keys").iter().map(|path| std::fs::File::open(path).unwrap()).collect();
    let store = engine.open_with(Custody::Memory);
    assert_eq!(read_all(&store, 1).await.len(), 7, "nothing is lost by the change itself");
    assert_eq!(files(&engine, "keys"), Vec::<PathBuf>::new());
    for handle in handles {
        let mut place = [0; 52];
        std::os::unix::fs::FileExt::read_exact_at(&handle, &mut place, 0).unwrap();
        assert_eq!(place[8..], [0; 44], "overwritten where it lay");
    }
    // Dies before anything else was written: what it showed is still behind the floor.
    drop(store);
    engine.clock().set_wall(UnixMillis(START.0 - DAY_MS));
    let store = engine.open_with(Custody::Memory);
    assert_eq!((read_all(&store, 1).await, store.statistics().forgotten), (vec![], 7));
    assert!(put(&store, deposit(1, Life::H1, 9)).await.unwrap() > last);
}

#[tokio::test]
async fn os_sto_044_from_memory_to_disk_forgets_what_it_had_and_keeps_what_comes() {
    let engine = Embedded::new(CAP);
    let store = engine.open_with(Custody::Memory);
    let last = fill(&store).await;
    assert_eq!(store.spend(7, vec![token(1)]).await, Ok(true));
    drop(store);
    let store = engine.open();
    assert_eq!((read_all(&store, 1).await, store.statistics().forgotten), (vec![], 7));
    assert_eq!(store.spend(7, vec![token(1)]).await, Ok(false), "spent tokens are no envelopes");
    assert!(put(&store, deposit(1, Life::D1, 1)).await.unwrap() > last);
    drop(store);
    let store = engine.open();
    assert_eq!((read_all(&store, 1).await.len(), store.statistics().forgotten), (1, 0));
}

#[tokio::test]
async fn os_sto_044_a_change_of_custody_that_is_cut_short_loses_nothing_and_alarms_nobody() {
    for steps in 0..8 {
        let disk = FaultyDisk::default();
        let engine = Embedded::on(Arc::new(disk.clone()), CAP);
        let store = engine.open();
        fill(&store).await;
        store.close().await.unwrap();
        drop(store);
        // Some keys are destroyed when the disk refuses, and the relay does not start.
        disk.limit(steps * 52);
        let opened = engine.try_open_with(Custody::Memory);
        assert_eq!(opened.is_ok(), steps == 7);
        drop(opened);
        disk.lift_limit();
        let store = engine.open_with(Custody::Memory);
        let left = read_all(&store, 1).await.len() as u64;
        assert_eq!(left + store.statistics().forgotten, 7);
        assert_eq!(store.statistics().damaged, 0);
        assert_eq!(files(&engine, "keys"), Vec::<PathBuf>::new());
    }
}

#[tokio::test]
async fn os_sto_042_expiry_and_release_work_as_with_key_files() {
    let engine = Embedded::new(CAP);
    let store = engine.open_with(Custody::Memory);
    let position = put(&store, deposit(1, Life::H1, 1)).await.unwrap();
    put(&store, deposit(1, Life::H1, 2)).await.unwrap();
    store.release(address(1), vec![position]).await.unwrap();
    assert_eq!(read_all(&store, 1).await.len(), 1);
    engine.clock().pass_ms(2 * HOUR_MS);
    store.expire().await.unwrap();
    assert_eq!((store.statistics().slices, files(&engine, "slices").len()), (0, 0));
    drop(store);
    assert_eq!(engine.open_with(Custody::Memory).statistics().forgotten, 0, "it had expired");
}
