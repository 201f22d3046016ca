//! Files on their way, each on a line of its own.
//!
//! ```text
//! send_file -> sealed chunks on disk -> record -> deposits, some at once -> all receipted -> Content.File in the room
//! get_file  -> record -> its mailbox, in order -> sealed chunks on disk -> all here, and the hash fits -> Done
//! ```
//! A file's envelopes are on the disk before any leaves, and its record says how far it is, so it goes on after a kill on
//! either side. They are in no outbox: which of them the relay has is all that there is to know.
//!
//! Never: a file fetched that nobody asked for; one fetched from another relay than the room's (OS-FIL-021); a file
//! offered that the relay does not have whole.

mod coming;
mod leaving;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io,
    path::PathBuf,
    sync::Arc,
};

use offshift_protocol::{
    Change, OutboxId,
    ids::TransferId,
    room::{Content, MessageId, RoomId},
};
use offshift_wire::{UnixMillis, code::Refusal, content::File, link::RelayLink};

use super::{Engine, Fatal, answer, finish, history::named, lines::Purpose, now};
use crate::{
    command::FileAsk,
    error::{ClientError, FileError},
    event::Event,
    files::{
        FileReader, filename,
        prepare::{self, Prepared},
        sealed::Sealed,
        transfer::{Offering, Stage, Transfer, Way},
    },
    limits::{CHUNKS_NOTED, TRANSFERS_MAX},
    line::{LineId, What},
    vault::Vault,
    view::{FileState, MessageKind, MessageView, TransferState, TransferView},
};

/// The files of a profile.
pub(super) struct Files {
    folder: PathBuf,
    transfers: BTreeMap<TransferId, Transfer>,
    going: BTreeMap<TransferId, Going>,
    /// Why some don't go on, for as long as the program runs.
    stopped: BTreeMap<TransferId, ClientError>,
    /// When those are offered for which there was no place among the messages that wait.
    offer_at: Option<UnixMillis>,
}

/// A file that goes on now.
struct Going {
    sealed: Arc<Sealed>,
    /// Chunks that have not arrived.
    missing: BTreeSet<u16>,
    /// Of these, those that the line has not got yet.
    queue: VecDeque<u16>,
    /// Those that it has.
    ready: BTreeMap<OutboxId, u16>,
    /// Arrived since the record was written last.
    unnoted: usize,
    /// Entries of the mailbox that were read.
    entries: usize,
    /// Whether the mailbox is read from its beginning on.
    is_from_start: bool,
    refused: Option<Refusal>,
}

impl Going {
    fn new(sealed: Arc<Sealed>, missing: BTreeSet<u16>) -> Self {
        Self {
            sealed,
            queue: missing.iter().copied().collect(),
            missing,
            ready: BTreeMap::new(),
            unnoted: 0,
            entries: 0,
            is_from_start: false,
            refused: None,
        }
    }

    /// One more chunk has arrived. Tells whether that should be noted.
    fn arrived(&mut self, index: u16) -> bool {
        self.missing.remove(&index);
        self.unnoted = self.unnoted.saturating_add(1);
        let due = self.unnoted >= CHUNKS_NOTED;
        if due {
            self.unnoted = 0;
        }
        due
    }
}

impl Files {
    /// From a vault. What no record names is erased.
    pub(super) fn load(vault: &Vault) -> Result<Self, ClientError> {
        let load = |key: &str, value: &[u8]| {
            let id = TransferId::from_key(key).ok_or(FileError::UnknownTransfer)?;
            Ok::<_, ClientError>((id, Transfer::decode(id, value)?))
        };
        let transfers = vault.under(TransferId::PREFIX).map(|(key, value)| load(key, value));
        let files = Self {
            folder: prepare::folder(vault.directory()),
            transfers: transfers.collect::<Result<_, _>>()?,
            going: BTreeMap::new(),
            stopped: BTreeMap::new(),
            offer_at: None,
        };
        let known: Vec<_> = files.transfers.values().map(|one| files.path_of(one)).collect();
        prepare::sweep(&files.folder, &known);
        Ok(files)
    }

    pub(super) const fn deadline(&self) -> Option<UnixMillis> {
        self.offer_at
    }

    fn path_of(&self, one: &Transfer) -> PathBuf {
        match one.way {
            Way::Out => prepare::outgoing(&self.folder, one.id),
            Way::In => prepare::incoming(&self.folder, one.id),
        }
    }

    fn offered_by(&self, room: RoomId, offering: &Offering) -> Option<&Transfer> {
        let mut all = self.transfers.values();
        all.find(|one| one.room == room && one.is_of(offering))
    }

