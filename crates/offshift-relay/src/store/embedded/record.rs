//! One record of a slice: an envelope or a release, checksummed and sealed under the slice's key.
//!
//! ```text
//! offset in record   bytes   what (little-endian)
//!  0                  4      "OsR1"
//!  4                  1      kind: 1 envelope, 2 release
//!  5                  1      size class 1..5; 0 for a release
//!  6                  2      zero
//!  8                  8      offset of this record in its file
//! 16                  4      CRC-32C of all that follows byte 24
//! 20                  4      CRC-32C of bytes 0..20
//! 24                 24      nonce N
//! 48                 32+16   sealed head, nonce N: mailbox tag 16, position 8, expiry 8 (ms since 1970)
//! 96                 n+16    sealed envelope, nonce N + 1 in its last 8 bytes; absent in a release
//! ```
//!
//! Both seals are XChaCha20-Poly1305 with the additional data `slice id (8) || bytes 0..16`, so a record
//! opens only where it was written. Format: OS-STO-020 to 025; vectors: `proto/vectors/store_v1.json`.
//!
//! The checksums find damage fast and without opening; what is served is proven by the seal.

use std::ops::Range;

use bytes::Bytes;
use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305, XNonce};
use offshift_wire::{Envelope, Position, SizeClass, UnixMillis};

use super::key::{MailboxTag, SliceId, SliceKey};

/// The first four bytes of every record.
pub(super) const MARKER: [u8; 4] = *b"OsR1";
/// Bytes before the sealed envelope.
pub(super) const HEAD_END: usize = 96;
/// Bytes that say how long the record is.
pub(super) const PREFIX: usize = 24;

const BOUND: Range<usize> = 0..16;
const SEALED_CRC: Range<usize> = 16..20;
const PREFIX_CRC: Range<usize> = 20..24;
const NONCE: Range<usize> = 24..48;
const HEAD: Range<usize> = 48..80;
const HEAD_SEAL: Range<usize> = 80..96;
const SEAL: usize = 16;

/// What a record is, from its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Envelope(SizeClass),
    Release,
}

impl Kind {
    /// The whole record in bytes.
    pub(super) const fn record_bytes(self) -> usize {
        match self {
            Self::Envelope(class) => HEAD_END + class.bytes() + SEAL,
            Self::Release => HEAD_END,
        }
    }

    const fn numbers(self) -> [u8; 2] {
        match self {
            Self::Envelope(class) => [1, class.number()],
            Self::Release => [2, 0],
        }
    }

    fn from_numbers(numbers: [u8; 2]) -> Option<Self> {
        match numbers {
            [1, number] => {
                let class = SizeClass::ALL.into_iter().find(|class| class.number() == number)?;
                Some(Self::Envelope(class))
            }
            [2, 0] => Some(Self::Release),
            _ => None,
        }
    }
}

/// What a record says about its envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) mailbox: MailboxTag,
    pub(super) position: Position,
    pub(super) expires: UnixMillis,
}

impl Head {
    fn encode(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let fields = self.mailbox.0.into_iter();
        let fields = fields.chain(self.position.value().to_le_bytes());
        let fields = fields.chain(self.expires.0.to_le_bytes());
        bytes.iter_mut().zip(fields).for_each(|(byte, field)| *byte = field);
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (mailbox, rest) = bytes.split_first_chunk::<16>()?;
        let (position, expires) = rest.split_first_chunk::<8>()?;
        Some(Self {
            mailbox: MailboxTag(*mailbox),
            position: Position::new(u64::from_le_bytes(*position)),
            expires: UnixMillis(u64::from_le_bytes(expires.try_into().ok()?)),
        })
    }
}

/// Where a record begins in which slice: part of what its seals prove.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) slice: SliceId,
    pub(super) offset: u64,
}

impl Place {
    fn bound(self, kind: Kind) -> [u8; 24] {
        let mut bytes = [0; 24];
        let fields = self.slice.0.to_le_bytes().into_iter().chain(MARKER).chain(kind.numbers());
        let fields = fields.chain([0, 0]).chain(self.offset.to_le_bytes());
        bytes.iter_mut().zip(fields).for_each(|(byte, field)| *byte = field);
        bytes
    }
}

/// The kind in a prefix that is sound and belongs at this offset.
pub(super) fn kind_at(prefix: &[u8], offset: u64) -> Option<Kind> {
    let prefix = prefix.first_chunk::<PREFIX>()?;
    let (told, crc) = prefix.split_at(PREFIX_CRC.start);
    let sound = crc32c::crc32c(told).to_le_bytes() == crc;
    let kind = Kind::from_numbers([*told.get(4)?, *told.get(5)?])?;
    let place = Place { slice: SliceId(0), offset };
    let here = told.get(BOUND) == place.bound(kind).get(8..);
    (sound && here).then_some(kind)
}

