//! What was said: kept as it comes, changed by what was said later, shown from the vault.
//!
//! ```text
//! Received -> fold.rs --a message of its own--> history/ + place/ + unread/
//!                    \--changes another one---> that one's history/ and fold/, and its own record is erased
//! history/ + fold/ + pinned/ -> show.rs -> MessageView -> page.rs (pages, unread, pinned), search.rs
//! ```
//! All of it is folded when it is received, in the batch that keeps it, so a page costs what is on it (OS-CNT-030).

mod draft;
mod fold;
mod page;
mod record;
mod search;
mod show;
#[cfg(test)]
mod tests;
mod who;

use offshift_protocol::{
    Change,
    room::{Content, MemberId, MessageId, Room, RoomId},
};
use offshift_wire::{Position, room::HistoryEntry};
use zeroize::Zeroizing;

pub(super) use fold::{Folded, is_taken};
pub(super) use page::place_of;
use page::{after, place_by, read_up_to};
use record::{Applicant, Places};

use crate::{
    error::ClientError,
    vault::{Vault, VaultError},
};

const DAMAGED: ClientError = ClientError::Vault(VaultError::Damaged);

/// What is kept of each message, by its position.
#[derive(Clone, Copy)]
enum Of {
    /// The message itself.
    History,
    /// What later ones made of it.
    Fold,
    /// That it is pinned.
    Pinned,
    /// That it was not read, and whether it mentions this device's person.
    Unread,
}

impl Of {
    const ALL: [Self; 4] = [Self::History, Self::Fold, Self::Pinned, Self::Unread];

    const fn name(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Fold => "fold",
            Self::Pinned => "pinned",
            Self::Unread => "unread",
        }
    }

    fn key(self, room: RoomId, position: Position) -> String {
        format!("{}/{}/{:016x}", self.name(), room.hex(), position.value())
    }

    /// What is behind all of a room: after '/' comes '0'.
    fn end(self, room: RoomId) -> String {
        format!("{}/{}0", self.name(), room.hex())
    }

    /// The positions of such records from `from` on and before `before`.
    fn positions<'a>(
        self,
        vault: &'a Vault,
        room: RoomId,
        from: Position,
        before: Option<Position>,
    ) -> impl DoubleEndedIterator<Item = Position> + 'a {
        let end = before.map_or_else(|| self.end(room), |position| self.key(room, position));
        vault.names_between(&self.key(room, from), &end).filter_map(position_of)
    }
}

/// Who wrote a message of this name, and where it stands.
fn place_key(room: RoomId, message: &MessageId) -> String {
    format!("place/{}/{}", room.hex(), message.hex())
}

/// What somebody is called who was vouched for.
fn applicant_key(room: RoomId, applicant: &MemberId) -> String {
    format!("applicant/{}/{}", room.hex(), applicant.hex())
}

fn position_of(name: &str) -> Option<Position> {
    let (_, hex) = name.rsplit_once('/')?;
    u64::from_str_radix(hex, 16).ok().map(Position::new)
}

/// The changes that make a room's history of one that another version of this program kept.
pub(super) fn rebuild(vault: &Vault, room: &Room) -> Result<Vec<Change>, ClientError> {
    fold::rebuild(vault, who::Who::of(room))
}

/// A message as it is kept, for who changes it: of several of this name the one that came first.
pub(super) fn entry(
    vault: &Vault,
    room: RoomId,
    message: &MessageId,
) -> Result<Option<HistoryEntry>, ClientError> {
    entry_at(vault, room, place_of(vault, room, message))
}

/// The same, of one author.
pub(super) fn entry_by(
    vault: &Vault,
    room: RoomId,
    message: &MessageId,
    by: &MemberId,
) -> Result<Option<HistoryEntry>, ClientError> {
    entry_at(vault, room, place_by(vault, room, message, by))
}

fn entry_at(
    vault: &Vault,
    room: RoomId,
    at: Option<Position>,
) -> Result<Option<HistoryEntry>, ClientError> {
    let record = at.and_then(|at| vault.read(&Of::History.key(room, at)));
    record.map(|record| HistoryEntry::decode(&record).map_err(|_| DAMAGED)).transpose()
}

/// All messages of a name, each author's first, in their order, and where they stand.
pub(super) fn named(
    vault: &Vault,
    room: RoomId,
    message: &MessageId,
) -> Result<Vec<(Position, HistoryEntry)>, ClientError> {
    let Some(places) = vault.get(&place_key(room, message)) else { return Ok(Vec::new()) };
    let all = Places::decode(places)?.0.into_iter();
    let record = |(_, at)| vault.read(&Of::History.key(room, at)).map(|record| (at, record));
    let entry = |(at, record): (_, Zeroizing<Vec<u8>>)| {
        HistoryEntry::decode(&record).map(|entry| (at, entry)).map_err(|_| DAMAGED)
    };
    all.filter_map(record).map(entry).collect()
}

/// What is said in a room from a position on, the newest first where it is read from behind.
pub(super) fn entries(
    vault: &Vault,
    room: RoomId,
    from: Position,
) -> impl DoubleEndedIterator<Item = (Position, Content)> {
    let (first, end) = (Of::History.key(room, from), Of::History.end(room));
    vault.read_between(&first, &end).filter_map(|(name, record)| said_in(name, &record))
}

fn said_in(name: &str, record: &[u8]) -> Option<(Position, Content)> {
    let entry = HistoryEntry::decode(record).ok()?;
    Some((position_of(name)?, entry.message.content))
}

/// What erases all that is kept of the messages up to a position.
pub(super) fn forget(
    vault: &Vault,
    room: RoomId,
    until: Position,
) -> Result<Vec<Change>, ClientError> {
    let mut changes = Vec::new();
    for kept in Of::ALL {
        let old = kept.positions(vault, room, Position::START, Some(after(until)));
        changes.extend(old.map(|at| Change::Delete { key: kept.key(room, at) }));
    }
    let (first, end) = (format!("place/{}/", room.hex()), format!("place/{}0", room.hex()));
    for name in vault.names_between(&first, &end) {
        let Some(record) = vault.get(name) else { continue };
        let (key, mut places) = (name.to_owned(), Places::decode(record)?);
        let before = places.0.len();
        places.0.retain(|(_, at)| *at > until);
        match places.0.len() {
            0 => changes.push(Change::Delete { key }),
            count if count < before => changes.push(Change::Put { key, value: places.encode() }),
            _ => {}
        }
    }
    let (first, end) = (format!("applicant/{}/", room.hex()), format!("applicant/{}0", room.hex()));
    for (name, record) in vault.get_between(&first, &end) {
        if Applicant::decode(record)?.position <= until {
            changes.push(Change::Delete { key: name.to_owned() });
        }
    }
    Ok(changes)
}
