//! Starting, stopping, limits: what an operator sees.

use std::{sync::Arc, time::Duration};

use offshift_link::{LinkError, ListenError, RelayIdentity};
use offshift_relay::{
    limits::Limits,
    server::{Config, Relay},
    store::{Store, StoreError, memory::MemoryStore},
};
use offshift_tests::relay::{
    BinaryRelay, LibraryRelay, Mailbox, PATIENCE, binary, connect, loopback, next_number,
    number_of, numbered, numbered_of, relay_command,
};
use offshift_wire::{
    Life, Position, SizeClass,
    code::{Close, Refusal},
};
use tokio::time::timeout;

#[tokio::test]
async fn os_rel_040_a_stopping_relay_receipts_what_it_read_and_says_that_it_stops() {
    let store = Arc::new(MemoryStore::new(1 << 30));
    let relay = LibraryRelay::start(store.clone());
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(40));
    let mut fetching = mailbox.fetch(&link, Position::START, true).await;
    mailbox.deposit(&link, numbered(1)).await.unwrap();
    assert_eq!(next_number(&mut fetching).await, 1);
    timeout(PATIENCE, relay.running.shutdown()).await.unwrap().unwrap();
    assert_eq!(link.closed().await, LinkError::Closed(Close::Stopping));
    let last = loop {
        match fetching.next().await {
            Some(Ok(_)) => {}
            other => break other,
        }
    };
    assert_eq!(last, Some(Err(LinkError::Closed(Close::Stopping))));
    assert_eq!(store.expire().await, Err(StoreError::Closed), "the store is let go");
}

#[tokio::test]
async fn da_82_a_full_store_refuses_deposits_and_goes_on_serving_fetches() {
    // With the cap of the store in place of a full disk; the full disk is in the store's own tests.
    let relay = LibraryRelay::start(Arc::new(MemoryStore::new(64 << 10)));
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(41));
    let kept = mailbox.deposit(&link, numbered(1)).await.unwrap();
    let large = numbered_of(SizeClass::K256, 2);
    let refused = mailbox.deposit(&link, large).await;
    assert_eq!(refused, Err(LinkError::Refused(Refusal::Full)));
    assert!(LinkError::Refused(Refusal::Full).may_pass());
    let read = mailbox.read_all(&link).await;
    assert_eq!(read, [(kept, numbered(1))], "nothing receipted is lost");
    assert!(mailbox.deposit(&link, numbered(3)).await.is_ok(), "what fits is taken");
}

#[tokio::test]
async fn os_rel_020_connections_above_the_limit_are_turned_away_and_room_comes_back() {
    let config = Config {
        limits: Limits { connections_max: 1, ..Limits::default() },
        ..Config::new(loopback())
    };
    let store = Arc::new(MemoryStore::new(1 << 20));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    let first = relay.connect().await;
    let options = offshift_link::Options::default();
    let second = offshift_link::Link::connect(&relay.link(), options).await;
    assert_eq!(second.err(), Some(LinkError::Unreachable));
    first.close().await;
    let free = async {
        while offshift_link::Link::connect(&relay.link(), options).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, free).await.expect("the place is free again");
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let relay = LibraryRelay::in_memory();
    let config = Config::new(relay.running.address());
    let store = Arc::new(MemoryStore::new(1 << 20));
    let second = Relay::start(&config, RelayIdentity::generate().unwrap(), store);
    assert!(matches!(second.err(), Some(ListenError::Taken)));
}