/// Whether all that follows the prefix is as it was written.
pub(super) fn is_sound(record: &[u8]) -> bool {
    let Some((prefix, sealed)) = record.split_at_checked(PREFIX) else { return false };
    prefix.get(SEALED_CRC) == Some(&crc32c::crc32c(sealed).to_le_bytes())
}

/// Seals and opens the records of one slice.
pub(super) struct RecordCipher(XChaCha20Poly1305);

impl RecordCipher {
    pub(super) fn new(key: &SliceKey) -> Self {
        Self(XChaCha20Poly1305::new((&*key.cipher_key()).into()))
    }

    /// Appends one record to `file`, whose end lies at `place.offset` of the slice.
    pub(super) fn seal(
        &self,
        file: &mut Vec<u8>,
        place: Place,
        nonce: [u8; 24],
        head: &Head,
        envelope: Option<&Envelope>,
    ) -> Option<()> {
        let kind = envelope.map_or(Kind::Release, |envelope| Kind::Envelope(envelope.class()));
        let start = file.len();
        let bound = place.bound(kind);
        file.extend_from_slice(bound.get(8..)?);
        file.extend_from_slice(&[0; 8]);
        file.extend_from_slice(&nonce);
        self.seal_part(file, nonce, &bound, &head.encode())?;
        if let Some(envelope) = envelope {
            self.seal_part(file, successor(nonce), &bound, envelope.as_ref())?;
        }
        checksum(file.get_mut(start..)?)
    }

    fn seal_part(&self, to: &mut Vec<u8>, nonce: [u8; 24], ad: &[u8], part: &[u8]) -> Option<()> {
        let start = to.len();
        to.extend_from_slice(part);
        let buffer = to.get_mut(start..)?;
        let nonce = XNonce::from(nonce);
        let seal = self.0.encrypt_inout_detached(&nonce, ad, buffer.into()).ok()?;
        to.extend_from_slice(&seal);
        Some(())
    }

    /// The head of a record, if its seal holds.
    pub(super) fn open_head(&self, record: &[u8], place: Place, kind: Kind) -> Option<Head> {
        let mut head: [u8; 32] = record.get(HEAD)?.try_into().ok()?;
        let seal: [u8; SEAL] = record.get(HEAD_SEAL)?.try_into().ok()?;
        let nonce = XNonce::from(nonce_of(record)?);
        let bound = place.bound(kind);
        let opened = &mut head[..];
        self.0.decrypt_inout_detached(&nonce, &bound, opened.into(), &seal.into()).ok()?;
        Head::decode(&head)
    }

    /// The envelope of a whole record, if its seal holds. The bytes are opened where they lie.
    pub(super) fn open_envelope(
        &self,
        mut record: Vec<u8>,
        place: Place,
        class: SizeClass,
    ) -> Option<Envelope> {
        let nonce = XNonce::from(successor(nonce_of(&record)?));
        let bound = place.bound(Kind::Envelope(class));
        let (body, seal) = record.get_mut(HEAD_END..)?.split_at_mut_checked(class.bytes())?;
        let seal: [u8; SEAL] = (&*seal).try_into().ok()?;
        self.0.decrypt_inout_detached(&nonce, &bound, body.into(), &seal.into()).ok()?;
        let body = HEAD_END..HEAD_END.checked_add(class.bytes())?;
        Envelope::try_from(Bytes::from(record).slice(body)).ok()
    }
}

fn nonce_of(record: &[u8]) -> Option<[u8; 24]> {
    record.get(NONCE)?.try_into().ok()
}

/// The nonce of the envelope: the head's with one more in its last eight bytes.
fn successor(nonce: [u8; 24]) -> [u8; 24] {
    let mut next = nonce;
    if let Some(counter) = next.last_chunk_mut::<8>() {
        *counter = u64::from_le_bytes(*counter).wrapping_add(1).to_le_bytes();
    }
    next
}

fn checksum(record: &mut [u8]) -> Option<()> {
    let (prefix, sealed) = record.split_at_mut_checked(PREFIX)?;
    prefix.get_mut(SEALED_CRC)?.copy_from_slice(&crc32c::crc32c(sealed).to_le_bytes());
    let crc = crc32c::crc32c(prefix.get(..PREFIX_CRC.start)?);
    prefix.get_mut(PREFIX_CRC)?.copy_from_slice(&crc.to_le_bytes());
    Some(())
}

