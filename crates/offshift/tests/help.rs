//! Every help text, as one page that people review: `tests/help.txt`.
//!
//! After a change of words: `OFFSHIFT_WRITE_HELP=1 cargo test -p offshift --test help`, then read the difference.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{env, fs, path::Path, process::Command};

const COMMANDS: [&str; 47] = [
    "",
    "start",
    "relay",
    "relay add",
    "relay ticket",
    "relay list",
    "meet",
    "meet show",
    "meet scan",
    "meet confirm",
    "contacts",
    "room",
    "room found",
    "room list",
    "room add",
    "room applicants",
    "room object",
    "room admit",
    "room go-on",
    "vouch",
    "members",
    "sever",
    "recall",
    "review",
    "exposure",
    "policy",
    "policy show",
    "policy propose",
    "policy approve",
    "phone",
    "phone link",
    "phone scan",
    "phone stop",
    "alarms",
    "note",
    "send",
    "passphrase",
    "export",
    "import",
    "wipe",
    "profile list",
    "daemon",
    "lock",
    "unlock",
    "status",
    "man",
    "completions",
];

fn help(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_offshift"))
        .args(command.split_whitespace())
        .arg("--help")
        .env_clear()
        .output()
        .unwrap();
    assert!(output.status.success(), "{command}");
    let text = String::from_utf8(output.stdout).unwrap();
    // What every command takes is shown once.
    let mut own = text.as_str();
    let mut examples = "";
    if let (Some(from), false) = (text.find("\nWith every command:"), command.is_empty()) {
        own = &text[..from];
        let rest = &text[from + 1..];
        examples = rest.find("\n\n").map(|end| &rest[end..]).unwrap_or_default();
    }
    format!(
        "$ offshift {}\n{}{}\n\n",
        format!("{command} --help").trim(),
        own.trim_end(),
        examples.trim_end()
    )
}

#[test]
fn help_reads_as_it_was_reviewed() {
    let page: String = COMMANDS.iter().map(|command| help(command)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/help.txt");
    if env::var_os("OFFSHIFT_WRITE_HELP").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let reviewed = fs::read_to_string(&path).unwrap_or_default();
    for (line, (now, before)) in page.lines().zip(reviewed.lines()).enumerate() {
        assert_eq!(now, before, "line {}", line + 1);
    }
    assert_eq!(page.lines().count(), reviewed.lines().count());
}

#[test]
fn help_says_what_can_be_taken_back_and_fits_a_terminal() {
    for command in COMMANDS {
        let text = help(command);
        let wide = text.lines().find(|line| line.chars().count() > 120);
        assert!(wide.is_none(), "{command}: {wide:?}");
        for word in
            ["MLS", "epoch", "commit", "encrypt", "key package", "server", "node", "Welcome"]
        {
            assert!(!text.contains(word), "{command}: {word}");
        }
    }
}

/// Every object that the sources print is on the page that scripts are written by.
#[test]
fn every_event_is_on_the_page_for_scripts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("../../proto/spec/commands.md")).unwrap();
    let mut names = Vec::new();
    for folder in ["src/command", "src/command/wording"] {
        for file in fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                names.extend(events(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(names.len() > 20, "the control: the sources are found");
    for name in names {
        assert!(page.contains(&format!("`{name}`")), "proto/spec/commands.md lacks {name}");
    }
}

fn events(source: &str) -> Vec<String> {
    let after = source.split("\"event\": \"").skip(1);
    after.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}
