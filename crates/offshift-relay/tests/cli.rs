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

#[test]
fn an_unknown_setting_exits_78() {
    let directory = tempfile::tempdir().unwrap();
    let config = directory.path().join("relay.toml");
    std::fs::write(&config, "lissten = '127.0.0.1:0'\n").unwrap();
    let served = relay(&["serve", "--dev", "--config", config.to_str().unwrap()]);
    assert_eq!(served.status.code(), Some(78));
    assert!(stderr(&served).contains("did you mean \"listen\"?"));
}
