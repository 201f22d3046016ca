//! The channel of an epoch: the mailbox and the outer seal that all members of the epoch share.
//!
//! ```text
//! MLS-Exporter("offshift channel v1", "fetch" | "deposit" | "envelope", 32) -> two seeds, one key
//! envelope = nonce (24, own mark) | XChaCha20-Poly1305(key, nonce, AD = address | size class, part | zeros)
//! ```
//! A relay sees uniform bytes of five sizes: no group id, no epoch, no content type, no sender (OS-CHA-010).
//! The nonce is uniform to all but its author, who knows it again (`room::watch::mark`).
//! Whoever is not a member of the epoch can't compute the address, fetch from it or deposit to it (OS-CHA-002).

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use offshift_access::{DepositKey, Descriptor, FetchKey, Kind};
use offshift_wire::{Address, Envelope, SizeClass};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{
    access::{DepositAccess, FetchAccess},
    parts::{self, Packed, Part, TooLong},
    room::watch::mark::{MarkKey, NONCE, Name},
};

/// The exporter's label.
pub(crate) const LABEL: &str = "offshift channel v1";

/// The exporter's contexts, one for each secret.
pub(crate) const CONTEXTS: [&[u8]; 3] = [b"fetch", b"deposit", b"envelope"];

const TAG: usize = 16;
/// What the seal adds to each part.
pub(crate) const OVERHEAD: usize = NONCE + TAG;

/// The three secrets that an epoch's exporter gives.
pub(crate) struct ChannelSecrets {
    pub(crate) fetch: Zeroizing<[u8; 32]>,
    pub(crate) deposit: Zeroizing<[u8; 32]>,
    pub(crate) envelope: Zeroizing<[u8; 32]>,
}

/// The mailbox of one epoch of one room, and the key of its envelopes.
pub(crate) struct Channel {
    descriptor: Descriptor,
    address: Address,
    secrets: ChannelSecrets,
}

impl Channel {
    pub(crate) fn new(secrets: ChannelSecrets) -> Self {
        let fetch = FetchKey::from_seed(&secrets.fetch).public();
        let deposit = DepositKey::from_seed(&secrets.deposit).public();
        let descriptor = Descriptor::new(Kind::Channel, fetch, deposit);
        Self { descriptor, address: descriptor.address(), secrets }
    }

    pub(crate) const fn address(&self) -> &Address {
        &self.address
    }

    pub(crate) fn fetch(&self) -> FetchAccess {
        FetchAccess::new(self.descriptor, self.secrets.fetch.clone())
    }

    pub(crate) fn deposit(&self) -> DepositAccess {
        DepositAccess::new(self.descriptor, self.secrets.deposit.clone())
    }

    /// The envelopes that carry an MLS message, and their names for their author.
    pub(crate) fn seal_marked(
        &self,
        rng: &mut dyn CryptoRng,
        mark: &MarkKey,
        message: &[u8],
    ) -> Result<Vec<(Name, Envelope)>, TooLong> {
        let packed = parts::pack(message, OVERHEAD)?;
        let seal_one = |one: &Packed| {
            // Random, so that equal words make unlike envelopes (OS-CHA-012).
            let (name, nonce) = mark.fresh(rng, &self.address);
            Ok((name, self.seal_one(nonce, one.class, &one.plaintext)?))
        };
        packed.iter().map(seal_one).collect()
    }

    /// The same without anybody's mark: of a meeting.
    pub(crate) fn seal(
        &self,
        rng: &mut dyn CryptoRng,
        message: &[u8],
    ) -> Result<Vec<Envelope>, TooLong> {
        let packed = parts::pack(message, OVERHEAD)?;
        packed.iter().map(|one| self.seal_part(rng, one)).collect()
    }

    /// One part without anybody's mark: of a file. Its nonce is random (OS-FIL-013).
    pub(crate) fn seal_part(
        &self,
        rng: &mut dyn CryptoRng,
        one: &Packed,
    ) -> Result<Envelope, TooLong> {
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        self.seal_one(nonce, one.class, &one.plaintext)
    }

