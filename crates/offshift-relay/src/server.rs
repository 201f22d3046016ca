//! A running relay: accepts connections, expires what is over, stops cleanly.
//!
//! ```text
//! Relay::start -> Running -> shutdown: take nobody new -> receipt what was read -> close -> store closed
//! ```
//! How it ends is OS-REL-040.

use std::{
    net::{SocketAddr, UdpSocket},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use offshift_access::ReceiptKey;
use offshift_link::{
    Arriving, BadIdentity, Granted, Identities, ListenError, Listener, limits::LEAF_RENEW,
};
use offshift_wire::{Life, RelayId, code::Close, relay::Access};
use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::{MissedTickBehavior, interval, timeout},
};
use tracing::{info, warn};

use crate::{
    connection,
    counts::{Count, Counts, Mark},
    limits::{DEPOSIT_BYTES_IN_FLIGHT, EXPIRE_EVERY, Limits, STOP_GRACE},
    office::Office,
    overlap,
    pressure::{self, Load, Pressure},
    quiet::said,
    receipts::Receipts,
    shared::Shared,
    store::{
        Store, StoreError,
        clock::{Clock, SystemClock},
    },
};

/// How a relay serves.
#[derive(Clone)]
pub struct Config {
    /// UDP address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The longest life class that a depositor may choose.
    pub life_max: Life,
    /// What it does not go beyond.
    pub limits: Limits,
    /// Who may deposit.
    pub access: Access,
    /// Whom to ask for a ticket, in the host's words: one line.
    pub contact: String,
    /// How often expired envelopes are destroyed.
    pub expire_every: Duration,
    /// The time by which weeks and days of tickets are told.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// Open to all, with the usual limits, listening on `listen`.
    pub fn new(listen: SocketAddr) -> Self {
        Self {
            listen,
            life_max: Life::D7,
            limits: Limits::default(),
            access: Access::Open,
            contact: String::new(),
            expire_every: EXPIRE_EVERY,
            clock: Arc::new(SystemClock),
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
    listener: Arc<Listener>,
    shared: Arc<Shared<S>>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What a relay holds at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gauges {
    /// Connections.
    pub connections: u64,
    /// Streams that follow a mailbox.
    pub followers: u64,
    /// Memory of the whole process.
    pub memory_bytes: u64,
    /// The limit on it.
    pub memory_max: u64,
    /// How near it is.
    pub pressure: Pressure,
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
        identities: impl Into<Identities>,
        store: Arc<S>,
    ) -> Result<Running<S>, ListenError> {
        let identities = identities.into();
        let keys = keys(&identities)?;
        let listener = Listener::bind(config.listen, identities, config.limits.listen())?;
        Self::serve(config, listener, keys, store)
    }

    /// The same on a socket that was bound before, by a service manager for instance.
    ///
    /// # Errors
    /// [`ListenError`].
    pub fn start_on<S: Store>(
        socket: UdpSocket,
        config: &Config,
        identities: impl Into<Identities>,
        store: Arc<S>,
    ) -> Result<Running<S>, ListenError> {
        let identities = identities.into();
        let keys = keys(&identities)?;
        let listener = Listener::on(socket, identities, config.limits.listen())?;
        Self::serve(config, listener, keys, store)
    }

    fn serve<S: Store>(
        config: &Config,
        listener: Listener,
        (for_receipts, for_office): (ReceiptKey, ReceiptKey),
        store: Arc<S>,
    ) -> Result<Running<S>, ListenError> {
        let (address, relay, granted) =
            (listener.address()?, *listener.relay(), listener.granted());
        let receipts = Receipts::signed_with(for_receipts);
        let office = Office::new(store.clone(), for_office, config.clock.clone());
        let shared = Arc::new(Shared::new(config, store, receipts, office));
        shared.counts.mark(Mark::Started);
        shared.counts.mark(Mark::CertificateIssued);
        let (listener, (stop, stopping)) = (Arc::new(listener), watch::channel(false));
        let task =
            tokio::spawn(run(config.expire_every, listener.clone(), shared.clone(), stopping));
        Ok(Running { address, relay, granted, listener, shared, stop, task })
    }
}

/// What signs receipts, and what signs issuer keys.
fn keys(identities: &Identities) -> Result<(ReceiptKey, ReceiptKey), BadIdentity> {
    let current = identities.current();
    Ok((current.receipt_key()?, current.receipt_key()?))
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
    pub fn store(&self) -> &Arc<S> {
        &self.shared.store
    }

    /// What it has counted.
    pub fn counts(&self) -> &Counts {
        &self.shared.counts
    }

    /// Where its tickets are.
    pub fn office(&self) -> &Arc<Office<S>> {
        &self.shared.office
    }

    /// What it holds.
    pub fn gauges(&self) -> Gauges {
        let shared = &self.shared;
        Gauges {
            connections: shared.connections.load(Ordering::Relaxed) as u64,
            followers: shared.followers.count() as u64,
            memory_bytes: pressure::memory_bytes(),
            memory_max: shared.limits().memory_bytes_max,
            pressure: shared.pressure.now(),
        }
    }

    /// From now on these hold. Who is connected stays.
    pub fn reload(&self, limits: Limits, contact: String) {
        self.listener.set_limits(limits.listen());
        self.shared.reload(limits, contact);
    }

    /// Shows a fresh leaf certificate to those who connect from now on.
    pub fn renew_leaf(&self) {
        renew_leaf(&self.listener, self.counts());
    }

    /// Takes nobody new, receipts what was read, tells all peers, closes the store. Bounded: within
    /// some ten seconds everything has ended.
    ///
    /// # Errors
    /// [`StoreError`] when the store could not let go of its disk properly.
    pub async fn shutdown(mut self) -> Result<(), StoreError> {
        let _ = self.stop.send(true);
        let _ = timeout(3 * STOP_GRACE, &mut self.task).await;
        self.shared.store.close().await
    }
}

async fn run<S: Store>(
    expire_every: Duration,
    listener: Arc<Listener>,
    shared: Arc<Shared<S>>,
    mut stopping: watch::Receiver<bool>,
) {
    let mut peers = JoinSet::new();
    info!("the relay serves");
    let mut housekeeping = pin!(housekeeping(expire_every, &shared, &listener));
    let mut tidying = pin!(tidying(expire_every, &shared));
    let mut watching = pin!(watch_memory(&listener, &shared));
    let for_peers = stopping.clone();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => break,
            Some(_) = peers.join_next() => {}
            () = &mut housekeeping => break,
            () = &mut tidying => break,
            () = &mut watching => break,
            arriving = listener.accept() => match arriving {
                Some(arriving) => admit(&mut peers, &shared, arriving, &for_peers),
                None => break,
            },
        }
    }
    listener.refuse_new();
    let _ = timeout(2 * STOP_GRACE, async { while peers.join_next().await.is_some() {} }).await;
    listener.close(Close::Stopping).await;
    info!("the relay stopped");
}

