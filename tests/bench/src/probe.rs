//! RO-16 by time: can a prober tell by the clock whether a mailbox holds anything?
//!
//! Somebody who knows a descriptor but not its key asks in turns about a mailbox that holds much and about one that
//! was never used. The ratio of the medians says what time tells; the control, which may read both and is answered
//! with all that lies there, shows that the clock would tell.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use offshift_link::{Link, LinkError};
use offshift_relay::store::embedded::{EmbeddedStore, Options};
use offshift_tests::relay::{LibraryRelay, Mailbox, numbered};
use offshift_wire::code::{Refusal, Role};

use crate::{
    Bench,
    load::{Sorted, micros},
    report::{Row, Section},
};

const ROUNDS: usize = 1_000;
const HELD: u64 = 64;

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    let options = Options::new(bench.folder("probe").join("store"), 1 << 30);
    let store = EmbeddedStore::open(options).unwrap();
    let rounds = bench.pick(ROUNDS, 40);
    section.say(format!("medians of {rounds} proofs denied for each mailbox"));
    let rows = bench.runtime.block_on(probe(store, rounds));
    rows.into_iter().for_each(|row| section.add(row));
}

async fn probe(store: EmbeddedStore, rounds: usize) -> [Row; 3] {
    let relay = LibraryRelay::start(Arc::new(store));
    let link = relay.connect().await;
    let (full, unknown, other) = (Mailbox::inbox(1), Mailbox::inbox(2), Mailbox::inbox(3));
    for number in 0..HELD {
        full.deposit(&link, numbered(number)).await.unwrap();
    }
    let mut denied = [Vec::new(), Vec::new(), Vec::new()];
    let mut read = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        // The unknown one twice: how far apart two of the same are, is what the ratio is to be held against.
        for (times, mailbox) in denied.iter_mut().zip([&full, &unknown, &unknown]) {
            times.push(micros(time_of_denial(&link, mailbox, &other).await));
        }
    }
    for _ in 0..rounds / 8 {
        for (times, mailbox) in read.iter_mut().zip([&full, &unknown]) {
            let began = Instant::now();
            mailbox.read_all(&link).await;
            times.push(micros(began.elapsed()));
        }
    }
    relay.running.shutdown().await.unwrap();
    let [full, unknown, again] = denied.map(|times| Sorted::of(times).at(0.5));
    let [may_full, may_unknown] = read.map(|times| Sorted::of(times).at(0.5));
    [
        Row::new("denied: held much", full, "us").beside("never used", unknown),
        Row::new("denied: never used (the noise)", again, "us").beside("never used", unknown),
        Row::new("control, may read: held much", may_full, "us").beside("never used", may_unknown),
    ]
}

/// How long the relay takes to refuse a proof that another mailbox's key made.
async fn time_of_denial(link: &Link, mailbox: &Mailbox, other: &Mailbox) -> Duration {
    let proof = other.fetch.prove(&mailbox.address(), &link.binding());
    let began = Instant::now();
    let answer = link.prove(Role::Fetch, &mailbox.descriptor, &proof).await;
    assert!(matches!(answer, Err(LinkError::Refused(Refusal::Denied))));
    began.elapsed()
}
