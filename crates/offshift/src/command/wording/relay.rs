//! Tickets of relays, in words.
//!
//! Never: a ticket or a part of one.

use offshift_client::TicketState;
use serde_json::{Value, json};

use crate::plain;

/// How it stands, and what to do.
pub(in crate::command) fn ticket_words(state: TicketState, contact: &str) -> String {
    let ask = whom_to_ask(contact);
    match state {
        TicketState::Unknown => "Not asked yet whether it wants a ticket.".to_owned(),
        TicketState::Open => "Open: you need no ticket.".to_owned(),
        TicketState::Good => "Your ticket is good.".to_owned(),
        TicketState::Missing => format!(
            "No ticket. Whoever takes you into a room gives you one by itself. To write before that, ask {ask}, then: offshift relay ticket CODE"
        ),
        TicketState::Refilling => {
            "Your ticket is good, but just used up. It goes on by itself within minutes.".to_owned()
        }
        TicketState::UsedUp => {
            "Your ticket is used up for today. It goes on by itself tomorrow; what you wrote is kept."
                .to_owned()
        }
        TicketState::Refused => format!(
            "It does not take your ticket any more. Ask {ask} for a new one, then: offshift relay ticket CODE"
        ),
        TicketState::WrongClock => {
            "Set this device's clock: it seems wrong. Then it goes on by itself; what you wrote is kept."
                .to_owned()
        }
        TicketState::Distrusted => {
            "Your ticket is not used: this relay may tell you apart by it. See: offshift alarms"
                .to_owned()
        }
    }
}

/// The host's own words, or who it must be.
pub(in crate::command) fn whom_to_ask(contact: &str) -> String {
    if contact.is_empty() { "whoever runs the relay".to_owned() } else { plain::line(contact) }
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
        TicketState::Missing => format!(
            "What you write waits for a ticket: ask {}, then: offshift relay ticket CODE",
            whom_to_ask(contact)
        ),
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