#[tokio::test]
async fn too_many_deposits_at_once_are_the_callers_to_wait_for() {
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::inbox(42));
    let capability = mailbox.prove_deposit(&link).await.unwrap();
    let deposits = link.deposits();
    let ask = |number| deposits.deposit(capability, Life::H1, numbered(number));
    // No await in between: the link's task has no chance to take any.
    let asked: Vec<_> = (0..2 * offshift_link::limits::IN_FLIGHT_MAX as u64).map(ask).collect();
    let mut receipts = 0;
    let mut busy = 0;
    for answer in asked {
        match answer.await {
            Ok(_) => receipts += 1,
            Err(LinkError::Busy) => busy += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(
        (receipts, busy),
        (offshift_link::limits::IN_FLIGHT_MAX, offshift_link::limits::IN_FLIGHT_MAX)
    );
    deposits.ready().await.unwrap();
    assert!(ask(0).await.is_ok(), "the twin: after waiting there is room");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_binary_keeps_its_link_and_its_envelopes_over_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let first = BinaryRelay::start(data.path());
    let (text, address) = (first.link().to_string(), first.address());
    let mailbox = Mailbox::inbox(43);
    let link = connect(first.link()).await;
    let position = mailbox.deposit(&link, numbered(1)).await.unwrap();
    assert_eq!(first.terminate(), Some(0), "SIGTERM is a clean stop");
    assert_eq!(link.closed().await, LinkError::Closed(Close::Stopping));

    let second = BinaryRelay::start_at(data.path(), address);
    assert_eq!(second.link().to_string(), text);
    let link = connect(second.link()).await;
    let read = mailbox.read_all(&link).await;
    assert_eq!(read.len(), 1);
    assert_eq!((read[0].0, number_of(&read[0].1)), (position, 1));
    let next = mailbox.deposit(&link, numbered(2)).await.unwrap();
    assert!(next > position, "OS-MBX-010: positions rise over a restart");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_binary_shows_its_link_while_it_runs_and_its_holdings_when_it_does_not() {
    let data = tempfile::tempdir().unwrap();
    let directory = data.path().to_str().unwrap();
    let relay = BinaryRelay::start(data.path());
    let shown = relay_command(&["link", "--data", directory]);
    assert_eq!(shown.status.code(), Some(0));
    assert_eq!(String::from_utf8(shown.stdout).unwrap().trim(), relay.link().to_string());
    let link = connect(relay.link()).await;
    Mailbox::inbox(44).deposit(&link, numbered(1)).await.unwrap();
    let locked = relay_command(&["holdings", "--data", directory]);
    assert_ne!(locked.status.code(), Some(0));
    assert!(String::from_utf8(locked.stderr).unwrap().contains("stop"), "it says what to do");
    assert_eq!(relay.terminate(), Some(0));

    let held = relay_command(&["holdings", "--data", directory, "--json"]);
    assert_eq!(held.status.code(), Some(0));
    let held: serde_json::Value = serde_json::from_slice(&held.stdout).unwrap();
    assert_eq!(held["envelopes"], 1);
    assert_eq!(held["shown"][0]["bytes"], 1024);
    let left = held["shown"][0]["seconds_left"].as_u64().unwrap();
    assert!(left > 0, "it will be forgotten, and when is known");
}

#[test]
fn the_second_relay_on_one_data_directory_says_so() {
    let data = tempfile::tempdir().unwrap();
    let _first = BinaryRelay::start(data.path());
    let directory = data.path().to_str().unwrap();
    let second = relay_command(&["serve", "--dev", "--data", directory]);
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8(second.stderr).unwrap().contains("another relay"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_binary_logs_no_address_at_its_most_verbose() {
    let data = tempfile::tempdir().unwrap();
    let log = std::fs::File::create(data.path().join("log")).unwrap();
    let relay = BinaryRelay::start_logging(&data.path().join("data"), log);
    let (link, mailbox) = (connect(relay.link()).await, Mailbox::inbox(46));
    mailbox.deposit(&link, numbered(1)).await.unwrap();
    drop(link);
    assert_eq!(relay.terminate(), Some(0));
    let log = std::fs::read_to_string(data.path().join("log")).unwrap();
    for secret in ["127.0.0.1", "offshift://", "1024"] {
        assert!(!log.contains(secret), "{log}");
    }
    assert!(log.contains("serves") && log.contains("stopped"), "the control: it logs");
}

#[test]
fn sigint_stops_the_binary_cleanly_even_with_a_follower() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let data = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(data.path());
    let link = runtime.block_on(connect(relay.link()));
    let mut fetching = runtime.block_on(Mailbox::inbox(45).fetch(&link, Position::START, true));
    runtime.block_on(fetching.next());
    let pid = relay.pid().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    let closed = async { timeout(Duration::from_secs(20), link.closed()).await };
    let closed = runtime.block_on(closed).expect("bounded");
    assert_eq!(closed, LinkError::Closed(Close::Stopping));
    assert!(binary("offshift-relay").exists());
}
