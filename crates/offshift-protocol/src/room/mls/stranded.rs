//! A commit whose secrets for this device don't open: what would it have done?
//!
//! OpenMLS gives a staged commit only when everything opened. But whether such a commit binds the room is a
//! question that the others, for whom it opened, answer by the rules. So its proposals are read here, from
//! the plaintext whose signature OpenMLS has verified, and the same rules answer (OS-ORD-008).
//!
//! ```text
//! sender data: leaf (4) ...        content: proposals<V> | path? ( encryption key<V> | signature key<V> |
//!                                            credential | capabilities | source | parent hash<V> | extensions<V> ...)
//! ```

use openmls::prelude::{
    AddProposalIn, ApplyUpdatePathError, Capabilities, Credential, KeyPackageIn, ProposalIn,
    ProposalOrRefIn, ProtocolVersion, VLBytes,
    tls_codec::{DeserializeBytes, Serialize as _},
};

use super::{
    capabilities,
    crypto::{Crypto, Tapped},
    facts::{is_usable, path_leaf},
};
use crate::{
    admission::{CommitFacts, PathLeaf},
    room::id::Suite,
};

/// `LeafNodeSource` of a leaf in an update path (RFC 9420, section 7.2).
const SOURCE_COMMIT: u8 = 3;

/// Whether a path fails for one member while it may open for others. What fails for all alike is no commit.
///
/// `LibraryError`: a secret that opened and is too short for keys to follow from it, which the others can't see.
pub(super) const fn is_for_one_member(error: &ApplyUpdatePathError) -> bool {
    matches!(
        error,
        ApplyUpdatePathError::UnableToDecrypt
            | ApplyUpdatePathError::PathMismatch
            | ApplyUpdatePathError::MissingCiphertext
            | ApplyUpdatePathError::LibraryError(_)
    )
}

/// The facts of the commit in these plaintexts.
pub(super) fn facts(
    crypto: &Crypto,
    tapped: &Tapped,
    data: &[u8],
    suite: Suite,
) -> Option<CommitFacts> {
    let [sender_data, content] = tapped.as_slice() else { return None };
    let committer = u32::from_be_bytes(*sender_data.first_chunk::<4>()?);
    let (proposals, rest) = Vec::<ProposalOrRefIn>::tls_deserialize_bytes(content).ok()?;
    let mut facts = CommitFacts::new(committer, data);
    for proposal in proposals {
        match proposal {
            ProposalOrRefIn::Proposal(proposal) => read(&mut facts, crypto, *proposal, suite)?,
            ProposalOrRefIn::Reference(_) => facts.by_reference = true,
        }
    }
    facts.path = path(rest, suite);
    Some(facts)
}

fn read(
    facts: &mut CommitFacts,
    crypto: &Crypto,
    proposal: ProposalIn,
    suite: Suite,
) -> Option<()> {
    match proposal {
        ProposalIn::Add(add) => facts.add(&key_package(crypto, &add)?, suite),
        ProposalIn::Remove(remove) => facts.removed.push(remove.removed().u32()),
        ProposalIn::GroupContextExtensions(context) => {
            let bytes = context.tls_serialize_detached().ok()?;
            let context = openmls::prelude::Extensions::tls_deserialize_exact_bytes(&bytes).ok()?;
            facts.policy(&context);
        }
        _ => facts.other_kind = true,
    }
    Some(())
}

fn key_package(crypto: &Crypto, add: &AddProposalIn) -> Option<openmls::prelude::KeyPackage> {
    let bytes = add.tls_serialize_detached().ok()?;
    let package = KeyPackageIn::tls_deserialize_exact_bytes(&bytes).ok()?;
    package.validate(crypto, ProtocolVersion::Mls10).ok()
}

fn path(bytes: &[u8], suite: Suite) -> Option<PathLeaf> {
    let (present, rest) = u8::tls_deserialize_bytes(bytes).ok()?;
    if present != 1 {
        return None;
    }
    let (encryption_key, rest) = VLBytes::tls_deserialize_bytes(rest).ok()?;
    let (key, rest) = VLBytes::tls_deserialize_bytes(rest).ok()?;
    let (credential, rest) = Credential::tls_deserialize_bytes(rest).ok()?;
    let (declared, rest) = Capabilities::tls_deserialize_bytes(rest).ok()?;
    let (source, rest) = u8::tls_deserialize_bytes(rest).ok()?;
    let (_parent_hash, rest) = VLBytes::tls_deserialize_bytes(rest).ok()?;
    let (extensions, _) = VLBytes::tls_deserialize_bytes(rest).ok()?;
    let plain = declared == capabilities(suite)
        && source == SOURCE_COMMIT
        && extensions.as_slice().is_empty()
        && is_usable(encryption_key.as_slice(), suite);
    Some(path_leaf(key.as_slice(), &credential, plain))
}
