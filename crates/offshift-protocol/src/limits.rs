//! Limits of the protocol, each with its reason. Both ends agree on all of them; none is configuration.

// rooms

/// Founders of a room, the first one included: people who can meet each other in person.
pub const FOUNDERS_MAX: usize = 8;

/// How long founders may be added without vouches: until the next meeting. One organizer's device could add a
/// branch of its own for as long.
pub const FOUNDING_LIFE_MS: u64 = 7 * DAY_MS;

/// Organizers that a room of several members must name: one lost phone must not end it.
pub const ORGANIZERS_MIN: usize = 2;

/// Vouches below which no policy goes, whatever is signed.
pub const VOUCHES_FLOOR: u32 = 2;

/// How far a commit's signed time may lie from its position: wrong clocks, waiting deposits.
pub const COMMIT_SKEW_MS: u64 = 2 * 3_600_000;

/// Own commits of one epoch that stood too far from their signed time, after which a wish is given up: once
/// is delay, again and again is a clock that is wrong.
pub const MISTIMED_MAX: u32 = 3;

/// Own commits of one epoch that are remembered after they were thrown away: with a wrong clock a device makes
/// two in an hour, for as long as somebody writes.
pub const THROWN_AWAY_MAX: usize = 64;

/// How long devices keep messages of a new room: as long as relays keep them by default.
pub const DISAPPEAR_MS: u64 = 7 * 24 * 3_600_000;

/// Epochs are re-keyed when older than this while people write.
pub const EPOCH_AGE_MS: u64 = 24 * 3_600_000;

/// The re-key waits a random part of this, so that not everyone commits at once.
pub const REKEY_SPREAD_MS: u64 = 30 * 60_000;

/// Life of messages that a new room asks for: the longest that relays keep by default.
pub const MESSAGE_LIFE: offshift_wire::Life = offshift_wire::Life::D7;

/// Life of commits and Welcomes that a new room asks for: the longest that relays keep by default, so that
/// whoever returns within it walks from channel to channel to the present.
pub const COMMIT_LIFE: offshift_wire::Life = offshift_wire::Life::D7;

// admission

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

/// Vouches above which no policy goes: with more, nobody would ever come in.
pub const VOUCHES_CEILING: u32 = 8;

/// How long a newcomer may not vouch, in new rooms.
pub const PROBATION_MS: u64 = 7 * DAY_MS;

/// A fake profile must last a day at least before it brings in the next.
pub const PROBATION_MIN_MS: u64 = DAY_MS;

/// A probation that never ends would be a second class of members.
pub const PROBATION_MAX_MS: u64 = 90 * DAY_MS;

/// Vouches of one member that may be used within [`VOUCH_WINDOW_MS`], in new rooms.
pub const VOUCH_BUDGET: u32 = 3;

/// The budget above which no policy goes: what one person can get to know well in a season.
pub const BUDGET_MAX: u32 = 20;

/// The time over which vouches count against the budget: it bounds how fast infiltrators can multiply.
pub const VOUCH_WINDOW_MS: u64 = 90 * DAY_MS;

/// A vouch is good for so long after the meeting: as long as the inbox keys that the applicant showed there.
pub const VOUCH_LIFE_MS: u64 = 14 * DAY_MS;

/// An approval is good for so long: a week in which organizers reach each other.
pub const APPROVAL_LIFE_MS: u64 = 7 * DAY_MS;

/// Members of a recall, in new rooms and at least: fewer could be one infiltrator and two friends.
pub const RECALL_MIN: u32 = 3;

/// Members of a recall at most: it must stay possible.
pub const RECALL_MAX: u32 = 9;

/// How long a change that loosens admission is seen before it binds: three days in which members can object.
pub const LOOSEN_DELAY_MS: u64 = 3 * DAY_MS;

/// Absence up to which a return needs nobody's confirmation, in new rooms.
pub const REJOIN_MS: u64 = 45 * DAY_MS;

