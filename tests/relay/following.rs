//! Following: nothing skipped, nothing twice, nobody waits for the slowest.

use std::{sync::Arc, time::Duration};

use offshift_link::{FetchItem, Fetching};
use offshift_relay::store::{Deposit, Store, memory::MemoryStore};
use offshift_tests::relay::{
    LibraryRelay, Mailbox, PATIENCE, next_number, number_of, numbered, numbered_of,
};
use offshift_wire::{Life, Position, SizeClass};
use proptest::prelude::*;
use tokio::{task::JoinSet, time::timeout};

/// Appends behind the relay's back but through its store, as another depositor's stream would.
async fn append(store: &MemoryStore, mailbox: &Mailbox, numbers: impl Iterator<Item = u64>) {
    let deposits = numbers.map(|number| Deposit {
        address: mailbox.address(),
        life: Life::H1,
        envelope: numbered(number),
    });
    store.append(deposits.collect()).await.unwrap();
}

/// The numbers of the next `count` entries.
async fn numbers(fetching: &mut Fetching, count: u64) -> Vec<u64> {
    let mut numbers = Vec::new();
    for _ in 0..count {
        numbers.push(next_number(fetching).await);
    }
    numbers
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Bursts of deposits, larger and smaller than what a tail holds, race with followers that join
    /// before, between and after them, and start at the beginning or in the middle.
    #[test]
    fn os_rel_030_a_follower_sees_each_position_once_whatever_the_interleaving(
        bursts in prop::collection::vec(1u64..120, 1..6),
        joins in prop::collection::vec(0usize..6, 1..5),
    ) {
        runtime().block_on(interleave(bursts, joins));
    }
}

async fn interleave(bursts: Vec<u64>, joins: Vec<usize>) {
    let store = Arc::new(MemoryStore::new(1 << 30));
    let relay = LibraryRelay::start(store.clone());
    let (link, mailbox) = (Arc::new(relay.connect().await), Arc::new(Mailbox::channel(20)));
    let total: u64 = bursts.iter().sum();
    let mut followers = JoinSet::new();
    let mut next = 0;
    for (at, burst) in bursts.iter().enumerate() {
        for _ in joins.iter().filter(|join| **join == at) {
            let (link, mailbox) = (link.clone(), mailbox.clone());
            followers.spawn(async move {
                let mut fetching = mailbox.fetch(&link, Position::START, true).await;
                numbers(&mut fetching, total).await
            });
        }
        append(&store, &mailbox, next..next + burst).await;
        next += burst;
        tokio::task::yield_now().await;
    }
    for seen in followers.join_all().await {
        assert_eq!(seen, (0..total).collect::<Vec<_>>());
    }
    assert_eq!(mailbox.read_all(&link).await.len(), usize::try_from(total).unwrap());
}

#[tokio::test]
async fn os_rel_032_caught_up_comes_after_what_was_there_and_before_what_comes() {
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(21));
    mailbox.deposit(&link, numbered(1)).await.unwrap();
    let mut fetching = mailbox.fetch(&link, Position::START, true).await;
    assert!(matches!(fetching.next().await, Some(Ok(FetchItem::Entry { .. }))));
    assert_eq!(fetching.next().await, Some(Ok(FetchItem::CaughtUp)));
    mailbox.deposit(&link, numbered(2)).await.unwrap();
    assert_eq!(next_number(&mut fetching).await, 2);
}

