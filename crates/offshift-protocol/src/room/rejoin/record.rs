//! Those who come back, as the vault keeps them.

use bytes::Bytes;
use offshift_wire::{Malformed, MemberId, UnixMillis, inbox::InboxMessage};
use zeroize::Zeroizing;

use super::{Asking, Done, Keys, Returns, Room};
use crate::{
    record::{Reader, Writer},
    room::state::Builder,
};

const RECORD: u8 = 1;

impl Room {
    pub(in crate::room) fn write_returns(&self, builder: &mut Builder) {
        builder.put(self.key("returns"), self.returns.encode());
    }
}

impl Returns {
    fn encode(&self) -> Zeroizing<Vec<u8>> {
        Writer::new(RECORD)
            .list(&self.done, |w, (id, done)| {
                w.fixed(id.as_bytes()).fixed(&done.package).u64(done.signed_at.0)
            })
            .list(&self.waiting, |w, (id, wish)| {
                w.fixed(id.as_bytes()).bytes(&InboxMessage::Rejoin(wish.clone()).encode())
            })
            .list(&self.asking, |w, asking| {
                write_keys(w, &asking.keys)
                    .bytes(&asking.public)
                    .list(&asking.older, write_keys)
                    .u64(asking.next_at.0)
                    .list(&asking.asked, |w, id| w.fixed(id.as_bytes()))
            })
            .done()
    }

    pub(in crate::room) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes, RECORD)?;
        let done = reader.list(|r| {
            let (id, package) = (MemberId::from_bytes(r.fixed()?), r.fixed()?);
            Ok((id, Done { package, signed_at: UnixMillis(r.u64()?) }))
        })?;
        let waiting = reader.list(|r| {
            let id = MemberId::from_bytes(r.fixed()?);
            match InboxMessage::decode(Bytes::copy_from_slice(r.bytes()?))? {
                InboxMessage::Rejoin(wish) => Ok((id, wish)),
                _ => Err(Malformed("wish")),
            }
        })?;
        let asking = reader.list(|r| {
            Ok(Asking {
                keys: read_keys(r)?,
                public: Bytes::copy_from_slice(r.bytes()?),
                older: r.list(read_keys)?,
                next_at: UnixMillis(r.u64()?),
                asked: r.list(|r| Ok(MemberId::from_bytes(r.fixed()?)))?,
            })
        })?;
        reader.done()?;
        let (done, waiting) = (done.into_iter().collect(), waiting.into_iter().collect());
        Ok(Self { asking: asking.into_iter().next(), done, waiting })
    }
}

fn write_keys(writer: Writer, keys: &Keys) -> Writer {
    writer.bytes(&keys.private).u64(keys.made.0)
}

fn read_keys(reader: &mut Reader<'_>) -> Result<Keys, Malformed> {
    let private = Zeroizing::new(reader.bytes()?.to_vec());
    Ok(Keys { private, made: UnixMillis(reader.u64()?) })
}
