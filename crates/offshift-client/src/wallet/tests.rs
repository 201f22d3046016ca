//! The wallet over a vault that is a map, and the relay's own issuer.

use std::collections::BTreeMap;

use offshift_access::{Issuer, IssuerSeed, Order, ReceiptKey};
use offshift_wire::relay::Access;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::limits::{DRY_MIN_MS, DRY_SPREAD_MS, REFILL_MIN_MS, REFILL_SPREAD_MS, TOKENS_MAX};

const WEEK: Period = Period(2_900);

struct World {
    wallet: Wallet,
    vault: BTreeMap<String, Vec<u8>>,
    rng: ChaCha20Rng,
    now: UnixMillis,
}

fn identity() -> ReceiptKey {
    ReceiptKey::from_seed(&[5; 32])
}

fn relay() -> RelayId {
    identity().public().relay()
}

impl World {
    /// With a ticket of a relay that asks for tickets.
    fn new() -> Self {
        let (wallet, vault) = (Wallet::default(), BTreeMap::new());
        let now = WEEK.begins().plus_ms(1);
        let mut world = Self { wallet, vault, rng: ChaCha20Rng::from_seed([4; 32]), now };
        let key = *identity().public().as_bytes();
        let contact = "ask Ada".to_owned();
        let greeting = Greeting { access: Access::Tickets, contact, key };
        let changes = world.wallet.greet(relay(), greeting);
        world.persist(changes);
        let ticket = Ticket::generate(&mut world.rng);
        let changes = world.wallet.add_ticket(relay(), ticket);
        world.persist(changes);
        world
    }

    fn persist(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Put { key, value } => self.vault.insert(key, value.to_vec()),
                Change::Delete { key } => self.vault.remove(&key),
            };
        }
    }

    /// The wallet as a restart finds it.
    fn restart(&mut self) {
        let records = self.vault.iter().map(|(key, value)| (key.as_str(), value.as_slice()));
        self.wallet = Wallet::load(records).unwrap();
    }

    /// Buys what is due, from an issuer of this seed; tells whether anything was.
    fn buys(&mut self, seed: u8) -> bool {
        if self.wallet.begin_due(self.now).is_none() {
            return false;
        }
        let seed = IssuerSeed::from_bytes([seed; 32].into());
        let issuer = Issuer::new(&seed, Period::at(self.now), &identity()).unwrap();
        let order = Order::new(&mut self.rng).unwrap();
        let issued = issuer.issue(&mut self.rng, order.blinded()).unwrap();
        let tokens = order.finish(&issued, &identity().public(), self.now).unwrap();
        let found = self.wallet.filled(relay(), issued.key, tokens, self.now, &mut self.rng);
        self.persist(found.changes);
        true
    }

    fn takes(&mut self, count: usize) -> usize {
        let taken = self.wallet.take(&relay(), count, self.now, &mut self.rng);
        self.persist(taken.changes);
        taken.tokens.len()
    }

    fn kept(&self) -> usize {
        self.vault.keys().filter(|key| key.contains("/token/")).count()
    }

    fn wait(&self) -> u64 {
        self.wallet.deadline().unwrap().since_ms(self.now)
    }
}

#[test]
fn os_tok_041_the_first_batch_is_bought_at_once_and_the_others_at_times_that_use_does_not_change() {
    let mut world = World::new();
    assert_eq!(world.wait(), 0);
    assert!(world.buys(1) && !world.buys(1));
    let mut waits = Vec::new();
    for round in 0..20 {
        let planned = world.wallet.deadline();
        assert_eq!(world.takes(round % 3), round % 3);
        assert_eq!(world.wallet.deadline(), planned, "whatever was used");
        waits.push(world.wait());
        world.now = planned.unwrap();
        assert!(world.buys(1));
    }
    assert!(
        waits.iter().all(|wait| (REFILL_MIN_MS..REFILL_MIN_MS + REFILL_SPREAD_MS).contains(wait))
    );
    waits.sort_unstable();
    waits.dedup();
    assert_eq!(waits.len(), 20, "drawn anew each time");
    assert_eq!(world.kept(), TOKENS_MAX, "no more are kept");
}

#[test]
fn os_tok_041_who_has_few_left_asks_a_while_later_and_once() {
    let mut world = World::new();
    world.buys(1);
    let planned = world.wait();
    assert_eq!((world.takes(16), world.wait()), (16, planned), "half a batch is left");
    assert_eq!(world.takes(1), 1);
    let wait = world.wait();
    assert!((DRY_MIN_MS..DRY_MIN_MS + DRY_SPREAD_MS).contains(&wait));
    assert_eq!((world.takes(1000), world.takes(1)), (15, 0));
    assert_eq!(world.wait(), wait, "not again");
    world.restart();
    assert_eq!((world.takes(1), world.wait()), (0, wait), "nor by starting again");
}

