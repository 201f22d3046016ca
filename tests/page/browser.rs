//! What the command that opens a browser tells it.

use std::{
    fs, io::Read, net::TcpListener, os::unix::fs::PermissionsExt, path::Path, process::Stdio,
};

use offshift_tests::people::Program;

/// A stand-in for the person's browser, that tells the test what it was told: the link, then its environment.
fn browser(folder: &Path, test: &TcpListener) {
    let port = test.local_addr().unwrap().port();
    let script =
        format!("#!/bin/bash\nexec 3<>/dev/tcp/127.0.0.1/{port}\n{{ echo \"$1\"; env; }} >&3\n");
    let path = folder.join("xdg-open");
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn os_pag_035_the_browser_gets_the_link_and_not_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::existing(&folder.path().join("ana"));
    assert_eq!(program.run(&["start", "--handle", "ana"]).code(), 0);
    let test = TcpListener::bind("127.0.0.1:0").unwrap();
    browser(folder.path(), &test);
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut command = program.command(&["open"]);
    let mut engine = command.env("PATH", path).stderr(Stdio::null()).spawn().unwrap();
    let mut told = String::new();
    test.accept().unwrap().0.read_to_string(&mut told).unwrap();
    engine.kill().unwrap();
    engine.wait().unwrap();
    let (link, environment) = told.split_once('\n').unwrap();
    assert!(link.starts_with("http://127.") && link.contains("/#"));
    assert!(environment.contains("PATH="), "the control");
    assert!(!told.contains("four plain words here") && !told.contains("PASSPHRASE"));
}
