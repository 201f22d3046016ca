//! The same store in plain memory: for tests of what stands on it, and the measure of other engines.
//!
//! Nothing survives it. Its bytes are not wiped: never use it with real envelopes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use offshift_wire::limits::SPEND_TOKENS_MAX;
use offshift_wire::{Address, Position, UnixMillis};

use super::clock::{Clock, SteadyTime, SystemClock};
use super::positions::Positions;
use super::{
    Deposit, Entry, Expired, Holding, Observer, ReadLimit, Statistics, Store, StoreError, within,
};
use crate::limits::{
    STORE_BATCH_DEPOSITS, STORE_METADATA_BYTES, STORE_METADATA_KEY_BYTES, STORE_SPENT_TOKENS,
};

/// The engine.
pub struct MemoryStore {
    time: SteadyTime,
    stored_bytes_max: u64,
    state: Mutex<State>,
}

struct State {
    positions: Positions,
    entries: BTreeMap<(Address, Position), Entry>,
    metadata: BTreeMap<String, Vec<u8>>,
    spent: BTreeSet<(u32, [u8; 16])>,
    observer: Option<Arc<dyn Observer>>,
    stored_bytes: u64,
    commits: u64,
    refused_full: u64,
    closed: bool,
}

impl MemoryStore {
    /// An empty store on the machine's clock that takes this many bytes.
    pub fn new(stored_bytes_max: u64) -> Self {
        Self::with_clock(stored_bytes_max, Arc::new(SystemClock))
    }

