//! A newcomer comes in, an infiltrator does not, and somebody who is not who they said is put out.

use offshift_client::{Care, ClientError, ContactId, MemberId, RoomId};
use serde_json::json;

use super::{
    Founders, ROOM, Stage,
    people::{self, Person, meet, until},
};
use crate::{
    command::report_lines,
    failure::{self, Failure},
    screen::Screen,
    words::say,
};

/// Plays this part, and gives the newcomer.
pub(super) async fn play(stage: &mut Stage<'_>, founders: &Founders) -> Result<Person, Failure> {
    let dana = newcomer(stage, founders).await?;
    infiltrator(stage, founders).await?;
    severed(stage, founders, &dana).await?;
    Ok(dana)
}

/// Met and vouched for by two founders, let in by an organizer.
async fn newcomer(stage: &mut Stage<'_>, founders: &Founders) -> Result<Person, Failure> {
    let (screen, room) = (stage.screen, founders.room);
    let Founders { ana, bob, carol, .. } = founders;
    let dana = stage.person("dana").await?;
    stage.title(&say!("demo-newcomer"));
    let (ana_dana, dana_ana) = meet(screen, ana, &dana, None).await?;
    // The same card as she showed ana: for the same room.
    let (carol_dana, _) = meet(screen, carol, &dana, Some(dana_ana)).await?;
    vouch(screen, ana, room, ana_dana, "dana").await?;
    vouch(screen, carol, room, carol_dana, "dana").await?;
    let applicant = applicant(bob, room, "dana", 2).await?;
    bob.client.admit(room, applicant, false).await?;
    let all = [ana, bob, carol, &dana];
    people::settle(&all, room).await?;
    let before = people::texts(&dana, room).await?;
    if !before.is_empty() {
        return Err(Failure::defect("a newcomer reads what was said before"));
    }
    screen.tell(
        &format!(
            "  {ROOM}: {}\n  {}",
            ana.roster(room).await?,
            say!("demo-before", all = people::texts(ana, room).await?.len(), some = before.len())
        ),
        &json!({ "event": "admitted", "handle": "dana" }),
    );
    stage.say(&dana, &all, room, say!("demo-says-hello")).await?;
    Ok(dana)
}

async fn vouch(
    screen: &Screen,
    who: &Person,
    room: RoomId,
    contact: ContactId,
    whom: &str,
) -> Result<(), Failure> {
    who.client.vouch(room, contact).await?;
    people::settle(&[who], room).await?;
    screen.tell(
        &format!("  {}", say!("demo-vouches", by = who.name, handle = whom)),
        &json!({ "event": "vouched", "by": who.name, "handle": whom }),
    );
    Ok(())
}

/// The applicant, once this person sees so many vouches.
async fn applicant(
    who: &Person,
    room: RoomId,
    handle: &str,
    vouches: usize,
) -> Result<MemberId, Failure> {
    until(who, async || {
        let applicants = who.client.applicants(room).await?;
        let found = applicants.iter().find(|one| one.handle == handle);
        Ok(found.filter(|one| one.vouches.len() == vouches).map(|one| one.id))
    })
    .await
}

/// One vouch is not enough, whoever tries.
async fn infiltrator(stage: &Stage<'_>, founders: &Founders) -> Result<(), Failure> {
    let (screen, room) = (stage.screen, founders.room);
    stage.title(&say!("demo-infiltrator"));
    let mark = stage.person("mark").await?;
    let carol_mark = meet(screen, &founders.carol, &mark, None).await?.0;
    vouch(screen, &founders.carol, room, carol_mark, "mark").await?;
    screen.say(&format!("  {}", say!("demo-each-device")));
    for who in founders.all() {
        let applicant = applicant(who, room, "mark", 1).await?;
        let Err(ClientError::Refused(why)) = who.client.admit(room, applicant, true).await else {
            return Err(Failure::defect("a device let somebody in with one vouch"));
        };
        screen.tell(
            &format!(
                "  {:<6} {}",
                format!("{}:", who.name),
                say!("demo-refused", why = failure::why(&why))
            ),
            &json!({ "event": "refused", "by": who.name, "handle": "mark", "why": why.sentence }),
        );
    }
    mark.client.sync().await?;
    if !mark.client.rooms().await?.is_empty() {
        return Err(Failure::defect("somebody came in with one vouch"));
    }
    screen.say(&format!("  {}", say!("demo-learned-nothing")));
    mark.client.close().await;
    Ok(())
}

/// Who is put out reads nothing more: her own profile shows it.
async fn severed(stage: &mut Stage<'_>, founders: &Founders, dana: &Person) -> Result<(), Failure> {
    let (screen, room) = (stage.screen, founders.room);
    let Founders { ana, bob, carol, .. } = founders;
    stage.title(&say!("demo-severed"));
    let members = ana.client.members(room).await?;
    let carols = members.iter().find(|one| one.handle == carol.name);
    let carols = carols.ok_or_else(|| Failure::defect("carol is not in the room"))?.id;
    let had = people::texts(carol, room).await?.len();
    ana.client.sever(room, &[carols]).await?;
    let left = [ana, bob, dana];
    people::settle(&left, room).await?;
    let out = async || Ok(carol.client.room(room).await?.is_removed.then_some(()));
    until(carol, out).await?;
    let report = ana.client.exposure(room, carols).await?;
    for line in report_lines(&report) {
        screen.say(&format!("  {line}"));
    }
    screen.object(&json!({ "event": "severed", "handle": carol.name, "messages": report.messages, "review": report.review }));

    stage.say(bob, &left, room, say!("demo-says-bakery")).await?;
    carol.client.sync().await?;
    let now_has = people::texts(carol, room).await?.len();
    let writes =
        carol.client.send(room, &say!("demo-says-now"), None, Care::Ordinary).await.is_ok();
    if now_has != had || writes {
        return Err(Failure::defect("who was put out reads or writes on"));
    }
    screen.tell(
        &format!("  {}", say!("demo-asked-again", before = had, now = now_has)),
        &json!({ "event": "reads_nothing_more", "handle": carol.name, "before": had, "now": now_has }),
    );
    verify(stage, founders, dana, had).await
}

/// Every message once, in one order, for everybody who was in the room at that time, and for nobody else.
async fn verify(
    stage: &Stage<'_>,
    founders: &Founders,
    dana: &Person,
    carol_had: usize,
) -> Result<(), Failure> {
    let Founders { ana, bob, carol, room } = founders;
    let said = &stage.said;
    ana.has_exactly(*room, said).await?;
    bob.has_exactly(*room, said).await?;
    let came_in_at = said.iter().position(|one| one.by == dana.name).unwrap_or_default();
    dana.has_exactly(*room, said.get(came_in_at..).unwrap_or_default()).await?;
    carol.has_exactly(*room, said.get(..carol_had).unwrap_or_default()).await
}
