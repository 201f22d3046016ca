//! A seized machine: what an image of its disk shows while it runs, when it is off, and after expiry (RO-11, RO-12).
//!
//! ```text
//! clients --QUIC--> relay --> data directory --copied--> image --scanned--> canaries: none
//! ```
//!
//! What the scan finds where it should is its control; what it can't find elsewhere is the claim.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305};
use hkdf::Hkdf;
use offshift_protocol::room::Suite;
use offshift_relay::store::clock::Clock;
use offshift_relay::store::embedded::{Custody, EmbeddedStore, Options};
use offshift_relay::store::inspect::{Report, ScanReport, scan_image};
use offshift_relay::store::{Deposit, Store};
use offshift_tests::liar::HandClock;
use offshift_tests::relay::{LibraryRelay, Mailbox};
use offshift_wire::{Address, Envelope, Life, UnixMillis};
use sha2::Sha256;
use tempfile::TempDir;

use crate::company::{Company, DAY_MS, HOUR_MS, START};

const TEXT: &str = "we meet behind gate 7 before the early shift";

/// The clock of a test, as a store asks for it.
struct Turned(HandClock);

impl Clock for Turned {
    fn wall(&self) -> UnixMillis {
        self.0.now()
    }

    fn steady(&self) -> Duration {
        Duration::from_millis(self.0.now().0)
    }
}

/// A relay with a disk, and what its depositors put in.
struct Machine {
    folder: TempDir,
    clock: HandClock,
    relay: LibraryRelay<EmbeddedStore>,
    mailboxes: Vec<Mailbox>,
    envelopes: Vec<Envelope>,
}

impl Machine {
    /// It runs, and clients deposited into three mailboxes.
    async fn running(custody: Custody) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = HandClock::at(START);
        let store = open(&folder.path().join("store"), &clock, custody);
        let relay = LibraryRelay::start(Arc::new(store));
        let mut machine = Self {
            folder,
            clock,
            relay,
            mailboxes: vec![Mailbox::inbox(1), Mailbox::inbox(2), Mailbox::channel(3)],
            envelopes: Vec::new(),
        };
        for seed in 0..9 {
            machine.deposits(seed).await;
        }
        machine
    }

    async fn deposits(&mut self, seed: u8) {
        let link = self.relay.connect().await;
        let body: Vec<u8> = (0..1_024u32).map(|at| noise(at, seed)).collect();
        let envelope = Envelope::try_from(body).unwrap();
        self.mailboxes[usize::from(seed) % 3].deposit(&link, envelope.clone()).await.unwrap();
        self.envelopes.push(envelope);
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// What never lies there: the envelopes as deposited, addresses, the rules and keys of mailboxes.
    fn secrets(&self) -> Vec<Vec<u8>> {
        let mut secrets: Vec<Vec<u8>> =
            self.envelopes.iter().map(|envelope| envelope.as_ref()[300..332].to_vec()).collect();
        for mailbox in &self.mailboxes {
            secrets.push(mailbox.address().as_bytes().to_vec());
            let keys = &mailbox.descriptor.encode()[2..];
            secrets.extend(keys.chunks(32).map(<[u8]>::to_vec));
        }
        secrets
    }

    async fn all_can_be_read(&self) -> bool {
        let link = self.relay.connect().await;
        let mut count = 0;
        for mailbox in &self.mailboxes {
            count += mailbox.read_all(&link).await.len();
        }
        count == self.envelopes.len()
    }
}

fn noise(at: u32, seed: u8) -> u8 {
    let mixed =
        (at + 7).wrapping_mul(0x9e37_79b9).wrapping_add(u32::from(seed).wrapping_mul(0x85eb_ca6b));
    (mixed ^ (mixed >> 15)).to_le_bytes()[2]
}

fn open(data: &Path, clock: &HandClock, custody: Custody) -> EmbeddedStore {
    let clock = Arc::new(Turned(clock.clone()));
    EmbeddedStore::open(Options { clock, custody, ..Options::new(data, 1 << 30) }).unwrap()
}

