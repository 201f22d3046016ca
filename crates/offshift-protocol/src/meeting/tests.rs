use std::collections::BTreeMap;

use offshift_wire::{Envelope, RelayId, meeting::Say};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::{
    context::OutboxSequence,
    effect::{Change, Effect, Outgoing},
};

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

fn link() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap()
}

/// A person's device: its clock, its vault, and what its screen has said.
struct Device {
    rng: ChaCha20Rng,
    outbox: OutboxSequence,
    now: UnixMillis,
    vault: BTreeMap<String, Vec<u8>>,
    follows: Vec<Address>,
    events: Vec<MeetingEvent>,
}

/// The mailboxes of a relay.
#[derive(Default)]
struct Relay(BTreeMap<Address, Vec<Envelope>>);

impl Device {
    fn new(seed: u64) -> Self {
        Self {
            rng: ChaCha20Rng::seed_from_u64(seed),
            outbox: OutboxSequence::new(),
            now: NOW,
            vault: BTreeMap::new(),
            follows: Vec::new(),
            events: Vec::new(),
        }
    }

    fn ctx(&mut self) -> Context<'_> {
        Context { now: self.now, rng: &mut self.rng, outbox: &mut self.outbox }
    }

    fn application(&mut self, handle: &str) -> Application {
        Application::new(&mut self.ctx(), &link(), handle).unwrap()
    }

    fn show(&mut self, relay: &mut Relay) -> Meeting {
        let mine = self.application("Ana");
        let (meeting, effects) = Meeting::show(&mut self.ctx(), &link(), mine);
        self.run(relay, effects);
        meeting
    }

    fn scan(&mut self, relay: &mut Relay, code: &MeetingCode) -> Meeting {
        let mine = self.application("Ben");
        let code = code.to_string().parse().ok().unwrap();
        let (meeting, effects) = Meeting::scan(&mut self.ctx(), code, mine).ok().unwrap();
        self.run(relay, effects);
        meeting
    }

    fn run(&mut self, relay: &mut Relay, effects: Effects<MeetingEvent>) {
        for effect in effects {
            match effect {
                Effect::Persist(changes) => self.persist(changes),
                Effect::Follow(source) => self.follows.push(source.access.address()),
                Effect::Unfollow(address) => self.follows.retain(|one| *one != address),
                Effect::Deposit(out) => relay.deposit(&out),
                Effect::Cancel(_) => {}
                Effect::Event(event) => self.events.push(event),
            }
        }
    }

    fn persist(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Put { key, value } => self.vault.insert(key, value.to_vec()),
                Change::Delete { key } => self.vault.remove(&key),
            };
        }
    }

    /// Hands over everything that lies in the mailboxes. Entries that were read are passed over.
    fn read(&mut self, relay: &mut Relay, meeting: &mut Meeting) {
        for address in meeting.addresses() {
            let log = relay.0.get(&address).cloned().unwrap_or_default();
            for (envelope, at) in log.iter().zip(1..) {
                let position = Position::new(at);
                let effects = meeting.handle_entry(&mut self.ctx(), &address, position, envelope);
                self.run(relay, effects);
            }
        }
    }

    fn words(&self) -> Option<Words> {
        self.events.iter().find_map(|event| match event {
            MeetingEvent::WordsReady { words, .. } => Some(*words),
            _ => None,
        })
    }

    fn aborted(&self) -> Option<(AbortReason, bool)> {
        self.events.iter().find_map(|event| match event {
            MeetingEvent::Aborted { reason, by_peer } => Some((*reason, *by_peer)),
            _ => None,
        })
    }

    /// Keys in the vault besides the outbox.
    fn records(&self) -> usize {
        self.vault.keys().filter(|key| !key.starts_with("outbox/")).count()
    }
}

impl Relay {
    fn deposit(&mut self, out: &Outgoing) {
        assert_eq!(out.relay, link());
        self.0.entry(out.to.address()).or_default().push(out.envelope.clone());
    }
}

