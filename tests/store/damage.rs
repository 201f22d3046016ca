//! DA-86: cut, flipped, swapped and foreign files: recovered as far as sound, or refused with a next step.

use std::path::{Path, PathBuf};

use offshift_relay::store::embedded::{EmbeddedStore, OpenError};
use offshift_relay::store::{Entry, Store};
use offshift_wire::{Life, SizeClass};

use crate::engines::{CAP, Embedded, Engine, deposit, envelope, put, read_all};

const HEADER: usize = 40;
const RECORD: usize = 96 + 1_024 + 16;

/// A closed store with five envelopes in one slice: what lay in it, and the files.
struct Scene {
    engine: Embedded,
    entries: Vec<Entry>,
}

impl Scene {
    async fn new() -> Self {
        let engine = Embedded::new(CAP);
        let store = engine.open();
        store.put_metadata("identity", vec![7; 32]).await.unwrap();
        for seed in 0..5 {
            put(&store, deposit(1, Life::D7, seed)).await.unwrap();
        }
        let entries = read_all(&store, 1).await;
        store.close().await.unwrap();
        Self { engine, entries }
    }

    fn copied(&self) -> Self {
        Self { engine: self.engine.copied(), entries: self.entries.clone() }
    }

    fn only(&self, folder: &str) -> PathBuf {
        let mut files = std::fs::read_dir(self.engine.directory().join(folder)).unwrap();
        files.next().unwrap().unwrap().path()
    }

    fn slice(&self) -> PathBuf {
        self.only("slices")
    }

    fn key(&self) -> PathBuf {
        self.only("keys")
    }

    fn sled(&self) -> PathBuf {
        self.engine.directory().join("registry").join("db")
    }
}

fn flip(path: &Path, at: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[at] ^= 1 << (at % 8);
    std::fs::write(path, bytes).unwrap();
}

/// Whatever is served is one of the originals, in order and once; returns how many are left.
async fn serves_only_originals(store: &EmbeddedStore, scene: &Scene) -> usize {
    let read = read_all(store, 1).await;
    assert!(read.windows(2).all(|two| two[0].position < two[1].position));
    assert!(read.iter().all(|entry| scene.entries.contains(entry)), "wrong bytes were served");
    read.len()
}

#[tokio::test]
async fn da_86_os_sto_050_os_sto_051_bit_flips_are_never_served_and_cost_one_record() {
    let scene = Scene::new().await;
    let sound = std::fs::read(scene.slice()).unwrap();
    assert_eq!(sound.len(), HEADER + 5 * RECORD);
    // Every region of a record: marker, kind, class, zero, offset, checksums, nonce, head, seal, body, seal.
    let regions = [0, 3, 4, 5, 7, 9, 15, 17, 22, 30, 47, 50, 70, 79, 85, 95, 96, 600, 1_119, 1_135];
    for record in 0..5 {
        for region in regions {
            flip(&scene.slice(), HEADER + record * RECORD + region);
            let store = scene.engine.open();
            assert_eq!(serves_only_originals(&store, &scene).await, 4);
            // Damage at the end looks like a torn tail and is cut; elsewhere it is counted.
            assert_eq!(store.statistics().damaged, u64::from(record < 4));
            drop(store);
            std::fs::write(scene.slice(), &sound).unwrap();
        }
    }
    let store = scene.engine.open();
    assert_eq!(serves_only_originals(&store, &scene).await, 5, "the control");
}

#[tokio::test]
async fn da_86_os_sto_024_damage_that_happens_while_the_store_is_open_is_never_served() {
    let scene = Scene::new().await;
    let store = scene.engine.open();
    let file = std::fs::OpenOptions::new().write(true).open(scene.slice()).unwrap();
    let at = HEADER + 2 * RECORD + 500;
    std::os::unix::fs::FileExt::write_all_at(&file, b"damage", at as u64).unwrap();
    assert_eq!(serves_only_originals(&store, &scene).await, 4);
    assert_eq!(serves_only_originals(&store, &scene).await, 4);
    assert_eq!(store.statistics().damaged, 1, "counted once");
}

#[tokio::test]
async fn da_86_a_damaged_header_costs_nothing_and_is_reported() {
    for at in [0, 7, 8, 12, 16, 24, 31, 36, 39] {
        let scene = Scene::new().await;
        flip(&scene.slice(), at);
        let store = scene.engine.open();
        assert_eq!(serves_only_originals(&store, &scene).await, 5);
        assert_eq!(store.statistics().damaged, 1);
        put(&store, deposit(1, Life::D7, 9)).await.expect("goes on in a new file");
    }
}

