//! Three people meet, found a room, and talk, also while the relay is away.

use offshift_client::{Founding, Suite};
use serde_json::json;

use super::{
    Founders, ROOM, Stage,
    people::{self, meet},
};
use crate::failure::Failure;

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<Founders, Failure> {
    let founders = found(stage).await?;
    let (all, room) = (founders.all(), founders.room);
    let [ana, bob, carol] = all;

    stage.title("They talk.");
    stage.say(ana, &all, room, "The night bonus is gone from my payslip. Yours?").await?;
    stage.say(bob, &all, room, "Mine too. Since March.").await?;
    stage.say(carol, &all, room, "Let us ask the others on Friday.").await?;

    stage.title("The relay stops. A message waits on ana's device.");
    stage.relay.stop().await?;
    let text = "Friday, six, at the bus stop.";
    stage.said.push(people::say_into_the_dark(stage.screen, ana, room, text).await?);

    stage.title("The relay is back. The message goes out by itself.");
    stage.relay.restart(stage.binary).await?;
    people::settle(&all, room).await?;
    people::all_have(&all, room, &stage.said).await?;
    stage.screen.say("  bob and carol have it");
    Ok(founders)
}

async fn found(stage: &Stage<'_>) -> Result<Founders, Failure> {
    let screen = stage.screen;
    stage.title("Three people make profiles. No phone number, no e-mail.");
    let ana = stage.person("ana").await?;
    let bob = stage.person("bob").await?;
    let carol = stage.person("carol").await?;
    screen.say("  ana, bob, carol");

    stage
        .title("ana has a ticket from the relay's host. The others need none: she brings them in.");
    ana.takes_ticket(&stage.relay.ticket(stage.binary).await?).await?;
    screen.tell(
        "  the relay takes it, and can't tell what it pays for",
        &json!({ "event": "ticket" }),
    );

    stage.title("They meet in person. Both screens must show the same words.");
    let ana_bob = meet(screen, &ana, &bob, None).await?.0;
    let ana_carol = meet(screen, &ana, &carol, None).await?.0;

    stage.title("ana founds a room with bob and carol. Only people in it can read it.");
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
