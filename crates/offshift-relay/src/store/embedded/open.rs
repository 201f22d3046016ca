//! Opens a data directory: takes its lock, finishes what a crash cut short, reads every slice.
//!
//! ```text
//! directory -> FORMAT, LOCK -> registry -> each listed slice: ended? gone. key? scan -> index, writer
//! ```
//!
//! What is sound is recovered; what can't be is an [`OpenError`] that says what to do. Nothing that this
//! engine did not write is ever removed. OS-STO-050 to OS-STO-054.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use offshift_wire::{Position, UnixMillis};

use super::committer::Committer;
use super::files::Files;
use super::group::Writer;
use super::key::{Found, SliceId};
use super::registry::Registry;
use super::scan::{Scanned, scan_all};
use super::slice::{HEADER, Header, Slice};
use super::spent::SpentTokens;
use super::state::{Held, Shared, Slices};
use super::{Custody, Options};
use crate::limits::STORE_SLICE_BYTES;
use crate::store::clock::SteadyTime;
use crate::store::positions::Positions;

const FORMAT: &str = "offshift store 1\n";

/// Why a data directory can't be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error(
        "another relay is using this data directory; stop that one first, or give this one a directory of its own"
    )]
    InUse,
    /// There is something else in it.
    #[error(
        "this directory holds other files and no Offshift store; give the relay an empty or a new directory"
    )]
    NotAStore,
    /// A newer relay wrote it.
    #[error(
        "this data directory was written by a newer relay; update this relay, or give it another directory"
    )]
    Newer,
    /// sled can't read its files.
    #[error(
        "the registry of this data directory is damaged; put a copy of the whole directory in its place, or remove the directory to start empty with a new identity"
    )]
    Registry,
    /// A slice without its key.
    #[error(
        "the key of {0}.slice is missing or damaged, so nothing in that file can be opened; put copies of slices/{0}.slice and keys/{0}.key in their place, or remove both to go on without them"
    )]
    Key(String),
    /// A slice file that the registry does not list.
    #[error(
        "the file slices/{0} does not belong to this store; move it somewhere else, then start the relay again"
    )]
    Unlisted(String),
    /// The system refused.
    #[error(
        "the data directory can't be used ({0}); check its path, its owner and the free space, then start the relay again"
    )]
    Io(#[from] io::Error),
}

impl From<super::registry::RegistryFailed> for OpenError {
    fn from(_: super::registry::RegistryFailed) -> Self {
        Self::Registry
    }
}

/// All that opening gathers.
struct Opening {
    files: Files,
    registry: Registry,
    slices: Slices,
    writers: BTreeMap<SliceId, Writer>,
    current: BTreeMap<UnixMillis, SliceId>,
    highest: Position,
    highest_id: SliceId,
    damaged: u64,
    /// Slices whose keys were in memory only, and how many of them went with it.
    in_memory: BTreeSet<SliceId>,
    forgotten: u64,
    now: UnixMillis,
}

pub(super) fn open(options: Options) -> Result<(Arc<Shared>, Committer), OpenError> {
    let files = Files::new(options.disk, &options.directory, options.custody);
    let (lock, registry) = prepare(&files)?;
    let floor = registry.floor()?;
    let in_memory = registry.in_memory()?;
    let mut opening = Opening {
        in_memory,
        forgotten: 0,
        now: options.clock.wall().max(floor.time()),
        files,
        registry,
        slices: BTreeMap::new(),
        writers: BTreeMap::new(),
        current: BTreeMap::new(),
        highest: floor,
        highest_id: SliceId(0),
        damaged: 0,
    };
    opening.read_slices()?;
    opening.take_keys()?;
    let spent = SpentTokens::open(Arc::clone(&opening.files.disk), opening.files.spent())?;
    opening.damaged = opening.damaged.saturating_add(spent.damaged);
    let time = SteadyTime::starting(options.clock, opening.highest.time());
    let Opening {
        files,
        registry,
        slices,
        writers,
        current,
        highest,
        highest_id,
        damaged,
        forgotten,
        ..
    } = opening;
    let shared = Shared::new(slices, time, registry, damaged, options.stored_bytes_max);
    let shared = Arc::new(shared);
    shared.counts.spent_tokens.store(spent.count(), Ordering::Relaxed);
    shared.counts.forgotten.store(forgotten, Ordering::Relaxed);
    let committer = Committer {
        shared: Arc::clone(&shared),
        files,
        positions: Positions::above(highest),
        writers,
        current,
        leaving: Vec::new(),
        spent,
        next_id: SliceId(highest_id.0.saturating_add(1)),
        reserve_bytes: options.reserve_bytes,
        floor_ahead: (options.custody == Custody::Memory).then_some(floor),
        lock,
    };
    Ok((shared, committer))
}

/// Makes or recognises the directory, takes its lock and opens its registry.
///
/// `FORMAT` is written last, so that a directory without it was never used.
fn prepare(files: &Files) -> Result<(File, Registry), OpenError> {
    files.disk.make_directory(&files.root)?;
    let is_new = recognise(files)?;
    let lock = lock(&files.root.join("LOCK"))?;
    let registry = files.root.join("registry");
    for directory in [&files.slices(), files.keys.directory(), &files.spent(), &registry] {
        files.disk.make_directory(directory)?;
    }
    let registry = Registry::open(registry)?;
    if is_new {
        registry.make()?;
        write_format(files)?;
    } else if !registry.is_made()? {
        return Err(OpenError::Registry);
    }
    Ok((lock, registry))
}

