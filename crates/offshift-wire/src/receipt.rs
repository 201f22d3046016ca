//! What a relay signs when an envelope is durable, and what shows that it contradicts itself.
//!
//! ```text
//! Receipt (as it travels) + relay key, address, hash of the envelope = SignedReceipt (anyone can check it)
//! SignedReceipt + what can't be true beside it                      = Evidence
//! ```
//! Here is only what is well formed. Whether a signature fits is for `offshift-access` to say.

use bytes::Bytes;
use prost::Message as _;

use crate::{Address, Malformed, Position, UnixMillis, card::exact, limits::RECEIPT_PATH_MAX, v1};

/// A hash: of an envelope, or of a node of the tree of receipts. SHA-256.
pub type HashBytes = [u8; 32];

/// A relay's word that an envelope is durable, with its signature over many such words at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Where the envelope lies.
    pub position: Position,
    /// From this receipt to the root that is signed.
    pub path: Path,
    /// Ed25519 by the relay's identity key.
    pub signature: [u8; 64],
}

/// The hashes beside the way from a leaf up to the root, at most [`RECEIPT_PATH_MAX`].
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Path {
    hashes: Vec<HashBytes>,
    sides: u32,
}

/// On which side of the way a hash stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Left,
    /// Behind it.
    Right,
}

impl Path {
    /// Goes on by one hash. Nothing happens beyond the limit: such a path leads nowhere.
    pub fn push(&mut self, side: Side, hash: HashBytes) {
        if self.hashes.len() < RECEIPT_PATH_MAX {
            self.sides |= u32::from(side == Side::Left) << self.hashes.len();
            self.hashes.push(hash);
        }
    }

    /// From the leaf up.
    pub fn steps(&self) -> impl Iterator<Item = (Side, &HashBytes)> {
        let side = |at| if self.sides >> at & 1 == 1 { Side::Left } else { Side::Right };
        self.hashes.iter().enumerate().map(move |(at, hash)| (side(at), hash))
    }

    fn decode(sides: u32, bytes: &[u8]) -> Result<Self, Malformed> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && hashes.len() <= RECEIPT_PATH_MAX;
        // A bit beside no hash would be a second way to write the same path (OS-RCP-003).
        if !fits || sides >> hashes.len() != 0 {
            return Err(Malformed("path of a receipt"));
        }
        Ok(Self { hashes: hashes.to_vec(), sides })
    }
}

/// A receipt with all that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedReceipt {
    /// The relay's identity key.
    pub relay_key: [u8; 32],
    /// The mailbox.
    pub address: Address,
    /// SHA-256 of the envelope.
    pub envelope: HashBytes,
    /// What the relay answered.
    pub receipt: Receipt,
}

/// What can't be true beside a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// A receipt of another envelope at the same position of the same mailbox.
    Other(SignedReceipt),
    /// The hash of another envelope, which a fetch gave at the position.
    Shown(HashBytes),
    /// A fetch went on to this position without it.
    PassedBy(Position),
}

/// A receipt and what can't be true beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What the relay signed.
    pub receipt: SignedReceipt,
    /// What stands against it.
    pub against: Against,
    /// When it was found, by the finder's clock.
    pub found_at: UnixMillis,
}

impl SignedReceipt {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        v1::SignedReceipt::from(self.clone()).encode_to_vec()
    }

    /// The receipt with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        v1::SignedReceipt::decode(bytes)?.try_into()
    }
}

impl Evidence {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        use v1::evidence::Against as Wire;
        let against = match self.against.clone() {
            Against::Other(other) => Wire::Other(other.into()),
            Against::Shown(hash) => Wire::Shown(Bytes::copy_from_slice(&hash)),
            Against::PassedBy(position) => Wire::PassedBy(position.value()),
        };
        v1::Evidence {
            receipt: Some(self.receipt.clone().into()),
            against: Some(against),
            found_at: self.found_at.0,
        }
        .encode_to_vec()
    }

    /// The evidence with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        use v1::evidence::Against as Wire;
        let wire = v1::Evidence::decode(bytes)?;
        let against = match wire.against.ok_or(Malformed("evidence"))? {
            Wire::Other(other) => Against::Other(other.try_into()?),
            Wire::Shown(hash) => Against::Shown(exact(&hash, "hash of an envelope")?),
            Wire::PassedBy(position) => Against::PassedBy(Position::new(position)),
        };
        let receipt = wire.receipt.ok_or(Malformed("evidence"))?.try_into()?;
        Ok(Self { receipt, against, found_at: UnixMillis(wire.found_at) })
    }
}

