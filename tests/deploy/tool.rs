//! Programs that a machine may lack.

use std::{
    io::{self, Write},
    process::{Command, Output},
};

/// What a program of the system prints; nothing, and a notice past the test harness's capture, where there is none.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).env("SYSTEMD_COLORS", "0").output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let notice = format!("NOT CHECKED: there is no {program} on this machine\n");
            io::stderr().write_all(notice.as_bytes()).unwrap();
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

/// Both outputs as text.
pub(crate) fn text(output: &Output) -> String {
    let bytes = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(bytes).unwrap()
}
