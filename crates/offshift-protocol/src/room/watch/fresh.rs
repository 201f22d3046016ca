//! Freshness: whether organizers were heard of lately, by the times that they sign, not by the relay's (RO-08, RO-14).
//!
//! ```text
//! commits, words that they are there, checkpoints: signed time of each organizer -> the second latest of the others
//! ```
//! A relay that withholds a removal withholds these too, for it can't tell one envelope from another.

use bytes::Bytes;
use offshift_wire::{
    MemberId, Position, UnixMillis,
    admission::CommitData,
    content::{Content, Message},
};

use super::{Room, next_day};
use crate::{
    admission::CommitFacts,
    bug::Bug,
    context::Context,
    limits::{COMMIT_SKEW_MS, FRESH_MS, SIGNS_NEEDED, UNSETTLED_MAX},
    room::{
        event::{Alarm, RoomEvent},
        send::is_quiet,
        state::Builder,
    },
};

impl Room {
    /// Since when nothing can have been withheld from this device: the latest time at which enough other organizers were
    /// in an epoch that it knows (OS-CKP-020).
    pub fn fresh_since(&self, now: UnixMillis) -> UnixMillis {
        let own = self.own_id();
        let others = self.policy.organizers.iter().filter(|id| **id != own);
        let sign = |id| self.watch.signs.get(id).copied().unwrap_or_default();
        let mut signs: Vec<UnixMillis> =
            others.map(sign).map(|at| at.max(self.watch.since)).collect();
        signs.sort_unstable_by(|one, other| other.cmp(one));
        signs.truncate(SIGNS_NEEDED);
        signs.last().copied().unwrap_or(now)
    }

    /// Whether a removal might have been withheld (OS-CKP-020): no sign of two other organizers within 48 hours.
    pub fn is_stale(&self, now: UnixMillis) -> bool {
        now.since_ms(self.fresh_since(now)) > FRESH_MS
    }

    pub(super) fn stale_at(&self) -> Option<UnixMillis> {
        let never = UnixMillis(u64::MAX);
        let since = self.fresh_since(never);
        (!self.watch.stale && since != never).then(|| since.plus_ms(FRESH_MS + 1))
    }

    /// Says once that organizers are not heard of, and once that they are again.
    pub(super) fn tell_stale(&mut self, now: UnixMillis, builder: &mut Builder) {
        let stale = self.end.is_none() && self.is_stale(now);
        if stale == self.watch.stale {
            return;
        }
        self.watch.stale = stale;
        let event = if stale { RoomEvent::Alarm(Alarm::Stale) } else { RoomEvent::FreshAgain };
        builder.event(event);
        self.write_watch(builder);
    }

    /// A commit that binds was signed at this time.
    pub(in crate::room) fn note_commit(&mut self, now: UnixMillis, facts: &CommitFacts) {
        let by = self.roster.at(facts.committer).map(|(leaf, _)| leaf.id);
        if let (Some(by), Ok(data)) = (by, CommitData::decode(&facts.data)) {
            self.note_sign(now, by, data.signed_at);
        }
    }

    /// A commit stands in the future, or where there was nothing when the relay last said that there is no more. It binds
    /// all the same, or clocks would decide: but people are told (OS-CKP-023).
    pub(in crate::room) fn compare_times(
        &self,
        now: UnixMillis,
        builder: &mut Builder,
        position: Position,
        by: &str,
    ) {
        let at = position.time();
        let is_ahead = at > now.plus_ms(COMMIT_SKEW_MS);
        if is_ahead || at.plus_ms(COMMIT_SKEW_MS) < self.watch.caught_up {
            builder.event(RoomEvent::Alarm(Alarm::Time { by: by.to_owned() }));
        }
    }

    /// A message may be an organizer's word that it is there.
    pub(in crate::room) fn note_present(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        sender: u32,
        plaintext: &Bytes,
    ) {
        let by = self.roster.at(sender).map(|(leaf, _)| leaf.id);
        let content = Message::decode(plaintext.clone()).map(|message| message.content);
        if let (Ok(Content::Present(at)), Some(by)) = (content, by) {
            self.hear_of(ctx, builder, by, at);
            self.write_watch(builder);
        }
    }

    /// An organizer was in this very epoch at this time: it is not lost then, and perhaps fresh again.
    pub(super) fn hear_of(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        by: MemberId,
        at: UnixMillis,
    ) {
        if self.note_sign(ctx.now, by, at) {
            self.watch.ahead.retain(|_, one| one.heard_at >= at);
            self.find_again(ctx, builder, at);
        }
        self.tell_stale(ctx.now, builder);
    }

    /// Keeps an organizer's own word on time. A time from the future is none (OS-CKP-021).
    fn note_sign(&mut self, now: UnixMillis, by: MemberId, at: UnixMillis) -> bool {
        if !self.policy.organizers.contains(&by) || at > now.plus_ms(COMMIT_SKEW_MS) {
            return false;
        }
        let sign = self.watch.signs.entry(by).or_default();
        *sign = at.min(now).max(*sign);
        true
    }

    /// Somebody who would know was in this epoch after it seemed lost (OS-REJ-004).
    pub(super) fn find_again(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        at: UnixMillis,
    ) {
        if self.watch.lost.is_some_and(|since| at.min(ctx.now) > since) {
            self.watch.lost = None;
            self.write_watch(builder);
            self.let_stand(builder);
            let _ = self.dispatch(ctx, builder);
        }
    }

    /// Organizers who are not organizers any more are forgotten.
    pub(super) fn prune_signs(&mut self) {
        let organizers = &self.policy.organizers;
        self.watch.signs.retain(|id, _| organizers.contains(id));
    }

    pub(super) fn present_due(&self) -> Option<UnixMillis> {
        let due = self.policy.organizers.contains(&self.own_id()) && !self.is_forked();
        due.then_some(self.watch.present_at)
    }

    /// An organizer's device says daily that it is in this epoch: in the room, to all alike.
    pub(super) fn say_present(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<(), Bug> {
        let first = self.watch.present_at == UnixMillis(0);
        self.put_off_present(ctx);
        let waits = self.sending.values().any(|one| is_quiet(&one.content));
        if first || waits || self.sending.len() >= UNSETTLED_MAX {
            return Ok(());
        }
        let (order, _) =
            self.queue(ctx, Content::Present(ctx.now)).map_err(|_| Bug("an own word"))?;
        self.dispatch_one(ctx, builder, order).map(|_| ())
    }

    /// An own commit says the same as the daily word.
    pub(in crate::room) fn put_off_present(&mut self, ctx: &mut Context<'_>) {
        self.watch.present_at = next_day(ctx.now, ctx.rng);
    }
}
