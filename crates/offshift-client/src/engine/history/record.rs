//! What later messages made of one, and where messages stand, as this device keeps it.
//!
//! ```text
//! fold  = version || flags || [who changed it] || marks: count, (who, length, text)... || answers: count, (who, options)...
//! place = (author, position)...
//! ```

use offshift_protocol::room::{MemberId, MessageId};
use offshift_wire::{Malformed, Position};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const EDITED: u8 = 1;
const CLOSED: u8 = 2;
const CHANGED: u8 = 4;
const BAD: Malformed = Malformed("fold");

/// What later messages made of one. People stand here once, whichever of their devices spoke.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Fold {
    pub(super) is_edited: bool,
    pub(super) is_closed: bool,
    pub(super) changed_by: Option<MemberId>,
    pub(super) marks: Vec<(MemberId, String)>,
    /// Options as bits: no poll has more than sixteen.
    pub(super) answers: Vec<(MemberId, u16)>,
}

impl Fold {
    /// A later mark takes the place of the earlier; an empty one is none.
    pub(super) fn mark(&mut self, by: MemberId, mark: &str) {
        self.marks.retain(|(one, _)| *one != by);
        if !mark.is_empty() {
            self.marks.push((by, mark.to_owned()));
        }
    }

    /// A later answer takes the place of the earlier; one that chooses nothing is none.
    pub(super) fn answer(&mut self, by: MemberId, options: u16) {
        self.answers.retain(|(one, _)| *one != by);
        if options != 0 {
            self.answers.push((by, options));
        }
    }

    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let flag = |is_set: bool, flag| if is_set { flag } else { 0 };
        let flags = flag(self.is_edited, EDITED)
            | flag(self.is_closed, CLOSED)
            | flag(self.changed_by.is_some(), CHANGED);
        let mut bytes = Zeroizing::new(vec![VERSION, flags]);
        bytes.extend(self.changed_by.iter().flat_map(MemberId::as_bytes));
        bytes.extend(count(self.marks.len()));
        for (by, mark) in &self.marks {
            bytes.extend_from_slice(by.as_bytes());
            bytes.extend(count(mark.len()));
            bytes.extend_from_slice(mark.as_bytes());
        }
        bytes.extend(count(self.answers.len()));
        for (by, options) in &self.answers {
            bytes.extend_from_slice(by.as_bytes());
            bytes.extend(options.to_be_bytes());
        }
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader(bytes);
        let [VERSION, flags] = reader.fixed()? else { return Err(BAD) };
        let changed = flags & CHANGED != 0;
        let mut fold = Self {
            is_edited: flags & EDITED != 0,
            is_closed: flags & CLOSED != 0,
            changed_by: changed.then(|| reader.member()).transpose()?,
            ..Self::default()
        };
        for _ in 0..reader.count()? {
            let (by, length) = (reader.member()?, reader.count()?);
            let mark = std::str::from_utf8(reader.bytes(length.into())?).map_err(|_| BAD)?;
            fold.marks.push((by, mark.to_owned()));
        }
        for _ in 0..reader.count()? {
            fold.answers.push((reader.member()?, reader.count()?));
        }
        if reader.0.is_empty() { Ok(fold) } else { Err(BAD) }
    }
}

/// Marks are short, and there are no more people than a standing has rows.
fn count(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes()
}

/// Who wrote messages of one name. Names are their authors' choice: two may choose the same.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Places(pub(super) Vec<(MemberId, Position)>);

impl Places {
    /// The first one stands: nobody takes another's message away by its name.
    pub(super) fn add(&mut self, by: MemberId, at: Position) {
        if self.of(&by).is_none() {
            self.0.push((by, at));
        }
    }

    pub(super) fn first(&self) -> Option<Position> {
        self.0.first().map(|(_, at)| *at)
    }

