//! Limits of the relay. Each has its reason; what peers must agree on is in `offshift_wire::limits`.

use std::time::Duration;

use offshift_link::ListenLimits;

/// What a host may set. Each can be changed while the relay runs; what is over then ends by itself, nobody is cut off.
/// Why each has its default and what another costs is in [`Limits::ABOUT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once.
    pub connections_max: usize,
    /// Connections at once of one network prefix.
    pub connections_per_prefix: usize,
    /// Handshakes of one network prefix in a minute.
    pub handshakes_per_prefix_per_minute: u32,
    /// Handshakes under way above which an address must first prove that it is one.
    pub handshakes_before_retry: usize,
    /// Memory of the process, bytes, near which the relay takes less.
    pub memory_bytes_max: u64,
    /// Deposits of one connection in a second.
    pub deposits_per_second: u32,
    /// Bytes of envelopes in one mailbox.
    pub mailbox_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let link = ListenLimits::default();
        Self {
            connections_max: 10_000,
            connections_per_prefix: link.connections_per_prefix,
            handshakes_per_prefix_per_minute: link.handshakes_per_prefix_per_minute,
            handshakes_before_retry: link.handshakes_before_retry,
            memory_bytes_max: 1 << 30,
            deposits_per_second: 1_000,
            mailbox_bytes_max: 1 << 30,
        }
    }
}

/// What a host should know before changing a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// The key in the settings.
    pub key: &'static str,
    /// What is counted.
    pub unit: &'static str,
    /// Why the default is what it is.
    pub why: &'static str,
    /// What a lower and a higher one costs.
    pub consequence: &'static str,
}

impl Limits {
    /// All limits, in the order of the fields. The example of the settings is made of them.
    pub const ABOUT: [About; 7] = [
        About {
            key: "connections",
            unit: "connections at once",
            why: "an idle one takes 40 to 100 KiB, so 10,000 are 1 GiB at the most",
            consequence: "Lower: people are turned away sooner, before anything is computed for them. \
                          Higher: raise memory_mb with it, 1 GiB for each 10,000.",
        },
        About {
            key: "connections_per_prefix",
            unit: "connections at once from one network (IPv4 /24, IPv6 /48)",
            why: "a fifth of all places; a device has one for each room, and a workplace, a mobile network or a VPN \
                  may show one network for all its people",
            consequence: "Lower: a large workplace is turned away. Higher: one network can take more of the places. \
                          Behind a proxy or a NAT that hides addresses everybody is of one network: set it to the \
                          same number as connections.",
        },
        About {
            key: "handshakes_per_prefix_per_minute",
            unit: "new connections in a minute from one network",
            why: "50 in a second are 2 % of a core, and all connections of a network find back within a minute of a \
                  restart",
            consequence: "Lower: a large workplace needs minutes after a restart. Higher: one network can make the \
                          relay compute more. Above a quarter of it newcomers need one round trip more.",
        },
        About {
            key: "handshakes_before_retry",
            unit: "handshakes under way",
            why: "a crowd of 64 at one moment is rare without a flood",
            consequence: "Lower: new connections need one round trip more. Higher: a flood of forged addresses makes \
                          the relay compute more. 0: always one round trip more, and nothing is ever computed for a \
                          forged address.",
        },
        About {
            key: "memory_mb",
            unit: "MiB of memory of the relay's process",
            why: "what 10,000 idle connections take at the most",
            consequence: "At 80 % no mailbox is used for the first time, at 95 % no deposit is taken and nobody new; \
                          fetching goes on. Set it to three quarters of what the machine can spare: too high, and \
                          the system ends the relay before the relay takes less.",
        },
        About {
            key: "deposits_per_second",
            unit: "messages in a second on one connection; twice as many at once after a rest",
            why: "nobody writes so fast, and a device that was away is done in seconds",
            consequence: "Lower: large files take longer. Higher: one connection can keep the disk busier. Who is \
                          faster waits; nothing is refused.",
        },
        About {
            key: "mailbox_mb",
            unit: "MiB in one mailbox",
            why: "a room of hundreds that sends pictures for a week stays far below",
            consequence: "Lower: a busy room is told that its mailbox is full. Higher: one room can take more of the \
                          disk.",
        },
    ];

