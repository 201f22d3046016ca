//! `offshift policy`: the rules of a room

use offshift_client::{
    BadTerm, MotionKind, MotionView, Proposal, RoomView, StepView, Term, TermValue, TermView,
};
use serde_json::{Value, json};

use super::{
    change, find,
    sure::{Plan, sure},
    wording::{motion, people, short},
};
use crate::{
    cli::{Change, Policy, Propose, Yes},
    engine::Client,
    failure::{self, Failure},
    plain,
    screen::Screen,
    when,
    words::{self, say},
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
    let organizers = words::list(policy.organizers.iter().map(|(_, handle)| plain::line(handle)));
    screen.say(&say!(
        "policy-title",
        room = screen.strong(&plain::line(&room.name)),
        organizers = organizers,
        founding = if policy.is_founding { "yes" } else { "no" }
    ));
    for term in &policy.terms {
        screen.tell(&term_line(term), &term_json(term));
    }
    let motions = client.motions(room.id).await?;
    if !motions.is_empty() {
        screen.say(&say!("policy-waits"));
    }
    for motion in &motions {
        screen.tell(&motion_lines(motion, &room), &motion_json(motion));
    }
    Ok(())
}

fn term_line(term: &TermView) -> String {
    let rule = format!("{}={}", term.term, term.value);
    let coming = term.coming.map(|(value, at)| {
        format!("\n    {}", say!("policy-coming", value = value.to_string(), day = when::day(at)))
    });
    format!("  {rule:<16} {}{}", motion::meaning(term.term), coming.unwrap_or_default())
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
    let by = words::list(motion.approvals.iter().map(|(_, handle)| plain::line(handle)));
    let number = short(&motion.id.hex());
    let next = if motion.is_approved_by_you {
        say!("policy-you-are-for-it")
    } else {
        let room = plain::word(&room.name);
        say!("policy-approve-next", room_word = room, number_word = number.as_str())
    };
    let state = say!(
        "policy-motion-state",
        count = motion.approvals.len(),
        needed = motion.needed,
        handles = by,
        day = when::day(motion.until)
    );
    format!("  {number}  {}\n    {state}\n    {next}", motion::words(&motion.what))
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
        title: say!("policy-propose-title", room = plain::line(&room.name), what = words.as_str()),
        lines: vec![say!("policy-two-must-approve"), say!("policy-easier-later")],
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
        let words = say!("motion-name-organizer", handle = plain::line(&one.handle));
        return Ok((Proposal::NameOrganizer(one.id), words));
    }
    if let Some(person) = &change.no_organizer {
        let one = find::member(client, room, person).await?;
        let words = say!("motion-drop-organizer", handle = plain::line(&one.handle));
        return Ok((Proposal::DropOrganizer(one.id), words));
    }
    if let Some(person) = &change.lift {
        let past = client.past_members(room.id).await?;
        let one = find::only(&past, person, |typed| was_not(typed, room))?;
        let words = say!("policy-lift", handle = plain::line(&one.handle));
        return Ok((Proposal::Lift(one.id), words));
    }
    let terms: Vec<(Term, TermValue)> =
        change.terms.iter().map(|text| rule(text, room)).collect::<Result<_, _>>()?;
    let words: Vec<String> = terms.iter().map(|(term, value)| format!("{term}={value}")).collect();
    Ok((Proposal::Terms(terms), words.join(" ")))
}

fn rule(text: &str, room: &RoomView) -> Result<(Term, TermValue), Failure> {
    let next = || say!("policy-next", room_word = plain::word(&room.name));
    let (name, value) = text.split_once('=').ok_or_else(|| {
        Failure::fixable(say!("policy-not-a-rule", text = plain::line(text)), next())
    })?;
    let said = |error: BadTerm| Failure::fixable(failure::sentence(&error.into()), next());
    let term: Term = name.parse().map_err(said)?;
    let value = term.value(value).map_err(said)?;
    Ok((term, value))
}

fn was_not(typed: &str, room: &RoomView) -> Failure {
    Failure::fixable(
        say!("policy-was-not-out", person = typed, room = plain::line(&room.name)),
        say!("find-members-next", room_word = plain::word(&room.name)),
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
            say!("policy-unknown-motion"),
            say!("policy-next", room_word = plain::word(&room.name)),
        ));
    };
    let words = motion::words(&motion.what);
    sure(screen, given, &approval_plan(&room, motion)).await?;
    let mut events = client.events();
    let step = client.approve(room.id, motion.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    told(screen, "approved", &room, step, &words, state);
    Ok(())
}

fn approval_plan(room: &RoomView, motion: &MotionView) -> Plan {
    let (so_far, needed) = (motion.approvals.len(), motion.needed);
    let mut lines = vec![say!("policy-so-far", count = so_far, needed = needed)];
    if matches!(motion.what, MotionKind::Sever(_) | MotionKind::Recall(_)) {
        lines.push(say!("policy-reads-nothing"));
        lines.push(say!("out-cannot-erase"));
    }
    lines.push(say!("policy-everybody-sees"));
    let (room, what) = (plain::line(&room.name), motion::words(&motion.what));
    Plan { title: say!("policy-approve-title", room = room, what = what), lines }
}

fn told(
    screen: &Screen,
    event: &str,
    room: &RoomView,
    step: StepView,
    what: &str,
    state: &'static str,
) {
    let word = plain::word(&room.name);
    let done = say!("policy-decided", what = what, away = state, room_word = word.as_str());
    let (words, mut object) = change::step(step, &done, &word);
    people::merge(&mut object, json!({ "event": event, "room": room.id.hex(), "what": what }));
    screen.tell(&words, &object);
}
