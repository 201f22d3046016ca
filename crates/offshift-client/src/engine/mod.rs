//! The engine: one task that owns a profile's vault, machines and lines.
//!
//! ```text
//! Command | Report | deadline -> machine.handle_*(context) -> Effects
//! Effects, in order: Persist -> vault (waited for) | Follow, Deposit -> lines | Event -> the app
//! ```
//! It is the only place that composes them. It decides nothing that a machine could decide.
//!
//! Never: an effect after a Persist that failed (N10): the engine ends instead, and a restart goes on from the vault.

mod admission;
mod alarms;
pub(crate) mod copied;
mod copies;
mod devices;
mod effects;
mod evidence;
mod exposure;
mod files;
mod gaps;
mod history;
mod inboxes;
mod joining;
mod lines;
mod load;
mod meetings;
mod notes;
mod policy;
mod room_events;
mod rooms;
mod safety;
mod successors;
mod sync;
mod talk;
mod tickets;
mod unread;

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use offshift_protocol::{
    Context, OutboxId, OutboxSequence,
    card::{Application, Contact},
    ids::{ApplicationId, ContactId, MeetingId},
    meeting::Meeting,
    room::{Handle, Room, RoomId, Rules},
};
use offshift_wire::{Address, RelayId, UnixMillis, link::RelayLink};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng};
use tokio::{
    sync::{broadcast, mpsc},
    time::sleep,
};

use crate::{
    clock::now,
    command::{Command, Reply},
    error::ClientError,
    event::Event,
    line::Report,
    receipts::Receipts,
    vault::Vault,
    view::{Reach, RelayView, Synced, TicketState},
    wallet::Wallet,
};
use copies::Copying;
use files::Files;
use joining::NotJoined;
use lines::{Followed, Pending, Purpose, Running};
use successors::Successors;
use tickets::Bought;
use unread::Unread;

/// Longest sleep: a device that slept, or whose clock was set, looks at its deadlines at least this often.
const SLEEP_MAX: Duration = Duration::from_secs(60);

/// Why the engine can't go on.
pub(crate) type Fatal = ClientError;

pub(crate) struct Engine {
    vault: Option<Vault>,
    tools: Tools,
    handle: Handle,
    relays: Vec<RelayLink>,
    meetings: BTreeMap<MeetingId, Meeting>,
    contacts: BTreeMap<ContactId, Contact>,
    applications: BTreeMap<ApplicationId, Application>,
    /// Which applications brought this device into which rooms.
    leads: BTreeMap<ApplicationId, RoomId>,
    rooms: BTreeMap<RoomId, Room>,
    /// Until then no room's time comes.
    rooms_rest_until: UnixMillis,
    /// When days are looked for that are past their room's time.
    forget_at: UnixMillis,
    /// When rooms are told again that they have read all.
    caught_up_again: UnixMillis,
    not_joined: NotJoined,
    rules: Rules,
    lines: HashMap<Purpose, Running>,
    receipts: Receipts,
    files: Files,
    copying: Copying,
    sources: BTreeMap<Address, Followed>,
    pending: BTreeMap<OutboxId, Pending>,
    unread: Unread,
    waiters: Vec<Reply<Synced>>,
    told: HashMap<RelayLink, Reach>,
    lines_started: u64,
    wallet: Wallet,
    successors: Successors,
    bought: (mpsc::Sender<Bought>, mpsc::Receiver<Bought>),
    told_tickets: HashMap<RelayId, TicketState>,
    events: broadcast::Sender<Event>,
    reports: (mpsc::Sender<Report>, mpsc::Receiver<Report>),
}

/// What machines are given.
pub(crate) struct Tools {
    rng: ChaCha20Rng,
    outbox: OutboxSequence,
}

impl Tools {
    fn new(outbox: OutboxSequence) -> Result<Self, ClientError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| ClientError::Bug("no randomness"))?;
        Ok(Self { rng: ChaCha20Rng::from_seed(seed), outbox })
    }

    fn random_below(&mut self, limit: u64) -> u64 {
        self.rng.next_u64().checked_rem(limit).unwrap_or_default()
    }

    fn context(&mut self) -> Context<'_> {
        Context { now: now(), rng: &mut self.rng, outbox: &mut self.outbox }
    }
}

impl Engine {
    /// Runs until the client closes it or drops it, or until it can't go on; tells why it ended.
    pub(crate) async fn run(mut self, mut commands: mpsc::Receiver<Command>) -> ClientError {
        self.wallet.rest_overdue(now(), &mut self.tools.rng);
        if let Err(fatal) = self.resume_files().await {
            return fatal;
        }
        loop {
            let wait = self.until_deadline();
            let step = tokio::select! {
                command = commands.recv() => match command {
                    Some(Command::Close(reply)) => {
                        self.close().await;
                        let _ = reply.send(());
                        return ClientError::Closed;
                    }
                    Some(command) => self.handle_command(command).await,
                    None => return ClientError::Closed,
                },
                Some(report) = self.reports.1.recv() => self.handle_report(report).await,
                Some(bought) = self.bought.1.recv() => self.handle_bought(bought).await,
                () = sleep(wait) => self.handle_tick().await,
            };
            if let Err(fatal) = step {
                return fatal;
            }
            self.answer_waiters();
        }
    }

    /// Lets lines say goodbye. The vault closes, and its lock is freed, before this returns.
    async fn close(&mut self) {
        let closing = self.lines.drain().map(|(_, running)| running.line.close());
        let mut tasks: tokio::task::JoinSet<()> = closing.collect();
        while tasks.join_next().await.is_some() {}
        self.copying.end().await;
        self.vault = None;
    }

