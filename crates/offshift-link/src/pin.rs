//! The client's certificate check: the relay of the link, or nobody (OS-LNK-002).
//!
//! ```text
//! [leaf, identity]                       SHA-256(identity's SPKI) == pin -> leaf signed by identity, name, time
//! [leaf, successor, cross, identity]     the same for identity -> cross by it over the successor's key, name, time
//!                                        -> leaf signed by the successor, name, time (OS-LNK-005)
//! ```
//! Never: a system root, a user root, an exception.

use std::sync::{Arc, OnceLock};

use offshift_access::RelayKey;
use offshift_wire::RelayId;
use rustls::{
    CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_cert_signed_by_trust_anchor, verify_server_name,
    },
    crypto::{WebPkiSupportedAlgorithms, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use crate::{error::LinkError, identity::id_of, settings::SUCCESSOR_NAME};

/// What the check found, for the error that the person reads. QUIC only passes on an alert.
#[derive(Debug, Clone, Default)]
pub(crate) struct Verdict(Arc<OnceLock<LinkError>>);

impl Verdict {
    /// Why the peer was refused, if it was.
    pub(crate) fn refused(&self) -> Option<LinkError> {
        self.0.get().copied()
    }

    fn refuse(&self, why: LinkError, error: Error) -> Error {
        // One connection, one check: a second verdict can't differ.
        let _ = self.0.set(why);
        error
    }
}

/// Accepts the chain of one relay.
#[derive(Debug)]
pub(crate) struct Pinned {
    relay: RelayId,
    algorithms: WebPkiSupportedAlgorithms,
    verdict: Verdict,
}

impl Pinned {
    pub(crate) const fn new(
        relay: RelayId,
        algorithms: WebPkiSupportedAlgorithms,
        verdict: Verdict,
    ) -> Self {
        Self { relay, algorithms, verdict }
    }

    fn stranger(&self) -> Error {
        let error = Error::InvalidCertificate(CertificateError::UnknownIssuer);
        self.verdict.refuse(LinkError::Identity, error)
    }

    /// The one trust anchor of the leaf: the certificate of the pinned key, or of the key to which it handed over
    /// (OS-LNK-005). No other chain is accepted.
    fn anchor(
        &self,
        certificates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<RootCertStore, Error> {
        match certificates {
            [identity] | [identity, _, _] if self.is_pinned(identity) => self.trusting(identity),
            [successor, cross, identity] if self.is_pinned(identity) => {
                let new = self.parsed(successor)?.subject_public_key_info();
                let named = self.parsed(cross)?.subject_public_key_info();
                if named != new || RelayKey::from_spki(&new).is_none() {
                    return Err(self.stranger());
                }
                let name = ServerName::try_from(SUCCESSOR_NAME).map_err(|_| self.stranger())?;
                self.check(cross, &self.trusting(identity)?, &name, now)?;
                self.trusting(successor)
            }
            _ => Err(self.stranger()),
        }
    }

    fn is_pinned(&self, identity: &CertificateDer<'_>) -> bool {
        let spki = ParsedCertificate::try_from(identity).map(|cert| cert.subject_public_key_info());
        spki.is_ok_and(|spki| id_of(&spki) == self.relay)
    }

    fn parsed<'a>(&self, of: &'a CertificateDer<'a>) -> Result<ParsedCertificate<'a>, Error> {
        ParsedCertificate::try_from(of).map_err(|_| self.stranger())
    }

    fn trusting(&self, identity: &CertificateDer<'_>) -> Result<RootCertStore, Error> {
        let mut roots = RootCertStore::empty();
        roots.add(identity.clone().into_owned()).map_err(|_| self.stranger())?;
        Ok(roots)
    }

    /// Whether the root signed the certificate under this name, and it is in its time.
    fn check(
        &self,
        certificate: &CertificateDer<'_>,
        roots: &RootCertStore,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<(), Error> {
        let certificate = self.parsed(certificate)?;
        let all = self.algorithms.all;
        let check = |at| {
            verify_server_cert_signed_by_trust_anchor(&certificate, roots, &[], at, all)
                .and_then(|()| verify_server_name(&certificate, name))
        };
        // Times are looked at before signatures. So whoever grafts an expired leaf of their own onto the
        // relay's identity certificate, which anybody may have, must not pass for a wrong clock.
        check(now).map_err(|error| match in_its_time(&error) {
            Some(then) if check(then).is_ok() => self.verdict.refuse(LinkError::Clock, error),
            _ => self.blame(error),
        })
    }

    fn blame(&self, error: Error) -> Error {
        self.verdict.refuse(LinkError::Identity, error)
    }
}

/// A moment at which a certificate would not have been refused for its time, if it was.
const fn in_its_time(error: &Error) -> Option<UnixTime> {
    use CertificateError as C;
    match error {
        Error::InvalidCertificate(C::ExpiredContext { not_after, .. }) => Some(*not_after),
        Error::InvalidCertificate(C::NotValidYetContext { not_before, .. }) => Some(*not_before),
        _ => None,
    }
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let roots = self.anchor(intermediates, now)?;
        self.check(end_entity, &roots, server_name, now)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // QUIC has no TLS 1.2.
        Err(self.stranger())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.algorithms)
            .map_err(|error| self.blame(error))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use rustls::crypto::aws_lc_rs::default_provider;

    use super::*;
    use crate::{Identities, RelayIdentity, identity::Credentials, settings::SERVER_NAME};

    const DAY: Duration = Duration::from_secs(24 * 3600);
    const NOW: Duration = Duration::from_secs(1_800_000_000);

    fn check(
        pin: &RelayIdentity,
        chain: &[CertificateDer<'static>],
        at: Duration,
    ) -> Result<(), Option<LinkError>> {
        let verdict = Verdict::default();
        let algorithms = default_provider().signature_verification_algorithms;
        let pinned = Pinned::new(*pin.id(), algorithms, verdict.clone());
        let name = ServerName::try_from(SERVER_NAME).unwrap();
        let now = UnixTime::since_unix_epoch(at);
        pinned
            .verify_server_cert(&chain[0], &chain[1..], &name, &[], now)
            .map(|_| ())
            .map_err(|_| verdict.refused())
    }

    fn issued(identity: &RelayIdentity) -> Credentials {
        identity.issue(UNIX_EPOCH + NOW).unwrap()
    }

    #[test]
    fn os_lnk_002_only_the_chain_of_the_pinned_key_is_accepted() {
        let (ours, other) =
            (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
        let (mine, theirs) = (issued(&ours).chain, issued(&other).chain);
        assert_eq!(check(&ours, &mine, NOW), Ok(()), "the twin");
        let refused = Err(Some(LinkError::Identity));
        assert_eq!(check(&ours, &theirs, NOW), refused, "another relay");
        let grafted = [theirs[0].clone(), mine[1].clone()];
        assert_eq!(check(&ours, &grafted, NOW), refused, "a leaf that our identity never signed");
        assert_eq!(check(&ours, &mine[..1], NOW), refused, "no identity certificate");
        assert_eq!(check(&ours, &[mine[1].clone(), mine[1].clone()], NOW), refused, "no leaf");
        let padded = [mine[0].clone(), mine[1].clone(), theirs[1].clone()];
        assert_eq!(check(&ours, &padded, NOW), refused, "more than two");
    }

    #[test]
    fn os_lnk_002_an_expired_leaf_that_our_identity_never_signed_is_no_wrong_clock() {
        let (ours, other) =
            (RelayIdentity::generate().unwrap(), RelayIdentity::generate().unwrap());
        let (mine, theirs) = (issued(&ours).chain, issued(&other).chain);
        let grafted = [theirs[0].clone(), mine[1].clone()];
        for at in [NOW + 8 * DAY, NOW - 2 * DAY] {
            assert_eq!(check(&ours, &grafted, at), Err(Some(LinkError::Identity)));
        }
    }

    #[test]
    fn os_lnk_003_a_wrong_clock_is_named_as_one() {
        let identity = RelayIdentity::generate().unwrap();
        let chain = issued(&identity).chain;
        assert_eq!(check(&identity, &chain, NOW - DAY / 2), Ok(()));
        assert_eq!(check(&identity, &chain, NOW + 6 * DAY), Ok(()));
        assert_eq!(check(&identity, &chain, NOW - 2 * DAY), Err(Some(LinkError::Clock)));
        assert_eq!(check(&identity, &chain, NOW + 8 * DAY), Err(Some(LinkError::Clock)));
        assert!(identity.issue(SystemTime::UNIX_EPOCH).is_ok(), "a relay without a clock starts");
    }

    /// A relay that was `old` and is now `new`, and what it shows.
    struct Rotated {
        old: RelayIdentity,
        new: RelayIdentity,
        chain: Vec<CertificateDer<'static>>,
    }

    fn copy(identity: &RelayIdentity) -> RelayIdentity {
        RelayIdentity::from_pkcs8(&identity.to_pkcs8()).unwrap()
    }

    fn rotated(old: &RelayIdentity) -> Rotated {
        let (old, new) = (copy(old), RelayIdentity::generate().unwrap());
        let until = UNIX_EPOCH + NOW + 5 * DAY;
        let identities = Identities::rotated(copy(&new), copy(&old), until);
        let chain = identities.issue(UNIX_EPOCH + NOW).unwrap().chain;
        Rotated { old, new, chain }
    }

    fn fresh() -> RelayIdentity {
        RelayIdentity::generate().unwrap()
    }

    #[test]
    fn os_lnk_005_a_relay_that_was_handed_over_is_accepted_by_its_old_pin_and_its_new_one() {
        let Rotated { old, new, chain } = rotated(&fresh());
        assert_eq!(check(&old, &chain, NOW), Ok(()));
        assert_eq!(check(&new, &chain, NOW), Ok(()));
        assert_eq!(check(&new, &chain[..2], NOW), Ok(()), "and by itself");
        let refused = Err(Some(LinkError::Identity));
        assert_eq!(check(&fresh(), &chain, NOW), refused, "not by another");
        assert_eq!(check(&old, &chain[..2], NOW), refused, "not without being handed over");
    }

    #[test]
    fn os_lnk_005_a_successor_needs_every_part_and_no_other() {
        let Rotated { old, new, chain } = rotated(&fresh());
        let refused = Err(Some(LinkError::Identity));
        for missing in 0..4 {
            let mut cut = chain.clone();
            cut.remove(missing);
            assert_eq!(check(&old, &cut, NOW), refused, "without part {missing}");
        }
        assert_eq!(check(&new, &chain[..3], NOW), refused, "neither two nor four");
        let mut more = chain.clone();
        more.push(chain[3].clone());
        assert_eq!([&old, &new].map(|pin| check(pin, &more, NOW)), [refused; 2], "extra parts");
        for (one, other) in [(0, 1), (1, 2), (2, 3), (1, 3), (0, 2)] {
            let mut swapped = chain.clone();
            swapped.swap(one, other);
            assert_eq!(check(&old, &swapped, NOW), refused, "{one} and {other} swapped");
        }
    }

    #[test]
    fn os_lnk_005_no_part_of_another_succession_fits() {
        let ours = rotated(&fresh());
        let (another, sibling) = (rotated(&fresh()), rotated(&ours.old));
        let refused = Err(Some(LinkError::Identity));
        for part in 0..3 {
            for stranger in [&another, &sibling] {
                let mut grafted = ours.chain.clone();
                grafted[part] = stranger.chain[part].clone();
                assert_eq!(check(&ours.old, &grafted, NOW), refused, "part {part}");
            }
        }
        let theirs: Vec<_> = [&another.chain[..3], &ours.chain[3..]].concat();
        assert_eq!(check(&ours.old, &theirs, NOW), refused, "a cross that our key never signed");
    }

    #[test]
    fn os_lnk_005_neither_a_leaf_nor_the_new_key_passes_for_what_it_is_not() {
        let Rotated { old, chain, .. } = rotated(&fresh());
        let refused = Err(Some(LinkError::Identity));
        // Who stole the key of a leaf, which is in memory for days, certifies with it as with an identity.
        let leaf = old.issue(UNIX_EPOCH + NOW).unwrap();
        let stolen = leaf.chain[0].clone();
        let as_successor = [chain[0].clone(), stolen.clone(), stolen, chain[3].clone()];
        assert_eq!(check(&old, &as_successor, NOW), refused, "a leaf is no successor");
        let as_leaf = [chain[2].clone(), chain[3].clone()];
        assert_eq!(check(&old, &as_leaf, NOW), refused, "a successor is no leaf");
        let mut named_as_leaf = chain.clone();
        let new = copy(&rotated(&old).new);
        let params = crate::identity::named_params(SERVER_NAME, UNIX_EPOCH + NOW, DAY).unwrap();
        named_as_leaf[2] = old.certify(&new.key().unwrap(), params).unwrap();
        named_as_leaf[1] = new.certificate().unwrap();
        named_as_leaf[0] = new.issue(UNIX_EPOCH + NOW).unwrap().chain[0].clone();
        assert_eq!(check(&old, &named_as_leaf, NOW), refused, "under the name of a leaf");
    }

    #[test]
    fn os_lnk_005_a_successor_is_named_for_the_time_of_the_overlap() {
        let Rotated { old, new, chain } = rotated(&fresh());
        assert_eq!(check(&old, &chain, NOW + 4 * DAY), Ok(()));
        let over = NOW + 6 * DAY;
        assert_eq!(
            check(&old, &chain, over),
            Err(Some(LinkError::Clock)),
            "the leaf is still good"
        );
        assert_eq!(check(&new, &chain, over), Ok(()), "the twin");
    }
}
