//! `offshift sever`, `offshift recall`: somebody is put out

use offshift_client::{MemberId, MemberView, OriginView, RoomView, StepView};
use serde_json::json;

use super::{
    change, find,
    sure::{Plan, sure},
    wording::people,
};
use crate::{
    cli::{One, Out},
    engine::Client,
    failure::Failure,
    plain,
    screen::Screen,
};

/// `offshift sever`
pub(crate) async fn sever(client: &Client, screen: &Screen, what: &Out) -> Result<(), Failure> {
    let room = find::room(client, &what.room).await?;
    let members = client.members(room.id).await?;
    let mut leaving: Vec<&MemberView> = Vec::new();
    for typed in &what.people {
        let one = find::only(&members, typed, |typed| find::not_in(typed, &room))?;
        if leaving.iter().all(|other| other.id != one.id) {
            leaving.push(one);
        }
    }
    let who = names(&leaving);
    let mut plan = plan(&leaving, &members, &room);
    if leaving.len() > 1 {
        plan.lines.insert(
            0,
            "Several at once need two organizers; you are the first or the second.".to_owned(),
        );
    }
    sure(screen, &what.sure, &plan).await?;
    let mut events = client.events();
    let ids: Vec<MemberId> = leaving.iter().map(|one| one.id).collect();
    let step = client.sever(room.id, &ids).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    told(screen, "severed", &room, &leaving, step, &who, state);
    Ok(())
}

/// `offshift recall`
pub(crate) async fn recall(client: &Client, screen: &Screen, what: &One) -> Result<(), Failure> {
    let room = find::room(client, &what.of.room).await?;
    let members = client.members(room.id).await?;
    let one = find::only(&members, &what.of.person, |typed| find::not_in(typed, &room))?;
    let mut plan = plan(&[one], &members, &room);
    plan.lines.insert(
        0,
        "No organizer is needed: members of two branches whose word counts must all ask for it."
            .to_owned(),
    );
    sure(screen, &what.sure, &plan).await?;
    let mut events = client.events();
    let step = client.recall(room.id, one.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    told(screen, "recalled", &room, &[one], step, &plain::line(&one.handle), state);
    Ok(())
}

fn plan(leaving: &[&MemberView], members: &[MemberView], room: &RoomView) -> Plan {
    let who = names(leaving);
    let mut lines = vec![
        format!("{who} will read nothing new, on any phone. For who is online that takes seconds."),
        "Their keys can't come back until two organizers allow it.".to_owned(),
    ];
    let depending = brought_in(leaving, members);
    if !depending.is_empty() {
        lines.push(format!(
            "They vouched for {}. Nobody is put out for that, but others may have to vouch again.",
            depending.join(", ")
        ));
    }
    lines.push("Everybody sees that you did it.".to_owned());
    lines.push("It cannot erase what they already have.".to_owned());
    Plan { title: format!("Put {who} out of \"{}\":", plain::line(&room.name)), lines }
}

/// Who came in by their word.
fn brought_in(leaving: &[&MemberView], members: &[MemberView]) -> Vec<String> {
    let left = |id: &MemberId| leaving.iter().any(|one| one.id == *id);
    let depends = |one: &&MemberView| match &one.origin {
        OriginView::Vouched(by) => !left(&one.id) && by.iter().any(|voucher| left(&voucher.member)),
        OriginView::Founder | OriginView::DeviceOf { .. } => false,
    };
    members.iter().filter(depends).map(|one| plain::line(&one.handle)).collect()
}

fn names(leaving: &[&MemberView]) -> String {
    let handles: Vec<String> = leaving.iter().map(|one| plain::line(&one.handle)).collect();
    handles.join(" and ")
}

fn told(
    screen: &Screen,
    event: &str,
    room: &RoomView,
    leaving: &[&MemberView],
    step: StepView,
    who: &str,
    state: &str,
) {
    let word = plain::word(&room.name);
    let first = leaving.first().map(|one| plain::word(&one.handle)).unwrap_or_default();
    let done = format!(
        "{who} is out of \"{}\".{state} It cannot erase what they already have.\n\
         Next: offshift exposure {word} {first}, then: offshift review {word}",
        plain::line(&room.name)
    );
    let (words, mut object) = change::step(step, &done, &word);
    people::merge(
        &mut object,
        json!({
            "event": event, "room": room.id.hex(),
            "members": leaving.iter().map(|one| one.id.hex()).collect::<Vec<_>>(),
            "handles": leaving.iter().map(|one| &one.handle).collect::<Vec<_>>(),
        }),
    );
    screen.tell(&words, &object);
}
