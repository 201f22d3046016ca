//! The embedded engine: envelopes in slices, what is small in sled, an index in memory.
//!
//! ```text
//! append --queue--> committer thread: position -> seal -> one write and one flush per slice -> index -> answer
//! read   --index (memory)--> pread -> open -> verify -> Entry
//! expire -> key destroyed, slice unlinked: constant time, the space is back
//! ```
//!
//! Only the committer thread writes. Format and guarantees: `proto/spec/store.md`.
//!
//! Never: an address or an envelope in clear in the data directory; an answer before the flush.

pub mod disk;

mod committer;
mod files;
mod group;
mod key;
mod open;
mod record;
mod registry;
mod scan;
mod slice;
mod spent;
mod state;
mod sums;
mod tally;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use offshift_wire::limits::SPEND_TOKENS_MAX;
use offshift_wire::{Address, Position};
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::clock::{Clock, SystemClock};
use super::{Deposit, Entry, Expired, Holding, Observer, ReadLimit, Statistics, Store, StoreError};
use crate::limits::{
    STORE_BATCH_DEPOSITS, STORE_GROUP_BYTES, STORE_METADATA_BYTES, STORE_METADATA_KEY_BYTES,
    STORE_QUEUE_BYTES, STORE_RESERVE_BYTES,
};
use committer::{Answer, Job};
use disk::{Disk, SystemDisk};
pub(in crate::store) use key::GONE as KEY_GONE;
pub use open::OpenError;
pub(in crate::store) use spent::tokens_in;
use state::Shared;
pub(in crate::store) use tally::tally;

/// Where the keys of slices are (OS-STO-040, OS-STO-042).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Custody {
    /// In one small file each, apart from the slices: a restart serves on.
    #[default]
    Disk,
    /// In memory only: a machine that is off holds nothing that can be opened; a restart forgets.
    Memory,
}

/// How to open a store.
#[derive(Clone)]
pub struct Options {
    /// Its directory: empty, absent, or one that this engine made.
    pub directory: PathBuf,
    /// Bytes that all slices together may take.
    pub stored_bytes_max: u64,
    /// Free bytes that the file system keeps whatever is deposited.
    pub reserve_bytes: u64,
    /// Where the keys of slices are.
    pub custody: Custody,
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where files are.
    pub disk: Arc<dyn Disk>,
}

impl Options {
    /// The machine's clock and disk, and the usual reserve.
    pub fn new(directory: impl Into<PathBuf>, stored_bytes_max: u64) -> Self {
        Self {
            directory: directory.into(),
            stored_bytes_max,
            reserve_bytes: STORE_RESERVE_BYTES,
            custody: Custody::Disk,
            clock: Arc::new(SystemClock),
            disk: Arc::new(SystemDisk),
        }
    }
}

/// The engine. Dropping it finishes the commit at hand; [`Store::close`] finishes all.
pub struct EmbeddedStore {
    shared: Arc<Shared>,
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    waiting_bytes: Arc<Semaphore>,
    committer: Mutex<Option<JoinHandle<()>>>,
}

impl EmbeddedStore {
    /// Opens the store and goes through all its slices: as long as reading them a few times where envelopes are
    /// short, far less where they are long. Blocks.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let (shared, committer) = open::open(options)?;
        let (queue, jobs) = mpsc::channel(crate::limits::STORE_QUEUE_BATCHES);
        let thread = std::thread::Builder::new()
            .name("store-committer".to_owned())
            .spawn(move || committer.run(jobs))
            .map_err(OpenError::Io)?;
        Ok(Self {
            shared,
            queue: Mutex::new(Some(queue)),
            waiting_bytes: Arc::new(Semaphore::new(STORE_QUEUE_BYTES)),
            committer: Mutex::new(Some(thread)),
        })
    }

    /// Hands a job to the committer and waits for its answer.
    async fn ask<T>(&self, job: impl FnOnce(Answer<T>) -> Job) -> Result<T, StoreError> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (answer, answered) = oneshot::channel();
        let queue = queue.ok_or(StoreError::Closed)?;
        queue.send(job(answer)).await.map_err(|_| StoreError::Closed)?;
        drop(queue);
        answered.await.unwrap_or(Err(StoreError::Closed))
    }

    fn is_open(&self) -> Result<(), StoreError> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.as_ref().map(drop).ok_or(StoreError::Closed)
    }

    /// Runs `act` where it may wait for the disk.
    async fn blocking<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Shared) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.is_open()?;
        let shared = Arc::clone(&self.shared);
        let done = tokio::task::spawn_blocking(move || act(&shared)).await;
        done.unwrap_or(Err(StoreError::Bug("a read stopped")))
    }

    fn join(&self) {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        let thread = self.committer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            drop(thread.join());
        }
    }
}