    fn view(&self, one: &Transfer) -> TransferView {
        let cut = one.cut().ok();
        let length = |index: &u16| cut?.length(*index);
        let missing: usize = match (one.stage, self.going.get(&one.id), one.way) {
            (Stage::Done, _, _) => 0,
            (_, Some(going), _) => going.missing.iter().filter_map(length).sum(),
            (_, None, Way::Out) => {
                let all = 0..cut.map_or(0, |cut| cut.count());
                all.filter(|index| !one.done.contains(index)).filter_map(|i| length(&i)).sum()
            }
            (_, None, Way::In) => usize::try_from(one.file.bytes).unwrap_or(usize::MAX),
        };
        let state = match (one.stage, self.stopped.get(&one.id)) {
            (Stage::UnderWay, Some(why)) => TransferState::Stopped(why.clone()),
            (Stage::UnderWay, None) => TransferState::UnderWay,
            (Stage::Done, _) => TransferState::Done,
            (Stage::Gone, _) => TransferState::Gone,
            (Stage::Damaged, _) => TransferState::Damaged,
        };
        TransferView {
            id: one.id,
            room: one.room,
            message: one.message,
            name: filename::clean(&one.file.name),
            outgoing: one.way == Way::Out,
            bytes: one.file.bytes.saturating_sub(u64::try_from(missing).unwrap_or(u64::MAX)),
            total: one.file.bytes,
            state,
        }
    }

    /// The same message, and of a file what this device knows of it; what its sender says of it is made harmless.
    pub(super) fn with_file(&self, mut view: MessageView) -> MessageView {
        if let MessageKind::File(file) = &mut view.kind {
            file.name = filename::clean(&file.name);
            let offering = Offering { id: view.id, at: view.position, own: view.own };
            file.state = self.file_state(view.room, &offering, file.until);
        }
        view
    }

    fn file_state(&self, room: RoomId, offering: &Offering, until: UnixMillis) -> FileState {
        let known = self.offered_by(room, offering);
        match known.map(|one| (one.stage, one)) {
            Some((Stage::Done, _)) => FileState::Here,
            Some((Stage::UnderWay, one)) => FileState::Coming { bytes: self.view(one).bytes },
            Some((Stage::Damaged, _)) => FileState::Damaged,
            Some((Stage::Gone, _)) => FileState::Gone,
            None if until <= now() => FileState::Gone,
            None => FileState::Offered,
        }
    }
}

impl Engine {
    pub(super) async fn handle_file_ask(&mut self, ask: FileAsk) -> Result<(), Fatal> {
        match ask {
            FileAsk::List(reply) => answer(reply, Ok(self.transfer_views())),
            FileAsk::Open { room, message, reply } => {
                answer(reply, self.open_file(room, message).await);
            }
            FileAsk::Preview { room, message, reply } => {
                answer(reply, self.offered(room, message).map(|(_, file)| file.preview));
            }
            FileAsk::Send { room, file, reply } => {
                finish(reply, self.send_file(room, *file).await)?;
            }
            FileAsk::Fetch { room, message, reply } => {
                finish(reply, self.fetch_file(room, message).await)?;
            }
            #[cfg(feature = "for-testing")]
            FileAsk::OfferForTesting { room, file, reply } => {
                finish(reply, self.offer_for_testing(room, *file).await)?;
            }
            FileAsk::Cancel(id, reply) => finish(reply, self.cancel_transfer(id).await)?,
        }
        Ok(())
    }

    fn transfer_views(&self) -> Vec<TransferView> {
        let open = self.files.transfers.values().filter(|one| one.stage != Stage::Done);
        open.map(|one| self.files.view(one)).collect()
    }

    async fn send_file(
        &mut self,
        room: RoomId,
        mut file: Prepared,
    ) -> Result<TransferId, ClientError> {
        self.known_room(room)?;
        self.has_place_for_a_file()?;
        let (id, offered) = (file.id, file.file.clone());
        let transfer = Transfer::new(id, Way::Out, room, None, offered);
        self.persist(vec![transfer.put()?]).await?;
        file.keep();
        self.files.transfers.insert(id, transfer);
        self.start_file(id).await?;
        Ok(id)
    }

