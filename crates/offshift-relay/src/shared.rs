//! What all connections of a relay share.

use std::sync::{Arc, PoisonError, RwLock, atomic::AtomicUsize};

use offshift_wire::{Life, relay::Access};
use tokio::sync::Semaphore;

use crate::{
    counts::Counts,
    credit::Sponsored,
    followers::Followers,
    limits::{DEPOSIT_BYTES_IN_FLIGHT, Limits},
    office::Office,
    pressure::Gauge,
    receipts::Receipts,
    server::Config,
    store::Store,
};

pub(crate) struct Shared<S> {
    pub(crate) store: Arc<S>,
    pub(crate) office: Arc<Office<S>>,
    pub(crate) followers: Arc<Followers>,
    pub(crate) deposit_room: Semaphore,
    pub(crate) receipts: Receipts,
    pub(crate) sponsored: Sponsored,
    pub(crate) life_max: Life,
    pub(crate) access: Access,
    pub(crate) counts: Counts,
    pub(crate) pressure: Gauge,
    pub(crate) connections: Arc<AtomicUsize>,
    live: RwLock<(Limits, String)>,
}

impl<S: Store> Shared<S> {
    pub(crate) fn new(
        config: &Config,
        store: Arc<S>,
        receipts: Receipts,
        office: Office<S>,
    ) -> Self {
        let followers = Followers::new();
        store.observe(followers.clone());
        Self {
            store,
            office: Arc::new(office),
            followers,
            deposit_room: Semaphore::new(DEPOSIT_BYTES_IN_FLIGHT >> 10),
            receipts,
            sponsored: Sponsored::default(),
            life_max: config.life_max,
            access: config.access,
            counts: Counts::default(),
            pressure: Gauge::default(),
            connections: Arc::default(),
            live: RwLock::new((config.limits, config.contact.clone())),
        }
    }
}

/// What can be changed while the relay runs.
impl<S> Shared<S> {
    /// Bytes of envelopes between the network and the disk.
    pub(crate) fn deposit_bytes_in_flight(&self) -> u64 {
        let free = self.deposit_room.available_permits() << 10;
        DEPOSIT_BYTES_IN_FLIGHT.saturating_sub(free) as u64
    }

    pub(crate) fn limits(&self) -> Limits {
        self.live.read().unwrap_or_else(PoisonError::into_inner).0
    }

    pub(crate) fn contact(&self) -> String {
        self.live.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    pub(crate) fn reload(&self, limits: Limits, contact: String) {
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = (limits, contact);
    }
}
