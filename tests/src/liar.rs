//! A relay that lies: the real relay library with one identity, and a face for each of those whom it tells apart.
//!
//! ```text
//! deposit at a face -> its store --carried--> the stores of the other faces
//!                          \---kept back---> Held -> carried later, in any order | never
//! ```
//! All that it does, whoever runs a relay can do: show different logs (RO-07), withhold and delay (RO-06, RO-08), put
//! an envelope anywhere (RO-05), and have any time (RO-14). Time passes by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    collections::{BTreeSet, HashMap, hash_map::Entry as Way},
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use offshift_link::RelayIdentity;
use offshift_relay::{
    server::Config,
    store::{
        Deposit, Entry, Expired, Holding, Observer, ReadLimit, Statistics, Store, StoreError,
        clock::Clock, memory::MemoryStore,
    },
};
use offshift_wire::{
    Address, Envelope, Life, Position, UnixMillis, link::RelayLink, relay::Access,
};

use tokio::{net::UdpSocket, task::JoinSet};

use crate::relay::{LibraryRelay, link_at, loopback};

const ALL: ReadLimit = ReadLimit { entries: 100_000, bytes: 1 << 30 };

/// A clock that tests turn by hand. Clones show the same time.
#[derive(Clone)]
pub struct HandClock(Arc<Mutex<(UnixMillis, Duration)>>);

impl HandClock {
    /// A clock that stands at this time.
    pub fn at(wall: UnixMillis) -> Self {
        Self(Arc::new(Mutex::new((wall, Duration::ZERO))))
    }

    /// What it shows.
    pub fn now(&self) -> UnixMillis {
        self.0.lock().unwrap().0
    }

    /// Time passes.
    pub fn pass_ms(&self, ms: u64) {
        let mut shown = self.0.lock().unwrap();
        shown.0 = shown.0.plus_ms(ms);
        shown.1 += Duration::from_millis(ms);
    }
}

/// The same clock, wrong by so much.
struct WrongClock {
    right: HandClock,
    ahead_ms: i64,
}

impl Clock for WrongClock {
    fn wall(&self) -> UnixMillis {
        UnixMillis(self.right.now().0.saturating_add_signed(self.ahead_ms))
    }

    fn steady(&self) -> Duration {
        self.right.0.lock().unwrap().1
    }
}

/// A deposit that other faces have not got.
#[derive(Clone)]
pub struct Held {
    /// Where it came in.
    pub from: usize,
    /// What it is.
    pub deposit: Deposit,
}

struct Shared {
    stores: Vec<MemoryStore>,
    parted: Mutex<BTreeSet<Address>>,
    all_parted: AtomicBool,
    endless: Mutex<BTreeSet<(usize, Address)>>,
    held: Mutex<Vec<Held>>,
    tap: Mutex<Vec<(Address, Envelope)>>,
}

impl Shared {
    fn is_parted(&self, address: &Address) -> bool {
        self.all_parted.load(SeqCst) || self.parted.lock().unwrap().contains(address)
    }
}

/// What one part of the people see of the relay.
pub struct Face {
    number: usize,
    shared: Arc<Shared>,
}

impl Face {
    fn own(&self) -> &MemoryStore {
        &self.shared.stores[self.number]
    }

    async fn carry(&self, deposit: Deposit) -> Result<(), StoreError> {
        self.shared.tap.lock().unwrap().push((deposit.address, deposit.envelope.clone()));
        if self.shared.is_parted(&deposit.address) {
            self.shared.held.lock().unwrap().push(Held { from: self.number, deposit });
            return Ok(());
        }
        for (number, store) in self.shared.stores.iter().enumerate() {
            if number != self.number {
                store.append(vec![deposit.clone()]).await?;
            }
        }
        Ok(())
    }
}

impl Store for Face {
    async fn append(&self, deposits: Vec<Deposit>) -> Result<Vec<Position>, StoreError> {
        let positions = self.own().append(deposits.clone()).await?;
        for deposit in deposits {
            self.carry(deposit).await?;
        }
        Ok(positions)
    }

    fn observe(&self, observer: Arc<dyn Observer>) {
        self.own().observe(observer);
    }

    async fn read(
        &self,
        address: Address,
        after: Position,
        limit: ReadLimit,
    ) -> Result<Vec<Entry>, StoreError> {
        if self.shared.endless.lock().unwrap().contains(&(self.number, address)) {
            std::future::pending::<()>().await;
        }
        self.own().read(address, after, limit).await
    }

