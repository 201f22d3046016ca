//! The vault's file: append and sync, or a whole new file in the place of the old one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt},
    path::Path,
};

use super::{
    Records,
    error::VaultError,
    header::{FileKey, HEADER_BYTES, Header},
    record::{self, Batch, Chain, Kind},
};
use crate::limits::SNAPSHOT_RECORD_BYTES;

const VAULT: &str = "vault";
const FRESH: &str = "vault.new";
const OLD: &str = "vault.old";

/// An open journal: takes records at its end.
pub(super) struct Journal {
    file: File,
    key: FileKey,
    chain: Chain,
    bytes: u64,
}

/// Whether there is a vault in `directory`.
pub(super) fn is_there(directory: &Path) -> bool {
    fs::symlink_metadata(directory.join(VAULT)).is_ok()
}

/// The vault's bytes. What an interrupted compaction left is removed.
pub(super) fn read(directory: &Path) -> Result<Vec<u8>, VaultError> {
    clear_away(directory)?;
    Ok(fs::read(directory.join(VAULT))?)
}

/// The vault's header. What is written anew meanwhile takes the place of the whole file, so it is of one or the other.
pub(super) fn header(directory: &Path) -> Result<[u8; HEADER_BYTES], VaultError> {
    let mut bytes = [0; HEADER_BYTES];
    File::open(directory.join(VAULT))?.read_exact_at(&mut bytes, 0)?;
    Ok(bytes)
}

/// Destroys what an interrupted compaction left. One that had not come to its end left a second name for the vault that
/// is in use: only that name goes.
pub(crate) fn clear_away(directory: &Path) -> io::Result<()> {
    destroy(&directory.join(FRESH))?;
    let file = |name| fs::symlink_metadata(directory.join(name)).map(|one| (one.dev(), one.ino()));
    match (file(OLD), file(VAULT)) {
        (Ok(old), Ok(vault)) if old == vault => remove_if_there(&directory.join(OLD)),
        _ => destroy(&directory.join(OLD)),
    }
}

/// Destroys the vault's key, and what a compaction left, for good: no passphrase opens what a disk may keep of its records.
pub(super) fn destroy_key(directory: &Path) -> io::Result<()> {
    clear_away(directory)?;
    overwrite_header(&OpenOptions::new().write(true).open(directory.join(VAULT))?)
}

/// Removes a vault whose key is destroyed.
pub(super) fn remove(directory: &Path) -> io::Result<()> {
    remove_if_there(&directory.join(VAULT))?;
    File::open(directory)?.sync_all()
}

/// Overwrites a header, and with it the only sealed copy of the key to the file's records, then removes the file
/// (OS-VLT-022).
fn destroy(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).open(path) {
        Ok(file) => overwrite_header(&file)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    }
    remove_if_there(path)
}

fn overwrite_header(file: &File) -> io::Result<()> {
    file.write_all_at(&[0; HEADER_BYTES], 0)?;
    file.sync_all()
}

impl Journal {
    /// The journal in `directory`, going on after `sound_bytes` of records.
    pub(super) fn resume(
        directory: &Path,
        key: FileKey,
        chain: Chain,
        sound_bytes: usize,
    ) -> Result<Self, VaultError> {
        let file = OpenOptions::new().append(true).open(directory.join(VAULT))?;
        let bytes = HEADER_BYTES.saturating_add(sound_bytes) as u64;
        file.set_len(bytes)?;
        // A dying process may have written a record without syncing it. It counts now, so it must be durable.
        file.sync_all()?;
        Ok(Self { file, key, chain, bytes })
    }

    /// Writes a whole vault beside the one in use, then puts it in its place.
    ///
    /// # Errors
    /// [`VaultError::Disk`] when the old one is untouched, [`VaultError::Unsettled`] when a restart may find either.
    pub(super) fn write(
        directory: &Path,
        header: &Header,
        key: FileKey,
        records: &Records,
    ) -> Result<Self, VaultError> {
        let path = directory.join(FRESH);
        destroy(&path)?;
        let file = OpenOptions::new().append(true).create_new(true).mode(0o600).open(&path)?;
        let mut journal = Self { file, key, chain: Chain::START, bytes: 0 };
        journal.write_all(header.bytes())?;
        journal.snapshot(records)?;
        journal.file.sync_all()?;
        swap_in(directory).map_err(|_| VaultError::Unsettled)?;
        Ok(journal)
    }

    fn snapshot(&mut self, records: &Records) -> Result<(), VaultError> {
        let mut batch = Batch::new();
        for (key, value) in records {
            if batch.bytes() >= SNAPSHOT_RECORD_BYTES as u64 {
                self.seal_and_write(Kind::Snapshot, &batch)?;
                batch = Batch::new();
            }
            batch.put(key, value);
        }
        self.seal_and_write(Kind::SnapshotEnd, &batch)
    }

    /// Appends a record and makes it durable.
    pub(super) fn append(&mut self, kind: Kind, batch: &Batch) -> Result<(), VaultError> {
        self.seal_and_write(kind, batch)?;
        Ok(self.file.sync_data()?)
    }

    /// Its size on disk.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    fn seal_and_write(&mut self, kind: Kind, batch: &Batch) -> Result<(), VaultError> {
        let sealed = record::seal(&self.key, self.chain, kind, batch)?;
        self.write_all(&sealed.bytes)?;
        self.chain = sealed.chain;
        Ok(())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        Ok(())
    }
}

/// The new file takes the place of the old one, whose header is then destroyed: not before, or a crash would leave none.
fn swap_in(directory: &Path) -> io::Result<()> {
    let (vault, old) = (directory.join(VAULT), directory.join(OLD));
    let before = OpenOptions::new().write(true).open(&vault).ok();
    // By this name the next start finds it, if this process dies in between. Some file systems have no second names.
    let _ = fs::hard_link(&vault, &old);
    fs::rename(directory.join(FRESH), &vault)?;
    File::open(directory)?.sync_all()?;
    if let Some(before) = before {
        overwrite_header(&before)?;
    }
    remove_if_there(&old)
}

/// Makes the name of a new profile's directory durable. Where that can't be done it is as durable as the system makes
/// it by itself.
pub(super) fn keep_directory(directory: &Path) {
    if let Some(parent) = directory.parent() {
        let _ = File::open(parent).and_then(|parent| parent.sync_all());
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
