//! The vault: a profile's state, sealed at rest, written atomically, in the hands of one process.
//!
//! ```text
//! passphrase --Argon2id--> wrapping key --opens--> file key --opens--> record 0, record 1, ...
//! apply(changes) = one record = one append + one fdatasync = all of the changes or none
//! ```
//! The file is a journal (`proto/spec/vault.md`): old values stay in it until a compaction writes the live ones to
//! a new file under a fresh key and destroys the key of the old one. It hides names and contents; it does not hide how
//! much was written when. What was said in rooms is sealed once more, under a key for its day ([`days`]).
//!
//! Never: a value on disk in clear; a change applied that is not durable; a guess about damaged bytes.

mod days;
mod error;
mod file;
mod header;
mod lock;
mod passphrase;
mod record;
mod replay;
#[cfg(feature = "for-testing")]
mod seized;

use std::{
    collections::BTreeMap, fs, io, ops::Bound, os::unix::fs::DirBuilderExt, path::Path, sync::Arc,
};

use offshift_protocol::Change;
use zeroize::Zeroizing;

pub(crate) use days::{DAY, Day, Opened, Opener};
pub use error::VaultError;
pub use passphrase::{BadPassphrase, Passphrase};
#[cfg(feature = "for-testing")]
pub use seized::seized_for_testing;

use crate::limits::{GARBAGE_BYTES_MIN, LIVE_BYTES_MAX};
use days::Staged;
use file::Journal;
pub(crate) use file::clear_away;
use header::{Cost, Header, WrappingKey};
use lock::Lock;
use record::{Batch, Kind};
use replay::Replayed;

/// A value, shared with copies that are being made.
type Value = Arc<Zeroizing<Vec<u8>>>;

/// What a vault holds: names and values.
type Records = BTreeMap<String, Value>;

/// The open vault of one profile. Its directory is locked for this process until it is dropped.
pub(crate) struct Vault {
    journal: Journal,
    header: Header,
    wrapping: WrappingKey,
    records: Records,
    live_bytes: u64,
    /// [`LIVE_BYTES_MAX`].
    live_bytes_max: u64,
    /// Whether the key of a day that went is still in the file.
    day_went: bool,
    failed: bool,
    lock: Lock,
}

impl Vault {
    /// Makes the vault of a new profile in `directory`, and the directory too. It holds `first` from its first
    /// moment: there is no vault without a profile in it.
    ///
    /// # Errors
    /// [`VaultError::Exists`] when there is one, [`VaultError::InUse`], [`VaultError::Disk`].
    pub(crate) fn create(
        directory: &Path,
        passphrase: &Passphrase,
        first: &[Change],
    ) -> Result<Self, VaultError> {
        Self::create_with(directory, passphrase, first, Cost::STATED)
    }

    fn create_with(
        directory: &Path,
        secret: &Passphrase,
        first: &[Change],
        cost: Cost,
    ) -> Result<Self, VaultError> {
        Self::create_in(Place::take(directory)?, secret, first, cost)
    }

