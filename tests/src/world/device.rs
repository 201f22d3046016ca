//! A device in virtual time: the machines of the protocol, their records in a vault, an outbox, a clock.
//!
//! ```text
//! Effects -> Persist -> vault (a map: all changes or none)      crash -> Room::load, Inbox::load, Outgoing::decode
//!         \-> deposits, follows, events -> World
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use offshift_protocol::{
    Change, Context, Effect, Effects, EffectsBuilder, OutboxId, OutboxSequence, Outgoing, Source,
    card::{Application, Contact},
    ids::ApplicationId,
    inbox::{Inbox, inbox_key},
    room::{Room, RoomEvent, RoomId, Rules},
};
use offshift_wire::{Address, Envelope, MemberId, Position, UnixMillis, link::RelayLink};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::outbox::Waiting;

/// Somebody who was met.
pub struct Met {
    /// Which of the own applications they have.
    pub application: usize,
    /// Whose device it is.
    pub with: usize,
    /// Their card.
    pub contact: Contact,
}

/// When a device dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// Before its next effects are written: they never were.
    BeforeWriting,
    /// After they are written, before any of them is done.
    AfterWriting,
}

/// What is on a disk. Nobody's secrets: it is not wiped.
pub(super) type Records = BTreeMap<String, Arc<Vec<u8>>>;

/// The highest number that a deposit ever had, as the engine keeps it (OS-CLI-009).
const SEQUENCE: &str = "sequence/outbox";

/// One device.
pub struct Device {
    /// The handle that it applies under.
    pub name: String,
    /// Whether it only does what its program does. The oracle believes honest devices only.
    pub honest: bool,
    /// Its room, once it is in.
    pub room: Option<Room>,
    /// Its applications. Those that other worlds have, too, are as they were loaded from the disk of all of them.
    pub applications: Vec<Arc<Application>>,
    pub(super) ids: Vec<ApplicationId>,
    /// The mailboxes of their inboxes.
    pub(super) inboxes: Vec<Address>,
    /// Whom it met.
    pub met: Vec<Met>,
    /// Before this time it reads nothing.
    pub away_until: UnixMillis,
    /// How far its clock is ahead, or behind.
    pub clock_ms: i64,
    /// When it dies next.
    pub crash: Option<Crash>,
    /// Where its inboxes lie.
    pub(super) relay: RelayLink,
    /// How often it was started: what belongs to a run before is nothing to the next.
    pub(super) run: u32,
    pub(super) rng: ChaCha20Rng,
    pub(super) outbox: OutboxSequence,
    pub(super) waiting: Waiting,
    pub(super) reading: BTreeMap<Address, Following>,
    pub(super) caught_up: UnixMillis,
    /// Since it was started it has not read its channel to the end: nothing is deposited there (OS-RBK-005).
    pub(super) is_unread: bool,
    pub(super) vault: Records,
}

/// A mailbox that is read.
pub(super) struct Following {
    pub(super) relay: usize,
    pub(super) after: Position,
}

/// What effects ask of the world.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) deposits: bool,
    pub(super) follows: Vec<Source>,
    pub(super) unfollows: Vec<Address>,
    pub(super) events: Vec<RoomEvent>,
}

impl Device {
    pub(super) fn new(name: &str, seed: u64, relay: RelayLink) -> Self {
        Self {
            name: name.to_owned(),
            honest: true,
            room: None,
            applications: Vec::new(),
            ids: Vec::new(),
            inboxes: Vec::new(),
            met: Vec::new(),
            away_until: UnixMillis(0),
            clock_ms: 0,
            crash: None,
            relay,
            run: 0,
            rng: ChaCha20Rng::seed_from_u64(seed),
            outbox: OutboxSequence::new(),
            waiting: Waiting::default(),
            reading: BTreeMap::new(),
            caught_up: UnixMillis(0),
            is_unread: false,
            vault: Records::new(),
        }
    }

    /// Its room.
    pub fn room(&self) -> &Room {
        self.room.as_ref().unwrap()
    }

    /// Its room, to do something with it.
    pub fn room_mut(&mut self) -> &mut Room {
        self.room.as_mut().unwrap()
    }

    /// Its name in the room.
    pub fn id(&self) -> MemberId {
        self.room().own_id()
    }

    /// Whether it is a member and follows what happens.
    pub fn is_in(&self) -> bool {
        self.room.as_ref().is_some_and(|room| !room.is_removed() && room.is_stranded().is_none())
    }

    /// What its clock shows.
    pub fn time(&self, now: UnixMillis) -> UnixMillis {
        UnixMillis(now.0.saturating_add_signed(self.clock_ms))
    }

    /// Bytes of its records, without what people said.
    pub fn vault_bytes(&self) -> usize {
        let kept = self.vault.iter().filter(|(key, _)| !key.starts_with("history/"));
        kept.map(|(key, value)| key.len() + value.len()).sum()
    }

    /// Deposits that wait.
    pub fn outbox_len(&self) -> usize {
        self.waiting.len()
    }

    /// Reads an entry of its channel outside of the world's time, and gives what it deposits then.
    pub fn read(
        &mut self,
        now: UnixMillis,
        address: &Address,
        position: Position,
        envelope: &Envelope,
    ) -> Vec<Outgoing> {
        let effects = self.with(now, |ctx, room| {
            room.as_mut().unwrap().handle_entry(ctx, address, position, envelope)
        });
        self.deposits(effects)
    }

