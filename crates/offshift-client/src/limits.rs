//! Limits of a client, each with its reason.

// vault

/// Argon2id memory, KiB: the second recommended option of RFC 9106, section 4, for a device that may be a phone.
pub(crate) const ARGON2_MEMORY_KIB: u32 = 64 << 10;

/// Argon2id passes: RFC 9106, section 4, with 64 MiB.
pub(crate) const ARGON2_PASSES: u32 = 3;

/// Argon2id lanes: one, so that a single core pays the whole cost within a second.
pub(crate) const ARGON2_LANES: u32 = 1;

/// Most memory that a vault's header may ask for, KiB: a planted header must not exhaust the machine.
pub(crate) const ARGON2_MEMORY_KIB_MAX: u32 = 1 << 20;

/// Most passes that a vault's header may ask for: a planted header must not hang the machine.
pub(crate) const ARGON2_PASSES_MAX: u32 = 32;

/// Most lanes that a vault's header may ask for.
pub(crate) const ARGON2_LANES_MAX: u32 = 16;

/// Shortest passphrase for a new profile, characters: below it no key derivation helps.
pub(crate) const PASSPHRASE_CHARACTERS_MIN: usize = 8;

/// Longest passphrase, bytes: more is a file given by mistake.
pub(crate) const PASSPHRASE_BYTES_MAX: usize = 1024;

/// Characters of a passphrase that are looked at to say how strong it is: judging takes the square of their number.
pub(crate) const PASSPHRASE_RATED_MAX: usize = 100;

/// What a guess at a copy's passphrase costs: scrypt with N = 2^18, as the age program has it, some 256 MiB and a second.
pub(crate) const COPY_WORK: u8 = if cfg!(test) { 10 } else { 18 };

/// The most that opening a copy may cost: a planted file must not exhaust the machine.
pub(crate) const COPY_WORK_MAX: u8 = 20;

/// While a copy is made, it is told how far it is about so often, bytes.
pub(crate) const COPY_TOLD_BYTES: u64 = 1 << 20;

/// Largest record of the journal: a founding with all its Welcomes takes a few MiB.
pub(crate) const RECORD_BYTES_MAX: usize = 64 << 20;

/// What need not be one record is written in records of about this size: far below the largest.
pub(crate) const BATCH_BYTES: usize = 1 << 20;

/// A compaction writes records of about this size, so that it needs little memory besides the state.
pub(crate) const SNAPSHOT_RECORD_BYTES: usize = 1 << 20;

/// Garbage that a journal may hold before it is compacted, whatever the size of the live state: small vaults
/// would otherwise be written again for every few messages.
pub(crate) const GARBAGE_BYTES_MIN: u64 = 1 << 20;

/// Live state that a vault may hold: what others send ends up here, and memory holds all of it.
pub(crate) const LIVE_BYTES_MAX: u64 = 512 << 20;

/// Messages that are shown as pinned: more stand at the top of no screen, and any member can pin any number.
pub(crate) const PINNED_MAX: usize = 50;

/// What is past its room's time is looked for so often: days go as a whole, so an hour more is of no matter.
pub(crate) const FORGET_EVERY_MS: u64 = 3_600_000;

// lines

/// Reports of one line that wait for the engine. A full queue stops the line's reading, which stops the relay's
/// sending: 32 envelopes of 256 KiB are 8 MiB.
pub(crate) const REPORTS_MAX: usize = 32;

/// Waiting for an answer: a capability, the receipt of a small deposit. A relay on the worst path that is of use answers sooner; one that was
/// switched off never does, and the person should learn that before the connection's own time-out.
pub(crate) const ANSWER: std::time::Duration = std::time::Duration::from_secs(10);

/// What a slow path carries each second, bytes: a large deposit is given so much more time.
pub(crate) const SLOW_PATH_BYTES: u64 = 8 << 10;

/// Waiting for lines to say goodbye when a client closes.
pub(crate) const GOODBYE: std::time::Duration = std::time::Duration::from_secs(2);

// receipts

