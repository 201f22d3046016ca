//! The rendezvous of a meeting, written a second time from `proto/spec/meeting.md`, for attackers: somebody who has
//! the code can say anything, in any mailbox, in any order.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use offshift_access::{DepositKey, Descriptor, FetchKey, Kind};
use offshift_wire::{
    Address, Envelope,
    meeting::{MeetingEntry, Nonce, Say},
    text,
};
use sha2::{Digest, Sha256};

const PREFIX: &str = "offshift:meet:";
const SIZE: usize = 16 << 10;

/// Whose mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The scanner's.
    Scanner,
    /// The shower's.
    Shower,
}

/// Everything that follows from a code.
pub struct Stolen {
    prk: Hkdf<Sha256>,
}

impl Stolen {
    /// What somebody who photographed `code` has.
    pub fn from_code(code: &str) -> Self {
        let payload = text::decode(PREFIX, code.strip_prefix(PREFIX).unwrap()).unwrap();
        let salt = Sha256::new()
            .chain_update("offshift meeting v1")
            .chain_update(&payload[21..53])
            .finalize();
        Self { prk: Hkdf::new(Some(&salt), &payload[1..17]) }
    }

    fn derive(&self, mailbox: Side, purpose: &str) -> [u8; 32] {
        let role = if mailbox == Side::Scanner { "scanner" } else { "shower" };
        let mut out = [0; 32];
        self.prk.expand(format!("{role} {purpose}").as_bytes(), &mut out).unwrap();
        out
    }

    /// Where this side writes.
    pub fn address(&self, mailbox: Side) -> Address {
        let fetch = FetchKey::from_seed(&self.derive(mailbox, "fetch")).public();
        let deposit = DepositKey::from_seed(&self.derive(mailbox, "deposit")).public();
        Descriptor::new(Kind::Channel, fetch, deposit).address()
    }

    fn aad(&self, mailbox: Side) -> Vec<u8> {
        [self.address(mailbox).as_bytes().as_slice(), &[3]].concat()
    }

    fn cipher(&self, mailbox: Side) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive(mailbox, "envelope").into())
    }

    /// An entry in an envelope, under this nonce.
    pub fn seal(&self, mailbox: Side, nonce: u64, tag: u8, say: Say) -> Envelope {
        self.seal_entry(mailbox, nonce, &MeetingEntry { tag: [tag; 16], say })
    }

    /// The same of any entry.
    pub fn seal_entry(&self, mailbox: Side, nonce: u64, entry: &MeetingEntry) -> Envelope {
        let entry = entry.encode();
        let mut whole = u16::try_from(entry.len()).unwrap().to_be_bytes().to_vec();
        whole.extend_from_slice(&entry);
        whole.resize(SIZE - 40 - 40, 0);
        let set = Sha256::new().chain_update("offshift parts v1").chain_update(&whole).finalize();
        let mut part = [set.as_slice(), &[0, 0, 0, 1]].concat();
        part.extend_from_slice(&u32::try_from(whole.len()).unwrap().to_be_bytes());
        part.extend_from_slice(&whole);
        let nonce: Vec<u8> = [nonce.to_be_bytes(), [1; 8], [2; 8]].concat();
        let xnonce = XNonce::try_from(nonce.as_slice()).unwrap();
        let payload = Payload { msg: &part, aad: &self.aad(mailbox) };
        let sealed = self.cipher(mailbox).encrypt(&xnonce, payload).unwrap();
        [nonce, sealed].concat().try_into().unwrap()
    }

    /// What an envelope says.
    pub fn open(&self, mailbox: Side, envelope: &Envelope) -> Option<Say> {
        self.open_entry(mailbox, envelope).map(|entry| entry.say)
    }

    /// The same, with its tag.
    pub fn open_entry(&self, mailbox: Side, envelope: &Envelope) -> Option<MeetingEntry> {
        let (nonce, sealed) = envelope.as_ref().split_at(24);
        let payload = Payload { msg: sealed, aad: &self.aad(mailbox) };
        let nonce = XNonce::try_from(nonce).unwrap();
        let part = self.cipher(mailbox).decrypt(&nonce, payload).ok()?;
        let length = usize::from(u16::from_be_bytes([part[40], part[41]]));
        MeetingEntry::decode(&part[42..42 + length]).ok()
    }
}

/// The commit to a nonce and a card.
pub fn commit(nonce: &Nonce, card: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update("offshift meeting commit v1")
        .chain_update(nonce)
        .chain_update(card)
        .finalize()
        .into()
}
