//! The vault's file: append and sync, or a whole new file in the place of the old one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
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
    remove_if_there(&directory.join(FRESH))?;
    Ok(fs::read(directory.join(VAULT))?)
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
        remove_if_there(&path)?;
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

fn swap_in(directory: &Path) -> io::Result<()> {
    fs::rename(directory.join(FRESH), directory.join(VAULT))?;
    File::open(directory)?.sync_all()
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
