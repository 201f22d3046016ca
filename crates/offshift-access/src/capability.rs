//! Proofs, and the tokens that only a verified proof can make.

use ed25519_dalek::Signature;
use offshift_wire::{Address, RelayId, code::Role, relay::ProofBytes};

use crate::mailbox::{Descriptor, Kind};

const PROOF_LABEL: &[u8] = b"offshift access v1";
const STATEMENT: usize = PROOF_LABEL.len() + 1 + 32 + 32 + 32;

/// What ties a proof to one connection to one relay.
#[derive(Clone, Copy)]
pub struct Binding {
    relay: RelayId,
    exporter: [u8; 32],
}

impl Binding {
    /// The relay's identity and this connection's TLS exporter value.
    pub const fn new(relay: RelayId, exporter: [u8; 32]) -> Self {
        Self { relay, exporter }
    }

    /// Both, for what is bound to them otherwise than by a signature.
    pub(crate) fn bytes(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        let parts = self.relay.as_bytes().iter().chain(&self.exporter);
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = *from);
        bytes
    }
}

/// A signature that proves a capability on one connection.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Proof(ProofBytes);

impl Proof {
    /// The proof with these bytes.
    pub const fn from_bytes(bytes: ProofBytes) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &ProofBytes {
        &self.0
    }
}

/// The proof does not fit. It says nothing about the mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not fit the mailbox")]
pub struct Denied;

/// The verified right to read one mailbox on one connection. Only [`verify`] makes one.
pub struct FetchCapability {
    address: Address,
    kind: Kind,
}

impl FetchCapability {
    /// Of which mailbox.
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// Whether it is the right to release, too.
    pub fn may_release(&self) -> bool {
        self.kind == Kind::Inbox
    }
}

/// The verified right to append to one mailbox on one connection. Only [`verify`] makes one.
pub struct DepositCapability {
    address: Address,
}

impl DepositCapability {
    /// Of which mailbox.
    pub const fn address(&self) -> &Address {
        &self.address
    }
}

/// A verified capability of either role.
pub enum Capability {
    /// To read.
    Fetch(FetchCapability),
    /// To append.
    Deposit(DepositCapability),
}

/// Checks that `proof` was made by the key that `descriptor` names for `role`, for this connection.
///
/// It looks nothing up: whether the mailbox holds anything can't change the answer (OS-MBX-006).
///
/// # Errors
/// [`Denied`], whatever the reason.
pub fn verify(
    role: Role,
    descriptor: &Descriptor,
    proof: &Proof,
    binding: &Binding,
) -> Result<Capability, Denied> {
    let address = descriptor.address();
    let key = descriptor.verifier(role).ok_or(Denied)?;
    let signature = Signature::from_bytes(proof.as_bytes());
    key.verify_strict(&statement(role, &address, binding), &signature).map_err(|_| Denied)?;
    Ok(match role {
        Role::Fetch => Capability::Fetch(FetchCapability { address, kind: descriptor.kind() }),
        Role::Deposit => Capability::Deposit(DepositCapability { address }),
    })
}

/// The bytes that a proof signs (OS-MBX-004).
pub(crate) fn statement(role: Role, address: &Address, binding: &Binding) -> [u8; STATEMENT] {
    let mut bytes = [0; STATEMENT];
    let role = [role.number()];
    let parts: [&[u8]; 5] =
        [PROOF_LABEL, &role, address.as_bytes(), binding.relay.as_bytes(), &binding.exporter];
    for (to, from) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
        *to = *from;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DepositKey, FetchKey};

    fn binding(relay: u8, exporter: u8) -> Binding {
        Binding::new(RelayId::from_bytes([relay; 32]), [exporter; 32])
    }

    fn mailbox(kind: Kind, seed: u8) -> (FetchKey, DepositKey, Descriptor) {
        let fetch = FetchKey::from_seed(&[seed; 32]);
        let deposit = DepositKey::from_seed(&[seed.wrapping_add(1); 32]);
        let descriptor = Descriptor::new(kind, fetch.public(), deposit.public());
        (fetch, deposit, descriptor)
    }

    fn accepted(role: Role, descriptor: &Descriptor, proof: &Proof, on: &Binding) -> bool {
        verify(role, descriptor, proof, on).is_ok()
    }

    #[test]
    fn os_mbx_004_a_proof_is_good_for_its_role_mailbox_relay_and_connection_only() {
        let (fetch, deposit, descriptor) = mailbox(Kind::Inbox, 1);
        let (_, _, other) = mailbox(Kind::Channel, 1);
        let here = binding(1, 1);
        let proof = fetch.prove(&descriptor.address(), &here);
        assert!(accepted(Role::Fetch, &descriptor, &proof, &here), "the twin: all fits");
        assert!(!accepted(Role::Deposit, &descriptor, &proof, &here), "another role");
        assert!(!accepted(Role::Fetch, &other, &proof, &here), "another mailbox, same keys");
        assert!(!accepted(Role::Fetch, &descriptor, &proof, &binding(2, 1)), "another relay");
        assert!(!accepted(Role::Fetch, &descriptor, &proof, &binding(1, 2)), "another connection");
        let wrong_key = deposit.prove(&descriptor.address(), &here);
        assert!(!accepted(Role::Fetch, &descriptor, &wrong_key, &here), "another key");
        assert!(accepted(Role::Deposit, &descriptor, &wrong_key, &here), "the twin: its own role");
    }

    #[test]
    fn os_mbx_003_only_an_inbox_capability_may_release() {
        for (kind, may) in [(Kind::Inbox, true), (Kind::Channel, false)] {
            let (fetch, _, descriptor) = mailbox(kind, 4);
            let here = binding(1, 1);
            let proof = fetch.prove(&descriptor.address(), &here);
            let Ok(Capability::Fetch(capability)) = verify(Role::Fetch, &descriptor, &proof, &here)
            else {
                panic!("a good proof is accepted");
            };
            assert_eq!(capability.may_release(), may);
        }
    }

    #[test]
    fn os_mbx_001_every_bit_of_a_descriptor_changes_the_address() {
        let (_, _, descriptor) = mailbox(Kind::Inbox, 7);
        let bytes = descriptor.encode();
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes;
            other[bit / 8] ^= 1 << (bit % 8);
            if let Ok(other) = Descriptor::decode(&other) {
                assert!(other.address() != descriptor.address());
            }
        }
        assert!(Descriptor::decode(&bytes).unwrap() == descriptor);
    }
}
