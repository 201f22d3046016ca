//! Spent tokens: an append-only file for each period, dropped whole when the period is over.
//!
//! ```text
//! spent/00000b9c-0000.spent: header (20 bytes) | record | record | ...      memory: period -> ids
//! header: "OsSPENT\0" | version 1 (4) | period (4) | CRC-32C of all before (4)
//! record: "OsT1" | count (4) | CRC-32C of period (4), offset (8), count, ids (4) | ids (16 each)
//! ```
//!
//! A record is one spending: all of its tokens or none (OS-STO-082). Not in sled: its file keeps what a
//! dropped tree took (OS-STO-083), and a week's tokens are the one thing here that grows with use.
//!
//! Never: a second acknowledgement for one token; a write behind a flush that failed (OS-STO-005).

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use offshift_wire::limits::SPEND_TOKENS_MAX;

use super::disk::{Disk, DiskFile};
use super::files::blame;
use super::scan::Window;
use crate::limits::{STORE_SPENT_PERIODS, STORE_SPENT_TOKENS};
use crate::store::StoreError;

/// What stands for a spent token: a hash of it, from which nobody makes a token.
pub(super) type SpentId = [u8; 16];

const HEADER: usize = 20;
const HEADER_MAGIC: [u8; 8] = *b"OsSPENT\0";
const HEADER_VERSION: u32 = 1;
const MARKER: [u8; 4] = *b"OsT1";
const RECORD_HEAD: usize = 12;
const ID: usize = size_of::<SpentId>();

/// Spendings that wait for one flush.
#[derive(Default)]
pub(super) struct Staged {
    spendings: BTreeMap<u32, Vec<Vec<SpentId>>>,
    ids: HashSet<(u32, SpentId)>,
}

impl Staged {
    fn add(&mut self, period: u32, ids: Vec<SpentId>) {
        self.ids.extend(ids.iter().map(|id| (period, *id)));
        self.spendings.entry(period).or_default().push(ids);
    }

    /// By period.
    pub(super) fn take(&mut self) -> BTreeMap<u32, Vec<Vec<SpentId>>> {
        std::mem::take(&mut self.spendings)
    }
}

#[derive(Default)]
struct Period {
    ids: HashSet<SpentId>,
    tail: Option<Tail>,
    /// The number of the next file, when the last one may not be written any more.
    next_number: u32,
}

/// The end of a file that may be written.
struct Tail {
    file: Arc<dyn DiskFile>,
    end: u64,
}

/// All spent tokens of the periods that count.
pub(super) struct SpentTokens {
    disk: Arc<dyn Disk>,
    directory: PathBuf,
    periods: BTreeMap<u32, Period>,
    /// Damaged records met at opening: their tokens may be spent once more.
    pub(super) damaged: u64,
}

impl SpentTokens {
    pub(super) fn open(disk: Arc<dyn Disk>, directory: PathBuf) -> io::Result<Self> {
        let mut files = disk.list(&directory)?;
        files.sort();
        let mut spent = Self { disk, directory, periods: BTreeMap::new(), damaged: 0 };
        for path in files {
            if let Some((period, number)) = name_of(&path) {
                spent.read_file(&path, period, number)?;
            }
        }
        Ok(spent)
    }

    fn read_file(&mut self, path: &Path, period: u32, number: u32) -> io::Result<()> {
        let file = self.disk.open(path)?;
        let mut window = Window::over(&*file)?;
        let is_sound = window.at(0, HEADER)?.is_some_and(|found| found == header(period));
        if !is_sound && window.len() <= HEADER as u64 {
            // Its making was cut short: nothing was ever written to it.
            return self.disk.remove(path);
        }
        let kept = self.periods.entry(period).or_default();
        kept.next_number = kept.next_number.max(number.saturating_add(1));
        let (end, damaged) = read_records(&mut window, period, &mut kept.ids)?;
        self.damaged = self.damaged.saturating_add(damaged).saturating_add(u64::from(!is_sound));
        if end < window.len() && is_sound {
            file.set_len(end)?;
            file.flush()?;
        }
        kept.tail = is_sound.then_some(Tail { file, end });
        Ok(())
    }

