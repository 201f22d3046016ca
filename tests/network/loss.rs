//! NO-27: a bad network.

use std::time::Duration;

use offshift_tests::{
    relay::{LibraryRelay, Mailbox, connect, next_number, numbered},
    wire_proxy::{Fate, WireProxy, percentile},
};
use offshift_wire::{Life, Position};

/// Loses, doubles and reorders.
fn fate(number: usize) -> Fate {
    match percentile(number) {
        0..20 => Fate::Drop,
        20..30 => Fate::Twice,
        30..50 => Fate::Delay(Duration::from_millis(7)),
        _ => Fate::Pass,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_27_everything_arrives_once_and_in_order_over_a_bad_network() {
    let relay = LibraryRelay::in_memory();
    let policy = Box::new(|number: usize, _: &_| match number {
        // Two handshakes; one that fails is tried again by the client, not by the link.
        0..40 => Fate::Pass,
        _ => fate(number),
    });
    let proxy = WireProxy::with_policy(relay.running.address(), policy).await;
    let (depositor, reader) = (
        connect(&relay.link_through(proxy.address())).await,
        connect(&relay.link_through(proxy.address())).await,
    );
    let mailbox = Mailbox::channel(1);
    let mut fetching = mailbox.fetch(&reader, Position::START, true).await;
    let capability = mailbox.prove_deposit(&depositor).await.unwrap();
    let deposits = depositor.deposits();
    let receipts: Vec<_> =
        (0..30).map(|number| deposits.deposit(capability, Life::H1, numbered(number))).collect();
    for number in 0..30 {
        assert_eq!(next_number(&mut fetching).await, number);
    }
    for receipt in receipts {
        receipt.await.unwrap();
    }
    let direct = relay.connect().await;
    assert_eq!(mailbox.read_all(&direct).await.len(), 30);
}