/// The same at most.
pub const REJOIN_MAX_MS: u64 = 90 * DAY_MS;

/// A wish to come back is good for so long: what relays keep by default.
pub const REJOIN_LIFE_MS: u64 = 7 * DAY_MS;

/// A link of a second device is good for so long: both lie on one table.
pub const DEVICE_LINK_LIFE_MS: u64 = DAY_MS;

/// Devices of one person in one room.
pub const DEVICES_MAX: usize = 3;

/// An epoch's age that a room may ask for, at least: each re-key is a commit for everybody.
pub const EPOCH_AGE_MIN_MS: u64 = HOUR_MS;

/// The same at most: a stolen key reads no longer than a week.
pub const EPOCH_AGE_MAX_MS: u64 = 7 * DAY_MS;

/// The longest life that a room may ask a relay for.
pub const LIFE_MAX: offshift_wire::Life = offshift_wire::Life::D30;

/// Journal steps after which the whole group is written again. It bounds how far a stolen vault reaches
/// back within the current epoch, and what a restart replays.
pub const JOURNAL_STEPS_MAX: u32 = 64;

/// Messages of one member in one epoch: the window in which a repeated message id is noticed. Honest
/// devices ask for new keys before they reach it.
pub const EPOCH_MESSAGES_MAX: usize = 4096;

/// Own envelopes of one epoch, whose names a device must not forget: twice what one member may say in it. A device
/// that made more stops sending until the next epoch.
pub const OWN_ENVELOPES_MAX: usize = 2 * EPOCH_MESSAGES_MAX;

/// Messages of all members that are remembered after they were shown: as many as one may say in an epoch, or four times
/// what one may have on its way. With 8 bytes each, half of what a small group takes anyway.
pub const SHOWN_MAX: usize = 4096;

// a relay that lies, and coming back

/// How often a device says where it stands, and an organizer's that it is there: at least.
pub const DAILY_MS: u64 = DAY_MS;

/// To how many members a device says where it stands: two random ones of each day reach everybody within days, and
/// cost two small envelopes.
pub const CHECKPOINT_RECEIVERS: usize = 2;

/// How long what a member says waits for a log that was read to its end: what is under way arrives within it.
pub const CLAIM_WAIT_MS: u64 = HOUR_MS;

/// How long it waits while the relay does not even say where the log ends.
pub const CLAIM_PATIENCE_MS: u64 = 48 * HOUR_MS;

/// How many hours the line to the relay must have lived meanwhile: in those in which this device was away the relay
/// could say nothing.
pub const CLAIM_SILENCE_MAX: u64 = 48;

/// Past epochs whose authenticators are remembered: two weeks of daily keys, longer than an inbox keeps a checkpoint.
pub const PAST_EPOCHS_MAX: usize = 16;

/// Without a sign of organizers for so long a device says so: two of their daily words in a row are missing.
pub const FRESH_MS: u64 = 48 * HOUR_MS;

/// Of how many other organizers signs are needed: one alone may work with the relay.
pub const SIGNS_NEEDED: usize = 2;

/// How many people must say that the room went on without this device: one alone may lie.
pub const WITNESSES_NEEDED: usize = 2;

/// After this a wish to come back goes to another organizer.
pub const REJOIN_RETRY_MS: u64 = HOUR_MS;

/// After this a wish to come back has a fresh key package: of the one before the Welcome may be lost.
pub const REJOIN_RENEW_MS: u64 = DAY_MS;

/// Members who may wait for a person's word to come back.
pub const RETURNING_MAX: usize = 64;

/// Own messages that may wait for their place in the log. A person who is offline writes fewer.
pub const UNSETTLED_MAX: usize = 1024;

/// Own changes of the room that may wait for each other.
pub const INTENTS_MAX: usize = 16;

