//! Changes of a room: made, waiting, or dropped.

use std::time::Duration;

use offshift_client::{Event, LinkError, RoomId, StepView, Synced};
use serde_json::{Value, json};

use crate::{
    engine::{Client, Events},
    failure::{self, Failure},
    words::say,
};

/// How long a change of a room is waited for. It goes on by itself afterwards.
const PATIENCE: Duration = Duration::from_secs(30);

/// By what the sentences about a change choose: whether the relay has it.
const THERE: &str = "no";
const AWAY: &str = "yes";

/// Waits until the relay has it all; tells for the argument `away` of a sentence if it has not. A change that lost against another one, or broke a
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
                say!("event-change-dropped", why = failure::why(&why)),
                say!("change-dropped-next"),
            ));
        }
    }
    match synced {
        Ok(Ok(Synced::Complete)) => Ok(THERE),
        // Not "the same command again": it is done on this device, and would be refused.
        Ok(Ok(Synced::Away(LinkError::Identity))) => {
            Err(Failure::trust(say!("change-untrusted"), say!("next-mobile-data")))
        }
        Ok(Ok(Synced::Away(_))) | Err(_) => Ok(AWAY),
        Ok(Err(error)) => Err(error.into()),
    }
}

/// How far a step that may need others has come, for people and for scripts.
pub(super) fn step(step: StepView, done: &str, room: &str) -> (String, Value) {
    match step {
        StepView::Committing => (done.to_owned(), json!({ "state": "done" })),
        StepView::Waiting { approvals, needed } => (
            say!("change-waits", count = approvals, needed = needed, room_word = room),
            json!({ "state": "waiting", "approvals": approvals, "needed": needed }),
        ),
    }
}
