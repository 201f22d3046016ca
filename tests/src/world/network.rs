//! What lies between devices and relays: deposits one after another in each mailbox, receipts that may be lost, reading in
//! the order of positions.
//!
//! ```text
//! outbox -> first of each mailbox -> Arrives -> relay -> Receipted -> out of the outbox, the next
//!                \-> lost, refused, receipt lost -> Retries: the very same bytes again
//! ```
//! As the client's lines do it (OS-CLI-002). Datagrams, their loss and their order are quinn's concern: what is left of
//! them above a stream is that a connection breaks, and that mailboxes go side by side.

use offshift_access::Kind;
use offshift_protocol::{OutboxId, Source};
use offshift_wire::{Address, Envelope, Life, Position};

use super::{Broken, Due, SECOND_MS, World, oracle::Place};

/// How often the network fails, in a hundred.
#[derive(Clone, Copy, Default)]
pub struct Faults {
    /// A deposit does not reach the relay.
    pub lost: usize,
    /// It does, but its receipt does not come back.
    pub unreceipted: usize,
    /// What was taken back, or belongs to a device that died, is on its way already.
    pub too_late: usize,
}

/// A deposit on its way.
pub(super) struct Flight {
    at: usize,
    run: u32,
    id: OutboxId,
    relay: usize,
    to: Address,
    life: Life,
    envelope: Envelope,
}

impl World {
    pub(super) fn chance(&mut self, in_a_hundred: usize) -> bool {
        self.roll(100) < in_a_hundred
    }

    /// Sends the first deposit of each mailbox for which none is on its way.
    pub(super) fn start_deposits(&mut self, at: usize) {
        let device = &self.devices[at];
        let mut flights = Vec::new();
        for id in device.waiting.ready() {
            let (to, one) = device.waiting.find(id).unwrap();
            let is_held = device.is_unread && one.to.descriptor().kind() == Kind::Channel;
            if !is_held {
                let (relay, life, envelope) =
                    (self.number_of(&one.relay), one.life, one.envelope.clone());
                flights.push(Flight { at, run: device.run, id, relay, to: *to, life, envelope });
            }
        }
        for flight in flights {
            self.devices[at].waiting.leaves(flight.to);
            let from = self.now.max(self.devices[at].away_until);
            let when = from.plus_ms(self.lag(self.lags.up_ms));
            self.plan(when, Due::Arrives(flight));
        }
    }

    pub(super) fn arrives(&mut self, flight: Flight) {
        let device = &self.devices[flight.at];
        let is_alive = device.run == flight.run;
        let is_away = is_alive && self.now < device.away_until;
        let is_wanted = is_alive && device.waiting.find(flight.id).is_some();
        let Flight { at, run, id, relay, to, .. } = flight;
        let leaves = is_wanted || self.chance(self.faults.too_late);
        let is_down = self.is_down(relay);
        if is_away || is_down || !leaves || self.chance(self.faults.lost) {
            return self.retry(at, run, to, is_wanted);
        }
        let taken = self.relay_at(relay).take(Some(at), (to, flight.life), flight.envelope);
        self.trace(at, || {
            let place = taken.as_ref().map(|place| place.value());
            format!("deposits {} into {}: {place:?}", id.key(), &to.hex()[..6])
        });
        if taken.is_err() {
            return self.retry(at, run, to, true);
        }
        self.tell_followers(relay, to);
        if self.chance(self.faults.unreceipted) {
            return self.retry(at, run, to, true);
        }
        let when = self.now.plus_ms(self.lag(self.lags.down_ms));
        self.plan(when, Due::Receipted { at, run, id, to });
    }

    fn retry(&mut self, at: usize, run: u32, to: Address, later: bool) {
        let wait = if later { 5 * SECOND_MS + self.lag(25 * SECOND_MS) } else { 0 };
        self.plan(self.now.plus_ms(wait), Due::Retries { at, run, to });
    }

    pub(super) fn retries(&mut self, at: usize, run: u32, to: &Address) {
        if self.devices[at].run == run {
            self.devices[at].waiting.left(to);
            self.start_deposits(at);
        }
    }

    pub(super) fn receipted(&mut self, at: usize, run: u32, id: OutboxId, to: &Address) {
        if self.devices[at].run == run {
            self.devices[at].receipted(id);
            self.retries(at, run, to);
        }
    }

    /// An envelope that no outbox knows reaches the relay of the room.
    pub(super) fn lands(&mut self, to: Address, envelope: Envelope) {
        self.thrown.insert(head(&envelope));
        if self.now >= self.relay.down_until
            && self.relay.take(None, (to, Life::D7), envelope).is_ok()
        {
            self.tell_followers(0, to);
        }
    }

    fn tell_followers(&mut self, relay: usize, to: Address) {
        for follower in self.relay_at(relay).followers(&to) {
            self.expect(follower, to);
        }
    }

