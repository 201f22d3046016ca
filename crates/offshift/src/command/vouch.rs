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
        &format!("You vouch for {handle} in \"{name}\". Everybody in it sees that.{state}\n{next}"),
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
        &format!(
            "You vouch for {handle} again in \"{name}\". Everybody in it sees that.{state}\n\
             When enough have, an organizer ends the review:\n  offshift review {} --confirm {}",
            plain::word(&room.name),
            plain::word(&member.handle)
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
        screen.say(&format!("Nobody in \"{name}\" is under review."));
        return Ok(());
    }
    screen.say("Somebody who vouched for these was put out. Their own vouches do not count");
    screen.say("until others vouch for them again:");
    for member in &members {
        let handle = screen.strong(&plain::line(&member.handle));
        screen
            .tell(&format!("  {handle}, {}", people::origin(member)), &people::member_json(member));
    }
    screen.say(&format!("Who knows them: offshift vouch {word} PERSON --again"));
    screen.say(&format!("Then an organizer: offshift review {word} --confirm PERSON"));
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
        title: format!("End the review of {handle} in \"{}\":", plain::line(&room.name)),
        lines: vec![
            "Their own vouches count again. Everybody sees that you did it.".to_owned(),
            "It needs as many vouches as it took to let them in, all of people who are trusted."
                .to_owned(),
        ],
    };
    sure(screen, &what.sure, &plan).await?;
    let mut events = client.events();
    client.confirm(room.id, member.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    screen.tell(
        &format!("{handle} is not under review any more.{state}"),
        &json!({ "event": "confirmed", "room": room.id.hex(), "member": member.id.hex(), "handle": member.handle }),
    );
    Ok(())
}