#[test]
fn os_tok_047_a_program_that_starts_buys_nothing_in_that_moment_unless_nothing_is_left() {
    let mut waits = Vec::new();
    for seed in 0..20 {
        let mut world = World::new();
        world.buys(1);
        world.rng = ChaCha20Rng::seed_from_u64(seed);
        world.now = world.now.plus_ms(20 * 3_600_000);
        world.restart();
        assert_eq!(world.wait(), 0, "overdue");
        world.wallet.rest_overdue(world.now, &mut world.rng);
        waits.push(world.wait());
    }
    assert!(waits.iter().all(|wait| (60_000..3_600_000).contains(wait)));
    waits.sort_unstable();
    waits.dedup();
    assert_eq!(waits.len(), 20, "at random");

    let mut world = World::new();
    world.buys(1);
    world.takes(1000);
    world.now = world.wallet.deadline().unwrap();
    world.restart();
    world.wallet.rest_overdue(world.now, &mut world.rng);
    assert_eq!(world.wait(), 0, "nothing is left");
    let mut world = World::new();
    world.wallet.rest_overdue(world.now, &mut world.rng);
    assert_eq!(world.wait(), 0, "nor was there ever anything");
}

#[test]
fn os_tok_047_only_a_batch_that_came_to_an_empty_stock_is_handed_out_with_delays() {
    let mut world = World::new();
    let is_fresh = |world: &World| world.wallet.is_fresh(&relay(), world.now);
    world.buys(1);
    assert!(!is_fresh(&world), "the first one: somebody waits for it");
    world.now = world.wallet.deadline().unwrap();
    world.buys(1);
    assert!(!is_fresh(&world), "nobody waited");
    world.takes(1000);
    world.now = world.wallet.deadline().unwrap();
    world.buys(1);
    assert!(is_fresh(&world));
    world.now = world.now.plus_ms(60_000);
    assert!(!is_fresh(&world));
}

#[test]
fn os_tok_040_n10_a_token_that_was_taken_is_in_the_vault_no_more() {
    let mut world = World::new();
    world.buys(1);
    let taken = world.wallet.take(&relay(), 2, world.now, &mut world.rng);
    assert_eq!((taken.tokens.len(), taken.changes.len(), world.kept()), (2, 2, 32));
    let names: Vec<Vec<u8>> = taken.tokens.iter().map(|token| token.encode().to_vec()).collect();
    world.persist(taken.changes);
    assert!(!names.iter().any(|bytes| world.vault.values().any(|value| value == bytes)));
    world.restart();
    assert_eq!(world.takes(1000), 30);
}

#[test]
fn os_tok_012_tokens_of_weeks_that_are_over_are_neither_spent_nor_kept() {
    let mut world = World::new();
    world.buys(1);
    world.now = WEEK.next().begins();
    assert_eq!(world.takes(1), 1, "the next week takes them");
    world.now = WEEK.next().next().begins();
    assert_eq!(world.takes(1), 0);
    assert!(world.buys(1));
    assert_eq!(world.kept(), 32);
}

#[test]
fn ro_09_os_tok_042_tokens_of_the_odd_key_are_not_spent_and_those_of_the_others_are() {
    let mut world = World::new();
    world.buys(1);
    let says = |world: &mut World, member: u8, seed: u8| {
        let seed = IssuerSeed::from_bytes([seed; 32].into());
        let key = *Issuer::new(&seed, WEEK, &identity()).unwrap().key();
        let from = MemberId::from_bytes([member; 32]);
        let found = world.wallet.said(relay(), from, key, world.now);
        let is_lie = found.lie.is_some();
        world.persist(found.changes);
        is_lie
    };
    assert!(!says(&mut world, 1, 1), "the twin: the same key");
    assert!(says(&mut world, 2, 2));
    assert_eq!(world.takes(1), 1, "two against one");
    assert!(!says(&mut world, 3, 2), "told once");
    assert_eq!(world.takes(1), 0, "a tie");
    world.restart();
    assert_eq!((world.takes(1), world.wallet.lies().count()), (0, 1), "and stays so");
    says(&mut world, 4, 1);
    assert_eq!(world.takes(1), 1);
    assert_eq!(world.wallet.purse(&relay()).unwrap().greeting().unwrap().contact, "ask Ada");
}

