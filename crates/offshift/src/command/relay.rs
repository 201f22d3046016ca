//! `offshift relay`

use std::time::Duration;

use offshift_client::{Event, Reach, RelayLink, RelayView, TicketState};
use serde_json::json;
use tokio::time::timeout;

use super::wording::{self, relay::ticket_words};
use crate::{
    cli::Relay,
    engine::{Client, Events},
    failure::Failure,
    plain,
    screen::Screen,
    words::say,
};

/// How long a command waits to hear whether a ticket is good.
const PATIENCE: Duration = Duration::from_secs(15);

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Relay) -> Result<(), Failure> {
    match what {
        Relay::Add { code, was } => add(client, screen, code, was.as_deref()).await,
        Relay::Ticket { code } => ticket(client, screen, code).await,
        Relay::List => list(client, screen).await,
    }
}

async fn add(
    client: &Client,
    screen: &Screen,
    code: &str,
    was: Option<&str>,
) -> Result<(), Failure> {
    let mut events = client.events();
    let link = client.add_relay(code).await?;
    if let Some(was) = was {
        client.relay_was(&link, was).await?;
    }
    let reach = screen.waits(client.try_relay(&link)).await;
    screen.tell(
        &say!("relay-added", relay = format!("{}:{}", link.host(), link.port())),
        &json!({ "event": "relay_added", "link": link.to_string(), "reached": reach.is_ok() }),
    );
    reach?;
    screen.say(&say!("relay-answers"));
    if code.contains('#') {
        return verdict(client, screen, &mut events, &link).await;
    }
    if let Some(view) = view(client, &link).await? {
        tell_ticket(screen, &view);
    }
    Ok(())
}

async fn ticket(client: &Client, screen: &Screen, code: &str) -> Result<(), Failure> {
    let mut events = client.events();
    let link = client.add_ticket(code).await?;
    verdict(client, screen, &mut events, &link).await
}

/// Waits until the relay has taken the ticket or not, and says so.
async fn verdict(
    client: &Client,
    screen: &Screen,
    events: &mut Events,
    link: &RelayLink,
) -> Result<(), Failure> {
    let known = timeout(PATIENCE, async {
        while let Some(event) = events.next().await {
            if matches!(event, Event::Ticket { relay, .. } if relay == *link) {
                return;
            }
        }
    });
    let _ = screen.waits(known).await;
    let Some(view) = view(client, link).await? else { return Ok(()) };
    tell_ticket(screen, &view);
    match view.ticket {
        TicketState::Refused => {
            let (known, contact) = (wording::known(&view.contact), plain::line(&view.contact));
            Err(Failure::fixable(
                say!("relay-refuses-ticket"),
                say!("relay-refuses-ticket-next", known = known, contact = contact),
            ))
        }
        _ => Ok(()),
    }
}

async fn view(client: &Client, link: &RelayLink) -> Result<Option<RelayView>, Failure> {
    let relays = client.relays().await?;
    Ok(relays.into_iter().find(|relay| relay.link == *link))
}

fn tell_ticket(screen: &Screen, relay: &RelayView) {
    let words = ticket_words(relay.ticket, &relay.contact);
    let words = match relay.ticket {
        TicketState::Open | TicketState::Good => format!("{words} {}", say!("relay-meet-next")),
        _ => words,
    };
    screen.tell(
        &words,
        &wording::relay::ticket_json(&relay.link.to_string(), relay.ticket, &relay.contact),
    );
}

async fn list(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let relays = client.relays().await?;
    if relays.is_empty() {
        screen.say(&say!("relay-none"));
    }
    for relay in relays {
        let state = match relay.reach {
            Reach::Unused => say!("relay-unused"),
            Reach::Here => say!("relay-connected"),
            Reach::Away(error) => wording::away(error),
        };
        let ticket = ticket_words(relay.ticket, &relay.contact);
        screen.tell(
            &format!("{}\n  {state}\n  {ticket}", relay.link),
            &json!({
                "relay": relay.link.to_string(), "state": state,
                "ticket": wording::relay::ticket_name(relay.ticket), "contact": relay.contact,
            }),
        );
    }
    Ok(())
}
