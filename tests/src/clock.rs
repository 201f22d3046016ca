//! A clock that a test sets.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Duration,
};

use offshift_relay::store::clock::Clock;
use offshift_wire::UnixMillis;

/// A day.
pub const DAY_MS: u64 = 86_400_000;

/// Where a [`HandClock`] starts, Unix milliseconds.
pub const START: u64 = 1_800_000_000_000;

/// How much time passed, and how far the wall clock was turned since.
#[derive(Default)]
pub struct HandClock {
    passed: AtomicU64,
    ahead_or_behind: AtomicI64,
}

impl HandClock {
    /// Time passes.
    pub fn pass(&self, ms: u64) {
        self.passed.fetch_add(ms, Ordering::SeqCst);
    }

    /// Somebody turns the wall clock; no time passes.
    pub fn turn(&self, ms: i64) {
        self.ahead_or_behind.fetch_add(ms, Ordering::SeqCst);
    }

    /// What has passed.
    pub fn ms(&self) -> u64 {
        self.passed.load(Ordering::SeqCst)
    }
}

impl Clock for HandClock {
    fn wall(&self) -> UnixMillis {
        let turned = self.ahead_or_behind.load(Ordering::SeqCst);
        UnixMillis((START + self.ms()).saturating_add_signed(turned))
    }

    fn steady(&self) -> Duration {
        Duration::from_millis(self.ms())
    }
}