#[test]
fn an_allowance_that_is_used_and_a_ticket_that_is_refused_are_remembered() {
    let mut world = World::new();
    let (now, relay) = (world.now, relay());
    world.wallet.begin_due(now);
    let changes = world.wallet.failed(relay, NotFilled::UsedUp, now, &mut world.rng);
    world.persist(changes);
    world.restart();
    let Good::Until(until) = world.wallet.purse(&relay).unwrap().good() else { panic!("used up") };
    assert_eq!(until.0 % (24 * 3_600_000), 0);
    assert!(world.wallet.deadline().unwrap() >= until);
    world.now = world.wallet.deadline().unwrap();
    assert!(world.buys(1), "the next day it is good again");
    let changes = world.wallet.failed(relay, NotFilled::BadTicket, now, &mut world.rng);
    world.persist(changes);
    world.restart();
    assert_eq!((world.wallet.deadline(), world.takes(1)), (None, 1), "its tokens live on");
}

/// A ticket, as the vault has it.
fn kept(world: &World, what: &str) -> Option<Vec<u8>> {
    world.vault.iter().find(|(key, _)| key.ends_with(what)).map(|(_, value)| value.clone())
}

fn sent(world: &mut World, may_share: bool) -> Vec<u8> {
    let share = Ticket::generate(&mut world.rng).share(&mut world.rng, may_share).unwrap();
    let bytes = share.encode().to_vec();
    let changes = world.wallet.add_share(relay(), share);
    world.persist(changes);
    bytes
}

fn fails(world: &mut World, why: NotFilled) {
    let now = world.now;
    assert!(world.wallet.begin_due(now).is_some());
    let changes = world.wallet.failed(relay(), why, now, &mut world.rng);
    world.persist(changes);
}

/// A device that holds a share which it can't share further.
fn member() -> (World, Vec<u8>) {
    let mut world = World::new();
    let share = Ticket::generate(&mut world.rng).share(&mut world.rng, false).unwrap();
    let bytes = share.encode().to_vec();
    let changes = world.wallet.add_ticket(relay(), share);
    world.persist(changes);
    world.buys(1);
    world.now = world.wallet.deadline().unwrap();
    (world, bytes)
}

#[test]
fn os_tok_043_where_there_is_no_good_ticket_a_share_is_one_at_once() {
    let mut world = World::new();
    fails(&mut world, NotFilled::BadTicket);
    let share = sent(&mut world, false);
    assert_eq!((kept(&world, "/ticket"), world.wait()), (Some(share), 0));
}

#[test]
fn os_tok_046_a_share_that_is_none_takes_nothing_from_who_has_one() {
    for why in [NotFilled::BadTicket, NotFilled::UsedUp] {
        let (mut world, own) = member();
        let planned = world.wallet.deadline();
        sent(&mut world, true);
        assert_eq!(world.wallet.deadline(), planned, "it does not say when to buy");
        assert_eq!(kept(&world, "/ticket"), Some(own.clone()));
        world.restart();
        fails(&mut world, why);
        world.restart();
        assert_eq!((kept(&world, "/ticket"), kept(&world, "/second")), (Some(own), None));
        assert_eq!(world.wallet.purse(&relay()).unwrap().good(), Good::Yes);
        assert!(world.buys(1), "by the own one, at once");
    }
}

#[test]
fn os_tok_046_a_share_that_can_do_more_is_taken_when_it_has_bought_a_batch() {
    let (mut world, own) = member();
    let share = sent(&mut world, true);
    world.restart();
    assert!(world.buys(1));
    world.restart();
    assert_eq!((kept(&world, "/ticket"), kept(&world, "/second")), (Some(share), Some(own)));
}

#[test]
fn os_tok_046_of_shares_one_is_kept_for_the_day_on_which_the_own_ticket_is_refused() {
    let mut world = World::new();
    let own = kept(&world, "/ticket").unwrap();
    sent(&mut world, false);
    let second = sent(&mut world, true);
    sent(&mut world, false);
    assert_eq!(kept(&world, "/second"), Some(second.clone()), "one, that can do the most");
    assert!(world.buys(1));
    assert_eq!(kept(&world, "/ticket"), Some(own), "the own one may be shared already");
    world.now = world.wallet.deadline().unwrap();
    fails(&mut world, NotFilled::BadTicket);
    world.restart();
    assert_eq!((kept(&world, "/ticket"), kept(&world, "/second")), (Some(second), None));
    assert!(world.buys(1));
}

#[test]
fn os_lnk_006_what_is_of_a_relay_moves_with_its_identity() {
    let mut world = World::new();
    world.buys(1);
    let new = ReceiptKey::from_seed(&[6; 32]).public().relay();
    let changes = world.wallet.move_to(relay(), new);
    world.persist(changes);
    world.restart();
    assert!(world.wallet.purse(&relay()).is_none());
    let there = world.wallet.take(&new, 1000, world.now, &mut world.rng);
    assert_eq!(there.tokens.len(), 32);
    assert!(world.wallet.purse(&new).unwrap().ticket().is_some());
    assert!(world.vault.keys().all(|key| key.contains(&new.hex())));
}

