//! The mark that only its author recognises on an envelope: how a device sees that its vault is older than the world.
//!
//! ```text
//! mark key = HKDF(room signature seed, "offshift mark key v1")
//! nonce    = name (12 random bytes) || HMAC-SHA-256(mark key, "offshift mark v1" || address || name)[..12]
//! ```
//! To everyone else the nonce is uniform. What is remembered is the name, not the envelope: whoever copies a nonce
//! under other bytes copies a name that its author knows, and nobody else makes a name that has the mark (PT-62).

use offshift_wire::{Address, Envelope, MemberId};
use rand_core::CryptoRng;

use crate::{
    derive::{ChainKey, Secret, mac},
    room::mls::RoomKey,
};

/// The nonce of an envelope in a channel.
pub(crate) const NONCE: usize = 24;

/// The random half of an own nonce.
pub(crate) type Name = [u8; 12];

/// What was shown once.
pub(crate) type Tag = [u8; 8];

/// Marks own envelopes. Erased when dropped.
pub(crate) struct MarkKey(Secret);

impl MarkKey {
    /// Of a member: it lives as long as the room key does, in every epoch.
    pub(crate) fn of(key: &RoomKey) -> Self {
        Self(ChainKey::extract(&[0; 32], key.seed()).expand(b"offshift mark key v1"))
    }

    /// A fresh name, and the nonce that has it (OS-RBK-001).
    pub(crate) fn fresh(&self, rng: &mut dyn CryptoRng, address: &Address) -> (Name, [u8; NONCE]) {
        let mut name = [0; 12];
        rng.fill_bytes(&mut name);
        (name, self.nonce(address, &name))
    }

    fn nonce(&self, address: &Address, name: &Name) -> [u8; NONCE] {
        let mark = mac(&self.0, &[b"offshift mark v1", address.as_bytes(), name]);
        let mut nonce = [0; NONCE];
        for (to, from) in nonce.iter_mut().zip(name.iter().chain(mark.iter())) {
            *to = *from;
        }
        nonce
    }

    /// By what this device knows again what a member said (OS-ORD-013). Nobody else can find other words that have it.
    pub(crate) fn tag(&self, by: &MemberId, said: &[u8]) -> Tag {
        let mark = mac(&self.0, &[b"offshift shown v1", by.as_bytes(), said]);
        mark.first_chunk().copied().unwrap_or_default()
    }

    /// The name of an envelope of this channel, if this member made its nonce.
    pub(crate) fn name_of(&self, address: &Address, envelope: &Envelope) -> Option<Name> {
        let (nonce, _) = envelope.bytes().split_first_chunk::<NONCE>()?;
        let name = *nonce.first_chunk::<12>()?;
        (self.nonce(address, &name) == *nonce).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;
    use zeroize::Zeroizing;

    fn key(seed: u8) -> MarkKey {
        MarkKey::of(&RoomKey::from_seed(&Zeroizing::new([seed; 32])))
    }

    fn envelope(nonce: [u8; NONCE]) -> Envelope {
        [nonce.as_slice(), &[0; 1000]].concat().try_into().unwrap()
    }

    #[test]
    fn os_rbk_001_an_own_envelope_is_known_by_its_author_in_its_channel_and_by_nobody_else() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (here, there) = (Address::from_bytes([1; 32]), Address::from_bytes([2; 32]));
        let (name, nonce) = key(1).fresh(&mut rng, &here);
        assert_eq!(key(1).name_of(&here, &envelope(nonce)), Some(name), "the twin");
        assert_eq!(key(2).name_of(&here, &envelope(nonce)), None, "another member");
        assert_eq!(key(1).name_of(&there, &envelope(nonce)), None, "another channel");
        for at in 0..NONCE {
            let mut bent = nonce;
            bent[at] ^= 1;
            assert_eq!(key(1).name_of(&here, &envelope(bent)), None, "a forged nonce");
        }
    }
}
