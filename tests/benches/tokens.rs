//! What tickets and tokens cost: `cargo bench -p offshift-tests --bench tokens`.
//!
//! ```text
//! curve: one thread; a batch at the relay and at the client, a token's check, against one Ed25519 verification
//! relay: deposits in a second of an open relay and of a closed one, in turns, in one process, stores in memory
//! ```
//! Read the ratios, not the absolute figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::cast_precision_loss)]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
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
use offshift_wire::{Life, RelayId, limits::TOKEN_BATCH, token::Period};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

const ROUNDS: u32 = 50;
const DEPOSITORS: u64 = 16;
const MEASURED: Duration = Duration::from_secs(2);
const TURNS: usize = 3;

fn main() {
    let check = curve();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(deposits(check));
}

fn each(rounds: u32, mut act: impl FnMut()) -> Duration {
    let began = Instant::now();
    (0..rounds).for_each(|_| act());
    began.elapsed() / rounds
}

/// Prints, and returns what a check takes.
fn curve() -> Duration {
    let identity = ReceiptKey::from_seed(&[5; 32]);
    let seed = IssuerSeed::from_bytes(Zeroizing::new([6; 32]));
    let issuer = Issuer::new(&seed, Period(2_900), &identity).unwrap();
    let (relay, now) = (identity.public(), Period(2_900).begins());
    let mut rng = rng(1);

    let order = each(ROUNDS, || drop(Order::new(&mut rng).unwrap()));
    let asked = Order::new(&mut rng).unwrap();
    let issue = each(ROUNDS, || drop(issuer.issue(&mut rng, asked.blinded()).unwrap()));
    let orders: Vec<_> = (0..ROUNDS).map(|_| Order::new(&mut rng).unwrap()).collect();
    let answered: Vec<_> = orders
        .into_iter()
        .map(|order| (issuer.issue(&mut rng, order.blinded()).unwrap(), order))
        .collect();
    let mut answered = answered.into_iter();
    let mut tokens: Vec<Unspent> = Vec::new();
    let finish = each(ROUNDS, || {
        let (issued, order) = answered.next().unwrap();
        tokens = order.finish(&issued, &relay, now).unwrap();
    });

    let here = Binding::new(RelayId::from_bytes([1; 32]), [2; 32]);
    let spent: Vec<_> = tokens.iter().map(|token| token.spend(&here)).collect();
    let mut next = spent.iter().cycle();
    let check = each(20 * ROUNDS, || {
        issuer.check(next.next().unwrap(), &here).unwrap();
    });
    let verify = each(20 * ROUNDS, || assert!(relay.signed_issuer(issuer.key())));

    println!("on the curve, one thread");
    for (what, took) in [
        ("client: order a batch", order),
        ("relay: issue a batch", issue),
        ("client: check and unblind a batch", finish),
        ("relay: check a token", check),
        ("one Ed25519 verification", verify),
    ] {
        let ratio = took.as_secs_f64() / verify.as_secs_f64();
        println!("  {what:<34} {:>9.1} us  {ratio:>6.1} verifications", micros(took));
    }
    println!("  a batch is {TOKEN_BATCH} tokens\n");
    check
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

async fn deposits(check: Duration) {
    let limits = Limits { deposits_per_second: u32::MAX, ..Limits::default() };
    let (mut open, mut closed) = (0.0, 0.0);
    for _ in 0..TURNS {
        open += open_relay(limits).await / TURNS as f64;
        closed += closed_relay(limits).await / TURNS as f64;
    }
    println!(
        "deposits in a second, 1 KiB for an hour, {DEPOSITORS} connections, each one in flight"
    );
    println!("  open    {open:>9.0}");
    println!("  closed  {closed:>9.0}  ratio {:.2}", closed / open);
    // A token pays for 43,008 of these, or for one of 256 KiB for a week.
    let spread = micros(check) / (offshift_wire::limits::CREDIT_PER_TOKEN as f64);
    println!("  a check spread over what its token buys: {spread:.4} us a deposit of this size");
}

async fn open_relay(limits: Limits) -> f64 {
    let config = Config { limits, ..Config::new(loopback()) };
    let store = Arc::new(MemoryStore::new(8 << 30));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    per_second(&relay, Vec::new()).await
}

async fn closed_relay(limits: Limits) -> f64 {
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
    per_second(&relay, tokens).await
}

async fn per_second(relay: &LibraryRelay, mut tokens: Vec<Vec<Unspent>>) -> f64 {
    let (done, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let mut depositors = JoinSet::new();
    for depositor in 0..DEPOSITORS {
        let (link, mailbox) = (relay.connect().await, Mailbox::channel(depositor));
        if let Some(batch) = tokens.pop() {
            spend(&link, &batch).await.unwrap();
        }
        let capability = mailbox.prove_deposit(&link).await.unwrap();
        let (done, stop) = (done.clone(), stop.clone());
        depositors.spawn(async move {
            let deposits = link.deposits();
            while !stop.load(Ordering::Relaxed) {
                deposits.deposit(capability, Life::H1, numbered(1)).await.unwrap();
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (before, began) = (done.load(Ordering::Relaxed), Instant::now());
    tokio::time::sleep(MEASURED).await;
    let many = done.load(Ordering::Relaxed) - before;
    let took = began.elapsed();
    stop.store(true, Ordering::Relaxed);
    while depositors.join_next().await.is_some() {}
    many as f64 / took.as_secs_f64()
}
