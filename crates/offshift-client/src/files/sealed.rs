//! A file as it lies on this device: the envelopes that the relay has, each at the place that its index gives it.
//!
//! ```text
//! | chunk 0, 256 KiB | chunk 1, 256 KiB | ... | last chunk, as small as it can be |      a hole: it is not here
//! ```
//! Which chunks are here is not noted apart: those are that open. A torn one is as if it had not come.
//!
//! Never: a chunk written over one that is here: the first that came counts (OS-FIL-012).

use std::{
    collections::BTreeSet,
    fs::{File, OpenOptions},
    io,
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use offshift_protocol::file::{Cut, FileMailbox};
use offshift_wire::{Envelope, content};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The sealed chunks of one file.
pub(crate) struct Sealed {
    file: File,
    path: PathBuf,
    mailbox: FileMailbox,
}

impl Sealed {
    /// Opens the place at `path`, which is made if it is not there.
    pub(crate) fn open(path: &Path, key: &[u8; 32], cut: Cut) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(path)?;
        Ok(Self { file, path: path.to_owned(), mailbox: FileMailbox::new(key, cut) })
    }

    /// The place of a file that a message offers.
    pub(crate) fn of(path: &Path, file: &content::File) -> io::Result<Self> {
        let cut = Cut::of(file.bytes).ok_or(io::ErrorKind::InvalidData)?;
        Self::open(path, &file.key, cut)
    }

    /// Its mailbox.
    pub(crate) const fn mailbox(&self) -> &FileMailbox {
        &self.mailbox
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the envelope of a chunk.
    pub(crate) fn put(&self, index: u16, envelope: &Envelope) -> io::Result<()> {
        self.file.write_all_at(envelope.bytes(), self.mailbox.cut().offset(index))
    }

    /// The envelope of a chunk, opened or not.
    pub(crate) fn envelope(&self, index: u16) -> io::Result<Envelope> {
        let cut = self.mailbox.cut();
        let class = cut.class(index).ok_or(io::ErrorKind::InvalidInput)?;
        let mut bytes = vec![0; class.bytes()];
        self.file.read_exact_at(&mut bytes, cut.offset(index))?;
        bytes.try_into().map_err(|_| io::ErrorKind::InvalidData.into())
    }

    /// The bytes of a chunk, if it is here.
    pub(crate) fn chunk(&self, index: u16) -> Option<Zeroizing<Vec<u8>>> {
        let chunk = self.mailbox.open(&self.envelope(index).ok()?)?;
        (chunk.index == index).then_some(chunk.bytes)
    }

    /// Which chunks are here (OS-FIL-041).
    pub(crate) fn here(&self) -> BTreeSet<u16> {
        let all = 0..self.mailbox.cut().count();
        all.filter(|index| self.chunk(*index).is_some()).collect()
    }

    /// SHA-256 of the file, if all of it is here.
    pub(crate) fn hash(&self) -> Option<[u8; 32]> {
        let mut hash = Sha256::new();
        for index in 0..self.mailbox.cut().count() {
            hash.update(&*self.chunk(index)?);
        }
        Some(hash.finalize().into())
    }

    /// Brings all that was written to the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use offshift_protocol::file::CHUNK_BYTES;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    #[test]
    fn os_fil_041_what_is_torn_is_as_if_it_had_not_come() {
        let folder = tempfile::tempdir().unwrap();
        let cut = Cut::of(CHUNK_BYTES as u64 + 5).unwrap();
        let sealed = Sealed::open(&folder.path().join("it"), &[1; 32], cut).unwrap();
        assert!(sealed.here().is_empty() && sealed.hash().is_none());
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        for (index, bytes) in [(1, vec![2; 5]), (0, vec![1; CHUNK_BYTES])] {
            sealed.put(index, &sealed.mailbox().seal(&mut rng, index, &bytes).unwrap()).unwrap();
        }
        assert_eq!(sealed.here(), BTreeSet::from([0, 1]));
        let whole: [u8; 32] = Sha256::digest([&[1; CHUNK_BYTES][..], &[2; 5]].concat()).into();
        assert_eq!(sealed.hash(), Some(whole));
        sealed.file.write_all_at(&[0; 4096], 8192).unwrap();
        assert_eq!(sealed.here(), BTreeSet::from([1]));
        assert_eq!(sealed.hash(), None);
    }
}