    fn is_down(&mut self, relay: usize) -> bool {
        let until = self.relay_at(relay).down_until;
        self.now < until
    }

    /// A device reads now all that it is shown.
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn read_all(&mut self, at: usize) -> Result<(), Broken> {
        let addresses: Vec<Address> = self.devices[at].reading.keys().copied().collect();
        for address in addresses {
            while self.is_awake(at) && self.is_readable(at, &address) {
                self.reads(at, address)?;
            }
        }
        Ok(())
    }

    fn is_readable(&mut self, at: usize, address: &Address) -> bool {
        let relay = self.devices[at].reading.get(address).map(|one| one.relay);
        relay.is_some_and(|relay| !self.is_down(relay)) && self.has_more(at, address)
    }

    pub(super) fn follow(&mut self, at: usize, source: &Source) {
        let (address, relay) = (source.access.address(), self.number_of(&source.relay));
        self.relay_at(relay).follow(address, at);
        let following = super::device::Following { relay, after: source.after };
        self.devices[at].reading.entry(address).or_insert(following);
        self.expect(at, address);
    }

    pub(super) fn unfollow(&mut self, at: usize, address: &Address) {
        if let Some(one) = self.devices[at].reading.remove(address) {
            self.relay_at(one.relay).unfollow(address, at);
        }
    }

    /// Plans the next reading of a mailbox, if there is something to read.
    pub(super) fn expect(&mut self, at: usize, address: Address) {
        if self.reads_due.contains(&(at, address)) || !self.has_more(at, &address) {
            return;
        }
        let Some(one) = self.devices[at].reading.get(&address) else { return };
        let down_until = self.relay_at(one.relay).down_until;
        let from = self.now.max(self.devices[at].away_until).max(down_until);
        let when = from.plus_ms(self.lag(self.lags.down_ms));
        self.reads_due.insert((at, address));
        self.plan(when, Due::Reads(at, address));
    }

    /// Whether the relay shows this device more of a mailbox that it reads.
    pub(super) fn has_more(&mut self, at: usize, address: &Address) -> bool {
        let Some(one) = self.devices[at].reading.get(address) else { return false };
        let (relay, after) = (one.relay, one.after);
        self.relay_at(relay).next(address, after, at).is_some()
    }

    pub(super) fn reads(&mut self, at: usize, address: Address) -> Result<(), Broken> {
        self.reads_due.remove(&(at, address));
        let Some(one) = self.devices[at].reading.get(&address) else { return Ok(()) };
        let (relay, after) = (one.relay, one.after);
        if self.is_down(relay) || self.now < self.devices[at].away_until {
            self.expect(at, address);
            return Ok(());
        }
        let Some((position, envelope)) = self.relay_at(relay).next(&address, after, at) else {
            return Ok(());
        };
        if let Some(one) = self.devices[at].reading.get_mut(&address) {
            one.after = position;
        }
        self.note_forgotten(at, &address, (after, Some(position)));
        let place = Place { address, position };
        if self.devices[at].room.as_ref().is_some_and(|room| room.address() == Some(&address)) {
            self.read_channel(at, place, &envelope)?;
        } else {
            self.read_inbox(at, place, &envelope)?;
        }
        self.expect(at, address);
        Ok(())
    }

    /// What a device can't read any more it need not have read.
    pub(super) fn note_forgotten(
        &mut self,
        at: usize,
        address: &Address,
        between: (Position, Option<Position>),
    ) {
        if self.relay.blind.contains(&at) {
            return;
        }
        for position in self.relay.forgotten(address, between, at) {
            self.oracle.excuse(at, Place { address: *address, position });
        }
    }

    fn read_channel(&mut self, at: usize, place: Place, envelope: &Envelope) -> Result<(), Broken> {
        let Place { address, position } = place;
        self.trace(at, || format!("comes to {} of {}", position.value(), &address.hex()[..6]));
        let is_watched = self.probes
            && self.devices[at].honest
            && self.thrown.contains(&head(envelope))
            && self.roll(4) == 0;
        let mut before = is_watched.then(|| self.devices[at].room_mut().state_for_testing());
        if let Some(before) = before.as_mut().filter(|_| self.is_blurred) {
            before[0] ^= 1;
        }
        let now = self.devices[at].time(self.now);
        let effects = self.devices[at].with(now, |ctx, room| {
            let room = room.as_mut().unwrap();
            room.handle_entry(ctx, &place.address, place.position, envelope)
        });
        if let Some(before) = before {
            self.oracle.refuses(at, &effects, before, self.devices[at].room_mut())?;
        }
        self.execute_at(at, Some(place), effects, Vec::new())
    }
}

/// By what an envelope is known again.
fn head(envelope: &Envelope) -> [u8; 32] {
    *envelope.bytes().first_chunk().unwrap()
}
