//! A reason that a person reads: a name that stays the same in every version and language, and plain English.
//!
//! ```text
//! Rule, SendRefused, ChangeRefused, FoundRefused, Refusal, Contradicts --> Why { kind, sentence }
//! ```
//! A program that speaks another language says the kind in its own words, and the sentence where it has none.

use std::{borrow::Cow, fmt};

use offshift_protocol::room::{ChangeRefused, FoundRefused, Rule, SendRefused};
use offshift_wire::code::Refusal;
use serde::{Deserialize, Serialize};

use crate::view::Contradicts;

/// Why something was not done, or does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Its name: `rule_too_few_vouches`, `send_stale`.
    pub kind: Cow<'static, str>,
    /// The same in words.
    pub sentence: Cow<'static, str>,
}

/// What kinds of rules begin with.
const RULE: &str = "rule_";

impl Why {
    fn new(kind: &'static str, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: kind.into(), sentence: sentence.into() }
    }

    /// Whether it is a rule that every device of a room checks.
    pub fn is_rule(&self) -> bool {
        self.kind.starts_with(RULE)
    }

    /// As what it is a refusal of.
    pub(crate) fn refusal(&self) -> String {
        if self.is_rule() {
            format!("the room's rules do not allow it: {self}")
        } else {
            self.to_string()
        }
    }

    /// The rule of this kind, as records name it; records of older versions have the sentence.
    pub(crate) fn recorded(text: &str) -> Self {
        let known = RULES.iter().map(|rule| Self::from(*rule));
        known.into_iter().find(|why| why.kind == text || why.sentence == text).unwrap_or_else(
            || Self { kind: Cow::Borrowed("rule_other"), sentence: Cow::Owned(text.to_owned()) },
        )
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

/// The names of rules, and all that have one.
macro_rules! rules {
    ($($rule:ident => $kind:literal,)*) => {
        const RULES: &[Rule] = &[$(Rule::$rule),*];

        const fn rule_kind(rule: Rule) -> &'static str {
            match rule {
                $(Rule::$rule => concat!("rule_", $kind),)*
            }
        }
    };
}

rules! {
    NotAMember => "not_a_member",
    CommitData => "commit_data",
    CommitTime => "commit_time",
    LooseProposal => "loose_proposal",
    ProposalKind => "proposal_kind",
    OneChange => "one_change",
    LeafChanged => "leaf_changed",
    NotFounding => "not_founding",
    AddByOther => "add_by_other",
    MemberInfo => "member_info",
    KeyPackage => "key_package",
    TooManyFounders => "too_many_founders",
    KeyTwice => "key_twice",
    HandleTaken => "handle_taken",
    PolicyChange => "policy_change",
    TooFewOrganizers => "too_few_organizers",
    RemoveByOther => "remove_by_other",
    Welcome => "welcome",
    AdmitByOther => "admit_by_other",
    TooFewVouches => "too_few_vouches",
    TooFewBranches => "too_few_branches",
    VouchTwice => "vouch_twice",
    VoucherUnknown => "voucher_unknown",
    VoucherOnProbation => "voucher_on_probation",
    VouchBudget => "vouch_budget",
    VouchTime => "vouch_time",
    VouchTerms => "vouch_terms",
    VouchMethod => "vouch_method",
    VouchSignature => "vouch_signature",
    Denied => "denied",
    RoomFull => "room_full",
    NotUnderReview => "not_under_review",
    TooFewApprovals => "too_few_approvals",
    ApprovalBy => "approval_by",
    ApprovalTime => "approval_time",
    ApprovalSignature => "approval_signature",
    RecallBranches => "recall_branches",
    TermsFloor => "terms_floor",
    MotionEmpty => "motion_empty",
    OrganizerUnfit => "organizer_unfit",
    RemovedInPart => "removed_in_part",
    RejoinOther => "rejoin_other",
    RejoinProof => "rejoin_proof",
    DeviceByOther => "device_by_other",
    DeviceLink => "device_link",
    TooManyDevices => "too_many_devices",
}

impl From<Rule> for Why {
    fn from(rule: Rule) -> Self {
        Self::new(rule_kind(rule), rule.sentence())
    }
}

impl From<FoundRefused> for Why {
    fn from(refused: FoundRefused) -> Self {
        let kind = match refused {
            FoundRefused::Rule(rule) => return rule.into(),
            FoundRefused::TooFewOrganizers => "found_too_few_organizers",
            FoundRefused::Suite => "found_suite",
            FoundRefused::Bug(_) => "bug",
        };
        Self::new(kind, refused.to_string())
    }
}

impl From<SendRefused> for Why {
    fn from(refused: SendRefused) -> Self {
        let kind = match refused {
            SendRefused::Stranded => "send_stranded",
            SendRefused::RolledBack => "send_rolled_back",
            SendRefused::Lost => "send_lost",
            SendRefused::Forked => "send_forked",
            SendRefused::Stale => "send_stale",
            SendRefused::Removed => "send_removed",
            SendRefused::Content => "send_content",
            SendRefused::OnlyOrganizers => "send_only_organizers",
            SendRefused::Announcement => "send_announcement",
            SendRefused::TooMany => "send_too_many",
            SendRefused::Bug(_) => "bug",
        };
        Self::new(kind, refused.to_string())
    }
}

impl From<ChangeRefused> for Why {
    fn from(refused: ChangeRefused) -> Self {
        let kind = match refused {
            ChangeRefused::Rule(rule) => return rule.into(),
            ChangeRefused::Send(refused) => return refused.into(),
            ChangeRefused::Suite => "change_suite",
            ChangeRefused::NoSuchMember => "change_no_such_member",
            ChangeRefused::NoSuchApplicant => "change_no_such_applicant",
            ChangeRefused::Reason => "change_reason",
            ChangeRefused::TooManyAtOnce => "change_too_many_at_once",
            ChangeRefused::NoSuchMotion => "change_no_such_motion",
            ChangeRefused::OtherMeeting => "change_other_meeting",
            ChangeRefused::TooMany => "change_too_many",
            ChangeRefused::Bug(_) => "bug",
        };
        Self::new(kind, refused.to_string())
    }
}

/// What a relay answers to a deposit.
impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::Malformed => "relay_malformed",
            Refusal::Denied => "relay_denied",
            Refusal::NoCapability => "relay_no_capability",
            Refusal::LifeTooLong => "relay_life_too_long",
            Refusal::Full => "relay_full",
            Refusal::Busy => "relay_busy",
            Refusal::Stopping => "relay_stopping",
            Refusal::Failed => "relay_failed",
            Refusal::NoCredit => "relay_no_credit",
            Refusal::BadToken => "relay_bad_token",
            Refusal::BadTicket => "relay_bad_ticket",
            Refusal::AllowanceUsed => "relay_allowance_used",
        };
        Self::new(kind, offshift_link::LinkError::Refused(refusal).to_string())
    }
}

