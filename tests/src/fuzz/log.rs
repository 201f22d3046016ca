//! A room's log, as honest and byzantine members and a relay that repeats and reorders write it.
//!
//! ```text
//! bytes -> who does what -> envelopes in one log -> three devices read it, each at its own pace, and may be restarted
//! ```
//! Whatever the bytes are: honest devices that have read the same log have the same epoch, rules, roster and history, in
//! which nothing stands twice. Taken means: something was said or changed.

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::{
    Change, Context, Effect, Effects, OutboxSequence,
    card::Application,
    room::{
        Care, Content, Forbidden, Invitee, JoinRequest, MessageId, Room, RoomEvent, Rules, Text,
    },
};
use offshift_wire::{
    Address, Envelope, Position, RelayId, RoomId, UnixMillis,
    admission::{Act, Motion},
    inbox::InboxMessage,
    link::RelayLink,
    room::HistoryEntry,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{
    NOW, found,
    input::{DAY_MS, Input},
    meet,
};

/// Deeds of one input: enough for some epochs.
const STEPS_MAX: usize = 24;
/// Entries that one input may lead to.
const LOG_MAX: usize = 400;

type Vault = BTreeMap<String, Vec<u8>>;

/// One device.
struct Member {
    room: Room,
    vault: Vault,
    rng: ChaCha20Rng,
    outbox: OutboxSequence,
    read: BTreeMap<Address, Position>,
    is_honest: bool,
}

/// What they have in common when a run begins.
pub(super) struct Start {
    room: RoomId,
    vaults: Vec<Vault>,
}

struct Run<'a> {
    input: Input<'a>,
    id: RoomId,
    people: Vec<Member>,
    log: Vec<(Address, Position, Envelope)>,
    now: UnixMillis,
}

fn persist(vault: &mut Vault, changes: Vec<Change>) {
    for change in changes {
        match change {
            Change::Put { key, value } => vault.insert(key, value.to_vec()),
            Change::Delete { key } => vault.remove(&key),
        };
    }
}

/// Applies what a device keeps; gives back what it deposits.
fn kept(vault: &mut Vault, effects: Effects<RoomEvent>) -> Vec<(Address, Envelope)> {
    let mut out = Vec::new();
    for effect in effects {
        match effect {
            Effect::Persist(changes) => persist(vault, changes),
            Effect::Deposit(one) => {
                vault.remove(&one.id.key());
                out.push((one.to.address(), one.envelope));
            }
            _ => {}
        }
    }
    out
}

impl Start {
    /// Ana founded a room with Ben, an organizer too, and Cleo; all have read everything.
    pub(super) fn new() -> Self {
        let (mut rng, mut outbox) = (ChaCha20Rng::seed_from_u64(21), OutboxSequence::new());
        let mut ctx = Context { now: NOW, rng: &mut rng, outbox: &mut outbox };
        let link = RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap();
        let apply = |ctx: &mut Context<'_>, name| Application::new(ctx, &link, name).unwrap();
        let own = apply(&mut ctx, "Ana");
        let mut met = Vec::new();
        for name in ["Ben", "Cleo"] {
            let (anas, theirs) = (apply(&mut ctx, "Ana"), apply(&mut ctx, name));
            met.push(meet(&mut ctx, &link, anas, theirs));
        }
        let mut invitees = Vec::new();
        for (number, ((contact, application), _, _)) in met.iter().enumerate() {
            invitees.push(Invitee { card: contact.card(), application, organizer: number == 0 });
        }
        let (room, effects) = found(&mut ctx, &link, &own, &invitees);
        let mut ana = (room, Vault::new());
        let mut log = kept(&mut ana.1, effects);
        let mut others: Vec<Option<(Room, Vault)>> = vec![None, None];
        let mut at = 0;
        while at < log.len() {
            let (address, envelope) = log[at].clone();
            at += 1;
            let position = Position::new(NOW.0 * 1000 + at as u64);
            let mut reading = vec![&mut ana];
            reading.extend(others.iter_mut().flatten());
            for (room, vault) in reading {
                if room.source().is_some_and(|source| source.access.address() == address) {
                    let effects = room.handle_entry(&mut ctx, &address, position, &envelope);
                    log.extend(kept(vault, effects));
                }
            }
            for (other, (_, of_ana, theirs)) in others.iter_mut().zip(&mut met) {
                if theirs.inbox().source().access.address() != address {
                    continue;
                }
                let Ok(got) = theirs.inbox_mut().handle_entry(position, &envelope).outcome else {
                    continue;
                };
                let InboxMessage::Welcome(welcome) = &got.message else { continue };
                let request = JoinRequest {
                    welcome,
                    application: theirs,
                    contacts: &[of_ana],
                    sender: &got.sender,
                    rules: Rules::new(),
                };
                let (room, effects) = Room::join(&mut ctx, &request).ok().unwrap();
                let mut vault = Vault::new();
                log.extend(kept(&mut vault, effects));
                *other = Some((room, vault));
            }
        }
        let id = ana.0.id();
        let vaults = [Some(ana), others.remove(0), others.remove(0)];
        Self { room: id, vaults: vaults.map(|one| one.expect("all are in").1).into() }
    }
}

