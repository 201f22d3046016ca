//! Relays whose identity was followed by another one (OS-LNK-006).
//!
//! ```text
//! link of the old identity -- connected, and the old one signed the new one --> successor/{old} = new, in the vault
//!                                                                               every link with the old one leads to the new one
//! ```
//! Cards and the policies of rooms go on naming the old identity; this device reads them as the new one. Whether the old
//! identity signed the new one the link has checked; without that it takes a person's word: of whoever lets this device into a
//! room (OS-JOI-035), or of whoever holds it.

use std::collections::BTreeMap;

use offshift_protocol::Change;
use offshift_wire::{Malformed, RelayId, link::RelayLink};
use zeroize::Zeroizing;

use super::{Engine, Fatal, meetings::RELAY};
use crate::{error::ClientError, event::Event, limits::SUCCESSORS_MAX, vault::Vault};

const SUCCESSOR: &str = "successor/";

/// The present identity of each that was followed by another.
pub(super) type Successors = BTreeMap<RelayId, RelayId>;

pub(super) fn load(vault: &Vault) -> Result<Successors, Malformed> {
    let load = |(key, value): (&str, &[u8])| {
        let old = key.strip_prefix(SUCCESSOR).ok_or(Malformed("successor"))?;
        let new = value.try_into().map_err(|_| Malformed("successor"))?;
        Ok((RelayId::from_hex(old)?, RelayId::from_bytes(new)))
    };
    vault.under(SUCCESSOR).map(load).collect()
}

impl Engine {
    /// Who a relay is now.
    pub(super) fn identity_of(&self, relay: &RelayId) -> RelayId {
        self.successors.get(relay).copied().unwrap_or(*relay)
    }

    /// The link by which a relay is reached now.
    pub(super) fn current(&self, link: &RelayLink) -> RelayLink {
        let now = self.identity_of(link.relay());
        RelayLink::new(link.host(), link.port(), now).unwrap_or_else(|_| link.clone())
    }

    /// What newcomers are told of the relays of rooms founded before (OS-JOI-034).
    pub(super) fn tell_rooms_of_successors(&mut self) {
        for room in self.rooms.values_mut() {
            let link = room.relay();
            let now = self.successors.get(link.relay()).filter(|now| *now != link.relay());
            let now = now.and_then(|now| RelayLink::new(link.host(), link.port(), *now).ok());
            room.set_present_relay(now);
        }
    }

    /// Whoever let this device in says how the room's relay is reached now. Believed only of a relay that this device
    /// has never reached, and of which it knows no successor: it has nothing else to go by (OS-JOI-035).
    pub(super) async fn believe_successor(
        &mut self,
        policy: &RelayLink,
        said: Option<&RelayLink>,
    ) -> Result<(), Fatal> {
        let Some(said) = said else { return Ok(()) };
        let old = policy.relay();
        let was_reached = self.wallet.purse(old).is_some_and(|purse| purse.greeting().is_some());
        if was_reached || self.successors.contains_key(old) {
            return Ok(());
        }
        let new = self.identity_of(said.relay());
        self.follow_successor(policy, new).await
    }

    /// The person says which identity the relay of a link has now.
    pub(super) async fn relay_was(
        &mut self,
        old: &RelayLink,
        new: &RelayLink,
    ) -> Result<(), ClientError> {
        if (old.host(), old.port()) != (new.host(), new.port()) {
            return Err(ClientError::OtherRelay);
        }
        if self.successors.len() >= SUCCESSORS_MAX {
            return Err(ClientError::TooMany("relays"));
        }
        let old = self.current(old);
        self.follow_successor(&old, *new.relay()).await
    }

    /// A relay that this device knew by `link` has shown a successor that it signed.
    pub(super) async fn follow_successor(
        &mut self,
        link: &RelayLink,
        new: RelayId,
    ) -> Result<(), Fatal> {
        let old = *link.relay();
        if old == new || self.identity_of(&old) == new || self.successors.len() >= SUCCESSORS_MAX {
            return Ok(());
        }
        let before = self.successors.iter().filter(|(_, to)| **to == old).map(|(from, _)| *from);
        let moved: Vec<RelayId> = before.chain([old]).collect();
        let mut changes: Vec<Change> = moved.iter().map(|from| put(from, &new)).collect();
        self.successors.extend(moved.into_iter().map(|from| (from, new)));
        changes.extend(self.wallet.move_to(old, new));
        let relays: Vec<_> = self.relays.iter().map(|link| self.current(link)).collect();
        for (number, link) in relays.iter().enumerate() {
            let value = Zeroizing::new(link.to_string().into_bytes());
            changes.push(Change::Put { key: format!("{RELAY}{number:02}"), value });
        }
        self.relays = relays;
        let successors = &self.successors;
        self.lines.values_mut().for_each(|running| running.follow(successors));
        self.persist(changes).await?;
        self.outfit_rooms();
        self.tell_rooms_of_successors();
        let (relay, to) = (link.clone(), self.current(link));
        self.tell(Event::RelayFollowed { relay, to });
        Ok(())
    }
}

fn put(old: &RelayId, new: &RelayId) -> Change {
    let value = Zeroizing::new(new.as_bytes().to_vec());
    Change::Put { key: format!("{SUCCESSOR}{}", old.hex()), value }
}
