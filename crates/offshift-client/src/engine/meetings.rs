//! Meetings and the contacts that they give.

use offshift_protocol::{
    Change, Effects,
    card::{Application, Contact, Method, Purpose as MetFor},
    ids::{ContactId, MeetingId},
    meeting::{Confirmed, Meeting, MeetingCode, MeetingEvent, Mine, NoWords, Words},
    room::{Handle, RoomId},
};
use offshift_wire::{Address, Envelope, Position, UnixMillis, link::RelayLink};
use zeroize::Zeroizing;

use super::{Engine, Fatal, lines::Purpose};
use crate::{
    error::ClientError,
    event::{Event, MeetingOver},
    limits::{CONTACTS_MAX, MEETINGS_MAX, RELAYS_MAX},
    vault::Vault,
    view::{ContactView, MeetingState, MeetingView, ShownCode},
};

/// Marks a contact whose key packages brought them into a room, or were vouched for there.
const USED: &str = "used/";

/// The record of a relay of the profile.
pub(super) const RELAY: &str = "profile/relay/";

impl Engine {
    pub(super) async fn add_relay(&mut self, link: RelayLink) -> Result<(), ClientError> {
        let link = self.current(&link);
        if self.relays.contains(&link) {
            return Ok(());
        }
        if self.relays.len() >= RELAYS_MAX {
            return Err(ClientError::TooMany("relays"));
        }
        let key = format!("{RELAY}{:02}", self.relays.len());
        let value = Zeroizing::new(link.to_string().into_bytes());
        self.persist(vec![Change::Put { key, value }]).await?;
        self.relays.push(link);
        Ok(())
    }

    pub(super) async fn meet_show(
        &mut self,
        relay: Option<RelayLink>,
        like: Option<ContactId>,
    ) -> Result<ShownCode, ClientError> {
        let relay = self.relay(relay)?;
        let mine = self.apply(&relay, like)?;
        let (meeting, effects) = Meeting::show(&mut self.tools.context(), &relay, mine);
        let shown = ShownCode::of(&meeting);
        self.begin(meeting, effects, Vec::new()).await?;
        Ok(shown)
    }

    pub(super) async fn meet_scan(
        &mut self,
        code: MeetingCode,
        like: Option<ContactId>,
    ) -> Result<MeetingId, ClientError> {
        let relay = self.relay_of(&code).await?;
        let mine = self.apply(&relay, like)?;
        let (meeting, effects) = Meeting::scan(&mut self.tools.context(), code, mine)?;
        let id = meeting.id();
        self.begin(meeting, effects, Vec::new()).await?;
        Ok(id)
    }

    /// The profile's first relay. Whoever has none yet takes the one of the person who brings them in.
    pub(super) async fn relay_of(&mut self, code: &MeetingCode) -> Result<RelayLink, ClientError> {
        if self.relays.is_empty() {
            self.add_relay(code.relay().clone()).await?;
        }
        self.relay(None)
    }

    /// The card to show: a fresh one with a fresh inbox, or the one that a contact got, for the same room.
    pub(super) fn apply(
        &mut self,
        relay: &RelayLink,
        like: Option<ContactId>,
    ) -> Result<Mine, ClientError> {
        if self.meetings.len() >= MEETINGS_MAX {
            return Err(ClientError::TooMany("meetings"));
        }
        if self.contacts.len() >= CONTACTS_MAX {
            return Err(ClientError::TooMany("contacts"));
        }
        if let Some(id) = like {
            let contact = self.contacts.get(&id).ok_or(ClientError::UnknownContact)?;
            let shown = self.applications.get(&contact.application());
            let shown = shown.filter(|_| contact.purpose() == MetFor::Meet);
            return shown.and_then(Mine::again).ok_or(ClientError::CardUsed);
        }
        let handle = self.handle.as_str();
        Application::new(&mut self.tools.context(), relay, handle)
            .map(Mine::from)
            .map_err(|_| ClientError::Bug("making a card"))
    }

    pub(super) async fn begin(
        &mut self,
        meeting: Meeting,
        effects: Effects<MeetingEvent>,
        more: Vec<Change>,
    ) -> Result<(), ClientError> {
        let id = meeting.id();
        self.meetings.insert(id, meeting);
        self.run_meeting(id, effects, more).await
    }

    async fn run_meeting(
        &mut self,
        id: MeetingId,
        effects: Effects<MeetingEvent>,
        mut more: Vec<Change>,
    ) -> Result<(), Fatal> {
        let is_over = self.meetings.get(&id).is_some_and(Meeting::is_over);
        more.extend(is_over.then(|| self.unlinked(id)).flatten());
        let events = self.execute(Purpose::Meeting(id), effects, more).await?;
        if is_over {
            self.meetings.remove(&id);
        }
        for event in events {
            self.tell(meeting_event(id, event));
        }
        Ok(())
    }

    pub(super) async fn meeting_entry(
        &mut self,
        id: MeetingId,
        address: Address,
        position: Position,
        envelope: &Envelope,
    ) -> Result<(), Fatal> {
        let Some(meeting) = self.meetings.get_mut(&id) else { return Ok(()) };
        let effects = meeting.handle_entry(&mut self.tools.context(), &address, position, envelope);
        self.run_meeting(id, effects, Vec::new()).await
    }

