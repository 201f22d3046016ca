//! What members say to each other, valid by construction.
//!
//! Old readers lose nothing of new kinds: an unknown kind is kept as the bytes that came (OS-ROO-020).

mod deeds;
mod text;

use bytes::Bytes;
use prost::Message as _;

pub use deeds::{Answer, Edit, File, Pin, Plan, Poll, Reaction};
pub use text::Text;

use crate::{
    Malformed, MemberId, UnixMillis,
    admission::{Approval, Motion, Vouch},
    card::exact,
    id::MessageId,
    limits::{KEY_PACKAGE_BYTES_MAX, REASON_BYTES_MAX},
    size::SizeClass,
    v1,
};

/// The plaintext of an application message.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Chosen by the author; makes sending again idempotent.
    pub id: MessageId,
    /// How many messages of this epoch the author sent before this one.
    pub sequence: u32,
    /// What it says.
    pub content: Content,
}

/// What a message says.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// Words.
    Text(Text),
    /// The author met somebody and vouches for them.
    Vouched(Vouched),
    /// The author vouches for a member who is under review.
    Revouched(MemberId, Vouch),
    /// The author is against letting somebody in.
    Objection(Objection),
    /// The author is for a motion.
    Approved(Approved),
    /// The author, an organizer, was in this epoch at this time.
    Present(UnixMillis),
    /// Words of an organizer to everyone.
    Announcement(Text),
    /// A mark on a message.
    Reaction(Reaction),
    /// Other words for an own message.
    Edit(Edit),
    /// An own message is not to be shown any more.
    TakeBack(MessageId),
    /// A question with answers to choose from.
    Poll(Poll),
    /// What the author chooses in a poll.
    Answer(Answer),
    /// No more answers count in this poll.
    ClosePoll(MessageId),
    /// A time and a place.
    Plan(Plan),
    /// What stays at the top.
    Pin(Pin),
    /// A file in a mailbox of its own.
    File(Box<File>),
    /// A kind that this build does not know: the whole message as it came.
    Unknown(Bytes),
}

/// A vouch for somebody who is not in the room.
#[derive(Clone, PartialEq, Eq)]
pub struct Vouched {
    /// The applicant's key package, of the room's suite.
    pub key_package: Bytes,
    /// The voucher's word.
    pub vouch: Vouch,
    /// An envelope for the applicant's inbox, to go with the Welcome.
    pub introduction: Bytes,
}

/// A word against an applicant.
#[derive(Clone, PartialEq, Eq)]
pub struct Objection {
    /// The applicant's key.
    pub applicant: MemberId,
    /// Why; may be empty.
    pub reason: String,
}

/// A word for a motion.
#[derive(Clone, PartialEq, Eq)]
pub struct Approved {
    /// Which.
    pub motion: Motion,
    /// Of which policy.
    pub revision: u64,
    /// The signed word.
    pub approval: Approval,
}

impl Message {
    /// Its bytes.
    ///
    /// # Errors
    /// [`Malformed`] for an unknown kind: a device does not speak for a newer one.
    pub fn encode(&self) -> Result<Vec<u8>, Malformed> {
        let message = v1::Content {
            message_id: Bytes::copy_from_slice(self.id.as_bytes()),
            sequence: self.sequence,
            kind: Some((&self.content).try_into()?),
        };
        Ok(message.encode_to_vec())
    }

    /// The bytes of a message with this one's name and nothing else: who reads them sees a kind that they do not know.
    pub fn name_alone(&self) -> Bytes {
        let message_id = Bytes::copy_from_slice(self.id.as_bytes());
        v1::Content { message_id, sequence: self.sequence, kind: None }.encode_to_vec().into()
    }

    /// The message with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: Bytes) -> Result<Self, Malformed> {
        let message = v1::Content::decode(bytes.clone())?;
        let id = message_id(&message.message_id)?;
        let content = match message.kind {
            Some(kind) => kind.try_into()?,
            None => Content::Unknown(bytes),
        };
        Ok(Self { id, sequence: message.sequence, content })
    }
}

impl TryFrom<&Content> for v1::content::Kind {
    type Error = Malformed;

