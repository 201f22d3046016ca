//! A person with a device: the machines of the protocol, a vault, and a line to one face of the relay.

use std::collections::BTreeMap;

use offshift_protocol::{
    Change, Context, Effect, Effects, OutboxId, OutboxSequence, Outgoing, Source,
    card::{Application, Contact},
    meeting::Mine,
    room::{
        Content, JoinRefused, JoinRequest, MemberId, Room, RoomEvent, RoomId, Rules, Skipped,
        Suite, key_package::inspect,
    },
    seal::DhPublicKey,
};
use offshift_tests::liar::HandClock;
use offshift_wire::{
    Address, Envelope, Position,
    content::Vouched,
    inbox::{InboxMessage, WelcomeBytes},
    link::RelayLink,
    room::HistoryEntry,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::line::Line;

/// A person with a device, and whom they met.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) rng: ChaCha20Rng,
    pub(crate) outbox: OutboxSequence,
    pub(crate) clock: HandClock,
    pub(crate) link: RelayLink,
    pub(crate) vault: BTreeMap<String, Vec<u8>>,
    pub(crate) room: Option<Room>,
    pub(crate) events: Vec<RoomEvent>,
    pub(crate) waiting: BTreeMap<OutboxId, Outgoing>,
    pub(crate) reading: BTreeMap<Address, Position>,
    pub(crate) applications: Vec<Application>,
    pub(crate) contacts: Vec<Contact>,
    /// Shows the same card at every meeting: wishes to come into one room.
    pub(crate) newcomer: bool,
    /// Has no network.
    pub(crate) away: bool,
    /// Why Welcomes led nowhere.
    pub(crate) turned_down: Vec<JoinRefused>,
    pub(crate) line: Option<Line>,
}

impl Person {
    pub(crate) fn new(name: &'static str, seed: u64, clock: &HandClock, link: RelayLink) -> Self {
        Self {
            name,
            rng: ChaCha20Rng::seed_from_u64(seed),
            outbox: OutboxSequence::new(),
            clock: clock.clone(),
            link,
            vault: BTreeMap::new(),
            room: None,
            events: Vec::new(),
            waiting: BTreeMap::new(),
            reading: BTreeMap::new(),
            applications: Vec::new(),
            contacts: Vec::new(),
            newcomer: false,
            away: false,
            turned_down: Vec::new(),
            line: None,
        }
    }

