use std::collections::BTreeMap;

use bytes::Bytes;
use offshift_wire::RelayId;
use offshift_wire::inbox::WelcomeBytes;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::{context::OutboxSequence, effect::Effect};

const DAY_MS: u64 = 24 * 3_600_000;

fn link() -> RelayLink {
    RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap()
}

struct Device {
    rng: ChaCha20Rng,
    outbox: OutboxSequence,
    now: UnixMillis,
    vault: BTreeMap<String, Vec<u8>>,
    announced: Vec<Announcement>,
}

impl Device {
    fn new(seed: u64) -> Self {
        Self {
            rng: ChaCha20Rng::seed_from_u64(seed),
            outbox: OutboxSequence::new(),
            now: UnixMillis(1_790_000_000_000),
            vault: BTreeMap::new(),
            announced: Vec::new(),
        }
    }

    fn ctx(&mut self) -> Context<'_> {
        Context { now: self.now, rng: &mut self.rng, outbox: &mut self.outbox }
    }

    fn inbox(&mut self) -> Inbox {
        let id = ApplicationId::random(&mut self.rng);
        let inbox = Inbox::new(&mut self.ctx(), id, link());
        let mut builder = EffectsBuilder::<Announcement>::new();
        inbox.put(&mut builder);
        self.run(builder.build());
        inbox
    }

    fn run(&mut self, effects: Effects<Announcement>) {
        for effect in effects {
            match effect {
                Effect::Persist(changes) => self.persist(changes),
                Effect::Event(event) => self.announced.push(event),
                _ => panic!("an inbox only persists and announces"),
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

    fn tick_after(&mut self, inbox: &mut Inbox, ms: u64) {
        self.now = self.now.plus_ms(ms);
        let effects = inbox.handle_tick(&mut self.ctx());
        self.run(effects);
    }

    fn send(&mut self, from: &Inbox, to: &InboxCard, message: &InboxMessage) -> Vec<Envelope> {
        let from = from.sender_key().unwrap();
        let sent = to.send(&mut self.ctx(), from, message, Life::D7).unwrap();
        sent.into_iter().map(|one| one.envelope).collect()
    }

    fn reload(&self, inbox: &Inbox) -> Inbox {
        let records = self.vault.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
        Inbox::load(inbox.id(), records).unwrap()
    }

    fn seen_records(&self) -> usize {
        self.vault.keys().filter(|key| key.contains("/seen/")).count()
    }
}

fn welcome(length: usize) -> InboxMessage {
    InboxMessage::Welcome(WelcomeBytes {
        welcome: Bytes::from((0..=250).cycle().take(length).collect::<Vec<u8>>()),
        standing: Bytes::new(),
        introductions: Vec::new(),
        ticket: Bytes::new(),
        relay: None,
    })
}

fn at(position: u64) -> Position {
    Position::new(position)
}

#[test]
fn os_inb_001_a_message_arrives_and_names_its_sender() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens) = (ana.inbox(), ben.inbox());
    let card = InboxCard::decode(&inbox.card().unwrap().encode()).unwrap();
    let sent = ben.send(&bens, &card, &welcome(100));
    let received = inbox.handle_entry(at(1), &sent[0]).outcome.ok().unwrap();
    assert!(received.message == welcome(100));
    assert_eq!(received.sender, bens.card().unwrap().keys().dh);
}

#[test]
fn os_inb_007_a_long_message_comes_in_parts_of_one_sender() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens, others) = (ana.inbox(), ben.inbox(), ben.inbox());
    let card = inbox.card().unwrap();
    let long = ben.send(&bens, &card, &welcome(600 << 10));
    let foreign = ben.send(&others, &card, &welcome(600 << 10));
    assert_eq!(long.len(), 3);
    let mut outcomes = Vec::new();
    for (envelope, position) in [&long[0], &long[1], &foreign[2], &long[2]].into_iter().zip(1..) {
        outcomes.push(inbox.handle_entry(at(position), envelope).outcome);
    }
    assert!(matches!(outcomes[1], Err(InboxDrop::Part)));
    assert!(matches!(outcomes[2], Err(InboxDrop::Part)), "another's part completes nothing");
    let received = outcomes.pop().unwrap().ok().unwrap();
    assert!(received.message == welcome(600 << 10));
    assert_eq!(received.sender, bens.card().unwrap().keys().dh);
}

#[test]
fn os_inb_002_what_was_handled_is_not_handled_again() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens) = (ana.inbox(), ben.inbox());
    let sent = ben.send(&bens, &inbox.card().unwrap(), &welcome(10)).remove(0);
    let first = inbox.handle_entry(at(5), &sent);
    assert!(first.outcome.is_ok(), "the twin");
    ana.persist(first.changes);
    let again = |inbox: &mut Inbox, position| inbox.handle_entry(at(position), &sent).outcome.err();
    assert_eq!(again(&mut inbox, 5), Some(InboxDrop::Stale));
    assert_eq!(again(&mut inbox, 6), Some(InboxDrop::Seen), "replayed by the relay");
    let mut restarted = ana.reload(&inbox);
    assert_eq!(restarted.source().after, at(5));
    assert_eq!(again(&mut restarted, 7), Some(InboxDrop::Seen), "after a restart, too");
}

