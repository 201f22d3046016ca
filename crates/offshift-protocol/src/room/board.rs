//! The board: what members said about who is to come in, stay or go, as far as this device has read it.
//!
//! ```text
//! message that stands -> note (is it sound, is it of use?) -> entry -> room/{id}/board/{kind}/{name}
//!                                                               |-> applicants, reviews, motions
//! ```
//! An entry's record holds the messages that made it. Entries go when they are of no use any more: the key is in the
//! room, the word has expired, the policy has moved on.
//!
//! Never: a decision. What the board holds counts only where the rules say so, at a commit (OS-JOI-023).

use std::collections::BTreeMap;

use bytes::Bytes;
use offshift_wire::{
    Malformed, MemberId, MessageId, MotionId, UnixMillis,
    admission::{Approval, Motion, Vouch},
    content::{Approved, Content, Message, Objection, Vouched},
    limits::{APPROVALS_MAX, VOUCHES_MAX},
};
use zeroize::Zeroizing;

use super::moving::expires;
use crate::{
    derive::hash,
    limits::{
        BOARD_APPLICANTS_MAX, BOARD_MOTIONS_MAX, BOARD_REVIEWS_MAX, OBJECTIONS_MAX, VOUCH_LIFE_MS,
    },
    record::{Reader, Writer},
};

const RECORD: u8 = 1;

/// The name of a motion at a revision of the policy.
pub(super) fn motion_id(motion: &Motion, revision: u64) -> MotionId {
    let parts: [&[u8]; 3] = [b"offshift motion v1", &revision.to_be_bytes(), &motion.encode()];
    MotionId::from_bytes(hash(&parts))
}

/// Somebody who was vouched for.
pub(super) struct Applying {
    pub(super) package: Bytes,
    /// By voucher.
    pub(super) vouches: BTreeMap<MemberId, Vouched>,
    /// By member.
    pub(super) objections: BTreeMap<MemberId, String>,
}

/// A motion that needs more approvals.
pub(super) struct Raised {
    pub(super) motion: Motion,
    pub(super) revision: u64,
    /// By member.
    pub(super) approvals: BTreeMap<MemberId, Approval>,
}

/// What was said.
#[derive(Default)]
pub(super) struct Board {
    pub(super) applicants: BTreeMap<MemberId, Applying>,
    /// Vouches for members under review, by member, then by voucher.
    pub(super) reviews: BTreeMap<MemberId, BTreeMap<MemberId, Vouch>>,
    pub(super) motions: BTreeMap<MotionId, Raised>,
}

/// One entry of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entry {
    Applicant(MemberId),
    Review(MemberId),
    Motion(MotionId),
}

impl Entry {
    /// The end of its record's key.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Applicant(id) => format!("board/applicant/{}", id.hex()),
            Self::Review(id) => format!("board/review/{}", id.hex()),
            Self::Motion(id) => format!("board/motion/{}", id.hex()),
        }
    }

    fn of_path(path: &str) -> Result<Self, Malformed> {
        let (kind, name) = path.split_once('/').ok_or(Malformed("board record"))?;
        Ok(match kind {
            "applicant" => Self::Applicant(MemberId::from_hex(name)?),
            "review" => Self::Review(MemberId::from_hex(name)?),
            "motion" => Self::Motion(MotionId::from_hex(name)?),
            _ => return Err(Malformed("board record")),
        })
    }
}

impl Board {
    /// Takes what a member said under this entry, if there is room. Whether it is sound, the caller has found out.
    pub(super) fn put(&mut self, entry: Entry, by: MemberId, content: &Content) -> bool {
        match (entry, content) {
            (Entry::Applicant(id), Content::Vouched(one)) => self.put_vouch(id, by, one),
            (Entry::Applicant(id), Content::Objection(one)) => {
                let Some(applying) = self.applicants.get_mut(&id) else { return false };
                put(&mut applying.objections, OBJECTIONS_MAX, by, one.reason.clone())
            }
            (Entry::Review(id), Content::Revouched(_, vouch)) => {
                let is_full = self.reviews.len() >= BOARD_REVIEWS_MAX;
                if is_full && !self.reviews.contains_key(&id) {
                    return false;
                }
                put(self.reviews.entry(id).or_default(), VOUCHES_MAX, by, vouch.clone())
            }
            (Entry::Motion(id), Content::Approved(one)) => self.put_approval(id, by, one),
            _ => false,
        }
    }

    fn put_vouch(&mut self, id: MemberId, by: MemberId, one: &Vouched) -> bool {
        if self.applicants.len() >= BOARD_APPLICANTS_MAX && !self.applicants.contains_key(&id) {
            return false;
        }
        let applying = self.applicants.entry(id).or_insert_with(|| Applying {
            package: one.key_package.clone(),
            vouches: BTreeMap::new(),
            objections: BTreeMap::new(),
        });
        // A second key package of one key is its owner's own doing; vouches name the first or do not count.
        applying.package == one.key_package
            && put(&mut applying.vouches, VOUCHES_MAX, by, one.clone())
    }

