//! What the tests hand to every engine: a clock to turn, a disk that can fail, made-up deposits.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use offshift_relay::store::clock::Clock;
use offshift_relay::store::embedded::disk::{Disk, SystemDisk};
use offshift_relay::store::embedded::{Custody, EmbeddedStore, OpenError, Options};
use offshift_relay::store::memory::MemoryStore;
use offshift_relay::store::{Deposit, Entry, ReadLimit, Store, StoreError};
use offshift_wire::{Address, Envelope, Life, Position, SizeClass, UnixMillis};

pub(crate) const START: UnixMillis = UnixMillis(1_800_000_000_000);
pub(crate) const HOUR_MS: u64 = 3_600_000;
pub(crate) const DAY_MS: u64 = 24 * HOUR_MS;
pub(crate) const CAP: u64 = 1 << 30;
pub(crate) const ALL: ReadLimit = ReadLimit { entries: 10_000, bytes: usize::MAX };

/// A clock that stands still until a test turns it. Clones show the same time.
#[derive(Clone)]
pub(crate) struct ManualClock(Arc<Mutex<(UnixMillis, Duration)>>);

impl ManualClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new((START, Duration::ZERO))))
    }

    pub(crate) fn pass_ms(&self, ms: u64) {
        let mut reading = self.0.lock().unwrap();
        reading.0 = reading.0.plus_ms(ms);
        reading.1 += Duration::from_millis(ms);
    }

    pub(crate) fn is_behind(&self, now: UnixMillis) -> bool {
        self.0.lock().unwrap().0 < now
    }

    pub(crate) fn set_wall(&self, to: UnixMillis) {
        self.0.lock().unwrap().0 = to;
    }
}

impl Clock for ManualClock {
    fn wall(&self) -> UnixMillis {
        self.0.lock().unwrap().0
    }

    fn steady(&self) -> Duration {
        self.0.lock().unwrap().1
    }
}

/// An engine under test.
pub(crate) trait Engine {
    type Store: Store;
    fn new(stored_bytes_max: u64) -> Self;
    fn open(&self) -> Self::Store;
    fn clock(&self) -> &ManualClock;
    /// Whether what was stored is there after another `open`.
    const SURVIVES: bool;
}

pub(crate) struct Memory(ManualClock, u64);

impl Engine for Memory {
    type Store = MemoryStore;
    const SURVIVES: bool = false;

    fn new(stored_bytes_max: u64) -> Self {
        Self(ManualClock::new(), stored_bytes_max)
    }

    fn open(&self) -> MemoryStore {
        MemoryStore::with_clock(self.1, Arc::new(self.0.clone()))
    }

    fn clock(&self) -> &ManualClock {
        &self.0
    }
}

pub(crate) struct Embedded {
    clock: ManualClock,
    pub(crate) disk: Arc<dyn Disk>,
    stored_bytes_max: u64,
    folder: tempfile::TempDir,
}

impl Embedded {
    pub(crate) fn on(disk: Arc<dyn Disk>, stored_bytes_max: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { clock: ManualClock::new(), disk, stored_bytes_max, folder }
    }

    pub(crate) fn directory(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A copy of the whole data directory, as of an image taken now.
    pub(crate) fn copied(&self) -> Self {
        let copy = Self::on(Arc::clone(&self.disk), self.stored_bytes_max);
        copy_directory(&self.directory(), &copy.directory());
        copy
    }

    pub(crate) fn try_open(&self) -> Result<EmbeddedStore, OpenError> {
        self.try_open_with(Custody::Disk)
    }

    pub(crate) fn open_with(&self, custody: Custody) -> EmbeddedStore {
        self.try_open_with(custody).unwrap()
    }

    pub(crate) fn try_open_with(&self, custody: Custody) -> Result<EmbeddedStore, OpenError> {
        EmbeddedStore::open(Options {
            custody,
            clock: Arc::new(self.clock.clone()),
            disk: Arc::clone(&self.disk),
            ..Options::new(self.directory(), self.stored_bytes_max)
        })
    }
}

impl Engine for Embedded {
    type Store = EmbeddedStore;
    const SURVIVES: bool = true;

    fn new(stored_bytes_max: u64) -> Self {
        Self::on(Arc::new(SystemDisk), stored_bytes_max)
    }

    fn open(&self) -> EmbeddedStore {
        self.try_open().unwrap()
    }

    fn clock(&self) -> &ManualClock {
        &self.clock
    }
}

/// The embedded engine with keys in memory only: what was stored is gone with each opening.
pub(crate) struct Forgetful(Embedded);

impl Engine for Forgetful {
    type Store = EmbeddedStore;
    const SURVIVES: bool = false;

    fn new(stored_bytes_max: u64) -> Self {
        Self(Embedded::new(stored_bytes_max))
    }

    fn open(&self) -> EmbeddedStore {
        self.0.open_with(Custody::Memory)
    }

    fn clock(&self) -> &ManualClock {
        &self.0.clock
    }
}

pub(crate) fn copy_directory(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_directory(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

pub(crate) fn address(number: u8) -> Address {
    Address::from_bytes([number; 32])
}

/// What stands for a spent token.
pub(crate) fn token(number: u64) -> [u8; 16] {
    let mut id = [7; 16];
    id[..8].copy_from_slice(&number.to_le_bytes());
    id
}

/// An envelope whose every byte depends on `seed`.
pub(crate) fn envelope(class: SizeClass, seed: u64) -> Envelope {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = vec![0; class.bytes()];
    for chunk in bytes.chunks_mut(8) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        chunk.copy_from_slice(&state.to_le_bytes());
    }
    bytes.try_into().unwrap()
}

pub(crate) fn deposit(mailbox: u8, life: Life, seed: u64) -> Deposit {
    Deposit { address: address(mailbox), life, envelope: envelope(SizeClass::K1, seed) }
}

pub(crate) async fn put(store: &impl Store, deposit: Deposit) -> Result<Position, StoreError> {
    Ok(store.append(vec![deposit]).await?[0])
}

/// Everything in a mailbox, read in small pieces as a follower would.
pub(crate) async fn read_all(store: &impl Store, mailbox: u8) -> Vec<Entry> {
    let limit = ReadLimit { entries: 7, bytes: 300_000 };
    let mut all: Vec<Entry> = Vec::new();
    loop {
        let after = all.last().map_or(Position::START, |entry| entry.position);
        let more = store.read(address(mailbox), after, limit).await.unwrap();
        if more.is_empty() {
            return all;
        }
        all.extend(more);
    }
}
