//! What rooms tell, in the app's words.

use offshift_protocol::room::{Received, RoomEvent, RoomId, Skipped};

use super::{Engine, history::Folded, policy::motion_kind};
use crate::event::Event;

impl Engine {
    pub(super) fn room_event(&self, room: RoomId, event: RoomEvent) -> Option<Event> {
        Some(match event {
            RoomEvent::Sent(message) => Event::Sent { room, message },
            RoomEvent::Resent(message) => Event::SentAgain { room, message },
            RoomEvent::KeysChanged { .. } => Event::KeysChanged { room },
            RoomEvent::YouWereRemoved { by } => Event::YouWereRemoved { room, by },
            RoomEvent::ChangeDropped(rule) => Event::ChangeDropped { room, why: rule.into() },
            // Deposits are made again when a receipt was lost: copies are no news.
            RoomEvent::Skipped { why: Skipped::Repeated, .. } => return None,
            RoomEvent::Skipped { by, .. } => Event::NotShown { room, by },
            event => return self.people_event(room, event),
        })
    }

    /// What became of a message, from what is kept of it by now.
    pub(super) fn message_event(
        &self,
        room: RoomId,
        received: Received,
        folded: Folded,
    ) -> Option<Event> {
        Some(match folded {
            Folded::New(at) => Event::Message(self.message_at(room, at)?),
            Folded::Changed(at) | Folded::TakenBack(at, _) => {
                Event::Changed(self.message_at(room, at)?)
            }
            Folded::Refused => Event::NotShown { room, by: Some(received.handle) },
            Folded::Nothing => return None,
        })
    }

    fn people_event(&self, room: RoomId, event: RoomEvent) -> Option<Event> {
        let motion = |motion| Some(motion_kind(self.rooms.get(&room)?, motion));
        Some(match event {
            RoomEvent::Applied { applicant, handle, by, method } => {
                Event::Applied { room, applicant, handle, by, method }
            }
            RoomEvent::Objected { applicant, handle, by, reason } => {
                Event::Objected { room, applicant, handle, by, reason }
            }
            RoomEvent::Joined { member, handle, by, vouchers } => {
                Event::Joined { room, member, handle, by, vouchers }
            }
            RoomEvent::DeviceJoined { member, handle, of } => {
                Event::DeviceJoined { room, member, handle, of }
            }
            RoomEvent::Confirmed { member, handle, by } => {
                Event::Confirmed { room, member, handle, by }
            }
            RoomEvent::Removed { member, handle, by, how } => {
                Event::Removed { room, member, handle, by, how }
            }
            RoomEvent::ReviewNeeded(members) => Event::ReviewNeeded { room, members },
            RoomEvent::MotionRaised { id, motion: raised, by } => {
                Event::MotionRaised { room, motion: id, what: motion(&raised)?, by }
            }
            RoomEvent::MotionCarried { motion: carried, by } => {
                Event::MotionCarried { room, what: motion(&carried)?, by }
            }
            RoomEvent::TermsWillChange { binds_at } => Event::TermsWillChange { room, binds_at },
            RoomEvent::Rejoined { member, handle } => Event::Rejoined { room, member, handle },
            RoomEvent::WantsBack(one) => Event::WantsBack {
                room,
                member: one.id,
                handle: one.handle,
                absent_since: one.absent_since,
            },
            RoomEvent::Returned { gap: (from, until) } => Event::Returned { room, from, until },
            RoomEvent::WithoutTicket { handle } => Event::WithoutTicket { room, handle },
            RoomEvent::FreshAgain => Event::FreshAgain { room },
            // The alarm store tells it, and no more often than is useful.
            _ => return None,
        })
    }
}