    /// Asked for by a person: nothing else calls it (OS-FIL-022).
    async fn fetch_file(
        &mut self,
        room: RoomId,
        message: MessageId,
    ) -> Result<TransferId, ClientError> {
        let (offering, file) = self.offered(room, message)?;
        let known = self.files.offered_by(room, &offering).map(|one| (one.id, one.stage));
        match known {
            Some((id, stage)) if stage == Stage::Done || self.files.going.contains_key(&id) => {
                return Ok(id);
            }
            // The disk was full, for instance.
            Some((id, Stage::UnderWay)) => {
                self.start_file(id).await?;
                return Ok(id);
            }
            // Tried before, and given up.
            Some((id, _)) => self.forget_transfer(id).await?,
            None => {}
        }
        let relay = self.known_room(room)?.relay();
        // A member could learn who reads by a relay of their own (OS-FIL-021).
        if self.identity_of(file.relay.relay()) != self.identity_of(relay.relay()) {
            return Err(FileError::Elsewhere.into());
        }
        self.has_place_for_a_file()?;
        let id = TransferId::random(&mut self.tools.rng);
        let transfer = Transfer::new(id, Way::In, room, Some(offering), file);
        self.persist(vec![transfer.put()?]).await?;
        self.files.transfers.insert(id, transfer);
        self.start_file(id).await?;
        Ok(id)
    }

    fn has_place_for_a_file(&self) -> Result<(), ClientError> {
        let has = self.files.going.len() < TRANSFERS_MAX;
        if has { Ok(()) } else { Err(FileError::TooMany.into()) }
    }

    /// What a message of the history offers: of several of one name, the first.
    fn offered(&self, room: RoomId, message: MessageId) -> Result<(Offering, File), ClientError> {
        self.known_room(room)?;
        let first = named(self.open_vault()?, room, &message)?.into_iter().next();
        let shown = first.filter(|(at, _)| *at >= self.shown_from(room));
        let (at, entry) = shown.ok_or(FileError::NoFile)?;
        match entry.message.content {
            Content::File(file) => Ok((Offering { id: message, at, own: entry.own }, *file)),
            _ => Err(FileError::NoFile.into()),
        }
    }

    async fn open_file(
        &mut self,
        room: RoomId,
        message: MessageId,
    ) -> Result<FileReader, ClientError> {
        // What disappeared is not opened any more.
        let (offering, _) = self.offered(room, message)?;
        let known = self.files.offered_by(room, &offering);
        let one = known.filter(|one| one.stage == Stage::Done).ok_or(FileError::NotHere)?;
        let (path, file) = (self.files.path_of(one), one.file.clone());
        let (name, media_type) = (filename::clean(&file.name), file.media_type.clone());
        let bytes = file.bytes;
        let sealed = at_disk(move || Sealed::of(&path, &file)).await?;
        Ok(FileReader::new(name, media_type, bytes, Arc::new(sealed)))
    }

    async fn cancel_transfer(&mut self, id: TransferId) -> Result<(), ClientError> {
        if !self.files.transfers.contains_key(&id) {
            return Err(FileError::UnknownTransfer.into());
        }
        self.forget_transfer(id).await
    }

    /// A message is gone from this device, and with it the file that it offered (OS-FIL-043).
    pub(super) async fn forget_file(
        &mut self,
        room: RoomId,
        offering: Offering,
    ) -> Result<(), Fatal> {
        match self.files.offered_by(room, &offering).map(|one| one.id) {
            Some(id) => self.forget_transfer(id).await,
            None => Ok(()),
        }
    }

    async fn forget_transfer(&mut self, id: TransferId) -> Result<(), Fatal> {
        self.halt(id);
        self.files.stopped.remove(&id);
        let Some(one) = self.files.transfers.remove(&id) else { return Ok(()) };
        let path = self.files.path_of(&one);
        // If this is cut short, the next start finds a file that no record names.
        self.persist(vec![Change::Delete { key: id.key() }]).await?;
        erase(path).await;
        Ok(())
    }

    /// Forgets the files of messages that are gone from this device: to be called whenever some went (OS-FIL-043).
    pub(super) async fn forget_lost_files(&mut self) -> Result<(), Fatal> {
        let lost: Vec<_> = self.files.transfers.values().filter(|one| self.is_lost(one)).collect();
        let lost: Vec<TransferId> = lost.into_iter().map(|one| one.id).collect();
        for id in lost {
            self.forget_transfer(id).await?;
        }
        Ok(())
    }

    /// Whether the message that offered it is neither kept nor waiting for its place.
    fn is_lost(&self, one: &Transfer) -> bool {
        let (Some(message), Some(vault)) = (one.message, &self.vault) else { return false };
        let room = self.rooms.get(&one.room);
        let is_waiting =
            room.is_some_and(|room| room.waiting().iter().any(|(it, _)| *it == message));
        let kept = named(vault, one.room, &message).unwrap_or_default();
        let is_offered = kept.into_iter().any(|(at, entry)| {
            let is_it = one.is_of(&Offering { id: message, at, own: entry.own });
            is_it && matches!(entry.message.content, Content::File(_))
        });
        !is_waiting && !is_offered
    }

