//! People with real profiles: by the client library in this process, or by the real `offshift` binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    future::Future,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
};

use offshift_client::{
    Care, Client, ContactId, Event, Events, Founding, MeetingId, MessageId, Method, Passphrase,
    RoomId, Suite, Synced,
};
use offshift_protocol::room::Rules;
use offshift_wire::link::RelayLink;
use serde_json::Value;
use tokio::time::timeout;

use crate::relay::{PATIENCE, binary};

/// What every profile here is opened with.
pub const PASSPHRASE: &str = "four plain words here";

/// The passphrase of every profile here.
pub fn passphrase() -> Passphrase {
    Passphrase::new(PASSPHRASE.to_owned().into())
}

/// Waits for something, or fails the test.
pub async fn soon<T>(what: &str, wait: impl Future<Output = T>) -> T {
    timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("{what} does not come"))
}

/// Somebody with a profile of the client library.
pub struct Person {
    /// Their handle.
    pub name: &'static str,
    /// Their open profile.
    pub client: Client,
    /// Where it lies.
    pub directory: PathBuf,
}

impl Person {
    /// A new profile in `folder`, with one relay.
    pub async fn new(folder: &Path, name: &'static str, relay: &RelayLink) -> Self {
        let directory = folder.join(name);
        let client = Client::create(&directory, name, passphrase()).await.unwrap();
        client.add_relay(&relay.to_string()).await.unwrap();
        Self { name, client, directory }
    }

    /// A new profile in `folder`, with one relay, under rules that let a room have so many founders.
    pub async fn in_a_crowd(
        folder: &Path,
        name: &'static str,
        relay: &RelayLink,
        founders_max: usize,
    ) -> Self {
        let Self { client, directory, .. } = Self::new(folder, name, relay).await;
        client.close().await;
        let rules = Rules::with_founders_max_for_testing(founders_max);
        let open = Client::open_with_rules_for_testing(&directory, passphrase(), rules);
        Self { name, client: open.await.unwrap(), directory }
    }

    /// The same profile, closed and opened again.
    pub async fn reopened(self) -> Self {
        self.client.close().await;
        let client = Client::open(&self.directory, passphrase()).await.unwrap();
        Self { client, ..self }
    }

    /// What they have read in a room, in its order.
    pub async fn texts(&self, room: RoomId) -> Vec<String> {
        let history = self.client.history(room).await.unwrap();
        history.into_iter().map(|message| message.text.unwrap_or_default()).collect()
    }

    /// Waits until their profile has read and sent everything, relays away or not in between.
    pub async fn settled(&self) {
        soon("the end of a sync", async {
            loop {
                let mut events = self.client.events();
                if self.client.sync().await.unwrap() == Synced::Complete {
                    return;
                }
                events.next().await.expect("the client runs");
            }
        })
        .await;
    }

    /// Waits until they are in the room and have read so many messages.
    pub async fn has_read(&self, room: RoomId, count: usize) {
        soon("a message", async {
            let mut events = self.client.events();
            loop {
                let history = self.client.history(room).await;
                if history.is_ok_and(|history| history.len() >= count) {
                    return;
                }
                events.next().await.expect("the client runs");
            }
        })
        .await;
    }

    /// Waits until they are in the room.
    pub async fn is_in(&self, room: RoomId) {
        self.has_read(room, 0).await;
    }

    /// Waits until their own message is settled.
    pub async fn sends(&self, room: RoomId, text: &str) -> MessageId {
        let mut events = self.client.events();
        let id = self.client.send(room, text, None, Care::Ordinary).await.unwrap();
        next(&mut events, |event| match event {
            Event::Sent { message, .. } if message == id => Some(()),
            _ => None,
        })
        .await;
        id
    }
}

/// Waits until something holds of a person's profile, looking again at each event.
pub async fn until<T, F: Future<Output = Option<T>>>(
    person: &Person,
    what: &str,
    mut look: impl FnMut() -> F,
) -> T {
    soon(what, async {
        let mut events = person.client.events();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            events.next().await.expect("the client runs");
        }
    })
    .await
}

/// The next event that fits.
pub async fn next<T>(events: &mut Events, mut fits: impl FnMut(Event) -> Option<T>) -> T {
    soon("an event", async {
        loop {
            let event = events.next().await.expect("the client runs");
            if let Some(found) = fits(event) {
                return found;
            }
        }
    })
    .await
}

/// The words that a person's screen shows.
pub async fn words(events: &mut Events, meeting: MeetingId) -> [String; 3] {
    next(events, |event| match event {
        Event::Words { meeting: of, words, .. } if of == meeting => Some(words),
        Event::MeetingOver { meeting: of, why } if of == meeting => {
            panic!("the meeting is over: {why:?}")
        }
        _ => None,
    })
    .await
}

/// Two people meet, compare the words and confirm; each one's name for the other.
pub async fn meet(one: &Person, other: &Person) -> (ContactId, ContactId) {
    meet_like(one, other, None).await
}

/// The same, and the other shows the card that this contact of theirs got.
pub async fn meet_like(
    one: &Person,
    other: &Person,
    like: Option<ContactId>,
) -> (ContactId, ContactId) {
    let (mut one_sees, mut other_sees) = (one.client.events(), other.client.events());
    let shown = one.client.meet_show(None, None).await.unwrap();
    let scanned = other.client.meet_scan(&shown.code, like).await.unwrap();
    let words_of_one = words(&mut one_sees, shown.meeting).await;
    assert_eq!(words_of_one, words(&mut other_sees, scanned).await);
    let one_has = one.client.meet_confirm(shown.meeting, Method::InPerson).await.unwrap();
    let other_has = other.client.meet_confirm(scanned, Method::InPerson).await.unwrap();
    (one_has.id, other_has.id)
}