    async fn release(&self, address: Address, positions: Vec<Position>) -> Result<(), StoreError> {
        self.own().release(address, positions).await
    }

    async fn expire(&self) -> Result<Expired, StoreError> {
        self.own().expire().await
    }

    async fn metadata(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.own().metadata(key).await
    }

    async fn put_metadata(&self, key: &str, value: Vec<u8>) -> Result<(), StoreError> {
        self.own().put_metadata(key, value).await
    }

    async fn remove_metadata(&self, key: &str) -> Result<(), StoreError> {
        self.own().remove_metadata(key).await
    }

    async fn records(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.own().records(prefix).await
    }

    async fn spend(&self, period: u32, ids: Vec<[u8; 16]>) -> Result<bool, StoreError> {
        self.own().spend(period, ids).await
    }

    async fn forget_period(&self, before: u32) -> Result<(), StoreError> {
        self.own().forget_period(before).await
    }

    fn mailbox_bytes(&self, address: &Address) -> u64 {
        self.own().mailbox_bytes(address)
    }

    fn statistics(&self) -> Statistics {
        self.own().statistics()
    }

    async fn holdings(&self, max: usize) -> Result<Vec<Holding>, StoreError> {
        self.own().holdings(max).await
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.own().close().await
    }
}

/// The relay. It is honest until it is told otherwise.
pub struct Liar {
    shared: Arc<Shared>,
    faces: Vec<LibraryRelay<Face>>,
}

impl Liar {
    /// One with a face for each of these, whose clock is ahead by so many milliseconds.
    pub fn new(clock: &HandClock, ahead_ms: &[i64]) -> Self {
        Self::with(clock, ahead_ms, Access::Open)
    }

    /// The same, for whoever has a ticket. Each face has an issuer key of its own (RO-09).
    pub fn with_tickets(clock: &HandClock, faces: usize) -> Self {
        Self::with(clock, &vec![0; faces], Access::Tickets)
    }

    fn with(clock: &HandClock, ahead_ms: &[i64], access: Access) -> Self {
        let store = |ahead_ms: &i64| {
            let clock = WrongClock { right: clock.clone(), ahead_ms: *ahead_ms };
            MemoryStore::with_clock(1 << 30, Arc::new(clock))
        };
        let shared = Arc::new(Shared {
            stores: ahead_ms.iter().map(store).collect(),
            parted: Mutex::default(),
            all_parted: AtomicBool::new(false),
            endless: Mutex::default(),
            held: Mutex::default(),
            tap: Mutex::default(),
        });
        let identity = RelayIdentity::generate().unwrap();
        let face = |number| {
            let identity = RelayIdentity::from_pkcs8(&identity.to_pkcs8()).unwrap();
            let store = Arc::new(Face { number, shared: Arc::clone(&shared) });
            let config = Config { access, ..crate::relay::config() };
            let right = WrongClock { right: clock.clone(), ahead_ms: 0 };
            let config = Config { clock: Arc::new(right), ..config };
            LibraryRelay::with(&config, identity, store)
        };
        Self { faces: (0..ahead_ms.len()).map(face).collect(), shared }
    }

    /// Where this face is reached.
    pub fn link(&self, face: usize) -> RelayLink {
        self.faces[face].link()
    }

    /// What a face counts and issues.
    pub fn face(&self, face: usize) -> &LibraryRelay<Face> {
        &self.faces[face]
    }

    /// All faces take the tickets of the first. To be called before the others are asked for anything.
    pub async fn share_tickets(&self) {
        for (key, value) in self.shared.stores[0].records("").await.unwrap() {
            for store in self.shared.stores.iter().skip(1).filter(|_| key != "issuer seed") {
                store.put_metadata(&key, value.clone()).await.unwrap();
            }
        }
    }

    /// From now on no face shows what others deposit in this mailbox.
    pub fn part(&self, address: Address) {
        self.shared.parted.lock().unwrap().insert(address);
    }

    /// From now on all faces show what is deposited in this mailbox.
    pub fn unite(&self, address: &Address) {
        self.shared.parted.lock().unwrap().remove(address);
    }

    /// From now on no face shows anything of the others', or all do.
    pub fn part_all(&self, parted: bool) {
        self.shared.all_parted.store(parted, SeqCst);
    }

