//! `offshift inbox` and `offshift watch`

use std::{collections::BTreeMap, time::Duration};

use offshift_client::{ClientError, Event, MessageId, MessageView, RoomView, Synced, TicketState};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};

use super::wording;
use crate::{
    engine::{Client, Events},
    failure::Failure,
    plain,
    screen::Screen,
    words::say,
};

/// How long `inbox` waits for a slow relay.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long `inbox` waits to be let back into a room that this device lost. The device asks again when it next runs.
const RETURN_PATIENCE: Duration = Duration::from_secs(25);

/// Fetches once and prints what is new.
pub(crate) async fn run(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let mut events = client.events();
    let mut synced = screen.waits(tokio::time::timeout(PATIENCE, client.sync())).await;
    let mut changes = print_changes(client, screen, &mut events).await?;
    if come_back(client, screen, &mut events).await? {
        synced = tokio::time::timeout(PATIENCE, client.sync()).await;
        changes |= print_changes(client, screen, &mut events).await?;
    }
    let count = print_unread(client, screen).await?;
    match synced {
        Ok(Ok(Synced::Complete)) => {
            if count == 0 && !changes {
                screen.say(&say!("inbox-nothing"));
            }
            screen.object(&json!({ "event": "caught_up", "new": count }));
            Ok(())
        }
        Ok(Ok(Synced::Away(error))) => Err(ClientError::Link(error).into()),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(Failure::outside(say!("inbox-slow"), say!("next-inbox"))),
    }
}

/// Gives a device that lost a room the time to ask an organizer's device, and that one to answer. Tells whether it is
/// back in one; what happened until then is printed.
async fn come_back(client: &Client, screen: &Screen, events: &mut Events) -> Result<bool, Failure> {
    if !client.rooms().await?.iter().any(is_lost) {
        return Ok(false);
    }
    screen.say(&say!("inbox-coming-back"));
    let until = tokio::time::Instant::now() + RETURN_PATIENCE;
    while let Ok(Some(event)) = tokio::time::timeout_at(until, events.next()).await {
        if !matches!(event, Event::Message(_) | Event::Reach { .. }) {
            show(client, screen, &event).await?;
        }
        if matches!(event, Event::Returned { .. }) {
            return Ok(true);
        }
    }
    Ok(false)
}

const fn is_lost(room: &RoomView) -> bool {
    room.is_lost && !room.is_removed
}

/// Prints what comes, until Ctrl-C or until the program is asked to end.
pub(crate) async fn watch(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let mut events = client.events();
    print_unread(client, screen).await?;
    screen.object(&json!({ "event": "watching" }));
    screen.say(&screen.faint(&say!("inbox-watching")));
    let mut terminate = signal(SignalKind::terminate())
        .map_err(|_| Failure::outside(say!("inbox-no-signals"), say!("next-inbox")))?;
    loop {
        let event = tokio::select! {
            event = events.next() => event,
            _ = tokio::signal::ctrl_c() => break,
            _ = terminate.recv() => break,
        };
        let Some(event) = event else {
            return Err(client.why_ended().into());
        };
        show(client, screen, &event).await?;
        if screen.is_gone() {
            break;
        }
    }
    screen.object(&json!({ "event": "stopped" }));
    Ok(())
}

async fn show(client: &Client, screen: &Screen, event: &Event) -> Result<(), Failure> {
    match event {
        Event::Message(_) | Event::Missed { .. } => {
            print_unread(client, screen).await?;
        }
        event => {
            let rooms = client.rooms().await?;
            wording::event(event, &rooms, screen).show(screen);
        }
    }
    Ok(())
}

/// Prints what happened besides messages while `inbox` was fetching; tells whether anything did.
async fn print_changes(
    client: &Client,
    screen: &Screen,
    events: &mut Events,
) -> Result<bool, Failure> {
    let mut any = false;
    let mut changed: BTreeMap<MessageId, Event> = BTreeMap::new();
    while let Some(event) = events.already_here() {
        if let Event::Changed(message) = &event {
            // What is new is printed once, as it is by now; of what was printed, only how it is last.
            if is_read(client, message).await? {
                changed.insert(message.id, event);
            }
        } else if !matches!(event, Event::Message(_) | Event::Missed { .. } | Event::Reach { .. }) {
            show(client, screen, &event).await?;
            any = true;
        }
    }
    for event in changed.values() {
        show(client, screen, event).await?;
        any = true;
    }
    Ok(any)
}

async fn is_read(client: &Client, message: &MessageView) -> Result<bool, Failure> {
    let unread = client.unread(message.room).await?;
    Ok(!unread.iter().any(|one| one.id == message.id))
}

/// Prints what others did, and what went wrong, while another command ran. Messages wait for `inbox`.
pub(super) async fn print_news(
    client: &Client,
    screen: &Screen,
    events: &mut Events,
) -> Result<(), Failure> {
    let own = client.handle().await?;
    while let Some(event) = events.already_here() {
        if is_news(&event, &own) {
            show(client, screen, &event).await?;
        }
    }
    Ok(())
}

/// Whether somebody else did it, so that the command itself has not told it.
fn is_news(event: &Event, own: &str) -> bool {
    match event {
        Event::Joined { by, .. }
        | Event::Removed { by, .. }
        | Event::Confirmed { by, .. }
        | Event::MotionCarried { by, .. } => by != own,
        Event::DeviceJoined { of, .. } => of != own,
        Event::ReviewNeeded { .. }
        | Event::TermsWillChange { .. }
        | Event::Rejoined { .. }
        | Event::Returned { .. }
        | Event::YouWereRemoved { .. }
        | Event::RoomOpened { .. }
        | Event::NotJoined { .. }
        | Event::WithoutTicket { .. }
        | Event::RelayFollowed { .. }
        | Event::Alarm(_) => true,
        Event::Ticket { state, .. } => !matches!(state, TicketState::Good | TicketState::Open),
        _ => false,
    }
}

/// Prints what was not printed before, by this command or another, and remembers that.
async fn print_unread(client: &Client, screen: &Screen) -> Result<usize, Failure> {
    let rooms = client.rooms().await?;
    let mut count = 0_usize;
    for room in &rooms {
        count = count.saturating_add(print_room(client, screen, room, &rooms).await?);
    }
    Ok(count)
}

async fn print_room(
    client: &Client,
    screen: &Screen,
    room: &RoomView,
    rooms: &[RoomView],
) -> Result<usize, Failure> {
    let unread = client.unread(room.id).await?;
    let mut shown = None;
    for message in &unread {
        wording::message_told(message, rooms, screen, true).show(screen);
        // What nobody took (`| head`) is shown the next time.
        if screen.is_gone() {
            break;
        }
        shown = Some(message.position);
    }
    if let Some(position) = shown {
        client.mark_read(room.id, position).await?;
    }
    if is_lost(room) {
        let name = plain::line(&room.name);
        screen.say(&format!("[{name}] {}", say!("inbox-lost")));
    }
    Ok(unread.len())
}
