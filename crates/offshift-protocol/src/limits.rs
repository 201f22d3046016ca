//! Limits of the protocol, each with its reason. Both ends agree on all of them; none is configuration.

// rooms

/// A handle, bytes of UTF-8: what fits on a line of a screen.
pub const HANDLE_BYTES_MAX: usize = 64;

/// A room's name, bytes of UTF-8: what fits on a line of a screen.
pub const ROOM_NAME_BYTES_MAX: usize = 128;

/// A text, bytes of UTF-8. With its MLS frame it fits the 64 KiB envelope; longer things are attachments.
pub const TEXT_BYTES_MAX: usize = 48 << 10;

/// Founders of a room, the first one included: people who can meet each other in person.
pub const FOUNDERS_MAX: usize = 8;

/// Organizers without whom a room of several members can't be: one phone lost must not end the room.
pub const ORGANIZERS_MIN: usize = 2;

/// How far a commit's signed time may lie from its position: wrong clocks and waiting deposits (20-protocol, section 3).
pub const COMMIT_SKEW_MS: u64 = 2 * 3_600_000;

// meeting, inbox
