//! A running relay: accepts connections, expires what is over, stops cleanly.
//!
//! ```text
//! Relay::start -> Running -> shutdown: take nobody new -> receipt what was read -> close -> store closed
//! ```
//! How it ends is OS-REL-040.

use std::{
    net::SocketAddr,
    pin::pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

use offshift_link::{Arriving, Granted, ListenError, Listener, RelayIdentity, limits::LEAF_RENEW};
use offshift_wire::{Life, RelayId, code::Close};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::{JoinHandle, JoinSet},
    time::{MissedTickBehavior, interval, timeout},
};
use tracing::{info, warn};

use crate::{
    connection::{self, Shared},
    followers::Followers,
    limits::{CONNECTIONS_MAX, DEPOSIT_BYTES_IN_FLIGHT, EXPIRE_EVERY, STOP_GRACE},
    receipts::Receipts,
    store::{Store, StoreError},
};

/// How a relay serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// UDP address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The longest life class that a depositor may choose.
    pub life_max: Life,
    /// Connections at once.
    pub connections_max: usize,
    /// How often expired envelopes are destroyed.
    pub expire_every: Duration,
}

impl Config {
    /// Defaults, listening on `listen`.
    pub const fn new(listen: SocketAddr) -> Self {
        Self {
            listen,
            life_max: Life::D7,
            connections_max: CONNECTIONS_MAX,
            expire_every: EXPIRE_EVERY,
        }
    }
}

/// The relay, generic over its store.
pub struct Relay;

/// A relay that serves. Dropping it ends everything at once; [`Running::shutdown`] does it properly.
pub struct Running<S> {
    address: SocketAddr,
    relay: RelayId,
    granted: Granted,
    store: Arc<S>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl<S> Drop for Running<S> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Relay {
    /// Listens and serves from `store`.
    ///
    /// # Errors
    /// [`ListenError`].
    pub fn start<S: Store>(
        config: &Config,
        identity: RelayIdentity,
        store: Arc<S>,
    ) -> Result<Running<S>, ListenError> {
        let receipts = Receipts::signed_with(identity.receipt_key()?);
        let listener = Listener::bind(config.listen, identity)?;
        let (address, relay, granted) =
            (listener.address()?, *listener.relay(), listener.granted());
        let followers = Followers::new();
        store.observe(followers.clone());
        let deposit_room = Semaphore::new(DEPOSIT_BYTES_IN_FLIGHT >> 10);
        let life_max = config.life_max;
        let shared = Shared { store: store.clone(), followers, deposit_room, receipts, life_max };
        let shared = Arc::new(shared);
        let (stop, stopping) = watch::channel(false);
        let task = tokio::spawn(run(config.clone(), listener, shared, stopping));
        Ok(Running { address, relay, granted, store, stop, task })
    }
}

impl<S: Store> Running<S> {
    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Who it is.
    pub const fn relay(&self) -> &RelayId {
        &self.relay
    }

    /// What the system granted of the socket buffers.
    pub const fn granted(&self) -> Granted {
        self.granted
    }

    /// Its store.
    pub const fn store(&self) -> &Arc<S> {
        &self.store
    }

    /// Takes nobody new, receipts what was read, tells all peers, closes the store. Bounded: within
    /// some ten seconds everything has ended.
    ///
    /// # Errors
    /// [`StoreError`] when the store could not let go of its disk properly.
    pub async fn shutdown(mut self) -> Result<(), StoreError> {
        let _ = self.stop.send(true);
        let _ = timeout(3 * STOP_GRACE, &mut self.task).await;
        self.store.close().await
    }
}

async fn run<S: Store>(
    config: Config,
    listener: Listener,
    shared: Arc<Shared<S>>,
    mut stopping: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(config.connections_max));
    let mut peers = JoinSet::new();
    info!("the relay serves");
    let mut housekeeping = pin!(housekeeping(config.expire_every, &*shared.store, &listener));
    let for_peers = stopping.clone();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => break,
            Some(_) = peers.join_next() => {}
            () = &mut housekeeping => break,
            arriving = listener.accept() => match arriving {
                Some(arriving) => admit(&mut peers, &places, &shared, arriving, &for_peers),
                None => break,
            },
        }
    }
    listener.refuse_new();
    let _ = timeout(2 * STOP_GRACE, async { while peers.join_next().await.is_some() {} }).await;
    listener.close(Close::Stopping).await;
    info!("the relay stopped");
}

/// Serves a peer in its own task, if there is a place for it (OS-REL-020).
fn admit<S: Store>(
    peers: &mut JoinSet<()>,
    places: &Arc<Semaphore>,
    shared: &Arc<Shared<S>>,
    arriving: Arriving,
    stopping: &watch::Receiver<bool>,
) {
    match places.clone().try_acquire_owned() {
        Ok(place) => {
            peers.spawn(serve(shared.clone(), place, arriving, stopping.clone()));
        }
        Err(_) => arriving.refuse(),
    }
}

async fn serve<S: Store>(
    shared: Arc<Shared<S>>,
    _place: OwnedSemaphorePermit,
    arriving: Arriving,
    stopping: watch::Receiver<bool>,
) {
    if let Some(peer) = arriving.accept().await {
        connection::serve(shared, peer, stopping).await;
    }
}

/// Destroys what has expired and renews the leaf certificate, for ever.
///
/// Whether the leaf is due is looked at often: a machine that starts without the time gets a clock that
/// jumps, and one that slept wakes up late.
async fn housekeeping<S: Store>(expire_every: Duration, store: &S, listener: &Listener) {
    let mut expire = interval(expire_every);
    expire.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut issued = SystemTime::now();
    loop {
        expire.tick().await;
        destroy_expired(store).await;
        let now = SystemTime::now();
        if is_due(issued, now) {
            renew_leaf(listener);
            issued = now;
        }
    }
}

/// Whether a leaf that was issued then is to be replaced: it is old, or the clock was set since (OS-LNK-003).
fn is_due(issued: SystemTime, now: SystemTime) -> bool {
    now.duration_since(issued).map_or(true, |age| age >= LEAF_RENEW)
}

async fn destroy_expired<S: Store>(store: &S) {
    if let Err(error) = store.expire().await {
        warn!(%error, "expired envelopes could not be destroyed");
    }
}

fn renew_leaf(listener: &Listener) {
    match listener.renew() {
        Ok(()) => info!("issued a new certificate"),
        Err(error) => warn!(%error, "could not issue a new certificate; the old one goes on"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_lnk_003_a_leaf_is_renewed_when_it_is_old_and_when_the_clock_was_set() {
        let day = Duration::from_secs(24 * 3600);
        let issued = SystemTime::UNIX_EPOCH + 30 * day;
        assert!(!is_due(issued, issued) && !is_due(issued, issued + day));
        assert!(is_due(issued, issued + 2 * day) && is_due(issued, issued + 9_000 * day));
        assert!(is_due(issued, issued - day));
    }
}
