//! Coming into rooms, and back into one that this device lost.
//!
//! ```text
//! Welcome -> application -- led nowhere yet --> Room::join  --> the room, leads/{application}, keys pinned or erased
//!                       \-- led into a room --> Room::return_with, if that room asked to be taken back
//! ```

use std::collections::{BTreeMap, HashMap};

use offshift_protocol::{
    Change, Effects,
    card::{Application, Contact},
    ids::ApplicationId,
    room::{JoinRequest, Room, RoomEvent, RoomId},
    seal::DhPublicKey,
};
use offshift_wire::inbox::WelcomeBytes;
use zeroize::Zeroizing;

use super::{Engine, Fatal, lines::Purpose, now};
use crate::{
    error::ClientError,
    event::Event,
    limits::{NOT_JOINED_TOLD_MAX, ROOMS_MAX},
    vault::{Vault, VaultError},
};

/// Which room an application brought its owner into.
const LEADS: &str = "leads/";

/// Invitations that led nowhere, by the card that they answer, since the program began.
#[derive(Default)]
pub(super) struct NotJoined(HashMap<ApplicationId, u32>);

impl NotJoined {
    /// Whether the person is told of one more: whoever has the card must not fill a screen (OS-CLI-010).
    fn is_news(&mut self, id: ApplicationId) -> bool {
        let told = self.0.entry(id).or_default();
        *told = told.saturating_add(1);
        *told <= NOT_JOINED_TOLD_MAX
    }
}

impl Engine {
    /// An invitation that came through the inbox of an application.
    pub(super) async fn welcome(
        &mut self,
        id: ApplicationId,
        welcome: &WelcomeBytes,
        sender: &DhPublicKey,
    ) -> Result<(), Fatal> {
        let contacts: Vec<&Contact> =
            self.contacts.values().filter(|contact| contact.application() == id).collect();
        let Some(application) = self.applications.get(&id) else { return Ok(()) };
        let from = contacts.iter().find(|contact| contact.is_known_as(sender));
        let from = from.map(|contact| contact.handle().as_str().to_owned());
        let request =
            JoinRequest { welcome, application, contacts: &contacts, sender, rules: self.rules };
        let joined = Room::join(&mut self.tools.context(), &request);
        match joined {
            Ok((room, effects)) if self.has_place_for(&room.id()) => {
                self.believe_successor(room.relay(), welcome.relay.as_ref()).await?;
                self.enter(id, room, effects, &welcome.ticket).await
            }
            Ok(_) | Err(_) => {
                if self.not_joined.is_news(id) {
                    self.tell(Event::NotJoined { from });
                }
                Ok(())
            }
        }
    }

    async fn enter(
        &mut self,
        application: ApplicationId,
        room: Room,
        effects: Effects<RoomEvent>,
        ticket: &[u8],
    ) -> Result<(), Fatal> {
        let relay = *room.relay().relay();
        let (id, name) = (room.id(), room.name().to_owned());
        let mut changes = self.make_way(id)?;
        self.rooms.insert(id, room);
        changes.extend(self.lead(application, id));
        changes.extend(self.take_share(relay, ticket));
        self.tell_rooms_of_successors();
        // The room's own first events say what its opening says, too.
        self.execute(Purpose::Room(id), effects, changes).await?;
        self.tell(Event::RoomOpened { room: id, name });
        Ok(())
    }

    /// A room that put this device out may take it in again, by a new card.
    fn has_place_for(&self, room: &RoomId) -> bool {
        let there = self.rooms.get(room).map(Room::is_removed);
        there.unwrap_or(self.rooms.len() < ROOMS_MAX)
    }

    /// Erases what is left of an earlier time in the room, but for what was said then.
    fn make_way(&mut self, room: RoomId) -> Result<Vec<Change>, Fatal> {
        let vault = self.vault.as_ref().ok_or(ClientError::Closed)?;
        let prefix = format!("room/{}/", room.hex());
        let left = vault.under(&prefix).map(|(key, _)| key.to_owned());
        let led = self.leads.iter().filter(|(_, to)| **to == room).map(|(id, _)| lead_of(*id));
        let changes = left.chain(led).map(|key| Change::Delete { key }).collect();
        self.leads.retain(|_, to| *to != room);
        Ok(changes)
    }