/// Envelopes remembered per channel: a second copy within this many is dropped before it is opened. Older
/// copies are refused by MLS, which uses each generation's key once, so forgetting changes nothing but work.
pub const SEEN_ENVELOPES_MAX: usize = 1024;

/// How far a sender's generation may jump: messages that the relay withheld.
pub const GENERATION_SKIP_MAX: u32 = 4096;

/// Generations kept for messages that come out of order. A log is read in order, so few are needed.
pub const GENERATION_LATE_MAX: u32 = 16;

/// What parts can carry: a Welcome of 500 members in the larger suite has 2.7 MB.
pub const WHOLE_BYTES_MAX: usize = 4 << 20;

/// What is kept of a message: more than any kind of this version takes. Of a longer one only its name is kept, or a few
/// members' messages would fill everybody's disk.
pub const KEPT_BYTES_MAX: usize = 64 << 10;

/// Incomplete sets of one log. Their parts are deposited together, so few are under way at a time.
pub const PART_SETS_MAX: usize = 64;

/// Bytes of all incomplete sets of one log: four of the longest.
pub const PARTS_BYTES_MAX: usize = 4 * WHOLE_BYTES_MAX;

// meeting, inbox

/// A handle, characters: what people say to each other. Its bytes are limited besides.
pub const HANDLE_CHARS_MAX: usize = 32;

/// Inbox keys in use are replaced after a week.
pub const INBOX_KEYS_AGE_MS: u64 = 7 * 24 * 3_600_000;

/// Retired inbox keys are erased after the life that relays give by default. Longer lives exist, but forward
/// secrecy of first contact is worth more than an envelope that was sealed to old keys and lay for weeks.
pub const INBOX_RETENTION_MS: u64 = 7 * 24 * 3_600_000;

/// Generations of keys of one inbox: the one in use, the retired one, and two for clocks that jump.
pub const INBOX_GENERATIONS_MAX: usize = 4;

/// Opened envelopes remembered per inbox: 40 each hour of two weeks. Only who has the card can add to them.
pub const INBOX_SEEN_MAX: usize = 16_384;

/// Senders with incomplete messages in one inbox. Each card goes to one person; rooms come through few.
pub const INBOX_SENDERS_MAX: usize = 4;

/// A code is dead after 10 minutes, and so is a comparison of words.
pub const MEETING_LIFE_MS: u64 = 10 * 60_000;

/// How wrong a scanner's clock may be before it turns a living code away: the life of the mailboxes.
pub const MEETING_CLOCK_SLACK_MS: u64 = 3_600_000;

/// Entries of a meeting that are remembered: an honest one has four. One more ends it.
pub const MEETING_ENTRIES_MAX: usize = 8;

// board

/// Applicants whom a device keeps in mind: each has at least one vouch of the last 14 days. With X-Wing keys and two
/// vouches one has 20 KiB.
pub const BOARD_APPLICANTS_MAX: usize = 128;

/// Applicants for whom one member's word is kept at a time: as many as the widest budget lets count. So seven members
/// would have to work together to fill the board.
pub const BOARD_VOUCHES_EACH_MAX: usize = BUDGET_MAX as usize;

/// Objections to one applicant that are kept. More say nothing new.
pub const OBJECTIONS_MAX: usize = 64;

/// Members under review for whom words are kept.
pub const BOARD_REVIEWS_MAX: usize = 256;

/// Motions that are kept.
pub const BOARD_MOTIONS_MAX: usize = 64;

/// Motions for which one member's word is kept at a time.
pub const BOARD_APPROVALS_EACH_MAX: usize = 16;

// files

/// Files above it are kept for three days: four MiB, a photo, cost 17 tokens for a week.
pub const FILE_MIDDLE_BYTES: u64 = 4 << 20;
/// Files above it are kept for a day: twelve MiB cost 21 tokens for three days, and the longest file 15 for one.
pub const FILE_LONG_BYTES: u64 = 12 << 20;
