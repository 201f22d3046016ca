//! People with profiles that only the binary touches, and what they do again and again.

use std::{
    net::SocketAddr,
    path::PathBuf,
    time::{Duration, Instant},
};

use offshift_tests::{
    people::{Program, Run},
    relay::BinaryRelay,
};
use serde_json::Value;
use tempfile::TempDir;

/// The room of every journey.
pub(crate) const ROOM: &str = "Night";

/// No journey takes this long on any machine that tests run on; how long it took is printed, never asserted.
const DEADLINE: Duration = Duration::from_secs(240);

/// A relay and a folder for profiles.
pub(crate) struct Stage {
    pub(crate) relay: Option<BinaryRelay>,
    folder: TempDir,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = BinaryRelay::start(&folder.path().join("relay"));
        Self { relay: Some(relay), folder }
    }

    fn relay(&self) -> &BinaryRelay {
        self.relay.as_ref().expect("it runs")
    }

    /// Where it listens.
    pub(crate) fn relay_address(&self) -> SocketAddr {
        self.relay().address()
    }

    /// It ends as its host would end it.
    pub(crate) fn stop_relay(&mut self) {
        assert_eq!(self.relay.take().expect("it runs").terminate(), Some(0));
    }

    /// The relay's data; to put another one in its place.
    pub(crate) fn relay_data(&self) -> PathBuf {
        self.folder.path().join("relay")
    }

    pub(crate) fn person(&self, name: &str) -> Program {
        Program::new(self.folder.path(), name, self.relay().link())
    }

    /// A new profile under a handle that an older profile has too.
    pub(crate) fn person_again(&self, handle: &str) -> Program {
        let folder: PathBuf = self.folder.path().join("again");
        Program::new(&folder, handle, self.relay().link())
    }

    /// ana and ben, organizers, and cleo have founded a room, and have read everything.
    pub(crate) fn founded(&self) -> [Program; 3] {
        let [ana, ben, cleo] = ["ana", "ben", "cleo"].map(|name| self.person(name));
        meet(&ana, &ben, &[]);
        meet(&ana, &cleo, &[]);
        done(
            &ana,
            &["room", "found", ROOM, "--with", "ben", "--with", "cleo", "--organizer", "ben"],
        );
        done(&ben, &["inbox"]);
        done(&cleo, &["inbox"]);
        [ana, ben, cleo]
    }

    /// dee is met and vouched for by `first` and `second`, and let in by `organizer`.
    pub(crate) fn admitted(
        &self,
        dee: &Program,
        first: &Program,
        second: &Program,
        organizer: &Program,
        like: &str,
    ) {
        meet(first, dee, &[]);
        meet(second, dee, &["--like", like]);
        done(first, &["vouch", ROOM, "dee"]);
        done(second, &["vouch", ROOM, "dee"]);
        done(organizer, &["room", "admit", ROOM, "dee", "--yes"]);
        assert!(done(dee, &["inbox"]).event("room").is_some(), "dee is in");
    }
}

/// A command that must end well.
pub(crate) fn done(who: &Program, arguments: &[&str]) -> Run {
    let run = who.run(arguments);
    assert_eq!(run.code(), 0, "{arguments:?}: {}", run.error);
    run
}

/// A command that a person can't have, and the sentence that says why.
pub(crate) fn refused(who: &Program, arguments: &[&str]) -> String {
    let run = who.run(arguments);
    assert_eq!(run.code(), 1, "{arguments:?}: {:?}", run.lines);
    let error: Value = serde_json::from_str(&run.error).unwrap();
    assert!(!error["next"].as_str().unwrap().is_empty());
    error["error"].as_str().unwrap().to_owned()
}

/// One shows a code, the other scans it, both compare the words and confirm. `scanning` is what the other says besides.
pub(crate) fn meet(showing: &Program, other: &Program, scanning: &[&str]) {
    pair(showing, &["meet", "show"], other, &["meet", "scan"], scanning);
}

/// The same for two phones of one person.
pub(crate) fn link(first: &Program, second: &Program) {
    pair(first, &["phone", "link", ROOM], second, &["phone", "scan"], &[]);
}

fn pair(one: &Program, show: &[&str], other: &Program, scan: &[&str], more: &[&str]) {
    let mut showing = one.start(show);
    let code = showing.next("code")["code"].as_str().unwrap().to_owned();
    let scan: Vec<&str> =
        scan.iter().copied().chain([code.as_str()]).chain(more.iter().copied()).collect();
    let scanned = done(other, &scan);
    assert_eq!(scanned.event("words").unwrap()["words"], showing.next("words")["words"]);
    assert_eq!(showing.ends(), Some(0));
    done(one, &["meet", "confirm"]);
    done(other, &["meet", "confirm"]);
}

/// What a list has in it, without the news that came in meanwhile: objects that have this field and are no event.
pub(crate) fn listed(who: &Program, arguments: &[&str], field: &str) -> Vec<Value> {
    let lines = done(who, arguments).lines;
    let is_listed = |line: &Value| line.get(field).is_some() && line.get("event").is_none();
    lines.into_iter().filter(is_listed).collect()
}

/// The handles of those in the room, as this person sees them.
pub(crate) fn members(who: &Program) -> Vec<String> {
    let members = listed(who, &["members", ROOM], "member");
    members.iter().map(|line| line["handle"].as_str().unwrap().to_owned()).collect()
}

/// What they have not read yet.
pub(crate) fn news(who: &Program) -> Vec<String> {
    done(who, &["inbox"]).texts()
}

/// Writes, and waits until it is sent.
pub(crate) fn says(who: &Program, text: &str) {
    assert!(done(who, &["send", ROOM, text]).event("sent").is_some(), "{text} is sent");
}

/// The number of the message with these words, as this person's device names it.
pub(crate) fn number(who: &Program, text: &str) -> String {
    let read = done(who, &["read", ROOM]).lines;
    let line = read.iter().find(|line| line.to_string().contains(text));
    line.unwrap_or_else(|| panic!("no {text:?} in {read:?}"))["id"].as_str().unwrap().to_owned()
}

/// How much machine time a part of a journey took.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn stop(self, what: &str) {
        let took = self.0.elapsed();
        eprintln!("{what}: {:.1} s of machine time", took.as_secs_f64());
        assert!(took < DEADLINE, "something hangs");
    }
}
