//! Rooms: founding, coming in, sending, and what their logs bring.

use std::collections::BTreeMap;

use offshift_protocol::{
    Change, Effect, Effects, EffectsBuilder,
    card::{Application, Contact},
    ids::{ApplicationId, ContactId},
    room::{
        ChangeRefused, Content, FoundRefused, FoundRequest, Invitee, JoinRequest, Member, MemberId,
        MessageId, Received, Room, RoomEvent, RoomId, SendRefused, Skipped, Text,
    },
    seal::DhPublicKey,
};
use offshift_wire::{
    Address, Envelope, Position, UnixMillis, inbox::WelcomeBytes, link::RelayLink,
};

use super::{
    Engine, Fatal,
    lines::Purpose,
    meetings::{is_used, used},
};
use crate::{
    error::ClientError,
    event::Event,
    limits::ROOMS_MAX,
    vault::Vault,
    view::{Founding, MemberView, MessageView, RoomView},
};

impl From<FoundRefused> for ClientError {
    fn from(refused: FoundRefused) -> Self {
        match refused {
            FoundRefused::Bug(bug) => Self::Bug(bug.0),
            refused => Self::Refused(refused.to_string()),
        }
    }
}

impl From<ChangeRefused> for ClientError {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::Bug(bug) | ChangeRefused::Send(SendRefused::Bug(bug)) => {
                Self::Bug(bug.0)
            }
            ChangeRefused::NoSuchMember => Self::UnknownMember,
            refused => Self::Refused(refused.to_string()),
        }
    }
}

impl From<SendRefused> for ClientError {
    fn from(refused: SendRefused) -> Self {
        match refused {
            SendRefused::Bug(bug) => Self::Bug(bug.0),
            refused => Self::Refused(refused.to_string()),
        }
    }
}

impl Engine {
    pub(super) async fn found(&mut self, founding: Founding) -> Result<RoomId, ClientError> {
        if self.rooms.len() >= ROOMS_MAX {
            return Err(ClientError::TooMany("rooms"));
        }
        let relay = founding.relay.as_deref().map(str::parse::<RelayLink>).transpose()?;
        let relay = self.relay(relay)?;
        let name = founding.name.parse().map_err(|_| ClientError::BadRoomName)?;
        if founding.organizers.iter().any(|organizer| !founding.members.contains(organizer)) {
            return Err(ClientError::UnknownContact);
        }
        let mut mine = self.own_application(&relay)?;
        let known = Known::of(self.vault.as_ref(), &self.contacts, &self.applications)?;
        let invitees = founding.members.iter().map(|id| known.invitee(id, &founding.organizers));
        let invitees = invitees.collect::<Result<Vec<_>, _>>()?;
        let request = FoundRequest {
            name,
            relay,
            suite: founding.suite,
            mine: &mine,
            invitees: &invitees,
            rules: self.rules,
        };
        let (room, effects) = Room::found(&mut self.tools.context(), &request)?;
        let _ = mine.erase_key_packages();
        let mut more = records_of(&mine);
        more.extend(founding.members.iter().map(|contact| used(*contact)));
        let id = room.id();
        self.applications.insert(mine.id(), mine);
        self.rooms.insert(id, room);
        self.run_room(id, effects, more).await?;
        Ok(id)
    }

    /// This device's own identity in a room that it founds.
    fn own_application(&mut self, relay: &RelayLink) -> Result<Application, ClientError> {
        let handle = self.handle.as_str();
        Application::new(&mut self.tools.context(), relay, handle)
            .map_err(|_| ClientError::Bug("making a card"))
    }

    pub(super) async fn add_founder(
        &mut self,
        room: RoomId,
        contact: ContactId,
        organizer: bool,
    ) -> Result<(), ClientError> {
        let state = self.rooms.get_mut(&room).ok_or(ClientError::UnknownRoom)?;
        let organizers: &[ContactId] = if organizer { &[contact] } else { &[] };
        let known = Known::of(self.vault.as_ref(), &self.contacts, &self.applications)?;
        let invitee = known.invitee(&contact, organizers)?;
        let effects = state.handle_add_founder(&mut self.tools.context(), &invitee)?;
        self.run_room(room, effects, vec![used(contact)]).await
    }

