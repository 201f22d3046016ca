//! A profile from a copy: nothing of it may be used a second time, for the device that it is of may go on (PT-62).
//!
//! ```text
//! records of the copy -> rooms: as if their vault were put back: each asks to be taken back
//!                     -> cards that led nowhere: their keys are erased; meet again
//!                     -> tokens, meetings under way, deposits that wait, files on their way out: gone
//!                     -> all the rest: as it was
//! ```

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::{
    Change, Effect,
    card::Application,
    ids::{ApplicationId, MeetingId, TransferId},
    inbox::Inbox,
    room::{Room, RoomId, Rules},
};
use zeroize::Zeroizing;

use super::{
    joining::lead_of,
    load::{inbox_prefix, room_of},
};
use crate::{
    error::ClientError,
    files::transfer::{Stage, Transfer, Way},
    vault::DAY,
    wallet::is_token,
};

/// Names and values.
type Records = BTreeMap<String, Zeroizing<Vec<u8>>>;

/// The records of a profile that may be used beside the one that was copied (OS-VLT-032).
pub(crate) fn beside_the_original(
    mut records: Records,
    rules: Rules,
) -> Result<Vec<Change>, ClientError> {
    let dead = |name: &str, value: &[u8]| {
        ["outbox/", DAY, MeetingId::PREFIX].iter().any(|prefix| name.starts_with(prefix))
            || is_token(name)
            || is_leaving(name, value)
    };
    records.retain(|name, value| !dead(name, value));
    for change in rooms(&records, rules)?.into_iter().chain(applications(&records)?) {
        match change {
            Change::Put { key, value } => records.insert(key, value),
            Change::Delete { key } => records.remove(&key),
        };
    }
    Ok(records.into_iter().map(|(key, value)| Change::Put { key, value }).collect())
}

/// A file that was on its way out: the device that was copied goes on with it, under the same key.
fn is_leaving(name: &str, value: &[u8]) -> bool {
    let one = TransferId::from_key(name).and_then(|id| Transfer::decode(id, value).ok());
    one.is_some_and(|one| one.way == Way::Out && one.stage == Stage::UnderWay)
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

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use offshift_wire::{RelayId, UnixMillis, content::File, link::RelayLink};

    #[test]
    fn os_vlt_032_an_upload_is_not_finished_by_the_copy_as_well() {
        let file = File {
            name: "notice.txt".into(),
            media_type: "text/plain".into(),
            bytes: 5,
            sha256: [5; 32],
            key: [6; 32],
            relay: RelayLink::new("relay.example", 4433, RelayId::from_bytes([3; 32])).unwrap(),
            until: UnixMillis(7),
            caption: String::new(),
            preview: Bytes::new(),
        };
        let room = RoomId::from_bytes([2; 16]);
        let one = |name: u8, way, stage| {
            let id = TransferId::from_bytes([name; 16]);
            let mut one = Transfer::new(id, way, room, None, file.clone());
            one.stage = stage;
            let Ok(Change::Put { key, value }) = one.put() else { panic!("it is written") };
            (key, value)
        };
        let records = Records::from([
            one(1, Way::Out, Stage::UnderWay),
            one(2, Way::Out, Stage::Done),
            one(3, Way::In, Stage::UnderWay),
        ]);
        let kept = beside_the_original(records, Rules::new()).unwrap();
        let names: Vec<_> = kept
            .into_iter()
            .map(|change| match change {
                Change::Put { key, .. } | Change::Delete { key } => key,
            })
            .collect();
        let twins = [2, 3].map(|name| TransferId::from_bytes([name; 16]).key());
        assert_eq!(names, twins);
    }
}
