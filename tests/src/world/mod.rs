//! **World** and **Oracle**: seeded devices over the real protocol machines, virtual relays, one virtual clock.
//!
//! ```text
//! seed -> lags, order, faults --.
//! act(device, wish) -> effects -> vault -> outbox -> (lag, loss) -> Relay -> (lag of each reader) -> handle_entry
//!                        \-> crash: Room::load, Inbox::load from the vault         -> effects -> Oracle::observe
//! ```
//! There are no threads and no real time: a seed is a run.
//!
//! What is the product's own code: rooms, inboxes, applications, meetings, their records and how they are read back; the
//! relay's store in memory with its positions, steady time and lives. What follows the client's engine rule by rule, but
//! is not its code: a change is written before anything of it is done, one deposit of a mailbox at a time, the same bytes
//! again until there is a receipt, an inbox entry marked after what it caused. What is left out: quinn and sockets,
//! capabilities, tokens, signed receipts, the vault's own file, the store's engine on disk, and tokio; each has its own
//! tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod device;
mod hours;
mod image;
mod network;
mod oracle;
mod outbox;
mod people;
mod relay;

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::{
    Change, Context, Effects, OutboxId, OutboxSequence,
    card::Application,
    room::{Care, ChangeRefused, Content, Invitee, Room, RoomEvent, Rules, Text},
};
use offshift_wire::{
    Address, Envelope, MessageId, Position, RelayId, UnixMillis, admission::Vouch, link::RelayLink,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use network::Flight;
use oracle::Place;

pub use device::{Crash, Device, Met};
pub use image::Image;
pub use network::Faults;
pub use oracle::{Broken, Oracle};
pub use people::{Card, Founding, signed_vouch};
pub use relay::{Conduct, Relay};

/// When every world begins.
pub const START: UnixMillis = UnixMillis(crate::clock::START);

/// A second, in milliseconds.
pub const SECOND_MS: u64 = 1000;

/// A day, in milliseconds.
pub const DAY_MS: u64 = 24 * 3600 * SECOND_MS;

/// The link of the relay that keeps the room.
pub fn relay_link() -> RelayLink {
    link(0)
}

fn link(number: u8) -> RelayLink {
    let port = 4433 + u16::from(number);
    RelayLink::new("relay.example", port, RelayId::from_bytes([1 + number; 32])).unwrap()
}

fn short(id: &MessageId) -> String {
    id.hex()[..6].to_owned()
}

/// Something that happens at its time.
enum Due {
    /// A deposit reaches its relay.
    Arrives(Flight),
    /// Its receipt comes back.
    Receipted { at: usize, run: u32, id: OutboxId, to: Address },
    /// A device tries a mailbox again.
    Retries { at: usize, run: u32, to: Address },
    /// An envelope that no outbox knows reaches the relay.
    Thrown(Address, Envelope),
    /// A device reads the next entry of a mailbox.
    Reads(usize, Address),
}

/// How long envelopes are on their way, at most.
#[derive(Clone, Copy)]
pub struct Lags {
    /// To the relay.
    pub up_ms: u64,
    /// From the relay.
    pub down_ms: u64,
}

/// Devices, their relays, and the time.
pub struct World {
    /// The devices.
    pub devices: Vec<Device>,
    /// The relay that keeps the room.
    pub relay: Relay,
    /// Relays that keep inboxes only.
    pub others: Vec<Relay>,
    /// What must hold.
    pub oracle: Oracle,
    /// The time.
    pub now: UnixMillis,
    /// How slow the network is.
    pub lags: Lags,
    /// How often it fails.
    pub faults: Faults,
    /// The rules of all rooms here.
    pub rules: Rules,
    /// How many things have happened.
    pub step: u64,
    /// Whether what a refused entry leaves is looked at.
    pub probes: bool,
    /// A planted fault: what was there before a refusal is not what is compared.
    pub is_blurred: bool,
    /// Devices of which each step is printed.
    pub traced: BTreeSet<usize>,
    dice: ChaCha20Rng,
    due: BTreeMap<(UnixMillis, u64), Due>,
    reads_due: BTreeSet<(usize, Address)>,
    thrown: BTreeSet<[u8; 32]>,
    planned: u64,
}

impl World {
    /// A world of nobody.
    pub fn new(seed: u64, rules: Rules) -> Self {
        Self::with_relays(seed, rules, 1)
    }

    /// The same, where inboxes lie at so many relays, of which one keeps the room.
    pub fn with_relays(seed: u64, rules: Rules, relays: u8) -> Self {
        Self {
            devices: Vec::new(),
            relay: Relay::new(relay_link()),
            others: (1..relays).map(|number| Relay::new(link(number))).collect(),
            oracle: Oracle::default(),
            now: START,
            lags: Lags { up_ms: 400, down_ms: 400 },
            faults: Faults::default(),
            rules,
            step: 0,
            probes: false,
            is_blurred: false,
            traced: BTreeSet::new(),
            dice: ChaCha20Rng::seed_from_u64(seed),
            due: BTreeMap::new(),
            reads_due: BTreeSet::new(),
            thrown: BTreeSet::new(),
            planned: 0,
        }
    }

    fn number_of(&self, link: &RelayLink) -> usize {
        let other = self.others.iter().position(|one| one.link() == link);
        other.map_or(0, |at| at + 1)
    }

    fn relay_at(&mut self, number: usize) -> &mut Relay {
        match number.checked_sub(1) {
            None => &mut self.relay,
            Some(other) => &mut self.others[other],
        }
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.next_u64() % u64::try_from(sides).unwrap()).unwrap()
    }

    /// Somebody with a phone.
    pub fn device(&mut self, name: &str) -> usize {
        let seed = self.dice.next_u64();
        let relay = match self.devices.len() % (self.others.len() + 1) {
            0 => relay_link(),
            other => self.others[other - 1].link().clone(),
        };
        self.devices.push(Device::new(name, seed, relay));
        self.devices.len() - 1
    }

    /// A device's room does something.
    pub fn act<E>(
        &mut self,
        at: usize,
        act: impl FnOnce(&mut Context<'_>, &mut Room) -> Result<Effects<RoomEvent>, E>,
    ) -> Result<(), E> {
        let now = self.devices[at].time(self.now);
        let effects = self.devices[at].with(now, |ctx, room| act(ctx, room.as_mut().unwrap()))?;
        self.execute(at, effects).unwrap_or_else(|broken| panic!("{broken}"));
        Ok(())
    }

    /// What a device that follows no rule makes.
    pub fn made<E: std::fmt::Debug>(
        &mut self,
        at: usize,
        make: impl FnOnce(&mut Context<'_>, &mut Room) -> Result<Vec<Envelope>, E>,
    ) -> Vec<Envelope> {
        let now = self.now;
        self.devices[at].with(now, |ctx, room| make(ctx, room.as_mut().unwrap()).unwrap())
    }

    /// An organizer lets in whoever has this card, by any vouches: for newcomers who are keys and no devices.
    ///
    /// # Errors
    /// As everybody's device would refuse it.
    pub fn admit_card(
        &mut self,
        by: usize,
        card: &Application,
        vouches: Vec<Vouch>,
    ) -> Result<(), ChangeRefused> {
        let now = self.now;
        let Device { rng, outbox, room, applications, .. } = &mut self.devices[by];
        let mut ctx = Context { now, rng, outbox };
        let room = room.as_mut().unwrap();
        let invitee =
            Invitee { card: card.card(), application: &applications[0], organizer: false };
        let effects = room.handle_admit_for_testing(&mut ctx, vouches, &invitee)?;
        self.execute(by, effects).unwrap_or_else(|broken| panic!("{broken}"));
        Ok(())
    }

    /// Keys of somebody who has no device here.
    pub fn card(&mut self, name: &str) -> Application {
        let (now, mut outbox) = (self.now, OutboxSequence::new());
        let mut rng = ChaCha20Rng::seed_from_u64(self.dice.next_u64());
        let mut ctx = Context { now, rng: &mut rng, outbox: &mut outbox };
        Application::new(&mut ctx, &relay_link(), name).unwrap()
    }

    /// A device writes into the room. Gives the message's name, if it is on the disk.
    pub fn send(&mut self, at: usize, words: &str) -> Option<MessageId> {
        let content = Content::Text(Text::new(words, None).unwrap());
        let mut sent = None;
        let _ = self.act(at, |ctx, room| {
            let (id, effects) = room.handle_send(ctx, content, Care::Ordinary)?;
            sent = Some(id);
            Ok::<_, offshift_protocol::room::SendRefused>(effects)
        });
        let room = self.devices[at].room.as_ref()?;
        let id = sent.filter(|id| room.waiting().iter().any(|(waiting, _)| waiting == id))?;
        if self.devices[at].honest {
            self.oracle.note_sent(at, id);
        }
        Some(id)
    }

    /// Envelopes go to a mailbox, past every outbox.
    pub fn throw(&mut self, to: Address, envelopes: Vec<Envelope>) {
        let mut when = self.now;
        for envelope in envelopes {
            when = when.plus_ms(self.lag(self.lags.up_ms));
            self.plan(when, Due::Thrown(to, envelope));
        }
    }

    /// How many messages a device gets out of envelopes that are given to it as if they lay where it reads.
    pub fn reads_anyway(&mut self, at: usize, envelopes: &[Envelope]) -> usize {
        let now = self.now;
        let address = *self.devices[at].room().address().unwrap();
        let mut position = Position::new(now.0 * 1000);
        let mut read = 0;
        for envelope in envelopes {
            position = position.next(now).unwrap();
            let effects = self.devices[at].with(now, |ctx, room| {
                room.as_mut().unwrap().handle_entry(ctx, &address, position, envelope)
            });
            let events = self.devices[at].take(effects).events;
            read += events.iter().filter(|one| matches!(one, RoomEvent::Message(_))).count();
        }
        read
    }

    fn lag(&mut self, most: u64) -> u64 {
        1 + self.dice.next_u64() % most.max(1)
    }

    fn plan(&mut self, when: UnixMillis, due: Due) {
        self.planned += 1;
        self.due.insert((when, self.planned), due);
    }

    pub(crate) fn execute(&mut self, at: usize, effects: Effects<RoomEvent>) -> Result<(), Broken> {
        self.execute_at(at, None, effects, Vec::new())
    }

    /// Does what a device wants, and shows the oracle what it shows. `more` is written in the same record.
    fn execute_at(
        &mut self,
        at: usize,
        place: Option<Place>,
        effects: Effects<RoomEvent>,
        more: Vec<Change>,
    ) -> Result<(), Broken> {
        let crash = self.devices[at].crash.take();
        if crash == Some(Crash::BeforeWriting) {
            self.restart(at);
            return Ok(());
        }
        self.devices[at].write(more);
        let asked = self.devices[at].take(effects);
        self.trace_events(at, &asked.events);
        let now = self.now;
        let observed = self.oracle.observe(at, &self.devices[at], place, &asked.events, now);
        if crash.is_some() {
            self.restart(at);
            return observed;
        }
        for address in &asked.unfollows {
            self.unfollow(at, address);
        }
        for source in &asked.follows {
            self.unfollow(at, &source.access.address());
            self.follow(at, source);
        }
        if asked.deposits {
            self.start_deposits(at);
        }
        observed
    }

    fn trace(&self, at: usize, what: impl FnOnce() -> String) {
        if self.traced.contains(&at) {
            println!("{} device {at} {}", self.now.0, what());
        }
    }

    fn trace_events(&self, at: usize, events: &[RoomEvent]) {
        for event in events {
            self.trace(at, || match event {
                RoomEvent::Message(one) => format!("reads {} of {}", short(&one.id), one.handle),
                RoomEvent::Sent(id) => format!("has sent {}", short(id)),
                RoomEvent::Resent(id) => format!("sends again {}", short(id)),
                RoomEvent::KeysChanged { epoch } => format!("is in epoch {epoch}"),
                RoomEvent::Alarm(alarm) => format!("warns: {alarm:?}"),
                RoomEvent::Skipped { why, by } => format!("passes over {why:?} of {by:?}"),
                RoomEvent::ChangeDropped(rule) => format!("gives up a change: {rule:?}"),
                RoomEvent::Returned { .. } => "is back in the room".to_owned(),
                _ => "shows something else".to_owned(),
            });
        }
    }

    /// Follows what the rooms follow, after they read something past the relay.
    pub fn follow_all(&mut self) {
        for at in 0..self.devices.len() {
            if let Some(source) = self.devices[at].room.as_ref().and_then(Room::source) {
                self.follow(at, &source);
            }
        }
    }

    fn set_time(&mut self, to: UnixMillis) {
        let passed = to.since_ms(self.now);
        self.now = self.now.max(to);
        self.relay.pass(passed);
        self.others.iter().for_each(|relay| relay.pass(passed));
    }

    /// Does the next thing that is due. `false`: nothing is.
    fn advance(&mut self) -> Result<bool, Broken> {
        let Some(((when, _), due)) = self.due.pop_first() else { return Ok(false) };
        self.set_time(when);
        self.step += 1;
        match due {
            Due::Arrives(flight) => self.arrives(flight),
            Due::Receipted { at, run, id, to } => self.receipted(at, run, id, &to),
            Due::Retries { at, run, to } => self.retries(at, run, &to),
            Due::Thrown(to, envelope) => self.lands(to, envelope),
            Due::Reads(at, address) => self.reads(at, address)?,
        }
        Ok(true)
    }

    /// Lets things happen for so long.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn run_for(&mut self, ms: u64) -> Result<(), Broken> {
        let until = self.now.plus_ms(ms);
        while self.due.first_key_value().is_some_and(|((when, _), _)| *when <= until) {
            self.advance()?;
        }
        self.set_time(until);
        Ok(())
    }

    /// Lets things happen until nothing is under way, and asks whether all is well.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn run(&mut self) -> Result<(), Broken> {
        while self.advance()? {}
        self.oracle.settle(&self.devices)
    }
}
