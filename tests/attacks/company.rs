//! People who met, a room of theirs, and all that a relay has of them.

use std::collections::BTreeMap;

use offshift_protocol::{
    Change, Context, Effect, Effects, OutboxId, OutboxSequence, Outgoing,
    card::{Application, Contact},
    meeting::{Meeting, MeetingEvent},
    room::{
        Care, Content, FoundRequest, Invitee, JoinRefused, JoinRequest, Room, RoomEvent, RoomId, Rules,
        Suite, Text,
    },
};
use offshift_wire::{
    Address, Envelope, Position, RelayId, UnixMillis, inbox::InboxMessage, link::RelayLink,
    room::HistoryEntry,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

pub(crate) const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

pub(crate) fn link() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap()
}

pub(crate) fn text(words: &str) -> Content {
    Content::Text(Text::new(words, None).unwrap())
}

/// A person with a device, and whom they met: our application, their card.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) rng: ChaCha20Rng,
    pub(crate) outbox: OutboxSequence,
    pub(crate) vault: BTreeMap<String, Vec<u8>>,
    pub(crate) room: Option<Room>,
    pub(crate) events: Vec<RoomEvent>,
    pub(crate) waiting: BTreeMap<OutboxId, Outgoing>,
    pub(crate) reading: Position,
    pub(crate) met: Vec<(Application, Contact)>,
}

impl Person {
    pub(crate) fn new(name: &'static str, seed: u64) -> Self {
        Self {
            name,
            rng: ChaCha20Rng::seed_from_u64(seed),
            outbox: OutboxSequence::new(),
            vault: BTreeMap::new(),
            room: None,
            events: Vec::new(),
            waiting: BTreeMap::new(),
            reading: Position::START,
            met: Vec::new(),
        }
    }

