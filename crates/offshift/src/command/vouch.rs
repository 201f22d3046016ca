//! `offshift vouch`, `offshift review`: members give their word for somebody

use offshift_client::{Method, RoomView};
use serde_json::json;

use super::{
    change, find,
    sure::{Plan, sure},
    wording::people,
};
use crate::{
    cli::{Review, Vouch},
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
    words::{self, say},
};

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Vouch) -> Result<(), Failure> {
    let room = find::room(client, &what.of.room).await?;
    if what.again {
        return again(client, screen, &room, &what.of.person, what.call).await;
    }
    let mut events = client.events();
    let contact = find::contact(client, &what.of.person).await?;
    client.vouch(room.id, contact.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    let (name, handle) = (plain::line(&room.name), plain::line(&contact.handle));
    let applicants = client.applicants(room.id).await?;
    let ready = applicants.iter().find(|one| one.handle == contact.handle);
    let next = ready.map(|one| people::readiness(one, &room)).unwrap_or_default();
    screen.tell(
        &format!("{}\n{next}", say!("vouch-done", handle = handle, room = name, away = state)),
        &json!({
            "event": "vouched", "room": room.id.hex(), "handle": contact.handle,
            "applicant": ready.map(|one| one.id.hex()), "missing": ready.and_then(|one| one.missing.as_ref()).map(|why| &why.sentence),
        }),
    );
    Ok(())
}

/// For a member whose admission has lost a voucher.
async fn again(
    client: &Client,
    screen: &Screen,
    room: &RoomView,
    person: &str,
    call: bool,
) -> Result<(), Failure> {
    let mut events = client.events();
    let member = find::member(client, room, person).await?;
    let met = if call { Method::Call } else { Method::InPerson };
    client.revouch(room.id, member.id, met).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    let (name, handle) = (plain::line(&room.name), plain::line(&member.handle));
    screen.tell(
        &say!(
            "vouch-again",
            handle = handle,
            room = name,
            away = state,
            room_word = plain::word(&room.name),
            person_word = plain::word(&member.handle)
        ),
        &json!({ "event": "vouched_again", "room": room.id.hex(), "member": member.id.hex(), "handle": member.handle }),
    );
    Ok(())
}

/// `offshift review`
pub(crate) async fn review(client: &Client, screen: &Screen, what: &Review) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    if let Some(person) = &what.confirm {
        return confirm(client, screen, &room, person, what).await;
    }
    let members = client.review(room.id).await?;
    let (name, word) = (plain::line(&room.name), plain::word(&room.name));
    if members.is_empty() {
        screen.say(&say!("review-nobody", room = name));
        return Ok(());
    }
    screen.say(&say!("review-title"));
    for member in &members {
        let handle = screen.strong(&plain::line(&member.handle));
        let line = words::list([handle, people::origin(member)]);
        screen.tell(&format!("  {line}"), &people::member_json(member));
    }
    screen.say(&say!("review-next", room_word = word));
    Ok(())
}

async fn confirm(
    client: &Client,
    screen: &Screen,
    room: &RoomView,
    person: &str,
    what: &Review,
) -> Result<(), Failure> {
    let member = find::member(client, room, person).await?;
    let handle = plain::line(&member.handle);
    let plan = Plan {
        title: say!("review-end-title", handle = handle.as_str(), room = plain::line(&room.name)),
        lines: vec![say!("review-end-counts"), say!("review-end-needs")],
    };
    sure(screen, &what.sure, &plan).await?;
    let mut events = client.events();
    client.confirm(room.id, member.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    screen.tell(
        &say!("review-ended", handle = handle, away = state),
        &json!({ "event": "confirmed", "room": room.id.hex(), "member": member.id.hex(), "handle": member.handle }),
    );
    Ok(())
}
