//! What is longer than an envelope travels in parts, under the seal.
//!
//! ```text
//! whole -> [ set (32: SHA-256 of label and whole) | index (2) | count (2) | length (4) | bytes | zeros ] per envelope
//! ```
//! A whole that fits one envelope is a set of one part. All parts of a set but the last fill the largest
//! envelope. The place of a whole in a log is that of the part that completes it, so every reader of one log
//! assembles the same wholes at the same places (OS-CHA-020).
//!
//! Never: more memory for what is incomplete than the limits say, whoever sends it (N6).

use std::collections::BTreeMap;

use offshift_wire::{Malformed, Position, SizeClass};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::limits::{PART_SETS_MAX, PARTS_BYTES_MAX, WHOLE_BYTES_MAX};

/// Bytes of the header before a part's bytes.
pub const HEADER: usize = 32 + 2 + 2 + 4;

/// Parts of the longest whole, when a seal adds at most as much as the header and an X-Wing ciphertext take.
pub(crate) const PART_COUNT_MAX: usize = WHOLE_BYTES_MAX.div_ceil(SizeClass::K256.bytes() - 2048);

const SET_LABEL: &[u8] = b"offshift parts v1";

/// The whole is empty or longer than parts can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("longer than envelopes can carry; send it in several messages")]
pub struct TooLong;

/// The plaintext of one envelope: exactly as long as its class leaves room for.
pub struct Packed {
    /// The size of the envelope.
    pub class: SizeClass,
    /// Header, bytes, zeros.
    pub plaintext: Zeroizing<Vec<u8>>,
}

/// The plaintexts that carry `whole`, when a seal adds `overhead` bytes to each.
///
/// # Errors
/// [`TooLong`] when it is empty or longer than [`WHOLE_BYTES_MAX`].
pub fn pack(whole: &[u8], overhead: usize) -> Result<Vec<Packed>, TooLong> {
    if whole.is_empty() || whole.len() > WHOLE_BYTES_MAX {
        return Err(TooLong);
    }
    let full = SizeClass::K256.bytes().checked_sub(HEADER + overhead).ok_or(TooLong)?;
    let chunks: Vec<&[u8]> = whole.chunks(full).collect();
    let (set, count) = (set_of(whole), u16::try_from(chunks.len()).map_err(|_| TooLong)?);
    chunks
        .into_iter()
        .zip(0..)
        .map(|(bytes, index)| pack_one(&set, index, count, bytes, overhead))
        .collect()
}

/// The plaintext of one part.
pub(crate) fn pack_one(
    set: &[u8; 32],
    index: u16,
    count: u16,
    bytes: &[u8],
    overhead: usize,
) -> Result<Packed, TooLong> {
    let class = SizeClass::holding(HEADER + bytes.len() + overhead).ok_or(TooLong)?;
    let length = u32::try_from(bytes.len()).map_err(|_| TooLong)?;
    let mut plaintext = Zeroizing::new(Vec::with_capacity(class.bytes()));
    plaintext.extend_from_slice(set);
    plaintext.extend_from_slice(&index.to_be_bytes());
    plaintext.extend_from_slice(&count.to_be_bytes());
    plaintext.extend_from_slice(&length.to_be_bytes());
    plaintext.extend_from_slice(bytes);
    plaintext.resize(class.bytes() - overhead, 0);
    Ok(Packed { class, plaintext })
}

fn set_of(whole: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(SET_LABEL).chain_update(whole).finalize().into()
}

/// One part, as it was under the seal.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    set: [u8; 32],
    index: u16,
    count: u16,
    bytes: Zeroizing<Vec<u8>>,
}

impl Part {
    /// The part in an opened envelope.
    ///
    /// # Errors
    /// [`Malformed`] when its fields contradict each other or anything but zeros follows its bytes.
    pub fn decode(plaintext: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("part");
        let (set, rest) = plaintext.split_first_chunk::<32>().ok_or(BAD)?;
        let (index, rest) = rest.split_first_chunk::<2>().ok_or(BAD)?;
        let (count, rest) = rest.split_first_chunk::<2>().ok_or(BAD)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(BAD)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| BAD)?;
        let (bytes, zeros) = rest.split_at_checked(length).ok_or(BAD)?;
        let (index, count) = (u16::from_be_bytes(*index), u16::from_be_bytes(*count));
        if bytes.is_empty() || index >= count || zeros.iter().any(|byte| *byte != 0) {
            return Err(BAD);
        }
        Ok(Self { set: *set, index, count, bytes: Zeroizing::new(bytes.to_vec()) })
    }

    /// Its place, if it is one of this set of so many.
    pub(crate) fn place_in(&self, set: &[u8; 32], count: u16) -> Option<u16> {
        (self.set == *set && self.count == count).then_some(self.index)
    }

    /// Whether it is all of its set.
    pub(crate) const fn is_alone(&self) -> bool {
        self.count == 1
    }

    /// What it carries.
    pub(crate) fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.bytes
    }

    /// Its bytes in a record, without padding.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(HEADER + self.bytes.len()));
        out.extend_from_slice(&self.set);
        out.extend_from_slice(&self.index.to_be_bytes());
        out.extend_from_slice(&self.count.to_be_bytes());
        // `bytes` came out of an envelope, so its length fits.
        out.extend_from_slice(&u32::try_from(self.bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        out.extend_from_slice(&self.bytes);
        out
    }
}

