//! What the committer thread and readers share: the slices, their indexes, counts.
//!
//! ```text
//! address --tag of each slice--> items of each slice --by position--> read, open, verify -> entries
//! ```
//!
//! A commit becomes visible in all slices at once, under the write lock: a reader that sees a position
//! sees all before it in that mailbox (OS-STO-003).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use offshift_wire::{Address, Position, UnixMillis};

use super::files::blame;
use super::key::{MailboxTag, SliceId};
use super::registry::Registry;
use super::slice::{Index, Item, Slice};
use super::sums::Sums;
use crate::store::clock::SteadyTime;
use crate::store::{Entry, Holding, Observer, ReadLimit, Statistics, StoreError, within};

/// A slice with its index and the bytes of its file.
pub(super) struct Held {
    pub(super) slice: Arc<Slice>,
    pub(super) index: Index,
    pub(super) bytes: u64,
}

/// The tags of one address in the slices there were when they were worked out.
pub(super) struct Tags {
    address: Address,
    known: Vec<(SliceId, MailboxTag)>,
}

impl Tags {
    /// A slice that came later gets its tag now.
    fn of(&self, slice: &Slice) -> MailboxTag {
        let at = self.known.binary_search_by_key(&slice.id, |(id, _)| *id).ok();
        let known = at.and_then(|at| self.known.get(at));
        known.map_or_else(|| slice.tagger.tag(&self.address), |(_, tag)| *tag)
    }
}

pub(super) type Slices = BTreeMap<SliceId, Held>;

#[derive(Default)]
pub(super) struct Counts {
    pub(super) commits: AtomicU64,
    pub(super) damaged: AtomicU64,
    pub(super) refused_full: AtomicU64,
    pub(super) spent_tokens: AtomicU64,
    pub(super) forgotten: AtomicU64,
}

impl Counts {
    pub(super) fn add(counter: &AtomicU64, more: u64) {
        counter.fetch_add(more, Ordering::Relaxed);
    }
}

pub(super) struct Shared {
    slices: RwLock<Slices>,
    observer: RwLock<Option<Arc<dyn Observer>>>,
    pub(super) time: SteadyTime,
    pub(super) registry: Registry,
    pub(super) counts: Counts,
    pub(super) sums: Sums,
    pub(super) stored_bytes_max: u64,
}

impl Shared {
    pub(super) fn new(
        slices: Slices,
        time: SteadyTime,
        registry: Registry,
        damaged: u64,
        stored_bytes_max: u64,
    ) -> Self {
        let counts = Counts { damaged: AtomicU64::new(damaged), ..Counts::default() };
        let slices = RwLock::new(slices);
        let (observer, sums) = (RwLock::new(None), Sums::default());
        Self { slices, observer, time, registry, counts, sums, stored_bytes_max }
    }

    pub(super) fn slices(&self) -> RwLockReadGuard<'_, Slices> {
        self.slices.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn slices_mut(&self) -> RwLockWriteGuard<'_, Slices> {
        self.slices.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_observer(&self, observer: Arc<dyn Observer>) {
        *self.observer.write().unwrap_or_else(PoisonError::into_inner) = Some(observer);
    }

