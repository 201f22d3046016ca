//! A slice: one file with all envelopes that expire in the same hour (or six), and its index in memory.
//!
//! ```text
//! file: header (40 bytes) | record | record | ...        index: mailbox tag -> position, offset, ...
//! header: "OsSLICE\0" | version 1 (4) | zero (4) | slice id (8) | end in ms (8) | zero (4) | CRC-32C (4)
//! ```
//!
//! The index takes 16 bytes an envelope (up to 32 while a log grows) and 46 to 92 a mailbox and slice.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::hash::BuildHasherDefault;
use std::io;
use std::sync::Arc;

use offshift_wire::{Envelope, Life, Position, SizeClass, UnixMillis};

use super::disk::DiskFile;
use super::key::{MailboxTag, SliceId, SliceKey, TagHasher, Tagger};
use super::record::{self, Kind, Place, RecordCipher};

/// Bytes of a slice before its first record.
pub(super) const HEADER: usize = 40;
const HEADER_MAGIC: [u8; 8] = *b"OsSLICE\0";
const HEADER_VERSION: u32 = 1;

const HOUR_MS: u64 = 3_600_000;

/// The end of the slice into which an envelope goes that expires then: at most one width later (OS-STO-030).
pub(super) fn slice_end(expires: UnixMillis, life: Life) -> UnixMillis {
    let width = if life <= Life::D1 { HOUR_MS } else { 6 * HOUR_MS };
    UnixMillis(expires.0.div_ceil(width).saturating_mul(width))
}

/// The end of the slice that a sound header names, in milliseconds since 1970.
pub(super) fn header_end(header: &[u8]) -> Option<u64> {
    let (told, crc) = header.split_at_checked(HEADER - 4)?;
    let is_sound = crc32c::crc32c(told).to_le_bytes() == crc && told.starts_with(&HEADER_MAGIC);
    let end = told.get(24..32)?.try_into().ok()?;
    is_sound.then_some(u64::from_le_bytes(end))
}

/// What can be said of the first bytes of a slice file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Header {
    Sound,
    Newer,
    Damaged,
}

/// A slice that can be read.
pub(super) struct Slice {
    pub(super) id: SliceId,
    pub(super) end: UnixMillis,
    pub(super) file: Arc<dyn DiskFile>,
    pub(super) cipher: RecordCipher,
    pub(super) tagger: Tagger,
}

impl Slice {
    pub(super) fn new(
        id: SliceId,
        end: UnixMillis,
        file: Arc<dyn DiskFile>,
        key: &SliceKey,
    ) -> Self {
        Self { id, end, file, cipher: RecordCipher::new(key), tagger: key.tagger() }
    }

    pub(super) fn header(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER);
        bytes.extend_from_slice(&HEADER_MAGIC);
        bytes.extend_from_slice(&HEADER_VERSION.to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&self.id.0.to_le_bytes());
        bytes.extend_from_slice(&self.end.0.to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        let crc = crc32c::crc32c(&bytes);
        bytes.extend_from_slice(&crc.to_le_bytes());
        bytes
    }

    pub(super) fn judge_header(&self, found: &[u8]) -> Header {
        if found == self.header() {
            return Header::Sound;
        }
        let (told, crc) = found.split_at_checked(HEADER - 4).unwrap_or_default();
        let whole = crc32c::crc32c(told).to_le_bytes() == crc && told.starts_with(&HEADER_MAGIC);
        let version = told.get(8..12).and_then(|version| version.try_into().ok());
        let newer = version.map(u32::from_le_bytes).is_some_and(|v| v > HEADER_VERSION);
        if whole && newer { Header::Newer } else { Header::Damaged }
    }

    /// The place of a record in this slice.
    pub(super) const fn place(&self, offset: u64) -> Place {
        Place { slice: self.id, offset }
    }