/// Why a part was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartRefused {
    /// It contradicts its set: another count, a place that is taken, or bytes that are not the whole's.
    #[error("a part that contradicts its set")]
    Contradiction,
    /// Its set is longer than any whole may be.
    #[error("a part of something too long")]
    TooLong,
}

/// What taking a part led to. Whoever keeps an assembly on disk writes the part if it was stored, and
/// erases those at the positions that were dropped.
pub struct Taken {
    /// The whole that this part completed.
    pub whole: Option<Zeroizing<Vec<u8>>>,
    /// Whether the part waits for others.
    pub stored: bool,
    /// Where the parts came that wait no longer.
    pub dropped: Vec<Position>,
}

struct Waiting {
    count: u16,
    first: Position,
    parts: BTreeMap<u16, (Position, Zeroizing<Vec<u8>>)>,
}

/// The sets of one log that are not complete yet.
#[derive(Default)]
pub struct Assembly {
    sets: BTreeMap<[u8; 32], Waiting>,
}

impl Assembly {
    /// Nothing waits.
    pub const fn new() -> Self {
        Self { sets: BTreeMap::new() }
    }

    /// Takes the next part of the log, at `position`.
    ///
    /// When too much waits, the set that began first is dropped: a rule of the log alone, so that all its
    /// readers drop the same.
    ///
    /// # Errors
    /// [`PartRefused`]; nothing changed.
    pub fn handle_part(&mut self, position: Position, part: Part) -> Result<Taken, PartRefused> {
        if part.is_alone() {
            return whole_of([&part.bytes], &part.set).map(Taken::whole);
        }
        if usize::from(part.count) > PART_COUNT_MAX {
            return Err(PartRefused::TooLong);
        }
        self.check(&part)?;
        if self.completes(&part) { self.complete(&part) } else { Ok(self.store(position, part)) }
    }

    fn check(&self, part: &Part) -> Result<(), PartRefused> {
        let Some(waiting) = self.sets.get(&part.set) else { return Ok(()) };
        if waiting.count != part.count || waiting.parts.contains_key(&part.index) {
            return Err(PartRefused::Contradiction);
        }
        if waiting.bytes() + part.bytes.len() > WHOLE_BYTES_MAX {
            return Err(PartRefused::TooLong);
        }
        Ok(())
    }

    fn completes(&self, part: &Part) -> bool {
        let stored = self.sets.get(&part.set).map_or(0, |waiting| waiting.parts.len());
        stored + 1 == usize::from(part.count)
    }

    fn complete(&mut self, part: &Part) -> Result<Taken, PartRefused> {
        let Some(waiting) = self.sets.get(&part.set) else {
            return Err(PartRefused::Contradiction);
        };
        let before = waiting.parts.range(..part.index).map(|(_, (_, bytes))| bytes);
        let after = waiting.parts.range(part.index..).map(|(_, (_, bytes))| bytes);
        let whole = whole_of(before.chain([&part.bytes]).chain(after), &part.set)?;
        let dropped = self.drop_set(&part.set.clone());
        Ok(Taken { whole: Some(whole), stored: false, dropped })
    }

    fn store(&mut self, position: Position, part: Part) -> Taken {
        let mut dropped = Vec::new();
        let new = !self.sets.contains_key(&part.set);
        while (new && self.sets.len() >= PART_SETS_MAX)
            || (self.bytes() + part.bytes.len() > PARTS_BYTES_MAX && !self.sets.is_empty())
        {
            let Some(oldest) = self.oldest() else { break };
            dropped.extend(self.drop_set(&oldest));
        }
        let waiting = self.sets.entry(part.set).or_insert_with(|| Waiting {
            count: part.count,
            first: position,
            parts: BTreeMap::new(),
        });
        waiting.parts.insert(part.index, (position, part.bytes));
        Taken { whole: None, stored: true, dropped }
    }

    fn oldest(&self) -> Option<[u8; 32]> {
        self.sets.iter().min_by_key(|(_, waiting)| waiting.first).map(|(set, _)| *set)
    }

    fn drop_set(&mut self, set: &[u8; 32]) -> Vec<Position> {
        let parts = self.sets.remove(set).map(|waiting| waiting.parts).unwrap_or_default();
        parts.into_values().map(|(position, _)| position).collect()
    }

