//! What members say to each other, valid by construction.
//!
//! Old readers lose nothing of new kinds: an unknown kind is kept as the bytes that came.

use bytes::Bytes;
use prost::Message as _;

use crate::{Malformed, id::MessageId, limits::TEXT_BYTES_MAX, v1};

/// The plaintext of an application message.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Chosen by the author; makes sending again idempotent.
    pub id: MessageId,
    /// What it says.
    pub content: Content,
}

/// What a message says.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// Words.
    Text(Text),
    /// A kind that this build does not know: the whole message as it came.
    Unknown(Bytes),
}

/// Words, and what they answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    text: String,
    reply_to: Option<MessageId>,
}

impl Text {
    /// Words of at least one and at most [`TEXT_BYTES_MAX`] bytes.
    ///
    /// # Errors
    /// [`Malformed`] when they are empty or longer.
    pub fn new(text: &str, reply_to: Option<MessageId>) -> Result<Self, Malformed> {
        if text.is_empty() || text.len() > TEXT_BYTES_MAX {
            return Err(Malformed("text length"));
        }
        Ok(Self { text: text.to_owned(), reply_to })
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The message that they answer.
    pub const fn reply_to(&self) -> Option<MessageId> {
        self.reply_to
    }
}

impl Message {
    /// Its bytes.
    ///
    /// # Errors
    /// [`Malformed`] for an unknown kind: a device does not speak for a newer one.
    pub fn encode(&self) -> Result<Vec<u8>, Malformed> {
        let Content::Text(text) = &self.content else { return Err(Malformed("content kind")) };
        let reply_to = text.reply_to.map(|id| Bytes::copy_from_slice(id.as_bytes()));
        let kind = v1::Text { text: text.text.clone(), reply_to: reply_to.unwrap_or_default() };
        let message = v1::Content {
            message_id: Bytes::copy_from_slice(self.id.as_bytes()),
            kind: Some(v1::content::Kind::Text(kind)),
        };
        Ok(message.encode_to_vec())
    }

    /// The message with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: Bytes) -> Result<Self, Malformed> {
        let message = v1::Content::decode(bytes.clone())?;
        let id = message_id(&message.message_id)?;
        let content = match message.kind {
            Some(v1::content::Kind::Text(text)) => Content::Text(text.try_into()?),
            None => Content::Unknown(bytes),
        };
        Ok(Self { id, content })
    }
}

impl TryFrom<v1::Text> for Text {
    type Error = Malformed;

    fn try_from(text: v1::Text) -> Result<Self, Malformed> {
        let reply_to = (!text.reply_to.is_empty()).then(|| message_id(&text.reply_to)).transpose();
        Self::new(&text.text, reply_to?)
    }
}

fn message_id(bytes: &[u8]) -> Result<MessageId, Malformed> {
    bytes.try_into().map(MessageId::from_bytes).map_err(|_| Malformed("message id"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(words: &str) -> Message {
        let reply_to = Some(MessageId::from_bytes([2; 16]));
        Message {
            id: MessageId::from_bytes([1; 16]),
            content: Content::Text(Text::new(words, reply_to).unwrap()),
        }
    }

    #[test]
    fn a_text_survives_being_written_and_read() {
        let message = text("see you at six");
        assert!(Message::decode(message.encode().unwrap().into()).unwrap() == message);
    }

    #[test]
    fn an_unknown_kind_keeps_every_byte() {
        let mut bytes = text("x").encode().unwrap();
        bytes.truncate(18);
        bytes.extend_from_slice(&[0xfa, 0x01, 3, b'n', b'e', b'w']);
        let message = Message::decode(bytes.clone().into()).unwrap();
        assert!(message.content == Content::Unknown(bytes.into()));
        assert!(message.encode().is_err());
    }

    #[test]
    fn text_has_a_length() {
        assert!(Text::new("", None).is_err());
        assert!(Text::new(&"a".repeat(TEXT_BYTES_MAX), None).is_ok());
        assert!(Text::new(&"a".repeat(TEXT_BYTES_MAX + 1), None).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Message::decode(bytes.into());
        }
    }
}
