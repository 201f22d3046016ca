//! What is said through an inbox, under the seal.

use bytes::Bytes;
use prost::Message;

use crate::{
    Malformed, MemberId, Position, RoomId, UnixMillis,
    admission::RejoinProof,
    card::{DhPublicBytes, KemPublicBytes, exact},
    limits::{INTRODUCTIONS_MAX, KEY_PACKAGE_BYTES_MAX, TICKET_BYTES_MAX},
    link::RelayLink,
    token::IssuerKey,
    v1,
};

/// A message in an inbox. A reader keeps what it does not know (OS-INB-006).
#[derive(Clone, PartialEq, Eq)]
pub enum InboxMessage {
    /// Come into a room.
    Welcome(WelcomeBytes),
    /// The sender's new keys: from now on seal to these.
    Keys {
        /// KEM key.
        kem: Box<KemPublicBytes>,
        /// DH key.
        dh: DhPublicBytes,
    },
    /// The room that the sender vouches into.
    Introduction(Introduction),
    /// Where the sender stands in a room.
    Checkpoint(Checkpoint),
    /// The sender wants to be added again.
    Rejoin(Rejoin),
    /// Of a kind that a later version knows: all its bytes.
    Unknown(Bytes),
}

/// What brings a device into a room. `rooms.md` says what the bytes are.
#[derive(Clone, PartialEq, Eq)]
pub struct WelcomeBytes {
    /// An MLSMessage with a Welcome.
    pub welcome: Bytes,
    /// The encoded standing of the room.
    pub standing: Bytes,
    /// Whole envelopes, sealed to this inbox by those who vouched.
    pub introductions: Vec<Bytes>,
    /// A share of a ticket of the room's relay, secret; empty if there is none. `offshift-access` gives it meaning.
    pub ticket: Bytes,
    /// How the room's relay is reached now, if its identity is not that of the policy any more.
    pub relay: Option<RelayLink>,
}

/// The room that the sender vouches into, and the sender's key there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Introduction {
    /// The room.
    pub room: RoomId,
    /// The sender's key in it.
    pub member: MemberId,
}

/// Where the sender stands in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// The room.
    pub room: RoomId,
    /// The sender's epoch.
    pub epoch: u64,
    /// The hash of that epoch's authenticator.
    pub authenticator: [u8; 32],
    /// How far the sender has read the epoch's log.
    pub position: Position,
    /// Messages of the sender that stand in that log.
    pub sent: u32,
    /// By the sender's clock.
    pub signed_at: UnixMillis,
    /// The issuer key that the room's relay gave the sender, if any. Whether the relay signed it is for others to say.
    pub issuer_key: Option<IssuerKey>,
}

/// A member's wish to come back with fresh keys.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejoin {
    /// The room.
    pub room: RoomId,
    /// Of the same signature key and identity.
    pub key_package: Bytes,
    /// The last epoch that the member has.
    pub epoch: u64,
    /// The last position that the member has read.
    pub last: Position,
    /// The member's signature.
    pub proof: RejoinProof,
}

impl InboxMessage {
    /// Its bytes.
    pub fn encode(&self) -> Bytes {
        use v1::inbox_message::Kind;
        let kind = match self {
            Self::Welcome(one) => Kind::Welcome(v1::InboxWelcome {
                welcome: one.welcome.clone(),
                standing: one.standing.clone(),
                introductions: one.introductions.clone(),
                ticket: one.ticket.clone(),
                relay: one.relay.as_ref().map(RelayLink::to_string).unwrap_or_default(),
            }),
            Self::Keys { kem, dh } => Kind::Keys(v1::InboxKeys {
                kem: Bytes::copy_from_slice(kem.as_slice()),
                dh: Bytes::copy_from_slice(dh),
            }),
            Self::Introduction(one) => Kind::Introduction(v1::InboxIntroduction {
                room: Bytes::copy_from_slice(one.room.as_bytes()),
                member: Bytes::copy_from_slice(one.member.as_bytes()),
            }),
            Self::Checkpoint(one) => Kind::Checkpoint(one.into()),
            Self::Rejoin(one) => Kind::Rejoin(one.into()),
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
            Some(Kind::Welcome(one)) => Self::Welcome(one.try_into()?),
            Some(Kind::Keys(keys)) => Self::Keys {
                kem: Box::new(exact(&keys.kem, "kem key")?),
                dh: exact(&keys.dh, "dh key")?,
            },
            Some(Kind::Introduction(one)) => Self::Introduction(Introduction {
                room: RoomId::from_bytes(exact(&one.room, "room id")?),
                member: MemberId::from_bytes(exact(&one.member, "member id")?),
            }),
            Some(Kind::Checkpoint(one)) => Self::Checkpoint(one.try_into()?),
            Some(Kind::Rejoin(one)) => Self::Rejoin(one.try_into()?),
        })
    }
}

impl TryFrom<v1::InboxWelcome> for WelcomeBytes {
    type Error = Malformed;

    fn try_from(one: v1::InboxWelcome) -> Result<Self, Malformed> {
        if one.introductions.len() > INTRODUCTIONS_MAX {
            return Err(Malformed("introductions"));
        }
        if one.ticket.len() > TICKET_BYTES_MAX {
            return Err(Malformed("ticket"));
        }
        let v1::InboxWelcome { welcome, standing, introductions, ticket, relay } = one;
        let relay = Some(relay).filter(|text| !text.is_empty()).map(|text| text.parse());
        let relay = relay.transpose().map_err(|_| Malformed("relay"))?;
        Ok(Self { welcome, standing, introductions, ticket, relay })
    }
}

