//! People who were met.

use bytes::Bytes;
use offshift_wire::{Malformed, UnixMillis, inbox::InboxMessage, room::Handle};
use zeroize::Zeroizing;

use super::Card;
use crate::{
    ids::{ApplicationId, ContactId},
    inbox::{InboxCard, NotTheOwner},
    record::{Reader, Writer},
    seal::DhPublicKey,
};

const VERSION: u8 = 1;

/// How somebody was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Face to face, the words compared.
    InPerson,
}

/// Somebody who was met: their card, and which of ours they have.
#[derive(Clone)]
pub struct Contact {
    id: ContactId,
    application: ApplicationId,
    card: Card,
    method: Method,
    met_at: UnixMillis,
}

impl Contact {
    pub(crate) const fn new(
        id: ContactId,
        application: ApplicationId,
        card: Card,
        met_at: UnixMillis,
    ) -> Self {
        Self { id, application, card, method: Method::InPerson, met_at }
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

    /// Which of our applications they have, they alone.
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
        let method = match self.method {
            Method::InPerson => 1,
        };
        Writer::new(VERSION)
            .fixed(self.application.as_bytes())
            .bytes(&self.card.bytes)
            .bytes(&self.card.inbox.encode())
            .u8(method)
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
        let method = match reader.u8()? {
            1 => Method::InPerson,
            _ => return Err(Malformed("contact record")),
        };
        let met_at = UnixMillis(reader.u64()?);
        reader.done()?;
        Ok(Self { id, application, card, method, met_at })
    }
}
