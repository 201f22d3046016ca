//! Words for the profile itself: its passphrase, copies of it, its end.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Yes;

#[derive(Args)]
pub(crate) struct ChangePassphrase {
    /// Read the new passphrase from a file. Without it: the variable OFFSHIFT_NEW_PASSPHRASE, else you are asked
    #[arg(long, value_name = "FILE")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}

/// Where the passphrase of a copy comes from.
#[derive(Args)]
pub(crate) struct CopyPassphrase {
    /// Read the copy's passphrase from a file. Without it: the variable OFFSHIFT_COPY_PASSPHRASE, else you are asked
    #[arg(long, value_name = "FILE")]
    pub(crate) copy_passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Export {
    /// The file to write; it must not be there yet
    pub(crate) file: PathBuf,
    /// Only what was said, as text: in one room, or in all
    #[arg(long, value_name = "ROOM", num_args = 0..=1)]
    pub(crate) messages: Option<Option<String>>,
    #[command(flatten)]
    pub(crate) copy: CopyPassphrase,
}

#[derive(Args)]
pub(crate) struct Import {
    /// The copy
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) copy: CopyPassphrase,
}

#[derive(Args)]
pub(crate) struct Wipe {
    #[command(flatten)]
    pub(crate) sure: Yes,
}

#[derive(Subcommand)]
pub(crate) enum Profile {
    /// List the profiles on this device
    List,
}
