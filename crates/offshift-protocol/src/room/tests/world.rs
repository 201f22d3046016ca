//! Members over a simulated relay: one log per address, effects executed in their order, crashes at will.

use std::collections::{BTreeMap, BTreeSet};

use offshift_wire::{
    Address, Envelope, MemberId, MessageId, Position, RelayId, RoomId, UnixMillis,
    inbox::{InboxMessage, WelcomeBytes},
    link::RelayLink,
    room::HistoryEntry,
    standing::{Origin, Row, Standing, State},
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use crate::{
    card::{Application, Contact, Method, Purpose},
    context::{Context, OutboxId, OutboxSequence},
    effect::{Change, Effect, Effects, Outgoing},
    ids::ContactId,
    room::{
        Care, ChangeRefused, Content, FoundRequest, Introduce, Invitee, JoinRequest, Room,
        RoomEvent, Rules, Step, Suite, Text, key_package::inspect,
    },
    seal::DhPublicKey,
};

pub(crate) const START: UnixMillis = UnixMillis(1_790_000_000_000);

pub(crate) fn relay() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([1; 32])).unwrap()
}

pub(crate) fn text(words: &str) -> Content {
    Content::Text(Text::new(words, None).unwrap())
}

/// The relay: logs that only grow.
#[derive(Default, Clone)]
pub(crate) struct Logs {
    pub(crate) logs: BTreeMap<Address, Vec<(Position, Envelope)>>,
    pub(crate) latest: Position,
}

impl Logs {
    pub(crate) fn append(&mut self, now: UnixMillis, to: Address, envelope: Envelope) -> Position {
        self.latest = self.latest.next(now).unwrap();
        self.logs.entry(to).or_default().push((self.latest, envelope));
        self.latest
    }

    pub(crate) fn after(&self, address: &Address, after: Position) -> Option<(Position, Envelope)> {
        let log = self.logs.get(address)?;
        log.iter().find(|(position, _)| *position > after).cloned()
    }
}

/// One device: a vault, an outbox, a room.
pub(crate) struct Device {
    pub(crate) name: String,
    pub(crate) rng: ChaCha20Rng,
    pub(crate) outbox: OutboxSequence,
    pub(crate) vault: BTreeMap<String, Vec<u8>>,
    pub(crate) room: Option<Room>,
    pub(crate) events: Vec<RoomEvent>,
    /// Deposits that wait for the relay.
    pub(crate) waiting: BTreeMap<OutboxId, Outgoing>,
    pub(crate) reading: Position,
    pub(crate) persisted: usize,
    /// The highest outbox id that the vault ever had.
    highest: Option<OutboxId>,
}

impl Device {
    pub(crate) fn new(name: &str, seed: u64) -> Self {
        Self {
            name: name.to_owned(),
            rng: ChaCha20Rng::seed_from_u64(seed),
            outbox: OutboxSequence::new(),
            vault: BTreeMap::new(),
            room: None,
            events: Vec::new(),
            waiting: BTreeMap::new(),
            reading: Position::START,
            persisted: 0,
            highest: None,
        }
    }

