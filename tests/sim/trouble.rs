//! Trouble of all kinds, for 30 members and 500 steps: each step somebody does something, or something is done to them.
//!
//! ```text
//! image (founded once) -> 30 devices start from their disks -> 500 x { say | change | throw | die | go | come | ... }
//!   -> calm: clocks set, network whole, everybody back, hours or days pass -> Oracle: settle | agree | settle_lies
//! ```
//! What the relay of the room is like differs from seed to seed (`Temper`). Members who follow no rule are in each.

use std::collections::{BTreeMap, BTreeSet};

use offshift_protocol::room::{Motion, Room, RoomState, Suite};
use offshift_tests::world::{
    Broken, Conduct, Crash, DAY_MS, Device, Faults, Image, Lags, Oracle, SECOND_MS, World,
};
use offshift_wire::{MemberId, UnixMillis};

use crate::byzantine::{Victims, Way, throw};

pub(crate) const MEMBERS: usize = 30;
pub(crate) const STEPS: usize = 500;
/// The first of these are honest; the last is not.
pub(crate) const ORGANIZERS: usize = 6;
/// So many of the last members follow no rule.
const BYZANTINE: usize = 4;

const MINUTE_MS: u64 = 60 * SECOND_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// What the relay of the room is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Temper {
    /// It fails, dies, is full, repeats what lies there; its clock is up to an hour wrong.
    Plain,
    /// The same, over weeks in which people are away for longer than it keeps anything.
    Weeks,
    /// It lies about the time, by days.
    Time,
    /// It hides entries from some for good.
    Hides,
    /// It shows some entries in another order, some twice and some never.
    Swaps,
    /// It shows one half of the members another log than the other.
    Forks,
}

impl Temper {
    fn of(seed: u64) -> Self {
        match seed % 20 {
            0..=12 => Self::Plain,
            13 | 14 => Self::Weeks,
            15 => Self::Time,
            16 | 17 => Self::Hides,
            18 => Self::Swaps,
            _ => Self::Forks,
        }
    }

    const fn lies(self) -> bool {
        matches!(self, Self::Hides | Self::Swaps | Self::Forks)
    }
}

/// Each tenth room is of the large suite.
pub(crate) const fn suite_of(seed: u64) -> Suite {
    if seed % 10 == 9 { Suite::XWing } else { Suite::Classical }
}

/// A world in trouble.
pub(crate) struct Trouble {
    pub(crate) world: World,
    pub(crate) temper: Temper,
    /// How often what was done.
    pub(crate) done: BTreeMap<&'static str, usize>,
    /// Members who were put out, and were not told.
    spies: Vec<usize>,
    /// Those who can't come back.
    gone: BTreeSet<usize>,
    severed: usize,
    newcomers: usize,
}

/// One seed.
///
/// # Errors
/// One line: the step, and the first invariant that is broken.
pub(crate) fn live(image: &Image, seed: u64) -> Result<Trouble, String> {
    let world = image.begin(seed)?;
    let mut trouble = Trouble {
        world,
        temper: Temper::of(seed),
        done: BTreeMap::new(),
        spies: Vec::new(),
        gone: BTreeSet::new(),
        severed: 0,
        newcomers: 0,
    };
    let temper = trouble.temper;
    trouble.begin();
    for step in 0..STEPS {
        trouble.step(step).map_err(|broken| format!("{temper:?}, step {step}: {broken}"))?;
    }
    trouble.calm().map_err(|broken| format!("{temper:?}, at the end: {broken}"))?;
    Ok(trouble)
}

impl Trouble {
    fn begin(&mut self) {
        let world = &mut self.world;
        world.probes = true;
        let traced = std::env::var("OFFSHIFT_SIM_TRACE").unwrap_or_default();
        world.traced = traced.split(',').filter_map(|at| at.parse().ok()).collect();
        world.lags = Lags { up_ms: 3000, down_ms: 2000 };
        world.oracle.relay_lies = self.temper.lies();
        world.oracle.relay_leaps = self.temper == Temper::Time;
        for at in MEMBERS - BYZANTINE..MEMBERS {
            world.devices[at].honest = false;
        }
        world.devices[ORGANIZERS - 1].honest = false;
    }

