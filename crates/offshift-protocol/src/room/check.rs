//! The one function that decides whether a commit is allowed, and the rules by name.

/// A rule of the room. Each is checked by every device alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The commit's signed time lies further than two hours from its position.
    CommitTime,
    /// The commit's authenticated data is not what this version writes.
    CommitData,
    /// Only members commit and propose, from within.
    NotAMember,
    /// Every proposal is part of its commit: none by reference, none on its own.
    LooseProposal,
    /// A kind of proposal that no rule allows.
    ProposalKind,
    /// A commit changes one thing: one member, or some founders, or only keys.
    OneChange,
    /// Ordinary admission by vouches is not part of this version.
    NotFounding,
    /// Only a founder who is an organizer adds founders.
    AddByOther,
    /// The founding phase has room for no more founders.
    TooManyFounders,
    /// This key has been in the room before.
    FounderTwice,
    /// The newcomer's identity is not a valid one of a founder.
    MemberInfo,
    /// The newcomer's key package has another version, suite, lifetime, capability or extension.
    KeyPackage,
    /// Only an organizer removes.
    RemoveByOther,
    /// A leaf kept its key but not its identity or its capabilities.
    LeafChanged,
    /// The policy changed in a way that no rule allows.
    PolicyChange,
    /// A room of several members needs two organizers.
    TooFewOrganizers,
}
