//! A room on one device: its state, its records, and what they say.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bytes::Bytes;
use offshift_wire::{
    Address, Malformed, MemberId, MessageId, Position, RoomId, UnixMillis, link::RelayLink,
    room::Policy,
};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{
    check::{Epoch, Rules},
    errors::{LoadRefused, SendRefused},
    event::RoomEvent,
    id::Suite,
    intent::{self, Intent, Pending},
    mls::{Mls, RoomKey},
    roster::{Member, Roster},
    step::Step,
};
use crate::{
    bug::Bug,
    channel::Channel,
    context::OutboxId,
    effect::{EffectsBuilder, Source},
    limits::{EPOCH_MESSAGES_MAX, JOURNAL_STEPS_MAX, SEEN_ENVELOPES_MAX},
    parts::{Assembly, Part},
    record::{Reader, Writer},
};

const RECORD: u8 = 1;

pub(super) type Builder = EffectsBuilder<RoomEvent>;

/// Why a room is over for this device.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum End {
    Stranded(String),
    Removed(String),
}

/// An own message whose place in the log is not known yet.
pub(super) struct Sending {
    pub(super) id: MessageId,
    pub(super) content: Bytes,
    /// `None`: it waits to be encrypted.
    pub(super) way: Option<OnItsWay>,
}

/// An own message in the outbox or at the relay.
pub(super) struct OnItsWay {
    /// SHA-256 of its MLS message.
    pub(super) hash: [u8; 32],
    pub(super) outbox: Vec<OutboxId>,
}

/// Where this device is in the log of the epoch.
#[derive(Default)]
pub(super) struct Log {
    pub(super) after: Position,
    pub(super) assembly: Assembly,
    pub(super) seen: SeenEnvelopes,
    /// Message ids of each sender in this epoch.
    pub(super) ids: BTreeMap<u32, BTreeSet<MessageId>>,
}

/// Hashes of the latest envelopes that opened.
#[derive(Default)]
pub(super) struct SeenEnvelopes {
    order: VecDeque<[u8; 32]>,
    set: BTreeSet<[u8; 32]>,
}

impl SeenEnvelopes {
    pub(super) fn contains(&self, hash: &[u8; 32]) -> bool {
        self.set.contains(hash)
    }

    pub(super) fn insert(&mut self, hash: [u8; 32]) {
        if self.set.insert(hash) {
            self.order.push_back(hash);
        }
        if self.order.len() > SEEN_ENVELOPES_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.set.remove(&oldest);
        }
    }
}

/// Whether a message id is the first of its sender in this epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdSeen {
    First,
    Repeated,
    TooMany,
}

impl Log {
    pub(super) fn note_id(&mut self, sender: u32, id: MessageId) -> IdSeen {
        let ids = self.ids.entry(sender).or_default();
        if ids.contains(&id) {
            IdSeen::Repeated
        } else if ids.len() >= EPOCH_MESSAGES_MAX {
            IdSeen::TooMany
        } else {
            ids.insert(id);
            IdSeen::First
        }
    }
}

/// A room on this device.
pub struct Room {
    pub(super) id: RoomId,
    pub(super) mls: Mls,
    pub(super) rules: Rules,
    pub(super) roster: Roster,
    pub(super) policy: Policy,
    /// `None` once this device was removed.
    pub(super) channel: Option<Channel>,
    pub(super) log: Log,
    /// The position of the latest record in the history; keeps them rising over epochs.
    pub(super) history: Position,
    pub(super) epoch_began: UnixMillis,
    /// Whether anybody wrote in this epoch.
    pub(super) active: bool,
    pub(super) sending: BTreeMap<u64, Sending>,
    pub(super) sent_in_epoch: usize,
    pub(super) pending: Option<Pending>,
    pub(super) intents: VecDeque<Intent>,
    pub(super) end: Option<End>,
    pub(super) journal: u32,
    /// Whether the whole group must be written with the next effects.
    pub(super) rebase: bool,
}

impl Room {
    pub(super) fn with_group(
        mls: Mls,
        rules: Rules,
        epoch_began: UnixMillis,
    ) -> Result<Self, Malformed> {
        let bug = |_: Bug| Malformed("group");
        Ok(Self {
            id: mls.room_id().map_err(bug)?,
            roster: mls.roster()?,
            policy: mls.policy()?,
            channel: if mls.is_active() { Some(mls.channel().map_err(bug)?) } else { None },
            mls,
            rules,
            log: Log::default(),
            history: Position::START,
            epoch_began,
            active: false,
            sending: BTreeMap::new(),
            sent_in_epoch: 0,
            pending: None,
            intents: VecDeque::new(),
            end: None,
            journal: 0,
            rebase: true,
        })
    }

    /// Its name among this device's rooms.
    pub const fn id(&self) -> RoomId {
        self.id
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        self.policy.name.as_str()
    }