    /// Reads and opens one envelope. `Ok(None)`: the record is damaged, or another's.
    pub(super) fn fetch(&self, item: Item) -> io::Result<Option<Envelope>> {
        let kind = Kind::Envelope(item.class);
        let offset = u64::from(item.offset);
        let mut record = vec![0; kind.record_bytes()];
        match self.file.read_at(&mut record, offset) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        if record::kind_at(&record, offset) != Some(kind) {
            return Ok(None);
        }
        Ok(self.cipher.open_envelope(record, self.place(offset), item.class))
    }
}

/// One envelope in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) position: Position,
    pub(super) expires: UnixMillis,
    pub(super) offset: u32,
    pub(super) class: SizeClass,
}

/// The same in 16 bytes: the last four hold the size class (8 bits) and how many quarter seconds
/// before the end of the slice it expires, rounded so that it is never served too long (24 bits; OS-STO-031).
#[derive(Clone, Copy)]
struct Packed {
    position: Position,
    offset: u32,
    rest: u32,
}

const TICK_MS: u64 = 250;

impl Packed {
    fn pack(item: &Item, end: UnixMillis) -> Option<Self> {
        let ticks = end.since_ms(item.expires).div_ceil(TICK_MS);
        let ticks = u32::try_from(ticks).ok().filter(|ticks| *ticks < 1 << 24)?;
        let rest = (ticks << 8) | u32::from(item.class.number());
        Some(Self { position: item.position, offset: item.offset, rest })
    }

    fn class(self) -> Option<SizeClass> {
        let number = u8::try_from(self.rest & 0xff).ok()?;
        SizeClass::ALL.into_iter().find(|class| class.number() == number)
    }

    fn bytes(self) -> u64 {
        self.class().map_or(0, |class| class.bytes() as u64)
    }

    fn unpack(self, end: UnixMillis) -> Option<Item> {
        let ticks = u64::from(self.rest >> 8);
        Some(Item {
            position: self.position,
            expires: UnixMillis(end.0.saturating_sub(ticks.saturating_mul(TICK_MS))),
            offset: self.offset,
            class: self.class()?,
        })
    }
}

/// Items of one mailbox in one slice, in order. Most mailboxes have a single one.
enum Log {
    One(Packed),
    /// Boxed, so that the many with one envelope need not carry its size.
    Many(Box<Many>),
}

struct Many {
    items: Vec<Packed>,
    bytes: u64,
}

impl Log {
    fn items(&self) -> &[Packed] {
        match self {
            Self::One(item) => std::slice::from_ref(item),
            Self::Many(many) => &many.items,
        }
    }

    /// Bytes of its envelopes.
    fn bytes(&self) -> u64 {
        match self {
            Self::One(item) => item.bytes(),
            Self::Many(many) => many.bytes,
        }
    }

    fn push(&mut self, item: Packed) {
        match self {
            Self::One(first) => {
                let bytes = first.bytes().saturating_add(item.bytes());
                *self = Self::Many(Box::new(Many { items: vec![*first, item], bytes }));
            }
            Self::Many(many) => {
                many.items.push(item);
                many.bytes = many.bytes.saturating_add(item.bytes());
            }
        }
    }

    /// Takes out what lies at these positions, which are in order. A long log is gone through once, not
    /// moved up for each of them: an owner could hold everybody up with releases.
    fn remove(&mut self, positions: &[Position]) -> Vec<Packed> {
        let is_named = |item: &Packed| positions.binary_search(&item.position).is_ok();
        match self {
            Self::One(item) if is_named(item) => {
                let item = *item;
                *self = Self::Many(Box::new(Many { items: Vec::new(), bytes: 0 }));
                vec![item]
            }
            Self::One(_) => Vec::new(),
            Self::Many(many) => {
                let (Some(first), Some(last)) = (positions.first(), positions.last()) else {
                    return Vec::new();
                };
                let from = many.items.partition_point(|item| item.position < *first);
                let to = many.items.partition_point(|item| item.position <= *last);
                let removed: Vec<_> =
                    many.items.extract_if(from..to, |item| is_named(item)).collect();
                let bytes = removed.iter().map(|item| item.bytes()).fold(0, u64::saturating_add);
                many.bytes = many.bytes.saturating_sub(bytes);
                removed
            }
        }
    }
}

