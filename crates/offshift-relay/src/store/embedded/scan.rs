//! Reads slices from their first records to their last and builds their indexes.
//!
//! ```text
//! | sound | sound | ?????? | sound | sound | torn
//!                   skipped, counted         cut (in a file whose header is sound)
//!
//! threads: a piece of a file each -> sound records -> one after the other, in their order -> Scanned
//! ```
//!
//! Only records whose prefix and sealed head hold are indexed; their envelopes are proven by their own seal
//! when they are read. So envelopes are passed over here, but for those near the end: the last commit group
//! may be torn, and whatever lies before it was flushed before it was begun. OS-STO-050, OS-STO-051.

use std::io;
use std::num::NonZero;
use std::ops::Range;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use offshift_wire::Position;

use super::disk::DiskFile;
use super::record::{self, Head, HeadOpener, Kind, MARKER};
use super::slice::{HEADER, Index, Item, Released, Slice};
use crate::limits::{
    STORE_PEEK_BYTES, STORE_PIECE_BYTES, STORE_SCAN_BYTES, STORE_SEEK_BYTES, STORE_SKIP_BYTES,
    STORE_TAIL_BYTES,
};

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
    released: Released,
}

impl Scanned {
    fn nothing_of(slice: &Slice) -> io::Result<Self> {
        Ok(Self {
            index: Index::new(slice.end),
            sound_end: HEADER as u64,
            len: slice.file.len()?,
            highest: Position::START,
            damaged: 0,
            released: Released::default(),
        })
    }

    /// The parts of the file that are read apart: each has the records that begin in it.
    fn pieces(&self) -> impl Iterator<Item = Range<u64>> + use<> {
        let len = self.len;
        let starts = (HEADER as u64..len).step_by(STORE_PIECE_BYTES);
        starts.map(move |start| start..len.min(start.saturating_add(STORE_PIECE_BYTES as u64)))
    }

    /// Indexes a sound record that lies behind all before. One that can't be is passed over like a damaged one.
    fn take(&mut self, sound: &Sound) {
        let Sound { offset, kind, head } = *sound;
        if offset < self.sound_end || !self.index_one(offset, kind, &head) {
            return;
        }
        self.highest = self.highest.max(head.position);
        self.damaged = self.damaged.saturating_add(u64::from(offset > self.sound_end));
        self.sound_end = offset.saturating_add(kind.record_bytes() as u64);
    }

    fn index_one(&mut self, offset: u64, kind: Kind, head: &Head) -> bool {
        let Kind::Envelope(class) = kind else {
            self.released.add(head.mailbox, head.position);
            return true;
        };
        let Ok(offset) = u32::try_from(offset) else { return false };
        let item = Item { position: head.position, expires: head.expires, offset, class };
        self.index.push(head.mailbox, &item)
    }
}

/// A record whose prefix and sealed head hold.
struct Sound {
    offset: u64,
    kind: Kind,
    head: Head,
}

/// Goes through all slices, several pieces at a time: opening the heads takes longer than reading the file.
pub(super) fn scan_all(slices: &[Slice]) -> io::Result<Vec<Scanned>> {
    let mut all: Vec<_> = slices.iter().map(Scanned::nothing_of).collect::<io::Result<_>>()?;
    let of_one =
        |(slice, scanned): (_, &Scanned)| scanned.pieces().map(move |piece| (slice, piece));
    let pieces: Vec<(&Slice, _)> = slices.iter().zip(&all).flat_map(of_one).collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(pieces.len());
    thread::scope(|scope| {
        let read_every = |first| {
            let (done, read) = sync_channel(1);
            let pieces = pieces.iter().skip(first).step_by(threads);
            scope.spawn(move || pieces.map(read_piece).try_for_each(|sound| done.send(sound)));
            read
        };
        let readers: Vec<Receiver<_>> = (0..threads).map(read_every).collect();
        let mut reader = readers.iter().cycle();
        for scanned in &mut all {
            for _ in scanned.pieces() {
                let read = reader.next().and_then(|reader| reader.recv().ok());
                let sound: Vec<_> = read.unwrap_or_else(|| Err(io::Error::other("a reader")))?;
                sound.iter().for_each(|sound| scanned.take(sound));
            }
            scanned.index.release(std::mem::take(&mut scanned.released));
        }
        Ok(all)
    })
}

/// The sound records that begin in a piece, in their order.
fn read_piece((slice, piece): &(&Slice, Range<u64>)) -> io::Result<Vec<Sound>> {
    let mut window = Window::over(&*slice.file)?;
    let mut opener = slice.cipher.head_opener();
    let (mut found, mut offset) = (Vec::new(), piece.start);
    while offset < piece.end {
        offset = match read_record(slice, &mut window, &mut opener, offset)? {
            Some(sound) => {
                let end = offset.saturating_add(sound.kind.record_bytes() as u64);
                found.push(sound);
                end
            }
            None => window.next_marker(offset.saturating_add(1))?,
        };
    }
    Ok(found)
}

/// The record that begins here, if it is sound.
fn read_record(
    slice: &Slice,
    window: &mut Window<'_>,
    opener: &mut HeadOpener<'_>,
    offset: u64,
) -> io::Result<Option<Sound>> {
    let Some(prefix) = window.at(offset, record::PREFIX)? else { return Ok(None) };
    let Some(kind) = record::kind_at(prefix, offset) else { return Ok(None) };
    if !may_be_whole(window, offset, kind)? {
        return Ok(None);
    }
    let Some(start) = window.at(offset, record::HEAD_END)? else { return Ok(None) };
    let head = opener.open(start, slice.place(offset), kind);
    Ok(head.map(|head| Sound { offset, kind, head }))
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
            let ahead =
                if self.stride < STORE_SKIP_BYTES { STORE_SCAN_BYTES } else { STORE_PEEK_BYTES };
            self.load(offset, size.max(ahead))?;
        }
        Ok(self.view(offset, size))
    }

    fn view(&self, offset: u64, size: usize) -> Option<&[u8]> {
        let from = usize::try_from(offset.checked_sub(self.start)?).ok()?;
        self.bytes.get(from..from.checked_add(size)?)
    }

    fn load(&mut self, offset: u64, size: usize) -> io::Result<()> {
        let left = usize::try_from(self.len.saturating_sub(offset)).unwrap_or(usize::MAX);
        self.bytes.resize(left.min(size), 0);
        self.start = offset;
        self.file.read_at(&mut self.bytes, offset)
    }

    /// Where the next record may begin; the end of the file if nowhere.
    pub(super) fn next_marker(&mut self, mut offset: u64) -> io::Result<u64> {
        while let Some(left) = self.len.checked_sub(offset).filter(|left| *left >= 4) {
            let size = usize::try_from(left).unwrap_or(usize::MAX).min(STORE_SEEK_BYTES);
            if self.view(offset, size).is_none() {
                self.load(offset, size)?;
            }
            let Some(bytes) = self.view(offset, size) else { break };
            if let Some(at) = bytes.windows(MARKER.len()).position(|four| four == MARKER) {
                return Ok(offset.saturating_add(at as u64));
            }
            offset = offset.saturating_add((size - (MARKER.len() - 1)) as u64);
        }
        Ok(self.len)
    }
}
