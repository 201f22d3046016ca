//! **World** and **Oracle**: seeded devices over the real protocol machines, one virtual relay, one virtual clock.
//!
//! ```text
//! seed -> lags, order --.
//! act(device, wish) -> effects -> outbox -> (lag) -> Relay -> (lag of each reader) -> handle_entry -> effects
//!                                                                                        \-> Oracle::observe
//! ```
//! There are no threads and no real time: a seed is a run. What is left out: vaults, connections, capabilities and
//! lives of envelopes; each has its own tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod device;
mod oracle;
mod people;
mod relay;

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::{
    Context, Effects, OutboxId, OutboxSequence, Source,
    card::Application,
    room::{Care, ChangeRefused, Content, Invitee, Room, RoomEvent, Rules, Text},
};
use offshift_wire::{
    Address, Envelope, Position, RelayId, UnixMillis, admission::Vouch, link::RelayLink,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

pub use device::{Device, Met};
pub use oracle::{Broken, Oracle};
pub use people::{Card, Founding, signed_vouch};
pub use relay::{Conduct, Relay};

/// When every world begins.
pub const START: UnixMillis = UnixMillis(1_790_000_000_000);

/// A second, in milliseconds.
pub const SECOND_MS: u64 = 1000;

/// A day, in milliseconds.
pub const DAY_MS: u64 = 24 * 3600 * SECOND_MS;

/// The link of the one relay.
pub fn relay_link() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([1; 32])).unwrap()
}

/// Something that happens at its time.
enum Due {
    /// The next deposit of a device's outbox reaches the relay.
    Arrives(usize, OutboxId),
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

/// Devices, their relay, and the time.
pub struct World {
    /// The devices.
    pub devices: Vec<Device>,
    /// The relay.
    pub relay: Relay,
    /// What must hold.
    pub oracle: Oracle,
    /// The time.
    pub now: UnixMillis,
    /// How slow the network is.
    pub lags: Lags,
    /// The rules of all rooms here.
    pub rules: Rules,
    /// How many things have happened.
    pub step: u64,
    dice: ChaCha20Rng,
    due: BTreeMap<(UnixMillis, u64), Due>,
    reads_due: BTreeSet<(usize, Address)>,
    sent_until: BTreeMap<usize, UnixMillis>,
    planned: u64,
}

impl World {
    /// A world of nobody.
    pub fn new(seed: u64, rules: Rules) -> Self {
        Self {
            devices: Vec::new(),
            relay: Relay::default(),
            oracle: Oracle::default(),
            now: START,
            lags: Lags { up_ms: 400, down_ms: 400 },
            rules,
            step: 0,
            dice: ChaCha20Rng::seed_from_u64(seed),
            due: BTreeMap::new(),
            reads_due: BTreeSet::new(),
            sent_until: BTreeMap::new(),
            planned: 0,
        }
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.next_u64() % u64::try_from(sides).unwrap()).unwrap()
    }

    /// Somebody with a phone.
    pub fn device(&mut self, name: &str) -> usize {
        let seed = self.dice.next_u64();
        self.devices.push(Device::new(name, seed));
        self.devices.len() - 1
    }

