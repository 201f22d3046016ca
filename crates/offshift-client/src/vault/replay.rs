//! From the bytes of a journal to the state that they hold.
//!
//! ```text
//! bytes -> record, record, ... -> the end            a sound file
//!                              -> a torn record      the process or the power died during the last write: cut
//!                              -> anything else      damage: an error, never a guess (OS-VLT-011)
//! ```
//! Only the last record can be torn, since each is durable before the next is written. Torn is a record that the
//! file's end cuts short, or one in which a whole sector reads as zeros: it was allotted, never written.

use super::{
    Records,
    error::VaultError,
    header::FileKey,
    record::{self, Batch, Chain, Kind, SECTOR},
};

/// What a journal held.
pub(super) struct Replayed {
    pub(super) records: Records,
    pub(super) chain: Chain,
    /// How many bytes of the journal are sound; what follows them is a torn tail.
    pub(super) sound_bytes: usize,
    /// Whether a day's key was deleted and is still in the file.
    pub(super) day_went: bool,
}

/// Replays the records that follow a header.
pub(super) fn replay(journal: &[u8], key: &FileKey) -> Result<Replayed, VaultError> {
    let (records, chain) = (Records::new(), Chain::START);
    let mut replayed = Replayed { records, chain, sound_bytes: 0, day_went: false };
    let mut complete = false;
    let mut rest = journal;
    while !rest.is_empty() {
        let Some(Split { record, after }) = split(rest)? else { break };
        let Some(opened) = record::open(key, replayed.chain, record) else {
            if after.is_empty() && has_unwritten_sector(record) {
                break;
            }
            return Err(VaultError::Damaged);
        };
        // A snapshot comes first and whole; batches follow it.
        if complete != (opened.kind == Kind::Batch) {
            return Err(VaultError::Damaged);
        }
        complete |= opened.kind == Kind::SnapshotEnd;
        replayed.day_went |=
            Batch::replay(&opened.changes, &mut replayed.records).ok_or(VaultError::Damaged)?;
        replayed.chain = opened.chain;
        replayed.sound_bytes = replayed.sound_bytes.saturating_add(record.len());
        rest = after;
    }
    // A snapshot is renamed into place only when it is whole and durable: half of one is damage.
    if complete { Ok(replayed) } else { Err(VaultError::Damaged) }
}

/// The first record, and what follows it.
struct Split<'a> {
    record: &'a [u8],
    after: &'a [u8],
}

/// Splits off the first record; nothing when it is torn.
fn split(bytes: &[u8]) -> Result<Option<Split<'_>>, VaultError> {
    let Some(head) = bytes.first_chunk::<8>() else { return Ok(None) };
    match record::size(head) {
        Some(size) => {
            Ok(bytes.split_at_checked(size).map(|(record, after)| Split { record, after }))
        }
        None if bytes.iter().all(|byte| *byte == 0) => Ok(None),
        None => Err(VaultError::Damaged),
    }
}

fn has_unwritten_sector(record: &[u8]) -> bool {
    record.chunks(SECTOR).any(|sector| sector.iter().all(|byte| *byte == 0))
}
