//! What went wrong, whose turn it is, and the exit code.

use std::fmt;

use offshift_link::{BadIdentity, ListenError};
use offshift_relay::{
    admin::Taken,
    store::{StoreError, embedded::OpenError},
};

/// By whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The person at the keyboard can fix it.
    Yours,
    /// A mistake in this program.
    Ours,
    /// Network or disk.
    Machine,
    /// The identity key: trust is at stake.
    Trust,
    /// The settings file.
    Settings,
}

/// One plain sentence with the next step.
#[derive(Debug)]
pub(super) struct Failure {
    turn: Turn,
    sentence: String,
}

impl Failure {
    pub(super) fn new(turn: Turn, sentence: impl Into<String>) -> Self {
        Self { turn, sentence: sentence.into() }
    }

    pub(super) const fn exit_code(&self) -> u8 {
        match self.turn {
            Turn::Yours => 1,
            Turn::Ours => 2,
            Turn::Machine => 3,
            Turn::Trust => 4,
            Turn::Settings => 78,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<ListenError> for Failure {
    fn from(error: ListenError) -> Self {
        let turn = match error {
            ListenError::Identity(_) => Turn::Trust,
            ListenError::Taken | ListenError::Refused => Turn::Yours,
        };
        Self::new(turn, error.to_string())
    }
}

impl From<Taken> for Failure {
    fn from(error: Taken) -> Self {
        Self::new(Turn::Yours, error.to_string())
    }
}

impl From<BadIdentity> for Failure {
    fn from(error: BadIdentity) -> Self {
        Self::new(Turn::Trust, error.to_string())
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let turn = match error {
            OpenError::InUse | OpenError::NotAStore | OpenError::Newer | OpenError::Unlisted(_) => {
                Turn::Yours
            }
            OpenError::Registry | OpenError::Key(_) | OpenError::Io(_) => Turn::Machine,
        };
        Self::new(turn, error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let turn = match error {
            StoreError::Full | StoreError::Disk => Turn::Machine,
            StoreError::Closed | StoreError::TooMuch | StoreError::Bug(_) => Turn::Ours,
        };
        Self::new(turn, error.to_string())
    }
}