/// Ana shows, Ben scans, both have read everything.
struct Pair {
    relay: Relay,
    ana: Device,
    ben: Device,
    a: Meeting,
    b: Meeting,
}

fn scanned() -> Pair {
    let (mut relay, mut ana, mut ben) = (Relay::default(), Device::new(1), Device::new(2));
    let a = ana.show(&mut relay);
    let b = ben.scan(&mut relay, a.code());
    Pair { relay, ana, ben, a, b }
}

fn met() -> Pair {
    let mut pair = scanned();
    pair.read();
    pair
}

impl Pair {
    fn read(&mut self) {
        for _ in 0..3 {
            self.ana.read(&mut self.relay, &mut self.a);
            self.ben.read(&mut self.relay, &mut self.b);
        }
    }
}

#[test]
fn os_mee_010_two_people_meet_and_see_the_same_words() {
    let Pair { mut ana, mut ben, a, b, .. } = met();
    assert!(ana.words().is_some());
    assert_eq!(ana.words(), ben.words());
    assert_eq!(a.words().map(|(_, peer)| peer.as_str().to_owned()), Some("Ben".into()));
    let at_ana = a.confirm(&mut ana.ctx(), Method::InPerson).ok().unwrap();
    let at_ben = b.confirm(&mut ben.ctx(), Method::InPerson).ok().unwrap();
    let (anas, bens) = (at_ana.application.unwrap(), at_ben.application.unwrap());
    assert_eq!(at_ana.contact.card().bytes(), bens.card().bytes());
    assert_eq!(at_ben.contact.card().bytes(), anas.card().bytes());
    assert_eq!(at_ana.contact.handle().as_str(), "Ben");
    assert_eq!(at_ana.contact.met_at(), NOW);
    assert_eq!(at_ana.contact.application(), anas.id());
}

#[test]
fn os_mee_022_a_confirmed_meeting_leaves_a_contact_an_application_and_its_inbox() {
    let Pair { mut relay, mut ana, a, .. } = met();
    let (id, addresses) = (a.id(), a.addresses());
    let confirmed = a.confirm(&mut ana.ctx(), Method::InPerson).ok().unwrap();
    let (contact, application) = (confirmed.contact, confirmed.application.unwrap());
    ana.run(&mut relay, confirmed.effects);
    assert!(!ana.vault.contains_key(&id.key()));
    let record = ana.vault.get(&contact.id().key()).unwrap();
    let read = Contact::decode(contact.id(), record).unwrap();
    assert_eq!(read.card().bytes(), contact.card().bytes());
    let records = ana.vault.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
    let inbox = crate::inbox::Inbox::load(contact.application(), records).unwrap();
    let record = ana.vault.get(&contact.application().key()).unwrap();
    let again = Application::load(inbox, record).unwrap();
    assert_eq!(again.card().bytes(), application.card().bytes());
    assert_eq!(ana.follows, [application.inbox().source().access.address()]);
    assert!(!ana.follows.iter().any(|one| addresses.contains(one)));
}

#[test]
fn os_mee_021_nothing_is_confirmed_before_words_are_shown_or_after_their_time() {
    let Pair { mut ana, mut ben, a, b, .. } = scanned();
    let NoWords(a) = a.confirm(&mut ana.ctx(), Method::InPerson).err().unwrap();
    let NoWords(b) = b.confirm(&mut ben.ctx(), Method::InPerson).err().unwrap();
    assert!(!a.is_over() && !b.is_over(), "the meeting goes on as it was");
    let Pair { mut ana, a, .. } = met();
    ana.now = NOW.plus_ms(MEETING_LIFE_MS);
    assert!(a.confirm(&mut ana.ctx(), Method::InPerson).is_err());
}

