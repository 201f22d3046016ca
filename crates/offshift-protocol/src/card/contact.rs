//! People who were met.

use bytes::Bytes;
use offshift_wire::{Malformed, UnixMillis, inbox::InboxMessage, room::Handle, standing::Method};
use zeroize::Zeroizing;

use super::Card;
use crate::{
    ids::{ApplicationId, ContactId},
    inbox::{InboxCard, NotTheOwner},
    record::{Reader, Writer},
    seal::DhPublicKey,
};

const VERSION: u8 = 1;

/// What a meeting was for. It is in the code that was scanned, and in the words (OS-MEE-023).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Two people meet.
    Meet,
    /// Two devices of one person.
    Device,
}

impl Purpose {
    /// Its number in the words and in records.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Meet => 1,
            Self::Device => 2,
        }
    }

    pub(crate) const fn of_number(number: u8) -> Result<Self, Malformed> {
        match number {
            1 => Ok(Self::Meet),
            2 => Ok(Self::Device),
            _ => Err(Malformed("purpose")),
        }
    }
}

/// Somebody who was met: their card, and which of ours they have.
#[derive(Clone)]
pub struct Contact {
    id: ContactId,
    application: ApplicationId,
    card: Card,
    purpose: Purpose,
    method: Method,
    met_at: UnixMillis,
}

impl Contact {
    pub(crate) const fn new(
        id: ContactId,
        application: ApplicationId,
        card: Card,
        purpose: Purpose,
        (method, met_at): (Method, UnixMillis),
    ) -> Self {
        Self { id, application, card, purpose, method, met_at }
    }

    /// Its name on this device.
    pub const fn id(&self) -> ContactId {
        self.id
    }

    /// Their handle.
    pub const fn handle(&self) -> &Handle {
        &self.card.handle
    }

    /// Their card.
    pub const fn card(&self) -> &Card {
        &self.card
    }

    /// What the meeting was for.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Whether whoever sealed with this key is the one who was met: by the card that was compared, or by the keys that
    /// they announced since.
    pub fn is_known_as(&self, sender: &DhPublicKey) -> bool {
        let shown = Card::decode(self.card.bytes.clone());
        self.card.inbox.keys().dh == *sender
            || shown.is_ok_and(|card| card.inbox.keys().dh == *sender)
    }

    /// Which of our applications they have.
    pub const fn application(&self) -> ApplicationId {
        self.application
    }

    /// How they were met.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// When the words were confirmed on this device.
    pub const fn met_at(&self) -> UnixMillis {
        self.met_at
    }

    /// The same contact with the inbox keys that they announced (OS-INB-005).
    ///
    /// # Errors
    /// [`NotTheOwner`].
    pub fn renewed(
        &self,
        sender: &DhPublicKey,
        message: &InboxMessage,
    ) -> Result<Self, NotTheOwner> {
        let inbox = self.card.inbox.renewed(sender, message)?;
        let card = Card { inbox, ..self.card.clone() };
        Ok(Self { card, ..self.clone() })
    }

    /// Its record: the inbox of now beside the card, whose bytes stay as they came.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        Writer::new(VERSION)
            .fixed(self.application.as_bytes())
            .bytes(&self.card.bytes)
            .bytes(&self.card.inbox.encode())
            .u8(self.purpose.number())
            .u8(self.method.number())
            .u64(self.met_at.0)
            .done()
    }

    /// The contact of this record.
    ///
    /// # Errors
    /// [`Malformed`] when the record is damaged.
    pub fn decode(id: ContactId, record: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(record, VERSION)?;
        let application = ApplicationId::from_bytes(reader.fixed()?);
        let card = Card::decode(Bytes::copy_from_slice(reader.bytes()?))?;
        let card = Card { inbox: InboxCard::decode(reader.bytes()?)?, ..card };
        let purpose = Purpose::of_number(reader.u8()?)?;
        let method = match reader.u8()? {
            1 => Method::InPerson,
            2 => Method::Call,
            _ => return Err(Malformed("contact record")),
        };
        let met_at = UnixMillis(reader.u64()?);
        reader.done()?;
        Ok(Self { id, application, card, purpose, method, met_at })
    }
}
