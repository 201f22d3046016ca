//! Every format of the store that was ever in use opens with today's code.
//!
//! ```text
//! fixtures/store/v1/: made by the code of 357b491 (before tickets) --copied--> opened, upgraded, served
//! ```
//!
//! A new format gets a new fixture beside the old ones: raise `MADE` and run
//! `cargo test -p offshift-tests --test store -- --ignored make_store_fixture`.

use std::path::{Path, PathBuf};

use offshift_relay::store::{Deposit, Entry, Store};
use offshift_wire::{Life, SizeClass};

use crate::engines::{
    CAP, DAY_MS, Embedded, Engine, HOUR_MS, address, copy_directory, deposit, envelope, put,
    read_all,
};

const MADE: &str = "v1";

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

#[tokio::test]
async fn os_sto_053_a_store_of_the_first_format_serves_everything() {
    let engine = copy_of("v1");
    engine.clock().pass_ms(6 * DAY_MS);
    let store = engine.open();
    serves_all(&store).await;
    let before = read_all(&store, 1).await.last().unwrap().position;
    assert!(put(&store, deposit(1, Life::D1, 99)).await.unwrap() > before, "and takes more");
    engine.clock().pass_ms(30 * DAY_MS + 6 * HOUR_MS);
    store.expire().await.unwrap();
    assert_eq!(store.statistics().slices, 0, "and forgets it in its time");
}
