//! A backup of what makes a relay this relay, in one sealed file.
//!
//! ```text
//! identity, issuer seeds, tickets, seats (records of the store) --\
//! link, settings file ---------------------------------------------> Contents --passphrase--> FILE
//! ```
//! The format is in `proto/spec/operations.md`.
//!
//! Never: an envelope, a slice key, a spent token (OS-OPS-120). What a relay has forgotten can't come back from its backup.

mod seal;

use std::{fs, io, io::Read, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use data_encoding::BASE64;
use offshift_wire::Malformed;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub use seal::{looks_sound, open, seal};

use crate::{
    admin::{Day, Record, Secret},
    limits::BACKUP_BYTES,
    overlap,
    store::{
        Store, StoreError,
        clock::{Clock, SystemClock},
    },
};

/// Key of the relay's identity (PKCS#8) among the store's records.
pub const IDENTITY: &str = "relay identity";

/// Key of the identity before it, and until when it holds: eight bytes of milliseconds, big-endian, then PKCS#8.
pub const IDENTITY_BEFORE: &str = "relay identity before";

/// What a backup takes, by the beginnings of keys. A record that is not named here stays out (OS-OPS-120).
const TAKEN: [&str; 4] = [IDENTITY, "issuer seed", TICKETS, "seat/"];

const TICKETS: &str = "ticket/";

/// What a backup holds.
#[derive(Serialize, Deserialize)]
pub struct Contents {
    /// When it was made.
    pub made: Day,
    /// The relay's link, if it ever had one.
    pub link: Option<String>,
    /// The settings file, if it has one.
    pub settings: Option<String>,
    /// Records of the store.
    pub records: Vec<Record>,
}

/// Why there is no backup, or none that can be used.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// It is some other file.
    #[error(
        "this is no backup of a relay; choose the file that `offshift-relay backup create` wrote"
    )]
    Foreign,
    /// A newer program wrote it.
    #[error("a newer version wrote this backup; update this program, then try again")]
    Newer,
    /// Bytes changed since it was written.
    #[error(
        "this backup is damaged; use another copy of it, and make a new one now if the relay still runs"
    )]
    Damaged,
    /// Another passphrase sealed it.
    #[error("the passphrase does not fit this backup; try again")]
    Passphrase,
    /// There is nothing to back up.
    #[error("there is no relay's identity here to back up; start the relay once, then try again")]
    NoIdentity,
    /// A record can't be read.
    #[error("a record of this backup can't be read; use another copy of it")]
    Record,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system refused.
    #[error("the file can't be read or written ({}); check its path and the free space", .0.kind())]
    Io(#[from] io::Error),
}

/// The records of `store` that a backup takes.
///
/// # Errors
/// [`StoreError`].
pub async fn records(store: &impl Store) -> Result<Vec<Record>, StoreError> {
    overlap::end(store, SystemClock.wall()).await?;
    let mut taken = Vec::new();
    for prefix in TAKEN {
        for (key, value) in store.records(prefix).await? {
            let value = Secret::new(BASE64.encode(&Zeroizing::new(value)));
            taken.push(Record { key, value });
        }
    }
    Ok(taken)
}

impl Contents {
    /// Whether it has what a relay can't be without.
    ///
    /// # Errors
    /// [`BackupError::NoIdentity`].
    pub fn check(&self) -> Result<(), BackupError> {
        let has = self.records.iter().any(|record| record.key == IDENTITY);
        has.then_some(()).ok_or(BackupError::NoIdentity)
    }

    /// How many tickets it has.
    pub fn tickets(&self) -> usize {
        self.records.iter().filter(|record| record.key.starts_with(TICKETS)).count()
    }

    /// Puts all records into `store`, which is to be empty.
    ///
    /// # Errors
    /// [`BackupError`].
    pub async fn put_into(&self, store: &impl Store) -> Result<(), BackupError> {
        self.check()?;
        for record in &self.records {
            if !is_taken(&record.key) {
                return Err(BackupError::Record);
            }
            let value = bytes(record).map_err(|_| BackupError::Record)?;
            store.put_metadata(&record.key, value.to_vec()).await?;
        }
        Ok(())
    }
}

/// The value of a record.
///
/// # Errors
/// [`Malformed`] when it is not base64.
pub fn bytes(record: &Record) -> Result<Zeroizing<Vec<u8>>, Malformed> {
    let bytes = BASE64.decode(record.value.expose().as_bytes());
    bytes.map(Zeroizing::new).map_err(|_| Malformed("record"))
}

fn is_taken(key: &str) -> bool {
    TAKEN.iter().any(|prefix| key.starts_with(prefix))
}

/// Writes a new file for its user alone: whole, on the disk, and never over another one (OS-OPS-122).
///
/// # Errors
/// [`io::Error`]; of kind `AlreadyExists` when there is a file.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let _ = fs::remove_file(&beside);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    // A hard link fails where a file is; a rename would replace it.
    let named = written.and_then(|()| match fs::hard_link(&beside, path) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => write_in_place(path, bytes),
        named => named,
    });
    fs::remove_file(&beside)?;
    named?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    fs::File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

/// Where there are no hard links, as on most USB sticks: still over no file, and a half does not stay.
fn write_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        fs::remove_file(path)?;
    }
    written
}

/// Reads a backup file, if it is not too long to be one.
///
/// # Errors
/// [`BackupError`].
pub fn read(path: &Path) -> Result<Vec<u8>, BackupError> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(BACKUP_BYTES.saturating_add(1)).read_to_end(&mut bytes)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= BACKUP_BYTES);
    fits.then_some(bytes).ok_or(BackupError::Foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_ops_122_without_hard_links_a_backup_is_written_over_no_file_either() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("relay.backup");
        write_in_place(&path, b"whole").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        let again = write_in_place(&path, b"other").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"whole");
    }
}
