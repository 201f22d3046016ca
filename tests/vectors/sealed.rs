//! `proto/vectors/sealed_v1.json`, made by an implementation in another language.

use std::convert::Infallible;

use offshift_protocol::seal::{self, DhPrivateKey, InboxPrivate, KemPrivateKey};
use offshift_wire::Envelope;
use rand_core::{TryCryptoRng, TryRng};
use serde_json::Value;

use crate::vectors;

/// Randomness that is known beforehand, and that ends.
struct Known(std::vec::IntoIter<u8>);

impl TryRng for Known {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes).map(|()| u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes).map(|()| u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
        to.fill_with(|| self.0.next().expect("randomness enough"));
        Ok(())
    }
}

impl TryCryptoRng for Known {}

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    let text = vector[field].as_str().expect("hex text");
    data_encoding::HEXLOWER.decode(text.as_bytes()).expect("hex")
}

fn seed(vector: &Value, field: &str) -> zeroize::Zeroizing<[u8; 32]> {
    zeroize::Zeroizing::new(bytes(vector, field).try_into().expect("32 bytes"))
}

fn recipient(vector: &Value) -> InboxPrivate {
    InboxPrivate {
        kem: KemPrivateKey::from_seed(&seed(vector, "recipient_kem_seed")),
        dh: DhPrivateKey::from_seed(&seed(vector, "recipient_dh_seed")),
    }
}

#[test]
fn os_sea_001_os_sea_002_envelopes_open_or_not_as_the_vectors_say() {
    for vector in vectors("sealed_v1.json") {
        let envelope = Envelope::try_from(bytes(&vector, "envelope")).expect("a size class");
        match seal::open(&recipient(&vector), &envelope) {
            Ok(opened) => {
                assert_eq!(vector["outcome"], "opens", "{}", vector["comment"]);
                assert_eq!(*opened.body, bytes(&vector, "body"));
                assert_eq!(opened.sender.as_bytes().as_slice(), bytes(&vector, "sender_dh"));
            }
            Err(_) => assert_eq!(vector["outcome"], "does not open", "{}", vector["comment"]),
        }
    }
}

#[test]
fn os_sea_001_os_sea_004_sealing_with_known_randomness_gives_the_vectors_bytes() {
    let mut checked = 0;
    for vector in vectors("sealed_v1.json") {
        let public = recipient(&vector).public();
        assert_eq!(public.kem.encode().to_vec(), bytes(&vector, "recipient_kem"));
        assert_eq!(public.dh.as_bytes().to_vec(), bytes(&vector, "recipient_dh"));
        let randomness = bytes(&vector, "encapsulation");
        if randomness.is_empty() {
            continue;
        }
        let from = DhPrivateKey::from_seed(&seed(&vector, "sender_dh_seed"));
        let mut rng = Known(randomness.into_iter());
        let sealed = seal::seal(&mut rng, &public, &from, &bytes(&vector, "body")).expect("seals");
        assert_eq!(sealed.as_ref(), bytes(&vector, "envelope"), "{}", vector["comment"]);
        assert!(rng.0.next().is_none(), "all of the randomness is used");
        checked += 1;
    }
    assert!(checked >= 4);
}
