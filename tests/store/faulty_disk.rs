//! A disk that loses what was not flushed, runs full, or fails to flush.
//!
//! ```text
//! write --> real file, old bytes remembered --flush--> forgotten   |   power cut --> old bytes put back, in part
//! ```

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use offshift_relay::store::embedded::disk::{Disk, DiskFile, SystemDisk};

/// One write or cut that no flush has covered yet.
struct Unflushed {
    offset: u64,
    new: Vec<u8>,
    /// The file from `offset` on as it was.
    old: Vec<u8>,
}

#[derive(Default)]
struct Pending {
    writes: BTreeMap<PathBuf, Vec<Unflushed>>,
    made: Vec<PathBuf>,
    removed: BTreeMap<PathBuf, Vec<u8>>,
}

/// What the disk does wrong. Clones are the same disk.
#[derive(Clone, Default)]
pub(crate) struct FaultyDisk(Arc<Faults>);

#[derive(Default)]
struct Faults {
    pending: Mutex<Pending>,
    is_off: AtomicBool,
    has_budget: AtomicBool,
    budget: AtomicU64,
    failing_flushes: AtomicU64,
    flushes: AtomicU64,
    read_bytes: AtomicU64,
    slow: AtomicBool,
}

impl FaultyDisk {
    /// From now on only this many more bytes can be written.
    pub(crate) fn limit(&self, bytes: u64) {
        self.0.budget.store(bytes, Ordering::SeqCst);
        self.0.has_budget.store(true, Ordering::SeqCst);
    }

    pub(crate) fn lift_limit(&self) {
        self.0.has_budget.store(false, Ordering::SeqCst);
    }

    /// The next flushes of files fail; what they should have kept is dropped, as Linux does.
    pub(crate) fn fail_flushes(&self, count: u64) {
        self.0.failing_flushes.store(count, Ordering::SeqCst);
    }

    /// Each flush takes milliseconds, as on a disk that spins.
    pub(crate) fn be_slow(&self) {
        self.0.slow.store(true, Ordering::SeqCst);
    }

    pub(crate) fn flushes(&self) -> u64 {
        self.0.flushes.load(Ordering::SeqCst)
    }

    /// Bytes read from files so far.
    pub(crate) fn read_bytes(&self) -> u64 {
        self.0.read_bytes.load(Ordering::SeqCst)
    }

    /// The power goes: nothing works any more. To be followed by `come_back` once the store is dropped.
    pub(crate) fn cut_power(&self) {
        self.0.is_off.store(true, Ordering::SeqCst);
    }

    /// Puts the files into a state that a power cut may leave: of each file, `kept(number of writes)`
    /// unflushed writes reached the disk, and half of the next one.
    pub(crate) fn come_back(&self, mut kept: impl FnMut(usize) -> usize) {
        let mut pending = std::mem::take(&mut *self.0.pending.lock().unwrap());
        for (path, writes) in &pending.writes {
            if let Ok(file) = SystemDisk.open(path) {
                tear(&*file, writes, kept(writes.len() + 1));
            }
        }
        for path in pending.made.drain(..) {
            drop(std::fs::remove_file(path));
        }
        for (path, bytes) in pending.removed {
            std::fs::write(path, bytes).unwrap();
        }
        self.0.is_off.store(false, Ordering::SeqCst);
    }

    fn powered(&self) -> io::Result<()> {
        let off = self.0.is_off.load(Ordering::SeqCst);
        if off { Err(io::Error::other("no power")) } else { Ok(()) }
    }

    /// How many of these bytes still fit.
    fn spend(&self, bytes: u64) -> u64 {
        if !self.0.has_budget.load(Ordering::SeqCst) {
            return bytes;
        }
        let left = self.0.budget.load(Ordering::SeqCst);
        self.0.budget.store(left.saturating_sub(bytes), Ordering::SeqCst);
        left.min(bytes)
    }
}

