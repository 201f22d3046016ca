//! A host at the keyboard: a data directory, a relay that runs in it, and commands about it.

use std::{
    future::Future,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Output, Stdio},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use offshift_access::{DepositKey, Descriptor, FetchKey, Kind, Order, TicketCode, Unspent};
use offshift_link::{Link, LinkError, Options};
use offshift_wire::{Envelope, Life, RelayId, UnixMillis, code::Role, link::RelayLink};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use tempfile::TempDir;

pub(crate) const PASSPHRASE: &str = "seven cold blue chairs";

/// What every envelope here is full of.
pub(crate) const CANARY: u8 = 0xC7;

const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offshift-relay"));
    command.args(args).env_remove("OFFSHIFT_RELAY_CONFIG").stdin(Stdio::null());
    command
}

pub(crate) fn relay(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) struct Host(TempDir);

impl Host {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    pub(crate) fn passphrase(&self, passphrase: &str) -> PathBuf {
        let path = self.0.path().join("passphrase");
        std::fs::write(&path, format!("{passphrase}\n")).unwrap();
        path
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        command(args).arg("--data").arg(self.data()).output().unwrap()
    }

    /// What it says; it must succeed.
    pub(crate) fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.ok(args)).unwrap()
    }

    /// A closed relay on loopback.
    pub(crate) fn serve(&self) -> Serving {
        let mut command = command(&["serve", "--listen", "127.0.0.1:0", "--data"]);
        let mut child = command.arg(self.data()).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let link = line.trim().strip_prefix("link: ").expect("it starts").to_owned();
        Serving { child, link, _stdout: stdout }
    }

    /// One that is expected to refuse.
    pub(crate) fn try_serve(&self, args: &[&str]) -> Output {
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        self.run(&[&serve[..], args].concat())
    }
}

pub(crate) struct Serving {
    child: Child,
    link: String,
    // Kept open: a relay that can't print must not fail for it.
    _stdout: BufReader<ChildStdout>,
}

impl Serving {
    pub(crate) fn link(&self) -> String {
        self.link.clone()
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; its exit code.
    pub(crate) fn stop(mut self) -> Option<i32> {
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

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(future)
}

/// Who a link names.
pub(crate) fn id(link: &str) -> RelayId {
    *link.parse::<RelayLink>().unwrap().relay()
}

/// The place of one link with the identity of another.
pub(crate) fn with_id_of(place: &str, named: &str) -> RelayLink {
    let place: RelayLink = place.parse().unwrap();
    RelayLink::new(place.host(), place.port(), id(named)).unwrap()
}

/// A ticket's code with the place of another link.
pub(crate) fn at(code: &str, link: &str) -> String {
    let code: TicketCode = code.parse().unwrap();
    TicketCode { link: link.parse().unwrap(), ticket: code.ticket }.to_string()
}

/// Buys a batch with a printed code, as a device would.
pub(crate) async fn redeem(code: &str) -> Result<(), LinkError> {
    buy(code).await.map(drop)
}

async fn buy(code: &str) -> Result<Vec<Unspent>, LinkError> {
    let TicketCode { link, ticket } = code.parse().unwrap();
    let link = Link::connect(&link, Options::default()).await?;
    let order = Order::new(&mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let issued = link.redeem(ticket.redeem(order.blinded(), &link.binding())).await?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let now = UnixMillis(since.try_into().unwrap());
    let tokens = order.finish(&issued, &link.relay_key(), now).unwrap();
    link.close().await;
    Ok(tokens)
}

/// Leaves one envelope, paid with what the ticket buys.
pub(crate) async fn deposit_with(code: &str) -> Result<(), LinkError> {
    let tokens = buy(code).await?;
    let link = Link::connect(&code.parse::<TicketCode>().unwrap().link, Options::default()).await?;
    link.spend(vec![tokens[0].spend(&link.binding())], None).await?;
    let (fetch, deposit) = (FetchKey::from_seed(&[1; 32]), DepositKey::from_seed(&[2; 32]));
    let descriptor = Descriptor::new(Kind::Inbox, fetch.public(), deposit.public());
    let proof = deposit.prove(&descriptor.address(), &link.binding());
    let capability = link.prove(Role::Deposit, &descriptor, &proof).await?;
    let envelope = Envelope::try_from(vec![CANARY; 1024]).unwrap();
    link.deposits().deposit(capability, Life::H1, envelope).await.map(drop)
}
