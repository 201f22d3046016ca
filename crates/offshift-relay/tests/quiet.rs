//! A process that panics says where, and nothing of what it held.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::process::{Command, Output};

const CANARY: &str = "canary-of-a-member";

/// Set in the child: with or without the hook.
const CHILD: &str = "OFFSHIFT_TEST_PANICS";

/// Runs in the child only.
#[test]
fn child() {
    let Ok(how) = std::env::var(CHILD) else { return };
    if how == "hushed" {
        offshift_relay::quiet::hush_panics();
    }
    let held = format!("{CANARY} at 127.9.8.7");
    let _ = std::thread::spawn(move || panic!("{held}")).join();
    let core = std::fs::read_to_string("/proc/self/limits").unwrap();
    eprintln!("{}", core.lines().find(|line| line.starts_with("Max core")).unwrap());
}

fn child_that(how: &str) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture", "--test-threads=1"]).env(CHILD, how);
    let Output { stdout, stderr, .. } = command.output().unwrap();
    String::from_utf8([stdout, stderr].concat()).unwrap()
}

#[test]
fn os_ops_011_a_panic_says_its_place_and_not_its_message() {
    let said = child_that("hushed");
    assert!(!said.contains(CANARY) && !said.contains("127.9.8.7"), "{said}");
    assert!(said.contains("a defect at") && said.contains("quiet.rs:"), "{said}");
    let control = child_that("aloud");
    assert!(control.contains(CANARY), "the control: without the hook it says all");
}

#[cfg(target_os = "linux")]
#[test]
fn os_ops_012_a_process_that_forbids_them_leaves_no_core_dump() {
    assert!(offshift_relay::quiet::forbid_core_dumps());
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max core")).unwrap();
    assert_eq!(line.split_whitespace().nth(4), Some("0"), "{line}");
}
