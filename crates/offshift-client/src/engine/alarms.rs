//! Alarms: what may be an attack is kept, told once, and listed with what to do.
//!
//! ```text
//! RoomEvent -> Raised -- same as one that is kept? --> its count and time | a new record -> alarm/{time}
//! ```
//! The record is written together with what raised it, so that a crash loses neither alone.
//!
//! Never: room for a member to drown one alarm in others of another kind.

use std::collections::BTreeMap;

use offshift_protocol::{
    Change, Effect, Effects,
    room::{Alarm, RoomEvent, RoomId, Rule, Skipped},
};
use offshift_wire::{Malformed, UnixMillis};
use zeroize::Zeroizing;

use super::{Engine, now};
use crate::{
    error::ClientError,
    limits::{ALARM_QUIET_MS, ALARMS_MAX},
    vault::Vault,
    view::{AlarmKind, AlarmView},
    why::Why,
};

/// Where alarms are in the vault.
const ALARM: &str = "alarm/";
const VERSION: u8 = 1;
/// Version, kind, room, count, number.
const HEAD: usize = 1 + 1 + 16 + 4 + 4;

/// What is said once, however often it happens: all but how often, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
struct What {
    kind: AlarmKind,
    room: RoomId,
    who: String,
    /// The kind of a [`Why`]; in records of older versions its sentence.
    rule: String,
}

/// An alarm as an event raises it.
struct Raised {
    what: What,
    number: u32,
}

/// An alarm as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    what: What,
    count: u32,
    number: u32,
}

/// All that are kept, by the latest time of each.
struct Alarms(BTreeMap<u64, Kept>);

impl Engine {
    /// What these effects of a room raise: to be written with them, and to be told after.
    pub(super) fn alarms_of(
        &self,
        room: RoomId,
        effects: &Effects<RoomEvent>,
    ) -> Result<(Vec<Change>, Vec<AlarmView>), ClientError> {
        let raised: Vec<Raised> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Event(event) => Raised::by(room, event),
                _ => None,
            })
            .collect();
        if raised.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let mut alarms = Alarms::load(self.vault.as_ref().ok_or(ClientError::Closed)?)?;
        let (mut changes, mut told) = (Vec::new(), Vec::new());
        for one in raised {
            let (at, is_news) = alarms.raise(one, now(), &mut changes);
            let kept = alarms.0.get(&at).filter(|_| is_news);
            told.extend(kept.map(|kept| self.alarm_view(at, kept)));
        }
        Ok((changes, told))
    }

    /// All alarms, the oldest first.
    pub(super) fn alarm_views(&self) -> Result<Vec<AlarmView>, ClientError> {
        let alarms = Alarms::load(self.vault.as_ref().ok_or(ClientError::Closed)?)?;
        let kept = alarms.0.iter().map(|(at, kept)| self.alarm_view(*at, kept));
        let relays = self.contradiction_views().into_iter().map(|found| found.alarm());
        let keys = self.wallet.lies().map(|(at, two)| self.two_keys_alarm(*at, two));
        let false_ones = self.wallet.false_batches();
        let false_ones = false_ones.map(|(relay, at)| self.false_tokens_alarm(&relay, at));
        let mut all: Vec<_> = kept.chain(relays).chain(keys).chain(false_ones).collect();
        all.sort_by_key(|alarm| alarm.at);
        Ok(all)
    }

    fn alarm_view(&self, at: u64, kept: &Kept) -> AlarmView {
        let room = self.rooms.get(&kept.what.room).map(|room| room.name().to_owned());
        let sentence = sentence(kept, room.as_deref().unwrap_or("a room"));
        AlarmView {
            at: UnixMillis(at),
            count: kept.count,
            room: room.map(|name| (kept.what.room, name)),
            kind: kept.what.kind,
            who: kept.what.who.clone(),
            number: kept.number,
            why: kept.what.why(),
            sentence,
            advice: kept.what.kind.advice().into(),
            evidence: None,
        }
    }
}

impl What {
    fn why(&self) -> Option<Why> {
        (!self.rule.is_empty()).then(|| Why::recorded(&self.rule))
    }
}

