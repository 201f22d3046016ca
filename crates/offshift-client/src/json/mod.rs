//! Views, events and requests as JSON, for programs that ask an engine in another process.
//!
//! ```text
//! RoomId, MemberId, ...  "0f3a.."     lower-case hex         Position   "1732272060000000"   64 bits do not fit a number
//! UnixMillis             1732272060000                       Vec<u8>    "AAEC"               base64
//! RelayLink              "offshift://..."                    structs    {"field": ...}       enums  "text", {"poll": {..}}
//! ```
//! The names of the crates below are no views of ours and know nothing of serde: [`Portable`] is how they are written,
//! and `#[serde(with = "crate::json")]` how a view's field says so. What a program outside needs is [`Json`].

mod mirror;

use std::path::PathBuf;

use data_encoding::BASE64;
use offshift_protocol::{
    ids::{ContactId, MeetingId, TransferId},
    room::{MemberId, MessageId, MotionId, RoomId},
};
use offshift_wire::{Address, Position, UnixMillis, link::RelayLink};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use zeroize::Zeroizing;

/// What can be asked or answered in JSON.
pub trait Portable: Sized {
    /// Writes it.
    ///
    /// # Errors
    /// As `serializer` has them.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads it.
    ///
    /// # Errors
    /// When it is something else.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Something portable, for serde.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T: Portable> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl<'de, T: Portable> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

struct Lent<'a, T>(&'a T);

impl<T: Portable> Serialize for Lent<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

pub(crate) fn serialize<T: Portable, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.write(serializer)
}

pub(crate) fn deserialize<'de, T: Portable, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// What is written as its own text.
macro_rules! as_text {
    ($($name:ty: $write:expr, $read:expr;)*) => {$(
        impl Portable for $name {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&Self) -> String = $write;
                serializer.serialize_str(&write(self))
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Zeroizing::new(String::deserialize(deserializer)?);
                let read: fn(&str) -> Option<Self> = $read;
                // Nothing of the text: it may be somebody's (N7).
                read(&text).ok_or_else(|| D::Error::custom(concat!("not a ", stringify!($name))))
            }
        }
    )*};
}

as_text! {
    RoomId: Self::hex, |text| Self::from_hex(text).ok();
    MemberId: Self::hex, |text| Self::from_hex(text).ok();
    MessageId: Self::hex, |text| Self::from_hex(text).ok();
    MotionId: Self::hex, |text| Self::from_hex(text).ok();
    ContactId: Self::hex, |text| Self::from_hex(text).ok();
    TransferId: Self::hex, |text| Self::from_hex(text).ok();
    MeetingId: Self::hex, |text| Self::from_hex(text).ok();
    Address: Self::hex, |text| Self::from_hex(text).ok();
    Position: |position| position.value().to_string(), |text| text.parse().ok().map(Self::new);
    RelayLink: Self::to_string, |text| text.parse().ok();
    Zeroizing<String>: |text| text.as_str().to_owned(), |text| Some(Self::new(text.to_owned()));
    Vec<u8>: |bytes| BASE64.encode(bytes), |text| BASE64.decode(text.as_bytes()).ok();
}

/// What has serde's traits already. A new view gets its line here.
macro_rules! as_itself {
    ($($name:ty),* $(,)?) => {$(
        impl Portable for $name {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }
    )*};
}

as_itself! {
    (), bool, u32, u64, usize, String, PathBuf,
    crate::view::AlarmView,
    crate::view::ApplicantView,
    crate::view::ContactView,
    crate::view::ContradictionView,
    crate::view::DeviceView,
    crate::view::Exposure,
    crate::view::Founding,
    crate::view::MeetingView,
    crate::view::MemberView,
    crate::view::MessageView,
    crate::view::MessagesPage,
    crate::view::Planned,
    crate::view::WaitingView,
    crate::text::Oddity,
    crate::view::MotionView,
    crate::view::NoteOn,
    crate::view::PastMemberView,
    crate::view::PolicyView,
    crate::view::Proposal,
    crate::view::RelayView,
    crate::view::ReturningView,
    crate::view::RoomView,
    crate::view::ShownCode,
    crate::view::StepView,
    crate::view::Synced,
    crate::view::Term,
    crate::view::TermValue,
    crate::view::TransferView,
    crate::files::FileLook,
    crate::error::ClientError,
    crate::event::Event,
    crate::strength::StrengthView,
}

impl Portable for UnixMillis {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u64::deserialize(deserializer).map(Self)
    }
}

impl<T: Portable> Portable for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Lent).serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Json<T>>::deserialize(deserializer)?.map(|json| json.0))
    }
}

impl<T: Portable> Portable for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Lent))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = Vec::<Json<T>>::deserialize(deserializer)?;
        Ok(all.into_iter().map(|json| json.0).collect())
    }
}

impl<A: Portable, B: Portable> Portable for (A, B) {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (Lent(&self.0), Lent(&self.1)).serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (first, second) = <(Json<A>, Json<B>)>::deserialize(deserializer)?;
        Ok((first.0, second.0))
    }
}

/// Words that stand in this program. By this name, since serde would borrow what it sees as `&'static str`.
pub type Words = &'static str;

/// Words that stand in this program: whoever reads them has the same ones, or learns that there were some.
pub(crate) mod fixed {
    use serde::{Deserialize, Deserializer, Serializer};

