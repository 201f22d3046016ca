//! Counts what lies in a slice file without its key: sizes and their order are all that it shows (OS-STO-023).

use std::fs::File;
use std::io;
use std::path::Path;

use super::record::{self, Kind};
use super::scan::Window;
use super::slice::{HEADER, header_end};

/// What a slice file holds.
#[derive(Debug, Default)]
pub(in crate::store) struct Tally {
    pub(in crate::store) bytes: u64,
    pub(in crate::store) envelopes: u64,
    pub(in crate::store) releases: u64,
    pub(in crate::store) damaged: u64,
    /// When the slice ends, if its header is sound.
    pub(in crate::store) end: Option<u64>,
}

/// Goes through a slice file. A torn tail counts as damage.
pub(in crate::store) fn tally(path: &Path) -> io::Result<Tally> {
    let file = File::open(path)?;
    let mut window = Window::over(&file)?;
    let end = window.at(0, HEADER)?.and_then(header_end);
    let mut tally = Tally { bytes: window.len(), end, ..Tally::default() };
    let mut offset = HEADER as u64;
    while offset < window.len() {
        let kind =
            window.at(offset, record::PREFIX)?.and_then(|told| record::kind_at(told, offset));
        let behind = kind.map(|kind| offset.saturating_add(kind.record_bytes() as u64));
        let (Some(kind), Some(behind)) = (kind, behind.filter(|end| *end <= window.len())) else {
            tally.damaged = tally.damaged.saturating_add(1);
            offset = window.next_marker(offset.saturating_add(1))?;
            continue;
        };
        let count = match kind {
            Kind::Envelope(_) => &mut tally.envelopes,
            Kind::Release => &mut tally.releases,
        };
        *count = count.saturating_add(1);
        offset = behind;
    }
    Ok(tally)
}
