//! Gives out positions: per mailbox max(previous + 1, microseconds), whatever the clock does (OS-STO-010).
//!
//! ```text
//! floor (at or above every position ever shown)   +   last position of the few mailboxes above the floor
//! ```
//!
//! While the clock runs ahead of all positions, which is the rule, nothing need be remembered but the
//! floor. A counter over all mailboxes would be simpler, but would tell each depositor how busy the relay is
//! (OS-STO-011).

use std::collections::HashMap;

use offshift_wire::{Address, Position, UnixMillis};

use crate::limits::STORE_POSITIONS_APART;

pub(super) struct Positions {
    floor: Position,
    highest: Position,
    apart: HashMap<Address, Position>,
}

impl Positions {
    /// Goes on above `floor`: no position up to it is given out again.
    pub(super) fn above(floor: Position) -> Self {
        Self { floor, highest: floor, apart: HashMap::new() }
    }

    /// The highest position given out so far.
    pub(super) const fn highest(&self) -> Position {
        self.highest
    }

    /// The next position of this mailbox; `None` at the end of time.
    pub(super) fn next(&mut self, address: &Address, now: UnixMillis) -> Option<Position> {
        if self.forgettable(now) {
            self.floor = self.highest;
            self.apart.clear();
        }
        let previous = self.apart.get(address).copied().unwrap_or(self.floor);
        let position = previous.next(now)?;
        self.apart.insert(*address, position);
        self.highest = self.highest.max(position);
        Some(position)
    }

    fn forgettable(&self, now: UnixMillis) -> bool {
        self.highest.value() < now.0.saturating_mul(1000)
            || self.apart.len() >= STORE_POSITIONS_APART
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Address = Address::from_bytes([1; 32]);
    const B: Address = Address::from_bytes([2; 32]);

    #[test]
    fn os_sto_010_positions_follow_the_clock_and_rise_when_it_stands() {
        let mut positions = Positions::above(Position::START);
        let now = UnixMillis(5);
        assert_eq!(positions.next(&A, now), Some(Position::new(5_000)));
        assert_eq!(positions.next(&A, now), Some(Position::new(5_001)));
        assert_eq!(positions.next(&B, now), Some(Position::new(5_000)));
        assert_eq!(positions.next(&A, UnixMillis(1)), Some(Position::new(5_002)));
        assert_eq!(positions.next(&A, UnixMillis(6)), Some(Position::new(6_000)));
        assert_eq!(positions.highest(), Position::new(6_000));
    }

    #[test]
    fn os_sto_011_traffic_of_others_does_not_show_in_positions() {
        let mut positions = Positions::above(Position::new(9_000_000));
        for other in 3..200 {
            positions.next(&Address::from_bytes([other; 32]), UnixMillis(1)).unwrap();
        }
        assert_eq!(positions.next(&A, UnixMillis(1)), Some(Position::new(9_000_001)));
    }

    #[test]
    fn positions_still_rise_when_too_many_mailboxes_stand_apart() {
        let mut positions = Positions::above(Position::START);
        let first = positions.next(&A, UnixMillis(1)).unwrap();
        for index in 0..=u32::try_from(STORE_POSITIONS_APART).unwrap() {
            let mut bytes = [9; 32];
            bytes[..4].copy_from_slice(&index.to_le_bytes());
            positions.next(&Address::from_bytes(bytes), UnixMillis(1)).unwrap();
        }
        assert!(positions.apart.len() <= STORE_POSITIONS_APART);
        assert!(positions.next(&A, UnixMillis(1)).unwrap() > first);
    }
}
