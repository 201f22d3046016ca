//! How much of a run is left to chance, and from which seed.

use std::{path::PathBuf, time::Duration};

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use tempfile::TempDir;

/// One kind's part of a run.
pub(crate) struct Chance {
    rng: ChaCha20Rng,
    /// How often the fault is brought about.
    pub(crate) rounds: usize,
    folder: TempDir,
}

impl Chance {
    /// The same numbers for the same seed and kind.
    pub(crate) fn new(seed: u64, kind: u8, rounds: usize) -> Self {
        let mut bytes = [kind; 32];
        bytes[..8].copy_from_slice(&seed.to_be_bytes());
        let rng = ChaCha20Rng::from_seed(bytes);
        Self { rng, rounds, folder: tempfile::tempdir().unwrap() }
    }

    /// Some number below.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.rng.next_u64() % end
    }

    /// The same for places in files.
    pub(crate) fn index(&mut self, end: usize) -> usize {
        usize::try_from(self.below(end as u64)).unwrap()
    }

    /// Some time below.
    pub(crate) fn time(&mut self, end: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(end.as_micros()).unwrap().max(1)))
    }

    /// A folder of its own.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The rounds, in parts after which everything begins afresh: what is read again after each round stays little.
    pub(crate) fn sessions(&self) -> Vec<usize> {
        const PART: usize = 20;
        let whole = std::iter::repeat_n(PART, self.rounds / PART);
        whole.chain(Some(self.rounds % PART).filter(|rest| *rest > 0)).collect()
    }
}