fn load(id: RoomId, vault: &Vault) -> Room {
    let records = vault.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
    Room::load(id, records, Rules::new()).map_err(drop).expect("what it wrote it can read")
}

/// Runs the bytes.
pub(super) fn run(data: &[u8], start: &Start) -> bool {
    let people = start.vaults.iter().zip(31..).map(|(vault, seed)| Member {
        room: load(start.room, vault),
        vault: vault.clone(),
        rng: ChaCha20Rng::seed_from_u64(seed),
        outbox: OutboxSequence::new(),
        read: BTreeMap::new(),
        is_honest: true,
    });
    let now = UnixMillis(NOW.0 + DAY_MS);
    let (input, id, people) = (Input(data), start.room, people.collect());
    let mut run = Run { input, id, people, log: Vec::new(), now };
    let before = run.people[0].said(start.room);
    let epoch = run.people[0].room.epoch();
    for _ in 0..STEPS_MAX {
        if run.input.is_over() || run.log.len() > LOG_MAX {
            break;
        }
        run.step();
    }
    run.settle();
    run.hold();
    run.people.iter().any(|one| one.said(start.room).len() > before.len())
        || run.people.iter().any(|one| one.room.epoch() > epoch)
}

impl Member {
    /// What was said, in order: place and name.
    fn said(&self, room: RoomId) -> Vec<(String, MessageId)> {
        let prefix = format!("history/{}/", room.hex());
        let all =
            self.vault.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix));
        all.map(|(key, value)| (key.clone(), HistoryEntry::decode(value).unwrap().message.id))
            .collect()
    }
}

