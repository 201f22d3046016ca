//! One commit group: sealed records by slice, the changes that they make, and who waits for them.
//!
//! ```text
//! Deposit + Position --seal--> bytes behind the end of a slice  +  Change for the index  +  Waiting for an answer
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use offshift_wire::{Address, Position, UnixMillis};
use tokio::sync::OwnedSemaphorePermit;

use super::committer::Answer;
use super::key::{MailboxTag, SliceId};
use super::record::{Head, Kind, Sealer};
use super::slice::{Item, Slice};
use super::spent::Staged;
use crate::limits::STORE_GROUP_BYTES;
use crate::store::{Deposit, Entry, StoreError};

/// The end of a slice that may be written.
pub(super) struct Writer {
    slice: Arc<Slice>,
    end: u64,
    sealer: Sealer,
}

impl Writer {
    /// `None` without randomness.
    pub(super) fn new(slice: Arc<Slice>, end: u64) -> Option<Self> {
        let sealer = slice.cipher.sealer()?;
        Some(Self { slice, end, sealer })
    }

    pub(super) const fn slice(&self) -> &Arc<Slice> {
        &self.slice
    }

    /// Where the next record goes: behind all that is durable.
    pub(super) const fn end(&self) -> u64 {
        self.end
    }

    pub(super) fn advance(&mut self, bytes: u64) {
        self.end = self.end.saturating_add(bytes);
    }
}

/// What a durable record does to the index.
pub(super) enum Change {
    Append { address: Address, mailbox: MailboxTag, item: Item, entry: Entry },
    Release { address: Address, mailbox: MailboxTag, position: Position },
}

enum Waiting {
    Append(Vec<SliceId>, Vec<Position>, Answer<Vec<Position>>, OwnedSemaphorePermit),
    Release(Vec<SliceId>, Answer<()>),
    Spend(u32, bool, Answer<bool>),
    Metadata(Answer<()>),
}

/// What could not be made durable.
#[derive(Default)]
pub(super) struct Failed {
    pub(super) slices: BTreeMap<SliceId, StoreError>,
    pub(super) periods: BTreeMap<u32, StoreError>,
    pub(super) metadata: Option<StoreError>,
}

/// A value that is kept from now on, or none.
pub(super) type MetadataChange = (String, Option<Vec<u8>>);

pub(super) struct Group {
    now: UnixMillis,
    free_bytes: Option<u64>,
    writes: BTreeMap<SliceId, Vec<u8>>,
    changes: Vec<(SliceId, Change)>,
    /// What is released in this group, so that nobody fills the disk with releases of one envelope.
    released: BTreeSet<(SliceId, MailboxTag, Position)>,
    waiting: Vec<Waiting>,
    pub(super) spendings: Staged,
    metadata: Vec<MetadataChange>,
}

impl Group {
    pub(super) fn at(now: UnixMillis) -> Self {
        Self {
            now,
            free_bytes: None,
            writes: BTreeMap::new(),
            changes: Vec::new(),
            released: BTreeSet::new(),
            waiting: Vec::new(),
            spendings: Staged::default(),
            metadata: Vec::new(),
        }
    }

    pub(super) const fn now(&self) -> UnixMillis {
        self.now
    }

    /// Bytes that these deposits take in their slices.
    pub(super) fn bytes_of(deposits: &[Deposit]) -> u64 {
        let bytes = |deposit: &Deposit| Kind::Envelope(deposit.envelope.class()).record_bytes();
        deposits.iter().map(|deposit| bytes(deposit) as u64).fold(0, u64::saturating_add)
    }

    /// Bytes that wait to be written.
    pub(super) fn bytes(&self) -> u64 {
        self.writes.values().map(|bytes| bytes.len() as u64).fold(0, u64::saturating_add)
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes() >= STORE_GROUP_BYTES as u64
    }

    /// Free space of the disk, asked once per group.
    pub(super) fn free_bytes(&mut self, ask: impl FnOnce() -> io::Result<u64>) -> io::Result<u64> {
        let free = self.free_bytes.map_or_else(ask, Ok)?;
        self.free_bytes = Some(free);
        Ok(free)
    }

