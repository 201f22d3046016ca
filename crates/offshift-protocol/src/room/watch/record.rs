//! What is kept beside the log, as the vault keeps it: what may change daily, and past epochs apart.

use offshift_wire::{Malformed, MemberId, Position, RoomId, UnixMillis, inbox::Checkpoint};
use zeroize::Zeroizing;

use super::{Claim, Past, Room, Watch};
use crate::{
    record::{Reader, Writer},
    room::state::Builder,
};

const RECORD: u8 = 1;

impl Room {
    pub(in crate::room) fn write_watch(&self, builder: &mut Builder) {
        builder.put(self.key("watch"), self.watch.encode());
    }

    pub(in crate::room) fn write_past(&self, builder: &mut Builder) {
        builder.put(self.key("past"), self.watch.encode_past());
    }
}

impl Watch {
    fn encode(&self) -> Zeroizing<Vec<u8>> {
        Writer::new(RECORD)
            .list(&self.claims, |w, (id, claim)| write_claim(w.fixed(id.as_bytes()), claim))
            .list(&self.signs, |w, (id, at)| w.fixed(id.as_bytes()).u64(at.0))
            .u64(self.since.0)
            .u8(u8::from(self.stale))
            .list(&self.accusers, |w, id| w.fixed(id.as_bytes()))
            .list(&self.doubted, |w, id| w.fixed(id.as_bytes()))
            .list(&self.ahead, |w, (id, claim)| write_claim(w.fixed(id.as_bytes()), claim))
            .u64(self.lost.unwrap_or_default().0)
            .u64(self.caught_up.0)
            .u64(self.checkpoint_at.0)
            .u64(self.present_at.0)
            .u64(self.silence)
            .list(&self.claims, |w, (_, claim)| w.u64(claim.waits_since.0))
            .done()
    }

    /// Takes the record into a watch that knows its epoch.
    pub(in crate::room) fn load(&mut self, room: &RoomId, bytes: &[u8]) -> Result<(), Malformed> {
        let mut reader = Reader::new(bytes, RECORD)?;
        self.claims =
            reader.list(|r| Ok((member(r)?, read_claim(r, room)?)))?.into_iter().collect();
        self.signs = reader.list(|r| Ok((member(r)?, time(r)?)))?.into_iter().collect();
        self.since = time(&mut reader)?;
        self.stale = reader.u8()? == 1;
        self.accusers = reader.list(member)?.into_iter().collect();
        self.doubted = reader.list(member)?.into_iter().collect();
        self.ahead = reader.list(|r| Ok((member(r)?, read_claim(r, room)?)))?.into_iter().collect();
        self.lost = Some(time(&mut reader)?).filter(|since| *since != UnixMillis(0));
        self.caught_up = time(&mut reader)?;
        self.checkpoint_at = time(&mut reader)?;
        self.present_at = time(&mut reader)?;
        // Older records end here.
        self.silence = if reader.is_done() { 0 } else { reader.u64()? };
        let waits = if reader.is_done() { Vec::new() } else { reader.list(time)? };
        self.claims.values_mut().zip(waits).for_each(|(claim, since)| claim.waits_since = since);
        reader.done()
    }

    fn encode_past(&self) -> Zeroizing<Vec<u8>> {
        Writer::new(RECORD)
            .list(&self.past, |w, past| {
                w.u64(past.epoch).fixed(&past.authenticator).list(&past.heard, |w, (id, heard)| {
                    w.fixed(id.as_bytes()).u64(u64::from(*heard))
                })
            })
            .done()
    }

    pub(in crate::room) fn load_past(&mut self, bytes: &[u8]) -> Result<(), Malformed> {
        let mut reader = Reader::new(bytes, RECORD)?;
        let past = reader.list(|r| {
            let (epoch, authenticator) = (r.u64()?, r.fixed()?);
            let heard = r.list(|r| Ok((member(r)?, count(r)?)))?;
            Ok(Past { epoch, authenticator, heard: heard.into_iter().collect() })
        })?;
        self.past = past.into();
        reader.done()
    }
}

fn write_claim(writer: Writer, Claim { said, heard_at, .. }: &Claim) -> Writer {
    writer
        .u64(heard_at.0)
        .u64(said.epoch)
        .fixed(&said.authenticator)
        .u64(said.position.value())
        .u64(u64::from(said.sent))
        .u64(said.signed_at.0)
}

fn read_claim(reader: &mut Reader<'_>, room: &RoomId) -> Result<Claim, Malformed> {
    let heard_at = time(reader)?;
    let said = Checkpoint {
        room: *room,
        epoch: reader.u64()?,
        authenticator: reader.fixed()?,
        position: Position::new(reader.u64()?),
        sent: count(reader)?,
        signed_at: time(reader)?,
        issuer_key: None,
    };
    Ok(Claim { said, heard_at, waits_since: heard_at })
}

fn member(reader: &mut Reader<'_>) -> Result<MemberId, Malformed> {
    reader.fixed().map(MemberId::from_bytes)
}

fn time(reader: &mut Reader<'_>) -> Result<UnixMillis, Malformed> {
    reader.u64().map(UnixMillis)
}

fn count(reader: &mut Reader<'_>) -> Result<u32, Malformed> {
    u32::try_from(reader.u64()?).map_err(|_| Malformed("count"))
}
