//! A relay's identity key and the certificates that it signs.
//!
//! ```text
//! identity key (Ed25519, for years) --signs--> identity certificate (self-signed)
//!                                   --signs--> leaf certificate (P-256, seven days), TLS uses this
//! RelayId = SHA-256(SubjectPublicKeyInfo of the identity key), in the link
//! ```
//! The names in the certificates are generic (OS-LNK-010). How one identity follows another is in `succession`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use offshift_access::{ReceiptKey, RelayKey};
use offshift_wire::RelayId;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PKCS_ED25519, PublicKeyData,
};
use rustls::{
    pki_types::{CertificateDer, PrivatePkcs8KeyDer},
    server::ParsedCertificate,
};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    limits::{LEAF_BACKDATE, LEAF_LIFE},
    reset::ResetKey,
    settings::SERVER_NAME,
};

const ISSUER_NAME: &str = "ca";

/// Where the seed is in PKCS#8 of an Ed25519 key, in both versions of it (RFC 8410, section 7; RFC 5958).
const SEED_AT: usize = 16;

/// The key that makes a relay this relay. Zeroized when dropped; `rcgen` holds a copy while it signs.
pub struct RelayIdentity {
    pkcs8: Zeroizing<Vec<u8>>,
    id: RelayId,
}

/// The bytes are not an identity key, or it can't sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the relay's identity key is damaged; restore it from your backup")]
pub struct BadIdentity;

/// What TLS shows: leaf first, then identity; and the leaf's key.
pub(crate) struct Credentials {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivatePkcs8KeyDer<'static>,
}

impl RelayIdentity {
    /// A new one, from the system's randomness.
    ///
    /// # Errors
    /// [`BadIdentity`] when the system has no randomness.
    pub fn generate() -> Result<Self, BadIdentity> {
        let key = KeyPair::generate_for(&PKCS_ED25519).map_err(|_| BadIdentity)?;
        Self::from_pkcs8(key.serialized_der())
    }

    /// The one that was kept as these bytes (PKCS#8, RFC 8410).
    ///
    /// # Errors
    /// [`BadIdentity`] when they are anything else.
    pub fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, BadIdentity> {
        let key = key_pair(pkcs8)?;
        Ok(Self {
            pkcs8: Zeroizing::new(pkcs8.to_vec()),
            id: id_of(&key.subject_public_key_info()),
        })
    }

    /// The bytes to keep, secret.
    pub fn to_pkcs8(&self) -> Zeroizing<Vec<u8>> {
        self.pkcs8.clone()
    }

    /// Its public name, for the link.
    pub const fn id(&self) -> &RelayId {
        &self.id
    }

    /// The same key in the role of signing receipts.
    ///
    /// # Errors
    /// [`BadIdentity`] when its bytes are laid out in an unknown way.
    pub fn receipt_key(&self) -> Result<ReceiptKey, BadIdentity> {
        let seed = self.pkcs8.get(SEED_AT..).and_then(<[u8]>::first_chunk).ok_or(BadIdentity)?;
        let key = ReceiptKey::from_seed(seed);
        (key.public().relay() == self.id).then_some(key).ok_or(BadIdentity)
    }

    /// The key of its stateless resets.
    pub(crate) fn reset_key(&self) -> Result<ResetKey, BadIdentity> {
        ResetKey::of(&self.pkcs8).ok_or(BadIdentity)
    }

    /// Certificates for a leaf that is valid from a day before `now` to a week after.
    pub(crate) fn issue(&self, now: SystemTime) -> Result<Credentials, BadIdentity> {
        let leaf_key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(|_| BadIdentity)?;
        let leaf = self.certify(&leaf_key, leaf_params(now)?)?;
        Ok(Credentials {
            chain: vec![leaf, self.certificate()?],
            key: PrivatePkcs8KeyDer::from(leaf_key.serialize_der()),
        })
    }

