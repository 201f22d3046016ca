//! The rules by name, and what is compiled in whatever a room decides.

use crate::limits::FOUNDERS_MAX;

/// A rule of the room. Each is checked by every device alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Only members speak, and only in private messages (OS-ROO-004).
    NotAMember,
    /// The commit's authenticated data is not what this version writes (OS-POL-010).
    CommitData,
    /// The commit's signed time lies further than two hours from its position (OS-ORD-006).
    CommitTime,
    /// Every proposal is part of its commit: none by reference, none on its own (OS-POL-011).
    LooseProposal,
    /// A kind of proposal that no rule allows (OS-POL-012).
    ProposalKind,
    /// A commit does what its act says, and nothing besides (OS-POL-013).
    OneChange,
    /// The committer's new leaf has another key, identity, capability or extension, or there is none (OS-POL-014).
    LeafChanged,
    /// The founding phase is over, by an admission or after a week (OS-POL-020).
    NotFounding,
    /// Only a founder who is an organizer adds founders (OS-POL-021).
    AddByOther,
    /// The newcomer's identity is not a valid one (OS-POL-022).
    MemberInfo,
    /// The newcomer's key package has another suite, lifetime, capability or extension (OS-POL-023).
    KeyPackage,
    /// The founding phase has room for no more founders (OS-POL-024).
    TooManyFounders,
    /// This key has been in the room before (OS-POL-025).
    KeyTwice,
    /// Somebody in the room goes by this handle (OS-POL-026).
    HandleTaken,
    /// The policy after the commit is not the one that its act leads to (OS-POL-027).
    PolicyChange,
    /// A room names two organizers (OS-POL-028).
    TooFewOrganizers,
    /// Only an organizer removes, alone or with others (OS-POL-030).
    RemoveByOther,
    /// The tree, policy or standing that a Welcome leads to breaks what every epoch keeps (OS-POL-040).
    Welcome,
    /// Only an organizer admits (OS-ADM-001).
    AdmitByOther,
    /// Fewer vouches than the terms ask for (OS-ADM-002).
    TooFewVouches,
    /// The vouchers are of fewer branches than the terms ask for (OS-ADM-003).
    TooFewBranches,
    /// One person vouched twice (OS-ADM-004).
    VouchTwice,
    /// The voucher is not a member, or another device of one (OS-ADM-005).
    VoucherUnknown,
    /// The voucher is on probation or under review (OS-ADM-006).
    VoucherOnProbation,
    /// The voucher has used up the budget of 90 days (OS-ADM-007).
    VouchBudget,
    /// The vouch is older than 14 days or was used before, or its times do not follow each other (OS-ADM-008).
    VouchTime,
    /// The vouch was given under other terms (OS-ADM-009).
    VouchTerms,
    /// The terms do not let a vouch of this method count (OS-ADM-010).
    VouchMethod,
    /// The signature is not the voucher's, over this room, this key and these words (OS-ADM-011).
    VouchSignature,
    /// The key was severed, and nobody lifted that (OS-ADM-012).
    Denied,
    /// The standing has room for no more rows, or the row for no more vouchers (OS-ADM-013).
    RoomFull,
    /// Only a member under review is vouched for again (OS-ADM-014).
    NotUnderReview,
    /// Fewer approvals than the motion needs (OS-ADM-020).
    TooFewApprovals,
    /// Who approved may not, or approved twice (OS-ADM-021).
    ApprovalBy,
    /// The approval is older than seven days, or from the future (OS-ADM-022).
    ApprovalTime,
    /// The signature is not the approver's, over this room, this revision and this motion (OS-ADM-023).
    ApprovalSignature,
    /// Those who recall are of one branch only (OS-ADM-024).
    RecallBranches,
    /// The terms lie beyond what is compiled in (OS-ADM-030).
    TermsFloor,
    /// The motion would change nothing, or is not one that the policy holds (OS-ADM-031).
    MotionEmpty,
    /// Who is named can't be an organizer (OS-ADM-032).
    OrganizerUnfit,
    /// The commit removes nobody, its author, or a person only in part (OS-ADM-040).
    RemovedInPart,
    /// Only another organizer brings a member back, with the key and identity that are in the room (OS-ADM-050).
    RejoinOther,
    /// The wish to come back is older than seven days, or not signed by the member (OS-ADM-051).
    RejoinProof,
    /// Only a member's own device links another of the same person (OS-ADM-060).
    DeviceByOther,
    /// The link is older than a day, or not signed by the person's device (OS-ADM-061).
    DeviceLink,
    /// A person has at most three devices (OS-ADM-062).
    TooManyDevices,
}

