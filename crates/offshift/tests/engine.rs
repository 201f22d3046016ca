//! An engine that runs for all who ask it: the real program, its socket, and scripts that write lines by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Output, Stdio},
    time::Duration,
};

use serde_json::{Value, json};

const PASSPHRASE: &str = "four plain words here";
const PATIENCE: Duration = Duration::from_secs(30);

fn command(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offshift"));
    command
        .args(arguments)
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .env("OFFSHIFT_PROFILE", "./p")
        .env("OFFSHIFT_PASSPHRASE", PASSPHRASE)
        .stdin(Stdio::null());
    command
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    command(home, arguments).output().unwrap()
}

fn prints(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn fails(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).unwrap()
}

/// A profile in a folder of its own.
fn profile() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    prints(home.path(), &["start", "--handle", "ana"]);
    home
}

fn socket(home: &Path) -> PathBuf {
    home.join("p/engine.sock")
}

/// A running engine; killed when the test is over.
struct Engine {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Engine {
    fn start(home: &Path, more: &[&str]) -> Self {
        let mut command = command(home, &["--json", "daemon"]);
        let mut child = command.args(more).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut engine = Self { child, lines };
        assert_eq!(engine.next(), json!({ "event": "running" }));
        engine
    }

    fn next(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    fn ends(mut self) -> Option<i32> {
        assert_eq!(self.next(), json!({ "event": "stopped" }));
        self.child.wait().unwrap().code()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody who writes lines by hand.
struct Script {
    stream: UnixStream,
    lines: BufReader<UnixStream>,
}

impl Script {
    fn connect(home: &Path) -> Self {
        let stream = UnixStream::connect(socket(home)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap());
        Self { stream, lines }
    }

    fn write(&mut self, line: &str) {
        self.stream.write_all(line.as_bytes()).unwrap();
        self.stream.write_all(b"\n").unwrap();
    }

    fn next(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no line of JSON: {line:?}"))
    }

    fn calls(&mut self, id: u32, method: &str, params: &Value) {
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.write(&request.to_string());
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.calls(1, method, params);
        let answer = self.next();
        assert_eq!(answer["id"], 1, "{answer}");
        answer
    }

    /// The kind of the error that answers this.
    fn refused(&mut self, method: &str, params: &Value) -> String {
        self.ask(method, params)["error"]["data"]["kind"].as_str().unwrap().to_owned()
    }
}

#[test]
fn commands_ask_a_running_engine_and_print_the_same_as_without_one() {
    let home = profile();
    let home = home.path();
    let asked: [&[&str]; 5] =
        [&["contacts"], &["room", "list"], &["inbox"], &["relay", "list"], &["alarms"]];
    let alone = asked.map(|arguments| prints(home, arguments));
    assert!(prints(home, &["status"]).starts_with("No engine runs."));
    let engine = Engine::start(home, &[]);
    assert_eq!(asked.map(|arguments| prints(home, arguments)), alone);
    // None of them opened the profile: no passphrase is asked for.
    let mut without = command(home, &["inbox"]);
    assert!(without.env_remove("OFFSHIFT_PASSPHRASE").output().unwrap().status.success());
    let failure = fails(home, &["meet", "show"]);
    assert!(failure.contains("no relay yet"), "{failure}");
    assert!(prints(home, &["status"]).contains("It locks after 15 minutes without you."));
    drop(engine);
    assert_eq!(
        asked.map(|arguments| prints(home, arguments)),
        alone,
        "its socket lies there still"
    );
    assert!(socket(home).exists(), "the control: it was killed");
}

#[test]
fn os_rpc_003_there_is_one_engine_and_a_dead_ones_socket_is_in_nobodys_way() {
    let home = profile();
    let home = home.path();
    drop(UnixListener::bind(socket(home)).unwrap());
    assert_eq!(prints(home, &["inbox"]), "Nothing new.\n");
    let mut wrong = command(home, &["daemon"]);
    let failed = wrong.env("OFFSHIFT_PASSPHRASE", "some other words here").output().unwrap();
    assert!(String::from_utf8_lossy(&failed.stderr).contains("the passphrase is not right"));
    assert!(!socket(home).exists());
    let engine = Engine::start(home, &[]);
    let second = fails(home, &["daemon"]);
    assert!(second.contains("an engine of this profile runs already"), "{second}");
    assert_eq!(prints(home, &["inbox"]), "Nothing new.\n", "the first one goes on");
    assert_eq!(prints(home, &["daemon", "--stop"]), "The engine has ended.\n");
    assert_eq!(engine.ends(), Some(0));
    assert!(fails(home, &["daemon", "--stop"]).contains("no engine of this profile runs"));
}

#[test]
fn os_rpc_002_a_long_path_puts_the_socket_into_the_sessions_folder() {
    let home = tempfile::tempdir().unwrap();
    let (long, runtime) = (home.path().join("a".repeat(100)), home.path().join("run"));
    fs::create_dir(&runtime).unwrap();
    let with = |arguments: &[&str]| {
        let mut command = command(home.path(), arguments);
        command.env("OFFSHIFT_PROFILE", &long).env("XDG_RUNTIME_DIR", &runtime);
        command
    };
    assert!(with(&["start", "--handle", "ana"]).output().unwrap().status.success());
    let mut child = with(&["--json", "daemon"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let sockets: Vec<_> = fs::read_dir(runtime.join("offshift")).unwrap().collect();
    assert!(sockets[0].as_ref().unwrap().file_type().unwrap().is_socket());
    assert_eq!(fs::metadata(runtime.join("offshift")).unwrap().permissions().mode() & 0o777, 0o700);
    let status = with(&["--json", "status"]).output().unwrap();
    assert!(String::from_utf8_lossy(&status.stdout).contains("\"engine\":\"open\""));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn os_rpc_004_what_is_no_request_is_answered_and_the_connection_goes_on() {
    let home = profile();
    let _engine = Engine::start(home.path(), &[]);
    let mut script = Script::connect(home.path());
    for (line, code) in [
        ("hello", -32700),
        ("", -32700),
        ("[]", -32600),
        (r#"{"jsonrpc":"2.0","method":"rooms"}"#, -32600),
        (r#"{"jsonrpc":"2.0","id":1,"method":"rooms","params":[]}"#, -32600),
        (r#"{"jsonrpc":"2.0","id":1,"method":"no_such"}"#, -32601),
        (r#"{"jsonrpc":"2.0","id":1,"method":"room","params":{"room":"00"}}"#, -32602),
        (r#"{"jsonrpc":"2.0","id":1,"method":"rooms","params":{"more":1}}"#, -32602),
    ] {
        script.write(line);
        assert_eq!(script.next()["error"]["code"], code, "{line}");
    }
    assert_eq!(script.ask("handle", &json!({}))["result"], "ana");
    // The longest line that may be is read; a longer one ends the connection, and no other.
    let mut other = Script::connect(home.path());
    let longest = "x".repeat(1 << 20);
    script.write(&longest);
    assert_eq!(script.next()["error"]["code"], -32700);
    // It may hang up before it has read the end of it.
    let _ = script.stream.write_all(format!("{longest}x").as_bytes());
    assert_eq!(script.next()["error"]["data"]["kind"], "not_a_request");
    let mut rest = Vec::new();
    let _ = script.lines.read_to_end(&mut rest);
    assert!(rest.is_empty());
    assert_eq!(other.ask("handle", &json!({}))["result"], "ana");
}

/// OS-RPC-016: an error has nothing of what was asked.
#[test]
fn os_rpc_016_errors_tell_programs_their_kind_and_nothing_of_the_request() {
    let home = profile();
    let _engine = Engine::start(home.path(), &[]);
    let mut script = Script::connect(home.path());
    let error = script.ask("members", &json!({ "room": "ab".repeat(16) }))["error"].clone();
    assert_eq!(error["code"], 1);
    assert_eq!(error["data"]["kind"], "unknown_room");
    assert_eq!(error["data"]["blame"], "person");
    let link = json!({ "link": "offshift://canary.example:1/CANARY" });
    let error = script.ask("add_relay", &link)["error"].clone();
    assert_eq!(error["data"]["kind"], "bad_link_key");
    for wrong in [json!({ "room": "CANARY" }), json!({ "CANARY": 1 })] {
        let answer = script.ask("members", &wrong);
        assert_eq!(answer["error"]["data"]["kind"], "bad_params");
        assert!(!answer.to_string().contains("CANARY"), "{answer}");
    }
    assert!(!error.to_string().contains("CANARY"), "{error}");
}

#[test]
fn os_rpc_005_the_socket_is_its_owners_alone() {
    let home = profile();
    let _engine = Engine::start(home.path(), &[]);
    let file = fs::metadata(socket(home.path())).unwrap();
    assert!(file.file_type().is_socket());
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

#[test]
fn os_rpc_006_many_calls_are_under_way_and_each_has_its_answer() {
    let home = profile();
    let _engine = Engine::start(home.path(), &[]);
    let (mut one, mut other) = (Script::connect(home.path()), Script::connect(home.path()));
    for id in 0..300 {
        one.calls(id, "handle", &json!({}));
        other.calls(id, "rooms", &json!({}));
    }
    let ids = |script: &mut Script, result: &Value| {
        let mut ids: Vec<u64> = (0..300)
            .map(|_| {
                let answer = script.next();
                assert_eq!(&answer["result"], result);
                answer["id"].as_u64().unwrap()
            })
            .collect();
        ids.sort_unstable();
        ids
    };
    let all: Vec<u64> = (0..300).collect();
    assert_eq!(ids(&mut one, &json!("ana")), all);
    assert_eq!(ids(&mut other, &json!([])), all);
}

#[test]
fn os_rpc_009_a_locked_engine_does_nothing_until_it_is_unlocked() {
    let home = profile();
    let home = home.path();
    let _engine = Engine::start(home, &["--locked"]);
    let mut script = Script::connect(home);
    assert_eq!(script.ask("status", &json!({}))["result"]["state"], "locked");
    for verb in ["handle", "rooms", "sync", "alarms"] {
        assert_eq!(script.refused(verb, &json!({})), "locked");
    }
    assert!(fails(home, &["inbox"]).contains("this profile is locked. Next: offshift unlock"));
    let wrong = script.refused("unlock", &json!({ "passphrase": "some other words here" }));
    assert_eq!(wrong, "vault_wrong_passphrase");
    let mut typed = command(home, &["unlock"]);
    let failed = typed.env("OFFSHIFT_PASSPHRASE", "some other words here").output().unwrap();
    assert!(String::from_utf8_lossy(&failed.stderr).contains("the passphrase is not right"));
    assert_eq!(prints(home, &["unlock"]), "Unlocked.\n");
    assert_eq!(script.ask("handle", &json!({}))["result"], "ana");
    assert_eq!(prints(home, &["inbox"]), "Nothing new.\n");
    assert_eq!(prints(home, &["lock"]), "Locked. Next: offshift unlock\n");
    assert_eq!(script.refused("handle", &json!({})), "locked");
    // The profile is closed, not only hidden: another program may open it.
    let mut elsewhere = command(home, &["inbox"]);
    fs::remove_file(socket(home)).unwrap();
    assert!(elsewhere.output().unwrap().status.success());
}

#[test]
fn os_rpc_012_who_subscribed_hears_that_it_is_locked_and_unlocked() {
    let home = profile();
    let home = home.path();
    let _engine = Engine::start(home, &[]);
    let mut script = Script::connect(home);
    assert_eq!(script.ask("subscribe", &json!({}))["result"], Value::Null);
    prints(home, &["lock"]);
    let event = |script: &mut Script| {
        let line = script.next();
        assert_eq!((&line["method"], line.get("id")), (&json!("event"), None));
        line["params"]["event"].as_str().unwrap().to_owned()
    };
    assert_eq!(event(&mut script), "locked");
    prints(home, &["unlock"]);
    assert_eq!(event(&mut script), "unlocked");
    assert_eq!(script.ask("handle", &json!({}))["result"], "ana");
}

#[test]
fn os_rpc_014_an_engine_that_is_asked_to_end_leaves_nothing_behind() {
    let home = profile();
    let home = home.path();
    let engine = Engine::start(home, &[]);
    let mut script = Script::connect(home);
    script.ask("subscribe", &json!({}));
    engine.terminate();
    assert_eq!(engine.ends(), Some(0));
    let mut rest = Vec::new();
    script.lines.read_to_end(&mut rest).unwrap();
    assert!(!socket(home).exists());
    assert_eq!(prints(home, &["inbox"]), "Nothing new.\n");
    // By a call: the answer comes, then the end.
    let engine = Engine::start(home, &[]);
    let mut script = Script::connect(home);
    assert_eq!(script.ask("shutdown", &json!({}))["result"], Value::Null);
    assert_eq!(prints(home, &["inbox"]), "Nothing new.\n", "whoever comes at once finds it closed");
    assert_eq!(engine.ends(), Some(0));
    assert!(!socket(home).exists());
}

#[test]
fn os_rpc_009_an_engine_that_is_open_calls_no_passphrase_right() {
    let home = profile();
    let home = home.path();
    let _engine = Engine::start(home, &[]);
    let mut script = Script::connect(home);
    for words in ["some other words here", PASSPHRASE] {
        assert_eq!(script.refused("unlock", &json!({ "passphrase": words })), "already_open");
    }
    let open = prints(home, &["unlock"]);
    assert!(!open.contains("Unlocked"), "{open}");
}

#[test]
fn pages_of_the_manual_and_completions_are_made_from_the_commands() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    assert!(prints(home, &["man", "pages"]).contains("offshift.1"));
    let page = fs::read_to_string(home.join("pages/offshift-daemon.1")).unwrap();
    assert!(page.contains("lock\\-after"), "{page}");
    for shell in ["bash", "zsh", "fish"] {
        assert!(prints(home, &["completions", shell]).contains("unlock"), "{shell}");
    }
    assert_eq!(run(home, &["completions", "dos"]).status.code(), Some(64));
}
