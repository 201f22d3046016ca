//! The tickets of a relay: who may ask for a batch today.
//!
//! ```text
//! Redeem -> ticket there, its time not over, not revoked -> proof -> seat -> allowance of the day -> Use to keep
//! ```
//! Nothing here changes but by [`Tickets::keep`] and [`Tickets::seat`], after the store has it (OS-TOK-023).

use std::collections::BTreeMap;

use offshift_access::{Binding, Seat, Ticket};
use offshift_wire::{
    UnixMillis,
    code::Refusal,
    token::{Redeem, TicketId},
};

use crate::limits::{SEATS_MAX, TICKET_SHOWN_FOR, TICKETS_MAX};

const DAY_MS: u64 = 24 * 3_600_000;

/// What a ticket is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How many may use it: itself, and the shares made of it.
    pub seats: u16,
    /// Batches of tokens for each of them in a day (UTC).
    pub daily_batches: u16,
    /// Until when.
    pub expires: UnixMillis,
}

/// A ticket as its host sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketState {
    /// Its name.
    pub id: TicketId,
    /// What it is good for.
    pub terms: Terms,
    /// The day on which it was made, from 1970.
    pub created: u32,
    /// Seats that were ever used.
    pub seats_used: u16,
    /// Whether it is good for nothing any more.
    pub revoked: bool,
}

/// A ticket as the relay keeps it.
pub(super) struct Held {
    pub(super) ticket: Ticket,
    pub(super) terms: Terms,
    pub(super) created: u32,
    pub(super) revoked: bool,
    pub(super) seats: BTreeMap<Seat, Use>,
}

/// What a seat has used on the last day on which it used any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) day: u32,
    pub(super) batches: u16,
}

#[derive(Default)]
pub(super) struct Tickets(BTreeMap<TicketId, Held>);

/// The day that it is, from 1970.
pub(super) fn day(now: UnixMillis) -> u32 {
    u32::try_from(now.0 / DAY_MS).unwrap_or(u32::MAX)
}

impl Tickets {
    /// The seat that asks, and its use with this batch. Refusals in the order of their cost: who has no ticket costs a
    /// look-up.
    pub(super) fn admit(
        &self,
        redeem: &Redeem,
        binding: &Binding,
        now: UnixMillis,
    ) -> Result<(Seat, Use), Refusal> {
        let held = self.0.get(&redeem.ticket).ok_or(Refusal::BadTicket)?;
        // OS-TOK-020, OS-TOK-024.
        if held.revoked || held.terms.expires <= now {
            return Err(Refusal::BadTicket);
        }
        let seat = held.ticket.verify(redeem, binding).map_err(|_| Refusal::BadTicket)?;
        held.next_use(seat, day(now)).map(|used| (seat, used))
    }

    /// Whether there is room for a ticket with so many seats.
    pub(super) fn has_room(&self, seats: u16) -> bool {
        let taken: usize = self.0.values().map(|held| usize::from(held.terms.seats)).sum();
        self.0.len() < TICKETS_MAX && taken.saturating_add(seats.into()) <= SEATS_MAX
    }

    pub(super) fn keep(&mut self, held: Held) {
        self.0.insert(held.ticket.id(), held);
    }

    pub(super) fn seat(&mut self, id: TicketId, seat: Seat, used: Use) {
        if let Some(held) = self.0.get_mut(&id) {
            held.seats.insert(seat, used);
        }
    }

    pub(super) fn ticket(&mut self, id: TicketId) -> Option<&mut Held> {
        self.0.get_mut(&id)
    }

    pub(super) fn forget(&mut self, id: TicketId) {
        self.0.remove(&id);
    }

    /// Oldest first.
    pub(super) fn states(&self) -> Vec<TicketState> {
        let mut states: Vec<_> = self.0.values().map(Held::state).collect();
        states.sort_by_key(|state| state.created);
        states
    }

    /// Those that have been over for so long that nobody asks for them any more. They are good for nothing from now on.
    pub(super) fn end_over(&mut self, now: UnixMillis) -> Vec<TicketId> {
        let shown = u64::try_from(TICKET_SHOWN_FOR.as_millis()).unwrap_or(u64::MAX);
        let is_over = |held: &&mut Held| held.terms.expires.plus_ms(shown) <= now;
        let end = |held: &mut Held| {
            held.revoked = true;
            held.ticket.id()
        };
        self.0.values_mut().filter(is_over).map(end).collect()
    }
}

impl Held {
    pub(super) fn state(&self) -> TicketState {
        TicketState {
            id: self.ticket.id(),
            terms: self.terms,
            created: self.created,
            seats_used: u16::try_from(self.seats.len()).unwrap_or(u16::MAX),
            revoked: self.revoked,
        }
    }

    /// One batch more on `today`, if seats and allowance are not used up (OS-TOK-020, OS-TOK-023). Another day, earlier or
    /// later, starts anew: a clock that went wrong and came back locks nobody out.
    fn next_use(&self, seat: Seat, today: u32) -> Result<Use, Refusal> {
        let used = self.seats.get(&seat);
        if used.is_none() && self.seats.len() >= usize::from(self.terms.seats) {
            return Err(Refusal::AllowanceUsed);
        }
        let so_far = used.filter(|used| used.day == today).map_or(0, |used| used.batches);
        if so_far >= self.terms.daily_batches {
            return Err(Refusal::AllowanceUsed);
        }
        Ok(Use { day: today, batches: so_far.saturating_add(1) })
    }
}

