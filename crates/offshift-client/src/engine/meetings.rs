//! Meetings and the contacts that they give.

use offshift_protocol::{
    Change, Effects,
    card::{Application, Contact},
    ids::{ContactId, MeetingId},
    meeting::{Meeting, MeetingCode, MeetingEvent, NoWords, Words},
    room::Handle,
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

/// Marks a contact whose key packages brought them into a room.
const USED: &str = "used/";

/// The record of a relay of the profile.
pub(super) const RELAY: &str = "profile/relay/";

impl Engine {
    pub(super) async fn add_relay(&mut self, link: RelayLink) -> Result<(), ClientError> {
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
    ) -> Result<ShownCode, ClientError> {
        let relay = self.relay(relay)?;
        let mine = self.apply(&relay)?;
        let (meeting, effects) = Meeting::show(&mut self.tools.context(), &relay, mine);
        let shown = ShownCode {
            meeting: meeting.id(),
            code: Zeroizing::new(meeting.code().to_string()),
            qr_text: meeting.code().to_qr_text(),
        };
        self.begin(meeting, effects).await?;
        Ok(shown)
    }

    pub(super) async fn meet_scan(&mut self, code: MeetingCode) -> Result<MeetingId, ClientError> {
        // Whoever has no relay yet takes the one of the person who brings them in.
        if self.relays.is_empty() {
            self.add_relay(code.relay().clone()).await?;
        }
        let relay = self.relay(None)?;
        let mine = self.apply(&relay)?;
        let (meeting, effects) = Meeting::scan(&mut self.tools.context(), code, mine)?;
        let id = meeting.id();
        self.begin(meeting, effects).await?;
        Ok(id)
    }

    /// Fresh keys and a fresh inbox, for one other person.
    fn apply(&mut self, relay: &RelayLink) -> Result<Application, ClientError> {
        if self.meetings.len() >= MEETINGS_MAX {
            return Err(ClientError::TooMany("meetings"));
        }
        if self.contacts.len() >= CONTACTS_MAX {
            return Err(ClientError::TooMany("contacts"));
        }
        let handle = self.handle.as_str();
        Application::new(&mut self.tools.context(), relay, handle)
            .map_err(|_| ClientError::Bug("making a card"))
    }

    async fn begin(
        &mut self,
        meeting: Meeting,
        effects: Effects<MeetingEvent>,
    ) -> Result<(), ClientError> {
        let id = meeting.id();
        self.meetings.insert(id, meeting);
        self.run_meeting(id, effects).await
    }

    async fn run_meeting(
        &mut self,
        id: MeetingId,
        effects: Effects<MeetingEvent>,
    ) -> Result<(), Fatal> {
        let events = self.execute(Purpose::Meeting(id), effects, Vec::new()).await?;
        if self.meetings.get(&id).is_some_and(Meeting::is_over) {
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
        self.run_meeting(id, effects).await
    }

    pub(super) async fn tick_meetings(&mut self, now: UnixMillis) -> Result<(), Fatal> {
        let is_due = |meeting: &Meeting| meeting.deadline().is_some_and(|at| at <= now);
        let due: Vec<_> =
            self.meetings.iter().filter(|(_, m)| is_due(m)).map(|(id, _)| *id).collect();
        for id in due {
            let Some(meeting) = self.meetings.get_mut(&id) else { continue };
            let effects = meeting.handle_tick(&mut self.tools.context());
            self.run_meeting(id, effects).await?;
        }
        Ok(())
    }

    pub(super) async fn meet_confirm(&mut self, id: MeetingId) -> Result<ContactView, ClientError> {
        let meeting = self.meetings.remove(&id).ok_or(ClientError::UnknownMeeting)?;
        let confirmed = match meeting.confirm(&mut self.tools.context()) {
            Ok(confirmed) => confirmed,
            Err(NoWords(meeting)) => {
                self.meetings.insert(id, *meeting);
                return Err(ClientError::NoWords);
            }
        };
        let purpose = Purpose::Inbox(confirmed.application.id());
        self.applications.insert(confirmed.application.id(), confirmed.application);
        self.contacts.insert(confirmed.contact.id(), confirmed.contact.clone());
        self.execute(purpose, confirmed.effects, Vec::new()).await?;
        let contact = self.contact_view(&confirmed.contact);
        self.tell(Event::Met { meeting: id, contact: contact.clone() });
        Ok(contact)
    }

    pub(super) async fn meet_abort(&mut self, id: MeetingId) -> Result<(), ClientError> {
        let meeting = self.meetings.get_mut(&id).ok_or(ClientError::UnknownMeeting)?;
        let effects = meeting.abort(&mut self.tools.context());
        self.run_meeting(id, effects).await
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

    fn contact_view(&self, contact: &Contact) -> ContactView {
        ContactView {
            id: contact.id(),
            handle: contact.handle().as_str().to_owned(),
            met_at: contact.met_at(),
            is_used: self.vault.as_ref().is_some_and(|vault| is_used(vault, contact.id())),
        }
    }
}

/// Whether a contact's key package stands in a room that this device founded.
pub(super) fn is_used(vault: &Vault, contact: ContactId) -> bool {
    vault.get(&used_key(contact)).is_some()
}

/// What marks a contact as used.
pub(super) fn used(contact: ContactId) -> Change {
    Change::Put { key: used_key(contact), value: Zeroizing::new(Vec::new()) }
}

fn used_key(contact: ContactId) -> String {
    format!("{USED}{}", contact.hex())
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
