//! A relay in virtual time: the real store's logs, positions and lives, who follows them, and how it lies.
//!
//! ```text
//! envelope -> down? full? -> MemoryStore -> position -> each follower, but those from whom it hides the entry
//! ```
//! The store is the relay's own engine in memory behind the `Store` trait: positions, steady time and expiry are its
//! code. What an operator can do to people is laid over its answers: nothing here changes what was stored.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use offshift_relay::store::{
    Deposit, Entry, ReadLimit, Store, StoreError, clock::Clock, memory::MemoryStore,
};
use offshift_wire::{Address, Envelope, Life, Position, UnixMillis, link::RelayLink};

use crate::clock::HandClock;

/// More than any world deposits, unless a relay is to be full.
const DISK_BYTES: u64 = 1 << 30;

const ONE: ReadLimit = ReadLimit { entries: 1, bytes: 1 << 20 };
const ALL: ReadLimit = ReadLimit { entries: usize::MAX, bytes: usize::MAX };

/// How the relay behaves to what it takes from now on.
#[derive(Clone, Default)]
pub enum Conduct {
    /// It gives everybody everything, in order.
    #[default]
    Honest,
    /// It hides every multiple of this number from these devices: what it hides, it never gives them.
    HidesEach(u64, BTreeSet<usize>),
    /// It shows these devices what they deposited, and the others what the others did.
    Forks(BTreeSet<usize>),
    /// It shows these devices every multiple of this number in the place of the entry before it in the same log, and that
    /// one in its place: in another order, or one of them twice and the other never.
    SwapsEach(u64, BTreeSet<usize>),
}

/// To whom an entry is not shown.
enum Hidden {
    From(BTreeSet<usize>),
    FromAllBut(BTreeSet<usize>),
}

impl Hidden {
    fn is_from(&self, device: usize) -> bool {
        match self {
            Self::From(devices) => devices.contains(&device),
            Self::FromAllBut(devices) => !devices.contains(&device),
        }
    }
}

type Place = (Address, Position);

/// Logs that only grow, until what lies in them expires.
pub struct Relay {
    link: RelayLink,
    store: MemoryStore,
    clock: Arc<HandClock>,
    followers: BTreeMap<Address, BTreeSet<usize>>,
    /// What was ever taken, in order.
    all: BTreeMap<Address, Vec<Position>>,
    hidden: BTreeMap<Place, Hidden>,
    swapped: BTreeMap<Place, (Position, BTreeSet<usize>)>,
    taken: u64,
    turned: i64,
    conduct: Conduct,
    /// Until then nobody reaches it.
    pub down_until: UnixMillis,
    /// Whether its disk is full.
    pub is_full: bool,
    /// Mailboxes that nobody reads: what comes is receipted and not kept, for a thousand Welcomes fill a disk.
    pub(super) nobodys: BTreeSet<Address>,
    /// Whom it shows nothing at all any more.
    pub blind: BTreeSet<usize>,
}

/// The engine in memory answers at once: there is nothing to wait for.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("the engine in memory waits"),
    }
}

impl Relay {
    pub(super) fn new(link: RelayLink) -> Self {
        let clock = Arc::new(HandClock::default());
        let store = MemoryStore::with_clock(DISK_BYTES, Arc::<HandClock>::clone(&clock));
        Self {
            link,
            store,
            clock,
            followers: BTreeMap::new(),
            all: BTreeMap::new(),
            hidden: BTreeMap::new(),
            swapped: BTreeMap::new(),
            taken: 0,
            turned: 0,
            conduct: Conduct::Honest,
            down_until: UnixMillis(0),
            is_full: false,
            nobodys: BTreeSet::new(),
            blind: BTreeSet::new(),
        }
    }

    /// Where it is found.
    pub const fn link(&self) -> &RelayLink {
        &self.link
    }

    /// Changes how it behaves from now on.
    pub fn behave(&mut self, conduct: Conduct) {
        self.conduct = conduct;
    }

    /// Somebody sets its clock: so far it is ahead or behind from now on.
    pub fn set_clock(&mut self, ms: i64) {
        self.clock.turn(ms - std::mem::replace(&mut self.turned, ms));
    }

    /// It says from now on that it is so much later, and forgets by that.
    pub fn leap(&self, ms: u64) {
        self.clock.pass(ms);
    }

    /// What its clock shows.
    pub fn time(&self) -> UnixMillis {
        self.clock.wall()
    }