    pub(super) fn observer(&self) -> Option<Arc<dyn Observer>> {
        self.observer.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn stored_bytes(&self) -> u64 {
        self.slices().values().map(|held| held.bytes).fold(0, u64::saturating_add)
    }

    /// Whether something can be read there; decided in memory.
    pub(super) fn has_behind(&self, tags: &Tags, after: Position) -> bool {
        let now = self.time.now();
        let slices = self.slices();
        let mut items =
            slices.values().flat_map(|held| held.index.behind(tags.of(&held.slice), after));
        items.any(|item| item.expires > now)
    }

    /// Bytes of all envelopes of a mailbox.
    pub(super) fn mailbox_bytes(&self, address: &Address) -> u64 {
        // While the slices are held, no commit can come between counting and remembering.
        let slices = self.slices();
        self.sums.known_or(address, || {
            let bytes =
                slices.values().map(|held| held.index.bytes_of(held.slice.tagger.tag(address)));
            bytes.fold(0, u64::saturating_add)
        })
    }

    /// The tags of an address in all slices, worked out before any lock is taken for long.
    pub(super) fn tags(&self, address: &Address) -> Tags {
        let slices: Vec<_> = self.slices().values().map(|held| Arc::clone(&held.slice)).collect();
        let known = slices.iter().map(|slice| (slice.id, slice.tagger.tag(address))).collect();
        Tags { address: *address, known }
    }

    pub(super) fn read(
        &self,
        tags: &Tags,
        after: Position,
        limit: ReadLimit,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut after = after;
        loop {
            let found = self.find(tags, after, limit);
            let Some((_, last)) = found.last() else { return Ok(Vec::new()) };
            after = last.position;
            let entries = self.fetch_all(tags, &found)?;
            // All of them damaged is not the end of the mailbox.
            if !entries.is_empty() {
                return Ok(entries);
            }
        }
    }

    /// What is live: an envelope is gone at its own expiry, whenever its slice ends (OS-STO-031).
    fn find(&self, tags: &Tags, after: Position, limit: ReadLimit) -> Vec<(Arc<Slice>, Item)> {
        let now = self.time.now();
        let mut found = Vec::new();
        for held in self.slices().values() {
            let live =
                held.index.behind(tags.of(&held.slice), after).filter(|item| item.expires > now);
            let most = limit.entries.max(1);
            found.extend(live.take(most).map(|item| (Arc::clone(&held.slice), item)));
        }
        found.sort_by_key(|(_, item)| item.position);
        found.truncate(within(limit, found.iter().map(|(_, item)| item.class.bytes())));
        found
    }

    fn fetch_all(
        &self,
        tags: &Tags,
        found: &[(Arc<Slice>, Item)],
    ) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::with_capacity(found.len());
        for (slice, item) in found {
            match slice.fetch(*item).map_err(|error| blame(&error))? {
                Some(envelope) => {
                    entries.push(Entry { position: item.position, expires: item.expires, envelope })
                }
                None => self.forget(slice.id, tags.of(slice), item.position),
            }
        }
        Ok(entries)
    }

    /// Takes a damaged record out of the index, so that it is counted once.
    fn forget(&self, slice: SliceId, mailbox: MailboxTag, position: Position) {
        let mut slices = self.slices_mut();
        let was_there =
            slices.get_mut(&slice).is_some_and(|held| held.index.remove(mailbox, position));
        self.sums.forget();
        Counts::add(&self.counts.damaged, u64::from(was_there));
    }

    pub(super) fn holdings(&self, max: usize) -> Result<Vec<Holding>, StoreError> {
        let now = self.time.now();
        // Never more than these few at once, however much the store holds.
        let mut oldest = BTreeMap::new();
        for held in self.slices().values() {
            for (tag, item) in held.index.all().filter(|(_, item)| item.expires > now) {
                oldest.insert((item.position, tag, held.slice.id), (Arc::clone(&held.slice), item));
                if oldest.len() > max {
                    oldest.pop_last();
                }
            }
        }
        let oldest = oldest.into_iter();
        let holdings = oldest.map(|((_, tag, _), (slice, item))| holding(&slice, tag, item));
        holdings.filter_map(Result::transpose).collect()
    }

    pub(super) fn statistics(&self) -> Statistics {
        let slices = self.slices();
        let sum = |of: fn(&Held) -> u64| slices.values().map(of).fold(0, u64::saturating_add);
        Statistics {
            envelopes: sum(|held| held.index.envelopes()),
            envelope_bytes: sum(|held| held.index.envelope_bytes()),
            stored_bytes: sum(|held| held.bytes),
            stored_bytes_max: self.stored_bytes_max,
            slices: slices.len() as u64,
            index_bytes: sum(|held| held.index.memory_bytes()),
            commits: self.counts.commits.load(Ordering::Relaxed),
            damaged: self.counts.damaged.load(Ordering::Relaxed),
            refused_full: self.counts.refused_full.load(Ordering::Relaxed),
            spent_tokens: self.counts.spent_tokens.load(Ordering::Relaxed),
            forgotten: self.counts.forgotten.load(Ordering::Relaxed),
        }
    }

    /// What will be destroyed at `now`.
    pub(super) fn ended(&self, now: UnixMillis) -> Vec<SliceId> {
        let slices = self.slices();
        slices.iter().filter(|(_, held)| held.slice.end <= now).map(|(id, _)| *id).collect()
    }
}

fn holding(slice: &Slice, tag: MailboxTag, item: Item) -> Result<Option<Holding>, StoreError> {
    let envelope = slice.fetch(item).map_err(|error| blame(&error))?;
    let sample = envelope.and_then(|envelope| envelope.as_ref().first_chunk().copied());
    Ok(sample.map(|sample| Holding {
        mailbox: tag.0,
        position: item.position,
        size: item.class,
        expires: item.expires,
        sample,
    }))
}
