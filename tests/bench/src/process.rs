//! Servers as processes of their own, so that what they use is theirs: the relay's binary, and this program as a bare
//! server.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, ExitCode, Stdio},
    sync::Once,
    time::Duration,
};

use offshift_tests::relay::{BinaryRelay, binary, loopback};

use crate::{bare, instructions};

/// First argument of a process that this program started.
const CHILD: &str = "--child";

/// Runs what a child was started for; `None`: this is none.
pub(crate) fn child(arguments: &[String]) -> Option<ExitCode> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (first, rest) = words.split_first()?;
    if *first != CHILD {
        return None;
    }
    match rest {
        ["counted", rest @ ..] => return Some(instructions::child(rest)),
        [crate::ONE, name, pace, json] => {
            return Some(crate::measure_one(name, pace, Path::new(json)));
        }
        _ => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = bare::server_of(rest).expect("a parent that knows its child");
        println!("{}", server.address);
        // Until whoever started us is gone.
        let wait = || std::io::stdin().read_to_end(&mut Vec::new());
        tokio::task::spawn_blocking(wait).await.unwrap().unwrap();
    });
    Some(ExitCode::SUCCESS)
}

/// This program again, for something else.
pub(crate) fn again(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(CHILD).args(words);
    command
}

/// A bare server in a process of its own. Killed when dropped.
pub(crate) struct BareProcess {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl BareProcess {
    /// See [`bare::server_of`].
    pub(crate) fn start(words: &[&str]) -> Self {
        let mut child = again(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, address: line.trim().parse().unwrap() }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for BareProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Limits that politeness to strangers needs and one machine full of clients would meet.
const UNBOUND: &str = "connections = 100000\nconnections_per_prefix = 100000\n\
     handshakes_per_prefix_per_minute = 1000000\nmemory_mb = 16000\ndeposits_per_second = 1000000\n";

/// The real relay, built now if it has to be, where no client is held back by limits for strangers.
pub(crate) fn relay(folder: &Path) -> BinaryRelay {
    relay_at(folder, loopback())
}

/// The same at this address.
pub(crate) fn relay_at(folder: &Path, listen: SocketAddr) -> BinaryRelay {
    relay_with(
        folder,
        &format!("[keep]\ndisk_mb = 60000\nmailbox_mb = 60000\n[limits]\n{UNBOUND}"),
        listen,
    )
}

/// The same, with these settings and no others.
pub(crate) fn relay_with(folder: &Path, settings: &str, listen: SocketAddr) -> BinaryRelay {
    build();
    let file = folder.join("relay.toml");
    std::fs::write(&file, settings).unwrap();
    BinaryRelay::start_with_at(&folder.join("data"), &file, listen)
}

/// Has cargo build the relay's binary like this program: at once, unless something was changed. A debug build of this
/// program runs inside of tests, which built it already.
fn build() {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| {
        let built = binary("offshift-relay");
        if cfg!(debug_assertions) {
            assert!(built.exists(), "first: cargo build -p offshift-relay");
            return;
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["build", "--quiet", "--release", "-p", "offshift-relay"]);
        let done = command.current_dir(env!("CARGO_MANIFEST_DIR")).status();
        assert!(done.is_ok_and(|status| status.success()), "the relay is not built");
    });
}

/// Processor time that a process has used, its system calls included.
pub(crate) fn cpu_of(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // Behind the name, which may hold anything: the 14th and 15th fields, in hundredths of a second.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[11..13].iter().map(|field| field.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}
