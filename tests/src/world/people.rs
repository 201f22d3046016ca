//! What people do: meet, found a room, vouch, come in.

use std::collections::BTreeMap;

use offshift_protocol::{
    Change, Context, Effect, Effects, Outgoing,
    admission::{
        signed::{self, Statement},
        terms,
    },
    card::{Application, Contact},
    meeting::{Meeting, MeetingEvent, Mine},
    room::{
        ChangeRefused, FoundRequest, Introduce, Invitee, JoinRequest, Method, Room, RoomEvent,
        Suite,
    },
    seal::DhPublicKey,
};
use offshift_wire::{
    Address, Envelope, MemberId, Position, UnixMillis,
    admission::{Approval, Motion, Vouch},
    inbox::{InboxMessage, WelcomeBytes},
};

use super::{Broken, World, device::Met, oracle::Place, relay_link};

/// Who founds a room.
pub struct Founding {
    /// Its suite, for ever.
    pub suite: Suite,
    /// How many founders.
    pub founders: usize,
    /// The first so many are organizers.
    pub organizers: usize,
}

/// Which card somebody shows at a meeting.
#[derive(Clone, Copy)]
pub enum Card {
    /// One that nobody has seen.
    Fresh,
    /// One that somebody has already: both are to vouch into one room.
    Again(usize),
}

