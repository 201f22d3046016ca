//! A room's policy as people read and change it: each term by name, with its value and what it may be.

use std::{fmt, str::FromStr};

use offshift_protocol::{
    limits::{
        BUDGET_MAX, EPOCH_AGE_MAX_MS, EPOCH_AGE_MIN_MS, PROBATION_MAX_MS, PROBATION_MIN_MS,
        RECALL_MAX, RECALL_MIN, REJOIN_MAX_MS, VOUCHES_CEILING, VOUCHES_FLOOR,
    },
    room::{MemberId, Suite, Terms},
};
use offshift_wire::{Life, UnixMillis, link::RelayLink};
use serde::{Deserialize, Serialize};

use super::message::MotionKind;

/// A room's policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// The room's name.
    pub name: String,
    /// The relay that passes its messages.
    #[serde(with = "crate::json")]
    pub relay: RelayLink,
    /// Its cryptographic suite.
    #[serde(with = "crate::json")]
    pub suite: Suite,
    /// Whether it is still being founded.
    pub is_founding: bool,
    /// Who may let people in and remove them.
    #[serde(with = "crate::json")]
    pub organizers: Vec<(MemberId, String)>,
    /// Its terms.
    pub terms: Vec<TermView>,
}

/// One term of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermView {
    /// Which.
    pub term: Term,
    /// What binds now.
    pub value: TermValue,
    /// What is decided and will bind, and from when on.
    #[serde(with = "crate::json")]
    pub coming: Option<(TermValue, UnixMillis)>,
    /// The least and the most that any room may decide, whoever signs it.
    pub range: (TermValue, TermValue),
}

/// What a room may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// Vouches that an admission needs.
    Vouches,
    /// How long a newcomer may not vouch.
    Probation,
    /// Vouches of one member that may be used within 90 days.
    VouchBudget,
    /// Whether a vouch after a call counts.
    Calls,
    /// Members who together may remove anyone.
    Recall,
    /// Absence up to which a return needs nobody's confirmation.
    Rejoin,
    /// How old the keys may grow.
    KeyAge,
    /// How long relays keep messages.
    MessageLife,
    /// How long relays keep changes of the room and invitations.
    ChangeLife,
    /// How long devices keep messages.
    Disappear,
    /// Whether only organizers may write what stands for itself.
    OrganizersPost,
}

/// A value of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermValue {
    /// A number.
    Count(u32),
    /// Milliseconds.
    Time(u64),
    /// Yes or no.
    Yes(bool),
}

/// What an organizer proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    /// Other values of these terms.
    Terms(Vec<(Term, TermValue)>),
    /// Another organizer.
    NameOrganizer(#[serde(with = "crate::json")] MemberId),
    /// No organizer any more.
    DropOrganizer(#[serde(with = "crate::json")] MemberId),
    /// Let somebody who was removed be vouched for again.
    Lift(#[serde(with = "crate::json")] MemberId),
}

/// What the text of a term or of its value is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadTerm {
    /// Not the name of a term.
    #[error("a policy has no such term; show the policy for their names")]
    Name,
    /// Not a value of this term.
    #[error(
        "this term does not take that value; it takes a number, a time like 7d or 12h, yes or no"
    )]
    Value,
}

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

