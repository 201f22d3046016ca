//! Tickets of the room's relay: shares for those who come in, and what members say of the relay's issuer key.
//!
//! ```text
//! the device's ticket --share--> Welcome --> the newcomer's            the relay's signed key --> checkpoints --> others
//! ```
//! Neither is kept here: the client gives them anew to each room that it loads, and so it does with the relay's present link.

use bytes::Bytes;
use offshift_access::Ticket;
use offshift_wire::{MemberId, admission::Act, link::RelayLink, token::IssuerKey};
use rand_core::CryptoRng;

use super::{
    event::RoomEvent,
    intent::{Invite, Pending},
    key_package::inspect,
    state::{Builder, Room},
};

/// What this device has for deposits at the room's relay.
#[derive(Default)]
pub enum Tickets {
    /// The relay asks for none.
    #[default]
    NotNeeded,
    /// It asks for one, and this device has none.
    Missing,
    /// A ticket of the relay.
    Held(Ticket),
}

impl Room {
    /// Of this ticket whoever comes in by this device gets a share.
    pub fn set_tickets(&mut self, tickets: Tickets) {
        self.tickets = tickets;
    }

    /// This the other members are told, with the next checkpoints.
    pub const fn set_issuer_key(&mut self, key: Option<IssuerKey>) {
        self.issuer_key = key;
    }

    /// Whoever comes in by this device is told that the relay is reached by this link now, and not by the policy's
    /// (OS-JOI-034).
    pub fn set_present_relay(&mut self, link: Option<RelayLink>) {
        self.present_relay = link;
    }

    /// The share for one newcomer (OS-TOK-043). Whoever brings others in may share it in turn: organizers, founders, and
    /// devices of this person.
    pub(super) fn share(&self, rng: &mut dyn CryptoRng, pending: &Pending, to: &Invite) -> Bytes {
        let Tickets::Held(ticket) = &self.tickets else { return Bytes::new() };
        let may_share = match pending.intent.act {
            Act::Found(_) | Act::Device(_) => true,
            _ => self.newcomer_id(to).is_some_and(|id| self.policy.organizers.contains(&id)),
        };
        let share = ticket.share(rng, may_share);
        share.map(|share| Bytes::copy_from_slice(&share.encode())).unwrap_or_default()
    }

    /// The person who let somebody in must know that they can't write yet.
    pub(super) fn tell_without_ticket(&self, builder: &mut Builder, to: &Invite, share: &Bytes) {
        if share.is_empty() && !matches!(self.tickets, Tickets::NotNeeded) {
            let id = self.newcomer_id(to);
            let handle = id.map(|id| self.handle_in_roster(&id)).unwrap_or_default();
            builder.event(RoomEvent::WithoutTicket { handle });
        }
    }

    fn newcomer_id(&self, invite: &Invite) -> Option<MemberId> {
        inspect(self.suite(), &invite.key_package).ok().map(|(id, _)| id)
    }

    /// A member says which key the relay gave it (OS-TOK-042). Whether the relay signed it the client knows.
    pub(super) fn note_issuer_key(
        &self,
        builder: &mut Builder,
        from: MemberId,
        key: Option<IssuerKey>,
    ) {
        if let Some(key) = key {
            let handle = self.handle_in_roster(&from);
            builder.event(RoomEvent::IssuerKeySaid { from, handle, key });
        }
    }
}
