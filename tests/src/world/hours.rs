//! Time that passes: what a device does because it is time, its death and its next start.

use offshift_wire::UnixMillis;
use rand_core::Rng;

use super::{Broken, World};

/// How often a device is told that it has read all, and looks at its deadlines when much time passes.
const LOOK_MS: u64 = 3_600_000;

impl World {
    /// Whether a device runs and has a connection.
    pub fn is_awake(&self, at: usize) -> bool {
        self.now >= self.devices[at].away_until
    }

    /// Lets time pass, and everybody do what is due.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn pass(&mut self, ms: u64) -> Result<(), Broken> {
        let until = self.now.plus_ms(ms);
        while self.now < until {
            self.run_for(until.since_ms(self.now).min(LOOK_MS))?;
            self.tick()?;
        }
        Ok(())
    }

    /// Everybody who is awake looks at the clock.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn tick(&mut self) -> Result<(), Broken> {
        for at in 0..self.devices.len() {
            if self.is_awake(at) && self.devices[at].room.is_some() {
                self.tick_one(at)?;
                self.tell_caught_up(at)?;
            }
        }
        self.relay.expire();
        self.others.iter().for_each(super::Relay::expire);
        Ok(())
    }

    fn tick_one(&mut self, at: usize) -> Result<(), Broken> {
        let now = self.devices[at].time(self.now);
        if self.devices[at].room().deadline().is_none_or(|due| due > now) {
            return Ok(());
        }
        let effects =
            self.devices[at].with(now, |ctx, room| room.as_mut().unwrap().handle_tick(ctx));
        self.execute(at, effects)
    }

    /// The relay says that nothing more lies in the channel: when a device connects, and each hour.
    fn tell_caught_up(&mut self, at: usize) -> Result<(), Broken> {
        let Some(address) = self.devices[at].room().address().copied() else { return Ok(()) };
        let is_due = self.now >= self.devices[at].caught_up.plus_ms(LOOK_MS);
        let is_down = self.now < self.relay.down_until;
        if !is_due || is_down || self.has_more(at, &address) {
            return Ok(());
        }
        self.devices[at].caught_up = self.now;
        if let Some(after) = self.devices[at].reading.get(&address).map(|one| one.after) {
            self.note_forgotten(at, &address, (after, None));
        }
        let now = self.devices[at].time(self.now);
        let effects = self.devices[at]
            .with(now, |ctx, room| room.as_mut().unwrap().handle_caught_up(ctx, &address));
        let run = self.devices[at].run;
        self.execute(at, effects)?;
        if self.devices[at].run == run && std::mem::take(&mut self.devices[at].is_unread) {
            self.start_deposits(at);
        }
        Ok(())
    }

    /// A device dies and starts from what is on its disk.
    pub fn restart(&mut self, at: usize) {
        let (rules, seed) = (self.rules, self.dice.next_u64());
        let followed: std::collections::BTreeSet<_> =
            self.devices[at].reading.keys().copied().collect();
        for address in &followed {
            self.unfollow(at, address);
        }
        self.trace(at, || "starts from its disk".to_owned());
        self.devices[at].restart(rules, seed);
        self.oracle.restarts += 1;
        for source in self.devices[at].sources(&followed) {
            self.follow(at, &source);
        }
        self.start_deposits(at);
    }

    /// A device is out of reach for so long.
    pub fn goes_away(&mut self, at: usize, ms: u64) {
        let until = self.now.plus_ms(ms);
        self.trace(at, || {
            format!("goes for {} min, clock {}", ms / 60_000, self.devices[at].clock_ms)
        });
        self.devices[at].away_until = until;
        self.devices[at].caught_up = UnixMillis(0);
    }

    /// A device that was away is back before its time.
    pub fn comes_back(&mut self, at: usize) {
        self.devices[at].away_until = self.now;
        let addresses: Vec<_> = self.devices[at].reading.keys().copied().collect();
        for address in addresses {
            self.reads_due.remove(&(at, address));
            self.expect(at, address);
        }
        self.devices[at].waiting.all_left();
        self.devices[at].run += 1;
        self.start_deposits(at);
    }
}
