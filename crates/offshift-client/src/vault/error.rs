//! What can be wrong with a vault, each with the next step.

use std::io;

use serde::{Deserialize, Serialize};

/// Why a vault can't be made, opened or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VaultError {
    /// There is none in the directory.
    #[error("there is no profile here; make one first, or name another")]
    Missing,
    /// There is one already.
    #[error("there is a profile here already; use it, or name another")]
    Exists,
    /// Another process has it open.
    #[error(
        "this profile is open in another window or program; close that one first, then try again"
    )]
    InUse,
    /// The passphrase does not open it. Or someone changed its first 512 bytes: nobody can tell.
    #[error(
        "the passphrase is not right; try again, and look at the keyboard language and caps lock"
    )]
    WrongPassphrase,
    /// It is another kind of file.
    #[error(
        "the file `vault` in this profile is not an Offshift vault; put back your copy of the profile"
    )]
    NotAVault,
    /// It was made by a newer program.
    #[error("this profile was written by a newer Offshift; install that version and try again")]
    Newer,
    /// Bytes in the middle are not what was written.
    #[error(
        "the passphrase is right, but the profile's file is damaged; put back a copy of the profile, \
         or make a new one and meet people again"
    )]
    Damaged,
    /// The disk refused.
    #[error(
        "the disk refused to read or write the profile ({0}); free some space or look at the disk, then try again"
    )]
    Disk(#[serde(with = "crate::json")] io::ErrorKind),
    /// The disk refused while one file took the place of another.
    #[error("the disk refused to write the profile; look at the disk, then start again")]
    Unsettled,
    /// It holds as much as one may hold.
    #[error("this profile is full; make a new one")]
    Full,
    /// The system gave no randomness or no memory.
    #[error(
        "the system has too little memory to open a profile; close other programs, then try again"
    )]
    Resources,
    /// A defect of this program.
    #[error("a defect in Offshift: {0}; please report it")]
    Bug(#[serde(with = "crate::json::fixed")] crate::json::Words),
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        // Only the kind: the rest may name paths (N7).
        Self::Disk(error.kind())
    }
}
