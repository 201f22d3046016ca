//! Profiles on disk, as the real binary meets them.

use std::fs;

use offshift_client::{Client, ClientError, LinkError, Synced, VaultError};
use offshift_tests::{
    people::{Person, Program, passphrase, soon},
    relay::{BinaryRelay, LibraryRelay, link_at},
};
use offshift_wire::RelayId;

fn profile() -> (tempfile::TempDir, Program, BinaryRelay) {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let ana = Program::new(folder.path(), "ana", relay.link());
    (folder, ana, relay)
}

#[test]
fn os_vlt_012_a_second_program_on_one_profile_is_told_so_and_the_first_goes_on() {
    let (_folder, ana, _relay) = profile();
    let mut watching = ana.start(&["watch"]);
    watching.next("watching");
    let second = ana.run(&["inbox"]);
    assert_eq!(second.code(), 1);
    assert!(second.error.contains("open in another window"), "{}", second.error);
    assert_eq!(watching.terminate(), Some(0));
    assert_eq!(ana.run(&["inbox"]).code(), 0, "the twin");
}

#[test]
fn pt_60_a_wrong_passphrase_says_so_and_a_damaged_profile_only_to_its_owner() {
    let (folder, ana, _relay) = profile();
    let wrong = |program: &Program| {
        let mut command = program.command(&["room", "list"]);
        let output = command.env("OFFSHIFT_PASSPHRASE", "four plain words gone").output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let sound = wrong(&ana);
    assert_eq!(sound.0, Some(1));
    assert!(sound.1.contains("passphrase is not right"));
    let path = folder.path().join("ana/vault");
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.len() - 700;
    bytes[at] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert_eq!(wrong(&ana), sound, "who does not know the passphrase can't tell");
    let owner = ana.run(&["room", "list"]);
    assert_eq!(owner.code(), 1);
    assert!(owner.error.contains("damaged"), "{}", owner.error);
    bytes[at] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert_eq!(ana.run(&["room", "list"]).code(), 0, "the twin");
}

#[test]
fn pt_64_neither_files_nor_errors_hold_what_is_secret() {
    let (folder, ana, _relay) = profile();
    let run = ana.run(&["send", "canary-room", "canary-text"]);
    assert_eq!(run.code(), 1);
    assert!(!run.error.contains("canary-text") && !run.error.contains("four plain"));
    let vault = fs::read(folder.path().join("ana/vault")).unwrap();
    for canary in ["ana", "offshift://", "canary"] {
        assert!(!vault.windows(canary.len()).any(|window| window == canary.as_bytes()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_20_os_cli_004_a_network_that_answers_in_the_relays_place_is_named_and_sent_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let address = relay.running.address();
    let wrong = link_at(address, RelayId::from_bytes([7; 32]));
    let ana = Person::new(folder.path(), "ana", &wrong).await;
    assert_eq!(ana.client.try_relay(&wrong).await, Err(ClientError::Link(LinkError::Identity)));
    ana.client.meet_show(None, None).await.unwrap();
    let synced = soon("an answer", ana.client.sync()).await;
    assert_eq!(synced, Ok(Synced::Away(LinkError::Identity)));
    // By the binary: exit code 4, with the advice.
    let bob = Program::new(folder.path(), "bob", &relay.link());
    let added = bob.run(&["relay", "add", &wrong.to_string()]);
    assert_eq!(added.code(), 4);
    assert!(added.error.contains("mobile data"), "{}", added.error);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_never_made_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    ana.client.close().await;
    let again = Client::create(&ana.directory, "eve", passphrase()).await;
    assert_eq!(again.err(), Some(ClientError::Vault(VaultError::Exists)));
    let ana = Client::open(&ana.directory, passphrase()).await.unwrap();
    assert_eq!(ana.handle().await.unwrap(), "ana");
}
