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
    words::{self, say},
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
        plan.lines.insert(0, say!("out-several"));
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
    plan.lines.insert(0, say!("out-recall"));
    sure(screen, &what.sure, &plan).await?;
    let mut events = client.events();
    let step = client.recall(room.id, one.id).await?;
    let state = change::settle(client, &mut events, room.id).await?;
    told(screen, "recalled", &room, &[one], step, &plain::line(&one.handle), state);
    Ok(())
}

fn plan(leaving: &[&MemberView], members: &[MemberView], room: &RoomView) -> Plan {
    let who = names(leaving);
    let mut lines =
        vec![say!("out-reads-nothing", handles = who.as_str()), say!("out-keys-stay-out")];
    let depending = brought_in(leaving, members);
    if !depending.is_empty() {
        lines.push(say!("out-vouched-for", handles = words::list(depending)));
    }
    lines.push(say!("out-everybody-sees"));
    lines.push(say!("out-cannot-erase"));
    Plan { title: say!("out-title", handles = who, room = plain::line(&room.name)), lines }
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
    words::list_and(leaving.iter().map(|one| plain::line(&one.handle)))
}

fn told(
    screen: &Screen,
    event: &str,
    room: &RoomView,
    leaving: &[&MemberView],
    step: StepView,
    who: &str,
    state: &'static str,
) {
    let word = plain::word(&room.name);
    let first = leaving.first().map(|one| plain::word(&one.handle)).unwrap_or_default();
    let done = say!(
        "out-done",
        handles = who,
        room = plain::line(&room.name),
        away = state,
        room_word = word.as_str(),
        person_word = first
    );
    let (told, mut object) = change::step(step, &done, &word);
    people::merge(
        &mut object,
        json!({
            "event": event, "room": room.id.hex(),
            "members": leaving.iter().map(|one| one.id.hex()).collect::<Vec<_>>(),
            "handles": leaving.iter().map(|one| &one.handle).collect::<Vec<_>>(),
        }),
    );
    screen.tell(&told, &object);
}
