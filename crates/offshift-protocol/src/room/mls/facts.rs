//! What the rules read of a staged commit: OpenMLS's types end here.

use offshift_wire::MemberId;
use openmls::prelude::{
    BasicCredential, Credential, CredentialType, Extensions, GroupContext, KeyPackage, LeafNode,
    Member, Proposal, ProposalOrRefType, StagedCommit, VLBytes,
    tls_codec::{DeserializeBytes as _, Serialize},
};

use super::{capabilities, ciphersuite, lifetime, policy_in};
use crate::{
    admission::{CommitFacts, Newcomer, PathLeaf},
    derive::hash,
    room::{id::Suite, roster::Leaf},
    seal::{DhPublicKey, KemPublicKey},
};

/// The leaf of a member, if its key and credential have the one form that this version makes.
pub(super) fn leaf(member: &Member) -> Option<Leaf> {
    Some(Leaf {
        index: member.index.u32(),
        id: member_id(&member.signature_key)?,
        identity: identity(&member.credential)?,
    })
}

/// Whether a leaf declares exactly what this version does, and nothing besides.
pub(super) fn is_plain(leaf: &LeafNode, suite: Suite) -> bool {
    *leaf.capabilities() == capabilities(suite)
        && leaf.extensions().iter().next().is_none()
        && holds_usable(leaf.encryption_key(), suite)
}

fn holds_usable(key: &impl Serialize, suite: Suite) -> bool {
    let key = key.tls_serialize_detached().unwrap_or_default();
    VLBytes::tls_deserialize_exact_bytes(&key).is_ok_and(|key| is_usable(key.as_slice(), suite))
}

/// Whether anything can be sealed to this key. A leaf whose key is not would keep everybody from committing.
pub(super) fn is_usable(key: &[u8], suite: Suite) -> bool {
    match suite {
        Suite::XWing => KemPublicKey::decode(key).is_ok(),
        Suite::Classical => DhPublicKey::decode(key).is_ok(),
    }
}

pub(super) fn of_staged(
    staged: &StagedCommit,
    committer: u32,
    data: &[u8],
    suite: Suite,
) -> CommitFacts {
    let mut facts = CommitFacts::new(committer, data);
    for queued in staged.queued_proposals() {
        facts.by_reference |= queued.proposal_or_ref_type() == ProposalOrRefType::Reference;
        match queued.proposal() {
            Proposal::Add(add) => facts.add(add.key_package(), suite),
            Proposal::Remove(remove) => facts.removed.push(remove.removed().u32()),
            Proposal::GroupContextExtensions(context) => facts.policy(context.extensions()),
            _ => facts.other_kind = true,
        }
    }
    if let Some(leaf) = staged.update_path_leaf_node() {
        facts.path = Some(path_leaf(
            leaf.signature_key().as_slice(),
            leaf.credential(),
            is_plain(leaf, suite),
        ));
    }
    facts
}

/// A key or credential of another form is not plain, so its empty stand-in here decides nothing.
pub(super) fn path_leaf(key: &[u8], credential: &Credential, plain: bool) -> PathLeaf {
    let (id, identity) = (member_id(key), identity(credential));
    PathLeaf {
        plain: plain && id.is_some() && identity.is_some(),
        id: id.unwrap_or(MemberId::from_bytes([0; 32])),
        identity: identity.unwrap_or_default(),
    }
}

impl CommitFacts {
    pub(super) fn new(committer: u32, data: &[u8]) -> Self {
        Self {
            committer,
            data: data.to_vec(),
            newcomers: Vec::new(),
            removed: Vec::new(),
            policies: Vec::new(),
            by_reference: false,
            other_kind: false,
            path: None,
        }
    }

    pub(super) fn add(&mut self, package: &KeyPackage, suite: Suite) {
        self.newcomers.push(newcomer(package, suite));
    }

    pub(super) fn policy(&mut self, context: &Extensions<GroupContext>) {
        self.policies.push(policy_in(context).ok());
    }
}

/// What the rules read of a key package.
pub(crate) fn newcomer(package: &KeyPackage, suite: Suite) -> Newcomer {
    let leaf = package.leaf_node();
    let (id, identity) = (member_id(leaf.signature_key().as_slice()), identity(leaf.credential()));
    let plain = is_plain(leaf, suite)
        && id.is_some()
        && identity.is_some()
        && package.ciphersuite() == ciphersuite(suite)
        && *package.life_time() == lifetime()
        && holds_usable(package.hpke_init_key(), suite)
        && package.extensions().iter().next().is_none();
    Newcomer {
        id: id.unwrap_or(MemberId::from_bytes([0; 32])),
        identity: identity.unwrap_or_default(),
        package: package_hash(package),
        plain,
    }
}

/// SHA-256 of a key package's TLS encoding: how vouches name it.
pub(crate) fn package_hash(package: &KeyPackage) -> [u8; 32] {
    hash(&[&package.tls_serialize_detached().unwrap_or_default()])
}

fn member_id(key: &[u8]) -> Option<MemberId> {
    key.try_into().ok().map(MemberId::from_bytes)
}

fn identity(credential: &Credential) -> Option<Vec<u8>> {
    if credential.credential_type() != CredentialType::Basic {
        return None;
    }
    BasicCredential::try_from(credential.clone()).ok().map(|basic| basic.identity().to_vec())
}
