//! Limits of the protocol, each with its reason. Both ends agree on all of them; none is configuration.

// rooms

/// Founders of a room, the first one included: people who can meet each other in person.
pub const FOUNDERS_MAX: usize = 8;

/// Organizers that a room of several members must name: one lost phone must not end it.
pub const ORGANIZERS_MIN: usize = 2;

/// Vouches below which no policy goes, whatever is signed (20-protocol, section 5).
pub const VOUCHES_FLOOR: u32 = 2;

/// How far a commit's signed time may lie from its position: wrong clocks, waiting deposits.
pub const COMMIT_SKEW_MS: u64 = 2 * 3_600_000;

/// Epochs are re-keyed when older than this while people write (20-protocol, section 3).
pub const EPOCH_AGE_MS: u64 = 24 * 3_600_000;

/// The re-key waits a random part of this, so that not everyone commits at once.
pub const REKEY_SPREAD_MS: u64 = 30 * 60_000;

/// Journal steps after which the whole group is written again. It bounds how far a stolen vault reaches
/// back within the current epoch, and what a restart replays.
pub const JOURNAL_STEPS_MAX: u32 = 64;

/// Messages of one member in one epoch: the window in which a repeated message id is noticed. Honest
/// devices ask for new keys before they reach it.
pub const EPOCH_MESSAGES_MAX: usize = 4096;

/// Own messages that may wait for their place in the log. A person who is offline writes fewer.
pub const UNSETTLED_MAX: usize = 1024;

/// Own changes of the room that may wait for each other.
pub const INTENTS_MAX: usize = 16;

/// Envelope hashes remembered per channel: a second copy within this many entries is dropped before it is
/// opened. Older copies are refused by MLS, which uses each generation's key once.
pub const SEEN_ENVELOPES_MAX: usize = 1024;

/// How far a sender's generation may jump: messages that the relay withheld.
pub const GENERATION_SKIP_MAX: u32 = 4096;

/// Generations kept for messages that come out of order. A log is read in order, so few are needed.
pub const GENERATION_LATE_MAX: u32 = 16;

/// What parts can carry: a Welcome of 500 members in the larger suite has 2.7 MB.
pub const WHOLE_BYTES_MAX: usize = 4 << 20;

/// Incomplete sets of one log. Their parts are deposited together, so few are under way at a time.
pub const PART_SETS_MAX: usize = 64;

/// Bytes of all incomplete sets of one log: four of the longest.
pub const PARTS_BYTES_MAX: usize = 4 * WHOLE_BYTES_MAX;

// meeting, inbox
