//! Journey 1: union IT puts up a relay that only people with a ticket can use, gets its link and a first ticket, sees that
//! it works; an organizer uses it, with those whom they bring in; whoever has the link alone is told whom to ask.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::UdpSocket,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use offshift_tests::{
    people::{Program, Run},
    relay::{binary, loopback},
};
use serde_json::Value;

use crate::stage::{ROOM, Stopwatch, done, meet, members, news, says};

const CONTACT: &str = "the union office, room 3";

/// What union IT has: a folder, and the program.
struct Host {
    settings: PathBuf,
    serving: Option<Serving>,
}

/// A relay that serves. Killed when dropped.
struct Serving {
    child: Child,
    link: String,
    // Kept open: a relay that can't print its farewell must not fail for it.
    _out: Box<dyn Read>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Host {
    /// Answers the questions of `init` by a file; gives what it shows.
    fn sets_up(folder: &Path) -> (Self, String) {
        let host = Self { settings: folder.join("relay.toml"), serving: None };
        let answers = folder.join("answers.toml");
        // The port must stay the same from here on; nobody else takes it in between.
        let at = UdpSocket::bind(loopback()).unwrap().local_addr().unwrap();
        let data = folder.join("data");
        let text = format!(
            "[relay]\nlisten = \"{at}\"\npublic = \"{at}\"\ncontact = \"{CONTACT}\"\ndata = \"{}\"\n",
            data.display()
        );
        fs::write(&answers, text).unwrap();
        let shown = host.does(&["init", "--yes", "--answers", answers.to_str().unwrap()]);
        (host, shown)
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(binary("offshift-relay"));
        command.args(words).arg("--config").arg(&self.settings).output().unwrap()
    }

    /// A command that must end well; what it prints.
    fn does(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let said = String::from_utf8([output.stdout.clone(), output.stderr].concat()).unwrap();
        assert!(output.status.success(), "{words:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn reads(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.does(words)).unwrap()
    }

    /// Starts it, as its own settings say: closed.
    fn serves(&mut self) {
        let mut child = Command::new(binary("offshift-relay"))
            .args(["serve", "--config"])
            .arg(&self.settings)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let link = line.trim().strip_prefix("link: ").expect("it says its link first").to_owned();
        self.serving = Some(Serving { child, link, _out: Box::new(out) });
    }

    fn link(&self) -> &str {
        &self.serving.as_ref().unwrap().link
    }
}

/// Somebody's device, and what they see when they add the relay by this code.
fn somebody(folder: &Path, name: &str, code: &str) -> (Program, Run) {
    let person = Program::existing(&folder.join(name));
    done(&person, &["start", "--handle", name]);
    let added = done(&person, &["relay", "add", code]);
    (person, added)
}

/// The code in the words after `offshift relay add`.
fn ticket_in(shown: &str) -> String {
    let code = shown.split("offshift relay add '").nth(1).expect("a ticket is shown");
    code.split('\'').next().unwrap().to_owned()
}

#[test]
fn union_it_gets_a_link_and_a_first_ticket_and_sees_that_the_relay_works() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, shown) = Host::sets_up(folder.path());
    assert!(shown.contains("link: offshift://") && shown.contains("sudo systemctl enable --now"));
    host.does(&["check"]);
    // Before it serves, its health is bad, and says so with the code for network or disk.
    assert_eq!(host.run(&["health"]).status.code(), Some(3));
    host.serves();
    assert!(ticket_in(&shown).starts_with(&format!("{}#", host.link())), "the ticket names it");
    assert_eq!(host.does(&["link"]).trim(), host.link());
    assert!(host.does(&["health"]).contains("took a message"));
    assert_eq!(host.reads(&["health", "--json"])["healthy"], true);
    let status = host.does(&["status"]);
    assert!(status.contains("by tickets") && status.contains(host.link()), "{status}");
    let tickets = host.reads(&["ticket", "list", "--json"]);
    assert_eq!(tickets.as_array().unwrap().len(), 1, "{tickets}");
    // Setting up again changes nothing.
    let again = host.does(&["init", "--yes"]);
    assert!(again.contains("Nothing was changed"), "{again}");
}

#[test]
fn a_ticket_lets_an_organizer_and_those_they_bring_in_use_the_relay_and_a_link_alone_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, _) = Host::sets_up(folder.path());
    host.serves();
    let ticket = host.reads(&["ticket", "new", "--seats", "5", "--json"]);
    let ticket = ticket[0]["code"].as_str().unwrap().to_owned();

    let watch = Stopwatch::start();
    let (ana, added) = somebody(folder.path(), "ana", &ticket);
    assert_eq!(added.event("ticket").unwrap()["state"], "good");
    // Ben has the link alone: it works as soon as Ana has brought him in.
    let (ben, added) = somebody(folder.path(), "ben", host.link());
    assert_refused(&added);
    meet(&ana, &ben, &[]);
    done(&ana, &["room", "found", ROOM, "--with", "ben", "--organizer", "ben"]);
    done(&ben, &["inbox"]);
    assert_eq!(members(&ben).len(), 2);
    says(&ana, "we are in");
    assert!(news(&ben).contains(&"we are in".to_owned()));
    says(&ben, "so am I, without a step of mine");
    assert!(news(&ana).contains(&"so am I, without a step of mine".to_owned()));
    watch.stop("first ticket to first messages");

    let (eve, added) = somebody(folder.path(), "eve", host.link());
    assert_refused(&added);
    let words = eve.reads(&["relay", "list"]);
    assert!(words.contains(&format!("ask {CONTACT}")), "{words}");
    let tickets = host.reads(&["ticket", "list", "--json"]);
    assert!(!tickets.to_string().contains(&ticket), "a ticket is shown once");
}

/// Told that it wants a ticket, and whom to ask.
fn assert_refused(added: &Run) {
    let said = added.event("ticket").expect("the relay says how it stands");
    assert_eq!(
        (said["state"].as_str(), said["contact"].as_str()),
        (Some("missing"), Some(CONTACT))
    );
}
