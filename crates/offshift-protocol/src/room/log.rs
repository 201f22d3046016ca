//! Reading the log of an epoch: the first valid commit wins, everything after it is void (OS-ORD-001).
//!
//! ```text
//! entry -> opened (outer seal) -> whole (parts) -> own message | own commit | Handled (MLS)
//!       -> message shown | commit checked -> next epoch | passed over, nothing changed
//! ```
//! Never: an answer. Whatever is read, no deposit follows but of this device's own wishes that wait (RO-01).

use bytes::Bytes;
use offshift_wire::{
    Address, Envelope, Position,
    content::{Content, Message},
};
use zeroize::Zeroizing;

use super::{
    event::{Alarm, RoomEvent, Skipped},
    mls::Handled,
    send::is_quiet,
    state::{Builder, End, IdSeen, Room, ThrownAway},
    step::Step,
};
use crate::{
    admission::{Rule, check, is_timely},
    bug::Bug,
    context::Context,
    derive::hash,
    effect::Effects,
    limits::KEPT_BYTES_MAX,
    parts::Taken,
};

/// Why an entry is passed over, and who is to be named.
pub(super) struct Skip {
    why: Skipped,
    by: Option<String>,
}

impl From<Skipped> for Skip {
    fn from(why: Skipped) -> Self {
        Self { why, by: None }
    }
}

impl From<Bug> for Skip {
    fn from(_: Bug) -> Self {
        Self { why: Skipped::Malformed, by: None }
    }
}

impl Room {
    /// Handles the next entry of this epoch's channel. Entries of other mailboxes, and what was handled
    /// before, are ignored.
    pub fn handle_entry(
        &mut self,
        ctx: &mut Context<'_>,
        address: &Address,
        position: Position,
        envelope: &Envelope,
    ) -> Effects<RoomEvent> {
        let here = self.address() == Some(address) && self.end.is_none();
        if !here || position <= self.log.after {
            return Effects::none();
        }
        let mut builder = Builder::new();
        if let Err(skip) = self.entry(ctx, &mut builder, position, envelope) {
            self.log.after = position;
            builder.event(RoomEvent::Skipped { why: skip.why, by: skip.by });
        }
        self.finish(&mut builder);
        builder.build()
    }

