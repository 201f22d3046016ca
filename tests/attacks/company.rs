//! People who met, a room of theirs at a real relay that may lie, and all that this relay has of them.
//!
//! ```text
//! Person -line-> a face of the relay (tests/src/liar.rs) <-line- Person      time passes by hand
//! ```

use std::path::Path;

use offshift_protocol::{
    Context, DepositAccess, Effect, Effects, Outgoing,
    card::{Application, Contact, Method},
    meeting::{Meeting, MeetingEvent},
    room::{
        Care, ChangeRefused, Content, Forbidden, FoundRequest, Introduce, Invitee, MemberId, Room,
        RoomEvent, Rule, Rules, Skipped, Suite, Text, key_package::inspect,
    },
};
use offshift_relay::store::{
    Deposit, Store as _,
    embedded::{EmbeddedStore, Options},
};
use offshift_tests::liar::{HandClock, Liar};
use offshift_wire::{Address, Envelope, Life, Position, UnixMillis, room::Policy, standing::State};
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use crate::person::Person;

/// When every story begins.
pub(crate) const START: UnixMillis = UnixMillis(1_790_000_000_000);

pub(crate) const HOUR_MS: u64 = 3_600_000;
pub(crate) const DAY_MS: u64 = 24 * HOUR_MS;

pub(crate) fn text(words: &str) -> Content {
    Content::Text(Text::new(words, None).unwrap())
}

/// People and the relay between them.
pub(crate) struct Company {
    pub(crate) people: Vec<Person>,
    pub(crate) clock: HandClock,
    pub(crate) relay: Liar,
    runtime: Runtime,
}