    /// The application is good for this room alone from now on: its key packages are erased, and the inbox keys that
    /// its leaf names stay as long as the room does.
    pub(super) fn lead(&mut self, application: ApplicationId, room: RoomId) -> Vec<Change> {
        self.leads.insert(application, room);
        let value = Zeroizing::new(room.as_bytes().to_vec());
        let mut changes = vec![Change::Put { key: lead_of(application), value }];
        if let Some(mine) = self.applications.get_mut(&application) {
            changes.push(mine.erase_key_packages());
            changes.extend(mine.pin_inbox(now()));
        }
        changes
    }

    /// An invitation that answers this device's wish to be taken back. Any other changes nothing.
    pub(super) async fn welcome_back(
        &mut self,
        id: RoomId,
        welcome: &WelcomeBytes,
        sender: &DhPublicKey,
    ) -> Result<(), Fatal> {
        let Some(room) = self.rooms.get_mut(&id) else { return Ok(()) };
        let returned = room.return_with(&mut self.tools.context(), welcome, sender);
        match returned {
            Ok(effects) => {
                let relay = *room.relay().relay();
                let changes = self.take_share(relay, &welcome.ticket);
                self.run_room(id, effects, changes).await
            }
            Err(_) => Ok(()),
        }
    }

    /// Inboxes that nobody has a reason to write into any more: of rooms that put this device out.
    pub(super) fn leads_nowhere(&self, application: ApplicationId) -> bool {
        let room = self.leads.get(&application).and_then(|room| self.rooms.get(room));
        room.is_some_and(Room::is_removed)
    }

    /// Stops reading the inboxes that led into a room which is over.
    pub(super) fn leave_inboxes(&mut self, room: RoomId) {
        let led = self.leads.iter().filter(|(_, to)| **to == room).map(|(id, _)| *id);
        let over = led.filter(|id| self.leads_nowhere(*id));
        let addresses: Vec<_> = over
            .filter_map(|id| Some(self.applications.get(&id)?.inbox().source().access.address()))
            .collect();
        addresses.iter().for_each(|address| self.unfollow(address));
    }
}

/// The name of the record that says where an application led.
pub(super) fn lead_of(application: ApplicationId) -> String {
    format!("{LEADS}{}", application.hex())
}

/// Which applications led into which rooms.
pub(super) fn load(vault: &Vault) -> Result<BTreeMap<ApplicationId, RoomId>, ClientError> {
    const DAMAGED: ClientError = ClientError::Vault(VaultError::Damaged);
    let load = |(key, value): (&str, &[u8])| {
        let id = key.strip_prefix(LEADS).and_then(|hex| ApplicationId::from_hex(hex).ok());
        let room = value.try_into().ok().map(RoomId::from_bytes);
        id.zip(room).ok_or(DAMAGED)
    };
    vault.under(LEADS).map(load).collect()
}

/// The records of an application and its inbox.
pub(super) fn records_of(application: &Application) -> Vec<Change> {
    use offshift_protocol::{Effect, EffectsBuilder};
    let mut builder = EffectsBuilder::<()>::new();
    application.put(&mut builder);
    let changes = builder.build().into_iter().map(|effect| match effect {
        Effect::Persist(changes) => changes,
        _ => Vec::new(),
    });
    changes.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_cli_010_a_flood_of_invitations_to_one_card_is_told_a_few_times() {
        let mut not_joined = NotJoined::default();
        let [one, other] = [1, 2].map(|name| ApplicationId::from_bytes([name; 16]));
        let told = (0..1000).filter(|_| not_joined.is_news(one)).count();
        assert_eq!(told, 3);
        assert!(not_joined.is_news(other), "the twin: another card is told of");
    }
}
