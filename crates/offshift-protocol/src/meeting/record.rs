//! A meeting under way as the vault keeps it: a restart goes on where it was (OS-MEE-017).

use bytes::Bytes;
use offshift_wire::{Malformed, Position, UnixMillis};
use zeroize::Zeroizing;

use super::{Log, Meeting, Mine, Peer, Role, Stage, code::AnyCode, rendezvous};
use crate::{
    card::{Application, Card},
    context::OutboxId,
    ids::{ApplicationId, MeetingId},
    inbox::Inbox,
    limits::MEETING_ENTRIES_MAX,
    record::{Reader, Writer},
};

const VERSION: u8 = 1;
const BAD: Malformed = Malformed("meeting record");
/// Commit, reveal and abort, or answer and abort.
const OUTBOX_MAX: usize = 4;

impl Meeting {
    /// Its record: role, code, tag, nonce, end, application, stage, mailboxes, outbox.
    pub(super) fn record(&self) -> Zeroizing<Vec<u8>> {
        let writer = Writer::new(VERSION)
            .u8(match self.role {
                Role::Shower => 1,
                Role::Scanner => 2,
            })
            .bytes(Zeroizing::new(self.code.to_string()).as_bytes())
            .fixed(&self.tag)
            .fixed(&self.nonce)
            .u64(self.ends.0)
            .fixed(self.mine.id().as_bytes());
        let writer = match &self.mine {
            Mine::Fresh(mine) => writer.u8(1).bytes(&mine.record()).bytes(&mine.inbox().record()),
            Mine::Again(_, card) => writer.u8(2).bytes(card.bytes()),
        };
        let writer = self.shower.write(self.scanner.write(self.stage.write(writer)));
        writer.list(&self.outbox, |writer, id| writer.bytes(id.key().as_bytes())).done()
    }

    /// The meeting of this record.
    ///
    /// # Errors
    /// [`Malformed`] when the record is damaged.
    pub fn load(id: MeetingId, record: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(record, VERSION)?;
        let role = match reader.u8()? {
            1 => Role::Shower,
            2 => Role::Scanner,
            _ => return Err(BAD),
        };
        let code = reader.parse::<AnyCode>()?.0;
        let (tag, nonce, ends) = (reader.fixed()?, reader.fixed()?, UnixMillis(reader.u64()?));
        let application = ApplicationId::from_bytes(reader.fixed()?);
        let mine = match reader.u8()? {
            1 => {
                let record = reader.bytes()?;
                let inbox = Inbox::from_record(application, reader.bytes()?)?;
                Application::load(inbox, record)?.into()
            }
            2 => {
                let card = Card::decode(Bytes::copy_from_slice(reader.bytes()?))?;
                Mine::Again(application, Box::new(card))
            }
            _ => return Err(BAD),
        };
        let stage = Stage::read(&mut reader)?;
        let scanner = Log::new(rendezvous::mailbox(&code, Role::Scanner)).read(&mut reader)?;
        let shower = Log::new(rendezvous::mailbox(&code, Role::Shower)).read(&mut reader)?;
        let outbox = reader.list(|reader| {
            let key = std::str::from_utf8(reader.bytes()?).map_err(|_| BAD)?;
            OutboxId::from_key(key).ok_or(BAD)
        })?;
        reader.done()?;
        if outbox.len() > OUTBOX_MAX {
            return Err(BAD);
        }
        Ok(Self { id, role, code, tag, nonce, mine, stage, ends, scanner, shower, outbox })
    }
}

impl Stage {
    fn write(&self, writer: Writer) -> Writer {
        match self {
            Self::Waiting => writer.u8(1),
            Self::Committed => writer.u8(2),
            Self::Answered { peer, commit } => writer.u8(3).fixed(peer).fixed(commit),
            Self::Compared(peer) => {
                writer.u8(4).fixed(&peer.tag).fixed(&peer.nonce).bytes(peer.card.bytes())
            }
            Self::Over => writer.u8(5),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(match reader.u8()? {
            1 => Self::Waiting,
            2 => Self::Committed,
            3 => Self::Answered { peer: reader.fixed()?, commit: reader.fixed()? },
            4 => Self::Compared(Box::new(Peer {
                tag: reader.fixed()?,
                nonce: reader.fixed()?,
                card: Card::decode(Bytes::copy_from_slice(reader.bytes()?))?,
            })),
            5 => Self::Over,
            _ => return Err(BAD),
        })
    }
}

impl Log {
    fn write(&self, writer: Writer) -> Writer {
        writer.u64(self.after.value()).list(&self.known, |writer, name| writer.fixed(name))
    }

    fn read(self, reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let after = Position::new(reader.u64()?);
        let known = reader.list(Reader::fixed)?;
        // Own entries are known beyond the limit for what is read.
        if known.len() > MEETING_ENTRIES_MAX + OUTBOX_MAX {
            return Err(BAD);
        }
        Ok(Self { after, known, ..self })
    }
}
