//! Durable deposits per second: the relay and its depositors in this process, beside bare quinn that answers with as
//! many bytes, and beside a bare disk that appends and flushes as many envelopes at once as the store did.

use std::{path::Path, sync::Arc, time::Duration};

use offshift_link::{Link, RelayIdentity};
use offshift_relay::{
    limits::Limits,
    server::Config,
    store::{
        Store,
        embedded::{EmbeddedStore, Options},
    },
};
use offshift_tests::relay::{LibraryRelay, Mailbox, config, numbered_of};
use offshift_wire::{Life, SizeClass};
use tokio::task::JoinSet;

use crate::{
    Bench, bare,
    load::Counter,
    report::{Bound, Row, Section},
};

const CONNECTIONS_MAX: usize = 100;
const DEPOSITORS: [usize; 3] = [1, 16, 256];
const CLASSES: [SizeClass; 3] = [SizeClass::K1, SizeClass::K4, SizeClass::K64];
/// What a record of a slice has besides its envelope.
const RECORD: usize = 112;
/// Bytes that all slices may take.
const STORED_MAX: u64 = 64 << 30;

pub(crate) fn run(bench: &Bench, section: &mut Section) {
    section.say("relay and depositors in one process; 256 depositors share 100 connections");
    for class in bench.pick(&CLASSES[..], &CLASSES[..1]) {
        for depositors in bench.pick(&DEPOSITORS[..], &DEPOSITORS[..2]) {
            section.add(bench.runtime.block_on(one(bench, *class, *depositors)));
        }
    }
}

async fn one(bench: &Bench, class: SizeClass, depositors: usize) -> Row {
    let (bytes, time) = (class.bytes(), bench.time(1.6));
    let folder = bench.folder(&format!("{bytes}-{depositors}"));
    let (ours, together) = on_relay(&folder, class, depositors, time).await;
    let frames = (bytes + bare::DEPOSIT_HEAD, bare::RECEIPT);
    let bare = bare::requests_per_second(frames, depositors, CONNECTIONS_MAX, time).await;
    let flushes = bare::disk(&folder, (bytes + RECORD) * together as usize, time / 3);
    std::fs::remove_dir_all(folder).unwrap();
    let name = format!("{} KiB by {depositors}", bytes >> 10);
    let row = Row::new(name, ours, "/s")
        .beside("bare quinn", bare)
        .beside(&format!("bare disk, {together} a flush"), flushes * together)
        .at(&format!("{} KiB", bytes >> 10), depositors as f64);
    let is_goal = class == SizeClass::K1 && depositors == 256;
    if is_goal { row.goal(Bound::RatioAtLeast, 0.6) } else { row }
}

/// A relay on a disk, without politeness to strangers.
pub(crate) fn relay(folder: &Path) -> LibraryRelay<EmbeddedStore> {
    let store = EmbeddedStore::open(Options::new(folder.join("store"), STORED_MAX)).unwrap();
    // Nobody waits for the pace of one connection, or finds the one mailbox full that all of this goes into.
    let limits = Limits {
        deposits_per_second: u32::MAX,
        mailbox_bytes_max: u64::MAX >> 1,
        ..config().limits
    };
    let config = Config { limits, ..config() };
    LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), Arc::new(store))
}

/// Deposits per second, and how many shared a flush.
async fn on_relay(
    folder: &Path,
    class: SizeClass,
    depositors: usize,
    time: Duration,
) -> (f64, f64) {
    let relay = relay(folder);
    let mut links = Vec::new();
    for _ in 0..depositors.min(CONNECTIONS_MAX) {
        links.push(Arc::new(relay.connect().await));
    }
    let (counter, mut tasks) = (Counter::new(), JoinSet::new());
    for (number, link) in (0..depositors as u64).zip(links.iter().cycle()) {
        tasks.spawn(depositor(link.clone(), number, class, counter.clone()));
    }
    let rate = counter.per_second(time).await;
    tasks.join_all().await;
    let statistics = relay.running.store().statistics();
    drop(links);
    relay.running.shutdown().await.unwrap();
    (rate, (statistics.envelopes as f64 / statistics.commits as f64).round().max(1.0))
}

async fn depositor(link: Arc<Link>, number: u64, class: SizeClass, counter: Arc<Counter>) {
    let capability = Mailbox::channel(number).prove_deposit(&link).await.unwrap();
    let deposits = link.deposits();
    let envelope = numbered_of(class, number);
    while !counter.is_over() {
        deposits.deposit(capability, Life::H1, envelope.clone()).await.unwrap();
        counter.add(1);
    }
}