    /// Those that the listener keeps.
    pub const fn listen(&self) -> ListenLimits {
        ListenLimits {
            handshakes_before_retry: self.handshakes_before_retry,
            handshakes_per_prefix_per_minute: self.handshakes_per_prefix_per_minute,
            connections_per_prefix: self.connections_per_prefix,
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

/// Bytes of a slice whose records one thread reads at start before they go into the index: some milliseconds, so that
/// all threads are busy. Those of two pieces a thread are in memory, half a megabyte each where envelopes are short, and
/// 5 where there are releases alone.
pub const STORE_PIECE_BYTES: usize = 8 << 20;

/// Bytes read at once where a long envelope was passed over: one page, for the head of the next one.
pub const STORE_PEEK_BYTES: usize = 4_096;

/// Bytes read at once where the next record is looked for: the longest is found in a few steps.
pub const STORE_SEEK_BYTES: usize = 64 << 10;

/// A record of this length or more is passed over when a slice is read at start; a shorter one is read along.
pub const STORE_SKIP_BYTES: u64 = 32 << 10;

/// Bytes at the end of a slice that are checked whole at start, since a power cut may have torn them: more
/// than the largest commit group, which is two times [`STORE_GROUP_BYTES`] and the seals.
pub const STORE_TAIL_BYTES: u64 = 24 << 20;

/// Microseconds by which the floor of positions is kept ahead where keys die with the process: one small write a
/// second while there are deposits, and after a crash positions (and time) begin a second ahead at most.
pub const STORE_FLOOR_AHEAD: u64 = 1_000_000;

/// Free bytes that the file system must keep, so that sled (which does not survive a full disk by
/// itself) and the destruction of keys always have room.
pub const STORE_RESERVE_BYTES: u64 = 16 << 20;

// inspection

/// Bytes of a canary. Eight that are found by chance in a terabyte are one in ten million.
pub const INSPECT_CANARY_MIN: usize = 8;

/// Bytes of all canaries of one scan: some thousand of them, and their forms in 100 MB of memory at most.
pub const INSPECT_CANARIES_BYTES: usize = 64 << 10;

/// Bytes of a file that a scan holds at once.
pub const INSPECT_PIECE_BYTES: usize = 1 << 20;

/// Finds that a scan lists; more are counted.
pub const INSPECT_LISTED: usize = 1_000;

// connections

/// Proofs of one connection in a second, on and on. A check of a signature is some 60 us of a core: one connection
/// makes the relay compute half a percent of it.
pub const PROOFS_PER_SECOND: u32 = 64;

/// Proofs at once after a rest: a member of 30 rooms proves some 100 when it connects.
pub const PROOFS_BURST: u32 = 256;

/// Seconds of deposits that may come at once after a rest.
pub const DEPOSITS_BURST_SECONDS: u32 = 2;

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

// memory, in percent of its limit: what is between leaves time for a step before the next

/// From here on mailboxes that hold nothing take no deposit.
pub const TIGHT_FROM: u64 = 80;

/// Below here everything is taken again.
pub const TIGHT_BELOW: u64 = 70;

/// From here on no deposit is taken.
pub const FULL_FROM: u64 = 95;

/// Below here deposits are taken again.
pub const FULL_BELOW: u64 = 85;

// tickets

/// Tickets at once: a host gives them to organizers, not to members.
pub const TICKETS_MAX: usize = 1_024;

/// Seats of all tickets together: 100 bytes of memory and a small record on disk each.
pub const SEATS_MAX: usize = 65_536;

/// A ticket that is over is still shown to the host for so long, and then forgotten with its seats.
pub const TICKET_SHOWN_FOR: Duration = Duration::from_secs(30 * 24 * 3_600);

/// Seats of a ticket that is over that are removed at once: they share a flush, and leave room in the store's queue.
pub const SEATS_FORGOTTEN_AT_ONCE: usize = 256;

/// Bad tickets and bad tokens that one connection may show, and good tokens beside a bad one that are worked out for
/// nothing. One that restored an old backup may show some by accident, and connects again.
pub const BAD_TRIES_MAX: u32 = 8;

/// Tokens for the relay's own check that are known as such until they are spent: two batches, of which a check takes one token.
pub const OWN_TOKENS: usize = 64;

/// Spent tokens that are also known without asking the store: the flood of a batch shown again and again. 5 MiB at most.
pub const SPENT_LATELY: usize = 65_536;

/// Sponsored mailboxes at once. A meeting needs two for some minutes; each costs a token at least. 2 MiB at most.
pub const SPONSORED_MAX: usize = 16_384;

/// Sponsored credit lasts so long: two people meet in minutes, and nothing of it shall be kept.
pub const SPONSORED_FOR: Duration = Duration::from_secs(3_600);

// delivery

/// Entries written to one follower at once.
pub const DELIVER_ENTRIES: usize = 64;

/// Bytes of them, but for the first. Bounds what a follower that takes nothing holds.
pub const DELIVER_BYTES: usize = 64 << 10;

/// Streams of one connection that hold a batch for a peer that does not take it yet. More wait, and read the store when
/// it is their turn: what is theirs goes through one connection anyway. 2.5 MiB at the most.
pub const DELIVERIES_AT_ONCE: usize = 8;

/// Entries at the tail of one followed mailbox that its followers take from memory: two groups of deposits, so that
/// who is sent the first one finds the second. One that falls further behind reads the store.
pub const TAIL_ENTRIES: usize = 2 * DEPOSIT_GROUP;

/// Entries for which an idle tail keeps room, once it had some.
pub const TAIL_IDLE: usize = 4;

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

// admin

/// Bytes of one question over the admin socket: the longest is far below.
pub const ADMIN_ASK_BYTES: u64 = 4 << 10;

/// Bytes of one answer: the records of a relay with 50,000 used seats, as JSON.
pub const ADMIN_ANSWER_BYTES: u64 = 16 << 20;

/// Conversations at once: a person, a check of the service manager, a monitoring probe.
pub const ADMIN_CONNECTIONS: usize = 8;

/// A conversation that says nothing, or takes nothing, for so long is over.
pub const ADMIN_IDLE: Duration = Duration::from_secs(5);

/// A question is answered within this, or not at all.
pub const ADMIN_ANSWER: Duration = Duration::from_secs(10);

/// Tickets made at once: a hall full of organizers.
pub const ADMIN_TICKETS: u16 = 500;

/// A relay's message to itself takes no longer: what an impatient member would wait.
pub const SELF_CHECK: Duration = Duration::from_secs(15);

/// A relay that answers none of its own checks for so long is dead, not slow: a flood of work on the curve passes in minutes.
pub const SILENT_MAX: Duration = Duration::from_secs(600);

/// Tokens that the host may ask for at once: a check needs one.
pub const CHECK_TOKENS: usize = 4;

/// Bytes of a backup file: what [`ADMIN_ANSWER_BYTES`] can bring, and a settings file.
pub const BACKUP_BYTES: u64 = 20 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_network_of_a_restarted_relay_finds_back_within_a_minute() {
        let limits = Limits::default();
        let handshakes = usize::try_from(limits.handshakes_per_prefix_per_minute).unwrap();
        assert!(handshakes >= limits.connections_per_prefix);
        assert!(limits.connections_per_prefix < limits.connections_max);
    }
}
