//! The journal: what moved the group since its last full record, small enough to write for each message.
//!
//! ```text
//! base (whole group) + step 0 + step 1 + ... -> the group now, by the same code that made the steps
//! ```

use offshift_wire::{Malformed, MessageId, Position};
use zeroize::Zeroizing;

use crate::record::{Reader, Writer};

const RECORD: u8 = 1;

/// One step.
pub(super) enum Step {
    /// A member's message was read.
    Received { position: Position, message: Zeroizing<Vec<u8>> },
    /// An own message was encrypted.
    Sent,
    /// An own message was read back.
    Settled { position: Position, id: MessageId },
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
            Self::Sent => writer.u8(2).done(),
            Self::Settled { position, id } => {
                writer.u8(3).u64(position.value()).fixed(id.as_bytes()).done()
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
            2 => Self::Sent,
            3 => Self::Settled {
                position: Position::new(reader.u64()?),
                id: MessageId::from_bytes(reader.fixed()?),
            },
            4 => Self::Read { position: Position::new(reader.u64()?) },
            _ => return Err(Malformed("journal step")),
        };
        reader.done()?;
        Ok(step)
    }
}
