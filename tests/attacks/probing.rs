//! RO-16 by the clock: who probes a guessed address learns nothing from how long the answer takes.

use std::{sync::Arc, time::Instant};

use offshift_link::Link;
use offshift_relay::store::{
    Store,
    embedded::{EmbeddedStore, Options},
};
use offshift_tests::{
    clock::HandClock,
    relay::{LibraryRelay, Mailbox, numbered, numbered_of},
};
use offshift_wire::{Life, Position, SizeClass, relay::CapabilityId};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

/// Looks at each mailbox.
const LOOKS: usize = 250;

/// How far from a coin's toss the better guess may be: five times what chance alone does with so many looks.
const CHANCE: f64 = 0.13;

/// How long one fetch takes until its end, nanoseconds.
async fn look(link: &Link, capability: CapabilityId) -> u128 {
    let began = Instant::now();
    let mut fetching = link.fetch(capability, Position::START, false).await.unwrap();
    while let Some(item) = fetching.next().await {
        item.unwrap();
    }
    began.elapsed().as_nanos()
}

/// How often a look at the second takes longer than one at the first: 0.5 where time tells nothing.
fn later(first: &[u128], second: &[u128]) -> f64 {
    let wins = first.iter().map(|one| second.iter().filter(|other| *other > one).count());
    let all = u32::try_from(first.len() * second.len()).unwrap();
    f64::from(u32::try_from(wins.sum::<usize>()).unwrap()) / f64::from(all)
}

fn is_told_apart(first: &[u128], second: &[u128]) -> bool {
    (later(first, second) - 0.5).abs() > CHANCE
}

/// Unknown, emptied, expired, and one that holds something; on a disk, as relays are.
async fn mailboxes(relay: &LibraryRelay<EmbeddedStore>, clock: &HandClock) -> [Mailbox; 4] {
    let link = relay.connect().await;
    let all = [20, 21, 22, 23].map(Mailbox::inbox);
    let position = all[1].deposit(&link, numbered(1)).await.unwrap();
    let capability = all[1].prove_fetch(&link).await.unwrap();
    link.release(capability, vec![position]).await.unwrap();
    all[2].deposit(&link, numbered(2)).await.unwrap();
    clock.pass(Life::H1.ms() * 2);
    relay.running.store().expire().await.unwrap();
    all[3].deposit(&link, numbered_of(SizeClass::K64, 3)).await.unwrap();
    all
}

#[tokio::test]
async fn ro_16_time_does_not_tell_unknown_empty_and_expired_mailboxes_apart() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), Arc::new(HandClock::default()));
    let options = Options::new(folder.path().join("store"), 1 << 30);
    let store = EmbeddedStore::open(Options { clock: clock.clone(), ..options }).unwrap();
    let relay = LibraryRelay::start(Arc::new(store));
    let all = mailboxes(&relay, &clock).await;
    let link = relay.connect().await;
    let mut capabilities = Vec::new();
    for mailbox in &all {
        capabilities.push(mailbox.prove_fetch(&link).await.unwrap());
    }
    // In an order that follows nothing: what else goes on here falls on all alike.
    let mut rng = ChaCha20Rng::seed_from_u64(16);
    let mut times = [const { Vec::new() }; 4];
    while times.iter().any(|times| times.len() < LOOKS) {
        let at = usize::try_from(rng.next_u32() % 4).unwrap();
        times[at].push(look(&link, capabilities[at]).await);
    }
    let [unknown, empty, expired, full] = &times;
    assert!(!is_told_apart(unknown, empty), "{}", later(unknown, empty));
    assert!(!is_told_apart(unknown, expired), "{}", later(unknown, expired));
    assert!(!is_told_apart(empty, expired), "{}", later(empty, expired));

    // The controls: one that holds something takes longer, and so would one that were looked for a fifth longer.
    assert!(is_told_apart(unknown, full), "{}", later(unknown, full));
    let slower: Vec<_> = empty.iter().map(|time| time + time / 3).collect();
    assert!(is_told_apart(unknown, &slower), "{}", later(unknown, &slower));
}
