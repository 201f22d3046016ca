//! Tickets of relays, in words.
//!
//! Never: a ticket or a part of one.

use offshift_client::TicketState;
use serde_json::{Value, json};

use super::known;
use crate::{plain, words::say};

/// How it stands, and what to do.
pub(in crate::command) fn ticket_words(state: TicketState, contact: &str) -> String {
    let (known, contact) = (known(contact), plain::line(contact));
    match state {
        TicketState::Unknown => say!("ticket-unknown"),
        TicketState::Open => say!("ticket-open"),
        TicketState::Good => say!("ticket-good"),
        TicketState::Missing => say!("ticket-missing", known = known, contact = contact),
        TicketState::Refilling => say!("ticket-refilling"),
        TicketState::UsedUp => say!("ticket-used-up"),
        TicketState::Refused => say!("ticket-refused", known = known, contact = contact),
        TicketState::WrongClock => say!("ticket-wrong-clock"),
        TicketState::Distrusted => say!("ticket-distrusted"),
    }
}

/// The state, for scripts.
pub(in crate::command) const fn ticket_name(state: TicketState) -> &'static str {
    match state {
        TicketState::Unknown => "unknown",
        TicketState::Open => "open",
        TicketState::Good => "good",
        TicketState::Missing => "missing",
        TicketState::Refilling => "refilling",
        TicketState::UsedUp => "used_up",
        TicketState::Refused => "refused",
        TicketState::Distrusted => "distrusted",
        TicketState::WrongClock => "wrong_clock",
    }
}

/// The same for scripts.
pub(in crate::command) fn ticket_json(relay: &str, state: TicketState, contact: &str) -> Value {
    json!({ "event": "ticket", "relay": relay, "state": ticket_name(state), "contact": contact })
}

/// What waits, and whom to ask.
pub(in crate::command) fn waits_words(state: TicketState, contact: &str) -> String {
    match state {
        TicketState::Missing => {
            say!("ticket-waits", known = known(contact), contact = plain::line(contact))
        }
        state => ticket_words(state, contact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_to_ask_is_said_and_steers_nothing() {
        let words = ticket_words(TicketState::Missing, "Ada \u{1b}[2J, back office");
        assert!(
            words.contains("ask Ada \u{fffd}[2J, back office, then: offshift relay ticket CODE")
        );
        assert!(ticket_words(TicketState::Refused, "").contains("whoever runs the relay"));
    }
}