#[cfg(test)]
mod tests {
    use offshift_wire::{RelayId, limits::TOKEN_BATCH, token::Batch};
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    const BATCH: Batch = [[3; 32]; TOKEN_BATCH];
    const NOW: UnixMillis = UnixMillis(20_000 * DAY_MS);
    const TERMS: Terms = Terms { seats: 2, daily_batches: 2, expires: UnixMillis(20_010 * DAY_MS) };

    fn rng() -> ChaCha20Rng {
        ChaCha20Rng::seed_from_u64(4)
    }

    fn here() -> Binding {
        Binding::new(RelayId::from_bytes([1; 32]), [2; 32])
    }

    /// A ticket and the tickets of a relay that has made it.
    fn made() -> (Ticket, Tickets) {
        let (ticket, kept) = (Ticket::generate(&mut rng()), Ticket::generate(&mut rng()));
        let mut tickets = Tickets::default();
        let seats = BTreeMap::new();
        tickets.keep(Held { ticket: kept, terms: TERMS, created: 1, revoked: false, seats });
        (ticket, tickets)
    }

    fn ask(tickets: &mut Tickets, ticket: &Ticket, now: UnixMillis) -> Result<u16, Refusal> {
        let admitted = tickets.admit(&ticket.redeem(&BATCH, &here()), &here(), now);
        admitted.map(|(seat, used)| {
            tickets.seat(ticket.id(), seat, used);
            used.batches
        })
    }

    #[test]
    fn os_tok_023_a_seat_has_its_allowance_each_day_and_no_more() {
        let (ticket, mut tickets) = made();
        assert_eq!(ask(&mut tickets, &ticket, NOW), Ok(1));
        assert_eq!(ask(&mut tickets, &ticket, NOW.plus_ms(DAY_MS - 1)), Ok(2));
        assert_eq!(ask(&mut tickets, &ticket, NOW), Err(Refusal::AllowanceUsed));
        assert_eq!(ask(&mut tickets, &ticket, NOW.plus_ms(DAY_MS)), Ok(1), "the next day");
        let share = ticket.share(&mut rng(), false).unwrap();
        assert_eq!(ask(&mut tickets, &share, NOW.plus_ms(DAY_MS)), Ok(1), "its own allowance");
    }

    #[test]
    fn os_tok_020_no_more_than_its_seats_use_a_ticket() {
        let (ticket, mut tickets) = made();
        let mut rng = rng();
        let mut share = || ticket.share(&mut rng, true).unwrap();
        let (one, two, three) = (share(), share(), share());
        assert_eq!(ask(&mut tickets, &one, NOW), Ok(1));
        assert_eq!(ask(&mut tickets, &two, NOW), Ok(1));
        assert_eq!(ask(&mut tickets, &three, NOW), Err(Refusal::AllowanceUsed));
        assert_eq!(ask(&mut tickets, &one, NOW), Ok(2), "the twin: who has a seat keeps it");
        assert_eq!(tickets.states()[0].seats_used, 2);
    }

    #[test]
    fn os_tok_024_over_revoked_and_unknown_tickets_are_refused_alike() {
        let (ticket, mut tickets) = made();
        let before = UnixMillis(TERMS.expires.0 - 1);
        assert_eq!(ask(&mut tickets, &ticket, before), Ok(1), "the twin");
        assert_eq!(ask(&mut tickets, &ticket, TERMS.expires), Err(Refusal::BadTicket));
        let unknown = Ticket::generate(&mut ChaCha20Rng::seed_from_u64(5));
        assert_eq!(ask(&mut tickets, &unknown, NOW), Err(Refusal::BadTicket));
        tickets.ticket(ticket.id()).unwrap().revoked = true;
        assert_eq!(ask(&mut tickets, &ticket, NOW), Err(Refusal::BadTicket));
        let share = ticket.share(&mut rng(), true).unwrap();
        assert_eq!(ask(&mut tickets, &share, NOW), Err(Refusal::BadTicket), "and its shares");
    }

    #[test]
    fn tickets_and_seats_are_bounded_and_a_ticket_long_over_makes_room() {
        let (_, mut tickets) = made();
        assert!(tickets.has_room(u16::MAX - 2));
        let ticket = Ticket::generate(&mut ChaCha20Rng::seed_from_u64(6));
        let terms = Terms { seats: u16::MAX - 2, ..TERMS };
        let seats = BTreeMap::new();
        tickets.keep(Held { ticket, terms, created: 0, revoked: false, seats });
        assert!(tickets.has_room(1) && !tickets.has_room(2));
        assert_eq!(tickets.states()[0].created, 0, "oldest first");
        let shown = u64::try_from(TICKET_SHOWN_FOR.as_millis()).unwrap();
        assert!(tickets.end_over(UnixMillis(TERMS.expires.0 + shown - 1)).is_empty());
        let over = tickets.end_over(TERMS.expires.plus_ms(shown));
        assert_eq!(over.len(), 2);
        over.into_iter().for_each(|id| tickets.forget(id));
        assert!(tickets.has_room(u16::MAX));
    }
}