impl Raised {
    fn by(room: RoomId, event: &RoomEvent) -> Option<Self> {
        let none = String::new;
        let (kind, who, rule) = match event {
            RoomEvent::Alarm(alarm) => match alarm {
                Alarm::Fork { with } => (AlarmKind::Fork, with.clone(), none()),
                Alarm::Gap { sender, .. } => (AlarmKind::Gap, sender.clone(), none()),
                Alarm::Stale => (AlarmKind::Stale, none(), none()),
                Alarm::Behind => (AlarmKind::Behind, none(), none()),
                Alarm::RolledBack => (AlarmKind::RolledBack, none(), none()),
                Alarm::Time { by } => (AlarmKind::Time, by.clone(), none()),
            },
            RoomEvent::Stranded { by } => (AlarmKind::Stranded, by.clone(), none()),
            // A late change is a slow path or a wrong clock, not somebody's will.
            RoomEvent::Skipped { why: Skipped::Refused(Rule::CommitTime), .. } => return None,
            RoomEvent::Skipped { why: Skipped::Refused(rule), by: Some(by) } => {
                (AlarmKind::Refused, by.clone(), Why::from(*rule).kind.into_owned())
            }
            _ => return None,
        };
        let number = match event {
            RoomEvent::Alarm(Alarm::Gap { missing, .. }) => *missing,
            _ => 0,
        };
        Some(Self { what: What { kind, room, who, rule }, number })
    }
}

fn sentence(kept: &Kept, room: &str) -> String {
    let Kept { what: What { kind, who, .. }, number, .. } = kept;
    let why = kept.what.why().unwrap_or_else(|| Why::recorded(""));
    match kind {
        AlarmKind::Fork => {
            format!("You and {who} see different rooms in {room}, or {who}'s device lies.")
        }
        AlarmKind::Gap => format!("{number} messages of {who} in {room} are missing here."),
        AlarmKind::Stale => format!("No sign of the organizers of {room} for two days."),
        AlarmKind::Behind => format!("Others in {room} are further than this device."),
        AlarmKind::RolledBack => {
            format!("This profile is older than what it wrote in {room}: it is a copy.")
        }
        AlarmKind::Time => {
            format!("{who} made a change in {room} that the relay shows at a false time.")
        }
        AlarmKind::Refused => {
            format!("{who} tried a change in {room} that is not allowed: {why}.")
        }
        AlarmKind::Stranded => format!("A change by {who} left this device out of {room}."),
        AlarmKind::RelayContradicts => "A relay contradicts what it signed.".to_owned(),
        AlarmKind::IssuerKeys => "A relay gave members different keys for tokens.".to_owned(),
        AlarmKind::FalseTokens => "A relay gave tokens with a false proof.".to_owned(),
    }
}

impl Alarms {
    fn load(vault: &Vault) -> Result<Self, Malformed> {
        let load = |(key, value): (&str, &[u8])| {
            let at = key.strip_prefix(ALARM).and_then(|hex| u64::from_str_radix(hex, 16).ok());
            Ok((at.ok_or(Malformed("alarm"))?, Kept::decode(value)?))
        };
        vault.under(ALARM).map(load).collect::<Result<_, _>>().map(Self)
    }

    /// Keeps it (OS-CLI-011); gives the time under which it is kept, and whether the person should hear of it now.
    fn raise(&mut self, raised: Raised, now: UnixMillis, changes: &mut Vec<Change>) -> (u64, bool) {
        let same = self.0.iter().find(|(_, kept)| kept.what == raised.what).map(|(at, _)| *at);
        let before = same.and_then(|at| self.remove(at, changes));
        let is_news = same.is_none_or(|at| now.since_ms(UnixMillis(at)) >= ALARM_QUIET_MS);
        if before.is_none() && self.0.len() >= ALARMS_MAX {
            self.make_room(raised.what.kind, changes);
        }
        let count = before.map_or(1, |kept| kept.count.saturating_add(1));
        let mut at = now.0;
        while self.0.contains_key(&at) {
            at = at.saturating_add(1);
        }
        let kept = Kept { what: raised.what, count, number: raised.number };
        changes.push(Change::Put { key: key(at), value: kept.encode() });
        self.0.insert(at, kept);
        (at, is_news)
    }

    fn remove(&mut self, at: u64, changes: &mut Vec<Change>) -> Option<Kept> {
        changes.push(Change::Delete { key: key(at) });
        self.0.remove(&at)
    }

