//! RO-13: whoever reads all that a relay writes, at its most verbose, learns nothing of anybody.
//!
//! ```text
//! a day of strangers, members, tickets, junk and floods --> log, metrics, files, program's output
//!            \--> every address, key, token, size and word of it: canaries, looked for in all of these
//! ```

use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    os::unix::net::UnixStream,
    path::Path,
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use offshift_access::{Proof, Ticket};
use offshift_link::{Link, RelayIdentity};
use offshift_relay::{
    metrics::{Registry, USE_WINDOWS},
    store::{
        Store,
        clock::Clock,
        embedded::{EmbeddedStore, Options},
    },
};
use offshift_tests::{
    canary::Canaries,
    clock::HandClock,
    raw::RawPeer,
    relay::{BinaryRelay, LibraryRelay, Mailbox, PATIENCE, connect, relay_command},
    tickets::{TERMS, buy, buy_on, closed_config, rng, spend, ticket},
};
use offshift_wire::{
    Envelope, Life, SizeClass, UnixMillis,
    code::Role,
    limits::VERSION,
    link::RelayLink,
    relay::Request,
    token::{Period, Token},
};
use rand_core::Rng;
use tokio::{task::JoinSet, time::timeout};
use tracing_subscriber::{
    EnvFilter, Layer, filter::dynamic_filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};

const HOURS: u8 = 24;
const HOUR_MS: u64 = 3_600_000;
const STRANGERS_AN_HOUR: u8 = 10;
const DEPOSITS_AN_HOUR: u64 = 123;
const WORDS: &str = "Ana 079 555 01 23, at six behind the depot";

/// Everything that happens, and everything of it that must not show.
struct Day {
    link: RelayLink,
    to: SocketAddr,
    canaries: Canaries,
    deposits: u64,
    strangers: u64,
}

impl Day {
    fn at(link: &RelayLink, to: SocketAddr) -> Self {
        let mut canaries = Canaries::default();
        canaries.text("words", WORDS);
        for class in SizeClass::ALL {
            canaries.number("size", class.bytes() as u64);
        }
        Self { link: link.clone(), to, canaries, deposits: 0, strangers: 0 }
    }

    fn over(mut self, hours: u8) -> Canaries {
        let expected = u64::from(hours) * u64::from(STRANGERS_AN_HOUR);
        assert!(self.strangers > expected / 2, "strangers came: {}", self.strangers);
        if self.deposits >= 1_000 {
            self.canaries.number("deposits", self.deposits);
        }
        self.canaries
    }

    fn random<const N: usize>(&mut self, kind: &'static str, seed: u64) -> [u8; N] {
        let mut bytes = [0; N];
        rng(seed).fill_bytes(&mut bytes);
        self.canaries.bytes(kind, &bytes);
        bytes
    }

    fn mailbox(&mut self, seed: u64) -> Mailbox {
        let mailbox = Mailbox::inbox(seed);
        self.canaries.bytes("mailbox address", mailbox.address().as_bytes());
        self.canaries.bytes("descriptor", &mailbox.descriptor.encode()[2..34]);
        self.canaries.bytes("descriptor", &mailbox.descriptor.encode()[34..]);
        mailbox
    }

    fn envelope(&mut self, seed: u64) -> Envelope {
        let class = SizeClass::ALL[(seed % 3) as usize];
        let mut bytes = vec![0xA5; class.bytes()];
        bytes[..32].copy_from_slice(&self.random::<32>("envelope", seed));
        bytes[64..64 + WORDS.len()].copy_from_slice(WORDS.as_bytes());
        bytes.try_into().unwrap()
    }

    /// Strangers of this hour, each from a network of its own, each with another manner.
    async fn strangers(&mut self, hour: u8) {
        for number in 0..STRANGERS_AN_HOUR {
            let ip = Ipv4Addr::new(127, 101 + hour, 131 + number, 171);
            self.canaries.text("network address", &ip.to_string());
            self.canaries
                .text("network address", &format!("127, {}, {}, 171", 101 + hour, 131 + number));
            let Ok(peer) = RawPeer::connect_from(IpAddr::V4(ip), self.to).await else { continue };
            self.strangers += 1;
            let seed = u64::from(hour) * 1_000 + u64::from(number);
            timeout(PATIENCE, self.stranger(&peer, number, seed)).await.expect("bounded");
        }
    }

