//! The key of a slice and the small file that holds it until it is destroyed.
//!
//! ```text
//! key file, 52 bytes: "OsKEY001" | slice id (8) | key (32) | CRC-32C of all before (4)
//! destroyed:          "OsKEYGON" and 44 zero bytes, flushed; then the file is unlinked
//! ```
//!
//! Not in sled: its log keeps an old page, and with it the key, until the segment happens to be
//! written again (measured: the bytes were still in the file after `remove` and `flush`). OS-STO-040.
//!
//! Never: `Clone`, `Debug` or a copy of a key outside these types.

use std::hash::{Hash, Hasher};
use std::io;
use std::path::PathBuf;

use hmac::{Hmac, KeyInit, Mac};
use offshift_wire::Address;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::disk::Disk;

const BYTES: usize = 52;
const MAGIC: [u8; 8] = *b"OsKEY001";
/// How a destroyed key file begins.
pub(in crate::store) const GONE: [u8; 8] = *b"OsKEYGON";

/// The number of a slice: names its files; part of what its records prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SliceId(pub(super) u64);

/// A keyed hash that stands for a mailbox within one slice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MailboxTag(pub(super) [u8; 16]);

/// Half of the tag, to be taken as it is: see [`TagHasher`].
impl Hash for MailboxTag {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        state.write_u64(u64::from_le_bytes([a, b, c, d, e, f, g, h]));
    }
}

/// Finds the place of a tag in a table without hashing it again: a tag is a hash already, under a key that
/// no depositor knows, so nobody can choose addresses whose tags crowd together.
#[derive(Default)]
pub(super) struct TagHasher(u64);

impl Hasher for TagHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl std::fmt::Debug for MailboxTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MailboxTag(..)")
    }
}

/// The random key from which everything in a slice is sealed.
pub(super) struct SliceKey(Zeroizing<[u8; 32]>);

impl SliceKey {
    pub(super) fn generate() -> io::Result<Self> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key).map_err(io::Error::from)?;
        Ok(Self(key))
    }

    #[cfg(test)]
    pub(super) fn from_bytes_for_testing(key: [u8; 32]) -> Self {
        Self(Zeroizing::new(key))
    }

    fn derive(&self, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(mac(&self.0, purpose))
    }

    pub(super) fn cipher_key(&self) -> Zeroizing<[u8; 32]> {
        self.derive(b"offshift slice records v1")
    }

    pub(super) fn tagger(&self) -> Tagger {
        Tagger(keyed(&self.derive(b"offshift slice mailboxes v1")))
    }
}

/// Turns addresses into the tags of one slice.
pub(super) struct Tagger(Hmac<Sha256>);

impl Tagger {
    pub(super) fn tag(&self, address: &Address) -> MailboxTag {
        let mut mac = self.0.clone();
        mac.update(address.as_bytes());
        let whole: [u8; 32] = mac.finalize().into_bytes().into();
        let mut tag = [0; 16];
        tag.iter_mut().zip(whole).for_each(|(byte, from)| *byte = from);
        MailboxTag(tag)
    }
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC fills a key up to one block; this does the same without an error that cannot happen.
    let mut block = Zeroizing::new([0u8; 64]);
    block.iter_mut().zip(key).for_each(|(byte, from)| *byte = *from);
    Hmac::new((&*block).into())
}

fn mac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = keyed(key);
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// What a key file turned out to be.
pub(super) enum Found {
    Key(SliceKey),
    /// It was overwritten on purpose: the slice is on its way out.
    Destroyed,
    Missing,
    Damaged,
}

/// The key files of a store.
pub(super) struct KeyFiles {
    directory: PathBuf,
}

impl KeyFiles {
    pub(super) fn new(directory: PathBuf) -> Self {
        Self { directory }
    }

    pub(super) fn directory(&self) -> &std::path::Path {
        &self.directory
    }

    fn path(&self, id: SliceId) -> PathBuf {
        self.directory.join(format!("{:016x}.key", id.0))
    }

