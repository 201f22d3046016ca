//! The client's certificate check: the relay of the link, or nobody (OS-LNK-002).
//!
//! ```text
//! chain [leaf, identity] -> SHA-256(identity's SPKI) == pin ? -> leaf signed by identity, name, time
//! ```
//! Never: a system root, a user root, an exception.

use std::sync::{Arc, OnceLock};

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

use crate::{error::LinkError, identity::id_of};

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

    /// The one trust anchor: the certificate of the pinned key.
    fn anchor(&self, certificates: &[CertificateDer<'_>]) -> Result<RootCertStore, Error> {
        let [identity] = certificates else { return Err(self.stranger()) };
        let parsed = ParsedCertificate::try_from(identity).map_err(|_| self.stranger())?;
        if id_of(&parsed.subject_public_key_info()) != self.relay {
            return Err(self.stranger());
        }
        let mut roots = RootCertStore::empty();
        roots.add(identity.clone().into_owned()).map_err(|_| self.stranger())?;
        Ok(roots)
    }

    fn blame(&self, error: Error) -> Error {
        self.verdict.refuse(LinkError::Identity, error)
    }
}

/// A moment at which the leaf would not have been refused for its time, if it was.
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
        let roots = self.anchor(intermediates)?;
        let leaf = ParsedCertificate::try_from(end_entity).map_err(|_| self.stranger())?;
        let all = self.algorithms.all;
        let check = |at| {
            verify_server_cert_signed_by_trust_anchor(&leaf, &roots, &[], at, all)
                .and_then(|()| verify_server_name(&leaf, server_name))
        };
        // Times are looked at before signatures. So whoever grafts an expired leaf of their own onto the
        // relay's identity certificate, which anybody may have, must not pass for a wrong clock.
        check(now).map_err(|error| match in_its_time(&error) {
            Some(then) if check(then).is_ok() => self.verdict.refuse(LinkError::Clock, error),
            _ => self.blame(error),
        })?;
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
    use crate::{RelayIdentity, identity::Credentials, settings::SERVER_NAME};

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
}
