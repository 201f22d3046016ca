//! Files: a kill of any side at any moment costs nothing but time.

use std::{fs, os::unix::fs::FileExt, path::Path};

use offshift_tests::{
    people::{Program, Running, two_in_a_room},
    relay::BinaryRelay,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::Value;

const MIB: u64 = 1 << 20;
/// What is noted of a file that has come a little further: sixteen chunks.
const NOTED: u64 = 16 * 262_064;
const LONGEST: usize = 25 << 20;

/// The last state of a sector that a power cut tore: zeros.
fn tear(folder: &Path) {
    let mut entries = fs::read_dir(folder).unwrap();
    let path = entries.next().unwrap().unwrap().path();
    let file = fs::OpenOptions::new().write(true).open(path).unwrap();
    file.write_all_at(&[0; 512], 4_096).unwrap();
}

/// Bytes that nothing packs and no two places share.
fn noise(path: &Path, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    ChaCha20Rng::from_seed([25; 32]).fill_bytes(&mut bytes);
    fs::write(path, &bytes).unwrap();
    bytes
}

/// Waits until so many bytes of a file have arrived; how many the first word of it said.
fn until(running: &mut Running, bytes: u64) -> u64 {
    let mut first = None;
    loop {
        let arrived = running.next("transfer")["bytes"].as_u64().unwrap();
        let first = *first.get_or_insert(arrived);
        if arrived >= bytes {
            return first;
        }
    }
}

fn killed_and_started_again(relay: BinaryRelay, data: &Path) -> BinaryRelay {
    let address = relay.address();
    relay.kill();
    BinaryRelay::start_at(data, address)
}

/// The only file that a room offers, as this profile sees it.
fn only_file(program: &Program) -> Value {
    let files: Vec<_> = program.run(&["file", "list", "Night"]).lines;
    let mut files = files.into_iter().filter(|line| line["event"] == "file");
    let one = files.next().expect("a file is offered");
    assert!(files.next().is_none(), "it is offered once");
    one
}

// OS-FIL-004, OS-FIL-005: it is offered once, when the relay has all of it. OS-FIL-022: nothing comes by itself.
#[test]
fn os_fil_040_the_longest_file_survives_kills_of_sender_receiver_and_relay_bit_for_bit() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("relay");
    let mut relay = BinaryRelay::start(&data);
    let (ana, bob) = two_in_a_room(folder.path(), relay.link());
    let path = folder.path().join("long.bin");
    let bytes = noise(&path, LONGEST);

    let mut sending = ana.start(&["file", "send", "Night", path.to_str().unwrap(), "--yes"]);
    until(&mut sending, 6 * MIB);
    drop(sending);
    fs::remove_file(&path).unwrap();
    let offered = bob.run(&["file", "list", "Night"]);
    assert!(offered.event("file").is_none(), "what is not whole at the relay is not offered");
    let mut sending = ana.start(&["file", "go-on"]);
    let first = until(&mut sending, 14 * MIB);
    assert!(first >= NOTED, "it goes on where it was, not from the beginning: {first}");
    relay = killed_and_started_again(relay, &data);
    sending.next("arrived");
    assert_eq!(sending.ends(), Some(0));

    assert_eq!(bob.run(&["inbox"]).code(), 0);
    let file = only_file(&bob);
    assert_eq!((&file["state"], file["bytes"].as_u64()), (&"offered".into(), Some(LONGEST as u64)));
    assert!(!fs::exists(folder.path().join("bob/files")).unwrap(), "nothing comes by itself");
    let number = file["id"].as_str().unwrap();
    let to = folder.path().join("saved.bin");
    let get = ["file", "get", "Night", number, "--to", to.to_str().unwrap()];
    let mut getting = bob.start(&get);
    until(&mut getting, 7 * MIB);
    drop(getting);
    assert!(!to.exists(), "no part of a file is saved");
    // OS-FIL-041: the first chunk is not what it was, though all before the noted place were read.
    tear(&folder.path().join("bob/files"));
    let mut getting = bob.start(&get);
    let first = until(&mut getting, 15 * MIB);
    assert!(first >= NOTED, "it goes on where it was, not from the beginning: {first}");
    let _relay = killed_and_started_again(relay, &data);
    getting.next("file_saved");
    assert_eq!(getting.ends(), Some(0));

    assert!(fs::read(&to).unwrap() == bytes, "bit for bit");
    assert_eq!(only_file(&bob)["state"], "here");
    let again = bob.run(&get);
    assert_eq!(again.code(), 1, "a copy takes nobody's place");
    assert!(fs::read(&to).unwrap() == bytes);
}

// OS-FIL-034: it leaves with all that it holds only by somebody's yes.
#[test]
fn os_fil_043_a_file_that_is_stopped_or_taken_back_leaves_nothing_on_the_device() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, bob) = two_in_a_room(folder.path(), relay.link());
    let path = folder.path().join("short.bin");
    noise(&path, 300_000);
    let count = |name: &str| {
        let folder = fs::read_dir(folder.path().join(name).join("files"));
        folder.map_or(0, Iterator::count)
    };
    let sent = ana.run(&["file", "send", "Night", path.to_str().unwrap()]);
    assert_eq!((sent.code(), count("ana")), (1, 0), "nobody could be asked, and nothing left");
    let sent = ana.run(&["file", "send", "Night", path.to_str().unwrap(), "--yes"]);
    let number = sent.event("file_sent").unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(bob.run(&["inbox"]).code(), 0);
    assert_eq!(bob.run(&["file", "get", "Night", &number, "--sealed"]).code(), 0);
    assert_eq!((count("ana"), count("bob")), (1, 1), "the twin");
    assert_eq!(ana.run(&["take-back", "Night", &number]).code(), 0);
    assert_eq!(bob.run(&["inbox"]).code(), 0);
    assert_eq!((count("ana"), count("bob")), (0, 0));
}
