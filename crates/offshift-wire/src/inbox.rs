//! What is said through an inbox, under the seal.

use bytes::Bytes;
use prost::Message;

use crate::{
    Malformed,
    card::{DhPublicBytes, KemPublicBytes, exact},
    v1,
};

/// A message in an inbox. A reader keeps what it does not know (OS-INB-006).
#[derive(Clone, PartialEq, Eq)]
pub enum InboxMessage {
    /// Come into a room. `rooms.md` says what the bytes are.
    Welcome(Bytes),
    /// The sender's new keys: from now on seal to these.
    Keys {
        /// KEM key.
        kem: Box<KemPublicBytes>,
        /// DH key.
        dh: DhPublicBytes,
    },
    /// Of a kind that a later version knows: all its bytes.
    Unknown(Bytes),
}

impl InboxMessage {
    /// Its bytes.
    pub fn encode(&self) -> Bytes {
        use v1::inbox_message::Kind;
        let kind = match self {
            Self::Welcome(welcome) => Kind::Welcome(v1::InboxWelcome { welcome: welcome.clone() }),
            Self::Keys { kem, dh } => Kind::Keys(v1::InboxKeys {
                kem: Bytes::copy_from_slice(kem.as_slice()),
                dh: Bytes::copy_from_slice(dh),
            }),
            Self::Unknown(bytes) => return bytes.clone(),
        };
        v1::InboxMessage { kind: Some(kind) }.encode_to_vec().into()
    }

    /// The message of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: Bytes) -> Result<Self, Malformed> {
        use v1::inbox_message::Kind;
        Ok(match v1::InboxMessage::decode(bytes.clone())?.kind {
            None => Self::Unknown(bytes),
            Some(Kind::Welcome(one)) => Self::Welcome(one.welcome),
            Some(Kind::Keys(keys)) => Self::Keys {
                kem: Box::new(exact(&keys.kem, "kem key")?),
                dh: exact(&keys.dh, "dh key")?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_message_survives_being_written_and_read() {
        let keys = InboxMessage::Keys { kem: Box::new([1; 1216]), dh: [2; 32] };
        for message in [InboxMessage::Welcome(Bytes::from_static(b"welcome")), keys] {
            assert!(InboxMessage::decode(message.encode()) == Ok(message));
        }
    }

    #[test]
    fn os_inb_006_a_message_of_a_later_kind_is_kept_whole() {
        let later = Bytes::from_static(&[0x7a, 3, b'n', b'e', b'w']);
        let read = InboxMessage::decode(later.clone());
        assert!(read == Ok(InboxMessage::Unknown(later.clone())));
        assert_eq!(InboxMessage::Unknown(later.clone()).encode(), later);
    }

    proptest! {
        #[test]
        fn decoding_any_bytes_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = InboxMessage::decode(bytes.into());
        }
    }
}
