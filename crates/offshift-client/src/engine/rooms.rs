//! Rooms: founding, coming in, sending, and what their logs bring.

use std::collections::BTreeMap;

use offshift_protocol::{
    Change, Effects,
    card::{Application, Contact, Purpose as MetFor},
    ids::{ApplicationId, ContactId},
    room::{
        ChangeRefused, FoundRefused, FoundRequest, Invitee, Room, RoomEvent, RoomId, RoomState,
        SendRefused,
    },
};
use offshift_wire::{Address, Envelope, Position, UnixMillis, link::RelayLink};

use super::{
    Engine, Fatal,
    gaps::gap_of,
    history::Folded,
    joining::records_of,
    lines::Purpose,
    meetings::{is_used, used},
    now,
};
use crate::{
    error::ClientError,
    event::Event,
    files::Offering,
    limits::{CAUGHT_UP_AGAIN_MS, ROOM_TICKS_SPREAD_MS, ROOMS_MAX},
    vault::Vault,
    view::{Founding, Reach, RoomView},
};

impl From<FoundRefused> for ClientError {
    fn from(refused: FoundRefused) -> Self {
        match refused {
            FoundRefused::Bug(bug) => Self::Bug(bug.0),
            refused => Self::Refused(Box::new(refused.into())),
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
            ChangeRefused::NoSuchApplicant => Self::UnknownApplicant,
            ChangeRefused::NoSuchMotion => Self::UnknownMotion,
            refused => Self::Refused(Box::new(refused.into())),
        }
    }
}