#[test]
fn os_inb_002_a_replay_is_dropped_for_as_long_as_its_keys_exist() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens) = (ana.inbox(), ben.inbox());
    let sent = ben.send(&bens, &inbox.card().unwrap(), &welcome(10)).remove(0);
    let first = inbox.handle_entry(at(1), &sent);
    ana.persist(first.changes);
    for (day, position) in (1..20_u64).zip(2..) {
        ana.tick_after(&mut inbox, DAY_MS);
        let outcome = inbox.handle_entry(at(position), &sent).outcome.err();
        let wanted = if day < 14 { InboxDrop::Seen } else { InboxDrop::DoesNotOpen };
        assert_eq!(outcome, Some(wanted), "day {day}");
    }
    assert_eq!(ana.seen_records(), 0, "the window goes with the keys");
}

#[test]
fn a_crash_before_the_entry_was_recorded_hands_it_over_again() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens) = (ana.inbox(), ben.inbox());
    let sent = ben.send(&bens, &inbox.card().unwrap(), &welcome(10)).remove(0);
    assert!(inbox.handle_entry(at(1), &sent).outcome.is_ok());
    let mut restarted = ana.reload(&inbox);
    assert!(restarted.handle_entry(at(1), &sent).outcome.is_ok());
}

#[test]
fn a_crash_between_parts_loses_none() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens) = (ana.inbox(), ben.inbox());
    let long = ben.send(&bens, &inbox.card().unwrap(), &welcome(600 << 10));
    let short = ben.send(&bens, &inbox.card().unwrap(), &welcome(9)).remove(0);
    for (envelope, position) in [&short, &long[0], &long[1]].into_iter().zip(1..) {
        let handled = inbox.handle_entry(at(position), envelope);
        ana.persist(handled.changes);
    }
    let mut restarted = ana.reload(&inbox);
    assert_eq!(restarted.source().after, at(1), "the parts are fetched again");
    for (envelope, position) in [&long[0], &long[1]].into_iter().zip(2..) {
        let handled = restarted.handle_entry(at(position), envelope);
        assert!(matches!(handled.outcome, Err(InboxDrop::Part)));
        ana.persist(handled.changes);
    }
    let done = restarted.handle_entry(at(4), &long[2]);
    assert!(done.outcome.is_ok());
    ana.persist(done.changes);
    assert_eq!(ana.reload(&inbox).source().after, at(4));
}

#[test]
fn os_inb_003_keys_rotate_weekly_and_old_envelopes_still_open_for_one_retention_period() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens) = (ana.inbox(), ben.inbox());
    let old = inbox.card().unwrap();
    let late = ben.send(&bens, &old, &welcome(10)).remove(0);
    let too_late = ben.send(&bens, &old, &welcome(11)).remove(0);
    ana.tick_after(&mut inbox, 7 * DAY_MS - 1);
    assert!(ana.announced.is_empty(), "not a moment earlier");
    ana.tick_after(&mut inbox, 1);
    assert_eq!(ana.announced.len(), 1);
    assert!(inbox.card().unwrap().keys() != old.keys());
    assert_eq!(
        inbox.card().unwrap().deposit().address(),
        old.deposit().address(),
        "the place stays"
    );

    ana.tick_after(&mut inbox, 7 * DAY_MS - 1);
    let mut restarted = ana.reload(&inbox);
    assert!(inbox.handle_entry(at(1), &late).outcome.is_ok());
    assert!(restarted.handle_entry(at(1), &late).outcome.is_ok());
    ana.tick_after(&mut inbox, 1);
    let outcome = inbox.handle_entry(at(2), &too_late).outcome;
    assert_eq!(outcome.err(), Some(InboxDrop::DoesNotOpen), "os_inb_004: the keys are erased");
}

#[test]
fn os_inb_004_erased_keys_are_in_no_record() {
    let mut ana = Device::new(1);
    let mut inbox = ana.inbox();
    let seeds = |inbox: &Inbox| *inbox.generations.last().unwrap().keys.dh.seed();
    let first = seeds(&inbox);
    let holds = |ana: &Device| {
        ana.vault.values().any(|value| value.windows(32).any(|window| window == first))
    };
    assert!(holds(&ana), "the control: it is found while it is there");
    for _ in 0..15 {
        ana.tick_after(&mut inbox, DAY_MS);
    }
    assert!(!holds(&ana));
    assert!(inbox.generations.len() <= INBOX_GENERATIONS_MAX);
}