    /// Files that were under way when the program ended (OS-FIL-040).
    pub(super) async fn resume_files(&mut self) -> Result<(), Fatal> {
        self.forget_lost_files().await?;
        let under_way = |one: &&Transfer| one.stage == Stage::UnderWay;
        let all: Vec<_> = self.files.transfers.values().filter(under_way).map(|it| it.id).collect();
        for id in all {
            self.start_file(id).await?;
        }
        Ok(())
    }

    async fn start_file(&mut self, id: TransferId) -> Result<(), Fatal> {
        let Some(one) = self.files.transfers.get(&id) else { return Ok(()) };
        let (path, file, way) = (self.files.path_of(one), one.file.clone(), one.way);
        let folder = self.files.folder.clone();
        let opened = at_disk(move || {
            prepare::make_folder(&folder)?;
            let sealed = Sealed::of(&path, &file)?;
            let here = sealed.here();
            Ok((Arc::new(sealed), here))
        });
        match (opened.await, way) {
            (Err(why), _) => self.stop(id, why),
            (Ok((sealed, here)), Way::Out) => self.start_leaving(id, sealed, &here).await?,
            (Ok((sealed, here)), Way::In) => self.start_coming(id, sealed, &here).await?,
        }
        self.tell_transfer(id);
        Ok(())
    }

    /// The file whose line this is, if it is one's.
    pub(super) fn file_of(&self, line: LineId) -> Option<TransferId> {
        self.lines.iter().find_map(|(purpose, running)| match purpose {
            Purpose::File(id) if running.id == line => Some(*id),
            _ => None,
        })
    }

    /// What a file's own line reports; nothing is left to be done with it, or it is given back.
    pub(super) async fn handle_file_report(
        &mut self,
        line: LineId,
        id: TransferId,
        what: What,
    ) -> Result<Option<What>, Fatal> {
        match what {
            What::Entry { position, envelope, .. } => {
                self.chunk_came(id, position, envelope).await?;
            }
            What::CaughtUp(_) => self.mailbox_was_read(id).await?,
            What::Receipt(number, kept) => self.chunk_left(id, number, &kept).await?,
            What::Refused(number, refusal) => self.chunk_refused(line, id, number, refusal),
            other => return Ok(Some(other)),
        }
        Ok(None)
    }

    fn relay_of_room(&self, room: RoomId) -> Option<RelayLink> {
        self.rooms.get(&room).map(|room| self.current(room.relay()))
    }

    async fn note_transfer(&mut self, id: TransferId) -> Result<(), Fatal> {
        match self.files.transfers.get(&id) {
            Some(one) => self.persist(vec![one.put()?]).await,
            None => Ok(()),
        }
    }

    /// It came to its end, one way or another.
    async fn end(&mut self, id: TransferId, stage: Stage) -> Result<(), Fatal> {
        self.halt(id);
        let Some(one) = self.files.transfers.get_mut(&id) else { return Ok(()) };
        one.stage = stage;
        self.note_transfer(id).await?;
        if let (Some(one), Stage::Gone | Stage::Damaged) = (self.files.transfers.get(&id), stage) {
            erase(self.files.path_of(one)).await;
        }
        self.tell_transfer(id);
        Ok(())
    }

    /// It does not go on while this program runs.
    fn stop(&mut self, id: TransferId, why: ClientError) {
        self.halt(id);
        self.files.stopped.insert(id, why);
        self.tell_transfer(id);
    }

    fn halt(&mut self, id: TransferId) {
        self.files.going.remove(&id);
        if let Some(running) = self.lines.remove(&Purpose::File(id)) {
            tokio::spawn(running.line.close());
        }
    }

    fn tell_transfer(&self, id: TransferId) {
        if let Some(one) = self.files.transfers.get(&id) {
            self.tell(Event::Transfer(self.files.view(one)));
        }
    }
}

/// Does what the disk keeps waiting where it holds nobody up.
async fn at_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, ClientError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| FileError::from(error).into()),
        Err(_) => Err(ClientError::Bug("a file on the disk")),
    }
}

async fn erase(path: PathBuf) {
    // What can't be erased now is at the next start: no record names it.
    let _ = tokio::task::spawn_blocking(move || std::fs::remove_file(path)).await;
}