    /// The same with a clock of the caller's.
    pub fn with_clock(stored_bytes_max: u64, clock: Arc<dyn Clock>) -> Self {
        let state = State {
            positions: Positions::above(Position::START),
            entries: BTreeMap::new(),
            metadata: BTreeMap::new(),
            spent: BTreeSet::new(),
            observer: None,
            stored_bytes: 0,
            commits: 0,
            refused_full: 0,
            closed: false,
        };
        let time = SteadyTime::starting(clock, UnixMillis(0));
        Self { time, stored_bytes_max, state: Mutex::new(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<MutexGuard<'_, State>, StoreError> {
        let state = self.lock();
        if state.closed { Err(StoreError::Closed) } else { Ok(state) }
    }
}

impl State {
    fn append(&mut self, deposit: Deposit, now: UnixMillis) -> Result<Position, StoreError> {
        let Deposit { address, life, envelope } = deposit;
        let position = self.positions.next(&address, now);
        let position = position.ok_or(StoreError::Bug("no position left"))?;
        let entry = Entry { position, expires: now.plus_ms(life.ms()), envelope };
        if let Some(observer) = &self.observer {
            observer.appended(&address, &entry);
        }
        self.stored_bytes = self.stored_bytes.saturating_add(bytes(&entry));
        self.entries.insert((address, position), entry);
        Ok(position)
    }

    fn mailbox(&self, address: &Address) -> impl Iterator<Item = &Entry> {
        let all = (*address, Position::START)..=(*address, Position::new(u64::MAX));
        self.entries.range(all).map(|(_, entry)| entry)
    }

    fn spend(&mut self, period: u32, ids: &[[u8; 16]]) -> Result<bool, StoreError> {
        let new: BTreeSet<_> = ids.iter().map(|id| (period, *id)).collect();
        if new.len() < ids.len() || new.iter().any(|id| self.spent.contains(id)) {
            return Ok(false);
        }
        let known = self.spent.range((period, [0; 16])..=(period, [0xff; 16])).count();
        if known.saturating_add(new.len()) > STORE_SPENT_TOKENS {
            return Err(StoreError::Full);
        }
        self.spent.extend(new);
        Ok(true)
    }

    fn remove(&mut self, at: &(Address, Position)) -> u64 {
        let bytes = self.entries.remove(at).map_or(0, |entry| bytes(&entry));
        self.stored_bytes = self.stored_bytes.saturating_sub(bytes);
        bytes
    }
}

fn bytes(entry: &Entry) -> u64 {
    entry.envelope.class().bytes() as u64
}

impl Store for MemoryStore {
    async fn append(&self, deposits: Vec<Deposit>) -> Result<Vec<Position>, StoreError> {
        if deposits.len() > STORE_BATCH_DEPOSITS {
            return Err(StoreError::TooMuch);
        }
        let mut state = self.open()?;
        let more = |deposit: &Deposit| deposit.envelope.class().bytes() as u64;
        let more = deposits.iter().map(more).fold(0, u64::saturating_add);
        if state.stored_bytes.saturating_add(more) > self.stored_bytes_max {
            state.refused_full = state.refused_full.saturating_add(deposits.len() as u64);
            return Err(StoreError::Full);
        }
        state.commits = state.commits.saturating_add(1);
        let now = self.time.now();
        deposits.into_iter().map(|deposit| state.append(deposit, now)).collect()
    }

    async fn read(
        &self,
        address: Address,
        after: Position,
        limit: ReadLimit,
    ) -> Result<Vec<Entry>, StoreError> {
        let state = self.open()?;
        let now = self.time.now();
        let Some(from) = after.value().checked_add(1) else { return Ok(Vec::new()) };
        let from = (address, Position::new(from));
        let to = (address, Position::new(u64::MAX));
        let live = state.entries.range(from..=to).filter(|(_, entry)| entry.expires > now);
        let live = live.map(|(_, entry)| entry).take(limit.entries.max(1));
        let mut entries: Vec<_> = live.cloned().collect();
        entries.truncate(within(limit, entries.iter().map(|e| e.envelope.class().bytes())));
        Ok(entries)
    }

    async fn release(&self, address: Address, positions: Vec<Position>) -> Result<(), StoreError> {
        if positions.len() > STORE_BATCH_DEPOSITS {
            return Err(StoreError::TooMuch);
        }
        let mut state = self.open()?;
        for position in positions {
            state.remove(&(address, position));
        }
        Ok(())
    }

    async fn expire(&self) -> Result<Expired, StoreError> {
        let mut state = self.open()?;
        let now = self.time.now();
        let over: Vec<_> = state
            .entries
            .iter()
            .filter(|(_, entry)| entry.expires <= now)
            .map(|(at, _)| *at)
            .collect();
        let bytes = over.iter().map(|at| state.remove(at)).fold(0, u64::saturating_add);
        Ok(Expired { envelopes: over.len() as u64, bytes })
    }

    async fn metadata(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.open()?.metadata.get(key).cloned())
    }

    async fn put_metadata(&self, key: &str, value: Vec<u8>) -> Result<(), StoreError> {
        if value.len() > STORE_METADATA_BYTES || key.len() > STORE_METADATA_KEY_BYTES {
            return Err(StoreError::TooMuch);
        }
        self.open()?.metadata.insert(key.to_owned(), value);
        Ok(())
    }

    async fn remove_metadata(&self, key: &str) -> Result<(), StoreError> {
        self.open()?.metadata.remove(key);
        Ok(())
    }

    async fn records(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let state = self.open()?;
        let from = state.metadata.range(prefix.to_owned()..);
        let named = from.take_while(|(key, _)| key.starts_with(prefix));
        Ok(named.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    async fn spend(&self, period: u32, ids: Vec<[u8; 16]>) -> Result<bool, StoreError> {
        if ids.len() > SPEND_TOKENS_MAX {
            return Err(StoreError::TooMuch);
        }
        self.open()?.spend(period, &ids)
    }

    async fn forget_period(&self, before: u32) -> Result<(), StoreError> {
        self.open()?.spent.retain(|(period, _)| *period >= before);
        Ok(())
    }

    fn mailbox_bytes(&self, address: &Address) -> u64 {
        self.lock().mailbox(address).map(bytes).fold(0, u64::saturating_add)
    }

    fn statistics(&self) -> Statistics {
        let state = self.lock();
        Statistics {
            envelopes: state.entries.len() as u64,
            envelope_bytes: state.stored_bytes,
            stored_bytes: state.stored_bytes,
            stored_bytes_max: self.stored_bytes_max,
            commits: state.commits,
            refused_full: state.refused_full,
            spent_tokens: state.spent.len() as u64,
            ..Statistics::default()
        }
    }

    async fn holdings(&self, max: usize) -> Result<Vec<Holding>, StoreError> {
        let state = self.open()?;
        let now = self.time.now();
        let live = state.entries.iter().filter(|(_, entry)| entry.expires > now);
        let mut holdings: Vec<_> = live.filter_map(|((at, _), entry)| holding(at, entry)).collect();
        holdings.sort_by_key(|holding| holding.position);
        holdings.truncate(max);
        Ok(holdings)
    }

    fn observe(&self, observer: Arc<dyn Observer>) {
        self.lock().observer = Some(observer);
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.open()?.closed = true;
        Ok(())
    }
}

/// Here the tag is the start of the address itself: this engine is for tests.
fn holding(address: &Address, entry: &Entry) -> Option<Holding> {
    Some(Holding {
        mailbox: *address.as_bytes().first_chunk()?,
        position: entry.position,
        size: entry.envelope.class(),
        expires: entry.expires,
        sample: *entry.envelope.as_ref().first_chunk()?,
    })
}
