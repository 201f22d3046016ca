//! `offshift policy`: the rules of a room

use offshift_client::{
    MotionKind, MotionView, Proposal, RoomView, StepView, Term, TermValue, TermView,
};
use serde_json::{Value, json};

use super::{
    change, find,
    sure::{Plan, sure},
    wording::{people, short},
};
use crate::{
    cli::{Change, Policy, Propose, Yes},
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
    when,
};

pub(crate) async fn run(client: &Client, screen: &Screen, what: &Policy) -> Result<(), Failure> {
    match what {
        Policy::Show(what) => show(client, screen, &what.room).await,
        Policy::Propose(what) => propose(client, screen, what).await,
        Policy::Approve { room, number, sure } => approve(client, screen, room, number, sure).await,
    }
}

async fn show(client: &Client, screen: &Screen, name: &str) -> Result<(), Failure> {
    let room = find::room(client, name).await?;
    let policy = client.policy(room.id).await?;
    let organizers: Vec<String> =
        policy.organizers.iter().map(|(_, handle)| plain::line(handle)).collect();
    screen.say(&format!(
        "Rules of {}. Organizers: {}.{}",
        screen.strong(&plain::line(&room.name)),
        organizers.join(", "),
        if policy.is_founding {
            " Founders can still be added: nobody was let in by vouches yet."
        } else {
            ""
        }
    ));
    for term in &policy.terms {
        screen.tell(&term_line(term), &term_json(term));
    }
    let motions = client.motions(room.id).await?;
    if !motions.is_empty() {
        screen.say("Waits for approval:");
    }
    for motion in &motions {
        screen.tell(&motion_lines(motion, &room), &motion_json(motion));
    }
    Ok(())
}

fn term_line(term: &TermView) -> String {
    let rule = format!("{}={}", term.term, term.value);
    let coming = term.coming.map(|(value, at)| format!("\n    {value} from {} on", when::day(at)));
    format!("  {rule:<16} {}{}", term.term.meaning(), coming.unwrap_or_default())
}

fn term_json(term: &TermView) -> Value {
    json!({
        "rule": term.term.name(), "value": value(term.value), "meaning": term.term.meaning(),
        "coming": term.coming.map(|(coming, _)| value(coming)),
        "binds_at_ms": term.coming.map(|(_, at)| at.0),
        "least": value(term.range.0), "most": value(term.range.1),
    })
}

/// As it is typed, but numbers and yes or no as such.
fn value(value: TermValue) -> Value {
    match value {
        TermValue::Count(count) => json!(count),
        TermValue::Yes(yes) => json!(yes),
        TermValue::Time(_) => json!(value.to_string()),
    }
}

fn motion_lines(motion: &MotionView, room: &RoomView) -> String {
    let by: Vec<String> = motion.approvals.iter().map(|(_, handle)| plain::line(handle)).collect();
    let number = short(&motion.id.hex());
    let next = if motion.is_approved_by_you {
        "You are for it.".to_owned()
    } else {
        format!("If you are for it: offshift policy approve {} {number}", plain::word(&room.name))
    };
    format!(
        "  {number}  {}\n    {} of {} are for it: {}. It waits until {}.\n    {next}",
        plain::line(&motion.what.to_string()),
        by.len(),
        motion.needed,
        by.join(", "),
        when::day(motion.until)
    )
}

fn motion_json(motion: &MotionView) -> Value {
    json!({
        "motion": motion.id.hex(), "what": motion.what.to_string(), "needed": motion.needed,
        "approvals": motion.approvals.iter().map(|(_, handle)| handle).collect::<Vec<_>>(),
        "approved_by_you": motion.is_approved_by_you, "until_ms": motion.until.0,
    })
}

async fn propose(client: &Client, screen: &Screen, what: &Propose) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let (proposal, words) = proposal(client, &room, &what.change).await?;
    let plan = Plan {
        title: format!("In \"{}\": {words}", plain::line(&room.name)),
        lines: vec![
            "Two organizers must approve. You are the first; everybody sees it.".to_owned(),
            "What makes it easier to come in binds three days after the second approval."
                .to_owned(),
        ],
    };
    sure(screen, &what.sure, &plan).await?;
    let mut events = client.events();
    let step = client.propose(room.id, proposal).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    told(screen, "proposed", &room, step, &words, state);
    Ok(())
}

