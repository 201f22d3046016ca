//! Who waits at the tail of which mailbox, and the last entries there, in memory.
//!
//! ```text
//! store (commit thread) --appended--> tail of the mailbox --> each follower's own place in it
//! ```
//! No position is skipped or repeated, whatever the interleaving (OS-REL-030): a follower takes its
//! place *before* it reads the store to the end. What was appended before that is in the store; what
//! comes after is in the tail; what is in both has a position that the follower has passed already.
//! A follower that the tail has outrun takes a new place and reads the store again.
//!
//! Never: a mailbox without a follower; more than [`TAIL_BYTES`] of entries.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use bytes::{Bytes, BytesMut};
use offshift_wire::{Address, Position, relay::Response};
use tokio::sync::broadcast::{self, error::RecvError};

use crate::{
    limits::{FOLLOWER_SHARDS, TAIL_AGE, TAIL_BYTES, TAIL_ENTRIES},
    store::{Entry, Observer},
};

type Shard = HashMap<Address, broadcast::Sender<Arc<Tail>>>;

/// All followed mailboxes.
pub(crate) struct Followers {
    shards: [Mutex<Shard>; FOLLOWER_SHARDS],
    places: AtomicUsize,
    held: Arc<AtomicUsize>,
    bytes_max: usize,
}

/// One entry at a tail, as the frame that every follower is sent: encoded once, shared by all.
pub(crate) struct Tail {
    position: Position,
    since: Instant,
    frame: Option<Held>,
}

/// Counted bytes.
struct Held {
    bytes: Bytes,
    held: Arc<AtomicUsize>,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.held.fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}

/// A place at the tail of a mailbox.
pub(crate) struct Follower {
    followers: Arc<Followers>,
    address: Address,
    /// Always there until drop.
    place: Option<broadcast::Receiver<Arc<Tail>>>,
    /// Taken off the place, not yet delivered.
    next: Option<Arc<Tail>>,
}

/// What a follower finds at its place.
pub(crate) enum Found {
    /// The frame behind the ones before.
    Frame(Position, Bytes),
    /// It is not in memory (any more): read the store to its end.
    Behind,
}

impl Followers {
    pub(crate) fn new() -> Arc<Self> {
        Self::holding(TAIL_BYTES)
    }

    fn holding(bytes_max: usize) -> Arc<Self> {
        let shards = std::array::from_fn(|_| Mutex::default());
        Arc::new(Self { shards, places: AtomicUsize::new(0), held: Arc::default(), bytes_max })
    }

    /// Takes a place at the tail of a mailbox.
    pub(crate) fn follow(self: &Arc<Self>, address: Address) -> Follower {
        let place = self.place(&address);
        self.places.fetch_add(1, Ordering::Relaxed);
        Follower { followers: self.clone(), address, place: Some(place), next: None }
    }

    /// Followers at the moment.
    pub(crate) fn count(&self) -> usize {
        self.places.load(Ordering::Relaxed)
    }

    fn place(&self, address: &Address) -> broadcast::Receiver<Arc<Tail>> {
        let mut shard = self.shard(address);
        let tail = shard.entry(*address).or_insert_with(|| broadcast::channel(TAIL_ENTRIES).0);
        tail.subscribe()
    }

    fn shard(&self, address: &Address) -> MutexGuard<'_, Shard> {
        // Addresses are hashes: any byte spreads evenly.
        let [first, ..] = address.as_bytes();
        let index = usize::from(*first) % FOLLOWER_SHARDS;
        let [zero, ..] = &self.shards;
        let shard = self.shards.get(index).unwrap_or(zero);
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn leave(&self, address: &Address) {
        let mut shard = self.shard(address);
        if shard.get(address).is_some_and(|tail| tail.receiver_count() == 0) {
            shard.remove(address);
        }
    }

    /// The frame of an entry, if there is room for it.
    fn hold(&self, entry: &Entry) -> Option<Held> {
        let mut frame = BytesMut::new();
        let (position, envelope) = (entry.position, entry.envelope.clone());
        if self.held.load(Ordering::Relaxed) >= self.bytes_max {
            return None;
        }
        Response::Entry { position, envelope }.put_frame(&mut frame);
        let bytes = frame.freeze();
        self.held.fetch_add(bytes.len(), Ordering::Relaxed);
        Some(Held { bytes, held: self.held.clone() })
    }
}

impl Observer for Followers {
    fn appended(&self, address: &Address, entry: &Entry) {
        let shard = self.shard(address);
        let Some(tail) = shard.get(address) else { return };
        let frame = self.hold(entry);
        // Nobody left is no error: they read the store when they come back.
        let _ =
            tail.send(Arc::new(Tail { position: entry.position, since: Instant::now(), frame }));
    }
}

impl Tail {
    fn found(&self) -> Found {
        match &self.frame {
            Some(held) if self.since.elapsed() < TAIL_AGE => {
                Found::Frame(self.position, held.bytes.clone())
            }
            _ => Found::Behind,
        }
    }
}

impl Follower {
    /// Waits for what lies behind `after`. Cancel-safe.
    ///
    /// After [`Found::Behind`] the place is new: the store has everything before it.
    pub(crate) async fn next(&mut self, after: Position) -> Found {
        loop {
            if let Some(found) = self.take(after) {
                return found;
            }
            let Some(place) = self.place.as_mut() else { return Found::Behind };
            match place.recv().await {
                Ok(tail) => self.next = Some(tail),
                Err(RecvError::Lagged(_) | RecvError::Closed) => {
                    self.renew();
                    return Found::Behind;
                }
            }
        }
    }

    /// What lies behind `after` at once, if anything does.
    pub(crate) fn now(&mut self, after: Position) -> Option<Found> {
        loop {
            if let Some(found) = self.take(after) {
                return Some(found);
            }
            match self.place.as_mut()?.try_recv() {
                Ok(tail) => self.next = Some(tail),
                Err(broadcast::error::TryRecvError::Empty) => return None,
                Err(_) => {
                    self.renew();
                    return Some(Found::Behind);
                }
            }
        }
    }

    /// Whether all that was stored when the place was taken lies at or before `position`.
    pub(crate) fn is_past(&mut self, position: Position) -> bool {
        if self.next.is_none() {
            match self.place.as_mut().map(broadcast::Receiver::try_recv) {
                Some(Ok(tail)) => self.next = Some(tail),
                Some(Err(broadcast::error::TryRecvError::Lagged(_))) => self.renew(),
                _ => {}
            }
        }
        self.next.as_ref().is_some_and(|tail| tail.position <= position)
    }

    /// The entry in hand, if it is behind `after`. One that isn't was read from the store.
    fn take(&mut self, after: Position) -> Option<Found> {
        let tail = self.next.take()?;
        if tail.position <= after {
            return None;
        }
        let found = tail.found();
        if matches!(found, Found::Behind) {
            self.renew();
        }
        Some(found)
    }

    fn renew(&mut self) {
        self.next = None;
        self.place = Some(self.followers.place(&self.address));
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.place = None;
        self.followers.places.fetch_sub(1, Ordering::Relaxed);
        self.followers.leave(&self.address);
    }
}
