//! Every format of the store that was ever in use opens with today's code.
//!
//! ```text
//! fixtures/store/v1/         made by the code of 357b491, before tickets    \\
//! fixtures/store/v1-tokens/  the same, with tickets and spent tokens         --copied--> opened, upgraded, served
//! ```
//!
//! What an older relay may have left behind is never made again. A new format gets a new fixture beside the old ones:
//! change `MADE` and run
//! `cargo test -p offshift-tests --test store -- --ignored make_store_fixture`.

use std::path::{Path, PathBuf};

use offshift_relay::store::embedded::Custody;
use offshift_relay::store::{Deposit, Entry, Store};
use offshift_wire::{Life, SizeClass};

use crate::engines::{
    CAP, DAY_MS, Embedded, Engine, HOUR_MS, address, copy_directory, deposit, envelope, put,
    read_all, token,
};

const MADE: &str = "v1-tokens";
const PERIOD: u32 = 2_976;

fn fixture(version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/store").join(version)
}

/// What lies in the mailboxes 1 and 2: every size in one, two lives in the other; one of them was released.
fn deposits() -> Vec<Deposit> {
    let sizes = SizeClass::ALL.into_iter().enumerate().map(|(seed, class)| Deposit {
        envelope: envelope(class, seed as u64),
        ..deposit(1, Life::D30, 0)
    });
    sizes.chain([Life::D30, Life::D7].map(|life| deposit(2, life, 9))).collect()
}

/// Small values as tickets have them; what they mean is not the store's.
fn tickets() -> Vec<(String, Vec<u8>)> {
    (1..=3u8).map(|number| (format!("ticket/{number:02}"), vec![number; 60])).collect()
}

/// At `START`, and closed well.
#[tokio::test]
#[ignore = "writes tests/fixtures/store: only for a new format"]
async fn make_store_fixture() {
    assert!(!fixture(MADE).exists(), "a fixture is never made again: it is the proof of the past");
    let engine = Embedded::new(CAP);
    let store = engine.open();
    let mut last = None;
    for deposit in deposits() {
        last = Some(put(&store, deposit).await.unwrap());
    }
    let released = put(&store, deposit(2, Life::D30, 10)).await.unwrap();
    assert!(Some(released) > last);
    store.release(address(2), vec![released]).await.unwrap();
    store.put_metadata("identity", vec![7; 32]).await.unwrap();
    for (key, value) in tickets() {
        store.put_metadata(&key, value).await.unwrap();
    }
    store.spend(PERIOD, vec![token(1), token(2)]).await.unwrap();
    store.spend(PERIOD + 1, vec![token(3)]).await.unwrap();
    store.close().await.unwrap();
    drop(store);
    copy_directory(&engine.directory(), &fixture(MADE));
}

/// A copy of a fixture: what is opened is changed.
fn copy_of(version: &str) -> Embedded {
    let engine = Embedded::new(CAP);
    copy_directory(&fixture(version), &engine.directory());
    engine
}

async fn serves_all(store: &impl Store) {
    let sealed = |entries: Vec<Entry>| entries.into_iter().map(|e| e.envelope).collect::<Vec<_>>();
    for mailbox in [1, 2] {
        let wanted = deposits().into_iter().filter(|d| d.address == address(mailbox));
        let wanted: Vec<_> = wanted.map(|deposit| deposit.envelope).collect();
        assert_eq!(sealed(read_all(store, mailbox).await), wanted);
    }
    assert_eq!(store.metadata("identity").await, Ok(Some(vec![7; 32])));
    assert_eq!(store.statistics().damaged, 0);
}

async fn opens_and_goes_on(version: &str) -> Embedded {
    let engine = copy_of(version);
    engine.clock().pass_ms(6 * DAY_MS);
    let store = engine.open();
    serves_all(&store).await;
    let before = read_all(&store, 1).await.last().unwrap().position;
    assert!(put(&store, deposit(1, Life::D1, 99)).await.unwrap() > before, "and takes more");
    store.put_metadata("new", vec![1]).await.unwrap();
    assert_eq!(store.spend(PERIOD, vec![token(9)]).await, Ok(true));
    store.close().await.unwrap();
    engine
}

async fn forgets_in_time(engine: &Embedded) {
    engine.clock().pass_ms(30 * DAY_MS + 6 * HOUR_MS);
    let store = engine.open();
    assert_eq!(store.statistics().slices, 0);
    store.close().await.unwrap();
}

#[tokio::test]
async fn os_sto_053_a_store_from_before_tickets_serves_everything_and_goes_on() {
    let engine = opens_and_goes_on("v1").await;
    forgets_in_time(&engine).await;
}

#[tokio::test]
async fn os_sto_053_a_store_with_tickets_and_spent_tokens_keeps_them() {
    let engine = opens_and_goes_on("v1-tokens").await;
    let store = engine.open();
    assert_eq!(store.records("ticket/").await, Ok(tickets()));
    for (period, number) in [(PERIOD, 1), (PERIOD, 2), (PERIOD, 9), (PERIOD + 1, 3)] {
        assert_eq!(store.spend(period, vec![token(number)]).await, Ok(false), "spent is spent");
    }
    assert_eq!(store.spend(PERIOD + 1, vec![token(1)]).await, Ok(true), "the control");
    store.close().await.unwrap();
    forgets_in_time(&engine).await;
}

/// Whoever changes to keys in memory with an upgrade loses nothing by it.
#[tokio::test]
async fn os_sto_044_an_old_store_changes_its_custody() {
    let engine = copy_of("v1");
    let store = engine.open_with(Custody::Memory);
    serves_all(&store).await;
    assert_eq!(std::fs::read_dir(engine.directory().join("keys")).unwrap().count(), 0);
}