    /// Its rules.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Its suite.
    pub const fn suite(&self) -> Suite {
        self.mls.suite()
    }

    /// The number of its epoch.
    pub fn epoch(&self) -> u64 {
        self.mls.epoch()
    }

    /// The relay that keeps its channels.
    pub const fn relay(&self) -> &RelayLink {
        &self.policy.relay
    }

    /// The channel of this epoch; `None` once this device was removed.
    pub fn address(&self) -> Option<&Address> {
        self.channel.as_ref().map(Channel::address)
    }

    /// Who is in it, in the order of the tree.
    pub fn members(&self) -> Vec<Member> {
        let own = self.own_id();
        let member = |id: MemberId, info: &offshift_wire::room::MemberInfo| Member {
            id,
            info: info.clone(),
            organizer: self.policy.organizers.contains(&id),
            own: id == own,
        };
        self.roster.iter().map(|(leaf, info)| member(leaf.id, info)).collect()
    }

    /// This device's name in it.
    pub fn own_id(&self) -> MemberId {
        self.mls.key().id()
    }

    /// Who made the commit at which this device lost the room, if it did.
    pub fn is_stranded(&self) -> Option<&str> {
        match &self.end {
            Some(End::Stranded(by)) => Some(by),
            _ => None,
        }
    }

    /// Whether this device was removed.
    pub const fn is_removed(&self) -> bool {
        matches!(self.end, Some(End::Removed(_)))
    }

    /// Own messages whose place in the log is not known yet, in order.
    pub fn waiting(&self) -> Vec<(MessageId, Bytes)> {
        self.sending.values().map(|one| (one.id, one.content.clone())).collect()
    }

    /// Whether an own change is on its way or waits for one.
    pub fn is_changing(&self) -> bool {
        self.pending.is_some() || !self.intents.is_empty()
    }

    /// What to follow; `None` when the room is over for this device.
    pub fn source(&self) -> Option<Source> {
        let channel = self.channel.as_ref().filter(|_| self.end.is_none())?;
        Some(Source {
            access: channel.fetch(),
            relay: self.policy.relay.clone(),
            after: self.log.after,
        })
    }

