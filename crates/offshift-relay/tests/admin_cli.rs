//! What a host does day by day, by the real binary: status, health, tickets, identity, backup, papers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod host;

use std::{
    fs,
    io::{Read, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream, process::CommandExt},
    process::Command,
};

use host::{Host, PASSPHRASE, relay, text};
use offshift_link::{Link, LinkError, Options};
use offshift_wire::code::Refusal;
use serde_json::Value;

#[test]
fn os_ops_101_commands_say_the_same_whether_the_relay_runs_or_not() {
    let host = Host::new();
    let none = host.run(&["ticket", "list"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(text(&none.stderr).contains("offshift-relay serve"));

    let running = host.serve();
    assert!(host.ok(&["ticket", "list"]).contains("ticket new"));
    let online: Value = host.json(&["ticket", "new", "--seats", "3", "--days", "10", "--json"]);
    let (id, code) = (online[0]["id"].as_str().unwrap(), online[0]["code"].as_str().unwrap());
    assert!(code.starts_with(&format!("{}#", running.link())));
    let list = host.json(&["ticket", "list", "--json"]);
    assert_eq!((&list[0]["id"], &list[0]["state"]), (&Value::from(id), &Value::from("good")));
    assert_eq!(running.stop(), Some(0));

    assert_eq!(host.json(&["ticket", "list", "--json"]), list, "offline");
    let offline = host.json(&["ticket", "new", "--count", "2", "--json"]);
    assert_eq!(offline.as_array().unwrap().len(), 2);
    let ended = offline[0]["id"].as_str().unwrap();
    let asked = host.run(&["ticket", "revoke", ended]);
    assert_eq!(asked.status.code(), Some(1), "nobody is there to be asked");
    assert!(text(&asked.stderr).contains("--yes"));
    host.ok(&["ticket", "revoke", ended, "--yes"]);

    let running = host.serve();
    let again = host.json(&["ticket", "list", "--json"]);
    let state = |id: &Value| {
        let found = again.as_array().unwrap().iter().find(|ticket| ticket["id"] == *id).unwrap();
        found["state"].clone()
    };
    assert_eq!(state(&offline[0]["id"]), "revoked");
    assert_eq!(state(&offline[1]["id"]), "good");
    assert_eq!(state(&online[0]["id"]), "good");
    assert_eq!(running.stop(), Some(0));
}

#[tokio::test]
async fn a_printed_ticket_buys_tokens_until_it_is_revoked() {
    let host = Host::new();
    let _running = host.serve();
    let sheet = host.ok(&["ticket", "new", "--qr"]);
    assert!(sheet.contains('█') && sheet.contains("Keep it like a key"));
    let code = sheet.split('\'').nth(1).unwrap().to_owned();
    let id = sheet.split("ticket revoke ").nth(1).unwrap().trim_end_matches(")\n").to_owned();
    assert!(host::redeem(&code).await.is_ok());
    let list = host.json(&["ticket", "list", "--json"]);
    assert_eq!(list[0]["seats_used"], 1);
    let ended = host.ok(&["ticket", "revoke", &id, "--yes"]);
    assert!(ended.contains(&id));
    assert_eq!(host::redeem(&code).await, Err(LinkError::Refused(Refusal::BadTicket)));
    let missing = host.run(&["ticket", "revoke", "ffffffff", "--yes"]);
    assert!(text(&missing.stderr).contains("ticket list"));
}

#[test]
fn os_ops_110_health_is_a_real_message_and_fails_when_nobody_answers() {
    let host = Host::new();
    let running = host.serve();
    assert!(host.ok(&["health"]).contains("gave it back"));
    assert_eq!(host.json(&["health", "--json", "--public"])["healthy"], true);
    let status = host.json(&["status", "--json"]);
    assert_eq!(status["link"], running.link());
    assert_eq!(status["access"], "tickets");
    assert_eq!(status["envelopes"], 0, "fewer than ten are not told");
    assert!(status["running"]["since"].as_u64().unwrap().is_multiple_of(3600));
    assert!(host.ok(&["status"]).contains("fewer than 10"));
    assert_eq!(running.stop(), Some(0));
    let down = host.run(&["health"]);
    assert_eq!(down.status.code(), Some(3));
    assert!(text(&down.stderr).contains("does not run"));
    assert!(host.ok(&["status"]).contains("Start it"));
}

#[test]
fn os_ops_113_a_monitoring_system_gets_its_exit_codes() {
    let host = Host::new();
    let nagios = || {
        let told = host.run(&["status", "--nagios"]);
        let line = text(&told.stdout);
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(line.starts_with("OFFSHIFT "), "{line}");
        (told.status.code().unwrap(), line)
    };
    assert_eq!(nagios().0, 3, "there is no relay here");
    let running = host.serve();
    let (code, line) = nagios();
    assert_eq!(code, 1, "no ticket: {line}");
    host.ok(&["ticket", "new"]);
    let (code, line) = nagios();
    assert_eq!(code, 0, "{line}");
    assert!(line.contains("| disk=0MB") && !line.contains("connections"), "{line}");
    assert_eq!(running.stop(), Some(0));
    assert_eq!(nagios().0, 2, "it does not run");
}

#[test]
fn os_ops_102_another_user_is_turned_away_without_a_word() {
    let host = Host::new();
    if !rustix::process::geteuid().is_root() {
        eprintln!("SKIPPED os_ops_102: only root can act as another user");
        return;
    }
    let _running = host.serve();
    // All that could stop it but the look at who asks is taken away.
    let socket = host.data().join("admin.sock");
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    for (path, mode) in [(host.path(), 0o755), (host.data(), 0o755), (socket.clone(), 0o777)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let program = host.path().join("offshift-relay");
    fs::copy(env!("CARGO_BIN_EXE_offshift-relay"), &program).unwrap();
    let ask = |uid: u32| {
        let mut command = Command::new(&program);
        command.args(["status", "--data"]).arg(host.data()).uid(uid).env_remove("HOME");
        command.output().unwrap()
    };
    let other = ask(65_534);
    assert_eq!((other.status.code(), text(&other.stdout)), (Some(1), String::new()));
    assert!(text(&other.stderr).contains("only root and its own user"), "{}", text(&other.stderr));
    assert_eq!(ask(0).status.code(), Some(0), "the control");
}

#[test]
fn os_ops_104_what_is_no_question_gets_no_answer_and_does_no_harm() {
    let host = Host::new();
    let _running = host.serve();
    let told = |bytes: &[u8]| {
        let mut socket = UnixStream::connect(host.data().join("admin.sock")).unwrap();
        // The relay may close before it has read all of it.
        let _ = socket.write_all(bytes);
        let mut answer = String::new();
        let _ = socket.read_to_string(&mut answer);
        answer
    };
    assert_eq!(told(b"hello\n"), "");
    assert_eq!(told(b"{\"status\":1}\n"), "");
    assert_eq!(told(&vec![b'x'; 1 << 20]), "");
    let status = format!("\"status\"\n{}", "\"status\"\nnonsense\n");
    assert_eq!(
        told(status.as_bytes()).lines().count(),
        2,
        "the control: two questions and the end"
    );
    host.ok(&["status"]);
}

#[test]
fn os_ops_103_a_dead_socket_is_replaced_and_nothing_else_is() {
    let host = Host::new();
    let running = host.serve();
    running.kill();
    assert!(host.data().join("admin.sock").exists(), "kill -9 leaves it behind");
    let running = host.serve();
    host.ok(&["status"]);

    let other = Host::new();
    let settings = other.path().join("relay.toml");
    let socket = host.data().join("admin.sock");
    fs::write(&settings, format!("[admin]\nsocket = {:?}\n", socket.to_str().unwrap())).unwrap();
    let refused = other.try_serve(&["--config", settings.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("another relay answers"));
    host.ok(&["status"]);
    assert_eq!(running.stop(), Some(0));
    assert!(!socket.exists(), "a clean end removes it");

    fs::write(&socket, "a shopping list").unwrap();
    let refused = host.try_serve(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("is no socket"));
    assert_eq!(fs::read_to_string(&socket).unwrap(), "a shopping list");
}

/// OS-OPS-122 and OS-OPS-123, too: nothing that is there is written over.
#[test]
fn os_ops_120_a_backup_brings_the_relay_back_but_no_message() {
    let host = Host::new();
    let running = host.serve();
    let link = running.link();
    let ticket = host.json(&["ticket", "new", "--json"]);
    let code = ticket[0]["code"].as_str().unwrap().to_owned();
    host::block_on(host::deposit_with(&code)).unwrap();
    let (backup, passphrase) = (host.path().join("relay.backup"), host.passphrase(PASSPHRASE));
    let (backup, passphrase) = (backup.to_str().unwrap(), passphrase.to_str().unwrap());
    let sealed = ["--passphrase-file", passphrase];
    let told = host.ok(&[&["backup", "create", backup][..], &sealed].concat());
    assert!(told.contains("like a key") && told.contains("once more"), "{told}");
    assert_eq!(fs::metadata(backup).unwrap().permissions().mode() & 0o777, 0o600);
    let twice = host.run(&[&["backup", "create", backup][..], &sealed].concat());
    assert!(text(&twice.stderr).contains("choose another name"));
    assert!(host.ok(&[&["backup", "verify", backup][..], &sealed].concat()).contains("is sound"));
    let drilled = host.ok(&[&["backup", "drill", backup][..], &sealed].concat());
    assert!(drilled.contains("with all its tickets"), "{drilled}");
    assert_eq!(running.stop(), Some(0));

    // Offline, and without a file of its own.
    assert!(host.ok(&["backup", "drill"]).contains("The backup works"));
    let refused = host.run(&[&["backup", "restore", backup][..], &sealed].concat());
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("is not empty"));

    let new = Host::new();
    let told = new.ok(&[&["backup", "restore", backup][..], &sealed].concat());
    assert!(told.contains("two machines"), "{told}");
    assert_eq!(new.json(&["holdings", "--json"])["envelopes"], 0);
    assert_eq!(host.json(&["holdings", "--json"])["envelopes"], 1, "the control");
    let running = new.serve();
    let (relay, port) = (|link: &str| link.rsplit('/').next().unwrap().to_owned(), running.link());
    assert_ne!(relay(&link), "", "the control");
    assert_eq!(host::id(&port), host::id(&link), "the same relay");
    assert_eq!(new.json(&["ticket", "list", "--json"])[0]["id"], ticket[0]["id"]);
    // The ticket of the old machine is good here. Its link has the old port.
    let moved = host::at(&code, &running.link());
    host::block_on(host::redeem(&moved)).unwrap();
    assert_eq!(running.stop(), Some(0));
}

#[test]
fn os_ops_121_a_damaged_backup_and_a_wrong_passphrase_are_told_apart() {
    let host = Host::new();
    let running = host.serve();
    let (backup, right) = (host.path().join("relay.backup"), host.passphrase(PASSPHRASE));
    let create = |passphrase: &str| {
        host.run(&["backup", "create", backup.to_str().unwrap(), "--passphrase-file", passphrase])
    };
    let short = host.path().join("short");
    fs::write(&short, "four\n").unwrap();
    let refused = create(short.to_str().unwrap());
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("too short") && !backup.exists());
    assert_eq!(create(right.to_str().unwrap()).status.code(), Some(0));
    let verify = |file: &std::path::Path, passphrase: &std::path::Path| {
        let args = ["backup", "verify", file.to_str().unwrap(), "--passphrase-file"];
        let told = host.run(&[&args[..], &[passphrase.to_str().unwrap()]].concat());
        (told.status.code().unwrap(), text(&told.stderr))
    };
    assert_eq!(verify(&backup, &right).0, 0, "the twin");
    let wrong = host.path().join("wrong");
    fs::write(&wrong, "another old passphrase\n").unwrap();
    let (code, told) = verify(&backup, &wrong);
    assert!(code == 1 && told.contains("passphrase"), "{told}");
    let mut bytes = fs::read(&backup).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let damaged = host.path().join("damaged");
    fs::write(&damaged, &bytes).unwrap();
    let (code, told) = verify(&damaged, &right);
    assert!(code == 3 && told.contains("damaged"), "{told}");
    let new = Host::new();
    let restored = new.run(&[
        "backup",
        "restore",
        damaged.to_str().unwrap(),
        "--passphrase-file",
        right.to_str().unwrap(),
    ]);
    assert_eq!(restored.status.code(), Some(3));
    assert!(!new.data().exists() || fs::read_dir(new.data()).unwrap().count() == 0);
    assert_eq!(running.stop(), Some(0));
}

#[tokio::test]
async fn os_ops_130_a_changed_identity_is_found_by_the_old_link_until_the_overlap_ends() {
    let host = Host::new();
    let running = host.serve();
    let old = running.link();
    let asked = host.json(&["identity", "rotate", "--yes", "--json"]);
    assert_eq!((&asked["restart"], &asked["before"]["link"]), (&true.into(), &old.clone().into()));
    assert_eq!(host.json(&["identity", "show", "--json"]), asked);
    host.ok(&["health"]);
    assert_eq!(running.stop(), Some(0));

    let running = host.serve();
    let new = running.link();
    assert_ne!(host::id(&new), host::id(&old));
    let shown = host.json(&["identity", "show", "--json"]);
    assert_eq!((&shown["restart"], &shown["link"]), (&false.into(), &new.clone().into()));
    let by_old = host::with_id_of(&new, &old);
    assert!(Link::connect(&by_old, Options::default()).await.is_ok(), "led on");
    let twice = host.run(&["identity", "rotate", "--yes"]);
    assert!(text(&twice.stderr).contains("--finish"));
    host.ok(&["identity", "rotate", "--finish", "--yes"]);
    assert_eq!(running.stop(), Some(0));

    let running = host.serve();
    let (by_old, by_new) =
        (host::with_id_of(&running.link(), &old), running.link().parse().unwrap());
    let refused = Link::connect(&by_old, Options::default()).await;
    assert_eq!(refused.err(), Some(LinkError::Identity));
    assert!(Link::connect(&by_new, Options::default()).await.is_ok(), "the control");
    assert_eq!(running.stop(), Some(0));
}

#[test]
fn os_ops_140_the_papers_are_written_once_and_by_the_settings() {
    let host = Host::new();
    let settings = host.path().join("relay.toml");
    fs::write(&settings, "[relay]\npublic = 'relay.example.org'\n[keep]\nmax_life = '3d'\n")
        .unwrap();
    let out = host.path().join("papers");
    let write = || {
        let (settings, out) = (settings.to_str().unwrap(), out.to_str().unwrap());
        host.run(&["dpia", "--config", settings, "--out", out, "--date", "2026-11-22"])
    };
    assert_eq!(write().status.code(), Some(0));
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    for name in ["dpia.md", "retention.md", "handover.md"] {
        assert!(read(name).contains("3 days") && read(name).contains("relay.example.org"));
    }
    let again = write();
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("is there already"));
}

#[test]
fn whoever_is_not_the_owner_of_the_data_is_told_who_is() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("SKIPPED: only root can give files away");
        return;
    }
    let host = Host::new();
    assert_eq!(host.serve().stop(), Some(0));
    std::os::unix::fs::chown(host.data(), Some(65_534), None).unwrap();
    let refused = host.run(&["ticket", "list"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("sudo -u '#65534'"));
    // The control: with the owner's own files it works.
    std::os::unix::fs::chown(host.data(), Some(0), None).unwrap();
    host.ok(&["ticket", "list"]);
}

