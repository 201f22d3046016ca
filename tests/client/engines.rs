//! Engines that run for all who ask them: commands, scripts and a slow reader, over a real relay.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::Path,
};

use offshift_tests::{
    people::{Program, Running, meet_programs, two_in_a_room},
    relay::{BinaryRelay, PATIENCE},
};
use serde_json::{Value, json};

/// More than wait for one reader, at two events a message, with what the system holds for it besides.
const MANY: usize = 700;

fn engine(who: &Program) -> Running {
    let mut engine = who.start(&["daemon"]);
    engine.next("running");
    engine
}

/// Somebody who writes lines by hand.
struct Script {
    stream: UnixStream,
    lines: BufReader<UnixStream>,
}

impl Script {
    fn connect(profile: &Path) -> Self {
        let stream = UnixStream::connect(profile.join("engine.sock")).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap());
        Self { stream, lines }
    }

    fn calls(&mut self, id: usize, method: &str, params: &Value) {
        let call = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.stream.write_all(format!("{call}\n").as_bytes()).unwrap();
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no line of JSON: {line:?}"))
    }

    /// The result of a call; events before it are passed over.
    fn asks(&mut self, method: &str, params: &Value) -> Value {
        self.calls(0, method, params);
        loop {
            let line = self.line();
            if line.get("method").is_none() {
                assert_eq!((&line["id"], line.get("error")), (&json!(0), None));
                return line["result"].clone();
            }
        }
    }

    /// The next event of this name.
    fn hears(&mut self, name: &str) -> Value {
        loop {
            let event = self.line()["params"].clone();
            if event["event"] == name {
                return event;
            }
        }
    }
}

#[test]
fn people_meet_and_write_through_running_engines_while_scripts_listen() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let [ana, bob] = ["ana", "bob"].map(|name| Program::new(folder.path(), name, relay.link()));
    let _engines = [engine(&ana), engine(&bob)];
    meet_programs(&ana, &bob);
    assert_eq!(ana.run(&["room", "found", "Night", "--with", "bob"]).code(), 0);
    assert_eq!(bob.run(&["inbox"]).event("room").unwrap()["name"], "Night");

    let mut script = Script::connect(&folder.path().join("bob"));
    script.asks("subscribe", &json!({}));
    let mut watching = bob.start(&["watch"]);
    watching.next("watching");
    // Two commands at once, of one profile.
    let both = [ana.start(&["send", "Night", "one"]), ana.start(&["send", "Night", "two"])];
    for mut sending in both {
        sending.next("sent");
        assert_eq!(sending.ends(), Some(0));
    }
    let mut heard = [script.hears("message"), script.hears("message")];
    heard.sort_by_key(|message| message["text"].to_string());
    assert_eq!([&heard[0]["text"], &heard[1]["text"]], ["one", "two"]);
    let mut printed = [watching.next("message"), watching.next("message")];
    printed.sort_by_key(|message| message["text"].to_string());
    assert_eq!([&printed[0]["text"], &printed[1]["text"]], ["one", "two"]);
    assert_eq!(watching.terminate(), Some(0));

    // A script answers, and is told that before the call is done (OS-RPC-007).
    let room = script.asks("rooms", &json!({}))[0]["id"].clone();
    let reply = json!({
        "room": room, "text": "three", "reply_to": heard[0]["id"], "care": "ordinary",
    });
    let sent = script.asks("send", &reply);
    assert_eq!(script.hears("sent")["message"], sent);
    let inbox = ana.run(&["inbox"]);
    assert_eq!(inbox.texts().last().unwrap(), "three");
    assert_eq!(
        inbox.lines.iter().find(|line| line["id"] == sent).unwrap()["reply_to"],
        heard[0]["id"]
    );
}

#[test]
fn os_rpc_007_what_happened_is_told_before_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, _bob) = two_in_a_room(folder.path(), relay.link());
    let _engine = engine(&ana);
    let mut script = Script::connect(&folder.path().join("ana"));
    script.asks("subscribe", &json!({}));
    let room = script.asks("rooms", &json!({}))[0]["id"].clone();
    for text in ["one", "two", "three"] {
        let message = json!({ "room": room, "text": text, "care": "ordinary" });
        let id = script.asks("send", &message);
        script.calls(1, "sync", &json!({}));
        let mut before = Vec::new();
        loop {
            let line = script.line();
            if line["id"] == 1 {
                break;
            }
            before.push(line["params"].clone());
        }
        let settled = |event: &Value| event["event"] == "sent" && event["message"] == id;
        assert!(before.iter().any(settled), "{before:?}");
    }
}

#[test]
fn os_rpc_008_a_reader_that_is_slow_is_told_that_it_missed_and_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, _bob) = two_in_a_room(folder.path(), relay.link());
    let _engine = engine(&ana);
    let profile = folder.path().join("ana");
    let mut slow = Script::connect(&profile);
    slow.asks("subscribe", &json!({}));
    let mut busy = Script::connect(&profile);
    let room = busy.asks("rooms", &json!({}))[0]["id"].clone();
    let message = json!({ "room": room, "text": "x".repeat(1_000), "care": "ordinary" });
    for _ in 0..MANY {
        assert!(busy.asks("send", &message).is_string());
    }
    assert_eq!(busy.asks("sync", &json!({})), "complete");
    let missed = slow.hears("missed");
    assert!(missed["count"].as_u64().unwrap() > 0);
    assert_eq!(slow.asks("handle", &json!({})), "ana", "it goes on");
}

/// PT-64: whoever looks at the screen reads no word, no name and no room.
#[test]
fn os_rpc_015_a_notification_says_that_there_are_messages_and_nothing_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, bob) = two_in_a_room(folder.path(), relay.link());
    let (programs, told) = (folder.path().join("programs"), folder.path().join("told"));
    fs::create_dir(&programs).unwrap();
    let script = format!(
        "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done > {0}.new\nmv {0}.new {0}\n",
        told.display()
    );
    fs::write(programs.join("notify-send"), script).unwrap();
    let executable = fs::Permissions::from_mode(0o700);
    fs::set_permissions(programs.join("notify-send"), executable).unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let mut command = bob.command(&["daemon", "--notify"]);
    let mut child = command.env("PATH", path).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    lines.read_line(&mut String::new()).unwrap();
    assert!(ana.run(&["send", "Night", "CANARY at six"]).event("sent").is_some());
    // The file is there in one piece, or not at all.
    let until = std::time::Instant::now() + PATIENCE;
    while !told.exists() && std::time::Instant::now() < until {
        std::thread::yield_now();
    }
    assert_eq!(fs::read_to_string(&told).unwrap(), "Offshift\nNew messages.\n");
    assert_eq!(bob.run(&["daemon", "--stop"]).code(), 0);
    assert!(child.wait().unwrap().success());
}
