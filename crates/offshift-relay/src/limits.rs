//! Limits of the relay. Each has its reason; what peers must agree on is in `offshift_wire::limits`.

use std::time::Duration;

/// What a host may set. Each can be changed while the relay runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once. Honest idle ones take 40 to 100 KiB each, so 10,000 are 1 GiB at the most. One that means
    /// harm can hold its windows (1.1 MiB in, 0.6 MiB out) and a batch for each of its follower streams. Lower: fewer
    /// members at once. Higher: more memory.
    pub connections_max: usize,
    /// Connections at once of one network prefix. 512: a workplace or a provider's shared address has many members.
    /// Lower: such places are turned away. Higher: one flooder takes more places.
    pub connections_per_prefix: usize,
    /// Handshakes of one network prefix in a minute. 600: such a place after a power cut. Lower: they come back slowly.
    pub handshakes_per_prefix_per_minute: u32,
    /// Handshakes under way from which on an unknown address first has to prove that it is one: a round trip more for
    /// all, against floods of forged addresses.
    pub handshakes_before_retry: usize,
    /// Memory from which on the relay takes less: see `pressure`.
    pub memory_bytes_max: u64,
    /// Deposits of one connection in a second. 1,000: nobody writes so fast by hand, and a device that was away for long
    /// is done in seconds. More wait in the sender's own stream.
    pub deposits_per_second: u32,
    /// Bytes that lie in one mailbox at once. 1 GiB: what four seats' usual allowance buys in a week, so that one who
    /// floods a channel doesn't fill it.
    pub mailbox_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 10_000,
            connections_per_prefix: 512,
            handshakes_per_prefix_per_minute: 600,
            handshakes_before_retry: offshift_link::limits::HANDSHAKES_BEFORE_RETRY,
            memory_bytes_max: 2 << 30,
            deposits_per_second: 1_000,
            mailbox_bytes_max: 1 << 30,
        }
    }
}

// store

/// Batches that may wait for the committer. One connection has few in flight; 1,024 keep a disk busy.
pub const STORE_QUEUE_BATCHES: usize = 1_024;

/// Bytes of envelopes that may wait for the committer: two of the largest commit groups.
pub const STORE_QUEUE_BYTES: usize = 16 << 20;

/// Bytes after which a commit group takes no more: some milliseconds of writing, so nobody waits long.
pub const STORE_GROUP_BYTES: usize = 8 << 20;

/// Batches in one commit group, those that are refused included: otherwise what was accepted could wait
/// for ever while refused deposits keep coming.
pub const STORE_GROUP_BATCHES: usize = 1_024;

/// Deposits in one batch. The largest batch still fits in one group.
pub const STORE_BATCH_DEPOSITS: usize = 1_024;

/// Bytes after which a slice file is closed and another opened: offsets fit in 32 bits.
pub const STORE_SLICE_BYTES: u64 = 2 << 30;

/// Slices at once. All life classes need at most 145; the rest is room for files closed early.
pub const STORE_SLICES: usize = 1_024;

/// Mailboxes whose last position is remembered apart while the clock stands still or is behind.
/// Past this the floor under all positions rises instead, which costs nothing but its beauty.
pub const STORE_POSITIONS_APART: usize = 65_536;

/// Bytes of one metadata value. sled keeps small values only: larger ones did not survive power cuts in trials.
pub const STORE_METADATA_BYTES: usize = 4_096;

/// Bytes of one metadata key.
pub const STORE_METADATA_KEY_BYTES: usize = 128;

/// Spent tokens remembered for one period: a terabyte kept for a week, which is more than such a relay can store.
/// They take 28 bytes of disk at most and 17 to 34 of memory each, so 120 MB in the worst week. Then spending is
/// refused until the next period.
pub const STORE_SPENT_TOKENS: usize = 3_600_000;

/// Periods whose spent tokens are remembered at once. Two are spendable; the rest is room for clocks that differ.
pub const STORE_SPENT_PERIODS: usize = 8;

/// Mailboxes whose bytes are remembered apart, so that a cap is checked without asking every slice. Past this all
/// are forgotten and counted again when they are asked for. 5 MB.
pub const STORE_SUMS: usize = 65_536;

/// Bytes read at once when a slice is read at start: few system calls, little memory.
pub const STORE_SCAN_BYTES: usize = 1 << 20;

/// Bytes read at once where a long envelope was passed over: one page, for the head of the next one.
pub const STORE_PEEK_BYTES: usize = 4_096;

/// A record of this length or more is passed over when a slice is read at start; a shorter one is read along.
pub const STORE_SKIP_BYTES: u64 = 32 << 10;

/// Bytes at the end of a slice that are checked whole at start, since a power cut may have torn them: more
/// than the largest commit group, which is two times [`STORE_GROUP_BYTES`] and the seals.
pub const STORE_TAIL_BYTES: u64 = 24 << 20;

/// Free bytes that the file system must keep, so that sled (which does not survive a full disk by
/// itself) and the destruction of keys always have room.
pub const STORE_RESERVE_BYTES: u64 = 16 << 20;

// connections

/// Capabilities on one connection. A member of 30 rooms needs some 100 and a few for each change of
/// keys; whoever needs more connects again. 70 KiB at most.
pub const CAPABILITIES_MAX: usize = 1_024;

/// Deposits of one stream that share one append: what has arrived already. Nobody waits for more.
pub const DEPOSIT_GROUP: usize = 64;

/// Bytes of such a group, but for the first: one of the largest envelopes.
pub const DEPOSIT_GROUP_BYTES: usize = 256 << 10;

/// Bytes of envelopes, all connections together, that are between the network and the disk. Streams
/// wait for room here, and their senders are slowed down by flow control.
pub const DEPOSIT_BYTES_IN_FLIGHT: usize = 32 << 20;

/// Groups of deposits that share one signature, and that wait for the next: the deposit streams that are busy at a
/// moment. Of 64 deposits each they are 16,384 leaves, whose paths are well within what a receipt may carry, and
/// 4 ms of hashing.
pub const RECEIPT_GROUPS: usize = 256;

// delivery

/// Entries written to one follower at once.
pub const DELIVER_ENTRIES: usize = 64;

/// Bytes of them, but for the first. Bounds what a follower that takes nothing holds.
pub const DELIVER_BYTES: usize = 64 << 10;

/// Entries at the tail of one followed mailbox that its followers take from memory. One that falls
/// further behind reads the store.
pub const TAIL_ENTRIES: usize = 32;

/// Bytes of all tails together. When they are full, followers read the store.
pub const TAIL_BYTES: usize = 64 << 20;

/// An entry at a tail is served from memory no longer than this: the shortest life is an hour, and
/// the store alone knows what has expired.
pub const TAIL_AGE: Duration = Duration::from_secs(60);

/// Parts of the table of followed mailboxes, each with its own lock.
pub const FOLLOWER_SHARDS: usize = 64;

// times

/// How often expired slices are looked for.
pub const EXPIRE_EVERY: Duration = Duration::from_secs(60);

/// A stopping relay gives deposits that it has read this long to become durable and be receipted.
pub const STOP_GRACE: Duration = Duration::from_secs(3);