/// Of how many stocks the token with the lowest nonce goes first, of [`SEEDS`], by this way to choose.
fn lowest_first(choose: impl Fn(&mut World) -> Vec<u8>) -> usize {
    let mut world = World::new();
    world.buys(1);
    let first = world.vault.iter().find(|(key, _)| key.contains("/token/"));
    let lowest = first.unwrap().1.clone();
    let is_lowest = |seed: &u64| {
        world.restart();
        world.rng = ChaCha20Rng::seed_from_u64(*seed);
        choose(&mut world) == lowest
    };
    (0..SEEDS).filter(is_lowest).count()
}

const SEEDS: u64 = 640;

#[test]
fn os_tok_045_the_order_in_which_tokens_go_says_nothing_of_their_nonces() {
    // 20 of 640 are expected of 32 tokens; twice as many come about once in 10,000 tries.
    let is_chance = |count: usize| (5..40).contains(&count);
    let drawn = lowest_first(|world| {
        let taken = world.wallet.take(&relay(), 1, world.now, &mut world.rng);
        taken.tokens[0].encode().to_vec()
    });
    assert!(is_chance(drawn), "{drawn}");
    let in_order = lowest_first(|world| {
        let tokens = &world.wallet.purse(&relay()).unwrap().tokens;
        tokens.values().next().unwrap().encode().to_vec()
    });
    assert!(!is_chance(in_order), "the control: in the order of the vault");
}

#[test]
fn os_tok_032_tokens_of_one_payment_are_of_one_week() {
    let mut world = World::new();
    world.buys(1);
    world.takes(30);
    world.now = WEEK.next().begins();
    assert!(world.buys(1));
    assert_eq!((world.takes(5), world.takes(5)), (2, 5), "the old ones first");
}

#[test]
fn os_lnk_006_nothing_is_lost_where_the_new_identity_was_heard_before() {
    let identity = ReceiptKey::from_seed(&[6; 32]).public();
    let new = identity.relay();
    let greeting = |contact: &str| Greeting {
        access: Access::Tickets,
        contact: contact.to_owned(),
        key: *identity.as_bytes(),
    };
    let mut world = World::new();
    world.buys(1);
    let changes = world.wallet.greet(new, greeting("ask Ben"));
    world.persist(changes);
    let planned = world.wallet.deadline();
    let changes = world.wallet.move_to(relay(), new);
    world.persist(changes);
    world.restart();
    let purse = world.wallet.purse(&new).unwrap();
    assert!(purse.ticket().unwrap().may_share());
    assert_eq!(purse.greeting(), Some(&greeting("ask Ben")), "the newer word stays");
    assert_eq!((purse.tokens.len(), world.wallet.deadline()), (32, planned));
    assert!(world.vault.keys().all(|key| key.contains(&new.hex())));
}

#[test]
fn os_lnk_006_of_two_tickets_the_one_that_can_do_more_stays() {
    let new = ReceiptKey::from_seed(&[6; 32]).public().relay();
    for (old_may, new_may) in [(true, false), (false, true)] {
        let mut world = World::new();
        let whole = Ticket::generate(&mut world.rng);
        for (at, may_share) in [(relay(), old_may), (new, new_may)] {
            let share = whole.share(&mut world.rng, may_share).unwrap();
            let changes = world.wallet.add_ticket(at, share);
            world.persist(changes);
        }
        let changes = world.wallet.move_to(relay(), new);
        world.persist(changes);
        world.restart();
        assert!(world.wallet.purse(&new).unwrap().ticket().unwrap().may_share());
    }
}

#[test]
fn ro_09_os_tok_048_a_false_proof_is_remembered_and_the_next_batch_waits_a_day() {
    let mut world = World::new();
    fails(&mut world, NotFilled::False);
    world.restart();
    assert_eq!(world.wallet.false_batches().next(), Some((relay(), world.now)));
    assert_eq!(world.wait(), 24 * 3_600_000);
}

#[test]
fn os_tok_048_by_a_clock_that_seems_wrong_nothing_is_bought_until_it_or_the_week_changes() {
    let turns: [fn(UnixMillis) -> UnixMillis; 2] =
        [|_| WEEK.next().begins(), |now| UnixMillis(now.0 - 1)];
    for turn in turns {
        let mut world = World::new();
        fails(&mut world, NotFilled::WrongClock);
        world.restart();
        assert!(world.wallet.purse(&relay()).unwrap().has_wrong_clock());
        assert!(world.wallet.deadline().is_none());
        world.now = world.now.plus_ms(3 * 24 * 3_600_000);
        assert!(!world.buys(1));
        world.now = turn(world.now.min(WEEK.begins().plus_ms(1)));
        assert!(world.buys(1));
        world.restart();
        assert!(!world.wallet.purse(&relay()).unwrap().has_wrong_clock());
    }
}
