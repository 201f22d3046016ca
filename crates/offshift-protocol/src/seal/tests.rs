use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn keys(seed: u64) -> InboxPrivate {
    InboxPrivate::generate(&mut rng(seed))
}

fn sealed(body: &[u8]) -> Envelope {
    seal(&mut rng(9), &keys(1).public(), &keys(2).dh, body).unwrap()
}

#[test]
fn os_sea_001_what_is_sealed_opens_and_names_its_sender() {
    let opened = open(&keys(1), &sealed(b"come")).unwrap();
    assert_eq!(opened.body.as_slice(), b"come");
    assert_eq!(opened.sender, keys(2).dh.public());
}

#[test]
fn os_sea_005_every_envelope_has_one_of_the_five_sizes_and_hides_its_length() {
    let mut seen = Vec::new();
    for length in [0, 1, 2908, 2909, 15_196, 15_197, 64_348, 64_349, BODY_BYTES_MAX] {
        let envelope = sealed(&vec![7; length]);
        seen.push(envelope.class());
        assert_eq!(open(&keys(1), &envelope).unwrap().body.len(), length);
    }
    use SizeClass::{K4, K16, K64, K256};
    assert_eq!(seen, [K4, K4, K4, K16, K16, K64, K64, K256, K256]);
    let too_long = seal(&mut rng(9), &keys(1).public(), &keys(2).dh, &vec![7; BODY_BYTES_MAX + 1]);
    assert_eq!(too_long.err(), Some(SealRefused::TooLong));
}

#[test]
fn os_sea_002_any_changed_bit_is_refused() {
    let (to, envelope) = (keys(1), sealed(b"come"));
    assert!(open(&to, &envelope).is_ok(), "the twin");
    // Every bit of the sender and of the tags, and some of the rest.
    let bits = (0..envelope.as_ref().len() * 8).filter(|bit| {
        let byte = bit / 8;
        (1120..1168).contains(&byte) || byte >= 4080 || bit % 97 == 0
    });
    for bit in bits {
        let mut bytes = envelope.as_ref().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(open(&to, &bytes.try_into().unwrap()).err(), Some(DoesNotOpen), "bit {bit}");
    }
}

#[test]
fn os_sea_002_another_recipient_of_either_half_does_not_open() {
    let (envelope, right) = (sealed(b"come"), || keys(1));
    let other_kem = InboxPrivate { kem: keys(3).kem, dh: right().dh };
    let other_dh = InboxPrivate { kem: right().kem, dh: keys(3).dh };
    for wrong in [keys(3), other_kem, other_dh] {
        assert!(open(&wrong, &envelope).is_err());
    }
    assert!(open(&right(), &envelope).is_ok(), "the twin");
}

/// An envelope that names `named` as its sender but is made with the private key of `from`.
fn forged(to: &InboxPublic, from: &DhPrivateKey, named: &DhPublicKey, padded: &[u8]) -> Envelope {
    let (ct, shared) = to.kem.encapsulate(&mut rng(5));
    let h0 = recipient_hash(to);
    let first = ChainKey::extract(&h0, &*shared);
    let mut sealed = [h0.as_slice(), &ct].concat();
    sealed.extend(aead::seal(&first.expand(b"sender"), &sealed, named.as_bytes()).unwrap());
    let second = first.chain(&*from.agree(&to.dh).unwrap());
    sealed.extend(aead::seal(&second.expand(b"body"), &sealed, padded).unwrap());
    sealed.split_off(32).try_into().unwrap()
}

#[test]
fn os_sea_010_nobody_seals_in_the_name_of_another() {
    let (to, mallory, ana) = (keys(1), keys(2).dh, keys(3).dh);
    let padded = pad(b"come").unwrap();
    let twin = forged(&to.public(), &mallory, &mallory.public(), &padded);
    assert_eq!(open(&to, &twin).unwrap().sender, mallory.public(), "the twin: in her own name");
    let lie = forged(&to.public(), &mallory, &ana.public(), &padded);
    assert_eq!(open(&to, &lie).err(), Some(DoesNotOpen));
}

#[test]
fn os_sea_011_the_recipient_could_have_made_it_itself() {
    // Deniable: with the recipient's private key alone, an envelope "from Ana" is made without hers.
    let (to, ana) = (keys(1), keys(3).dh.public());
    let (ct, shared) = to.public().kem.encapsulate(&mut rng(5));
    let h0 = recipient_hash(&to.public());
    let first = ChainKey::extract(&h0, &*shared);
    let mut sealed = [h0.as_slice(), &ct].concat();
    sealed.extend(aead::seal(&first.expand(b"sender"), &sealed, ana.as_bytes()).unwrap());
    let second = first.chain(&*to.dh.agree(&ana).unwrap());
    sealed.extend(aead::seal(&second.expand(b"body"), &sealed, &pad(b"x").unwrap()).unwrap());
    let envelope = sealed.split_off(32).try_into().unwrap();
    assert_eq!(open(&to, &envelope).unwrap().sender, ana);
}

#[test]
fn os_sea_006_padding_that_is_not_zero_or_a_length_that_lies_is_refused() {
    let (to, from) = (keys(1), keys(2).dh);
    let good = pad(b"come").unwrap();
    let spoil = |at: usize, byte: u8| {
        let mut padded = good.to_vec();
        padded[at] = byte;
        forged(&to.public(), &from, &from.public(), &padded)
    };
    assert!(open(&to, &spoil(4, b'C')).is_ok(), "the twin: other words");
    let last = good.len() - 1;
    for (at, byte) in [(8, 1), (last, 1), (0, 1), (3, 3)] {
        assert!(open(&to, &spoil(at, byte)).is_err(), "byte {at}");
    }
}

