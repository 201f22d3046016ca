//! How near the relay is to its memory limit, for all who decide what to take.
//!
//! ```text
//! resident memory / its limit ┐                       ┌ Calm  everything
//! bytes between net and disk  ┴> share, each second ──┼ Tight no deposit into a mailbox that holds nothing,
//!                                                     │       nobody new from prefixes that have many
//!                                                     └ Full  no deposit, nobody new
//! ```
//! Whoever is connected can fetch, follow and release at any pressure (OS-REL-050): that costs no memory that is not
//! bounded already, and people get what was sent to them. A step down takes more room than a step up took, so that the
//! relay doesn't flutter.
//!
//! On a system that doesn't tell the memory of a process it is always Calm; the log says so once.
//!
//! Never: a size in the log; it would say how much others use the relay at that moment.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use tokio::time::{MissedTickBehavior, interval};
use tracing::{info, warn};

use crate::limits::{FULL_BELOW, FULL_FROM, TIGHT_BELOW, TIGHT_FROM};

/// How often it is looked at. At a gigabit 125 MB can come meanwhile; what is read of them is bounded apart.
const EVERY: Duration = Duration::from_secs(1);

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

/// What is held against what limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Memory of the process, bytes.
    pub memory: u64,
    /// The limit on it.
    pub memory_max: u64,
    /// Bytes that wait for the disk.
    pub queued: u64,
    /// The limit on them.
    pub queued_max: u64,
}

impl Pressure {
    /// What it becomes under `load`.
    #[must_use]
    pub fn under(self, load: Load) -> Self {
        let memory = self.at(percent(load.memory, load.memory_max));
        // A slow disk makes depositors wait by itself. It keeps new mailboxes away and refuses nobody else.
        memory.max(self.at(percent(load.queued, load.queued_max)).min(Self::Tight))
    }

    /// With hysteresis.
    fn at(self, percent: u64) -> Self {
        let full = if self == Self::Full { FULL_BELOW } else { FULL_FROM };
        let tight = if self == Self::Calm { TIGHT_FROM } else { TIGHT_BELOW };
        match percent {
            _ if percent >= full => Self::Full,
            _ if percent >= tight => Self::Tight,
            _ => Self::Calm,
        }
    }
}

const fn percent(held: u64, max: u64) -> u64 {
    match held.saturating_mul(100).checked_div(max) {
        Some(percent) => percent,
        None => 100,
    }
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

    /// Looks each second, for ever. `load` is asked with the memory of the process; `each` is told what came out.
    pub(crate) async fn watch(&self, load: impl Fn(u64) -> Load, each: impl Fn(Pressure)) {
        let mut tick = interval(EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        if memory_bytes() == 0 {
            warn!(
                "this system does not tell how much memory a program has; memory_mb is not kept to"
            );
        }
        loop {
            tick.tick().await;
            let (before, now) = (self.now(), self.now().under(load(memory_bytes())));
            self.set(now);
            if before != now {
                say(now);
            }
            each(now);
        }
    }
}

fn say(pressure: Pressure) {
    match pressure {
        Pressure::Calm => info!("memory is enough again; everything is taken"),
        Pressure::Tight => warn!("memory is short; no new mailboxes are taken"),
        Pressure::Full => warn!("memory is used up; no deposits and no connections are taken"),
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

    const fn load(memory: u64, queued: u64) -> Load {
        Load { memory, memory_max: 1_000, queued, queued_max: 1_000 }
    }

    #[test]
    fn os_rel_050_pressure_rises_with_memory_and_falls_later_than_it_rose() {
        let along = [0, 799, 800, 949, 950, 900, 849, 750, 700, 699];
        let mut now = Pressure::Calm;
        let seen = along.map(|memory| {
            now = now.under(load(memory, 0));
            now
        });
        let (calm, tight, full) = (Pressure::Calm, Pressure::Tight, Pressure::Full);
        assert_eq!(seen, [calm, calm, tight, tight, full, full, tight, tight, tight, calm]);
    }

    #[test]
    fn a_slow_disk_alone_refuses_no_mailbox_that_is_used() {
        assert_eq!(Pressure::Calm.under(load(0, 1_000)), Pressure::Tight);
        assert_eq!(Pressure::Tight.under(load(0, 600)), Pressure::Calm);
        assert_eq!(Pressure::Tight.under(load(950, 1_000)), Pressure::Full);
    }

    #[test]
    fn without_a_limit_nothing_is_taken_rather_than_everything() {
        assert_eq!(Pressure::Calm.under(Load { memory_max: 0, ..load(1, 0) }), Pressure::Full);
    }

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
