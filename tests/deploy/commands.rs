//! Every command in the pages exists, with these words and flags.

use std::process::Command;

use offshift_tests::relay::binary;

use crate::pages::{Line, commands, pages};

/// Whether the program knows all that stands in the line: with `--help` behind it, clap reads it all and runs nothing.
fn parses(line: &Line) -> bool {
    let mut command = Command::new(binary(&line.program));
    let output = command.args(&line.arguments).arg("--help").output().expect("the binary is built");
    output.status.success()
}

#[test]
fn every_command_in_the_pages_parses() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for (path, text) in pages() {
        for line in commands(&text) {
            count += 1;
            if !parses(&line) {
                wrong.push(format!("{path}: {} {}", line.program, line.arguments.join(" ")));
            }
        }
    }
    assert!(wrong.is_empty(), "commands that don't exist:\n{}", wrong.join("\n"));
    assert!(count > 60, "the pages have commands: {count}");
}

/// The control of the test above.
#[test]
fn a_command_that_does_not_exist_does_not_parse() {
    let line = |words: &[&str]| Line {
        program: "offshift-relay".to_owned(),
        arguments: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    assert!(parses(&line(&["serve", "--dev"])));
    assert!(!parses(&line(&["serve", "--devv"])));
    assert!(!parses(&line(&["sserve"])));
    assert!(!parses(&line(&["serve", "--listen", "nowhere"])));
}