#[test]
fn os_sea_003_points_of_low_order_and_second_spellings_are_no_keys() {
    let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
    let good = keys(1).dh.public();
    assert!(DhPublicKey::decode(good.as_bytes()).is_ok(), "the twin");
    let low = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    for point in low {
        assert!(DhPublicKey::decode(&hex(point)).is_err(), "{point}");
    }
    let mut high_bit = *good.as_bytes();
    high_bit[31] |= 0x80;
    assert!(DhPublicKey::decode(&high_bit).is_err(), "the same point written differently");
    let mut nine = [0xff; 32];
    (nine[0], nine[31]) = (0xed + 9, 0x7f);
    assert!(DhPublicKey::decode(&nine).is_err(), "the base point plus p");
    assert!(DhPublicKey::decode(&[9; 31]).is_err());
}

/// What X25519 itself says of a point.
fn multiplied(point: [u8; 32]) -> bool {
    let secret = x25519_dalek::StaticSecret::from([1; 32]);
    secret.diffie_hellman(&x25519_dalek::PublicKey::from(point)).was_contributory()
}

#[test]
fn os_sea_003_the_list_of_points_of_low_order_says_what_x25519_says() {
    for point in keys::LOW_ORDER {
        assert!(!multiplied(point), "{point:?}");
    }
    let mut low = 0;
    let edges = [0, 0xff].into_iter().flat_map(|middle| {
        (0..=0xff).flat_map(move |first| {
            [0, 0x7f, 0x80, 0xff].map(|last| {
                let mut point = [middle; 32];
                (point[0], point[31]) = (first, last);
                point
            })
        })
    });
    for point in edges {
        assert_eq!(keys::contributes(&point), multiplied(point), "{point:?}");
        low += usize::from(!keys::contributes(&point));
    }
    assert_eq!(low, 10, "0, 1, p - 1, p and p + 1, each with and without the highest bit");
    for seed in 0..50 {
        let mut point = *keys(seed).dh.public().as_bytes();
        point[31] |= if seed % 2 == 0 { 0x80 } else { 0 };
        assert!(keys::contributes(&point) && multiplied(point));
    }
}

#[test]
fn os_sea_003_a_secret_of_zeros_is_refused_even_if_the_key_was_let_in() {
    let mine = keys(1).dh;
    assert!(mine.agree(&keys(2).dh.public()).is_some(), "the twin");
    assert!(mine.agree(&DhPublicKey([0; 32])).is_none());
    let to = InboxPublic { dh: DhPublicKey([1; 32]), ..keys(1).public() };
    assert!(seal(&mut rng(1), &to, &mine, b"x").is_ok(), "the twin: an odd point, not a dead one");
    let to = InboxPublic { dh: DhPublicKey([0; 32]), ..to };
    assert_eq!(seal(&mut rng(1), &to, &mine, b"x").err(), Some(SealRefused::WeakKey));
}

#[test]
fn os_sea_003_a_kem_key_with_a_dead_half_is_refused() {
    let good = keys(1).kem.public().encode();
    assert!(KemPublicKey::decode(good.as_slice()).is_ok(), "the twin");
    let mut dead = good.clone();
    dead[1184..].fill(0);
    assert!(KemPublicKey::decode(dead.as_slice()).is_err());
    let mut beyond = good;
    beyond[..3].fill(0xff);
    assert!(
        KemPublicKey::decode(beyond.as_slice()).is_err(),
        "a coefficient above ML-KEM's modulus"
    );
}

#[test]
fn os_sea_003_a_ciphertext_with_a_dead_half_is_refused() {
    let to = keys(1);
    let (mut ct, _) = to.public().kem.encapsulate(&mut rng(5));
    assert!(to.kem.decapsulate(&ct).is_ok(), "the twin");
    ct[1088..].fill(0);
    assert!(to.kem.decapsulate(&ct).is_err());
}

#[test]
fn the_same_body_never_makes_the_same_envelope() {
    let (mut rng, to, from) = (rng(1), keys(1).public(), keys(2).dh);
    let one = seal(&mut rng, &to, &from, b"come").unwrap();
    let two = seal(&mut rng, &to, &from, b"come").unwrap();
    let equal = one.as_ref().iter().zip(two.as_ref()).filter(|(a, b)| a == b).count();
    assert!(equal < 100, "about one byte in 256 is equal by chance");
}

#[test]
fn debug_of_a_key_shows_no_byte_of_it() {
    let public = keys(1).public();
    assert_eq!(format!("{public:?} {:?}", public.dh), "InboxPublic(..) DhPublicKey(..)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_body_survives(body in prop::collection::vec(any::<u8>(), 0..20_000)) {
        prop_assert_eq!(&*open(&keys(1), &sealed(&body)).unwrap().body, &body);
    }

    #[test]
    fn any_envelope_of_noise_is_refused(seed in any::<u64>()) {
        let mut bytes = vec![0; SizeClass::K4.bytes()];
        rand_core::Rng::fill_bytes(&mut rng(seed), &mut bytes);
        prop_assert!(open(&keys(1), &bytes.try_into().unwrap()).is_err());
    }
}

#[test]
fn an_envelope_too_small_for_a_seal_does_not_open() {
    assert!(open(&keys(1), &vec![0; 1024].try_into().unwrap()).is_err());
}
