//! Cards as they travel: what a person's device hands over at a meeting.

use bytes::Bytes;
use prost::Message;

use crate::{
    Malformed,
    limits::{CARD_KEY_PACKAGES_MAX, KEY_PACKAGE_BYTES_MAX},
    link::RelayLink,
    relay::DescriptorBytes,
    v1,
};

/// An X-Wing public key as it travels; `offshift-protocol` gives it meaning.
pub type KemPublicBytes = [u8; 1216];

/// An X25519 public key as it travels.
pub type DhPublicBytes = [u8; 32];

/// Where and how first envelopes reach one device.
#[derive(Clone, PartialEq, Eq)]
pub struct InboxCardBytes {
    /// At which relay.
    pub relay: RelayLink,
    /// Of which mailbox.
    pub descriptor: DescriptorBytes,
    /// The seed of its deposit key.
    pub deposit_seed: [u8; 32],
    /// Its KEM key.
    pub kem: Box<KemPublicBytes>,
    /// Its DH key.
    pub dh: DhPublicBytes,
}

/// A card with its fields' lengths checked. `offshift-protocol` checks their meaning.
#[derive(Clone, PartialEq, Eq)]
pub struct CardBytes {
    /// The proposed handle, any text.
    pub handle: String,
    /// How to reach its owner.
    pub inbox: InboxCardBytes,
    /// One MLS KeyPackage for each suite, by the suite's number.
    pub key_packages: Vec<(u32, Bytes)>,
}

impl InboxCardBytes {
    /// Its bytes.
    pub fn encode(&self) -> Bytes {
        v1::InboxCard::from(self).encode_to_vec().into()
    }

    /// The inbox card of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        v1::InboxCard::decode(bytes)?.try_into()
    }
}

impl CardBytes {
    /// Its bytes.
    pub fn encode(&self) -> Bytes {
        let key_packages = self.key_packages.iter().map(|(suite, key_package)| {
            v1::CardKeyPackage { suite: *suite, key_package: key_package.clone() }
        });
        v1::Card {
            handle: self.handle.clone(),
            inbox: Some((&self.inbox).into()),
            key_packages: key_packages.collect(),
        }
        .encode_to_vec()
        .into()
    }

    /// The card of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let card = v1::Card::decode(bytes)?;
        Ok(Self {
            handle: card.handle,
            inbox: card.inbox.ok_or(Malformed("inbox"))?.try_into()?,
            key_packages: key_packages(card.key_packages)?,
        })
    }
}

fn key_packages(list: Vec<v1::CardKeyPackage>) -> Result<Vec<(u32, Bytes)>, Malformed> {
    let long = |one: &v1::CardKeyPackage| one.key_package.len() > KEY_PACKAGE_BYTES_MAX;
    if list.len() > CARD_KEY_PACKAGES_MAX || list.iter().any(long) {
        return Err(Malformed("key packages"));
    }
    Ok(list.into_iter().map(|one| (one.suite, one.key_package)).collect())
}

impl From<&InboxCardBytes> for v1::InboxCard {
    fn from(card: &InboxCardBytes) -> Self {
        Self {
            relay: card.relay.to_string(),
            descriptor: Bytes::copy_from_slice(&card.descriptor),
            deposit_seed: Bytes::copy_from_slice(&card.deposit_seed),
            kem: Bytes::copy_from_slice(card.kem.as_slice()),
            dh: Bytes::copy_from_slice(&card.dh),
        }
    }
}

impl TryFrom<v1::InboxCard> for InboxCardBytes {
    type Error = Malformed;

    fn try_from(card: v1::InboxCard) -> Result<Self, Malformed> {
        Ok(Self {
            relay: card.relay.parse().map_err(|_| Malformed("relay link"))?,
            descriptor: exact(&card.descriptor, "descriptor")?,
            deposit_seed: exact(&card.deposit_seed, "deposit seed")?,
            kem: Box::new(exact(&card.kem, "kem key")?),
            dh: exact(&card.dh, "dh key")?,
        })
    }
}

/// Exactly `N` bytes.
pub(crate) fn exact<const N: usize>(
    bytes: &[u8],
    field: &'static str,
) -> Result<[u8; N], Malformed> {
    bytes.try_into().map_err(|_| Malformed(field))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::RelayId;

    fn card() -> CardBytes {
        CardBytes {
            handle: "Ana".into(),
            inbox: InboxCardBytes {
                relay: RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap(),
                descriptor: [1; 66],
                deposit_seed: [2; 32],
                kem: Box::new([3; 1216]),
                dh: [4; 32],
            },
            key_packages: vec![(3, Bytes::from_static(b"package"))],
        }
    }

    #[test]
    fn a_card_survives_being_written_and_read() {
        assert!(CardBytes::decode(&card().encode()) == Ok(card()));
        let inbox = card().inbox;
        assert!(InboxCardBytes::decode(&inbox.encode()) == Ok(inbox));
    }

    #[test]
    fn too_many_or_too_long_key_packages_are_malformed() {
        let many = vec![(1, Bytes::new()); CARD_KEY_PACKAGES_MAX + 1];
        let long = vec![(1, Bytes::from(vec![0; KEY_PACKAGE_BYTES_MAX + 1]))];
        for key_packages in [many, long] {
            let bytes = CardBytes { key_packages, ..card() }.encode();
            assert_eq!(CardBytes::decode(&bytes).err(), Some(Malformed("key packages")));
        }
    }

    proptest! {
        #[test]
        fn decoding_any_bytes_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = CardBytes::decode(&bytes);
            let _ = InboxCardBytes::decode(&bytes);
        }
    }
}
