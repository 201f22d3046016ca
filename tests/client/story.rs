//! What a newcomer sees first, the demo; and what the machine of a relay gives away.

use std::{fs, path::Path, process::Command};

use offshift_tests::{
    people::{Person, found},
    relay::{BinaryRelay, binary},
};

#[test]
fn the_demo_tells_the_whole_story_cleans_up_and_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let ran = Command::new(binary("offshift")).arg("demo").env("TMPDIR", folder.path()).output();
    let ran = ran.unwrap();
    let told = String::from_utf8(ran.stdout).unwrap();
    assert!(ran.status.success(), "{told}\n{}", String::from_utf8_lossy(&ran.stderr));
    for part in [
        "It passes messages and cannot read them.",
        "Both screens must show the same words.",
        "Waiting",
        "What was said before, dana can't read",
        "refused: more members must vouch first",
        "put out. 5 messages before, 5 now.",
        "The relay holds",
        "Every message arrived once and in order.",
    ] {
        assert!(told.contains(part), "the demo doesn't say: {part}");
    }
    assert!(told.lines().all(|line| line.chars().count() <= 100), "it fits a terminal");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
}

/// Every file under `folder`, one after the other.
fn image(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let more = match fs::metadata(&path).unwrap().file_type() {
            kind if kind.is_dir() => image(&path),
            kind if kind.is_file() => fs::read(&path).unwrap(),
            // The socket of its host holds nothing.
            _ => Vec::new(),
        };
        bytes.extend(more);
    }
    bytes
}

fn holds(image: &[u8], canary: &[u8]) -> bool {
    image.windows(canary.len()).any(|window| window == canary)
}

#[tokio::test(flavor = "multi_thread")]
async fn ro_11_the_disk_of_a_relay_shows_no_text_no_handle_no_room_and_no_address() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("relay");
    let relay = BinaryRelay::start(&data);
    let ana = Person::new(folder.path(), "ana-canary", relay.link()).await;
    let bob = Person::new(folder.path(), "bob-canary", relay.link()).await;
    let room = found("Room canary", &[&ana, &bob]).await;
    ana.sends(room, "text canary").await;
    bob.has_read(room, 1).await;
    let address = ana.client.room(room).await.unwrap().address.unwrap();
    let encode = |encoding: &data_encoding::Encoding| encoding.encode(address.as_bytes());
    let canaries = [
        b"canary".to_vec(),
        address.as_bytes().to_vec(),
        address.as_bytes()[..8].to_vec(),
        encode(&data_encoding::HEXLOWER).into_bytes(),
        encode(&data_encoding::BASE32_NOPAD).to_ascii_lowercase().into_bytes(),
    ];
    let running = image(&data);
    assert_eq!(relay.terminate(), Some(0));
    for image in [running, image(&data)] {
        assert!(image.len() > 10_000, "it holds what was deposited");
        assert!(
            holds(&image, b"offshift://127.0.0.1"),
            "the control: the scan finds what is there"
        );
        assert!(!canaries.iter().any(|canary| holds(&image, canary)));
    }
    // The control of the canaries: what the members said is what was looked for.
    assert_eq!(bob.texts(room).await, ["text canary"]);
}
