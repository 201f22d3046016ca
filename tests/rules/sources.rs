//! What the source text may not contain, and how large it may grow (N1, N4, N5, N8).

use crate::workspace::{files, read, root, sources};

const PURE: [&str; 3] = ["offshift-wire", "offshift-access", "offshift-protocol"];

#[test]
fn n1_the_pure_crates_name_no_clock_file_socket_thread_or_future() {
    let never = [
        "SystemTime",
        "Instant::now",
        "std::fs",
        "std::net::Udp",
        "std::net::Tcp",
        "std::env",
        "std::thread",
        "std::process",
        "async fn",
        "OsRng",
        "SysRng",
        "getrandom",
    ];
    for krate in PURE {
        for source in sources(&format!("crates/{krate}/src")) {
            for word in never {
                let found = source
                    .shipped()
                    .lines()
                    .find(|line| line.contains(word) && !line.trim_start().starts_with("//"));
                assert!(found.is_none(), "{} names {word}", source.path);
            }
        }
    }
}

#[test]
fn n1_every_pure_crate_has_the_clippy_list_of_disallowed_methods() {
    let lists: Vec<_> =
        PURE.iter().map(|krate| read(&format!("crates/{krate}/.clippy.toml"))).collect();
    assert!(lists.iter().all(|list| list == &lists[0]), "the lists are one list");
    assert!(lists[0].contains("SystemTime::now") && lists[0].contains("UdpSocket::bind"));
}

#[test]
fn n4_generated_types_stay_in_a_private_module() {
    let lib = read("crates/offshift-wire/src/lib.rs");
    assert!(lib.contains("\nmod v1 {") && !lib.contains("pub mod v1"));
    for (path, text) in files("crates/offshift-wire/src", ".rs") {
        let leak = text.lines().find(|line| {
            let line = line.trim_start();
            line.starts_with("pub ") && line.contains("v1::")
        });
        assert!(leak.is_none(), "{path}: {leak:?}");
    }
}

#[test]
fn n5_n8_every_crate_takes_the_workspace_lints() {
    let workspace = read("Cargo.toml");
    for line in [
        "unsafe_code = \"forbid\"",
        "unwrap_used = \"deny\"",
        "indexing_slicing = \"deny\"",
        "cast_possible_truncation = \"deny\"",
        "panic = \"deny\"",
        "overflow-checks = true",
    ] {
        assert!(workspace.contains(line), "Cargo.toml lost {line}");
    }
    let manifests = files("crates", "Cargo.toml").into_iter().chain(
        ["tests/Cargo.toml", "tests/bench/Cargo.toml", "tests/table/Cargo.toml"]
            .map(|p| (p.to_owned(), read(p))),
    );
    for (path, text) in manifests {
        assert!(text.contains("[lints]\nworkspace = true"), "{path} does not take the lints");
    }
}

#[test]
fn n8_shipped_code_allows_itself_none_of_the_denied_lints() {
    let denied =
        ["unwrap_used", "expect_used", "clippy::panic", "indexing_slicing", "cast_possible"];
    for source in sources("crates") {
        for line in source.shipped().lines() {
            let allows = line.contains("allow(") && denied.iter().any(|lint| line.contains(lint));
            assert!(!allows, "{}: {line}", source.path);
        }
    }
}

#[test]
fn no_file_has_more_than_700_lines() {
    for folder in ["crates", "tests"] {
        for (path, text) in files(folder, ".rs") {
            assert!(text.lines().count() <= 700, "{path} is too long");
        }
    }
}

#[test]
fn no_name_says_nothing() {
    for folder in ["crates", "tests"] {
        for (path, _) in files(folder, ".rs") {
            let bad = ["utils", "helpers", "common", "manager", "misc"];
            let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
            assert!(!bad.contains(&stem), "{path}");
        }
    }
}

/// Neither blank nor a comment: documentation does not make a crate harder to hold in one head.
fn is_code(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with("//")
}

/// What an auditor reads of the trusted crates: 10,000 before rooms had a door, and the door since: admission (1,100),
/// vouching and motions (1,300), what a lying relay can't hide and the way back (1,300); then tickets and tokens (800), the
/// kinds of daily life and files (500), and words between two epochs (100).
const TRUSTED_LINES_MAX: usize = 14_100;

#[test]
fn the_trusted_crates_are_bounded() {
    let lines: usize = PURE
        .iter()
        .flat_map(|krate| sources(&format!("crates/{krate}/src")))
        .map(|source| source.shipped().lines().filter(|line| is_code(line)).count())
        .sum();
    assert!(lines < TRUSTED_LINES_MAX, "{lines} lines of code without tests");
}

#[test]
fn the_top_level_holds_only_what_the_card_names() {
    let named = ["Cargo.toml", "Cargo.lock", "crates", "proto", "deploy", "tests", "README.md"];
    for entry in std::fs::read_dir(root()).expect("a readable folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let allowed = name.starts_with('.')
            || name.starts_with("LICENSE")
            || name == "target"
            || named.contains(&name.as_str());
        assert!(allowed, "{name} has no place at the top");
    }
}
