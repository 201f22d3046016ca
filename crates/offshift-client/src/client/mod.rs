//! The handle that an app holds.

mod admission;
mod files;
mod safety;
mod stream;
mod talk;

pub use stream::MessageStream;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use offshift_access::TicketCode;
use offshift_link::{Link, Options};
use offshift_protocol::{
    card,
    ids::{ContactId, MeetingId},
    room::{RoomId, Rules},
};
use offshift_wire::{link::RelayLink, standing::Method};
use tokio::sync::{broadcast, mpsc, oneshot};

#[cfg(feature = "for-testing")]
use crate::clock::turned;
use crate::{
    command::{Command, Reply},
    engine::Engine,
    error::ClientError,
    event::{Event, Events},
    files::prepare::folder,
    limits::{COMMANDS_MAX, EVENTS_MAX},
    vault::{Passphrase, Vault, VaultError},
    view::{
        ContactView, ContradictionView, Founding, MeetingView, RelayView, RoomView, ShownCode,
        Synced,
    },
};

/// An open profile. Calls may come from many tasks; each is cancel-safe: what was asked for happens, or not, as a
/// whole. Dropping it, like killing the process, loses nothing that was reported.
pub struct Client {
    commands: mpsc::Sender<Command>,
    /// Where sealed chunks of files lie.
    files: PathBuf,
    events: broadcast::WeakSender<Event>,
    ended: Arc<OnceLock<ClientError>>,
}

impl Client {
    /// Makes a profile in `directory`, which may not exist yet, under the handle that others will see.
    ///
    /// # Errors
    /// [`ClientError::BadHandle`]; [`ClientError::Vault`].
    pub async fn create(
        directory: &Path,
        handle: &str,
        passphrase: Passphrase,
    ) -> Result<Self, ClientError> {
        let handle = card::handle(handle).map_err(|_| ClientError::BadHandle)?;
        let directory = directory.to_owned();
        let vault = blocking(move || {
            Vault::create(&directory, &passphrase, &[Engine::profile_of(&handle)])
        })
        .await?;
        Self::start(vault, Rules::new())
    }

    /// Opens the profile in `directory`.
    ///
    /// # Errors
    /// [`ClientError::Vault`].
    pub async fn open(directory: &Path, passphrase: Passphrase) -> Result<Self, ClientError> {
        let directory = directory.to_owned();
        let vault = blocking(move || Vault::open(&directory, &passphrase)).await?;
        Self::start(vault, Rules::new())
    }

    /// Opens the profile with other rules than everybody's, so that tests can fill a room beyond its founders.
    ///
    /// # Errors
    /// [`ClientError::Vault`].
    #[cfg(feature = "for-testing")]
    pub async fn open_with_rules_for_testing(
        directory: &Path,
        passphrase: Passphrase,
        rules: Rules,
    ) -> Result<Self, ClientError> {
        let directory = directory.to_owned();
        Self::start(blocking(move || Vault::open(&directory, &passphrase)).await?, rules)
    }

    /// Opens the profile by another clock than the machine's, so that tests can let weeks pass.
    ///
    /// # Errors
    /// [`ClientError::Vault`].
    #[cfg(feature = "for-testing")]
    pub async fn open_with_clock_for_testing(
        directory: &Path,
        passphrase: Passphrase,
        clock: Arc<dyn Fn() -> offshift_wire::UnixMillis + Send + Sync>,
    ) -> Result<Self, ClientError> {
        let directory = directory.to_owned();
        let vault = blocking(move || Vault::open(&directory, &passphrase)).await?;
        let start = || Self::prepare(vault, Rules::new());
        let (client, run) = turned::CLOCK.sync_scope(Arc::clone(&clock), start)?;
        tokio::spawn(turned::CLOCK.scope(clock, run));
        Ok(client)
    }

    fn start(vault: Vault, rules: Rules) -> Result<Self, ClientError> {
        let (client, run) = Self::prepare(vault, rules)?;
        tokio::spawn(run);
        Ok(client)
    }

    /// The handle, and the engine's life.
    fn prepare(
        vault: Vault,
        rules: Rules,
    ) -> Result<(Self, impl Future<Output = ()> + Send + use<>), ClientError> {
        let (commands, queue) = mpsc::channel(COMMANDS_MAX);
        let (events, _) = broadcast::channel(EVENTS_MAX);
        let weak = events.downgrade();
        let files = folder(vault.directory());
        let engine = Engine::load(vault, rules, events)?;
        let ended = Arc::new(OnceLock::new());
        let last_words = Arc::clone(&ended);
        let run = async move {
            let why = engine.run(queue).await;
            let _ = last_words.set(why);
        };
        Ok((Self { commands, files, events: weak, ended }, run))
    }

