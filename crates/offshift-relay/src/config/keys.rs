//! The table of all keys: name, unit, meaning and consequence, what they take, and when a change holds.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use offshift_wire::{Life, limits::CONTACT_BYTES_MAX};

use crate::limits::{About, Limits};

use super::{
    Access, Custody, Given, LogFormat, LogLevel, MetricsAt, Settings, Wrong,
    given::{must_be, name_of, quoted},
};

/// When a changed value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// When the relay reads its settings again (SIGHUP).
    Reload,
    /// When the relay is started again.
    Restart,
}

/// One key of the settings file.
pub struct Key {
    /// Its table.
    pub table: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// What a value counts, or how it is written.
    pub unit: &'static str,
    /// What it does, and what follows from it.
    pub says: &'static str,
    /// Why the default is what it is, where that is not plain.
    pub why: &'static str,
    /// A value to show when the default is none.
    pub example: &'static str,
    /// When a change holds.
    pub change: Change,
    take: fn(&mut Settings, Given<'_>) -> Result<(), Wrong>,
    show: fn(&Settings) -> Option<String>,
}

impl Key {
    /// Table and name.
    pub const fn path(&self) -> (&'static str, &'static str) {
        (self.table, self.name)
    }

    /// Puts a value into the settings, or says what it must be.
    ///
    /// # Errors
    /// [`Wrong`]; the settings are as they were.
    pub fn take(&self, settings: &mut Settings, given: &Given<'_>) -> Result<(), Wrong> {
        (self.take)(settings, *given)
    }

    /// The value as TOML writes it; nothing when it is not set and there is no default.
    pub fn show(&self, settings: &Settings) -> Option<String> {
        (self.show)(settings)
    }

    /// What is wrong, in one sentence.
    pub fn blamed(&self, wrong: &Wrong) -> String {
        format!("{} in [{}] must be {}", self.name, self.table, wrong.0)
    }
}

/// The key with this table and name.
pub fn key(table: &str, name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path() == (table, name))
}

/// What the limits say of themselves, in the order of their fields.
const ABOUT: [About; 7] = Limits::ABOUT;

const MB: u64 = 1 << 20;
const MB_MAX: u64 = 1 << 30;

const ACCESS: [(&str, Access); 2] = [("tickets", Access::Tickets), ("open", Access::Open)];
const CUSTODY: [(&str, Custody); 2] = [("disk", Custody::Disk), ("memory", Custody::Memory)];
const FORMAT: [(&str, LogFormat); 2] = [("text", LogFormat::Text), ("json", LogFormat::Json)];
const LEVEL: [(&str, LogLevel); 4] = [
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
];
const LIFE: [(&str, Life); 7] = [
    ("1h", Life::H1),
    ("6h", Life::H6),
    ("1d", Life::D1),
    ("3d", Life::D3),
    ("7d", Life::D7),
    ("14d", Life::D14),
    ("30d", Life::D30),
];