/// What is proposed, and the same in words.
async fn proposal(
    client: &Client,
    room: &RoomView,
    change: &Change,
) -> Result<(Proposal, String), Failure> {
    if let Some(person) = &change.organizer {
        let one = find::member(client, room, person).await?;
        let words = format!("make {} an organizer", plain::line(&one.handle));
        return Ok((Proposal::NameOrganizer(one.id), words));
    }
    if let Some(person) = &change.no_organizer {
        let one = find::member(client, room, person).await?;
        let words = format!("{} is an organizer no more", plain::line(&one.handle));
        return Ok((Proposal::DropOrganizer(one.id), words));
    }
    if let Some(person) = &change.lift {
        let past = client.past_members(room.id).await?;
        let one = find::only(&past, person, |typed| was_not(typed, room))?;
        let words = format!("let members vouch for {} again", plain::line(&one.handle));
        return Ok((Proposal::Lift(one.id), words));
    }
    let terms: Vec<(Term, TermValue)> =
        change.terms.iter().map(|text| rule(text, room)).collect::<Result<_, _>>()?;
    let words: Vec<String> = terms.iter().map(|(term, value)| format!("{term}={value}")).collect();
    Ok((Proposal::Terms(terms), words.join(" ")))
}

fn rule(text: &str, room: &RoomView) -> Result<(Term, TermValue), Failure> {
    let next = || format!("offshift policy show {}", plain::word(&room.name));
    let (name, value) = text.split_once('=').ok_or_else(|| {
        Failure::fixable(format!("\"{}\" is not RULE=VALUE", plain::line(text)), next())
    })?;
    let term: Term = name.parse().map_err(|error| Failure::fixable(format!("{error}"), next()))?;
    let value = term.value(value).map_err(|error| Failure::fixable(error.to_string(), next()))?;
    Ok((term, value))
}

fn was_not(typed: &str, room: &RoomView) -> Failure {
    Failure::fixable(
        format!("\"{typed}\" was not put out of \"{}\"", plain::line(&room.name)),
        format!("offshift members {}", plain::word(&room.name)),
    )
}

async fn approve(
    client: &Client,
    screen: &Screen,
    name: &str,
    number: &str,
    given: &Yes,
) -> Result<(), Failure> {
    let room = find::room(client, name).await?;
    let motions = client.motions(room.id).await?;
    let wanted = number.to_lowercase();
    let mut found = motions.iter().filter(|one| one.id.hex().starts_with(&wanted));
    let (Some(motion), None) = (found.next(), found.next()) else {
        return Err(Failure::fixable(
            "nothing with this number waits for approval",
            format!("offshift policy show {}", plain::word(&room.name)),
        ));
    };
    let words = plain::line(&motion.what.to_string());
    sure(screen, given, &approval_plan(&room, motion)).await?;
    let mut events = client.events();
    let step = client.approve(room.id, motion.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    told(screen, "approved", &room, step, &words, state);
    Ok(())
}

fn approval_plan(room: &RoomView, motion: &MotionView) -> Plan {
    let (so_far, needed) = (motion.approvals.len(), motion.needed);
    let mut lines =
        vec![format!("{so_far} of {needed} are for it so far. With the last it is done.")];
    if matches!(motion.what, MotionKind::Sever(_) | MotionKind::Recall(_)) {
        lines.push("Who is put out reads nothing new, on any phone.".to_owned());
        lines.push("It cannot erase what they already have.".to_owned());
    }
    lines.push("Everybody in the room sees that you approved.".to_owned());
    let what = plain::line(&motion.what.to_string());
    Plan { title: format!("Approve in \"{}\": {what}", plain::line(&room.name)), lines }
}

fn told(screen: &Screen, event: &str, room: &RoomView, step: StepView, what: &str, state: &str) {
    let word = plain::word(&room.name);
    let done = format!("Decided: {what}.{state} See it: offshift policy show {word}");
    let (words, mut object) = change::step(step, &done, &word);
    people::merge(&mut object, json!({ "event": event, "room": room.id.hex(), "what": what }));
    screen.tell(&words, &object);
}