    /// What happens from now on.
    pub fn events(&self) -> Events {
        match self.events.upgrade() {
            Some(events) => Events(events.subscribe()),
            None => Events(broadcast::channel(1).1),
        }
    }

    /// This profile's handle.
    ///
    /// # Errors
    /// [`ClientError::Closed`].
    pub async fn handle(&self) -> Result<String, ClientError> {
        self.ask(Command::Handle).await
    }

    /// Adds a relay by its link, or by a ticket's code with the link in it. Adding it again changes nothing but the
    /// ticket.
    ///
    /// # Errors
    /// [`ClientError::BadLink`], [`ClientError::BadTicket`], [`ClientError::TooMany`].
    pub async fn add_relay(&self, link: &str) -> Result<RelayLink, ClientError> {
        if link.contains('#') {
            let code: TicketCode = link.parse()?;
            self.ask(|reply| Command::AddRelay(code.link.clone(), reply)).await?;
            return self.keep_ticket(code).await;
        }
        let link: RelayLink = link.parse()?;
        let added = link.clone();
        self.ask(|reply| Command::AddRelay(added, reply)).await?;
        Ok(link)
    }

    /// Adds a ticket of a relay that this profile has, in the place of an earlier one. [`Event::Ticket`] says whether it is
    /// good.
    ///
    /// # Errors
    /// [`ClientError::BadTicket`], [`ClientError::UnknownRelay`].
    pub async fn add_ticket(&self, code: &str) -> Result<RelayLink, ClientError> {
        self.keep_ticket(code.parse()?).await
    }

    async fn keep_ticket(&self, code: TicketCode) -> Result<RelayLink, ClientError> {
        let link = code.link.clone();
        self.ask(|reply| Command::AddTicket(Box::new(code), reply)).await?;
        Ok(link)
    }

    /// Says that the relay of the link `was` goes by that of `link` now, for rooms that still name it the old way. Without
    /// the old identity's own word: take the new link from whoever runs the relay, and in person.
    ///
    /// # Errors
    /// [`ClientError::BadLink`], [`ClientError::OtherRelay`], [`ClientError::TooMany`].
    pub async fn relay_was(&self, link: &RelayLink, was: &str) -> Result<(), ClientError> {
        let (old, new) = (was.parse()?, link.clone());
        self.ask(|reply| Command::RelayWas { old, new, reply }).await
    }

    /// Connects to a relay once, to see whether it answers, is the one of the link, and asks for tickets. Nothing else is
    /// sent.
    ///
    /// # Errors
    /// [`ClientError::Link`].
    pub async fn try_relay(&self, link: &RelayLink) -> Result<(), ClientError> {
        let line = Link::connect(link, Options::default()).await?;
        let greeting = Box::new((line.said().clone(), line.relay_key()));
        line.close().await;
        self.ask(|reply| Command::Greet(link.clone(), greeting, reply)).await
    }

    /// The profile's relays, the first one first.
    ///
    /// # Errors
    /// [`ClientError::Closed`].
    pub async fn relays(&self) -> Result<Vec<RelayView>, ClientError> {
        self.ask(Command::Relays).await
    }

    /// The evidence, kept for ever, that relays contradict what they signed.
    ///
    /// # Errors
    /// [`ClientError::Closed`].
    pub async fn contradictions(&self) -> Result<Vec<ContradictionView>, ClientError> {
        self.ask(Command::Contradictions).await
    }

    /// Begins a meeting and gives the code to show, at `relay` or the profile's first. [`Event::Words`] follows.
    ///
    /// With `like`, the card that this contact got is shown again: both can then vouch for you into one room.
    ///
    /// # Errors
    /// [`ClientError::NoRelay`], [`ClientError::UnknownRelay`], [`ClientError::UnknownContact`],
    /// [`ClientError::CardUsed`].
    pub async fn meet_show(
        &self,
        relay: Option<&str>,
        like: Option<ContactId>,
    ) -> Result<ShownCode, ClientError> {
        let relay = relay.map(str::parse::<RelayLink>).transpose()?;
        self.ask(|reply| Command::MeetShow { relay, like, reply }).await
    }

