//! `offshift meet` and `offshift contacts`

use std::time::Duration;

use offshift_client::{Client, ClientError, Event, Events, MeetingId, MeetingState, MeetingView};
use serde_json::json;
use tokio::{
    signal,
    time::{Instant, interval_at},
};

use super::wording::{self, short};
use crate::{cli::Meet, failure::Failure, plain, qr, screen::Screen};

const MINUTE: Duration = Duration::from_secs(60);

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Meet) -> Result<(), Failure> {
    match what {
        Meet::Show { relay } => show(client, screen, relay.as_deref()).await,
        Meet::Scan { code } => scan(client, screen, code).await,
        Meet::Confirm { meeting, differ } => {
            confirm(client, screen, meeting.as_deref(), *differ).await
        }
    }
}

/// `offshift contacts`
pub(crate) async fn contacts(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let contacts = client.contacts().await?;
    if contacts.is_empty() {
        screen.say("You met nobody yet. Next: offshift meet show");
    }
    for contact in contacts {
        screen.tell(
            &format!(
                "{}  {}  met in person{}",
                short(&contact.id.hex()),
                plain::line(&contact.handle),
                if contact.is_used { ", in a room of yours" } else { "" }
            ),
            &json!({ "contact": contact.id.hex(), "handle": contact.handle, "met_at_ms": contact.met_at.0, "used": contact.is_used }),
        );
    }
    Ok(())
}

async fn show(client: &Client, screen: &Screen, relay: Option<&str>) -> Result<(), Failure> {
    let mut events = client.events();
    let shown = client.meet_show(relay).await?;
    if let Some(drawing) = qr::draw(&shown.qr_text) {
        screen.say(&drawing);
    }
    screen.tell(
        &format!(
            "Let one person scan this, or type it:\n\n  offshift meet scan {}\n\n\
             It is good for ten minutes and for one person. Show it to nobody else.",
            *shown.code
        ),
        &json!({ "event": "code", "meeting": shown.meeting.hex(), "code": *shown.code }),
    );
    until_words(client, screen, &mut events, shown.meeting).await
}

async fn scan(client: &Client, screen: &Screen, code: &str) -> Result<(), Failure> {
    let mut events = client.events();
    let meeting = client.meet_scan(code).await?;
    screen.object(&json!({ "event": "scanned", "meeting": meeting.hex() }));
    screen.say("Waiting for the other device.");
    until_words(client, screen, &mut events, meeting).await
}

/// Waits until the words are there, then asks the person or tells how to go on.
async fn until_words(
    client: &Client,
    screen: &Screen,
    events: &mut Events,
    meeting: MeetingId,
) -> Result<(), Failure> {
    let (words, with) = wait_for_words(client, screen, events, meeting).await?;
    print_words(screen, meeting, &words, &with);
    if !screen.is_interactive() {
        screen.say("If both screens show the same words: offshift meet confirm\nIf not: offshift meet confirm --differ");
        return settle(client).await;
    }
    match screen.ask("Do both screens show the same words?").await {
        Some(true) => accept(client, screen, meeting).await,
        Some(false) => refuse(client, screen, meeting).await,
        None => Err(Failure::fixable(
            "the words are not confirmed yet; they wait for ten minutes",
            "offshift meet confirm",
        )),
    }
}

async fn wait_for_words(
    client: &Client,
    screen: &Screen,
    events: &mut Events,
    meeting: MeetingId,
) -> Result<([String; 3], String), Failure> {
    let began = Instant::now();
    let mut minutes = interval_at(began + MINUTE, MINUTE);
    loop {
        let event = tokio::select! {
            event = events.next() => event,
            _ = minutes.tick() => {
                let passed = began.elapsed().as_secs() / MINUTE.as_secs();
                screen.say(&screen.faint(&format!("Waiting. {} min left.", 10_u64.saturating_sub(passed))));
                continue;
            }
            _ = signal::ctrl_c() => {
                client.meet_abort(meeting).await?;
                settle(client).await?;
                return Err(Failure::fixable("the meeting was stopped", "offshift meet show"));
            }
        };
        match event {
            Some(Event::Words { meeting: of, words, with }) if of == meeting => {
                return Ok((words, with));
            }
            Some(Event::MeetingOver { meeting: of, why }) if of == meeting => {
                return Err(Failure::from(ClientError::MeetingOver(why)));
            }
            Some(event @ Event::Reach { .. }) => {
                if let Some(words) = wording::event(&event, &[], screen).words {
                    screen.say(&words);
                }
            }
            Some(_) => {}
            None => return Err(client.why_ended().into()),
        }
    }
}

fn print_words(screen: &Screen, meeting: MeetingId, words: &[String; 3], with: &str) {
    let spaced = words.join("   ");
    let bar = "-".repeat(spaced.chars().count() + 6);
    screen.tell(
        &format!(
            "\n{} is there. Read the words aloud to each other:\n\n  {bar}\n     {}\n  {bar}\n",
            plain::line(with),
            screen.strong(&spaced.to_uppercase())
        ),
        &json!({ "event": "words", "meeting": meeting.hex(), "words": words, "handle": with }),
    );
}

/// What this device still owes the other before the program ends.
async fn settle(client: &Client) -> Result<(), Failure> {
    let _ = tokio::time::timeout(Duration::from_secs(20), client.sync()).await;
    Ok(())
}

async fn confirm(
    client: &Client,
    screen: &Screen,
    which: Option<&str>,
    differ: bool,
) -> Result<(), Failure> {
    let waiting: Vec<MeetingView> = client.meetings().await?;
    let fits = |view: &&MeetingView| match (&view.state, which) {
        (MeetingState::Words { .. }, None) => true,
        (MeetingState::Words { with, .. }, Some(text)) => {
            with == text || view.id.hex().starts_with(text)
        }
        (MeetingState::Waiting, _) => false,
    };
    let mut found = waiting.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(view), None) if differ => refuse(client, screen, view.id).await,
        (Some(view), None) => accept(client, screen, view.id).await,
        (None, _) => Err(Failure::fixable("no meeting waits for you", "offshift meet show")),
        (Some(_), Some(_)) => Err(Failure::fixable(
            "more than one meeting waits for you",
            "offshift meet confirm HANDLE",
        )),
    }
}

async fn accept(client: &Client, screen: &Screen, meeting: MeetingId) -> Result<(), Failure> {
    let contact = client.meet_confirm(meeting).await?;
    settle(client).await?;
    screen.tell(
        &format!(
            "You met {}. Next: offshift room found NAME --with {}",
            plain::line(&contact.handle),
            plain::word(&contact.handle)
        ),
        &json!({ "event": "met", "contact": contact.id.hex(), "handle": contact.handle }),
    );
    Ok(())
}

async fn refuse(client: &Client, screen: &Screen, meeting: MeetingId) -> Result<(), Failure> {
    client.meet_abort(meeting).await?;
    settle(client).await?;
    screen.object(&json!({ "event": "meeting_over", "meeting": meeting.hex() }));
    Err(Failure::trust(
        "the words differ, so somebody may be in between; nobody was added",
        "look who else is near, then: offshift meet show",
    ))
}