/// Every key, in the order of the example file.
pub static KEYS: [Key; 20] = [
    Key {
        table: "relay",
        name: "listen",
        unit: "\"ADDRESS:PORT\", UDP",
        says: "Where the relay listens. \"[::]\" is every address of this machine, IPv4 too; where there is no IPv6, \
               \"0.0.0.0\" takes its place. A port below 1024 needs a privilege. The port is in the link: change it \
               and members need a new link.",
        why: "",
        example: "",
        change: Change::Restart,
        take: |settings, given| {
            settings.relay.listen = given.parsed("an address and a port, such as \"[::]:4433\"")?;
            Ok(())
        },
        show: |settings| Some(quoted(&settings.relay.listen.to_string())),
    },
    Key {
        table: "relay",
        name: "public",
        unit: "\"NAME\", \"ADDRESS\", or either with :PORT",
        says: "How members reach this machine; it goes into the link. Without it the link has the address that \
               this machine uses in its own network, which people outside can't reach.",
        why: "",
        example: "\"relay.example.org\"",
        change: Change::Restart,
        take: |settings, given| {
            const WANTED: &str = "a host name or an address, with or without :PORT";
            let text = given.text(WANTED)?;
            host_and_port(text).ok_or_else(|| must_be(WANTED))?;
            settings.relay.public = Some(text.to_owned());
            Ok(())
        },
        show: |settings| settings.relay.public.as_deref().map(quoted),
    },
    Key {
        table: "relay",
        name: "data",
        unit: "path of a directory",
        says: "Where the relay keeps its identity, its tickets and the sealed envelopes. Only the relay's user may \
               read it. Without it: offshift-relay in your state directory. Move it only while the relay is stopped.",
        why: "",
        example: "\"/var/lib/offshift-relay\"",
        change: Change::Restart,
        take: |settings, given| {
            settings.relay.data = Some(path(given, "the path of a directory")?);
            Ok(())
        },
        show: |settings| settings.relay.data.as_deref().map(|path| quoted(&path.to_string_lossy())),
    },
    Key {
        table: "relay",
        name: "contact",
        unit: "text, at most 200 bytes",
        says: "Whom to ask for a ticket. The relay tells it to everybody who has the link but no ticket, so take a \
               role and a place, not a person's number: \"the works council, room 12\".",
        why: "",
        example: "\"the union office, Main Street 1\"",
        change: Change::Reload,
        take: |settings, given| {
            let wanted = format!("one line of text, at most {CONTACT_BYTES_MAX} bytes");
            let text = given.text(&wanted)?;
            if text.len() > CONTACT_BYTES_MAX || text.chars().any(char::is_control) {
                return Err(must_be(&wanted));
            }
            settings.relay.contact = text.to_owned();
            Ok(())
        },
        show: |settings| {
            Some(&settings.relay.contact).filter(|text| !text.is_empty()).map(|text| quoted(text))
        },
    },
    Key {
        table: "access",
        name: "mode",
        unit: "\"tickets\" or \"open\"",
        says: "Who may leave messages here. \"tickets\": people to whom somebody gave a ticket, or a share of one; \
               nothing in a message tells the relay whose ticket paid for it. \"open\": whoever has the link, so whoever finds \
               it can fill your disk; for trying out, and for small relays whose link stays among friends.",
        why: "",
        example: "",
        change: Change::Restart,
        take: |settings, given| {
            settings.access = given.one_of(&ACCESS)?;
            Ok(())
        },
        show: |settings| name_of(&ACCESS, &settings.access),
    },
    Key {
        table: "keep",
        name: "max_life",
        unit: "\"1h\", \"6h\", \"1d\", \"3d\", \"7d\", \"14d\" or \"30d\"",
        says: "The longest time that an envelope waits for its reader; then its key is destroyed. Longer: members come \
               back from a holiday and miss nothing. Shorter: who seizes the machine finds less.",
        why: "",
        example: "",
        change: Change::Restart,
        take: |settings, given| {
            settings.keep.max_life = given.one_of(&LIFE)?;
            Ok(())
        },
        show: |settings| name_of(&LIFE, &settings.keep.max_life),
    },
    Key {
        table: "keep",
        name: "disk_mb",
        unit: "MB (2^20 bytes)",
        says: "Disk that envelopes may take, all together. When it is used up nothing new is taken, while fetching and \
               forgetting go on.",
        why: "",
        example: "",
        change: Change::Restart,
        take: |settings, given| {
            settings.keep.disk_mb = given.number(1..=MB_MAX)?;
            Ok(())
        },
        show: |settings| Some(settings.keep.disk_mb.to_string()),
    },
    Key {
        table: "keep",
        name: "mailbox_mb",
        unit: ABOUT[6].unit,
        says: ABOUT[6].consequence,
        why: ABOUT[6].why,
        example: "",
        change: Change::Reload,
        take: |settings, given| {
            settings.limits.mailbox_bytes_max = given.number(1..=MB_MAX)?.saturating_mul(MB);
            Ok(())
        },
        show: |settings| Some((settings.limits.mailbox_bytes_max / MB).to_string()),
    },
    Key {
        table: "keep",
        name: "custody",
        unit: "\"disk\" or \"memory\"",
        says: "Where the keys of the sealed envelopes are. \"disk\": in small files of their own; waiting messages \
               survive a restart; who takes the machine can read which mailboxes hold how much until it expires, never \
               the messages. \"memory\": nowhere else; a machine that is off holds nothing readable, and every restart \
               forgets all messages that wait (members' devices notice and say so). Mind swap and core dumps: \
               `offshift-relay check` looks at them.",
        why: "",
        example: "",
        change: Change::Restart,
        take: |settings, given| {
            settings.keep.custody = given.one_of(&CUSTODY)?;
            Ok(())
        },
        show: |settings| name_of(&CUSTODY, &settings.keep.custody),
    },
    Key {
        table: "limits",
        name: "connections",
        unit: ABOUT[0].unit,
        says: ABOUT[0].consequence,
        why: ABOUT[0].why,
        example: "",
        change: Change::Reload,
        take: |settings, given| {
            settings.limits.connections_max = given.number(1..=1_000_000)?;
            Ok(())
        },
        show: |settings| Some(settings.limits.connections_max.to_string()),
    },
    Key {
        table: "limits",
        name: "connections_per_prefix",
        unit: ABOUT[1].unit,
        says: ABOUT[1].consequence,
        why: ABOUT[1].why,
        example: "",
        change: Change::Reload,
        take: |settings, given| {
            settings.limits.connections_per_prefix = given.number(1..=1_000_000)?;
            Ok(())
        },
        show: |settings| Some(settings.limits.connections_per_prefix.to_string()),
    },
    Key {
        table: "limits",
        name: "handshakes_per_prefix_per_minute",
        unit: ABOUT[2].unit,
        says: ABOUT[2].consequence,
        why: ABOUT[2].why,
        example: "",
        change: Change::Reload,
        take: |settings, given| {
            settings.limits.handshakes_per_prefix_per_minute = given.number(1..=1_000_000)?;
            Ok(())
        },
        show: |settings| Some(settings.limits.handshakes_per_prefix_per_minute.to_string()),
    },
    Key {
        table: "limits",
        name: "handshakes_before_retry",
        unit: ABOUT[3].unit,
        says: ABOUT[3].consequence,
        why: ABOUT[3].why,
        example: "",
        change: Change::Reload,
        take: |settings, given| {
            settings.limits.handshakes_before_retry = given.number(0..=1_000_000)?;
            Ok(())
        },
        show: |settings| Some(settings.limits.handshakes_before_retry.to_string()),
    },
    Key {
        table: "limits",
        name: "memory_mb",
        unit: ABOUT[4].unit,
        says: ABOUT[4].consequence,
        why: ABOUT[4].why,
        example: "",
        change: Change::Reload,
        take: |settings, given| {
            settings.limits.memory_bytes_max = given.number(64..=MB_MAX)?.saturating_mul(MB);
            Ok(())
        },
        show: |settings| Some((settings.limits.memory_bytes_max / MB).to_string()),
    },
    Key {
        table: "limits",
        name: "deposits_per_second",
        unit: ABOUT[5].unit,
        says: ABOUT[5].consequence,
        why: ABOUT[5].why,
        example: "",
        change: Change::Reload,
        take: |settings, given| {
            settings.limits.deposits_per_second = given.number(1..=1_000_000)?;
            Ok(())
        },
        show: |settings| Some(settings.limits.deposits_per_second.to_string()),
    },
    Key {
        table: "admin",
        name: "socket",
        unit: "path of a unix socket",
        says: "Through it `offshift-relay status`, `ticket` and `health` talk to the running relay. Only the relay's \
               user and root may. Without it: admin.sock in the data directory.",
        why: "",
        example: "\"/run/offshift-relay/admin.sock\"",
        change: Change::Restart,
        take: |settings, given| {
            settings.admin.socket = Some(socket(path(given, SOCKET)?)?);
            Ok(())
        },
        show: |settings| {
            settings.admin.socket.as_deref().map(|path| quoted(&path.to_string_lossy()))
        },
    },
    Key {
        table: "metrics",
        name: "listen",
        unit: "\"ADDRESS:PORT\", TCP, or \"unix:PATH\"",
        says: "Where a monitoring system fetches numbers (OpenMetrics over HTTP, no password). Off unless set. The \
               numbers name nobody, and those that follow people are rounded and late.",
        why: "",
        example: "\"127.0.0.1:9433\"",
        change: Change::Restart,
        take: |settings, given| {
            settings.metrics.listen = Some(metrics_at(given)?);
            Ok(())
        },
        show: |settings| {
            settings.metrics.listen.as_ref().map(|at| match at {
                MetricsAt::Tcp(address) => quoted(&address.to_string()),
                MetricsAt::Unix(path) => quoted(&format!("unix:{}", path.display())),
            })
        },
    },
    Key {
        table: "metrics",
        name: "beyond_this_machine",
        unit: "true or false",
        says: "Must be true when metrics listen on an address that other machines reach. Whoever reads them there \
               sees when this relay is busy, so when people organize.",
        why: "",
        example: "",
        change: Change::Restart,
        take: |settings, given| {
            settings.metrics.beyond_this_machine = given.switch()?;
            Ok(())
        },
        show: |settings| Some(settings.metrics.beyond_this_machine.to_string()),
    },
    Key {
        table: "log",
        name: "level",
        unit: "\"error\", \"warn\", \"info\" or \"debug\"",
        says: "How much is written to standard error. No level names an address, a mailbox or a person.",
        why: "",
        example: "",
        change: Change::Reload,
        take: |settings, given| {
            settings.log.level = given.one_of(&LEVEL)?;
            Ok(())
        },
        show: |settings| name_of(&LEVEL, &settings.log.level),
    },
    Key {
        table: "log",
        name: "format",
        unit: "\"text\" or \"json\"",
        says: "Lines for people, or one JSON object a line for a log collector.",
        why: "",
        example: "",
        change: Change::Restart,
        take: |settings, given| {
            settings.log.format = given.one_of(&FORMAT)?;
            Ok(())
        },
        show: |settings| name_of(&FORMAT, &settings.log.format),
    },
];