type TagMap<T> = HashMap<MailboxTag, T, BuildHasherDefault<TagHasher>>;

/// Releases in one slice, gathered so that each log is changed once.
#[derive(Default)]
pub(super) struct Released(TagMap<Vec<Position>>);

impl Released {
    pub(super) fn add(&mut self, mailbox: MailboxTag, position: Position) {
        self.0.entry(mailbox).or_default().push(position);
    }
}

/// The envelopes of one slice that can be read.
pub(super) struct Index {
    end: UnixMillis,
    mailboxes: TagMap<Log>,
    envelopes: u64,
    envelope_bytes: u64,
}

impl Index {
    pub(super) fn new(end: UnixMillis) -> Self {
        Self { end, mailboxes: TagMap::default(), envelopes: 0, envelope_bytes: 0 }
    }

    /// Adds an item behind all of its mailbox; `false` if it belongs elsewhere.
    pub(super) fn push(&mut self, mailbox: MailboxTag, item: &Item) -> bool {
        let Some(packed) = Packed::pack(item, self.end) else { return false };
        match self.mailboxes.entry(mailbox) {
            Slot::Vacant(slot) => drop(slot.insert(Log::One(packed))),
            Slot::Occupied(slot) => {
                let log = slot.into_mut();
                if log.items().last().is_some_and(|last| last.position >= packed.position) {
                    return false;
                }
                log.push(packed);
            }
        }
        self.envelopes = self.envelopes.saturating_add(1);
        self.envelope_bytes = self.envelope_bytes.saturating_add(item.class.bytes() as u64);
        true
    }

    /// Takes an item out; `false` if it is not here.
    pub(super) fn remove(&mut self, mailbox: MailboxTag, position: Position) -> bool {
        self.remove_all(mailbox, &[position]) == 1
    }

    /// Takes out all that was released.
    pub(super) fn release(&mut self, released: Released) {
        for (mailbox, mut positions) in released.0 {
            positions.sort_unstable();
            self.remove_all(mailbox, &positions);
        }
    }

    /// Takes out the items at these positions, which are in order; returns how many were here.
    fn remove_all(&mut self, mailbox: MailboxTag, positions: &[Position]) -> usize {
        let Some(log) = self.mailboxes.get_mut(&mailbox) else { return 0 };
        let removed = log.remove(positions);
        if log.items().is_empty() {
            self.mailboxes.remove(&mailbox);
        }
        for item in removed.iter().filter_map(|item| item.unpack(self.end)) {
            self.envelopes = self.envelopes.saturating_sub(1);
            self.envelope_bytes = self.envelope_bytes.saturating_sub(item.class.bytes() as u64);
        }
        removed.len()
    }

    /// Bytes of the envelopes in one mailbox.
    pub(super) fn bytes_of(&self, mailbox: MailboxTag) -> u64 {
        self.mailboxes.get(&mailbox).map_or(0, Log::bytes)
    }

    /// Whether the item is here.
    pub(super) fn holds(&self, mailbox: MailboxTag, position: Position) -> bool {
        self.behind(mailbox, Position::new(position.value().saturating_sub(1)))
            .next()
            .is_some_and(|item| item.position == position)
    }

