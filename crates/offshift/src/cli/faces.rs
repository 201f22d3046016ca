//! Words for an engine that runs for all who ask it.

use std::path::PathBuf;

use clap::{Args, builder::TypedValueParser};
use clap_complete::Shell;

#[derive(Args)]
pub(crate) struct Daemon {
    #[command(flatten)]
    pub(crate) engine: Engine,
    /// End the one that runs
    #[arg(long, conflicts_with_all = ["locked", "lock_after", "notify"])]
    pub(crate) stop: bool,
}

#[derive(Args)]
pub(crate) struct Open {
    #[command(flatten)]
    pub(crate) engine: Engine,
    /// Only print the link
    #[arg(long)]
    pub(crate) no_browser: bool,
}

/// How an engine runs.
#[derive(Args)]
pub(crate) struct Engine {
    /// Begin locked, without a passphrase
    #[arg(long)]
    pub(crate) locked: bool,
    /// Lock when nobody used it for so many minutes; 0: never, for bots
    #[arg(long, value_name = "MINUTES", default_value = "15", value_parser = clap::value_parser!(u32).map(u64::from))]
    pub(crate) lock_after: u64,
    /// Show a notification when messages come. It says that, and nothing of them
    #[arg(long)]
    pub(crate) notify: bool,
}

#[derive(Args)]
pub(crate) struct Man {
    /// Write the pages into this folder
    #[arg(value_name = "DIR")]
    pub(crate) directory: PathBuf,
}

#[derive(Args)]
pub(crate) struct Completions {
    /// For which shell
    pub(crate) shell: Shell,
}
