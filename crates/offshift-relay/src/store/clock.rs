//! The store's time: follows the wall clock, but no jump of that clock destroys an envelope early.
//!
//! ```text
//! wall clock (may jump) + time since boot (steady) --SteadyTime--> now (never back, at most double speed)
//! ```
//!
//! OS-STO-060, OS-STO-061 in `proto/spec/store.md`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use offshift_wire::UnixMillis;

/// Where an engine gets its time from.
pub trait Clock: Send + Sync + 'static {
    /// What the machine believes the time to be. It may jump either way.
    fn wall(&self) -> UnixMillis;

    /// Time since some fixed moment, suspended time included. It never jumps.
    fn steady(&self) -> Duration;
}

/// The machine's clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn wall(&self) -> UnixMillis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UnixMillis(millis(since))
    }

    fn steady(&self) -> Duration {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
        Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

struct Reading {
    now: UnixMillis,
    steady: Duration,
}

/// The time by which the store counts lives.
///
/// When the wall clock is ahead, it catches up at no more than double speed; when it is behind, it goes
/// on steadily. So a clock that is wrong by a day for an hour ends lives by at most an hour too early.
pub(super) struct SteadyTime {
    clock: Arc<dyn Clock>,
    last: Mutex<Reading>,
}

impl SteadyTime {
    /// Starts at the wall clock, but not before `known`, a time that was already reached.
    pub(super) fn starting(clock: Arc<dyn Clock>, known: UnixMillis) -> Self {
        let last = Reading { now: clock.wall().max(known), steady: clock.steady() };
        Self { clock, last: Mutex::new(last) }
    }

    /// The time now. It never goes back.
    pub(super) fn now(&self) -> UnixMillis {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let steady = self.clock.steady();
        // Whole milliseconds only; the rest stays for the next call.
        let elapsed = Duration::from_millis(millis(steady.saturating_sub(last.steady)));
        let even = last.now.plus_ms(millis(elapsed));
        let behind = self.clock.wall().since_ms(even);
        last.now = even.plus_ms(behind.min(millis(elapsed)));
        last.steady = last.steady.saturating_add(elapsed);
        last.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock that tests turn by hand. Clones show the same time.
    #[derive(Clone)]
    struct ManualClock(Arc<Mutex<(UnixMillis, Duration)>>);

    impl ManualClock {
        /// A clock that stands at `wall`.
        fn at(wall: UnixMillis) -> Self {
            Self(Arc::new(Mutex::new((wall, Duration::ZERO))))
        }

        fn turn(&self, turn: impl FnOnce(&mut (UnixMillis, Duration))) {
            turn(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
        }

        /// Time passes.
        fn pass_ms(&self, ms: u64) {
            self.turn(|(wall, steady)| {
                *wall = wall.plus_ms(ms);
                *steady = steady.saturating_add(Duration::from_millis(ms));
            });
        }

        /// Somebody sets the wall clock; no time passes.
        fn set_wall(&self, to: UnixMillis) {
            self.turn(|(wall, _)| *wall = to);
        }
    }

    impl Clock for ManualClock {
        fn wall(&self) -> UnixMillis {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).0
        }

        fn steady(&self) -> Duration {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).1
        }
    }

    const DAY_MS: u64 = 86_400_000;
    const START: UnixMillis = UnixMillis(1_800_000_000_000);

    #[test]
    fn time_passes_as_it_does_while_nothing_jumps() {
        let clock = ManualClock::at(START);
        let time = SteadyTime::starting(Arc::new(clock.clone()), UnixMillis(0));
        clock.pass_ms(1_234);
        assert_eq!(time.now(), START.plus_ms(1_234));
    }

    #[test]
    fn os_sto_060_a_jump_forward_is_taken_in_at_double_speed() {
        let clock = ManualClock::at(START);
        let time = SteadyTime::starting(Arc::new(clock.clone()), UnixMillis(0));
        clock.set_wall(START.plus_ms(DAY_MS));
        assert_eq!(time.now(), START);
        clock.pass_ms(1_000);
        assert_eq!(time.now(), START.plus_ms(2_000));
        clock.pass_ms(2 * DAY_MS);
        assert_eq!(time.now(), clock.wall());
    }

    #[test]
    fn os_sto_060_a_jump_back_changes_nothing() {
        let clock = ManualClock::at(START);
        let time = SteadyTime::starting(Arc::new(clock.clone()), UnixMillis(0));
        clock.set_wall(UnixMillis(START.0 - DAY_MS));
        clock.pass_ms(1_000);
        assert_eq!(time.now(), START.plus_ms(1_000));
    }

    #[test]
    fn os_sto_061_time_does_not_start_before_what_was_reached() {
        let clock = ManualClock::at(START);
        assert_eq!(SteadyTime::starting(Arc::new(clock), START.plus_ms(5)).now(), START.plus_ms(5));
    }
}