/// Undoes all writes, then does the first `kept` again and half of the one behind them.
fn tear(file: &dyn DiskFile, writes: &[Unflushed], kept: usize) {
    for write in writes.iter().rev() {
        file.set_len(write.offset).unwrap();
        file.write_at(&write.old, write.offset).unwrap();
    }
    for (number, write) in writes.iter().enumerate().take(kept + 1) {
        let part = if number < kept { write.new.len() } else { write.new.len() / 2 };
        file.write_at(&write.new[..part], write.offset).unwrap();
    }
}

impl Disk for FaultyDisk {
    fn make_directory(&self, path: &Path) -> io::Result<()> {
        self.powered()?;
        SystemDisk.make_directory(path)
    }

    fn list(&self, directory: &Path) -> io::Result<Vec<PathBuf>> {
        SystemDisk.list(directory)
    }

    fn create(&self, path: &Path) -> io::Result<Arc<dyn DiskFile>> {
        self.powered()?;
        let file = SystemDisk.create(path)?;
        self.0.pending.lock().unwrap().made.push(path.to_owned());
        Ok(Arc::new(FaultyFile { disk: self.clone(), path: path.to_owned(), file }))
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn DiskFile>> {
        let file = SystemDisk.open(path)?;
        Ok(Arc::new(FaultyFile { disk: self.clone(), path: path.to_owned(), file }))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.powered()?;
        let bytes = std::fs::read(path)?;
        let mut pending = self.0.pending.lock().unwrap();
        pending.writes.remove(path);
        if let Some(at) = pending.made.iter().position(|made| made == path) {
            pending.made.swap_remove(at);
        } else {
            pending.removed.insert(path.to_owned(), bytes);
        }
        SystemDisk.remove(path)
    }

    fn flush_directory(&self, path: &Path) -> io::Result<()> {
        self.powered()?;
        let mut pending = self.0.pending.lock().unwrap();
        pending.made.retain(|made| made.parent() != Some(path));
        pending.removed.retain(|removed, _| removed.parent() != Some(path));
        Ok(())
    }

    fn free_bytes(&self, _: &Path) -> io::Result<u64> {
        Ok(u64::MAX)
    }
}

struct FaultyFile {
    disk: FaultyDisk,
    path: PathBuf,
    file: Arc<dyn DiskFile>,
}

impl FaultyFile {
    fn tail(&self, offset: u64) -> Vec<u8> {
        let len = self.file.len().unwrap();
        let mut old = vec![0; usize::try_from(len.saturating_sub(offset)).unwrap()];
        self.file.read_at(&mut old, offset).unwrap();
        old
    }

    fn remember(&self, offset: u64, new: &[u8]) {
        let unflushed = Unflushed { offset, new: new.to_vec(), old: self.tail(offset) };
        let mut pending = self.disk.0.pending.lock().unwrap();
        pending.writes.entry(self.path.clone()).or_default().push(unflushed);
    }
}

impl DiskFile for FaultyFile {
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.disk.powered()?;
        let fits = usize::try_from(self.disk.spend(bytes.len() as u64)).unwrap();
        self.remember(offset, &bytes[..fits]);
        self.file.write_at(&bytes[..fits], offset)?;
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn read_at(&self, bytes: &mut [u8], offset: u64) -> io::Result<()> {
        self.disk.0.read_bytes.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        self.file.read_at(bytes, offset)
    }

    fn flush(&self) -> io::Result<()> {
        self.disk.powered()?;
        if self.disk.0.slow.load(Ordering::SeqCst) {
            std::thread::sleep(std::time::Duration::from_millis(4));
        }
        self.disk.0.flushes.fetch_add(1, Ordering::SeqCst);
        let writes = self.disk.0.pending.lock().unwrap().writes.remove(&self.path);
        let failing = self.disk.0.failing_flushes.load(Ordering::SeqCst);
        if failing > 0 {
            self.disk.0.failing_flushes.store(failing - 1, Ordering::SeqCst);
            tear(&*self.file, &writes.unwrap_or_default(), 0);
            return Err(io::Error::other("flush failed"));
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk.powered()?;
        self.remember(len, &[]);
        self.file.set_len(len)
    }

    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }
}