    /// Items of a mailbox behind `after`, in order.
    pub(super) fn behind(
        &self,
        mailbox: MailboxTag,
        after: Position,
    ) -> impl Iterator<Item = Item> + '_ {
        let items = self.mailboxes.get(&mailbox).map_or(&[][..], Log::items);
        let start = items.partition_point(|item| item.position <= after);
        items.iter().skip(start).filter_map(|item| item.unpack(self.end))
    }

    /// Everything, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = (MailboxTag, Item)> + '_ {
        self.mailboxes.iter().flat_map(|(mailbox, log)| {
            let items = log.items().iter().filter_map(|item| item.unpack(self.end));
            items.map(|item| (*mailbox, item))
        })
    }

    pub(super) const fn envelopes(&self) -> u64 {
        self.envelopes
    }

    pub(super) const fn envelope_bytes(&self) -> u64 {
        self.envelope_bytes
    }

    /// Memory, roughly: what the map has reserved, and the logs at half their slack.
    pub(super) fn memory_bytes(&self) -> u64 {
        let slot = size_of::<(MailboxTag, Log)>() as u64 + 1;
        let map = (self.mailboxes.capacity() as u64).saturating_mul(slot);
        map.saturating_add(self.envelopes.saturating_mul(size_of::<Packed>() as u64 * 3 / 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: UnixMillis = UnixMillis(7_200_000);
    const BOX: MailboxTag = MailboxTag([1; 16]);

    fn item(position: u64, expires: u64) -> Item {
        Item {
            position: Position::new(position),
            expires: UnixMillis(expires),
            offset: 40,
            class: SizeClass::K256,
        }
    }

    #[test]
    fn os_sto_030_a_slice_ends_at_most_one_width_after_what_lies_in_it() {
        for life in Life::ALL {
            let width = if life <= Life::D1 { HOUR_MS } else { 6 * HOUR_MS };
            for expires in [1, HOUR_MS - 1, HOUR_MS, HOUR_MS + 1, 13 * HOUR_MS + 7] {
                let end = slice_end(UnixMillis(expires), life).0;
                assert!(end >= expires && end - expires < width && end.is_multiple_of(width));
            }
        }
    }

    #[test]
    fn the_index_keeps_expiry_to_a_quarter_second_and_never_longer() {
        for expires in [7_200_000, 7_199_999, 7_199_750, 3_600_001] {
            let mut index = Index::new(END);
            assert!(index.push(BOX, &item(1, expires)));
            let kept = index.behind(BOX, Position::START).next().unwrap();
            assert!(kept.expires.0 <= expires && expires - kept.expires.0 < TICK_MS);
            assert_eq!(kept.class, SizeClass::K256);
        }
    }

    #[test]
    fn an_item_that_is_not_behind_its_log_is_refused() {
        let mut index = Index::new(END);
        assert!(index.push(BOX, &item(5, 7_000_000)));
        assert!(!index.push(BOX, &item(5, 7_000_000)));
        assert!(!index.push(BOX, &item(4, 7_000_000)));
        assert!(index.push(BOX, &item(6, 7_000_000)));
        assert_eq!(index.envelopes(), 2);
    }

    #[test]
    fn what_is_removed_leaves_no_mailbox_behind() {
        let mut index = Index::new(END);
        for position in 1..=3 {
            assert!(index.push(BOX, &item(position, 7_000_000)));
        }
        assert!(index.remove(BOX, Position::new(2)) && !index.remove(BOX, Position::new(2)));
        assert!(index.holds(BOX, Position::new(3)) && !index.holds(BOX, Position::new(2)));
        assert!(index.remove(BOX, Position::new(1)) && index.remove(BOX, Position::new(3)));
        assert!(index.mailboxes.is_empty() && index.envelope_bytes() == 0);
    }

    #[test]
    fn what_is_released_together_goes_together_and_nothing_else() {
        let mut index = Index::new(END);
        for position in 1..=1_000 {
            assert!(index.push(BOX, &item(position, 7_000_000)));
        }
        let mut released = Released::default();
        for position in (1..=1_200).rev().filter(|position| position % 3 != 0) {
            released.add(BOX, Position::new(position));
            released.add(MailboxTag([2; 16]), Position::new(position));
        }
        index.release(released);
        let left: Vec<_> = index.behind(BOX, Position::START).map(|i| i.position.value()).collect();
        assert_eq!(left, (1..=333).map(|third| third * 3).collect::<Vec<_>>());
        assert_eq!(index.envelope_bytes(), 333 << 18);
    }

    #[test]
    fn os_sto_070_an_envelope_takes_sixteen_bytes_of_index() {
        assert_eq!(size_of::<Packed>(), 16);
        assert_eq!(size_of::<(MailboxTag, Log)>(), 40);
    }
}
