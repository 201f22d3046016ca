//! The receipts that relays signed for this device, held against each other and against what their logs show.
//!
//! ```text
//! deposit -- Receipted --> Kept, for a while --+-- another receipt of the same place --+
//! fetch   -- entry ------> Shown, in memory ---+-- another envelope, or none ----------+--> Evidence, for ever
//! ```
//! A receipt and the entries around it may come in either order, so each that comes is held against the others.
//!
//! Never: an accusation of what may be honest: an envelope that has run out, that its owner released, or that lies
//! before the place where this device began to read.

use std::collections::{BTreeMap, VecDeque};

use offshift_access::{EnvelopeHash, Kind, Receipted};
use offshift_protocol::Change;
use offshift_wire::{
    Address, Life, Malformed, Position, UnixMillis,
    receipt::{Against, Evidence, SignedReceipt},
};
use zeroize::Zeroizing;

use crate::limits::{
    CLOCK_MARGIN_MS, EVIDENCE_MAX, RECEIPT_LIFE_MS, RECEIPTS_MAX, SHOWN_ENTRIES_MAX,
};

/// Where receipts are in the vault.
pub(crate) const KEPT: &str = "receipt/";

/// Where evidence is in the vault.
pub(crate) const EVIDENCE: &str = "evidence/";

/// A place in the log of a mailbox.
type Place = (Address, Position);

/// A receipt that is kept.
#[derive(Clone)]
pub(crate) struct Kept {
    receipted: Receipted,
    /// Until then whoever reads past its place must find it there. Never, in a mailbox whose owner may release.
    shown_until: UnixMillis,
}

impl Kept {
    /// A receipt for an envelope of this life in a mailbox of this kind.
    pub(crate) fn new(receipted: Receipted, kind: Kind, life: Life) -> Self {
        let shown_until = match kind {
            Kind::Channel => receipted.position().time().plus_ms(life.ms()),
            Kind::Inbox => UnixMillis(0),
        };
        Self { receipted, shown_until }
    }

    /// When the relay may forget it, by the place that it signed.
    pub(crate) const fn until(&self) -> UnixMillis {
        self.shown_until
    }

    fn place(&self) -> Place {
        (*self.receipted.address(), self.receipted.position())
    }

    fn encode(&self) -> Vec<u8> {
        [&self.shown_until.0.to_be_bytes()[..], &self.receipted.signed().encode()].concat()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let (until, signed) = bytes.split_first_chunk().ok_or(Malformed("kept receipt"))?;
        let signed = SignedReceipt::decode(signed)?;
        let receipted = Receipted::verify(signed).map_err(|_| Malformed("kept receipt"))?;
        Ok(Self { receipted, shown_until: UnixMillis(u64::from_be_bytes(*until)) })
    }

    /// What `shown` says against this receipt, if anything (OS-RCP-012).
    fn against(&self, shown: &Shown, now: UnixMillis) -> Option<Against> {
        let (address, position) = self.place();
        if address != shown.address {
            return None;
        }
        if position == shown.position {
            let hash = *shown.envelope.as_bytes();
            return (!self.receipted.names(&shown.envelope)).then_some(Against::Shown(hash));
        }
        let was_passed = shown.after < position && position < shown.position;
        // The later of this device's clock and what the relay itself said is the time.
        let at = now.max(shown.position.time()).plus_ms(CLOCK_MARGIN_MS);
        (was_passed && at < self.shown_until).then_some(Against::PassedBy(shown.position))
    }
}

/// An entry as a fetch gave it.
pub(crate) struct Shown {
    /// Of which mailbox.
    pub(crate) address: Address,
    /// The entry before it, or where the reading began. Between the two there is nothing, says the relay.
    pub(crate) after: Position,
    /// Its place.
    pub(crate) position: Position,
    /// What lay there.
    pub(crate) envelope: EnvelopeHash,
}

/// What is to be recorded, and what was found.
#[derive(Default)]
pub(crate) struct Noted {
    /// For the vault.
    pub(crate) changes: Vec<Change>,
    /// What the person must be told.
    pub(crate) found: Vec<Evidence>,
}

/// All receipts of one profile, and all evidence.
#[derive(Default)]
pub(crate) struct Receipts {
    kept: BTreeMap<Place, Kept>,
    shown: VecDeque<Shown>,
    evidence: BTreeMap<Place, Evidence>,
}

