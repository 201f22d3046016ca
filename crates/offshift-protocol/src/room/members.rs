//! Who is in a room and who was, as people read it.
//!
//! ```text
//! roster (leaves) + standing (rows) + handles that this device saw -> Member, Past
//! ```

use offshift_wire::{
    Malformed, MemberId, UnixMillis,
    room::{Handle, MemberInfo},
    standing::{Method, Origin, Row, RowNumber, State},
};

use super::state::{Builder, Room};
use crate::{
    admission::{Table, terms::binding},
    record::{Reader, Writer},
};

const RECORD: u8 = 1;

/// A member of the current epoch.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    /// The member's key in this room.
    pub id: MemberId,
    /// What the member's leaf says.
    pub info: MemberInfo,
    /// Whether the policy names the member an organizer.
    pub organizer: bool,
    /// Whether this device is it.
    pub own: bool,
    /// The founder from whom the member's admission descends.
    pub branch: Option<Branch>,
    /// How the member came in.
    pub came: Came,
    /// When.
    pub joined_at: UnixMillis,
    /// Until when the member's vouches do not count, if they do not now.
    pub probation_until: Option<UnixMillis>,
    /// Whether those who vouched were severed, so that the member needs to be vouched for again.
    pub under_review: bool,
}

/// A founder, as the root of those who came in through them.
#[derive(Clone, PartialEq, Eq)]
pub struct Branch {
    /// The founder's key.
    pub founder: MemberId,
    /// The founder's handle, if this device saw it.
    pub handle: String,
}

/// How a member came in.
#[derive(Clone, PartialEq, Eq)]
pub enum Came {
    /// With the founding.
    Founding,
    /// By these vouches.
    Vouched(Vec<VouchedBy>),
    /// As another device of this member.
    Device(MemberId),
}

/// A vouch that was used.
#[derive(Clone, PartialEq, Eq)]
pub struct VouchedBy {
    /// Whose.
    pub member: MemberId,
    /// Under which handle, if this device saw it.
    pub handle: String,
    /// How the two met.
    pub method: Method,
}

/// Somebody who was in the room.
#[derive(Clone, PartialEq, Eq)]
pub struct Past {
    /// The key.
    pub id: MemberId,
    /// The handle, if this device saw it.
    pub handle: String,
    /// What became of them.
    pub state: State,
    /// When they came.
    pub joined_at: UnixMillis,
    /// When they left.
    pub left_at: Option<UnixMillis>,
}

impl Room {
    /// Who is in it, in the order of the tree.
    pub fn members(&self, now: UnixMillis) -> Vec<Member> {
        let rows = self.roster.iter().filter_map(|(leaf, info)| {
            let (number, row) = Table(&self.standing).member(&leaf.id)?;
            Some(self.member(now, info, number, row))
        });
        rows.collect()
    }

    fn member(&self, now: UnixMillis, info: &MemberInfo, number: RowNumber, row: &Row) -> Member {
        let (table, terms) = (Table(&self.standing), binding(&self.policy, now));
        let founder = table.at(table.branch(number)).map(|row| row.key);
        let trusted_at = row.joined_at.plus_ms(terms.probation_ms);
        let is_vouched = matches!(row.origin, Origin::Vouched { .. });
        Member {
            id: row.key,
            info: info.clone(),
            organizer: self.policy.organizers.contains(&row.key),
            own: row.key == self.own_id(),
            branch: founder.map(|founder| Branch { founder, handle: self.name_of(&founder) }),
            came: self.came(table, row),
            joined_at: row.joined_at,
            probation_until: (is_vouched && now < trusted_at).then_some(trusted_at),
            under_review: table.is_under_review(row),
        }
    }

    fn came(&self, table: Table<'_>, row: &Row) -> Came {
        match &row.origin {
            Origin::Founder => Came::Founding,
            Origin::Vouched { .. } => Came::Vouched(self.vouchers(table, &row.key)),
            Origin::Device { of } => {
                table.at(*of).map_or(Came::Founding, |first| Came::Device(first.key))
            }
        }
    }

    /// Who vouched for the key.
    pub(super) fn vouchers(&self, table: Table<'_>, key: &MemberId) -> Vec<VouchedBy> {
        let origin = table.find(key).map(|(_, row)| &row.origin);
        let Some(Origin::Vouched { vouchers, .. }) = origin else { return Vec::new() };
        let by = vouchers.iter().filter_map(|one| Some((table.at(one.by)?.key, one.method)));
        by.map(|(member, method)| VouchedBy { member, handle: self.name_of(&member), method })
            .collect()
    }

    /// Who was in it, in the order in which they came.
    pub fn past_members(&self) -> Vec<Past> {
        let rows = self.standing.rows.iter().filter(|row| row.state != State::Member);
        rows.map(|row| Past {
            id: row.key,
            handle: self.name_of(&row.key),
            state: row.state,
            joined_at: row.joined_at,
            left_at: row.left_at,
        })
        .collect()
    }

    /// The handle of a key that is or was in the room, if this device saw it there.
    pub fn handle_of(&self, id: &MemberId) -> Option<&str> {
        self.handles.get(id).map(String::as_str)
    }

    pub(super) fn name_of(&self, id: &MemberId) -> String {
        self.handle_of(id).unwrap_or_default().to_owned()
    }

    /// Keeps the handles of those who are new in the roster.
    pub(super) fn note_handles(&mut self, builder: &mut Builder) {
        let new: Vec<(MemberId, String)> = self
            .roster
            .iter()
            .filter(|(leaf, _)| !self.handles.contains_key(&leaf.id))
            .map(|(leaf, info)| (leaf.id, info.handle.as_str().to_owned()))
            .collect();
        for (id, handle) in new {
            let record = Writer::new(RECORD).bytes(handle.as_bytes()).done();
            builder.put(self.key(&format!("handle/{}", id.hex())), record);
            self.handles.insert(id, handle);
        }
    }

    pub(super) fn load_handle(&mut self, key: &str, record: &[u8]) -> Result<(), Malformed> {
        let mut reader = Reader::new(record, RECORD)?;
        let handle = reader.parse::<Handle>()?;
        reader.done()?;
        self.handles.insert(MemberId::from_hex(key)?, handle.as_str().to_owned());
        Ok(())
    }
}