    /// A device's room does something.
    pub fn act<E>(
        &mut self,
        at: usize,
        act: impl FnOnce(&mut Context<'_>, &mut Room) -> Result<Effects<RoomEvent>, E>,
    ) -> Result<(), E> {
        let now = self.now;
        let effects = self.devices[at].with(now, |ctx, room| act(ctx, room.as_mut().unwrap()))?;
        let before = Some(self.devices[at].room().epoch());
        self.execute(at, before, effects).unwrap_or_else(|broken| panic!("{broken}"));
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
        let before = Some(room.epoch());
        let invitee =
            Invitee { card: card.card(), application: &applications[0], organizer: false };
        let effects = room.handle_admit_for_testing(&mut ctx, vouches, &invitee)?;
        self.execute(by, before, effects).unwrap_or_else(|broken| panic!("{broken}"));
        Ok(())
    }

    /// Keys of somebody who has no device here.
    pub fn card(&mut self, name: &str) -> Application {
        let (now, mut outbox) = (self.now, OutboxSequence::new());
        let mut rng = ChaCha20Rng::seed_from_u64(self.dice.next_u64());
        let mut ctx = Context { now, rng: &mut rng, outbox: &mut outbox };
        Application::new(&mut ctx, &relay_link(), name).unwrap()
    }

    /// A device writes into the room.
    pub fn send(&mut self, at: usize, words: &str) {
        let content = Content::Text(Text::new(words, None).unwrap());
        let mut id = None;
        let _ = self.act(at, |ctx, room| {
            let (sent, effects) = room.handle_send(ctx, content, Care::Ordinary)?;
            id = Some(sent);
            Ok::<_, offshift_protocol::room::SendRefused>(effects)
        });
        if let Some(id) = id.filter(|_| self.devices[at].honest) {
            self.oracle.note_sent(at, id);
        }
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

    pub(crate) fn execute(
        &mut self,
        at: usize,
        before: Option<u64>,
        effects: Effects<RoomEvent>,
    ) -> Result<(), Broken> {
        let asked = self.devices[at].take(effects);
        for address in asked.unfollows {
            self.relay.unfollow(&address, at);
            self.devices[at].reading.remove(&address);
        }
        for source in asked.follows {
            let address = source.access.address();
            self.relay.follow(address, at);
            self.devices[at].reading.insert(address, source.after);
            self.expect(at, address);
        }
        for id in asked.deposits {
            // In the order of the outbox, as one connection carries them.
            let from = self.sent_until.get(&at).copied().unwrap_or_default().max(self.now);
            let when = from.plus_ms(self.lag(self.lags.up_ms));
            self.sent_until.insert(at, when);
            self.plan(when, Due::Arrives(at, id));
        }
        self.oracle.observe(at, &self.devices[at], before, &asked.events, self.now)
    }

    /// Follows what the rooms follow, after they read something past the relay.
    pub fn follow_all(&mut self) {
        for at in 0..self.devices.len() {
            if let Some(source) = self.devices[at].room.as_ref().and_then(Room::source) {
                self.follow(at, &source);
            }
        }
    }

    fn follow(&mut self, at: usize, source: &Source) {
        let address = source.access.address();
        self.relay.follow(address, at);
        self.devices[at].reading.entry(address).or_insert(source.after);
    }

    /// Plans the next reading of a mailbox, if there is something to read.
    fn expect(&mut self, at: usize, address: Address) {
        let Some(after) = self.devices[at].reading.get(&address).copied() else { return };
        let more = self.relay.next(&address, after, at).is_some();
        if more && self.reads_due.insert((at, address)) {
            let from = self.now.max(self.devices[at].away_until);
            let when = from.plus_ms(self.lag(self.lags.down_ms));
            self.plan(when, Due::Reads(at, address));
        }
    }

    fn arrive(&mut self, to: Address, envelope: Envelope) {
        self.relay.append(self.now, to, envelope);
        for follower in self.relay.followers(&to) {
            self.expect(follower, to);
        }
    }

    fn read(&mut self, at: usize, address: Address) -> Result<(), Broken> {
        self.reads_due.remove(&(at, address));
        let Some(after) = self.devices[at].reading.get(&address).copied() else { return Ok(()) };
        let Some((position, envelope)) = self.relay.next(&address, after, at) else {
            return Ok(());
        };
        self.devices[at].reading.insert(address, position);
        let now = self.now;
        let before = self.devices[at].room.as_ref().map(Room::epoch);
        if self.devices[at].room.as_ref().is_some_and(|room| room.address() == Some(&address)) {
            let effects = self.devices[at].with(now, |ctx, room| {
                room.as_mut().unwrap().handle_entry(ctx, &address, position, &envelope)
            });
            self.execute(at, before, effects)?;
        } else {
            self.read_inbox(at, &address, position, &envelope)?;
        }
        self.expect(at, address);
        Ok(())
    }

    /// Does the next thing that is due. `false`: nothing is.
    fn advance(&mut self) -> Result<bool, Broken> {
        let Some(((when, _), due)) = self.due.pop_first() else { return Ok(false) };
        self.now = self.now.max(when);
        self.step += 1;
        match due {
            Due::Arrives(at, id) => {
                if let Some(outgoing) = self.devices[at].waiting.remove(&id) {
                    self.arrive(outgoing.to.address(), outgoing.envelope);
                }
            }
            Due::Thrown(to, envelope) => self.arrive(to, envelope),
            Due::Reads(at, address) => self.read(at, address)?,
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
        self.now = until;
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
