//! Who may write what: announcements are organizers', and so is all else that people write where the terms say so.
//!
//! It is decided by the author's key, the policy of the epoch and the time of the position, so every device decides
//! alike (OS-CNT-010).

use bytes::Bytes;
use offshift_wire::{
    MemberId, Position, UnixMillis,
    content::{Content, Message},
};

use super::{
    errors::SendRefused,
    event::{RoomEvent, Skipped},
    state::{Builder, Room},
};

impl Room {
    /// Whether the policy names a member an organizer.
    pub fn is_organizer(&self, member: &MemberId) -> bool {
        self.policy.organizers.contains(member)
    }

    /// Whether this device may write here, and not only react and answer.
    pub fn may_post(&self, at: UnixMillis) -> bool {
        !self.terms(at).only_organizers_post || self.is_organizer(&self.own_id())
    }

    /// The same rule before anything leaves this device (OS-CNT-011).
    pub(super) fn check_may_say(
        &self,
        content: &Content,
        now: UnixMillis,
    ) -> Result<(), SendRefused> {
        match content {
            _ if self.may_say(&self.own_id(), content, now) => Ok(()),
            Content::Announcement(_) => Err(SendRefused::Announcement),
            _ => Err(SendRefused::OnlyOrganizers),
        }
    }

    fn may_say(&self, by: &MemberId, content: &Content, at: UnixMillis) -> bool {
        let organizers_only = match content {
            Content::Announcement(_) => true,
            Content::Text(_)
            | Content::Edit(_)
            | Content::Poll(_)
            | Content::Plan(_)
            | Content::Pin(_)
            | Content::File(_)
            // What this version does not know may be a post.
            | Content::Unknown(_) => self.terms(at).only_organizers_post,
            // Marks, answers, take-backs, and words about who is in the room are everybody's.
            _ => false,
        };
        !organizers_only || self.is_organizer(by)
    }

    /// Whether what was read stands (OS-CNT-010).
    pub(super) fn check_said(
        &self,
        sender: u32,
        plaintext: &Bytes,
        position: Position,
    ) -> Result<(), Skipped> {
        let message = Message::decode(plaintext.clone()).map_err(|_| Skipped::Malformed)?;
        let leaf = self.roster.at(sender).map(|(leaf, _)| leaf.id);
        let allowed = leaf.is_some_and(|by| self.may_say(&by, &message.content, position.time()));
        if allowed { Ok(()) } else { Err(Skipped::NotAllowed) }
    }

    /// An own message that stands where it was not allowed any more, for other terms bind by then: nobody reads it.
    pub(super) fn tell_not_allowed(&self, builder: &mut Builder) {
        let by = Some(self.roster.handle(self.mls.own_leaf()));
        builder.event(RoomEvent::Skipped { why: Skipped::NotAllowed, by });
    }
}
