//! The plain binary under a service manager: ready, read again, watched, stopped, and on a socket that was handed over.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::{
    fs,
    net::UdpSocket,
    os::{fd::AsRawFd, unix::net::UnixDatagram},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use offshift_link::{Link, Options};
use offshift_wire::{link::RelayLink, relay::Access};
use rustix::process::{Pid, Signal, kill_process};

/// Nothing here takes nearly so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A service manager with one relay, in a directory of its own.
struct Manager {
    directory: tempfile::TempDir,
    heard: UnixDatagram,
    relay: Option<Child>,
}

impl Manager {
    fn new(settings: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let heard = UnixDatagram::bind(directory.path().join("notify")).unwrap();
        heard.set_read_timeout(Some(PATIENCE)).unwrap();
        let manager = Self { directory, heard, relay: None };
        manager.write(settings);
        manager
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn write(&self, settings: &str) {
        fs::write(self.path("relay.toml"), settings).unwrap();
    }

    /// What the unit starts; `more` comes before the program's name.
    fn start(&mut self, program: &[&str], variables: &[(&str, &str)]) {
        let binary = env!("CARGO_BIN_EXE_offshift-relay");
        let all = [program, &[binary, "serve", "--ready-file"]].concat();
        let mut command = Command::new(all[0]);
        command.args(&all[1..]).arg(self.path("ready"));
        command.arg("--config").arg(self.path("relay.toml"));
        command.arg("--data").arg(self.path("data"));
        command.env("NOTIFY_SOCKET", self.path("notify")).envs(variables.iter().copied());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        self.relay = Some(command.spawn().unwrap());
    }

    /// Reads messages until one has this line.
    fn hears(&self, line: &str) -> String {
        let mut buffer = [0; 4096];
        loop {
            let length = self.heard.recv(&mut buffer).unwrap();
            let message = String::from_utf8(buffer[..length].to_vec()).unwrap();
            if message.lines().any(|said| said == line) {
                return message;
            }
        }
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.relay.as_ref().unwrap().id()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    fn reload(&self) {
        self.signal(Signal::HUP);
        self.hears("RELOADING=1");
        self.hears("READY=1");
    }

    fn link(&self) -> RelayLink {
        fs::read_to_string(self.path("ready")).unwrap().trim().parse().unwrap()
    }

    fn stop(mut self) -> Output {
        self.signal(Signal::TERM);
        self.hears("STOPPING=1");
        self.relay.take().unwrap().wait_with_output().unwrap()
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        if let Some(mut relay) = self.relay.take() {
            let _ = relay.kill();
            let _ = relay.wait();
        }
    }
}

/// What the relay says of itself to a newcomer.
fn said(link: &RelayLink) -> (Access, String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let link = Link::connect(link, Options::default()).await.unwrap();
        let said = (link.said().access, link.said().contact.clone());
        link.close().await;
        said
    })
}

fn settings(contact: &str, more: &str) -> String {
    format!("[relay]\nlisten = '127.0.0.1:0'\ncontact = '{contact}'\n{more}")
}

#[test]
fn a_good_file_holds_after_a_reload_and_a_bad_one_leaves_the_old_one() {
    let mut manager = Manager::new(&settings("room 12", ""));
    manager.start(&[], &[]);
    manager.hears("READY=1");
    let link = manager.link();
    assert_eq!(said(&link), (Access::Tickets, "room 12".to_owned()), "closed unless it says open");

    manager.write(&settings("room 14", "[keep]\nmax_life = '1d'\n"));
    manager.reload();
    assert_eq!(said(&link).1, "room 14");

    manager.write(&settings("room 16", "[keep]\nmax_live = '1d'\n"));
    manager.reload();
    manager.hears("STATUS=serving; the settings file is wrong, the old one holds");
    assert_eq!(said(&link).1, "room 14", "nothing of a bad file holds");

    let ended = manager.stop();
    assert_eq!(ended.status.code(), Some(0));
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(told.contains("these wait for a restart: max_life in [keep]"), "{told}");
    assert!(told.contains("the old settings still hold: "), "{told}");
    assert!(told.contains("line 5, column 1: unknown key \"max_live\" in [keep]"), "{told}");
}

#[test]
fn the_watchdog_is_fed_after_a_message_went_through_a_closed_relay() {
    let mut manager = Manager::new(&settings("", ""));
    manager.start(&[], &[("WATCHDOG_USEC", "600000")]);
    manager.hears("READY=1");
    manager.hears("WATCHDOG=1");
    assert_eq!(manager.stop().status.code(), Some(0));
}

#[test]
fn the_relay_serves_on_a_socket_that_was_handed_over() {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    rustix::io::fcntl_setfd(&socket, rustix::io::FdFlags::empty()).unwrap();
    let hand_over =
        format!("exec 3<&{}; LISTEN_PID=$$ LISTEN_FDS=1 exec \"$@\"", socket.as_raw_fd());
    let mut manager = Manager::new(&settings("", "[access]\nmode = 'open'\n"));
    manager.start(&["sh", "-c", &hand_over, "sh"], &[]);
    manager.hears("READY=1");
    let link = manager.link();
    assert_eq!(link.port(), socket.local_addr().unwrap().port());
    drop(socket);
    assert_eq!(said(&link).0, Access::Open);
    assert_eq!(manager.stop().status.code(), Some(0));
}

#[test]
fn check_knows_its_own_running_relay_from_another_program_at_the_port() {
    let port = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut manager =
        Manager::new(&format!("[relay]\nlisten = '127.0.0.1:{port}'\npublic = '127.0.0.1'\n"));
    manager.start(&[], &[]);
    manager.hears("READY=1");
    let check = |manager: &Manager| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offshift-relay"));
        command.arg("check").arg("--config").arg(manager.path("relay.toml"));
        let checked = command.arg("--data").arg(manager.path("data")).output().unwrap();
        (checked.status.code(), String::from_utf8(checked.stdout).unwrap())
    };
    let (code, text) = check(&manager);
    assert!(text.contains(&format!("ok     port           {port} is this relay's")), "{text}");
    assert_eq!(code, Some(0), "{text}");

    manager.signal(Signal::KILL);
    manager.relay.as_mut().unwrap().wait().unwrap();
    let _other = UdpSocket::bind(("127.0.0.1", port)).unwrap();
    let (code, text) = check(&manager);
    assert!(text.contains("WRONG  port"), "{text}");
    assert_eq!(code, Some(1));
}