    pub(super) async fn tick_meetings(&mut self, now: UnixMillis) -> Result<(), Fatal> {
        let is_due = |meeting: &Meeting| meeting.deadline().is_some_and(|at| at <= now);
        let due: Vec<_> =
            self.meetings.iter().filter(|(_, m)| is_due(m)).map(|(id, _)| *id).collect();
        for id in due {
            let Some(meeting) = self.meetings.get_mut(&id) else { continue };
            let effects = meeting.handle_tick(&mut self.tools.context());
            self.run_meeting(id, effects, Vec::new()).await?;
        }
        Ok(())
    }

    pub(super) async fn meet_confirm(
        &mut self,
        id: MeetingId,
        method: Method,
    ) -> Result<ContactView, ClientError> {
        let meeting = self.meetings.remove(&id).ok_or(ClientError::UnknownMeeting)?;
        let confirmed = match meeting.confirm(&mut self.tools.context(), method) {
            Ok(confirmed) => confirmed,
            Err(NoWords(meeting)) => {
                self.meetings.insert(id, *meeting);
                return Err(ClientError::NoWords);
            }
        };
        let Confirmed { contact, application, effects } = confirmed;
        let purpose = Purpose::Inbox(contact.application());
        if let Some(fresh) = application {
            self.applications.insert(fresh.id(), fresh);
        }
        self.contacts.insert(contact.id(), contact.clone());
        let room = self.room_to_link(id);
        self.execute(purpose, effects, self.unlinked(id).into_iter().collect()).await?;
        let view = self.contact_view(&contact);
        self.tell(Event::Met { meeting: id, contact: view.clone() });
        if let Some(room) = room {
            self.link(room, contact.id()).await?;
        }
        Ok(view)
    }

    pub(super) async fn meet_abort(&mut self, id: MeetingId) -> Result<(), ClientError> {
        let meeting = self.meetings.get_mut(&id).ok_or(ClientError::UnknownMeeting)?;
        let effects = meeting.abort(&mut self.tools.context());
        self.run_meeting(id, effects, Vec::new()).await
    }

    pub(super) fn meeting_views(&self) -> Vec<MeetingView> {
        let state = |meeting: &Meeting| match meeting.words() {
            Some((words, with)) => shown(words, with),
            None => MeetingState::Waiting,
        };
        let view =
            |(id, meeting): (&MeetingId, &Meeting)| MeetingView { id: *id, state: state(meeting) };
        self.meetings.iter().map(view).collect()
    }

    pub(super) fn contact_views(&self) -> Vec<ContactView> {
        self.contacts.values().map(|contact| self.contact_view(contact)).collect()
    }

    /// Whether a meeting is used up: for a room into which it brought the one or the other.
    fn is_used(&self, contact: &Contact) -> bool {
        let brought = self.vault.as_ref().is_some_and(|vault| is_used(vault, contact.id()));
        brought || self.leads.contains_key(&contact.application())
    }

    fn contact_view(&self, contact: &Contact) -> ContactView {
        ContactView {
            id: contact.id(),
            handle: contact.handle().as_str().to_owned(),
            met_at: contact.met_at(),
            is_used: self.is_used(contact),
            is_own_device: contact.purpose() == MetFor::Device,
            method: contact.method(),
            note: self.note_on_contact(contact.id()),
        }
    }
}

/// Whether a contact's key package stands in a room, or was vouched for in one.
pub(super) fn is_used(vault: &Vault, contact: ContactId) -> bool {
    vault.get(&used_key(contact)).is_some()
}

/// The same, in any other room than this one.
pub(super) fn is_used_elsewhere(vault: &Vault, contact: ContactId, room: RoomId) -> bool {
    vault.get(&used_key(contact)).is_some_and(|used| used != room.as_bytes())
}

/// What marks a contact as used for a room.
pub(super) fn used(contact: ContactId, room: RoomId) -> Change {
    let value = Zeroizing::new(room.as_bytes().to_vec());
    Change::Put { key: used_key(contact), value }
}

fn used_key(contact: ContactId) -> String {
    format!("{USED}{}", contact.hex())
}

impl ShownCode {
    pub(super) fn of(meeting: &Meeting) -> Self {
        Self {
            meeting: meeting.id(),
            code: Zeroizing::new(meeting.code().to_string()),
            qr_text: meeting.code().to_qr_text(),
        }
    }
}

fn shown(words: Words, with: &Handle) -> MeetingState {
    MeetingState::Words { words: words.map(str::to_owned), with: with.as_str().to_owned() }
}

fn meeting_event(meeting: MeetingId, event: MeetingEvent) -> Event {
    match event {
        MeetingEvent::WordsReady { words, peer } => Event::Words {
            meeting,
            words: words.map(str::to_owned),
            with: peer.as_str().to_owned(),
        },
        MeetingEvent::Aborted { reason, .. } => Event::MeetingOver { meeting, why: reason.into() },
        MeetingEvent::Expired => Event::MeetingOver { meeting, why: MeetingOver::Expired },
    }
}
