//! What must hold over all honest devices, whatever anybody does.
//!
//! ```text
//! each step of a device -> observe -> the same epoch for all | the first invariant that is broken
//! quiet                 -> settle  -> all in one epoch, nothing lost, nothing waiting
//! ```
//! An epoch is known by its channel, which is derived from its keys: two logs that differ lead to two channels. While the
//! relay shows everybody the same log, there is one of each number.
//!
//! Where the relay does not (`relay_lies`), what it hides is lost: then nobody may lose anything without being told.

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::{
    Effect, Effects,
    room::{Alarm, Room, RoomEvent, RoomState, Rule, Skipped},
};
use offshift_wire::{
    Address, MemberId, MessageId, Position, UnixMillis, room::Policy, standing::Standing,
};

use super::device::Device;

/// An invariant that does not hold, in one line.
pub type Broken = String;

/// Records of one device without what people said: a room of some dozens, its board and its outbox.
const VAULT_BYTES_MAX: usize = 8 << 20;

/// Where an entry lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) address: Address,
    pub(super) position: Position,
}

type Said = (MemberId, MessageId);

/// What the first honest device of an epoch saw.
struct Epoch {
    number: u64,
    members: Vec<(MemberId, String)>,
    policy: Policy,
    standing: Standing,
    /// What was said in it, by its place.
    said: BTreeMap<Position, Said>,
    /// Where the commit lies by which the first of those who read on left it.
    ended: Option<Position>,
}

/// What one device read.
#[derive(Default)]
struct Read {
    /// Its handle in the room.
    name: String,
    /// The epoch that it is in.
    here: Option<Address>,
    /// The last place in each epoch that it was in.
    epochs: BTreeMap<Address, Position>,
    /// What it was shown, and in which epoch.
    shown: BTreeMap<Said, Address>,
    /// The number of the last message of each author.
    last_of: BTreeMap<usize, u64>,
    /// From when to when it was not in the room.
    gaps: Vec<(UnixMillis, UnixMillis)>,
    /// What the relay forgot before this device read it.
    forgotten: BTreeSet<(Address, Position)>,
    alarms: Vec<Alarm>,
}

impl Read {
    /// Whether it could not read what lies there.
    fn is_excused(&self, address: &Address, at: &Position) -> bool {
        let time = at.time();
        self.forgotten.contains(&(*address, *at))
            || self.gaps.iter().any(|(from, until)| *from <= time && time <= *until)
    }

    fn was_told_of_gap(&self, author: &str) -> bool {
        let tells = |alarm: &Alarm| match alarm {
            Alarm::Gap { sender, .. } => sender == author,
            _ => false,
        };
        self.alarms.iter().any(tells)
    }

    /// Whether the person was told that the room may have gone on, or is another one.
    fn was_warned(&self) -> bool {
        let warns =
            |alarm: &Alarm| matches!(alarm, Alarm::Fork { .. } | Alarm::Stale | Alarm::Behind);
        self.alarms.iter().any(warns)
    }
}

/// The invariants.
pub struct Oracle {
    epochs: BTreeMap<Address, Epoch>,
    numbers: BTreeMap<u64, Address>,
    read: BTreeMap<usize, Read>,
    /// Who wrote a message, and which of theirs it is.
    sent: BTreeMap<MessageId, (usize, u64)>,
    authors: BTreeMap<MemberId, String>,
    /// Keys that must never be in a roster.
    pub never: BTreeSet<MemberId>,
    /// The relay of the room shows different devices different logs, or none.
    pub relay_lies: bool,
    /// Its clock leaps by days: it forgets commits before everybody has read them. Those go on in an epoch that the others
    /// have left, and learn it by checkpoints only: in days, not in hours.
    pub relay_leaps: bool,
    /// A planted fault: nobody tells of a gap.
    pub is_deaf: bool,
    /// How often each rule was the reason to pass something over, on honest devices.
    pub refused: BTreeMap<Rule, usize>,
    /// Own wishes of honest devices that were dropped, by rule.
    pub dropped: BTreeMap<Rule, usize>,
    /// How often a device started from its disk.
    pub restarts: u64,
    /// How often a device came back into the room.
    pub returned: u64,
    /// How often a refused entry was looked at, before and after.
    pub probed: u64,
    /// How often people were warned.
    pub alarms: u64,
    /// The most that a limit was used, in a hundred, and what for.
    pub fullest: (usize, &'static str),
    /// The largest vault.
    pub vault_bytes: usize,
    /// How large one may be at most.
    pub vault_bytes_max: usize,
}

impl Default for Oracle {
    fn default() -> Self {
        Self {
            epochs: BTreeMap::new(),
            numbers: BTreeMap::new(),
            read: BTreeMap::new(),
            sent: BTreeMap::new(),
            authors: BTreeMap::new(),
            never: BTreeSet::new(),
            relay_lies: false,
            relay_leaps: false,
            is_deaf: false,
            refused: BTreeMap::new(),
            dropped: BTreeMap::new(),
            restarts: 0,
            returned: 0,
            probed: 0,
            alarms: 0,
            fullest: (0, "nothing"),
            vault_bytes: 0,
            vault_bytes_max: VAULT_BYTES_MAX,
        }
    }
}

fn roster(room: &Room, now: UnixMillis) -> Vec<(MemberId, String)> {
    let members = room.members(now);
    members.iter().map(|m| (m.id, m.info.handle.as_str().to_owned())).collect()
}

impl Oracle {
    /// An honest device wrote this.
    pub(super) fn note_sent(&mut self, at: usize, id: MessageId) {
        let number = u64::try_from(self.sent.len()).unwrap();
        self.sent.insert(id, (at, number));
    }

