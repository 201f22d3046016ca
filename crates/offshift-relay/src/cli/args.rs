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
    /// Set up a relay: a few questions, a settings file, its identity, a first ticket.
    Init(super::init::Args),
    /// Start the relay. It needs no settings.
    Serve(Serve),
    /// Look whether this machine and the settings are fit for a relay.
    Check(super::check::Args),
    /// Show, explain or renew the settings.
    #[command(subcommand)]
    Config(super::config::Command),
    /// Show the link that members need, as text and as a code to scan.
    Link(DataDirectory),
    /// Show what the relay holds. Stop the relay first.
    Holdings(Holdings),
    Status(super::status::Args),
    Health(super::health::Args),
    Ticket(super::ticket::Args),
    Identity(super::identity::Args),
    Backup(super::backup::Args),
    Inspect(super::inspect::Args),
    Dpia(super::dpia::Args),
    /// Print completions for a shell.
    Completions(super::completions::Args),
    /// Print the manual page, or write one for each command.
    Man(super::man::Args),
}

/// Which relay of this machine.
#[derive(clap::Args, Clone, Default)]
pub(super) struct DataDirectory {
    /// Where the relay keeps its data [default: what the settings say, or offshift-relay in your state directory]
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// Settings from this TOML file [default: relay.toml in --data DIR, or /etc/offshift-relay/relay.toml, if it is there]
    #[arg(long, value_name = "FILE", env = "OFFSHIFT_RELAY_CONFIG", hide_env_values = true)]
    pub(super) config: Option<PathBuf>,
}

/// Flags that win over the settings file.
#[derive(clap::Args, Clone, Default)]
pub(super) struct Flags {
    #[command(flatten)]
    pub(super) at: DataDirectory,
    /// UDP address to listen on [default: [::]:4433]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) listen: Option<SocketAddr>,
    /// How others reach this machine: a name or an address, as it goes into the link
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(super) public: Option<String>,
    /// Try it out: this machine only, any free port, open to all, data thrown away unless --data is given
    #[arg(long)]
    pub(super) dev: bool,
    /// How much to write to the log [default: what OFFSHIFT_LOG or the settings say, or warn]
    #[arg(long, value_name = "LEVEL")]
    pub(super) log: Option<Level>,
}

#[derive(clap::Args, Clone)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) flags: Flags,
    /// Write the link to this file as soon as the relay listens
    #[arg(long, value_name = "FILE")]
    pub(super) ready_file: Option<PathBuf>,
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
