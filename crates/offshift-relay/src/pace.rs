//! So many in a second on one connection: who goes faster waits, and is slowed down by flow control.
//!
//! ```text
//! each takes a step of time; what was not used is saved up, at most a burst of it
//! ```

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

/// How fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    /// On and on.
    pub(crate) per_second: u32,
    /// At once, after a rest.
    pub(crate) burst: u32,
}

impl Rate {
    fn time(self, many: u32) -> Duration {
        Duration::from_secs(1).saturating_mul(many) / self.per_second.max(1)
    }
}

/// What one connection has used.
pub(crate) struct Pace(Mutex<Instant>);

impl Pace {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Instant::now()))
    }

    /// Waits until `many` more may be done. Those who wait together wait one behind the other.
    pub(crate) async fn take(&self, many: usize, rate: Rate) {
        let now = Instant::now();
        let until = self.until(u32::try_from(many).unwrap_or(u32::MAX), rate, now);
        // A timer fires at its next millisecond, also for a time that is over: ten deposits long.
        if until > now {
            sleep_until(until).await;
        }
    }

    fn until(&self, many: u32, rate: Rate, now: Instant) -> Instant {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *used = (*used).max(now) + rate.time(many);
        used.checked_sub(rate.time(rate.burst)).map_or(now, |until| until.max(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { per_second: 10, burst: 20 };

    #[tokio::test(start_paused = true)]
    async fn a_burst_goes_at_once_and_the_rest_in_its_time() {
        let (pace, began) = (Pace::new(), Instant::now());
        for _ in 0..20 {
            pace.take(1, RATE).await;
        }
        assert_eq!(began.elapsed(), Duration::ZERO);
        pace.take(5, RATE).await;
        assert!(began.elapsed().abs_diff(Duration::from_millis(500)) < Duration::from_millis(5));
    }

    #[tokio::test(start_paused = true)]
    async fn who_rests_saves_up_a_burst_and_no_more() {
        let pace = Pace::new();
        pace.take(20, RATE).await;
        tokio::time::sleep(Duration::from_secs(3600)).await;
        let began = Instant::now();
        pace.take(20, RATE).await;
        assert_eq!(began.elapsed(), Duration::ZERO);
        pace.take(1, RATE).await;
        assert!(began.elapsed() >= Duration::from_millis(90));
    }
}
