//! Load on a real relay: depositors who write down each receipt, and readers who compare.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use offshift_access::EnvelopeHash;
use offshift_link::{FetchItem, Link, LinkError, Options};
use offshift_tests::relay::{Mailbox, PATIENCE, number_of, numbered_of};
use offshift_wire::{Envelope, Life, Position, SizeClass, link::RelayLink};
use tokio::task::JoinSet;

use crate::harm::{Harm, harm};

/// Deposits in flight of each depositor: a fault falls between any two of them.
const FLIGHT: usize = 8;

/// One depositor's mailbox.
struct Stream {
    mailbox: u64,
    tried: BTreeSet<u64>,
    told: BTreeMap<u64, Position>,
    refused: usize,
    /// The last thing that went wrong.
    last_error: Option<LinkError>,
}

/// All depositors.
pub(crate) struct Load {
    streams: Vec<Arc<Mutex<Stream>>>,
    running: JoinSet<()>,
    sizes: &'static [SizeClass],
}

/// An envelope whose bytes are all determined by its mailbox and number.
fn envelope(mailbox: u64, number: u64, sizes: &[SizeClass]) -> Envelope {
    let class = sizes[usize::try_from(number).unwrap() % sizes.len()];
    numbered_of(class, (mailbox << 32) + number)
}

impl Load {
    /// So many depositors, each with a mailbox of its own.
    pub(crate) fn new(depositors: u64, sizes: &'static [SizeClass]) -> Self {
        let stream = |mailbox| {
            let (tried, told) = (BTreeSet::new(), BTreeMap::new());
            Arc::new(Mutex::new(Stream { mailbox, tried, told, refused: 0, last_error: None }))
        };
        Self { streams: (0..depositors).map(stream).collect(), running: JoinSet::new(), sizes }
    }

    /// Everybody deposits until the relay can't be reached any more, or [`Load::stop`].
    pub(crate) fn start(&mut self, link: &RelayLink) {
        for stream in &self.streams {
            self.running.spawn(pour(link.clone(), stream.clone(), self.sizes));
        }
    }

    /// Nobody deposits any more. Deposits on their way stay untold.
    pub(crate) async fn stop(&mut self) {
        self.running.abort_all();
        while self.running.join_next().await.is_some() {}
    }

    /// Receipts so far.
    pub(crate) fn told(&self) -> usize {
        self.streams.iter().map(|stream| stream.lock().unwrap().told.len()).sum()
    }

    /// Refusals so far.
    pub(crate) fn refused(&self) -> usize {
        self.streams.iter().map(|stream| stream.lock().unwrap().refused).sum()
    }

    /// What last went wrong for each depositor.
    pub(crate) fn errors(&self) -> Vec<Option<LinkError>> {
        self.streams.iter().map(|stream| stream.lock().unwrap().last_error).collect()
    }

    /// Waits until so many more receipts came, or the time is over; whether they came.
    pub(crate) async fn reaches(&self, told: usize, within: Duration) -> bool {
        let deadline = Instant::now() + within;
        while self.told() < told && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.told() >= told
    }

    /// Waits until somebody was refused.
    pub(crate) async fn is_refused(&self, before: usize, within: Duration) -> bool {
        let deadline = Instant::now() + within;
        while self.refused() == before && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.refused() > before
    }

    /// Reads all mailboxes and compares.
    pub(crate) async fn harm(&self, link: &Link) -> Harm {
        let mut all = Harm::default();
        for stream in &self.streams {
            // Who deposits goes on meanwhile: only what was told before can be missed.
            let (mailbox, told) = {
                let stream = stream.lock().unwrap();
                (stream.mailbox, stream.told.keys().copied().collect())
            };
            let read = Mailbox::channel(mailbox).read_all(link).await;
            all += stream.lock().unwrap().compared(&told, &read, self.sizes);
        }
        all
    }
}

impl Stream {
    fn compared(
        &self,
        told: &BTreeSet<u64>,
        read: &[(Position, Envelope)],
        sizes: &[SizeClass],
    ) -> Harm {
        let mut last = Position::START;
        let shown: Vec<_> = read
            .iter()
            .map(|(position, bytes)| {
                let number = number_of(bytes).wrapping_sub(self.mailbox << 32);
                let is_ours = self.tried.contains(&number)
                    && *bytes == envelope(self.mailbox, number, sizes)
                    && self.told.get(&number).is_none_or(|told| told == position)
                    && last < *position;
                last = *position;
                is_ours.then_some(number)
            })
            .collect();
        harm(told, &self.tried, &shown)
    }
}

async fn pour(link: RelayLink, stream: Arc<Mutex<Stream>>, sizes: &'static [SizeClass]) {
    let link = match Link::connect(&link, Options::default()).await {
        Ok(link) => link,
        Err(error) => {
            stream.lock().unwrap().last_error = Some(error);
            return;
        }
    };
    let mailbox = stream.lock().unwrap().mailbox;
    let of = Mailbox::channel(mailbox);
    let Ok(capability) = of.prove_deposit(&link).await else { return };
    let deposits = link.deposits();
    loop {
        let flight: Vec<_> = (0..FLIGHT)
            .map(|_| {
                let mut stream = stream.lock().unwrap();
                let number = stream.tried.last().map_or(1, |last| last + 1);
                stream.tried.insert(number);
                let bytes = envelope(mailbox, number, sizes);
                let hash = EnvelopeHash::of(&bytes);
                (number, hash, deposits.deposit(capability, Life::D7, bytes))
            })
            .collect();
        let mut was_refused = false;
        for (number, hash, receipt) in flight {
            match receipt.await {
                Ok(receipt) => {
                    let signed = link.relay_key().verify(of.address(), hash, receipt);
                    let position = signed.expect("the relay signed it").position();
                    let twice = stream.lock().unwrap().told.insert(number, position);
                    assert_eq!(twice, None);
                }
                Err(error) => {
                    let mut stream = stream.lock().unwrap();
                    stream.last_error = Some(error);
                    if !matches!(error, LinkError::Refused(_)) {
                        return;
                    }
                    stream.refused += 1;
                    was_refused = true;
                }
            }
        }
        if was_refused {
            // As a client would: not at once again.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A connection, tried until the relay answers.
pub(crate) async fn connected(link: &RelayLink) -> Link {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let options = Options { time: Duration::from_secs(3) };
        match Link::connect(link, options).await {
            Ok(link) => return link,
            Err(error) => assert!(Instant::now() < deadline, "the relay does not answer: {error}"),
        }
    }
}

/// Waits until the relay takes a deposit and shows it.
pub(crate) async fn works_again(link: &RelayLink, seed: u64) {
    let link = connected(link).await;
    let probe = Mailbox::inbox((1 << 60) + seed);
    let deadline = Instant::now() + PATIENCE;
    loop {
        match probe.deposit(&link, offshift_tests::relay::numbered(seed)).await {
            Ok(position) => {
                let mut fetching = probe.fetch(&link, Position::START, false).await;
                while let Some(item) = fetching.next().await {
                    if let FetchItem::Entry { position: shown, .. } = item.unwrap()
                        && shown == position
                    {
                        return;
                    }
                }
                panic!("a deposit is not shown");
            }
            Err(error) => {
                assert!(error.may_pass() && Instant::now() < deadline, "no recovery: {error}");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}
