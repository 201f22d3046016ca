//! Looks into a data directory without opening it: what is held in numbers, and whether given bytes are in it.
//!
//! ```text
//! data directory, live or copied --read only--> Report: counts that files tell without any key
//! copied data directory + canaries --> ScanReport: where which of them lies, in which form
//! ```
//!
//! Never: a change to a file, a lock, a key (of a key file only the first eight bytes are read). OS-STO-090.

mod forms;
mod scan;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use forms::Form;
pub use scan::{Found, ScanError, ScanReport, Unread, scan_image};

use super::embedded::{KEY_GONE, tally, tokens_in};

/// What a data directory holds, in numbers. While the relay runs they are those of a moment or two.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Slices (files).
    pub slices: u64,
    /// Bytes of them.
    pub slice_bytes: u64,
    /// Envelopes in them that were not released. They may have expired; their slice goes within hours of it.
    pub envelopes: u64,
    /// Releases in them: so many envelopes lie there and are not served.
    pub released: u64,
    /// Damaged places met in them.
    pub damaged: u64,
    /// When the first slice ends, milliseconds since 1970: nothing is kept that ended long ago.
    pub first_end: Option<u64>,
    /// When the last slice ends.
    pub last_end: Option<u64>,
    /// Key files that hold a key. With keys in memory only there is none.
    pub keys: u64,
    /// Key files whose key was destroyed and that are about to go.
    pub keys_destroyed: u64,
    /// Spent tokens by period.
    pub spent: BTreeMap<u32, u64>,
    /// Bytes of the registry: identity, tickets, the list of slices.
    pub registry_bytes: u64,
    /// Bytes of everything together.
    pub bytes: u64,
    /// Tickets that are valid; only who opens the registry can say.
    pub tickets: Option<u64>,
}

impl Report {
    /// Reads the numbers of the store in `directory`: the store's own, or a relay's with the store in it. Blocks.
    ///
    /// # Errors
    /// What the system says of a file that can't be read. What vanishes meanwhile is left out.
    pub fn of(directory: &Path) -> io::Result<Self> {
        let inner = directory.join("store");
        let store = if inner.join("FORMAT").is_file() { inner } else { directory.to_owned() };
        let mut report = Self::default();
        for path in files_of(&store.join("slices"))? {
            present(report.slice(&path))?;
        }
        for path in files_of(&store.join("keys"))? {
            present(report.key(&path))?;
        }
        for path in files_of(&store.join("spent"))? {
            if let Some((period, tokens)) = present(tokens_in(&path))?.flatten() {
                let of_period = report.spent.entry(period).or_default();
                *of_period = of_period.saturating_add(tokens);
            }
        }
        report.registry_bytes = bytes_under(&store.join("registry"))?;
        report.bytes = bytes_under(&store)?;
        Ok(report)
    }

    fn slice(&mut self, path: &Path) -> io::Result<()> {
        let tally = tally(path)?;
        self.slices = self.slices.saturating_add(1);
        self.slice_bytes = self.slice_bytes.saturating_add(tally.bytes);
        self.envelopes =
            self.envelopes.saturating_add(tally.envelopes.saturating_sub(tally.releases));
        self.released = self.released.saturating_add(tally.releases);
        self.damaged = self.damaged.saturating_add(tally.damaged);
        self.first_end = self.first_end.into_iter().chain(tally.end).min();
        self.last_end = self.last_end.into_iter().chain(tally.end).max();
        Ok(())
    }

    fn key(&mut self, path: &Path) -> io::Result<()> {
        let mut magic = [0; KEY_GONE.len()];
        let is_gone = match File::open(path)?.read_exact(&mut magic) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => true,
            read => read.map(|()| magic == KEY_GONE)?,
        };
        let count = if is_gone { &mut self.keys_destroyed } else { &mut self.keys };
        *count = count.saturating_add(1);
        Ok(())
    }
}

/// `None` for what is not there any more: a slice may go while it is looked at.
fn present<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

fn files_of(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let Some(entries) = present(std::fs::read_dir(directory))? else { return Ok(Vec::new()) };
    entries.map(|entry| Ok(entry?.path())).collect()
}

fn bytes_under(directory: &Path) -> io::Result<u64> {
    let mut bytes = 0u64;
    for path in files_of(directory)? {
        let Some(metadata) = present(path.symlink_metadata())? else { continue };
        let more = if metadata.is_dir() { bytes_under(&path)? } else { metadata.len() };
        bytes = bytes.saturating_add(more);
    }
    Ok(bytes)
}
