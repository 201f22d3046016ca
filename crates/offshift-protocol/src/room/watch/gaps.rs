//! Missing messages: each author numbers what it writes in an epoch, and a log is read in order.
//!
//! ```text
//! sequence 0 1 2 . . 5  ->  two are missing
//! ```
//! A device deposits strictly in order within a channel, and numbers only what it deposits. What a commit made void
//! is no gap, for its epoch is over; it is numbered anew in the next.

/// What was heard of one author in this epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Heard {
    /// The number that comes next.
    pub(crate) next: u32,
    /// How many are missing.
    pub(crate) missing: u32,
    /// How many were missing when the person was told.
    pub(crate) told: u32,
}

impl Heard {
    /// A message with this number was read. Gives how many are missing, when that is to be told (OS-CKP-001).
    pub(crate) const fn note(&mut self, sequence: u32) -> Option<u32> {
        if sequence < self.next {
            // It comes after others that it should have come before: it was told of then.
            self.missing = self.missing.saturating_sub(1);
            return None;
        }
        self.missing = self.missing.saturating_add(sequence - self.next);
        self.next = sequence.saturating_add(1);
        self.tell(self.missing)
    }

    /// So many are missing. It is told again when the number has doubled: an author who counts wrongly on purpose
    /// fills no list.
    pub(crate) const fn tell(&mut self, missing: u32) -> Option<u32> {
        if missing == 0 || missing / 2 < self.told {
            return None;
        }
        self.told = missing;
        Some(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_ckp_001_a_jump_is_told_and_a_row_without_one_is_not() {
        let mut heard = Heard::default();
        assert_eq!([0, 1, 2].map(|number| heard.note(number)), [None; 3], "the twin");
        assert_eq!(heard.note(5), Some(2));
        assert_eq!(heard.note(6), None, "once");
    }

    #[test]
    fn os_ckp_001_what_is_told_once_is_told_again_only_when_it_has_doubled() {
        let mut heard = Heard::default();
        let told = (0..1000).filter(|number| heard.note(2 * number).is_some()).count();
        assert_eq!(told, 10);
        assert!(Heard::default().note(u32::MAX).is_some());
    }

    #[test]
    fn ro_06_reordered_messages_show_as_a_gap_that_closes() {
        let mut heard = Heard::default();
        assert_eq!(heard.note(1), Some(1));
        assert_eq!(heard.note(0), None);
        assert_eq!(heard.missing, 0);
    }
}
