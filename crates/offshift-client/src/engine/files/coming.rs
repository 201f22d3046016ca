//! A file comes: its mailbox is read in order, and the first that opens for each place is kept.

use std::{collections::BTreeSet, sync::Arc};

use offshift_protocol::{Source, ids::TransferId};
use offshift_wire::{Address, Envelope, Position};

use super::{Going, Purpose, at_disk};
use crate::{
    engine::{Engine, Fatal},
    error::ClientError,
    files::{sealed::Sealed, transfer::Stage},
    limits::ENTRIES_PER_CHUNK,
};

impl Engine {
    pub(super) async fn start_coming(
        &mut self,
        id: TransferId,
        sealed: Arc<Sealed>,
        here: &BTreeSet<u16>,
    ) -> Result<(), Fatal> {
        let all: BTreeSet<u16> = (0..sealed.mailbox().cut().count()).collect();
        let missing: BTreeSet<u16> = all.difference(here).copied().collect();
        let is_whole = missing.is_empty();
        self.files.stopped.remove(&id);
        self.files.going.insert(id, Going::new(sealed, missing));
        if is_whole {
            return self.check_whole(id).await;
        }
        self.read_mailbox(id);
        Ok(())
    }

    fn read_mailbox(&mut self, id: TransferId) {
        let Some(one) = self.files.transfers.get(&id) else { return };
        let (room, after) = (one.room, one.after);
        let Some(relay) = self.relay_of_room(room) else {
            self.stop(id, ClientError::UnknownRoom);
            return;
        };
        let Some(going) = self.files.going.get_mut(&id) else { return };
        going.is_from_start = after == Position::START;
        let access = going.sealed.mailbox().fetch();
        let line = &self.line(Purpose::File(id), &relay).line;
        line.follow(Source { access, relay, after });
    }

    /// One more entry of its mailbox. Anybody with the key can write there: what does not open is passed over, and who
    /// comes second for a place comes too late (OS-FIL-012).
    pub(super) async fn chunk_came(
        &mut self,
        id: TransferId,
        position: Position,
        envelope: Envelope,
    ) -> Result<(), Fatal> {
        let Some(going) = self.files.going.get_mut(&id) else { return Ok(()) };
        going.entries = going.entries.saturating_add(1);
        let entries_max = usize::from(going.sealed.mailbox().cut().count()) * ENTRIES_PER_CHUNK;
        if going.entries > entries_max {
            return self.end(id, Stage::Damaged).await;
        }
        let (sealed, missing) = (Arc::clone(&going.sealed), going.missing.clone());
        let address = *sealed.mailbox().address();
        let kept = at_disk(move || {
            let index = sealed.mailbox().open(&envelope).map(|chunk| chunk.index);
            let index = index.filter(|index| missing.contains(index));
            index.map(|index| sealed.put(index, &envelope).map(|()| index)).transpose()
        });
        match kept.await {
            Ok(index) => self.chunk_kept(id, &address, position, index).await,
            Err(why) => {
                self.stop(id, why);
                Ok(())
            }
        }
    }

    async fn chunk_kept(
        &mut self,
        id: TransferId,
        address: &Address,
        position: Position,
        index: Option<u16>,
    ) -> Result<(), Fatal> {
        if let Some(one) = self.files.transfers.get_mut(&id) {
            one.after = position;
        }
        if let Some(running) = self.lines.get(&Purpose::File(id)) {
            running.line.handled(address, position);
        }
        let (Some(index), Some(going)) = (index, self.files.going.get_mut(&id)) else {
            return Ok(());
        };
        let is_due = going.arrived(index);
        if going.missing.is_empty() {
            return self.check_whole(id).await;
        }
        if is_due {
            // What is noted must not outlive what was written, in a power cut.
            let sealed = Arc::clone(&going.sealed);
            if let Err(why) = at_disk(move || sealed.sync()).await {
                self.stop(id, why);
                return Ok(());
            }
            self.note_transfer(id).await?;
        }
        self.tell_transfer(id);
        Ok(())
    }

    /// Its sender's word says what the whole must be (OS-FIL-014).
    async fn check_whole(&mut self, id: TransferId) -> Result<(), Fatal> {
        let Some(going) = self.files.going.get(&id) else { return Ok(()) };
        let sealed = Arc::clone(&going.sealed);
        let hash = at_disk(move || sealed.sync().map(|()| sealed.hash())).await;
        let wanted = self.files.transfers.get(&id).map(|one| one.file.sha256);
        match hash {
            Ok(hash) if hash.is_some() && hash == wanted => self.end(id, Stage::Done).await,
            Ok(_) => self.end(id, Stage::Damaged).await,
            Err(why) => {
                self.stop(id, why);
                Ok(())
            }
        }
    }

    /// The relay shows nothing more. A file is offered when it is whole there, so what is missing now is gone; but first
    /// all is read once from the beginning: the disk may have lost what was noted.
    pub(super) async fn mailbox_was_read(&mut self, id: TransferId) -> Result<(), Fatal> {
        let Some(going) = self.files.going.get(&id) else { return Ok(()) };
        if going.is_from_start {
            return self.end(id, Stage::Gone).await;
        }
        if let Some(one) = self.files.transfers.get_mut(&id) {
            one.after = Position::START;
        }
        // The line that has read it goes with its connection.
        self.lines.remove(&Purpose::File(id));
        self.read_mailbox(id);
        Ok(())
    }
}
