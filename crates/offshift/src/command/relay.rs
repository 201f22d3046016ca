//! `offshift relay`

use offshift_client::{Client, Reach};
use serde_json::json;

use super::wording;
use crate::{cli::Relay, failure::Failure, screen::Screen};

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Relay) -> Result<(), Failure> {
    match what {
        Relay::Add { link } => add(client, screen, link).await,
        Relay::List => list(client, screen).await,
    }
}

async fn add(client: &Client, screen: &Screen, link: &str) -> Result<(), Failure> {
    let link = client.add_relay(link).await?;
    let reach = screen.waits(client.try_relay(&link)).await;
    screen.tell(
        &format!(
            "Relay added: {}:{}. It passes messages and cannot read them.",
            link.host(),
            link.port()
        ),
        &json!({ "event": "relay_added", "link": link.to_string(), "reached": reach.is_ok() }),
    );
    if let Err(error) = reach {
        return Err(error.into());
    }
    screen.say("It answers, and it is the right one. Next: offshift meet show");
    Ok(())
}

async fn list(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let relays = client.relays().await?;
    if relays.is_empty() {
        screen.say("No relay yet. Next: offshift relay add offshift://...");
    }
    for relay in relays {
        let state = match relay.reach {
            Reach::Unused => "not in use now".to_owned(),
            Reach::Here => "connected".to_owned(),
            Reach::Away(error) => wording::sentence(&error.to_string()),
        };
        screen.tell(
            &format!("{}\n  {state}", relay.link),
            &json!({ "relay": relay.link.to_string(), "state": state }),
        );
    }
    Ok(())
}
