//! The one form that leaves, key packages and group contexts have in this version.

use offshift_wire::{Malformed, room::Policy};
use openmls::prelude::{
    Capabilities, Ciphersuite, CredentialType, Extension, ExtensionType, Extensions, GroupContext,
    Lifetime, MlsGroupCreateConfig, MlsGroupJoinConfig, PURE_CIPHERTEXT_WIRE_FORMAT_POLICY,
    ProtocolVersion, RequiredCapabilitiesExtension, SenderRatchetConfiguration, UnknownExtension,
};

use super::crypto::{CLASSICAL, X_WING};
use crate::{
    bug::Bug,
    limits::{GENERATION_LATE_MAX, GENERATION_SKIP_MAX},
    room::id::Suite,
};

/// The group context extension that carries the policy: a number of the private range.
pub(crate) const POLICY_EXTENSION: u16 = 0xF0F5;

/// The MLS cipher suite of a room's suite.
pub(crate) const fn ciphersuite(suite: Suite) -> Ciphersuite {
    match suite {
        Suite::XWing => X_WING,
        Suite::Classical => CLASSICAL,
    }
}

/// What every leaf of a suite declares, exactly.
pub(crate) fn capabilities(suite: Suite) -> Capabilities {
    Capabilities::new(
        Some(&[ProtocolVersion::Mls10]),
        Some(&[ciphersuite(suite)]),
        Some(&[ExtensionType::Unknown(POLICY_EXTENSION)]),
        Some(&[]),
        Some(&[CredentialType::Basic]),
    )
}

/// From the beginning to the end of time: no clock decides about it.
pub(crate) fn lifetime() -> Lifetime {
    Lifetime::init(0, u64::MAX)
}

/// The group context extensions of a policy: exactly these two, in this order.
pub(crate) fn extensions(policy: &Policy) -> Result<Extensions<GroupContext>, Bug> {
    let required = RequiredCapabilitiesExtension::new(
        &[ExtensionType::Unknown(POLICY_EXTENSION)],
        &[],
        &[CredentialType::Basic],
    );
    Extensions::from_vec(vec![
        Extension::RequiredCapabilities(required),
        Extension::Unknown(POLICY_EXTENSION, UnknownExtension(policy.encode())),
    ])
    .map_err(|_| Bug("group context extensions"))
}

/// The policy in group context extensions, if they are exactly what [`extensions`] makes.
pub(crate) fn policy_in(found: &Extensions<GroupContext>) -> Result<Policy, Malformed> {
    const BAD: Malformed = Malformed("group context extensions");
    let bytes = found.unknown(POLICY_EXTENSION).ok_or(BAD)?;
    let policy = Policy::decode(&bytes.0)?;
    let expected = extensions(&policy).map_err(|_| BAD)?;
    if *found == expected { Ok(policy) } else { Err(BAD) }
}

fn ratchets() -> SenderRatchetConfiguration {
    SenderRatchetConfiguration::new(GENERATION_LATE_MAX, GENERATION_SKIP_MAX)
}

pub(crate) fn create_config(suite: Suite, policy: &Policy) -> Result<MlsGroupCreateConfig, Bug> {
    Ok(MlsGroupCreateConfig::builder()
        .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
        .max_past_epochs(0)
        .number_of_resumption_psks(0)
        .use_ratchet_tree_extension(true)
        .sender_ratchet_configuration(ratchets())
        .lifetime(lifetime())
        .ciphersuite(ciphersuite(suite))
        .capabilities(capabilities(suite))
        .with_group_context_extensions(extensions(policy)?)
        .build())
}

pub(crate) fn join_config() -> MlsGroupJoinConfig {
    MlsGroupJoinConfig::builder()
        .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
        .max_past_epochs(0)
        .number_of_resumption_psks(0)
        .use_ratchet_tree_extension(true)
        .sender_ratchet_configuration(ratchets())
        .build()
}
