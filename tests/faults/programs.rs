//! The real relay as a child whose surroundings a test chooses: its clock, its memory, its disk.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use offshift_tests::relay::binary;
use offshift_wire::link::RelayLink;

use crate::wall::Wall;

/// Longer than any start takes, on a machine that does much else.
const START_MAX: Duration = Duration::from_secs(60);

/// Longer than one command of a client takes there.
const END_MAX: Duration = Duration::from_secs(180);

/// How a program is run.
#[derive(Default, Clone)]
pub(crate) struct Around {
    /// The clock on its wall; none: the machine's.
    pub(crate) wall: Option<Wall>,
    /// The most memory of its own that the system gives it, KiB.
    pub(crate) memory_kib: Option<u64>,
}

impl Around {
    /// The same command, in these surroundings.
    pub(crate) fn wrap(&self, command: &Command) -> Command {
        let mut wrapped = match self.memory_kib {
            None => Command::new(command.get_program()),
            Some(kib) => {
                let mut shell = Command::new("sh");
                let limit = format!("ulimit -c 0; ulimit -d {kib}; exec \"$@\"");
                shell.args(["-c", &limit, "sh"]).arg(command.get_program());
                shell
            }
        };
        wrapped.args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => wrapped.env(name, value),
                None => wrapped.env_remove(name),
            };
        }
        if let Some(wall) = &self.wall {
            wall.hang(&mut wrapped);
        }
        wrapped.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        wrapped
    }
}

/// A relay that would not start: what it said.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Its exit code; none after a signal.
    pub(crate) code: Option<i32>,
    /// Its error output.
    pub(crate) said: String,
}

/// A running relay. Killed when dropped.
pub(crate) struct RelayProcess {
    child: Child,
    /// How to reach it.
    pub(crate) link: RelayLink,
    // Kept open: a relay that can't print its farewell must not fail for it.
    _stdout: BufReader<ChildStdout>,
    /// Its error output is kept, so that a panic can be told from a death by memory.
    errors: PathBuf,
}

impl RelayProcess {
    /// Starts it on this data at this address.
    pub(crate) fn start(data: &Path, at: SocketAddr, around: &Around) -> Result<Self, Refused> {
        let mut command = Command::new(binary("offshift-relay"));
        command.args(["serve", "--dev", "--listen", &at.to_string(), "--data"]).arg(data);
        // Beside the data, not on the disk that a test fills.
        let errors = tempfile::NamedTempFile::new().unwrap().into_temp_path().keep().unwrap();
        let mut command = around.wrap(&command);
        command.stdout(Stdio::piped()).stderr(std::fs::File::create(&errors).unwrap());
        let mut child = command.spawn().expect("the relay binary is built");
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let Some((stdout, line)) = first_line(stdout) else {
            let _ = child.kill();
            panic!("the relay neither starts nor ends: {}", take(&errors));
        };
        let link = line.trim().strip_prefix("link: ").and_then(|link| link.parse().ok());
        let Some(link) = link else {
            let code = child.wait().unwrap().code();
            return Err(Refused { code, said: take(&errors) });
        };
        Ok(Self { child, link, _stdout: stdout, errors })
    }

    /// The same on a sound disk, where nothing keeps it from starting.
    pub(crate) fn up(data: &Path, at: SocketAddr) -> Self {
        Self::start(data, at, &Around::default()).expect("the relay starts")
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::new(self.link.host().parse().unwrap(), self.link.port())
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub(crate) fn has_died(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// kill -9. A panic of its own before that fails the test.
    pub(crate) fn kill(mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
        let said = std::fs::read_to_string(&self.errors).unwrap_or_default();
        assert!(!said.contains("panicked"), "the relay panicked: {said}");
    }

    /// SIGTERM, and waits.
    pub(crate) fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let deadline = Instant::now() + Duration::from_secs(40);
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the relay does not stop");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for RelayProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.errors);
    }
}

/// The first line that a program prints, or that it ended without one; nothing, if neither comes in time.
fn first_line(mut out: BufReader<ChildStdout>) -> Option<(BufReader<ChildStdout>, String)> {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let _ = out.read_line(&mut line);
        let _ = tell.send((out, line));
    });
    told.recv_timeout(START_MAX).ok()
}

/// What a program printed and how it ended, which it must.
pub(crate) fn outcome(child: Child) -> Output {
    let (id, (tell, told)) = (child.id().to_string(), mpsc::channel());
    thread::spawn(move || tell.send(child.wait_with_output()));
    told.recv_timeout(END_MAX).map_or_else(
        |_| {
            let _ = Command::new("kill").args(["-KILL", &id]).status();
            panic!("the program neither goes on nor ends");
        },
        Result::unwrap,
    )
}

fn take(errors: &Path) -> String {
    let mut said = String::new();
    let _ = std::fs::File::open(errors).and_then(|mut file| file.read_to_string(&mut said));
    let _ = std::fs::remove_file(errors);
    said
}
