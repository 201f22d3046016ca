//! Changes of a room: made, waiting, or dropped.

use std::time::Duration;

use offshift_client::{Event, LinkError, RoomId, StepView, Synced};
use serde_json::{Value, json};

use crate::{
    engine::{Client, Events},
    failure::Failure,
};

/// How long a change of a room is waited for. It goes on by itself afterwards.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until the relay has it all; tells in words if it has not. A change that lost against another one, or broke a
/// rule by the time that it arrived, is an error.
pub(super) async fn settle(
    client: &Client,
    events: &mut Events,
    room: RoomId,
) -> Result<&'static str, Failure> {
    let synced = tokio::time::timeout(PATIENCE, client.sync()).await;
    while let Some(event) = events.already_here() {
        if let Event::ChangeDropped { room: of, why } = event
            && of == room
        {
            return Err(Failure::fixable(
                format!("your change was not made: {why}"),
                "look again, then the same command",
            ));
        }
    }
    match synced {
        Ok(Ok(Synced::Complete)) => Ok(""),
        // Not "the same command again": it is done on this device, and would be refused.
        Ok(Ok(Synced::Away(LinkError::Identity))) => Err(Failure::trust(
            "this network answers in the relay's place; the change waits on this device, nothing was sent",
            "use mobile data, then: offshift inbox",
        )),
        Ok(Ok(Synced::Away(_))) | Err(_) => {
            Ok(" The relay is away; this waits on your device and goes out by itself.")
        }
        Ok(Err(error)) => Err(error.into()),
    }
}

/// How far a step that may need others has come, for people and for scripts.
pub(super) fn step(step: StepView, done: &str, room: &str) -> (String, Value) {
    match step {
        StepView::Committing => (done.to_owned(), json!({ "state": "done" })),
        StepView::Waiting { approvals, needed } => (
            format!(
                "Asked for. {approvals} of {needed} are for it; until the last is, nothing changes.\n\
                 The others find it with: offshift policy show {room}"
            ),
            json!({ "state": "waiting", "approvals": approvals, "needed": needed }),
        ),
    }
}
