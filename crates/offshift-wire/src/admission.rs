//! What members sign about who is in a room: vouches, approvals, links of devices; and the authenticated data of
//! a commit, which carries them.

use bytes::Bytes;
use prost::Message as _;

use crate::{
    Malformed, UnixMillis,
    card::exact,
    id::MemberId,
    limits::{APPROVALS_MAX, FOUNDER_KEYS_MAX, SEVERED_MAX, VOUCHES_MAX},
    room::{Terms, canonical},
    standing::Method,
    v1,
};

const VERSION: u32 = 1;

/// An Ed25519 signature as it travels.
pub type SignatureBytes = [u8; 64];

/// A member's word for somebody.
#[derive(Clone, PartialEq, Eq)]
pub struct Vouch {
    /// The voucher's key in this room.
    pub by: MemberId,
    /// How they met.
    pub method: Method,
    /// When.
    pub met_at: UnixMillis,
    /// When it was signed.
    pub signed_at: UnixMillis,
    /// The hash of the terms under which it was given.
    pub terms: [u8; 32],
    /// By the voucher's key.
    pub signature: SignatureBytes,
}

/// What needs the word of several members.
#[derive(Clone, PartialEq, Eq)]
pub enum Motion {
    /// Remove these in one commit.
    Sever(Vec<MemberId>),
    /// Remove this one without an organizer.
    Recall(MemberId),
    /// Other terms.
    Terms(Terms),
    /// Another organizer.
    NameOrganizer(MemberId),
    /// No organizer any more.
    DropOrganizer(MemberId),
    /// The key may be vouched for again.
    Lift(MemberId),
}

/// A member's word for a motion.
#[derive(Clone, PartialEq, Eq)]
pub struct Approval {
    /// The member's key in this room.
    pub by: MemberId,
    /// When it was signed.
    pub signed_at: UnixMillis,
    /// By that key.
    pub signature: SignatureBytes,
}

/// A member's word that a key is another device of their own.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceLink {
    /// The key of the person's first device.
    pub by: MemberId,
    /// When it was signed.
    pub signed_at: UnixMillis,
    /// By that key.
    pub signature: SignatureBytes,
}

/// A member's wish to come back with fresh keys.
#[derive(Clone, PartialEq, Eq)]
pub struct RejoinProof {
    /// When it was signed.
    pub signed_at: UnixMillis,
    /// By the member's key.
    pub signature: SignatureBytes,
}

/// What a commit does, and by whose word.
#[derive(Clone, PartialEq, Eq)]
pub enum Act {
    /// Fresh keys, nothing else.
    Keys,
    /// Founders are added; which of them become organizers.
    Found(Vec<MemberId>),
    /// One newcomer is admitted.
    Admit(Vec<Vouch>),
    /// A member under review is vouched for again.
    Confirm(MemberId, Vec<Vouch>),
    /// One person is removed, or several with approvals.
    Sever(Vec<Approval>),
    /// One device is stopped.
    Stop,
    /// One person is removed by members.
    Recall(Vec<Approval>),
    /// A motion that changes the policy or lifts a denial.
    Decide(Motion, Vec<Approval>),
    /// A member comes back with fresh keys.
    Rejoin(RejoinProof),
    /// A member's other device comes in.
    Device(DeviceLink),
}

/// Authenticated data of a commit.
#[derive(Clone, PartialEq, Eq)]
pub struct CommitData {
    /// When the author signed it, by the author's clock.
    pub signed_at: UnixMillis,
    /// What the commit does.
    pub act: Act,
}

impl CommitData {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let (signed_at_ms, act) = (self.signed_at.0, Some((&self.act).into()));
        v1::CommitData { version: VERSION, signed_at_ms, act }.encode_to_vec()
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
        let act = data.act.ok_or(Malformed("act"))?.try_into()?;
        let data = Self { signed_at: UnixMillis(data.signed_at_ms), act };
        canonical(data.encode() == bytes)?;
        Ok(data)
    }
}

impl Motion {
    /// Its bytes, as approvals sign them.
    pub fn encode(&self) -> Vec<u8> {
        v1::Motion::from(self).encode_to_vec()
    }
}

fn key(id: &MemberId) -> Bytes {
    Bytes::copy_from_slice(id.as_bytes())
}

fn member(bytes: &[u8]) -> Result<MemberId, Malformed> {
    exact(bytes, "member id").map(MemberId::from_bytes)
}

fn members(list: &[Bytes], count_max: usize) -> Result<Vec<MemberId>, Malformed> {
    if list.len() > count_max {
        return Err(Malformed("member ids"));
    }
    list.iter().map(|bytes| member(bytes)).collect()
}

