//! What a person reads, and how each command ends, without any relay.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

fn offshift(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_offshift"))
        .args(arguments)
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .env("OFFSHIFT_PASSPHRASE", "four plain words here")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The error output, the exit code.
fn fails(home: &Path, arguments: &[&str]) -> (String, i32) {
    let output = offshift(home, arguments);
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    (String::from_utf8(output.stderr).unwrap(), output.status.code().unwrap())
}

/// What it prints when it ends well.
fn prints(home: &Path, arguments: &[&str]) -> String {
    let output = offshift(home, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_first_evening_without_a_relay() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    assert_eq!(
        fails(home, &["room", "list"]),
        (
            "offshift: there is no profile here; make one first, or name another. \
             Next: offshift start\n"
                .to_owned(),
            1
        )
    );
    assert_eq!(
        prints(home, &["start", "--handle", "ana"]),
        "Your profile is ready, ana. It is on this device only.\n\
         Your passphrase closes it, and nobody can reset that.\n\
         Next: offshift relay add offshift://...\n"
    );
    assert!(home.join(".local/share/offshift/default/vault").is_file());
    assert_eq!(
        prints(home, &["relay", "list"]),
        "No relay yet. Next: offshift relay add offshift://...\n"
    );
    assert_eq!(prints(home, &["contacts"]), "You met nobody yet. Next: offshift meet show\n");
    assert_eq!(
        prints(home, &["room", "list"]),
        "No room yet. Next: offshift room found NAME --with HANDLE\n"
    );
    assert_eq!(prints(home, &["inbox"]), "Nothing new.\n");
    assert_eq!(
        fails(home, &["meet", "show"]),
        (
            "offshift: this profile has no relay yet; add one first. \
             Next: offshift relay add offshift://...\n"
                .to_owned(),
            1
        )
    );
    assert_eq!(
        fails(home, &["start", "--handle", "ana"]),
        (
            "offshift: there is a profile here already; use it, or name another. \
             Next: offshift --profile OTHER start\n"
                .to_owned(),
            1
        )
    );
}

#[test]
fn what_is_typed_wrongly_is_named_with_the_next_command() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    prints(home, &["start", "--handle", "ana"]);
    let cases: [(&[&str], &str); 9] = [
        (&["relay", "add", "http://relay.example"], "a relay link starts with offshift://"),
        (&["relay", "add", "offshift://relay.example:4433/abc"], "damaged or cut short"),
        (&["meet", "scan", "hello"], "starts with offshift:meet:"),
        (&["meet", "scan", "offshift:meet:aaaa-bbbb"], "damaged or cut short"),
        (&["meet", "confirm"], "no meeting waits for you"),
        (&["room", "found", "Night", "--with", "bob"], "you have not met \"bob\""),
        (&["room", "found", "Night", "--with", "bob", "--with", "eve"], "a second organizer"),
        (&["send", "Night", "hello"], "no room is called \"Night\""),
        (&["--profile", "a b", "inbox"], "only letters, digits"),
    ];
    for (arguments, says) in cases {
        let (error, code) = fails(home, arguments);
        assert_eq!(code, 1, "{arguments:?}: {error}");
        assert!(error.contains(says), "{arguments:?}: {error}");
        assert!(error.starts_with("offshift: ") && error.contains(". Next: "), "{error}");
        assert_eq!(error.lines().count(), 1, "one sentence: {error}");
    }
}

#[test]
fn errors_are_json_for_scripts() {
    let home = tempfile::tempdir().unwrap();
    let (error, code) = fails(home.path(), &["--json", "inbox"]);
    assert_eq!(code, 1);
    let object: serde_json::Value = serde_json::from_str(&error).unwrap();
    assert_eq!(object["code"], 1);
    assert_eq!(object["next"], "offshift start");
}

#[test]
fn usage_errors_end_with_64_and_help_with_0() {
    let home = tempfile::tempdir().unwrap();
    for wrong in [&["fly"][..], &["send"], &["room", "found", "Night"], &["--no-such"], &[]] {
        assert_eq!(offshift(home.path(), wrong).status.code(), Some(64), "{wrong:?}");
    }
    for right in
        [&["--help"][..], &["--version"], &["meet", "--help"], &["room", "found", "--help"]]
    {
        let output = offshift(home.path(), right);
        assert_eq!(output.status.code(), Some(0), "{right:?}");
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn a_short_passphrase_is_refused_before_a_profile_is_made() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("secret"), "short\n").unwrap();
    let start = ["--passphrase-file", "secret", "start", "--handle", "ana"];
    let (error, code) = fails(home.path(), &start);
    assert_eq!(code, 1);
    assert!(error.contains("too short"), "{error}");
    assert!(!home.path().join(".local").exists());
    std::fs::write(home.path().join("secret"), "long enough by far\n").unwrap();
    prints(home.path(), &start);
    prints(home.path(), &["--passphrase-file", "secret", "room", "list"]);
    let (error, code) = fails(home.path(), &["room", "list"]);
    assert_eq!((code, error.contains("passphrase is not right")), (1, true), "{error}");
}

#[test]
fn handles_that_would_steer_a_terminal_are_refused() {
    let home = tempfile::tempdir().unwrap();
    for handle in ["", "a\u{1b}[31m", "two\nlines", "\u{202e}ana", &"x".repeat(33)] {
        let (error, code) = fails(home.path(), &["start", "--handle", handle]);
        assert_eq!(code, 1, "{handle:?}");
        assert!(!error.contains('\u{1b}') && !error.contains('\u{202e}'));
    }
}

#[test]
fn a_profile_that_is_no_profile_is_named() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("mine")).unwrap();
    std::fs::write(home.path().join("mine/vault"), vec![7; 4096]).unwrap();
    let (error, code) = fails(home.path(), &["--profile", "./mine", "inbox"]);
    assert_eq!(code, 1);
    assert!(error.contains("is not an Offshift vault"), "{error}");
}

#[test]
fn the_demo_without_a_relay_program_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let alone = home.path().join("offshift");
    std::fs::copy(env!("CARGO_BIN_EXE_offshift"), &alone).unwrap();
    let output = Command::new(alone).arg("demo").env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("offshift-relay is not beside this one"), "{error}");
}