    /// Whoever follows this mailbox at this face from now on is shown nothing, and is never told that this is all.
    pub fn keep_endless(&self, face: usize, address: Address) {
        self.shared.endless.lock().unwrap().insert((face, address));
    }

    /// What was kept back, in order; it is forgotten here.
    pub fn take_held(&self) -> Vec<Held> {
        std::mem::take(&mut *self.shared.held.lock().unwrap())
    }

    /// Shows all faces but the one where it came in what was kept back.
    pub async fn show(&self, held: Held) {
        for face in (0..self.faces.len()).filter(|face| *face != held.from) {
            self.put(face, held.deposit.clone()).await;
        }
    }

    /// Puts an envelope into a mailbox of every face, whoever may deposit there.
    pub async fn put_everywhere(&self, address: Address, envelope: Envelope) {
        self.shared.tap.lock().unwrap().push((address, envelope.clone()));
        for face in 0..self.faces.len() {
            let envelope = envelope.clone();
            self.put(face, Deposit { address, life: Life::D7, envelope }).await;
        }
    }

    /// Puts an envelope into a mailbox of one face.
    pub async fn put(&self, face: usize, deposit: Deposit) {
        self.shared.stores[face].append(vec![deposit]).await.unwrap();
    }

    /// What lies in a mailbox of this face.
    pub async fn log(&self, face: usize, address: Address) -> Vec<(Position, Envelope)> {
        let entries = self.shared.stores[face].read(address, Position::START, ALL).await.unwrap();
        entries.into_iter().map(|entry| (entry.position, entry.envelope)).collect()
    }

    /// All that it ever had, in order.
    pub fn tap(&self) -> Vec<(Address, Envelope)> {
        self.shared.tap.lock().unwrap().clone()
    }
}

/// The one address of a relay: it leads each new connection to the face that is chosen at its first datagram, and the
/// connection stays there.
pub struct Door {
    link: RelayLink,
    face: Arc<AtomicUsize>,
    shut: Arc<AtomicBool>,
    _tasks: JoinSet<()>,
}

impl Door {
    /// The door of this relay. It leads to its first face.
    pub async fn of(relay: &Liar) -> Self {
        let front = Arc::new(UdpSocket::bind(loopback()).await.unwrap());
        let link = link_at(front.local_addr().unwrap(), *relay.faces[0].running.relay());
        let faces = relay.faces.iter().map(|face| face.running.address()).collect();
        let (face, mut tasks) = (Arc::new(AtomicUsize::new(0)), JoinSet::new());
        let shut = Arc::new(AtomicBool::new(false));
        tasks.spawn(let_in(front, faces, Arc::clone(&face), Arc::clone(&shut)));
        Self { link, face, shut, _tasks: tasks }
    }

    /// Where people find the relay.
    pub const fn link(&self) -> &RelayLink {
        &self.link
    }

    /// From now on nothing comes through, or all does.
    pub fn shut(&self, shut: bool) {
        self.shut.store(shut, SeqCst);
    }

    /// Whoever connects from now on sees this face.
    pub fn leads_to(&self, face: usize) {
        self.face.store(face, SeqCst);
    }
}

async fn let_in(
    front: Arc<UdpSocket>,
    faces: Vec<SocketAddr>,
    face: Arc<AtomicUsize>,
    shut: Arc<AtomicBool>,
) {
    let (mut ways, mut back) = (HashMap::new(), JoinSet::new());
    let mut buffer = vec![0; 65_536];
    loop {
        // A closed port of somebody who left answers with an error: not ours to care about.
        let Ok((length, client)) = front.recv_from(&mut buffer).await else { continue };
        if shut.load(SeqCst) {
            continue;
        }
        if let Way::Vacant(new) = ways.entry(client) {
            let way = Arc::new(UdpSocket::bind(loopback()).await.unwrap());
            way.connect(faces[face.load(SeqCst)]).await.unwrap();
            back.spawn(let_out(Arc::clone(&way), Arc::clone(&front), client));
            new.insert(way);
        }
        let _ = ways[&client].send(&buffer[..length]).await;
    }
}

async fn let_out(way: Arc<UdpSocket>, front: Arc<UdpSocket>, client: SocketAddr) {
    let mut buffer = vec![0; 65_536];
    loop {
        let Ok(length) = way.recv(&mut buffer).await else { continue };
        let _ = front.send_to(&buffer[..length], client).await;
    }
}
