//! What a relay keeps: mailbox logs until they expire, and a little metadata.
//!
//! ```text
//! Deposit --append--> durable, Position --observe--> followers at the tail
//!                         \--read(after)--> Entry, Entry, ...  until released or expired
//! ```
//!
//! One trait, [`Store`], with the few operations that a relay needs; engines behind it: [`embedded`]
//! (slices and sled), [`memory`] (for tests). It is shaped so that a replicated engine fits: positions
//! come from the engine, appends are asynchronous and batched, followers are told by the engine.
//!
//! Never: an address or a key in an error (N7); an answer that tells unknown, empty and expired apart.

pub mod clock;
pub mod embedded;
pub mod inspect;
pub mod memory;

mod positions;

use std::future::Future;
use std::sync::Arc;

use offshift_wire::{Address, Envelope, Life, Position, SizeClass, UnixMillis};

/// An envelope on its way into a mailbox.
#[derive(Clone)]
pub struct Deposit {
    /// The mailbox.
    pub address: Address,
    /// How long it may lie there.
    pub life: Life,
    /// The sealed bytes, shared.
    pub envelope: Envelope,
}

/// An envelope as it lies in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its order in the mailbox.
    pub position: Position,
    /// From then on it is never served.
    pub expires: UnixMillis,
    /// The sealed bytes, exactly as deposited.
    pub envelope: Envelope,
}

/// How much one read may return. It returns at least one entry where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimit {
    /// Entries at most.
    pub entries: usize,
    /// Envelope bytes at most (but for the first entry).
    pub bytes: usize,
}

/// One envelope as an operator can see it. There is no address: the engine may not know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// A keyed hash that stands for the mailbox; another one in every slice.
    pub mailbox: [u8; 16],
    /// Its position.
    pub position: Position,
    /// Its size.
    pub size: SizeClass,
    /// When it is forgotten.
    pub expires: UnixMillis,
    /// The first bytes of the envelope: all that a relay can read of it.
    pub sample: [u8; 32],
}

/// Counts for operators. Nothing here names a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Envelopes that can be read.
    pub envelopes: u64,
    /// Their bytes.
    pub envelope_bytes: u64,
    /// Bytes of all slices, counted against the cap.
    pub stored_bytes: u64,
    /// The configured cap on those.
    pub stored_bytes_max: u64,
    /// Slices (files) at the moment.
    pub slices: u64,
    /// Bytes of memory that the index of envelopes takes, roughly.
    pub index_bytes: u64,
    /// Commit groups so far: each made all its deposits durable with one flush per touched slice.
    pub commits: u64,
    /// Damaged records (or runs of damaged bytes) met since opening. They are never served.
    pub damaged: u64,
    /// Deposits refused because the store or the disk was full.
    pub refused_full: u64,
    /// Spent tokens that are remembered, all periods together.
    pub spent_tokens: u64,
    /// Slices forgotten at opening, because their keys were in memory only and went with the process before.
    pub forgotten: u64,
}

/// What an expiry run removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expired {
    /// Envelopes that are gone for good.
    pub envelopes: u64,
    /// Bytes of disk (or memory) given back.
    pub bytes: u64,
}

/// Why the store did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The cap or the disk is full. Deposits work again by themselves once something expired.
    #[error("the store is full; it takes deposits again when something expires or space is freed")]
    Full,
    /// The disk refused. Nothing of this batch is acknowledged.
    #[error("the disk failed; nothing was acknowledged; look at the disk, then restart the relay")]
    Disk,
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// A batch, key or value above its limit: our caller's mistake.
    #[error("too much at once for the store")]
    TooMuch,
    /// A broken invariant.
    #[error("a defect in the store: {0}")]
    Bug(&'static str),
}

/// Told of every durable deposit, in position order within a mailbox, before `append` returns.
///
/// Called from the engine's own thread: it must be quick and must not call the store.
pub trait Observer: Send + Sync {
    /// `entry` is durable in the mailbox and can be read.
    fn appended(&self, address: &Address, entry: &Entry);
}

/// What a relay asks of a store. Dropping a future does not undo what it has begun.
pub trait Store: Send + Sync + 'static {
    /// Appends all, in order, and returns their positions once all are durable (OS-STO-001).
    ///
    /// On an error none is acknowledged, though some may have been stored.
    fn append(
        &self,
        deposits: Vec<Deposit>,
    ) -> impl Future<Output = Result<Vec<Position>, StoreError>> + Send;

    /// The entries behind `after` and no other (OS-MBX-012), in the one order that all readers see (OS-MBX-011).
    /// Unknown, empty, released and expired give none (OS-STO-004).
    ///
    /// None means: caught up. Fewer than the limit means nothing: read on from the last one.
    fn read(
        &self,
        address: Address,
        after: Position,
        limit: ReadLimit,
    ) -> impl Future<Output = Result<Vec<Entry>, StoreError>> + Send;

    /// Removes these entries durably, and no other; those that are not there are nothing (OS-STO-006).
    fn release(
        &self,
        address: Address,
        positions: Vec<Position>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Destroys what is over. To be called every minute or so.
    fn expire(&self) -> impl Future<Output = Result<Expired, StoreError>> + Send;

    /// A small value kept for the relay itself.
    fn metadata(
        &self,
        key: &str,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Keeps a small value, durably; replaces the one before.
    fn put_metadata(
        &self,
        key: &str,
        value: Vec<u8>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Removes a small value, durably. One that is not there is nothing.
    fn remove_metadata(&self, key: &str) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The small values whose keys begin so, in the order of their keys.
    fn records(
        &self,
        prefix: &str,
    ) -> impl Future<Output = Result<Vec<(String, Vec<u8>)>, StoreError>> + Send;

    /// Remembers these tokens of a period as spent, durably, all or none; `false` and nothing is remembered if one of
    /// them was spent before, or is named twice (OS-STO-080). `Full`: no more fit in this period (OS-STO-081).
    ///
    /// On any other error they may count as spent, and nobody shall have credit for them.
    fn spend(
        &self,
        period: u32,
        ids: Vec<[u8; 16]>,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Forgets the spent tokens of all periods before this one: their key is gone, so nothing of them is taken.
    fn forget_period(&self, before: u32) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Bytes of the envelopes in a mailbox. What expired counts until its slice is gone. Cheap: decided in memory.
    fn mailbox_bytes(&self, address: &Address) -> u64;

    /// Counts for operators.
    fn statistics(&self) -> Statistics;

    /// Up to `max` envelopes as an operator can see them, oldest first.
    fn holdings(&self, max: usize)
    -> impl Future<Output = Result<Vec<Holding>, StoreError>> + Send;

    /// From now on `observer` is told of every deposit; replaces the one before.
    fn observe(&self, observer: Arc<dyn Observer>);

    /// Finishes what was begun and lets go of the disk. Everything afterwards is `Closed`.
    fn close(&self) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// Takes from `entries` what `limit` allows.
fn within(limit: ReadLimit, sizes: impl Iterator<Item = usize>) -> usize {
    let mut bytes = 0usize;
    let fits = |(count, size): (usize, usize)| {
        bytes = bytes.saturating_add(size);
        count == 0 || (count < limit.entries && bytes <= limit.bytes)
    };
    sizes.enumerate().map(fits).take_while(|fits| *fits).count()
}

impl std::fmt::Debug for Deposit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Deposit(..)")
    }
}
