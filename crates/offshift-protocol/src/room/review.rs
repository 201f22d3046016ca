//! Review: who came in by the word of somebody who was severed is to be vouched for again, or not.
//!
//! ```text
//! severed -> ReviewNeeded -> handle_revouch -> Content::Revouched -> board -> handle_confirm -> Act::Confirm
//! ```
//! Nobody is thrown out by cascade. Whoever is under review can't vouch (OS-ADM-006).

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId, UnixMillis,
    admission::{Act, Vouch},
    content::Content,
    standing::{Method, Standing},
};

use super::{board::Entry, errors::ChangeRefused, event::RoomEvent, intent::Intent, state::Room};
use crate::{
    admission::{Rule, Subject, Table, signed::Statement},
    context::Context,
    effect::Effects,
};

impl Room {
    /// Vouches for a member who is under review.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_revouch(
        &mut self,
        ctx: &mut Context<'_>,
        member: MemberId,
        method: Method,
        met_at: UnixMillis,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        self.check_alive()?;
        if self.roster.find(&member).is_none() {
            return Err(ChangeRefused::NoSuchMember);
        }
        if !self.is_under_review(&member) {
            return Err(ChangeRefused::Rule(Rule::NotUnderReview));
        }
        let by = self.own_id();
        let vouch = self.sign_vouch(ctx.now, (method, met_at), |met| {
            Statement::revouch(&self.id, &member, &by, met)
        });
        self.counts(ctx.now, Subject::Member(&member), &vouch).map_err(ChangeRefused::Rule)?;
        self.say(ctx, Content::Revouched(member, vouch))
    }

    /// Ends a review by the vouches on the board.
    ///
    /// # Errors
    /// [`ChangeRefused`]; nothing changed.
    pub fn handle_confirm(
        &mut self,
        ctx: &mut Context<'_>,
        member: MemberId,
    ) -> Result<Effects<RoomEvent>, ChangeRefused> {
        let before = self.vouchers(Table(&self.standing), &member);
        let is_new = |vouch: &&Vouch| before.iter().all(|old| old.member != vouch.by);
        let subject = Subject::Member(&member);
        let words = self.board.reviews.get(&member).into_iter().flat_map(|words| words.values());
        let counting =
            words.filter(is_new).filter(|vouch| self.counts(ctx.now, subject, vouch).is_ok());
        let act = Act::Confirm(member, counting.cloned().collect());
        self.handle_change(ctx, Intent::of(act))
    }

    fn is_under_review(&self, member: &MemberId) -> bool {
        let table = Table(&self.standing);
        table.member(member).is_some_and(|(_, row)| table.is_under_review(row))
    }

    pub(super) fn note_revouch(
        &self,
        by: &MemberId,
        at: UnixMillis,
        member: &MemberId,
        vouch: &Vouch,
    ) -> Option<(Entry, Option<RoomEvent>)> {
        let counts = self.counts(at, Subject::Member(member), vouch);
        let is_sound = !matches!(counts, Err(Rule::VouchSignature | Rule::VoucherUnknown));
        let fits = vouch.by == *by && is_sound && self.is_under_review(member);
        fits.then_some((Entry::Review(*member), None))
    }

    /// Whether a review is over.
    pub(super) fn is_reviewed(&self, member: &MemberId) -> bool {
        !self.is_under_review(member)
    }

    /// Who falls under review by what leads from this standing to another.
    pub(super) fn newly_reviewed(&self, after: &Standing) -> Vec<(MemberId, String)> {
        let reviewed = |standing: &Standing| -> BTreeSet<MemberId> {
            let table = Table(standing);
            let rows = table.rows().filter(|(_, row)| table.is_under_review(row));
            rows.map(|(_, row)| row.key).collect()
        };
        let before = reviewed(&self.standing);
        let new = reviewed(after).into_iter().filter(|id| !before.contains(id));
        new.map(|id| (id, self.name_of(&id))).collect()
    }
}
