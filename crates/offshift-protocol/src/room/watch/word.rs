//! One member's word: a member may lie in a checkpoint, so what one says alone must not end the room, nor move everybody.
//!
//! ```text
//! another authenticator          -> accuser: Forked, nobody writes, people can be put out
//!                                     \-> accusers out or back, or the person goes on: Open
//! later epoch, not led to in time -> ahead: two people, or one and no sign of organizers: Lost
//! ```
//! People are known by the key of their first device: several devices of one have one word.

use std::collections::BTreeSet;

use offshift_wire::{
    MemberId, UnixMillis,
    admission::{Act, Motion},
    content::{Content, Message},
    standing::RowNumber,
};

use super::{Claim, Room};
use crate::{
    admission::Table,
    context::Context,
    effect::Effects,
    limits::{INTENTS_MAX, WITNESSES_NEEDED},
    room::{
        event::{Alarm, RoomEvent},
        intent::Intent,
        state::{Builder, Sending},
    },
};

impl Room {
    /// Whether somebody says that the relay shows them another log.
    pub(in crate::room) fn is_forked(&self) -> bool {
        !self.watch.accusers.is_empty()
    }

    /// Two members of one epoch by its number, but not by its keys: the relay shows them different logs, or one lies.
    /// Whoever notices stops writing, and goes on saying where it stands, so that the others notice too (OS-CKP-012).
    pub(super) fn accuse(&mut self, builder: &mut Builder, by: &MemberId) {
        let with = self.handle_in_roster(by);
        let person = self.person_of(by);
        if self.watch.doubted.contains(&person) || !self.watch.accusers.insert(person) {
            return;
        }
        let ways = self.sending.values().filter_map(|one| one.way.as_ref());
        ways.flat_map(|way| &way.outbox).for_each(|id| builder.cancel(*id));
        builder.event(RoomEvent::Alarm(Alarm::Fork { with }));
    }

    /// The person has compared with a third member, and they see the same: those who said otherwise are not believed for
    /// as long as they are in the room (OS-CKP-017). What waits is sent.
    pub fn handle_go_on(&mut self, ctx: &mut Context<'_>) -> Effects<RoomEvent> {
        if self.end.is_some() || !self.is_forked() {
            return Effects::none();
        }
        let mut builder = Builder::new();
        let accusers = std::mem::take(&mut self.watch.accusers);
        self.watch.doubted.extend(accusers);
        // What was called back had its number in this epoch: said again in the next one, it leaves no gap.
        let called_back = self.sending.values().any(|one| one.way.is_some());
        if called_back && self.intents.len() < INTENTS_MAX {
            self.intents.push_back(Intent::of(Act::Keys));
        }
        self.write_intents(&mut builder);
        if !self.is_held(ctx.now) {
            let _ = self.next_change(ctx, &mut builder);
        }
        if self.pending.is_none() {
            let _ = self.dispatch(ctx, &mut builder);
        }
        self.write_watch(&mut builder);
        self.finish(&mut builder);
        builder.build()
    }

    /// Those who are out of the room have no word, and whoever was added again is here (OS-CKP-016).
    pub(super) fn prune_words(&mut self) {
        let table = Table(&self.standing);
        let is_in = |person: &MemberId| {
            table.find(person).is_some_and(|(number, _)| table.devices(number).next().is_some())
        };
        self.watch.accusers.retain(is_in);
        self.watch.doubted.retain(is_in);
        let (roster, here) = (&self.roster, self.watch.epoch);
        self.watch.claims.retain(|id, _| roster.find(id).is_some());
        self.watch.ahead.retain(|id, one| roster.find(id).is_some() && one.said.epoch > here);
    }

    /// A member was added again: whatever it said of another epoch, it is in this one now.
    pub(in crate::room) fn forget_word(&mut self, member: &MemberId) {
        let person = self.person_of(member);
        self.watch.accusers.remove(&person);
        self.watch.doubted.remove(&person);
        self.watch.claims.remove(member);
        self.watch.ahead.remove(member);
    }

    fn person_of(&self, id: &MemberId) -> MemberId {
        let table = Table(&self.standing);
        let first = table.find(id).and_then(|(number, _)| table.at(table.person(number)));
        first.map_or(*id, |row| row.key)
    }

    /// Keeps in mind that a member says to be where the log did not lead in time.
    pub(super) fn run_ahead(&mut self, from: MemberId, claim: Claim) {
        self.watch.ahead.insert(from, claim);
    }

    /// Whether the room seems to have gone on without this device (OS-CKP-015): one who says so may lie.
    pub(super) fn is_left_behind(&self, now: UnixMillis) -> bool {
        self.is_outvoted() || (!self.witnesses().is_empty() && self.is_stale(now))
    }

    /// Whether two people say so, of two branches where there are.
    pub(super) fn is_outvoted(&self) -> bool {
        let (table, witnesses, own) = (Table(&self.standing), self.witnesses(), self.own_id());
        let others = self.roster.iter().map(|(leaf, _)| leaf.id).filter(|id| *id != own);
        let others = self.people(others);
        let needed = |count: usize| count.min(WITNESSES_NEEDED);
        !witnesses.is_empty()
            && witnesses.len() >= needed(others.len())
            && table.branches(witnesses) >= needed(table.branches(others))
    }

    /// The people who say to be in a later epoch, without those who say of this one what is not so.
    fn witnesses(&self) -> BTreeSet<RowNumber> {
        let (accusers, doubted) = (&self.watch.accusers, &self.watch.doubted);
        let is_believed = |id: &MemberId| {
            let person = self.person_of(id);
            !accusers.contains(&person) && !doubted.contains(&person)
        };
        self.people(self.watch.ahead.keys().copied().filter(is_believed))
    }

    fn people(&self, members: impl Iterator<Item = MemberId>) -> BTreeSet<RowNumber> {
        let table = Table(&self.standing);
        let rows = members.filter_map(|id| table.member(&id));
        rows.map(|(number, _)| table.person(number)).collect()
    }

    /// Whether a change may begin now. In a forked room only what puts somebody out, or one false word would keep its
    /// author in for good (OS-CKP-016).
    pub(in crate::room) fn may_begin(&self, intent: &Intent) -> bool {
        !self.is_forked() || intent.puts_out()
    }

    /// The same for a message.
    pub(in crate::room) fn may_leave(&self, sending: &Sending) -> bool {
        let content = || Message::decode(sending.content.clone()).map(|message| message.content);
        !self.is_forked() || content().is_ok_and(|content| puts_out(&content))
    }
}

/// Whether this is a word for putting somebody out.
pub(in crate::room) const fn puts_out(content: &Content) -> bool {
    match content {
        Content::Approved(one) => is_putting_out(&one.motion),
        _ => false,
    }
}

/// Whether this motion puts somebody out.
pub(in crate::room) const fn is_putting_out(motion: &Motion) -> bool {
    matches!(motion, Motion::Sever(_) | Motion::Recall(_))
}
