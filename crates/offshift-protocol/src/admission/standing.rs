//! What the standing says about a member: branch, person, probation, review, budget.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId, UnixMillis,
    room::Terms,
    standing::{Origin, Row, RowNumber, Standing, State, Voucher},
};

use crate::{derive::hash, limits::VOUCH_WINDOW_MS};

/// Questions to the standing of an epoch.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a>(pub(crate) &'a Standing);

impl<'a> Table<'a> {
    /// The hash that the policy names it by.
    pub(crate) fn hash(self) -> [u8; 32] {
        hash(&[&self.0.encode()])
    }

    pub(crate) fn at(self, number: RowNumber) -> Option<&'a Row> {
        usize::try_from(number.0).ok().and_then(|at| self.0.rows.get(at))
    }

    pub(crate) fn rows(self) -> impl Iterator<Item = (RowNumber, &'a Row)> {
        (0..).map(RowNumber).zip(&self.0.rows)
    }

    /// The row of a key, whatever became of it.
    pub(crate) fn find(self, key: &MemberId) -> Option<(RowNumber, &'a Row)> {
        self.rows().find(|(_, row)| row.key == *key)
    }

    /// The row of a key that is in the room.
    pub(crate) fn member(self, key: &MemberId) -> Option<(RowNumber, &'a Row)> {
        self.find(key).filter(|(_, row)| row.state == State::Member)
    }

    /// The row of a member's first device: one person, one row.
    pub(crate) fn person(self, number: RowNumber) -> RowNumber {
        match self.at(number).map(|row| &row.origin) {
            Some(Origin::Device { of }) => *of,
            _ => number,
        }
    }

    /// A person's devices that are in the room.
    pub(crate) fn devices(self, person: RowNumber) -> impl Iterator<Item = &'a Row> {
        let own = move |number| self.person(number) == person;
        self.rows()
            .filter(move |(number, row)| row.state == State::Member && own(*number))
            .map(|(_, row)| row)
    }

    /// The founder's row from which a member's admission descends.
    pub(crate) fn branch(self, number: RowNumber) -> RowNumber {
        let person = self.person(number);
        match self.at(person).map(|row| &row.origin) {
            Some(Origin::Vouched { branch, .. }) => *branch,
            _ => person,
        }
    }

    /// How many branches there are, dead ones too. A founder who was let in again is still a root.
    pub(crate) fn roots(self) -> usize {
        self.rows().filter(|(number, _)| self.branch(*number) == *number).count()
    }

    /// When the room was founded.
    pub(crate) fn began(self) -> UnixMillis {
        self.at(RowNumber(0)).map_or(UnixMillis(0), |first| first.joined_at)
    }

    /// How many branches these members are of.
    pub(crate) fn branches(self, members: impl IntoIterator<Item = RowNumber>) -> usize {
        members.into_iter().map(|number| self.branch(number)).collect::<BTreeSet<_>>().len()
    }

    /// Whether a member's vouches and word count at this time: past probation, not under review, and no second
    /// device (OS-ADM-006).
    pub(crate) fn is_trusted(self, number: RowNumber, at: UnixMillis, terms: &Terms) -> bool {
        let Some(row) = self.at(number) else { return false };
        match &row.origin {
            Origin::Founder => true,
            Origin::Device { .. } => false,
            Origin::Vouched { .. } => {
                at >= row.joined_at.plus_ms(terms.probation_ms) && !self.is_under_review(row)
            }
        }
    }

    /// Whether so many of those who vouched for this member were severed that the rest would not have been
    /// enough (OS-ADM-041).
    pub(crate) fn is_under_review(self, row: &Row) -> bool {
        let Origin::Vouched { needed, vouchers, .. } = &row.origin else { return false };
        let sound = self.branches(self.sound(vouchers).map(|voucher| voucher.by));
        row.state == State::Member && u32::try_from(sound).is_ok_and(|sound| sound < *needed)
    }

    /// The vouchers who were not severed.
    pub(crate) fn sound(self, vouchers: &[Voucher]) -> impl Iterator<Item = Voucher> {
        let is_sound = |row: &Row| row.state != State::Severed;
        vouchers.iter().copied().filter(move |voucher| self.at(voucher.by).is_some_and(is_sound))
    }

    /// Vouches of a member that were used in the 90 days before this time.
    pub(crate) fn vouches_used(self, by: RowNumber, at: UnixMillis) -> usize {
        let vouchers = self.0.rows.iter().flat_map(|row| match &row.origin {
            Origin::Vouched { vouchers, .. } => vouchers.as_slice(),
            _ => &[],
        });
        vouchers.filter(|one| one.by == by && at < one.at.plus_ms(VOUCH_WINDOW_MS)).count()
    }
}