    const KNOWN: [&str; 4] = ["rooms", "relays", "meetings", "contacts"];

    pub(crate) fn serialize<S: Serializer>(
        words: &&'static str,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(words)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<&'static str, D::Error> {
        let words = String::deserialize(deserializer)?;
        Ok(KNOWN.into_iter().find(|known| *known == words).unwrap_or("in the running engine"))
    }
}

#[cfg(test)]
mod tests {
    use offshift_link::LinkError;
    use offshift_protocol::room::Care;
    use offshift_wire::{code::Refusal, standing::Method};
    use serde_json::{Value, from_value, json, to_value};

    use super::*;
    use crate::{
        ClientError, Event, MeetingOver, NoteOn, Proposal, Reach, Synced, Term, TermValue,
        VaultError,
    };

    fn there_and_back<T: Portable>(value: T, written: &Value) -> T {
        let json = to_value(Json(value)).unwrap();
        assert_eq!(&json, written);
        from_value::<Json<T>>(json).unwrap().0
    }

    #[test]
    fn names_are_hex_and_positions_are_text() {
        let room = RoomId::from_bytes([7; 16]);
        assert_eq!(there_and_back(room, &json!("07".repeat(16))), room);
        let far = Position::new(u64::MAX);
        assert_eq!(there_and_back(far, &json!("18446744073709551615")), far);
        assert_eq!(there_and_back(vec![0_u8, 1, 2], &json!("AAEC")), [0, 1, 2]);
        assert_eq!(there_and_back(Care::Ordinary, &json!("ordinary")), Care::Ordinary);
        assert_eq!(there_and_back(Some((room, 3_u32)), &json!(["07".repeat(16), 3])).unwrap().1, 3);
        assert_eq!(there_and_back(Option::<RoomId>::None, &Value::Null), None);
        for wrong in [json!("07"), json!(7), json!("0G".repeat(16)), json!("0A".repeat(16))] {
            assert!(from_value::<Json<RoomId>>(wrong).is_err());
        }
    }

    #[test]
    fn requests_and_events_come_back_as_they_were() {
        let (room, member) = (RoomId::from_bytes([1; 16]), MemberId::from_bytes([2; 32]));
        let on = NoteOn::Member(room, member);
        let written = json!({ "member": ["01".repeat(16), "02".repeat(32)] });
        assert_eq!(there_and_back(on, &written), on);
        let proposal = Proposal::Terms(vec![(Term::VouchBudget, TermValue::Count(3))]);
        let written = json!({ "terms": [["vouch-budget", { "count": 3 }]] });
        assert_eq!(there_and_back(proposal.clone(), &written), proposal);
        let away = Synced::Away(LinkError::Refused(Refusal::Full));
        assert_eq!(there_and_back(away, &json!({ "away": { "refused": "full" } })), away);
        let event = Event::Joined {
            room,
            member,
            handle: "dee".to_owned(),
            by: "ana".to_owned(),
            vouchers: vec![("ben".to_owned(), Method::InPerson)],
        };
        let written = json!({
            "event": "joined", "room": "01".repeat(16), "member": "02".repeat(32), "handle": "dee",
            "by": "ana", "vouchers": [["ben", "in_person"]],
        });
        assert_eq!(there_and_back(event.clone(), &written), event);
        let link = format!("offshift://relay.example:4433/{}", "a".repeat(3));
        assert!(
            from_value::<Json<Event>>(json!({ "event": "reach", "relay": link, "reach": "here" }))
                .is_err()
        );
        assert_eq!(to_value(Reach::Here).unwrap(), json!("here"));
    }

    #[test]
    fn an_error_is_the_same_on_the_other_side() {
        for (error, written) in [
            (ClientError::UnknownRoom, json!("unknown_room")),
            (ClientError::TooMany("rooms"), json!({ "too_many": "rooms" })),
            (ClientError::Objections(2), json!({ "objections": 2 })),
            (ClientError::Link(LinkError::Identity), json!({ "link": "identity" })),
            (ClientError::Vault(VaultError::InUse), json!({ "vault": "in_use" })),
            (
                ClientError::Vault(VaultError::Disk(std::io::ErrorKind::StorageFull)),
                json!({ "vault": { "disk": "no storage space" } }),
            ),
            (ClientError::MeetingOver(MeetingOver::Expired), json!({ "meeting_over": "expired" })),
        ] {
            assert_eq!(there_and_back(error.clone(), &written), error);
        }
        let unknown = from_value::<Json<ClientError>>(json!({ "bug": "elsewhere" })).unwrap();
        assert_eq!(unknown.0, ClientError::Bug("in the running engine"));
    }

    #[test]
    fn kinds_are_by_case_and_say_what_stands_in_the_sentence() {
        assert_eq!(ClientError::Link(LinkError::Identity).kind(), "link_identity");
        assert_eq!(ClientError::Vault(VaultError::InUse).kind(), "vault_in_use");
        let refused = ClientError::Link(LinkError::Refused(Refusal::Full));
        assert_eq!(refused.details(), [("why", crate::Detail::Words("relay_full".to_owned()))]);
        assert_eq!(ClientError::Objections(2).details(), [("count", crate::Detail::Number(2))]);
    }
}
