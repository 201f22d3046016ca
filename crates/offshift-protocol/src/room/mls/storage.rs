//! Where MLS keeps a group: a map in memory, copied cheaply and exported as one record.
//!
//! ```text
//! OpenMLS value -> postcard -> map[tag | key] ;  the whole map <-> one record of the vault
//! ```
//! The group's configuration alone is CBOR: OpenMLS reads it by a format that describes itself.
//! A snapshot of the map before each step makes a refused message leave nothing behind (N9).

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use offshift_wire::Malformed;
use openmls_traits::storage::{CURRENT_VERSION, StorageProvider, traits};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::record::{Reader, Writer};

const V: u16 = CURRENT_VERSION;
const RECORD: u8 = 1;

type Map = BTreeMap<Vec<u8>, Arc<Zeroizing<Vec<u8>>>>;

/// A value could not be written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a group's record is damaged")]
pub(crate) struct StorageError;

/// The map.
#[derive(Default)]
pub(crate) struct Storage {
    map: RefCell<Map>,
}

/// The map as it was at one moment.
pub(crate) struct Snapshot(Map);

#[derive(Clone, Copy)]
enum Tag {
    JoinConfig = 1,
    OwnLeafNodes,
    Proposal,
    Tree,
    InterimHash,
    Context,
    Confirmation,
    GroupState,
    MessageSecrets,
    ResumptionPsks,
    OwnLeafIndex,
    EpochSecrets,
    SignatureKey,
    EncryptionKey,
    EpochKeys,
    KeyPackage,
    Psk,
}

impl Storage {
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot(self.map.borrow().clone())
    }

    pub(crate) fn restore(&self, snapshot: Snapshot) {
        self.map.replace(snapshot.0);
    }

    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let map = self.map.borrow();
        let bytes = map.iter().map(|(key, value)| key.len() + value.len() + 8).sum::<usize>();
        let record = Writer::sized(RECORD, bytes + 8);
        record.list(map.iter(), |w, (key, value)| w.bytes(key).bytes(value)).done()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes, RECORD)?;
        let entries = reader.list(|r| {
            let key = r.bytes()?.to_vec();
            Ok((key, Arc::new(Zeroizing::new(r.bytes()?.to_vec()))))
        })?;
        reader.done()?;
        Ok(Self { map: RefCell::new(entries.into_iter().collect()) })
    }

    fn put(&self, key: Vec<u8>, value: &(impl Serialize + ?Sized)) -> Result<(), StorageError> {
        let value = postcard::to_allocvec(value).map_err(|_| StorageError)?;
        self.map.borrow_mut().insert(key, Arc::new(Zeroizing::new(value)));
        Ok(())
    }

    fn value<T: DeserializeOwned>(&self, key: &[u8]) -> Result<Option<T>, StorageError> {
        let Some(bytes) = self.map.borrow().get(key).cloned() else { return Ok(None) };
        let (value, rest) = postcard::take_from_bytes(&bytes).map_err(|_| StorageError)?;
        if rest.is_empty() { Ok(Some(value)) } else { Err(StorageError) }
    }

    fn erase(&self, key: &[u8]) -> Result<(), StorageError> {
        self.map.borrow_mut().remove(key);
        Ok(())
    }

    /// Lists are kept as lists of encoded items: their types are not known where one is removed.
    fn list(&self, key: &[u8]) -> Result<Vec<Vec<u8>>, StorageError> {
        Ok(self.value(key)?.unwrap_or_default())
    }
}

