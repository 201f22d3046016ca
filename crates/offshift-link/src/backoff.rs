//! When to try again: exponential, jittered, capped. Pure: randomness is an argument.

use std::time::Duration;

use rand_core::Rng;

/// The first wait is below this.
pub const FIRST: Duration = Duration::from_millis(500);

/// No wait is above this: a relay that comes back is found within a minute.
pub const LONGEST: Duration = Duration::from_secs(60);

/// Doublings after which the ceiling is reached anyway.
const DOUBLINGS_MAX: u32 = 10;

/// The waits between attempts to reach one relay.
///
/// Each is drawn evenly from half of its ceiling to the ceiling, so that the members of a room don't
/// all come back in one moment when their relay restarts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// No failure yet.
    pub const fn new() -> Self {
        Self { failures: 0 }
    }

    /// An attempt failed: how long to wait before the next (OS-LNK-040).
    pub fn failed(&mut self, rng: &mut dyn Rng) -> Duration {
        let ceiling = FIRST.saturating_mul(1 << self.failures.min(DOUBLINGS_MAX)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        let half = ceiling / 2;
        half + half.mul_f64(fraction(rng.next_u32()))
    }

    /// An attempt succeeded: the next failure starts over.
    pub const fn succeeded(&mut self) {
        self.failures = 0;
    }
}

/// Evenly in 0.0 ..= 1.0.
pub(crate) fn fraction(random: u32) -> f64 {
    f64::from(random) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    #[test]
    fn os_lnk_040_waits_double_to_the_longest_and_are_jittered() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let mut backoff = Backoff::new();
        let mut ceiling = FIRST;
        for _ in 0..20 {
            let wait = backoff.failed(&mut rng);
            assert!(wait >= ceiling / 2 && wait <= ceiling);
            ceiling = (ceiling * 2).min(LONGEST);
        }
        backoff.succeeded();
        assert!(backoff.failed(&mut rng) <= FIRST);
    }

    #[test]
    fn two_devices_do_not_wait_alike() {
        let mut one = ChaCha20Rng::from_seed([1; 32]);
        let mut two = ChaCha20Rng::from_seed([2; 32]);
        assert_ne!(Backoff::new().failed(&mut one), Backoff::new().failed(&mut two));
    }
}