    pub(super) fn pass(&self, ms: u64) {
        self.clock.pass(ms);
    }

    /// Forgets what is over.
    pub(super) fn expire(&self) {
        at_once(self.store.expire()).unwrap();
    }

    /// Bytes that it holds.
    pub fn bytes(&self) -> u64 {
        self.store.statistics().stored_bytes
    }

    /// A durable deposit, by this device or by nobody.
    pub(super) fn take(
        &mut self,
        from: Option<usize>,
        (to, life): (Address, Life),
        envelope: Envelope,
    ) -> Result<Position, StoreError> {
        if self.is_full {
            return Err(StoreError::Full);
        }
        if self.nobodys.contains(&to) {
            return Ok(Position::START);
        }
        let deposit = Deposit { address: to, life, envelope };
        let position = at_once(self.store.append(vec![deposit]))?.remove(0);
        self.taken += 1;
        self.lie((to, position), from);
        self.all.entry(to).or_default().push(position);
        Ok(position)
    }

    fn lie(&mut self, at: Place, from: Option<usize>) {
        match &self.conduct {
            Conduct::HidesEach(each, from) if self.taken.is_multiple_of(*each) => {
                self.hidden.insert(at, Hidden::From(from.clone()));
            }
            Conduct::Forks(those) => {
                let hidden = match from {
                    Some(from) if those.contains(&from) => Hidden::FromAllBut(those.clone()),
                    _ => Hidden::From(those.clone()),
                };
                self.hidden.insert(at, hidden);
            }
            Conduct::SwapsEach(each, those) if self.taken.is_multiple_of(*each) => {
                if let Some(before) = self.all.get(&at.0).and_then(|all| all.last()).copied() {
                    self.swapped.insert(at, (before, those.clone()));
                    self.swapped.insert((at.0, before), (at.1, those.clone()));
                }
            }
            _ => {}
        }
    }

    pub(super) fn follow(&mut self, address: Address, device: usize) {
        self.followers.entry(address).or_default().insert(device);
    }

    pub(super) fn unfollow(&mut self, address: &Address, device: usize) {
        self.followers.entry(*address).or_default().remove(&device);
    }

    pub(super) fn followers(&self, address: &Address) -> Vec<usize> {
        self.followers.get(address).into_iter().flatten().copied().collect()
    }

    fn read(&self, address: &Address, after: Position, limit: ReadLimit) -> Vec<Entry> {
        at_once(self.store.read(*address, after, limit)).unwrap()
    }

    /// The next entry after a position that this device is shown.
    pub(super) fn next(
        &self,
        address: &Address,
        mut after: Position,
        device: usize,
    ) -> Option<(Position, Envelope)> {
        if self.blind.contains(&device) {
            return None;
        }
        loop {
            let entry = self.read(address, after, ONE).pop()?;
            let place = (*address, entry.position);
            if !self.hidden.get(&place).is_some_and(|hidden| hidden.is_from(device)) {
                let envelope = self.swap_for(device, place).unwrap_or(entry.envelope);
                return Some((entry.position, envelope));
            }
            after = entry.position;
        }
    }

    /// What it would have shown this device between two places, or behind one, and had to forget.
    pub(super) fn forgotten(
        &self,
        address: &Address,
        (after, before): (Position, Option<Position>),
        device: usize,
    ) -> Vec<Position> {
        let all = self.all.get(address).map(Vec::as_slice).unwrap_or_default();
        let from = all.partition_point(|position| *position <= after);
        let between = all[from..].iter().take_while(|at| before.is_none_or(|before| **at < before));
        let is_shown = |at: &&Position| {
            !self.hidden.get(&(*address, **at)).is_some_and(|hidden| hidden.is_from(device))
        };
        between.filter(is_shown).copied().collect()
    }

    /// What it shows this device in the place of that entry.
    fn swap_for(&self, device: usize, place: Place) -> Option<Envelope> {
        let (other, those) = self.swapped.get(&place)?;
        let before = Position::new(other.value() - 1);
        let there = || self.read(&place.0, before, ONE).pop().filter(|e| e.position == *other);
        those.contains(&device).then(there).flatten().map(|entry| entry.envelope)
    }

    /// Everything that lies in a log: what whoever has the address could read.
    pub fn log(&self, address: &Address) -> Vec<Envelope> {
        let entries = self.read(address, Position::START, ALL);
        entries.into_iter().map(|entry| entry.envelope).collect()
    }
}
