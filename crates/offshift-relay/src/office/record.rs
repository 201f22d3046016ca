//! Tickets and seats as they lie in the store's metadata.
//!
//! ```text
//! "ticket/" id             -> version (1) || seats (2) || batches a day (2) || expires (8) || made on day (4) || revoked (1) || ticket
//! "seat/" id "/" seat      -> day (4) || batches of that day (2)
//! ```
//! Numbers are big-endian, names in hexadecimal, days counted from 1970.

use data_encoding::HEXLOWER;
use offshift_access::{Seat, Ticket};
use offshift_wire::{UnixMillis, token::TicketId};
use zeroize::Zeroizing;

use super::tickets::{Held, Terms, Use};
use crate::store::StoreError;

pub(super) const TICKETS: &str = "ticket/";
pub(super) const SEATS: &str = "seat/";
const VERSION: u8 = 1;

pub(super) fn ticket_key(id: TicketId) -> String {
    format!("{TICKETS}{}", HEXLOWER.encode(&id.0))
}

/// What all seats of a ticket begin with.
pub(super) fn seats_key(id: TicketId) -> String {
    format!("{SEATS}{}/", HEXLOWER.encode(&id.0))
}

pub(super) fn seat_key(id: TicketId, seat: Seat) -> String {
    format!("{}{}", seats_key(id), HEXLOWER.encode(&seat.0))
}

pub(super) fn encode(held: &Held) -> Zeroizing<Vec<u8>> {
    let Terms { seats, daily_batches, expires } = held.terms;
    let ticket = held.ticket.encode();
    let parts: [&[u8]; 7] = [
        &[VERSION],
        &seats.to_be_bytes(),
        &daily_batches.to_be_bytes(),
        &expires.0.to_be_bytes(),
        &held.created.to_be_bytes(),
        &[u8::from(held.revoked)],
        &ticket,
    ];
    Zeroizing::new(parts.concat())
}

pub(super) fn decode(value: &[u8]) -> Result<Held, StoreError> {
    parse(value).ok_or(StoreError::Bug("record of a ticket"))
}

fn parse(value: &[u8]) -> Option<Held> {
    let rest = value.strip_prefix(&[VERSION])?;
    let (seats, rest) = rest.split_first_chunk()?;
    let (daily, rest) = rest.split_first_chunk()?;
    let (expires, rest) = rest.split_first_chunk()?;
    let (created, rest) = rest.split_first_chunk()?;
    let (revoked, ticket) = rest.split_first()?;
    let terms = Terms {
        seats: u16::from_be_bytes(*seats),
        daily_batches: u16::from_be_bytes(*daily),
        expires: UnixMillis(u64::from_be_bytes(*expires)),
    };
    let (created, revoked) = (u32::from_be_bytes(*created), *revoked != 0);
    Some(Held { ticket: Ticket::decode(ticket).ok()?, terms, created, revoked, seats: [].into() })
}

pub(super) fn encode_use(used: Use) -> Vec<u8> {
    [&used.day.to_be_bytes()[..], &used.batches.to_be_bytes()].concat()
}

/// Whose seat it is, and how it was used.
pub(super) fn decode_use(key: &str, value: &[u8]) -> Result<(TicketId, Seat, Use), StoreError> {
    parse_use(key, value).ok_or(StoreError::Bug("record of a seat"))
}

fn parse_use(key: &str, value: &[u8]) -> Option<(TicketId, Seat, Use)> {
    let (id, seat) = key.strip_prefix(SEATS)?.split_once('/')?;
    let (day, batches) = value.split_first_chunk()?;
    let used = Use {
        day: u32::from_be_bytes(*day),
        batches: u16::from_be_bytes(batches.try_into().ok()?),
    };
    Some((TicketId(unhex(id)?), Seat(unhex(seat)?), used))
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    #[test]
    fn a_ticket_and_its_seats_survive_being_kept() {
        let ticket = Ticket::generate(&mut ChaCha20Rng::seed_from_u64(1));
        let terms = Terms { seats: 300, daily_batches: 4, expires: UnixMillis(1 << 41) };
        let held = Held { ticket, terms, created: 20_000, revoked: true, seats: [].into() };
        let back = decode(&encode(&held)).unwrap();
        assert_eq!((back.terms, back.created, back.revoked), (terms, 20_000, true));
        assert!(back.ticket.encode() == held.ticket.encode());
        assert!(decode(&encode(&held)[1..]).is_err() && decode(&encode(&held)[..30]).is_err());

        let (id, seat, used) = (back.ticket.id(), Seat([7; 16]), Use { day: 9, batches: 3 });
        let key = seat_key(id, seat);
        assert!(decode_use(&key, &encode_use(used)).unwrap() == (id, seat, used));
        assert!(key.starts_with(&seats_key(id)));
        assert!(decode_use(&key[..key.len() - 1], &encode_use(used)).is_err());
        assert!(decode_use(&key, &[1; 5]).is_err());
    }
}
