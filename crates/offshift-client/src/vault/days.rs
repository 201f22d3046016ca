//! What was said, sealed once more: a key for each room and day, so that a day goes as a whole.
//!
//! ```text
//! history/{room}/{position}, fold/..., file/...  --of--> room, day of the position --> day/{room}/{day} = key
//! value --seal(key of its day, AD = its name)--> nonce 24 | sealed | tag 16 --> the file, and memory
//! ```
//! Values stay sealed in memory, too, and are opened one by one when they are read: opening a vault with a long history
//! opens none of it, and once a day's key is gone nothing of that day can be read, here or in a file that was left behind.
//!
//! Never: a value of these names in clear in a record; a day's key in the name or value of anything else.

use std::collections::{
    BTreeMap,
    btree_map::{Entry, Range},
};

use chacha20poly1305::{AeadInOut, KeyInit, Tag, XChaCha20Poly1305, XNonce};
use offshift_protocol::Change;
use offshift_wire::{Position, UnixMillis};
use zeroize::Zeroizing;

use super::{Records, Value, error::VaultError, header::random};

/// Where the keys of days are.
pub(crate) const DAY: &str = "day/";

/// A day, in milliseconds: days are of UTC, for all rooms and people alike.
pub(crate) const DAY_MS: u64 = 24 * 3_600_000;

/// What is sealed by day: records of one message each.
const SEALED: [&str; 3] = ["history/", "fold/", "file/"];

const NONCE: usize = 24;
const TAG: usize = 16;
const ROOM_DIGITS: usize = 32;
const POSITION_DIGITS: usize = 16;

/// A day of a room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day<'a> {
    /// In hexadecimal, as in names.
    pub(crate) room: &'a str,
    /// Days since 1970.
    pub(crate) number: u64,
}

impl<'a> Day<'a> {
    /// The day that the record of this name belongs to; nothing for records that are not sealed by day.
    fn of(name: &'a str) -> Option<Self> {
        let rest = SEALED.iter().find_map(|prefix| name.strip_prefix(prefix))?;
        let (room, rest) = rest.split_at_checked(ROOM_DIGITS)?;
        let position = rest.strip_prefix('/')?.get(..POSITION_DIGITS)?;
        let position = Position::new(u64::from_str_radix(position, 16).ok()?);
        Some(Self { room, number: position.time().0 / DAY_MS })
    }

    /// The day whose key is the record of this name.
    pub(crate) fn of_key(name: &'a str) -> Option<Self> {
        let (room, number) = name.strip_prefix(DAY)?.split_once('/')?;
        Some(Self { room, number: u64::from_str_radix(number, 16).ok()? })
    }

    /// The name of its key's record.
    pub(crate) fn key(&self) -> String {
        format!("{DAY}{}/{:08x}", self.room, self.number)
    }

    /// The first position that is not of it.
    pub(crate) const fn end(&self) -> Position {
        Position::new(self.number.saturating_add(1).saturating_mul(DAY_MS).saturating_mul(1000))
    }

    /// When it is over.
    pub(crate) const fn over_at(&self) -> UnixMillis {
        self.end().time()
    }
}

/// Whether a record is sealed by day.
pub(super) fn is_sealed(name: &str) -> bool {
    Day::of(name).is_some()
}

/// A change as the file gets it.
pub(super) enum Staged<'a> {
    AsItWas(&'a Change),
    Sealed(Change),
}

impl Staged<'_> {
    pub(super) const fn change(&self) -> &Change {
        match self {
            Self::AsItWas(change) => change,
            Self::Sealed(change) => change,
        }
    }
}

