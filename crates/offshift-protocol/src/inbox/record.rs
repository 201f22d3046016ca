//! An inbox as the vault keeps it: its keys in one record, how far it was read in another, and one for each envelope
//! that was opened, so that an entry writes only what it changed.

use std::collections::BTreeMap;

use offshift_wire::{Malformed, Position, UnixMillis};
use zeroize::Zeroizing;

use super::{Generation, Inbox, Seen, inbox_key};
use crate::{
    effect::EffectsBuilder,
    ids::ApplicationId,
    limits::INBOX_GENERATIONS_MAX,
    record::{Reader, Writer},
    seal::{DhPrivateKey, InboxPrivate, KemPrivateKey},
};

const VERSION: u8 = 1;

impl Inbox {
    /// Its record, without what was handled.
    pub(crate) fn record(&self) -> Zeroizing<Vec<u8>> {
        Writer::new(VERSION)
            .bytes(self.relay.to_string().as_bytes())
            .fixed(&**self.fetch.seed())
            .fixed(&**self.deposit.seed())
            .list(&self.generations, |writer, generation| {
                writer
                    .fixed(&**generation.keys.kem.seed())
                    .fixed(generation.keys.dh.seed())
                    .u64(generation.made.0)
                    .u64(generation.retired.map_or(0, |at| at.0))
                    .u8(u8::from(generation.pinned))
            })
            .done()
    }

    /// Writes it.
    pub(crate) fn put<E>(&self, builder: &mut EffectsBuilder<E>) {
        builder.put(inbox_key(&self.id), self.record());
    }

    pub(crate) fn from_record(id: ApplicationId, record: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(record, VERSION)?;
        let relay = reader.parse()?;
        let (fetch, deposit) = (reader.fixed()?, reader.fixed()?);
        let generations = reader.list(generation)?;
        reader.done()?;
        if generations.is_empty() || generations.len() > INBOX_GENERATIONS_MAX {
            return Err(Malformed("inbox record"));
        }
        Ok(Self::with(id, relay, Zeroizing::new(fetch), Zeroizing::new(deposit), generations))
    }

    /// The inbox of these records: its own, and all whose keys begin with it and a slash.
    ///
    /// # Errors
    /// [`Malformed`] when a record is missing or damaged.
    pub fn load<'a>(
        id: ApplicationId,
        records: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("inbox record");
        let key = inbox_key(&id);
        let (mut inbox, mut after, mut seen) = (None, Position::START, BTreeMap::new());
        for (name, value) in records {
            match name.strip_prefix(&key) {
                Some("") => inbox = Some(Self::from_record(id, value)?),
                Some("/after") => {
                    let value = value.try_into().map_err(|_| BAD)?;
                    after = Position::new(u64::from_be_bytes(value));
                }
                Some(rest) => {
                    let (name, one) = seen_from_record(rest, value).ok_or(BAD)?;
                    seen.insert(name, one);
                }
                None => {}
            }
        }
        // Behind `after` lies what was opened while parts waited, and the parts themselves. The parts are to
        // be opened again; a message among them that is handed over again is idempotent to its reader.
        seen.retain(|_, one: &mut Seen| one.position <= after);
        let inbox = inbox.ok_or(BAD)?;
        Ok(Self { after, latest: after, seen, ..inbox })
    }
}

fn generation(reader: &mut Reader<'_>) -> Result<Generation, Malformed> {
    let (kem, dh) = (Zeroizing::new(reader.fixed()?), Zeroizing::new(reader.fixed()?));
    let keys =
        InboxPrivate { kem: KemPrivateKey::from_seed(&kem), dh: DhPrivateKey::from_seed(&dh) };
    let made = UnixMillis(reader.u64()?);
    let retired = Some(reader.u64()?).filter(|at| *at != 0).map(UnixMillis);
    let pinned = reader.u8()? == 1;
    Ok(Generation { keys, made, retired, pinned })
}

pub(super) fn seen_record(seen: &Seen) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([seen.position.value().to_be_bytes(), seen.made.0.to_be_bytes()].concat())
}

fn seen_from_record(rest: &str, value: &[u8]) -> Option<([u8; 32], Seen)> {
    let name = rest.strip_prefix("/seen/")?;
    let name = data_encoding::HEXLOWER.decode(name.as_bytes()).ok()?.try_into().ok()?;
    let (position, made) = value.split_first_chunk::<8>()?;
    let made = UnixMillis(u64::from_be_bytes(made.try_into().ok()?));
    Some((name, Seen { position: Position::new(u64::from_be_bytes(*position)), made }))
}