/// Looks each second how much is held, and takes less when it is much (OS-REL-050).
async fn watch_memory<S: Store>(listener: &Listener, shared: &Shared<S>) {
    let load = |memory| Load {
        memory,
        memory_max: shared.limits().memory_bytes_max,
        queued: shared.deposit_bytes_in_flight(),
        queued_max: DEPOSIT_BYTES_IN_FLIGHT as u64,
    };
    let each = |now| {
        listener.set_tight(now != Pressure::Calm);
        listener.set_shedding(now == Pressure::Full);
        let turned_away = listener.turned_away();
        shared.counts.add_many(Count::Retried, turned_away.retried);
        shared.counts.add_many(Count::RefusedPrefix, turned_away.refused);
    };
    shared.pressure.watch(load, each).await;
}

/// Serves a peer in its own task, if there is a place for it (OS-REL-020) and memory (OS-REL-050).
fn admit<S: Store>(
    peers: &mut JoinSet<()>,
    shared: &Arc<Shared<S>>,
    arriving: Arriving,
    stopping: &watch::Receiver<bool>,
) {
    let max =
        if shared.pressure.now() == Pressure::Full { 0 } else { shared.limits().connections_max };
    match Place::take(&shared.connections, max) {
        Some(place) => {
            peers.spawn(serve(shared.clone(), place, arriving, stopping.clone()));
        }
        None => {
            shared.counts.add(Count::RefusedPlaces);
            arriving.refuse();
        }
    }
}

async fn serve<S: Store>(
    shared: Arc<Shared<S>>,
    _place: Place,
    arriving: Arriving,
    stopping: watch::Receiver<bool>,
) {
    if let Some(peer) = arriving.accept().await {
        shared.counts.add(Count::Connected);
        connection::serve(shared, peer, stopping).await;
    }
}

/// A connection's place, free again when dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    /// Only the accepting task takes places, so nothing comes between the look and the taking.
    fn take(taken: &Arc<AtomicUsize>, max: usize) -> Option<Self> {
        if taken.load(Ordering::Relaxed) >= max {
            return None;
        }
        taken.fetch_add(1, Ordering::Relaxed);
        Some(Self(taken.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Destroys what has expired and renews the leaf certificate, for ever.
///
/// Whether the leaf is due is looked at often: a machine that starts without the time gets a clock that
/// jumps, and one that slept wakes up late.
async fn housekeeping<S: Store>(expire_every: Duration, shared: &Shared<S>, listener: &Listener) {
    let mut expire = interval(expire_every);
    expire.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut issued = SystemTime::now();
    loop {
        expire.tick().await;
        destroy_expired(shared).await;
        end_overlap(shared).await;
        let now = SystemTime::now();
        if is_due(issued, now) || listener.overlap_ended(issued, now) {
            renew_leaf(listener, &shared.counts);
            issued = now;
        }
    }
}

/// Whether a leaf that was issued then is to be replaced: it is old, or the clock was set since (OS-LNK-003).
fn is_due(issued: SystemTime, now: SystemTime) -> bool {
    now.duration_since(issued).map_or(true, |age| age >= LEAF_RENEW)
}

async fn destroy_expired<S: Store>(shared: &Shared<S>) {
    if let Err(error) = shared.store.expire().await {
        shared.counts.add(Count::DiskFailed);
        warn!(error = %said(error), "expired envelopes could not be destroyed");
    }
}

/// The key of the identity before is a key to this relay as long as it exists (OS-OPS-130).
async fn end_overlap<S: Store>(shared: &Shared<S>) {
    if let Err(error) = overlap::end(&*shared.store, SystemClock.wall()).await {
        warn!(error = %said(error), "the identity before could not be destroyed");
    }
}

/// Forgets what is over of tickets, tokens and sponsorships, for ever. Apart: a ticket with many seats takes a while, and
/// no envelope lives longer for it.
async fn tidying<S: Store>(every: Duration, shared: &Shared<S>) {
    let mut due = interval(every);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        due.tick().await;
        shared.sponsored.forget_over(shared.office.steady());
        if let Err(error) = shared.office.tidy().await {
            warn!(error = %said(error), "tickets and tokens that are over could not be destroyed");
        }
    }
}

fn renew_leaf(listener: &Listener, counts: &Counts) {
    match listener.renew() {
        Ok(()) => {
            counts.mark(Mark::CertificateIssued);
            info!("issued a new certificate");
        }
        Err(error) => {
            warn!(error = %said(error), "could not issue a new certificate; the old one goes on")
        }
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