    async fn handle_command(&mut self, command: Command) -> Result<(), Fatal> {
        match command {
            Command::Handle(reply) => answer(reply, Ok(self.handle.as_str().to_owned())),
            Command::Relays(reply) => answer(reply, Ok(self.relay_views())),
            Command::Contradictions(reply) => answer(reply, Ok(self.contradiction_views())),
            Command::Meetings(reply) => answer(reply, Ok(self.meeting_views())),
            Command::Contacts(reply) => answer(reply, Ok(self.contact_views())),
            Command::Rooms(reply) => answer(reply, Ok(self.room_views())),
            Command::Sync(reply) => self.waiters.push(reply),
            Command::Alarms(reply) => answer(reply, self.alarm_views()),
            Command::File(ask) => self.handle_file_ask(ask).await?,
            Command::About(room, ask) => self.handle_ask(room, ask).await?,
            Command::Note(on, text, reply) => finish(reply, self.keep_note(on, &text).await)?,
            Command::AddRelay(link, reply) => finish(reply, self.add_relay(link).await)?,
            Command::Greet(link, greeting, reply) => {
                let (said, key) = *greeting;
                finish(reply, self.greet(&link, &said, &key).await)?;
            }
            Command::RelayWas { old, new, reply } => {
                finish(reply, self.relay_was(&old, &new).await)?;
            }
            Command::AddTicket(code, reply) => finish(reply, self.add_ticket(*code).await)?,
            Command::MeetShow { relay, like, reply } => {
                finish(reply, self.meet_show(relay, like).await)?;
            }
            Command::MeetScan { code, like, reply } => {
                finish(reply, self.meet_scan(code, like).await)?;
            }
            Command::LinkScan(code, reply) => finish(reply, self.link_scan(code).await)?,
            Command::MeetConfirm { meeting, method, reply } => {
                finish(reply, self.meet_confirm(meeting, method).await)?;
            }
            Command::MeetAbort(id, reply) => finish(reply, self.meet_abort(id).await)?,
            Command::Found(founding, reply) => finish(reply, self.found(founding).await)?,
            Command::AddFounder { room, contact, organizer, reply } => {
                finish(reply, self.add_founder(room, contact, organizer).await)?;
            }
            Command::Talk(room, talk) => self.handle_talk(room, talk).await?,
            Command::Search { words, room, limit, reply } => {
                answer(reply, self.search(&words, room, limit));
            }
            Command::Export { path, passphrase, reply } => {
                self.export(path, passphrase, reply);
            }
            Command::ExportMessages { path, passphrase, room, reply } => {
                self.export_messages(path, passphrase, room, reply);
            }
            Command::ChangePassphrase { old, new, reply } => {
                self.change_passphrase(old, new, reply).await?;
            }
            // `run` takes this one.
            Command::Close(_) => {}
        }
        Ok(())
    }

    /// Machines whose time has come.
    async fn handle_tick(&mut self) -> Result<(), Fatal> {
        let now = now();
        self.tick_meetings(now).await?;
        self.tick_rooms(now).await?;
        self.tick_disappearing(now).await?;
        self.tick_caught_up(now).await?;
        self.tick_files(now).await?;
        self.tick_wallet(now).await?;
        self.tick_inboxes(now).await
    }

    fn until_deadline(&self) -> Duration {
        let meetings = self.meetings.values().filter_map(Meeting::deadline);
        let rooms = self.rooms.values().filter_map(Room::deadline);
        let rooms = rooms.map(|at| at.max(self.rooms_rest_until));
        let inboxes = self.applications.values().map(|application| application.inbox().deadline());
        let all = meetings.chain(rooms).chain(inboxes).chain(self.wallet.deadline());
        let all = all.chain(self.files.deadline());
        let all = all.chain(self.handout_deadline());
        let next = all.chain([self.caught_up_again, self.forget_at]).min();
        next.map_or(SLEEP_MAX, |at| Duration::from_millis(at.since_ms(now())).min(SLEEP_MAX))
    }

    fn relay_views(&self) -> Vec<RelayView> {
        let view = |link: &RelayLink| RelayView {
            link: link.clone(),
            reach: self.reach(link),
            ticket: self.ticket_state(link.relay()),
            contact: self.contact_of(link.relay()),
        };
        self.relays.iter().map(view).collect()
    }

    /// The relay that a call named, or the profile's first.
    fn relay(&self, named: Option<RelayLink>) -> Result<RelayLink, ClientError> {
        match named.map(|link| self.current(&link)) {
            Some(link) if self.relays.contains(&link) => Ok(link),
            Some(_) => Err(ClientError::UnknownRelay),
            None => self.relays.first().cloned().ok_or(ClientError::NoRelay),
        }
    }

    fn tell(&self, event: Event) {
        // Nobody listens: the vault has all that matters.
        let _ = self.events.send(event);
    }
}

/// Answers a question that changed nothing.
fn answer<T>(reply: Reply<T>, result: Result<T, ClientError>) {
    let _ = reply.send(result);
}

/// Answers a request. An error of the vault ends the engine: machines are ahead of it then.
fn finish<T>(reply: Reply<T>, result: Result<T, ClientError>) -> Result<(), Fatal> {
    let fatal = match &result {
        Err(error @ ClientError::Vault(_)) => Err(error.clone()),
        _ => Ok(()),
    };
    answer(reply, result);
    fatal
}