    async fn stranger(&mut self, peer: &RawPeer, manner: u8, seed: u64) {
        let mut control = peer.open().await;
        let version = if manner == 5 { 77 } else { VERSION };
        control.send(&Request::Hello { version }).await;
        if control.answer().await.is_none() {
            return;
        }
        let (mailbox, junk) = (self.mailbox(seed), self.random::<64>("junk", seed));
        let descriptor = mailbox.descriptor.encode();
        let binding = peer.binding(*self.link.relay());
        let proof = match manner {
            1 => Proof::from_bytes(junk),
            _ => mailbox.deposit.prove(&mailbox.address(), &binding),
        };
        self.canaries.bytes("proof", proof.as_bytes());
        control
            .send(&Request::Prove { role: Role::Deposit, descriptor, proof: *proof.as_bytes() })
            .await;
        control.answer().await;
        let mut stream = peer.open().await;
        match manner {
            2 => stream.send_bytes(&junk).await,
            3 => stream.send_bytes(&[&[0xFF; 4][..], &junk].concat()).await,
            4 => {
                stream.send_bytes(&[&[0, 0, 4, 0][..], &junk].concat()).await;
                let _ = stream.send.finish();
            }
            6 => {
                let nonce = self.random::<32>("token", seed + 500);
                let token = Token { period: Period(2_900), nonce, tag: [7; 32] };
                control.send(&Request::Spend { tokens: vec![token], toward: None }).await;
                control.answer().await;
            }
            _ => {
                let capability = offshift_wire::relay::CapabilityId(u32::from(manner));
                let envelope = self.envelope(seed);
                stream.send(&Request::Deposit { capability, life: Life::H1, envelope }).await;
                let _ = timeout(PATIENCE, stream.answer_bytes()).await;
            }
        }
    }

    /// Members of this hour: deposits, fetches, releases; a ticket and tokens, where they are asked for.
    async fn members(&mut self, hour: u8, tokens: &[offshift_access::Unspent]) {
        let link = connect(&self.link).await;
        if let Some(token) = tokens.get(usize::from(hour)) {
            let bytes = token.encode();
            self.canaries.bytes("token", &bytes[4..36]);
            self.canaries.bytes("token", &bytes[36..]);
            spend(&link, std::slice::from_ref(token)).await.unwrap();
            assert!(spend(&link, std::slice::from_ref(token)).await.is_err(), "spent is spent");
        }
        let mailbox = self.mailbox(100_000 + u64::from(hour));
        self.deposits_of(&link, &mailbox, u64::from(hour)).await;
        let read = mailbox.read_all(&link).await;
        assert_eq!(read.len() as u64, DEPOSITS_AN_HOUR);
        let positions: Vec<_> = read.iter().map(|(position, _)| *position).collect();
        for position in &positions {
            self.canaries.text("position", &position.value().to_string());
        }
        let capability = mailbox.prove_fetch(&link).await.unwrap();
        link.release(capability, positions[..50].to_vec()).await.unwrap();
        let foreign = Ticket::generate(&mut rng(u64::from(hour)));
        assert!(buy_on(&connect(&self.link).await, &foreign, UnixMillis(0), 1).await.is_err());
        link.close().await;
    }

    async fn deposits_of(&mut self, link: &Link, mailbox: &Mailbox, hour: u64) {
        let capability = mailbox.prove_deposit(link).await.unwrap();
        let deposits = link.deposits();
        let seeds = (0..DEPOSITS_AN_HOUR).map(|number| 1_000_000 + hour * 1_000 + number);
        let envelopes: Vec<_> = seeds.map(|seed| self.envelope(seed)).collect();
        let asked: Vec<_> =
            envelopes.into_iter().map(|e| deposits.deposit(capability, Life::H1, e)).collect();
        for receipt in asked {
            receipt.await.unwrap();
            self.deposits += 1;
        }
    }

