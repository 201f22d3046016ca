//! The journal: what moved the group since its last full record, small enough to write for each message.
//!
//! ```text
//! base (whole group) + step 0 + step 1 + ... -> the group now, by the same code that made the steps
//! ```

use offshift_wire::{Malformed, MessageId, Position};
use zeroize::Zeroizing;

use super::watch::mark::Name;
use crate::record::{Reader, Writer};

const RECORD: u8 = 1;

/// One step.
pub(super) enum Step {
    /// A member's message was read.
    Received { position: Position, message: Zeroizing<Vec<u8>> },
    /// An own message was encrypted, and these envelopes of it may have left.
    Sent { names: Vec<Name> },
    /// An own message was read back; a quiet one is shown to nobody.
    Settled { position: Position, id: MessageId, quiet: bool },
    /// Something was read that changed nothing but what waits for its parts.
    Read { position: Position },
}

impl Step {
    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let writer = Writer::new(RECORD);
        match self {
            Self::Received { position, message } => {
                writer.u8(1).u64(position.value()).bytes(message).done()
            }
            Self::Sent { names } => writer.u8(2).list(names, |w, name| w.fixed(name)).done(),
            Self::Settled { position, id, quiet } => {
                let writer = writer.u8(3).u64(position.value()).fixed(id.as_bytes());
                writer.u8(u8::from(*quiet)).done()
            }
            Self::Read { position } => writer.u8(4).u64(position.value()).done(),
        }
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes, RECORD)?;
        let step = match reader.u8()? {
            1 => Self::Received {
                position: Position::new(reader.u64()?),
                message: Zeroizing::new(reader.bytes()?.to_vec()),
            },
            2 => Self::Sent { names: reader.list(Reader::fixed)? },
            3 => Self::Settled {
                position: Position::new(reader.u64()?),
                id: MessageId::from_bytes(reader.fixed()?),
                quiet: reader.u8()? == 1,
            },
            4 => Self::Read { position: Position::new(reader.u64()?) },
            _ => return Err(Malformed("journal step")),
        };
        reader.done()?;
        Ok(step)
    }
}
