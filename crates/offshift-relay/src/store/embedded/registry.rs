//! What is small and must be transactional, on sled: the list of slices, the floor of positions, the
//! relay's metadata.
//!
//! ```text
//! tree "slices":   slice id (8, big-endian) -> end in ms (8, big-endian)
//! tree "memory":   slice id (8, big-endian) -> nothing: its key is in no file, a restart forgets it
//! tree "store":    "floor" -> position (8, big-endian); "made" -> 1, the first entry of all
//! tree "metadata": key -> value, at most 4 KiB
//! ```
//!
//! sled 0.34.7 is used as it was measured to be safe (OS-STO-052): every change is flushed and then the
//! file `db` is synced by us (its own `flush` does not survive a power cut), values are small, nothing here
//! churns with traffic, and an error or panic of sled closes it and opens it anew at the next use.
//!
//! Never: a slice key (see `key.rs`).

use std::collections::BTreeSet;
use std::fs::{File, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use offshift_wire::{Position, UnixMillis};

use super::key::SliceId;
use super::{Custody, OpenError};

const CACHE_BYTES: u64 = 4 << 20;
const RELEASE_TRIES: u32 = 400;
const RELEASE_PAUSE: Duration = Duration::from_millis(5);
const SLICES: &str = "slices";
const MEMORY: &str = "memory";
const STORE: &str = "store";
const METADATA: &str = "metadata";
const FLOOR: &str = "floor";
const MADE: &str = "made";

pub(super) struct Registry {
    path: PathBuf,
    db: Mutex<Option<sled::Db>>,
    closed: AtomicBool,
}

/// sled failed, or panicked on damaged files.
#[derive(Debug)]
pub(super) struct RegistryFailed;

type Result<T> = std::result::Result<T, RegistryFailed>;

impl Registry {
    /// A directory that may not be used is no damage: nobody shall remove it for that.
    pub(super) fn open(path: PathBuf) -> std::result::Result<Self, OpenError> {
        let db = open(&path).map_err(blame)?;
        Ok(Self { path, db: Mutex::new(Some(db)), closed: AtomicBool::new(false) })
    }

    /// Runs `act` on the database. After a failure the next call opens it anew.
    fn with<T>(&self, act: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T> {
        let mut slot = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        let db = match slot.take() {
            Some(db) => db,
            None if self.closed.load(Ordering::Acquire) => return Err(RegistryFailed),
            None => open(&self.path).map_err(|_| RegistryFailed)?,
        };
        let done = catch_unwind(AssertUnwindSafe(|| act(&db)));
        match done {
            Ok(Ok(done)) => {
                *slot = Some(db);
                Ok(done)
            }
            _ => Err(RegistryFailed),
        }
    }

    /// The same for a change, made durable before this returns.
    fn change<T>(&self, act: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T> {
        self.with(|db| {
            let done = act(db)?;
            db.flush()?;
            Ok(done)
        })
        .and_then(|done| self.sync().map(|()| done))
    }

    fn sync(&self) -> Result<()> {
        let synced = File::open(self.path.join("db")).and_then(|file| file.sync_data());
        synced.map_err(|_| RegistryFailed)
    }

    /// Lets go of the files, so that the next process (or opening) can have them.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        drop(self.db.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Whether it was made before: a registry that lost this lost more.
    pub(super) fn is_made(&self) -> Result<bool> {
        self.with(|db| db.open_tree(STORE)?.contains_key(MADE))
    }

    pub(super) fn make(&self) -> Result<()> {
        self.change(|db| db.open_tree(STORE)?.insert(MADE, &[1]).map(drop))
    }

    /// Every slice and its end.
    pub(super) fn slices(&self) -> Result<Vec<(SliceId, UnixMillis)>> {
        let rows =
            self.with(|db| db.open_tree(SLICES)?.iter().collect::<sled::Result<Vec<_>>>())?;
        rows.iter().map(|(id, end)| Ok((SliceId(number(id)?), UnixMillis(number(end)?)))).collect()
    }

    pub(super) fn add_slice(&self, id: SliceId, end: UnixMillis, custody: Custody) -> Result<()> {
        self.change(|db| {
            if custody == Custody::Memory {
                db.open_tree(MEMORY)?.insert(id.0.to_be_bytes(), &[])?;
            }
            db.open_tree(SLICES)?.insert(id.0.to_be_bytes(), &end.0.to_be_bytes())?;
            Ok(())
        })
    }

    pub(super) fn remove_slice(&self, id: SliceId) -> Result<()> {
        self.change(|db| {
            db.open_tree(SLICES)?.remove(id.0.to_be_bytes())?;
            db.open_tree(MEMORY)?.remove(id.0.to_be_bytes()).map(drop)
        })
    }

    /// Slices whose keys no file holds, or will hold in a moment.
    pub(super) fn in_memory(&self) -> Result<BTreeSet<SliceId>> {
        let rows =
            self.with(|db| db.open_tree(MEMORY)?.iter().keys().collect::<sled::Result<Vec<_>>>())?;
        rows.iter().map(|id| Ok(SliceId(number(id)?))).collect()
    }

    pub(super) fn keep_in_memory(&self, ids: &[SliceId]) -> Result<()> {
        self.change(|db| {
            let tree = db.open_tree(MEMORY)?;
            ids.iter().try_for_each(|id| tree.insert(id.0.to_be_bytes(), &[]).map(drop))
        })
    }

    /// At or above every position ever shown of a slice that is gone.
    pub(super) fn floor(&self) -> Result<Position> {
        let value = self.with(|db| db.open_tree(STORE)?.get(FLOOR))?;
        value.map_or(Ok(Position::START), |value| Ok(Position::new(number(&value)?)))
    }

    pub(super) fn raise_floor(&self, to: Position) -> Result<()> {
        if self.floor()? >= to {
            return Ok(());
        }
        self.change(|db| {
            db.open_tree(STORE)?.insert(FLOOR, &to.value().to_be_bytes())?;
            Ok(())
        })
    }

    pub(super) fn metadata(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let value = self.with(|db| db.open_tree(METADATA)?.get(key))?;
        Ok(value.map(|value| value.to_vec()))
    }

    /// The values whose keys begin so.
    pub(super) fn records(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>> {
        let rows = self.with(|db| {
            let rows = db.open_tree(METADATA)?.scan_prefix(prefix);
            rows.collect::<sled::Result<Vec<_>>>()
        })?;
        let text = |key: &[u8]| String::from_utf8(key.to_vec()).map_err(|_| RegistryFailed);
        rows.iter().map(|(key, value)| Ok((text(key)?, value.to_vec()))).collect()
    }

    /// Keeps values, or removes those that are `None`, with one flush for all.
    pub(super) fn put_metadata(&self, changes: &[(String, Option<Vec<u8>>)]) -> Result<()> {
        self.change(|db| {
            let tree = db.open_tree(METADATA)?;
            for (key, value) in changes {
                match value {
                    Some(value) => tree.insert(key, value.as_slice())?,
                    None => tree.remove(key)?,
                };
            }
            Ok(())
        })
    }
}

fn number(bytes: &[u8]) -> Result<u64> {
    bytes.try_into().map(u64::from_be_bytes).map_err(|_| RegistryFailed)
}

fn blame(error: io::Error) -> OpenError {
    use io::ErrorKind as E;
    match error.kind() {
        E::PermissionDenied | E::ReadOnlyFilesystem | E::StorageFull | E::QuotaExceeded => {
            OpenError::Io(error)
        }
        _ => OpenError::Registry,
    }
}

/// Opens sled. Damaged files make it panic in places; that is an error like any other here.
fn open(path: &PathBuf) -> io::Result<sled::Db> {
    await_release(&path.join("db"));
    let config = sled::Config::new().path(path).cache_capacity(CACHE_BYTES).flush_every_ms(None);
    let db = match catch_unwind(AssertUnwindSafe(|| config.open())) {
        Ok(Ok(db)) => db,
        Ok(Err(sled::Error::Io(error))) => return Err(error),
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    protect(path)?;
    Ok(db)
}

/// Threads of sled keep its file locked for a moment after the database was dropped. Nobody else can
/// have it, as this process holds the store's own lock; so it is waited for, though not for ever.
fn await_release(db: &Path) {
    for _ in 0..RELEASE_TRIES {
        match File::open(db).map(|file| file.try_lock()) {
            Ok(Err(TryLockError::WouldBlock)) => std::thread::sleep(RELEASE_PAUSE),
            _ => return,
        }
    }
}

/// sled makes its files readable for all; they are for the owner only.
fn protect(path: &PathBuf) -> io::Result<()> {
    std::fs::set_permissions(path, Permissions::from_mode(0o700))?;
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let mode = if entry.file_type()?.is_dir() { 0o700 } else { 0o600 };
        std::fs::set_permissions(entry.path(), Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_sto_053_a_registry_that_may_not_be_opened_is_not_called_damaged() {
        for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::StorageFull] {
            assert!(matches!(blame(kind.into()), OpenError::Io(_)));
        }
        assert!(matches!(blame(io::ErrorKind::InvalidData.into()), OpenError::Registry));
    }
}
