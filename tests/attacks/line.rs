//! A person's line to the relay: the real link, with proofs of what the machines of the protocol may deposit and read.

use std::collections::BTreeMap;

use offshift_access::EnvelopeHash;
use offshift_link::{Deposits, FetchItem, Link};
use offshift_protocol::{FetchAccess, Outgoing};
use offshift_tests::relay::connect;
use offshift_wire::{
    Address, Envelope, Position, code::Role, link::RelayLink, relay::CapabilityId,
};

/// One connection, and what it may do.
pub(crate) struct Line {
    link: Link,
    deposits: Deposits,
    deposit: BTreeMap<Address, CapabilityId>,
    fetch: BTreeMap<Address, CapabilityId>,
}

impl Line {
    pub(crate) async fn to(relay: &RelayLink) -> Self {
        let link = connect(relay).await;
        let deposits = link.deposits();
        Self { link, deposits, deposit: BTreeMap::new(), fetch: BTreeMap::new() }
    }

    /// Deposits, and checks the receipt.
    pub(crate) async fn deposit(&mut self, out: &Outgoing) {
        let address = out.to.address();
        let capability = match self.deposit.get(&address) {
            Some(capability) => *capability,
            None => {
                let proof = out.to.key().prove(&address, &self.link.binding());
                let proved = self.link.prove(Role::Deposit, out.to.descriptor(), &proof).await;
                *self.deposit.entry(address).or_insert(proved.unwrap())
            }
        };
        let named = EnvelopeHash::of(&out.envelope);
        let receipt = self.deposits.deposit(capability, out.life, out.envelope.clone());
        let receipt = receipt.await.unwrap();
        assert!(self.link.relay_key().verify(address, named, receipt).is_ok());
    }

    /// Everything in a mailbox behind this position.
    pub(crate) async fn read(
        &mut self,
        access: &FetchAccess,
        after: Position,
    ) -> Vec<(Position, Envelope)> {
        let address = access.address();
        let capability = match self.fetch.get(&address) {
            Some(capability) => *capability,
            None => {
                let proof = access.key().prove(&address, &self.link.binding());
                let proved = self.link.prove(Role::Fetch, access.descriptor(), &proof).await;
                *self.fetch.entry(address).or_insert(proved.unwrap())
            }
        };
        let mut fetching = self.link.fetch(capability, after, false).await.unwrap();
        let mut entries = Vec::new();
        while let Some(item) = fetching.next().await {
            if let FetchItem::Entry { position, envelope } = item.unwrap() {
                entries.push((position, envelope));
            }
        }
        entries
    }
}