    /// Many at one moment, of one network, who say nothing.
    async fn flood(&mut self) {
        let mut crowd = JoinSet::new();
        for host in 101..181 {
            let ip = Ipv4Addr::new(127, 222, 222, host);
            self.canaries.text("network address", &ip.to_string());
            crowd.spawn(RawPeer::connect_from(IpAddr::V4(ip), self.to));
        }
        assert!(crowd.join_all().await.iter().any(Result::is_ok));
    }
}

/// What was written, shared with whoever writes.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Two logs of this process: what a relay may write, at a level that it does not even offer; and, while it is switched
/// on, everything that any library says.
fn logs() -> (Kept, Kept, Arc<AtomicBool>) {
    let (own, all, is_on) = (Kept::default(), Kept::default(), Arc::new(AtomicBool::new(true)));
    let (to_own, to_all, on) = (own.clone(), all.clone(), is_on.clone());
    let ours =
        "off,offshift_relay=trace,offshift_link=trace,offshift_wire=trace,offshift_access=trace";
    let own_layer = fmt::layer().with_ansi(false).with_writer(move || to_own.clone());
    let all_layer = fmt::layer().with_ansi(false).with_writer(move || to_all.clone());
    tracing_subscriber::registry()
        .with(own_layer.with_filter(EnvFilter::new(ours)))
        .with(all_layer.with_filter(dynamic_filter_fn(move |_, _| on.load(Ordering::Relaxed))))
        .try_init()
        .expect("the first of this process");
    (own, all, is_on)
}

