//! `offshift meet` and `offshift contacts`

use std::time::Duration;

use offshift_client::{
    ClientError, ContactId, ContactView, Event, MeetingId, MeetingState, MeetingView, Method,
    RelayLink, ShownCode, TicketState,
};
use serde_json::json;
use tokio::{
    signal,
    time::{Instant, interval_at},
};

use super::{
    find,
    wording::{self, short},
};
use crate::{
    cli::{Meet, With},
    engine::{Client, Events},
    failure::Failure,
    plain, qr,
    screen::Screen,
    when,
    words::{self, say},
};

const MINUTE: Duration = Duration::from_secs(60);

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Meet) -> Result<(), Failure> {
    match what {
        Meet::Show { relay, with } => show(client, screen, relay.as_deref(), with).await,
        Meet::Scan { code, with } => scan(client, screen, code, with).await,
        Meet::Confirm { meeting, differ, call } => {
            confirm(client, screen, meeting.as_deref(), *differ, met(*call)).await
        }
    }
}

/// `offshift contacts`
pub(crate) async fn contacts(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let contacts = client.contacts().await?;
    if contacts.is_empty() {
        screen.say(&say!("contact-none"));
    }
    for contact in contacts {
        let day = when::day(contact.met_at);
        let line = if contact.is_own_device {
            say!("contact-own-phone", handle = plain::line(&contact.handle), day = day)
        } else {
            say!(
                "contact-line",
                handle = plain::line(&contact.handle),
                method = wording::people::met(contact.method),
                day = day
            )
        };
        let used = contact.is_used.then(|| say!("contact-used"));
        let line = words::list([line].into_iter().chain(used));
        screen.tell(
            &format!("{}  {line}", short(&contact.id.hex())),
            &json!({
                "contact": contact.id.hex(), "handle": contact.handle, "met_at_ms": contact.met_at.0,
                "method": wording::people::method(contact.method), "used": contact.is_used,
                "own_device": contact.is_own_device, "note": contact.note,
            }),
        );
    }
    Ok(())
}

async fn show(
    client: &Client,
    screen: &Screen,
    relay: Option<&str>,
    with: &With,
) -> Result<(), Failure> {
    let mut events = client.events();
    let like = same_card(client, with.like.as_deref()).await?;
    let shown = client.meet_show(relay, like).await?;
    show_code(
        screen,
        &shown,
        &say!("meet-show-who"),
        "offshift meet scan",
        &say!("meet-show-warning"),
    );
    say_ticket(client, screen, relay).await?;
    until_words(client, screen, &mut events, shown.meeting, met(with.call)).await
}

/// The contact for whose room this meeting is.
async fn same_card(client: &Client, like: Option<&str>) -> Result<Option<ContactId>, Failure> {
    match like {
        Some(person) => Ok(Some(find::contact(client, person).await?.id)),
        None => Ok(None),
    }
}

/// A code, drawn and as text, with who uses it how.
pub(super) fn show_code(
    screen: &Screen,
    shown: &ShownCode,
    who: &str,
    command: &str,
    warning: &str,
) {
    if let Some(drawing) = qr::draw(&shown.qr_text) {
        screen.say(&drawing);
    }
    screen.tell(
        &format!("{who}\n\n  {command} {}\n\n{warning}", *shown.code),
        &json!({ "event": "code", "meeting": shown.meeting.hex(), "code": *shown.code }),
    );
}

async fn scan(client: &Client, screen: &Screen, code: &str, with: &With) -> Result<(), Failure> {
    let mut events = client.events();
    let like = same_card(client, with.like.as_deref()).await?;
    let meeting = client.meet_scan(code, like).await?;
    scanned(client, screen, &mut events, meeting, met(with.call)).await
}

/// The code is used; the rest is as for whoever showed it.
pub(super) async fn scanned(
    client: &Client,
    screen: &Screen,
    events: &mut Events,
    meeting: MeetingId,
    met: Method,
) -> Result<(), Failure> {
    screen.object(&json!({ "event": "scanned", "meeting": meeting.hex() }));
    screen.say(&say!("meet-waiting"));
    until_words(client, screen, events, meeting, met).await
}