const SOCKET: &str = "the path of a unix socket, at most 107 bytes";

/// What a unix socket's address has room for, with its end mark (unix(7)).
const SOCKET_PATH_BYTES: usize = 107;

fn path(given: Given<'_>, wanted: &str) -> Result<PathBuf, Wrong> {
    let text = given.text(wanted)?;
    if text.is_empty() || text.contains('\0') {
        return Err(must_be(wanted));
    }
    Ok(PathBuf::from(text))
}

fn socket(path: PathBuf) -> Result<PathBuf, Wrong> {
    let fits = path.as_os_str().len() <= SOCKET_PATH_BYTES;
    fits.then_some(path).ok_or_else(|| must_be(SOCKET))
}

fn metrics_at(given: Given<'_>) -> Result<MetricsAt, Wrong> {
    const WANTED: &str = "an address and a port, such as \"127.0.0.1:9433\", or \"unix:PATH\"";
    match given.text(WANTED)?.strip_prefix("unix:") {
        Some(at) => Ok(MetricsAt::Unix(socket(path(Given::Text(at), SOCKET)?)?)),
        None => given.parsed(WANTED).map(MetricsAt::Tcp),
    }
}

/// The host and, if it is there, the port of what members reach. An IPv6 address stands without brackets.
pub fn host_and_port(public: &str) -> Option<(String, Option<u16>)> {
    if let Ok(ip) = public.parse::<IpAddr>() {
        return Some((ip.to_string(), None));
    }
    if let Ok(address) = public.parse::<SocketAddr>() {
        return Some((address.ip().to_string(), Some(address.port())));
    }
    let (host, port) = match public.split_once(':') {
        Some((host, port)) => (host, Some(port.parse().ok().filter(|port| *port != 0)?)),
        None => (public, None),
    };
    let letters = host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    (letters && !host.is_empty() && host.len() <= 253).then(|| (host.to_owned(), port))
}
