//! What two devices say in the rendezvous mailboxes of a meeting.

use bytes::Bytes;
use prost::Message;

use crate::{Malformed, card::exact, limits::CARD_BYTES_MAX, v1};

/// Tells the participants of a meeting apart: 16 random bytes.
pub type Tag = [u8; 16];

/// SHA-256 over a label, the scanner's nonce and card.
pub type CommitHash = [u8; 32];

/// 32 random bytes that make the words unforeseeable.
pub type Nonce = [u8; 32];

/// One entry of a meeting.
#[derive(Clone, PartialEq, Eq)]
pub struct MeetingEntry {
    /// Who says it.
    pub tag: Tag,
    /// What.
    pub say: Say,
}

/// What a participant of a meeting says.
#[derive(Clone, PartialEq, Eq)]
pub enum Say {
    /// The scanner, first: "my nonce and card hash to this".
    Commit(CommitHash),
    /// The shower, second: its nonce and card, and which commit it answers.
    Answer {
        /// The commit that it answers.
        commit: CommitHash,
        /// The shower's nonce.
        nonce: Nonce,
        /// The shower's card.
        card: Bytes,
    },
    /// The scanner, third: what the commit hid.
    Reveal {
        /// The scanner's nonce.
        nonce: Nonce,
        /// The scanner's card.
        card: Bytes,
    },
    /// Either, at any time: the meeting is over. Why is a number of `meeting.md`.
    Abort(u32),
}

impl MeetingEntry {
    /// Its bytes.
    pub fn encode(&self) -> Bytes {
        use v1::meeting_entry::Kind;
        let kind = match &self.say {
            Say::Commit(hash) => {
                Kind::Commit(v1::MeetingCommit { hash: Bytes::copy_from_slice(hash) })
            }
            Say::Answer { commit, nonce, card } => Kind::Answer(v1::MeetingAnswer {
                commit: Bytes::copy_from_slice(commit),
                nonce: Bytes::copy_from_slice(nonce),
                card: card.clone(),
            }),
            Say::Reveal { nonce, card } => Kind::Reveal(v1::MeetingReveal {
                nonce: Bytes::copy_from_slice(nonce),
                card: card.clone(),
            }),
            Say::Abort(reason) => Kind::Abort(v1::MeetingAbort { reason: *reason }),
        };
        let tag = Bytes::copy_from_slice(&self.tag);
        v1::MeetingEntry { tag, kind: Some(kind) }.encode_to_vec().into()
    }

    /// The entry of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] naming the field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let entry = v1::MeetingEntry::decode(bytes)?;
        let kind = entry.kind.ok_or(Malformed("meeting entry"))?;
        Ok(Self { tag: exact(&entry.tag, "tag")?, say: kind.try_into()? })
    }
}

impl TryFrom<v1::meeting_entry::Kind> for Say {
    type Error = Malformed;

    fn try_from(kind: v1::meeting_entry::Kind) -> Result<Self, Malformed> {
        use v1::meeting_entry::Kind;
        Ok(match kind {
            Kind::Commit(commit) => Self::Commit(exact(&commit.hash, "commit")?),
            Kind::Answer(answer) => Self::Answer {
                commit: exact(&answer.commit, "commit")?,
                nonce: exact(&answer.nonce, "nonce")?,
                card: card(answer.card)?,
            },
            Kind::Reveal(reveal) => {
                Self::Reveal { nonce: exact(&reveal.nonce, "nonce")?, card: card(reveal.card)? }
            }
            Kind::Abort(abort) => Self::Abort(abort.reason),
        })
    }
}

fn card(bytes: Bytes) -> Result<Bytes, Malformed> {
    if bytes.is_empty() || bytes.len() > CARD_BYTES_MAX {
        return Err(Malformed("card"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_entry_survives_its_own_encoding() {
        let card = Bytes::from_static(b"card");
        for say in [
            Say::Commit([1; 32]),
            Say::Answer { commit: [1; 32], nonce: [2; 32], card: card.clone() },
            Say::Reveal { nonce: [3; 32], card },
            Say::Abort(4),
        ] {
            let entry = MeetingEntry { tag: [9; 16], say };
            assert!(MeetingEntry::decode(&entry.encode()) == Ok(entry));
        }
    }

    #[test]
    fn an_entry_with_a_card_too_long_or_no_card_is_malformed() {
        for length in [0, CARD_BYTES_MAX + 1] {
            let say = Say::Reveal { nonce: [3; 32], card: vec![0; length].into() };
            let bytes = MeetingEntry { tag: [9; 16], say }.encode();
            assert_eq!(MeetingEntry::decode(&bytes).err(), Some(Malformed("card")));
        }
    }

    proptest! {
        #[test]
        fn decoding_any_bytes_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = MeetingEntry::decode(&bytes);
        }
    }
}
