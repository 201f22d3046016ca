//! Receipts that a relay signs: one signature for all that became durable together.
//!
//! ```text
//! leaf      = SHA-256(0x00 || address || SHA-256(envelope) || position)
//! node      = SHA-256(0x01 || left || right)                   the tree of RFC 9162, section 2.1
//! signature = Ed25519 by the relay's identity key over "offshift receipt v1" || root
//! receipt   = position, the hashes beside the way from the leaf to the root, signature
//! ```
//! A receipt shows nothing of the others that share its root: who doesn't know an address, 32 bytes that can't
//! be guessed, can't make a leaf of that mailbox to compare.
//!
//! The identity key signs certificates, too. Those begin with the byte 0x30 and these statements with 0x6f, so
//! neither can pass for the other.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use offshift_wire::{
    Address, Envelope, Position, RelayId,
    receipt::{HashBytes, Path, Receipt, Side, SignedReceipt},
};
use sha2::{Digest, Sha256};

const RECEIPT_LABEL: &[u8] = b"offshift receipt v1";
const LEAF: [u8; 1] = [0];
const NODE: [u8; 1] = [1];

/// The SubjectPublicKeyInfo of an Ed25519 key but for the key itself (RFC 8410, section 4).
const SPKI_HEAD: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0];

/// The hash by which receipts name an envelope.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EnvelopeHash(HashBytes);

impl EnvelopeHash {
    /// Of this envelope.
    pub fn of(envelope: &Envelope) -> Self {
        Self(Sha256::digest(envelope).into())
    }

    /// The hash with these bytes.
    pub const fn from_bytes(bytes: HashBytes) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &HashBytes {
        &self.0
    }
}

/// What one receipt says: this envelope lies in this mailbox at this position.
pub struct Statement {
    /// The mailbox.
    pub address: Address,
    /// The envelope.
    pub envelope: EnvelopeHash,
    /// Where.
    pub position: Position,
}

impl Statement {
    fn leaf(&self) -> HashBytes {
        leaf(&self.address, &self.envelope.0, self.position)
    }
}

/// Signs receipts: the identity key of a relay in that role. Zeroized when dropped.
pub struct ReceiptKey(SigningKey);

impl ReceiptKey {
    /// The key of this seed (RFC 8032, section 5.1.5).
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its public half.
    pub fn public(&self) -> RelayKey {
        RelayKey(self.0.verifying_key().to_bytes())
    }

    pub(crate) const fn signing_key(&self) -> &SigningKey {
        &self.0
    }

    /// A receipt for each statement, in their order, all under one signature (OS-RCP-002).
    pub fn sign(&self, statements: &[Statement]) -> Vec<Receipt> {
        let tree = Tree::of(statements.iter().map(Statement::leaf).collect());
        let Some(root) = tree.root() else { return Vec::new() };
        let signature = self.0.sign(&signed_bytes(root)).to_bytes();
        let receipts = statements.iter().enumerate().map(|(at, statement)| Receipt {
            position: statement.position,
            path: tree.path(at),
            signature,
        });
        receipts.collect()
    }
}

/// A relay's identity key, which verifies its receipts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RelayKey([u8; 32]);

impl RelayKey {
    /// The key in an Ed25519 SubjectPublicKeyInfo.
    pub fn from_spki(spki: &[u8]) -> Option<Self> {
        spki.strip_prefix(&SPKI_HEAD)?.try_into().ok().map(Self)
    }

    /// The key with these bytes. Whether they are one shows when a signature is checked.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whose key it is: the hash that is in the relay's link.
    pub fn relay(&self) -> RelayId {
        let mut hash = Sha256::new();
        hash.update(SPKI_HEAD);
        hash.update(self.0);
        RelayId::from_bytes(hash.finalize().into())
    }

    /// Checks what the relay answered to a deposit of `envelope` into `address`.
    ///
    /// # Errors
    /// [`BadReceipt`] when its key did not sign that.
    pub fn verify(
        &self,
        address: Address,
        envelope: EnvelopeHash,
        receipt: Receipt,
    ) -> Result<Receipted, BadReceipt> {
        let (relay_key, envelope) = (self.0, envelope.0);
        Receipted::verify(SignedReceipt { relay_key, address, envelope, receipt })
    }
}