#[tokio::test]
async fn da_86_os_sto_050_a_tail_cut_anywhere_leaves_what_was_whole() {
    let original = Scene::new().await;
    let sound = std::fs::read(original.slice()).unwrap();
    for len in (0..sound.len()).step_by(97).chain([HEADER - 1, HEADER, sound.len() - 1]) {
        let scene = original.copied();
        std::fs::write(scene.slice(), &sound[..len]).unwrap();
        let store = scene.engine.open();
        let whole = len.saturating_sub(HEADER) / RECORD;
        assert_eq!(serves_only_originals(&store, &scene).await, whole);
        let more = put(&store, deposit(1, Life::D7, 77)).await.unwrap();
        assert!(more > scene.entries[4].position, "positions go on above what was lost");
        drop(store);
        assert_eq!(read_all(&scene.engine.open(), 1).await.len(), whole + 1);
    }
}

#[tokio::test]
async fn da_86_os_sto_022_records_moved_within_a_slice_are_not_served() {
    let scene = Scene::new().await;
    let mut bytes = std::fs::read(scene.slice()).unwrap();
    let (first, second) = (HEADER..HEADER + RECORD, HEADER + RECORD..HEADER + 2 * RECORD);
    bytes.copy_within(first, second.start);
    std::fs::write(scene.slice(), &bytes).unwrap();
    let store = scene.engine.open();
    assert_eq!(serves_only_originals(&store, &scene).await, 4);
    assert_eq!(store.statistics().damaged, 1);
}

#[tokio::test]
async fn da_86_garbage_between_records_is_skipped() {
    let scene = Scene::new().await;
    let mut bytes = std::fs::read(scene.slice()).unwrap();
    let garbage = b"OsR1OsR1".iter().cycle().take(2 * RECORD).copied();
    bytes.splice(HEADER + RECORD..HEADER + 3 * RECORD, garbage);
    std::fs::write(scene.slice(), &bytes).unwrap();
    let store = scene.engine.open();
    assert_eq!(serves_only_originals(&store, &scene).await, 3);
}

/// Numbers that look random and are the same in every run.
fn draw(state: &mut u64, below: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state % below as u64).unwrap()
}

#[tokio::test]
async fn da_86_any_mixture_of_damage_serves_only_originals() {
    let original = Scene::new().await;
    let sound = std::fs::read(original.slice()).unwrap();
    let mut state = 0x0ff5_41f7;
    for _ in 0..60 {
        let mut bytes = sound.clone();
        for _ in 0..=draw(&mut state, 4) {
            let (from, to) = (draw(&mut state, bytes.len()), draw(&mut state, bytes.len()));
            let len = draw(&mut state, 2 * RECORD).min(bytes.len() - from.max(to));
            match draw(&mut state, 4) {
                0 => bytes.copy_within(from..from + len, to),
                1 => bytes.truncate(from.max(1)),
                2 => bytes[from..from + len].fill(0),
                _ => bytes[from] ^= 1 << draw(&mut state, 8),
            }
        }
        let scene = original.copied();
        std::fs::write(scene.slice(), bytes).unwrap();
        let store = scene.engine.open();
        serves_only_originals(&store, &scene).await;
        put(&store, deposit(1, Life::D7, 99)).await.unwrap();
        drop(store);
        let again = read_all(&scene.engine.open(), 1).await;
        assert_eq!(again.last().unwrap().envelope, deposit(1, Life::D7, 99).envelope);
    }
}

fn says(error: &OpenError, next: &str) {
    let sentence = error.to_string();
    assert!(sentence.contains(next), "{sentence}");
}

fn refused(scene: &Scene) -> OpenError {
    scene.engine.try_open().map(drop).expect_err("it must be refused")
}

#[tokio::test]
async fn da_86_os_sto_053_a_slice_without_its_key_is_refused_until_somebody_decides() {
    let scene = Scene::new().await;
    let sound = std::fs::read(scene.key()).unwrap();
    for at in 0..sound.len() {
        flip(&scene.key(), at);
        assert!(matches!(refused(&scene), OpenError::Key(_)));
        std::fs::write(scene.key(), &sound).unwrap();
    }
    std::fs::write(scene.key(), &sound[..51]).unwrap();
    says(&refused(&scene), "or remove both to go on without them");
    std::fs::remove_file(scene.key()).unwrap();
    assert!(matches!(refused(&scene), OpenError::Key(_)));
    std::fs::remove_file(scene.slice()).unwrap();
    let store = scene.engine.open();
    assert_eq!(read_all(&store, 1).await, []);
    assert_eq!(store.statistics().damaged, 1);
}

