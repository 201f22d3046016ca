//! The files of a data directory, and how a slice comes and goes in steps that a crash may cut anywhere.
//!
//! ```text
//! data directory/  FORMAT  LOCK  registry/ (sled)  slices/0123456789abcdef.slice  keys/0123456789abcdef.key
//!                  spent/00000b9c-0000.spent (`spent.rs`)
//!
//! a slice comes:  key file (unless keys are in memory only) -> slice file with its header -> registry entry -> first record
//! a slice goes:   floor -> key overwritten -> slice unlinked -> registry entry removed -> key file unlinked
//! ```
//!
//! Each step is durable before the next, so whatever is left is recognised and finished at the next open.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use offshift_wire::UnixMillis;

use super::Custody;
use super::disk::Disk;
use super::key::{KeyFiles, SliceId, SliceKey};
use super::registry::Registry;
use super::slice::{HEADER, Slice};
use crate::store::StoreError;

pub(super) struct Files {
    pub(super) disk: Arc<dyn Disk>,
    pub(super) root: PathBuf,
    pub(super) keys: KeyFiles,
    pub(super) custody: Custody,
}

impl Files {
    pub(super) fn new(disk: Arc<dyn Disk>, root: &Path, custody: Custody) -> Self {
        Self { disk, root: root.to_owned(), keys: KeyFiles::new(root.join("keys")), custody }
    }

    pub(super) fn slices(&self) -> PathBuf {
        self.root.join("slices")
    }

    pub(super) fn spent(&self) -> PathBuf {
        self.root.join("spent")
    }

    pub(super) fn slice_path(&self, id: SliceId) -> PathBuf {
        self.slices().join(format!("{:016x}.slice", id.0))
    }

    /// A new, empty, durable slice.
    pub(super) fn create_slice(
        &self,
        registry: &Registry,
        id: SliceId,
        end: UnixMillis,
    ) -> Result<Slice, StoreError> {
        let key = SliceKey::generate().map_err(|error| blame(&error))?;
        if self.custody == Custody::Disk {
            self.keys.write(&*self.disk, id, &key).map_err(|error| blame(&error))?;
        }
        let slice = self.create_file(id, end, &key).map_err(|error| blame(&error));
        let listed = slice.and_then(|slice| {
            registry.add_slice(id, end, self.custody).map_err(|_| StoreError::Disk)?;
            Ok(slice)
        });
        // Nothing was sealed under the key yet; the next open removes what cannot be removed now.
        listed.inspect_err(|_| drop(self.remove_files(id)))
    }

    fn create_file(&self, id: SliceId, end: UnixMillis, key: &SliceKey) -> io::Result<Slice> {
        let file = self.disk.create(&self.slice_path(id))?;
        let slice = Slice::new(id, end, file, key);
        slice.file.write_at(&slice.header(), 0)?;
        slice.file.flush()?;
        self.disk.flush_directory(&self.slices())?;
        Ok(slice)
    }

    fn remove_files(&self, id: SliceId) -> io::Result<()> {
        self.remove_slice_file(id)?;
        self.keys.unlink(&*self.disk, id)
    }

    fn remove_slice_file(&self, id: SliceId) -> io::Result<()> {
        match self.disk.remove(&self.slice_path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => self.disk.flush_directory(&self.slices()),
        }
    }

    /// Destroys a slice: first its key, so that nothing in it can be opened whatever happens then (OS-STO-041).
    pub(super) fn destroy_slice(&self, registry: &Registry, id: SliceId) -> io::Result<()> {
        self.keys.destroy(&*self.disk, id)?;
        self.remove_slice_file(id)?;
        registry.remove_slice(id).map_err(|_| io::Error::other("registry"))?;
        self.keys.unlink(&*self.disk, id)
    }

    /// Destroys the key files of these slices: from now on only this process can open them (OS-STO-044).
    ///
    /// That a restart forgets them is written down first, so that it is never taken for damage.
    pub(super) fn take_keys(&self, registry: &Registry, ids: &[SliceId]) -> io::Result<()> {
        registry.keep_in_memory(ids).map_err(|_| io::Error::other("registry"))?;
        for id in ids {
            self.keys.destroy(&*self.disk, *id)?;
            self.keys.unlink(&*self.disk, *id)?;
        }
        Ok(())
    }

    /// Removes files of slices that were begun and never listed: they hold no record.
    ///
    /// Returns a slice file that is not listed and does hold something: not ours to remove.
    pub(super) fn remove_unlisted(
        &self,
        listed: &dyn Fn(SliceId) -> bool,
    ) -> io::Result<Option<PathBuf>> {
        for path in self.disk.list(&self.slices())? {
            if id_of(&path, "slice").is_some_and(listed) {
                continue;
            }
            if self.disk.open(&path)?.len()? > HEADER as u64 {
                return Ok(Some(path));
            }
            self.disk.remove(&path)?;
        }
        for path in self.disk.list(self.keys.directory())? {
            if let Some(id) = id_of(&path, "key").filter(|id| !listed(*id)) {
                self.keys.destroy(&*self.disk, id)?;
                self.keys.unlink(&*self.disk, id)?;
            }
        }
        Ok(None)
    }
}

/// The slice that a file name stands for.
fn id_of(path: &Path, extension: &str) -> Option<SliceId> {
    let stem = path.file_stem()?.to_str()?;
    let ours = path.extension()?.to_str()? == extension && stem.len() == 16;
    ours.then_some(SliceId(u64::from_str_radix(stem, 16).ok()?))
}

/// A full disk is the operator's to empty; every other failure is the disk's.
pub(super) fn blame(error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
        _ => StoreError::Disk,
    }
}