    /// Spent tokens that are remembered.
    pub(super) fn count(&self) -> u64 {
        self.periods.values().map(|period| period.ids.len() as u64).fold(0, u64::saturating_add)
    }

    /// Takes a spending into the group if none of its tokens was spent before, or is in it twice.
    pub(super) fn stage(
        &mut self,
        period: u32,
        ids: Vec<SpentId>,
        staged: &mut Staged,
    ) -> Result<bool, StoreError> {
        let has_room = self.periods.len() < STORE_SPENT_PERIODS;
        if !has_room && !self.periods.contains_key(&period) {
            return Err(StoreError::Full);
        }
        let known = &self.periods.entry(period).or_default().ids;
        let mut seen = HashSet::new();
        let was_spent = |id: &SpentId| {
            known.contains(id) || staged.ids.contains(&(period, *id)) || !seen.insert(*id)
        };
        if ids.iter().any(was_spent) {
            return Ok(false);
        }
        if ids.is_empty() {
            return Ok(true);
        }
        let waiting = staged.spendings.get(&period).map_or(0, |all| all.iter().map(Vec::len).sum());
        if known.len().saturating_add(waiting).saturating_add(ids.len()) > STORE_SPENT_TOKENS {
            return Err(StoreError::Full);
        }
        staged.add(period, ids);
        Ok(true)
    }

    /// Makes spendings durable with one flush (OS-STO-080).
    pub(super) fn write(
        &mut self,
        period: u32,
        spendings: &[Vec<SpentId>],
    ) -> Result<(), StoreError> {
        let Self { disk, directory, periods, .. } = self;
        let kept = periods.entry(period).or_default();
        let tail = kept.tail(&**disk, directory, period).map_err(|error| blame(&error))?;
        let mut bytes = Vec::new();
        for ids in spendings {
            encode(period, tail.end.saturating_add(bytes.len() as u64), ids, &mut bytes);
        }
        let end = tail.end;
        let written = tail.file.write_at(&bytes, end);
        let done = written.as_ref().map_or(Ok(()), |()| tail.file.flush());
        tail.end = end.saturating_add(bytes.len() as u64);
        if let Err(error) = written.and(done) {
            kept.give_up(end);
            return Err(blame(&error));
        }
        kept.ids.extend(spendings.iter().flatten());
        Ok(())
    }

    /// Drops the files of all periods before this one.
    pub(super) fn forget(&mut self, before: u32) -> io::Result<()> {
        let mut gone = false;
        for path in self.disk.list(&self.directory)? {
            if name_of(&path).is_some_and(|(period, _)| period < before) {
                self.disk.remove(&path)?;
                gone = true;
            }
        }
        if gone {
            self.disk.flush_directory(&self.directory)?;
        }
        self.periods.retain(|period, _| *period >= before);
        Ok(())
    }
}

impl Period {
    /// The file to write to; made if there is none.
    fn tail(&mut self, disk: &dyn Disk, directory: &Path, period: u32) -> io::Result<&mut Tail> {
        let tail = match self.tail.take() {
            Some(tail) => tail,
            None => self.make_file(disk, directory, period)?,
        };
        Ok(self.tail.insert(tail))
    }

    fn make_file(&mut self, disk: &dyn Disk, directory: &Path, period: u32) -> io::Result<Tail> {
        let path = directory.join(format!("{period:08x}-{:04x}.spent", self.next_number));
        let file = disk.create(&path)?;
        let made = file
            .write_at(&header(period), 0)
            .and_then(|()| file.flush())
            .and_then(|()| disk.flush_directory(directory));
        made.inspect_err(|_| drop(disk.remove(&path)))?;
        self.next_number = self.next_number.saturating_add(1);
        Ok(Tail { file, end: HEADER as u64 })
    }

