//! One record: one batch of changes, sealed, chained to the record before it.
//!
//! ```text
//! sectors 4 | !sectors 4 | nonce 24 | XChaCha20-Poly1305(file key, nonce, AD, body) | tag 16      whole sectors of 512
//! AD   = "offshift vault record v1" || file id || sequence || tag of the record before
//! body = kind 1 | length 4 | change* | zeros
//! change = 1, name length 2, name, value length 4, value   (put)    |   2, name length 2, name   (delete)
//! ```
//! The AD makes a record that was left out, moved, repeated or taken from another file fail to open. A record is
//! whole sectors, so a sector that a power cut left unwritten is seen as a whole sector of zeros.

use std::sync::Arc;

use chacha20poly1305::{AeadInOut, KeyInit, Tag, XChaCha20Poly1305, XNonce};
use offshift_protocol::Change;
use zeroize::Zeroizing;

use super::{
    DAY, Records,
    error::VaultError,
    header::{FileKey, random},
};
use crate::limits::RECORD_BYTES_MAX;

/// The unit in which a disk writes.
pub(super) const SECTOR: usize = 512;

/// What precedes a record's sealed body: its size twice, its nonce.
pub(super) const PREFIX: usize = 4 + 4 + 24;
const TAG: usize = 16;
const BODY_HEAD: usize = 1 + 4;
const LABEL: &[u8] = b"offshift vault record v1";
const PUT: u8 = 1;
const DELETE: u8 = 2;

/// What a record means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a compaction, with more to come.
    Snapshot,
    /// The last part of a compaction. Without it the file is no state at all.
    SnapshotEnd,
    /// Changes since.
    Batch,
}

impl Kind {
    const fn number(self) -> u8 {
        match self {
            Self::Snapshot => 1,
            Self::SnapshotEnd => 2,
            Self::Batch => 3,
        }
    }

    const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Snapshot),
            2 => Some(Self::SnapshotEnd),
            3 => Some(Self::Batch),
            _ => None,
        }
    }
}

/// Changes on their way into one record.
pub(super) struct Batch(Zeroizing<Vec<u8>>);

impl Batch {
    pub(super) fn new() -> Self {
        Self(Zeroizing::new(Vec::new()))
    }

    pub(super) fn push(&mut self, change: &Change) {
        match change {
            Change::Put { key, value } => self.put(key, value),
            Change::Delete { key } => self.name(DELETE, key),
        }
    }

    pub(super) fn put(&mut self, key: &str, value: &[u8]) {
        self.name(PUT, key);
        self.0.extend_from_slice(&length_u32(value.len()).to_be_bytes());
        self.0.extend_from_slice(value);
    }

