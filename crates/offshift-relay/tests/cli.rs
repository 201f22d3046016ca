//! The command line of the plain binary: help, exit codes, next steps.
#![allow(clippy::unwrap_used)]

use std::{
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

use offshift_relay::store::embedded::{EmbeddedStore, Options};

fn relay(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_offshift-relay")).args(args).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn help_is_asked_for_and_succeeds() {
    let help = relay(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    let text = String::from_utf8(help.stdout).unwrap();
    assert!(text.contains("passes messages and cannot read them") && text.contains("serve"));
}

#[test]
fn a_mistyped_command_exits_64() {
    assert_eq!(relay(&["srve"]).status.code(), Some(64));
    assert_eq!(relay(&["serve", "--listen", "nonsense"]).status.code(), Some(64));
}

#[test]
fn link_without_a_relay_says_how_to_start_one() {
    let empty = tempfile::tempdir().unwrap();
    let shown = relay(&["link", "--data", empty.path().to_str().unwrap()]);
    assert_eq!(shown.status.code(), Some(1));
    assert!(stderr(&shown).contains("offshift-relay serve"));
}

#[test]
fn holdings_without_data_leaves_the_directory_as_it_was() {
    let empty = tempfile::tempdir().unwrap();
    let shown = relay(&["holdings", "--data", empty.path().to_str().unwrap()]);
    assert_eq!(shown.status.code(), Some(1));
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0);
}

/// A data directory with an empty store.
fn made(data: &Path) {
    drop(EmbeddedStore::open(Options::new(data.join("store"), 1 << 30)).unwrap());
}

#[test]
fn whoever_stops_reading_meets_no_panic() {
    let data = tempfile::tempdir().unwrap();
    made(data.path());
    for form in [&["--json"][..], &[]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_offshift-relay"));
        command.args(["holdings", "--data"]).arg(data.path()).args(form).stdout(writer);
        let shown = command.output().unwrap();
        assert_eq!((shown.status.code(), stderr(&shown)), (Some(0), String::new()));
    }
}

#[test]
fn a_directory_that_was_there_keeps_its_permissions() {
    let data = tempfile::tempdir().unwrap();
    std::fs::set_permissions(data.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    made(data.path());
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let shown = relay(&["holdings", "--data", data.path().to_str().unwrap()]);
    assert_eq!(shown.status.code(), Some(0));
    assert_eq!((mode(data.path()), mode(&data.path().join("store"))), (0o755, 0o700));
}

/// A settings file in a directory of its own.
fn settings(text: &str) -> (tempfile::TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    let config = directory.path().join("relay.toml");
    std::fs::write(&config, text).unwrap();
    let config = config.to_str().unwrap().to_owned();
    (directory, config)
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn an_unknown_setting_exits_78_with_its_place_and_a_suggestion() {
    let (_kept, config) = settings("[relay]\nlissten = '127.0.0.1:0'\n");
    let served = relay(&["serve", "--dev", "--config", &config]);
    assert_eq!(served.status.code(), Some(78));
    let wanted = format!(
        "offshift-relay: {config}, line 2, column 1: unknown key \"lissten\" in [relay]; \
         did you mean \"listen\"?\n"
    );
    assert_eq!(stderr(&served), wanted);
}

#[test]
fn a_settings_file_that_is_not_there_exits_78() {
    let served = relay(&["serve", "--dev", "--config", "/nowhere/relay.toml"]);
    assert_eq!(served.status.code(), Some(78));
    assert!(stderr(&served).contains("check --config"));
}

#[test]
fn a_wrong_flag_exits_1_and_names_it() {
    let served = relay(&["serve", "--dev", "--public", "not a host"]);
    assert_eq!(served.status.code(), Some(1));
    assert!(stderr(&served).contains("public in [relay] must be a host name"));
}

fn project(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

#[test]
fn the_example_that_is_deployed_is_what_the_program_prints() {
    let printed = stdout(&relay(&["config", "example"]));
    let kept = std::fs::read_to_string(project("deploy/offshift-relay.toml.example")).unwrap();
    assert!(
        kept == printed,
        "renew it: offshift-relay config example > deploy/offshift-relay.toml.example"
    );
}

#[test]
fn every_settings_file_that_ever_was_still_opens() {
    let mut opened = 0;
    for entry in std::fs::read_dir(project("tests/fixtures/config")).unwrap() {
        let path = entry.unwrap().path();
        let shown = relay(&["config", "show", "--source", "--config", path.to_str().unwrap()]);
        assert_eq!(shown.status.code(), Some(0), "{}: {}", path.display(), stderr(&shown));
        let (_kept, again) = settings(&stdout(&shown));
        assert_eq!(relay(&["config", "show", "--config", &again]).status.code(), Some(0));
        opened += 1;
    }
    assert!(opened >= 2);
}

#[test]
fn config_show_tells_where_each_value_comes_from() {
    let (_kept, config) = settings("[keep]\nmax_life = \"1d\"\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_offshift-relay"));
    command.args(["config", "show", "--source", "--config", &config, "--public", "a.example"]);
    let text = stdout(&command.env("OFFSHIFT_LOG", "info").output().unwrap());
    let line = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("max_life"), format!("max_life = \"1d\" # {config}:2"));
    assert_eq!(line("public"), "public = \"a.example\" # flag --public");
    assert_eq!(line("level"), "level = \"info\" # environment OFFSHIFT_LOG");
    assert_eq!(line("mode"), "mode = \"tickets\" # default");
}

#[test]
fn migrate_writes_the_new_format_and_keeps_the_old_file() {
    let old = std::fs::read_to_string(project("tests/fixtures/config/v1.toml")).unwrap();
    let (_kept, config) = settings(&old);
    let printed = stdout(&relay(&["config", "migrate", &config]));
    assert_eq!(std::fs::read_to_string(&config).unwrap(), old, "without --write it only prints");
    let before = stdout(&relay(&["config", "show", "--config", &config]));
    assert!(stderr(&relay(&["config", "show", "--config", &config])).contains("config migrate"));

    assert_eq!(relay(&["config", "migrate", &config, "--write"]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(&config).unwrap(), printed);
    assert_eq!(std::fs::read_to_string(format!("{config}.old")).unwrap(), old);
    assert_eq!(stdout(&relay(&["config", "show", "--config", &config])), before);
    let again = relay(&["config", "migrate", &config, "--write"]);
    assert!(stdout(&again).contains("new format already"));
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(stdout(&relay(&["completions", shell])).contains("serve"), "{shell}");
    }
    let pages = tempfile::tempdir().unwrap();
    let written = relay(&["man", "--dir", pages.path().to_str().unwrap()]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    for page in ["offshift-relay.1", "offshift-relay-serve.1", "offshift-relay-config-show.1"] {
        assert!(pages.path().join(page).is_file(), "{page}");
    }
    assert!(stdout(&relay(&["man"])).contains("offshift-relay"));
}

/// Answers for a relay of this machine alone: its directory, and the answers' and the settings' files.
fn answers(more: &str) -> (tempfile::TempDir, String, String) {
    let directory = tempfile::tempdir().unwrap();
    let port = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let at = directory.path().to_str().unwrap();
    let text = format!(
        "[relay]\npublic = '127.0.0.1'\nlisten = '127.0.0.1:{port}'\ndata = '{at}/data'\n{more}"
    );
    let (answers, config) = (format!("{at}/answers.toml"), format!("{at}/relay.toml"));
    std::fs::write(&answers, text).unwrap();
    (directory, answers, config)
}

#[test]
fn init_makes_settings_an_identity_a_link_and_a_ticket() {
    let (_kept, answers, config) = answers("contact = 'room 12'\n[keep]\nmax_life = '3d'\n");
    let made = relay(&["init", "--yes", "--answers", &answers, "--config", &config]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let text = stdout(&made);
    let link = text.lines().find_map(|line| line.strip_prefix("link: ")).unwrap();
    assert!(text.contains(&format!("offshift relay add '{link}#")), "a ticket with the link");

    let mode = std::fs::metadata(&config).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o640);
    let shown = stdout(&relay(&["config", "show", "--config", &config]));
    assert!(shown.contains("max_life = \"3d\"") && shown.contains("mode = \"tickets\""));
    let written = std::fs::read_to_string(&config).unwrap();
    assert!(written.contains("\nmode = \"tickets\"\n") && written.contains("\n#disk_mb = 10240\n"));
    assert_eq!(stdout(&relay(&["link", "--config", &config])).lines().next(), Some(link));
}

#[test]
fn init_a_second_time_changes_nothing_and_says_so() {
    let (kept, answers, config) = answers("");
    let init = || relay(&["init", "--yes", "--answers", &answers, "--config", &config]);
    assert_eq!(init().status.code(), Some(0));
    let before =
        (std::fs::read(&config).unwrap(), std::fs::read(kept.path().join("data/link")).unwrap());
    let again = init();
    assert_eq!(again.status.code(), Some(0));
    assert!(stdout(&again).contains("Nothing was changed."));
    let after =
        (std::fs::read(&config).unwrap(), std::fs::read(kept.path().join("data/link")).unwrap());
    assert_eq!(before, after);
}

#[test]
fn init_with_a_taken_port_says_so_and_writes_nothing() {
    let (_kept, answers, config) = answers("");
    let text = std::fs::read_to_string(&answers).unwrap();
    let listen = text.lines().find_map(|line| line.strip_prefix("listen = ")).unwrap();
    let taken = std::net::UdpSocket::bind(listen.trim_matches('\'')).unwrap();
    let made = relay(&["init", "--yes", "--answers", &answers, "--config", &config]);
    assert_eq!(made.status.code(), Some(1));
    assert!(stderr(&made).contains("Another program has port"));
    assert!(!Path::new(&config).exists());
    drop(taken);
}

#[test]
fn init_with_a_data_directory_puts_the_settings_there_where_every_command_finds_them() {
    let (kept, answers, _) = answers("");
    let data = kept.path().join("elsewhere").to_str().unwrap().to_owned();
    let made = relay(&["init", "--yes", "--answers", &answers, "--data", &data]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let shown = stdout(&relay(&["config", "show", "--source", "--data", &data]));
    assert!(shown.contains(&format!("# {data}/relay.toml:")), "{shown}");
    assert_eq!(relay(&["link", "--data", &data]).status.code(), Some(0));
}

#[test]
fn init_refuses_answers_that_it_does_not_understand_with_their_place() {
    let (_kept, answers, config) = answers("");
    for (text, wanted) in [
        ("relay_name = 'x'\n", ", line 1, column 1: unknown key \"relay_name\""),
        ("[relay]\n  name = 'x'\n", ", line 2, column 3: unknown key \"name\" in [relay]"),
        ("public = '127.0.0.1'\n", ", line 1, column 1: answers stand under tables"),
    ] {
        std::fs::write(&answers, text).unwrap();
        let made = relay(&["init", "--yes", "--answers", &answers, "--config", &config]);
        assert_eq!(made.status.code(), Some(78));
        assert!(stderr(&made).contains(&format!("{answers}{wanted}")), "{}", stderr(&made));
        assert!(!Path::new(&config).exists());
    }
}

/// Types lines, as a person would.
fn typed(args: &[&str], lines: &str) -> Output {
    use std::io::Write;
    let mut command = Command::new(env!("CARGO_BIN_EXE_offshift-relay"));
    let pipe = || std::process::Stdio::piped();
    let mut child = command.args(args).stdin(pipe()).stdout(pipe()).stderr(pipe()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn init_asks_checks_each_answer_and_asks_again() {
    let (kept, _, config) = answers("");
    let data = kept.path().join("data").to_str().unwrap().to_owned();
    let port = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let lines = format!(
        "not a host\n127.0.0.1\n0\n127.0.0.1:{port}\nclosed\ntickets\nroom 12\n{data}\nmemory\n"
    );
    let made = typed(&["init", "--config", &config], &lines);
    assert_eq!(made.status.code(), Some(0), "{}{}", stdout(&made), stderr(&made));
    let text = stdout(&made);
    for said in [
        "must be a host name or an address",
        "Port 0 is another one at each start",
        "mode in [access] must be \"tickets\" or \"open\"",
        "forgets all waiting messages",
        "The first ticket",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let shown = stdout(&relay(&["config", "show", "--config", &config]));
    assert!(shown.contains("custody = \"memory\"") && shown.contains("contact = \"room 12\""));

    let kept_as_it_was = std::fs::read(&config).unwrap();
    let again = typed(&["init", "--config", &config], "no\n");
    assert!(stdout(&again).contains("Nothing was changed."));
    assert_eq!(std::fs::read(&config).unwrap(), kept_as_it_was);
}

#[test]
fn init_without_anybody_to_answer_writes_nothing() {
    let (_kept, _, config) = answers("");
    let made = typed(&["init", "--config", &config], "");
    assert_eq!(made.status.code(), Some(1));
    assert!(stderr(&made).contains("init --yes --answers FILE") && !Path::new(&config).exists());
}

#[test]
fn check_finds_a_machine_that_was_set_up_fit() {
    let (_kept, answers, config) = answers("contact = 'room 12'\n[keep]\ndisk_mb = 1\n");
    assert_eq!(
        relay(&["init", "--yes", "--answers", &answers, "--config", &config]).status.code(),
        Some(0)
    );
    let checked = relay(&["check", "--json", "--config", &config]);
    assert_eq!(checked.status.code(), Some(0), "{}{}", stdout(&checked), stderr(&checked));
    let report: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let outcome = |what: &str| {
        let lines = report["lines"].as_array().unwrap();
        lines.iter().find(|line| line["what"] == what).unwrap()["outcome"].clone()
    };
    for what in ["settings", "access", "data", "disk", "clock", "UDP", "port", "public name"] {
        assert_eq!(outcome(what), "ok", "{what}");
    }
    let text = stdout(&relay(&["check", "--config", &config]));
    assert!(text.starts_with("ok     settings       "), "{text}");
}

#[test]
fn check_says_what_is_wrong_and_exits_1_or_78() {
    let (_kept, answers, config) = answers("");
    let taken = std::fs::read_to_string(&answers).unwrap();
    let listen = taken.lines().find_map(|line| line.strip_prefix("listen = ")).unwrap();
    let socket = std::net::UdpSocket::bind(listen.trim_matches('\'')).unwrap();
    let checked = relay(&["check", "--config", &answers]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(stdout(&checked).contains("WRONG  port") && stdout(&checked).contains("sudo ss -ulpn"));
    drop(socket);

    std::fs::write(&config, "[keep]\ndisk_mb = 0\n").unwrap();
    let checked = relay(&["check", "--json", "--config", &config]);
    assert_eq!(checked.status.code(), Some(78));
    assert!(stdout(&checked).contains("line 2, column 11: disk_mb in [keep] must be"));
}

/// The help of a command, on a screen of 100 columns.
fn help(command: &str) -> String {
    let mut asked = Command::new(env!("CARGO_BIN_EXE_offshift-relay"));
    let asked =
        asked.args(command.split(' ')).arg("--help").env("COLUMNS", "100").output().unwrap();
    assert_eq!(asked.status.code(), Some(0), "{command}");
    stdout(&asked)
}

#[test]
fn help_reads_as_it_was_written() {
    let init = "\
Set up a relay: a few questions, a settings file, its identity, a first ticket

Usage: offshift-relay init [OPTIONS]

Options:
      --config <FILE>   Write the settings to this file [default: /etc/offshift-relay/relay.toml if
                        you may, or relay.toml in the data directory]
      --data <DIR>      Keep the relay's data here, and the settings beside it unless --config says
                        where
      --yes             Ask nothing: take --answers, and the usual for the rest
      --answers <FILE>  Answers for --yes, written like a settings file: any of its keys
  -h, --help            Print help
";
    assert_eq!(help("init"), init);
    let check = "\
Look whether this machine and the settings are fit for a relay

Usage: offshift-relay check [OPTIONS]

Options:
      --data <DIR>     Where the relay keeps its data [default: what the settings say, or
                       offshift-relay in your state directory]
      --config <FILE>  Settings from this TOML file [default: relay.toml in --data DIR, or
                       /etc/offshift-relay/relay.toml, if it is there] [env: OFFSHIFT_RELAY_CONFIG]
      --json           For scripts
  -h, --help           Print help
";
    assert_eq!(help("check"), check);
    for command in ["serve", "config show", "config example", "config migrate", "link", "man"] {
        assert!(help(command).contains("Usage: offshift-relay "), "{command}");
    }
}