/// A copy of the disk at this moment.
fn image(of: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(of, &folder.path().join("image"));
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn scan(directory: &Path, canaries: &[Vec<u8>]) -> ScanReport {
    scan_image(directory, canaries).unwrap()
}

/// Bytes of sealed records, as they lie in the slices of a store.
fn sealed_bytes(data: &Path) -> Vec<Vec<u8>> {
    let slices = files(&data.join("slices"));
    slices.iter().map(|path| std::fs::read(path).unwrap()[400..432].to_vec()).collect()
}

fn slice_keys(data: &Path) -> Vec<Vec<u8>> {
    let keys = files(&data.join("keys"));
    keys.iter().map(|path| std::fs::read(path).unwrap()[16..48].to_vec()).collect()
}

/// Whether these 32 bytes open the first record of a slice (OS-STO-021, OS-STO-022).
fn opens(key: &[u8], slice: &[u8]) -> bool {
    let (cipher_key, _) = Hkdf::<Sha256>::extract(Some(key), b"offshift slice records v1");
    let cipher = XChaCha20Poly1305::new(&Key::try_from(cipher_key.as_slice()).unwrap());
    let (id, record) = (&slice[16..24], &slice[40..]);
    let aad = [id, &record[..16]].concat();
    let head = Payload { msg: &record[48..96], aad: &aad };
    cipher.decrypt(record[24..48].try_into().unwrap(), head).is_ok()
}

/// In which files any 32 bytes open the slice of an image.
fn openers(image: &Path) -> Vec<PathBuf> {
    let slice = std::fs::read(&files(&image.join("image/slices"))[0]).unwrap();
    let holds_key = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        // sled's file is mostly zeros, and those are no key.
        let mut windows = bytes.windows(32).filter(|window| window.iter().any(|byte| *byte != 0));
        windows.any(|window| opens(window, &slice))
    };
    files(image).into_iter().filter(holds_key).collect()
}

#[tokio::test]
async fn ro_11_os_sto_023_an_image_of_the_running_or_stopped_relay_shows_no_address_and_no_envelope()
 {
    for custody in [Custody::Disk, Custody::Memory] {
        let machine = Machine::running(custody).await;
        let (sealed, secrets) = (sealed_bytes(&machine.data()), machine.secrets());
        let running = image(&machine.data());
        assert!(machine.all_can_be_read().await, "it serves while it is copied");
        let Machine { folder, relay, .. } = machine;
        relay.running.shutdown().await.unwrap();
        let stopped = image(&folder.path().join("store"));
        for image in [&running, &stopped] {
            let report = scan(image.path(), &secrets);
            assert!(report.is_clean(), "{:?}", report.places);
            assert_eq!(scan(image.path(), &sealed).found, 1, "the control: sealed bytes are found");
        }
        // The control: one address in a file is found, in any form.
        let text = data_encoding::BASE64.encode(&secrets[9]);
        std::fs::write(stopped.path().join("note"), format!("to={text};")).unwrap();
        assert_eq!(scan(stopped.path(), &secrets).found, 1);
    }
}

#[tokio::test]
async fn ro_11_os_sto_042_with_keys_in_memory_no_bytes_of_the_image_open_a_slice() {
    let machine = Machine::running(Custody::Memory).await;
    assert_eq!(openers(image(&machine.data()).path()), Vec::<PathBuf>::new());
    assert!(machine.all_can_be_read().await, "the relay has the key");
    let machine = Machine::running(Custody::Disk).await;
    let image = image(&machine.data());
    let openers = openers(image.path());
    assert_eq!(openers.len(), 1, "the control: the key file opens it");
    assert!(openers[0].starts_with(image.path().join("image/keys")));
}