    pub(super) fn of(&self, by: &MemberId) -> Option<Position> {
        self.0.iter().find(|(one, _)| one == by).map(|(_, at)| *at)
    }

    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let bytes = |(by, at): &(MemberId, Position)| {
            by.as_bytes().iter().copied().chain(at.value().to_be_bytes()).collect::<Vec<_>>()
        };
        Zeroizing::new(self.0.iter().flat_map(bytes).collect())
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader(bytes);
        let mut places = Self::default();
        while !reader.0.is_empty() {
            let (by, at) = (reader.member()?, u64::from_be_bytes(reader.fixed()?));
            places.0.push((by, Position::new(at)));
        }
        Ok(places)
    }
}

/// Somebody who was vouched for: their handle, for what is said about them later.
pub(super) struct Applicant {
    /// Of the latest word for them.
    pub(super) position: Position,
    pub(super) handle: String,
}

impl Applicant {
    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let position = self.position.value().to_be_bytes();
        Zeroizing::new([&position, self.handle.as_bytes()].concat())
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let (position, handle) = bytes.split_first_chunk().ok_or(BAD)?;
        let handle = String::from_utf8(handle.to_vec()).map_err(|_| BAD)?;
        Ok(Self { position: Position::new(u64::from_be_bytes(*position)), handle })
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (value, rest) = self.0.split_first_chunk::<N>().ok_or(BAD)?;
        self.0 = rest;
        Ok(*value)
    }

    fn member(&mut self) -> Result<MemberId, Malformed> {
        self.fixed().map(MemberId::from_bytes)
    }

    fn count(&mut self) -> Result<u16, Malformed> {
        self.fixed().map(u16::from_be_bytes)
    }

    fn bytes(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(BAD)?;
        self.0 = rest;
        Ok(bytes)
    }
}

/// Options of a poll as bits.
pub(super) fn bits(options: &[u32]) -> u16 {
    options.iter().filter_map(|one| 1_u16.checked_shl(*one)).fold(0, |all, bit| all | bit)
}

/// Which member's message is meant: of this name, by anybody or by one.
pub(super) struct Wanted<'a> {
    pub(super) id: &'a MessageId,
    pub(super) by: Option<&'a MemberId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn member(name: u8) -> MemberId {
        MemberId::from_bytes([name; 32])
    }

    fn fold() -> Fold {
        let mut fold = Fold { is_edited: true, changed_by: Some(member(9)), ..Fold::default() };
        fold.mark(member(1), "👍");
        fold.mark(member(2), "no");
        fold.mark(member(1), "👎");
        fold.answer(member(1), bits(&[0, 15]));
        fold.answer(member(2), bits(&[1]));
        fold.answer(member(2), 0);
        fold
    }

    #[test]
    fn a_fold_is_read_as_it_was_written_and_no_other_way() {
        for fold in [fold(), Fold::default(), Fold { is_closed: true, ..Fold::default() }] {
            let bytes = fold.encode();
            assert!(Fold::decode(&bytes).is_ok_and(|read| read == fold));
            for cut in 0..bytes.len() {
                assert!(Fold::decode(&bytes[..cut]).is_err(), "{cut}");
            }
            assert!(Fold::decode(&[&bytes[..], &[0]].concat()).is_err());
        }
    }

    #[test]
    fn a_later_mark_or_answer_takes_the_place_of_the_earlier() {
        let fold = fold();
        assert!(fold.marks == [(member(2), "no".to_owned()), (member(1), "👎".to_owned())]);
        assert!(fold.answers == [(member(1), 0x8001)]);
    }

    #[test]
    fn of_two_messages_with_one_name_each_author_has_their_own_and_the_first_is_everybodys() {
        let mut places = Places::default();
        places.add(member(1), Position::new(5));
        places.add(member(2), Position::new(6));
        places.add(member(1), Position::new(7));
        assert_eq!(places.first(), Some(Position::new(5)));
        assert_eq!(places.of(&member(2)), Some(Position::new(6)));
        assert_eq!(places.of(&member(1)), Some(Position::new(5)));
        assert!(Places::decode(&places.encode()).is_ok_and(|read| read == places));
        assert!(Places::decode(&places.encode()[1..]).is_err());
    }
}
