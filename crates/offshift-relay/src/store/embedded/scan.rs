//! Reads a slice from its first record to its last and builds the index.
//!
//! ```text
//! | sound | sound | ?????? | sound | sound | torn
//!                   skipped, counted         cut (in a file whose header is sound)
//! ```
//!
//! Only records whose prefix and sealed head hold are indexed; their envelopes are proven by their own seal
//! when they are read. So envelopes are passed over here, but for those near the end: the last commit group
//! may be torn, and whatever lies before it was flushed before it was begun. OS-STO-050, OS-STO-051.

use std::io;

use offshift_wire::Position;

use super::disk::DiskFile;
use super::record::{self, Kind, MARKER};
use super::slice::{HEADER, Index, Item, Released, Slice};
use crate::limits::{STORE_PEEK_BYTES, STORE_SCAN_BYTES, STORE_SKIP_BYTES, STORE_TAIL_BYTES};

/// What a slice turned out to hold.
pub(super) struct Scanned {
    pub(super) index: Index,
    /// Behind the last sound record.
    pub(super) sound_end: u64,
    /// The file's length.
    pub(super) len: u64,
    /// The highest position in it.
    pub(super) highest: Position,
    /// Damaged records or runs of bytes between sound ones, as far as they were looked at.
    pub(super) damaged: u64,
}

/// Goes through the whole slice.
pub(super) fn scan(slice: &Slice) -> io::Result<Scanned> {
    let mut window = Window::over(&*slice.file)?;
    let mut scanned = Scanned {
        index: Index::new(slice.end),
        sound_end: HEADER as u64,
        len: window.len,
        highest: Position::START,
        damaged: 0,
    };
    let mut released = Released::default();
    let mut offset = HEADER as u64;
    while offset < window.len {
        let Some(size) = take_record(slice, &mut window, offset, &mut scanned, &mut released)?
        else {
            offset = window.next_marker(offset.saturating_add(1))?;
            continue;
        };
        scanned.damaged = scanned.damaged.saturating_add(u64::from(offset > scanned.sound_end));
        offset = offset.saturating_add(size as u64);
        scanned.sound_end = offset;
    }
    scanned.index.release(released);
    Ok(scanned)
}

/// Indexes the record that begins here and returns its size, if it is sound.
fn take_record(
    slice: &Slice,
    window: &mut Window<'_>,
    offset: u64,
    scanned: &mut Scanned,
    released: &mut Released,
) -> io::Result<Option<usize>> {
    let Some(prefix) = window.at(offset, record::PREFIX)? else { return Ok(None) };
    let Some(kind) = record::kind_at(prefix, offset) else { return Ok(None) };
    if !may_be_whole(window, offset, kind)? {
        return Ok(None);
    }
    let Some(start) = window.at(offset, record::HEAD_END)? else { return Ok(None) };
    let Some(head) = slice.cipher.open_head(start, slice.place(offset), kind) else {
        return Ok(None);
    };
    scanned.highest = scanned.highest.max(head.position);
    let Kind::Envelope(class) = kind else {
        released.add(head.mailbox, head.position);
        return Ok(Some(kind.record_bytes()));
    };
    let Ok(at) = u32::try_from(offset) else { return Ok(None) };
    let item = Item { position: head.position, expires: head.expires, offset: at, class };
    Ok(scanned.index.push(head.mailbox, &item).then_some(kind.record_bytes()))
}

/// Whether the record fits into the file and, where it may be torn, is as it was written.
fn may_be_whole(window: &mut Window<'_>, offset: u64, kind: Kind) -> io::Result<bool> {
    let end = offset.saturating_add(kind.record_bytes() as u64);
    if end <= window.len.saturating_sub(STORE_TAIL_BYTES) {
        return Ok(true);
    }
    Ok(window.at(offset, kind.record_bytes())?.is_some_and(record::is_sound))
}

/// A moving view of a file, read a large piece at a time; a little only where long envelopes are passed over.
pub(super) struct Window<'a> {
    file: &'a dyn DiskFile,
    len: u64,
    start: u64,
    bytes: Vec<u8>,
    /// Where was looked last, and how far from the place before.
    looked: u64,
    stride: u64,
}

impl<'a> Window<'a> {
    pub(super) fn over(file: &'a dyn DiskFile) -> io::Result<Self> {
        let len = file.len()?;
        Ok(Self { file, len, start: 0, bytes: Vec::new(), looked: 0, stride: 0 })
    }

    /// The file's length.
    pub(super) const fn len(&self) -> u64 {
        self.len
    }

    /// `size` bytes from `offset` on; `None` where the file has not that many.
    pub(super) fn at(&mut self, offset: u64, size: usize) -> io::Result<Option<&[u8]>> {
        if offset.checked_add(size as u64).is_none_or(|end| end > self.len) {
            return Ok(None);
        }
        if offset != self.looked {
            self.stride = offset.abs_diff(self.looked);
            self.looked = offset;
        }
        if self.view(offset, size).is_none() {
            self.load(offset, size)?;
        }
        Ok(self.view(offset, size))
    }

    fn view(&self, offset: u64, size: usize) -> Option<&[u8]> {
        let from = usize::try_from(offset.checked_sub(self.start)?).ok()?;
        self.bytes.get(from..from.checked_add(size)?)
    }

    fn load(&mut self, offset: u64, size: usize) -> io::Result<()> {
        let left = usize::try_from(self.len.saturating_sub(offset)).unwrap_or(usize::MAX);
        let piece =
            if self.stride < STORE_SKIP_BYTES { STORE_SCAN_BYTES } else { STORE_PEEK_BYTES };
        self.bytes.resize(left.min(size.max(piece)), 0);
        self.start = offset;
        self.file.read_at(&mut self.bytes, offset)
    }

    /// Where the next record may begin; the end of the file if nowhere.
    pub(super) fn next_marker(&mut self, mut offset: u64) -> io::Result<u64> {
        while let Some(left) = self.len.checked_sub(offset).filter(|left| *left >= 4) {
            let size = usize::try_from(left).unwrap_or(usize::MAX).min(STORE_SCAN_BYTES);
            let Some(bytes) = self.at(offset, size)? else { break };
            if let Some(at) = bytes.windows(MARKER.len()).position(|four| four == MARKER) {
                return Ok(offset.saturating_add(at as u64));
            }
            offset = offset.saturating_add((size - (MARKER.len() - 1)) as u64);
        }
        Ok(self.len)
    }
}
