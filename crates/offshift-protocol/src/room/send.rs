//! Sending: a message is in the log when its author has read it there, before any valid commit.
//!
//! ```text
//! handle_send -> encrypted, deposited -> read back -> Sent
//!                     \-> a commit came first: void -> encrypted again in the next epoch, same id
//! ```

use bytes::Bytes;
use offshift_wire::{
    Life, MemberId, MessageId, Position, UnixMillis,
    admission::Act,
    content::{Content, Message},
    inbox::InboxMessage,
    room::HistoryEntry,
};
use zeroize::Zeroizing;

use super::{
    errors::SendRefused,
    event::{Received, RoomEvent},
    id::random_message_id,
    intent::Intent,
    key_package::seed,
    state::{Builder, OnItsWay, Room, Sending},
    step::Step,
    watch::{mark::Name, puts_out},
};
use crate::{
    bug::Bug,
    context::{Context, OutboxId},
    derive::hash,
    effect::{Effects, Outgoing},
    inbox::InboxCard,
    limits::{EPOCH_MESSAGES_MAX, KEPT_BYTES_MAX, OWN_ENVELOPES_MAX, SHOWN_MAX, UNSETTLED_MAX},
    seal::DhPrivateKey,
};

/// How careful to be with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// It is sent while the room may be written in at all.
    Ordinary,
    /// It is not sent while a removal might have been withheld from this device.
    Sensitive,
}

/// What was put into the outbox.
pub(super) struct Deposited {
    pub(super) outbox: Vec<OutboxId>,
    pub(super) names: Vec<Name>,
}

impl Room {
    /// Sends a message. It is waiting until [`RoomEvent::Sent`] names it.
    ///
    /// # Errors
    /// [`SendRefused`]; nothing changed.
    pub fn handle_send(
        &mut self,
        ctx: &mut Context<'_>,
        content: Content,
        care: Care,
    ) -> Result<(MessageId, Effects<RoomEvent>), SendRefused> {
        self.check_care(ctx.now, care)?;
        self.check_may_say(&content, ctx.now)?;
        let mut builder = Builder::new();
        let id = self.post(ctx, &mut builder, content)?;
        self.finish(&mut builder);
        Ok((id, builder.build()))
    }

    pub(super) fn post(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        content: Content,
    ) -> Result<MessageId, SendRefused> {
        match self.check_care(ctx.now, Care::Ordinary) {
            Err(SendRefused::Forked) if puts_out(&content) => {}
            checked => checked?,
        }
        let (order, id) = self.queue(ctx, content)?;
        if let Err(bug) = self.dispatch(ctx, builder) {
            self.sending.remove(&order);
            return Err(bug.into());
        }
        self.write_sending(builder, order);
        Ok(id)
    }

    /// Takes a message; it is not encrypted yet.
    pub(super) fn queue(
        &mut self,
        ctx: &mut Context<'_>,
        content: Content,
    ) -> Result<(u64, MessageId), SendRefused> {
        if self.sending.len() >= UNSETTLED_MAX {
            return Err(SendRefused::TooMany);
        }
        let id = random_message_id(ctx.rng);
        let content =
            Message { id, sequence: 0, content }.encode().map_err(|_| SendRefused::Content)?;
        let order = self.sending.last_key_value().map_or(0, |(order, _)| order.saturating_add(1));
        self.sending.insert(order, Sending { id, content: Bytes::from(content), way: None });
        Ok((order, id))
    }