#[tokio::test]
async fn ro_11_os_sto_044_keys_that_were_on_the_disk_are_gone_from_it_with_the_change_of_custody() {
    let machine = Machine::running(Custody::Disk).await;
    let keys = slice_keys(&machine.data());
    assert_eq!(scan(image(&machine.data()).path(), &keys).found, 1, "the control");
    let Machine { folder, relay, clock, mailboxes, envelopes } = machine;
    relay.running.shutdown().await.unwrap();
    let store = open(&folder.path().join("store"), &clock, Custody::Memory);
    let relay = LibraryRelay::start(Arc::new(store));
    let machine = Machine { folder, relay, clock, mailboxes, envelopes };
    assert!(machine.all_can_be_read().await, "it serves on");
    let image = image(&machine.data());
    assert!(scan(image.path(), &keys).is_clean());
    assert_eq!(openers(image.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn ro_12_os_sto_041_after_expiry_an_image_holds_no_envelope_no_key_and_the_space_is_free() {
    for custody in [Custody::Disk, Custody::Memory] {
        let machine = Machine::running(custody).await;
        let mut canaries = machine.secrets();
        canaries.extend(sealed_bytes(&machine.data()));
        canaries.extend(slice_keys(&machine.data()));
        let before = image(&machine.data());
        let kept = u64::from(custody == Custody::Disk);
        assert_eq!(
            scan(before.path(), &canaries).found,
            1 + kept,
            "the control: before, they lie there"
        );
        let held = Report::of(&before.path().join("image")).unwrap();
        assert_eq!((held.slices, held.envelopes, held.keys), (1, 9, kept));

        machine.clock.pass_ms(2 * HOUR_MS);
        machine.relay.running.store().expire().await.unwrap();
        let running = image(&machine.data());
        let Machine { folder, relay, .. } = machine;
        relay.running.shutdown().await.unwrap();
        let stopped = image(&folder.path().join("store"));
        for image in [&running, &stopped] {
            let report = scan(image.path(), &canaries);
            assert!(report.is_clean(), "{:?}", report.places);
            let held = Report::of(&image.path().join("image")).unwrap();
            assert_eq!((held.slices, held.keys, held.keys_destroyed), (0, 0, 0));
            assert!(held.bytes < 5 << 20, "{} bytes are left", held.bytes);
        }
    }
}

/// What must not lie on the relay's disk of a room: who is in it, where it meets, what was said.
struct Said {
    people: Vec<Vec<u8>>,
    addresses: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

fn room_that_spoke() -> (Company, Said) {
    let names = ["Anastasia", "Bartholomew", "Cleopatra"];
    let mut company = Company::of(&names, Suite::Classical);
    company.send(0, TEXT);
    company.settle();
    assert_eq!(company.people[2].texts(), [TEXT]);
    let people = names.map(|name| company.id_of(0, name).as_bytes().to_vec()).to_vec();
    let mut addresses: Vec<Address> =
        company.relay.tap().iter().map(|(address, _)| *address).collect();
    addresses.sort();
    addresses.dedup();
    let addresses = addresses.iter().map(|address| address.as_bytes().to_vec()).collect();
    let mut words = vec![TEXT.as_bytes().to_vec(), b"night shift".to_vec()];
    words.extend(names.map(|name| name.as_bytes().to_vec()));
    (company, Said { people, addresses, words })
}

#[test]
fn ro_11_the_image_of_a_room_s_relay_shows_no_text_no_name_no_member_and_no_mailbox() {
    let (company, said) = room_that_spoke();
    let folder = tempfile::tempdir().unwrap();
    company.image(&folder.path().join("store"));
    let canaries = [said.people.clone(), said.addresses, said.words.clone()].concat();
    let report = scan(folder.path(), &canaries);
    assert!(report.is_clean() && report.bytes > 10_000, "{:?}", report.places);
    // The control: in the open vault of a member it all is found.
    let vault = tempfile::tempdir().unwrap();
    for (number, value) in company.people[0].vault.values().enumerate() {
        std::fs::write(vault.path().join(number.to_string()), value).unwrap();
    }
    for canary in said.people.iter().chain(&said.words) {
        assert!(scan(vault.path(), std::slice::from_ref(canary)).found > 0);
    }
}

#[test]
fn ro_12_after_a_room_s_time_nothing_of_it_is_left_on_the_relay_s_disk() {
    let (company, _) = room_that_spoke();
    let folder = tempfile::tempdir().unwrap();
    let (data, clock) = (folder.path().join("store"), HandClock::at(START));
    let store = open(&data, &clock, Custody::Disk);
    company.block_on(async {
        for (address, envelope) in company.relay.tap() {
            store.append(vec![Deposit { address, life: Life::D7, envelope }]).await.unwrap();
        }
    });
    let canaries = [sealed_bytes(&data), slice_keys(&data)].concat();
    assert_eq!(scan(&data, &canaries).found, 2, "the control");
    clock.pass_ms(7 * DAY_MS + 6 * HOUR_MS);
    company.block_on(store.expire()).unwrap();
    assert!(scan(&data, &canaries).is_clean());
    assert_eq!(files(&data.join("slices")).len() + files(&data.join("keys")).len(), 0);
}