/// Receipts that are kept, the latest: a room that is busy for weeks is some hundreds of own envelopes, and they take
/// a quarter of a MiB.
pub(crate) const RECEIPTS_MAX: usize = 512;

/// How long a receipt is kept: no relay keeps an envelope longer, so nothing could be held against it later.
pub(crate) const RECEIPT_LIFE_MS: u64 = 30 * 24 * 3_600_000;

/// Pieces of evidence that are kept, the first of each place: one is enough to leave a relay, and a relay that lost its
/// disk must not fill the vault.
pub(crate) const EVIDENCE_MAX: usize = 64;

/// Entries of logs that are remembered, all mailboxes together, until receipts come that say otherwise: a receipt is
/// behind its entry by a round trip, not by 512 entries.
pub(crate) const SHOWN_ENTRIES_MAX: usize = 512;

/// An envelope whose time is over within this may be gone: a device's clock is minutes off, rarely an hour.
pub(crate) const CLOCK_MARGIN_MS: u64 = 2 * 3_600_000;

// streams

/// Messages that a stream holds ready: few, since they are read again whenever something happens to the room.
pub(crate) const STREAM_PAGE: usize = 32;

// alarms and notes

/// Alarms that are kept: what a person can still look through.
pub(crate) const ALARMS_MAX: usize = 256;

/// The same alarm is told again after this: whoever can raise it at will must not make it a nuisance.
pub(crate) const ALARM_QUIET_MS: u64 = 3_600_000;

/// A note, bytes: a name and how one knows each other.
pub(crate) const NOTE_BYTES_MAX: usize = 512;

/// Invitations that lead nowhere, of which the person is told for one card while the program runs: whoever has the card
/// must not fill a screen.
pub(crate) const NOT_JOINED_TOLD_MAX: u32 = 3;

// client

/// Calls that wait for the engine; further callers wait in their turn.
pub(crate) const COMMANDS_MAX: usize = 64;

/// Events that a slow reader may be behind before it is told that it missed some.
pub(crate) const EVENTS_MAX: usize = 1024;

/// Relays of one profile: each is tried and kept connected.
pub(crate) const RELAYS_MAX: usize = 16;

/// Identities of relays that were followed by others: a relay that goes on for years with a new one each month.
pub(crate) const SUCCESSORS_MAX: usize = 256;

/// Meetings under way at once: each holds two streams and fresh keys.
pub(crate) const MEETINGS_MAX: usize = 16;

/// Contacts of one profile: each has an inbox that is followed on a connection of its own.
pub(crate) const CONTACTS_MAX: usize = 128;

/// Rooms whose time has come at once wait a random part of this for each other, so that what they deposit does not tell
/// that they are of one device. Short enough for a program that runs for a minute each day.
pub(crate) const ROOM_TICKS_SPREAD_MS: u64 = 10_000;

/// Rooms are told so often that they have read all that their relay shows, for as long as the connection lives.
pub(crate) const CAUGHT_UP_AGAIN_MS: u64 = 3_600_000;

/// Rooms of one profile, each followed on a connection of its own. What others invite to is bounded by contacts.
pub(crate) const ROOMS_MAX: usize = 64;

/// Messages of one answer: several screens, and a fraction of a second's work.
pub(crate) const PAGE_MAX: usize = 500;

// wallet

/// Unspent tokens that are kept for one relay: connections of a busy day, each of which costs at least one.
pub(crate) const TOKENS_MAX: usize = 128;

/// The next batch is asked for after at least this: a dozen batches a day is what an allowance bears.
pub(crate) const REFILL_MIN_MS: u64 = 2 * 3_600_000;

/// And a random part of this later, so that no two batches tell by their times whose they are.
pub(crate) const REFILL_SPREAD_MS: u64 = 4 * 3_600_000;

/// With fewer tokens than this the next batch is asked for sooner: half a batch, so that hardly anybody has to wait for one.
pub(crate) const TOKENS_LOW: usize = 16;

/// A batch whose time came while no program ran is asked for after at least this, and a random part of the spread later: the
/// program's start must not be the moment of a purchase.
pub(crate) const OVERDUE_MIN_MS: u64 = 60_000;