    /// Encrypts and deposits what waits, in order, as far as this epoch may take it.
    pub(super) fn dispatch(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<Vec<MessageId>, Bug> {
        if self.is_held(ctx.now) {
            return Ok(Vec::new());
        }
        let waiting: Vec<u64> = self
            .sending
            .iter()
            .filter(|(_, sending)| sending.way.is_none() && self.may_leave(sending))
            .map(|(order, _)| *order)
            .collect();
        let mut sent = Vec::new();
        for order in waiting {
            // Half of what one may write in an epoch: what is on its way may be counted twice after a crash.
            if self.sent_in_epoch >= EPOCH_MESSAGES_MAX / 2 {
                self.want_keys(ctx, builder)?;
                break;
            }
            sent.extend(self.dispatch_one(ctx, builder, order)?);
        }
        Ok(sent)
    }

    /// Encrypts and deposits one message. Names it, if people are to hear of it.
    pub(super) fn dispatch_one(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        order: u64,
    ) -> Result<Option<MessageId>, Bug> {
        let Some(sending) = self.sending.get(&order) else { return Ok(None) };
        let (id, content) = (sending.id, sending.content.clone());
        let quiet = is_quiet(&content);
        // Only what is deposited takes a number, so that no honest author leaves a gap (OS-CKP-001).
        let content = numbered(&content, self.sent_in_epoch)?;
        let message = self.mls.seal(seed(ctx.rng), &content)?;
        let life = self.terms(ctx.now).message_life;
        let Deposited { outbox, names } = self.deposit(ctx, builder, &message, life)?;
        let way = Some(OnItsWay { hash: hash(&[&message]), outbox });
        if let Some(sending) = self.sending.get_mut(&order) {
            sending.way = way;
        }
        self.sent_in_epoch += 1;
        self.write_step(builder, &Step::Sent { names });
        self.write_sending(builder, order);
        Ok(Some(id).filter(|_| !quiet))
    }

    /// Deposits an MLS message into the channel of this epoch.
    pub(super) fn deposit(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        message: &[u8],
        life: offshift_wire::Life,
    ) -> Result<Deposited, Bug> {
        let channel = self.channel.as_ref().ok_or(Bug("no channel"))?;
        let sealed =
            channel.seal_marked(ctx.rng, &self.mark, message).map_err(|_| Bug("sealing"))?;
        // A name that were forgotten would look like one that another copy of this vault made (OS-RBK-002).
        if self.log.names.len() + sealed.len() > OWN_ENVELOPES_MAX {
            return Err(Bug("too many envelopes in one epoch"));
        }
        let (mut outbox, mut names) = (Vec::new(), Vec::new());
        for (name, envelope) in sealed {
            let id = ctx.outbox.next();
            outbox.push(id);
            names.push(name);
            let (to, relay) = (channel.deposit(), self.policy.relay.clone());
            builder.deposit(Outgoing { id, to, relay, life, envelope });
        }
        self.log.names.extend(&names);
        Ok(Deposited { outbox, names })
    }

    /// Asks for fresh keys, if nothing else is about to bring them.
    pub(super) fn want_keys(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<(), Bug> {
        if self.is_changing() {
            return Ok(());
        }
        self.intents.push_back(Intent::of(Act::Keys));
        self.next_change(ctx, builder)
    }

    /// The own message with this hash was read back: it stands where it stands (OS-ORD-003).
    pub(super) fn settle(
        &mut self,
        now: UnixMillis,
        builder: &mut Builder,
        position: Position,
        order: u64,
    ) {
        let Some(sending) = self.sending.remove(&order) else { return };
        // The engine erases an outbox record at its receipt. A crash before that leaves one behind that
        // nobody needs.
        for id in sending.way.iter().flat_map(|way| &way.outbox) {
            builder.delete(id.key());
        }
        let own = self.mls.own_leaf();
        let stands = self.check_said(own, &sending.content, position).is_ok();
        let quiet = is_quiet(&sending.content) || !stands;
        self.write_step(builder, &Step::Settled { position, id: sending.id, quiet });
        self.note_settled(position, sending.id, quiet);
        if !stands {
            self.tell_not_allowed(builder);
        }
        if !quiet {
            self.show(builder, position, own, &sending.content);
        }
        // Perhaps nobody else is in this epoch any more: it is kept until that is known (OS-REJ-008).
        if !quiet && (self.is_absent(now) || self.watch.lost.is_some()) {
            self.rebase = true;
            self.sending.insert(order, sending);
        } else {
            builder.delete(self.sending_key(order));
            if !quiet {
                builder.event(RoomEvent::Sent(sending.id));
            }
        }
    }

    /// Whether an own message that is kept was read back in this epoch.
    pub(super) fn has_stood(&self, sending: &Sending) -> bool {
        let own = self.log.ids.get(&self.mls.own_leaf());
        own.is_some_and(|ids| ids.contains(&sending.id))
    }

    /// The others are, or were, where this device is: what it read back stands (OS-REJ-008).
    pub(super) fn let_stand(&mut self, builder: &mut Builder) {
        let stood = self.sending.iter().filter(|(_, one)| self.has_stood(one));
        for order in stood.map(|(order, _)| *order).collect::<Vec<_>>() {
            let gone = self.sending.remove(&order);
            builder.delete(self.sending_key(order));
            gone.into_iter().for_each(|one| builder.event(RoomEvent::Sent(one.id)));
        }
    }

    pub(super) fn note_settled(&mut self, position: Position, id: MessageId, quiet: bool) {
        self.log.after = position;
        self.active |= !quiet;
        let _ = self.log.note_id(self.mls.own_leaf(), id);
    }

    /// Whether these very words of this author, under this name, were not shown before (OS-ORD-013). From now on they
    /// were. A relay that shows a commit late shows what its author says again in the next epoch; only the author's own
    /// words are the same words, so nobody hides another's.
    fn is_first(&mut self, by: &MemberId, message: &Message) -> bool {
        // Its number is another in each epoch. Of a kind that this version does not know there is the name.
        let unnumbered = Message { sequence: 0, ..message.clone() };
        let said = unnumbered.encode().unwrap_or_else(|_| message.id.as_bytes().to_vec());
        let tag = self.mark.tag(by, &said);
        if self.shown.contains(&tag) {
            return false;
        }
        self.shown.push_back(tag);
        if self.shown.len() > SHOWN_MAX {
            self.shown.pop_front();
        }
        true
    }

    /// Puts a message into the history and tells the person.
    pub(super) fn show(
        &mut self,
        builder: &mut Builder,
        position: Position,
        sender: u32,
        plaintext: &Bytes,
    ) {
        let Ok(message) = Message::decode(plaintext.clone()) else { return };
        let Some((leaf, info)) = self.roster.at(sender) else { return };
        let (id, handle) = (leaf.id, info.handle.clone());
        if !self.is_first(&id, &message) {
            return;
        }
        let content = kept(&message, plaintext);
        let Ok(message) = Message::decode(content.clone()) else { return };
        let (at, own) = (position.time(), sender == self.mls.own_leaf());
        self.note(builder, (&id, handle.as_str()), at, &message.content);
        let position = self.next_history(position);
        let entry = HistoryEntry {
            sender: id,
            handle: handle.clone(),
            own,
            message: message.clone(),
            content,
        };
        builder.put(self.history_key(position), Zeroizing::new(entry.encode()));
        builder.event(RoomEvent::Message(Received {
            position,
            id: message.id,
            sender: id,
            handle: handle.as_str().to_owned(),
            at,
            own,
            content: message.content,
        }));
    }
}

/// What is kept of a message (OS-ROO-021).
fn kept(message: &Message, plaintext: &Bytes) -> Bytes {
    if plaintext.len() > KEPT_BYTES_MAX { message.name_alone() } else { plaintext.clone() }
}

/// The content as it is encrypted: with its number among the author's messages of this epoch.
fn numbered(content: &Bytes, sent: usize) -> Result<Vec<u8>, Bug> {
    const BAD: Bug = Bug("an own message");
    let message = Message::decode(content.clone()).map_err(|_| BAD)?;
    let sequence = u32::try_from(sent).map_err(|_| BAD)?;
    Message { sequence, ..message }.encode().map_err(|_| BAD)
}

/// Whether a message only says that its author's device is there: it is shown to nobody, and an epoch in which
/// nothing else was written needs no fresh keys.
pub(super) fn is_quiet(content: &Bytes) -> bool {
    Message::decode(content.clone()).is_ok_and(|one| matches!(one.content, Content::Present(_)))
}

/// Deposits a message into the inbox that a leaf or an invitation names, from the key by which its owner knows this
/// device.
pub(super) fn deposit_into(
    ctx: &mut Context<'_>,
    builder: &mut Builder,
    inbox: &[u8],
    from: &Zeroizing<[u8; 32]>,
    message: &InboxMessage,
    life: Life,
) -> Result<(), Bug> {
    let inbox = InboxCard::decode(inbox).map_err(|_| Bug("inbox card"))?;
    let from = DhPrivateKey::from_seed(from);
    let deposits = inbox.send(ctx, &from, message, life).map_err(|_| Bug("sealing"))?;
    deposits.into_iter().for_each(|one| builder.deposit(one));
    Ok(())
}
