//! Checkpoints: where a member stands, told to two others through their inboxes, where the relay can't tell what it
//! carries (RO-06, RO-07).
//!
//! ```text
//! epoch, SHA-256("offshift checkpoint v1" || MLS epoch authenticator), position, messages sent, time
//! same epoch   -> other authenticator: Forked     -> more sent than read: Gap
//! later epoch  -> the log does not lead there: Behind, this device wants to be added again
//! ```

use std::cmp::Ordering;

use offshift_wire::{
    MemberId, Position, UnixMillis,
    card::InboxCardBytes,
    inbox::{Checkpoint, InboxMessage},
};
use rand_core::CryptoRng;

use super::{Claim, Past, Room, next_day};
use crate::{
    admission::Table,
    bug::Bug,
    context::Context,
    effect::Effects,
    limits::{
        CHECKPOINT_RECEIVERS, CLAIM_PATIENCE_MS, CLAIM_SILENCE_MAX, CLAIM_WAIT_MS, PAST_EPOCHS_MAX,
    },
    room::{
        event::{Alarm, RoomEvent},
        send::deposit_into,
        state::Builder,
    },
    seal::DhPublicKey,
};

impl Room {
    pub(super) fn checkpoint_due(&self) -> Option<UnixMillis> {
        let due = self.watch.lost.is_none() && self.roster.iter().nth(1).is_some();
        due.then_some(self.watch.checkpoint_at)
    }