#[tokio::test]
async fn an_auditor_finds_known_bytes_where_they_lie_in_clear_and_not_in_the_relays_data() {
    let host = Host::new();
    let running = host.serve();
    let ticket = host.json(&["ticket", "new", "--json"]);
    host::deposit_with(ticket[0]["code"].as_str().unwrap()).await.unwrap();
    let held = host.json(&["inspect", "--json"]);
    assert_eq!(
        (&held["envelopes"], &held["keys"], &held["tickets"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert!(host.ok(&["inspect"]).contains("1 sealed envelopes"));
    assert_eq!(running.stop(), Some(0));

    let canary = host.path().join("canary");
    fs::write(&canary, [&[host::CANARY; 64][..], b"\n"].concat()).unwrap();
    let scan = |image: &std::path::Path| {
        let (image, canary) = (image.to_str().unwrap(), canary.to_str().unwrap());
        let told = host.run(&["inspect", "--image", image, "--canary", canary]);
        (told.status.code().unwrap(), text(&told.stdout))
    };
    let (code, told) = scan(&host.data());
    assert!(code == 0 && told.contains("Nothing was found."), "{told}");
    let copy = host.path().join("copy");
    fs::create_dir(&copy).unwrap();
    fs::write(copy.join("clear"), [b"before it ", &[host::CANARY; 64][..]].concat()).unwrap();
    let (code, told) = scan(&copy);
    assert!(code == 1 && told.contains("in clear, at byte 10"), "the control: {told}");
    assert_eq!(scan(&host.path().join("nowhere")).0, 3);
    assert_eq!(relay(&["inspect", "--image", "x"]).status.code(), Some(64));
}

#[test]
fn a_mistyped_command_exits_64() {
    assert_eq!(relay(&["ticket", "nwe"]).status.code(), Some(64));
    assert_eq!(relay(&["status", "--nagios", "--json"]).status.code(), Some(64));
    assert_eq!(relay(&["dpia", "--date", "yesterday"]).status.code(), Some(64));
}