#[test]
fn os_mee_014_a_second_scanner_ends_the_meeting_on_every_screen() {
    let mut pair = met();
    let mut eve = Device::new(3);
    let mut e = eve.scan(&mut pair.relay, pair.a.code());
    pair.read();
    eve.read(&mut pair.relay, &mut e);
    assert_eq!(pair.ana.aborted(), Some((AbortReason::SecondScanner, false)));
    assert_eq!(pair.ben.aborted().map(|(reason, _)| reason), Some(AbortReason::SecondScanner));
    assert_eq!(eve.aborted().map(|(reason, _)| reason), Some(AbortReason::SecondScanner));
    for device in [&pair.ana, &pair.ben, &eve] {
        assert_eq!((device.records(), device.follows.len()), (0, 0), "nothing is left");
    }
    assert!(pair.a.confirm(&mut pair.ana.ctx(), Method::InPerson).is_err());
}

#[test]
fn os_mee_012_a_code_is_dead_after_ten_minutes() {
    let mut pair = scanned();
    pair.ana.now = NOW.plus_ms(MEETING_LIFE_MS);
    pair.ana.read(&mut pair.relay, &mut pair.a);
    assert!(pair.ana.events == [MeetingEvent::Expired]);
    pair.ben.read(&mut pair.relay, &mut pair.b);
    assert_eq!(pair.ben.aborted(), Some((AbortReason::Expired, true)), "the scanner learns it");

    let mut twin = scanned();
    twin.ana.now = NOW.plus_ms(MEETING_LIFE_MS - 1);
    twin.read();
    assert!(twin.ben.words().is_some(), "the twin: a moment earlier");
}

#[test]
fn os_mee_012_a_tick_ends_what_nobody_came_to() {
    let (mut relay, mut ana) = (Relay::default(), Device::new(1));
    let mut a = ana.show(&mut relay);
    let deadline = a.deadline().unwrap();
    ana.now = UnixMillis(deadline.0 - 1);
    let early = a.handle_tick(&mut ana.ctx());
    assert!(early.is_empty());
    ana.now = deadline;
    let effects = a.handle_tick(&mut ana.ctx());
    ana.run(&mut relay, effects);
    assert!(ana.events == [MeetingEvent::Expired] && a.deadline().is_none());
    assert_eq!(ana.records(), 0);
}

#[test]
fn a_surely_dead_code_is_refused_by_the_scanner() {
    let (mut relay, mut ana, mut ben) = (Relay::default(), Device::new(1), Device::new(2));
    let a = ana.show(&mut relay);
    ben.now = NOW.plus_ms(3 * MEETING_LIFE_MS + crate::limits::MEETING_CLOCK_SLACK_MS);
    let mine = ben.application("Ben");
    let code = a.code().to_string().parse().ok().unwrap();
    let refused = Meeting::scan(&mut ben.ctx(), code, mine).err();
    assert_eq!(refused, Some(BadCode::Expired));
}

#[test]
fn os_mee_015_a_person_who_stops_ends_it_on_both_screens() {
    let mut pair = met();
    let effects = pair.a.abort(&mut pair.ana.ctx());
    pair.ana.run(&mut pair.relay, effects);
    pair.read();
    assert_eq!(pair.ana.aborted(), Some((AbortReason::Stopped, false)));
    assert_eq!(pair.ben.aborted(), Some((AbortReason::Stopped, true)));
    let again = pair.a.abort(&mut pair.ana.ctx());
    assert!(again.is_empty());
}

#[test]
fn os_mee_016_copies_of_envelopes_change_nothing() {
    let mut pair = scanned();
    for _ in 0..4 {
        pair.read();
        // A device that restarts deposits again what has no receipt.
        for log in pair.relay.0.values_mut() {
            log.dedup();
            let copies = log.clone();
            log.extend(copies);
        }
    }
    assert!(pair.ana.words().is_some());
    assert_eq!(pair.ana.words(), pair.ben.words());
    assert!(pair.ana.aborted().is_none() && pair.ben.aborted().is_none());
}

