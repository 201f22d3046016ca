//! What goes wrong on a link, by blame; each says what to do next.

use offshift_wire::{
    Malformed,
    code::{Close, Refusal},
};

/// Why a client's link can't be made or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The host name in the link has no address.
    #[error("the relay's name is not known here; check the network, then the link")]
    Resolve,
    /// Nobody answers.
    #[error("the relay does not answer; check the network, or try again in a minute")]
    Unreachable,
    /// Somebody else answers (NO-20). Don't try again on this network.
    #[error(
        "something on this network answers in the relay's place; \
         do not trust this network, use another one, for instance mobile data"
    )]
    Identity,
    /// The relay's certificate is not valid at this device's time.
    #[error("the clock of this device seems wrong; set date and time, then try again")]
    Clock,
    /// The relay speaks another version.
    #[error(
        "the relay speaks another version; update this program or ask the relay's host to update"
    )]
    Incompatible,
    /// The relay said no.
    #[error("the relay refused: {}", refusal(*.0))]
    Refused(Refusal),
    /// The relay closed the connection.
    #[error("{}", closed(*.0))]
    Closed(Close),
    /// The connection broke.
    #[error("the connection to the relay was lost; it will be made again")]
    Lost,
    /// The relay broke the protocol.
    #[error("the relay answered with something else ({0}); tell the relay's host")]
    Misbehaved(&'static str),
    /// Too much waits on this link.
    #[error("too much waits for the relay; wait for the answers first")]
    Busy,
    /// This device can't open a socket.
    #[error("this device can't open a network socket; check its network settings")]
    Socket,
    /// Must not happen.
    #[error("a mistake in this program ({0}); report it")]
    Bug(&'static str),
}

impl LinkError {
    /// Whether the same attempt may succeed later without anybody doing something.
    pub const fn may_pass(self) -> bool {
        match self {
            Self::Resolve | Self::Unreachable | Self::Lost | Self::Busy | Self::Socket => true,
            Self::Closed(close) => !matches!(close, Close::Version),
            Self::Refused(refusal) => {
                matches!(
                    refusal,
                    Refusal::Full
                        | Refusal::Busy
                        | Refusal::Stopping
                        | Refusal::Failed
                        | Refusal::NoCredit
                        | Refusal::BadToken
                        | Refusal::AllowanceUsed
                )
            }
            Self::Identity
            | Self::Clock
            | Self::Incompatible
            | Self::Misbehaved(_)
            | Self::Bug(_) => false,
        }
    }
}

const fn refusal(code: Refusal) -> &'static str {
    match code {
        Refusal::Malformed => "it could not read the request; update this program",
        Refusal::Denied => "the key does not fit the mailbox; ask for a new code",
        Refusal::NoCapability => "the connection is new; prove the right again",
        Refusal::LifeTooLong => "it keeps nothing that long; choose a shorter time",
        Refusal::Full => "its disk or the mailbox is full; try again later",
        Refusal::Busy => "too much at once; try again in a minute",
        Refusal::Stopping => "it is stopping; try again in a minute",
        Refusal::Failed => "it failed and stored nothing; try again in a minute",
        Refusal::NoCredit => "it takes messages from people with a ticket; ask its host for one",
        Refusal::BadToken => "it did not take what pays for the message; another will be tried",
        Refusal::BadTicket => "the ticket is not good any more; ask its host for a new one",
        Refusal::AllowanceUsed => "the ticket is used up for today; it is good again tomorrow",
    }
}

const fn closed(code: Close) -> &'static str {
    match code {
        Close::Done => "the connection is closed",
        Close::Version => "the relay speaks another version; update this program",
        Close::Malformed => "the relay could not read what this program sent; update this program",
        Close::Limit => "the relay closed the connection at a limit; try again in a minute",
        Close::Stopping => "the relay is stopping; the connection will be made again",
        Close::Idle => "the relay closed an idle connection; it will be made again",
        Close::Failed => "the relay failed; try again in a minute",
    }
}

impl From<quinn::ConnectionError> for LinkError {
    fn from(error: quinn::ConnectionError) -> Self {
        use quinn::ConnectionError as E;
        match error {
            E::ApplicationClosed(close) => close_of(close.error_code.into_inner()),
            E::VersionMismatch => Self::Incompatible,
            E::TimedOut | E::Reset | E::ConnectionClosed(_) => Self::Lost,
            E::LocallyClosed => Self::Closed(Close::Done),
            E::TransportError(_) => Self::Misbehaved("transport"),
            E::CidsExhausted => Self::Bug("connection ids"),
        }
    }
}

fn close_of(code: u64) -> LinkError {
    match Close::from_number(code) {
        Some(Close::Version) => LinkError::Incompatible,
        Some(close) => LinkError::Closed(close),
        None => LinkError::Misbehaved("close code"),
    }
}

/// Why a stream carries no more frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StreamError {
    /// Bytes that are no frame, or a frame cut short.
    #[error("malformed frame")]
    Malformed,
    /// The peer was too slow.
    #[error("the peer was too slow")]
    Slow,
    /// The peer ended the stream with this code.
    #[error("the peer ended the stream")]
    Ended(Option<Close>),
    /// The connection is gone.
    #[error("the connection is gone")]
    Gone,
}

impl StreamError {
    /// What the peer is told (OS-REL-001).
    pub const fn close(self) -> Close {
        match self {
            Self::Malformed => Close::Malformed,
            Self::Slow => Close::Idle,
            Self::Ended(_) | Self::Gone => Close::Done,
        }
    }
}

impl From<Malformed> for StreamError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

impl From<quinn::ReadError> for StreamError {
    fn from(error: quinn::ReadError) -> Self {
        match error {
            quinn::ReadError::Reset(code) => Self::Ended(Close::from_number(code.into_inner())),
            _ => Self::Gone,
        }
    }
}

impl From<quinn::WriteError> for StreamError {
    fn from(error: quinn::WriteError) -> Self {
        match error {
            quinn::WriteError::Stopped(code) => Self::Ended(Close::from_number(code.into_inner())),
            _ => Self::Gone,
        }
    }
}

/// What a stream's end means to the client whose connection is `connection`.
pub(crate) fn blame(error: StreamError, connection: &quinn::Connection) -> LinkError {
    if let Some(reason) = connection.close_reason() {
        return reason.into();
    }
    match error {
        StreamError::Malformed => LinkError::Misbehaved("frame"),
        StreamError::Slow => LinkError::Lost,
        StreamError::Ended(Some(close)) => LinkError::Closed(close),
        StreamError::Ended(None) | StreamError::Gone => LinkError::Lost,
    }
}
