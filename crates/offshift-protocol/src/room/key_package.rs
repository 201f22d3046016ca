//! Key packages: what a newcomer hands out before there is a room, and the private half that stays.
//!
//! Each is made for one application and used once. Its lifetime is fixed from the beginning to the end of
//! time, so that no device's clock decides whether it is valid; what ends it is that its owner erases it.

use offshift_wire::{Malformed, MemberId, room::MemberInfo};
use openmls::prelude::{KeyPackage, tls_codec::Serialize as _};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{
    id::Suite,
    mls::{
        Provider, RoomKey, capabilities, ciphersuite, crypto::Crypto, facts::newcomer, lifetime,
        parse_key_package, storage::Storage,
    },
};
use crate::{
    admission::Rule,
    bug::Bug,
    context::Context,
    record::{Reader, Writer},
};

const RECORD: u8 = 1;

/// A fresh key package of one suite.
pub struct KeyPackageBundle {
    /// What may be handed out: the key package's TLS encoding (RFC 9420, section 10).
    pub public: Vec<u8>,
    /// What opens the Welcome: a record of this device.
    pub private: Zeroizing<Vec<u8>>,
}

/// Makes a key package with a fresh signature key for this application alone.
///
/// # Errors
/// [`Bug`] only.
pub fn create(
    ctx: &mut Context<'_>,
    suite: Suite,
    info: &MemberInfo,
) -> Result<KeyPackageBundle, Bug> {
    let key = RoomKey::from_seed(&seed(ctx.rng));
    create_for(ctx, suite, info, key)
}

/// Makes another key package of a member: fresh keys to seal to, under the signature key of the room.
pub(super) fn create_for(
    ctx: &mut Context<'_>,
    suite: Suite,
    info: &MemberInfo,
    key: RoomKey,
) -> Result<KeyPackageBundle, Bug> {
    let provider = Provider::new(Storage::default(), Some(seed(ctx.rng)));
    let bundle = KeyPackage::builder()
        .key_package_lifetime(lifetime())
        .leaf_node_capabilities(capabilities(suite))
        .build(ciphersuite(suite), &provider, &key, key.credential(info))
        .map_err(|_| Bug("building a key package"))?;
    let public = bundle.key_package().tls_serialize_detached().map_err(|_| Bug("key package"))?;
    let private = Writer::new(RECORD)
        .u64(u64::from(suite.number()))
        .fixed(key.seed())
        .bytes(&provider.encode())
        .done();
    Ok(KeyPackageBundle { public, private })
}

/// The member that a key package would become, if it is one that every room of the suite accepts.
///
/// # Errors
/// The rule that it breaks.
pub fn inspect(suite: Suite, public: &[u8]) -> Result<(MemberId, MemberInfo), Rule> {
    let package = parse_key_package(&Crypto::default(), public).map_err(|_| Rule::KeyPackage)?;
    let newcomer = newcomer(&package, suite);
    if !newcomer.plain {
        return Err(Rule::KeyPackage);
    }
    let info = MemberInfo::decode(&newcomer.identity).map_err(|_| Rule::MemberInfo)?;
    Ok((newcomer.id, info))
}

/// The private half, opened.
pub(super) struct PrivateKeys {
    pub(super) key: RoomKey,
    pub(super) storage: Storage,
}

impl PrivateKeys {
    pub(super) fn decode(private: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(private, RECORD)?;
        let suite = u32::try_from(reader.u64()?).map_err(|_| Malformed("suite"))?;
        Suite::try_from(suite)?;
        let key = RoomKey::from_seed(&Zeroizing::new(reader.fixed()?));
        let storage = Storage::decode(reader.bytes()?)?;
        reader.done()?;
        Ok(Self { key, storage })
    }
}

pub(super) fn seed(rng: &mut dyn CryptoRng) -> Zeroizing<[u8; 32]> {
    let mut seed = Zeroizing::new([0; 32]);
    rng.fill_bytes(&mut *seed);
    seed
}