fn key(tag: Tag, parts: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, StorageError> {
    let parts = postcard::to_allocvec(parts).map_err(|_| StorageError)?;
    Ok(std::iter::once(tag as u8).chain(parts).collect())
}

fn encoded(value: &impl Serialize) -> Result<Vec<u8>, StorageError> {
    postcard::to_allocvec(value).map_err(|_| StorageError)
}

fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StorageError> {
    postcard::from_bytes(bytes).map_err(|_| StorageError)
}

impl StorageProvider<V> for Storage {
    type Error = StorageError;

    fn write_mls_join_config<G: traits::GroupId<V>, T: traits::MlsGroupJoinConfig<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        let mut bytes = Vec::new();
        ciborium::into_writer(value, &mut bytes).map_err(|_| StorageError)?;
        self.put(key(Tag::JoinConfig, id)?, &bytes)
    }

    fn append_own_leaf_node<G: traits::GroupId<V>, T: traits::LeafNode<V>>(
        &self,
        id: &G,
        leaf: &T,
    ) -> Result<(), StorageError> {
        let key = key(Tag::OwnLeafNodes, id)?;
        let mut list = self.list(&key)?;
        list.push(encoded(leaf)?);
        self.put(key, &list)
    }

    fn queue_proposal<
        G: traits::GroupId<V>,
        R: traits::ProposalRef<V>,
        T: traits::QueuedProposal<V>,
    >(
        &self,
        id: &G,
        reference: &R,
        proposal: &T,
    ) -> Result<(), StorageError> {
        let key = key(Tag::Proposal, id)?;
        let mut list: Vec<(Vec<u8>, Vec<u8>)> = self.value(&key)?.unwrap_or_default();
        list.push((encoded(reference)?, encoded(proposal)?));
        self.put(key, &list)
    }

    fn write_tree<G: traits::GroupId<V>, T: traits::TreeSync<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::Tree, id)?, value)
    }

    fn write_interim_transcript_hash<G: traits::GroupId<V>, T: traits::InterimTranscriptHash<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::InterimHash, id)?, value)
    }

    fn write_context<G: traits::GroupId<V>, T: traits::GroupContext<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::Context, id)?, value)
    }

    fn write_confirmation_tag<G: traits::GroupId<V>, T: traits::ConfirmationTag<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::Confirmation, id)?, value)
    }

    fn write_group_state<T: traits::GroupState<V>, G: traits::GroupId<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::GroupState, id)?, value)
    }

    fn write_message_secrets<G: traits::GroupId<V>, T: traits::MessageSecrets<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::MessageSecrets, id)?, value)
    }

    fn write_resumption_psk_store<G: traits::GroupId<V>, T: traits::ResumptionPskStore<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::ResumptionPsks, id)?, value)
    }

    fn write_own_leaf_index<G: traits::GroupId<V>, T: traits::LeafNodeIndex<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::OwnLeafIndex, id)?, value)
    }

    fn write_group_epoch_secrets<G: traits::GroupId<V>, T: traits::GroupEpochSecrets<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::EpochSecrets, id)?, value)
    }

    fn write_signature_key_pair<
        G: traits::SignaturePublicKey<V>,
        T: traits::SignatureKeyPair<V>,
    >(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::SignatureKey, id)?, value)
    }

    fn write_encryption_key_pair<G: traits::EncryptionKey<V>, T: traits::HpkeKeyPair<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::EncryptionKey, id)?, value)
    }

    fn write_encryption_epoch_key_pairs<
        G: traits::GroupId<V>,
        E: traits::EpochKey<V>,
        T: traits::HpkeKeyPair<V>,
    >(
        &self,
        id: &G,
        epoch: &E,
        leaf: u32,
        pairs: &[T],
    ) -> Result<(), StorageError> {
        self.put(key(Tag::EpochKeys, &(id, epoch, leaf))?, pairs)
    }

    fn write_key_package<G: traits::HashReference<V>, T: traits::KeyPackage<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::KeyPackage, id)?, value)
    }

    fn write_psk<G: traits::PskId<V>, T: traits::PskBundle<V>>(
        &self,
        id: &G,
        value: &T,
    ) -> Result<(), StorageError> {
        self.put(key(Tag::Psk, id)?, value)
    }

    fn mls_group_join_config<G: traits::GroupId<V>, T: traits::MlsGroupJoinConfig<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        let Some(bytes) = self.value::<Vec<u8>>(&key(Tag::JoinConfig, id)?)? else {
            return Ok(None);
        };
        ciborium::from_reader(bytes.as_slice()).map(Some).map_err(|_| StorageError)
    }

    fn own_leaf_nodes<G: traits::GroupId<V>, T: traits::LeafNode<V>>(
        &self,
        id: &G,
    ) -> Result<Vec<T>, StorageError> {
        self.list(&key(Tag::OwnLeafNodes, id)?)?.iter().map(|leaf| decoded(leaf)).collect()
    }

    fn queued_proposal_refs<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(
        &self,
        id: &G,
    ) -> Result<Vec<R>, StorageError> {
        let list: Vec<(Vec<u8>, Vec<u8>)> =
            self.value(&key(Tag::Proposal, id)?)?.unwrap_or_default();
        list.iter().map(|(reference, _)| decoded(reference)).collect()
    }

    fn queued_proposals<
        G: traits::GroupId<V>,
        R: traits::ProposalRef<V>,
        T: traits::QueuedProposal<V>,
    >(
        &self,
        id: &G,
    ) -> Result<Vec<(R, T)>, StorageError> {
        let list: Vec<(Vec<u8>, Vec<u8>)> =
            self.value(&key(Tag::Proposal, id)?)?.unwrap_or_default();
        list.iter().map(|(r, proposal)| Ok((decoded(r)?, decoded(proposal)?))).collect()
    }

    fn tree<G: traits::GroupId<V>, T: traits::TreeSync<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::Tree, id)?)
    }

    fn group_context<G: traits::GroupId<V>, T: traits::GroupContext<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::Context, id)?)
    }

    fn interim_transcript_hash<G: traits::GroupId<V>, T: traits::InterimTranscriptHash<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::InterimHash, id)?)
    }

    fn confirmation_tag<G: traits::GroupId<V>, T: traits::ConfirmationTag<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::Confirmation, id)?)
    }

    fn group_state<T: traits::GroupState<V>, G: traits::GroupId<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::GroupState, id)?)
    }

    fn message_secrets<G: traits::GroupId<V>, T: traits::MessageSecrets<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::MessageSecrets, id)?)
    }

    fn resumption_psk_store<G: traits::GroupId<V>, T: traits::ResumptionPskStore<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::ResumptionPsks, id)?)
    }

    fn own_leaf_index<G: traits::GroupId<V>, T: traits::LeafNodeIndex<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::OwnLeafIndex, id)?)
    }

    fn group_epoch_secrets<G: traits::GroupId<V>, T: traits::GroupEpochSecrets<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::EpochSecrets, id)?)
    }

    fn signature_key_pair<G: traits::SignaturePublicKey<V>, T: traits::SignatureKeyPair<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::SignatureKey, id)?)
    }

    fn encryption_key_pair<T: traits::HpkeKeyPair<V>, G: traits::EncryptionKey<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::EncryptionKey, id)?)
    }

    fn encryption_epoch_key_pairs<
        G: traits::GroupId<V>,
        E: traits::EpochKey<V>,
        T: traits::HpkeKeyPair<V>,
    >(
        &self,
        id: &G,
        epoch: &E,
        leaf: u32,
    ) -> Result<Vec<T>, StorageError> {
        Ok(self.value(&key(Tag::EpochKeys, &(id, epoch, leaf))?)?.unwrap_or_default())
    }

    fn key_package<G: traits::HashReference<V>, T: traits::KeyPackage<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::KeyPackage, id)?)
    }

    fn psk<T: traits::PskBundle<V>, G: traits::PskId<V>>(
        &self,
        id: &G,
    ) -> Result<Option<T>, StorageError> {
        self.value(&key(Tag::Psk, id)?)
    }

    fn remove_proposal<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(
        &self,
        id: &G,
        reference: &R,
    ) -> Result<(), StorageError> {
        let (key, gone) = (key(Tag::Proposal, id)?, encoded(reference)?);
        let mut list: Vec<(Vec<u8>, Vec<u8>)> = self.value(&key)?.unwrap_or_default();
        list.retain(|(reference, _)| *reference != gone);
        self.put(key, &list)
    }

    fn delete_own_leaf_nodes<G: traits::GroupId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::OwnLeafNodes, id)?)
    }

    fn delete_group_config<G: traits::GroupId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::JoinConfig, id)?)
    }

    fn delete_tree<G: traits::GroupId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::Tree, id)?)
    }

    fn delete_confirmation_tag<G: traits::GroupId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::Confirmation, id)?)
    }

    fn delete_group_state<G: traits::GroupId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::GroupState, id)?)
    }

    fn delete_context<G: traits::GroupId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::Context, id)?)
    }

    fn delete_interim_transcript_hash<G: traits::GroupId<V>>(
        &self,
        id: &G,
    ) -> Result<(), StorageError> {
        self.erase(&key(Tag::InterimHash, id)?)
    }

    fn delete_message_secrets<G: traits::GroupId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::MessageSecrets, id)?)
    }

    fn delete_all_resumption_psk_secrets<G: traits::GroupId<V>>(
        &self,
        id: &G,
    ) -> Result<(), StorageError> {
        self.erase(&key(Tag::ResumptionPsks, id)?)
    }

    fn delete_own_leaf_index<G: traits::GroupId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::OwnLeafIndex, id)?)
    }

    fn delete_group_epoch_secrets<G: traits::GroupId<V>>(
        &self,
        id: &G,
    ) -> Result<(), StorageError> {
        self.erase(&key(Tag::EpochSecrets, id)?)
    }

    fn clear_proposal_queue<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(
        &self,
        id: &G,
    ) -> Result<(), StorageError> {
        self.erase(&key(Tag::Proposal, id)?)
    }

    fn delete_signature_key_pair<G: traits::SignaturePublicKey<V>>(
        &self,
        id: &G,
    ) -> Result<(), StorageError> {
        self.erase(&key(Tag::SignatureKey, id)?)
    }

    fn delete_encryption_key_pair<G: traits::EncryptionKey<V>>(
        &self,
        id: &G,
    ) -> Result<(), StorageError> {
        self.erase(&key(Tag::EncryptionKey, id)?)
    }

    fn delete_encryption_epoch_key_pairs<G: traits::GroupId<V>, E: traits::EpochKey<V>>(
        &self,
        id: &G,
        epoch: &E,
        leaf: u32,
    ) -> Result<(), StorageError> {
        self.erase(&key(Tag::EpochKeys, &(id, epoch, leaf))?)
    }

    fn delete_key_package<G: traits::HashReference<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::KeyPackage, id)?)
    }

    fn delete_psk<G: traits::PskId<V>>(&self, id: &G) -> Result<(), StorageError> {
        self.erase(&key(Tag::Psk, id)?)
    }
}