impl Run<'_> {
    fn step(&mut self) {
        let who = usize::from(self.input.below(3));
        match self.input.below(12) {
            0 | 1 => self.says(who),
            2 => self.asks(who, |ctx, room| room.handle_keys_for_testing(ctx).ok()),
            3 => self.severs(who),
            4 => self.says_anything(who),
            5 => self.commits_anything(who),
            6 => self.relay_repeats(),
            7 => self.relay_swaps(),
            8 => drop(self.reads(who)),
            9 => self.restarts(who),
            10 => {
                let time = self.input.time(self.now.0);
                // Time passes; it does not run backwards, and not for centuries.
                let most = self.now.plus_ms(30 * DAY_MS);
                self.now = time.max(self.now).min(most);
                self.asks(who, |ctx, room| Some(room.handle_tick(ctx)));
            }
            _ => self.settle(),
        }
    }

    fn asks(
        &mut self,
        who: usize,
        ask: impl FnOnce(&mut Context<'_>, &mut Room) -> Option<Effects<RoomEvent>>,
    ) {
        let member = &mut self.people[who];
        let (rng, outbox) = (&mut member.rng, &mut member.outbox);
        let mut ctx = Context { now: self.now, rng, outbox };
        let Some(effects) = ask(&mut ctx, &mut member.room) else { return };
        for (address, envelope) in kept(&mut member.vault, effects) {
            self.append(address, envelope);
        }
    }

    fn append(&mut self, address: Address, envelope: Envelope) {
        let last = self.log.last().map_or(Position::START, |(_, position, _)| *position);
        let position = last.next(self.now).expect("places enough");
        self.log.push((address, position, envelope));
    }

    fn says(&mut self, who: usize) {
        let words = format!("{} {}", who, self.log.len());
        let content = Content::Text(Text::new(&words, None).expect("short"));
        self.asks(who, |ctx, room| Some(room.handle_send(ctx, content, Care::Ordinary).ok()?.1));
    }

    fn severs(&mut self, who: usize) {
        let whom = self.people[usize::from(self.input.below(3))].room.own_id();
        self.asks(who, |ctx, room| Some(room.handle_sever(ctx, &[whom]).ok()?.1));
    }

    /// From now on this member's program says what the bytes say.
    fn byzantine(
        &mut self,
        who: usize,
        say: impl FnOnce(&mut Context<'_>, &mut Room) -> Option<Vec<Envelope>>,
    ) {
        // One of them stays honest for sure, or nobody is left to be held to anything.
        if who == 0 {
            return;
        }
        let member = &mut self.people[who];
        member.is_honest = false;
        let Some(address) = member.room.address().copied() else { return };
        let (rng, outbox) = (&mut member.rng, &mut member.outbox);
        let mut ctx = Context { now: self.now, rng, outbox };
        let envelopes = say(&mut ctx, &mut member.room).unwrap_or_default();
        for envelope in envelopes {
            self.append(address, envelope);
        }
    }

    fn says_anything(&mut self, who: usize) {
        let is_inside = self.input.below(4) > 0;
        let bytes = self.input.some(600);
        self.byzantine(who, |ctx, room| match is_inside {
            true => room.dangerous_content_for_testing(ctx, bytes).ok(),
            false => room.dangerous_message_for_testing(ctx, bytes).ok(),
        });
    }

    fn commits_anything(&mut self, who: usize) {
        let ids: Vec<_> = self.people.iter().map(|one| one.room.own_id()).collect();
        let whom = ids[usize::from(self.input.below(3))];
        let act = match self.input.below(8) {
            0 => Act::Keys,
            1 => Act::Found(Vec::new()),
            2 => Act::Admit(Vec::new()),
            3 => Act::Sever(Vec::new()),
            4 => Act::Decide(Motion::NameOrganizer(whom), Vec::new()),
            5 => Act::Decide(Motion::DropOrganizer(whom), Vec::new()),
            6 => Act::Recall(Vec::new()),
            _ => Act::Decide(Motion::Lift(whom), Vec::new()),
        };
        let mask = self.input.below(8);
        let removes = (0..3).filter(|at| mask >> at & 1 == 1).map(|at| ids[at]).collect();
        let mut policy = (self.input.below(2) == 1).then(|| self.people[who].room.policy().clone());
        if let Some(policy) = &mut policy {
            match self.input.below(5) {
                0 => policy.founding = !policy.founding,
                1 => policy.organizers.push(whom),
                2 => policy.revision += 1,
                3 => policy.terms.vouches = u32::from(self.input.below(4)),
                _ => {}
            }
        }
        let signed_at = self.input.time(self.now.0);
        let what = Forbidden { act, adds: Vec::new(), removes, policy };
        self.byzantine(who, |ctx, room| {
            room.dangerous_commit_for_testing(ctx, what, signed_at).ok()
        });
    }

    /// An envelope again, perhaps bent, into the channel that somebody reads now.
    fn relay_repeats(&mut self) {
        if self.log.is_empty() {
            return;
        }
        let (_, _, envelope) = &self.log[self.input.index(self.log.len())];
        let mut bytes = envelope.bytes().to_vec();
        let at = self.input.index(bytes.len());
        bytes[at] ^= self.input.byte();
        let whose = usize::from(self.input.below(3));
        if let Some(address) = self.people[whose].room.address().copied() {
            self.append(address, bytes.try_into().expect("its size is the same"));
        }
    }

    /// Two entries that nobody has read change places.
    fn relay_swaps(&mut self) {
        let read = self.people.iter().flat_map(|one| one.read.values()).max().copied();
        let read = read.unwrap_or(Position::START);
        let unread: Vec<_> = (0..self.log.len()).filter(|at| self.log[*at].1 > read).collect();
        if let [.., one, other] = unread[..] {
            let (a, b) = (self.log[one].1, self.log[other].1);
            self.log.swap(one, other);
            (self.log[one].1, self.log[other].1) = (a, b);
        }
    }

    fn reads(&mut self, who: usize) -> bool {
        let Some(source) = self.people[who].room.source() else { return false };
        let address = source.access.address();
        let after = self.people[who].read.get(&address).copied().unwrap_or(source.after);
        let next = self.log.iter().find(|(to, at, _)| *to == address && *at > after);
        let Some((_, position, envelope)) = next.cloned() else { return false };
        self.people[who].read.insert(address, position);
        self.asks(who, |ctx, room| Some(room.handle_entry(ctx, &address, position, &envelope)));
        true
    }

    fn restarts(&mut self, who: usize) {
        if self.people[who].is_honest {
            self.people[who].room = load(self.id, &self.people[who].vault);
            self.people[who].read.clear();
        }
    }

    fn settle(&mut self) {
        for _ in 0..2 * LOG_MAX {
            let moved = (0..3).filter(|who| self.reads(*who)).count();
            if moved == 0 || self.log.len() > LOG_MAX {
                return;
            }
        }
    }

    /// What no log may lead to.
    fn hold(&self) {
        let honest = |one: &&Member| one.is_honest && one.room.source().is_some();
        let mut honest = self.people.iter().filter(honest);
        let Some(first) = honest.next() else { return };
        let said = first.said(self.id);
        let ids: BTreeSet<_> = said.iter().map(|(_, id)| id).collect();
        assert_eq!(ids.len(), said.len(), "nothing stands twice");
        for other in honest.filter(|_| self.log.len() <= LOG_MAX) {
            assert_eq!(first.room.epoch(), other.room.epoch(), "one epoch");
            assert!(first.room.policy().encode() == other.room.policy().encode(), "one policy");
            assert!(first.room.standing().encode() == other.room.standing().encode(), "one roster");
            assert_eq!(first.room.address(), other.room.address(), "one channel");
            assert_eq!(said, other.said(self.id), "one history");
        }
    }
}
