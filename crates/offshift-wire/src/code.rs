//! What a relay says when it refuses, and why a connection was closed.

use crate::Malformed;

/// Why a relay refused one request. Part of the wire: numbers never change meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The request breaks a rule of its shape.
    Malformed,
    /// The proof does not fit the descriptor, or the kind forbids the act. Says nothing about whether
    /// the mailbox exists: it is decided before any look-up (OS-MBX-006).
    Denied,
    /// No such capability on this connection.
    NoCapability,
    /// The life class is longer than this relay keeps anything.
    LifeTooLong,
    /// The relay's disk or the mailbox is full: try again later.
    Full,
    /// Too much at once on this connection: slow down.
    Busy,
    /// The relay is stopping: connect again.
    Stopping,
    /// The relay failed; nothing was stored.
    Failed,
    /// The deposit costs more than the connection's credit: spend a token first.
    NoCredit,
    /// A token is not (or no longer) good. Says not why.
    BadToken,
    /// No such ticket here, or it is over or revoked. Says not which.
    BadTicket,
    /// The ticket's allowance of this day is used.
    AllowanceUsed,
}

impl Refusal {
    const ALL: [Self; 12] = [
        Self::Malformed,
        Self::Denied,
        Self::NoCapability,
        Self::LifeTooLong,
        Self::Full,
        Self::Busy,
        Self::Stopping,
        Self::Failed,
        Self::NoCredit,
        Self::BadToken,
        Self::BadTicket,
        Self::AllowanceUsed,
    ];

    /// Its number on the wire.
    pub const fn number(self) -> u32 {
        match self {
            Self::Malformed => 1,
            Self::Denied => 2,
            Self::NoCapability => 3,
            Self::LifeTooLong => 4,
            Self::Full => 5,
            Self::Busy => 6,
            Self::Stopping => 7,
            Self::Failed => 8,
            Self::NoCredit => 9,
            Self::BadToken => 10,
            Self::BadTicket => 11,
            Self::AllowanceUsed => 12,
        }
    }
}

impl TryFrom<u32> for Refusal {
    type Error = Malformed;

    fn try_from(number: u32) -> Result<Self, Malformed> {
        let found = Self::ALL.into_iter().find(|code| code.number() == number);
        found.ok_or(Malformed("refusal code"))
    }
}

/// The application error code of a QUIC close or reset (RFC 9000, section 20.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Close {
    /// Done; nothing is wrong.
    Done,
    /// The other end speaks a version that this one does not.
    Version,
    /// A frame that can't be decoded, or one that has no place here.
    Malformed,
    /// A limit was broken.
    Limit,
    /// The relay is stopping.
    Stopping,
    /// Nothing was asked in time.
    Idle,
    /// The relay failed.
    Failed,
}

impl Close {
    const ALL: [Self; 7] = [
        Self::Done,
        Self::Version,
        Self::Malformed,
        Self::Limit,
        Self::Stopping,
        Self::Idle,
        Self::Failed,
    ];

    /// Its number on the wire: in the range that HTTP/3 uses, so that it names nothing.
    pub const fn number(self) -> u32 {
        match self {
            Self::Done => 0x100,
            Self::Version => 0x101,
            Self::Malformed => 0x102,
            Self::Limit => 0x103,
            Self::Stopping => 0x104,
            Self::Idle => 0x105,
            Self::Failed => 0x106,
        }
    }

    /// The close with this number, if it is one of ours.
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|close| u64::from(close.number()) == number)
    }
}

/// What a capability allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Read and, in an inbox, release.
    Fetch,
    /// Append.
    Deposit,
}

impl Role {
    /// Its number on the wire and in proofs.
    pub const fn number(self) -> u8 {
        match self {
            Self::Fetch => 1,
            Self::Deposit => 2,
        }
    }
}

impl TryFrom<u32> for Role {
    type Error = Malformed;

    fn try_from(number: u32) -> Result<Self, Malformed> {
        match number {
            1 => Ok(Self::Fetch),
            2 => Ok(Self::Deposit),
            _ => Err(Malformed("role")),
        }
    }
}
