//! Words, whom they mention and what they answer.

use bytes::Bytes;

use super::{id_bytes, message_id};
use crate::{
    Malformed, MemberId,
    card::exact,
    id::MessageId,
    limits::{MENTIONS_MAX, TEXT_BYTES_MAX},
    v1,
};

/// Words, what they answer, and whom they mention.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    text: String,
    reply_to: Option<MessageId>,
    mentions: Vec<MemberId>,
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
        Ok(Self { text: text.to_owned(), reply_to, mentions: Vec::new() })
    }

    /// The same, mentioning at most [`MENTIONS_MAX`] members.
    ///
    /// # Errors
    /// [`Malformed`] when they are more.
    pub fn mentioning(self, mentions: Vec<MemberId>) -> Result<Self, Malformed> {
        if mentions.len() > MENTIONS_MAX {
            return Err(Malformed("mentions"));
        }
        Ok(Self { mentions, ..self })
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The message that they answer.
    pub const fn reply_to(&self) -> Option<MessageId> {
        self.reply_to
    }

    /// The members whom they mention.
    pub fn mentions(&self) -> &[MemberId] {
        &self.mentions
    }
}

impl From<&Text> for v1::Text {
    fn from(text: &Text) -> Self {
        let key = |id: &MemberId| Bytes::copy_from_slice(id.as_bytes());
        Self {
            text: text.text.clone(),
            reply_to: text.reply_to.as_ref().map_or_else(Bytes::new, id_bytes),
            mentions: text.mentions.iter().map(key).collect(),
        }
    }
}

impl TryFrom<v1::Text> for Text {
    type Error = Malformed;

    fn try_from(text: v1::Text) -> Result<Self, Malformed> {
        let reply_to = (!text.reply_to.is_empty()).then(|| message_id(&text.reply_to)).transpose();
        let member = |bytes: &Bytes| exact(bytes, "member id").map(MemberId::from_bytes);
        let mentions = text.mentions.iter().map(member).collect::<Result<_, _>>()?;
        Self::new(&text.text, reply_to?)?.mentioning(mentions)
    }
}
