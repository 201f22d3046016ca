//! A relay in virtual time: logs by address, who follows them, and how it lies.
//!
//! ```text
//! envelope -> append -> position -> each follower, but those from whom it hides the log
//! ```

use std::collections::{BTreeMap, BTreeSet};

use offshift_wire::{Address, Envelope, Position, UnixMillis};

/// How the relay behaves.
#[derive(Clone, Default)]
pub enum Conduct {
    /// It gives everybody everything, in order.
    #[default]
    Honest,
    /// It hides every multiple of this number from these devices: what it hides, it never gives them.
    HidesEach(u64, BTreeSet<usize>),
}

/// One entry, and from whom it is hidden.
struct Entry {
    position: Position,
    envelope: Envelope,
    hidden_from: BTreeSet<usize>,
}

/// Logs that only grow.
#[derive(Default)]
pub struct Relay {
    logs: BTreeMap<Address, Vec<Entry>>,
    followers: BTreeMap<Address, BTreeSet<usize>>,
    latest: Position,
    taken: u64,
    conduct: Conduct,
}

impl Relay {
    /// Changes how it behaves from now on.
    pub fn behave(&mut self, conduct: Conduct) {
        self.conduct = conduct;
    }

    pub(super) fn append(&mut self, now: UnixMillis, to: Address, envelope: Envelope) {
        self.latest = self.latest.next(now).unwrap();
        self.taken += 1;
        let hidden_from = match &self.conduct {
            Conduct::HidesEach(each, from) if self.taken.is_multiple_of(*each) => from.clone(),
            _ => BTreeSet::new(),
        };
        let entry = Entry { position: self.latest, envelope, hidden_from };
        self.logs.entry(to).or_default().push(entry);
    }

    pub(super) fn follow(&mut self, address: Address, device: usize) {
        self.followers.entry(address).or_default().insert(device);
    }

    pub(super) fn unfollow(&mut self, address: &Address, device: usize) {
        self.followers.entry(*address).or_default().remove(&device);
    }

    pub(super) fn followers(&self, address: &Address) -> Vec<usize> {
        self.followers.get(address).into_iter().flatten().copied().collect()
    }

    /// The next entry after a position that this device is shown.
    pub(super) fn next(
        &self,
        address: &Address,
        after: Position,
        device: usize,
    ) -> Option<(Position, Envelope)> {
        let log = self.logs.get(address)?;
        let from = log.partition_point(|entry| entry.position <= after);
        let shown = |entry: &&Entry| !entry.hidden_from.contains(&device);
        let entry = log.iter().skip(from).find(shown)?;
        Some((entry.position, entry.envelope.clone()))
    }

    /// Everything that lies in a log: what whoever has the address could read.
    pub fn log(&self, address: &Address) -> Vec<Envelope> {
        self.logs.get(address).into_iter().flatten().map(|entry| entry.envelope.clone()).collect()
    }
}
