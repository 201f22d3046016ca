//! A store that decides what happens between two steps of a follower.
//!
//! ```text
//! read: deposits by others -> what the store has -> deposits by others -> answer
//! ```

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use offshift_link::FetchItem;
use offshift_relay::store::{
    Deposit, Entry, Expired, Holding, Observer, ReadLimit, Statistics, Store, StoreError,
    memory::MemoryStore,
};
use offshift_tests::relay::{LibraryRelay, Mailbox, next_number, number_of, numbered};
use offshift_wire::{Address, Life, Position};
use proptest::prelude::*;
use tokio::sync::Semaphore;

/// How many others deposit before and after the answer of one read is settled.
type Step = (u64, u64);

/// The memory store, interleaved with others at the points that matter.
struct Interleaved {
    inner: MemoryStore,
    steps: Mutex<VecDeque<Step>>,
    deposited: AtomicU64,
    /// Appends begun, and permits for them to go on.
    begun: Semaphore,
    gate: Semaphore,
}

impl Interleaved {
    fn with(steps: &[Step]) -> Arc<Self> {
        Arc::new(Self {
            inner: MemoryStore::new(1 << 30),
            steps: Mutex::new(steps.iter().copied().collect()),
            deposited: AtomicU64::new(0),
            begun: Semaphore::new(0),
            gate: Semaphore::new(0),
        })
    }

    async fn others(&self, address: Address, count: u64) {
        for _ in 0..count {
            let number = self.deposited.fetch_add(1, Ordering::SeqCst);
            let deposit = Deposit { address, life: Life::H1, envelope: numbered(number) };
            self.inner.append(vec![deposit]).await.unwrap();
        }
    }
}

impl Store for Interleaved {
    async fn append(&self, deposits: Vec<Deposit>) -> Result<Vec<Position>, StoreError> {
        self.begun.add_permits(1);
        self.gate.acquire().await.unwrap().forget();
        self.inner.append(deposits).await
    }

    async fn read(
        &self,
        address: Address,
        after: Position,
        limit: ReadLimit,
    ) -> Result<Vec<Entry>, StoreError> {
        let (before, behind) = self.steps.lock().unwrap().pop_front().unwrap_or((0, 0));
        self.others(address, before).await;
        let entries = self.inner.read(address, after, limit).await;
        self.others(address, behind).await;
        entries
    }

    async fn release(&self, address: Address, at: Vec<Position>) -> Result<(), StoreError> {
        self.inner.release(address, at).await
    }

    async fn expire(&self) -> Result<Expired, StoreError> {
        self.inner.expire().await
    }

    async fn metadata(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.metadata(key).await
    }

    async fn put_metadata(&self, key: &str, value: Vec<u8>) -> Result<(), StoreError> {
        self.inner.put_metadata(key, value).await
    }

    async fn remove_metadata(&self, key: &str) -> Result<(), StoreError> {
        self.inner.remove_metadata(key).await
    }

    async fn records(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.inner.records(prefix).await
    }

    async fn spend(&self, period: u32, ids: Vec<[u8; 16]>) -> Result<bool, StoreError> {
        self.inner.spend(period, ids).await
    }

    async fn forget_period(&self, before: u32) -> Result<(), StoreError> {
        self.inner.forget_period(before).await
    }

    fn mailbox_bytes(&self, address: &Address) -> u64 {
        self.inner.mailbox_bytes(address)
    }

    fn statistics(&self) -> Statistics {
        self.inner.statistics()
    }

    async fn holdings(&self, max: usize) -> Result<Vec<Holding>, StoreError> {
        self.inner.holdings(max).await
    }

    fn observe(&self, observer: Arc<dyn Observer>) {
        self.inner.observe(observer);
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.inner.close().await
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Follows a mailbox while the steps happen: everything is seen once, and then what comes.
async fn follow(steps: &[Step]) {
    let store = Interleaved::with(steps);
    let relay = LibraryRelay::start(store.clone());
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(1));
    let mut fetching = mailbox.fetch(&link, Position::START, true).await;
    let mut seen = 0;
    loop {
        match fetching.next().await.unwrap().unwrap() {
            FetchItem::CaughtUp => break,
            FetchItem::Entry { envelope, .. } => assert_eq!(number_of(&envelope), seen),
        }
        seen += 1;
    }
    // Some lie in the tail; taking them may need another read, and so another step.
    while seen < store.deposited.load(Ordering::SeqCst) {
        assert_eq!(next_number(&mut fetching).await, seen, "none skipped, none twice");
        seen += 1;
    }
    store.others(mailbox.address(), 1).await;
    assert_eq!(next_number(&mut fetching).await, seen);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn os_rel_030_deposits_between_any_two_steps_are_seen_once(
        steps in prop::collection::vec((0u64..80, 0u64..80), 1..6),
    ) {
        runtime().block_on(follow(&steps));
    }
}

#[test]
fn os_rel_030_a_deposit_right_after_the_last_read_is_not_skipped() {
    runtime().block_on(follow(&[(0, 1)]));
    runtime().block_on(follow(&[(3, 0), (0, 1)]));
}

#[test]
fn os_rel_030_a_deposit_right_before_a_read_does_not_come_twice() {
    runtime().block_on(follow(&[(1, 0)]));
    runtime().block_on(follow(&[(1, 0), (1, 0), (0, 0)]));
}

#[tokio::test]
async fn os_rel_040_a_deposit_under_way_is_receipted_before_the_relay_stops() {
    let store = Interleaved::with(&[]);
    let relay = LibraryRelay::start(store.clone());
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(2));
    let capability = mailbox.prove_deposit(&link).await.unwrap();
    let deposits = link.deposits();
    let receipt = deposits.deposit(capability, Life::H1, numbered(1));
    store.begun.acquire().await.unwrap().forget();
    let stopping = tokio::spawn(relay.running.shutdown());
    // The relay stops while the deposit waits for the disk.
    tokio::task::yield_now().await;
    store.gate.add_permits(1);
    assert!(receipt.await.is_ok(), "durable, so receipted");
    stopping.await.unwrap().unwrap();
}