    /// What effects deposit, taken out of the outbox.
    pub fn deposits(&mut self, effects: Effects<RoomEvent>) -> Vec<Outgoing> {
        let before: BTreeSet<OutboxId> = self.waiting.ids().collect();
        self.take(effects);
        let new: Vec<_> = self.waiting.ids().filter(|id| !before.contains(id)).collect();
        new.into_iter().filter_map(|id| self.waiting.remove(id)).collect()
    }

    /// Does something with the room and randomness, for a bench.
    pub fn with<T>(
        &mut self,
        now: UnixMillis,
        act: impl FnOnce(&mut Context<'_>, &mut Option<Room>) -> T,
    ) -> T {
        let mut ctx = Context { now, rng: &mut self.rng, outbox: &mut self.outbox };
        act(&mut ctx, &mut self.room)
    }

    /// A fresh application.
    pub(super) fn apply(&mut self, now: UnixMillis) -> usize {
        let (name, relay) = (self.name.clone(), self.relay.clone());
        let made = self.with(now, |ctx, _| Application::new(ctx, &relay, &name).unwrap());
        let mut builder = EffectsBuilder::new();
        made.put(&mut builder);
        self.ids.push(made.id());
        self.inboxes.push(made.inbox().source().access.address());
        self.applications.push(Arc::new(made));
        self.take(builder.build());
        self.applications.len() - 1
    }

    /// Writes changes.
    pub(super) fn write(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Put { key, mut value } => {
                    if OutboxId::from_key(&key).is_some() {
                        self.vault.insert(SEQUENCE.to_owned(), Arc::new(key.clone().into_bytes()));
                    }
                    self.vault.insert(key, Arc::new(std::mem::take(&mut *value)));
                }
                Change::Delete { key } => drop(self.vault.remove(&key)),
            }
        }
    }

    pub(super) fn take(&mut self, effects: Effects<RoomEvent>) -> Asked {
        let mut asked = Asked::default();
        for effect in effects {
            match effect {
                Effect::Persist(changes) => self.write(changes),
                Effect::Follow(source) => asked.follows.push(source),
                Effect::Unfollow(address) => asked.unfollows.push(address),
                Effect::Cancel(id) => drop(self.waiting.remove(id)),
                Effect::Deposit(outgoing) => {
                    asked.deposits = true;
                    self.waiting.insert(outgoing);
                }
                Effect::Event(event) => asked.events.push(event),
            }
        }
        asked
    }

    /// The deposit is receipted: its record goes.
    pub(super) fn receipted(&mut self, id: OutboxId) {
        if self.waiting.remove(id).is_some() {
            self.vault.remove(&id.key());
        }
    }

    fn records<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let from = self.vault.range(prefix.to_owned()..);
        let under = from.take_while(move |(key, _)| key.starts_with(prefix));
        under.map(|(key, value)| (key.as_str(), value.as_slice()))
    }

    /// Starts anew from what is on its disk, with other randomness.
    pub(super) fn restart(&mut self, rules: Rules, seed: u64) {
        self.run += 1;
        (self.crash, self.caught_up, self.is_unread) = (None, UnixMillis(0), true);
        self.rng = ChaCha20Rng::seed_from_u64(seed);
        self.reading.clear();
        self.room = self.load_room(rules);
        for at in 0..self.applications.len() {
            // Nobody changed what is shared: it is what lies on the disk.
            if Arc::strong_count(&self.applications[at]) == 1 {
                self.applications[at] = self.load_application(self.ids[at]);
            }
        }
        for met in &mut self.met {
            let (id, record) = (met.contact.id(), &self.vault[&met.contact.id().key()]);
            if **record != **met.contact.encode() {
                met.contact = Contact::decode(id, record).unwrap();
            }
        }
        let mut waiting = Waiting::default();
        for (key, value) in self.records("outbox/") {
            waiting.insert(Outgoing::decode(OutboxId::from_key(key).unwrap(), value).unwrap());
        }
        self.waiting = waiting;
        let highest = self.vault.get(SEQUENCE).and_then(|key| std::str::from_utf8(key).ok());
        let highest = highest.and_then(OutboxId::from_key);
        self.outbox = OutboxSequence::resume(self.waiting.ids().chain(highest));
    }

    fn load_room(&self, rules: Rules) -> Option<Room> {
        let (key, _) = self.records("room/").next()?;
        let (id, _) = key.strip_prefix("room/")?.split_once('/')?;
        let id = RoomId::from_hex(id).unwrap();
        Some(Room::load(id, self.records("room/"), rules).unwrap())
    }

    pub(super) fn load_application(&self, id: ApplicationId) -> Arc<Application> {
        let inbox = Inbox::load(id, self.records(&inbox_key(&id))).unwrap();
        Arc::new(Application::load(inbox, &self.vault[&id.key()]).unwrap())
    }

    /// One of its applications, to change it: no other world's from now on.
    pub(super) fn application_mut(&mut self, at: usize) -> &mut Application {
        if Arc::strong_count(&self.applications[at]) > 1 {
            self.applications[at] = self.load_application(self.ids[at]);
        }
        Arc::get_mut(&mut self.applications[at]).unwrap()
    }

    /// What it follows, as its records say: of those mailboxes in which it waits for something.
    pub(super) fn sources(&self, followed: &BTreeSet<Address>) -> Vec<Source> {
        let room = self.room.as_ref().and_then(Room::source);
        let inboxes = self.applications.iter().zip(&self.inboxes);
        let inboxes = inboxes.filter(|(_, address)| followed.contains(*address));
        room.into_iter().chain(inboxes.map(|(one, _)| one.inbox().source())).collect()
    }
}
