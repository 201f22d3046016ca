//! Sending: a message is in the log when its author has read it there, before any valid commit.
//!
//! ```text
//! handle_send -> encrypted, deposited -> read back -> Sent
//!                     \-> a commit came first: void -> encrypted again in the next epoch, same id
//! ```

use bytes::Bytes;
use offshift_wire::{
    MessageId, Position,
    admission::Act,
    content::{Content, Message},
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
};
use crate::{
    bug::Bug,
    context::{Context, OutboxId},
    derive::hash,
    effect::{Effects, Outgoing},
    limits::{EPOCH_MESSAGES_MAX, UNSETTLED_MAX},
};

impl Room {
    /// Sends a message. It is waiting until [`RoomEvent::Sent`] names it.
    ///
    /// # Errors
    /// [`SendRefused`]; nothing changed.
    pub fn handle_send(
        &mut self,
        ctx: &mut Context<'_>,
        content: Content,
    ) -> Result<(MessageId, Effects<RoomEvent>), SendRefused> {
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
        self.check_alive()?;
        if self.sending.len() >= UNSETTLED_MAX {
            return Err(SendRefused::TooMany);
        }
        let id = random_message_id(ctx.rng);
        let content =
            Message { id, sequence: 0, content }.encode().map_err(|_| SendRefused::Content)?;
        let order = self.sending.last_key_value().map_or(0, |(order, _)| order.saturating_add(1));
        let sending = Sending { id, content: Bytes::from(content), way: None };
        self.sending.insert(order, sending);
        if let Err(bug) = self.dispatch(ctx, builder) {
            self.sending.remove(&order);
            return Err(bug.into());
        }
        self.write_sending(builder, order);
        Ok(id)
    }

    /// Encrypts and deposits what waits, in order, as far as this epoch may take it.
    pub(super) fn dispatch(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
    ) -> Result<Vec<MessageId>, Bug> {
        let waiting: Vec<u64> = self
            .sending
            .iter()
            .filter(|(_, sending)| sending.way.is_none())
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

    fn dispatch_one(
        &mut self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        order: u64,
    ) -> Result<Option<MessageId>, Bug> {
        let Some(sending) = self.sending.get(&order) else { return Ok(None) };
        let (id, content) = (sending.id, sending.content.clone());
        let message = self.mls.seal(seed(ctx.rng), &content)?;
        let outbox = self.deposit(ctx, builder, &message, self.terms(ctx.now).message_life)?;
        let way = Some(OnItsWay { hash: hash(&[&message]), outbox });
        if let Some(sending) = self.sending.get_mut(&order) {
            sending.way = way;
        }
        self.sent_in_epoch += 1;
        self.write_step(builder, &Step::Sent);
        self.write_sending(builder, order);
        Ok(Some(id))
    }

    /// Deposits an MLS message into the channel of this epoch.
    pub(super) fn deposit(
        &self,
        ctx: &mut Context<'_>,
        builder: &mut Builder,
        message: &[u8],
        life: offshift_wire::Life,
    ) -> Result<Vec<OutboxId>, Bug> {
        let channel = self.channel.as_ref().ok_or(Bug("no channel"))?;
        let envelopes = channel.seal(ctx.rng, message).map_err(|_| Bug("sealing"))?;
        let mut outbox = Vec::new();
        for envelope in envelopes {
            let id = ctx.outbox.next();
            outbox.push(id);
            let (to, relay) = (channel.deposit(), self.policy.relay.clone());
            builder.deposit(Outgoing { id, to, relay, life, envelope });
        }
        Ok(outbox)
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

    /// The own message with this hash was read back: it stands where it stands.
    pub(super) fn settle(&mut self, builder: &mut Builder, position: Position, order: u64) {
        let Some(sending) = self.sending.remove(&order) else { return };
        builder.delete(self.sending_key(order));
        // The engine erases an outbox record at its receipt. A crash before that leaves one behind that
        // nobody needs.
        for id in sending.way.iter().flat_map(|way| &way.outbox) {
            builder.delete(id.key());
        }
        self.write_step(builder, &Step::Settled { position, id: sending.id });
        self.note_settled(position, sending.id);
        let own = self.mls.own_leaf();
        self.show(builder, position, own, &sending.content);
        builder.event(RoomEvent::Sent(sending.id));
    }

    pub(super) fn note_settled(&mut self, position: Position, id: MessageId) {
        self.log.after = position;
        self.active = true;
        let _ = self.log.note_id(self.mls.own_leaf(), id);
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
        let (at, own) = (position.time(), sender == self.mls.own_leaf());
        self.note(builder, (&id, handle.as_str()), at, &message.content);
        let position = self.next_history(position);
        let entry = HistoryEntry {
            sender: id,
            handle: handle.clone(),
            own,
            message: message.clone(),
            content: plaintext.clone(),
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