    fn entry(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        position: Position,
        envelope: &Envelope,
    ) -> Result<(), Skip> {
        let channel = self.channel.as_ref().ok_or(Skipped::NotSealed)?;
        // Before anything else: what a device of an old vault does, it does twice (OS-RBK-003).
        let name = self.mark.name_of(channel.address(), envelope);
        if name.is_some_and(|name| !self.log.names.contains(&name)) {
            self.roll_back(builder, position);
            return Ok(());
        }
        let hash = hash(&[envelope.as_ref()]);
        if self.log.seen.contains(&hash) {
            return Err(Skipped::Repeated.into());
        }
        let part = channel.open(envelope).ok_or(Skipped::NotSealed)?;
        // A whole of one part waits for nothing.
        let record = if part.is_alone() { Zeroizing::default() } else { part.encode() };
        let taken =
            self.log.assembly.handle_part(position, part).map_err(|_| Skipped::Malformed)?;
        self.write_parts(builder, position, &taken, record);
        let alone = taken.dropped.is_empty();
        match taken.whole {
            Some(whole) => {
                let mut inner = Builder::new();
                self.whole(ctx, &mut inner, position, &whole)?;
                builder.append(inner);
                // Only what was taken is remembered: MLS would refuse its second copy anyway, so a device that
                // restarted and forgot decides alike. What was refused is judged anew at each place, and so is a
                // part of several: what waits must not differ between who restarted and who did not. An own commit that
                // was thrown away was refused, too: the very same envelope binds the others if it comes again in time.
                if alone && !self.has_thrown_away(&whole) {
                    self.log.seen.insert(hash);
                }
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn has_thrown_away(&self, whole: &Zeroizing<Vec<u8>>) -> bool {
        let mut thrown_away = self.log.thrown_away.iter();
        thrown_away.len() > 0 && {
            let hash = hash(&[whole]);
            thrown_away.any(|own| own.hash == hash)
        }
    }

    fn write_parts(
        &mut self,
        builder: &mut Builder,
        position: Position,
        taken: &Taken,
        record: Zeroizing<Vec<u8>>,
    ) {
        for gone in &taken.dropped {
            builder.delete(self.part_key(*gone));
        }
        if taken.stored {
            builder.put(self.part_key(position), record);
        }
        if taken.stored || !taken.dropped.is_empty() {
            self.log.after = position;
            self.write_step(builder, &Step::Read { position });
        }
    }

    fn whole(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        position: Position,
        whole: &Zeroizing<Vec<u8>>,
    ) -> Result<(), Skip> {
        let hash = hash(&[whole]);
        if self.pending.as_ref().is_some_and(|pending| pending.hash == hash) {
            return self.own_commit(ctx, builder, position);
        }
        let own = |(_, sending): &(&u64, &super::state::Sending)| {
            sending.way.as_ref().is_some_and(|way| way.hash == hash)
        };
        if let Some(order) = self.sending.iter().find(own).map(|(order, _)| *order) {
            self.settle(ctx.now, builder, position, order);
            return Ok(());
        }
        let timely = |own: &ThrownAway| own.hash == hash && is_timely(own.signed_at, position);
        if self.log.thrown_away.iter().any(timely) {
            // Somebody deposited it again. It binds the others now; what it needs here is gone.
            let by = self.roster.handle(self.mls.own_leaf());
            self.strand(builder, position, by);
            return Ok(());
        }
        let savepoint = self.mls.savepoint();
        let handled = self.mls.handle(whole);
        // What MLS refuses by itself leaves its group alone; reading it back would be work for a flooder.
        let touched = !matches!(handled, Handled::Malformed | Handled::Repeated);
        let result = self.handled(ctx, builder, position, whole, handled);
        if result.is_err() && touched {
            self.mls.rollback(savepoint)?;
        }
        result
    }

    fn handled(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        position: Position,
        whole: &Zeroizing<Vec<u8>>,
        handled: Handled,
    ) -> Result<(), Skip> {
        match handled {
            Handled::Message { sender, plaintext } => {
                let plaintext = Bytes::copy_from_slice(&plaintext);
                // Any member can encrypt another's signed words again, under a later generation. What is refused
                // gives its generation back, or the author's own next messages would be refused for it.
                let missing = self
                    .note_received(position, sender, &plaintext)
                    .map_err(|why| Skip { why, by: Some(self.roster.handle(sender)) })?;
                self.write_received(builder, position, whole);
                if let Some(missing) = missing {
                    let sender = self.roster.handle(sender);
                    builder.event(RoomEvent::Alarm(Alarm::Gap { sender, missing }));
                }
                // What is not allowed is read, for its author counts it too, and shown to nobody (OS-CNT-010).
                if let Err(why) = self.check_said(sender, &plaintext, position) {
                    let by = Some(self.roster.handle(sender));
                    builder.event(RoomEvent::Skipped { why, by });
                } else if is_quiet(&plaintext) {
                    self.note_present(ctx, builder, sender, &plaintext);
                } else {
                    self.show(builder, position, sender, &plaintext);
                }
                Ok(())
            }
            Handled::Commit { facts, staged } => {
                let by = self.roster.handle(facts.committer);
                let allowed = check(&self.epoch_now(), &facts, position)
                    .map_err(|rule| refused(rule, &by))?;
                self.apply(ctx, builder, position, &facts, allowed, *staged).map_err(Skip::from)
            }
            Handled::Unreadable { facts } => {
                let by = self.roster.handle(facts.committer);
                check(&self.epoch_now(), &facts, position).map_err(|rule| refused(rule, &by))?;
                self.strand(builder, position, by);
                Ok(())
            }
            Handled::Repeated => Err(Skipped::Repeated.into()),
            Handled::Refused(rule) => Err(Skipped::Refused(rule).into()),
            Handled::Malformed => Err(Skipped::Malformed.into()),
        }
    }

    /// A long message is not kept in the journal: the group is written anew instead, which takes less, however many come
    /// (OS-ROO-021).
    fn write_received(
        &mut self,
        builder: &mut Builder,
        position: Position,
        whole: &Zeroizing<Vec<u8>>,
    ) {
        if whole.len() > KEPT_BYTES_MAX {
            self.rebase = true;
        } else {
            self.write_step(builder, &Step::Received { position, message: whole.clone() });
        }
    }

    /// What a member's message changes in the log; also when a journal is replayed. Gives how many of the author's
    /// messages are missing, when that is to be told.
    fn note_received(
        &mut self,
        position: Position,
        sender: u32,
        plaintext: &Bytes,
    ) -> Result<Option<u32>, Skipped> {
        let message = Message::decode(plaintext.clone()).map_err(|_| Skipped::Malformed)?;
        match self.log.note_id(sender, message.id) {
            IdSeen::First => {}
            IdSeen::Repeated => return Err(Skipped::RepeatedMessage),
            IdSeen::TooMany => return Err(Skipped::TooMany),
        }
        self.log.after = position;
        self.active |= !matches!(message.content, Content::Present(_));
        Ok(self.log.heard.entry(sender).or_default().note(message.sequence))
    }

    /// Takes a step of the journal again.
    pub(super) fn replay(&mut self, step: Step) -> Result<(), Bug> {
        match step {
            Step::Sent { names } => {
                self.sent_in_epoch += 1;
                self.log.names.extend(names);
                self.mls.skip_own()?;
            }
            Step::Settled { position, id, quiet } => {
                self.note_settled(position, id, quiet);
                self.next_history(position);
            }
            Step::Read { position } => self.log.after = position,
            Step::Received { position, message } => {
                let Handled::Message { sender, plaintext } = self.mls.handle(&message) else {
                    return Err(Bug("journal"));
                };
                let plaintext = Bytes::copy_from_slice(&plaintext);
                if self.note_received(position, sender, &plaintext).is_ok()
                    && self.check_said(sender, &plaintext, position).is_ok()
                    && !is_quiet(&plaintext)
                {
                    // What it wrote is there.
                    self.show(&mut Builder::new(), position, sender, &plaintext);
                }
            }
        }
        Ok(())
    }

    /// The room goes on without this device: a commit binds it that doesn't open here (OS-ORD-008).
    fn strand(&mut self, builder: &mut Builder, position: Position, by: String) {
        self.log.after = position;
        self.end = Some(End::Stranded(by.clone()));
        self.suspend(builder);
        builder.event(RoomEvent::Stranded { by });
    }

    /// Own envelopes lie here that this device did not make: its vault is an old copy, and whatever it sent now could
    /// use keys a second time (PT-62).
    fn roll_back(&mut self, builder: &mut Builder, position: Position) {
        self.log.after = position;
        self.end = Some(End::RolledBack);
        self.suspend(builder);
        builder.event(RoomEvent::Alarm(Alarm::RolledBack));
    }

    /// This vault is a copy that a person made; the device that it is of may go on or not. The copy counts as old before
    /// anything shows it, and its own older wishes to come back are void, for both have the keys of these (OS-RBK-004).
    pub fn handle_copied(&mut self) -> Effects<RoomEvent> {
        let mut builder = Builder::new();
        if self.end.is_none() {
            self.roll_back(&mut builder, self.log.after);
        }
        self.forget_asking(&mut builder);
        self.finish(&mut builder);
        builder.build()
    }

    /// Nothing of this device's is sent in this room any more.
    pub(super) fn abandon(&mut self, builder: &mut Builder) {
        self.suspend(builder);
        self.erase_board(builder);
        let orders: Vec<u64> = self.sending.keys().copied().collect();
        for order in orders {
            builder.delete(self.sending_key(order));
        }
        self.sending.clear();
    }

    /// Nothing of this device's is sent before it is back: messages wait for that, changes are given up.
    pub(super) fn suspend(&mut self, builder: &mut Builder) {
        let ways = self.sending.values_mut().filter_map(|sending| sending.way.take());
        let outbox: Vec<_> = ways.flat_map(|way| way.outbox).collect();
        let pending = self.pending.take().map(|pending| pending.outbox).unwrap_or_default();
        for id in outbox.into_iter().chain(pending) {
            builder.cancel(id);
        }
        for order in self.sending.keys() {
            self.write_sending(builder, *order);
        }
        builder.delete(self.key("pending"));
        builder.delete(self.key("intents"));
        for waiting in self.log.assembly.positions() {
            builder.delete(self.part_key(waiting));
        }
        self.intents.clear();
        if let Some(address) = self.address().copied() {
            builder.unfollow(address);
        }
        self.rebase = true;
    }
}

fn refused(rule: Rule, by: &str) -> Skip {
    Skip { why: Skipped::Refused(rule), by: Some(by.to_owned()) }
}