    /// What a device says of itself when it is time (OS-CKP-010, OS-CKP-022).
    pub(super) fn check_in(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<(), Bug> {
        if self.end.is_some() {
            return Ok(());
        }
        if self.checkpoint_due().is_some_and(|at| ctx.now >= at) {
            self.send_checkpoints(ctx, builder)?;
            self.write_watch(builder);
        }
        if self.present_due().is_some_and(|at| ctx.now >= at) {
            self.say_present(ctx, builder)?;
            self.write_watch(builder);
        }
        Ok(())
    }

    fn send_checkpoints(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<(), Bug> {
        let first = self.watch.checkpoint_at == UnixMillis(0);
        self.watch.checkpoint_at = next_day(ctx.now, ctx.rng);
        if first {
            return Ok(());
        }
        let own = self.own_id();
        let others = self.roster.iter().filter(|(leaf, _)| leaf.id != own);
        let mut others: Vec<&[u8]> = others.map(|(_, info)| &*info.inbox).collect();
        let life = self.terms(ctx.now).message_life;
        for _ in 0..CHECKPOINT_RECEIVERS {
            let Some(card) = take_one(ctx.rng, &mut others) else { break };
            for said in self.last_checkpoint(ctx.now).into_iter().chain([self.checkpoint(ctx.now)])
            {
                let message = InboxMessage::Checkpoint(said);
                deposit_into(ctx, builder, card, &self.identity, &message, life)?;
            }
        }
        Ok(())
    }

    fn checkpoint(&self, now: UnixMillis) -> Checkpoint {
        Checkpoint {
            room: self.id,
            epoch: self.watch.epoch,
            authenticator: self.watch.authenticator,
            position: self.log.after,
            sent: self.heard(self.mls.own_leaf()),
            signed_at: now,
            issuer_key: self.issuer_key,
        }
    }

    /// How the epoch before ended, if this member wrote in it: its last words are counted too (OS-CKP-013).
    fn last_checkpoint(&self, now: UnixMillis) -> Option<Checkpoint> {
        let past = self.watch.past.back()?;
        let own = self.own_id();
        let sent = *past.heard.get(&own)?;
        let (epoch, authenticator) = (past.epoch, past.authenticator);
        let here = self.checkpoint(now);
        let (position, issuer_key) = (Position::START, None);
        Some(Checkpoint { epoch, authenticator, sent, position, issuer_key, ..here })
    }

    /// The member whose leaf names the inbox with this key: of several, who came first, or a newcomer could take the card
    /// of another for its own (OS-CKP-011).
    pub(in crate::room) fn owner_of(&self, sender: &DhPublicKey) -> Option<MemberId> {
        let theirs = self.roster.iter().filter(|(_, info)| is_sealed_by(&info.inbox, sender));
        let rows = theirs.filter_map(|(leaf, _)| Table(&self.standing).member(&leaf.id));
        rows.min_by_key(|(number, _)| *number).map(|(_, row)| row.key)
    }

    /// Whether the member's leaf names the inbox with this key.
    pub(in crate::room) fn is_inbox_of(&self, member: &MemberId, sender: &DhPublicKey) -> bool {
        self.roster.find(member).is_some_and(|(_, info)| is_sealed_by(&info.inbox, sender))
    }

    /// Handles a checkpoint of this room that came through an inbox. It is never answered.
    pub fn handle_checkpoint(
        &mut self,
        ctx: &mut Context<'_>,
        sender: &DhPublicKey,
        said: &Checkpoint,
    ) -> Effects<RoomEvent> {
        let from = self.owner_of(sender).filter(|id| *id != self.own_id());
        let Some(from) = from.filter(|_| said.room == self.id && self.end.is_none()) else {
            return Effects::none();
        };
        let mut builder = Builder::new();
        self.note_issuer_key(&mut builder, from, said.issuer_key);
        // What can be judged of what was said before waits no more.
        let _ = self.judge(ctx, &mut builder, false);
        match said.epoch.cmp(&self.watch.epoch) {
            Ordering::Equal => self.take_claim(ctx, &mut builder, from, *said),
            Ordering::Less => self.compare_past(&mut builder, from, said),
            Ordering::Greater => self.hold(ctx.now, from, *said),
        }
        let _ = self.judge(ctx, &mut builder, false);
        self.write_watch(&mut builder);
        self.finish(&mut builder);
        builder.build()
    }

    fn hold(&mut self, now: UnixMillis, from: MemberId, said: Checkpoint) {
        let here = self.watch.epoch;
        let before = self.watch.claims.get(&from);
        // The first that leads further waits: a member who says it again and again would never be judged.
        if before.is_none_or(|one| one.said.epoch <= here) {
            let waits_since = before.map_or(now, |one| one.waits_since);
            self.watch.claims.insert(from, Claim { said, heard_at: now, waits_since });
        }
    }

    /// A member says that it stands in this very epoch.
    fn take_claim(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        from: MemberId,
        said: Checkpoint,
    ) {
        if said.authenticator != self.watch.authenticator {
            return self.accuse(builder, &from);
        }
        self.hear_of(ctx, builder, from, said.signed_at);
        // One member's word is not enough against two.
        if self.policy.organizers.contains(&self.own_id()) && !self.is_outvoted() {
            self.find_again(ctx, builder, said.signed_at);
        }
        self.hold(ctx.now, from, said);
    }

    fn compare_past(&mut self, builder: &mut Builder, from: MemberId, said: &Checkpoint) {
        let Some(past) = self.watch.past.iter_mut().find(|past| past.epoch == said.epoch) else {
            return;
        };
        if past.authenticator != said.authenticator {
            return self.accuse(builder, &from);
        }
        let heard = past.heard.entry(from).or_default();
        let missing = said.sent.saturating_sub(*heard);
        if missing > 0 {
            // The next checkpoint says the same. Who counts on, one by one, fills no list.
            *heard = said.sent.saturating_mul(2);
            let sender = self.handle_in_roster(&from);
            builder.event(RoomEvent::Alarm(Alarm::Gap { sender, missing }));
            self.write_past(builder);
        }
    }

    pub(in crate::room) fn handle_in_roster(&self, id: &MemberId) -> String {
        self.roster.find(id).map(|(_, info)| info.handle.as_str().to_owned()).unwrap_or_default()
    }

    /// Judges what can be judged (OS-CKP-013, OS-CKP-015): the log was read as far as the claim speaks of, or to its end
    /// (`at_end`), or the relay, asked hour by hour, does not say where that is. Time alone is none of these (OS-CKP-018).
    pub(super) fn judge(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        at_end: bool,
    ) -> Result<(), Bug> {
        let (here, after) = (self.watch.epoch, self.log.after);
        let is_silent = self.watch.silence >= CLAIM_SILENCE_MAX;
        let is_due = |one: &Claim| {
            // Of an epoch that its author has left no place is said: this device has not read it to its end.
            let is_told = one.said.position != Position::START;
            let is_read = one.said.epoch == here && is_told && after >= one.said.position;
            is_read
                || (at_end && ctx.now >= one.heard_at.plus_ms(CLAIM_WAIT_MS))
                || (is_silent && ctx.now >= one.waits_since.plus_ms(CLAIM_PATIENCE_MS))
        };
        let due = self.watch.claims.iter().filter(|(_, one)| is_due(one));
        let due: Vec<(MemberId, Claim)> = due.map(|(id, one)| (*id, *one)).collect();
        for (from, claim) in &due {
            let said = &claim.said;
            self.watch.claims.remove(from);
            if said.epoch > here {
                self.run_ahead(*from, *claim);
            } else {
                self.hear_of(ctx, builder, *from, said.signed_at);
                self.count(builder, from, said.sent);
            }
        }
        let was_lost = self.watch.lost.is_some();
        if self.is_left_behind(ctx.now) {
            self.lose(builder, ctx.now);
        }
        if !due.is_empty() || was_lost != self.watch.lost.is_some() {
            self.write_watch(builder);
        }
        Ok(())
    }

    /// A member says that so many of its messages stand in this epoch's log.
    fn count(&mut self, builder: &mut Builder, from: &MemberId, sent: u32) {
        let Some(leaf) = self.roster.find(from).map(|(leaf, _)| leaf.index) else { return };
        if self.watch.lost.is_some() {
            // Coming back tells of the gap, in dates (OS-CKP-014).
            return;
        }
        let read = self.heard(leaf);
        let heard = self.log.heard.entry(leaf).or_default();
        if let Some(missing) = heard.tell(sent.saturating_sub(read)) {
            self.rebase = true;
            let sender = self.handle_in_roster(from);
            builder.event(RoomEvent::Alarm(Alarm::Gap { sender, missing }));
        }
    }

    fn heard(&self, leaf: u32) -> u32 {
        let read = self.log.ids.get(&leaf).map_or(0, std::collections::BTreeSet::len);
        u32::try_from(read).unwrap_or(u32::MAX)
    }

    /// The epoch is over: what was said of it is judged, and what it was is remembered.
    pub(in crate::room) fn leave_epoch(&mut self, builder: &mut Builder) {
        let here = self.watch.epoch;
        let over = self.watch.claims.iter().filter(|(_, one)| one.said.epoch <= here);
        let over: Vec<(MemberId, u32)> = over.map(|(id, one)| (*id, one.said.sent)).collect();
        for (from, sent) in over {
            self.watch.claims.remove(&from);
            self.count(builder, &from, sent);
        }
        let told = |leaf: u32| self.log.heard.get(&leaf).map_or(0, |heard| heard.told);
        let heard = self
            .roster
            .iter()
            .map(|(leaf, _)| (leaf.id, self.heard(leaf.index).saturating_add(told(leaf.index))));
        let heard = heard.filter(|(_, heard)| *heard > 0).collect();
        let (epoch, authenticator) = (here, self.watch.authenticator);
        self.watch.past.push_back(Past { epoch, authenticator, heard });
        if self.watch.past.len() > PAST_EPOCHS_MAX {
            self.watch.past.pop_front();
        }
    }

    /// A new epoch: what was said of it before this device was there is compared now.
    pub(in crate::room) fn enter_epoch(&mut self, builder: &mut Builder) {
        let (epoch, authenticator) = (self.mls.epoch(), self.mls.authenticator());
        (self.watch.epoch, self.watch.authenticator) = (epoch, authenticator);
        self.prune_words();
        self.prune_signs();
        let other =
            |one: &Claim| one.said.epoch == epoch && one.said.authenticator != authenticator;
        let forked = self.watch.claims.iter().filter(|(_, one)| other(one)).map(|(id, _)| *id);
        for with in forked.collect::<Vec<_>>() {
            self.watch.claims.remove(&with);
            self.accuse(builder, &with);
        }
        // It was not lost if the log leads on to where they say that they stand.
        if !self.is_outvoted() {
            self.watch.lost = None;
        }
        self.write_past(builder);
        self.prune_returns(builder);
    }
}

fn is_sealed_by(inbox: &[u8], sender: &DhPublicKey) -> bool {
    InboxCardBytes::decode(inbox).is_ok_and(|card| card.dh == *sender.as_bytes())
}

fn take_one<T>(rng: &mut dyn CryptoRng, from: &mut Vec<T>) -> Option<T> {
    let count = u64::try_from(from.len()).ok().filter(|count| *count > 0)?;
    let at = usize::try_from(rng.next_u64() % count).ok()?;
    Some(from.swap_remove(at))
}
