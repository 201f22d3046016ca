//! A meeting under way as the vault keeps it: a restart goes on where it was.

use bytes::Bytes;
use offshift_wire::{Malformed, Position, UnixMillis};
use zeroize::Zeroizing;

use super::{Log, Meeting, Peer, Role, Stage, rendezvous};
use crate::{
    card::{Application, Card},
    context::OutboxId,
    fields::{Fields, FieldsReader},
    ids::{ApplicationId, MeetingId},
    inbox::Inbox,
    limits::MEETING_ENTRIES_MAX,
};

const VERSION: u8 = 1;
const BAD: Malformed = Malformed("meeting record");
/// Commit, reveal and abort, or answer and abort.
const OUTBOX_MAX: usize = 4;

impl Meeting {
    /// Its record: role, code, tag, nonce, end, application, stage, mailboxes, outbox.
    pub(super) fn record(&self) -> Zeroizing<Vec<u8>> {
        let mut fields = Fields::new(VERSION);
        fields.put_u64(match self.role {
            Role::Shower => 1,
            Role::Scanner => 2,
        });
        fields.put(Zeroizing::new(self.code.to_string()).as_bytes());
        fields.put(&self.tag);
        fields.put(&self.nonce);
        fields.put_u64(self.ends.0);
        fields.put(self.mine.id().as_bytes());
        fields.put(&self.mine.record());
        fields.put(&self.mine.inbox().record());
        self.stage.put(&mut fields);
        self.scanner.put(&mut fields);
        self.shower.put(&mut fields);
        fields.put_u64(u64::try_from(self.outbox.len()).unwrap_or_default());
        for id in &self.outbox {
            fields.put(id.key().as_bytes());
        }
        fields.done()
    }

    /// The meeting of this record.
    ///
    /// # Errors
    /// [`Malformed`] when the record is damaged.
    pub fn load(id: MeetingId, record: &[u8]) -> Result<Self, Malformed> {
        let mut fields = FieldsReader::new(VERSION, record, "meeting record")?;
        let role = match fields.u64()? {
            1 => Role::Shower,
            2 => Role::Scanner,
            _ => return Err(BAD),
        };
        let code = fields.parse()?;
        let (tag, nonce, ends) = (fields.array()?, fields.array()?, UnixMillis(fields.u64()?));
        let application = ApplicationId::from_bytes(fields.array()?);
        let record = fields.take()?;
        let inbox = Inbox::from_record(application, fields.take()?)?;
        let mine = Application::load(inbox, record)?;
        let stage = Stage::take(&mut fields)?;
        let scanner = Log::new(rendezvous::mailbox(&code, Role::Scanner)).take(&mut fields)?;
        let shower = Log::new(rendezvous::mailbox(&code, Role::Shower)).take(&mut fields)?;
        let outbox = fields.list(OUTBOX_MAX, |fields| {
            let key = std::str::from_utf8(fields.take()?).map_err(|_| BAD)?;
            OutboxId::from_key(key).ok_or(BAD)
        })?;
        fields.end()?;
        Ok(Self { id, role, code, tag, nonce, mine, stage, ends, scanner, shower, outbox })
    }
}

impl Stage {
    fn put(&self, fields: &mut Fields) {
        match self {
            Self::Waiting => fields.put_u64(1),
            Self::Committed => fields.put_u64(2),
            Self::Answered { peer, commit } => {
                fields.put_u64(3);
                fields.put(peer);
                fields.put(commit);
            }
            Self::Compared(peer) => {
                fields.put_u64(4);
                fields.put(&peer.tag);
                fields.put(&peer.nonce);
                fields.put(peer.card.bytes());
            }
            Self::Over => fields.put_u64(5),
        }
    }

    fn take(fields: &mut FieldsReader<'_>) -> Result<Self, Malformed> {
        Ok(match fields.u64()? {
            1 => Self::Waiting,
            2 => Self::Committed,
            3 => Self::Answered { peer: fields.array()?, commit: fields.array()? },
            4 => Self::Compared(Box::new(Peer {
                tag: fields.array()?,
                nonce: fields.array()?,
                card: Card::decode(Bytes::copy_from_slice(fields.take()?))?,
            })),
            5 => Self::Over,
            _ => return Err(BAD),
        })
    }
}

impl Log {
    fn put(&self, fields: &mut Fields) {
        fields.put_u64(self.after.value());
        fields.put_u64(u64::try_from(self.known.len()).unwrap_or_default());
        for name in &self.known {
            fields.put(name);
        }
    }

    fn take(self, fields: &mut FieldsReader<'_>) -> Result<Self, Malformed> {
        let after = Position::new(fields.u64()?);
        // The last own entry is known beyond the limit for what is read.
        let known = fields.list(MEETING_ENTRIES_MAX + OUTBOX_MAX, FieldsReader::array)?;
        Ok(Self { after, known, ..self })
    }
}
