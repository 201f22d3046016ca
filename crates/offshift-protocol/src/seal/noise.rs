//! The building blocks of the seal, put together as Noise's pattern X, agree with an independent Noise
//! implementation byte for byte: DH, HKDF chaining, ChaCha20-Poly1305, the hidden and authenticated sender.

use snow::Builder;
use zeroize::Zeroizing;

use super::{DhPrivateKey, aead};
use crate::derive::{ChainKey, Secret, hash};

const NAME: &str = "Noise_X_25519_ChaChaPoly_SHA256";

/// The symmetric state of the Noise specification (section 5.2), on our own functions.
struct Symmetric {
    ck: [u8; 32],
    h: [u8; 32],
    key: Secret,
}

impl Symmetric {
    fn new(recipient: &[u8; 32]) -> Self {
        let mut name = [0; 32];
        name[..NAME.len()].copy_from_slice(NAME.as_bytes());
        let h = hash(&[&hash(&[&name, b""]), recipient]);
        Self { ck: name, h, key: Zeroizing::new([0; 32]) }
    }

    fn mix_hash(&mut self, data: &[u8]) {
        self.h = hash(&[&self.h, data]);
    }

    fn mix_key(&mut self, shared: &Secret) {
        let chain = ChainKey::extract(&self.ck, &**shared);
        let first = chain.expand(b"");
        // The second block of Expand: HMAC(key, first || 2).
        let second = ChainKey::extract(chain.key_for_testing(), &[first.as_slice(), &[2]].concat());
        self.ck = *first;
        self.key = Zeroizing::new(**second.key_for_testing());
    }

    /// Every key seals once, so the nonce is zero as in our own seal.
    fn seal(&mut self, plain: &[u8]) -> Vec<u8> {
        let sealed = aead::seal(&self.key, &self.h, plain).unwrap();
        self.mix_hash(&sealed);
        sealed
    }

    fn open(&mut self, sealed: &[u8]) -> Option<Vec<u8>> {
        let plain = aead::open(&self.key, &self.h, sealed).ok()?;
        self.mix_hash(sealed);
        Some(plain.to_vec())
    }
}

fn key(seed: u8) -> DhPrivateKey {
    DhPrivateKey::from_seed(&Zeroizing::new([seed; 32]))
}

fn write(e: &DhPrivateKey, s: &DhPrivateKey, r: &DhPrivateKey, payload: &[u8]) -> Vec<u8> {
    let to = r.public();
    let mut state = Symmetric::new(to.as_bytes());
    let mut message = e.public().as_bytes().to_vec();
    state.mix_hash(e.public().as_bytes());
    state.mix_key(&e.agree(&to).unwrap());
    message.extend(state.seal(s.public().as_bytes()));
    state.mix_key(&s.agree(&to).unwrap());
    message.extend(state.seal(payload));
    message
}

fn read(r: &DhPrivateKey, message: &[u8]) -> Option<([u8; 32], Vec<u8>)> {
    let mut state = Symmetric::new(r.public().as_bytes());
    let (e, rest) = message.split_first_chunk::<32>()?;
    state.mix_hash(e);
    state.mix_key(&r.agree(&super::DhPublicKey::decode(e).ok()?)?);
    let sender = super::DhPublicKey::decode(&state.open(&rest[..48])?).ok()?;
    state.mix_key(&r.agree(&sender)?);
    Some((*sender.as_bytes(), state.open(&rest[48..])?))
}

#[test]
fn os_sea_009_our_parts_write_what_an_independent_noise_x_writes() {
    let (e, s, r) = (key(1), key(2), key(3));
    for payload in [b"".as_slice(), b"come to room four", &[7; 5000]] {
        let mut theirs = vec![0; 6000];
        let length = Builder::new(NAME.parse().unwrap())
            .local_private_key(s.seed())
            .unwrap()
            .remote_public_key(r.public().as_bytes())
            .unwrap()
            .fixed_ephemeral_key_for_testing_only(e.seed())
            .build_initiator()
            .unwrap()
            .write_message(payload, &mut theirs)
            .unwrap();
        assert_eq!(write(&e, &s, &r, payload), theirs[..length]);
    }
}

#[test]
fn os_sea_009_each_reads_the_other_and_names_the_same_sender() {
    let (e, s, r) = (key(4), key(5), key(6));
    let ours = write(&e, &s, &r, b"words");
    assert_eq!(read(&r, &ours), Some((*s.public().as_bytes(), b"words".to_vec())));
    let mut theirs = Builder::new(NAME.parse().unwrap())
        .local_private_key(r.seed())
        .unwrap()
        .build_responder()
        .unwrap();
    let mut plain = vec![0; 100];
    let length = theirs.read_message(&ours, &mut plain).unwrap();
    assert_eq!(plain[..length], *b"words");
    assert_eq!(theirs.get_remote_static(), Some(s.public().as_bytes().as_slice()));

    let mut changed = ours;
    changed[40] ^= 1;
    assert_eq!(read(&r, &changed), None, "a changed sender is refused by both");
    let mut theirs = Builder::new(NAME.parse().unwrap())
        .local_private_key(r.seed())
        .unwrap()
        .build_responder()
        .unwrap();
    assert!(theirs.read_message(&changed, &mut plain).is_err());
}