#[tokio::test]
async fn a_follower_far_behind_catches_up_and_then_follows() {
    let store = Arc::new(MemoryStore::new(1 << 30));
    let relay = LibraryRelay::start(store.clone());
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(22));
    for burst in 0..10 {
        append(&store, &mailbox, burst * 500..(burst + 1) * 500).await;
    }
    let mut fetching = mailbox.fetch(&link, Position::START, true).await;
    assert_eq!(numbers(&mut fetching, 5_000).await, (0..5_000).collect::<Vec<_>>());
    append(&store, &mailbox, 5_000..5_001).await;
    assert_eq!(next_number(&mut fetching).await, 5_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn os_rel_031_a_slow_follower_slows_only_itself() {
    let relay = LibraryRelay::in_memory();
    let (slow_link, fast_link) = (relay.connect().await, relay.connect().await);
    let mailbox = Mailbox::channel(23);
    // Takes the first entry and then nothing: its windows fill up, the relay can't write to it.
    let mut slow = mailbox.fetch(&slow_link, Position::START, true).await;
    let mut fast = mailbox.fetch(&fast_link, Position::START, true).await;
    assert_eq!(slow.next().await, Some(Ok(FetchItem::CaughtUp)));
    let depositor = relay.connect().await;
    for number in 0..40 {
        let large = numbered_of(SizeClass::K256, number);
        mailbox.deposit(&depositor, large).await.unwrap();
        assert_eq!(next_number(&mut fast).await, number, "10 MiB, past every window");
    }
    assert_eq!(numbers(&mut slow, 40).await, (0..40).collect::<Vec<_>>(), "it misses nothing");
}

/// Padded acknowledgements count as in flight and are not acknowledged themselves. Once they filled the
/// congestion window of one who only listened, on every fourth connection, and it could never speak again.
#[tokio::test(flavor = "multi_thread")]
async fn os_lnk_015_one_who_only_listened_can_still_speak() {
    let relay = LibraryRelay::in_memory();
    let depositor = relay.connect().await;
    for one in 100..120 {
        let (listener, mailbox) = (relay.connect().await, Mailbox::channel(one));
        let _fetching = mailbox.fetch(&listener, Position::START, true).await;
        for number in 0..2 {
            mailbox.deposit(&depositor, numbered_of(SizeClass::K256, number)).await.unwrap();
        }
        let said = timeout(PATIENCE / 6, Mailbox::inbox(27).deposit(&listener, numbered(1))).await;
        assert!(said.expect("it is not blocked").is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_mailboxes_each_with_a_follower_on_forty_connections() {
    const CONNECTIONS: u64 = 40;
    const EACH: u64 = 50;
    let store = Arc::new(MemoryStore::new(1 << 30));
    let relay = LibraryRelay::start(store.clone());
    let mut devices = JoinSet::new();
    for device in 0..CONNECTIONS {
        let link = relay.connect().await;
        devices.spawn(async move {
            let mut following = Vec::new();
            for one in device * EACH..(device + 1) * EACH {
                let mut fetching = Mailbox::channel(one).fetch(&link, Position::START, true).await;
                assert_eq!(fetching.next().await, Some(Ok(FetchItem::CaughtUp)));
                following.push((one, fetching));
            }
            (link, following)
        });
    }
    let mut devices = timeout(PATIENCE, devices.join_all()).await.unwrap();
    for one in 0..CONNECTIONS * EACH {
        append(&store, &Mailbox::channel(one), one..one + 1).await;
    }
    for (_, following) in &mut devices {
        for (one, fetching) in following {
            assert_eq!(next_number(fetching).await, *one, "its own entry and no other");
        }
    }
}

#[tokio::test]
async fn a_dropped_fetch_frees_its_stream() {
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(24));
    // Three times as many as may be open at once.
    for _ in 0..3 * offshift_link::limits::STREAMS_MAX {
        let mut fetching = mailbox.fetch(&link, Position::START, true).await;
        assert_eq!(fetching.next().await, Some(Ok(FetchItem::CaughtUp)));
    }
}

#[tokio::test]
async fn next_can_be_dropped_at_any_point_without_losing_an_entry() {
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(25));
    for number in 0..20 {
        mailbox.deposit(&link, numbered_of(SizeClass::K64, number)).await.unwrap();
    }
    let mut fetching = mailbox.fetch(&link, Position::START, false).await;
    let mut seen = Vec::new();
    loop {
        // Often far too short for 64 KiB: `next` is dropped in the middle of a frame.
        match timeout(Duration::from_micros(50), fetching.next()).await {
            Ok(Some(Ok(FetchItem::Entry { envelope, .. }))) => seen.push(number_of(&envelope)),
            Ok(None) => break,
            Ok(Some(Ok(FetchItem::CaughtUp))) | Err(_) => {}
            Ok(Some(Err(error))) => panic!("{error}"),
        }
    }
    assert_eq!(seen, (0..20).collect::<Vec<_>>());
}
