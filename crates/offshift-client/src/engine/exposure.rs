//! What somebody could read: counted on this device, from its own history.

use offshift_protocol::room::{Content, MemberId, Room, RoomId};
use offshift_wire::{
    UnixMillis,
    standing::{Origin, Row, RowNumber, Standing, State},
};

use super::{Engine, history, now};
use crate::{error::ClientError, view::Exposure};

/// All devices of one person, by their rows.
struct Person<'a> {
    rows: Vec<(RowNumber, &'a Row)>,
}

impl Engine {
    pub(super) fn exposure(&self, id: RoomId, member: MemberId) -> Result<Exposure, ClientError> {
        let room = self.known_room(id)?;
        let vault = self.vault.as_ref().ok_or(ClientError::Closed)?;
        let person = Person::of(room.standing(), &member).ok_or(ClientError::UnknownMember)?;
        let own = Person::of(room.standing(), &room.own_id());
        let (from, until) = (person.from(), person.until());
        let mut exposure = Exposure {
            handle: handle_of(room, &member),
            from,
            until,
            messages: 0,
            polls: 0,
            plans: 0,
            files: 0,
            unknown: 0,
            dates: None,
            blind_before: own.map(|own| own.from()).filter(|own| *own > from),
            brought_in: Vec::new(),
            review: Vec::new(),
        };
        for (position, content) in history::entries(vault, id, self.shown_from(id)) {
            let at = position.time();
            if at >= from && until.is_none_or(|until| at <= until) {
                exposure.count(at, &content);
            }
        }
        for (key, is_under_review) in brought_in(room, &person) {
            exposure.brought_in.push(handle_of(room, &key));
            exposure.review.extend(is_under_review.then(|| handle_of(room, &key)));
        }
        Ok(exposure)
    }
}

impl Exposure {
    fn count(&mut self, at: UnixMillis, content: &Content) {
        match content {
            Content::Text(_) | Content::Announcement(_) => self.messages += 1,
            Content::Poll(_) => self.polls += 1,
            Content::Plan(_) => self.plans += 1,
            Content::File(_) => self.files += 1,
            Content::Unknown(_) => self.unknown += 1,
            // What is said about the room itself is in the list of its members.
            _ => return,
        }
        let (first, _) = self.dates.unwrap_or((at, at));
        self.dates = Some((first, at));
    }
}

impl<'a> Person<'a> {
    fn of(standing: &'a Standing, member: &MemberId) -> Option<Self> {
        let rows = || (0..).map(RowNumber).zip(&standing.rows);
        let first = |(number, row): (RowNumber, &Row)| match row.origin {
            Origin::Device { of } => of,
            _ => number,
        };
        let person = first(rows().find(|(_, row)| row.key == *member)?);
        Some(Self { rows: rows().filter(|one| first(*one) == person).collect() })
    }

    fn from(&self) -> UnixMillis {
        self.rows.iter().map(|(_, row)| row.joined_at).min().unwrap_or_default()
    }

    /// When the last device left; nothing while one is in.
    fn until(&self) -> Option<UnixMillis> {
        let is_in = self.rows.iter().any(|(_, row)| row.state == State::Member);
        let left = self.rows.iter().filter_map(|(_, row)| row.left_at).max();
        left.filter(|_| !is_in)
    }

    fn vouched_for(&self, row: &Row) -> bool {
        let own = |number: &RowNumber| self.rows.iter().any(|(own, _)| own == number);
        match &row.origin {
            Origin::Vouched { vouchers, .. } => vouchers.iter().any(|one| own(&one.by)),
            _ => false,
        }
    }
}

/// Who came in by this person's word and is in the room, and whether they are under review.
fn brought_in(room: &Room, person: &Person<'_>) -> Vec<(MemberId, bool)> {
    let members = room.members(now());
    let is_under_review =
        |key: &MemberId| members.iter().any(|member| member.id == *key && member.under_review);
    let rows = room.standing().rows.iter();
    rows.filter(|row| row.state == State::Member && person.vouched_for(row))
        .map(|row| (row.key, is_under_review(&row.key)))
        .collect()
}

pub(super) fn handle_of(room: &Room, member: &MemberId) -> String {
    room.handle_of(member).unwrap_or("somebody").to_owned()
}
