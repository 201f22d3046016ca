//! The corpus of every fuzz target, as it is, cut short and with bits turned: a target never panics, takes what is
//! named `ok-` and refuses what is named `bad-`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use offshift_tests::fuzz::{TARGETS, Target};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

/// Changed copies of each file: enough to reach every field, few enough for seconds.
const CHANGES: usize = 120;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The files of a target's corpus by name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder().join("corpus").join(target)).expect("a corpus");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn names(of: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder().join(of)).expect("a folder");
    let path = entries.map(|entry| entry.expect("an entry").path());
    path.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_target_has_a_file_and_a_corpus() {
    let targets: BTreeSet<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(targets, names("fuzz_targets"));
    assert_eq!(targets, names("corpus"));
    let manifest = std::fs::read_to_string(folder().join("Cargo.toml")).unwrap();
    for target in targets {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
    }
}

#[test]
fn every_target_takes_what_is_good_and_refuses_what_is_not() {
    for (name, target) in TARGETS {
        let files = corpus(name);
        for (file, bytes) in &files {
            assert_eq!(target(bytes), file.starts_with("ok-"), "{name}/{file}");
        }
        let has = |start: &str| files.iter().any(|(file, _)| file.starts_with(start));
        assert!(has("ok-") || WITHOUT_GOOD.contains(&name), "{name} has something that it takes");
        assert!(has("bad-"), "{name} has something that it refuses");
    }
}

/// What these take is bound to a device's secret randomness and can't lie in a file.
const WITHOUT_GOOD: [&str; 2] = ["room_entry", "welcome"];

#[test]
fn nothing_changed_makes_a_target_panic() {
    for (name, target) in TARGETS {
        let changes = if OF_DEEDS.contains(&name) { CHANGES / 10 } else { CHANGES };
        for (_, bytes) in corpus(name) {
            cut(target, &bytes, changes);
            bend(target, &bytes, changes);
        }
    }
}

/// Targets that turn bytes into deeds, one after the other: of those, any bytes lead somewhere.
const OF_DEEDS: [&str; 5] = ["admission", "file_chunk", "meeting_run", "room_log", "token_run"];

#[test]
fn no_deeds_break_what_a_target_holds() {
    for (_, target) in TARGETS.into_iter().filter(|(name, _)| OF_DEEDS.contains(name)) {
        for seed in 0..DEEDS {
            let mut rng = ChaCha20Rng::seed_from_u64(seed);
            let mut bytes = vec![0; 20 + usize::try_from(rng.next_u32() % 80).unwrap()];
            rng.fill_bytes(&mut bytes);
            target(&bytes);
        }
    }
}

/// Random runs of each: for hours there is the fuzzer.
const DEEDS: u64 = 12;

fn cut(target: Target, bytes: &[u8], changes: usize) {
    for length in (0..bytes.len()).step_by(bytes.len().div_ceil(changes).max(1)) {
        target(&bytes[..length]);
    }
}

fn bend(target: Target, bytes: &[u8], changes: usize) {
    let bits = bytes.len() * 8;
    // An odd step reaches every bit of a byte in turn.
    for bit in (0..bits).step_by(bits.div_ceil(changes).max(1) | 1) {
        let mut bent = bytes.to_vec();
        bent[bit / 8] ^= 1 << (bit % 8);
        target(&bent);
    }
}
