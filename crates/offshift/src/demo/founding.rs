//! Three people meet, found a room, and talk, also while the relay is away.

use offshift_client::{Founding, Suite};
use serde_json::json;

use super::{
    Founders, ROOM, Stage,
    people::{self, meet},
};
use crate::{failure::Failure, words::say};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<Founders, Failure> {
    let founders = found(stage).await?;
    let (all, room) = (founders.all(), founders.room);
    let [ana, bob, carol] = all;

    stage.title(&say!("demo-talk"));
    stage.say(ana, &all, room, say!("demo-says-bonus")).await?;
    stage.say(bob, &all, room, say!("demo-says-march")).await?;
    stage.say(carol, &all, room, say!("demo-says-ask")).await?;

    stage.title(&say!("demo-relay-stops"));
    stage.relay.stop().await?;
    let text = say!("demo-says-friday");
    stage.said.push(people::say_into_the_dark(stage.screen, ana, room, text).await?);

    stage.title(&say!("demo-relay-back"));
    stage.relay.restart(stage.binary).await?;
    people::settle(&all, room).await?;
    people::all_have(&all, room, &stage.said).await?;
    stage.screen.say(&format!("  {}", say!("demo-have-it")));
    Ok(founders)
}

async fn found(stage: &Stage<'_>) -> Result<Founders, Failure> {
    let screen = stage.screen;
    stage.title(&say!("demo-profiles"));
    let ana = stage.person("ana").await?;
    let bob = stage.person("bob").await?;
    let carol = stage.person("carol").await?;
    screen.say(&format!("  {}", say!("demo-names")));

    stage.title(&say!("demo-ticket"));
    ana.takes_ticket(&stage.relay.ticket(stage.binary).await?).await?;
    screen.tell(&format!("  {}", say!("demo-ticket-taken")), &json!({ "event": "ticket" }));

    stage.title(&say!("demo-meet"));
    let ana_bob = meet(screen, &ana, &bob, None).await?.0;
    let ana_carol = meet(screen, &ana, &carol, None).await?.0;

    stage.title(&say!("demo-found"));
    let founding = Founding {
        name: ROOM.to_owned(),
        members: vec![ana_bob, ana_carol],
        organizers: vec![ana_bob],
        suite: Suite::XWing,
        relay: None,
    };
    let room = ana.client.found(founding).await?;
    people::settle(&[&ana, &bob, &carol], room).await?;
    screen.tell(
        &format!("  {ROOM}: {}", ana.roster(room).await?),
        &json!({ "event": "founded", "room": room.hex() }),
    );
    Ok(Founders { ana, bob, carol, room })
}
