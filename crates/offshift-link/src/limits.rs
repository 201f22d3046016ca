//! Bounds of a link, each with its reason.

use std::time::Duration;

/// Streams that a client may have open on one connection: control, deposits, and one per mailbox
/// that it follows. A device with more mailboxes opens another connection.
pub const STREAMS_MAX: u32 = 64;

/// Flow-control window of one stream: the largest frame and 32 KiB for the next ones, so that one
/// envelope never waits for a window update in its middle.
pub const STREAM_WINDOW: u32 = (256 << 10) + (32 << 10);

/// What one connection may have in flight towards us, all streams together: four of the largest
/// frames. Bounds what a peer can make us buffer by leaving gaps.
pub const CONNECTION_WINDOW: u32 = 4 * STREAM_WINDOW;

/// What we keep for retransmission on one connection.
pub const SEND_WINDOW: u64 = 2 * STREAM_WINDOW as u64;

/// UDP payload of every datagram, fixed: the size that every QUIC path carries (RFC 9000, section
/// 14) and that the first packets have anyway. One size tells nothing; a 1 KiB entry fits into one.
pub const DATAGRAM: u16 = 1200;

/// Bytes of padded acknowledgements that don't count against the congestion window: quinn remembers a
/// thousand of them at most.
pub const ACKNOWLEDGEMENTS_IN_FLIGHT_MAX: u64 = 1_001 * DATAGRAM as u64;

/// Packets that an end takes before it acknowledges, unless one is missing or 25 ms have passed. QUIC's usual 1 makes
/// every third datagram a padded acknowledgement, which costs a phone 1,200 bytes and either end as much time as a
/// message: a quarter of a relay's. Less than the ten packets that a connection may begin with.
pub const ACKNOWLEDGE_AFTER: u32 = 8;

/// Bytes asked of the system for each direction of a socket. With the default a push to 1,000
/// followers loses tens of thousands of datagrams.
pub const SOCKET_BUFFER_RELAY: usize = 8 << 20;

/// The same on a client, which has one relay to listen to.
pub const SOCKET_BUFFER_CLIENT: usize = 1 << 20;

/// A connection on which nothing at all arrives for this long is dead: a little more than two lost
/// keep-alives.
pub const IDLE: Duration = Duration::from_secs(70);

/// Shortest time between keep-alives. Home routers forget a UDP binding after 30 s.
pub const KEEP_ALIVE_MIN: Duration = Duration::from_secs(20);

/// Longest. Between the two each connection draws its own, so that connections of one device don't
/// beat together.
pub const KEEP_ALIVE_MAX: Duration = Duration::from_secs(28);

/// A connection attempt, name look-up and Hello included.
pub const CONNECT: Duration = Duration::from_secs(10);

/// Addresses of one host name that are tried.
pub const ADDRESSES_MAX: usize = 4;

/// The next address is tried, beside the others, this much later (RFC 8305, section 5).
pub const ADDRESS_DELAY: Duration = Duration::from_millis(250);

/// A free stream. The relay allows [`STREAMS_MAX`] at once; this many are in use.
pub const OPEN: Duration = Duration::from_secs(5);

/// A handshake at the relay, until the peer has finished it.
pub const HANDSHAKE: Duration = Duration::from_secs(8);

/// The beginning of a stream's first frame; of the Hello on a new connection.
pub const FIRST_FRAME: Duration = Duration::from_secs(10);

/// A frame that has begun. 256 KiB in this time is 9 KiB/s: slower is an attack or a dead path.
pub const FRAME: Duration = Duration::from_secs(30);

/// A peer that takes nothing of a frame that waits for it. Its memory is needed.
pub const WRITE: Duration = Duration::from_secs(60);

/// An answer, once all earlier ones are there. The largest envelope needs 30 s on the slowest path
/// that [`FRAME`] allows, a full disk answers at once: this is a dead relay.
pub const ANSWER: Duration = Duration::from_secs(60);

/// Requests of one stream that wait for their answers: at 100 ms round trip 2,560 deposits per
/// second, at 256 KiB each 64 MiB of shared, not copied, bytes.
pub const IN_FLIGHT_MAX: usize = 256;

/// Bytes of requests put into one write.
pub const WRITE_BATCH: usize = 64 << 10;

/// Pieces taken off a stream in one go, each at most a datagram: a frame reader holds less than one
/// frame and these.
pub const READ_CHUNKS: usize = 32;

/// A frame of which less than this was read needs no place among the large ones. All requests but deposits are
/// smaller, and most deposits.
pub const SMALL_FRAME: usize = 8 << 10;

/// Large frames of one connection that are half read or not dealt with, at a relay. With what is read of each other
/// stream before a place is needed, at most [`SMALL_FRAME`] and [`READ_CHUNKS`], a peer that means harm holds 5 MiB.
/// An honest one has one stream of deposits, or two.
pub const LARGE_FRAMES: usize = 4;

/// Waiting for a graceful close. The peer has an idle timeout if it doesn't hear us.
pub const GOODBYE: Duration = Duration::from_secs(1);

/// Handshakes under way at a relay above which an unknown address must first prove that it is one
/// (a Retry): spoofed first packets then cost no key exchange and send nothing large anywhere.
pub const HANDSHAKES_BEFORE_RETRY: usize = 64;

/// Handshakes of one network prefix in a minute, of proved addresses, unless configured: 50 per second, 2 % of a
/// core. More than [`CONNECTIONS_PER_PREFIX`], so that all of them find back within a minute of a restart.
pub const HANDSHAKES_PER_PREFIX_PER_MINUTE: u32 = 3_000;

/// This part of them is taken without proof when the relay has little to do: one in so many.
pub const FREE_HANDSHAKES: u32 = 4;

/// Connections of one network prefix at once, unless configured: a fifth of a relay's usual places. A device has one
/// for each room by default, and everybody in a building, or with one mobile network, may share a prefix.
pub const CONNECTIONS_PER_PREFIX: usize = 2_000;

/// While memory is short a prefix that holds one in so many of its places gets no more.
pub const TIGHT_SHARE: usize = 8;

/// Prefixes that are counted within a minute, those that proved an address and those that did not apart: 2 MiB
/// together. Above it all addresses are proved, and prefixes that are not known refused: so many at once are more
/// than a relay has places for.
pub const PREFIXES_MAX: usize = 65_536;

/// First packets that wait to be accepted at a relay; further ones are dropped.
pub const INCOMING_MAX: usize = 1024;

/// Bytes buffered for connections that wait to be accepted, all together.
pub const INCOMING_BYTES_MAX: u64 = 8 << 20;

/// Bytes buffered for one connection that waits to be accepted.
pub const INCOMING_BYTES_EACH: u64 = 16 << 10;

/// How long a leaf certificate is good. A stolen leaf key is worthless after it.
pub const LEAF_LIFE: Duration = Duration::from_secs(7 * 24 * 3600);

/// How far a device's clock may be behind ours and still see the leaf as valid.
pub const LEAF_BACKDATE: Duration = Duration::from_secs(24 * 3600);

/// A running relay issues itself a new leaf this often.
pub const LEAF_RENEW: Duration = Duration::from_secs(2 * 24 * 3600);

/// How long one cross certificate of an old identity is good, at most; a running relay issues it anew with each leaf
/// while the overlap lasts. It bounds what a clock that was wrong when it was made, or an overlap without end, costs.
pub const CROSS_LIFE_MAX: Duration = Duration::from_secs(90 * 24 * 3600);
