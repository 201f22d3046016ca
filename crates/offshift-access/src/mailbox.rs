//! Mailbox descriptors and the two keys that they name.

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use offshift_wire::{Address, Malformed, code::Role, relay::DescriptorBytes};
use sha2::{Digest, Sha256};

use crate::capability::{Binding, Proof, statement};

const VERSION: u8 = 1;
const ADDRESS_LABEL: &[u8] = b"offshift mailbox v1";

/// What its readers may do besides reading (OS-MBX-003).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Owned by one device: the holder of the fetch key may release envelopes.
    Inbox,
    /// Shared by many: nobody may release, only time removes.
    Channel,
}

impl Kind {
    const fn number(self) -> u8 {
        match self {
            Self::Inbox => 1,
            Self::Channel => 2,
        }
    }
}

/// Verifies fetch proofs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FetchPublicKey([u8; 32]);

/// Verifies deposit proofs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DepositPublicKey([u8; 32]);

/// Proves the right to fetch (and, in an inbox, to release). Zeroized when dropped.
pub struct FetchKey(SigningKey);

/// Proves the right to deposit. Zeroized when dropped.
pub struct DepositKey(SigningKey);

impl FetchKey {
    /// The key of this seed (RFC 8032, section 5.1.5): 32 uniformly random or derived secret bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its public half.
    pub fn public(&self) -> FetchPublicKey {
        FetchPublicKey(self.0.verifying_key().to_bytes())
    }

    /// A proof of the right to fetch from `address` on the connection of `binding`.
    pub fn prove(&self, address: &Address, binding: &Binding) -> Proof {
        Proof::from_bytes(self.0.sign(&statement(Role::Fetch, address, binding)).to_bytes())
    }
}

impl DepositKey {
    /// The key of this seed (RFC 8032, section 5.1.5): 32 uniformly random or derived secret bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its public half.
    pub fn public(&self) -> DepositPublicKey {
        DepositPublicKey(self.0.verifying_key().to_bytes())
    }

    /// A proof of the right to deposit to `address` on the connection of `binding`.
    pub fn prove(&self, address: &Address, binding: &Binding) -> Proof {
        Proof::from_bytes(self.0.sign(&statement(Role::Deposit, address, binding)).to_bytes())
    }
}

/// The access rules of a mailbox, from which its address follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Descriptor {
    kind: Kind,
    fetch: FetchPublicKey,
    deposit: DepositPublicKey,
}

impl Descriptor {
    /// The rules: who may fetch, who may deposit, and what kind of mailbox it is.
    pub const fn new(kind: Kind, fetch: FetchPublicKey, deposit: DepositPublicKey) -> Self {
        Self { kind, fetch, deposit }
    }

    /// Its kind.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether `key` is the one that it names for deposits.
    pub fn names(&self, key: &DepositKey) -> bool {
        self.deposit == key.public()
    }

    /// Its 66 bytes: version, kind, fetch key, deposit key.
    pub fn encode(&self) -> DescriptorBytes {
        let mut bytes = [0; 66];
        let parts: [&[u8]; 3] = [&[VERSION, self.kind.number()], &self.fetch.0, &self.deposit.0];
        for (to, from) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *to = *from;
        }
        bytes
    }

    /// The descriptor with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when the version or the kind is unknown. Keys are checked when a proof is.
    pub fn decode(bytes: &DescriptorBytes) -> Result<Self, Malformed> {
        let (head, keys) = bytes.split_first_chunk::<2>().ok_or(Malformed("descriptor"))?;
        let (fetch, deposit) = keys.split_first_chunk::<32>().ok_or(Malformed("descriptor"))?;
        let kind = match head {
            [VERSION, 1] => Kind::Inbox,
            [VERSION, 2] => Kind::Channel,
            _ => return Err(Malformed("descriptor version or kind")),
        };
        let deposit = deposit.try_into().map_err(|_| Malformed("descriptor"))?;
        Ok(Self { kind, fetch: FetchPublicKey(*fetch), deposit: DepositPublicKey(deposit) })
    }

    /// Its address (OS-MBX-001).
    pub fn address(&self) -> Address {
        let mut hash = Sha256::new();
        hash.update(ADDRESS_LABEL);
        hash.update(self.encode());
        Address::from_bytes(hash.finalize().into())
    }

    /// The key that verifies proofs of `role`, if its bytes are a point.
    pub(crate) fn verifier(&self, role: Role) -> Option<VerifyingKey> {
        let bytes = match role {
            Role::Fetch => &self.fetch.0,
            Role::Deposit => &self.deposit.0,
        };
        VerifyingKey::from_bytes(bytes).ok()
    }
}
