//! What must hold over all honest devices, whatever anybody does.
//!
//! ```text
//! each step of a device -> observe -> the same epoch for all | the first invariant that is broken
//! quiet                 -> settle  -> all in one epoch, nothing lost, nothing waiting
//! ```

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::room::{Room, RoomEvent, Rule, Skipped};
use offshift_wire::{Address, MemberId, MessageId, UnixMillis, room::Policy, standing::Standing};

use super::device::Device;

/// An invariant that does not hold, in one line.
pub type Broken = String;

/// What the first honest device of an epoch saw.
struct Epoch {
    address: Address,
    members: Vec<(MemberId, String)>,
    policy: Policy,
    standing: Standing,
    /// What was said in it, in order.
    said: Vec<(MemberId, MessageId)>,
}

/// What one device read.
#[derive(Default)]
struct Read {
    by_epoch: BTreeMap<u64, usize>,
    ids: BTreeSet<(MemberId, MessageId)>,
}

/// The invariants.
#[derive(Default)]
pub struct Oracle {
    epochs: BTreeMap<u64, Epoch>,
    read: BTreeMap<usize, Read>,
    sent: BTreeMap<MessageId, usize>,
    /// Keys that must never be in a roster.
    pub never: BTreeSet<MemberId>,
    /// How often each rule was the reason to pass something over, on honest devices.
    pub refused: BTreeMap<Rule, usize>,
    /// Own wishes of honest devices that were dropped, by rule.
    pub dropped: BTreeMap<Rule, usize>,
}

fn roster(room: &Room, now: UnixMillis) -> Vec<(MemberId, String)> {
    let members = room.members(now);
    members.iter().map(|m| (m.id, m.info.handle.as_str().to_owned())).collect()
}

impl Oracle {
    /// An honest device wrote this.
    pub(super) fn note_sent(&mut self, at: usize, id: MessageId) {
        self.sent.insert(id, at);
    }

    /// What a device's step showed.
    pub(super) fn observe(
        &mut self,
        at: usize,
        device: &Device,
        before: Option<u64>,
        events: &[RoomEvent],
        now: UnixMillis,
    ) -> Result<(), Broken> {
        let Some(room) = device.room.as_ref() else { return Ok(()) };
        let mut epoch = before;
        for event in events {
            match event {
                RoomEvent::KeysChanged { epoch: begun } => {
                    epoch = Some(*begun);
                    self.enter(at, device, room, now)?;
                }
                RoomEvent::Message(one) => {
                    self.read(at, device, epoch.unwrap_or_default(), (one.sender, one.id))?;
                }
                RoomEvent::Skipped { why: Skipped::Refused(rule), .. } if device.honest => {
                    *self.refused.entry(*rule).or_default() += 1;
                }
                RoomEvent::ChangeDropped(rule) if device.honest => {
                    *self.dropped.entry(*rule).or_default() += 1;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Same address, roster, policy and standing for all who are in an epoch.
    fn enter(
        &mut self,
        at: usize,
        device: &Device,
        room: &Room,
        time: UnixMillis,
    ) -> Result<(), Broken> {
        let begun = room.epoch();
        if !device.honest || room.is_removed() {
            return Ok(());
        }
        let members = roster(room, time);
        if let Some((id, name)) = members.iter().find(|(id, _)| self.never.contains(id)) {
            return Err(format!("epoch {begun}: {name} ({}) is a member", &id.hex()[..8]));
        }
        let address = *room.address().ok_or("a member has no channel")?;
        let (policy, standing) = (room.policy().clone(), room.standing().clone());
        let now = Epoch { address, members, policy, standing, said: Vec::new() };
        let first = self.epochs.entry(begun).or_insert(now);
        let same = [
            ("members", first.members == roster(room, time)),
            ("policy", first.policy == *room.policy()),
            ("standing", first.standing == *room.standing()),
            ("channel", Some(&first.address) == room.address()),
        ];
        if let Some((what, _)) = same.iter().find(|(_, same)| !same) {
            return Err(format!("epoch {begun}: device {at} has another {what}"));
        }
        self.read.entry(at).or_default().by_epoch.entry(begun).or_default();
        Ok(())
    }

    /// Same words in the same order, none twice, none by or to somebody who is not a member.
    fn read(
        &mut self,
        at: usize,
        device: &Device,
        epoch: u64,
        one: (MemberId, MessageId),
    ) -> Result<(), Broken> {
        let read = self.read.entry(at).or_default();
        if !read.ids.insert(one) {
            return Err(format!("epoch {epoch}: device {at} shows a message twice"));
        }
        let place = read.by_epoch.entry(epoch).or_default();
        // Only honest devices begin an epoch here, and there is one in each.
        let Some(now) = self.epochs.get_mut(&epoch) else { return Ok(()) };
        let is_in = |id: &MemberId| now.members.iter().any(|(member, _)| member == id);
        if !is_in(&one.0) || !is_in(&device.id()) {
            return Err(format!("epoch {epoch}: device {at} reads what is not for it"));
        }
        if !device.honest {
            return Ok(());
        }
        match now.said.get(*place) {
            None => now.said.push(one),
            Some(same) if *same == one => {}
            Some(_) => return Err(format!("epoch {epoch}: device {at} reads another order")),
        }
        *place += 1;
        Ok(())
    }

    /// When nothing is under way any more.
    pub(super) fn settle(&self, devices: &[Device]) -> Result<(), Broken> {
        let honest = || devices.iter().enumerate().filter(|(_, one)| one.honest && one.is_in());
        let Some((latest, _)) = self.epochs.last_key_value() else { return Ok(()) };
        for (at, device) in honest() {
            let room = device.room();
            if room.epoch() != *latest {
                return Err(format!("device {at} stays in epoch {} of {latest}", room.epoch()));
            }
            if room.is_changing() || !room.waiting().is_empty() {
                return Err(format!("device {at} still waits for something"));
            }
            self.missed(at)?;
        }
        let said: BTreeSet<MessageId> =
            self.epochs.values().flat_map(|epoch| &epoch.said).map(|(_, id)| *id).collect();
        let is_here = |at: usize| devices.get(at).is_some_and(Device::is_in);
        match self.sent.iter().find(|(id, at)| is_here(**at) && !said.contains(id)) {
            Some((_, at)) => Err(format!("a message of device {at} is lost")),
            None => Ok(()),
        }
    }

    /// Whoever was in an epoch has read all that was said in it.
    fn missed(&self, at: usize) -> Result<(), Broken> {
        let Some(read) = self.read.get(&at) else { return Ok(()) };
        for (epoch, count) in &read.by_epoch {
            let said = self.epochs.get(epoch).map_or(0, |epoch| epoch.said.len());
            if *count != said {
                return Err(format!("epoch {epoch}: device {at} read {count} of {said}"));
            }
        }
        Ok(())
    }

    /// The number of the latest epoch.
    pub fn latest(&self) -> u64 {
        self.epochs.keys().next_back().copied().unwrap_or_default()
    }

    /// How much was said in all epochs.
    pub fn said(&self) -> usize {
        self.epochs.values().map(|epoch| epoch.said.len()).sum()
    }
}
