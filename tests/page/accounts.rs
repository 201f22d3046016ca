//! Other accounts of the same machine: every one of them can reach a loopback address.

use std::{
    os::unix::process::CommandExt,
    process::{Command, Stdio},
};

use crate::served::Served;

/// An account that is none of ours and exists on every system, as a number.
const NOBODY: u32 = 65_534;

/// What a shell of this account hears when it asks for the page. Bash opens the connection by itself.
fn asks(served: &Served, uid: Option<u32>) -> String {
    let (address, port) = served.at.split_once(':').unwrap();
    let request = String::from_utf8(served.page("GET", "/").head()).unwrap();
    let script = "exec 3<>/dev/tcp/$1/$2; printf %s \"$3\" >&3; head -c 12 <&3";
    let mut command = Command::new("bash");
    command.args(["-c", script, "bash", address, port, &request]);
    command.current_dir("/").stdin(Stdio::null());
    if let Some(uid) = uid {
        command.uid(uid).gid(uid);
    }
    let output = command.output().expect("bash is here");
    String::from_utf8(output.stdout).unwrap()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id is here");
    id.stdout.trim_ascii() == b"0"
}

#[test]
fn os_pag_002_another_account_of_this_machine_hears_nothing() {
    let served = Served::open();
    assert_eq!(asks(&served, None), "HTTP/1.1 200", "the twin");
    if !is_root() {
        eprintln!(
            "SKIPPED: only root can act as another account; the unit tests of neighbour.rs remain"
        );
        return;
    }
    assert_eq!(asks(&served, Some(NOBODY)), "");
    assert_eq!(asks(&served, None), "HTTP/1.1 200", "the twin, afterwards");
}