    /// Writes a key durably, before anything is sealed under it.
    pub(super) fn write(&self, disk: &dyn Disk, id: SliceId, key: &SliceKey) -> io::Result<()> {
        let path = self.path(id);
        let file = disk.create(&path)?;
        let written = file
            .write_at(&encode(id, key)[..], 0)
            .and_then(|()| file.flush())
            .and_then(|()| disk.flush_directory(&self.directory));
        written.inspect_err(|_| drop(disk.remove(&path)))
    }

    pub(super) fn read(&self, disk: &dyn Disk, id: SliceId) -> io::Result<Found> {
        let file = match disk.open(&self.path(id)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Missing),
            file => file?,
        };
        let mut bytes = Zeroizing::new([0; BYTES]);
        if file.len()? != BYTES as u64 {
            return Ok(Found::Damaged);
        }
        file.read_at(&mut bytes[..], 0)?;
        Ok(decode(id, &bytes))
    }

    /// Overwrites a key in its place, durably. What was sealed under it is gone from then on.
    pub(super) fn destroy(&self, disk: &dyn Disk, id: SliceId) -> io::Result<()> {
        let file = match disk.open(&self.path(id)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            file => file?,
        };
        let mut bytes = [0; BYTES];
        bytes.iter_mut().zip(GONE).for_each(|(byte, from)| *byte = from);
        file.write_at(&bytes, 0)?;
        file.flush()
    }

    /// Unlinks the file of a destroyed key.
    pub(super) fn unlink(&self, disk: &dyn Disk, id: SliceId) -> io::Result<()> {
        match disk.remove(&self.path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => disk.flush_directory(&self.directory),
        }
    }
}

fn encode(id: SliceId, key: &SliceKey) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES));
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&id.0.to_le_bytes());
    bytes.extend_from_slice(&*key.0);
    let crc = crc32c::crc32c(&bytes);
    bytes.extend_from_slice(&crc.to_le_bytes());
    bytes
}

fn decode(id: SliceId, bytes: &[u8; BYTES]) -> Found {
    if bytes.starts_with(&GONE) {
        return Found::Destroyed;
    }
    let key = bytes.get(16..48).and_then(|key| <[u8; 32]>::try_from(key).ok());
    let Some(key) = key.map(|key| SliceKey(Zeroizing::new(key))) else { return Found::Damaged };
    if encode(id, &key)[..] == bytes[..] { Found::Key(key) } else { Found::Damaged }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER as HEX;
    use offshift_wire::UnixMillis;
    use serde_json::Value;

    use super::super::disk::SystemDisk;
    use super::super::slice::Slice;
    use super::*;

    fn hex(value: &Value) -> Vec<u8> {
        HEX.decode(value.as_str().unwrap().as_bytes()).unwrap()
    }

    #[test]
    fn os_sto_020_header_and_os_sto_040_key_file_are_as_the_vectors_say() {
        let text = include_str!("../../../../../proto/vectors/store_v1.json");
        let vectors: Value = serde_json::from_str(text).unwrap();
        let (header, key_file) = (&vectors["header"], &vectors["key_file"]);
        let id = SliceId(key_file["slice"].as_u64().unwrap());
        let key = SliceKey::from_bytes_for_testing(hex(&key_file["key"]).try_into().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyFiles::new(folder.path().to_owned());
        keys.write(&SystemDisk, id, &key).unwrap();
        let path = folder.path().join("0000000000000005.key");
        assert_eq!(std::fs::read(&path).unwrap(), hex(&key_file["bytes"]));
        assert!(matches!(keys.read(&SystemDisk, id).unwrap(), Found::Key(_)));

        let end = UnixMillis(header["end"].as_u64().unwrap());
        let slice = Slice::new(id, end, SystemDisk.open(&path).unwrap(), &key);
        assert_eq!(slice.header(), hex(&header["bytes"]));

        keys.destroy(&SystemDisk, id).unwrap();
        let gone = std::fs::read(&path).unwrap();
        assert!(gone.starts_with(b"OsKEYGON") && gone[8..] == [0; 44]);
        assert!(matches!(keys.read(&SystemDisk, id).unwrap(), Found::Destroyed));
    }
}