    fn seal_one(
        &self,
        nonce: [u8; NONCE],
        class: SizeClass,
        plaintext: &[u8],
    ) -> Result<Envelope, TooLong> {
        let aad = self.associated_data(class);
        let payload = Payload { msg: plaintext, aad: &aad };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| TooLong)?;
        [nonce.as_slice(), &sealed].concat().try_into().map_err(|_| TooLong)
    }

    /// The part in an envelope; `None` when it was not sealed for this channel and this size (OS-CHA-011).
    pub(crate) fn open(&self, envelope: &Envelope) -> Option<Part> {
        let (nonce, sealed) = envelope.bytes().split_first_chunk::<NONCE>()?;
        let aad = self.associated_data(envelope.class());
        let payload = Payload { msg: sealed, aad: &aad };
        let plaintext = Zeroizing::new(self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()?);
        Part::decode(&plaintext).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.secrets.envelope).into())
    }

    fn associated_data(&self, class: SizeClass) -> [u8; 33] {
        let mut bytes = [0; 33];
        let from = self.address.as_bytes().iter().chain(std::iter::once(&0));
        for (to, from) in bytes.iter_mut().zip(from) {
            *to = *from;
        }
        if let Some(last) = bytes.last_mut() {
            *last = class.number();
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parts::Assembly, room::mls::RoomKey};
    use offshift_wire::Position;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    fn channel(seed: u8) -> Channel {
        Channel::new(ChannelSecrets {
            fetch: Zeroizing::new([seed; 32]),
            deposit: Zeroizing::new([seed + 1; 32]),
            envelope: Zeroizing::new([seed + 2; 32]),
        })
    }

    fn whole(channel: &Channel, envelope: &Envelope) -> Option<Vec<u8>> {
        let taken = Assembly::new().handle_part(Position::new(1), channel.open(envelope)?).ok()?;
        taken.whole.map(|whole| whole.to_vec())
    }

    #[test]
    fn os_cha_010_envelopes_of_every_kind_have_one_of_five_sizes_and_open_again() {
        let (here, mut rng) = (channel(1), ChaCha20Rng::seed_from_u64(1));
        for bytes in [1, 944, 945, 4_016, 4_017, 200_000] {
            let sealed = here.seal(&mut rng, &vec![7; bytes]).unwrap();
            assert_eq!(sealed.len(), 1);
            assert_eq!(whole(&here, &sealed[0]), Some(vec![7; bytes]));
        }
    }

    #[test]
    fn os_cha_011_an_envelope_opens_in_its_own_channel_and_unaltered_only() {
        let (here, mut rng) = (channel(1), ChaCha20Rng::seed_from_u64(2));
        let sealed = here.seal(&mut rng, b"words").unwrap().remove(0);
        assert!(whole(&here, &sealed).is_some(), "the twin");
        assert!(channel(9).open(&sealed).is_none(), "another channel's keys");
        let mut same_key = channel(9);
        same_key.secrets.envelope = here.secrets.envelope.clone();
        assert!(same_key.open(&sealed).is_none(), "the same key at another address");
        for at in [0, 24, 500, 1023] {
            let mut bytes = sealed.bytes().to_vec();
            bytes[at] ^= 1;
            assert!(here.open(&bytes.try_into().unwrap()).is_none());
        }
    }

    fn hex(value: &serde_json::Value) -> Vec<u8> {
        data_encoding::HEXLOWER.decode(value.as_str().unwrap().as_bytes()).unwrap()
    }

    /// `proto/vectors/channel_v1.json`: what another implementation must compute and open.
    #[test]
    fn os_cha_001_the_known_answers_of_the_channel_hold() {
        let all = include_str!("../../../proto/vectors/channel_v1.json");
        let all: serde_json::Value = serde_json::from_str(all).unwrap();
        for vector in all["vectors"].as_array().unwrap() {
            let secret = |name| Zeroizing::new(<[u8; 32]>::try_from(hex(&vector[name])).unwrap());
            let here = Channel::new(ChannelSecrets {
                fetch: secret("fetch_seed"),
                deposit: secret("deposit_seed"),
                envelope: secret("envelope_key"),
            });
            assert_eq!(here.descriptor.encode().to_vec(), hex(&vector["descriptor"]));
            assert_eq!(here.address.as_bytes().to_vec(), hex(&vector["address"]));
            let envelope = hex(&vector["envelope"]).try_into().unwrap();
            assert_eq!(whole(&here, &envelope), Some(hex(&vector["whole"])));
        }
    }

    #[test]
    fn os_cha_012_the_same_words_never_make_the_same_envelope() {
        let (here, mut rng) = (channel(1), ChaCha20Rng::seed_from_u64(3));
        let mark = MarkKey::of(&RoomKey::from_seed(&Zeroizing::new([9; 32])));
        let mut seal = || here.seal_marked(&mut rng, &mark, b"words").unwrap().remove(0).1;
        let (one, other) = (seal(), seal());
        assert!(one != other);
        assert!(whole(&here, &one) == whole(&here, &other), "though they say the same");
    }
}
