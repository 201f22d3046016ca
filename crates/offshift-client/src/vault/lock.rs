//! One process at a time.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::error::VaultError;

/// The lock of a profile's directory. The system frees it when the process ends, however it ends.
pub(super) struct Lock {
    directory: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes it at once or not at all (OS-VLT-012).
    pub(super) fn take(directory: &Path) -> Result<Self, VaultError> {
        // A file of its own: the vault's file is replaced by compactions, and a lock on it would go with it.
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(directory.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { directory: directory.to_owned(), _file: file }),
            Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// What it locks.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }
}