    /// The same, in a place that was taken before.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub(crate) fn create_at(
        place: Place,
        passphrase: &Passphrase,
        first: &[Change],
    ) -> Result<Self, VaultError> {
        Self::create_in(place, passphrase, first, Cost::STATED)
    }

    fn create_in(
        Place(lock): Place,
        secret: &Passphrase,
        first: &[Change],
        cost: Cost,
    ) -> Result<Self, VaultError> {
        let directory = lock.directory();
        let wrapping = WrappingKey::derive(cost, Header::fresh_salt()?, secret)?;
        let mut records = Records::new();
        for change in days::stage(&records, first)?.iter().map(Staged::change) {
            if let Change::Put { key, value } = change {
                records.insert(key.clone(), Arc::new(value.clone()));
            }
        }
        let (header, key) = Header::seal(&wrapping)?;
        let journal = Journal::write(directory, &header, key, &records)?;
        file::keep_directory(directory);
        Ok(Self::holding(lock, journal, header, wrapping, records))
    }

    fn holding(
        lock: Lock,
        journal: Journal,
        header: Header,
        wrapping: WrappingKey,
        records: Records,
    ) -> Self {
        Self {
            journal,
            header,
            wrapping,
            live_bytes: live_bytes(&records),
            live_bytes_max: LIVE_BYTES_MAX,
            records,
            day_went: false,
            failed: false,
            lock,
        }
    }

    /// A vault whose passphrase costs little, for tests of what others keep in it.
    #[cfg(test)]
    pub(crate) fn for_testing(directory: &Path) -> Self {
        let secret = Passphrase::new(Zeroizing::new("four plain words here".to_owned()));
        Self::create_with(directory, &secret, &[], Cost::FOR_TESTING).unwrap()
    }

    /// Opens the vault in `directory`.
    ///
    /// # Errors
    /// [`VaultError`]: each variant says what to do. [`VaultError::WrongPassphrase`] comes after the full cost of
    /// the key derivation, whether the records behind it are sound or damaged (OS-VLT-004, OS-VLT-005).
    pub(crate) fn open(directory: &Path, passphrase: &Passphrase) -> Result<Self, VaultError> {
        if !file::is_there(directory) {
            return Err(VaultError::Missing);
        }
        let lock = Lock::take(directory)?;
        let bytes = file::read(directory)?;
        let (header, rest) = Header::split(&bytes)?;
        let wrapping = WrappingKey::derive(header.cost(), header.salt(), passphrase)?;
        let key = header.open(&wrapping)?;
        let replayed = replay::replay(rest, &key)?;
        let journal = Journal::resume(directory, key, replayed.chain, replayed.sound_bytes)?;
        let Replayed { records, day_went, .. } = replayed;
        let mut vault = Self::holding(lock, journal, header, wrapping, records);
        vault.day_went = day_went;
        vault.compact_if_due();
        Ok(vault)
    }

    /// The value of a record that is not sealed by day.
    pub(crate) fn get(&self, key: &str) -> Option<&[u8]> {
        let is_open = !days::is_sealed(key);
        self.records.get(key).filter(|_| is_open).map(|value| value.as_slice())
    }

    /// The records whose names start with `prefix` and that are not sealed by day, in the order of their names.
    pub(crate) fn under<'a>(&'a self, prefix: &str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.records
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(move |(key, _)| key.starts_with(prefix))
            .filter(|(key, _)| !days::is_sealed(key))
            .map(|(key, value)| (key.as_str(), value.as_slice()))
    }

    /// The value of a record that is sealed by day.
    pub(crate) fn read(&self, key: &str) -> Option<Zeroizing<Vec<u8>>> {
        let (name, sealed) = self.records.get_key_value(key)?;
        Opener::new(&self.records).open(name, sealed)
    }

    /// The value of any record.
    pub(crate) fn value(&self, key: &str) -> Option<Zeroizing<Vec<u8>>> {
        if days::is_sealed(key) {
            self.read(key)
        } else {
            self.records.get(key).map(|value| value.as_ref().clone())
        }
    }

    /// The records that are sealed by day and whose names are at least `from` and before `to`, in the order of their
    /// names, from either end. Only what is reached is opened.
    pub(crate) fn read_between(&self, from: &str, to: &str) -> Opened<'_> {
        let to = to.max(from);
        let range = self.records.range::<str, _>((Bound::Included(from), Bound::Excluded(to)));
        Opened { range, opener: Opener::new(&self.records) }
    }

    /// All records that are at least `from` and before `to`, as they are kept: who takes a share of those that are sealed by
    /// day opens it with an opener of its own.
    pub(crate) fn between<'a>(
        &'a self,
        from: &str,
        to: &str,
    ) -> impl DoubleEndedIterator<Item = (&'a str, &'a [u8])> + use<'a> {
        let to = to.max(from);
        let range = self.records.range::<str, _>((Bound::Included(from), Bound::Excluded(to)));
        range.map(|(name, sealed)| (name.as_str(), sealed.as_slice()))
    }

    /// What opens records that are sealed by day.
    pub(crate) const fn opener(&self) -> Opener<'_> {
        Opener::new(&self.records)
    }

    /// The records that are at least `from` and before `to` and that are not sealed by day, in the order of their names.
    pub(crate) fn get_between<'a>(
        &'a self,
        from: &str,
        to: &str,
    ) -> impl DoubleEndedIterator<Item = (&'a str, &'a [u8])> + use<'a> {
        self.between(from, to).filter(|(name, _)| !days::is_sealed(name))
    }

    /// The names of the records that are at least `from` and before `to`, sealed by day or not.
    pub(crate) fn names_between<'a>(
        &'a self,
        from: &str,
        to: &str,
    ) -> impl DoubleEndedIterator<Item = &'a str> + use<'a> {
        let to = to.max(from);
        self.between(from, to).map(|(name, _)| name)
    }

    /// Makes the changes, all or none, and durable before it returns (OS-VLT-010).
    ///
    /// # Errors
    /// [`VaultError::Disk`], or [`VaultError::Full`] for a batch that makes more of a full vault. After a disk error this
    /// vault takes nothing more: what reached the disk is unknown until it is opened again.
    pub(crate) fn apply(&mut self, changes: &[Change]) -> Result<(), VaultError> {
        if self.failed {
            return Err(VaultError::Disk(io::ErrorKind::Other));
        }
        let staged = days::stage(&self.records, changes)?;
        let mut batch = Batch::new();
        staged.iter().for_each(|one| batch.push(one.change()));
        if self.is_too_much(&staged) {
            return Err(VaultError::Full);
        }
        self.journal.append(Kind::Batch, &batch).inspect_err(|_| self.failed = true)?;
        staged.iter().for_each(|one| self.remember(one.change()));
        self.compact_if_due();
        Ok(())
    }

    /// What a batch erases and replaces does not count: a full vault must be able to forget (OS-VLT-015).
    fn is_too_much(&self, staged: &[Staged<'_>]) -> bool {
        let changed = staged.iter().map(|one| match one.change() {
            Change::Put { key, value } => (key.as_str(), record::put_bytes(key, value)),
            Change::Delete { key } => (key.as_str(), 0),
        });
        // Of two changes of one record the later stands.
        let changed: BTreeMap<&str, u64> = changed.collect();
        let before =
            |key: &str| self.records.get(key).map_or(0, |value| record::put_bytes(key, value));
        let gone: u64 = changed.keys().map(|key| before(key)).sum();
        let come: u64 = changed.values().sum();
        come > gone
            && self.live_bytes.saturating_sub(gone).saturating_add(come) > self.live_bytes_max
    }

    /// Whether it has so much that what others say is not kept any more (OS-VLT-015).
    pub(crate) const fn is_crowded(&self) -> bool {
        self.live_bytes > self.live_bytes_max / 4 * 3
    }

    #[cfg(test)]
    pub(crate) const fn set_live_bytes_max(&mut self, bytes: u64) {
        self.live_bytes_max = bytes;
    }

    fn remember(&mut self, change: &Change) {
        let (key, new) = match change {
            Change::Put { key, value } => (key, Some(value)),
            Change::Delete { key } => (key, None),
        };
        let old = match new {
            Some(value) => self.records.insert(key.clone(), Arc::new(value.clone())),
            None => {
                self.day_went |= key.starts_with(DAY);
                self.records.remove(key)
            }
        };
        let added = new.map_or(0, |value| record::put_bytes(key, value));
        let removed = old.map_or(0, |value| record::put_bytes(key, &value));
        self.live_bytes = self.live_bytes.saturating_add(added).saturating_sub(removed);
    }

    fn compact_if_due(&mut self) {
        let garbage = self.journal.bytes().saturating_sub(self.live_bytes);
        // A day's key that went must not stay in the file (OS-VLT-021).
        if self.day_went || garbage > self.live_bytes.max(GARBAGE_BYTES_MIN) {
            // The old journal stays good when this fails, for example on a full disk; it is tried again later.
            let _ = self.compact();
        }
    }

    /// About what its live state takes.
    #[cfg(test)]
    pub(crate) const fn live_bytes(&self) -> u64 {
        self.live_bytes
    }

    /// All that it holds now; what is applied later is not in it.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot { records: self.records.clone(), bytes: self.live_bytes }
    }

    /// The profile's folder.
    pub(crate) fn directory(&self) -> &Path {
        self.lock.directory()
    }

    /// Closes the vault by another passphrase: the live state goes to a new file under a fresh key, and the old one's
    /// key is destroyed (OS-VLT-023).
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], after its full cost; [`VaultError::Disk`], then the old one still opens it.
    pub(crate) fn change_passphrase(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
    ) -> Result<(), VaultError> {
        let cost = self.header.cost();
        self.header.open(&WrappingKey::derive(cost, self.header.salt(), old)?)?;
        let fresh = WrappingKey::derive(cost, Header::fresh_salt()?, new)?;
        let before = std::mem::replace(&mut self.wrapping, fresh);
        let compacted = self.compact();
        if compacted.is_err() {
            self.wrapping = before;
        }
        compacted
    }

    /// Writes what is live to a new file under a fresh key, in the place of the old one (OS-VLT-014).
    ///
    /// # Errors
    /// [`VaultError::Disk`], then the old one is as it was; [`VaultError::Unsettled`], then nothing more is taken.
    pub(crate) fn compact(&mut self) -> Result<(), VaultError> {
        let (header, key) = Header::seal(&self.wrapping)?;
        self.journal = Journal::write(self.lock.directory(), &header, key, &self.records)
            .inspect_err(|error| self.failed = matches!(error, VaultError::Unsettled))?;
        self.header = header;
        self.day_went = false;
        Ok(())
    }
}