    pub(crate) fn with<T>(
        &mut self,
        now: UnixMillis,
        act: impl FnOnce(&mut Context<'_>, &mut Option<Room>) -> T,
    ) -> T {
        let mut ctx = Context { now, rng: &mut self.rng, outbox: &mut self.outbox };
        act(&mut ctx, &mut self.room)
    }

    pub(crate) fn application(&mut self, now: UnixMillis) -> Application {
        let name = self.name.clone();
        self.with(now, |ctx, _| Application::new(ctx, &relay(), &name).unwrap())
    }

    /// Executes effects, up to `keep` of them: a crash loses the rest.
    pub(crate) fn execute(&mut self, effects: Effects<RoomEvent>, keep: usize) {
        for effect in effects.into_iter().take(keep) {
            match effect {
                Effect::Persist(changes) => self.persist(changes),
                Effect::Follow(source) => self.reading = source.after,
                Effect::Unfollow(_) => {}
                Effect::Cancel(id) => drop(self.waiting.remove(&id)),
                Effect::Deposit(outgoing) => drop(self.waiting.insert(outgoing.id, outgoing)),
                Effect::Event(event) => self.events.push(event),
            }
        }
    }

    pub(crate) fn persist(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Put { key, value } => {
                    self.persisted += key.len() + value.len();
                    self.highest = self.highest.max(OutboxId::from_key(&key));
                    self.vault.insert(key, value.to_vec());
                }
                Change::Delete { key } => drop(self.vault.remove(&key)),
            }
        }
    }

    /// The process dies and starts again: only the vault is left.
    pub(crate) fn restart(&mut self, id: &RoomId, rules: Rules) {
        let records = self.vault.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
        self.room = Some(Room::load(*id, records, rules).unwrap());
        self.waiting = self
            .vault
            .iter()
            .filter_map(|(key, value)| {
                let id = OutboxId::from_key(key)?;
                Some((id, Outgoing::decode(id, value).unwrap()))
            })
            .collect();
        let ids: Vec<_> = self.waiting.keys().copied().chain(self.highest).collect();
        self.outbox = OutboxSequence::resume(ids);
        let source = self.room.as_ref().and_then(Room::source);
        self.reading = source.map_or(Position::START, |source| source.after);
    }

    pub(crate) fn room(&self) -> &Room {
        self.room.as_ref().unwrap()
    }

    /// The room's records, as one could compare them.
    pub(crate) fn records(&self) -> BTreeMap<String, Vec<u8>> {
        self.vault.clone()
    }

    /// Texts of the history, in their order.
    pub(crate) fn texts(&self) -> Vec<(String, MessageId, String)> {
        let entries = self.vault.range("history/".to_owned().."history0".to_owned());
        entries
            .filter_map(|(_, value)| {
                let entry = HistoryEntry::decode(value).unwrap();
                let Content::Text(text) = &entry.message.content else { return None };
                Some((entry.handle.as_str().to_owned(), entry.message.id, text.as_str().to_owned()))
            })
            .collect()
    }
}

/// An application that waits for a Welcome, and to whom it was shown.
pub(crate) struct Waiting {
    pub(crate) at: usize,
    pub(crate) application: Application,
    pub(crate) contacts: Vec<Contact>,
}

/// Devices and their relay.
pub(crate) struct World {
    pub(crate) now: UnixMillis,
    pub(crate) logs: Logs,
    pub(crate) devices: Vec<Device>,
    pub(crate) rules: Rules,
    pub(crate) dice: ChaCha20Rng,
    pub(crate) inboxes: BTreeMap<Address, Waiting>,
    /// Inboxes of members: those that their leaves name.
    pub(crate) homes: BTreeMap<Address, (usize, Application)>,
}

impl World {
    /// A room of these people, founded by the first; the first two are organizers.
    pub(crate) fn founded(names: &[&str], suite: Suite, seed: u64) -> Self {
        let mut world = Self {
            now: START,
            logs: Logs::default(),
            devices: Vec::new(),
            rules: Rules::with_founders_max_for_testing(64),
            dice: ChaCha20Rng::seed_from_u64(seed),
            inboxes: BTreeMap::new(),
            homes: BTreeMap::new(),
        };
        for (at, name) in names.iter().enumerate() {
            world.devices.push(Device::new(name, seed * 1000 + at as u64));
        }
        let (now, rules) = (world.now, world.rules);
        let mine = world.devices[0].application(now);
        let met: Vec<_> = (1..names.len()).map(|at| world.meet(0, at)).collect();
        let invitees: Vec<_> = met
            .iter()
            .enumerate()
            .map(|(at, (application, contact))| Invitee {
                card: contact.card(),
                application,
                organizer: at == 0,
            })
            .collect();
        let request = FoundRequest {
            name: "night shift".parse().unwrap(),
            relay: relay(),
            suite,
            mine: &mine,
            invitees: &invitees,
            rules,
        };
        let (room, effects) =
            world.devices[0].with(now, |ctx, _| Room::found(ctx, &request).unwrap());
        world.devices[0].room = Some(room);
        world.devices[0].execute(effects, usize::MAX);
        world.homes.insert(mine.inbox().source().access.address(), (0, mine));
        world.settle();
        world
    }

