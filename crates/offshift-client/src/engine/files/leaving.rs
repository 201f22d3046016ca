//! A file leaves: chunk by chunk into its mailbox, then its message into the room.

use std::{collections::BTreeSet, sync::Arc};

use offshift_protocol::{
    OutboxId, Outgoing,
    file::life,
    ids::TransferId,
    room::{Care, Content, SendRefused},
};
use offshift_wire::{UnixMillis, code::Refusal};

#[cfg(feature = "for-testing")]
use offshift_protocol::room::{MessageId, RoomId};

use super::{Going, Purpose, at_disk, now};
use crate::{
    engine::{Engine, Fatal},
    error::ClientError,
    files::{
        prepare::is_fresh,
        sealed::Sealed,
        transfer::{Stage, Way},
    },
    limits::{CHUNKS_READY, OFFER_AGAIN_MS},
    line::LineId,
    receipts::Kept,
};

impl Engine {
    pub(super) async fn start_leaving(
        &mut self,
        id: TransferId,
        sealed: Arc<Sealed>,
        here: &BTreeSet<u16>,
    ) -> Result<(), Fatal> {
        let all: BTreeSet<u16> = (0..sealed.mailbox().cut().count()).collect();
        // What was to leave is not on the disk any more.
        if *here != all {
            return self.end(id, Stage::Damaged).await;
        }
        self.begin_again_if_old(id);
        let Some(one) = self.files.transfers.get(&id) else { return Ok(()) };
        let missing = all.difference(&one.done).copied().collect();
        self.files.stopped.remove(&id);
        self.files.going.insert(id, Going::new(sealed, missing));
        self.leave_on(id).await
    }

    /// The relay is about to forget the chunks that it got first: all are deposited again.
    fn begin_again_if_old(&mut self, id: TransferId) {
        let Some(one) = self.files.transfers.get_mut(&id) else { return };
        if !one.done.is_empty() && !is_fresh(one.file.until, one.file.bytes) {
            one.done.clear();
            one.file.until = UnixMillis(0);
        }
    }

    /// Gives the line what it may have, or offers the file when nothing is left.
    async fn leave_on(&mut self, id: TransferId) -> Result<(), Fatal> {
        if self.files.going.get(&id).is_some_and(|going| going.missing.is_empty()) {
            return self.offer(id).await;
        }
        loop {
            let Some(one) = self.files.transfers.get(&id) else { return Ok(()) };
            let (room, life) = (one.room, life(one.file.bytes));
            let Some(relay) = self.relay_of_room(room) else {
                self.stop(id, ClientError::UnknownRoom);
                return Ok(());
            };
            let Some(going) = self.files.going.get_mut(&id) else { return Ok(()) };
            if going.ready.len() >= CHUNKS_READY {
                return Ok(());
            }
            let Some(index) = going.queue.pop_front() else { return Ok(()) };
            // Of the numbers of all deposits: what a line says of one means no other.
            let number = self.tools.outbox.next();
            going.ready.insert(number, index);
            let sealed = Arc::clone(&going.sealed);
            let to = sealed.mailbox().deposit();
            match at_disk(move || sealed.envelope(index)).await {
                Ok(envelope) => {
                    let outgoing =
                        Outgoing { id: number, to, relay: relay.clone(), life, envelope };
                    self.line(Purpose::File(id), &relay).line.deposit(outgoing);
                }
                Err(why) => {
                    self.stop(id, why);
                    return Ok(());
                }
            }
        }
    }

    /// The relay has a chunk, and signed that (OS-FIL-004).
    pub(super) async fn chunk_left(
        &mut self,
        id: TransferId,
        number: OutboxId,
        kept: &Kept,
    ) -> Result<(), Fatal> {
        let Some(going) = self.files.going.get_mut(&id) else { return Ok(()) };
        let Some(index) = going.ready.remove(&number) else { return Ok(()) };
        let is_due = going.arrived(index);
        going.refused = None;
        if let Some(one) = self.files.transfers.get_mut(&id) {
            let first = one.done.is_empty();
            one.done.insert(index);
            one.file.until = if first { kept.until() } else { one.file.until.min(kept.until()) };
        }
        if is_due {
            self.note_transfer(id).await?;
        }
        self.tell_transfer(id);
        self.leave_on(id).await
    }

    pub(super) fn chunk_refused(
        &mut self,
        line: LineId,
        id: TransferId,
        number: OutboxId,
        refusal: Refusal,
    ) {
        let Some(going) = self.files.going.get_mut(&id) else { return };
        if !going.ready.contains_key(&number) {
            return;
        }
        let is_new = going.refused.replace(refusal) != Some(refusal);
        if is_new {
            self.tell_refusal(line, refusal);
        }
        // Asking again can't help.
        if matches!(refusal, Refusal::Denied | Refusal::Malformed | Refusal::LifeTooLong) {
            self.stop(id, ClientError::Refused(Box::new(refusal.into())));
        }
    }

    #[cfg(feature = "for-testing")]
    pub(super) async fn offer_for_testing(
        &mut self,
        room: RoomId,
        file: offshift_wire::content::File,
    ) -> Result<MessageId, ClientError> {
        let state = self.rooms.get_mut(&room).ok_or(ClientError::UnknownRoom)?;
        let content = Content::File(Box::new(file));
        let sent = state.handle_send(&mut self.tools.context(), content, Care::Ordinary);
        let (message, effects) = sent?;
        self.run_room(room, effects, Vec::new()).await?;
        Ok(message)
    }

    /// Files that are whole at the relay, and whose message had no place among those that wait.
    pub(in crate::engine) async fn tick_files(&mut self, now: UnixMillis) -> Result<(), Fatal> {
        if self.files.offer_at.is_none_or(|at| now < at) {
            return Ok(());
        }
        self.files.offer_at = None;
        let is_whole = |id: &TransferId| {
            let way = self.files.transfers.get(id).map(|one| one.way);
            way == Some(Way::Out)
                && self.files.going.get(id).is_some_and(|one| one.missing.is_empty())
        };
        let whole: Vec<_> = self.files.going.keys().copied().filter(is_whole).collect();
        for id in whole {
            self.offer(id).await?;
        }
        Ok(())
    }

    /// All of it is at the relay: the message that offers it is sent in the record that ends the transfer (OS-FIL-005).
    async fn offer(&mut self, id: TransferId) -> Result<(), Fatal> {
        let Some(one) = self.files.transfers.get(&id) else { return Ok(()) };
        let (id, room) = (one.id, one.room);
        let mut file = one.file.clone();
        if let Some(relay) = self.relay_of_room(room) {
            file.relay = relay;
        }
        let Some(state) = self.rooms.get_mut(&room) else {
            self.stop(id, ClientError::UnknownRoom);
            return Ok(());
        };
        let content = Content::File(Box::new(file.clone()));
        let sent = state.handle_send(&mut self.tools.context(), content, Care::Ordinary);
        let (message, effects) = match sent {
            Ok(sent) => sent,
            // It is whole at the relay, and goes on waiting for its message.
            Err(SendRefused::TooMany) => {
                self.files.offer_at = Some(now().plus_ms(OFFER_AGAIN_MS));
                return self.note_transfer(id).await;
            }
            Err(why) => {
                self.stop(id, why.into());
                return self.note_transfer(id).await;
            }
        };
        let Some(one) = self.files.transfers.get_mut(&id) else { return Ok(()) };
        (one.message, one.stage, one.file) = (Some(message), Stage::Done, file);
        let kept = one.put()?;
        self.halt(id);
        self.run_room(room, effects, vec![kept]).await?;
        self.tell_transfer(id);
        Ok(())
    }
}
