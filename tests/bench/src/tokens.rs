//! What tickets and tokens cost.
//!
//! ```text
//! curve: one thread; a batch at the relay and at the client, a token's check, against one Ed25519 verification
//! relay: deposits in a second of an open relay and of a closed one, in turns, in one process, stores in memory
//! ```

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use offshift_access::{Binding, Issuer, IssuerSeed, Order, ReceiptKey, Unspent};
use offshift_link::RelayIdentity;
use offshift_relay::{
    limits::Limits,
    office::Terms,
    server::Config,
    store::{
        clock::{Clock, SystemClock},
        memory::MemoryStore,
    },
};
use offshift_tests::{
    relay::{LibraryRelay, Mailbox, loopback, numbered},
    tickets::{TERMS, buy, closed_config, rng, spend, ticket},
};
use offshift_wire::{Life, RelayId, limits::CREDIT_PER_TOKEN, limits::TOKEN_BATCH, token::Period};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use crate::{
    Bench,
    load::{Counter, micros},
    report::{Row, Section},
};

const DEPOSITORS: u64 = 16;
const TURNS: usize = 3;

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    section.say(format!("a batch is {TOKEN_BATCH} tokens; on the curve one thread"));
    let check = curve(section, bench.pick(50, 2));
    let (open, closed) = bench.runtime.block_on(deposits(bench.time(1.5)));
    let name = format!("deposits on a relay for tokens only, {DEPOSITORS} connections");
    section.add(Row::new(name, closed, "/s").beside("open to all", open));
    // A token pays for 43,008 of these, or for one of 256 KiB for a week.
    let spread = micros(check) / CREDIT_PER_TOKEN as f64 * 1e3;
    section.add(Row::new("a check spread over what its token buys, each deposit", spread, "ns"));
}

fn each(rounds: u32, mut act: impl FnMut()) -> Duration {
    let began = Instant::now();
    (0..rounds).for_each(|_| act());
    began.elapsed() / rounds
}

/// Gives what a check takes.
fn curve(section: &mut Section, rounds: u32) -> Duration {
    let identity = ReceiptKey::from_seed(&[5; 32]);
    let seed = IssuerSeed::from_bytes(Zeroizing::new([6; 32]));
    let issuer = Issuer::new(&seed, Period(2_900), &identity).unwrap();
    let (relay, now) = (identity.public(), Period(2_900).begins());
    let mut rng = rng(1);

    let order = each(rounds, || drop(Order::new(&mut rng).unwrap()));
    let asked = Order::new(&mut rng).unwrap();
    let issue = each(rounds, || drop(issuer.issue(&mut rng, asked.blinded()).unwrap()));
    let orders: Vec<_> = (0..rounds).map(|_| Order::new(&mut rng).unwrap()).collect();
    let answered: Vec<_> = orders
        .into_iter()
        .map(|order| (issuer.issue(&mut rng, order.blinded()).unwrap(), order))
        .collect();
    let mut answered = answered.into_iter();
    let mut tokens: Vec<Unspent> = Vec::new();
    let finish = each(rounds, || {
        let (issued, order) = answered.next().unwrap();
        tokens = order.finish(&issued, &relay, now).unwrap();
    });

    let here = Binding::new(RelayId::from_bytes([1; 32]), [2; 32]);
    let spent: Vec<_> = tokens.iter().map(|token| token.spend(&here)).collect();
    let mut next = spent.iter().cycle();
    let check = each(20 * rounds, || {
        issuer.check(next.next().unwrap(), &here).unwrap();
    });
    let verify = each(20 * rounds, || assert!(relay.signed_issuer(issuer.key())));
    for (what, took) in [
        ("client: order a batch", order),
        ("relay: issue a batch", issue),
        ("client: check and unblind a batch", finish),
        ("relay: check a token", check),
    ] {
        let row = Row::new(what, micros(took), "us");
        section.add(row.beside("an Ed25519 verification", micros(verify)));
    }
    check
}

/// An open relay's and a closed one's, in turns.
async fn deposits(time: Duration) -> (f64, f64) {
    let limits = Limits { deposits_per_second: u32::MAX, ..Limits::default() };
    let (mut open, mut closed) = (0.0, 0.0);
    for _ in 0..TURNS {
        open += open_relay(limits, time).await / TURNS as f64;
        closed += closed_relay(limits, time).await / TURNS as f64;
    }
    (open, closed)
}

async fn open_relay(limits: Limits, time: Duration) -> f64 {
    let config = Config { limits, ..Config::new(loopback()) };
    let store = Arc::new(MemoryStore::new(8 << 30));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    per_second(&relay, Vec::new(), time).await
}

async fn closed_relay(limits: Limits, time: Duration) -> f64 {
    let clock = Arc::new(SystemClock);
    let config = Config { limits, ..closed_config(clock) };
    let store = Arc::new(MemoryStore::new(8 << 30));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    let terms = Terms { daily_batches: u16::MAX, ..TERMS };
    let ticket = ticket(&relay, terms).await;
    let mut tokens = Vec::new();
    for depositor in 0..DEPOSITORS {
        tokens.push(buy(&relay, &ticket, SystemClock.wall(), depositor).await.unwrap());
    }
    per_second(&relay, tokens, time).await
}

async fn per_second(relay: &LibraryRelay, mut tokens: Vec<Vec<Unspent>>, time: Duration) -> f64 {
    let (counter, mut depositors) = (Counter::new(), JoinSet::new());
    for depositor in 0..DEPOSITORS {
        let (link, mailbox) = (relay.connect().await, Mailbox::channel(depositor));
        if let Some(batch) = tokens.pop() {
            spend(&link, &batch).await.unwrap();
        }
        let capability = mailbox.prove_deposit(&link).await.unwrap();
        let counter = counter.clone();
        depositors.spawn(async move {
            let deposits = link.deposits();
            while !counter.is_over() {
                deposits.deposit(capability, Life::H1, numbered(1)).await.unwrap();
                counter.add(1);
            }
        });
    }
    let rate = counter.per_second(time).await;
    depositors.join_all().await;
    rate
}
