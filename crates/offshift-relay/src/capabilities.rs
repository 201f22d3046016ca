//! The capabilities that one connection has proved.

use std::sync::{Mutex, PoisonError};

use offshift_access::{Binding, Capability, Descriptor, Proof, verify};
use offshift_wire::{
    Address,
    code::{Refusal, Role},
    relay::{CapabilityId, DescriptorBytes, ProofBytes},
};

use crate::limits::CAPABILITIES_MAX;

/// All of one connection. It ends with it: a capability is good for nothing elsewhere (OS-MBX-005).
pub(crate) struct Capabilities {
    binding: Binding,
    proved: Mutex<Vec<Capability>>,
}

impl Capabilities {
    pub(crate) const fn new(binding: Binding) -> Self {
        Self { binding, proved: Mutex::new(Vec::new()) }
    }

    /// Checks a proof and names the capability. The store is not asked: what lies in the mailbox, or
    /// whether anything ever did, can't change the answer (OS-MBX-006).
    pub(crate) fn prove(
        &self,
        role: Role,
        descriptor: &DescriptorBytes,
        proof: ProofBytes,
    ) -> Result<CapabilityId, Refusal> {
        let descriptor = Descriptor::decode(descriptor).map_err(|_| Refusal::Denied)?;
        let capability = verify(role, &descriptor, &Proof::from_bytes(proof), &self.binding)
            .map_err(|_| Refusal::Denied)?;
        let mut proved = self.proved.lock().unwrap_or_else(PoisonError::into_inner);
        let known = proved.iter().position(|known| same(known, &capability));
        let index = known.unwrap_or(proved.len());
        if known.is_none() {
            // OS-REL-021.
            if index >= CAPABILITIES_MAX {
                return Err(Refusal::Busy);
            }
            proved.push(capability);
        }
        u32::try_from(index).map(CapabilityId).map_err(|_| Refusal::Busy)
    }

    /// Which mailbox may be appended to.
    pub(crate) fn deposit(&self, id: CapabilityId) -> Result<Address, Refusal> {
        self.with(id, |capability| match capability {
            Capability::Deposit(deposit) => Ok(*deposit.address()),
            Capability::Fetch(_) => Err(Refusal::NoCapability),
        })
    }

    /// Which mailbox may be read.
    pub(crate) fn fetch(&self, id: CapabilityId) -> Result<Address, Refusal> {
        self.with(id, |capability| match capability {
            Capability::Fetch(fetch) => Ok(*fetch.address()),
            Capability::Deposit(_) => Err(Refusal::NoCapability),
        })
    }

    /// Which mailbox it is of, whatever may be done there.
    pub(crate) fn any(&self, id: CapabilityId) -> Result<Address, Refusal> {
        self.with(id, |capability| match capability {
            Capability::Deposit(deposit) => Ok(*deposit.address()),
            Capability::Fetch(fetch) => Ok(*fetch.address()),
        })
    }

    /// In which mailbox entries may be deleted: an inbox alone (OS-MBX-003).
    pub(crate) fn release(&self, id: CapabilityId) -> Result<Address, Refusal> {
        self.with(id, |capability| match capability {
            Capability::Fetch(fetch) if fetch.may_release() => Ok(*fetch.address()),
            Capability::Fetch(_) => Err(Refusal::Denied),
            Capability::Deposit(_) => Err(Refusal::NoCapability),
        })
    }

    fn with(
        &self,
        CapabilityId(id): CapabilityId,
        address: impl FnOnce(&Capability) -> Result<Address, Refusal>,
    ) -> Result<Address, Refusal> {
        let proved = self.proved.lock().unwrap_or_else(PoisonError::into_inner);
        let index = usize::try_from(id).map_err(|_| Refusal::NoCapability)?;
        proved.get(index).ok_or(Refusal::NoCapability).and_then(address)
    }
}

fn same(one: &Capability, other: &Capability) -> bool {
    match (one, other) {
        (Capability::Fetch(a), Capability::Fetch(b)) => a.address() == b.address(),
        (Capability::Deposit(a), Capability::Deposit(b)) => a.address() == b.address(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use offshift_access::{DepositKey, FetchKey, Kind};
    use offshift_wire::RelayId;

    use super::*;

    fn here() -> Binding {
        Binding::new(RelayId::from_bytes([1; 32]), [2; 32])
    }

    fn fetch_of(table: &Capabilities, kind: Kind, seed: u32) -> Result<CapabilityId, Refusal> {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&seed.to_be_bytes());
        let (fetch, deposit) = (FetchKey::from_seed(&bytes), DepositKey::from_seed(&[9; 32]));
        let descriptor = Descriptor::new(kind, fetch.public(), deposit.public());
        let proof = fetch.prove(&descriptor.address(), &here());
        table.prove(Role::Fetch, &descriptor.encode(), *proof.as_bytes())
    }

    #[test]
    fn os_mbx_003_release_needs_a_fetch_capability_of_an_inbox() {
        let table = Capabilities::new(here());
        let inbox = fetch_of(&table, Kind::Inbox, 1).unwrap();
        let channel = fetch_of(&table, Kind::Channel, 1).unwrap();
        assert!(table.release(inbox).is_ok());
        assert_eq!(table.release(channel), Err(Refusal::Denied));
        assert_eq!(table.deposit(inbox), Err(Refusal::NoCapability));
        assert_eq!(table.fetch(CapabilityId(2)), Err(Refusal::NoCapability));
        assert!(table.any(inbox).is_ok() && table.any(CapabilityId(2)).is_err());
    }

    #[test]
    fn os_rel_021_capabilities_of_a_connection_are_bounded_and_not_counted_twice() {
        let table = Capabilities::new(here());
        let max = u32::try_from(CAPABILITIES_MAX).unwrap();
        for seed in 0..max {
            assert_eq!(fetch_of(&table, Kind::Inbox, seed), Ok(CapabilityId(seed)));
        }
        assert_eq!(fetch_of(&table, Kind::Inbox, max), Err(Refusal::Busy));
        assert_eq!(fetch_of(&table, Kind::Inbox, 7), Ok(CapabilityId(7)), "known already");
    }
}