    /// The relay forgot this before the device read it.
    pub(super) fn excuse(&mut self, at: usize, place: Place) {
        let read = self.read.entry(at).or_default();
        read.forgotten.insert((place.address, place.position));
    }

    /// What a device's step showed.
    pub(super) fn observe(
        &mut self,
        at: usize,
        device: &Device,
        place: Option<Place>,
        events: &[RoomEvent],
        now: UnixMillis,
    ) -> Result<(), Broken> {
        let Some(room) = device.room.as_ref() else { return Ok(()) };
        for event in events {
            match event {
                RoomEvent::Message(one) => {
                    let place = place.ok_or("a message out of nowhere")?;
                    self.reads(at, device, place, (one.sender, one.id))?;
                }
                RoomEvent::Skipped { why: Skipped::Refused(rule), .. } if device.honest => {
                    *self.refused.entry(*rule).or_default() += 1;
                }
                RoomEvent::ChangeDropped(rule) if device.honest => {
                    *self.dropped.entry(*rule).or_default() += 1;
                }
                RoomEvent::Alarm(alarm) if device.honest => self.warned(at, alarm)?,
                RoomEvent::Returned { gap } => {
                    self.returned += 1;
                    self.read.entry(at).or_default().gaps.push(*gap);
                }
                _ => {}
            }
        }
        if device.honest {
            self.leave(at, room, place);
        }
        self.enter(at, device, room, now)
    }

    /// Who reads a commit in an epoch's log is in another one behind it.
    fn leave(&mut self, at: usize, room: &Room, place: Option<Place>) {
        let Some(Place { address, position }) = place else { return };
        let read = self.read.entry(at).or_default();
        let was_in = read.epochs.contains_key(&address);
        let goes_on =
            room.address().is_some_and(|here| *here != address && !read.epochs.contains_key(here));
        if let Some(epoch) = self.epochs.get_mut(&address).filter(|_| was_in && goes_on) {
            epoch.ended = Some(epoch.ended.map_or(position, |ended| ended.min(position)));
        }
    }

    /// Whether the relay, whose clock leaps, had forgotten the commit that ended this epoch before the device read so far.
    fn missed_end(&self, at: usize, address: &Address) -> bool {
        let ended = self.epochs.get(address).and_then(|epoch| epoch.ended);
        let forgotten = self.read.get(&at).map(|read| &read.forgotten);
        self.relay_leaps
            && ended.is_some_and(|end| forgotten.is_some_and(|all| all.contains(&(*address, end))))
    }

    /// Whether it is where others left, and can't know.
    pub fn is_left_behind(&self, at: usize) -> bool {
        let here = self.read.get(&at).and_then(|read| read.here);
        here.is_some_and(|here| self.missed_end(at, &here))
    }

