//! One process at a time.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::error::VaultError;

const LOCK_TRIES: u32 = 10;
const LOCK_WAIT: Duration = Duration::from_millis(25);

/// The lock of a profile's directory. The system frees it when the process ends, however it ends.
pub(super) struct Lock {
    directory: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes it, almost at once or not at all (OS-VLT-012).
    ///
    /// A process that is just ending, or a child between its fork and its exec, may hold it for a moment more.
    pub(super) fn take(directory: &Path) -> Result<Self, VaultError> {
        // A file of its own: the vault's file is replaced by compactions, and a lock on it would go with it.
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(directory.join("lock"))?;
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { directory: directory.to_owned(), _file: file }),
                Err(TryLockError::WouldBlock) => thread::sleep(LOCK_WAIT),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Err(VaultError::InUse)
    }

    /// What it locks.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }
}
