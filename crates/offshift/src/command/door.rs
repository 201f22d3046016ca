//! `offshift room applicants|object|admit`: who comes in, or back

use offshift_client::{ApplicantView, MemberId, ReturningView, RoomView};
use serde_json::json;

use super::{
    change, find,
    sure::{Plan, sure},
    wording::people,
};
use crate::{
    cli::{Admit, In, Named},
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
    when,
    words::say,
};

/// Whom an organizer may let in.
enum Waiting {
    Newcomer(ApplicantView),
    Returning(ReturningView),
}

/// `offshift room applicants`
pub(crate) async fn applicants(client: &Client, screen: &Screen, what: &In) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let applicants = client.applicants(room.id).await?;
    let returning = client.returning(room.id).await?;
    if applicants.is_empty() && returning.is_empty() {
        screen.say(&say!("door-nobody", room_word = plain::word(&room.name)));
    }
    for one in &applicants {
        screen.tell(&people::applicant(one, &room, screen), &people::applicant_json(one));
    }
    for one in &returning {
        screen.tell(
            &say!(
                "door-returning",
                handle = screen.strong(&plain::line(&one.handle)),
                day = when::day(one.absent_since),
                room_word = plain::word(&room.name),
                person_word = plain::word(&one.handle)
            ),
            &json!({
                "returning": one.id.hex(), "handle": one.handle, "absent_since_ms": one.absent_since.0,
            }),
        );
    }
    Ok(())
}

/// `offshift room object`
pub(crate) async fn object(
    client: &Client,
    screen: &Screen,
    of: &Named,
    reason: &str,
) -> Result<(), Failure> {
    let room = find::room(client, &of.room).await?;
    let applicants = client.applicants(room.id).await?;
    let applicant = find::only(&applicants, &of.person, |typed| waits_not(typed, &room))?;
    let mut events = client.events();
    client.object(room.id, applicant.id, reason).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    screen.tell(
        &say!(
            "door-objected",
            handle = plain::line(&applicant.handle),
            room = plain::line(&room.name),
            away = state
        ),
        &json!({
            "event": "objected", "room": room.id.hex(), "applicant": applicant.id.hex(), "handle": applicant.handle,
        }),
    );
    Ok(())
}

/// `offshift room admit`
pub(crate) async fn admit(client: &Client, screen: &Screen, what: &Admit) -> Result<(), Failure> {
    let room = find::room(client, &what.of.room).await?;
    let waiting = waiting(client, &room, &what.of.person).await?;
    let mut events = client.events();
    let (id, handle) = match &waiting {
        Waiting::Newcomer(one) => {
            // What the rules refuse is said before a person is asked for a yes.
            if let Some(missing) = &one.missing {
                return Err(people::not_ready(missing, one, &room));
            }
            sure(screen, &what.sure, &plan(one, &room)).await?;
            // Who has just said yes has read the objections; a script may not have.
            let despite = what.despite_objections || !what.sure.yes && !one.objections.is_empty();
            client.admit(room.id, one.id, despite).await?;
            (one.id, &one.handle)
        }
        Waiting::Returning(one) => {
            sure(screen, &what.sure, &plan_return(one, &room)).await?;
            client.confirm_return(room.id, one.id).await?;
            (one.id, &one.handle)
        }
    };
    let state = change::settle(client, &mut events, room.id).await?;
    admitted(screen, &room, id, handle, state);
    Ok(())
}

fn admitted(screen: &Screen, room: &RoomView, id: MemberId, handle: &str, state: &'static str) {
    screen.tell(
        &say!(
            "door-admitted",
            handle = plain::line(handle),
            room = plain::line(&room.name),
            away = state
        ),
        &json!({ "event": "admitted", "room": room.id.hex(), "member": id.hex(), "handle": handle }),
    );
}

async fn waiting(client: &Client, room: &RoomView, typed: &str) -> Result<Waiting, Failure> {
    let returning = client.returning(room.id).await?;
    if let [one] = find::fitting(&returning, typed).as_slice() {
        return Ok(Waiting::Returning((*one).clone()));
    }
    let applicants = client.applicants(room.id).await?;
    let one = find::only(&applicants, typed, |typed| waits_not(typed, room))?;
    Ok(Waiting::Newcomer(one.clone()))
}

fn plan(one: &ApplicantView, room: &RoomView) -> Plan {
    let mut lines = people::words_for(one);
    lines.push(say!("door-reads-from-now"));
    lines.push(say!("door-everybody-sees"));
    lines.push(say!("door-put-out-again"));
    Plan {
        title: say!(
            "door-admit-title",
            handle = plain::line(&one.handle),
            room = plain::line(&room.name)
        ),
        lines,
    }
}

fn plan_return(one: &ReturningView, room: &RoomView) -> Plan {
    let handle = plain::line(&one.handle);
    Plan {
        title: say!("door-return-title", handle = handle.as_str(), room = plain::line(&room.name)),
        lines: vec![
            say!("door-return-away", day = when::day(one.absent_since)),
            say!("door-return-ask", handle = handle),
            say!("door-return-reads"),
        ],
    }
}

fn waits_not(typed: &str, room: &RoomView) -> Failure {
    Failure::fixable(
        say!("door-unknown", person = typed, room = plain::line(&room.name)),
        say!("door-unknown-next", room_word = plain::word(&room.name)),
    )
}