    /// With an honest relay nobody is alarmed for nothing.
    fn warned(&mut self, at: usize, alarm: &Alarm) -> Result<(), Broken> {
        if self.is_deaf && matches!(alarm, Alarm::Gap { .. }) {
            return Ok(());
        }
        self.alarms += 1;
        let behind = |name: &str| {
            self.read.iter().any(|(at, one)| one.name == name && self.is_left_behind(*at))
        };
        // What somebody says in an epoch that the others have left is missing to them.
        let is_true = matches!(alarm, Alarm::Gap { sender, .. } if behind(sender));
        let read = self.read.entry(at).or_default();
        let is_false = match alarm {
            Alarm::Fork { .. } | Alarm::RolledBack => !self.relay_lies,
            Alarm::Gap { .. } => {
                let has_read_all = read.gaps.is_empty() && read.forgotten.is_empty();
                !self.relay_lies && has_read_all && !is_true
            }
            _ => false,
        };
        read.alarms.push(alarm.clone());
        if is_false {
            Err(format!("device {at} is alarmed for nothing: {alarm:?}"))
        } else {
            Ok(())
        }
    }

    /// Same channel, roster, policy and standing for all who are in an epoch.
    fn enter(
        &mut self,
        at: usize,
        device: &Device,
        room: &Room,
        time: UnixMillis,
    ) -> Result<(), Broken> {
        let Some(address) = room.address().copied() else { return Ok(()) };
        let read = self.read.entry(at).or_default();
        if !device.honest || read.epochs.contains_key(&address) {
            return Ok(());
        }
        read.epochs.insert(address, Position::START);
        let own = room.handle_of(&room.own_id()).unwrap_or_default();
        (read.here, read.name) = (Some(address), own.to_owned());
        let (number, members) = (room.epoch(), roster(room, time));
        if let Some((id, name)) = members.iter().find(|(id, _)| self.never.contains(id)) {
            return Err(format!("epoch {number}: {name} ({}) is a member", &id.hex()[..8]));
        }
        for (id, name) in &members {
            if self.authors.get(id) != Some(name) {
                self.authors.insert(*id, name.clone());
            }
        }
        let other = *self.numbers.entry(number).or_insert(address) != address;
        if other && !self.relay_lies {
            return Err(format!("epoch {number}: device {at} has another channel"));
        }
        let Some(first) = self.epochs.get(&address) else {
            let (policy, standing) = (room.policy().clone(), room.standing().clone());
            let said = BTreeMap::new();
            let epoch = Epoch { number, members, policy, standing, said, ended: None };
            self.epochs.insert(address, epoch);
            return Ok(());
        };
        let same = [
            ("number", first.number == number),
            ("members", first.members == members),
            ("policy", first.policy == *room.policy()),
            ("standing", first.standing == *room.standing()),
        ];
        match same.iter().find(|(_, same)| !same) {
            Some((what, _)) => Err(format!("epoch {number}: device {at} has another {what}")),
            None => Ok(()),
        }
    }

    /// Same words at the same place, in order, none twice, none by or to somebody who is not a member.
    fn reads(&mut self, at: usize, device: &Device, place: Place, one: Said) -> Result<(), Broken> {
        let read = self.read.entry(at).or_default();
        // Only honest devices begin an epoch here.
        let Some(epoch) = self.epochs.get_mut(&place.address) else { return Ok(()) };
        let number = epoch.number;
        let is_new = read.shown.insert(one, place.address).is_none();
        if !is_new && device.honest {
            return Err(format!("epoch {number}: device {at} shows a message twice"));
        }
        let is_in = |id: &MemberId| epoch.members.iter().any(|(member, _)| member == id);
        if !is_in(&one.0) || !is_in(&device.id()) {
            return Err(format!("epoch {number}: device {at} reads what is not for it"));
        }
        if !device.honest {
            return Ok(());
        }
        let last = read.epochs.entry(place.address).or_default();
        let is_later = std::mem::replace(last, place.position) < place.position;
        let is_same = *epoch.said.entry(place.position).or_insert(one) == one;
        if !is_later || !(is_same || self.relay_lies) {
            return Err(format!("epoch {number}: device {at} reads another order"));
        }
        self.follows(at, one)
    }

    /// What one person said is read in the order in which it was said, or the reader was told of a gap.
    fn follows(&mut self, at: usize, (author, id): Said) -> Result<(), Broken> {
        let Some((writer, number)) = self.sent.get(&id).copied() else { return Ok(()) };
        let read = self.read.entry(at).or_default();
        let last = read.last_of.entry(writer).or_default();
        let in_order = *last <= number;
        *last = number.max(*last);
        let name = self.authors.get(&author).map(String::as_str).unwrap_or_default();
        // A gap in one's own words shows as what was not sent.
        let is_told = writer == at || read.was_told_of_gap(name);
        if in_order || (self.relay_lies && is_told) {
            return Ok(());
        }
        Err(format!("device {at} reads what device {writer} said in another order"))
    }

