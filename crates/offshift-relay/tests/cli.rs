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