    fn step(&mut self, step: usize) -> Result<(), Broken> {
        let what = match self.world.roll(100) {
            0..=8 => self.says(step),
            9..=11 => self.changes(),
            12..=15 => self.throws(),
            16..=23 => self.dies(),
            24..=30 => self.goes(),
            31..=39 => self.comes(),
            40..=44 => self.sets_clock(),
            45..=51 => self.relay_acts(),
            52..=56 => self.network_changes(),
            57..=60 => self.time_passes()?,
            _ => self.reads()?,
        };
        *self.done.entry(what).or_default() += 1;
        let pause = self.world.roll(2000);
        self.world.run_for(u64::try_from(pause).unwrap())?;
        if step.is_multiple_of(50) {
            self.check_memory()?;
        }
        Ok(())
    }

    fn check_memory(&mut self) -> Result<(), Broken> {
        let World { oracle, devices, .. } = &mut self.world;
        devices.iter().enumerate().try_for_each(|(at, one)| oracle.check_memory(at, one))
    }

    fn any(&mut self) -> usize {
        self.world.roll(self.world.devices.len())
    }

    /// Somebody honest who is in and awake.
    fn member(&mut self, among: usize) -> Option<usize> {
        let at = self.world.roll(among);
        let device = self.world.devices.get(at)?;
        (device.honest && device.is_in() && self.world.is_awake(at)).then_some(at)
    }