    /// Two people meet: what the first keeps of it. The second's side waits for a Welcome.
    pub(crate) fn meet(&mut self, one: usize, other: usize) -> (Application, Contact) {
        self.apply(other);
        self.meet_for(one, other, Purpose::Meet, Method::InPerson)
    }

    /// Somebody who is in no room, with a card to show.
    pub(crate) fn newcomer(&mut self, name: &str, seed: u64) -> usize {
        self.devices.push(Device::new(name, seed));
        self.apply(self.devices.len() - 1);
        self.devices.len() - 1
    }

    fn apply(&mut self, at: usize) {
        let now = self.now;
        let application = self.devices[at].application(now);
        let address = application.inbox().source().access.address();
        self.inboxes.insert(address, Waiting { at, application, contacts: Vec::new() });
    }

    /// The latest application of a device that waits for a Welcome.
    pub(crate) fn waiting(&mut self, at: usize) -> &mut Waiting {
        let mine = self.inboxes.values_mut().filter(|waiting| waiting.at == at);
        mine.max_by_key(|waiting| waiting.contacts.is_empty()).unwrap()
    }

    /// The key that a newcomer would have in the room.
    pub(crate) fn key_of(&mut self, newcomer: usize) -> MemberId {
        let suite = self.devices[0].room().suite();
        let waiting = self.waiting(newcomer);
        let package = waiting.application.card().key_package(suite).unwrap();
        inspect(suite, package).unwrap().0
    }

    /// The first meets the second, who shows the card that waits: what the first keeps of it.
    pub(crate) fn meet_for(
        &mut self,
        one: usize,
        other: usize,
        purpose: Purpose,
        method: Method,
    ) -> (Application, Contact) {
        let now = self.now;
        let mine = self.devices[one].application(now);
        let mut rng = ChaCha20Rng::seed_from_u64(self.dice.next_u64());
        let mut contact = |application: &Application, card: &Application| {
            let (id, card) = (ContactId::random(&mut rng), card.card().clone());
            Contact::new(id, application.id(), card, purpose, (method, now))
        };
        let waiting = self.waiting(other);
        let of_theirs = contact(&mine, &waiting.application);
        let of_mine = contact(&waiting.application, &mine);
        waiting.contacts.push(of_mine);
        (mine, of_theirs)
    }