    fn try_from(content: &Content) -> Result<Self, Malformed> {
        let key = |id: &MemberId| Bytes::copy_from_slice(id.as_bytes());
        Ok(match content {
            Content::Text(text) => Self::Text(text.into()),
            Content::Vouched(one) => Self::Vouched(v1::Vouched {
                key_package: one.key_package.clone(),
                vouch: Some((&one.vouch).into()),
                introduction: one.introduction.clone(),
            }),
            Content::Revouched(member, vouch) => {
                Self::Revouched(v1::Revouched { member: key(member), vouch: Some(vouch.into()) })
            }
            Content::Objection(one) => Self::Objection(v1::Objection {
                applicant: key(&one.applicant),
                reason: one.reason.clone(),
            }),
            Content::Approved(one) => Self::Approved(v1::Approved {
                motion: Some((&one.motion).into()),
                revision: one.revision,
                approval: Some((&one.approval).into()),
            }),
            Content::Present(at) => Self::Present(v1::Present { signed_at_ms: at.0 }),
            Content::Announcement(text) => {
                Self::Announcement(v1::Announcement { text: Some(text.into()) })
            }
            Content::Reaction(one) => Self::Reaction(one.into()),
            Content::Edit(one) => Self::Edit(one.into()),
            Content::TakeBack(of) => Self::TakeBack(v1::TakeBack { of: id_bytes(of) }),
            Content::Poll(one) => Self::Poll(one.into()),
            Content::Answer(one) => Self::Answer(one.into()),
            Content::ClosePoll(poll) => Self::ClosePoll(v1::ClosePoll { poll: id_bytes(poll) }),
            Content::Plan(one) => Self::Plan(one.into()),
            Content::Pin(one) => Self::Pin(one.into()),
            Content::File(one) => Self::File((&**one).into()),
            Content::Unknown(_) => return Err(Malformed("content kind")),
        })
    }
}

impl TryFrom<v1::content::Kind> for Content {
    type Error = Malformed;

    fn try_from(kind: v1::content::Kind) -> Result<Self, Malformed> {
        use v1::content::Kind;
        let member = |bytes: &[u8]| exact(bytes, "member id").map(MemberId::from_bytes);
        Ok(match kind {
            Kind::Text(text) => Self::Text(text.try_into()?),
            Kind::Vouched(one) => Self::Vouched(one.try_into()?),
            Kind::Revouched(one) => {
                let vouch = one.vouch.ok_or(Malformed("vouch"))?;
                Self::Revouched(member(&one.member)?, vouch.try_into()?)
            }
            Kind::Objection(one) if one.reason.len() <= REASON_BYTES_MAX => {
                Self::Objection(Objection {
                    applicant: member(&one.applicant)?,
                    reason: one.reason,
                })
            }
            Kind::Objection(_) => return Err(Malformed("reason")),
            Kind::Approved(one) => Self::Approved(Approved {
                motion: one.motion.ok_or(Malformed("motion"))?.try_into()?,
                revision: one.revision,
                approval: one.approval.ok_or(Malformed("approval"))?.try_into()?,
            }),
            Kind::Present(one) => Self::Present(UnixMillis(one.signed_at_ms)),
            Kind::Announcement(one) => {
                Self::Announcement(one.text.ok_or(Malformed("announcement"))?.try_into()?)
            }
            Kind::Reaction(one) => Self::Reaction(one.try_into()?),
            Kind::Edit(one) => Self::Edit(one.try_into()?),
            Kind::TakeBack(one) => Self::TakeBack(message_id(&one.of)?),
            Kind::Poll(one) => Self::Poll(one.try_into()?),
            Kind::Answer(one) => Self::Answer(one.try_into()?),
            Kind::ClosePoll(one) => Self::ClosePoll(message_id(&one.poll)?),
            Kind::Plan(one) => Self::Plan(one.try_into()?),
            Kind::Pin(one) => Self::Pin(one.try_into()?),
            Kind::File(one) => Self::File(Box::new(one.try_into()?)),
        })
    }
}

impl TryFrom<v1::Vouched> for Vouched {
    type Error = Malformed;

    fn try_from(one: v1::Vouched) -> Result<Self, Malformed> {
        let too_long = one.key_package.len() > KEY_PACKAGE_BYTES_MAX
            || one.introduction.len() > SizeClass::K4.bytes();
        if too_long {
            return Err(Malformed("vouch"));
        }
        Ok(Self {
            key_package: one.key_package,
            vouch: one.vouch.ok_or(Malformed("vouch"))?.try_into()?,
            introduction: one.introduction,
        })
    }
}

fn id_bytes(id: &MessageId) -> Bytes {
    Bytes::copy_from_slice(id.as_bytes())
}

