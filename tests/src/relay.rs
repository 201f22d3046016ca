//! Relays to test against: the library on a free port, the real binary as a child, and mailboxes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

use std::{
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use offshift_access::{DepositKey, Descriptor, EnvelopeHash, FetchKey, Kind};
use offshift_link::{FetchItem, Fetching, Identities, Link, LinkError, Options, RelayIdentity};
use offshift_relay::{
    limits::Limits,
    server::{Config, Relay, Running},
    store::{Store, memory::MemoryStore},
};
use offshift_wire::{
    Address, Envelope, Position, SizeClass, code::Role, link::RelayLink, relay::CapabilityId,
};

/// No test waits longer for anything.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Any free port on loopback.
pub fn loopback() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// The settings of a relay that shares its process with its clients: what they hold of its memory is no pressure, and
/// that they are all of one network is no flood.
pub fn config() -> Config {
    let limits = Limits {
        memory_bytes_max: 1 << 50,
        connections_per_prefix: Limits::default().connections_max,
        handshakes_per_prefix_per_minute: 1_000_000,
        ..Limits::default()
    };
    Config { limits, ..Config::new(loopback()) }
}

/// A relay of the library on a free port.
pub struct LibraryRelay<S: Store = MemoryStore> {
    /// The relay.
    pub running: Running<S>,
}

impl LibraryRelay {
    /// One that keeps everything in memory.
    pub fn in_memory() -> Self {
        Self::start(Arc::new(MemoryStore::new(1 << 30)))
    }
}

impl<S: Store> LibraryRelay<S> {
    /// One with a new identity on this store.
    pub fn start(store: Arc<S>) -> Self {
        Self::with(&config(), RelayIdentity::generate().unwrap(), store)
    }

    /// One with everything given.
    pub fn with(config: &Config, identity: impl Into<Identities>, store: Arc<S>) -> Self {
        Self { running: Relay::start(config, identity, store).unwrap() }
    }

    /// Its link.
    pub fn link(&self) -> RelayLink {
        self.link_through(self.running.address())
    }

    /// Its link, but reached through another address, such as a proxy's.
    pub fn link_through(&self, address: SocketAddr) -> RelayLink {
        link_at(address, *self.running.relay())
    }

    /// Connects.
    pub async fn connect(&self) -> Link {
        connect(&self.link()).await
    }
}

/// A link to `relay` at `address`.
pub fn link_at(address: SocketAddr, relay: offshift_wire::RelayId) -> RelayLink {
    RelayLink::new(&address.ip().to_string(), address.port(), relay).unwrap()
}

/// Connects, or fails the test.
pub async fn connect(link: &RelayLink) -> Link {
    Link::connect(link, Options::default()).await.expect("the relay answers")
}

/// The real relay binary as a child process. Killed when dropped.
pub struct BinaryRelay {
    child: Child,
    link: RelayLink,
    // Kept open: a relay that can't print its farewell must not fail for it.
    _stdout: BufReader<std::process::ChildStdout>,
}

impl BinaryRelay {
    /// Starts it with its data in `data`, on any free port.
    pub fn start(data: &Path) -> Self {
        Self::start_at(data, loopback())
    }

    /// Starts it with its data in `data`, listening at `listen`.
    pub fn start_at(data: &Path, listen: SocketAddr) -> Self {
        Self::run(Self::command(data, listen))
    }

    /// Starts it, logging all that it can to `log`.
    pub fn start_logging(data: &Path, log: std::fs::File) -> Self {
        let mut command = Self::command(data, loopback());
        command.args(["--log", "debug"]).stderr(log);
        Self::run(command)
    }

    /// The same, with this settings file.
    pub fn start_logging_with(data: &Path, log: std::fs::File, settings: &Path) -> Self {
        let mut command = Self::command(data, loopback());
        command.args(["--log", "debug", "--config"]).arg(settings).stderr(log);
        Self::run(command)
    }

    /// Starts it with these settings, on any free port.
    pub fn start_with(data: &Path, settings: &Path) -> Self {
        Self::start_with_at(data, settings, loopback())
    }

    /// Starts it with these settings, listening at `listen`.
    pub fn start_with_at(data: &Path, settings: &Path, listen: SocketAddr) -> Self {
        let mut command = Self::command(data, listen);
        command.arg("--config").arg(settings);
        Self::run(command)
    }

    fn command(data: &Path, listen: SocketAddr) -> Command {
        let mut command = Command::new(binary("offshift-relay"));
        command.args(["serve", "--dev", "--listen", &listen.to_string(), "--data"]).arg(data);
        command
    }

    fn run(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the relay binary is built: cargo test --workspace builds it");
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let link = line.trim().strip_prefix("link: ").and_then(|link| link.parse().ok());
        let link = link.unwrap_or_else(|| panic!("the relay did not start: {line:?}"));
        Self { child, link, _stdout: stdout }
    }

    /// Its link.
    pub const fn link(&self) -> &RelayLink {
        &self.link
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.link.host().parse().unwrap(), self.link.port())
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// kill -9.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; its exit code.
    pub fn terminate(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < deadline, "the relay does not stop");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for BinaryRelay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A binary of the workspace: beside this program, or beside the folder of test executables that it lies in.
pub fn binary(name: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let folder = program.parent().unwrap();
    let built = if folder.ends_with("deps") { folder.parent().unwrap() } else { folder };
    built.join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Runs the relay binary to its end.
pub fn relay_command(args: &[&str]) -> Output {
    Command::new(binary("offshift-relay")).args(args).output().unwrap()
}

/// A mailbox and both its keys.
pub struct Mailbox {
    /// To read.
    pub fetch: FetchKey,
    /// To append.
    pub deposit: DepositKey,
    /// The rules.
    pub descriptor: Descriptor,
}

impl Mailbox {
    /// An inbox; another one for each seed.
    pub fn inbox(seed: u64) -> Self {
        Self::new(Kind::Inbox, seed)
    }

    /// A channel; another one for each seed.
    pub fn channel(seed: u64) -> Self {
        Self::new(Kind::Channel, seed)
    }

    fn new(kind: Kind, seed: u64) -> Self {
        let bytes = |tag: u8| {
            let mut bytes = [tag; 32];
            bytes[..8].copy_from_slice(&seed.to_be_bytes());
            bytes
        };
        let fetch = FetchKey::from_seed(&bytes(1));
        let deposit = DepositKey::from_seed(&bytes(2));
        let descriptor = Descriptor::new(kind, fetch.public(), deposit.public());
        Self { fetch, deposit, descriptor }
    }

    /// Its address.
    pub fn address(&self) -> Address {
        self.descriptor.address()
    }

    /// Proves the right to read on this link.
    pub async fn prove_fetch(&self, link: &Link) -> Result<CapabilityId, LinkError> {
        let proof = self.fetch.prove(&self.address(), &link.binding());
        link.prove(Role::Fetch, &self.descriptor, &proof).await
    }

    /// Proves the right to append on this link.
    pub async fn prove_deposit(&self, link: &Link) -> Result<CapabilityId, LinkError> {
        let proof = self.deposit.prove(&self.address(), &link.binding());
        link.prove(Role::Deposit, &self.descriptor, &proof).await
    }

    /// Deposits one envelope over a stream of its own.
    pub async fn deposit(&self, link: &Link, envelope: Envelope) -> Result<Position, LinkError> {
        let (capability, named) = (self.prove_deposit(link).await?, EnvelopeHash::of(&envelope));
        let deposits = link.deposits();
        let receipt = deposits.deposit(capability, offshift_wire::Life::H1, envelope).await?;
        let receipted = link.relay_key().verify(self.address(), named, receipt);
        Ok(receipted.expect("the relay signed it").position())
    }

    /// A running fetch.
    pub async fn fetch(&self, link: &Link, after: Position, follow: bool) -> Fetching {
        let capability = self.prove_fetch(link).await.unwrap();
        link.fetch(capability, after, follow).await.unwrap()
    }

    /// Everything that lies in it.
    pub async fn read_all(&self, link: &Link) -> Vec<(Position, Envelope)> {
        let mut fetching = self.fetch(link, Position::START, false).await;
        let mut entries = Vec::new();
        while let Some(item) = fetching.next().await {
            if let FetchItem::Entry { position, envelope } = item.unwrap() {
                entries.push((position, envelope));
            }
        }
        entries
    }
}

/// A 1 KiB envelope that carries a number.
pub fn numbered(number: u64) -> Envelope {
    numbered_of(SizeClass::K1, number)
}

/// An envelope of this size that carries a number.
pub fn numbered_of(class: SizeClass, number: u64) -> Envelope {
    let mut bytes = vec![0xA5; class.bytes()];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    bytes.try_into().unwrap()
}

/// The number in an envelope of [`numbered`].
pub fn number_of(envelope: &Envelope) -> u64 {
    u64::from_be_bytes(envelope.as_ref()[..8].try_into().unwrap())
}

/// The next entry's number; skips what isn't an entry.
pub async fn next_number(fetching: &mut Fetching) -> u64 {
    loop {
        let item = tokio::time::timeout(PATIENCE, fetching.next()).await.expect("an entry comes");
        if let FetchItem::Entry { envelope, .. } = item.expect("the fetch goes on").unwrap() {
            return number_of(&envelope);
        }
    }
}