    /// An entry that is passed over leaves all as it was.
    pub(super) fn refuses(
        &mut self,
        at: usize,
        effects: &Effects<RoomEvent>,
        before: [u8; 32],
        room: &mut Room,
    ) -> Result<(), Broken> {
        let own = room.handle_of(&room.own_id()).map(str::to_owned);
        // An own commit that came too late is thrown away: that is no one's doing but its author's.
        let passes_over = |effect: &Effect<RoomEvent>| match effect {
            Effect::Event(RoomEvent::Skipped { by, .. }) => by.is_none() || *by != own,
            _ => false,
        };
        if effects.iter().any(passes_over) {
            self.probed += 1;
            if room.state_for_testing() != before {
                return Err(format!("device {at} is changed by what it refuses"));
            }
        }
        Ok(())
    }

    /// What peers can feed has its limits, and keeps to them.
    ///
    /// # Errors
    /// The limit that is passed.
    pub fn check_memory(&mut self, at: usize, device: &Device) -> Result<(), Broken> {
        let Some(room) = &device.room else { return Ok(()) };
        let vault = ("bytes of the vault", device.vault_bytes(), self.vault_bytes_max);
        self.vault_bytes = self.vault_bytes.max(vault.1);
        for (what, held, most) in room.held_for_testing().into_iter().chain([vault]) {
            if held > most {
                return Err(format!("device {at} holds {held} of {what}, more than {most}"));
            }
            self.fullest = self.fullest.max((held * 100 / most.max(1), what));
        }
        Ok(())
    }

    /// When nothing is under way any more.
    ///
    /// # Errors
    /// Who is not where the others are, or misses something.
    pub fn settle(&self, devices: &[Device]) -> Result<(), Broken> {
        for (at, device) in devices.iter().enumerate().filter(|(_, one)| one.honest && one.is_in())
        {
            let room = device.room();
            if room.state() != RoomState::Open {
                return Err(format!("device {at} does not find back: {:?}", room.wants_rejoin()));
            }
            if room.is_changing() || !room.waiting().is_empty() {
                return Err(format!("device {at} still waits for something"));
            }
        }
        self.agree(devices)
    }

    /// Whoever does not know that they lost the room is where the others are, and nothing is lost.
    ///
    /// # Errors
    /// Who is not, or what is.
    pub fn agree(&self, devices: &[Device]) -> Result<(), Broken> {
        let Some((latest, _)) = self.numbers.last_key_value() else { return Ok(()) };
        let mut waits = BTreeSet::new();
        for (at, device) in devices.iter().enumerate().filter(|(_, one)| one.honest && one.is_in())
        {
            let room = device.room();
            waits.extend(room.waiting().into_iter().map(|(id, _)| id));
            if room.state() != RoomState::Open {
                continue;
            }
            if room.epoch() != *latest && !self.is_left_behind(at) {
                return Err(format!("device {at} stays in epoch {} of {latest}", room.epoch()));
            }
            self.missed(at)?;
        }
        let said: BTreeSet<MessageId> =
            self.epochs.values().flat_map(|epoch| epoch.said.values()).map(|(_, id)| *id).collect();
        let is_here = |at: usize| devices.get(at).is_some_and(Device::is_in);
        match self
            .sent
            .iter()
            .find(|(id, (at, _))| is_here(*at) && !said.contains(id) && !waits.contains(id))
        {
            Some((_, (at, _))) => Err(format!("a message of device {at} is lost")),
            None => Ok(()),
        }
    }

    /// Whoever was in an epoch has read all that was said in it, but for what the relay had to forget.
    fn missed(&self, at: usize) -> Result<(), Broken> {
        let Some(read) = self.read.get(&at) else { return Ok(()) };
        for address in read.epochs.keys() {
            let Some(epoch) = self.epochs.get(address) else { continue };
            let is_lost = |place: &Position, one: &Said| {
                let is_read = read.shown.contains_key(one) || read.is_excused(address, place);
                !is_read && (self.missed_end(at, address) || !self.is_void(address, place, one))
            };
            let lost = epoch.said.iter().filter(|(place, one)| is_lost(place, one)).count();
            if lost > 0 {
                let all = epoch.said.len();
                return Err(format!(
                    "epoch {}: device {at} read {} of {all}",
                    epoch.number,
                    all - lost
                ));
            }
        }
        Ok(())
    }

