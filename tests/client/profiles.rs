//! Profiles on disk, as the real binary meets them.

use std::{fs, pin::Pin, task::Poll};

use offshift_client::{
    Care, Client, ClientError, CopyError, LinkError, Passphrase, Synced, VaultError,
};
use offshift_tests::{
    people::{Person, Program, Run, found, passphrase, run_of, soon, two_in_a_room, until},
    relay::{BinaryRelay, LibraryRelay, binary, link_at},
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

fn with_passphrase(program: &Program, arguments: &[&str], others: &[(&str, &str)]) -> Run {
    let mut command = program.command(arguments);
    run_of(command.envs(others.iter().copied()).output().unwrap())
}

const COPY: (&str, &str) = ("OFFSHIFT_COPY_PASSPHRASE", "copper bird at noon");

#[test]
fn os_vlt_023_a_changed_passphrase_opens_and_the_old_one_does_not() {
    let (_folder, ana, _relay) = profile();
    let new = ("OFFSHIFT_PASSPHRASE", "nine other words then");
    let to = |text: &'static str| ("OFFSHIFT_NEW_PASSPHRASE", text);
    let short = with_passphrase(&ana, &["passphrase"], &[to("short")]);
    assert!(short.code() == 1 && short.error.contains("too short"), "{}", short.error);
    let wrong = with_passphrase(&ana, &["passphrase"], &[new, to(new.1)]);
    assert!(wrong.code() == 1 && wrong.error.contains("not right"), "{}", wrong.error);
    let changed = with_passphrase(&ana, &["passphrase"], &[to(new.1)]);
    assert!(changed.event("passphrase_changed").is_some(), "{}", changed.error);
    assert!(ana.run(&["room", "list"]).error.contains("not right"));
    assert_eq!(with_passphrase(&ana, &["room", "list"], &[new]).code(), 0, "the twin");
}

#[test]
fn os_vlt_024_a_wipe_asks_first_and_leaves_nothing_of_the_profile() {
    let (folder, ana, _relay) = profile();
    let directory = folder.path().join("ana");
    fs::write(directory.join("mine.txt"), "another file").unwrap();
    let image = folder.path().join("image");
    fs::hard_link(directory.join("vault"), &image).unwrap();
    let asked = ana.run(&["wipe"]);
    assert!(asked.code() == 1 && asked.error.contains("--yes"), "{}", asked.error);
    assert_eq!(ana.run(&["room", "list"]).code(), 0, "nothing was done");
    assert!(ana.run(&["wipe", "--yes"]).event("wiped").is_some());
    assert!(ana.run(&["room", "list"]).error.contains("no profile here"));
    let left: Vec<_> =
        fs::read_dir(&directory).unwrap().flatten().map(|one| one.file_name()).collect();
    assert_eq!(left, ["mine.txt"], "what is not the profile's stays");
    assert_eq!(fs::read(&image).unwrap()[..512], [0; 512]);
}

#[test]
fn profiles_live_side_by_side_and_are_listed() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(binary("offshift"));
        command
            .env("XDG_DATA_HOME", home.path())
            .env("OFFSHIFT_PASSPHRASE", "four plain words here");
        run_of(command.arg("--json").args(arguments).output().unwrap())
    };
    assert_eq!(run(&["profile", "list"]).lines.len(), 0);
    for name in ["work", "default"] {
        assert_eq!(run(&["--profile", name, "start", "--handle", name]).code(), 0);
    }
    let listed = run(&["profile", "list"]).lines;
    let names: Vec<_> = listed.iter().map(|line| line["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["default", "work"]);
    assert_eq!((&listed[0]["used"], &listed[1]["used"]), (&true.into(), &false.into()));
}

#[test]
fn os_vlt_031_what_was_said_can_be_taken_along_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, _bob) = two_in_a_room(folder.path(), relay.link());
    assert_eq!(ana.run(&["send", "Night", "canary-text"]).code(), 0);
    let file = folder.path().join("said.age");
    let path = file.to_str().unwrap();
    let made = with_passphrase(&ana, &["export", path, "--messages", "Night"], &[COPY]);
    assert!(made.event("exported").is_some(), "{}", made.error);
    let again = with_passphrase(&ana, &["export", path, "--messages"], &[COPY]);
    assert!(again.code() == 1 && again.error.contains("already"), "{}", again.error);
    let bytes = fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    assert!(!bytes.windows(6).any(|window| window == b"canary"));
    let text = opened_copy(&bytes);
    let line: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!((&line["text"], &line["room_name"]), (&"canary-text".into(), &"Night".into()));
}