/// The first founds a room with the others, all of them organizers, and all are in it.
pub async fn found(name: &str, people: &[&Person]) -> RoomId {
    let (founder, others) = people.split_first().unwrap();
    let mut members = Vec::new();
    for other in others {
        members.push(meet(founder, other).await.0);
    }
    let (organizers, suite, relay) = (members.clone(), Suite::XWing, None);
    let founding = Founding { name: name.to_owned(), members, organizers, suite, relay };
    let room = founder.client.found(founding).await.unwrap();
    for person in people {
        person.is_in(room).await;
        person.settled().await;
    }
    room
}

/// Somebody with a profile that only the real binary touches.
pub struct Program {
    directory: PathBuf,
}

/// What a run of the binary left.
pub struct Run {
    /// How it ended.
    pub status: ExitStatus,
    /// The JSON objects that it printed, in order.
    pub lines: Vec<Value>,
    /// What it printed to the error output.
    pub error: String,
}

impl Run {
    /// The first object with this `event`.
    pub fn event(&self, name: &str) -> Option<&Value> {
        self.lines.iter().find(|line| line["event"] == name)
    }

    /// Its exit code; -1 after a signal.
    pub fn code(&self) -> i32 {
        self.status.code().unwrap_or(-1)
    }

    /// The words of all messages that it printed.
    pub fn texts(&self) -> Vec<String> {
        let messages = self.lines.iter().filter(|line| line["event"] == "message");
        messages.filter_map(|line| Some(line["text"].as_str()?.to_owned())).collect()
    }
}

impl Program {
    /// A new profile in `folder`, with one relay.
    pub fn new(folder: &Path, name: &str, relay: &RelayLink) -> Self {
        let program = Self { directory: folder.join(name) };
        assert_eq!(program.run(&["start", "--handle", name]).code(), 0);
        assert_eq!(program.run(&["relay", "add", &relay.to_string()]).code(), 0);
        program
    }

    /// A profile that is there already.
    pub fn existing(directory: &Path) -> Self {
        Self { directory: directory.to_owned() }
    }

    /// A command on this profile.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary("offshift"));
        command
            .env("OFFSHIFT_PASSPHRASE", PASSPHRASE)
            .env("LC_ALL", "C")
            // What a program writes beside its profile stays in the test's folder.
            .env("HOME", self.directory.parent().unwrap())
            .arg("--json")
            .arg("--profile")
            .arg(&self.directory)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("the binary is built");
        run_of(output)
    }

    /// What a person reads, on both outputs, where there is no terminal to ask them.
    pub fn reads(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(binary("offshift"));
        // Whatever language is spoken where the tests run.
        command.env("LC_ALL", "C");
        command.env("OFFSHIFT_PASSPHRASE", PASSPHRASE).arg("--profile").arg(&self.directory);
        let output = command.args(arguments).stdin(Stdio::null()).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        String::from_utf8(text).unwrap()
    }

    /// Starts the engine with its page, and nothing that it would need a passphrase from a person for.
    pub fn opens(&self) -> (Running, String) {
        let mut running = self.start(&["open", "--no-browser"]);
        let url = running.next("page")["url"].as_str().unwrap().to_owned();
        (running, url)
    }

    /// Starts a command that goes on.
    pub fn start(&self, arguments: &[&str]) -> Running {
        Running::of(&mut self.command(arguments))
    }

    /// The same, where nobody gives the passphrase.
    pub fn start_without_passphrase(&self, arguments: &[&str]) -> Running {
        Running::of(self.command(arguments).env_remove("OFFSHIFT_PASSPHRASE"))
    }
}

/// What a finished process left.
pub fn run_of(output: std::process::Output) -> Run {
    let text = String::from_utf8(output.stdout).unwrap();
    Run {
        status: output.status,
        lines: text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A command that goes on. Killed when dropped.
pub struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Running {
    fn of(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next object that it prints with this `event`.
    pub fn next(&mut self, event: &str) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "it ended without {event}");
            let value: Value = serde_json::from_str(&line).unwrap();
            if value["event"] == event {
                return value;
            }
        }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it ends by itself; its exit code.
    pub fn ends(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// SIGTERM; its exit code.
    pub fn terminate(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two profiles of the binary meet and confirm.
pub fn meet_programs(one: &Program, other: &Program) {
    let mut showing = one.start(&["meet", "show"]);
    let code = showing.next("code")["code"].as_str().unwrap().to_owned();
    let scanned = other.run(&["meet", "scan", &code]);
    assert_eq!(scanned.event("words").unwrap()["words"], showing.next("words")["words"]);
    assert_eq!(showing.ends(), Some(0));
    assert_eq!(one.run(&["meet", "confirm"]).code(), 0);
    assert_eq!(other.run(&["meet", "confirm"]).code(), 0);
}

/// Two profiles of the binary that are in a room called Night, with everything read.
pub fn two_in_a_room(folder: &Path, relay: &RelayLink) -> (Program, Program) {
    let (ana, bob) = (Program::new(folder, "ana", relay), Program::new(folder, "bob", relay));
    meet_programs(&ana, &bob);
    assert_eq!(ana.run(&["room", "found", "Night", "--with", "bob"]).code(), 0);
    assert_eq!(bob.run(&["inbox"]).code(), 0);
    (ana, bob)
}
