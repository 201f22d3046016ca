//! RO-16 by time: can a prober tell by the clock whether a mailbox holds anything?
//!
//! `cargo bench -p offshift-tests --bench probe`
//!
//! Somebody who knows a descriptor but not its key asks in turns about a mailbox that holds much and about
//! one that was never used. The ratio of the medians says what time tells; the control, which may read both
//! and is answered with all that lies there, shows that the clock would tell. Read the ratios.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use offshift_link::{Link, LinkError};
use offshift_relay::store::embedded::{EmbeddedStore, Options};
use offshift_tests::relay::{LibraryRelay, Mailbox, numbered};
use offshift_wire::code::{Refusal, Role};

const ROUNDS: usize = 4_000;
const HELD: u64 = 64;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let options = Options::new(folder.path().join("store"), 1 << 30);
    runtime.block_on(probe(EmbeddedStore::open(options).unwrap()));
}

async fn probe(store: EmbeddedStore) {
    let relay = LibraryRelay::start(Arc::new(store));
    let link = relay.connect().await;
    let (full, unknown, other) = (Mailbox::inbox(1), Mailbox::inbox(2), Mailbox::inbox(3));
    for number in 0..HELD {
        full.deposit(&link, numbered(number)).await.unwrap();
    }
    let mut denied = [Vec::new(), Vec::new(), Vec::new()];
    let mut read = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        // The unknown one twice: how far apart two of the same are, is what the ratio is to be held against.
        for (times, mailbox) in denied.iter_mut().zip([&full, &unknown, &unknown]) {
            times.push(time_of_denial(&link, mailbox, &other).await);
        }
    }
    for _ in 0..ROUNDS / 8 {
        for (times, mailbox) in read.iter_mut().zip([&full, &unknown]) {
            let began = Instant::now();
            mailbox.read_all(&link).await;
            times.push(began.elapsed());
        }
    }
    let [full, unknown, again] = denied.map(median);
    println!("{ROUNDS} proofs denied for each; medians in us");
    row("held much / never used", full, unknown);
    row("never used / never used (the noise)", unknown, again);
    let [full, unknown] = read.map(median);
    row("control: may read, held much / never used", full, unknown);
    relay.running.shutdown().await.unwrap();
}

/// How long the relay takes to refuse a proof that another mailbox's key made.
async fn time_of_denial(link: &Link, mailbox: &Mailbox, other: &Mailbox) -> Duration {
    let proof = other.fetch.prove(&mailbox.address(), &link.binding());
    let began = Instant::now();
    let answer = link.prove(Role::Fetch, &mailbox.descriptor, &proof).await;
    assert!(matches!(answer, Err(LinkError::Refused(Refusal::Denied))));
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn row(what: &str, one: f64, other: f64) {
    println!("  {what:<42} {one:>9.1} {other:>9.1}   ratio {:.3}", one / other);
}
