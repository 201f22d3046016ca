//! The people of the demo: each a profile of the real client library.

use std::{path::Path, time::Duration};

use offshift_client::{
    Care, Client, ContactId, Event, Events, MeetingId, MessageId, MessageKind, MessageView, Method,
    Passphrase, RoomId, Synced, TicketState,
};
use serde_json::json;
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::{
    failure::Failure,
    screen::Screen,
    words::{self, say},
};

/// No step takes longer unless something is wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// One person.
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) client: Client,
}

/// One thing said.
pub(super) struct Said {
    pub(super) by: &'static str,
    text: String,
    id: MessageId,
}

impl Person {
    pub(super) async fn new(
        folder: &Path,
        name: &'static str,
        relay: &str,
    ) -> Result<Self, Failure> {
        let secret = Zeroizing::new(format!("passphrase-of-{name}-in-the-demo"));
        let passphrase = Passphrase::for_new_profile(secret)
            .map_err(|_| Failure::defect("the demo's passphrase is not one"))?;
        let client = Client::create(&folder.join(name), name, passphrase).await?;
        client.add_relay(relay).await?;
        Ok(Self { name, client })
    }

    /// Adds a ticket, and waits until the relay has taken it.
    pub(super) async fn takes_ticket(&self, code: &str) -> Result<(), Failure> {
        let mut events = self.client.events();
        self.client.add_ticket(code).await?;
        let good = async {
            loop {
                match events.next().await {
                    Some(Event::Ticket { state: TicketState::Good, .. }) => return Ok(()),
                    Some(_) => {}
                    None => return Err(Failure::defect("a client ended")),
                }
            }
        };
        timeout(PATIENCE, good).await.unwrap_or_else(|_| Err(slow()))
    }

    pub(super) async fn roster(&self, room: RoomId) -> Result<String, Failure> {
        let members = self.client.room(room).await?.members;
        let names = members.iter().map(|member| {
            if member.is_organizer {
                say!("demo-organizer", handle = member.handle.as_str())
            } else {
                member.handle.clone()
            }
        });
        Ok(words::list(names))
    }

    /// Whether this person's history is these messages, once each and in this order.
    pub(super) async fn has_exactly(&self, room: RoomId, said: &[Said]) -> Result<(), Failure> {
        let history = texts(self, room).await?;
        let found = history.iter().map(|m| (m.id, m.handle.as_str(), m.text.as_deref()));
        let wanted = said.iter().map(|one| (one.id, one.by, Some(one.text.as_str())));
        if found.eq(wanted) {
            return Ok(());
        }
        Err(Failure::defect(format!("{} did not read every message once and in order", self.name)))
    }

    /// What this person reads in a room, line by line.
    pub(super) async fn has_read(&self, room: RoomId) -> Result<Vec<String>, Failure> {
        let line = |m: &MessageView| format!("{}: {}", m.handle, m.text.as_deref().unwrap_or(""));
        Ok(texts(self, room).await?.iter().map(line).collect())
    }

    async fn has(&self, room: RoomId, id: MessageId) -> Result<bool, Failure> {
        let history = self.client.history(room).await?;
        Ok(history.iter().any(|message| message.id == id))
    }
}

/// Two people meet; the words of both screens are shown and compared, as the two would do. The other shows the card
/// that they showed to `like` before, if that is given.
pub(super) async fn meet(
    screen: &Screen,
    one: &Person,
    other: &Person,
    like: Option<ContactId>,
) -> Result<(ContactId, ContactId), Failure> {
    let (mut one_sees, mut other_sees) = (one.client.events(), other.client.events());
    let shown = one.client.meet_show(None, None).await?;
    let scanned = other.client.meet_scan(&shown.code, like).await?;
    let one_words = words(&mut one_sees, shown.meeting).await?;
    let other_words = words(&mut other_sees, scanned).await?;
    let same = one_words == other_words;
    screen.tell(
        &format!(
            "  {:<6} {:<28} {:<6} {:<28} {}",
            format!("{}:", one.name),
            one_words.join(" "),
            format!("{}:", other.name),
            other_words.join(" "),
            if same { say!("demo-same") } else { say!("demo-different") }
        ),
        &json!({ "event": "met", "one": one.name, "other": other.name, "words": one_words, "same": same }),
    );
    if !same {
        return Err(Failure::trust(say!("demo-words-differ"), say!("demo-next")));
    }
    let one_has = one.client.meet_confirm(shown.meeting, Method::InPerson).await?;
    let other_has = other.client.meet_confirm(scanned, Method::InPerson).await?;
    Ok((one_has.id, other_has.id))
}

