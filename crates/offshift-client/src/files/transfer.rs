//! What the vault holds of one file: what it is, which way it goes, how far it is.
//!
//! ```text
//! file/{id} = version 1 | way 1 | state 1 | room 16 | is offered 1 | at 8 | after 8 | chunks done, 16, as bits | Message
//! ```
//! `Message` is the `Content.File` that offers the file, as the room sends it (`proto/offshift/v1/content.proto`).

use std::collections::BTreeSet;

use bytes::Bytes;
use offshift_protocol::{
    Change,
    file::Cut,
    ids::TransferId,
    room::{MessageId, RoomId},
};
use offshift_wire::{
    Malformed, Position,
    content::{Content, File, Message},
};
use zeroize::Zeroizing;

const VERSION: u8 = 2;
const BAD: Malformed = Malformed("file record");

/// Which way a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// To the relay.
    Out,
    /// From it.
    In,
}

/// How far it has come, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    UnderWay,
    Done,
    Gone,
    Damaged,
}

impl Stage {
    const ALL: [Self; 4] = [Self::UnderWay, Self::Done, Self::Gone, Self::Damaged];

    fn number(self) -> u8 {
        Self::ALL.into_iter().zip(1..).find(|(one, _)| *one == self).map_or(0, |(_, number)| number)
    }

    fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().zip(1..).find(|(_, one)| *one == number).map(|(stage, _)| stage)
    }
}

/// A message that offers a file. Names are their authors' choice, and two may choose the same one: a name alone says
/// nothing (EI-40).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offering {
    pub(crate) id: MessageId,
    pub(crate) at: Position,
    pub(crate) own: bool,
}

/// One file of this profile.
pub(crate) struct Transfer {
    pub(crate) id: TransferId,
    pub(crate) room: RoomId,
    pub(crate) way: Way,
    pub(crate) stage: Stage,
    /// The message that offers it.
    pub(crate) message: Option<MessageId>,
    /// Where that message stands, of a file that comes. One that leaves is offered by an own message, wherever it lands.
    pub(crate) at: Option<Position>,
    /// As it is, or will be, offered. Of one that leaves, `until` is the earliest end that the relay signed so far.
    pub(crate) file: File,
    /// Up to where its mailbox was read.
    pub(crate) after: Position,
    /// Which chunks the relay has, of one that leaves.
    pub(crate) done: BTreeSet<u16>,
}

impl Transfer {
    pub(crate) fn new(
        id: TransferId,
        way: Way,
        room: RoomId,
        offering: Option<Offering>,
        file: File,
    ) -> Self {
        let (stage, after) = (Stage::UnderWay, Position::START);
        let (message, at) = (offering.map(|one| one.id), offering.map(|one| one.at));
        Self { id, room, way, stage, message, at, file, after, done: BTreeSet::new() }
    }

    /// Whether it is this message of its room that offers it (OS-FIL-044).
    pub(crate) fn is_of(&self, offering: &Offering) -> bool {
        let is_there = self.at.map_or(offering.own, |at| at == offering.at);
        self.message == Some(offering.id) && is_there
    }

    /// How the file is cut. Whoever made the record knew.
    pub(crate) fn cut(&self) -> Result<Cut, Malformed> {
        Cut::of(self.file.bytes).ok_or(BAD)
    }

    /// The change that keeps it.
    pub(crate) fn put(&self) -> Result<Change, Malformed> {
        Ok(Change::Put { key: self.id.key(), value: self.encode()? })
    }

    fn encode(&self) -> Result<Zeroizing<Vec<u8>>, Malformed> {
        let id = self.message.unwrap_or(MessageId::from_bytes([0; 16]));
        let content = Content::File(Box::new(self.file.clone()));
        let message = Zeroizing::new(Message { id, sequence: 0, content }.encode()?);
        let way = match self.way {
            Way::Out => 1,
            Way::In => 2,
        };
        let bit = |index: &u16| 1_u128.checked_shl(u32::from(*index)).unwrap_or(0);
        let done = self.done.iter().map(bit).fold(0, |all, bit| all | bit);
        let at = self.at.unwrap_or(Position::START);
        let parts: [&[u8]; 7] = [
            &[VERSION, way, self.stage.number()],
            self.room.as_bytes(),
            &[u8::from(self.message.is_some())],
            &at.value().to_be_bytes(),
            &self.after.value().to_be_bytes(),
            &done.to_be_bytes(),
            &message,
        ];
        Ok(Zeroizing::new(parts.concat()))
    }

