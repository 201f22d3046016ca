//! The settings as types, table by table, with their defaults.

use std::{
    net::{Ipv6Addr, SocketAddr},
    path::PathBuf,
};

use offshift_wire::Life;

use crate::limits::Limits;

pub use crate::store::embedded::Custody;
pub use offshift_wire::relay::Access;

/// The usual port.
const PORT: u16 = 4433;

/// Everything a host may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `[relay]`
    pub relay: RelayTable,
    /// `[access] mode`
    pub access: Access,
    /// `[keep]`, but for `mailbox_mb`, which is among the limits.
    pub keep: Keep,
    /// `[limits]`
    pub limits: Limits,
    /// `[admin]`
    pub admin: Admin,
    /// `[metrics]`
    pub metrics: Metrics,
    /// `[log]`
    pub log: Logs,
}

/// Where the relay is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayTable {
    /// UDP address to listen on.
    pub listen: SocketAddr,
    /// Host, or host and port, for the link.
    pub public: Option<String>,
    /// Data directory.
    pub data: Option<PathBuf>,
    /// Whom to ask for a ticket; empty: nobody is named.
    pub contact: String,
}

/// What is kept, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// The longest life that a depositor may choose.
    pub max_life: Life,
    /// Disk that envelopes may take, in MB of 2^20 bytes.
    pub disk_mb: u64,
    /// Where the keys of the envelopes are.
    pub custody: Custody,
}

/// How the host's own commands reach the running relay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Admin {
    /// Unix socket; `admin.sock` in the data directory unless set.
    pub socket: Option<PathBuf>,
}

/// Numbers for a monitoring system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metrics {
    /// Where they may be fetched; nowhere unless set.
    pub listen: Option<MetricsAt>,
    /// Whether other machines may fetch them.
    pub beyond_this_machine: bool,
}

/// Where metrics are served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetricsAt {
    /// HTTP on a TCP address.
    Tcp(SocketAddr),
    /// HTTP on a unix socket.
    Unix(PathBuf),
}

/// The log on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Logs {
    /// How much.
    pub level: LogLevel,
    /// In which form.
    pub format: LogFormat,
}

/// How much is written to the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogLevel {
    /// What is broken.
    Error,
    /// And what needs a look.
    #[default]
    Warn,
    /// And what the relay does.
    Info,
    /// And how.
    Debug,
}

/// In which form the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Settings {
    fn default() -> Self {
        let listen = (Ipv6Addr::UNSPECIFIED, PORT).into();
        Self {
            relay: RelayTable { listen, public: None, data: None, contact: String::new() },
            access: Access::Tickets,
            keep: Keep { max_life: Life::D7, disk_mb: 10 << 10, custody: Custody::Disk },
            limits: Limits::default(),
            admin: Admin::default(),
            metrics: Metrics::default(),
            log: Logs::default(),
        }
    }
}
