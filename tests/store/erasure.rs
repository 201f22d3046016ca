//! RO-11 and RO-12 at the store: what an image of the disk shows before and after expiry.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use offshift_relay::store::Store;
use offshift_relay::store::inspect::Report;
use offshift_wire::{Address, Life, SizeClass};

use crate::engines::{
    CAP, DAY_MS, Embedded, Engine, address, deposit, envelope, put, read_all, token,
};

/// Every file under a directory.
fn files(directory: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// In how many places a byte string lies anywhere in the data directory, names included.
fn occurrences(directory: &Path, needle: &[u8]) -> usize {
    let in_file = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        let name = path.file_name().unwrap().as_encoded_bytes().to_vec();
        [bytes, name]
            .iter()
            .map(|b| b.windows(needle.len()).filter(|w| *w == needle).count())
            .sum::<usize>()
    };
    files(directory).iter().map(|path| in_file(path)).sum()
}

fn canary() -> Address {
    Address::from_bytes(*b"a canary address of thirty-two b")
}

async fn store_canaries(engine: &Embedded) {
    let store = engine.open();
    for life in Life::ALL {
        let mut deposit = deposit(1, life, 1);
        deposit.address = canary();
        put(&store, deposit).await.unwrap();
    }
    store.close().await.unwrap();
}

#[tokio::test]
async fn ro_11_os_sto_023_the_disk_shows_neither_address_nor_envelope() {
    let engine = Embedded::new(CAP);
    store_canaries(&engine).await;
    let body = envelope(SizeClass::K1, 1);
    assert!(occurrences(&engine.directory(), b"OsR1") >= 7, "the control: the records are there");
    assert_eq!(occurrences(&engine.directory(), &canary().as_bytes()[..8]), 0);
    assert_eq!(occurrences(&engine.directory(), &body.as_ref()[..16]), 0);
    assert_eq!(occurrences(&engine.directory(), &body.as_ref()[1_000..1_016]), 0);
}

#[tokio::test]
async fn ro_11_os_sto_023_equal_envelopes_of_one_mailbox_look_unlike() {
    let engine = Embedded::new(CAP);
    store_canaries(&engine).await;
    let slices = files(&engine.directory().join("slices"));
    let bodies: Vec<_> = slices.iter().map(|path| std::fs::read(path).unwrap()).collect();
    for body in &bodies {
        for at in [64, 90, 200, 1_000] {
            let part = &body[40 + at..40 + at + 8];
            assert_eq!(occurrences(&engine.directory(), part), 1);
        }
    }
}

#[tokio::test]
async fn ro_12_os_sto_041_after_expiry_keys_and_envelopes_are_gone_and_the_space_is_free() {
    let engine = Embedded::new(CAP);
    store_canaries(&engine).await;
    let keys: Vec<Vec<u8>> = files(&engine.directory().join("keys"))
        .iter()
        .map(|path| std::fs::read(path).unwrap()[16..48].to_vec())
        .collect();
    assert_eq!(keys.len(), 7);
    assert!(keys.iter().all(|key| occurrences(&engine.directory(), key) == 1), "the control");
    // An old image of the disk, for what an overwritten file leaves in its own place.
    let handles: Vec<_> = files(&engine.directory().join("keys"))
        .iter()
        .map(|path| std::fs::File::open(path).unwrap())
        .collect();

    let store = engine.open();
    engine.clock().pass_ms(31 * DAY_MS);
    assert_eq!(store.expire().await.unwrap().envelopes, 7);
    assert_eq!(
        store.read(canary(), offshift_wire::Position::START, crate::engines::ALL).await,
        Ok(vec![])
    );
    store.close().await.unwrap();

    assert!(keys.iter().all(|key| occurrences(&engine.directory(), key) == 0));
    for handle in handles {
        let mut place = [0; 52];
        std::os::unix::fs::FileExt::read_exact_at(&handle, &mut place, 0).unwrap();
        assert_eq!(place[8..], [0; 44], "the key was overwritten where it lay");
    }
    assert_eq!(files(&engine.directory().join("slices")), Vec::<std::path::PathBuf>::new());
    assert_eq!(files(&engine.directory().join("keys")), Vec::<std::path::PathBuf>::new());
    let left: u64 =
        files(&engine.directory()).iter().map(|path| path.metadata().unwrap().len()).sum();
    assert!(left < 5 << 20, "{left} bytes are left");
}

/// A relay that was used for a month and then no more: its registry, too, stays small.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ro_12_os_sto_083_after_weeks_of_tokens_and_tickets_less_than_five_megabytes_are_left() {
    let engine = Embedded::new(CAP);
    let store = std::sync::Arc::new(engine.open());
    for week in 100..104u32 {
        for batch in 0..200u64 {
            let ids = (0..32).map(|n| token(batch * 32 + n)).collect();
            assert_eq!(store.spend(week, ids).await, Ok(true));
            put(&*store, deposit(1, Life::D7, batch)).await.unwrap();
        }
        let seats: Vec<_> = (0..200)
            .map(|seat| {
                let (store, day) = (store.clone(), vec![7; 40]);
                let key = format!("seat/{seat:016x}");
                tokio::spawn(async move { store.put_metadata(&key, day).await.unwrap() })
            })
            .collect();
        for seat in seats {
            seat.await.unwrap();
        }
        engine.clock().pass_ms(7 * DAY_MS);
        store.expire().await.unwrap();
        store.forget_period(week).await.unwrap();
    }
    let left = Report::of(&engine.directory()).unwrap();
    assert!(left.bytes > 200_000, "the control: a week of it lies there");
    engine.clock().pass_ms(8 * DAY_MS);
    store.expire().await.unwrap();
    store.forget_period(200).await.unwrap();
    let left = Report::of(&engine.directory()).unwrap();
    assert_eq!((left.slices, left.spent.len()), (0, 0));
    assert!(left.bytes < 5 << 20, "{} bytes are left", left.bytes);
}

#[tokio::test]
async fn os_sto_041_what_ended_while_the_relay_was_down_goes_at_the_next_start() {
    let engine = Embedded::new(CAP);
    store_canaries(&engine).await;
    engine.clock().pass_ms(31 * DAY_MS);
    let store = engine.open();
    assert_eq!(store.statistics().slices, 0);
    assert_eq!(files(&engine.directory().join("keys")), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn os_sto_006_a_release_is_forgotten_with_its_slice() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    let position = put(&store, deposit(1, Life::D1, 1)).await.unwrap();
    store.release(address(1), vec![position]).await.unwrap();
    drop(store);
    let store = engine.open();
    assert_eq!(read_all(&store, 1).await, [], "it is durable");
    engine.clock().pass_ms(3 * DAY_MS);
    store.expire().await.unwrap();
    assert_eq!(store.statistics().stored_bytes, 0);
}

#[tokio::test]
async fn os_sto_070_releasing_one_envelope_many_times_takes_the_disk_once() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    let position = put(&store, deposit(1, Life::D1, 1)).await.unwrap();
    let before = store.statistics().stored_bytes;
    store.release(address(1), vec![position; 1_000]).await.unwrap();
    store.release(address(1), vec![position; 1_000]).await.unwrap();
    assert_eq!(store.statistics().stored_bytes, before + 96);
    drop(store);
    assert_eq!(read_all(&engine.open(), 1).await, []);
}

#[tokio::test]
async fn os_sto_055_files_are_for_their_owner_only() {
    let engine = Embedded::new(CAP);
    store_canaries(&engine).await;
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&engine.directory()), 0o700);
    for path in files(&engine.directory()) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        assert_eq!(mode(path.parent().unwrap()), 0o700);
    }
}