    /// The certificate of this key over another.
    pub(crate) fn certify(
        &self,
        key: &impl PublicKeyData,
        params: CertificateParams,
    ) -> Result<CertificateDer<'static>, BadIdentity> {
        let issuer = Issuer::new(identity_params(), self.key()?);
        let signed = params.signed_by(key, &issuer).map_err(|_| BadIdentity)?;
        Ok(signed.der().clone())
    }

    /// The certificate of this key over itself.
    pub(crate) fn certificate(&self) -> Result<CertificateDer<'static>, BadIdentity> {
        let signed = identity_params().self_signed(&self.key()?).map_err(|_| BadIdentity)?;
        Ok(signed.der().clone())
    }

    pub(crate) fn key(&self) -> Result<KeyPair, BadIdentity> {
        key_pair(&self.pkcs8)
    }
}

/// The identity key that serves on a connection, whose chain was accepted for `pinned`: the pinned one, or that of its
/// successor (OS-LNK-005).
pub(crate) fn shown_key(connection: &quinn::Connection, pinned: &RelayId) -> Option<RelayKey> {
    let shown = connection.peer_identity()?.downcast::<Vec<CertificateDer<'static>>>().ok()?;
    let (serving, last) = (key_of(shown.get(1)?)?, key_of(shown.last()?)?);
    (last.relay() == *pinned || serving.relay() == *pinned).then_some(serving)
}

/// The identity key in a certificate.
pub(crate) fn key_of(certificate: &CertificateDer<'_>) -> Option<RelayKey> {
    let certificate = ParsedCertificate::try_from(certificate).ok()?;
    RelayKey::from_spki(&certificate.subject_public_key_info())
}

/// SHA-256 over a SubjectPublicKeyInfo.
pub(crate) fn id_of(spki: &[u8]) -> RelayId {
    RelayId::from_bytes(Sha256::digest(spki).into())
}

fn key_pair(pkcs8: &[u8]) -> Result<KeyPair, BadIdentity> {
    KeyPair::from_pkcs8_der_and_sign_algo(&PrivatePkcs8KeyDer::from(pkcs8), &PKCS_ED25519)
        .map_err(|_| BadIdentity)
}

fn named(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

fn identity_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named(ISSUER_NAME);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
}

/// A short life bounds what a stolen leaf is good for (OS-LNK-003).
fn leaf_params(now: SystemTime) -> Result<CertificateParams, BadIdentity> {
    let mut params = named_params(SERVER_NAME, now, LEAF_LIFE)?;
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params)
}

/// What is certified for `life`, to be used under `name` alone.
pub(crate) fn named_params(
    name: &str,
    now: SystemTime,
    life: Duration,
) -> Result<CertificateParams, BadIdentity> {
    let mut params = CertificateParams::new(vec![name.to_owned()]).map_err(|_| BadIdentity)?;
    params.distinguished_name = named(name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let now = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    params.not_before = epoch + now.saturating_sub(LEAF_BACKDATE);
    params.not_after = epoch + now.saturating_add(life);
    Ok(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_survives_being_kept() {
        let identity = RelayIdentity::generate().unwrap();
        let again = RelayIdentity::from_pkcs8(&identity.to_pkcs8()).unwrap();
        assert_eq!(identity.id(), again.id());
        assert_eq!(&again.receipt_key().unwrap().public().relay(), identity.id());
        assert!(RelayIdentity::generate().unwrap().id() != identity.id());
    }

    #[test]
    fn damaged_identity_bytes_are_refused() {
        let pkcs8 = RelayIdentity::generate().unwrap().to_pkcs8();
        assert!(RelayIdentity::from_pkcs8(&pkcs8[1..]).is_err());
        assert!(RelayIdentity::from_pkcs8(&[]).is_err());
    }

    #[test]
    fn os_lnk_010_certificates_name_nothing() {
        let issued = RelayIdentity::generate().unwrap().issue(SystemTime::now()).unwrap();
        for certificate in issued.chain {
            let bytes = certificate.as_ref().to_ascii_lowercase();
            for name in [&b"offshift"[..], b"relay", b"rcgen"] {
                assert!(!bytes.windows(name.len()).any(|window| window == name));
            }
        }
    }
}