    fn says(&mut self, step: usize) -> &'static str {
        let all = self.world.devices.len();
        match self.member(all).and_then(|at| self.world.send(at, &format!("word {step}"))) {
            Some(_) => "said",
            None => "not said",
        }
    }

    fn throws(&mut self) -> &'static str {
        let victims = Victims { one: ORGANIZERS, other: ORGANIZERS + 1, ghost: MEMBERS };
        let way = Way::ALL[self.world.roll(Way::ALL.len())];
        let member = MEMBERS - 1 - self.world.roll(BYZANTINE);
        let by = if way.needs_organizer() { ORGANIZERS - 1 } else { member };
        match way {
            Way::Replay => self.replays(),
            Way::Garbage if self.world.roll(3) == 0 => self.strands(by),
            _ => {
                throw(&mut self.world, by, way, &victims);
                "thrown"
            }
        }
    }

    /// Something that lies in the channel is deposited again.
    fn replays(&mut self) -> &'static str {
        let at = self.any();
        let Some(address) = self.world.devices[at].room.as_ref().and_then(Room::address).copied()
        else {
            return "nothing";
        };
        let mut log = self.world.relay.log(&address);
        if log.is_empty() {
            return "nothing";
        }
        let again = log.swap_remove(self.world.roll(log.len()));
        self.world.throw(address, vec![again]);
        "replayed"
    }

    /// A member's commit that opens for everybody but one.
    fn strands(&mut self, by: usize) -> &'static str {
        let victim = ORGANIZERS + self.world.roll(MEMBERS - BYZANTINE - ORGANIZERS);
        if !self.world.devices[by].is_in()
            || !self.world.devices[victim].is_in()
            || self.gone.contains(&by)
        {
            return "nothing";
        }
        let (now, id) = (self.world.now, self.world.devices[victim].id());
        let Some(address) = self.world.devices[by].room().address().copied() else {
            return "nothing";
        };
        let roster = self.world.devices[by].room().members(now);
        if !roster.iter().any(|member| member.id == id) {
            return "nothing";
        }
        let made = self
            .world
            .made(by, |ctx, room| room.dangerous_unreadable_commit_for_testing(ctx, id, now));
        self.world.throw(address, made);
        // Its author can't follow it: from here on that device is in a room of its own.
        self.gone.insert(by);
        self.world.goes_away(by, 1000 * DAY_MS);
        "stranded"
    }

    fn dies(&mut self) -> &'static str {
        let at = self.any();
        match self.world.roll(3) {
            0 => self.world.devices[at].crash = Some(Crash::BeforeWriting),
            1 => self.world.devices[at].crash = Some(Crash::AfterWriting),
            _ => self.world.restart(at),
        }
        "died"
    }

    fn goes(&mut self) -> &'static str {
        let at = self.any();
        let longest = match (self.temper, self.world.roll(4)) {
            (Temper::Weeks, 0) => 20 * DAY_MS,
            (Temper::Weeks, _) => 2 * DAY_MS,
            (_, 0) => 8 * HOUR_MS,
            _ => 10 * MINUTE_MS,
        };
        // Two of the organizers are always there for those who come back.
        if at < 2 || self.gone.contains(&at) {
            return "nothing";
        }
        let ms = self.up_to(longest);
        self.world.goes_away(at, ms);
        "went"
    }

    fn up_to(&mut self, most: u64) -> u64 {
        let part = self.world.roll(1000) + 1;
        most / 1000 * u64::try_from(part).unwrap()
    }

    fn comes(&mut self) -> &'static str {
        let away = |at: &usize| !self.world.is_awake(*at) && !self.gone.contains(at);
        let away: Vec<usize> = (0..self.world.devices.len()).filter(away).collect();
        if away.is_empty() {
            return "nothing";
        }
        let at = away[self.world.roll(away.len())];
        self.world.comes_back(at);
        "came"
    }

    fn sets_clock(&mut self) -> &'static str {
        let at = self.any();
        let most = if self.world.roll(4) == 0 { 2 * DAY_MS } else { 90 * MINUTE_MS };
        let ms = self.up_to(most);
        let ms = i64::try_from(ms).unwrap();
        self.world.devices[at].clock_ms = match self.world.roll(3) {
            0 => ms,
            1 => -ms,
            _ => 0,
        };
        "clock set"
    }

    fn network_changes(&mut self) -> &'static str {
        let [lost, unreceipted, too_late] = [30, 20, 50].map(|most| self.world.roll(most));
        self.world.faults = Faults { lost, unreceipted, too_late };
        let [up, down] = [8000, 8000].map(|most| self.world.roll(most));
        let [up_ms, down_ms] = [up, down].map(|ms| u64::try_from(ms).unwrap());
        self.world.lags = Lags { up_ms, down_ms };
        "network"
    }

    fn time_passes(&mut self) -> Result<&'static str, Broken> {
        let longest = match self.temper {
            Temper::Weeks => DAY_MS,
            _ => HOUR_MS,
        };
        let ms = self.up_to(longest);
        self.world.pass(ms)?;
        Ok("time")
    }

    fn reads(&mut self) -> Result<&'static str, Broken> {
        let at = self.any();
        if !self.world.is_awake(at) {
            return Ok("nothing");
        }
        self.world.read_all(at)?;
        if self.world.roll(8) == 0 {
            self.world.tick()?;
        }
        Ok("read")
    }

    fn relay_acts(&mut self) -> &'static str {
        let ms = self.up_to(10 * MINUTE_MS);
        let until = self.world.now.plus_ms(ms);
        match (self.world.roll(6), self.temper) {
            (0, _) => self.world.relay.down_until = until,
            (1, _) => {
                let other = self.world.roll(self.world.others.len());
                self.world.others[other].down_until = until;
            }
            (2, _) => self.world.relay.is_full = !self.world.relay.is_full,
            (3, Temper::Plain | Temper::Weeks) => {
                let ms = i64::try_from(self.up_to(30 * MINUTE_MS)).unwrap();
                let ms = if self.world.roll(2) == 0 { ms } else { -ms };
                self.world.relay.set_clock(ms);
            }
            (3, Temper::Time) => {
                let ms = self.up_to(12 * DAY_MS);
                self.world.relay.leap(ms);
            }
            (4 | 5, temper) if temper.lies() => self.lies(),
            (_, _) => return self.replays(),
        }
        "relay"
    }

    fn lies(&mut self) {
        let mut some = BTreeSet::new();
        for at in 0..MEMBERS {
            if self.world.roll(3) == 0 {
                some.insert(at);
            }
        }
        let each = u64::try_from(self.world.roll(6) + 1).unwrap();
        let conduct = match (self.temper, self.world.roll(3)) {
            (_, 0) => Conduct::Honest,
            (Temper::Hides, _) => Conduct::HidesEach(each, some),
            (Temper::Swaps, _) => Conduct::SwapsEach(each, some),
            _ => Conduct::Forks((0..MEMBERS).filter(|at| at % 2 == 0).collect()),
        };
        self.world.relay.behave(conduct);
    }

    fn changes(&mut self) -> &'static str {
        match self.world.roll(10) {
            0..=2 => self.asks_for_keys(),
            3 | 4 => self.moves(),
            5 => self.vouches(),
            6 | 7 => self.admits(),
            8 => self.severs(),
            _ => self.recalls(),
        }
    }

    fn asks_for_keys(&mut self) -> &'static str {
        let Some(at) = self.member(MEMBERS) else { return "nothing" };
        let _ = self.world.act(at, |ctx, room| room.handle_keys_for_testing(ctx));
        "keys"
    }

    fn moves(&mut self) -> &'static str {
        let Some(at) = self.member(ORGANIZERS) else { return "nothing" };
        let now = self.world.now;
        let room = self.world.devices[at].room();
        if let Some(raised) = room.motions(now).first().map(|motion| motion.id) {
            let _ = self.world.act(at, |ctx, room| room.handle_approve(ctx, raised).map(|m| m.1));
            return "approved";
        }
        let motion = if self.world.roll(2) == 0 {
            let mut terms = self.world.devices[at].room().policy().terms;
            terms.probation_ms += 1;
            Motion::Terms(terms)
        } else {
            let named = ORGANIZERS + self.world.roll(MEMBERS - BYZANTINE - ORGANIZERS);
            Motion::NameOrganizer(self.key(named))
        };
        let _ = self.world.act(at, |ctx, room| room.handle_propose(ctx, motion).map(|m| m.1));
        "proposed"
    }

    fn key(&self, at: usize) -> MemberId {
        self.world.devices[at].id()
    }

    fn vouches(&mut self) -> &'static str {
        let (Some(one), Some(other)) = (self.member(MEMBERS), self.member(MEMBERS)) else {
            return "nothing";
        };
        let is_well = |at: usize| {
            let device = &self.world.devices[at];
            device.crash.is_none() && device.clock_ms == 0
        };
        if self.newcomers >= 2 || one == other || !is_well(one) || !is_well(other) {
            return "nothing";
        }
        let newcomer = self.world.device(&format!("newcomer {}", self.newcomers));
        self.newcomers += 1;
        let _ = self.world.vouched(newcomer, &[one, other]);
        "vouched"
    }

    fn admits(&mut self) -> &'static str {
        let Some(at) = self.member(ORGANIZERS) else { return "nothing" };
        let now = self.world.now;
        let applicants = self.world.devices[at].room().applicants(now);
        let Some(ready) = applicants.into_iter().find(|one| one.ready.is_ok()) else {
            return "nothing";
        };
        let _ = self.world.act(at, |ctx, room| room.handle_admit(ctx, ready.id));
        "admitted"
    }

    /// Puts out somebody honest, or somebody who is not and does not hear of it.
    fn severs(&mut self) -> &'static str {
        let Some(at) = self.member(ORGANIZERS) else { return "nothing" };
        let whom = match self.world.roll(2) {
            0 => MEMBERS - 1 - self.world.roll(BYZANTINE),
            // Not the victims of what is thrown, nor those who are there for the others.
            _ => ORGANIZERS + 4 + self.world.roll(4),
        };
        if self.severed >= 2 || !self.world.devices[whom].is_in() {
            return "nothing";
        }
        let id = self.key(whom);
        let severed = self.world.act(at, |ctx, room| room.handle_sever(ctx, &[id]).map(|m| m.1));
        if severed.is_ok() {
            self.severed += 1;
            if !self.world.devices[whom].honest {
                self.world.relay.blind.insert(whom);
                self.spies.push(whom);
            }
        }
        "severed"
    }

    fn recalls(&mut self) -> &'static str {
        let Some(at) = self.member(MEMBERS) else { return "nothing" };
        let whom = self.key(MEMBERS - 1);
        let _ = self.world.act(at, |ctx, room| room.handle_recall(ctx, whom).map(|m| m.1));
        "recalled"
    }

    /// Clocks are right, the network is whole, everybody is back: what must hold then, holds.
    fn calm(&mut self) -> Result<(), Broken> {
        let world = &mut self.world;
        (world.faults, world.lags) = (Faults::default(), Lags { up_ms: 400, down_ms: 400 });
        world.relay.behave(Conduct::Honest);
        world.relay.is_full = false;
        (0..world.others.len()).for_each(|at| world.others[at].down_until = UnixMillis(0));
        world.relay.down_until = UnixMillis(0);
        for at in 0..world.devices.len() {
            (world.devices[at].clock_ms, world.devices[at].crash) = (0, None);
            if !self.gone.contains(&at) {
                world.comes_back(at);
            }
        }
        self.check_memory()?;
        match self.temper {
            Temper::Plain | Temper::Weeks => self.settles()?,
            Temper::Time => {
                self.world.pass(2 * HOUR_MS)?;
                self.quiet()?;
                self.world.oracle.agree(&self.world.devices)?;
                self.is_told()?;
            }
            _ => {
                self.world.pass(3 * DAY_MS)?;
                self.quiet()?;
                self.world.oracle.skipped_none(&self.world.devices)?;
                // A few who are alone learn it by chance, or two days after the last organizer who was with them.
                self.until_told(7 * DAY_MS, Oracle::settle_lies)?;
            }
        }
        self.check_memory()?;
        self.spy()
    }

    /// Where the relay forgot a commit before all had read it, somebody hears of it: within days, not hours.
    fn is_told(&mut self) -> Result<(), Broken> {
        let devices = &self.world.devices;
        let left = |at: usize| {
            devices[at].honest && devices[at].is_in() && self.world.oracle.is_left_behind(at)
        };
        if (0..devices.len()).any(left) {
            self.world.oracle.forget_warnings();
        }
        // Each hour everybody tries in vain to bring fresh keys.
        self.until_told(3 * DAY_MS, Oracle::settle_leaps)
    }

    /// Lets time pass, so much at most, until people were told.
    fn until_told(
        &mut self,
        ms: u64,
        told: impl Fn(&Oracle, &[Device]) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let until = self.world.now.plus_ms(ms);
        loop {
            let is_told = told(&self.world.oracle, &self.world.devices);
            if is_told.is_ok() || self.world.now >= until {
                return is_told;
            }
            self.world.pass(3 * HOUR_MS)?;
        }
    }

    /// What is under way arrives, and everybody hears that this was all.
    fn quiet(&mut self) -> Result<(), Broken> {
        for _ in 0..2 {
            self.world.run_for(5 * MINUTE_MS)?;
            self.world.tick()?;
        }
        self.world.run_for(5 * MINUTE_MS)
    }

    fn settles(&mut self) -> Result<(), Broken> {
        let mut settled = Err(String::new());
        for round in 0..40 {
            self.quiet()?;
            settled = self.world.oracle.settle(&self.world.devices);
            if settled.is_ok() {
                break;
            }
            self.world.pass(if round < 8 { HOUR_MS } else { 3 * HOUR_MS })?;
        }
        settled
    }

    /// Whoever was put out and was not told reads nothing that is said now.
    fn spy(&mut self) -> Result<(), Broken> {
        let Some(at) = (0..ORGANIZERS).find(|at| {
            let device = &self.world.devices[*at];
            device.honest && device.is_in() && device.room().state() == RoomState::Open
        }) else {
            return Ok(());
        };
        let before = self.world.oracle.said();
        if self.temper.lies() || self.world.send(at, "the meeting is at six").is_none() {
            return Ok(());
        }
        self.quiet()?;
        if self.world.oracle.said() <= before && self.temper != Temper::Time {
            return Err("nobody reads the last word".to_owned());
        }
        let address = *self.world.devices[at].room().address().unwrap();
        let log = self.world.relay.log(&address);
        let members = self.world.devices[at].room().members(self.world.now);
        for spy in self.spies.clone() {
            let id = self.key(spy);
            let is_out = !members.iter().any(|member| member.id == id);
            if is_out && self.world.reads_anyway(spy, &log) > 0 {
                return Err(format!("device {spy} was put out, and reads on"));
            }
        }
        Ok(())
    }
}