/// See [`OVERDUE_MIN_MS`].
pub(crate) const OVERDUE_SPREAD_MS: u64 = 59 * 60_000;

/// A line that waited for a batch gets its tokens at least this long after it came.
pub(crate) const HANDOUT_MIN_MS: u64 = 2_000;

/// And a random part of this later, each line for itself: all at once would tell which rooms are of who just bought. A person
/// may wait for it, so it is under a minute.
pub(crate) const HANDOUT_SPREAD_MS: u64 = 43_000;

/// Whoever runs dry waits at least this: a refill in the same moment would tell who just ran dry.
pub(crate) const DRY_MIN_MS: u64 = 60_000;

/// And a random part of this longer.
pub(crate) const DRY_SPREAD_MS: u64 = 14 * 60_000;

/// When the day's allowance was used, how long into the next day a device may wait, or all of them would come at
/// midnight.
pub(crate) const NEW_DAY_SPREAD_MS: u64 = 3_600_000;

/// Issuer keys of one week that are remembered: two are proof, and a relay that makes more proves nothing more.
pub(crate) const ISSUER_KEYS_MAX: usize = 4;

/// Members that are remembered for one issuer key: a majority of any room's organizers and friends shows by then.
pub(crate) const KEY_HOLDERS_MAX: usize = 256;

// lines that pay

/// How long somebody without a ticket goes on trying in a meeting: the other one pays as soon as they are there.
pub(crate) const SPONSOR_PATIENCE: std::time::Duration = std::time::Duration::from_secs(15);

/// Between two of these tries.
pub(crate) const SPONSOR_RETRY: std::time::Duration = std::time::Duration::from_millis(300);

/// Refusals for want of credit in a row, though it was paid: a relay that takes tokens for nothing gets no more of them soon.
pub(crate) const UNPAID_MAX: u32 = 3;

// files

/// Files on their way at once, of one profile: each has a connection of its own and some envelopes in memory.
pub(crate) const TRANSFERS_MAX: usize = 8;

/// Chunks of one file that are given to its line: some under way, and the next ones ready. 1.5 MiB.
pub(crate) const CHUNKS_READY: usize = 6;

/// How long a file that is whole at the relay waits for room among the messages that wait to be sent.
pub(crate) const OFFER_AGAIN_MS: u64 = 15_000;

/// Chunks of one file that are deposited at once. The relay takes so many large frames of one connection.
pub(crate) const CHUNKS_ABREAST: usize = 4;

/// Chunks after which it is noted how far a file is: what is lost by a kill is sent, or fetched, a second time.
pub(crate) const CHUNKS_NOTED: usize = 16;

/// Entries of a file's mailbox that are read, for each chunk: again where a sender was killed, and room for what
/// somebody else put there. More is a mailbox that was filled to keep a reader busy.
pub(crate) const ENTRIES_PER_CHUNK: usize = 8;

/// Part of its life that a file must have before it when it is offered; else it is deposited again. One in so many.
pub(crate) const LIFE_LEFT: u64 = 4;

/// Points of a picture: the largest that phones take by default are 50 million.
pub(crate) const PICTURE_POINTS_MAX: u64 = 64_000_000;

/// Points of a picture that somebody else sent: what most phones take; others are saved, and looked at elsewhere.
pub(crate) const SHOWN_POINTS_MAX: u64 = 24_000_000;

/// The longer side of a picture, points: panoramas.
pub(crate) const PICTURE_SIDE_MAX: u32 = 20_000;

/// Memory for the points of a picture: 64 million of four bytes. One that must be turned is there twice.
pub(crate) const PICTURE_ALLOC_MAX: u64 = 256 << 20;

/// The longer side of a preview that somebody sent: three times what this program makes.
pub(crate) const PREVIEW_SIDE_MAX: u32 = 1_024;

/// Memory for the points of such a preview.
pub(crate) const PREVIEW_ALLOC_MAX: u64 = 16 << 20;

/// The longer side of a picture on a screen.
pub(crate) const SHOWN_SIDE_MAX: u32 = 2_048;
