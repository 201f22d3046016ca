//! A device in virtual time: the machines of the protocol, an outbox, no vault.

use std::collections::BTreeMap;

use offshift_protocol::{
    Context, Effect, Effects, OutboxId, OutboxSequence, Outgoing, Source,
    card::{Application, Contact},
    room::{Room, RoomEvent},
};
use offshift_wire::{Address, Envelope, MemberId, Position, UnixMillis};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::relay_link;

/// Somebody who was met.
pub struct Met {
    /// Which of the own applications they have.
    pub application: usize,
    /// Whose device it is.
    pub with: usize,
    /// Their card.
    pub contact: Contact,
}

/// One device.
pub struct Device {
    /// The handle that it applies under.
    pub name: String,
    /// Whether it only does what its program does. The oracle believes honest devices only.
    pub honest: bool,
    /// Its room, once it is in.
    pub room: Option<Room>,
    /// Its applications.
    pub applications: Vec<Application>,
    /// Whom it met.
    pub met: Vec<Met>,
    /// Before this time it reads nothing.
    pub away_until: UnixMillis,
    pub(super) rng: ChaCha20Rng,
    pub(super) outbox: OutboxSequence,
    pub(super) waiting: BTreeMap<OutboxId, Outgoing>,
    pub(super) reading: BTreeMap<Address, Position>,
}

/// What effects ask of the world.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) deposits: Vec<OutboxId>,
    pub(super) follows: Vec<Source>,
    pub(super) unfollows: Vec<Address>,
    pub(super) events: Vec<RoomEvent>,
}

impl Device {
    pub(super) fn new(name: &str, seed: u64) -> Self {
        Self {
            name: name.to_owned(),
            honest: true,
            room: None,
            applications: Vec::new(),
            met: Vec::new(),
            away_until: UnixMillis(0),
            rng: ChaCha20Rng::seed_from_u64(seed),
            outbox: OutboxSequence::new(),
            waiting: BTreeMap::new(),
            reading: BTreeMap::new(),
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
        let asked = self.take(effects);
        asked.deposits.iter().filter_map(|id| self.waiting.remove(id)).collect()
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
        let name = self.name.clone();
        let made = self.with(now, |ctx, _| Application::new(ctx, &relay_link(), &name).unwrap());
        self.applications.push(made);
        self.applications.len() - 1
    }

    pub(super) fn take(&mut self, effects: Effects<RoomEvent>) -> Asked {
        let mut asked = Asked::default();
        for effect in effects {
            match effect {
                Effect::Persist(_) => {}
                Effect::Follow(source) => asked.follows.push(source),
                Effect::Unfollow(address) => asked.unfollows.push(address),
                Effect::Cancel(id) => drop(self.waiting.remove(&id)),
                Effect::Deposit(outgoing) => {
                    asked.deposits.push(outgoing.id);
                    self.waiting.insert(outgoing.id, outgoing);
                }
                Effect::Event(event) => asked.events.push(event),
            }
        }
        asked
    }
}
