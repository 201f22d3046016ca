//! `offshift file`

mod progress;

use std::time::Duration;

use offshift_client::{
    Event, FileState, FileView, Kept, LinkError, MessageId, MessageKind, MessageView, Reach,
    RoomId, RoomView, TransferId, TransferState, TransferView,
};
use serde_json::{Value, json};

use self::progress::{Bar, size};
use super::{find, wording::short};
use crate::{
    cli::{File, Got, In, Sent},
    engine::{Client, Events},
    failure::{self, Failure},
    plain,
    screen::Screen,
    when,
    words::say,
};

/// A file that does not come further for so long waits for its relay.
const PATIENCE: Duration = Duration::from_secs(30);

/// Messages that are looked through at once for files.
const PAGE: u32 = 500;

/// The shortest start of a number that names a file.
const NUMBER_MIN: usize = 4;

const DAY_MS: u64 = 24 * 3_600_000;

pub(crate) async fn run(client: &Client, screen: &Screen, what: &File) -> Result<(), Failure> {
    match what {
        File::Send(what) => send(client, screen, what).await,
        File::List(what) => list(client, screen, what).await,
        File::Get(what) => get(client, screen, what).await,
        File::Waiting => waiting(client, screen).await,
        File::GoOn => go_on(client, screen).await,
        File::Cancel { number } => cancel(client, screen, number).await,
    }
}

async fn send(client: &Client, screen: &Screen, what: &Sent) -> Result<(), Failure> {
    let mut events = client.events();
    let room = find::room(client, &what.room).await?;
    agree(client, screen, what).await?;
    let id = client.send_file(room.id, &what.path, &what.caption).await?;
    screen.object(&json!({ "event": "kept", "id": id.hex(), "room": room.id.hex() }));
    let view = to_its_end(client, screen, &mut events, id).await?;
    let done = view.filter(|view| view.state == TransferState::Done);
    let Some(message) = done.and_then(|view| view.message) else {
        screen.tell(&say!("file-waits"), &json!({ "event": "waiting", "id": id.hex() }));
        return Ok(());
    };
    settle(&mut events, room.id, message).await;
    screen.tell(
        &say!("file-sent"),
        &json!({ "event": "file_sent", "room": room.id.hex(), "id": message.hex() }),
    );
    Ok(())
}

/// Says what leaves with the file. Where that is more than one sees, it leaves only with a yes (OS-FIL-034).
async fn agree(client: &Client, screen: &Screen, what: &Sent) -> Result<(), Failure> {
    let look = client.look_at_file(&what.path).await?;
    let holds_all = look.kept == Kept::Everything;
    screen.say(&if holds_all { say!("file-keeps") } else { say!("file-picture") });
    screen.say(&say!("file-relay-keeps", days = look.life_ms / DAY_MS));
    if !holds_all || what.yes {
        return Ok(());
    }
    if !screen.is_interactive() {
        return Err(Failure::fixable(say!("file-keeps-nobody"), say!("file-keeps-nobody-next")));
    }
    if screen.agrees(say!("file-send-question")).await {
        return Ok(());
    }
    Err(Failure::fixable(say!("file-not-sent"), say!("file-keeps-nobody-next")))
}