/// Floors and ceilings that are compiled in: no policy, whoever signs it, goes beyond them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    founders_max: usize,
}

impl Rules {
    /// The rules.
    pub const fn new() -> Self {
        Self { founders_max: FOUNDERS_MAX }
    }

    /// Rules with room for more founders, so that tests can build large rooms at once.
    #[cfg(any(test, feature = "for-testing"))]
    pub const fn with_founders_max_for_testing(founders_max: usize) -> Self {
        Self { founders_max }
    }

    pub(crate) const fn founders_max(&self) -> usize {
        self.founders_max
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

impl Rule {
    /// What the rule says, for people.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotAMember => "only members may do this",
            Self::CommitData => "the change carries data of another version",
            Self::CommitTime => {
                "the change was signed more than two hours before or after it arrived"
            }
            Self::LooseProposal => "a proposal must be part of its change",
            Self::ProposalKind => "this kind of proposal is not allowed",
            Self::OneChange => "one change at a time",
            Self::LeafChanged => "a member's identity can't change",
            Self::NotFounding => "the founding phase is over",
            Self::AddByOther => "only a founding organizer may add founders",
            Self::MemberInfo => "the newcomer's identity is not valid",
            Self::KeyPackage => "the newcomer's keys are not of this version",
            Self::TooManyFounders => "a room has at most eight founders",
            Self::KeyTwice => "this key has been in the room before; meet again for a new one",
            Self::HandleTaken => "somebody in the room goes by this handle already",
            Self::PolicyChange => "the room's policy can't be changed like this",
            Self::TooFewOrganizers => "a room needs two organizers",
            Self::RemoveByOther => "only an organizer may remove a member",
            Self::Welcome => "its members and its policy do not fit each other",
            Self::AdmitByOther => "only an organizer may let somebody in",
            Self::TooFewVouches => "more members must vouch first",
            Self::TooFewBranches => {
                "those who vouch came in through the same founder; one of another branch must vouch"
            }
            Self::VouchTwice => "each person vouches once",
            Self::VoucherUnknown => "one of those who vouch is not a member any more",
            Self::VoucherOnProbation => "one of those who vouch is new, or under review",
            Self::VouchBudget => "one of those who vouch has brought in too many people lately",
            Self::VouchTime => "a vouch is good for 14 days after the meeting; meet again",
            Self::VouchTerms => "the room's terms changed since; vouch again",
            Self::VouchMethod => "this room lets only meetings in person count",
            Self::VouchSignature => "a vouch is not for this person and this room",
            Self::Denied => "this person was put out; two organizers must lift that first",
            Self::RoomFull => {
                "the room has had as many members as a room can have; found a new one"
            }
            Self::NotUnderReview => "this member is not under review",
            Self::TooFewApprovals => "more must approve first",
            Self::ApprovalBy => "somebody approved who may not",
            Self::ApprovalTime => "an approval is good for seven days; approve again",
            Self::ApprovalSignature => "an approval is not for this change",
            Self::RecallBranches => "members of two branches must recall",
            Self::TermsFloor => "no room may go beyond these limits",
            Self::MotionEmpty => "this would change nothing",
            Self::OrganizerUnfit => "this member can't be an organizer",
            Self::RemovedInPart => "a person is put out with all devices, and never by themselves",
            Self::RejoinOther => "only an organizer may bring a member back, as the same person",
            Self::RejoinProof => "the wish to come back is too old, or not the member's",
            Self::DeviceByOther => "only the person's own device may link another",
            Self::DeviceLink => "the link of the device is too old, or not the person's",
            Self::TooManyDevices => "a person has at most three devices",
        }
    }
}