/// Seals what is sealed by day, and adds the keys of days that are new (OS-VLT-020). Changes that delete a day's key hold
/// nothing else of that day.
pub(super) fn stage<'a>(
    records: &Records,
    changes: &'a [Change],
) -> Result<Vec<Staged<'a>>, VaultError> {
    let mut fresh = Fresh::new();
    let mut staged = Vec::with_capacity(changes.len());
    for change in changes {
        let Change::Put { key: name, value } = change else {
            staged.push(Staged::AsItWas(change));
            continue;
        };
        staged.push(match Day::of(name) {
            Some(day) => {
                let key = key_of(&day, records, &mut fresh)?;
                let value = seal(&key, name, value)?;
                Staged::Sealed(Change::Put { key: name.clone(), value })
            }
            None => Staged::AsItWas(change),
        });
    }
    let keys = fresh.into_iter().map(|(name, key)| {
        Staged::Sealed(Change::Put { key: name, value: Zeroizing::new(key.to_vec()) })
    });
    staged.extend(keys);
    Ok(staged)
}

/// Keys of days that are new.
type Fresh = BTreeMap<String, Zeroizing<[u8; 32]>>;

fn key_of(
    day: &Day<'_>,
    records: &Records,
    fresh: &mut Fresh,
) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let name = day.key();
    if let Some(key) = records.get(&name) {
        let key = key.as_slice().try_into().map_err(|_| VaultError::Damaged)?;
        return Ok(Zeroizing::new(key));
    }
    match fresh.entry(name) {
        Entry::Occupied(known) => Ok(known.get().clone()),
        Entry::Vacant(place) => Ok(place.insert(Zeroizing::new(random()?)).clone()),
    }
}

fn seal(key: &[u8; 32], name: &str, value: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    // Random: a record may be written again under the same key.
    let nonce: [u8; NONCE] = random()?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(NONCE + value.len() + TAG));
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(value);
    let (_, body) = bytes.split_at_mut(NONCE);
    let tag = XChaCha20Poly1305::new(&(*key).into())
        .encrypt_inout_detached(&XNonce::from(nonce), name.as_bytes(), body.into())
        .map_err(|_| VaultError::Bug("sealing a value"))?;
    bytes.extend_from_slice(&tag);
    Ok(bytes)
}

/// Opens values; keeps the key of the latest day at hand, for those beside it are mostly of the same.
pub(crate) struct Opener<'a> {
    records: &'a Records,
    latest: Option<(Day<'a>, XChaCha20Poly1305)>,
}

impl<'a> Opener<'a> {
    pub(super) const fn new(records: &'a Records) -> Self {
        Self { records, latest: None }
    }

    /// The value of a record that is sealed by day, if the key of its day is still there.
    pub(crate) fn open(&mut self, name: &'a str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let day = Day::of(name)?;
        if self.latest.as_ref().is_none_or(|(latest, _)| *latest != day) {
            let key: [u8; 32] = self.records.get(&day.key())?.as_slice().try_into().ok()?;
            self.latest = Some((day, XChaCha20Poly1305::new(&key.into())));
        }
        let (_, cipher) = self.latest.as_ref()?;
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
        let (body, tag) = rest.split_last_chunk::<TAG>()?;
        let mut value = Zeroizing::new(body.to_vec());
        let buffer = value.as_mut_slice().into();
        let (nonce, tag) = (XNonce::from(*nonce), Tag::from(*tag));
        cipher.decrypt_inout_detached(&nonce, name.as_bytes(), buffer, &tag).ok()?;
        Some(value)
    }
}

/// Records that are sealed by day, in the order of their names, from either end. Each is opened when it is reached.
pub(crate) struct Opened<'a> {
    pub(super) range: Range<'a, String, Value>,
    pub(super) opener: Opener<'a>,
}

impl<'a> Iterator for Opened<'a> {
    type Item = (&'a str, Zeroizing<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        let Self { range, opener } = self;
        range.find_map(|(name, value)| Some((name.as_str(), opener.open(name, value)?)))
    }
}

impl DoubleEndedIterator for Opened<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let Self { range, opener } = self;
        range.rev().find_map(|(name, value)| Some((name.as_str(), opener.open(name, value)?)))
    }
}