impl Receipts {
    /// From the records under [`KEPT`] and [`EVIDENCE`].
    pub(crate) fn load<'a>(
        kept: impl Iterator<Item = &'a [u8]>,
        evidence: impl Iterator<Item = &'a [u8]>,
    ) -> Result<Self, Malformed> {
        let mut receipts = Self::default();
        for bytes in kept {
            let kept = Kept::decode(bytes)?;
            receipts.kept.insert(kept.place(), kept);
        }
        for bytes in evidence {
            let evidence = Evidence::decode(bytes)?;
            receipts.evidence.insert(place(&evidence.receipt), evidence);
        }
        Ok(receipts)
    }

    /// All evidence, whatever its age.
    pub(crate) fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        self.evidence.values()
    }

    /// A deposit was receipted. Its receipt is held against those of the same place (OS-RCP-011).
    pub(crate) fn handle_receipt(&mut self, new: Kept, now: UnixMillis) -> Noted {
        let mut noted = Noted::default();
        let earlier = self.kept.get(&new.place());
        let other = earlier.filter(|kept| kept.receipted.contradicts(&new.receipted));
        let other = other.map(|kept| Against::Other(kept.receipted.signed().clone()));
        let shown = || self.shown.iter().find_map(|shown| new.against(shown, now));
        match other.or_else(shown) {
            Some(against) => self.found(&new, against, now, &mut noted),
            None => {
                noted.changes.push(put(KEPT, &new.place(), new.encode()));
                self.kept.insert(new.place(), new);
            }
        }
        self.forget_old(now, &mut noted);
        noted
    }

    /// A fetch gave an entry.
    pub(crate) fn handle_shown(&mut self, shown: Shown, now: UnixMillis) -> Noted {
        let mut noted = Noted::default();
        let from = (shown.address, shown.after);
        let range = self.kept.range(from..=(shown.address, shown.position));
        let found = range.filter_map(|(_, kept)| Some((kept.clone(), kept.against(&shown, now)?)));
        let found: Vec<_> = found.collect();
        for (kept, against) in found {
            self.found(&kept, against, now, &mut noted);
        }
        if self.shown.len() >= SHOWN_ENTRIES_MAX {
            self.shown.pop_front();
        }
        self.shown.push_back(shown);
        noted
    }

    /// Keeps evidence for ever, once for each place (OS-RCP-013). A receipt that is part of it need not be kept besides.
    fn found(&mut self, kept: &Kept, against: Against, now: UnixMillis, noted: &mut Noted) {
        let place = kept.place();
        self.forget(&place, noted);
        if self.evidence.len() >= EVIDENCE_MAX || self.evidence.contains_key(&place) {
            return;
        }
        let receipt = kept.receipted.signed().clone();
        let evidence = Evidence { receipt, against, found_at: now };
        noted.changes.push(put(EVIDENCE, &place, evidence.encode()));
        noted.found.push(evidence.clone());
        self.evidence.insert(place, evidence);
    }

    /// Lets go of receipts whose time is over, and of the oldest where there are too many (OS-RCP-011).
    fn forget_old(&mut self, now: UnixMillis, noted: &mut Noted) {
        let by_age = |place: &&Place| place.1;
        while let Some(oldest) = self.kept.keys().min_by_key(by_age).copied() {
            let is_over = now.since_ms(oldest.1.time()) > RECEIPT_LIFE_MS;
            if !is_over && self.kept.len() <= RECEIPTS_MAX {
                return;
            }
            self.forget(&oldest, noted);
        }
    }

    fn forget(&mut self, place: &Place, noted: &mut Noted) {
        if self.kept.remove(place).is_some() {
            noted.changes.push(Change::Delete { key: key(KEPT, place) });
        }
    }
}

fn place(signed: &SignedReceipt) -> Place {
    (signed.address, signed.receipt.position)
}

fn key(under: &str, (address, position): &Place) -> String {
    format!("{under}{}/{:016x}", address.hex(), position.value())
}

fn put(under: &str, place: &Place, value: Vec<u8>) -> Change {
    Change::Put { key: key(under, place), value: Zeroizing::new(value) }
}

#[cfg(test)]
mod tests {
    use offshift_access::{ReceiptKey, Statement};
    use offshift_wire::SizeClass;

