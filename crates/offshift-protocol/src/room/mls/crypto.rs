//! The cryptography under MLS, from the same crates as everything else here, with randomness as an argument (OS-ROO-002,
//! OS-ROO-003).
//!
//! Randomness of an HPKE encapsulation is a PRF of the operation's seed and the call's inputs, so that the
//! order in which the library seals to many members, on however many threads, changes nothing.
//!
//! Never: an ambient source of randomness (N1). Without a seed whatever needs randomness fails.

use std::sync::Mutex;

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305 as HpkeAead,
    kdf::HkdfSha256, kem::X25519HkdfSha256, kem::XWing,
};
use openmls_traits::{
    crypto::OpenMlsCrypto,
    random::OpenMlsRand,
    types::{
        AeadType, Ciphersuite, CryptoError, ExporterSecret, HashType, HpkeAeadType, HpkeCiphertext,
        HpkeConfig, HpkeKdfType, HpkeKemType, HpkeKeyPair, KemOutput, SignatureScheme,
    },
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use shake::{ExtendableOutput, Shake256, Update, XofReader};
use tls_codec::SecretVLBytes;
use zeroize::Zeroizing;

pub(crate) const X_WING: Ciphersuite = Ciphersuite::MLS_256_XWING_CHACHA20POLY1305_SHA256_Ed25519;
pub(crate) const CLASSICAL: Ciphersuite =
    Ciphersuite::MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519;

/// The secret from which one operation draws all its randomness.
pub(crate) type Seed = Zeroizing<[u8; 32]>;

/// Plaintexts of one private message: its sender data, its content.
pub(crate) type Tapped = Vec<Zeroizing<Vec<u8>>>;

/// The primitives of both suites.
#[derive(Default)]
pub(crate) struct Crypto {
    seed: Mutex<Option<Seed>>,
    /// How often this operation has drawn; makes each draw another one.
    drawn: Mutex<u64>,
    /// When set, the plaintexts of AEAD decryptions are kept: see `super::stranded`.
    tap: Mutex<Option<Tapped>>,
    /// The public key for which sealing goes wrong.
    #[cfg(any(test, feature = "for-testing"))]
    sabotaged: Mutex<Option<Vec<u8>>>,
    /// Whether it goes wrong by its length only.
    #[cfg(any(test, feature = "for-testing"))]
    shortened: Mutex<bool>,
    /// Which of the next key pairs has a public half that nothing can be sealed to.
    #[cfg(any(test, feature = "for-testing"))]
    dead: Mutex<u32>,
}

impl Crypto {
    /// The seed for what follows; `None` where nothing may be random.
    pub(crate) fn set_seed(&self, seed: Option<Seed>) {
        if let Ok(mut current) = self.seed.lock() {
            *current = seed;
        }
        if let Ok(mut drawn) = self.drawn.lock() {
            *drawn = 0;
        }
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<(), CryptoError> {
        let mut drawn = self.drawn.lock().map_err(|_| CryptoError::InsufficientRandomness)?;
        *drawn = drawn.checked_add(1).ok_or(CryptoError::InsufficientRandomness)?;
        self.rng(&[b"draw", &drawn.to_be_bytes()])?.fill_bytes(bytes);
        Ok(())
    }

    pub(crate) fn start_tap(&self) {
        if let Ok(mut tap) = self.tap.lock() {
            *tap = Some(Tapped::new());
        }
    }

    pub(crate) fn stop_tap(&self) -> Option<Tapped> {
        self.tap.lock().ok().and_then(|mut tap| tap.take())
    }

    #[cfg(any(test, feature = "for-testing"))]
    pub(crate) fn sabotage_for_testing(&self, public: Option<Vec<u8>>) {
        if let Ok(mut sabotaged) = self.sabotaged.lock() {
            *sabotaged = public;
        }
    }

    /// From now on what is sealed to the sabotaged key opens, but is too short for a path secret.
    #[cfg(test)]
    pub(crate) fn shorten_for_testing(&self) {
        if let Ok(mut shortened) = self.shortened.lock() {
            *shortened = true;
        }
    }

    /// The public half of a key pair of the `turn`th from now is zeros.
    #[cfg(test)]
    pub(crate) fn kill_key_for_testing(&self, turn: u32) {
        if let Ok(mut dead) = self.dead.lock() {
            *dead = turn;
        }
    }

    #[cfg(any(test, feature = "for-testing"))]
    fn killed(&self, public: Vec<u8>) -> Vec<u8> {
        let Ok(mut dead) = self.dead.lock() else { return public };
        let now = *dead == 1;
        *dead = dead.saturating_sub(1);
        if now { vec![0; public.len()] } else { public }
    }

    /// Info and plaintext as they are sealed to `public`.
    #[cfg(any(test, feature = "for-testing"))]
    fn sabotage<'a>(
        &self,
        public: &[u8],
        info: &'a [u8],
        plaintext: &'a [u8],
    ) -> (&'a [u8], &'a [u8]) {
        let sabotaged = self.sabotaged.lock().is_ok_and(|key| key.as_deref() == Some(public));
        let shortened = self.shortened.lock().is_ok_and(|shortened| *shortened);
        match (sabotaged, shortened) {
            (false, _) => (info, plaintext),
            (true, false) => (b"another info", plaintext),
            (true, true) => (info, plaintext.get(..5).unwrap_or_default()),
        }
    }

    /// A generator for one purpose within this operation.
    pub(crate) fn rng(&self, inputs: &[&[u8]]) -> Result<ChaCha20Rng, CryptoError> {
        let seed = self.seed.lock().map_err(|_| CryptoError::InsufficientRandomness)?;
        let seed = seed.as_ref().ok_or(CryptoError::InsufficientRandomness)?;
        let mut prf = hmac(&**seed)?;
        for input in inputs {
            let length = u64::try_from(input.len()).map_err(|_| CryptoError::InvalidLength)?;
            Mac::update(&mut prf, &length.to_be_bytes());
            Mac::update(&mut prf, input);
        }
        let key = Zeroizing::new(<[u8; 32]>::from(prf.finalize().into_bytes()));
        Ok(ChaCha20Rng::from_seed(*key))
    }
}

fn hmac(key: &[u8]) -> Result<Hmac<Sha256>, CryptoError> {
    Hmac::<Sha256>::new_from_slice(key).map_err(|_| CryptoError::InvalidLength)
}

const fn only_sha256(hash: HashType) -> Result<(), CryptoError> {
    match hash {
        HashType::Sha2_256 => Ok(()),
        _ => Err(CryptoError::UnsupportedHashAlgorithm),
    }
}

const fn only_chacha(aead: AeadType) -> Result<(), CryptoError> {
    match aead {
        AeadType::ChaCha20Poly1305 => Ok(()),
        _ => Err(CryptoError::UnsupportedAeadAlgorithm),
    }
}

const fn only_ed25519(scheme: SignatureScheme) -> Result<(), CryptoError> {
    match scheme {
        SignatureScheme::ED25519 => Ok(()),
        _ => Err(CryptoError::UnsupportedSignatureScheme),
    }
}

#[derive(Clone, Copy)]
enum KemKind {
    X25519,
    XWing,
}

const fn kem(config: &HpkeConfig) -> Result<KemKind, CryptoError> {
    match (config.0, config.1, config.2) {
        (HpkeKemType::DhKem25519, HpkeKdfType::HkdfSha256, HpkeAeadType::ChaCha20Poly1305) => {
            Ok(KemKind::X25519)
        }
        (HpkeKemType::XWingKemDraft6, HpkeKdfType::HkdfSha256, HpkeAeadType::ChaCha20Poly1305) => {
            Ok(KemKind::XWing)
        }
        _ => Err(CryptoError::UnsupportedCiphersuite),
    }
}

impl OpenMlsCrypto for Crypto {
    fn supports(&self, suite: Ciphersuite) -> Result<(), CryptoError> {
        match suite {
            X_WING | CLASSICAL => Ok(()),
            _ => Err(CryptoError::UnsupportedCiphersuite),
        }
    }

    fn supported_ciphersuites(&self) -> Vec<Ciphersuite> {
        vec![X_WING, CLASSICAL]
    }

    fn hkdf_extract(
        &self,
        hash: HashType,
        salt: &[u8],
        ikm: &[u8],
    ) -> Result<SecretVLBytes, CryptoError> {
        only_sha256(hash)?;
        let (prk, _) = Hkdf::<Sha256>::extract(Some(salt), ikm);
        Ok(prk.to_vec().into())
    }

    fn hmac(
        &self,
        hash: HashType,
        key: &[u8],
        message: &[u8],
    ) -> Result<SecretVLBytes, CryptoError> {
        only_sha256(hash)?;
        let mut mac = hmac(key)?;
        Mac::update(&mut mac, message);
        Ok(mac.finalize().into_bytes().to_vec().into())
    }

    fn hkdf_expand(
        &self,
        hash: HashType,
        prk: &[u8],
        info: &[u8],
        length: usize,
    ) -> Result<SecretVLBytes, CryptoError> {
        only_sha256(hash)?;
        let prk = Hkdf::<Sha256>::from_prk(prk).map_err(|_| CryptoError::InvalidLength)?;
        let mut okm = vec![0; length];
        prk.expand(info, &mut okm).map_err(|_| CryptoError::HkdfOutputLengthInvalid)?;
        Ok(okm.into())
    }

    fn hash(&self, hash: HashType, data: &[u8]) -> Result<Vec<u8>, CryptoError> {
        only_sha256(hash)?;
        Ok(Sha256::digest(data).to_vec())
    }

    fn aead_encrypt(
        &self,
        aead: AeadType,
        key: &[u8],
        data: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        only_chacha(aead)?;
        let (cipher, nonce) = chacha(key, nonce)?;
        cipher
            .encrypt(&nonce, Payload { msg: data, aad })
            .map_err(|_| CryptoError::CryptoLibraryError)
    }

    fn aead_decrypt(
        &self,
        aead: AeadType,
        key: &[u8],
        sealed: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        only_chacha(aead)?;
        let (cipher, nonce) = chacha(key, nonce)?;
        let opened = cipher
            .decrypt(&nonce, Payload { msg: sealed, aad })
            .map_err(|_| CryptoError::AeadDecryptionError)?;
        if let Ok(mut tap) = self.tap.lock()
            && let Some(kept) = tap.as_mut()
        {
            kept.push(Zeroizing::new(opened.clone()));
        }
        Ok(opened)
    }

    fn signature_key_gen(
        &self,
        scheme: SignatureScheme,
    ) -> Result<(Vec<u8>, Vec<u8>), CryptoError> {
        only_ed25519(scheme)?;
        let mut seed = Zeroizing::new([0; 32]);
        self.fill(&mut *seed)?;
        let public = SigningKey::from_bytes(&seed).verifying_key().to_bytes();
        Ok((seed.to_vec(), public.to_vec()))
    }

    fn verify_signature(
        &self,
        scheme: SignatureScheme,
        data: &[u8],
        public: &[u8],
        signature: &[u8],
    ) -> Result<(), CryptoError> {
        only_ed25519(scheme)?;
        let public = <&[u8; 32]>::try_from(public).map_err(|_| CryptoError::InvalidLength)?;
        verify(public, data, signature)
    }

    fn sign(
        &self,
        scheme: SignatureScheme,
        data: &[u8],
        key: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        only_ed25519(scheme)?;
        let seed = <&[u8; 32]>::try_from(key).map_err(|_| CryptoError::InvalidLength)?;
        Ok(SigningKey::from_bytes(seed).sign(data).to_bytes().to_vec())
    }

    fn hpke_seal(
        &self,
        config: HpkeConfig,
        public: &[u8],
        info: &[u8],
        aad: &[u8],
        plaintext: &[u8],
    ) -> Result<HpkeCiphertext, CryptoError> {
        #[cfg(any(test, feature = "for-testing"))]
        let (info, plaintext) = self.sabotage(public, info, plaintext);
        let mut rng = self.rng(&[b"hpke", public, info, aad, plaintext])?;
        match kem(&config)? {
            KemKind::X25519 => seal::<X25519HkdfSha256>(&mut rng, public, info, aad, plaintext),
            KemKind::XWing => seal::<XWing>(&mut rng, public, info, aad, plaintext),
        }
    }

    fn hpke_open(
        &self,
        config: HpkeConfig,
        input: &HpkeCiphertext,
        private: &[u8],
        info: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        match kem(&config)? {
            KemKind::X25519 => open::<X25519HkdfSha256>(input, private, info, aad),
            KemKind::XWing => open::<XWing>(input, private, info, aad),
        }
    }

    // External commits, the only use of HPKE exports in MLS, are off (OS-ROO-004).
    fn hpke_setup_sender_and_export(
        &self,
        _: HpkeConfig,
        _: &[u8],
        _: &[u8],
        _: &[u8],
        _: usize,
    ) -> Result<(KemOutput, ExporterSecret), CryptoError> {
        Err(CryptoError::ExporterError)
    }

    fn hpke_setup_receiver_and_export(
        &self,
        _: HpkeConfig,
        _: &[u8],
        _: &[u8],
        _: &[u8],
        _: &[u8],
        _: usize,
    ) -> Result<ExporterSecret, CryptoError> {
        Err(CryptoError::ExporterError)
    }

    fn derive_hpke_keypair(
        &self,
        config: HpkeConfig,
        ikm: &[u8],
    ) -> Result<HpkeKeyPair, CryptoError> {
        let (private, public) = match kem(&config)? {
            KemKind::X25519 => {
                let (private, public) = X25519HkdfSha256::derive_keypair(ikm);
                (private.to_bytes().to_vec(), public.to_bytes().to_vec())
            }
            KemKind::XWing => x_wing_key_pair(ikm)?,
        };
        #[cfg(any(test, feature = "for-testing"))]
        let public = self.killed(public);
        Ok(HpkeKeyPair { private: private.into(), public })
    }
}

fn verify(public: &[u8; 32], data: &[u8], signature: &[u8]) -> Result<(), CryptoError> {
    let public = VerifyingKey::from_bytes(public).map_err(|_| CryptoError::InvalidPublicKey)?;
    let signature = Signature::from_slice(signature).map_err(|_| CryptoError::InvalidLength)?;
    public.verify_strict(data, &signature).map_err(|_| CryptoError::InvalidSignature)
}

impl OpenMlsRand for Crypto {
    type Error = CryptoError;

    fn random_array<const N: usize>(&self) -> Result<[u8; N], CryptoError> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn random_vec(&self, length: usize) -> Result<Vec<u8>, CryptoError> {
        let mut bytes = vec![0; length];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }
}

/// `DeriveKeyPair` as the suite's X-Wing draft (06) has it: the decapsulation key is SHAKE256(ikm, 32). The
/// `hpke` crate follows a later draft of HPKE here.
fn x_wing_key_pair(ikm: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CryptoError> {
    let mut seed = Zeroizing::new([0; 32]);
    let mut shake = Shake256::default();
    shake.update(ikm);
    shake.finalize_xof().read(&mut *seed);
    let private = <XWing as Kem>::PrivateKey::from_bytes(&*seed)
        .map_err(|_| CryptoError::CryptoLibraryError)?;
    Ok((seed.to_vec(), XWing::sk_to_pk(&private).to_bytes().to_vec()))
}

fn chacha(key: &[u8], nonce: &[u8]) -> Result<(ChaCha20Poly1305, Nonce), CryptoError> {
    let cipher = ChaCha20Poly1305::new_from_slice(key).map_err(|_| CryptoError::InvalidLength)?;
    let nonce = <[u8; 12]>::try_from(nonce).map_err(|_| CryptoError::InvalidLength)?;
    Ok((cipher, nonce.into()))
}

fn seal<K: Kem>(
    rng: &mut ChaCha20Rng,
    public: &[u8],
    info: &[u8],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<HpkeCiphertext, CryptoError> {
    let public = K::PublicKey::from_bytes(public).map_err(|_| CryptoError::InvalidPublicKey)?;
    let (kem_output, ciphertext) = hpke::single_shot_seal_with_rng::<HpkeAead, HkdfSha256, K>(
        &OpModeS::Base,
        &public,
        info,
        plaintext,
        aad,
        rng,
    )
    .map_err(|_| CryptoError::HpkeEncryptionError)?;
    Ok(HpkeCiphertext {
        kem_output: kem_output.to_bytes().to_vec().into(),
        ciphertext: ciphertext.into(),
    })
}

fn open<K: Kem>(
    input: &HpkeCiphertext,
    private: &[u8],
    info: &[u8],
    aad: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    let private =
        K::PrivateKey::from_bytes(private).map_err(|_| CryptoError::HpkeDecryptionError)?;
    let kem_output = K::EncappedKey::from_bytes(input.kem_output.as_slice())
        .map_err(|_| CryptoError::HpkeDecryptionError)?;
    hpke::single_shot_open::<HpkeAead, HkdfSha256, K>(
        &OpModeR::Base,
        &private,
        &kem_output,
        info,
        input.ciphertext.as_slice(),
        aad,
    )
    .map_err(|_| CryptoError::HpkeDecryptionError)
}