fn message_id(bytes: &[u8]) -> Result<MessageId, Malformed> {
    bytes.try_into().map(MessageId::from_bytes).map_err(|_| Malformed("message id"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::{
        CONTENT_TIME_MAX, FILE_BYTES_MAX, MARK_BYTES_MAX, MENTIONS_MAX, TEXT_BYTES_MAX,
    };
    use proptest::prelude::*;

    fn text(words: &str) -> Message {
        let reply_to = Some(MessageId::from_bytes([2; 16]));
        Message {
            id: MessageId::from_bytes([1; 16]),
            sequence: 7,
            content: Content::Text(Text::new(words, reply_to).unwrap()),
        }
    }

    #[test]
    fn a_text_survives_being_written_and_read() {
        let message = text("see you at six");
        assert!(Message::decode(message.encode().unwrap().into()).unwrap() == message);
    }

    #[test]
    fn each_other_kind_survives_being_written_and_read() {
        use crate::admission::tests::{approval, vouch};
        let id = MemberId::from_bytes([3; 32]);
        let kinds = [
            Content::Vouched(Vouched {
                key_package: Bytes::from_static(b"package"),
                vouch: vouch(),
                introduction: Bytes::from_static(b"envelope"),
            }),
            Content::Revouched(id, vouch()),
            Content::Objection(Objection { applicant: id, reason: "not from the plant".into() }),
            Content::Approved(Approved {
                motion: Motion::Recall(id),
                revision: 4,
                approval: approval(),
            }),
            Content::Present(UnixMillis(5)),
            Content::Announcement(words()),
            Content::Reaction(Reaction { to: of(), mark: "\u{1f44d}".into() }),
            Content::Edit(Edit { of: of(), text: words() }),
            Content::TakeBack(of()),
            Content::Poll(poll(&["yes", "no"])),
            Content::Answer(Answer { poll: of(), options: vec![0, 2] }),
            Content::ClosePoll(of()),
            Content::Plan(plan(Some(of()))),
            Content::Plan(plan(None)),
            Content::Pin(Pin { of: of(), off: true }),
            Content::File(Box::new(file(FILE_BYTES_MAX))),
        ];
        for content in kinds {
            let message = Message { content, ..text("x") };
            assert!(Message::decode(message.encode().unwrap().into()).unwrap() == message);
        }
    }

    fn of() -> MessageId {
        MessageId::from_bytes([9; 16])
    }

    fn words() -> Text {
        let mentions = vec![MemberId::from_bytes([4; 32])];
        Text::new("@Ana: at six", Some(of())).unwrap().mentioning(mentions).unwrap()
    }

    fn poll(options: &[&str]) -> Poll {
        let options = options.iter().map(|&one| one.to_owned()).collect();
        Poll { question: "Shall we?".into(), options, several: false }
    }

    fn plan(changes: Option<MessageId>) -> Plan {
        Plan {
            changes,
            title: "Meeting".into(),
            place: "Gate 4".into(),
            starts_at: UnixMillis(6),
            note: String::new(),
            called_off: changes.is_some(),
        }
    }

    fn file(bytes: u64) -> File {
        let relay = crate::RelayId::from_bytes([3; 32]);
        File {
            name: "photo.jpg".into(),
            media_type: "image/jpeg".into(),
            bytes,
            sha256: [5; 32],
            key: [6; 32],
            relay: crate::link::RelayLink::new("relay.example", 4433, relay).unwrap(),
            until: UnixMillis(7),
            caption: "The notice".into(),
            preview: Bytes::from_static(b"small"),
        }
    }

    #[test]
    fn what_is_too_much_or_too_little_is_refused() {
        let refused = |content| {
            let message = Message { content, ..text("x") };
            Message::decode(message.encode().unwrap().into()).is_err()
        };
        let answer = |options: &[u32]| Answer { poll: of(), options: options.to_vec() };
        for options in [&[1, 1][..], &[2, 1], &[16]] {
            assert!(refused(Content::Answer(answer(options))), "{options:?}");
        }
        for options in [&["only"][..], &["a", ""], &["x"; 17]] {
            assert!(refused(Content::Poll(poll(options))), "{options:?}");
        }
        for bytes in [0, FILE_BYTES_MAX + 1] {
            assert!(refused(Content::File(Box::new(file(bytes)))));
        }
        let mark = "a".repeat(MARK_BYTES_MAX + 1);
        assert!(refused(Content::Reaction(Reaction { to: of(), mark })));
        assert!(refused(Content::Plan(Plan { title: String::new(), ..plan(None) })));
        let many = vec![MemberId::from_bytes([4; 32]); MENTIONS_MAX + 1];
        assert!(words().mentioning(many).is_err());
        assert!(!refused(Content::Answer(answer(&[0, 15]))), "the twin");
        assert!(!refused(Content::Poll(poll(&["x"; 16]))), "the twin");
    }

    #[test]
    fn os_cnt_026_a_time_that_no_calendar_has_is_refused() {
        let refused = |content| {
            let message = Message { content, ..text("x") };
            Message::decode(message.encode().unwrap().into()).is_err()
        };
        let plan = |at| Content::Plan(Plan { starts_at: UnixMillis(at), ..plan(None) });
        let file = |at| Content::File(Box::new(File { until: UnixMillis(at), ..file(5) }));
        for beyond in [CONTENT_TIME_MAX + 1, u64::MAX] {
            assert!(refused(plan(beyond)) && refused(file(beyond)));
        }
        for last in [0, CONTENT_TIME_MAX] {
            assert!(!refused(plan(last)) && !refused(file(last)), "the twin");
        }
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
