//! NO-27 as people meet it: two real clients over a network that loses 30 of 100 packets, doubles and reorders others, and
//! is cut altogether for a while.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use offshift_client::Care;
use offshift_tests::{
    people::{Person, found},
    relay::LibraryRelay,
    wire_proxy::{Datagram, Fate, WireProxy, percentile},
};

/// What the network does.
const GOOD: usize = 0;
const BAD: usize = 1;
const CUT: usize = 2;

/// Of a bad network.
fn fate(number: usize) -> Fate {
    match percentile(number) {
        0..30 => Fate::Drop,
        30..40 => Fate::Twice,
        40..55 => Fate::Delay(Duration::from_millis(9)),
        _ => Fate::Pass,
    }
}

/// The network, and how many datagrams came to it and were dropped by it since it is bad.
#[derive(Default)]
struct Network {
    state: AtomicUsize,
    came: AtomicUsize,
    dropped: AtomicUsize,
}

impl Network {
    fn decide(&self, number: usize) -> Fate {
        let fate = match self.state.load(Ordering::SeqCst) {
            GOOD => return Fate::Pass,
            BAD => fate(number),
            _ => Fate::Drop,
        };
        self.came.fetch_add(1, Ordering::SeqCst);
        self.dropped.fetch_add(usize::from(fate == Fate::Drop), Ordering::SeqCst);
        fate
    }
}

/// Ana writes 10 messages over the bad network, 10 while it is cut, 10 when it is bad again, and Ben answers.
async fn over_a_bad_network(cut: Duration) {
    let (folder, relay) = (tempfile::tempdir().unwrap(), LibraryRelay::in_memory());
    let network = Arc::new(Network::default());
    let policy = {
        let network = network.clone();
        Box::new(move |number: usize, _: &Datagram| network.decide(number))
    };
    let proxy = WireProxy::with_policy(relay.running.address(), policy).await;
    let link = relay.link_through(proxy.address());
    let ana = Person::new(folder.path(), "ana", &link).await;
    let ben = Person::new(folder.path(), "ben", &link).await;
    let room = found("Night", &[&ana, &ben]).await;
    let mut written = Vec::new();
    for (state, pause) in [(BAD, Duration::ZERO), (CUT, cut), (BAD, Duration::ZERO)] {
        network.state.store(state, Ordering::SeqCst);
        for _ in 0..10 {
            let text = format!("message {}", written.len());
            ana.client.send(room, &text, None, Care::Ordinary).await.unwrap();
            written.push(text);
        }
        tokio::time::sleep(pause).await;
    }
    // As long as it takes: a device waits longer and longer before it tries again.
    let patient = tokio::time::timeout(Duration::from_secs(120), async {
        while ben.texts(room).await.len() < written.len() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    patient.await.expect("everything arrives");
    let (came, dropped) =
        (network.came.load(Ordering::SeqCst), network.dropped.load(Ordering::SeqCst));
    assert!(came > 100 && dropped * 4 > came, "the control: {dropped} of {came} were lost");
    network.state.store(GOOD, Ordering::SeqCst);
    ana.settled().await;
    ben.settled().await;
    assert_eq!(ben.texts(room).await, written, "once and in order");
    assert_eq!(ana.texts(room).await, written, "and so the sender sees it");
}

/// With its control: what the network lost is counted.
#[tokio::test(flavor = "multi_thread")]
async fn no_27_with_30_of_100_packets_lost_and_a_cut_everything_arrives_once_and_in_order() {
    over_a_bad_network(Duration::from_secs(2)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: the cut lasts 60 seconds"]
async fn no_27_after_a_cut_of_60_seconds_everything_arrives_once_and_in_order() {
    over_a_bad_network(Duration::from_secs(60)).await;
}