impl From<Contradicts> for Why {
    fn from(how: Contradicts) -> Self {
        match how {
            Contradicts::TwoReceipts => Self::new(
                "contradicts_two_receipts",
                "it signed that two envelopes lie in one place",
            ),
            Contradicts::AnotherEnvelope => Self::new(
                "contradicts_another_envelope",
                "it shows another envelope than the one that it signed for",
            ),
            Contradicts::Missing => {
                Self::new("contradicts_missing", "it does not show what it signed that it keeps")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_again_by_its_name_and_by_its_sentence() {
        for rule in RULES {
            let why = Why::from(*rule);
            assert!(why.is_rule());
            assert_eq!(Why::recorded(&why.kind), why);
            assert_eq!(Why::recorded(&why.sentence), why);
        }
        let newer = Why::recorded("a rule of tomorrow");
        assert_eq!(
            (newer.kind.as_ref(), newer.to_string().as_str()),
            ("rule_other", "a rule of tomorrow")
        );
    }

    #[test]
    fn a_rule_that_refuses_says_so() {
        let rule = Why::from(ChangeRefused::Rule(Rule::OneChange));
        assert_eq!(rule.refusal(), "the room's rules do not allow it: one change at a time");
        let other = Why::from(SendRefused::Removed);
        assert_eq!(other.refusal(), "you are not a member of this room any more", "the twin");
    }
}