impl World {
    /// A room of these founders.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn founded(&mut self, founding: &Founding) -> Result<(), Broken> {
        self.founded_among(founding, |_| true)
    }

    /// The same where only some of the founders have devices here: the others are leaves that nobody wakes.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn founded_among(
        &mut self,
        founding: &Founding,
        is_here: impl Fn(usize) -> bool,
    ) -> Result<(), Broken> {
        let mut absent = BTreeMap::new();
        for at in 0..founding.founders {
            let name = format!("founder {at}");
            self.device(&name);
            if at > 0 && is_here(at) {
                self.meet((0, Card::Fresh), (at, Card::Fresh));
            } else if at > 0 {
                let card = self.card(&name);
                self.relay.nobodys.insert(card.inbox().source().access.address());
                absent.insert(at, card);
            }
        }
        let (now, rules) = (self.now, self.rules);
        let founder = &mut self.devices[0];
        let mine = founder.apply(now);
        let application = &founder.applications[mine];
        let invite = |at: usize| match founder.met.iter().find(|met| met.with == at) {
            Some(met) => Invitee {
                card: met.contact.card(),
                application: &founder.applications[met.application],
                organizer: at < founding.organizers,
            },
            None => Invitee { card: absent[&at].card(), application, organizer: false },
        };
        // In the order of the tree, so that those who are here are spread over it.
        let invitees: Vec<_> = (1..founding.founders).map(invite).collect();
        let request = FoundRequest {
            name: "night shift".parse().unwrap(),
            relay: relay_link(),
            suite: founding.suite,
            mine: &founder.applications[mine],
            invitees: &invitees,
            rules,
        };
        let mut ctx = Context { now, rng: &mut founder.rng, outbox: &mut founder.outbox };
        let (room, effects) = Room::found(&mut ctx, &request).unwrap();
        founder.room = Some(room);
        self.settle_in(0, mine, effects)?;
        self.run()
    }

    /// The application has brought its owner into the room: its inbox is where members reach them.
    fn settle_in(
        &mut self,
        at: usize,
        application: usize,
        effects: Effects<RoomEvent>,
    ) -> Result<(), Broken> {
        let now = self.devices[at].time(self.now);
        let one = self.devices[at].application_mut(application);
        let mut changes: Vec<Change> = one.pin_inbox(now).into_iter().collect();
        changes.push(one.erase_key_packages());
        let source = one.inbox().source();
        self.follow(at, &source);
        self.execute_at(at, None, effects, changes)
    }

    /// Two people meet and compare the words.
    pub fn meet(&mut self, one: (usize, Card), other: (usize, Card)) {
        let now = self.now;
        let [mine, theirs] = [one, other].map(|(at, card)| match card {
            Card::Fresh => self.devices[at].apply(now),
            Card::Again(application) => application,
        });
        let (first, second) = self.compare((one.0, mine), (other.0, theirs));
        for (at, with, application, contact) in
            [(one.0, other.0, mine, first), (other.0, one.0, theirs, second)]
        {
            let source = self.devices[at].applications[application].inbox().source();
            self.follow(at, &source);
            let record = Change::Put { key: contact.id().key(), value: contact.encode() };
            self.devices[at].write(vec![record]);
            self.devices[at].met.push(Met { application, with, contact });
        }
    }

    /// The real machines of a meeting, without lag: what each keeps of the other.
    fn compare(
        &mut self,
        (one, mine): (usize, usize),
        (other, theirs): (usize, usize),
    ) -> (Contact, Contact) {
        let (now, link) = (self.now, relay_link());
        let [mine, theirs] = [(one, mine), (other, theirs)]
            .map(|(at, card)| Mine::again(&self.devices[at].applications[card]).unwrap());
        let (mut shown, effects) =
            self.devices[one].with(now, |ctx, _| Meeting::show(ctx, &link, mine));
        let code = shown.code().to_string().parse().ok().unwrap();
        let (mut scanned, more) =
            self.devices[other].with(now, |ctx, _| Meeting::scan(ctx, code, theirs)).ok().unwrap();
        let mut log = deposits(effects);
        log.extend(deposits(more));
        let mut at = 0;
        while at < log.len() {
            let (address, envelope) = log[at].clone();
            at += 1;
            let position = Position::new(u64::try_from(at).unwrap());
            for (who, meeting) in [(one, &mut shown), (other, &mut scanned)] {
                let effects = self.devices[who]
                    .with(now, |ctx, _| meeting.handle_entry(ctx, &address, position, &envelope));
                log.extend(deposits(effects));
            }
        }
        let confirm = |world: &mut Self, at: usize, meeting: Meeting| {
            world.devices[at]
                .with(now, |ctx, _| meeting.confirm(ctx, Method::InPerson))
                .ok()
                .unwrap()
                .contact
        };
        (confirm(self, one, shown), confirm(self, other, scanned))
    }

    /// Somebody new meets these members with one card, and each vouches. Gives the key that they apply with.
    ///
    /// # Errors
    /// As everybody's device would refuse it.
    pub fn vouched(&mut self, newcomer: usize, by: &[usize]) -> Result<MemberId, ChangeRefused> {
        let now = self.now;
        let card = self.devices[newcomer].apply(now);
        for voucher in by {
            self.meet((*voucher, Card::Fresh), (newcomer, Card::Again(card)));
            self.vouch_for(*voucher, newcomer)?;
        }
        let suite = self.devices[by[0]].room().suite();
        let applied = self.devices[newcomer].applications[card].newcomer_for_testing(suite);
        Ok(applied.unwrap().0)
    }

    fn vouch_for(&mut self, by: usize, newcomer: usize) -> Result<(), ChangeRefused> {
        let now = self.now;
        let device = &mut self.devices[by];
        let met = device.met.iter().rfind(|met| met.with == newcomer).unwrap();
        let application = &device.applications[met.application];
        let introduce = Introduce { contact: &met.contact, application };
        let mut ctx = Context { now, rng: &mut device.rng, outbox: &mut device.outbox };
        let room = device.room.as_mut().unwrap();
        let effects = room.handle_vouch(&mut ctx, &introduce)?;
        self.execute(by, effects).unwrap_or_else(|broken| panic!("{broken}"));
        Ok(())
    }

    /// An entry of an inbox: a Welcome brings its owner in, or back; members' words go to the room. What was handled is
    /// marked after what it caused is written.
    pub(super) fn read_inbox(
        &mut self,
        at: usize,
        place: Place,
        envelope: &Envelope,
    ) -> Result<(), Broken> {
        let of = |address: &Address| *address == place.address;
        let Some(application) = self.devices[at].inboxes.iter().position(of) else {
            return Ok(());
        };
        let run = self.devices[at].run;
        let inbox = self.devices[at].application_mut(application).inbox_mut();
        let handled = inbox.handle_entry(place.position, envelope);
        let heard = match &handled.outcome {
            Ok(received) => self.hear(at, application, &received.message, &received.sender),
            Err(_) => Ok(()),
        };
        if self.devices[at].run == run {
            self.devices[at].write(handled.changes);
        }
        heard
    }

    fn hear(
        &mut self,
        at: usize,
        application: usize,
        message: &InboxMessage,
        sender: &DhPublicKey,
    ) -> Result<(), Broken> {
        if let (InboxMessage::Welcome(welcome), None) = (message, &self.devices[at].room) {
            return self.join(at, application, welcome, sender);
        }
        let now = self.devices[at].time(self.now);
        let effects = self.devices[at].with(now, |ctx, room| {
            let room = room.as_mut()?;
            match message {
                InboxMessage::Welcome(welcome) => room.return_with(ctx, welcome, sender).ok(),
                InboxMessage::Checkpoint(said) => Some(room.handle_checkpoint(ctx, sender, said)),
                InboxMessage::Rejoin(wish) => Some(room.handle_rejoin(ctx, sender, wish)),
                _ => None,
            }
        });
        effects.map_or(Ok(()), |effects| self.execute(at, effects))
    }

    /// A newcomer's inbox is given a Welcome, past the relay; they come in.
    pub fn welcomed(&mut self, at: usize, welcome: &[Outgoing]) -> Option<InboxMessage> {
        for (one, number) in welcome.iter().zip(1..) {
            let inbox = self.devices[at].application_mut(0).inbox_mut();
            let handled = inbox.handle_entry(Position::new(number), &one.envelope);
            let Ok(received) = handled.outcome else { continue };
            if let InboxMessage::Welcome(welcome) = &received.message {
                self.join(at, 0, welcome, &received.sender).unwrap();
                return Some(received.message);
            }
        }
        None
    }

    fn join(
        &mut self,
        at: usize,
        place: usize,
        welcome: &WelcomeBytes,
        sender: &DhPublicKey,
    ) -> Result<(), Broken> {
        let (now, rules) = (self.devices[at].time(self.now), self.rules);
        let device = &mut self.devices[at];
        let shown = device.met.iter().filter(|met| met.application == place);
        let contacts: Vec<&Contact> = shown.map(|met| &met.contact).collect();
        let application = &device.applications[place];
        let request = JoinRequest { welcome, application, contacts: &contacts, sender, rules };
        let mut ctx = Context { now, rng: &mut device.rng, outbox: &mut device.outbox };
        let (room, effects) =
            Room::join(&mut ctx, &request).map_err(|why| format!("device {at}: {why}"))?;
        device.room = Some(room);
        self.settle_in(at, place, effects)
    }

    /// A member's word for somebody's card, whatever the rules say.
    pub fn forged_vouch(&self, by: usize, applicant: &Application) -> Vouch {
        let room = self.devices[by].room();
        let (id, package) = applicant.newcomer_for_testing(room.suite()).unwrap();
        let own = room.own_id();
        signed_vouch(room, (own, id, package), self.now, |statement| {
            room.sign_for_testing(statement)
        })
    }

    /// A member's word for a motion, whatever the rules say.
    pub fn forged_approval(&self, by: usize, motion: &Motion) -> Approval {
        let room = self.devices[by].room();
        let (revision, signed_at, own) = (room.policy().revision, self.now, room.own_id());
        let statement = Statement::approval(&room.id(), revision, &own, signed_at, motion);
        Approval { by: own, signed_at, signature: room.sign_for_testing(&statement) }
    }
}

/// A vouch by `by` for a key and its key package, under the terms of now, signed by whoever signs.
pub fn signed_vouch(
    room: &Room,
    (by, applicant, package): (MemberId, MemberId, [u8; 32]),
    now: UnixMillis,
    sign: impl FnOnce(&Statement) -> [u8; 64],
) -> Vouch {
    let terms = terms::terms_hash(room.terms(now));
    let method = Method::InPerson;
    let met = signed::Met { method, met_at: now, signed_at: now, terms };
    let statement = Statement::vouch(&room.id(), &applicant, &package, &by, &met);
    Vouch { by, method, met_at: now, signed_at: now, terms, signature: sign(&statement) }
}

fn deposits(effects: Effects<MeetingEvent>) -> Vec<(Address, Envelope)> {
    let deposit = |effect| match effect {
        Effect::Deposit(one) => Some((one.to.address(), one.envelope)),
        _ => None,
    };
    effects.into_iter().filter_map(deposit).collect()
}