#[test]
fn os_mee_017_a_restart_at_any_moment_goes_on_where_it_was() {
    for restarts in 0..8_u32 {
        let mut pair = scanned();
        for step in 0..3 {
            if restarts & (1 << step) != 0 {
                pair.a = reload(&pair.ana, &pair.a);
                pair.b = reload(&pair.ben, &pair.b);
            }
            pair.ana.read(&mut pair.relay, &mut pair.a);
            pair.ben.read(&mut pair.relay, &mut pair.b);
        }
        let (a, b) = (reload(&pair.ana, &pair.a), reload(&pair.ben, &pair.b));
        assert_eq!(a.words().map(|w| w.0), pair.ana.words());
        assert_eq!(a.words().map(|w| w.0), b.words().map(|w| w.0));
        assert!(a.confirm(&mut pair.ana.ctx(), Method::InPerson).is_ok());
    }
}

fn reload(device: &Device, meeting: &Meeting) -> Meeting {
    let record = device.vault.get(&meeting.id().key()).unwrap();
    Meeting::load(meeting.id(), record).unwrap()
}

#[test]
fn a_damaged_record_is_malformed_not_a_panic() {
    let pair = met();
    let record = pair.a.record();
    assert!(Meeting::load(pair.a.id(), &record).is_ok(), "the twin");
    for cut in (0..record.len()).step_by(37) {
        assert!(Meeting::load(pair.a.id(), &record[..cut]).is_err());
    }
}

#[test]
fn os_mee_004_every_entry_has_the_same_size() {
    let mut pair = met();
    let effects = pair.a.abort(&mut pair.ana.ctx());
    pair.ana.run(&mut pair.relay, effects);
    let entries: Vec<_> = pair.relay.0.values().flatten().collect();
    assert_eq!(entries.len(), 4, "commit, answer, reveal, abort");
    assert!(entries.iter().all(|one| one.class() == offshift_wire::SizeClass::K16));
}

#[test]
fn the_longest_card_fits_an_entry() {
    let log = scanned().a.shower;
    let card = bytes::Bytes::from(vec![1; offshift_wire::limits::CARD_BYTES_MAX]);
    let say = Say::Answer { commit: [1; 32], nonce: [2; 32], card };
    let entry = offshift_wire::meeting::MeetingEntry { tag: [3; 16], say };
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let sealed = rendezvous::seal(&log.channel, &mut rng, &entry).unwrap();
    assert!(rendezvous::open(&log.channel, &sealed) == Some(entry));
}

#[test]
fn os_mee_003_an_entry_opens_in_its_own_mailbox_only() {
    let Pair { a, .. } = scanned();
    let entry = offshift_wire::meeting::MeetingEntry { tag: [3; 16], say: Say::Abort(1) };
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let sealed = rendezvous::seal(&a.shower.channel, &mut rng, &entry).unwrap();
    assert!(rendezvous::open(&a.shower.channel, &sealed).is_some(), "the twin");
    assert!(rendezvous::open(&a.scanner.channel, &sealed).is_none());
}

#[test]
fn entries_of_other_mailboxes_and_of_old_positions_change_nothing() {
    let Pair { relay, mut ana, mut a, .. } = met();
    let before = a.record();
    let [scanner, _] = a.addresses();
    let commit = relay.0[&scanner][0].clone();
    let stale = a.handle_entry(&mut ana.ctx(), &scanner, Position::new(1), &commit);
    let elsewhere = Address::from_bytes([7; 32]);
    let foreign = a.handle_entry(&mut ana.ctx(), &elsewhere, Position::new(99), &commit);
    assert!(stale.is_empty() && foreign.is_empty());
    assert_eq!(*a.record(), *before);
}