    /// The file of a record.
    pub(crate) fn decode(id: TransferId, bytes: &[u8]) -> Result<Self, Malformed> {
        let ([version, way, stage], rest) = bytes.split_first_chunk::<3>().ok_or(BAD)?;
        let (room, rest) = rest.split_first_chunk::<16>().ok_or(BAD)?;
        let ([is_offered], rest) = rest.split_first_chunk::<1>().ok_or(BAD)?;
        let (at, rest) = rest.split_first_chunk::<8>().ok_or(BAD)?;
        let (after, rest) = rest.split_first_chunk::<8>().ok_or(BAD)?;
        let (done, message) = rest.split_first_chunk::<16>().ok_or(BAD)?;
        let message = Message::decode(Bytes::copy_from_slice(message))?;
        let Content::File(file) = message.content else { return Err(BAD) };
        let way = match (*version, way) {
            (VERSION, 1) => Way::Out,
            (VERSION, 2) => Way::In,
            _ => return Err(BAD),
        };
        let at = Position::new(u64::from_be_bytes(*at));
        let bits = u128::from_be_bytes(*done);
        let cut = Cut::of(file.bytes).ok_or(BAD)?;
        let is_done = |index: &u16| bits.checked_shr(u32::from(*index)).unwrap_or(0) & 1 == 1;
        Ok(Self {
            id,
            room: RoomId::from_bytes(*room),
            way,
            stage: Stage::from_number(*stage).ok_or(BAD)?,
            message: (*is_offered == 1).then_some(message.id),
            at: (way == Way::In).then_some(at),
            file: *file,
            after: Position::new(u64::from_be_bytes(*after)),
            done: (0..cut.count()).filter(is_done).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use offshift_wire::{RelayId, UnixMillis, limits::FILE_BYTES_MAX, link::RelayLink};

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let relay = RelayLink::new("relay.example", 4433, RelayId::from_bytes([3; 32])).unwrap();
        let file = File {
            name: "notice.jpg".into(),
            media_type: "image/jpeg".into(),
            bytes: FILE_BYTES_MAX,
            sha256: [5; 32],
            key: [6; 32],
            relay,
            until: UnixMillis(7),
            caption: "The notice".into(),
            preview: Bytes::from_static(b"small"),
        };
        let (id, room) = (TransferId::from_bytes([1; 16]), RoomId::from_bytes([2; 16]));
        let offering =
            |own| Offering { id: MessageId::from_bytes([4; 16]), at: Position::new(8), own };
        for (way, message) in [(Way::Out, None), (Way::In, Some(offering(false)))] {
            let mut one = Transfer::new(id, way, room, message, file.clone());
            (one.done, one.after) = (BTreeSet::from([0, 63, 64, 100]), Position::new(9));
            one.stage = Stage::Gone;
            let bytes = one.encode().unwrap();
            let read = Transfer::decode(id, &bytes).unwrap();
            assert!(read.file == one.file && read.done == one.done && read.after == one.after);
            assert_eq!(
                (read.way, read.stage, read.at),
                (way, Stage::Gone, message.map(|it| it.at))
            );
            assert_eq!(read.message, message.map(|it| it.id));
            for cut in [0, 2, 18, 20, 40, 60, bytes.len() / 2] {
                assert!(Transfer::decode(id, &bytes[..cut]).is_err());
            }
        }
    }

    #[test]
    fn ei_40_os_fil_044_another_message_of_the_same_name_does_not_offer_the_file() {
        let relay = RelayLink::new("relay.example", 4433, RelayId::from_bytes([3; 32])).unwrap();
        let file = File {
            name: "notice.jpg".into(),
            media_type: "image/jpeg".into(),
            bytes: 5,
            sha256: [5; 32],
            key: [6; 32],
            relay,
            until: UnixMillis(7),
            caption: String::new(),
            preview: Bytes::new(),
        };
        let name = MessageId::from_bytes([4; 16]);
        let theirs = Offering { id: name, at: Position::new(8), own: false };
        let copied = Offering { at: Position::new(9), ..theirs };
        let own = Offering { own: true, ..theirs };
        let (id, room) = (TransferId::from_bytes([1; 16]), RoomId::from_bytes([2; 16]));
        let coming = Transfer::new(id, Way::In, room, Some(theirs), file.clone());
        assert!(coming.is_of(&theirs) && !coming.is_of(&copied));
        let mut leaving = Transfer::new(id, Way::Out, room, None, file);
        assert!(!leaving.is_of(&own), "it is not offered yet");
        leaving.message = Some(name);
        assert!(leaving.is_of(&own) && !leaving.is_of(&copied));
    }
}