    pub(super) async fn remove(
        &mut self,
        room: RoomId,
        member: MemberId,
    ) -> Result<(), ClientError> {
        let state = self.rooms.get_mut(&room).ok_or(ClientError::UnknownRoom)?;
        let effects = state.handle_remove(&mut self.tools.context(), member)?;
        self.run_room(room, effects, Vec::new()).await
    }

    pub(super) async fn send(
        &mut self,
        room: RoomId,
        text: &str,
        reply_to: Option<MessageId>,
    ) -> Result<MessageId, ClientError> {
        let text = Text::new(text, reply_to).map_err(|_| ClientError::BadText)?;
        let state = self.rooms.get_mut(&room).ok_or(ClientError::UnknownRoom)?;
        let (id, effects) = state.handle_send(&mut self.tools.context(), Content::Text(text))?;
        self.run_room(room, effects, Vec::new()).await?;
        Ok(id)
    }

    pub(super) async fn room_entry(
        &mut self,
        id: RoomId,
        address: Address,
        position: Position,
        envelope: &Envelope,
    ) -> Result<(), Fatal> {
        let Some(room) = self.rooms.get_mut(&id) else { return Ok(()) };
        let effects = room.handle_entry(&mut self.tools.context(), &address, position, envelope);
        self.run_room(id, effects, Vec::new()).await
    }

    pub(super) async fn tick_rooms(&mut self, now: UnixMillis) -> Result<(), Fatal> {
        let is_due = |room: &Room| room.deadline().is_some_and(|at| at <= now);
        let due: Vec<_> = self.rooms.iter().filter(|(_, r)| is_due(r)).map(|(id, _)| *id).collect();
        for id in due {
            let Some(room) = self.rooms.get_mut(&id) else { continue };
            let effects = room.handle_tick(&mut self.tools.context());
            self.run_room(id, effects, Vec::new()).await?;
        }
        Ok(())
    }

    async fn run_room(
        &mut self,
        id: RoomId,
        effects: Effects<RoomEvent>,
        more: Vec<Change>,
    ) -> Result<(), Fatal> {
        for event in self.execute(Purpose::Room(id), effects, more).await? {
            if let Some(event) = room_event(id, event) {
                self.tell(event);
            }
        }
        Ok(())
    }

    /// An invitation that came through the inbox of an application.
    pub(super) async fn welcome(
        &mut self,
        id: ApplicationId,
        welcome: &WelcomeBytes,
        sender: &DhPublicKey,
    ) -> Result<(), Fatal> {
        let Some(contact) = self.contacts.values().find(|c| c.application() == id) else {
            return Ok(());
        };
        let Some(application) = self.applications.get(&id) else { return Ok(()) };
        let from = contact.handle().as_str().to_owned();
        let request = JoinRequest { welcome, application, contact, sender, rules: self.rules };
        let joined = Room::join(&mut self.tools.context(), &request);
        match joined {
            // Handed over again after a crash: the room is here, and ahead of this.
            Ok((room, _)) if self.rooms.contains_key(&room.id()) => Ok(()),
            Ok((room, effects)) if self.rooms.len() < ROOMS_MAX => {
                self.enter(id, room, effects).await
            }
            Ok(_) | Err(_) => {
                self.tell(Event::NotJoined { from });
                Ok(())
            }
        }
    }

    async fn enter(
        &mut self,
        application: ApplicationId,
        room: Room,
        effects: Effects<RoomEvent>,
    ) -> Result<(), Fatal> {
        let (id, name) = (room.id(), room.name().to_owned());
        let erased = self.applications.get_mut(&application).map(Application::erase_key_packages);
        self.rooms.insert(id, room);
        // The room's own first events say what its opening says, too.
        self.execute(Purpose::Room(id), effects, erased.into_iter().collect()).await?;
        self.tell(Event::RoomOpened { room: id, name });
        Ok(())
    }