    use super::*;

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);
    const DAY_MS: u64 = 24 * 3_600_000;

    fn envelope(number: u8) -> EnvelopeHash {
        EnvelopeHash::of(&vec![number; SizeClass::K1.bytes()].try_into().unwrap())
    }

    /// A position so many microseconds from now.
    fn at(offset: u64) -> Position {
        Position::new(NOW.0 * 1000 + offset)
    }

    fn mailbox(number: u8) -> Address {
        Address::from_bytes([number; 32])
    }

    fn kept_of(kind: Kind, address: u8, number: u8, position: Position) -> Kept {
        let key = ReceiptKey::from_seed(&[1; 32]);
        let (address, envelope) = (mailbox(address), envelope(number));
        let receipt = key.sign(&[Statement { address, envelope, position }]).remove(0);
        Kept::new(key.public().verify(address, envelope, receipt).unwrap(), kind, Life::D7)
    }

    fn kept(number: u8, position: Position) -> Kept {
        kept_of(Kind::Channel, 1, number, position)
    }

    fn shown(number: u8, after: Position, position: Position) -> Shown {
        Shown { address: mailbox(1), after, position, envelope: envelope(number) }
    }

    fn against(noted: &Noted) -> Vec<&Against> {
        noted.found.iter().map(|evidence| &evidence.against).collect()
    }

    /// Both orders of a receipt and of what a fetch gave; both find the same.
    fn found(kept: &Kept, shown: impl Fn() -> Shown, now: UnixMillis) -> Option<Against> {
        let (mut one, mut other) = (Receipts::default(), Receipts::default());
        one.handle_receipt(kept.clone(), NOW);
        let first = one.handle_shown(shown(), now);
        other.handle_shown(shown(), now);
        let second = other.handle_receipt(kept.clone(), now);
        assert_eq!(against(&first), against(&second), "whatever comes first");
        first.found.first().map(|evidence| evidence.against.clone())
    }

    fn keys(noted: &Noted) -> Vec<String> {
        let key = |change: &Change| match change {
            Change::Put { key, .. } => format!("+{}", &key[..8]),
            Change::Delete { key } => format!("-{}", &key[..8]),
        };
        noted.changes.iter().map(key).collect()
    }

    #[test]
    fn os_rcp_011_two_receipts_of_one_place_are_kept_as_evidence() {
        let mut receipts = Receipts::default();
        assert_eq!(keys(&receipts.handle_receipt(kept(1, at(1)), NOW)), ["+receipt/"]);
        let honest = receipts.handle_receipt(kept(2, at(2)), NOW);
        assert!(honest.found.is_empty(), "the twin: another place");
        let noted = receipts.handle_receipt(kept(3, at(1)), NOW);
        assert_eq!(keys(&noted), ["-receipt/", "+evidence"]);
        let [evidence] = noted.found.as_slice() else { panic!("one is found") };
        let Against::Other(other) = &evidence.against else { panic!("two receipts") };
        let both = [&evidence.receipt, other].map(|one| Receipted::verify(one.clone()).unwrap());
        assert!(both[0].contradicts(&both[1]), "anybody can check it");
    }

    #[test]
    fn os_rcp_012_another_envelope_in_a_receipted_place_is_evidence() {
        let receipt = kept(1, at(5));
        let there = |number| move || shown(number, at(0), at(5));
        assert_eq!(found(&receipt, there(1), NOW), None, "the twin");
        let hash = *envelope(2).as_bytes();
        assert_eq!(found(&receipt, there(2), NOW), Some(Against::Shown(hash)));
    }

    #[test]
    fn os_rcp_012_a_receipted_place_that_is_passed_by_is_evidence() {
        let receipt = kept(1, at(5));
        let over = || shown(2, at(4), at(6));
        assert_eq!(found(&receipt, over, NOW), Some(Against::PassedBy(at(6))));
        for (what, after, position) in [
            ("it comes next", at(0), at(4)),
            ("reading began behind it", at(5), at(6)),
            ("both are behind it", at(6), at(7)),
        ] {
            assert_eq!(found(&receipt, || shown(2, after, position), NOW), None, "{what}");
        }
    }

    #[test]
    fn os_rcp_012_what_may_be_honest_is_no_evidence() {
        let over = || shown(2, at(4), at(6));
        let late = NOW.plus_ms(7 * DAY_MS - CLOCK_MARGIN_MS);
        assert!(found(&kept(1, at(5)), over, UnixMillis(late.0 - 1)).is_some(), "the control");
        assert_eq!(found(&kept(1, at(5)), over, late), None, "it may have run out");
        let much_later = at(7 * DAY_MS * 1000);
        let over_late = || shown(2, at(4), much_later);
        assert_eq!(found(&kept(1, at(5)), over_late, NOW), None, "by the relay's own time, too");
        let in_inbox = kept_of(Kind::Inbox, 1, 1, at(5));
        assert_eq!(found(&in_inbox, over, NOW), None, "its owner may have released it");
        let elsewhere = kept_of(Kind::Channel, 2, 1, at(5));
        assert_eq!(found(&elsewhere, over, NOW), None, "another mailbox");
    }

    #[test]
    fn os_rcp_013_receipts_are_forgotten_by_number_and_by_age_and_evidence_is_not() {
        let mut receipts = Receipts::default();
        receipts.handle_receipt(kept(1, at(0)), NOW);
        receipts.handle_receipt(kept(2, at(0)), NOW);
        assert_eq!(receipts.evidence().count(), 1);
        for number in 1..=RECEIPTS_MAX as u64 {
            receipts.handle_receipt(kept(1, at(number)), NOW);
        }
        assert_eq!(receipts.kept.len(), RECEIPTS_MAX);
        let noted = receipts.handle_receipt(kept(1, at(9_999)), NOW);
        assert_eq!(keys(&noted), ["+receipt/", "-receipt/"], "the oldest goes");
        assert!(!receipts.kept.contains_key(&(mailbox(1), at(1))));
        let month = NOW.plus_ms(RECEIPT_LIFE_MS + 1_000);
        receipts.handle_receipt(kept(1, Position::new(month.0 * 1000)), month);
        assert_eq!((receipts.kept.len(), receipts.evidence().count()), (1, 1));
    }

    #[test]
    fn os_rcp_013_evidence_is_bounded_and_told_once_for_a_place() {
        let mut receipts = Receipts::default();
        for number in 0..=EVIDENCE_MAX as u64 {
            receipts.handle_receipt(kept(1, at(number)), NOW);
            let found = receipts.handle_receipt(kept(2, at(number)), NOW).found.len();
            assert_eq!(found, usize::from(number < EVIDENCE_MAX as u64));
        }
        receipts.handle_receipt(kept(1, at(0)), NOW);
        assert!(receipts.handle_receipt(kept(2, at(0)), NOW).found.is_empty());
        assert_eq!(receipts.evidence().count(), EVIDENCE_MAX);
    }

    #[test]
    fn os_rcp_013_what_a_fetch_gave_is_remembered_within_a_limit() {
        let mut receipts = Receipts::default();
        for number in 0..2 * SHOWN_ENTRIES_MAX as u64 {
            receipts.handle_shown(shown(1, at(number), at(number + 1)), NOW);
        }
        assert_eq!(receipts.shown.len(), SHOWN_ENTRIES_MAX);
    }

    #[test]
    fn receipts_and_evidence_survive_the_vault() {
        let mut receipts = Receipts::default();
        let mut records = BTreeMap::new();
        for number in [1, 2] {
            for changes in [
                receipts.handle_receipt(kept(number, at(7)), NOW).changes,
                receipts.handle_receipt(kept(1, at(u64::from(number))), NOW).changes,
            ] {
                for change in changes {
                    match change {
                        Change::Put { key, value } => drop(records.insert(key, value.to_vec())),
                        Change::Delete { key } => drop(records.remove(&key)),
                    }
                }
            }
        }
        let under = |prefix: &'static str| {
            records
                .iter()
                .filter(move |(key, _)| key.starts_with(prefix))
                .map(|(_, v)| v.as_slice())
        };
        let mut again = Receipts::load(under(KEPT), under(EVIDENCE)).unwrap();
        assert!(again.evidence().eq(receipts.evidence()) && again.evidence().count() == 1);
        let noted = again.handle_receipt(kept(9, at(2)), NOW);
        assert_eq!(noted.found.len(), 1, "what was kept is still held against what comes");
        assert!(Receipts::load([&[1, 2][..]].into_iter(), std::iter::empty()).is_err());
    }
}