    pub(crate) fn with<T>(
        &mut self,
        act: impl FnOnce(&mut Context<'_>, &mut Option<Room>) -> T,
    ) -> T {
        let mut ctx = Context { now: NOW, rng: &mut self.rng, outbox: &mut self.outbox };
        act(&mut ctx, &mut self.room)
    }

    pub(crate) fn application(&mut self) -> Application {
        let name = self.name;
        self.with(|ctx, _| Application::new(ctx, &link(), name, None).unwrap())
    }

    pub(crate) fn run(&mut self, effects: Effects<RoomEvent>) {
        for effect in effects {
            match effect {
                Effect::Persist(changes) => changes.into_iter().for_each(|one| self.persist(one)),
                Effect::Follow(source) => self.reading = source.after,
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

    pub(crate) fn hand(&mut self, address: &Address, at: Position, envelope: &Envelope) {
        let effects =
            self.with(|ctx, room| room.as_mut().unwrap().handle_entry(ctx, address, at, envelope));
        self.run(effects);
    }

    /// A copy of the device, as its vault has it: what a thief or an expelled member keeps.
    pub(crate) fn copy(&self, seed: u64) -> Self {
        let mut copy = Self::new(self.name, seed);
        copy.vault = self.vault.clone();
        copy.reload(self.room().id());
        copy
    }

    pub(crate) fn reload(&mut self, id: RoomId) {
        let records = self.vault.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
        self.room = Some(Room::load(id, records, rules()).unwrap());
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        let entries = self.vault.range("history/".to_owned().."history0".to_owned());
        entries
            .filter_map(|(_, value)| match HistoryEntry::decode(value).unwrap().message.content {
                Content::Text(text) => Some(text.as_str().to_owned()),
                Content::Unknown(_) => None,
            })
            .collect()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let members = self.room().members();
        members.iter().map(|member| member.info.handle.as_str().to_owned()).collect()
    }
}

pub(crate) fn rules() -> Rules {
    Rules::new()
}

/// People and the relay between them.
pub(crate) struct Company {
    pub(crate) people: Vec<Person>,
    /// All that the relay ever had.
    pub(crate) tap: BTreeMap<Address, Vec<(Position, Envelope)>>,
    latest: Position,
}

impl Company {
    /// A room of these people, founded by the first; the first two are organizers.
    pub(crate) fn of(names: &[&'static str], suite: Suite) -> Self {
        // Each name has its own randomness, in whatever company.
        let seed = |name: &str| name.bytes().fold(1_u64, |sum, byte| sum * 31 + u64::from(byte));
        let people = names.iter().map(|name| Person::new(name, seed(name))).collect();
        let mut company = Self { people, tap: BTreeMap::new(), latest: Position::START };
        for other in 1..names.len() {
            company.meet(0, other);
        }
        company.found(suite);
        company.settle();
        company
    }

    fn found(&mut self, suite: Suite) {
        let founder = &mut self.people[0];
        let mine = founder.application();
        let met = std::mem::take(&mut founder.met);
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
            relay: link(),
            suite,
            mine: &mine,
            invitees: &invitees,
            rules: rules(),
        };
        let (room, effects) = founder.with(|ctx, _| Room::found(ctx, &request)).unwrap();
        founder.room = Some(room);
        founder.run(effects);
    }

    /// Two people meet, as `meeting.rs` attacks it; here nobody does.
    pub(crate) fn meet(&mut self, one: usize, other: usize) {
        let mine = self.people[one].application();
        let (mut shown, effects) =
            self.people[one].with(|ctx, _| Meeting::show(ctx, &link(), mine));
        let theirs = self.people[other].application();
        let code = shown.code().to_string().parse().ok().unwrap();
        let (mut scanned, more) =
            self.people[other].with(|ctx, _| Meeting::scan(ctx, code, theirs)).ok().unwrap();
        let mut log = deposits(effects);
        log.extend(deposits(more));
        let mut at = 0;
        while at < log.len() {
            let (address, envelope) = log[at].clone();
            at += 1;
            let position = Position::new(at as u64);
            for (who, meeting) in [(one, &mut shown), (other, &mut scanned)] {
                let effects = self.people[who]
                    .with(|ctx, _| meeting.handle_entry(ctx, &address, position, &envelope));
                log.extend(deposits(effects));
            }
        }
        for (who, meeting) in [(one, shown), (other, scanned)] {
            let confirmed = self.people[who].with(|ctx, _| meeting.confirm(ctx)).ok().unwrap();
            self.people[who].met.push((confirmed.application, confirmed.contact));
        }
    }

    pub(crate) fn send(&mut self, who: usize, words: &str) {
        let (_, effects) = self.people[who]
            .with(|ctx, room| room.as_mut().unwrap().handle_send(ctx, text(words), Care::Ordinary).unwrap());
        self.people[who].run(effects);
    }

    pub(crate) fn remove(&mut self, by: usize, name: &str) {
        let members = self.people[by].room().members();
        let id = members.iter().find(|member| member.info.handle.as_str() == name).unwrap().id;
        let effects = self.people[by]
            .with(|ctx, room| room.as_mut().unwrap().handle_remove(ctx, id).unwrap());
        self.people[by].run(effects);
    }

    pub(crate) fn append(&mut self, to: Address, envelope: Envelope) -> Position {
        self.latest = self.latest.next(NOW).unwrap();
        self.tap.entry(to).or_default().push((self.latest, envelope));
        self.latest
    }

    fn deposit_all(&mut self, who: usize) -> bool {
        let waiting = std::mem::take(&mut self.people[who].waiting);
        let moved = !waiting.is_empty();
        for outgoing in waiting.into_values() {
            self.append(outgoing.to.address(), outgoing.envelope);
        }
        moved
    }

    pub(crate) fn read_one(&mut self, who: usize) -> bool {
        let person = &mut self.people[who];
        let Some(address) = person.room.as_ref().and_then(|room| room.address().copied()) else {
            return false;
        };
        let log = self.tap.get(&address);
        let next = log.and_then(|log| log.iter().find(|(at, _)| *at > person.reading).cloned());
        let Some((at, envelope)) = next else { return false };
        person.reading = at;
        person.hand(&address, at, &envelope);
        true
    }

    fn read_inbox(&mut self, who: usize) -> bool {
        let mut moved = false;
        for at in 0..self.people[who].met.len() {
            let address = self.people[who].met[at].0.inbox().source().access.address();
            let log = self.tap.get(&address).cloned().unwrap_or_default();
            for (position, envelope) in log {
                moved |= self.hand_inbox(who, at, position, &envelope).is_some_and(|j| j.is_ok());
            }
        }
        moved
    }

    /// An entry of an inbox: whether it led into a room.
    pub(crate) fn hand_inbox(
        &mut self,
        who: usize,
        met: usize,
        position: Position,
        envelope: &Envelope,
    ) -> Option<Result<(), JoinRefused>> {
        let person = &mut self.people[who];
        let (application, contact) = &mut person.met[met];
        let received = application.inbox_mut().handle_entry(position, envelope).outcome.ok()?;
        let InboxMessage::Welcome(welcome) = &received.message else { return None };
        let request =
            JoinRequest { welcome, application, contact, sender: &received.sender, rules: rules() };
        let mut ctx = Context { now: NOW, rng: &mut person.rng, outbox: &mut person.outbox };
        Some(Room::join(&mut ctx, &request).map(|(room, effects)| {
            person.room = Some(room);
            person.run(effects);
        }))
    }

    /// Everything that is under way arrives.
    pub(crate) fn settle(&mut self) {
        let mut moved = true;
        while moved {
            moved = false;
            for who in 0..self.people.len() {
                moved |= self.deposit_all(who);
                while self.read_one(who) {
                    moved = true;
                }
                moved |= self.people[who].room.is_none() && self.read_inbox(who);
            }
        }
    }

    /// All that the relay has of one mailbox.
    pub(crate) fn log(&self, address: &Address) -> Vec<(Position, Envelope)> {
        self.tap.get(address).cloned().unwrap_or_default()
    }

    pub(crate) fn address(&self, who: usize) -> Address {
        *self.people[who].room().address().unwrap()
    }
}

fn deposits(effects: Effects<MeetingEvent>) -> Vec<(Address, Envelope)> {
    effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Deposit(out) => Some((out.to.address(), out.envelope)),
            _ => None,
        })
        .collect()
}