    /// Whether it stands behind the end of its epoch, where all who read it had missed that end.
    fn is_void(&self, address: &Address, place: &Position, one: &Said) -> bool {
        let is_behind = |epoch: &Epoch| epoch.ended.is_some_and(|end| end < *place);
        let readers = self
            .read
            .iter()
            .filter(|(_, read)| read.epochs.contains_key(address) && read.shown.contains_key(one));
        self.epochs.get(address).is_some_and(is_behind)
            && readers.map(|(at, _)| *at).all(|at| self.missed_end(at, address))
    }

    /// From here on people are told of such things anew.
    pub fn forget_warnings(&mut self) {
        let is_gap = |alarm: &Alarm| matches!(alarm, Alarm::Gap { .. });
        self.read.values_mut().for_each(|read| read.alarms.retain(is_gap));
    }

    /// When a relay has lied, and its time to be found out is over: whoever missed something was told.
    ///
    /// # Errors
    /// Who was not.
    pub fn settle_lies(&self, devices: &[Device]) -> Result<(), Broken> {
        let here = self.parts(devices);
        if here.len() > 1 && here.values().any(|warned| !warned) {
            return Err(format!("the room is {} rooms, and one of them was not told", here.len()));
        }
        self.skipped_none(devices)
    }

    /// The same of a relay whose clock has leapt: of those who read a commit and those who could not, one side was told. The
    /// other may be the room that goes on: it hears its organizers, and too few who are elsewhere.
    ///
    /// # Errors
    /// Who was not.
    pub fn settle_leaps(&self, devices: &[Device]) -> Result<(), Broken> {
        let here = self.parts(devices);
        if here.len() > 1 && !here.values().any(|warned| *warned) {
            return Err(format!("the room is {} rooms, and nobody was told", here.len()));
        }
        self.skipped_none(devices)
    }

    /// The epochs that people are in, and whether somebody there was warned.
    fn parts(&self, devices: &[Device]) -> BTreeMap<Address, bool> {
        let mut parts = BTreeMap::new();
        for (_, one, read) in self.honest(devices) {
            let warned = read.was_warned() || one.room().state() != RoomState::Open;
            *parts.entry(*one.room().address().unwrap()).or_default() |= warned;
        }
        parts
    }

    fn honest<'a>(
        &'a self,
        devices: &'a [Device],
    ) -> impl Iterator<Item = (usize, &'a Device, &'a Read)> {
        let honest = devices.iter().enumerate().filter(|(_, one)| one.honest && one.is_in());
        honest.filter_map(|(at, one)| Some((at, one, self.read.get(&at)?)))
    }

    /// Nobody misses, without being told, what somebody said before something that they read.
    ///
    /// # Errors
    /// Who does.
    pub fn skipped_none(&self, devices: &[Device]) -> Result<(), Broken> {
        self.honest(devices).try_for_each(|(at, device, read)| self.skipped(at, device, read))
    }

    /// Whoever read in an epoch what somebody said later, but not what they said earlier, was told of the gap.
    /// Of their own they see that it still waits.
    fn skipped(&self, at: usize, device: &Device, read: &Read) -> Result<(), Broken> {
        // Not by their places: what a relay repeats stands at a later one, and what it swaps at an earlier one.
        let number = |one: &Said| self.sent.get(&one.1).map(|(_, number)| *number);
        let waiting: BTreeSet<_> = device.room().waiting().into_iter().map(|(id, _)| id).collect();
        for (address, epoch) in self.epochs.iter().filter(|(at, _)| read.epochs.contains_key(*at)) {
            let mut latest = BTreeMap::new();
            for (one, _) in read.shown.iter().filter(|(_, shown)| *shown == address) {
                let last = latest.entry(one.0).or_default();
                *last = number(one).max(*last);
            }
            let is_missed = |place: &Position, one: &Said| {
                number(one).is_some()
                    && latest.get(&one.0).is_some_and(|last| number(one) < *last)
                    && !read.shown.contains_key(one)
                    && !waiting.contains(&one.1)
                    && !read.is_excused(address, place)
            };
            for (_, one) in epoch.said.iter().filter(|(place, one)| is_missed(place, one)) {
                let name = self.authors.get(&one.0).map(String::as_str).unwrap_or_default();
                if !read.was_told_of_gap(name) {
                    return Err(format!("device {at} was not told that it misses words of {name}"));
                }
            }
        }
        Ok(())
    }

    /// The number of the latest epoch.
    pub fn latest(&self) -> u64 {
        self.numbers.keys().next_back().copied().unwrap_or_default()
    }

    /// How much was said in all epochs.
    pub fn said(&self) -> usize {
        self.epochs.values().map(|epoch| epoch.said.len()).sum()
    }
}
