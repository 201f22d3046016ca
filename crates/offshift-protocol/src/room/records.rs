//! A room's records: the base and what lies beside it, written and read.
//!
//! ```text
//! base (whole group) <- journal (steps since) <- sending, pending, intents, parts, board, handles
//! ```

use std::collections::BTreeMap;

use bytes::Bytes;
use offshift_wire::{Malformed, MessageId, Position, RoomId, UnixMillis, standing::Standing};
use zeroize::Zeroizing;

use super::{
    errors::LoadRefused,
    event::RoomEvent,
    intent::{self, Pending},
    mls::{Mls, RoomKey},
    rejoin::Returns,
    state::{Builder, End, OnItsWay, Room, Sending, ThrownAway},
    step::Step,
    watch::gaps::Heard,
};
use crate::{
    admission::Rules,
    context::OutboxId,
    effect::Effects,
    limits::JOURNAL_STEPS_MAX,
    parts::Part,
    record::{Reader, Writer},
};

const RECORD: u8 = 1;

impl Room {
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

    /// What a message writes besides its place in the history (OS-ROO-011).
    pub(super) fn write_step(&mut self, builder: &mut Builder, step: &Step) {
        builder.put(self.journal_key(self.journal), step.encode());
        self.journal += 1;
    }

    pub(super) fn write_intents(&self, builder: &mut Builder) {
        builder.put(self.key("intents"), intent::encode_all(&self.intents));
    }

    pub(super) fn write_sending(&self, builder: &mut Builder, order: u64) {
        if let Some(sending) = self.sending.get(&order) {
            builder.put(self.sending_key(order), encode_sending(sending));
        }
    }

    /// Writes the whole group where that is due (OS-ROO-010). Older secrets of the epoch go with the journal.
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
        self.write_watch(builder);
    }

    /// What was said is to be forgotten: together with the base before it, the journal would open it again, so the whole
    /// group is written (OS-ROO-012).
    pub fn handle_forget(&mut self) -> Effects<RoomEvent> {
        let mut builder = Builder::new();
        self.rebase |= self.journal > 0;
        self.finish(&mut builder);
        builder.build()
    }

    pub(super) fn encode_base(&self) -> Zeroizing<Vec<u8>> {
        let (end, by) = match &self.end {
            None => (0, ""),
            Some(End::Stranded(by)) => (1, by.as_str()),
            Some(End::Removed(by)) => (2, by.as_str()),
            Some(End::RolledBack) => (3, ""),
            Some(End::Lost) => (4, ""),
        };
        let (mls, standing) = (self.mls.encode(), self.standing.encode());
        let ids = self.log.ids.values().map(|ids| 16 + 16 * ids.len()).sum::<usize>();
        let rest = 12 * self.log.names.len()
            + 64 * (self.log.thrown_away.len() + self.log.heard.len())
            + 32 * self.shown.len();
        Writer::sized(RECORD, mls.len() + standing.len() + ids + rest + 512)
            .u64(u64::from(self.mls.suite().number()))
            .fixed(self.mls.key().seed())
            .fixed(&*self.identity)
            .bytes(&mls)
            .bytes(&standing)
            .u64(self.log.after.value())
            .u64(self.history.value())
            .u64(self.epoch_began.0)
            .u8(u8::from(self.active))
            .u64(u64::try_from(self.sent_in_epoch).unwrap_or(u64::MAX))
            .u8(end)
            .bytes(by.as_bytes())
            .list(&self.log.ids, |w, (sender, ids)| {
                w.u64(u64::from(*sender)).list(ids, |w, id| w.fixed(id.as_bytes()))
            })
            .list(&self.log.thrown_away, |w, commit| w.fixed(&commit.hash).u64(commit.signed_at.0))
            .list(&self.log.heard, |w, (sender, heard)| {
                let Heard { next, missing, told } = *heard;
                [*sender, next, missing, told].into_iter().fold(w, |w, number| w.u64(number.into()))
            })
            .list(&self.log.names, |w, name| w.fixed(name))
            .list(&self.shown, |w, tag| w.fixed(tag))
            .done()
    }

    fn decode_base(bytes: &[u8], id: &RoomId, rules: Rules) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes, RECORD)?;
        let suite = u32::try_from(reader.u64()?).map_err(|_| Malformed("suite"))?.try_into()?;
        let key = RoomKey::from_seed(&Zeroizing::new(reader.fixed()?));
        let identity = Zeroizing::new(reader.fixed()?);
        let mls = Mls::load(reader.bytes()?, id, suite, key)?;
        let standing = Standing::decode(reader.bytes()?)?;
        let (after, history) = (Position::new(reader.u64()?), Position::new(reader.u64()?));
        let (epoch_began, active) = (UnixMillis(reader.u64()?), reader.u8()? == 1);
        let sent_in_epoch = usize::try_from(reader.u64()?).map_err(|_| Malformed("count"))?;
        let (end, by) = (reader.u8()?, String::from_utf8_lossy(reader.bytes()?).into_owned());
        let ids = reader.list(|r| {
            let sender = u32::try_from(r.u64()?).map_err(|_| Malformed("leaf"))?;
            let ids = r.list(|r| Ok(MessageId::from_bytes(r.fixed()?)))?;
            Ok((sender, ids.into_iter().collect()))
        })?;
        let thrown_away = reader
            .list(|r| Ok(ThrownAway { hash: r.fixed()?, signed_at: UnixMillis(r.u64()?) }))?;
        let heard = reader.list(|r| {
            let mut number = || u32::try_from(r.u64()?).map_err(|_| Malformed("number"));
            Ok((number()?, Heard { next: number()?, missing: number()?, told: number()? }))
        })?;
        let names = reader.list(Reader::fixed)?;
        // Older records end here.
        let shown = if reader.is_done() { Vec::new() } else { reader.list(Reader::fixed)? };
        reader.done()?;
        let end = match end {
            0 => None,
            1 => Some(End::Stranded(by)),
            2 => Some(End::Removed(by)),
            3 => Some(End::RolledBack),
            4 => Some(End::Lost),
            _ => return Err(Malformed("room end")),
        };
        let mut room = Self::with_group(mls, identity, standing, rules, epoch_began)?;
        if matches!(end, Some(End::Removed(_))) {
            room.channel = None;
        }
        room.end = end;
        room.log.after = after;
        room.log.ids = ids.into_iter().collect();
        room.log.thrown_away = thrown_away.into();
        room.log.heard = heard.into_iter().collect();
        room.log.names = names.into_iter().collect();
        (room.history, room.active, room.shown) = (history, active, shown.into());
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
            Some(("board", entry)) => self.board.load(entry, value)?,
            Some(("handle", key)) => self.load_handle(key, value)?,
            None if key == "watch" => self.watch.load(&self.id, value)?,
            None if key == "past" => self.watch.load_past(value)?,
            None if key == "returns" => self.returns = Returns::decode(value)?,
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
