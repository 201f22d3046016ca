//! Every limit of the page, each with its reason.

use std::time::Duration;

/// Connections at once. A browser opens six to one address, and a few windows hold a stream each.
pub(super) const CONNECTIONS_MAX: usize = 64;

/// Bytes of a request's head. A browser's has about 1 KiB.
pub(super) const HEAD_BYTES_MAX: usize = 16 << 10;

/// Lines of it.
pub(super) const HEADERS_MAX: usize = 64;

/// For a head to come: it comes from this machine.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(5);

/// Bytes of a launch: a token of 43 letters in an object.
pub(super) const LAUNCH_BYTES_MAX: usize = 1 << 10;

/// Bytes of a call: as on the socket.
pub(super) const CALL_BYTES_MAX: usize = 1 << 20;

/// Calls in one request: what a page asks at its beginning, with room to spare.
pub(super) const BATCH_MAX: usize = 16;

/// Bytes of a picture with a code in it: a photo of a phone.
pub(super) const PICTURE_BYTES_MAX: usize = 8 << 20;

/// For a body to come. 25 MiB cross this machine in a fraction of a second.
pub(super) const BODY_TIME: Duration = Duration::from_secs(20);

/// Streams of events at once: browsers hold six connections to one address, and calls need one.
pub(super) const STREAMS_MAX: usize = 4;

/// Events that wait for a page that does not read.
pub(super) const STREAM_FRAMES_MAX: usize = 16;

/// Pixels of a picture with a code, each way: the page makes larger ones smaller.
pub(super) const PICTURE_SIDE_MAX: u32 = 4_096;

/// Memory for reading one.
pub(super) const PICTURE_MEMORY_MAX: u64 = 96 << 20;

/// Bytes of a text that is drawn as a code: the largest of ours, with room to spare.
pub(super) const CODE_BYTES_MAX: usize = 1_024;

/// Tabs that may call. The oldest makes room.
pub(super) const TABS_MAX: usize = 16;

/// Links that wait for a browser. The oldest makes room.
pub(super) const LINKS_MAX: usize = 4;

/// How long a link waits for a browser.
pub(super) const LINK_LIFE: Duration = Duration::from_secs(120);

/// Bytes of how the page looks: a handful of choices.
pub(super) const LOOK_BYTES_MAX: usize = 4 << 10;

/// Bytes of a file: as many as a room takes.
pub(super) const FILE_BYTES_MAX: usize = 25 << 20;

/// Files on their way in or out at once: each incoming one is in memory.
pub(super) const FILES_MAX: usize = 2;

/// Pieces of a file, 256 KiB each, that wait for its reader, one place kept for an error: what is decrypted and still
/// goes out when the engine is locked.
pub(super) const FILE_FRAMES_MAX: usize = 2;

/// For a reader to take a piece. A page on this machine takes it at once.
pub(super) const PIECE_TIME: Duration = Duration::from_secs(30);

/// Connections whose account is being looked up, at once. Another account's do not count with those that are served: it
/// can make this person's wait, and not take their places.
pub(super) const LOOKED_UP_MAX: usize = 8;

/// Bytes of a file's name: what file systems take.
pub(super) const NAME_BYTES_MAX: usize = 255;