    pub(super) fn room_views(&self) -> Vec<RoomView> {
        self.rooms.values().map(view).collect()
    }
}

fn view(room: &Room) -> RoomView {
    RoomView {
        id: room.id(),
        name: room.name().to_owned(),
        relay: room.relay().clone(),
        members: room.members().iter().map(member).collect(),
        epoch: room.epoch(),
        address: room.address().copied(),
        waiting: room.waiting().len(),
        is_stranded: room.is_stranded().is_some(),
        is_removed: room.is_removed(),
    }
}

fn member(member: &Member) -> MemberView {
    MemberView {
        id: member.id,
        handle: member.info.handle.as_str().to_owned(),
        is_organizer: member.organizer,
        is_you: member.own,
    }
}

/// Whom this device knows, and whose meeting is used up.
struct Known<'a> {
    vault: &'a Vault,
    contacts: &'a BTreeMap<ContactId, Contact>,
    applications: &'a BTreeMap<ApplicationId, Application>,
}

impl<'a> Known<'a> {
    fn of(
        vault: Option<&'a Vault>,
        contacts: &'a BTreeMap<ContactId, Contact>,
        applications: &'a BTreeMap<ApplicationId, Application>,
    ) -> Result<Self, ClientError> {
        Ok(Self { vault: vault.ok_or(ClientError::Closed)?, contacts, applications })
    }

    fn invitee(
        &self,
        id: &ContactId,
        organizers: &[ContactId],
    ) -> Result<Invitee<'a>, ClientError> {
        let contact = self.contacts.get(id).ok_or(ClientError::UnknownContact)?;
        // A key package in two rooms would tell that both are of the same person (EI-37), and the second
        // invitation would not open.
        if is_used(self.vault, *id) {
            return Err(ClientError::ContactUsed);
        }
        let application = self.applications.get(&contact.application());
        Ok(Invitee {
            card: contact.card(),
            application: application.ok_or(ClientError::Bug("a contact without application"))?,
            organizer: organizers.contains(id),
        })
    }
}

/// The records of an application and its inbox.
fn records_of(application: &Application) -> Vec<Change> {
    let mut builder = EffectsBuilder::<()>::new();
    application.put(&mut builder);
    let changes = builder.build().into_iter().map(|effect| match effect {
        Effect::Persist(changes) => changes,
        _ => Vec::new(),
    });
    changes.flatten().collect()
}

fn room_event(room: RoomId, event: RoomEvent) -> Option<Event> {
    Some(match event {
        RoomEvent::Message(received) => Event::Message(message(room, received)),
        RoomEvent::Sent(message) => Event::Sent { room, message },
        RoomEvent::Resent(message) => Event::SentAgain { room, message },
        RoomEvent::Joined { handle, by, .. } => Event::Joined { room, handle, by },
        RoomEvent::Removed { handle, by, .. } => Event::Removed { room, handle, by },
        RoomEvent::KeysChanged { .. } => Event::KeysChanged { room },
        RoomEvent::YouWereRemoved { by } => Event::YouWereRemoved { room, by },
        RoomEvent::Stranded { by } => Event::Stranded { room, by },
        RoomEvent::ChangeDropped(rule) => {
            Event::ChangeDropped { room, why: rule.sentence().to_owned() }
        }
        // Deposits are made again when a receipt was lost: copies are no news.
        RoomEvent::Skipped { why: Skipped::Repeated, .. } => return None,
        RoomEvent::Skipped { by, .. } => Event::NotShown { room, by },
    })
}

fn message(room: RoomId, received: Received) -> MessageView {
    let (text, reply_to) = match &received.content {
        Content::Text(text) => (Some(text.as_str().to_owned()), text.reply_to()),
        _ => (None, None),
    };
    MessageView {
        room,
        id: received.id,
        position: received.position,
        at: received.at,
        handle: received.handle,
        own: received.own,
        text,
        reply_to,
    }
}
