//! What a fault did to one sender's stream: counted, never judged by eye.
//!
//! ```text
//! told: what the program said is safe ─┐
//! tried: all that was ever handed to it ─┼─> harm() -> lost, doubled, wrong, disordered
//! shown: what a reader got, in its order ─┘
//! ```

use std::{collections::BTreeSet, ops::AddAssign};

/// All of it must be 0.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Harm {
    /// Told, and not shown.
    pub(crate) lost: usize,
    /// Shown once more.
    pub(crate) doubled: usize,
    /// Shown, and never handed over in these bytes.
    pub(crate) wrong: usize,
    /// Shown behind something that was handed over later.
    pub(crate) disordered: usize,
}

impl Harm {
    /// Served twice, wrong or in another order.
    pub(crate) const fn misserved(&self) -> usize {
        self.doubled + self.wrong + self.disordered
    }

    /// What has come since `before`.
    pub(crate) const fn since(self, before: Self) -> Self {
        Self {
            lost: self.lost.saturating_sub(before.lost),
            doubled: self.doubled.saturating_sub(before.doubled),
            wrong: self.wrong.saturating_sub(before.wrong),
            disordered: self.disordered.saturating_sub(before.disordered),
        }
    }
}

impl AddAssign for Harm {
    fn add_assign(&mut self, other: Self) {
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.wrong += other.wrong;
        self.disordered += other.disordered;
    }
}

/// Numbers rise in the order of sending. `None` in `shown` stands for bytes that carry no number rightly.
pub(crate) fn harm(told: &BTreeSet<u64>, tried: &BTreeSet<u64>, shown: &[Option<u64>]) -> Harm {
    let known: Vec<u64> = shown.iter().flatten().copied().filter(|n| tried.contains(n)).collect();
    let distinct: BTreeSet<u64> = known.iter().copied().collect();
    Harm {
        lost: told.difference(&distinct).count(),
        doubled: known.len() - distinct.len(),
        wrong: shown.len() - known.len(),
        disordered: known.windows(2).filter(|two| two[0] > two[1]).count(),
    }
}

#[test]
fn a_sound_stream_is_harmless_also_with_what_nobody_was_told_of() {
    let (told, tried) = (BTreeSet::from([1, 3]), BTreeSet::from([1, 2, 3, 4]));
    assert_eq!(harm(&told, &tried, &[Some(1), Some(3)]), Harm::default());
    assert_eq!(harm(&told, &tried, &[Some(1), Some(2), Some(3), Some(4)]), Harm::default());
}

#[test]
fn da_82_da_85_da_86_da_87_pt_63_the_control_each_harm_is_counted_when_it_is_planted() {
    let all = BTreeSet::from([1, 2, 3]);
    let planted = |shown: &[Option<u64>]| harm(&all, &all, shown);
    assert_eq!(planted(&[Some(1), Some(3)]), Harm { lost: 1, ..Harm::default() });
    let twice = [Some(1), Some(2), Some(2), Some(3)];
    assert_eq!(planted(&twice), Harm { doubled: 1, ..Harm::default() });
    let foreign = [Some(1), Some(2), Some(3), Some(9), None];
    assert_eq!(planted(&foreign), Harm { wrong: 2, ..Harm::default() });
    let swapped = [Some(2), Some(1), Some(3)];
    assert_eq!(planted(&swapped), Harm { disordered: 1, ..Harm::default() });
    let much = [Some(3), Some(3), None, Some(1)];
    assert_eq!(planted(&much), Harm { lost: 1, doubled: 1, wrong: 1, disordered: 1 });
}