    /// Drops the oldest of the same kind, or the oldest of all: whoever raises many of one kind hides no other.
    fn make_room(&mut self, kind: AlarmKind, changes: &mut Vec<Change>) {
        let same_kind = self.0.iter().find(|(_, kept)| kept.what.kind == kind);
        let oldest = same_kind.or_else(|| self.0.iter().next()).map(|(at, _)| *at);
        oldest.and_then(|at| self.remove(at, changes));
    }
}

fn key(at: u64) -> String {
    format!("{ALARM}{at:016x}")
}

impl Kept {
    /// Neither a handle nor a rule has a line's end in it.
    fn encode(&self) -> Zeroizing<Vec<u8>> {
        let kind = AlarmKind::ALL.iter().position(|kind| *kind == self.what.kind);
        let kind = kind.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX);
        let words = format!("{}\n{}", self.what.who, self.what.rule);
        let parts: [&[u8]; 5] = [
            &[VERSION, kind],
            self.what.room.as_bytes(),
            &self.count.to_be_bytes(),
            &self.number.to_be_bytes(),
            words.as_bytes(),
        ];
        Zeroizing::new(parts.concat())
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("alarm");
        let (head, words) = bytes.split_first_chunk::<HEAD>().ok_or(BAD)?;
        let [VERSION, kind, rest @ ..] = head else { return Err(BAD) };
        let (room, rest) = rest.split_first_chunk::<16>().ok_or(BAD)?;
        let (count, rest) = rest.split_first_chunk::<4>().ok_or(BAD)?;
        let number = rest.first_chunk::<4>().ok_or(BAD)?;
        let words = std::str::from_utf8(words).map_err(|_| BAD)?;
        let (who, rule) = words.split_once('\n').ok_or(BAD)?;
        let what = What {
            kind: *AlarmKind::ALL.get(usize::from(*kind)).ok_or(BAD)?,
            room: RoomId::from_bytes(*room),
            who: who.to_owned(),
            rule: rule.to_owned(),
        };
        let (count, number) = (u32::from_be_bytes(*count), u32::from_be_bytes(*number));
        Ok(Self { what, count, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(kind: AlarmKind, who: &str) -> Raised {
        let room = RoomId::from_bytes([7; 16]);
        let what = What { kind, room, who: who.to_owned(), rule: "one change at a time".into() };
        Raised { what, number: 3 }
    }

    #[test]
    fn an_alarm_survives_being_written_and_read() {
        for kind in AlarmKind::ALL {
            let kept = Kept { what: raised(kind, "Eve").what, count: 2, number: 3 };
            let bytes = kept.encode();
            assert_eq!(Kept::decode(&bytes), Ok(kept));
            assert!(Kept::decode(&bytes[..HEAD]).is_err());
        }
    }

    #[test]
    fn os_cli_011_the_same_alarm_is_one_record_and_is_not_told_again_within_the_hour() {
        let (mut alarms, mut changes) = (Alarms(BTreeMap::new()), Vec::new());
        let (first, news) =
            alarms.raise(raised(AlarmKind::Gap, "Ben"), UnixMillis(5), &mut changes);
        assert!(news);
        let (again, news) =
            alarms.raise(raised(AlarmKind::Gap, "Ben"), UnixMillis(6), &mut changes);
        assert!(!news && first != again);
        assert_eq!(alarms.0.values().map(|kept| kept.count).collect::<Vec<_>>(), [2]);
        let later = UnixMillis(6 + ALARM_QUIET_MS);
        assert!(alarms.raise(raised(AlarmKind::Gap, "Ben"), later, &mut changes).1);
        assert!(alarms.raise(raised(AlarmKind::Gap, "Cleo"), later, &mut changes).1, "the twin");
    }

    #[test]
    fn os_cli_011_many_alarms_of_one_kind_hide_none_of_another() {
        let (mut alarms, mut changes) = (Alarms(BTreeMap::new()), Vec::new());
        alarms.raise(raised(AlarmKind::Fork, "Ben"), UnixMillis(1), &mut changes);
        for number in 0..2 * ALARMS_MAX {
            let eve = raised(AlarmKind::Refused, &format!("Eve {number}"));
            alarms.raise(eve, UnixMillis(9), &mut changes);
        }
        assert_eq!(alarms.0.len(), ALARMS_MAX);
        assert!(alarms.0.values().any(|kept| kept.what.kind == AlarmKind::Fork));
    }
}
