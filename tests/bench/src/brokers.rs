//! Stored, then delivered: the relay beside the least that could do it, beside QUIC alone, and beside brokers that an
//! operator could pick instead.
//!
//! ```text
//! 16 boxes, a depositor and a follower each:  depositor -> server, a process of its own -> follower
//! closed loop -> capacity, processor time for each;   open loop at a share of it -> time from due to delivered
//! ```

use std::sync::Arc;

use offshift_link::{Deposits, FetchItem, Fetching};
use offshift_tests::relay::{BinaryRelay, Mailbox, connect, number_of, numbered};
use offshift_wire::{Envelope, Life, Position, relay::CapabilityId};
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    Bench, bare,
    load::{Arrivals, Felt, Offer, micros},
    peers,
    process::{self, BareProcess, cpu_of},
    report::{Bound, Row, Section},
};

const BOXES: usize = 16;
/// Under way for each box: few, and as many as keep the server busy.
const WINDOWS: [usize; 2] = [1, 16];
const LOADS: [u32; 3] = [10, 50, 80];
const SHARES: [(&str, f64); 3] = [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)];

/// What a server did.
struct Did {
    name: String,
    rates: [f64; 2],
    /// Processor time of the server for one message at the higher rate, in microseconds.
    cpu: f64,
    felt: Vec<Felt>,
}

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    section.say(format!("{BOXES} boxes of 1 KiB envelopes, a depositor and a follower each"));
    section.say(
        "each server is a process of its own; the relay encrypts, signs receipts and checks capabilities, the brokers \
         speak plain TCP and do neither",
    );
    section.say("bare store: QUIC in, append, fdatasync of all that wait, QUIC out; at the relay's own rates");
    let ours = bench.runtime.block_on(relay(bench));
    let rates: Vec<f64> =
        LOADS.iter().map(|load| ours.rates[1] * f64::from(*load) / 100.0).collect();
    let folder = bench.folder("bare");
    let file = folder.join("log").to_str().unwrap().to_owned();
    let synced = ["synced", &file];
    let synced = bench.runtime.block_on(bare_server(bench, "bare store", &synced, &rates));
    let echo = bench.runtime.block_on(bare_server(bench, "bare echo", &["echo"], &[]));
    let mut others = Vec::new();
    for kind in &peers::KINDS {
        match bench.runtime.block_on(broker(bench, kind)) {
            Ok((did, durability)) => {
                section.say(format!("{}: {durability}", did.name));
                others.push(did);
            }
            Err(absent) => section.say(absent),
        }
    }
    capacities(section, &ours, &synced, &echo, &others);
    latencies(section, &ours, &synced, &others);
    let late: Vec<String> =
        ours.felt.iter().map(|felt| format!("{:.0}", felt.sender_late)).collect();
    section.say(format!(
        "of these times the sender's own lateness at the median, us: {}",
        late.join(", ")
    ));
}

fn capacities(section: &mut Section, ours: &Did, synced: &Did, echo: &Did, others: &[Did]) {
    for (at, window) in WINDOWS.iter().enumerate() {
        let name = format!("stored and delivered, {} under way", window * BOXES);
        let mut row = Row::new(name, ours.rates[at], "/s")
            .beside(&synced.name, synced.rates[at])
            .beside(&echo.name, echo.rates[at])
            .at("relay", (window * BOXES) as f64);
        for did in others {
            row = row.beside(&did.name, did.rates[at]);
        }
        section.add(row);
    }
    let mut row = Row::new("server's CPU for one stored and delivered", ours.cpu, "us")
        .beside(&echo.name, echo.cpu)
        .beside(&synced.name, synced.cpu)
        .goal(Bound::RatioAtMost, 2.0);
    for did in others {
        row = row.beside(&did.name, did.cpu);
    }
    section.add(row);
}

fn latencies(section: &mut Section, ours: &Did, synced: &Did, others: &[Did]) {
    for (at, load) in LOADS.into_iter().enumerate() {
        for (name, share) in SHARES {
            let of = |did: &Did| did.felt[at].micros.at(share);
            let mut row = Row::new(format!("at {load} % of capacity, {name}"), of(ours), "us")
                .beside(&synced.name, of(synced))
                .at(name, f64::from(load));
            for did in others {
                row = row.beside(&did.name, of(did));
            }
            section.add(match (load, name) {
                (10, "p50") => row.goal(Bound::RatioAtMost, 2.0),
                (10, "p99") => row.goal(Bound::RatioAtMost, 3.0),
                _ => row,
            });
        }
        for did in [ours, synced].into_iter().chain(others) {
            let lost = did.felt[at].lost;
            if lost > 0 {
                section.say(format!(
                    "{} at {load} %: {lost} did not come within half a minute",
                    did.name
                ));
            }
        }
    }
}

