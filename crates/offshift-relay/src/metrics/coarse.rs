//! How coarsely and how seldom a number is shown.
//!
//! ```text
//! true value -> less a secret shift below one step -> down to whole steps -> (an hour later) -> shown
//! ```
//! What people do together must not be read off a graph: who watches the metrics is not always who may know of a
//! meeting. A step alone would not do: whoever may count beside others (a token is enough) can stand right under a
//! step and see a single other act cross it. The shift is drawn anew for every window, so that one act more or less
//! changes what is shown with a chance of one in a step, and not at a place that can be found.
//!
//! Never: a clock, randomness of its own; a number above the true one.

/// By which rule a number is shown (OS-OPS-003).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// As it is: the relay's own state, which no peer's act moves one by one.
    Exact,
    /// What people do: each hour, an hour late, in steps of so many.
    Use(u64),
    /// What the relay turns away: each window, in steps of 100. An attack is seen soon, a person's slip is not.
    Strain,
    /// Room taken: each window, in steps of one hundredth of all there is, and never less than 64 MiB.
    Space,
}

/// Seconds of a window.
pub const WINDOW_SECONDS: u64 = 300;

/// Windows after which [`Rule::Use`] looks again: an hour, the usual length of a meeting.
pub const USE_WINDOWS: u64 = 12;

/// The step of [`Rule::Strain`].
pub const STRAIN_STEP: u64 = 100;

/// The least step of [`Rule::Space`]: sixty-five thousand messages, or 256 photos.
pub const SPACE_STEP_MIN: u64 = 64 << 20;

impl Rule {
    /// The step, where there is room for `most` in all.
    pub const fn step(self, most: u64) -> u64 {
        match self {
            Self::Exact => 1,
            Self::Use(step) => step,
            Self::Strain => STRAIN_STEP,
            Self::Space if most / 100 > SPACE_STEP_MIN => most / 100,
            Self::Space => SPACE_STEP_MIN,
        }
    }

    /// Whether it looks at the end of this window.
    pub const fn looks(self, window: u64) -> bool {
        !matches!(self, Self::Use(_)) || window.is_multiple_of(USE_WINDOWS)
    }
}

/// A coarse number: what is shown, and what will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Coarse {
    shown: u64,
    waiting: u64,
}

impl Coarse {
    /// What anybody may see.
    pub(super) const fn shown(self) -> u64 {
        self.shown
    }

    /// Takes in the true value at the end of a window. `rises`: it is a counter, and stays one.
    #[must_use]
    pub(super) fn next(self, rule: Rule, value: u64, step: u64, shift: u64, rises: bool) -> Self {
        let rounded = rounded(value, step, shift);
        let waiting = if rises { rounded.max(self.waiting) } else { rounded };
        let shown = if matches!(rule, Rule::Use(_)) { self.waiting } else { waiting };
        Self { shown, waiting }
    }
}

/// `value` less `shift` (below one step), down to whole steps.
pub const fn rounded(value: u64, step: u64, shift: u64) -> u64 {
    let step = if step == 0 { 1 } else { step };
    let less = value.saturating_sub(shift % step);
    less - less % step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_ops_003_a_use_is_shown_an_hour_late_and_strain_at_once() {
        let one = Coarse::default().next(Rule::Use(50), 120, 50, 0, false);
        assert_eq!(one.shown(), 0);
        assert_eq!(one.next(Rule::Use(50), 0, 50, 0, false).shown(), 100);
        assert_eq!(Coarse::default().next(Rule::Strain, 120, 100, 0, true).shown(), 100);
        assert!(Rule::Use(50).looks(0) && !Rule::Use(50).looks(11) && Rule::Use(50).looks(12));
        assert!(Rule::Strain.looks(1) && Rule::Space.looks(7));
    }

    #[test]
    fn a_counter_never_falls_whatever_the_shift() {
        let high = Coarse::default().next(Rule::Strain, 200, 100, 0, true);
        assert_eq!(high.next(Rule::Strain, 200, 100, 99, true).shown(), 200);
        assert_eq!(high.next(Rule::Strain, 200, 100, 99, false).shown(), 100);
    }

    #[test]
    fn space_is_shown_in_hundredths_but_never_finer_than_64_mib() {
        assert_eq!(Rule::Space.step(1 << 30), 64 << 20);
        assert_eq!(Rule::Space.step(100 << 30), 1 << 30);
    }
}