    pub(super) const fn epoch_now(&self) -> Epoch<'_> {
        Epoch { roster: &self.roster, policy: &self.policy, rules: &self.rules }
    }

    pub(super) fn check_alive(&self) -> Result<(), SendRefused> {
        match &self.end {
            None => Ok(()),
            Some(End::Stranded(by)) => Err(SendRefused::Stranded { by: by.clone() }),
            Some(End::Removed(_)) => Err(SendRefused::Removed),
        }
    }

    /// The place of the next record in the history.
    pub(super) fn next_history(&mut self, position: Position) -> Position {
        self.history = position.max(Position::new(self.history.value().saturating_add(1)));
        self.history
    }

    /// A lower-case key under this room's prefix.
    pub(super) fn key(&self, rest: &str) -> String {
        format!("room/{}/{rest}", self.id.hex())
    }

    pub(super) fn sending_key(&self, order: u64) -> String {
        self.key(&format!("sending/{order:016x}"))
    }

    pub(super) fn part_key(&self, position: Position) -> String {
        self.key(&format!("part/{:016x}", position.value()))
    }

    fn journal_key(&self, step: u32) -> String {
        self.key(&format!("journal/{step:08x}"))
    }

    /// The key of a settled message's record.
    pub(super) fn history_key(&self, position: Position) -> String {
        format!("history/{}/{:016x}", self.id.hex(), position.value())
    }

    pub(super) fn write_step(&mut self, builder: &mut Builder, step: &Step) {
        builder.put(self.journal_key(self.journal), step.encode());
        self.journal += 1;
    }

    pub(super) fn write_intents(&self, builder: &mut Builder) {
        builder.put(self.key("intents"), intent::encode_all(self.intents.iter()));
    }

    pub(super) fn write_sending(&self, builder: &mut Builder, order: u64) {
        if let Some(sending) = self.sending.get(&order) {
            builder.put(self.sending_key(order), encode_sending(sending));
        }
    }

    /// Writes the whole group where that is due. Older secrets of the epoch go with the journal.
    pub(super) fn finish(&mut self, builder: &mut Builder) {
        if !self.rebase && self.journal < JOURNAL_STEPS_MAX {
            return;
        }
        for step in 0..self.journal {
            builder.delete(self.journal_key(step));
        }
        self.journal = 0;
        self.rebase = false;
        builder.put(self.key("base"), self.encode_base());
    }

    fn encode_base(&self) -> Zeroizing<Vec<u8>> {
        let (end, by) = match &self.end {
            None => (0, ""),
            Some(End::Stranded(by)) => (1, by.as_str()),
            Some(End::Removed(by)) => (2, by.as_str()),
        };
        let ids: Vec<_> = self.log.ids.iter().collect();
        Writer::new(RECORD)
            .u64(u64::from(self.mls.suite().number()))
            .fixed(&**self.mls.key().seed())
            .bytes(&self.mls.encode())
            .u64(self.log.after.value())
            .u64(self.history.value())
            .u64(self.epoch_began.0)
            .u8(u8::from(self.active))
            .u64(u64::try_from(self.sent_in_epoch).unwrap_or(u64::MAX))
            .u8(end)
            .bytes(by.as_bytes())
            .list(&ids, |w, (sender, ids)| {
                let ids: Vec<_> = ids.iter().collect();
                w.u64(u64::from(**sender)).list(&ids, |w, id| w.fixed(id.as_bytes()))
            })
            .done()
    }

    fn decode_base(bytes: &[u8], id: &RoomId, rules: Rules) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes, RECORD)?;
        let suite = u32::try_from(reader.u64()?).map_err(|_| Malformed("suite"))?.try_into()?;
        let key = RoomKey::from_seed(Zeroizing::new(reader.fixed()?));
        let mls = Mls::load(reader.bytes()?, id, suite, key)?;
        let (after, history) = (Position::new(reader.u64()?), Position::new(reader.u64()?));
        let (epoch_began, active) = (UnixMillis(reader.u64()?), reader.u8()? == 1);
        let sent_in_epoch = usize::try_from(reader.u64()?).map_err(|_| Malformed("count"))?;
        let (end, by) = (reader.u8()?, String::from_utf8_lossy(reader.bytes()?).into_owned());
        let ids = reader.list(|r| {
            let sender = u32::try_from(r.u64()?).map_err(|_| Malformed("leaf"))?;
            let ids = r.list(|r| Ok(MessageId::from_bytes(r.fixed()?)))?;
            Ok((sender, ids.into_iter().collect()))
        })?;
        reader.done()?;
        let end = match end {
            0 => None,
            1 => Some(End::Stranded(by)),
            2 => Some(End::Removed(by)),
            _ => return Err(Malformed("room end")),
        };
        let mut room = Self::with_group(mls, rules, epoch_began)?;
        room.end = end;
        room.log.after = after;
        room.log.ids = ids.into_iter().collect();
        (room.history, room.active) = (history, active);
        (room.sent_in_epoch, room.rebase) = (sent_in_epoch, false);
        Ok(room)
    }

    /// The room of these records: all whose keys begin with `room/{id}/`.
    ///
    /// # Errors
    /// [`LoadRefused`] when a record is missing or damaged.
    pub fn load<'a>(
        id: RoomId,
        records: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        rules: Rules,
    ) -> Result<Self, LoadRefused> {
        let prefix = format!("room/{}/", id.hex());
        let records: BTreeMap<&str, &[u8]> = records
            .into_iter()
            .filter_map(|(key, value)| Some((key.strip_prefix(&prefix)?, value)))
            .collect();
        let mut room = Self::decode_base(records.get("base").ok_or(LoadRefused)?, &id, rules)?;
        for (key, value) in &records {
            room.load_record(key, value)?;
        }
        for value in records.range("journal/".."journal0").map(|(_, value)| value) {
            room.replay(Step::decode(value)?)?;
            room.journal += 1;
        }
        Ok(room)
    }

    fn load_record(&mut self, key: &str, value: &[u8]) -> Result<(), LoadRefused> {
        let number = |digits: &str| u64::from_str_radix(digits, 16).map_err(|_| LoadRefused);
        match key.split_once('/') {
            None if key == "pending" => self.pending = Some(Pending::decode(value)?),
            None if key == "intents" => self.intents = intent::decode_all(value)?.into(),
            Some(("sending", order)) => {
                self.sending.insert(number(order)?, decode_sending(value)?);
            }
            Some(("part", position)) => {
                let part = Part::decode(value)?;
                let position = Position::new(number(position)?);
                self.log.assembly.handle_part(position, part).map_err(|_| LoadRefused)?;
            }
            _ => {}
        }
        Ok(())
    }
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn encode_sending(sending: &Sending) -> Zeroizing<Vec<u8>> {
    let writer = Writer::new(RECORD).fixed(sending.id.as_bytes()).bytes(&sending.content);
    match &sending.way {
        None => writer.u8(0).done(),
        Some(way) => {
            writer.u8(1).fixed(&way.hash).list(&way.outbox, |w, id| w.u64(id.value())).done()
        }
    }
}

fn decode_sending(bytes: &[u8]) -> Result<Sending, Malformed> {
    let mut reader = Reader::new(bytes, RECORD)?;
    let id = MessageId::from_bytes(reader.fixed()?);
    let content = Bytes::copy_from_slice(reader.bytes()?);
    let way = match reader.u8()? {
        0 => None,
        _ => Some(OnItsWay {
            hash: reader.fixed()?,
            outbox: reader.list(|r| Ok(OutboxId::from_value(r.u64()?)))?,
        }),
    };
    reader.done()?;
    Ok(Sending { id, content, way })
}
