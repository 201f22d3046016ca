//! Limits that both ends agree on. Each has its reason; none is configuration.

/// The protocol version that this build speaks, first frame of every connection.
pub const VERSION: u32 = 1;

/// A frame's length prefix, bytes.
pub const FRAME_PREFIX: usize = 4;

/// The largest frame: a 256 KiB envelope and 64 bytes for its fields.
pub const FRAME_MAX: usize = (256 << 10) + 64;

/// Positions in one release. More are sent in several; one frame stays under 4 KiB.
pub const RELEASE_POSITIONS_MAX: usize = 256;

/// Hashes on the way from a receipt to the root that the relay signed: 65,536 receipts of one moment are more
/// than any relay makes, and 512 bytes are no burden on an answer.
pub const RECEIPT_PATH_MAX: usize = 16;

/// A relay link as text. Longest host name (253), port, key and punctuation, rounded up.
pub const LINK_TEXT_MAX: usize = 400;

/// A typed code as text. A meeting code carries a relay link and a secret.
pub const CODE_TEXT_MAX: usize = 1024;

/// A handle, bytes of UTF-8: what fits on a line of a screen.
pub const HANDLE_BYTES_MAX: usize = 64;

/// A room's name, bytes of UTF-8: what fits on a line of a screen.
pub const ROOM_NAME_BYTES_MAX: usize = 128;

/// A text, bytes of UTF-8: with its frame it fits one 64 KiB envelope. Longer things are attachments.
pub const TEXT_BYTES_MAX: usize = 48 << 10;

/// An encoded inbox card: an X-Wing key (1216), an X25519 key, a descriptor, a seed, a relay's link, rounded up.
pub const INBOX_CARD_BYTES_MAX: usize = 4096;

/// Founders that one commit can add. Which number a room allows is a rule of the protocol crate.
pub const FOUNDER_KEYS_MAX: usize = 1024;

/// Organizers that a policy can name.
pub const ORGANIZER_KEYS_MAX: usize = 64;

/// A card. It fits one 16 KiB envelope beside nonce, tag and padding.
pub const CARD_BYTES_MAX: usize = 15 << 10;

/// KeyPackages in a card: one for each suite, and room for later ones.
pub const CARD_KEY_PACKAGES_MAX: usize = 4;

/// One MLS KeyPackage. With X-Wing keys and a leaf it is about 5 KiB.
pub const KEY_PACKAGE_BYTES_MAX: usize = 8 << 10;

/// Rows of a standing: everyone who ever was in a room. A room that had more is founded anew.
pub const STANDING_ROWS_MAX: usize = 4096;

/// Vouches for one member, all its life: those of the admission, and those after a review.
pub const VOUCHES_MAX: usize = 16;

/// Approvals of one motion: the organizers that a room may have.
pub const APPROVALS_MAX: usize = 64;

/// Keys that one commit removes.
pub const SEVERED_MAX: usize = 256;

/// A reason in an objection, bytes of UTF-8: a sentence or two.
pub const REASON_BYTES_MAX: usize = 512;

/// Introductions in a Welcome: one for each voucher.
pub const INTRODUCTIONS_MAX: usize = VOUCHES_MAX;

/// A share of a ticket in a Welcome: twice what one of three steps takes, for later versions.
pub const TICKET_BYTES_MAX: usize = 128;

/// Tokens in a batch: a fixed number, so that it tells nothing. RFC 9497 proves all with one proof of 64 bytes.
pub const TOKEN_BATCH: usize = 32;

/// Credit that one token buys, KiB times hours: the largest envelope for a week.
pub const CREDIT_PER_TOKEN: u64 = 256 * 7 * 24;

/// Tokens in one spending. The largest deposit costs five; a file is paid as it goes.
pub const SPEND_TOKENS_MAX: usize = 32;

/// Shares of shares of a ticket: an organizer's, one that they brought in, and one more.
pub const TICKET_STEPS_MAX: usize = 3;

/// Whom to ask for a ticket, in the host's words, bytes of UTF-8: a line.
pub const CONTACT_BYTES_MAX: usize = 200;

/// Members that one message mentions: more is everyone, which needs no mention.
pub const MENTIONS_MAX: usize = 32;

/// A mark on a message, bytes of UTF-8: an emoji of several joined ones, or a short word.
pub const MARK_BYTES_MAX: usize = 32;

/// A poll's question, bytes of UTF-8: a sentence or two.
pub const QUESTION_BYTES_MAX: usize = 512;

/// A poll's options: at least a choice.
pub const POLL_OPTIONS_MIN: usize = 2;

/// A poll's options: what one still reads before choosing.
pub const POLL_OPTIONS_MAX: usize = 16;

/// An option of a poll, bytes of UTF-8.
pub const OPTION_BYTES_MAX: usize = 128;

/// A plan's title, place or note, bytes of UTF-8 each: a sentence or two.
pub const PLAN_BYTES_MAX: usize = 512;

/// A time in a message, in milliseconds: the end of the year 9999. Calendars of programs go no further, and one that
/// fails at a date must not be made to fail at a room.
pub const CONTENT_TIME_MAX: u64 = 253_402_300_799_999;

/// A file, bytes: a photo of any phone, a long document. About a hundred of the largest envelopes.
pub const FILE_BYTES_MAX: u64 = 25 << 20;

/// A file's name, bytes of UTF-8: what file systems take, with room for a number.
pub const FILE_NAME_BYTES_MAX: usize = 200;

/// A media type, bytes: the longest registered ones are half of it.
pub const MEDIA_TYPE_BYTES_MAX: usize = 127;

/// Words that go with a file, bytes of UTF-8.
pub const CAPTION_BYTES_MAX: usize = 4096;

/// A file's preview, bytes: with the rest of its message it fits one 16 KiB envelope.
pub const PREVIEW_BYTES_MAX: usize = 8 << 10;