/// Capacity first, then the open loop at these rates, or at shares of the capacity.
async fn all_of(
    bench: &Bench,
    name: &str,
    pid: u32,
    (arrivals, offers): (Arc<Arrivals>, Vec<Offer>),
    rates: Option<&[f64]>,
) -> Did {
    let offers = Arc::new(offers);
    let (mut capacity, mut cpu) = ([0.0; 2], 0.0);
    for (at, window) in WINDOWS.into_iter().enumerate() {
        let mut used = Vec::new();
        let around = || used.push(cpu_of(pid));
        let (rate, many) = arrivals.capacity(&offers, window, bench.time(2.5), around).await;
        capacity[at] = rate;
        cpu = micros(used[1].saturating_sub(used[0])) / many as f64;
    }
    let own: Vec<f64> = LOADS.iter().map(|load| capacity[1] * f64::from(*load) / 100.0).collect();
    let mut felt = Vec::new();
    for rate in rates.unwrap_or(&own) {
        felt.push(arrivals.open_loop(&offers, *rate, bench.time(4.0)).await);
    }
    Did { name: name.to_owned(), rates: capacity, cpu, felt }
}

async fn bare_server(bench: &Bench, name: &str, words: &[&str], rates: &[f64]) -> Did {
    let server = BareProcess::start(words);
    let arrivals = Arrivals::at(BOXES);
    let offers = bare::boxes(server.address, &arrivals, BOXES).await;
    all_of(bench, name, server.pid(), (arrivals, offers), Some(rates)).await
}

async fn broker(bench: &Bench, kind: &peers::Kind) -> Result<(Did, &'static str), String> {
    let broker = kind.start(&bench.folder(kind.name)).await?;
    let arrivals = Arrivals::at(BOXES);
    let offers = broker.boxes(&arrivals, BOXES).await;
    let did = all_of(bench, kind.name, broker.pid(), (arrivals, offers), None).await;
    Ok((did, broker.durability))
}

async fn relay(bench: &Bench) -> Did {
    let relay = process::relay(&bench.folder("relay"));
    let arrivals = Arrivals::at(BOXES);
    let offers = boxes(&relay, &arrivals).await;
    all_of(bench, "relay", relay.pid(), (arrivals, offers), None).await
}

async fn boxes(relay: &BinaryRelay, arrivals: &Arc<Arrivals>) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for at in 0..BOXES {
        let mailbox = Mailbox::channel(at as u64);
        let (writes, reads) = (connect(relay.link()).await, connect(relay.link()).await);
        let mut fetching = mailbox.fetch(&reads, Position::START, true).await;
        let capability = mailbox.prove_deposit(&writes).await.unwrap();
        let arrivals = arrivals.clone();
        tokio::spawn(async move {
            // Until the relay is ended with everything else.
            while reads_on(&mut fetching, &arrivals, at).await {}
            drop(reads);
        });
        let (offer, offered) = mpsc::unbounded_channel();
        let deposits = writes.deposits();
        tokio::spawn(async move {
            depositing(&deposits, capability, offered, numbered).await;
            drop(writes);
        });
        offers.push(Box::new(move |number| offer.send(number).unwrap()));
    }
    offers
}

async fn reads_on(fetching: &mut Fetching, arrivals: &Arrivals, at: usize) -> bool {
    match fetching.next().await {
        Some(Ok(FetchItem::Entry { envelope, .. })) => {
            arrivals.arrived(at, number_of(&envelope));
            true
        }
        Some(Ok(FetchItem::CaughtUp)) => true,
        _ => false,
    }
}

/// Deposits what is offered; takes the receipts as they come.
pub(crate) async fn depositing(
    deposits: &Deposits,
    capability: CapabilityId,
    mut offered: mpsc::UnboundedReceiver<u64>,
    mut envelope: impl FnMut(u64) -> Envelope,
) {
    let mut receipts = JoinSet::new();
    while let Some(number) = offered.recv().await {
        if deposits.ready().await.is_err() {
            return;
        }
        let receipt = deposits.deposit(capability, Life::H1, envelope(number));
        while receipts.try_join_next().is_some() {}
        receipts.spawn(async move { drop(receipt.await) });
    }
}
