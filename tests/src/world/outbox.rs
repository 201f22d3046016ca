//! What a device has to deposit, so that the next one for each mailbox is found at once, however many wait.

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::{OutboxId, Outgoing};
use offshift_wire::Address;

/// Deposits that wait, by mailbox; for each mailbox one is on its way at a time.
#[derive(Default)]
pub(super) struct Waiting {
    all: BTreeMap<OutboxId, (Address, Outgoing)>,
    by_mailbox: BTreeMap<Address, BTreeSet<OutboxId>>,
    under_way: BTreeSet<Address>,
    /// Mailboxes for which something waits and nothing is on its way.
    idle: BTreeSet<Address>,
}

impl Waiting {
    pub(super) fn insert(&mut self, outgoing: Outgoing) {
        let (id, to) = (outgoing.id, outgoing.to.address());
        self.all.insert(id, (to, outgoing));
        self.by_mailbox.entry(to).or_default().insert(id);
        if !self.under_way.contains(&to) {
            self.idle.insert(to);
        }
    }

    pub(super) fn remove(&mut self, id: OutboxId) -> Option<Outgoing> {
        let (to, outgoing) = self.all.remove(&id)?;
        if let Some(others) = self.by_mailbox.get_mut(&to) {
            others.remove(&id);
            if others.is_empty() {
                self.by_mailbox.remove(&to);
                self.idle.remove(&to);
            }
        }
        Some(outgoing)
    }

    /// The first for each idle mailbox, in the order of the outbox.
    pub(super) fn ready(&self) -> Vec<OutboxId> {
        let first = |to| self.by_mailbox.get(to)?.first().copied();
        let mut ready: Vec<_> = self.idle.iter().filter_map(first).collect();
        ready.sort_unstable();
        ready
    }

    pub(super) fn find(&self, id: OutboxId) -> Option<&(Address, Outgoing)> {
        self.all.get(&id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = OutboxId> {
        self.all.keys().copied()
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// One for this mailbox is on its way.
    pub(super) fn leaves(&mut self, to: Address) {
        self.under_way.insert(to);
        self.idle.remove(&to);
    }

    /// It came, or was lost.
    pub(super) fn left(&mut self, to: &Address) {
        self.under_way.remove(to);
        if self.by_mailbox.contains_key(to) {
            self.idle.insert(*to);
        }
    }

    /// Nothing is on its way any more.
    pub(super) fn all_left(&mut self) {
        self.under_way.clear();
        self.idle = self.by_mailbox.keys().copied().collect();
    }
}