    /// What a member asks of the room.
    pub(crate) fn ask<T: Asked>(
        &mut self,
        at: usize,
        act: impl FnOnce(&mut Context<'_>, &mut Room) -> Result<T, ChangeRefused>,
    ) -> Result<T::Told, ChangeRefused> {
        let now = self.now;
        self.stay_online();
        let asked = self.devices[at].with(now, |ctx, room| act(ctx, room.as_mut().unwrap()))?;
        let (told, effects) = asked.split();
        self.devices[at].execute(effects, usize::MAX);
        Ok(told)
    }

    /// The key of the member who goes by this handle.
    pub(crate) fn id_of(&self, handle: &str) -> MemberId {
        let members = self.devices[0].room().members(self.now);
        members.iter().find(|member| member.info.handle.as_str() == handle).unwrap().id
    }

    /// Somebody new, vouched for by these and admitted by the first device.
    pub(crate) fn admitted(&mut self, name: &str, by: &[usize]) -> usize {
        let newcomer = self.newcomer(name, 7000 + self.devices.len() as u64);
        for at in by {
            self.vouch(*at, newcomer).unwrap();
        }
        self.settle();
        self.admit(0, newcomer).unwrap();
        self.settle();
        newcomer
    }

    /// What is under way in the channel arrives, and nothing of any inbox is read.
    pub(crate) fn settle_channel(&mut self) {
        let mut moved = true;
        while moved {
            moved = false;
            for at in 0..self.devices.len() {
                while self.deposit_one(at) || self.read_one(at, usize::MAX) {
                    moved = true;
                }
            }
        }
    }

    /// A member meets a newcomer and vouches for them.
    pub(crate) fn vouch(&mut self, by: usize, newcomer: usize) -> Result<(), ChangeRefused> {
        self.vouch_with(by, newcomer).map(drop)
    }

    /// The same; gives the card by which the newcomer knows the member.
    pub(crate) fn vouch_with(
        &mut self,
        by: usize,
        newcomer: usize,
    ) -> Result<Application, ChangeRefused> {
        let (application, contact) = self.meet_for(by, newcomer, Purpose::Meet, Method::InPerson);
        let introduce = Introduce { contact: &contact, application: &application };
        self.ask(by, |ctx, room| room.handle_vouch(ctx, &introduce))?;
        Ok(application)
    }

    pub(crate) fn admit(&mut self, by: usize, newcomer: usize) -> Result<(), ChangeRefused> {
        let applicant = self.key_of(newcomer);
        self.ask(by, |ctx, room| room.handle_admit(ctx, applicant))
    }

    /// A member meets somebody new and wishes them to be a founder.
    pub(crate) fn add(&mut self, by: usize, name: &str, seed: u64) -> usize {
        let at = self.devices.len();
        self.devices.push(Device::new(name, seed));
        let (application, contact) = self.meet(by, at);
        let now = self.now;
        let effects = self.devices[by].with(now, |ctx, room| {
            let invitee =
                Invitee { card: contact.card(), application: &application, organizer: false };
            room.as_mut().unwrap().handle_add_founder(ctx, &invitee).unwrap()
        });
        self.devices[by].execute(effects, usize::MAX);
        at
    }

    pub(crate) fn send(&mut self, at: usize, words: &str) -> MessageId {
        self.stay_online();
        let now = self.now;
        let sent = self.devices[at].with(now, |ctx, room| {
            room.as_mut().unwrap().handle_send(ctx, text(words), Care::Ordinary).unwrap()
        });
        self.devices[at].execute(sent.1, usize::MAX);
        sent.0
    }

    /// Deposits the first thing that waits in a device's outbox.
    pub(crate) fn deposit_one(&mut self, at: usize) -> bool {
        let Some((id, outgoing)) = self.devices[at].waiting.pop_first() else { return false };
        self.logs.append(self.now, outgoing.to.address(), outgoing.envelope);
        self.devices[at].vault.remove(&id.key());
        self.now = self.now.plus_ms(1);
        true
    }

    /// Hands a device the next entry of its channel, keeping so many of the effects.
    pub(crate) fn read_one(&mut self, at: usize, keep: usize) -> bool {
        let now = self.now;
        let device = &mut self.devices[at];
        let Some(address) = device.room.as_ref().and_then(|room| room.address().copied()) else {
            return false;
        };
        let Some((position, envelope)) = self.logs.after(&address, device.reading) else {
            return false;
        };
        device.reading = position;
        let effects = device.with(now, |ctx, room| {
            room.as_mut().unwrap().handle_entry(ctx, &address, position, &envelope)
        });
        device.execute(effects, keep);
        true
    }

    /// Those who have a Welcome in their inbox come in.
    pub(crate) fn read_inboxes(&mut self) -> bool {
        let addresses: Vec<_> = self.inboxes.keys().copied().collect();
        let mut moved = false;
        for address in addresses {
            let Some(log) = self.logs.logs.remove(&address) else { continue };
            moved = true;
            let mut waiting = self.inboxes.remove(&address).unwrap();
            for (position, envelope) in log {
                let handled = waiting.application.inbox_mut().handle_entry(position, &envelope);
                let Ok(received) = handled.outcome else { continue };
                let InboxMessage::Welcome(welcome) = &received.message else { continue };
                self.join(welcome, &mut waiting, &received.sender);
            }
            self.homes.insert(address, (waiting.at, waiting.application));
        }
        moved
    }

    /// The Welcome that lies in a newcomer's inbox, taken out of it.
    pub(crate) fn taken_welcome(&mut self, at: usize) -> (WelcomeBytes, Waiting, DhPublicKey) {
        let address = self.waiting(at).application.inbox().source().access.address();
        let mut waiting = self.inboxes.remove(&address).unwrap();
        let log = self.logs.logs.remove(&address).unwrap();
        let found = log.into_iter().find_map(|(position, envelope)| {
            let handled = waiting.application.inbox_mut().handle_entry(position, &envelope);
            let received = handled.outcome.ok()?;
            let InboxMessage::Welcome(welcome) = received.message else { return None };
            Some((welcome, received.sender))
        });
        let (welcome, sender) = found.unwrap();
        (welcome, waiting, sender)
    }

    fn join(&mut self, welcome: &WelcomeBytes, waiting: &mut Waiting, sender: &DhPublicKey) {
        let (now, rules, at) = (self.now, self.rules, waiting.at);
        let contacts: Vec<_> = waiting.contacts.iter().collect();
        let application = &waiting.application;
        let request = JoinRequest { welcome, application, contacts: &contacts, sender, rules };
        let (room, effects) =
            self.devices[at].with(now, |ctx, _| Room::join(ctx, &request).unwrap());
        self.devices[at].room = Some(room);
        self.devices[at].execute(effects, usize::MAX);
        assert!(waiting.application.pin_inbox(now).is_some());
    }

    /// However the clock was moved, nobody was away meanwhile.
    pub(crate) fn stay_online(&mut self) {
        for room in self.devices.iter_mut().filter_map(|device| device.room.as_mut()) {
            room.watch.caught_up = self.now;
        }
    }

    /// Everything that is under way arrives.
    pub(crate) fn settle(&mut self) {
        self.stay_online();
        let mut moved = true;
        while moved {
            moved = false;
            for at in 0..self.devices.len() {
                while self.deposit_one(at) {
                    moved = true;
                }
                while self.read_one(at, usize::MAX) {
                    moved = true;
                }
            }
            moved |= self.read_inboxes();
        }
    }

    pub(crate) fn restart(&mut self, at: usize) {
        let id = self.devices[at].room().id();
        let rules = self.rules;
        self.devices[at].restart(&id, rules);
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.next_u64() % u64::try_from(sides).unwrap()).unwrap()
    }

