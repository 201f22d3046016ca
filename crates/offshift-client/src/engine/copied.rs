//! A profile from a copy: nothing of it may be used a second time, for the device that it is of may go on (PT-62).
//!
//! ```text
//! records of the copy -> rooms: as if their vault were put back: each asks to be taken back
//!                     -> cards that led nowhere: their keys are erased; meet again
//!                     -> tokens, meetings under way, deposits that wait: gone
//!                     -> all the rest: as it was
//! ```

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::{
    Change, Effect,
    card::Application,
    ids::{ApplicationId, MeetingId},
    inbox::Inbox,
    room::{Room, RoomId, Rules},
};
use zeroize::Zeroizing;

use super::{
    joining::lead_of,
    load::{inbox_prefix, room_of},
};
use crate::{error::ClientError, vault::DAY, wallet::is_token};

/// Names and values.
type Records = BTreeMap<String, Zeroizing<Vec<u8>>>;

/// The records of a profile that may be used beside the one that was copied (OS-VLT-032).
pub(crate) fn beside_the_original(
    mut records: Records,
    rules: Rules,
) -> Result<Vec<Change>, ClientError> {
    let dead = |name: &str| {
        ["outbox/", DAY, MeetingId::PREFIX].iter().any(|prefix| name.starts_with(prefix))
            || is_token(name)
    };
    records.retain(|name, _| !dead(name));
    for change in rooms(&records, rules)?.into_iter().chain(applications(&records)?) {
        match change {
            Change::Put { key, value } => records.insert(key, value),
            Change::Delete { key } => records.remove(&key),
        };
    }
    Ok(records.into_iter().map(|(key, value)| Change::Put { key, value }).collect())
}

/// Those of these records whose names start like this.
fn under<'a>(records: &'a Records, prefix: &str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
    records
        .range(prefix.to_owned()..)
        .take_while(move |(name, _)| name.starts_with(prefix))
        .map(|(name, value)| (name.as_str(), value.as_slice()))
}

fn rooms(records: &Records, rules: Rules) -> Result<Vec<Change>, ClientError> {
    let ids: BTreeSet<RoomId> =
        under(records, "room/").filter_map(|(name, _)| room_of(name)).collect();
    let mut changes = Vec::new();
    for id in ids {
        let prefix = format!("room/{}/", id.hex());
        let mut room = Room::load(id, under(records, &prefix), rules)
            .map_err(|_| ClientError::Copy(crate::export::CopyError::NotACopy))?;
        for effect in room.handle_copied() {
            if let Effect::Persist(more) = effect {
                changes.extend(more);
            }
        }
    }
    Ok(changes)
}

/// A card that somebody else may still answer must bring only one of the two devices into a room.
fn applications(records: &Records) -> Result<Vec<Change>, ClientError> {
    let mut changes = Vec::new();
    for (name, value) in under(records, ApplicationId::PREFIX) {
        let Some(id) = ApplicationId::from_key(name) else { continue };
        if records.contains_key(&lead_of(id)) {
            continue;
        }
        let inbox = Inbox::load(id, under(records, &inbox_prefix(id)))?;
        changes.push(Application::load(inbox, value)?.erase_key_packages());
    }
    Ok(changes)
}
