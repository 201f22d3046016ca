//! What members of a room hold in common: leaf identities, the policy, history.

use std::str::FromStr;

use bytes::Bytes;
use prost::Message as _;

use crate::{
    Life, Malformed, UnixMillis,
    card::exact,
    content,
    id::MemberId,
    limits::{HANDLE_BYTES_MAX, INBOX_CARD_BYTES_MAX, ORGANIZER_KEYS_MAX, ROOM_NAME_BYTES_MAX},
    link::RelayLink,
    v1,
};

const VERSION: u32 = 1;

/// A nickname in a room: one line without control characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(String);

impl Handle {
    /// The handle as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Handle {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        // OS-MEE-005; a card is stricter still.
        line(text, HANDLE_BYTES_MAX, "handle").map(Self)
    }
}

/// A room's name: one line without control characters.
#[derive(Clone, PartialEq, Eq)]
pub struct RoomName(String);

impl RoomName {
    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoomName {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        line(text, ROOM_NAME_BYTES_MAX, "room name").map(Self)
    }
}

/// Text of one line: neither empty nor blank at an end, and nothing that steers a terminal or its direction.
fn line(text: &str, bytes_max: usize, what: &'static str) -> Result<String, Malformed> {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if text.is_empty() || text.len() > bytes_max || text.trim() != text || text.contains(steers) {
        return Err(Malformed(what));
    }
    Ok(text.to_owned())
}

/// The identity in a leaf. Authenticated bytes are the bytes that came: keep them beside this form.
#[derive(Clone, PartialEq, Eq)]
pub struct MemberInfo {
    /// The nickname.
    pub handle: Handle,
    /// When the application was made, by the applicant's clock.
    pub applied_at: UnixMillis,
    /// The encoded inbox card.
    pub inbox: Bytes,
}

impl MemberInfo {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let info = v1::MemberInfo {
            handle: self.handle.0.clone(),
            applied_at_ms: self.applied_at.0,
            inbox: self.inbox.clone(),
        };
        info.encode_to_vec()
    }

    /// The identity with these bytes. Only the one encoding that [`Self::encode`] writes is accepted, so
    /// that two leaves with one meaning can't differ in bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let info = v1::MemberInfo::decode(bytes)?;
        if info.inbox.is_empty() || info.inbox.len() > INBOX_CARD_BYTES_MAX {
            return Err(Malformed("inbox card"));
        }
        let info = Self {
            handle: info.handle.parse()?,
            applied_at: UnixMillis(info.applied_at_ms),
            inbox: info.inbox,
        };
        canonical(info.encode() == bytes)?;
        Ok(info)
    }
}

/// The room's rules, as the group context carries them.
#[derive(Clone, PartialEq, Eq)]
pub struct Policy {
    /// The MLS cipher suite.
    pub suite: u32,
    /// The room's name.
    pub name: RoomName,
    /// The relay that keeps its channels.
    pub relay: RelayLink,
    /// Whether the founding phase is open.
    pub founding: bool,
    /// The organizers, in the order in which they were named.
    pub organizers: Vec<MemberId>,
    /// What binds.
    pub terms: Terms,
    /// What is decided and will bind.
    pub coming: Option<ComingTerms>,
    /// Rises with every motion that changes the policy.
    pub revision: u64,
    /// SHA-256 of the encoded standing of this epoch.
    pub standing: [u8; 32],
}

/// What members agreed on about admission, removal, return and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Vouches that an admission needs.
    pub vouches: u32,
    /// How long a newcomer may not vouch.
    pub probation_ms: u64,
    /// Vouches of one member that may be used within 90 days.
    pub vouch_budget: u32,
    /// Whether a vouch after a call counts.
    pub calls: bool,
    /// Members who together may remove anyone.
    pub recall: u32,
    /// Absence up to which a return needs nobody's confirmation.
    pub rejoin_ms: u64,
    /// How old an epoch may grow.
    pub epoch_age_ms: u64,
    /// Life of messages.
    pub message_life: Life,
    /// Life of commits and Welcomes.
    pub commit_life: Life,
    /// How long devices keep messages; 0: until erased.
    pub disappear_ms: u64,
    /// Whether only organizers may write what stands for itself.
    pub only_organizers_post: bool,
}