impl From<Receipt> for v1::Receipt {
    fn from(receipt: Receipt) -> Self {
        Self {
            position: receipt.position.value(),
            sides: receipt.path.sides,
            path: Bytes::copy_from_slice(receipt.path.hashes.as_flattened()),
            signature: Bytes::copy_from_slice(&receipt.signature),
        }
    }
}

impl TryFrom<v1::Receipt> for Receipt {
    type Error = Malformed;

    fn try_from(receipt: v1::Receipt) -> Result<Self, Malformed> {
        Ok(Self {
            position: Position::new(receipt.position),
            path: Path::decode(receipt.sides, &receipt.path)?,
            signature: exact(&receipt.signature, "signature of a receipt")?,
        })
    }
}

impl From<SignedReceipt> for v1::SignedReceipt {
    fn from(signed: SignedReceipt) -> Self {
        Self {
            relay_key: Bytes::copy_from_slice(&signed.relay_key),
            address: Bytes::copy_from_slice(signed.address.as_bytes()),
            envelope: Bytes::copy_from_slice(&signed.envelope),
            receipt: Some(signed.receipt.into()),
        }
    }
}

impl TryFrom<v1::SignedReceipt> for SignedReceipt {
    type Error = Malformed;

    fn try_from(signed: v1::SignedReceipt) -> Result<Self, Malformed> {
        Ok(Self {
            relay_key: exact(&signed.relay_key, "key of a relay")?,
            address: Address::from_bytes(exact(&signed.address, "address")?),
            envelope: exact(&signed.envelope, "hash of an envelope")?,
            receipt: signed.receipt.ok_or(Malformed("receipt"))?.try_into()?,
        })
    }
}

impl std::fmt::Debug for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Path(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path(length: usize) -> Path {
        let mut path = Path::default();
        for at in 0..length {
            let side = if at % 3 == 0 { Side::Left } else { Side::Right };
            path.push(side, [u8::try_from(at).unwrap(); 32]);
        }
        path
    }

    fn signed(position: u64, length: usize) -> SignedReceipt {
        let receipt =
            Receipt { position: Position::new(position), path: path(length), signature: [4; 64] };
        let address = Address::from_bytes([2; 32]);
        SignedReceipt { relay_key: [1; 32], address, envelope: [3; 32], receipt }
    }

    #[test]
    fn receipts_and_evidence_survive_their_own_encoding() {
        for length in 0..=RECEIPT_PATH_MAX {
            let receipt = signed(9, length);
            assert_eq!(SignedReceipt::decode(&receipt.encode()), Ok(receipt));
        }
        let against = [
            Against::Other(signed(9, 1)),
            Against::Shown([7; 32]),
            Against::PassedBy(Position::new(10)),
        ];
        for against in against {
            let evidence = Evidence {
                receipt: signed(9, 2),
                against,
                found_at: UnixMillis(1_800_000_000_000),
            };
            assert_eq!(Evidence::decode(&evidence.encode()), Ok(evidence));
        }
    }

    #[test]
    fn os_rcp_003_a_path_has_one_way_to_be_written_and_an_end() {
        let good = v1::Receipt::from(signed(9, 2).receipt);
        assert!(Receipt::try_from(good.clone()).is_ok(), "the twin");
        let malformed = Err(Malformed("path of a receipt"));
        let bent = v1::Receipt { sides: good.sides | 1 << 2, ..good.clone() };
        assert_eq!(Receipt::try_from(bent), malformed, "a side of no hash");
        let bent = v1::Receipt { path: good.path.slice(1..), ..good.clone() };
        assert_eq!(Receipt::try_from(bent), malformed, "part of a hash");
        let long = vec![0; 32 * (RECEIPT_PATH_MAX + 1)].into();
        let bent = v1::Receipt { path: long, ..good.clone() };
        assert_eq!(Receipt::try_from(bent), malformed, "too long");
        let bent = v1::Receipt { signature: good.signature.slice(1..), ..good };
        assert_eq!(Receipt::try_from(bent), Err(Malformed("signature of a receipt")));
    }

    #[test]
    fn a_path_takes_no_more_than_its_limit() {
        assert_eq!(path(RECEIPT_PATH_MAX + 1).steps().count(), RECEIPT_PATH_MAX);
    }

    proptest! {
        #[test]
        fn decoding_any_bytes_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = SignedReceipt::decode(&bytes);
            let _ = Evidence::decode(&bytes);
        }
    }
}