    fn name(&mut self, tag: u8, key: &str) {
        self.0.push(tag);
        // Names are made by this program and short; `seal` refuses a record that would not read back.
        let length = u16::try_from(key.len()).unwrap_or(u16::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(key.as_bytes());
    }

    pub(super) fn bytes(&self) -> u64 {
        self.0.len() as u64
    }

    /// Makes the changes of an opened record's `bytes` in `records`; tells whether a day's key went.
    pub(super) fn replay(mut bytes: &[u8], records: &mut Records) -> Option<bool> {
        let mut day_went = false;
        while let Some((tag, rest)) = bytes.split_first() {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            let (key, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
            let key = std::str::from_utf8(key).ok()?;
            bytes = match *tag {
                PUT => {
                    let (length, rest) = rest.split_first_chunk::<4>()?;
                    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
                    let (value, rest) = rest.split_at_checked(length)?;
                    records.insert(key.to_owned(), Arc::new(Zeroizing::new(value.to_vec())));
                    rest
                }
                DELETE => {
                    records.remove(key);
                    day_went |= key.starts_with(DAY);
                    rest
                }
                _ => return None,
            };
        }
        Some(day_went)
    }
}

/// Bytes that a live value takes in a record.
pub(super) const fn put_bytes(key: &str, value: &[u8]) -> u64 {
    (1 + 2 + key.len() + 4 + value.len()) as u64
}

/// What the next record is chained to.
#[derive(Clone, Copy)]
pub(super) struct Chain {
    sequence: u64,
    tag: [u8; TAG],
}

impl Chain {
    /// Before the first record.
    pub(super) const START: Self = Self { sequence: 0, tag: [0; TAG] };

    const fn after(self, tag: [u8; TAG]) -> Self {
        Self { sequence: self.sequence.saturating_add(1), tag }
    }

    /// OS-VLT-002.
    fn additional(&self, file: &[u8; 16]) -> Vec<u8> {
        [LABEL, file, &self.sequence.to_be_bytes(), &self.tag].concat()
    }
}

/// A sealed record and what the next one is chained to.
pub(super) struct Sealed {
    pub(super) bytes: Vec<u8>,
    pub(super) chain: Chain,
}

/// Seals a batch as the record after `chain` (OS-VLT-001).
pub(super) fn seal(
    key: &FileKey,
    chain: Chain,
    kind: Kind,
    batch: &Batch,
) -> Result<Sealed, VaultError> {
    let sectors = (PREFIX + BODY_HEAD + batch.0.len() + TAG).div_ceil(SECTOR);
    let total = sectors.checked_mul(SECTOR).filter(|bytes| *bytes <= RECORD_BYTES_MAX);
    let total = total.ok_or(VaultError::Bug("a record above its limit"))?;
    let mut body = Zeroizing::new(Vec::with_capacity(total));
    body.push(kind.number());
    body.extend_from_slice(&length_u32(batch.0.len()).to_be_bytes());
    body.extend_from_slice(&batch.0);
    body.resize(total - PREFIX - TAG, 0);
    // Random, not counted: a record that was torn and is written again must not repeat a nonce.
    let nonce: [u8; 24] = random()?;
    let tag = XChaCha20Poly1305::new(&(*key.key).into())
        .encrypt_inout_detached(
            &XNonce::from(nonce),
            &chain.additional(&key.file),
            body.as_mut_slice().into(),
        )
        .map_err(|_| VaultError::Bug("sealing a record"))?;
    let size = length_u32(sectors);
    let head: [&[u8]; 5] = [&size.to_be_bytes(), &(!size).to_be_bytes(), &nonce, &body, &tag];
    Ok(Sealed { bytes: head.concat(), chain: chain.after(tag.into()) })
}

/// An opened record: its kind, the bytes of its changes, and what the next one is chained to.
pub(super) struct Opened {
    pub(super) kind: Kind,
    pub(super) changes: Zeroizing<Vec<u8>>,
    pub(super) chain: Chain,
}

/// The size of the record that starts with `head`, if it can be one: whole sectors, said twice.
pub(super) fn size(head: &[u8; 8]) -> Option<usize> {
    let (size, inverse) = head.split_first_chunk::<4>()?;
    let size = u32::from_be_bytes(*size);
    (inverse == (!size).to_be_bytes() && size > 0)
        .then(|| usize::try_from(size).ok()?.checked_mul(SECTOR))
        .flatten()
        .filter(|bytes| *bytes <= RECORD_BYTES_MAX)
}

/// Opens `record`, if it is the whole record that follows `chain` in this file.
pub(super) fn open(key: &FileKey, chain: Chain, record: &[u8]) -> Option<Opened> {
    let (prefix, sealed) = record.split_at_checked(PREFIX)?;
    let (nonce, _) = prefix.split_last_chunk::<24>().map(|(_, nonce)| (nonce, ()))?;
    let (body, tag) = sealed.split_last_chunk::<TAG>()?;
    let mut body = Zeroizing::new(body.to_vec());
    XChaCha20Poly1305::new(&(*key.key).into())
        .decrypt_inout_detached(
            &XNonce::from(*nonce),
            &chain.additional(&key.file),
            body.as_mut_slice().into(),
            &Tag::from(*tag),
        )
        .ok()?;
    let (kind, rest) = body.split_first()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let changes = rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let changes = Zeroizing::new(changes.to_vec());
    Some(Opened { kind: Kind::from_number(*kind)?, changes, chain: chain.after(*tag) })
}

/// A length that `RECORD_BYTES_MAX` keeps far below 4 GiB.
fn length_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