impl From<&Act> for v1::commit_data::Act {
    fn from(act: &Act) -> Self {
        match act {
            Act::Keys => Self::Keys(v1::Nothing {}),
            Act::Found(organizers) => {
                Self::Found(v1::Found { organizers: organizers.iter().map(key).collect() })
            }
            Act::Admit(vouches) => Self::Admit(v1::Vouches { vouches: wire(vouches) }),
            Act::Confirm(member, vouches) => {
                Self::Confirm(v1::Confirm { member: key(member), vouches: wire(vouches) })
            }
            Act::Sever(approvals) => Self::Sever(v1::Approvals { approvals: wire(approvals) }),
            Act::Stop => Self::Stop(v1::Nothing {}),
            Act::Recall(approvals) => Self::Recall(v1::Approvals { approvals: wire(approvals) }),
            Act::Decide(motion, approvals) => {
                Self::Decide(v1::Decide { motion: Some(motion.into()), approvals: wire(approvals) })
            }
            Act::Rejoin(proof) => Self::Rejoin(proof.into()),
            Act::Device(link) => Self::Device(v1::DeviceLink {
                by: key(&link.by),
                signed_at_ms: link.signed_at.0,
                signature: Bytes::copy_from_slice(&link.signature),
            }),
        }
    }
}

impl TryFrom<v1::commit_data::Act> for Act {
    type Error = Malformed;

    fn try_from(act: v1::commit_data::Act) -> Result<Self, Malformed> {
        use v1::commit_data::Act as Wire;
        Ok(match act {
            Wire::Keys(_) => Self::Keys,
            Wire::Found(found) => Self::Found(members(&found.organizers, FOUNDER_KEYS_MAX)?),
            Wire::Admit(admit) => Self::Admit(list(admit.vouches, VOUCHES_MAX)?),
            Wire::Confirm(confirm) => {
                Self::Confirm(member(&confirm.member)?, list(confirm.vouches, VOUCHES_MAX)?)
            }
            Wire::Sever(sever) => Self::Sever(list(sever.approvals, APPROVALS_MAX)?),
            Wire::Stop(_) => Self::Stop,
            Wire::Recall(recall) => Self::Recall(list(recall.approvals, APPROVALS_MAX)?),
            Wire::Decide(decide) => Self::Decide(
                decide.motion.ok_or(Malformed("motion"))?.try_into()?,
                list(decide.approvals, APPROVALS_MAX)?,
            ),
            Wire::Rejoin(proof) => Self::Rejoin(proof.try_into()?),
            Wire::Device(link) => Self::Device(DeviceLink {
                by: member(&link.by)?,
                signed_at: UnixMillis(link.signed_at_ms),
                signature: exact(&link.signature, "signature")?,
            }),
        })
    }
}

fn wire<'a, T, W: From<&'a T>>(all: &'a [T]) -> Vec<W> {
    all.iter().map(W::from).collect()
}

fn list<W, T: TryFrom<W, Error = Malformed>>(
    all: Vec<W>,
    count_max: usize,
) -> Result<Vec<T>, Malformed> {
    if all.len() > count_max {
        return Err(Malformed("list"));
    }
    all.into_iter().map(T::try_from).collect()
}

impl From<&Vouch> for v1::Vouch {
    fn from(vouch: &Vouch) -> Self {
        Self {
            by: key(&vouch.by),
            method: vouch.method.number().into(),
            met_at_ms: vouch.met_at.0,
            signed_at_ms: vouch.signed_at.0,
            terms: Bytes::copy_from_slice(&vouch.terms),
            signature: Bytes::copy_from_slice(&vouch.signature),
        }
    }
}

impl TryFrom<v1::Vouch> for Vouch {
    type Error = Malformed;

    fn try_from(vouch: v1::Vouch) -> Result<Self, Malformed> {
        Ok(Self {
            by: member(&vouch.by)?,
            method: Method::of_number(vouch.method)?,
            met_at: UnixMillis(vouch.met_at_ms),
            signed_at: UnixMillis(vouch.signed_at_ms),
            terms: exact(&vouch.terms, "terms hash")?,
            signature: exact(&vouch.signature, "signature")?,
        })
    }
}

impl From<&Approval> for v1::Approval {
    fn from(approval: &Approval) -> Self {
        Self {
            by: key(&approval.by),
            signed_at_ms: approval.signed_at.0,
            signature: Bytes::copy_from_slice(&approval.signature),
        }
    }
}