/// What a vault held at one moment. Keys of days are in it: they are not wiped before it is.
pub(crate) struct Snapshot {
    records: Records,
    bytes: u64,
}

impl Snapshot {
    /// All records with their values opened, but for the keys of days, which are of the vault alone.
    pub(crate) fn everything(&self) -> impl Iterator<Item = (&str, Zeroizing<Vec<u8>>)> {
        let mut opener = Opener::new(&self.records);
        let records = self.records.iter().filter(|(name, _)| !name.starts_with(DAY));
        records.filter_map(move |(name, value)| match days::is_sealed(name) {
            true => Some((name.as_str(), opener.open(name, value)?)),
            false => Some((name.as_str(), value.as_ref().clone())),
        })
    }

    /// About what it takes.
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// A profile's folder without a vault, locked for this process.
pub(crate) struct Place(Lock);

impl Place {
    /// Takes it, and makes it where there is none.
    ///
    /// # Errors
    /// [`VaultError::Exists`], [`VaultError::InUse`], [`VaultError::Disk`].
    pub(crate) fn take(directory: &Path) -> Result<Self, VaultError> {
        make_directory(directory)?;
        let lock = Lock::take(directory)?;
        if file::is_there(directory) { Err(VaultError::Exists) } else { Ok(Self(lock)) }
    }
}

/// A vault whose key is destroyed. Its file is there until it is removed, so that who died in between can go on.
pub(crate) struct Destroyed(Lock);

impl Destroyed {
    /// Removes the file.
    ///
    /// # Errors
    /// [`VaultError::Disk`].
    pub(crate) fn remove(self) -> Result<(), VaultError> {
        Ok(file::remove(self.0.directory())?)
    }
}

/// Makes a profile's folder, for its owner alone (OS-VLT-013); the files are made 0600.
fn make_directory(directory: &Path) -> Result<(), VaultError> {
    Ok(fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?)
}

/// Whether this passphrase opens the vault in `directory`, open or not; at its full cost. Nothing is opened by it.
///
/// # Errors
/// [`VaultError::WrongPassphrase`], [`VaultError::Missing`], [`VaultError::NotAVault`], [`VaultError::Disk`].
pub(crate) fn check(directory: &Path, passphrase: &Passphrase) -> Result<(), VaultError> {
    if !file::is_there(directory) {
        return Err(VaultError::Missing);
    }
    let bytes = file::header(directory)?;
    let (header, _) = Header::split(&bytes)?;
    header.open(&WrappingKey::derive(header.cost(), header.salt(), passphrase)?).map(drop)
}

/// Destroys the key of the vault in `directory`. Nobody needs to know the passphrase for that (OS-VLT-024).
///
/// # Errors
/// [`VaultError::Missing`], [`VaultError::InUse`], [`VaultError::Disk`].
pub(crate) fn destroy(directory: &Path) -> Result<Destroyed, VaultError> {
    if !file::is_there(directory) {
        return Err(VaultError::Missing);
    }
    let lock = Lock::take(directory)?;
    file::destroy_key(directory)?;
    Ok(Destroyed(lock))
}

fn live_bytes(records: &Records) -> u64 {
    records.iter().map(|(key, value)| record::put_bytes(key, value)).sum()
}

#[cfg(test)]
mod tests;