    pub(crate) fn with<T>(
        &mut self,
        act: impl FnOnce(&mut Context<'_>, Option<&mut Room>) -> T,
    ) -> T {
        let now = self.clock.now();
        let mut ctx = Context { now, rng: &mut self.rng, outbox: &mut self.outbox };
        act(&mut ctx, self.room.as_mut())
    }

    /// Something that the room is asked for; what it wants done is done.
    pub(crate) fn asks<T: Asked, E>(
        &mut self,
        ask: impl FnOnce(&mut Context<'_>, &mut Room) -> Result<T, E>,
    ) -> Result<(), E> {
        let asked = self.with(|ctx, room| ask(ctx, room.unwrap()))?;
        self.run(asked.effects());
        Ok(())
    }

    pub(crate) fn application(&mut self) -> Application {
        let (name, link) = (self.name, self.link.clone());
        self.with(|ctx, _| Application::new(ctx, &link, name).unwrap())
    }

    pub(crate) fn shows(&mut self) -> Mine {
        match self.applications.first().filter(|_| self.newcomer).and_then(Mine::again) {
            Some(mine) => mine,
            None => self.application().into(),
        }
    }

    pub(crate) fn run(&mut self, effects: Effects<RoomEvent>) {
        for effect in effects {
            match effect {
                Effect::Persist(changes) => changes.into_iter().for_each(|one| self.persist(one)),
                Effect::Follow(source) => {
                    self.reading.insert(source.access.address(), source.after);
                }
                Effect::Deposit(out) => drop(self.waiting.insert(out.id, out)),
                Effect::Cancel(id) => drop(self.waiting.remove(&id)),
                Effect::Event(event) => self.events.push(event),
                Effect::Unfollow(_) => {}
            }
        }
    }

    fn persist(&mut self, change: Change) {
        match change {
            Change::Put { key, value } => self.vault.insert(key, value.to_vec()),
            Change::Delete { key } => self.vault.remove(&key),
        };
    }

    pub(crate) fn room(&self) -> &Room {
        self.room.as_ref().unwrap()
    }

    pub(crate) fn id(&self) -> MemberId {
        self.room().own_id()
    }

    pub(crate) fn hand(&mut self, address: &Address, at: Position, envelope: &Envelope) {
        let effects = self.with(|ctx, room| room.unwrap().handle_entry(ctx, address, at, envelope));
        self.run(effects);
    }

    /// A copy of the device, as its vault has it: what a thief or an expelled member keeps.
    pub(crate) fn copy(&self, seed: u64) -> Self {
        let mut copy = Self::new(self.name, seed, &self.clock, self.link.clone());
        copy.vault = self.vault.clone();
        copy.reload(self.room().id());
        copy
    }

    /// The program starts again, with nothing but its vault.
    pub(crate) fn reload(&mut self, id: RoomId) {
        let records = self.vault.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
        let room = Room::load(id, records, Rules::new()).unwrap();
        let source = room.source();
        if let Some(source) = source {
            self.reading.entry(source.access.address()).or_insert(source.after);
        }
        self.room = Some(room);
    }

    fn history(&self) -> impl Iterator<Item = Content> {
        let entries = self.vault.range("history/".to_owned().."history0".to_owned());
        entries.map(|(_, value)| HistoryEntry::decode(value).unwrap().message.content)
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        let text = |content| match content {
            Content::Text(text) => Some(text.as_str().to_owned()),
            _ => None,
        };
        self.history().filter_map(text).collect()
    }

    /// The vouches for this key that the person read.
    pub(crate) fn vouches_read(&self, applicant: &MemberId, suite: Suite) -> Vec<Vouched> {
        let vouch = |content| match content {
            Content::Vouched(one) => Some(one),
            _ => None,
        };
        let all = self.history().filter_map(vouch);
        let is_theirs = |one: &Vouched| inspect(suite, &one.key_package).unwrap().0 == *applicant;
        all.filter(is_theirs).collect()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let members = self.room().members(self.clock.now());
        members.iter().map(|member| member.info.handle.as_str().to_owned()).collect()
    }

    /// What was passed over, and why.
    pub(crate) fn skipped(&self) -> Vec<Skipped> {
        let why = |event: &RoomEvent| match event {
            RoomEvent::Skipped { why, .. } => Some(*why),
            _ => None,
        };
        self.events.iter().filter_map(why).collect()
    }

    pub(crate) fn saw(&self, fits: impl Fn(&RoomEvent) -> bool) -> bool {
        self.events.iter().any(fits)
    }

    pub(crate) async fn line(&mut self) -> &mut Line {
        if self.line.is_none() {
            self.line = Some(Line::to(&self.link).await);
        }
        self.line.as_mut().unwrap()
    }

    pub(crate) async fn deposit_one(&mut self) -> bool {
        let Some((id, out)) = self.waiting.pop_first() else { return false };
        self.line().await.deposit(&out).await;
        self.vault.remove(&id.key());
        true
    }

    /// What lies behind the last entry that was read.
    pub(crate) async fn unread(&mut self, source: &Source) -> Vec<(Position, Envelope)> {
        let address = source.access.address();
        let after = self.reading.get(&address).copied().unwrap_or(source.after);
        self.line().await.read(&source.access, after).await
    }

    /// An entry of an inbox.
    pub(crate) fn hand_inbox(&mut self, at: usize, position: Position, envelope: &Envelope) {
        let address = self.applications[at].inbox().source().access.address();
        self.reading.insert(address, position);
        let handled = self.applications[at].inbox_mut().handle_entry(position, envelope);
        let Ok(received) = handled.outcome else { return };
        let sender = &received.sender;
        match (&received.message, &mut self.room) {
            (InboxMessage::Welcome(welcome), None) => self.welcome(at, welcome, sender),
            (InboxMessage::Welcome(welcome), Some(_)) => {
                match self.with(|ctx, room| room.unwrap().return_with(ctx, welcome, sender)) {
                    Ok(effects) => self.run(effects),
                    Err(refused) => self.turned_down.push(refused),
                }
            }
            (InboxMessage::Checkpoint(said), Some(_)) => {
                let effects =
                    self.with(|ctx, room| room.unwrap().handle_checkpoint(ctx, sender, said));
                self.run(effects);
            }
            (InboxMessage::Rejoin(wish), Some(_)) => {
                let effects = self.with(|ctx, room| room.unwrap().handle_rejoin(ctx, sender, wish));
                self.run(effects);
            }
            _ => {}
        }
    }

    fn welcome(&mut self, at: usize, welcome: &WelcomeBytes, sender: &DhPublicKey) {
        let application = &self.applications[at];
        let met = self.contacts.iter().filter(|one| one.application() == application.id());
        let (contacts, rules) = (met.collect::<Vec<_>>(), Rules::new());
        let request = JoinRequest { welcome, application, contacts: &contacts, sender, rules };
        let now = self.clock.now();
        let mut ctx = Context { now, rng: &mut self.rng, outbox: &mut self.outbox };
        match Room::join(&mut ctx, &request) {
            Ok((room, effects)) => {
                self.room = Some(room);
                self.run(effects);
                assert!(self.applications[at].pin_inbox(now).is_some());
            }
            Err(refused) => self.turned_down.push(refused),
        }
    }
}

/// What a room gives when it was asked for something.
pub(crate) trait Asked {
    fn effects(self) -> Effects<RoomEvent>;
}

impl Asked for Effects<RoomEvent> {
    fn effects(self) -> Effects<RoomEvent> {
        self
    }
}

impl<T> Asked for (T, Effects<RoomEvent>) {
    fn effects(self) -> Effects<RoomEvent> {
        self.1
    }
}
