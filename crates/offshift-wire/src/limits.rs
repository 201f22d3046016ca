//! Limits that both ends agree on. Each has its reason; none is configuration.

/// The protocol version that this build speaks, first frame of every connection.
pub const VERSION: u32 = 1;

/// A frame's length prefix, bytes.
pub const FRAME_PREFIX: usize = 4;

/// The largest frame: a 256 KiB envelope and 64 bytes for its fields.
pub const FRAME_MAX: usize = (256 << 10) + 64;

/// Positions in one release. More are sent in several; one frame stays under 4 KiB.
pub const RELEASE_POSITIONS_MAX: usize = 256;

/// A relay link as text. Longest host name (253), port, key and punctuation, rounded up.
pub const LINK_TEXT_MAX: usize = 400;

/// A typed code as text. A meeting code carries a relay link and a secret.
pub const CODE_TEXT_MAX: usize = 1024;