impl Drop for EmbeddedStore {
    fn drop(&mut self) {
        self.join();
    }
}

fn bytes_of(deposits: &[Deposit]) -> usize {
    deposits.iter().map(|deposit| deposit.envelope.class().bytes()).sum()
}

impl Store for EmbeddedStore {
    async fn append(&self, deposits: Vec<Deposit>) -> Result<Vec<Position>, StoreError> {
        let bytes = bytes_of(&deposits);
        if deposits.len() > STORE_BATCH_DEPOSITS || bytes > STORE_GROUP_BYTES {
            return Err(StoreError::TooMuch);
        }
        let permits = u32::try_from(bytes).map_err(|_| StoreError::TooMuch)?;
        let room = Arc::clone(&self.waiting_bytes).acquire_many_owned(permits).await;
        let room = room.map_err(|_| StoreError::Closed)?;
        self.ask(|answer| Job::Append { deposits, answer, room }).await
    }

    async fn read(
        &self,
        address: Address,
        after: Position,
        limit: ReadLimit,
    ) -> Result<Vec<Entry>, StoreError> {
        self.is_open()?;
        let tags = self.shared.tags(&address);
        if !self.shared.has_behind(&tags, after) {
            return Ok(Vec::new());
        }
        self.blocking(move |shared| shared.read(&tags, after, limit)).await
    }

    async fn release(&self, address: Address, positions: Vec<Position>) -> Result<(), StoreError> {
        if positions.len() > STORE_BATCH_DEPOSITS {
            return Err(StoreError::TooMuch);
        }
        self.ask(|answer| Job::Release { address, positions, answer }).await
    }

    async fn expire(&self) -> Result<Expired, StoreError> {
        self.ask(|answer| Job::Expire { answer }).await
    }

    async fn metadata(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let key = key.to_owned();
        self.blocking(move |shared| shared.registry.metadata(&key).map_err(|_| StoreError::Disk))
            .await
    }

    async fn put_metadata(&self, key: &str, value: Vec<u8>) -> Result<(), StoreError> {
        if value.len() > STORE_METADATA_BYTES || key.len() > STORE_METADATA_KEY_BYTES {
            return Err(StoreError::TooMuch);
        }
        let change = (key.to_owned(), Some(value));
        self.ask(|answer| Job::Metadata { change, answer }).await
    }

    async fn remove_metadata(&self, key: &str) -> Result<(), StoreError> {
        let change = (key.to_owned(), None);
        self.ask(|answer| Job::Metadata { change, answer }).await
    }

    async fn records(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let prefix = prefix.to_owned();
        self.blocking(move |shared| shared.registry.records(&prefix).map_err(|_| StoreError::Disk))
            .await
    }

    async fn spend(&self, period: u32, ids: Vec<[u8; 16]>) -> Result<bool, StoreError> {
        if ids.len() > SPEND_TOKENS_MAX {
            return Err(StoreError::TooMuch);
        }
        self.ask(|answer| Job::Spend { period, ids, answer }).await
    }

    async fn forget_period(&self, before: u32) -> Result<(), StoreError> {
        self.ask(|answer| Job::ForgetPeriods { before, answer }).await
    }

    fn mailbox_bytes(&self, address: &Address) -> u64 {
        self.shared.mailbox_bytes(address)
    }

    fn statistics(&self) -> Statistics {
        self.shared.statistics()
    }

    async fn holdings(&self, max: usize) -> Result<Vec<Holding>, StoreError> {
        self.blocking(move |shared| shared.holdings(max)).await
    }

    fn observe(&self, observer: Arc<dyn Observer>) {
        self.shared.set_observer(observer);
    }

    async fn close(&self) -> Result<(), StoreError> {
        let closed = self.ask(|answer| Job::Close { answer }).await;
        // The committer answers as the last thing it does: this waits for the end of its thread only.
        self.join();
        closed
    }
}