impl Term {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Vouches,
        Self::Probation,
        Self::VouchBudget,
        Self::Calls,
        Self::Recall,
        Self::Rejoin,
        Self::KeyAge,
        Self::MessageLife,
        Self::ChangeLife,
        Self::Disappear,
        Self::OrganizersPost,
    ];

    /// Its name, as people type it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vouches => "vouches",
            Self::Probation => "probation",
            Self::VouchBudget => "vouch-budget",
            Self::Calls => "calls",
            Self::Recall => "recall",
            Self::Rejoin => "rejoin",
            Self::KeyAge => "key-age",
            Self::MessageLife => "message-life",
            Self::ChangeLife => "change-life",
            Self::Disappear => "disappear",
            Self::OrganizersPost => "organizers-post",
        }
    }

    /// What it means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Vouches => "members who must vouch for a newcomer, each of another branch",
            Self::Probation => "how long a newcomer's own vouches do not count",
            Self::VouchBudget => "newcomers for whom one member's vouch counts in 90 days",
            Self::Calls => "whether a vouch after a call counts",
            Self::Recall => "members who together can remove anyone",
            Self::Rejoin => "absence after which an organizer must confirm a return",
            Self::KeyAge => "how old the keys may grow while people write",
            Self::MessageLife => "how long relays keep messages",
            Self::ChangeLife => "how long relays keep changes and invitations",
            Self::Disappear => "how long devices keep messages; 0: until erased",
            Self::OrganizersPost => "whether only organizers may write; all may answer and react",
        }
    }

    /// The value that this text means.
    ///
    /// # Errors
    /// [`BadTerm::Value`].
    pub fn value(self, text: &str) -> Result<TermValue, BadTerm> {
        let value = match self.range().0 {
            TermValue::Count(_) => text.parse().ok().map(TermValue::Count),
            TermValue::Time(_) => time(text).map(TermValue::Time),
            TermValue::Yes(_) => yes(text).map(TermValue::Yes),
        };
        value.ok_or(BadTerm::Value)
    }

    pub(crate) const fn of(self, terms: &Terms) -> TermValue {
        match self {
            Self::Vouches => TermValue::Count(terms.vouches),
            Self::Probation => TermValue::Time(terms.probation_ms),
            Self::VouchBudget => TermValue::Count(terms.vouch_budget),
            Self::Calls => TermValue::Yes(terms.calls),
            Self::Recall => TermValue::Count(terms.recall),
            Self::Rejoin => TermValue::Time(terms.rejoin_ms),
            Self::KeyAge => TermValue::Time(terms.epoch_age_ms),
            Self::MessageLife => TermValue::Time(terms.message_life.ms()),
            Self::ChangeLife => TermValue::Time(terms.commit_life.ms()),
            Self::Disappear => TermValue::Time(terms.disappear_ms),
            Self::OrganizersPost => TermValue::Yes(terms.only_organizers_post),
        }
    }

    /// The same terms with another value of this one; nothing when it does not take that value.
    pub(crate) fn set(self, terms: &mut Terms, value: TermValue) -> Result<(), BadTerm> {
        match (self, value) {
            (Self::Vouches, TermValue::Count(count)) => terms.vouches = count,
            (Self::Probation, TermValue::Time(ms)) => terms.probation_ms = ms,
            (Self::VouchBudget, TermValue::Count(count)) => terms.vouch_budget = count,
            (Self::Calls, TermValue::Yes(yes)) => terms.calls = yes,
            (Self::Recall, TermValue::Count(count)) => terms.recall = count,
            (Self::Rejoin, TermValue::Time(ms)) => terms.rejoin_ms = ms,
            (Self::KeyAge, TermValue::Time(ms)) => terms.epoch_age_ms = ms,
            (Self::MessageLife, TermValue::Time(ms)) => terms.message_life = life(ms)?,
            (Self::ChangeLife, TermValue::Time(ms)) => terms.commit_life = life(ms)?,
            (Self::Disappear, TermValue::Time(ms)) => terms.disappear_ms = ms,
            (Self::OrganizersPost, TermValue::Yes(yes)) => terms.only_organizers_post = yes,
            _ => return Err(BadTerm::Value),
        }
        Ok(())
    }

    pub(crate) const fn range(self) -> (TermValue, TermValue) {
        use TermValue::{Count, Time, Yes};
        match self {
            Self::Vouches => (Count(VOUCHES_FLOOR), Count(VOUCHES_CEILING)),
            Self::Probation => (Time(PROBATION_MIN_MS), Time(PROBATION_MAX_MS)),
            Self::VouchBudget => (Count(1), Count(BUDGET_MAX)),
            Self::Calls | Self::OrganizersPost => (Yes(false), Yes(true)),
            Self::Recall => (Count(RECALL_MIN), Count(RECALL_MAX)),
            Self::Rejoin => (Time(0), Time(REJOIN_MAX_MS)),
            Self::KeyAge => (Time(EPOCH_AGE_MIN_MS), Time(EPOCH_AGE_MAX_MS)),
            Self::MessageLife | Self::ChangeLife => (Time(Life::H1.ms()), Time(Life::D30.ms())),
            Self::Disappear => (Time(0), Time(u64::MAX)),
        }
    }
}

/// The terms that differ, with the later values.
pub(crate) fn changes(before: &Terms, after: &Terms) -> Vec<(Term, TermValue)> {
    let differ = |term: &Term| term.of(before) != term.of(after);
    Term::ALL.into_iter().filter(differ).map(|term| (term, term.of(after))).collect()
}

fn life(ms: u64) -> Result<Life, BadTerm> {
    Life::ALL.into_iter().find(|life| life.ms() == ms).ok_or(BadTerm::Value)
}

fn time(text: &str) -> Option<u64> {
    if text == "0" {
        return Some(0);
    }
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "d" => DAY_MS,
        "h" => HOUR_MS,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

fn yes(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

impl FromStr for Term {
    type Err = BadTerm;

    fn from_str(name: &str) -> Result<Self, BadTerm> {
        Self::ALL.into_iter().find(|term| term.name() == name).ok_or(BadTerm::Name)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for TermValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Yes(yes) => f.write_str(if yes { "yes" } else { "no" }),
            Self::Time(0) => f.write_str("0"),
            Self::Time(u64::MAX) => f.write_str("any time"),
            Self::Time(ms) if ms % DAY_MS == 0 => write!(f, "{}d", ms / DAY_MS),
            Self::Time(ms) => write!(f, "{}h", ms.div_ceil(HOUR_MS)),
        }
    }
}

/// The name of a motion in its room.
pub use offshift_protocol::room::MotionId;

/// A motion that waits for approvals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MotionView {
    /// Its name.
    #[serde(with = "crate::json")]
    pub id: MotionId,
    /// What it is.
    pub what: MotionKind,
    /// Who is for it.
    #[serde(with = "crate::json")]
    pub approvals: Vec<(MemberId, String)>,
    /// Whether you are.
    pub is_approved_by_you: bool,
    /// How many must be.
    pub needed: usize,
    /// Until then.
    #[serde(with = "crate::json")]
    pub until: UnixMillis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_found_by_its_name_and_reads_what_it_shows() {
        let mut terms = offshift_protocol::admission::terms::fresh();
        for term in Term::ALL {
            assert_eq!(term.name().parse(), Ok(term));
            let (least, _) = term.range();
            assert_eq!(term.value(&least.to_string()), Ok(least), "{term}");
            assert_eq!(term.set(&mut terms, least), Ok(()));
            assert_eq!(term.of(&terms), least);
        }
        assert_eq!("vouch".parse::<Term>(), Err(BadTerm::Name));
        assert_eq!(Term::Probation.value("7"), Err(BadTerm::Value));
        assert_eq!(Term::MessageLife.set(&mut terms, TermValue::Time(5)), Err(BadTerm::Value));
    }

    #[test]
    fn what_differs_is_named() {
        let before = offshift_protocol::admission::terms::fresh();
        let mut after = before;
        after.vouches = 3;
        assert_eq!(changes(&before, &after), [(Term::Vouches, TermValue::Count(3))]);
        assert!(changes(&before, &before).is_empty());
    }
}