async fn words(events: &mut Events, meeting: MeetingId) -> Result<[String; 3], Failure> {
    let wait = async {
        loop {
            match events.next().await {
                Some(Event::Words { meeting: of, words, .. }) if of == meeting => return Ok(words),
                Some(_) => {}
                None => return Err(Failure::defect("a client ended")),
            }
        }
    };
    timeout(PATIENCE, wait).await.unwrap_or_else(|_| Err(slow()))
}

/// Somebody says something, and everybody has it.
pub(super) async fn say(
    screen: &Screen,
    who: &Person,
    all: &[&Person],
    room: RoomId,
    text: String,
) -> Result<Said, Failure> {
    let id = who.client.send(room, &text, None, Care::Ordinary).await?;
    let said = Said { by: who.name, text, id };
    settle(all, room).await?;
    all_have(all, room, std::slice::from_ref(&said)).await?;
    tell(screen, &said, &say!("demo-sent"), "sent");
    Ok(said)
}

/// Somebody says something while the relay is away: it waits.
pub(super) async fn say_into_the_dark(
    screen: &Screen,
    who: &Person,
    room: RoomId,
    text: String,
) -> Result<Said, Failure> {
    let id = who.client.send(room, &text, None, Care::Ordinary).await?;
    if who.client.room(room).await?.waiting != 1 {
        return Err(Failure::defect("a message does not wait while the relay is away"));
    }
    let said = Said { by: who.name, text, id };
    tell(screen, &said, &say!("demo-waiting"), "waiting");
    Ok(said)
}

fn tell(screen: &Screen, said: &Said, words: &str, state: &str) {
    screen.tell(
        &format!("  {:<6} {:<58} {words}", format!("{}:", said.by), said.text),
        &json!({ "event": "said", "by": said.by, "text": said.text, "state": state }),
    );
}

/// Waits until everybody is in the room and has read all there is.
pub(super) async fn settle(people: &[&Person], room: RoomId) -> Result<(), Failure> {
    let wait = async {
        for person in people {
            settle_one(person, room).await?;
        }
        Ok(())
    };
    timeout(PATIENCE, wait).await.unwrap_or_else(|_| Err(slow()))
}

async fn settle_one(person: &Person, room: RoomId) -> Result<(), Failure> {
    let mut events = person.client.events();
    loop {
        let synced = person.client.sync().await?;
        if synced == Synced::Complete && person.client.room(room).await.is_ok() {
            return Ok(());
        }
        // Something has to happen first: the relay comes back, or an invitation arrives.
        if events.next().await.is_none() {
            return Err(Failure::defect("a client ended"));
        }
    }
}

/// Waits until everybody has read all of `said`.
pub(super) async fn all_have(
    people: &[&Person],
    room: RoomId,
    said: &[Said],
) -> Result<(), Failure> {
    let wait = async {
        for person in people {
            let mut events = person.client.events();
            for one in said {
                while !person.has(room, one.id).await? {
                    if events.next().await.is_none() {
                        return Err(Failure::defect("a client ended"));
                    }
                }
            }
        }
        Ok(())
    };
    timeout(PATIENCE, wait).await.unwrap_or_else(|_| Err(slow()))
}

/// What people wrote in a room, as far as this person reads it.
pub(super) async fn texts(who: &Person, room: RoomId) -> Result<Vec<MessageView>, Failure> {
    let mut history = who.client.history(room).await?;
    history.retain(|message| message.kind == MessageKind::Text);
    Ok(history)
}

/// Waits until something is so on this person's device.
pub(super) async fn until<T>(
    who: &Person,
    is_so: impl AsyncFn() -> Result<Option<T>, Failure>,
) -> Result<T, Failure> {
    let wait = async {
        let mut events = who.client.events();
        loop {
            if let Some(found) = is_so().await? {
                return Ok(found);
            }
            if events.next().await.is_none() {
                return Err(Failure::defect("a client ended"));
            }
        }
    };
    timeout(PATIENCE, wait).await.unwrap_or_else(|_| Err(slow()))
}

fn slow() -> Failure {
    Failure::outside(say!("demo-slow"), say!("demo-next"))
}