fn write_format(files: &Files) -> io::Result<()> {
    let file = files.disk.create(&files.root.join("FORMAT.new"))?;
    file.write_at(FORMAT.as_bytes(), 0)?;
    file.flush()?;
    std::fs::rename(files.root.join("FORMAT.new"), files.root.join("FORMAT"))?;
    files.disk.flush_directory(&files.root)
}

/// Whether the directory is new (or its very first start was cut short); refuses what is not ours.
fn recognise(files: &Files) -> Result<bool, OpenError> {
    let path = files.root.join("FORMAT");
    if path.exists() {
        let text = std::fs::read_to_string(&path).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => OpenError::NotAStore,
            _ => OpenError::Io(error),
        })?;
        return judge_format(&text).map(|()| false);
    }
    let ours = ["LOCK", "FORMAT.new", "registry", "slices", "keys", "spent"];
    let known = |path: &PathBuf| ours.iter().any(|name| path.ends_with(name));
    let unused = !files.slices().exists() || files.disk.list(&files.slices())?.is_empty();
    if !unused || !files.disk.list(&files.root)?.iter().all(known) {
        return Err(OpenError::NotAStore);
    }
    match files.disk.remove(&files.root.join("FORMAT.new")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(OpenError::Io(error)),
        _ => Ok(true),
    }
}

fn judge_format(text: &str) -> Result<(), OpenError> {
    if text == FORMAT {
        return Ok(());
    }
    let version = text.strip_prefix("offshift store ").and_then(|v| v.trim_end().parse().ok());
    let newer = version.is_some_and(|version: u64| version > 1);
    Err(if newer { OpenError::Newer } else { OpenError::NotAStore })
}

fn lock(path: &Path) -> Result<File, OpenError> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).mode(0o600).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
        Err(TryLockError::Error(error)) => Err(OpenError::Io(error)),
    }
}

impl Opening {
    fn read_slices(&mut self) -> Result<(), OpenError> {
        let listed: BTreeMap<_, _> = self.registry.slices()?.into_iter().collect();
        let unlisted = self.files.remove_unlisted(&|id| listed.contains_key(&id))?;
        if let Some(name) = unlisted.as_deref().and_then(Path::file_name) {
            return Err(OpenError::Unlisted(name.to_string_lossy().into_owned()));
        }
        let mut slices = Vec::new();
        for (id, end) in listed {
            self.highest_id = self.highest_id.max(id);
            slices.extend(self.open_slice(id, end)?);
        }
        let headers: Vec<_> = slices.iter().map(read_header).collect::<io::Result<_>>()?;
        let scanned = scan_all(&slices)?;
        for (slice, read) in slices.into_iter().zip(headers.into_iter().zip(scanned)) {
            self.take_slice(slice, read)?;
        }
        Ok(())
    }

    /// The slice, unless it is over or nothing is left of it: then what remains is removed.
    fn open_slice(&mut self, id: SliceId, end: UnixMillis) -> Result<Option<Slice>, OpenError> {
        let path = self.files.slice_path(id);
        let found = self.files.keys.read(&*self.files.disk, id)?;
        match found {
            _ if end <= self.now => {}
            Found::Key(key) if path.exists() => {
                let file = self.files.disk.open(&path)?;
                return Ok(Some(Slice::new(id, end, file, &key)));
            }
            _ if self.in_memory.contains(&id) => self.forgotten = self.forgotten.saturating_add(1),
            Found::Destroyed => {}
            _ if !path.exists() => self.damaged = self.damaged.saturating_add(1),
            _ => return Err(OpenError::Key(format!("{:016x}", id.0))),
        }
        self.files.destroy_slice(&self.registry, id)?;
        Ok(None)
    }

    /// Where keys shall be in memory only, those that were read from files are destroyed there (OS-STO-044).
    fn take_keys(&self) -> Result<(), OpenError> {
        let ids: Vec<_> = self.slices.keys().copied().collect();
        if self.files.custody == Custody::Disk || ids.is_empty() {
            return Ok(());
        }
        // Their positions can't be read from them after this.
        self.registry.raise_floor(self.highest)?;
        Ok(self.files.take_keys(&self.registry, &ids)?)
    }

    fn take_slice(&mut self, slice: Slice, read: (Header, Scanned)) -> Result<(), OpenError> {
        let (header, scanned) = read;
        let slice = Arc::new(slice);
        let sound = header == Header::Sound;
        if header == Header::Newer {
            return Err(OpenError::Newer);
        }
        self.damaged =
            self.damaged.saturating_add(scanned.damaged).saturating_add(u64::from(!sound));
        self.highest = self.highest.max(scanned.highest);
        if sound {
            self.write_on(&slice, &scanned)?;
        }
        let bytes = if sound { scanned.sound_end } else { scanned.len };
        self.slices.insert(slice.id, Held { slice, index: scanned.index, bytes });
        Ok(())
    }

    /// Cuts a torn tail and goes on behind it. A file with a strange header is only read.
    fn write_on(&mut self, slice: &Arc<Slice>, scanned: &Scanned) -> Result<(), OpenError> {
        if scanned.sound_end < scanned.len {
            slice.file.set_len(scanned.sound_end)?;
            slice.file.flush()?;
        }
        let writer = Writer::new(Arc::clone(slice), scanned.sound_end);
        let writer = writer.ok_or_else(|| io::Error::other("no randomness"))?;
        if scanned.sound_end < STORE_SLICE_BYTES {
            self.current.insert(slice.end, slice.id);
        }
        self.writers.insert(slice.id, writer);
        Ok(())
    }
}

fn read_header(slice: &Slice) -> io::Result<Header> {
    let mut header = [0; HEADER];
    match slice.file.read_at(&mut header, 0) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Header::Damaged),
        read => read.map(|()| slice.judge_header(&header)),
    }
}
