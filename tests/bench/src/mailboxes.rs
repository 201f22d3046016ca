//! What a deposit costs where ever more mailboxes lie: by the store into any of them, and through the relay.

use std::{sync::Arc, time::Duration};

use offshift_relay::store::{Store, embedded::EmbeddedStore};
use offshift_tests::relay::{LibraryRelay, Mailbox, numbered};
use offshift_wire::Life;
use tokio::task::JoinSet;

use crate::{
    Bench,
    deposits::relay,
    load::{Counter, micros},
    process::cpu_of,
    report::{Bound, Row, Section},
    store::{deposit, fill},
};

const MAILBOXES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
const DEPOSITORS: u64 = 256;
const CONNECTIONS: usize = 100;

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    section.say("an envelope in each; 256 deposit, one under way each; processor time of relay and depositors together");
    bench.runtime.block_on(async {
        let relay = relay(&bench.folder("mailboxes"));
        let (mut filled, mut few) = (0, None);
        let sizes = bench.pick(&MAILBOXES[..], &[1_000, 2_000]);
        for mailboxes in sizes {
            fill(relay.running.store(), filled..*mailboxes).await;
            filled = *mailboxes;
            let now = [
                into_store(relay.running.store(), filled, bench.time(2.0)).await,
                through_relay(&relay, bench.time(2.0)).await,
            ];
            let first = *few.get_or_insert(now);
            for (at, what) in ["store", "relay"].into_iter().enumerate() {
                let row =
                    Row::new(format!("CPU for a deposit by the {what}, {filled}"), now[at], "us")
                        .beside(&format!("{} mailboxes", sizes[0]), first[at])
                        .at(what, filled as f64);
                let is_goal = filled == 1_000_000;
                section.add(if is_goal { row.goal(Bound::RatioAtMost, 1.2) } else { row });
            }
        }
        relay.running.shutdown().await.unwrap();
    });
}

/// Processor time of this process for one of what the counter counts.
async fn cpu_each(counter: &Counter, time: Duration) -> f64 {
    let own = std::process::id();
    // Each has proved what it must.
    while counter.so_far() < DEPOSITORS {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(time / 4).await;
    let (cpu, before) = (cpu_of(own), counter.so_far());
    tokio::time::sleep(time).await;
    let (used, many) = (cpu_of(own).saturating_sub(cpu), counter.so_far() - before);
    counter.end();
    micros(used) / many as f64
}

/// Each time into another of all mailboxes.
async fn into_store(store: &Arc<EmbeddedStore>, mailboxes: u64, time: Duration) -> f64 {
    let (counter, mut tasks) = (Counter::new(), JoinSet::new());
    for who in 0..DEPOSITORS {
        let (store, counter) = (store.clone(), counter.clone());
        tasks.spawn(async move {
            let mut number = who * mailboxes / DEPOSITORS;
            while !counter.is_over() {
                // A prime step, so that the turn of each comes.
                number = (number + 7_919) % mailboxes;
                store.append(vec![deposit(number, 1_024)]).await.unwrap();
                counter.add(1);
            }
        });
    }
    let each = cpu_each(&counter, time).await;
    tasks.join_all().await;
    each
}

async fn through_relay(relay: &LibraryRelay<EmbeddedStore>, time: Duration) -> f64 {
    let mut links = Vec::new();
    for _ in 0..CONNECTIONS {
        links.push(Arc::new(relay.connect().await));
    }
    let (counter, mut tasks) = (Counter::new(), JoinSet::new());
    for (number, link) in (0..DEPOSITORS).zip(links.iter().cycle()) {
        let (link, counter) = (link.clone(), counter.clone());
        tasks.spawn(async move {
            let capability = Mailbox::channel(number).prove_deposit(&link).await.unwrap();
            let (deposits, envelope) = (link.deposits(), numbered(number));
            while !counter.is_over() {
                deposits.deposit(capability, Life::D7, envelope.clone()).await.unwrap();
                counter.add(1);
            }
        });
    }
    let each = cpu_each(&counter, time).await;
    tasks.join_all().await;
    each
}