/// Runs a test of this binary alone in a process: what a process logs is one for all its threads.
fn is_alone(name: &str) -> bool {
    const ALONE: &str = "OFFSHIFT_TEST_ALONE";
    if std::env::var_os(ALONE).is_some() {
        return true;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    let ended = command.args(["--exact", name, "--nocapture"]).env(ALONE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&[ended.stdout, ended.stderr].concat()).into_owned();
    assert!(ended.status.success() && said.contains("1 passed"), "{said}");
    false
}

#[test]
fn ro_13_os_ops_010_a_day_of_everything_leaves_no_canary_in_log_metrics_or_files() {
    let name =
        "outputs::ro_13_os_ops_010_a_day_of_everything_leaves_no_canary_in_log_metrics_or_files";
    if is_alone(name) {
        tokio::runtime::Runtime::new().unwrap().block_on(a_day());
    }
}

async fn a_day() {
    let (own, all, is_all_on) = logs();
    let (folder, clock) = (tempfile::tempdir().unwrap(), Arc::new(HandClock::default()));
    let options = Options::new(folder.path().join("store"), 1 << 30);
    let store = Arc::new(EmbeddedStore::open(Options { clock: clock.clone(), ..options }).unwrap());
    let identity = RelayIdentity::generate().unwrap();
    let relay = LibraryRelay::with(&closed_config(clock.clone()), identity, store.clone());
    let relay = LibraryRelay { running: relay.running };
    let mut day = Day::at(&relay.link(), relay.running.address());
    let ticket = ticket(&relay, TERMS).await;
    let tokens = buy(&relay, &ticket, clock.wall(), 1).await.unwrap();
    let (counts, look) = (relay.running.counts().clone(), store.clone());
    let registry = Registry::new(move || offshift_relay::metrics::Snapshot {
        counts: counts.clone(),
        statistics: look.statistics(),
        ..Default::default()
    });
    let mut metrics = String::new();
    for hour in 0..HOURS {
        day.strangers(hour).await;
        is_all_on.store(false, Ordering::Relaxed);
        day.members(hour, &tokens).await;
        if hour == HOURS / 2 {
            day.flood().await;
            relay.running.renew_leaf();
            assert!(relay.running.office().revoke(ticket.id()).await.unwrap());
        }
        clock.pass(HOUR_MS);
        store.expire().await.unwrap();
        (0..USE_WINDOWS).for_each(|_| registry.turn(rand));
        metrics += &registry.text().unwrap();
    }
    assert!(buy(&relay, &ticket, clock.wall(), 2).await.is_err(), "revoked");
    let mut canaries = day.over(HOURS);
    none(&canaries.found_under(folder.path()));
    // The registry of the store holds tickets on purpose; no output does.
    ticket.encode().chunks_exact(16).for_each(|bytes| canaries.bytes("ticket", bytes));
    relay.running.shutdown().await.unwrap();
    none(&canaries.found_in_text(&own.text()));
    none(&canaries.found_in_text(&metrics));
    controls(&canaries, &own, &all, &metrics);
}

fn rand() -> u64 {
    rand_core::Rng::next_u64(&mut rng(7))
}

fn none(found: &std::collections::BTreeSet<String>) {
    assert!(found.is_empty(), "{found:#?}");
}

/// The same search finds what other libraries said in the first hour, and a line that somebody wrote by mistake.
fn controls(canaries: &Canaries, own: &Kept, all: &Kept, metrics: &str) {
    let wanted = [
        "descriptor",
        "envelope",
        "mailbox address",
        "network address",
        "position",
        "proof",
        "size",
        "ticket",
        "token",
        "words",
    ];
    assert!(wanted.iter().all(|kind| canaries.kinds().contains(kind)), "{:?}", canaries.kinds());
    let written = own.text();
    assert!(
        written.contains("serves") && written.contains("new certificate"),
        "it logs: {written}"
    );
    assert!(metrics.contains("offshift_relay_refused_total"), "it shows metrics");
    let loud = canaries.found_in_text(&all.text());
    assert!(loud.contains("network address as text"), "QUIC tells addresses: {loud:?}");
    let peer = Ipv4Addr::new(127, 101, 131, 171);
    tracing::warn!(target: "offshift_relay", %peer, size = 65_536, "a line that leaks");
    let address = Mailbox::inbox(1_000).address();
    tracing::warn!(target: "offshift_relay", address = ?address.as_bytes(), "another");
    let leaked = canaries.found_in_text(&own.text());
    assert_eq!(leaked.len(), 3, "{leaked:?}");
}

/// The real program, open to all, with metrics on a socket and its log at its most verbose.
#[tokio::test(flavor = "multi_thread")]
async fn ro_13_os_ops_012_the_program_writes_nothing_of_anybody_and_can_leave_no_core_dump() {
    let folder = tempfile::tempdir().unwrap();
    let (data, socket) = (folder.path().join("data"), folder.path().join("metrics.sock"));
    let (log, settings) = (folder.path().join("log"), folder.path().join("relay.toml"));
    let asked = format!("[metrics]\nlisten = \"unix:{}\"\n", socket.display());
    std::fs::write(&settings, asked).unwrap();
    let written = std::fs::File::create(&log).unwrap();
    let relay = BinaryRelay::start_logging_with(&data, written, &settings);
    let mut day = Day::at(relay.link(), relay.address());
    for hour in 0..3 {
        day.strangers(hour).await;
        day.members(hour, &[]).await;
    }
    day.flood().await;
    let shown = scraped(&socket);
    let directory = data.to_str().unwrap();
    let status = relay_command(&["status", "--data", directory]);
    let for_scripts = relay_command(&["status", "--json", "--data", directory]);
    assert!(forbids_core_dumps(relay.pid()));
    let hup = Command::new("kill").args(["-HUP", &relay.pid().to_string()]).status().unwrap();
    assert!(hup.success());
    assert_eq!(relay.terminate(), Some(0));
    let canaries = day.over(3);
    let written = std::fs::read_to_string(&log).unwrap();
    none(&canaries.found_in_text(&written));
    none(&canaries.found_in_text(&shown));
    none(&canaries.found_under(&data));
    for status in [status, for_scripts] {
        assert_eq!(status.status.code(), Some(0), "{status:?}");
        none(&canaries.found_in(&[status.stdout, status.stderr].concat()));
    }
    assert!(written.contains("serves") && shown.contains("# EOF"), "the control: it writes");
}

fn scraped(socket: &Path) -> String {
    let mut stream = UnixStream::connect(socket).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: relay\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn forbids_core_dumps(pid: u32) -> bool {
    let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max core")).unwrap();
    line.split_whitespace().nth(4) == Some("0")
}
