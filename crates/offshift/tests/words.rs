//! No sentence escapes the words: in the language `xx`, which is English in other letters, no English is left.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

fn offshift(home: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_offshift"))
        .args(arguments)
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .env("OFFSHIFT_PASSPHRASE", "four plain words here")
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// All that a person reads.
fn reads(home: &Path, arguments: &[&str]) -> String {
    let output = offshift(home, &[], &[&["--lang", "xx"], arguments].concat());
    assert_ne!(output.status.code(), Some(64), "{arguments:?}");
    let text = [output.stdout, output.stderr].concat();
    String::from_utf8(text).unwrap()
}

/// What is still in plain letters, but for what people named themselves.
fn english<'a>(text: &'a str, names: &[&str]) -> Vec<&'a str> {
    let is_english = |word: &&str| {
        let letters = word.chars().filter(char::is_ascii_alphabetic).count();
        letters > 1 && !names.iter().any(|name| word.contains(name))
    };
    text.split_whitespace().filter(is_english).collect()
}

#[test]
fn no_command_says_a_sentence_that_is_not_of_the_words() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let commands: [&[&str]; 46] = [
        &["room", "list"],
        &["start", "--handle", "ana"],
        &["start", "--handle", "ana"],
        &["start"],
        &["--passphrase-file", "none", "inbox"],
        &["--profile", "a b", "inbox"],
        &["relay", "list"],
        &["relay", "add", "http://relay.example"],
        &["relay", "add", "offshift://relay.example:4433/abc"],
        &["relay", "ticket", "offshift://relay.example:4433/abc"],
        &["contacts"],
        &["room", "list"],
        &["room", "found", "Night", "--with", "bob"],
        &["room", "found", "Night", "--with", "bob", "--with", "eve"],
        &["room", "applicants", "Night"],
        &["inbox"],
        &["meet", "show"],
        &["meet", "scan", "hello"],
        &["meet", "scan", "offshift:meet:aaaa-bbbb"],
        &["meet", "confirm"],
        &["phone", "scan", "hello"],
        &["send", "Night", "hello"],
        &["search", "hello"],
        &["members", "Night"],
        &["alarms"],
        &["policy", "show", "Night"],
        &["policy", "propose", "Night", "calls=no"],
        &["sever", "Night", "bob"],
        &["vouch", "Night", "bob"],
        &["note", "Night", "bob", "x"],
        &["status"],
        &["lock"],
        &["unlock"],
        &["profile", "list"],
        &["passphrase"],
        &["export", "copy.age"],
        &["--profile", "other", "import", "none.age"],
        &["file", "send", "Night", "none.txt"],
        &["file", "waiting"],
        &["file", "go-on"],
        &["file", "cancel", "1234"],
        &["daemon", "--stop"],
        &["phone", "list", "Night"],
        &["policy", "propose", "Night", "nothing=of ours"],
        &["open", "--no-browser", "--locked", "--profile", "none"],
        &["wipe"],
    ];
    for arguments in commands {
        let text = reads(home, arguments);
        assert!(!text.trim().is_empty(), "{arguments:?} says nothing");
        let left = english(&text, &["ana", "bob", "Night", "default"]);
        assert!(left.is_empty(), "{arguments:?} says {left:?} in: {text}");
    }
}

#[test]
fn the_control_finds_english() {
    let home = tempfile::tempdir().unwrap();
    let output = offshift(home.path(), &[], &["room", "list"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(english(&text, &[]).contains(&"profile"), "{text}");
}

#[test]
fn the_language_comes_from_the_option_and_else_from_the_system() {
    let home = tempfile::tempdir().unwrap();
    let says = |variables: &[(&str, &str)], arguments: &[&str]| {
        let output = offshift(home.path(), variables, arguments);
        String::from_utf8(output.stderr).unwrap()
    };
    let english = says(&[], &["inbox"]);
    let other = says(&[], &["--lang", "xx", "inbox"]);
    assert_ne!(english, other);
    assert_eq!(says(&[("LC_ALL", "xx_XX.UTF-8")], &["inbox"]), other);
    assert_eq!(says(&[("LANG", "xx")], &["inbox"]), other);
    assert_eq!(says(&[("LANG", "xx")], &["--lang", "en", "inbox"]), english, "the option wins");
    assert_eq!(says(&[("LC_ALL", "C"), ("LANG", "xx")], &["inbox"]), english);
    let unknown = offshift(home.path(), &[], &["--lang", "tlh", "inbox"]);
    assert_eq!(unknown.status.code(), Some(64));
}
