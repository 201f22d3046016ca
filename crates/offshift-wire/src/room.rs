//! What members of a room hold in common: leaf identities, the policy, data of commits, history.

use std::str::FromStr;

use bytes::Bytes;
use prost::Message as _;

use crate::{
    Life, Malformed, UnixMillis, content,
    id::MemberId,
    limits::{
        FOUNDER_KEYS_MAX, HANDLE_BYTES_MAX, INBOX_CARD_BYTES_MAX, ORGANIZER_KEYS_MAX,
        ROOM_NAME_BYTES_MAX,
    },
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
    /// Whose branch; `None`: a founder, the root of one.
    pub branch: Option<MemberId>,
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
            branch: self.branch.map(|b| Bytes::copy_from_slice(b.as_bytes())).unwrap_or_default(),
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
        let branch = (!info.branch.is_empty()).then(|| member_id(&info.branch)).transpose()?;
        if info.inbox.is_empty() || info.inbox.len() > INBOX_CARD_BYTES_MAX {
            return Err(Malformed("inbox card"));
        }
        let info = Self {
            handle: info.handle.parse()?,
            branch,
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
    /// Everyone who came in as a founder.
    pub founders: Vec<MemberId>,
    /// The organizers.
    pub organizers: Vec<MemberId>,
    /// How old an epoch may grow.
    pub epoch_age_ms: u64,
    /// Life of messages.
    pub message_life: Life,
    /// Life of commits and Welcomes.
    pub commit_life: Life,
    /// How long devices keep messages; 0: until erased.
    pub disappear_ms: u64,
    /// Vouches that an ordinary admission needs.
    pub vouches: u32,
    /// How long a newcomer may not vouch.
    pub probation_ms: u64,
    /// Vouches that one member may have open.
    pub vouch_budget: u32,
}

impl Policy {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let keys =
            |ids: &[MemberId]| ids.iter().map(|m| Bytes::copy_from_slice(m.as_bytes())).collect();
        let policy = v1::Policy {
            version: VERSION,
            suite: self.suite,
            name: self.name.0.clone(),
            relay: self.relay.to_string(),
            founding: self.founding,
            founders: keys(&self.founders),
            organizers: keys(&self.organizers),
            epoch_age_ms: self.epoch_age_ms,
            message_life: u32::from(self.message_life.number()),
            commit_life: u32::from(self.commit_life.number()),
            disappear_ms: self.disappear_ms,
            vouches: self.vouches,
            probation_ms: self.probation_ms,
            vouch_budget: self.vouch_budget,
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
            founders: member_ids(&policy.founders, FOUNDER_KEYS_MAX)?,
            organizers: member_ids(&policy.organizers, ORGANIZER_KEYS_MAX)?,
            epoch_age_ms: policy.epoch_age_ms,
            message_life: policy.message_life.try_into()?,
            commit_life: policy.commit_life.try_into()?,
            disappear_ms: policy.disappear_ms,
            vouches: policy.vouches,
            probation_ms: policy.probation_ms,
            vouch_budget: policy.vouch_budget,
        };
        canonical(policy.encode() == bytes)?;
        Ok(policy)
    }
}

/// Authenticated data of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitData {
    /// When the author signed it, by the author's clock.
    pub signed_at: UnixMillis,
}

impl CommitData {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        v1::CommitData { version: VERSION, signed_at_ms: self.signed_at.0 }.encode_to_vec()
    }

    /// The data with these bytes, in their one encoding.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let data = v1::CommitData::decode(bytes)?;
        if data.version != VERSION {
            return Err(Malformed("commit version"));
        }
        let data = Self { signed_at: UnixMillis(data.signed_at_ms) };
        canonical(data.encode() == bytes)?;
        Ok(data)
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
    if keys.is_empty() || keys.len() > count_max {
        return Err(Malformed("member ids"));
    }
    let ids = keys.iter().map(|key| member_id(key)).collect::<Result<Vec<_>, _>>()?;
    let twice = ids.iter().enumerate().any(|(at, id)| ids.iter().skip(at + 1).any(|o| o == id));
    if twice { Err(Malformed("member ids")) } else { Ok(ids) }
}

const fn canonical(same: bool) -> Result<(), Malformed> {
    if same { Ok(()) } else { Err(Malformed("encoding")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RelayId;
    use proptest::prelude::*;

    fn info() -> MemberInfo {
        MemberInfo {
            handle: "kestrel".parse().unwrap(),
            branch: None,
            applied_at: UnixMillis(5),
            inbox: Bytes::from_static(b"card"),
        }
    }

    fn policy() -> Policy {
        Policy {
            suite: 3,
            name: "night shift".parse().unwrap(),
            relay: RelayLink::new("relay.example", 1, RelayId::from_bytes([1; 32])).unwrap(),
            founding: true,
            founders: vec![MemberId::from_bytes([1; 32]), MemberId::from_bytes([2; 32])],
            organizers: vec![MemberId::from_bytes([1; 32])],
            epoch_age_ms: 1,
            message_life: Life::D7,
            commit_life: Life::D7,
            disappear_ms: 0,
            vouches: 2,
            probation_ms: 1,
            vouch_budget: 3,
        }
    }

    #[test]
    fn each_form_survives_being_written_and_read() {
        assert!(MemberInfo::decode(&info().encode()).unwrap() == info());
        assert!(Policy::decode(&policy().encode()).unwrap() == policy());
        let data = CommitData { signed_at: UnixMillis(9) };
        assert_eq!(CommitData::decode(&data.encode()), Ok(data));
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
        twice.founders.push(MemberId::from_bytes([1; 32]));
        assert!(Policy::decode(&twice.encode()).is_err());
        let mut none = policy();
        none.organizers.clear();
        assert!(Policy::decode(&none.encode()).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = MemberInfo::decode(&bytes);
            let _ = Policy::decode(&bytes);
            let _ = CommitData::decode(&bytes);
            let _ = HistoryEntry::decode(&bytes);
        }
    }
}