impl From<SendRefused> for ClientError {
    fn from(refused: SendRefused) -> Self {
        match refused {
            SendRefused::Bug(bug) => Self::Bug(bug.0),
            refused => Self::Refused(Box::new(refused.into())),
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
        let mine = self.own_application(&relay)?;
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
        let (id, application) = (room.id(), mine.id());
        let (inbox, mut more) = (mine.inbox().source(), records_of(&mine));
        self.applications.insert(application, mine);
        self.rooms.insert(id, room);
        self.outfit_rooms();
        // What these write of the same records comes later, and stands.
        more.extend(self.lead(application, id));
        more.extend(founding.members.iter().map(|contact| used(*contact, id)));
        self.run_room(id, effects, more).await?;
        self.follow(Purpose::Inbox(application), inbox);
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
        self.run_room(room, effects, vec![used(contact, room)]).await
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

    /// One of the rooms whose time has come; the others wait a little.
    pub(super) async fn tick_rooms(&mut self, now: UnixMillis) -> Result<(), Fatal> {
        if now < self.rooms_rest_until {
            return Ok(());
        }
        let random = self.tools.random_below(u64::MAX);
        let deadlines = self.rooms.iter().filter_map(|(id, room)| Some((room.deadline()?, *id)));
        let Some(id) = one_due(deadlines, now, random) else { return Ok(()) };
        self.rooms_rest_until = now.plus_ms(self.tools.random_below(ROOM_TICKS_SPREAD_MS));
        let Some(room) = self.rooms.get_mut(&id) else { return Ok(()) };
        let effects = room.handle_tick(&mut self.tools.context());
        self.run_room(id, effects, Vec::new()).await
    }

    /// The relay says that nothing more lies in a mailbox. A room that knows when it has read all can tell whether
    /// something is withheld from it.
    pub(super) async fn room_caught_up(
        &mut self,
        id: RoomId,
        address: &Address,
    ) -> Result<(), Fatal> {
        let Some(room) = self.rooms.get_mut(&id) else { return Ok(()) };
        let effects = room.handle_caught_up(&mut self.tools.context(), address);
        self.run_room(id, effects, Vec::new()).await
    }

    /// The same, each hour for as long as the lines live: a relay that is followed says it once. One that did not say it
    /// since its line lives may be withholding something, too (OS-CKP-018).
    pub(super) async fn tick_caught_up(&mut self, now: UnixMillis) -> Result<(), Fatal> {
        if now < self.caught_up_again {
            return Ok(());
        }
        self.caught_up_again = now.plus_ms(CAUGHT_UP_AGAIN_MS);
        let live = |purpose| self.lines.get(&purpose).is_some_and(|line| line.reach == Reach::Here);
        let rooms: Vec<_> = self
            .sources
            .iter()
            .filter(|(_, followed)| live(followed.purpose))
            .filter_map(|(address, followed)| match followed.purpose {
                Purpose::Room(id) => Some((id, *address, followed.caught_up)),
                _ => None,
            })
            .collect();
        for (id, address, caught_up) in rooms {
            if caught_up {
                self.room_caught_up(id, &address).await?;
            } else if let Some(room) = self.rooms.get_mut(&id) {
                let effects = room.handle_silence(&mut self.tools.context(), &address);
                self.run_room(id, effects, Vec::new()).await?;
            }
        }
        Ok(())
    }

    /// Executes what a room wants. Alarms are written in the same record as what raised them.
    pub(super) async fn run_room(
        &mut self,
        id: RoomId,
        effects: Effects<RoomEvent>,
        mut more: Vec<Change>,
    ) -> Result<(), Fatal> {
        let (changes, alarms) = self.alarms_of(id, &effects)?;
        more.extend(changes);
        more.extend(gap_of(id, &effects));
        let (last, folded) = self.fold(id, &effects)?;
        let mut folded = folded.into_iter();
        for event in self.execute_and(Purpose::Room(id), effects, more, last).await? {
            let told = match event {
                RoomEvent::IssuerKeySaid { from, key, .. } => {
                    self.hear_issuer_key(id, from, key).await?;
                    None
                }
                RoomEvent::Message(received) => {
                    let folded = folded.next().unwrap_or(Folded::Nothing);
                    if let Folded::TakenBack(at, message) = folded {
                        let own = received.own;
                        self.forget_file(id, Offering { id: message, at, own }).await?;
                    }
                    self.message_event(id, received, folded)
                }
                event => {
                    if matches!(event, RoomEvent::YouWereRemoved { .. }) {
                        self.leave_inboxes(id);
                    }
                    self.room_event(id, event)
                }
            };
            told.into_iter().for_each(|event| self.tell(event));
        }
        alarms.into_iter().for_each(|alarm| self.tell(Event::Alarm(alarm)));
        Ok(())
    }

    pub(super) fn room_views(&self) -> Vec<RoomView> {
        self.rooms.iter().map(|(id, room)| self.room_view(*id, room)).collect()
    }

    fn room_view(&self, id: RoomId, room: &Room) -> RoomView {
        let (now, news) = (now(), self.news(room));
        let gap = self.gap(id, room, now);
        RoomView {
            id,
            name: room.name().to_owned(),
            relay: room.relay().clone(),
            members: self.member_views(id).unwrap_or_default(),
            epoch: room.epoch(),
            address: room.address().copied(),
            unread: news.unread,
            unread_mentions: news.mentions,
            last: news.last,
            draft: self.has_draft(id),
            is_organizer: room.is_organizer(&room.own_id()),
            may_post: room.may_post(now),
            disappear_ms: room.terms(now).disappear_ms,
            waiting: room.waiting().len(),
            is_removed: room.is_removed(),
            is_lost: !matches!(room.state(), RoomState::Open | RoomState::Removed { .. }),
            is_stale: room.is_stale(now),
            gap_from: gap.map(|(from, _)| from),
            gap_until: gap.map(|(_, until)| until),
        }
    }
}

/// One of the rooms whose time has come, at random, so that none keeps the others waiting for ever. What several rooms
/// deposit in one moment would tell that they are of one device (OS-CLI-013).
fn one_due(
    deadlines: impl Iterator<Item = (UnixMillis, RoomId)>,
    now: UnixMillis,
    random: u64,
) -> Option<RoomId> {
    let due: Vec<RoomId> = deadlines.filter(|(at, _)| *at <= now).map(|(_, id)| id).collect();
    let at = random.checked_rem(u64::try_from(due.len()).ok()?)?;
    due.get(usize::try_from(at).ok()?).copied()
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
        if contact.purpose() != MetFor::Meet {
            return Err(ChangeRefused::OtherMeeting.into());
        }
        let application = self.applications.get(&contact.application());
        Ok(Invitee {
            card: contact.card(),
            application: application.ok_or(ClientError::Bug("a contact without application"))?,
            organizer: organizers.contains(id),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_cli_013_of_the_rooms_whose_time_has_come_one_is_taken_and_each_in_its_turn() {
        let [one, other, later] = [1, 2, 3].map(|name| RoomId::from_bytes([name; 16]));
        let deadlines =
            || [(9, one), (5, other), (21, later)].map(|(at, id)| (UnixMillis(at), id)).into_iter();
        let due = |now, random| one_due(deadlines(), UnixMillis(now), random);
        assert_eq!([due(20, 0), due(20, 1), due(20, 2)], [Some(one), Some(other), Some(one)]);
        assert_eq!(due(4, 0), None, "nobody's has come");
    }
}