/// The key did not sign this receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the relay did not sign this receipt")]
pub struct BadReceipt;

/// A receipt whose signature fits. Only [`Receipted::verify`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipted(SignedReceipt);

impl Receipted {
    /// Checks the signature of a receipt against the key that it names (OS-RCP-001).
    ///
    /// Strictly, so that what one person accepts as evidence everybody does.
    ///
    /// # Errors
    /// [`BadReceipt`] when that key did not sign it.
    pub fn verify(signed: SignedReceipt) -> Result<Self, BadReceipt> {
        let receipt = &signed.receipt;
        let leaf = leaf(&signed.address, &signed.envelope, receipt.position);
        let root = receipt.path.steps().fold(leaf, |below, (side, beside)| match side {
            Side::Left => node(beside, &below),
            Side::Right => node(&below, beside),
        });
        let key = VerifyingKey::from_bytes(&signed.relay_key).map_err(|_| BadReceipt)?;
        let signature = Signature::from_bytes(&receipt.signature);
        key.verify_strict(&signed_bytes(&root), &signature).map_err(|_| BadReceipt)?;
        Ok(Self(signed))
    }

    /// The receipt and all that it is about.
    pub const fn signed(&self) -> &SignedReceipt {
        &self.0
    }

    /// The mailbox.
    pub const fn address(&self) -> &Address {
        &self.0.address
    }

    /// Where the envelope lies.
    pub const fn position(&self) -> Position {
        self.0.receipt.position
    }

    /// Whether it is for this envelope.
    pub fn names(&self, envelope: &EnvelopeHash) -> bool {
        self.0.envelope == envelope.0
    }

    /// Whether this and `other` can't both be true: one relay, one mailbox, one position, two envelopes
    /// (OS-RCP-004). Whoever has both, and the relay's link, can check it.
    pub fn contradicts(&self, other: &Self) -> bool {
        let place = |one: &Self| (one.0.relay_key, one.0.address, one.0.receipt.position);
        place(self) == place(other) && self.0.envelope != other.0.envelope
    }
}

fn leaf(address: &Address, envelope: &HashBytes, position: Position) -> HashBytes {
    hash(&[&LEAF, address.as_bytes(), envelope, &position.value().to_be_bytes()])
}

fn node(left: &HashBytes, right: &HashBytes) -> HashBytes {
    hash(&[&NODE, left, right])
}