/// Waits, a little, until the message has its place in the room.
async fn settle(events: &mut Events, room: RoomId, message: MessageId) {
    let settled = async {
        while let Some(event) = events.next().await {
            if matches!(event, Event::Sent { room: at, message: it } if at == room && it == message)
            {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(PATIENCE, settled).await;
}

/// Shows how far a file is until it goes no further; nothing if it waits for the relay.
async fn to_its_end(
    client: &Client,
    screen: &Screen,
    events: &mut Events,
    id: TransferId,
) -> Result<Option<TransferView>, Failure> {
    let mut bar = Bar::new(screen);
    loop {
        let view = match tokio::time::timeout(PATIENCE, events.next()).await {
            Err(_) => return Ok(None),
            Ok(None) => return Err(client.why_ended().into()),
            Ok(Some(Event::Transfer(view))) if view.id == id => view,
            Ok(Some(Event::Reach { reach: Reach::Away(LinkError::Identity), .. })) => {
                return Err(offshift_client::ClientError::Link(LinkError::Identity).into());
            }
            Ok(Some(Event::Missed { .. })) => {
                let all = client.transfers().await?;
                let Some(view) = all.into_iter().find(|view| view.id == id) else {
                    return Ok(None);
                };
                view
            }
            Ok(Some(_)) => continue,
        };
        bar.show(&view);
        screen.object(&transfer_json(&view));
        if view.state != TransferState::UnderWay {
            return Ok(Some(view));
        }
    }
}

async fn get(client: &Client, screen: &Screen, what: &Got) -> Result<(), Failure> {
    let mut events = client.events();
    let room = find::room(client, &what.room).await?;
    let (message, file) = find_file(client, &room, &what.number).await?;
    if file.state != FileState::Here {
        let id = client.get_file(room.id, message).await?;
        fetched(to_its_end(client, screen, &mut events, id).await?)?;
    }
    if what.sealed {
        let (room_word, number_word) = (plain::word(&room.name), short(&message.hex()));
        screen.tell(
            &say!(
                "file-got",
                name = plain::line(&file.name),
                room_word = room_word,
                number_word = number_word,
            ),
            &json!({ "event": "file_here", "room": room.id.hex(), "id": message.hex() }),
        );
        return Ok(());
    }
    let saved = client.save_file(room.id, message, &what.to).await?;
    let path = saved.to_string_lossy();
    screen.say(&say!("file-saved", path = plain::line(&path)));
    screen.say(&say!("file-saved-clear"));
    screen.object(&json!({ "event": "file_saved", "id": message.hex(), "path": path }));
    Ok(())
}

fn fetched(view: Option<TransferView>) -> Result<(), Failure> {
    match view.map(|view| view.state) {
        Some(TransferState::Done) => Ok(()),
        Some(TransferState::Gone) => {
            Err(Failure::outside(say!("file-failed-gone"), say!("file-failed-next")))
        }
        Some(TransferState::Damaged) => {
            Err(Failure::outside(say!("file-failed-damaged"), say!("file-failed-next")))
        }
        Some(TransferState::Stopped(why)) => Err(why.into()),
        Some(TransferState::UnderWay) | None => {
            Err(Failure::outside(say!("file-comes-on"), say!("file-comes-on-next")))
        }
    }
}

async fn list(client: &Client, screen: &Screen, what: &In) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let files = files(client, &room).await?;
    if files.is_empty() {
        screen.say(&say!("file-none"));
    }
    for (message, file) in files {
        screen.tell(
            &say!(
                "file-line",
                number = short(&message.id.hex()),
                name = plain::line(&file.name),
                size = size(file.bytes),
                handle = plain::line(&message.handle),
                state = state_words(&file),
            ),
            &json!({
                "event": "file", "id": message.id.hex(), "room": room.id.hex(), "name": file.name,
                "bytes": file.bytes, "media_type": file.media_type, "by": message.handle,
                "caption": file.caption, "until": file.until.0, "state": file.state,
            }),
        );
    }
    Ok(())
}

fn state_words(file: &FileView) -> String {
    match file.state {
        FileState::Offered => say!("file-state-offered", until = when::day(file.until)),
        FileState::Coming { .. } => say!("file-state-coming"),
        FileState::Here => say!("file-state-here"),
        FileState::Gone => say!("file-state-gone"),
        FileState::Damaged => say!("file-state-damaged"),
    }
}

/// The files that messages of a room offer, the oldest first.
async fn files(client: &Client, room: &RoomView) -> Result<Vec<(MessageView, FileView)>, Failure> {
    let (mut files, mut before) = (Vec::new(), None);
    loop {
        let page = client.messages(room.id, before, PAGE).await?;
        before = page.messages.first().map(|message| message.position);
        let found = page.messages.into_iter().rev().filter_map(|message| match &message.kind {
            MessageKind::File(file) => Some((file.clone(), message)),
            _ => None,
        });
        files.extend(found.map(|(file, message)| (message, file)));
        if !page.more || before.is_none() {
            files.reverse();
            return Ok(files);
        }
    }
}

async fn find_file(
    client: &Client,
    room: &RoomView,
    number: &str,
) -> Result<(MessageId, FileView), Failure> {
    let files = files(client, room).await?;
    let numbered = files.into_iter().map(|(message, file)| (message.id, file));
    only(numbered.map(|(id, file)| (id.hex(), (id, file))), number)
}

fn only<T>(all: impl Iterator<Item = (String, T)>, number: &str) -> Result<T, Failure> {
    let wanted = number.to_lowercase();
    let long_enough = wanted.len() >= NUMBER_MIN;
    let mut found = all.filter(|(hex, _)| long_enough && hex.starts_with(&wanted));
    match (found.next(), found.next()) {
        (Some((_, one)), None) => Ok(one),
        (Some(_), Some(_)) => {
            Err(Failure::fixable(say!("file-number-many"), say!("file-number-many-next")))
        }
        _ => Err(Failure::fixable(say!("file-number-none"), say!("file-number-none-next"))),
    }
}

async fn waiting(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let transfers = client.transfers().await?;
    if transfers.is_empty() {
        screen.say(&say!("file-none-waiting"));
    }
    for view in transfers {
        screen.tell(
            &say!(
                "file-waiting-line",
                number = short(&view.id.hex()),
                name = plain::line(&view.name),
                part = size(view.bytes),
                size = size(view.total),
                state = way_words(&view),
            ),
            &transfer_json(&view),
        );
    }
    Ok(())
}

async fn go_on(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let mut events = client.events();
    let transfers = client.transfers().await?;
    let is_open = |view: &&TransferView| view.state == TransferState::UnderWay;
    for view in transfers.iter().filter(is_open) {
        screen.say(&plain::line(&view.name));
        let end = to_its_end(client, screen, &mut events, view.id).await?;
        let done = end.filter(|end| end.state == TransferState::Done);
        let Some(message) = done.and_then(|end| end.message) else {
            screen.tell(&say!("file-waits"), &json!({ "event": "waiting", "id": view.id.hex() }));
            continue;
        };
        if view.outgoing {
            settle(&mut events, view.room, message).await;
        }
        screen.tell(
            &if view.outgoing { say!("file-sent") } else { say!("file-here") },
            &json!({ "event": "arrived", "room": view.room.hex(), "id": message.hex() }),
        );
    }
    waiting(client, screen).await
}

fn way_words(view: &TransferView) -> String {
    match &view.state {
        TransferState::UnderWay if view.outgoing => say!("file-state-leaving"),
        TransferState::UnderWay => say!("file-state-coming"),
        TransferState::Done => say!("file-state-here"),
        TransferState::Gone => say!("file-state-gone"),
        TransferState::Damaged => say!("file-state-damaged"),
        TransferState::Stopped(why) => failure::sentence(why),
    }
}

fn transfer_json(view: &TransferView) -> Value {
    let mut value = serde_json::to_value(view).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("event".to_owned(), json!("transfer"));
    }
    value
}

async fn cancel(client: &Client, screen: &Screen, number: &str) -> Result<(), Failure> {
    let transfers = client.transfers().await?;
    let id = only(transfers.into_iter().map(|view| (view.id.hex(), view.id)), number)?;
    client.cancel_transfer(id).await?;
    screen.tell(&say!("file-cancelled"), &json!({ "event": "cancelled", "id": id.hex() }));
    Ok(())
}