fn opened_copy(bytes: &[u8]) -> String {
    let identity = age::scrypt::Identity::new(COPY.1.to_owned().into());
    let identities = std::iter::once(&identity as &dyn age::Identity);
    let mut reader = age::Decryptor::new_buffered(bytes).unwrap().decrypt(identities).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn pt_62_os_vlt_032_an_imported_profile_reads_all_and_is_taken_back_before_it_writes() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    bob.sends(room, "before").await;
    ana.has_read(room, 1).await;
    let (file, new) = (folder.path().join("ana.age"), folder.path().join("new"));
    ana.client.export(file.clone(), COPY.1.to_owned().into()).await.unwrap();
    ana.client.close().await;
    let copy = |text: &str| Passphrase::new(text.to_owned().into());
    let wrong = Client::import(&file, copy("wrong words"), &new, passphrase()).await;
    assert_eq!(wrong, Err(ClientError::Copy(CopyError::WrongPassphrase)));
    assert!(!new.exists(), "nothing is left");
    Client::import(&file, copy(COPY.1), &new, passphrase()).await.unwrap();
    let over = Client::import(&file, copy(COPY.1), &ana.directory, passphrase()).await;
    assert_eq!(over, Err(ClientError::Vault(VaultError::Exists)));
    let client = Client::open(&new, passphrase()).await.unwrap();
    let ana = Person { client, directory: new, ..ana };
    assert!(ana.client.room(room).await.unwrap().is_lost);
    let refused = ana.client.send(room, "too early", None, Care::Ordinary).await;
    assert!(matches!(refused, Err(ClientError::Refused(_))));
    assert_eq!(ana.texts(room).await, ["before"]);
    let back = || async { (!ana.client.room(room).await.unwrap().is_lost).then_some(()) };
    until(&ana, "the return", back).await;
    ana.sends(room, "back").await;
    bob.has_read(room, 2).await;
    assert_eq!(bob.texts(room).await, ["before", "back"]);
}

/// The first look at a call sends what it asks.
async fn asks<T>(call: &mut (impl Future<Output = T> + Unpin)) {
    let first = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut *call).poll(context)));
    assert!(first.await.is_pending());
}

#[tokio::test(flavor = "multi_thread")]
async fn os_vlt_033_while_a_copy_is_written_all_else_goes_on_and_a_lock_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let relay = LibraryRelay::in_memory();
    let ana = Person::new(folder.path(), "ana", &relay.link()).await;
    let bob = Person::new(folder.path(), "bob", &relay.link()).await;
    let room = found("Night", &[&ana, &bob]).await;
    let path = folder.path().join("ana.age");
    let passphrase = || COPY.1.to_owned().into();
    {
        let mut copying = Box::pin(ana.client.export(path.clone(), passphrase()));
        asks(&mut copying).await;
        let second = ana.client.export(path.clone(), passphrase()).await;
        assert_eq!(second, Err(ClientError::Copy(CopyError::Busy)));
        assert_eq!(ana.client.handle().await.unwrap(), "ana");
        // Closing it by its passphrase alone takes longer than that.
        asks(&mut copying).await;
        ana.sends(room, "meanwhile").await;
        assert_eq!(soon("the copy", copying).await, Ok(()));
    }
    let late = folder.path().join("late.age");
    let mut copying = Box::pin(ana.client.export(late.clone(), passphrase()));
    asks(&mut copying).await;
    soon("the end", ana.client.close()).await;
    assert_eq!(soon("its end", copying).await, Err(ClientError::Closed));
    assert!(path.exists() && !late.exists());
}

/// A program that is made to crash, with somebody's words in its memory.
#[test]
fn pt_64_a_crash_leaves_no_image_of_the_memory_and_no_words() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, bob) = two_in_a_room(folder.path(), relay.link());
    assert_eq!(bob.run(&["send", "Night", "canary-text"]).code(), 0);
    let mut command = ana.command(&["daemon"]);
    command.current_dir(folder.path());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    let mut lines = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut lines, &mut line).unwrap();
    assert!(line.contains("running"), "{line}");
    // It has the words now.
    assert_eq!(ana.run(&["inbox"]).texts(), ["canary-text"]);
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"], "{core}");
    let id = child.id().to_string();
    let killed = std::process::Command::new("kill").args(["-ABRT", &id]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), None, "it crashed");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let files = fs::read_dir(folder.path()).unwrap().flatten();
    let dumps: Vec<_> =
        files.filter(|one| one.file_name().to_string_lossy().contains("core")).collect();
    assert!(dumps.is_empty(), "{dumps:?}");
    assert_eq!(ana.run(&["read", "Night"]).code(), 0, "the twin: the profile is as it was");
}