    /// All who are members agree on the epoch and on who is in it.
    pub(crate) fn assert_converged(&self) {
        let first = self.devices[0].room();
        let names = |room: &Room| -> BTreeSet<String> {
            room.members(self.now).iter().map(|m| m.info.handle.as_str().to_owned()).collect()
        };
        for device in self.devices.iter().filter(|device| device.room.is_some()) {
            let room = device.room();
            if room.is_removed() || room.is_stranded().is_some() {
                continue;
            }
            assert_eq!(room.epoch(), first.epoch(), "{}", device.name);
            assert_eq!(room.address(), first.address(), "{}", device.name);
            assert_eq!(names(room), names(first), "{}", device.name);
            assert!(room.waiting().is_empty(), "{}", device.name);
            assert!(!room.is_changing(), "{}", device.name);
        }
    }
}

/// What a room gives when it was asked for something.
pub(crate) trait Asked {
    type Told;
    fn split(self) -> (Self::Told, Effects<RoomEvent>);
}

impl Asked for Effects<RoomEvent> {
    type Told = ();
    fn split(self) -> ((), Effects<RoomEvent>) {
        ((), self)
    }
}

impl Asked for (Step, Effects<RoomEvent>) {
    type Told = Step;
    fn split(self) -> (Step, Effects<RoomEvent>) {
        self
    }
}

/// The standing after another founder came in.
pub(crate) fn with_founder(before: &Standing, key: MemberId, joined_at: UnixMillis) -> Standing {
    let mut standing = before.clone();
    let (state, left_at, origin) = (State::Member, None, Origin::Founder);
    standing.rows.push(Row { key, joined_at, state, left_at, origin });
    standing
}
