//! What OpenMLS asks for: primitives, randomness, storage, and the key of one member.

use ed25519_dalek::SigningKey;
use offshift_wire::{MemberId, admission::SignatureBytes, room::MemberInfo};
use openmls::prelude::{BasicCredential, CredentialWithKey, OpenMlsProvider};
use openmls_traits::{
    signatures::{Signer, SignerError},
    types::SignatureScheme,
};
use zeroize::Zeroizing;

use super::{
    crypto::{Crypto, Seed},
    storage::Storage,
};
use crate::admission::signed::Statement;

/// The signature key of one member in one room. It erases itself; its public half is computed once.
pub(crate) struct RoomKey(SigningKey);

impl RoomKey {
    pub(crate) fn from_seed(seed: &Zeroizing<[u8; 32]>) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    pub(crate) fn id(&self) -> MemberId {
        MemberId::from_bytes(self.0.verifying_key().to_bytes())
    }

    /// Signs words of admission. Never anything that MLS could take for its own: the statement bears its label.
    pub(crate) fn sign_statement(&self, statement: &Statement) -> SignatureBytes {
        ed25519_dalek::Signer::sign(&self.0, statement.bytes()).to_bytes()
    }

    pub(crate) fn credential(&self, info: &MemberInfo) -> CredentialWithKey {
        CredentialWithKey {
            credential: BasicCredential::new(info.encode()).into(),
            signature_key: self.id().as_bytes().to_vec().into(),
        }
    }
}

impl Signer for RoomKey {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        Ok(ed25519_dalek::Signer::sign(&self.0, payload).to_bytes().to_vec())
    }

    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}

/// What OpenMLS asks for: primitives, randomness, storage.
#[derive(Default)]
pub(crate) struct Provider {
    pub(super) crypto: Crypto,
    pub(super) storage: Storage,
}

impl Provider {
    pub(crate) fn new(storage: Storage, seed: Option<Seed>) -> Self {
        let provider = Self { crypto: Crypto::default(), storage };
        provider.crypto.set_seed(seed);
        provider
    }

    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        self.storage.encode()
    }

    #[cfg(test)]
    pub(crate) fn set_seed_for_testing(&self, seed: u8) {
        self.crypto.set_seed(Some(Zeroizing::new([seed; 32])));
    }
}

impl OpenMlsProvider for Provider {
    type CryptoProvider = Crypto;
    type RandProvider = Crypto;
    type StorageProvider = Storage;

    fn storage(&self) -> &Storage {
        &self.storage
    }

    fn crypto(&self) -> &Crypto {
        &self.crypto
    }

    fn rand(&self) -> &Crypto {
        &self.crypto
    }
}