impl Company {
    /// A room of these people, founded by the first; the first two are organizers.
    pub(crate) fn of(names: &[&'static str], suite: Suite) -> Self {
        let faces = vec![0; names.len()];
        Self::of_organizers(names, 2, suite, &faces)
    }

    /// The same, with so many organizers, each person at a face of the relay.
    pub(crate) fn of_organizers(
        names: &[&'static str],
        organizers: usize,
        suite: Suite,
        faces: &[usize],
    ) -> Self {
        let mut company = Self::of_strangers(faces.iter().max().unwrap() + 1);
        for (name, face) in names.iter().zip(faces) {
            company.person(name, *face);
        }
        for other in 1..names.len() {
            company.meet(0, other);
        }
        company.found(0, suite, organizers);
        company.settle();
        company
    }

    /// Nobody yet, and a relay with so many faces.
    pub(crate) fn of_strangers(faces: usize) -> Self {
        Self::of_clocks(&vec![0; faces])
    }

    /// A room at a relay that also has a face whose clock is ahead by so much.
    pub(crate) fn at_a_relay_ahead(ahead_ms: i64, names: &[&'static str]) -> Self {
        let mut company = Self::of_clocks(&[0, ahead_ms]);
        for name in names {
            company.person(name, 0);
        }
        for other in 1..names.len() {
            company.meet(0, other);
        }
        company.found(0, Suite::Classical, 2);
        company.settle();
        company
    }

    fn of_clocks(ahead_ms: &[i64]) -> Self {
        let threads =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let (runtime, clock) = (threads.unwrap(), HandClock::at(START));
        let relay = {
            let _inside = runtime.enter();
            Liar::new(&clock, ahead_ms)
        };
        Self { people: Vec::new(), clock, relay, runtime }
    }

    /// Somebody who is in no room.
    pub(crate) fn person(&mut self, name: &'static str, face: usize) -> usize {
        // Each name has its own randomness, in whatever company.
        let seed = name.bytes().fold(1_u64, |sum, byte| sum * 31 + u64::from(byte));
        self.people.push(Person::new(name, seed, &self.clock, self.relay.link(face)));
        self.people.len() - 1
    }

    /// Somebody who wishes to come in.
    pub(crate) fn newcomer(&mut self, name: &'static str) -> usize {
        let at = self.person(name, 0);
        let card = self.people[at].application();
        self.people[at].applications.push(card);
        self.people[at].newcomer = true;
        at
    }

    /// Two strangers found a room of their own beside the first.
    pub(crate) fn found_beside(&mut self, founder: usize, other: usize, suite: Suite) {
        self.meet(founder, other);
        self.found(founder, suite, 2);
    }

    /// Somebody who has a card by other ways than a meeting adds its owner to their own room.
    pub(crate) fn add_stolen(&mut self, by: usize, stolen: &Contact) {
        let person = &mut self.people[by];
        let application = &person.applications[0];
        let invitee = Invitee { card: stolen.card(), application, organizer: false };
        let now = person.clock.now();
        let mut ctx = Context { now, rng: &mut person.rng, outbox: &mut person.outbox };
        let room = person.room.as_mut().unwrap();
        let effects = room.handle_add_founder(&mut ctx, &invitee).unwrap();
        person.run(effects);
    }

    fn found(&mut self, founder: usize, suite: Suite, organizers: usize) {
        let founder = &mut self.people[founder];
        let (mine, relay) = (founder.application(), founder.link.clone());
        let invitees: Vec<_> = (1..)
            .zip(&founder.contacts)
            .map(|(number, contact)| Invitee {
                card: contact.card(),
                application: of(&founder.applications, contact),
                organizer: number < organizers,
            })
            .collect();
        let request = FoundRequest {
            name: "night shift".parse().unwrap(),
            relay,
            suite,
            mine: &mine,
            invitees: &invitees,
            rules: Rules::new(),
        };
        let now = founder.clock.now();
        let mut ctx = Context { now, rng: &mut founder.rng, outbox: &mut founder.outbox };
        let (room, effects) = Room::found(&mut ctx, &request).unwrap();
        founder.room = Some(room);
        founder.applications.push(mine);
        assert!(founder.applications.last_mut().unwrap().pin_inbox(now).is_some());
        founder.run(effects);
    }

    /// Two people meet, as `meeting.rs` attacks it; here nobody does. Gives the place of the contact that each has.
    pub(crate) fn meet(&mut self, one: usize, other: usize) -> (usize, usize) {
        let (link, mine) = (self.people[one].link.clone(), self.people[one].shows());
        let shown = self.people[one].with(|ctx, _| Meeting::show(ctx, &link, mine));
        let theirs = self.people[other].shows();
        let code = shown.0.code().to_string().parse().ok().unwrap();
        let scanned = self.people[other].with(|ctx, _| Meeting::scan(ctx, code, theirs));
        self.compare((one, shown), (other, scanned.ok().unwrap()))
    }

    /// Two devices of one person meet, and the first brings the second into the room.
    pub(crate) fn link_device(&mut self, one: usize, other: usize) -> Result<(), ChangeRefused> {
        let (link, mine) = (self.people[one].link.clone(), self.people[one].application());
        let shown = self.people[one].with(|ctx, _| Meeting::show_device(ctx, &link, mine));
        let theirs = self.people[other].shows();
        let code = shown.0.code().to_string().parse().ok().unwrap();
        let scanned = self.people[other].with(|ctx, _| Meeting::scan_device(ctx, code, theirs));
        let (contact, _) = self.compare((one, shown), (other, scanned.ok().unwrap()));
        self.introduces(one, contact, Room::handle_device)
    }

    fn compare(
        &mut self,
        (one, (mut shown, effects)): (usize, (Meeting, Effects<MeetingEvent>)),
        (other, (mut scanned, more)): (usize, (Meeting, Effects<MeetingEvent>)),
    ) -> (usize, usize) {
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
            let person = &mut self.people[who];
            let confirmed =
                person.with(|ctx, _| meeting.confirm(ctx, Method::InPerson)).ok().unwrap();
            person.applications.extend(confirmed.application);
            person.contacts.push(confirmed.contact);
        }
        (self.people[one].contacts.len() - 1, self.people[other].contacts.len() - 1)
    }

    pub(crate) fn send(&mut self, who: usize, words: &str) {
        self.people[who]
            .asks(|ctx, room| room.handle_send(ctx, text(words), Care::Ordinary))
            .unwrap();
    }

    /// The name in the room that somebody with this handle has.
    pub(crate) fn id_of(&self, seen_by: usize, name: &str) -> MemberId {
        let members = self.people[seen_by].room().members(self.clock.now());
        members.iter().find(|member| member.info.handle.as_str() == name).unwrap().id
    }

    pub(crate) fn sever(&mut self, by: usize, names: &[&str]) {
        let ids: Vec<_> = names.iter().map(|name| self.id_of(by, name)).collect();
        self.people[by].asks(|ctx, room| room.handle_sever(ctx, &ids)).unwrap();
    }

    /// An organizer adds a founder whom it met.
    pub(crate) fn add_founder(
        &mut self,
        by: usize,
        other: usize,
        organizer: bool,
    ) -> Result<(), ChangeRefused> {
        let (contact, _) = self.meet(by, other);
        let person = &mut self.people[by];
        let (application, contact) =
            (of(&person.applications, &person.contacts[contact]), person.contacts[contact].clone());
        let invitee = Invitee { card: contact.card(), application, organizer };
        let now = person.clock.now();
        let mut ctx = Context { now, rng: &mut person.rng, outbox: &mut person.outbox };
        let effects = person.room.as_mut().unwrap().handle_add_founder(&mut ctx, &invitee)?;
        person.run(effects);
        Ok(())
    }

    /// A member meets a newcomer and vouches for them.
    pub(crate) fn vouch(&mut self, by: usize, newcomer: usize) -> Result<(), ChangeRefused> {
        let (contact, _) = self.meet(by, newcomer);
        self.vouch_for(by, contact)
    }

    /// A member vouches for a contact.
    pub(crate) fn vouch_for(&mut self, by: usize, contact: usize) -> Result<(), ChangeRefused> {
        self.introduces(by, contact, Room::handle_vouch)
    }

    fn introduces(
        &mut self,
        by: usize,
        contact: usize,
        how: impl FnOnce(
            &mut Room,
            &mut Context<'_>,
            &Introduce<'_>,
        ) -> Result<Effects<RoomEvent>, ChangeRefused>,
    ) -> Result<(), ChangeRefused> {
        let person = &mut self.people[by];
        let contact = person.contacts[contact].clone();
        let application = of(&person.applications, &contact);
        let introduce = Introduce { contact: &contact, application };
        let now = person.clock.now();
        let mut ctx = Context { now, rng: &mut person.rng, outbox: &mut person.outbox };
        let effects = how(person.room.as_mut().unwrap(), &mut ctx, &introduce)?;
        person.run(effects);
        Ok(())
    }

    pub(crate) fn admit(&mut self, by: usize, newcomer: usize) -> Result<(), ChangeRefused> {
        let applicant = self.key_of(newcomer);
        self.people[by].asks(|ctx, room| room.handle_admit(ctx, applicant))
    }

    /// Two members of two branches vouch for a newcomer, and the first admits.
    pub(crate) fn let_in(&mut self, by: [usize; 2], newcomer: usize) {
        for by in by {
            self.vouch(by, newcomer).unwrap();
        }
        self.settle();
        self.admit(by[0], newcomer).unwrap();
        self.settle();
        assert!(self.people[newcomer].room.is_some());
    }

    fn suite(&self) -> Suite {
        self.people[0].room().suite()
    }

    /// The key package that a newcomer shows.
    pub(crate) fn package_of(&self, newcomer: usize) -> Vec<u8> {
        let card = self.people[newcomer].applications[0].card();
        card.key_package(self.suite()).unwrap().to_vec()
    }

    /// The key that a newcomer would have in the room.
    pub(crate) fn key_of(&self, newcomer: usize) -> MemberId {
        inspect(self.suite(), &self.package_of(newcomer)).unwrap().0
    }

    /// A member deposits a commit that no rule was asked about.
    pub(crate) fn commits(&mut self, who: usize, what: Forbidden) {
        let now = self.clock.now();
        self.commits_at(who, what, now);
    }

    /// The same, signed at this time.
    pub(crate) fn commits_at(&mut self, who: usize, what: Forbidden, signed_at: UnixMillis) {
        let address = self.address(who);
        let envelopes = self.people[who]
            .with(|ctx, room| room.unwrap().dangerous_commit_for_testing(ctx, what, signed_at));
        for envelope in envelopes.unwrap() {
            self.append(address, envelope);
        }
    }

    /// The commit is skipped by everybody else, for this rule; nothing of theirs changes.
    pub(crate) fn all_refuse(&mut self, who: usize, what: Forbidden, rule: Rule) {
        self.settle();
        let others: Vec<usize> = (0..self.people.len())
            .filter(|at| *at != who && !self.people[*at].away)
            .filter(|at| self.people[*at].room.as_ref().is_some_and(|room| !room.is_removed()))
            .collect();
        let before: Vec<_> = others.iter().map(|at| self.state_of(*at)).collect();
        for at in &others {
            self.people[*at].events.clear();
        }
        self.commits(who, what);
        self.settle();
        for (at, before) in others.into_iter().zip(before) {
            let person = &self.people[at];
            assert_eq!(person.skipped(), [Skipped::Refused(rule)], "{}", person.name);
            assert!(self.state_of(at) == before, "nothing of {}'s changes", person.name);
        }
    }

    fn state_of(&self, who: usize) -> (u64, Vec<String>, Vec<u8>) {
        let (person, room) = (&self.people[who], self.people[who].room());
        (room.epoch(), person.names(), [room.policy().encode(), room.standing().encode()].concat())
    }

    /// The relay puts an envelope into a mailbox, as whoever has its capability can.
    pub(crate) fn append(&mut self, to: Address, envelope: Envelope) {
        self.runtime.block_on(self.relay.put_everywhere(to, envelope));
    }

    /// Somebody deposits any bytes where they have the right to.
    pub(crate) fn deposits(&mut self, who: usize, to: &DepositAccess, bytes: Vec<u8>) {
        let person = &mut self.people[who];
        let (id, life) = (person.outbox.next(), Life::D7);
        let envelope = bytes.try_into().unwrap();
        let out = Outgoing { id, to: to.clone(), relay: person.link.clone(), life, envelope };
        self.runtime.block_on(async { person.line().await.deposit(&out).await });
    }

    /// Everybody connects anew, and the relay shows this face.
    pub(crate) fn moves_to_face(&mut self, face: usize) {
        for person in &mut self.people {
            (person.link, person.line) = (self.relay.link(face), None);
        }
    }

    /// One face of the relay shows an envelope.
    pub(crate) fn put(&mut self, face: usize, address: Address, envelope: Envelope) {
        let deposit = Deposit { address, life: Life::D7, envelope };
        self.runtime.block_on(self.relay.put(face, deposit));
    }

    /// The policy to which a removal leads.
    pub(crate) fn policy_without(&self, who: usize, id: MemberId) -> Policy {
        let (room, now) = (self.people[who].room(), self.clock.now());
        let mut standing = room.standing().clone();
        let row = standing.rows.iter_mut().find(|row| row.key == id).unwrap();
        (row.state, row.left_at) = (State::Severed, Some(now));
        let mut policy = room.policy().clone();
        policy.organizers.retain(|one| *one != id);
        policy.standing = Sha256::digest(standing.encode()).into();
        policy
    }

    /// Everything that a person has to deposit is deposited.
    pub(crate) fn deposit_all(&mut self, who: usize) -> bool {
        let person = &mut self.people[who];
        let mut moved = false;
        while !person.away && self.runtime.block_on(person.deposit_one()) {
            moved = true;
        }
        moved
    }

    /// The next entry of the room's channel.
    pub(crate) fn read_one(&mut self, who: usize) -> bool {
        let person = &mut self.people[who];
        let source = person.room.as_ref().and_then(Room::source).filter(|_| !person.away);
        let Some(source) = source else { return false };
        let unread = self.runtime.block_on(person.unread(&source));
        let Some((at, envelope)) = unread.into_iter().next() else { return false };
        let address = source.access.address();
        person.reading.insert(address, at);
        person.hand(&address, at, &envelope);
        true
    }

    /// Everything in the room's channels.
    fn read_room(&mut self, who: usize) -> bool {
        let person = &mut self.people[who];
        let source = person.room.as_ref().and_then(Room::source).filter(|_| !person.away);
        let Some(source) = source else { return false };
        let address = source.access.address();
        let unread = self.runtime.block_on(person.unread(&source));
        let moved = !unread.is_empty();
        for (at, envelope) in unread {
            person.reading.insert(address, at);
            if person.room().address() != Some(&address) {
                return true;
            }
            person.hand(&address, at, &envelope);
        }
        moved
    }

    fn read_inboxes(&mut self, who: usize) -> bool {
        let person = &mut self.people[who];
        let mut moved = false;
        for at in 0..person.applications.len() {
            let source = person.applications[at].inbox().source();
            let unread = if person.away {
                Vec::new()
            } else {
                self.runtime.block_on(person.unread(&source))
            };
            for (position, envelope) in unread {
                moved = true;
                person.hand_inbox(at, position, &envelope);
            }
        }
        moved
    }

    /// Everything that is under way arrives.
    pub(crate) fn settle(&mut self) {
        let mut moved = true;
        while moved {
            moved = false;
            for who in 0..self.people.len() {
                moved |= self.deposit_all(who);
                while self.read_room(who) {
                    moved = true;
                }
                moved |= self.read_inboxes(who);
            }
        }
    }

    /// Time passes, hour by hour (weeks in longer steps), and everybody does what is due.
    pub(crate) fn pass(&mut self, ms: u64) {
        let (until, step) = (self.clock.now().plus_ms(ms), HOUR_MS.max(ms / 72));
        while self.clock.now() < until {
            self.clock.pass_ms(step.min(until.since_ms(self.clock.now())));
            self.tick();
        }
    }

    fn tick(&mut self) {
        self.settle();
        for person in self.people.iter_mut().filter(|person| !person.away) {
            if let Some(address) = person.room.as_ref().and_then(|room| room.address().copied()) {
                let effects =
                    person.with(|ctx, room| room.unwrap().handle_caught_up(ctx, &address));
                person.run(effects);
            }
            let due = person.room.as_ref().and_then(Room::deadline);
            if due.is_some_and(|due| person.clock.now() >= due) {
                let effects = person.with(|ctx, room| room.unwrap().handle_tick(ctx));
                person.run(effects);
            }
        }
        self.settle();
    }

    /// What lies in a mailbox, as the first face of the relay has it.
    pub(crate) fn log(&self, address: &Address) -> Vec<(Position, Envelope)> {
        self.runtime.block_on(self.relay.log(0, *address))
    }

    /// A real store with all that the relay ever had, as its disk holds it.
    pub(crate) fn image(&self, data: &Path) {
        let store = EmbeddedStore::open(Options::new(data, 1 << 30)).unwrap();
        self.runtime.block_on(async {
            for (address, envelope) in self.relay.tap() {
                store.append(vec![Deposit { address, life: Life::D7, envelope }]).await.unwrap();
            }
            store.close().await.unwrap();
        });
    }

    pub(crate) fn block_on<T>(&self, wait: impl Future<Output = T>) -> T {
        self.runtime.block_on(wait)
    }

    pub(crate) fn address(&self, who: usize) -> Address {
        *self.people[who].room().address().unwrap()
    }
}

/// The application that a contact was shown.
fn of<'a>(applications: &'a [Application], contact: &Contact) -> &'a Application {
    applications.iter().find(|one| one.id() == contact.application()).unwrap()
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