#[test]
fn every_reason_survives_its_number() {
    use AbortReason::{
        BadCard, BrokenCommit, Expired, Garbled, Other, OutOfTurn, SecondScanner, Stopped,
    };
    for reason in
        [Stopped, SecondScanner, OutOfTurn, Garbled, BrokenCommit, BadCard, Expired, Other]
    {
        assert_eq!(AbortReason::from_number(reason.number()), reason);
        assert!(reason.to_string().contains("code") || reason.to_string().contains("meet again"));
    }
    assert_eq!(AbortReason::from_number(99), Other);
}

#[test]
fn ei_34_os_mee_002_os_mee_023_two_devices_of_one_person_meet_by_a_code_of_their_own() {
    let (mut relay, mut ana, mut ben) = (Relay::default(), Device::new(1), Device::new(2));
    let meet = ana.show(&mut relay).code().to_string();
    assert_eq!(meet.parse::<DeviceCode>().err(), Some(BadDeviceCode::Meeting));
    let mine = ana.application("Ana");
    let (mut a, effects) = Meeting::show_device(&mut ana.ctx(), &link(), mine);
    ana.run(&mut relay, effects);
    let code = a.code().to_string();
    assert!(code.starts_with("offshift:device:"));
    assert_eq!(code.parse::<MeetingCode>().err(), Some(BadCode::Device));
    let (mine, code) = (ben.application("Ana 2"), code.parse().unwrap());
    let scanned = Meeting::scan_device(&mut ben.ctx(), code, mine);
    let (mut b, effects) = scanned.ok().unwrap();
    ben.run(&mut relay, effects);
    let record = ben.vault.get(&b.id().key()).unwrap().clone();
    b = Meeting::load(b.id(), &record).unwrap();
    for _ in 0..3 {
        ana.read(&mut relay, &mut a);
        ben.read(&mut relay, &mut b);
    }
    assert!(ana.words().is_some() && ana.words() == ben.words());
    for (device, meeting) in [(&mut ana, a), (&mut ben, b)] {
        let confirmed = meeting.confirm(&mut device.ctx(), Method::Call).ok().unwrap();
        let record = confirmed.contact.encode();
        let read = Contact::decode(confirmed.contact.id(), &record).unwrap();
        assert_eq!((read.purpose(), read.method()), (Purpose::Device, Method::Call));
    }
}

#[test]
fn os_mee_024_a_card_is_shown_again_until_it_has_brought_its_owner_into_a_room() {
    let Pair { mut relay, mut ana, mut ben, b, .. } = met();
    let first = b.confirm(&mut ben.ctx(), Method::InPerson).ok().unwrap();
    let mut application = first.application.unwrap();
    let again = Mine::again(&application).unwrap();
    let (mut a, effects) = Meeting::show(&mut ana.ctx(), &link(), again);
    ana.run(&mut relay, effects);
    let record = ana.vault.get(&a.id().key()).unwrap().clone();
    a = Meeting::load(a.id(), &record).unwrap();
    let mut b = ben.scan(&mut relay, a.code());
    for _ in 0..3 {
        ana.read(&mut relay, &mut a);
        ben.read(&mut relay, &mut b);
    }
    let second = a.confirm(&mut ana.ctx(), Method::InPerson).ok().unwrap();
    assert!(second.application.is_none(), "it is here already, and may have moved on");
    assert!(second.contact.application() == application.id());
    let writes = |effects: &Effects<MeetingEvent>| {
        effects.iter().any(|effect| match effect {
            Effect::Persist(changes) => changes.iter().any(
                |change| matches!(change, Change::Put { key, .. } if key.starts_with("inbox/")),
            ),
            _ => false,
        })
    };
    assert!(!writes(&second.effects) && writes(&first.effects));
    let theirs = b.confirm(&mut ben.ctx(), Method::InPerson).ok().unwrap().contact;
    assert_eq!(theirs.card().bytes(), application.card().bytes(), "the same card");
    let _ = application.erase_key_packages();
    assert!(Mine::again(&application).is_none());
}
