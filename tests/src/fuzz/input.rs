//! How bytes become decisions: one after the other, and zeros when they are used up.

use offshift_wire::UnixMillis;

pub(super) const DAY_MS: u64 = 24 * 3_600_000;

/// The bytes that are left.
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn byte(&mut self) -> u8 {
        let (first, rest) =
            self.0.split_first().map_or((0, self.0), |(first, rest)| (*first, rest));
        self.0 = rest;
        first
    }

    pub(super) fn below(&mut self, count: u8) -> u8 {
        self.byte() % count
    }

    /// A time around this one: at each limit of the rules, and one millisecond beside it.
    pub(super) fn time(&mut self, around: u64) -> UnixMillis {
        let steps = [0, 1, DAY_MS / 12, DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 90 * DAY_MS, u64::MAX / 2];
        let far = steps[usize::from(self.below(8))];
        let time = match self.below(4) {
            0 => around.saturating_sub(far),
            1 => around.saturating_sub(far).saturating_sub(1),
            2 => around.saturating_add(far),
            _ => around,
        };
        UnixMillis(time)
    }

    /// Up to so many bytes, as they are.
    pub(super) fn some(&mut self, most: usize) -> &'a [u8] {
        let wanted = usize::from(self.byte()) * most / 255;
        let (some, rest) = self.0.split_at(wanted.min(self.0.len()));
        self.0 = rest;
        some
    }

    /// An index below `count`.
    pub(super) fn index(&mut self, count: usize) -> usize {
        (usize::from(self.byte()) * 256 + usize::from(self.byte())) % count.max(1)
    }

    /// Whether nothing is left.
    pub(super) const fn is_over(&self) -> bool {
        self.0.is_empty()
    }
}
