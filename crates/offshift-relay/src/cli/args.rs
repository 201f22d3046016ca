//! Commands and their flags.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Parser, Subcommand};

/// Host a relay: it passes messages and cannot read them.
#[derive(Parser)]
#[command(name = "offshift-relay", version, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Start the relay. It needs no settings.
    Serve(Serve),
    /// Show the link that members need, as text and as a code to scan.
    Link(DataDirectory),
    /// Show what the relay holds. Stop the relay first.
    Holdings(Holdings),
}

#[derive(clap::Args)]
pub(super) struct DataDirectory {
    /// Where the relay keeps its data [default: offshift-relay in your state directory]
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
}

#[derive(clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) at: DataDirectory,
    /// Settings from a TOML file
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// UDP address to listen on [default: [::]:4433]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) listen: Option<SocketAddr>,
    /// How others reach this machine: a name or an address, as it goes into the link
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(super) public: Option<String>,
    /// Try it out: this machine only, any free port, data thrown away unless --data is given
    #[arg(long)]
    pub(super) dev: bool,
    /// Write the link to this file as soon as the relay listens
    #[arg(long, value_name = "FILE")]
    pub(super) ready_file: Option<PathBuf>,
    /// How much to write to the log: error, warn, info, debug
    #[arg(long, value_name = "LEVEL", env = "OFFSHIFT_LOG", default_value = "warn")]
    pub(super) log: Level,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

#[derive(clap::Args)]
pub(super) struct Holdings {
    #[command(flatten)]
    pub(super) at: DataDirectory,
    /// For scripts
    #[arg(long)]
    pub(super) json: bool,
    /// Show at most this many envelopes
    #[arg(long, default_value_t = 1000)]
    pub(super) max: usize,
}