    pub(super) fn append(
        &mut self,
        writer: &mut Writer,
        deposit: Deposit,
        position: Position,
    ) -> Result<(), StoreError> {
        let Deposit { address, life, envelope } = deposit;
        let expires = self.now.plus_ms(life.ms());
        let mailbox = writer.slice.tagger.tag(&address);
        let entry = Entry { position, expires, envelope };
        let offset = self.seal(writer, &Head { mailbox, position, expires }, Some(&entry))?;
        let offset = u32::try_from(offset).map_err(|_| StoreError::Bug("slice too long"))?;
        let item = Item { position, expires, offset, class: entry.envelope.class() };
        let change = Change::Append { address, mailbox, item, entry };
        self.changes.push((writer.slice.id, change));
        Ok(())
    }

    pub(super) fn release(
        &mut self,
        writer: &mut Writer,
        address: &Address,
        position: Position,
    ) -> Result<(), StoreError> {
        let mailbox = writer.slice.tagger.tag(address);
        let named = (writer.slice.id, mailbox, position);
        if self.released.contains(&named) {
            return Ok(());
        }
        self.seal(writer, &Head { mailbox, position, expires: UnixMillis(0) }, None)?;
        self.released.insert(named);
        let change = Change::Release { address: *address, mailbox, position };
        self.changes.push((writer.slice.id, change));
        Ok(())
    }

    /// Seals a record behind what waits for this slice and returns where it will lie.
    fn seal(
        &mut self,
        writer: &mut Writer,
        head: &Head,
        entry: Option<&Entry>,
    ) -> Result<u64, StoreError> {
        let bytes = self.writes.entry(writer.slice.id).or_default();
        let whole = bytes.len();
        let place = writer.slice.place(writer.end.saturating_add(whole as u64));
        let envelope = entry.map(|entry| &entry.envelope);
        let sealed = writer.sealer.seal(bytes, place, head, envelope);
        if sealed.is_none() {
            bytes.truncate(whole);
        }
        sealed.map(|()| place.offset).ok_or(StoreError::Bug("could not seal"))
    }

    pub(super) fn await_append(
        &mut self,
        touched: Vec<SliceId>,
        positions: Vec<Position>,
        answer: Answer<Vec<Position>>,
        room: OwnedSemaphorePermit,
    ) {
        self.waiting.push(Waiting::Append(touched, positions, answer, room));
    }

    pub(super) fn await_release(&mut self, touched: Vec<SliceId>, answer: Answer<()>) {
        self.waiting.push(Waiting::Release(touched, answer));
    }

    /// A double spending waits too: it is one only if what it doubles becomes durable.
    pub(super) fn await_spend(&mut self, period: u32, is_first: bool, answer: Answer<bool>) {
        self.waiting.push(Waiting::Spend(period, is_first, answer));
    }

    pub(super) fn put_metadata(&mut self, change: MetadataChange, answer: Answer<()>) {
        self.metadata.push(change);
        self.waiting.push(Waiting::Metadata(answer));
    }

    pub(super) fn take_metadata(&mut self) -> Vec<MetadataChange> {
        std::mem::take(&mut self.metadata)
    }

    /// What is to be written, by slice.
    pub(super) fn take_writes(&mut self) -> BTreeMap<SliceId, Vec<u8>> {
        std::mem::take(&mut self.writes)
    }

    /// What readers will see, in the order of positions.
    pub(super) fn take_changes(&mut self) -> impl Iterator<Item = (SliceId, Change)> {
        std::mem::take(&mut self.changes).into_iter()
    }

    /// Answers everybody: who has a part in a slice that failed gets that error.
    pub(super) fn answer(self, failed: &Failed) {
        let slices = &failed.slices;
        let error = |touched: &[SliceId]| touched.iter().find_map(|id| slices.get(id)).copied();
        for waiting in self.waiting {
            match waiting {
                Waiting::Append(touched, positions, answer, room) => {
                    drop(room);
                    drop(answer.send(error(&touched).map_or(Ok(positions), Err)));
                }
                Waiting::Release(touched, answer) => {
                    let _ = answer.send(error(&touched).map_or(Ok(()), Err));
                }
                Waiting::Spend(period, is_first, answer) => {
                    let error = failed.periods.get(&period).copied();
                    let _ = answer.send(error.map_or(Ok(is_first), Err));
                }
                Waiting::Metadata(answer) => {
                    let _ = answer.send(failed.metadata.map_or(Ok(()), Err));
                }
            }
        }
    }
}