/// Nonces of one opening of a slice: 16 random bytes and a counter, so that bytes written again at the
/// same offset after a cut tail never meet the same nonce.
pub(super) struct Nonces {
    opening: [u8; 16],
    counter: u64,
}

impl Nonces {
    pub(super) fn draw() -> Option<Self> {
        let mut opening = [0; 16];
        getrandom::fill(&mut opening).ok()?;
        Some(Self { opening, counter: 0 })
    }

    /// The next, two apart: the odd one is the envelope's.
    pub(super) fn next(&mut self) -> Option<[u8; 24]> {
        let mut nonce = [0; 24];
        let fields = self.opening.into_iter().chain(self.counter.to_le_bytes());
        nonce.iter_mut().zip(fields).for_each(|(byte, field)| *byte = field);
        self.counter = self.counter.checked_add(2)?;
        Some(nonce)
    }
}

#[cfg(test)]
mod tests {
    //! The known answers in `proto/vectors/store_v1.json`, made by another implementation.

    use data_encoding::HEXLOWER as HEX;
    use offshift_wire::Address;
    use serde_json::Value;

    use super::*;

    fn hex(value: &Value) -> Vec<u8> {
        HEX.decode(value.as_str().unwrap().as_bytes()).unwrap()
    }

    fn array<const N: usize>(value: &Value) -> [u8; N] {
        hex(value).try_into().unwrap()
    }

    fn number(value: &Value) -> u64 {
        value.as_u64().unwrap()
    }

    /// What a reader of a slice does with bytes at an offset, from prefix to envelope.
    fn open(
        cipher: &RecordCipher,
        record: Vec<u8>,
        place: Place,
    ) -> Option<(Head, Option<Envelope>)> {
        let kind = kind_at(&record, place.offset)?;
        if record.len() != kind.record_bytes() || !is_sound(&record) {
            return None;
        }
        let head = cipher.open_head(&record, place, kind)?;
        let envelope = match kind {
            Kind::Envelope(class) => Some(cipher.open_envelope(record, place, class)?),
            Kind::Release => None,
        };
        Some((head, envelope))
    }

    struct Vector {
        cipher: RecordCipher,
        place: Place,
        head: Head,
        envelope: Option<Envelope>,
        record: Vec<u8>,
    }

    fn parse(vector: &Value) -> Vector {
        let key = SliceKey::from_bytes_for_testing(array(&vector["key"]));
        let head = Head {
            mailbox: key.tagger().tag(&Address::from_bytes(array(&vector["address"]))),
            position: Position::new(number(&vector["position"])),
            expires: UnixMillis(number(&vector["expires"])),
        };
        assert_eq!(head.mailbox.0, array::<16>(&vector["mailbox"]));
        Vector {
            cipher: RecordCipher::new(&key),
            place: Place {
                slice: SliceId(number(&vector["slice"])),
                offset: number(&vector["offset"]),
            },
            head,
            envelope: vector.get("envelope").map(|envelope| hex(envelope).try_into().unwrap()),
            record: hex(&vector["record"]),
        }
    }

    // OS-STO-022: bound to slice and offset. OS-STO-023: the mailbox tag. OS-STO-024: checksums prove nothing.
    #[test]
    fn os_sto_021_records_seal_and_open_as_the_vectors_say() {
        let text = include_str!("../../../../../proto/vectors/store_v1.json");
        let file: Value = serde_json::from_str(text).unwrap();
        for vector in file["vectors"].as_array().unwrap() {
            let Vector { cipher, place, head, envelope, record } = parse(vector);
            let opened = open(&cipher, record.clone(), place);
            if vector["outcome"] != "accepted" {
                assert!(opened.is_none(), "{}", vector["comment"]);
                continue;
            }
            assert_eq!(opened, Some((head, envelope.clone())), "{}", vector["comment"]);
            let mut sealed = Vec::new();
            let nonce = array(&vector["nonce"]);
            cipher.seal(&mut sealed, place, nonce, &head, envelope.as_ref()).unwrap();
            assert_eq!(sealed, record, "{}", vector["comment"]);
        }
    }

    #[test]
    fn os_sto_025_no_nonce_comes_twice() {
        let (mut one, mut other) = (Nonces::draw().unwrap(), Nonces::draw().unwrap());
        assert_ne!(one.next().unwrap()[..16], other.next().unwrap()[..16], "two openings");
        let nonce = one.next().unwrap();
        assert_ne!(successor(nonce), one.next().unwrap(), "the envelope's and the next head's");
    }
}
