//! DA-85: the real relay is killed under load, again and again.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use offshift_link::{Link, LinkError, Options};
use offshift_tests::relay::{BinaryRelay, Mailbox, connect, number_of, numbered};
use offshift_wire::{Life, Position, link::RelayLink};
use tokio::task::JoinSet;

const ROUNDS: u64 = 5;
const DEPOSITORS: u64 = 6;

/// Number -> position, of every receipt that ever arrived.
type Receipts = Arc<Mutex<HashMap<u64, Position>>>;

/// Deposits until the relay dies; what has a receipt is written down.
async fn deposit_until_death(link: RelayLink, mailbox: u64, first: u64, receipts: Receipts) {
    let Ok(link) = Link::connect(&link, Options::default()).await else { return };
    let Ok(capability) = Mailbox::channel(mailbox).prove_deposit(&link).await else { return };
    let deposits = link.deposits();
    let mut number = first;
    loop {
        // Several in flight: the kill falls between any two of them.
        let flight: Vec<_> = (number..number + 8)
            .map(|number| (number, deposits.deposit(capability, Life::H1, numbered(number))))
            .collect();
        for (number, receipt) in flight {
            match receipt.await {
                Ok(receipt) => {
                    let twice = receipts.lock().unwrap().insert(number, receipt.position);
                    assert_eq!(twice, None);
                }
                Err(LinkError::Refused(code)) => panic!("refused: {code:?}"),
                Err(_) => return,
            }
        }
        number += 8;
    }
}

/// Every receipted envelope of this mailbox is there, once, where its receipt says, in order.
async fn check(link: &Link, mailbox: u64, receipts: &HashMap<u64, Position>) {
    let read = Mailbox::channel(mailbox).read_all(link).await;
    assert!(read.is_sorted_by(|(a, _), (b, _)| a < b), "positions rise");
    let mut found = HashMap::new();
    for (position, envelope) in &read {
        let twice = found.insert(number_of(envelope), *position);
        assert_eq!(twice, None, "once");
    }
    for (number, position) in receipts.iter().filter(|(number, _)| **number >> 40 == mailbox) {
        assert_eq!(found.get(number), Some(position), "receipted, so there");
    }
}

async fn round(data: &Path, round: u64, receipts: &Receipts) {
    let relay = BinaryRelay::start(data);
    let mut depositors = JoinSet::new();
    for depositor in 0..DEPOSITORS {
        // Two depositors to a mailbox; numbers never come twice.
        let mailbox = depositor / 2;
        let first = (mailbox << 40) + (round << 24) + (depositor << 20);
        let (link, receipts) = (relay.link().clone(), receipts.clone());
        depositors.spawn(deposit_until_death(link, mailbox, first, receipts));
    }
    let enough = receipts.lock().unwrap().len() + 150 + usize::try_from(round * 37).unwrap();
    while receipts.lock().unwrap().len() < enough {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    relay.kill();
    depositors.abort_all();
    while depositors.join_next().await.is_some() {}
}

#[tokio::test(flavor = "multi_thread")]
async fn da_85_what_was_receipted_survives_kill_9_once_and_in_order() {
    let data = tempfile::tempdir().unwrap();
    let receipts = Receipts::default();
    for number in 0..ROUNDS {
        round(data.path(), number, &receipts).await;
        let relay = BinaryRelay::start(data.path());
        let link = connect(relay.link()).await;
        let receipts = receipts.lock().unwrap().clone();
        for mailbox in 0..DEPOSITORS / 2 {
            check(&link, mailbox, &receipts).await;
        }
    }
}