/// Terms that bind from a time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComingTerms {
    /// What will bind.
    pub terms: Terms,
    /// From when on, by the signed time of commits.
    pub binds_at: UnixMillis,
}

impl Policy {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let organizers = self.organizers.iter();
        let coming = self.coming.as_ref().map(|coming| v1::ComingTerms {
            terms: Some((&coming.terms).into()),
            binds_at_ms: coming.binds_at.0,
        });
        let policy = v1::Policy {
            version: VERSION,
            suite: self.suite,
            name: self.name.0.clone(),
            relay: self.relay.to_string(),
            founding: self.founding,
            organizers: organizers.map(|id| Bytes::copy_from_slice(id.as_bytes())).collect(),
            terms: Some((&self.terms).into()),
            coming,
            revision: self.revision,
            standing: Bytes::copy_from_slice(&self.standing),
        };
        policy.encode_to_vec()
    }

    /// The policy with these bytes, in their one encoding: a field that this build does not know is a rule
    /// that it could not check.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let policy = v1::Policy::decode(bytes)?;
        if policy.version != VERSION {
            return Err(Malformed("policy version"));
        }
        let policy = Self {
            suite: policy.suite,
            name: policy.name.parse()?,
            relay: policy.relay.parse().map_err(|_| Malformed("policy relay"))?,
            founding: policy.founding,
            organizers: member_ids(&policy.organizers, ORGANIZER_KEYS_MAX)?,
            terms: policy.terms.ok_or(Malformed("terms"))?.try_into()?,
            coming: policy.coming.map(ComingTerms::try_from).transpose()?,
            revision: policy.revision,
            standing: exact(&policy.standing, "standing")?,
        };
        canonical(policy.encode() == bytes)?;
        Ok(policy)
    }
}

impl Terms {
    /// Their bytes, as vouches name them by hash.
    pub fn encode(&self) -> Vec<u8> {
        v1::Terms::from(self).encode_to_vec()
    }
}

impl From<&Terms> for v1::Terms {
    fn from(terms: &Terms) -> Self {
        Self {
            vouches: terms.vouches,
            probation_ms: terms.probation_ms,
            vouch_budget: terms.vouch_budget,
            calls: terms.calls,
            recall: terms.recall,
            rejoin_ms: terms.rejoin_ms,
            epoch_age_ms: terms.epoch_age_ms,
            message_life: u32::from(terms.message_life.number()),
            commit_life: u32::from(terms.commit_life.number()),
            disappear_ms: terms.disappear_ms,
            only_organizers_post: terms.only_organizers_post,
        }
    }
}

impl TryFrom<v1::Terms> for Terms {
    type Error = Malformed;

    fn try_from(terms: v1::Terms) -> Result<Self, Malformed> {
        Ok(Self {
            vouches: terms.vouches,
            probation_ms: terms.probation_ms,
            vouch_budget: terms.vouch_budget,
            calls: terms.calls,
            recall: terms.recall,
            rejoin_ms: terms.rejoin_ms,
            epoch_age_ms: terms.epoch_age_ms,
            message_life: terms.message_life.try_into()?,
            commit_life: terms.commit_life.try_into()?,
            disappear_ms: terms.disappear_ms,
            only_organizers_post: terms.only_organizers_post,
        })
    }
}

impl TryFrom<v1::ComingTerms> for ComingTerms {
    type Error = Malformed;

    fn try_from(coming: v1::ComingTerms) -> Result<Self, Malformed> {
        let terms = coming.terms.ok_or(Malformed("coming terms"))?.try_into()?;
        Ok(Self { terms, binds_at: UnixMillis(coming.binds_at_ms) })
    }
}

/// A settled message as a device keeps it; its position is in the record's key.
#[derive(Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Who wrote it.
    pub sender: MemberId,
    /// Under which handle.
    pub handle: Handle,
    /// Whether this device wrote it.
    pub own: bool,
    /// What was signed.
    pub message: content::Message,
    /// The signed bytes themselves.
    pub content: Bytes,
}