    fn put_approval(&mut self, id: MotionId, by: MemberId, one: &Approved) -> bool {
        if self.motions.len() >= BOARD_MOTIONS_MAX && !self.motions.contains_key(&id) {
            return false;
        }
        let raised = self.motions.entry(id).or_insert_with(|| Raised {
            motion: one.motion.clone(),
            revision: one.revision,
            approvals: BTreeMap::new(),
        });
        put(&mut raised.approvals, APPROVALS_MAX, by, one.approval.clone())
    }

    pub(super) fn remove(&mut self, entry: Entry) {
        match entry {
            Entry::Applicant(id) => drop(self.applicants.remove(&id)),
            Entry::Review(id) => drop(self.reviews.remove(&id)),
            Entry::Motion(id) => drop(self.motions.remove(&id)),
        }
    }

    /// How many words make this entry. Objections alone do not.
    pub(super) fn words(&self, entry: Entry) -> usize {
        match entry {
            Entry::Applicant(id) => self.applicants.get(&id).map_or(0, |one| one.vouches.len()),
            Entry::Review(id) => self.reviews.get(&id).map_or(0, BTreeMap::len),
            Entry::Motion(id) => self.motions.get(&id).map_or(0, |one| one.approvals.len()),
        }
    }

    /// Drops words that have expired, and those of people who are not in the room any more.
    pub(super) fn retain(
        &mut self,
        entry: Entry,
        now: UnixMillis,
        counts: impl Fn(&MemberId) -> bool,
    ) {
        match entry {
            Entry::Applicant(id) => self.applicants.get_mut(&id).into_iter().for_each(|one| {
                one.vouches.retain(|by, given| counts(by) && now <= until(&given.vouch));
                one.objections.retain(|by, _| counts(by));
            }),
            Entry::Review(id) => self.reviews.get_mut(&id).into_iter().for_each(|words| {
                words.retain(|by, vouch| counts(by) && now <= until(vouch));
            }),
            Entry::Motion(id) => self.motions.get_mut(&id).into_iter().for_each(|one| {
                one.approvals.retain(|by, word| counts(by) && now <= expires(word));
            }),
        }
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        let applicants = self.applicants.keys().copied().map(Entry::Applicant);
        let reviews = self.reviews.keys().copied().map(Entry::Review);
        applicants.chain(reviews).chain(self.motions.keys().copied().map(Entry::Motion)).collect()
    }

    fn contents(&self, entry: Entry) -> Vec<(MemberId, Content)> {
        match entry {
            Entry::Applicant(id) => self.applicants.get(&id).map_or_else(Vec::new, |one| {
                let vouches = one.vouches.iter().map(|(by, v)| (*by, Content::Vouched(v.clone())));
                let objection = |(by, reason): (&MemberId, &String)| {
                    (*by, Content::Objection(Objection { applicant: id, reason: reason.clone() }))
                };
                vouches.chain(one.objections.iter().map(objection)).collect()
            }),
            Entry::Review(id) => {
                let vouches = self.reviews.get(&id).into_iter().flatten();
                vouches.map(|(by, vouch)| (*by, Content::Revouched(id, vouch.clone()))).collect()
            }
            Entry::Motion(id) => self.motions.get(&id).map_or_else(Vec::new, |raised| {
                let approved = |(by, approval): (&MemberId, &Approval)| {
                    let Raised { motion, revision, .. } = raised;
                    let (motion, approval) = (motion.clone(), approval.clone());
                    (*by, Content::Approved(Approved { motion, revision: *revision, approval }))
                };
                raised.approvals.iter().map(approved).collect()
            }),
        }
    }

    /// The record of an entry; none where there is nothing in it.
    pub(super) fn encode(&self, entry: Entry) -> Option<Zeroizing<Vec<u8>>> {
        let id = MessageId::from_bytes([0; 16]);
        let message = |content| Message { id, sequence: 0, content }.encode().ok();
        let contents: Vec<(MemberId, Vec<u8>)> = self
            .contents(entry)
            .into_iter()
            .filter_map(|(by, content)| Some((by, message(content)?)))
            .collect();
        let write =
            |w: Writer, (by, bytes): &(MemberId, Vec<u8>)| w.fixed(by.as_bytes()).bytes(bytes);
        (!contents.is_empty()).then(|| Writer::new(RECORD).list(&contents, write).done())
    }

    /// Takes the entry of a record.
    pub(super) fn load(&mut self, path: &str, record: &[u8]) -> Result<(), Malformed> {
        let entry = Entry::of_path(path)?;
        let mut reader = Reader::new(record, RECORD)?;
        let contents = reader.list(|r| {
            let by = MemberId::from_bytes(r.fixed()?);
            Ok((by, Message::decode(Bytes::copy_from_slice(r.bytes()?))?.content))
        })?;
        reader.done()?;
        for (by, content) in contents {
            self.put(entry, by, &content);
        }
        Ok(())
    }
}

/// Puts a member's word into a list that holds so many (OS-JOI-021); a member's later word replaces the earlier.
fn put<T>(list: &mut BTreeMap<MemberId, T>, count_max: usize, by: MemberId, word: T) -> bool {
    if list.len() >= count_max && !list.contains_key(&by) {
        return false;
    }
    list.insert(by, word);
    true
}

/// Until when a vouch can be used.
pub(super) fn until(vouch: &Vouch) -> UnixMillis {
    vouch.met_at.plus_ms(VOUCH_LIFE_MS)
}