impl From<&Checkpoint> for v1::InboxCheckpoint {
    fn from(one: &Checkpoint) -> Self {
        Self {
            room: Bytes::copy_from_slice(one.room.as_bytes()),
            epoch: one.epoch,
            authenticator: Bytes::copy_from_slice(&one.authenticator),
            position: one.position.value(),
            sent: one.sent,
            signed_at_ms: one.signed_at.0,
            issuer_key: one.issuer_key.map(|key| key.encode().into()).unwrap_or_default(),
        }
    }
}

impl TryFrom<v1::InboxCheckpoint> for Checkpoint {
    type Error = Malformed;

    fn try_from(one: v1::InboxCheckpoint) -> Result<Self, Malformed> {
        Ok(Self {
            room: RoomId::from_bytes(exact(&one.room, "room id")?),
            epoch: one.epoch,
            authenticator: exact(&one.authenticator, "authenticator")?,
            position: Position::new(one.position),
            sent: one.sent,
            signed_at: UnixMillis(one.signed_at_ms),
            issuer_key: Some(&*one.issuer_key)
                .filter(|bytes| !bytes.is_empty())
                .map(IssuerKey::decode)
                .transpose()?,
        })
    }
}

impl From<&Rejoin> for v1::InboxRejoin {
    fn from(one: &Rejoin) -> Self {
        Self {
            room: Bytes::copy_from_slice(one.room.as_bytes()),
            key_package: one.key_package.clone(),
            epoch: one.epoch,
            last: one.last.value(),
            proof: Some((&one.proof).into()),
        }
    }
}

impl TryFrom<v1::InboxRejoin> for Rejoin {
    type Error = Malformed;

    fn try_from(one: v1::InboxRejoin) -> Result<Self, Malformed> {
        if one.key_package.len() > KEY_PACKAGE_BYTES_MAX {
            return Err(Malformed("key package"));
        }
        Ok(Self {
            room: RoomId::from_bytes(exact(&one.room, "room id")?),
            key_package: one.key_package,
            epoch: one.epoch,
            last: Position::new(one.last),
            proof: one.proof.ok_or(Malformed("proof"))?.try_into()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{RelayId, limits::LINK_TEXT_MAX};

    #[test]
    fn a_message_survives_being_written_and_read() {
        let room = RoomId::from_bytes([3; 16]);
        let messages = [
            InboxMessage::Welcome(WelcomeBytes {
                welcome: Bytes::from_static(b"welcome"),
                standing: Bytes::from_static(b"standing"),
                introductions: vec![Bytes::from_static(b"envelope")],
                ticket: Bytes::from_static(b"ticket"),
                relay: RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).ok(),
            }),
            InboxMessage::Keys { kem: Box::new([1; 1216]), dh: [2; 32] },
            InboxMessage::Introduction(Introduction {
                room,
                member: MemberId::from_bytes([4; 32]),
            }),
            InboxMessage::Checkpoint(Checkpoint {
                room,
                epoch: 5,
                authenticator: [6; 32],
                position: Position::new(7),
                sent: 8,
                signed_at: UnixMillis(9),
                issuer_key: Some(IssuerKey {
                    period: crate::token::Period(2),
                    key: [3; 32],
                    signature: [4; 64],
                }),
            }),
            InboxMessage::Rejoin(Rejoin {
                room,
                key_package: Bytes::from_static(b"package"),
                epoch: 5,
                last: Position::new(7),
                proof: RejoinProof { signed_at: UnixMillis(9), signature: [1; 64] },
            }),
        ];
        for message in messages {
            assert!(InboxMessage::decode(message.encode()) == Ok(message));
        }
    }

    #[test]
    fn os_joi_034_a_relay_in_a_welcome_is_a_link_or_there_is_none() {
        let with = |relay: &str| {
            let welcome = v1::InboxWelcome { relay: relay.to_owned(), ..Default::default() };
            WelcomeBytes::try_from(welcome).map(|one| one.relay)
        };
        let link = RelayLink::new("relay.example", 4433, RelayId::from_bytes([9; 32])).unwrap();
        assert_eq!(with(""), Ok(None));
        assert_eq!(with(&link.to_string()), Ok(Some(link)), "the twin");
        assert!(with("relay.example").is_err());
        assert!(with(&"x".repeat(LINK_TEXT_MAX + 1)).is_err());
    }

    #[test]
    fn os_tok_042_os_tok_043_a_ticket_that_is_too_long_and_a_key_that_is_none_are_refused() {
        let with = |ticket: &'static [u8]| {
            let welcome = v1::InboxWelcome { ticket: ticket.into(), ..Default::default() };
            WelcomeBytes::try_from(welcome).map(|one| one.ticket.len())
        };
        assert_eq!(with(&[1; TICKET_BYTES_MAX]), Ok(TICKET_BYTES_MAX), "the twin");
        assert!(with(&[1; TICKET_BYTES_MAX + 1]).is_err());
        let with = |issuer_key: &'static [u8]| {
            let bytes = |length: usize| Bytes::from(vec![1; length]);
            let (room, authenticator) = (bytes(16), bytes(32));
            let issuer_key = issuer_key.into();
            let one = v1::InboxCheckpoint { room, authenticator, issuer_key, ..Default::default() };
            Checkpoint::try_from(one).map(|one| one.issuer_key)
        };
        assert_eq!(with(&[]), Ok(None), "the twin");
        assert!(with(&[1]).is_err());
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