fn hash(parts: &[&[u8]]) -> HashBytes {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

fn signed_bytes(root: &HashBytes) -> Vec<u8> {
    [RECEIPT_LABEL, root].concat()
}

/// A tree of hashes by levels, leaves first. The last of an odd level goes up as it is.
struct Tree(Vec<Vec<HashBytes>>);

impl Tree {
    fn of(leaves: Vec<HashBytes>) -> Self {
        let mut levels = vec![leaves];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            let (pairs, odd) = level.as_chunks::<2>();
            let nodes = pairs.iter().map(|[left, right]| node(left, right));
            levels.push(nodes.chain(odd.iter().copied()).collect());
        }
        Self(levels)
    }

    fn root(&self) -> Option<&HashBytes> {
        self.0.last()?.first()
    }

    fn path(&self, mut at: usize) -> Path {
        let mut path = Path::default();
        for level in &self.0 {
            let side = if at & 1 == 1 { Side::Left } else { Side::Right };
            if let Some(beside) = level.get(at ^ 1) {
                path.push(side, *beside);
            }
            at >>= 1;
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn statement(number: u8) -> Statement {
        let envelope = Envelope::try_from(vec![number; 1024]).unwrap();
        Statement {
            address: Address::from_bytes([number; 32]),
            envelope: EnvelopeHash::of(&envelope),
            position: Position::new(u64::from(number) + 1_000),
        }
    }

    fn signed(key: &ReceiptKey, count: u8) -> Vec<SignedReceipt> {
        let statements: Vec<_> = (0..count).map(statement).collect();
        let receipts = key.sign(&statements).into_iter().zip(statements);
        let whole = receipts.map(|(receipt, statement)| SignedReceipt {
            relay_key: key.public().0,
            address: statement.address,
            envelope: statement.envelope.0,
            receipt,
        });
        whole.collect()
    }

    #[test]
    fn os_rcp_002_every_receipt_of_a_tree_of_any_size_verifies() {
        let key = ReceiptKey::from_seed(&[7; 32]);
        assert!(key.sign(&[]).is_empty());
        for count in 1..=70 {
            for receipt in signed(&key, count) {
                assert!(Receipted::verify(receipt).is_ok(), "of {count}");
            }
        }
    }

    #[test]
    fn os_rcp_001_a_receipt_is_for_its_relay_mailbox_envelope_and_position_only() {
        let key = ReceiptKey::from_seed(&[7; 32]);
        let other = ReceiptKey::from_seed(&[8; 32]).public();
        let good = signed(&key, 5).remove(3);
        let bent = |bend: fn(&mut SignedReceipt)| {
            let mut bent = good.clone();
            bend(&mut bent);
            Receipted::verify(bent)
        };
        assert!(bent(|_| ()).is_ok(), "the twin");
        assert_eq!(bent(|one| one.address = Address::from_bytes([9; 32])), Err(BadReceipt));
        assert_eq!(bent(|one| one.envelope = [9; 32]), Err(BadReceipt));
        assert_eq!(bent(|one| one.receipt.position = Position::new(9)), Err(BadReceipt));
        assert_eq!(bent(|one| one.receipt.path = Path::default()), Err(BadReceipt));
        assert_eq!(bent(|one| one.receipt.signature[9] ^= 1), Err(BadReceipt));
        let of_another = SignedReceipt { relay_key: other.0, ..good.clone() };
        assert_eq!(Receipted::verify(of_another), Err(BadReceipt));
    }

    #[test]
    fn os_rcp_004_two_receipts_contradict_where_one_place_has_two_envelopes() {
        let sign = |key: u8, address: u8, envelope: u8, position: u64| {
            let key = ReceiptKey::from_seed(&[key; 32]);
            let (address, envelope) =
                (Address::from_bytes([address; 32]), EnvelopeHash([envelope; 32]));
            let position = Position::new(position);
            let receipt = key.sign(&[Statement { address, envelope, position }]).remove(0);
            key.public().verify(address, envelope, receipt).unwrap()
        };
        let one = sign(1, 1, 1, 1);
        assert!(one.contradicts(&sign(1, 1, 2, 1)), "another envelope in its place");
        for (other, what) in [
            (sign(1, 1, 1, 1), "the same"),
            (sign(1, 1, 1, 2), "deposited twice"),
            (sign(1, 1, 2, 2), "another position"),
            (sign(1, 2, 2, 1), "another mailbox"),
            (sign(2, 1, 2, 1), "another relay"),
        ] {
            assert!(!one.contradicts(&other), "{what}");
        }
    }

    #[test]
    fn a_relay_key_is_known_by_its_spki() {
        let key = ReceiptKey::from_seed(&[7; 32]).public();
        let spki = [&SPKI_HEAD[..], &key.0].concat();
        assert!(RelayKey::from_spki(&spki) == Some(key));
        assert!(RelayKey::from_spki(&spki[1..]).is_none());
        assert!(key.relay() == RelayId::from_bytes(Sha256::digest(&spki).into()));
    }

    /// RFC 9162, section 2.1.1, word for word.
    fn root_by_the_book(leaves: &[HashBytes]) -> HashBytes {
        match leaves {
            [leaf] => *leaf,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                let (left, right) = leaves.split_at(split);
                node(&root_by_the_book(left), &root_by_the_book(right))
            }
        }
    }

    proptest! {
        #[test]
        fn os_rcp_002_the_tree_is_that_of_rfc_9162(count in 1usize..200) {
            let leaves: Vec<HashBytes> =
                (0..count).map(|at| Sha256::digest(at.to_be_bytes()).into()).collect();
            let tree = Tree::of(leaves.clone());
            prop_assert_eq!(tree.root(), Some(&root_by_the_book(&leaves)));
        }
    }
}