    /// After a failure the file is not written any more, and ends where it ended before if the disk allows it.
    fn give_up(&mut self, end: u64) {
        if let Some(tail) = self.tail.take() {
            let _ = tail.file.set_len(end);
        }
    }
}

/// Reads all sound records; returns where the last one ends and how often something else lay between them.
fn read_records(
    window: &mut Window<'_>,
    period: u32,
    ids: &mut HashSet<SpentId>,
) -> io::Result<(u64, u64)> {
    let (mut at, mut sound_end, mut damaged) = (HEADER as u64, HEADER as u64, 0u64);
    while at < window.len() {
        let Some(bytes) = record_at(window, period, at)? else {
            // Everything here is a multiple of four long.
            at = at.saturating_add(4);
            continue;
        };
        damaged = damaged.saturating_add(u64::from(at > sound_end));
        at = at.saturating_add((RECORD_HEAD + bytes.len()) as u64);
        sound_end = at;
        ids.extend(bytes.as_chunks::<ID>().0);
    }
    Ok((sound_end, damaged))
}

/// The period of a file of ours, and how many tokens are in it.
pub(in crate::store) fn tokens_in(path: &Path) -> io::Result<Option<(u32, u64)>> {
    let Some((period, _)) = name_of(path) else { return Ok(None) };
    let file = File::open(path)?;
    let mut ids = HashSet::new();
    read_records(&mut Window::over(&file)?, period, &mut ids)?;
    Ok(Some((period, ids.len() as u64)))
}

/// The ids of the record that begins here, if it is sound.
fn record_at<'a>(window: &'a mut Window<'_>, period: u32, at: u64) -> io::Result<Option<&'a [u8]>> {
    let Some(head) = window.at(at, RECORD_HEAD)? else { return Ok(None) };
    let [m, a, r, k, c0, c1, c2, c3, crc @ ..] = head else { return Ok(None) };
    let count = u32::from_le_bytes([*c0, *c1, *c2, *c3]);
    let size = usize::try_from(count).unwrap_or(usize::MAX);
    if [*m, *a, *r, *k] != MARKER || size == 0 || size > SPEND_TOKENS_MAX {
        return Ok(None);
    }
    let crc = crc.to_vec();
    let Some(whole) = window.at(at, RECORD_HEAD + size * ID)? else { return Ok(None) };
    let ids = whole.get(RECORD_HEAD..).unwrap_or_default();
    Ok((checksum(period, at, count, ids).to_le_bytes()[..] == crc).then_some(ids))
}

fn checksum(period: u32, offset: u64, count: u32, ids: &[u8]) -> u32 {
    let place = [&period.to_le_bytes()[..], &offset.to_le_bytes(), &count.to_le_bytes()].concat();
    crc32c::crc32c_append(crc32c::crc32c(&place), ids)
}

fn encode(period: u32, offset: u64, ids: &[SpentId], to: &mut Vec<u8>) {
    let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    to.extend_from_slice(&MARKER);
    to.extend_from_slice(&count.to_le_bytes());
    to.extend_from_slice(&checksum(period, offset, count, ids.as_flattened()).to_le_bytes());
    to.extend_from_slice(ids.as_flattened());
}

fn header(period: u32) -> Vec<u8> {
    let mut bytes = HEADER_MAGIC.to_vec();
    bytes.extend_from_slice(&HEADER_VERSION.to_le_bytes());
    bytes.extend_from_slice(&period.to_le_bytes());
    let crc = crc32c::crc32c(&bytes);
    bytes.extend_from_slice(&crc.to_le_bytes());
    bytes
}

/// Period and number of a file of ours.
fn name_of(path: &Path) -> Option<(u32, u32)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".spent")?;
    let (period, number) = name.split_once('-')?;
    let is_ours = period.len() == 8 && number.len() >= 4;
    let parse = |hex: &str| u32::from_str_radix(hex, 16).ok();
    if is_ours { Some((parse(period)?, parse(number)?)) } else { None }
}