impl TryFrom<v1::Approval> for Approval {
    type Error = Malformed;

    fn try_from(approval: v1::Approval) -> Result<Self, Malformed> {
        Ok(Self {
            by: member(&approval.by)?,
            signed_at: UnixMillis(approval.signed_at_ms),
            signature: exact(&approval.signature, "signature")?,
        })
    }
}

impl From<&RejoinProof> for v1::RejoinProof {
    fn from(proof: &RejoinProof) -> Self {
        let signature = Bytes::copy_from_slice(&proof.signature);
        Self { signed_at_ms: proof.signed_at.0, signature }
    }
}

impl TryFrom<v1::RejoinProof> for RejoinProof {
    type Error = Malformed;

    fn try_from(proof: v1::RejoinProof) -> Result<Self, Malformed> {
        Ok(Self {
            signed_at: UnixMillis(proof.signed_at_ms),
            signature: exact(&proof.signature, "signature")?,
        })
    }
}

impl From<&Motion> for v1::Motion {
    fn from(motion: &Motion) -> Self {
        use v1::motion::Kind;
        let kind = match motion {
            Motion::Sever(keys) => Kind::Sever(v1::Keys { keys: keys.iter().map(key).collect() }),
            Motion::Recall(id) => Kind::Recall(key(id)),
            Motion::Terms(terms) => Kind::Terms(terms.into()),
            Motion::NameOrganizer(id) => Kind::NameOrganizer(key(id)),
            Motion::DropOrganizer(id) => Kind::DropOrganizer(key(id)),
            Motion::Lift(id) => Kind::Lift(key(id)),
        };
        Self { kind: Some(kind) }
    }
}

impl TryFrom<v1::Motion> for Motion {
    type Error = Malformed;

    fn try_from(motion: v1::Motion) -> Result<Self, Malformed> {
        use v1::motion::Kind;
        Ok(match motion.kind.ok_or(Malformed("motion"))? {
            Kind::Sever(keys) => Self::Sever(members(&keys.keys, SEVERED_MAX)?),
            Kind::Recall(id) => Self::Recall(member(&id)?),
            Kind::Terms(terms) => Self::Terms(terms.try_into()?),
            Kind::NameOrganizer(id) => Self::NameOrganizer(member(&id)?),
            Kind::DropOrganizer(id) => Self::DropOrganizer(member(&id)?),
            Kind::Lift(id) => Self::Lift(member(&id)?),
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::room::tests::terms;

    pub(crate) fn vouch() -> Vouch {
        Vouch {
            by: MemberId::from_bytes([1; 32]),
            method: Method::InPerson,
            met_at: UnixMillis(5),
            signed_at: UnixMillis(6),
            terms: [2; 32],
            signature: [3; 64],
        }
    }

    pub(crate) fn approval() -> Approval {
        Approval { by: MemberId::from_bytes([1; 32]), signed_at: UnixMillis(6), signature: [3; 64] }
    }

    fn acts() -> Vec<Act> {
        let id = MemberId::from_bytes([4; 32]);
        let motions = [
            Motion::Sever(vec![id]),
            Motion::Recall(id),
            Motion::Terms(terms()),
            Motion::NameOrganizer(id),
            Motion::DropOrganizer(id),
            Motion::Lift(id),
        ];
        let proof = RejoinProof { signed_at: UnixMillis(6), signature: [3; 64] };
        let link = DeviceLink { by: id, signed_at: UnixMillis(6), signature: [3; 64] };
        let mut acts = vec![
            Act::Keys,
            Act::Found(vec![id]),
            Act::Admit(vec![vouch()]),
            Act::Confirm(id, vec![vouch()]),
            Act::Sever(vec![approval()]),
            Act::Stop,
            Act::Recall(vec![approval()]),
            Act::Rejoin(proof),
            Act::Device(link),
        ];
        acts.extend(motions.map(|motion| Act::Decide(motion, vec![approval()])));
        acts
    }

    #[test]
    fn each_act_survives_being_written_and_read() {
        for act in acts() {
            let data = CommitData { signed_at: UnixMillis(9), act };
            assert!(CommitData::decode(&data.encode()) == Ok(data));
        }
    }

    #[test]
    fn a_second_encoding_of_the_same_act_is_refused() {
        for act in acts() {
            let bytes = CommitData { signed_at: UnixMillis(9), act }.encode();
            let longer = [bytes.as_slice(), &[0xfa, 0x01, 1, 0]].concat();
            assert!(CommitData::decode(&longer).is_err());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = CommitData::decode(&bytes);
        }
    }
}