    fn bytes(&self) -> usize {
        self.sets.values().map(Waiting::bytes).sum()
    }

    /// Where the parts that wait came.
    pub fn positions(&self) -> Vec<Position> {
        self.sets
            .values()
            .flat_map(|set| set.parts.values().map(|(position, _)| *position))
            .collect()
    }
}

impl Waiting {
    fn bytes(&self) -> usize {
        self.parts.values().map(|(_, bytes)| bytes.len()).sum()
    }
}

impl Taken {
    fn whole(whole: Zeroizing<Vec<u8>>) -> Self {
        Self { whole: Some(whole), stored: false, dropped: Vec::new() }
    }
}

fn whole_of<'a>(
    parts: impl IntoIterator<Item = &'a Zeroizing<Vec<u8>>>,
    set: &[u8; 32],
) -> Result<Zeroizing<Vec<u8>>, PartRefused> {
    let mut whole = Zeroizing::new(Vec::new());
    for part in parts {
        whole.extend_from_slice(part);
    }
    if set_of(&whole) == *set { Ok(whole) } else { Err(PartRefused::Contradiction) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(whole: &[u8]) -> Vec<Part> {
        let packed = pack(whole, 40).unwrap();
        packed.iter().map(|one| Part::decode(&one.plaintext).unwrap()).collect()
    }

    fn long(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|at| u8::try_from(at % 251).unwrap()).collect()
    }

    #[test]
    fn os_cha_020_a_whole_is_complete_at_its_last_part_in_any_order() {
        let whole = long(600 << 10);
        let mut shuffled = parts(&whole);
        assert_eq!(shuffled.len(), 3);
        shuffled.rotate_left(1);
        let mut assembly = Assembly::new();
        let mut done = Vec::new();
        for (at, part) in shuffled.into_iter().enumerate() {
            let taken = assembly.handle_part(Position::new(at as u64), part).unwrap();
            done.push(taken.whole.is_some());
            if let Some(got) = taken.whole {
                assert!(*got == whole);
                assert_eq!(taken.dropped.len(), 2);
            }
        }
        assert_eq!(done, [false, false, true]);
        assert!(assembly.positions().is_empty());
    }

    #[test]
    fn every_packed_plaintext_fills_its_class() {
        for bytes in [1, 900, 1000, 5_000, 60_000, 300_000] {
            for one in pack(&long(bytes), 40).unwrap() {
                assert_eq!(one.plaintext.len() + 40, one.class.bytes());
            }
        }
        assert!(pack(&[], 40).is_err());
        assert!(pack(&long(WHOLE_BYTES_MAX + 1), 40).is_err());
        assert!(pack(&long(WHOLE_BYTES_MAX), 40).is_ok());
    }

    #[test]
    fn a_part_that_contradicts_its_set_changes_nothing() {
        let whole = long(600 << 10);
        let mut assembly = Assembly::new();
        let all = parts(&whole);
        assert!(assembly.handle_part(Position::new(1), all[0].clone()).unwrap().stored);
        let before = assembly.positions();
        let again = assembly.handle_part(Position::new(2), all[0].clone());
        assert_eq!(again.err(), Some(PartRefused::Contradiction));
        let mut count = all[1].clone();
        count.count = 9;
        assert_eq!(
            assembly.handle_part(Position::new(3), count).err(),
            Some(PartRefused::Contradiction)
        );
        assert_eq!(assembly.positions(), before);
        let mut forged = all[2].clone();
        assembly.handle_part(Position::new(4), all[1].clone()).unwrap();
        forged.bytes[0] ^= 1;
        assert_eq!(
            assembly.handle_part(Position::new(5), forged).err(),
            Some(PartRefused::Contradiction)
        );
        assert!(assembly.handle_part(Position::new(6), all[2].clone()).unwrap().whole.is_some());
    }

    #[test]
    fn what_waits_is_bounded_and_the_oldest_set_goes_first() {
        let mut assembly = Assembly::new();
        let mut dropped = Vec::new();
        for at in 0..(PART_SETS_MAX as u64 + 3) {
            let part = Part {
                set: [u8::try_from(at).unwrap(); 32],
                index: 0,
                count: 2,
                bytes: Zeroizing::new(vec![1; 10]),
            };
            dropped.extend(assembly.handle_part(Position::new(at), part).unwrap().dropped);
        }
        assert_eq!(dropped, [Position::new(0), Position::new(1), Position::new(2)]);
        assert_eq!(assembly.positions().len(), PART_SETS_MAX);
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            if let Ok(part) = Part::decode(&bytes) {
                let again = Part::decode(&part.encode()).unwrap();
                prop_assert!(again == part);
            }
        }
    }
}