impl HistoryEntry {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let entry = v1::HistoryEntry {
            version: VERSION,
            sender: Bytes::copy_from_slice(self.sender.as_bytes()),
            handle: self.handle.0.clone(),
            own: self.own,
            content: self.content.clone(),
        };
        entry.encode_to_vec()
    }

    /// The entry with these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let entry = v1::HistoryEntry::decode(bytes)?;
        if entry.version != VERSION {
            return Err(Malformed("history version"));
        }
        Ok(Self {
            sender: member_id(&entry.sender)?,
            handle: entry.handle.parse()?,
            own: entry.own,
            message: content::Message::decode(entry.content.clone())?,
            content: entry.content,
        })
    }
}

fn member_id(bytes: &[u8]) -> Result<MemberId, Malformed> {
    bytes.try_into().map(MemberId::from_bytes).map_err(|_| Malformed("member id"))
}

fn member_ids(keys: &[Bytes], count_max: usize) -> Result<Vec<MemberId>, Malformed> {
    if keys.len() > count_max {
        return Err(Malformed("member ids"));
    }
    let ids = keys.iter().map(|key| member_id(key)).collect::<Result<Vec<_>, _>>()?;
    let twice = ids.iter().enumerate().any(|(at, id)| ids.iter().skip(at + 1).any(|o| o == id));
    if twice { Err(Malformed("member ids")) } else { Ok(ids) }
}

pub(crate) const fn canonical(same: bool) -> Result<(), Malformed> {
    if same { Ok(()) } else { Err(Malformed("encoding")) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::RelayId;
    use proptest::prelude::*;

    fn info() -> MemberInfo {
        MemberInfo {
            handle: "kestrel".parse().unwrap(),
            applied_at: UnixMillis(5),
            inbox: Bytes::from_static(b"card"),
        }
    }

    pub(crate) fn terms() -> Terms {
        Terms {
            vouches: 2,
            probation_ms: 1,
            vouch_budget: 3,
            calls: false,
            recall: 3,
            rejoin_ms: 4,
            epoch_age_ms: 5,
            message_life: Life::D7,
            commit_life: Life::D7,
            disappear_ms: 0,
            only_organizers_post: false,
        }
    }

    fn policy() -> Policy {
        Policy {
            suite: 3,
            name: "night shift".parse().unwrap(),
            relay: RelayLink::new("relay.example", 1, RelayId::from_bytes([1; 32])).unwrap(),
            founding: true,
            organizers: vec![MemberId::from_bytes([1; 32])],
            terms: terms(),
            coming: Some(ComingTerms { terms: terms(), binds_at: UnixMillis(9) }),
            revision: 1,
            standing: [8; 32],
        }
    }

    #[test]
    fn each_form_survives_being_written_and_read() {
        assert!(MemberInfo::decode(&info().encode()).unwrap() == info());
        assert!(Policy::decode(&policy().encode()).unwrap() == policy());
        let settled = Policy { coming: None, organizers: Vec::new(), ..policy() };
        assert!(Policy::decode(&settled.encode()).unwrap() == settled);
    }

    #[test]
    fn a_second_encoding_of_the_same_meaning_is_refused() {
        let unknown_field = [0xfa, 0x01, 1, 0];
        for bytes in [info().encode(), policy().encode()] {
            let longer = [bytes.as_slice(), &unknown_field].concat();
            assert!(MemberInfo::decode(&longer).is_err());
            assert!(Policy::decode(&longer).is_err());
        }
    }

    #[test]
    fn a_handle_is_one_plain_line() {
        for bad in ["", " x", "x\ny", "x\u{202e}y", &"a".repeat(HANDLE_BYTES_MAX + 1)] {
            assert!(bad.parse::<Handle>().is_err());
        }
        assert_eq!("Älva 7".parse::<Handle>().unwrap().as_str(), "Älva 7");
    }

    #[test]
    fn a_key_stands_once_in_a_list() {
        let mut twice = policy();
        twice.organizers.push(MemberId::from_bytes([1; 32]));
        assert!(Policy::decode(&twice.encode()).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = MemberInfo::decode(&bytes);
            let _ = Policy::decode(&bytes);
            let _ = HistoryEntry::decode(&bytes);
        }
    }
}
