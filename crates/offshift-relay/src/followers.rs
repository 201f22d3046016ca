//! Who waits at the tail of which mailbox.
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
};

use bytes::BytesMut;
use offshift_wire::{Address, relay::Response};

use crate::{
    limits::{FOLLOWER_SHARDS, TAIL_BYTES},
    store::{Entry, Observer},
    tail::{Held, Place, Tail},
};

type Shard = HashMap<Address, Arc<Tail>>;

/// All followed mailboxes.
pub(crate) struct Followers {
    shards: [Mutex<Shard>; FOLLOWER_SHARDS],
    places: AtomicUsize,
    held: Arc<AtomicUsize>,
}

/// Whoever follows a mailbox.
pub(crate) struct Follower {
    /// Goes first, so that who is the last to go is seen to be.
    pub(crate) place: Place,
    _listed: Listed,
}

/// What makes a mailbox one that is followed.
struct Listed {
    followers: Arc<Followers>,
    address: Address,
}

impl Followers {
    pub(crate) fn new() -> Arc<Self> {
        let shards = std::array::from_fn(|_| Mutex::default());
        Arc::new(Self { shards, places: AtomicUsize::new(0), held: Arc::default() })
    }

    /// Takes a place at the tail of a mailbox.
    pub(crate) fn follow(self: &Arc<Self>, address: Address) -> Follower {
        let place = Place::at(self.shard(&address).entry(address).or_default().clone());
        self.places.fetch_add(1, Ordering::Relaxed);
        Follower { place, _listed: Listed { followers: self.clone(), address } }
    }

    /// Followers at the moment.
    pub(crate) fn count(&self) -> usize {
        self.places.load(Ordering::Relaxed)
    }

    fn shard(&self, address: &Address) -> MutexGuard<'_, Shard> {
        // Addresses are hashes: any byte spreads evenly.
        let [first, ..] = address.as_bytes();
        let index = usize::from(*first) % FOLLOWER_SHARDS;
        let [zero, ..] = &self.shards;
        let shard = self.shards.get(index).unwrap_or(zero);
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The frame of an entry, if there is room for it.
    fn hold(&self, entry: &Entry) -> Option<Held> {
        if self.held.load(Ordering::Relaxed) >= TAIL_BYTES {
            return None;
        }
        let mut frame = BytesMut::new();
        let (position, envelope) = (entry.position, entry.envelope.clone());
        Response::Entry { position, envelope }.put_frame(&mut frame);
        Some(Held::counted(frame.freeze(), &self.held))
    }
}

impl Observer for Followers {
    fn appended(&self, address: &Address, entry: &Entry) {
        if let Some(tail) = self.shard(address).get(address) {
            tail.push(entry.position, self.hold(entry));
        }
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        self.followers.places.fetch_sub(1, Ordering::Relaxed);
        let mut shard = self.followers.shard(&self.address);
        if shard.get(&self.address).is_some_and(|tail| tail.is_left()) {
            shard.remove(&self.address);
        }
    }
}