/// Waits until the words are there, then asks the person or tells how to go on.
pub(super) async fn until_words(
    client: &Client,
    screen: &Screen,
    events: &mut Events,
    meeting: MeetingId,
    met: Method,
) -> Result<(), Failure> {
    let (words, with) = wait_for_words(client, screen, events, meeting).await?;
    print_words(screen, meeting, &words, &with);
    if !screen.is_interactive() {
        screen.say(&say!("meet-compare-next"));
        return settle(client).await;
    }
    match screen.ask(say!("meet-same-words")).await {
        Some(true) => accept(client, screen, meeting, met).await,
        Some(false) => refuse(client, screen, meeting).await,
        None => Err(Failure::fixable(say!("meet-not-confirmed"), say!("next-confirm"))),
    }
}

/// How two people meet, by the word of the person here.
const fn met(call: bool) -> Method {
    if call { Method::Call } else { Method::InPerson }
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
                let left = 10_u64.saturating_sub(passed);
                screen.say(&screen.faint(&say!("meet-minutes-left", count = left)));
                continue;
            }
            _ = signal::ctrl_c() => {
                client.meet_abort(meeting).await?;
                settle(client).await?;
                return Err(Failure::fixable(say!("meet-stopped"), say!("next-meet")));
            }
        };
        match event {
            Some(Event::Words { meeting: of, words, with }) if of == meeting => {
                return Ok((words, with));
            }
            Some(Event::MeetingUnpaid { meeting: of, relay, state, contact }) if of == meeting => {
                unpaid(screen, &relay, state, &contact)?;
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

/// Neither of the two has a ticket. Without one nothing comes of it, and the person must know whom to ask.
fn unpaid(
    screen: &Screen,
    relay: &RelayLink,
    state: TicketState,
    contact: &str,
) -> Result<(), Failure> {
    screen.object(&wording::relay::ticket_json(&relay.to_string(), state, contact));
    if !lacks(state) {
        screen.say(&wording::relay::ticket_words(state, contact));
        return Ok(());
    }
    let (known, contact) = (wording::known(contact), plain::line(contact));
    Err(Failure::fixable(
        say!("meet-no-ticket"),
        say!("meet-no-ticket-next", known = known, contact = contact),
    ))
}

/// Whoever shows the code can't know whether the other one has a ticket: one of both is enough.
async fn say_ticket(client: &Client, screen: &Screen, relay: Option<&str>) -> Result<(), Failure> {
    let relays = client.relays().await?;
    let at = relays.iter().find(|view| relay.is_none_or(|link| view.link.to_string() == link));
    let Some(view) = at.filter(|view| lacks(view.ticket)) else { return Ok(()) };
    let (known, contact) = (wording::known(&view.contact), plain::line(&view.contact));
    screen.tell(
        &format!("{}\n", say!("meet-one-ticket", known = known, contact = contact)),
        &wording::relay::ticket_json(&view.link.to_string(), view.ticket, &view.contact),
    );
    Ok(())
}

const fn lacks(state: TicketState) -> bool {
    matches!(state, TicketState::Missing | TicketState::Refused)
}

fn print_words(screen: &Screen, meeting: MeetingId, words: &[String; 3], with: &str) {
    let spaced = words.join("   ");
    let bar = "-".repeat(spaced.chars().count() + 6);
    screen.tell(
        &format!(
            "\n{}\n\n  {bar}\n     {}\n  {bar}\n",
            say!("meet-read-aloud", handle = plain::line(with)),
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
    met: Method,
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
        (Some(view), None) => accept(client, screen, view.id, met).await,
        (None, _) => Err(Failure::fixable(say!("meet-none-waits"), say!("next-meet"))),
        (Some(_), Some(_)) => {
            Err(Failure::fixable(say!("meet-several-wait"), say!("meet-several-wait-next")))
        }
    }
}

async fn accept(
    client: &Client,
    screen: &Screen,
    meeting: MeetingId,
    met: Method,
) -> Result<(), Failure> {
    let contact = client.meet_confirm(meeting, met).await?;
    settle(client).await?;
    screen.tell(
        &next(&contact),
        &json!({ "event": "met", "contact": contact.id.hex(), "handle": contact.handle }),
    );
    Ok(())
}

/// What the two may do now.
fn next(contact: &ContactView) -> String {
    let (handle, word) = (plain::line(&contact.handle), plain::word(&contact.handle));
    if contact.is_own_device {
        return say!("meet-linked", handle = handle);
    }
    say!("meet-met-next", handle = handle, person_word = word)
}

async fn refuse(client: &Client, screen: &Screen, meeting: MeetingId) -> Result<(), Failure> {
    client.meet_abort(meeting).await?;
    settle(client).await?;
    screen.object(&json!({ "event": "meeting_over", "meeting": meeting.hex() }));
    Err(Failure::trust(say!("meet-words-differ"), say!("meet-words-differ-next")))
}
