//! Stateless resets (RFC 9000, section 10.3): how a relay that was killed and started again tells its
//! peers at once that their connections are gone, instead of letting them wait for the idle timeout.
//!
//! The token of a connection id is HMAC-SHA-256 under a key that follows from the relay's identity, so the
//! new process knows the tokens that the old one gave out. An observer learns nothing from them.

use hmac::{Hmac, Mac, digest::KeyInit};
use quinn_proto::crypto::{CryptoError, HmacKey};
use sha2::Sha256;

const LABEL: &[u8] = b"offshift stateless reset v1";

/// Makes and recognises reset tokens.
pub(crate) struct ResetKey(Hmac<Sha256>);

impl ResetKey {
    /// The key of the relay whose identity's secret bytes these are.
    pub(crate) fn of(identity: &[u8]) -> Option<Self> {
        let derived = Hmac::<Sha256>::new_from_slice(identity).ok()?.chain_update(LABEL).finalize();
        Hmac::new_from_slice(&derived.into_bytes()).ok().map(Self)
    }
}

impl HmacKey for ResetKey {
    fn sign(&self, data: &[u8], signature_out: &mut [u8]) {
        let mac = self.0.clone().chain_update(data).finalize().into_bytes();
        for (to, from) in signature_out.iter_mut().zip(mac) {
            *to = from;
        }
    }

    fn signature_len(&self) -> usize {
        32
    }

    fn verify(&self, data: &[u8], signature: &[u8]) -> Result<(), CryptoError> {
        self.0.clone().chain_update(data).verify_slice(signature).map_err(|_| CryptoError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(identity: &[u8]) -> [u8; 32] {
        let mut token = [0; 32];
        ResetKey::of(identity).unwrap().sign(b"connection id", &mut token);
        token
    }

    #[test]
    fn a_restarted_relay_makes_the_same_tokens_and_another_relay_does_not() {
        assert_eq!(token(b"identity"), token(b"identity"));
        assert_ne!(token(b"identity"), token(b"another identity"));
        let key = ResetKey::of(b"identity").unwrap();
        assert!(key.verify(b"connection id", &token(b"identity")).is_ok());
        assert!(key.verify(b"another id", &token(b"identity")).is_err());
    }
}