    /// Begins a meeting with whoever shows `code`. [`Event::Words`] follows. `like`: as for [`Self::meet_show`].
    ///
    /// # Errors
    /// [`ClientError::BadCode`], [`ClientError::UnknownContact`], [`ClientError::CardUsed`].
    pub async fn meet_scan(
        &self,
        code: &str,
        like: Option<ContactId>,
    ) -> Result<MeetingId, ClientError> {
        let code = code.parse()?;
        self.ask(|reply| Command::MeetScan { code, like, reply }).await
    }

    /// The meetings under way.
    ///
    /// # Errors
    /// [`ClientError::Closed`].
    pub async fn meetings(&self) -> Result<Vec<MeetingView>, ClientError> {
        self.ask(Command::Meetings).await
    }

    /// The person says that both screens show the same words, and how the two met. Where two own devices are linked,
    /// the one that showed the code then brings the other into its room.
    ///
    /// # Errors
    /// [`ClientError::UnknownMeeting`], [`ClientError::NoWords`]; [`ClientError::Refused`] when the room does not take
    /// the other device.
    pub async fn meet_confirm(
        &self,
        meeting: MeetingId,
        method: Method,
    ) -> Result<ContactView, ClientError> {
        self.ask(|reply| Command::MeetConfirm { meeting, method, reply }).await
    }

    /// The person says that the words differ, or stops.
    ///
    /// # Errors
    /// [`ClientError::UnknownMeeting`].
    pub async fn meet_abort(&self, meeting: MeetingId) -> Result<(), ClientError> {
        self.ask(|reply| Command::MeetAbort(meeting, reply)).await
    }

    /// Whom this profile met.
    ///
    /// # Errors
    /// [`ClientError::Closed`].
    pub async fn contacts(&self) -> Result<Vec<ContactView>, ClientError> {
        self.ask(Command::Contacts).await
    }

    /// Founds a room with people whom this profile met.
    ///
    /// # Errors
    /// [`ClientError::UnknownContact`], [`ClientError::ContactUsed`], [`ClientError::BadRoomName`],
    /// [`ClientError::Refused`].
    pub async fn found(&self, founding: Founding) -> Result<RoomId, ClientError> {
        self.ask(|reply| Command::Found(founding, reply)).await
    }

    /// Adds one more founder, while the founding phase is open.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::UnknownContact`], [`ClientError::ContactUsed`],
    /// [`ClientError::Refused`].
    pub async fn add_founder(
        &self,
        room: RoomId,
        contact: ContactId,
        organizer: bool,
    ) -> Result<(), ClientError> {
        self.ask(|reply| Command::AddFounder { room, contact, organizer, reply }).await
    }

    /// The rooms of this profile.
    ///
    /// # Errors
    /// [`ClientError::Closed`].
    pub async fn rooms(&self) -> Result<Vec<RoomView>, ClientError> {
        self.ask(Command::Rooms).await
    }

    /// One room.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`].
    pub async fn room(&self, room: RoomId) -> Result<RoomView, ClientError> {
        let rooms = self.rooms().await?;
        rooms.into_iter().find(|view| view.id == room).ok_or(ClientError::UnknownRoom)
    }

    /// Waits until everything at the relays is read and everything that waited is sent, but for what a relay that
    /// turns out to be away holds up.
    ///
    /// # Errors
    /// [`ClientError::Closed`], or why the client ended.
    pub async fn sync(&self) -> Result<Synced, ClientError> {
        self.ask(Command::Sync).await
    }

    /// Says goodbye to the relays and closes the profile. Calls made later fail.
    pub async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.commands.send(Command::Close(reply)).await.is_ok() {
            let _ = closed.await;
        }
    }

    /// Why the client ended by itself; [`ClientError::Closed`] if it was closed, or has not ended.
    pub fn why_ended(&self) -> ClientError {
        self.ended.get().cloned().unwrap_or(ClientError::Closed)
    }

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, ClientError> {
        let (reply, answer) = oneshot::channel();
        if self.commands.send(command(reply)).await.is_err() {
            return Err(self.why_ended());
        }
        answer.await.unwrap_or_else(|_| Err(self.why_ended()))
    }
}

/// Runs what takes long or touches the disk where it holds nobody up.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, ClientError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(ClientError::Bug("opening a profile")),
    }
}