#[tokio::test]
async fn da_86_os_sto_053_foreign_files_and_directories_are_refused_and_left_alone() {
    let scene = Scene::new().await;
    let foreign = scene.engine.directory().join("slices/00000000000000ff.slice");
    std::fs::write(&foreign, [1; 500]).unwrap();
    says(&refused(&scene), "move it somewhere else");
    assert_eq!(std::fs::read(&foreign).unwrap(), [1; 500]);
    std::fs::remove_file(&foreign).unwrap();
    assert_eq!(serves_only_originals(&scene.engine.open(), &scene).await, 5);

    let engine = Embedded::new(CAP);
    std::fs::create_dir(engine.directory()).unwrap();
    std::fs::write(engine.directory().join("thesis.txt"), "years of work").unwrap();
    let error = engine.try_open().map(drop).unwrap_err();
    says(&error, "give the relay an empty or a new directory");
    assert_eq!(std::fs::read_dir(engine.directory()).unwrap().count(), 1, "nothing was added");
}

#[tokio::test]
async fn da_86_another_slice_under_this_name_gives_nothing() {
    let (scene, other) = (Scene::new().await, Scene::new().await);
    std::fs::copy(other.slice(), scene.slice()).unwrap();
    let store = scene.engine.open();
    assert_eq!(serves_only_originals(&store, &scene).await, 0);
}

#[tokio::test]
async fn da_86_newer_and_unknown_formats_are_refused_by_name() {
    let scene = Scene::new().await;
    let format = scene.engine.directory().join("FORMAT");
    std::fs::write(&format, "offshift store 2\n").unwrap();
    says(&refused(&scene), "update this relay");
    for text in ["", "offshift store", "offshift store 0\n", "\u{ff}something"] {
        std::fs::write(&format, text).unwrap();
        assert!(matches!(refused(&scene), OpenError::NotAStore));
    }
    std::fs::write(&format, "offshift store 1\n").unwrap();
    assert_eq!(serves_only_originals(&scene.engine.open(), &scene).await, 5);

    let mut slice = std::fs::read(scene.slice()).unwrap();
    slice[8] = 2;
    let crc = crc32c(&slice[..36]);
    slice[36..40].copy_from_slice(&crc.to_le_bytes());
    std::fs::write(scene.slice(), slice).unwrap();
    assert!(matches!(refused(&scene), OpenError::Newer));
}

/// CRC-32C, bit by bit: another way than the store's.
fn crc32c(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ (0x82f6_3b78 & 0u32.wrapping_sub(crc & 1));
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[tokio::test]
async fn os_sto_054_a_second_process_is_told_so() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    says(&engine.try_open().map(drop).unwrap_err(), "stop that one first");
    drop(store);
    engine.try_open().map(drop).unwrap();
}

#[tokio::test]
async fn da_86_os_sto_052_a_damaged_registry_is_refused_or_harmless_and_never_panics() {
    let original = Scene::new().await;
    let slice = std::fs::read(original.slice()).unwrap();
    let sound = std::fs::read(original.sled()).unwrap();
    let used = sound.iter().rposition(|byte| *byte != 0).unwrap();
    let mut refusals = 0;
    for at in (0..used).step_by(5) {
        let scene = original.copied();
        flip(&scene.sled(), at);
        match scene.engine.try_open() {
            Ok(store) => {
                assert_eq!(serves_only_originals(&store, &scene).await, 5);
                let identity = store.metadata("identity").await;
                assert_eq!(identity, Ok(Some(vec![7; 32])), "lost in silence at {at} of {used}");
            }
            Err(OpenError::Registry | OpenError::Unlisted(_)) => refusals += 1,
            Err(other) => panic!("{other}"),
        }
        assert_eq!(std::fs::read(scene.slice()).unwrap(), slice, "no slice was touched");
    }
    assert!(refusals > used / 10, "the control: damage is noticed");
}

#[tokio::test]
async fn sizes_of_all_classes_survive_reopening() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    for class in SizeClass::ALL {
        let mut deposit = deposit(1, Life::D1, 0);
        deposit.envelope = envelope(class, 5);
        put(&store, deposit).await.unwrap();
    }
    let before = read_all(&store, 1).await;
    drop(store);
    assert_eq!(read_all(&engine.open(), 1).await, before);
}
