//! How near the relay is to its memory limit, for all who decide what to take.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

/// How much the relay takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Pressure {
    /// Everything.
    #[default]
    Calm,
    /// No deposit into a mailbox that holds nothing, and nobody new from prefixes that have many.
    Tight,
    /// No deposit, nobody new. Fetches and releases go on.
    Full,
}

/// The pressure of the moment, shared.
#[derive(Clone, Default)]
pub struct Gauge(Arc<AtomicU8>);

impl Gauge {
    /// What it is now.
    pub fn now(&self) -> Pressure {
        match self.0.load(Ordering::Relaxed) {
            0 => Pressure::Calm,
            1 => Pressure::Tight,
            _ => Pressure::Full,
        }
    }

    /// From now on it is this.
    pub fn set(&self, pressure: Pressure) {
        self.0.store(pressure as u8, Ordering::Relaxed);
    }
}

/// Bytes of memory that this process holds, as the system counts them; 0 when it doesn't say.
pub fn memory_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or(0).saturating_mul(rustix::param::page_size() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_says_what_it_was_told() {
        let gauge = Gauge::default();
        for pressure in [Pressure::Full, Pressure::Tight, Pressure::Calm] {
            gauge.set(pressure);
            assert_eq!(gauge.clone().now(), pressure);
        }
    }

    #[test]
    fn a_process_knows_its_size() {
        assert!(memory_bytes() > 1 << 20);
    }
}