#[test]
fn os_inb_005_new_keys_are_taken_from_their_owner_only() {
    let (mut ana, mut ben, mut eve) = (Device::new(1), Device::new(2), Device::new(3));
    let (mut anas, mut bens, eves) = (ana.inbox(), ben.inbox(), eve.inbox());
    let known = anas.card().unwrap();
    ana.tick_after(&mut anas, 7 * DAY_MS);
    let announcement = ana.announced.pop().unwrap();
    let to_ben = bens.card().unwrap();
    let sent = anas.announce(&mut ana.ctx(), &to_ben, &announcement, Life::D7).unwrap();
    let received = bens.handle_entry(at(1), &sent[0].envelope).outcome.ok().unwrap();
    let renewed = known.renewed(&received.sender, &received.message).unwrap();
    assert!(renewed.keys() == anas.card().unwrap().keys());
    assert_eq!(renewed.deposit().address(), known.deposit().address());

    let forged = eve.send(&eves, &to_ben, &announcement.message).remove(0);
    let received = bens.handle_entry(at(2), &forged).outcome.ok().unwrap();
    assert!(known.renewed(&received.sender, &received.message).is_err());
    assert!(known.renewed(&known.keys().dh, &welcome(1)).is_err());
}

#[test]
fn os_inb_006_an_unknown_message_arrives_whole() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens) = (ana.inbox(), ben.inbox());
    let later = InboxMessage::Unknown(Bytes::from_static(&[0x7a, 3, b'n', b'e', b'w']));
    let sent = ben.send(&bens, &inbox.card().unwrap(), &later).remove(0);
    assert!(inbox.handle_entry(at(1), &sent).outcome.ok().unwrap().message == later);
}

#[test]
fn what_does_not_open_changes_nothing_but_how_far_was_read() {
    let mut ana = Device::new(1);
    let mut inbox = ana.inbox();
    let before = inbox.record();
    let noise = Envelope::try_from(vec![7; 4096]).unwrap();
    let handled = inbox.handle_entry(at(1), &noise);
    assert_eq!(handled.outcome.err(), Some(InboxDrop::DoesNotOpen));
    ana.persist(handled.changes);
    assert_eq!((*inbox.record()).clone(), *before);
    assert_eq!((ana.seen_records(), ana.reload(&inbox).source().after), (0, at(1)));
}

#[test]
fn senders_with_loose_parts_are_bounded_and_the_oldest_goes_first() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let mut inbox = ana.inbox();
    let card = inbox.card().unwrap();
    let mut all = Vec::new();
    for (number, position) in (0..=INBOX_SENDERS_MAX).zip(1..) {
        let from = ben.inbox();
        let long = ben.send(&from, &card, &welcome((300 << 10) + number));
        let first = inbox.handle_entry(at(position), &long[0]).outcome;
        assert!(matches!(first, Err(InboxDrop::Part)));
        all.push(long);
    }
    assert_eq!(inbox.waiting.len(), INBOX_SENDERS_MAX);
    let mut complete =
        |one: &Vec<Envelope>, position| inbox.handle_entry(at(position), &one[1]).outcome.is_ok();
    assert!(!complete(&all[0], 100), "the first was dropped");
    assert!(complete(&all[2], 101), "the twin");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_record_loads_or_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let id = ApplicationId::from_bytes([1; 16]);
        let key = inbox_key(&id);
        let _ = Inbox::load(id, [(key.as_str(), bytes.as_slice())]);
    }
}

/// A card whose deposit key is another's made a newcomer whom no Welcome could reach.
#[test]
fn os_inb_008_a_card_that_nothing_can_be_deposited_by_is_refused() {
    let mut device = Device::new(81);
    let mut card = device.inbox().card().unwrap().to_wire();
    assert!(InboxCard::from_wire(&card).is_ok(), "the twin");
    card.deposit_seed = device.inbox().card().unwrap().to_wire().deposit_seed;
    assert!(InboxCard::from_wire(&card).is_err());
}

#[test]
fn os_inb_009_pinned_keys_open_for_years_and_no_others_are_made() {
    let (mut ana, mut ben) = (Device::new(1), Device::new(2));
    let (mut inbox, bens) = (ana.inbox(), ben.inbox());
    let named = inbox.card().unwrap();
    ana.tick_after(&mut inbox, 8 * DAY_MS);
    let newer = inbox.card().unwrap();
    assert_eq!(ana.announced.len(), 1, "the twin: before, keys are replaced");
    let pinned = inbox.pin(ana.now, &named.keys().dh).unwrap();
    ana.persist(vec![pinned]);
    for _ in 0..100 {
        ana.tick_after(&mut inbox, 8 * DAY_MS);
    }
    assert_eq!(ana.announced.len(), 1);
    let mut inbox = ana.reload(&inbox);
    assert!(inbox.card().unwrap().encode() == named.encode());
    assert_eq!(inbox.deadline(), UnixMillis(u64::MAX));
    let sent = ben.send(&bens, &named, &welcome(10)).remove(0);
    assert!(inbox.handle_entry(at(1), &sent).outcome.is_ok());
    let sent = ben.send(&bens, &newer, &welcome(10)).remove(0);
    assert!(inbox.handle_entry(at(2), &sent).outcome.is_err(), "what was made since is erased");
    assert!(inbox.pin(ana.now, &newer.keys().dh).is_none());
}
