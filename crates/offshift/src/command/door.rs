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
        screen.say(&format!(
            "Nobody waits to come in. Next, when you met somebody: offshift vouch {} PERSON",
            plain::word(&room.name)
        ));
    }
    for one in &applicants {
        screen.tell(&people::applicant(one, &room, screen), &people::applicant_json(one));
    }
    for one in &returning {
        screen.tell(
            &format!(
                "{} asks to come back, away since {}.\n  An organizer can let them: offshift room admit {} {}",
                screen.strong(&plain::line(&one.handle)),
                when::day(one.absent_since),
                plain::word(&room.name),
                plain::word(&one.handle)
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
        &format!(
            "You are against letting {} in. Everybody in \"{}\" reads why.{state}",
            plain::line(&applicant.handle),
            plain::line(&room.name)
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

fn admitted(screen: &Screen, room: &RoomView, id: MemberId, handle: &str, state: &str) {
    screen.tell(
        &format!(
            "{} is let into \"{}\".{state} They read what comes from now on, nothing from before.",
            plain::line(handle),
            plain::line(&room.name)
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
    lines.push("They read what comes from now on, nothing from before.".to_owned());
    lines.push("Everybody sees who let them in, and who vouched.".to_owned());
    lines.push(
        "You can put them out again. It cannot erase what they have read by then.".to_owned(),
    );
    Plan {
        title: format!("Let {} into \"{}\":", plain::line(&one.handle), plain::line(&room.name)),
        lines,
    }
}

fn plan_return(one: &ReturningView, room: &RoomView) -> Plan {
    let handle = plain::line(&one.handle);
    Plan {
        title: format!("Let {handle} back into \"{}\":", plain::line(&room.name)),
        lines: vec![
            format!("Their device says that it was away since {}.", when::day(one.absent_since)),
            format!(
                "Ask {handle} first, face to face or in a call: whoever has that phone comes back."
            ),
            "They read what comes from now on, nothing from the time in between.".to_owned(),
        ],
    }
}

fn waits_not(typed: &str, room: &RoomView) -> Failure {
    Failure::fixable(
        format!("nobody vouched for \"{typed}\" in \"{}\"", plain::line(&room.name)),
        format!("meet them, then: offshift vouch {} PERSON", plain::word(&room.name)),
    )
}
