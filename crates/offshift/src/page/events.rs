//! What happens, to a page that looks: one JSON object a line, for as long as the page is there.
//!
//! A page learns from the end of its stream that the engine is gone, and stops: whoever listens there next gets nothing
//! (OS-PAG-034).

use std::{io, sync::Arc};

use hyper::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::{
    Page,
    answer::{self, Answer},
    limits::STREAM_FRAMES_MAX,
};
use crate::engine::{host::Subscription, wire};

/// A stream for one tab.
pub(super) fn stream(page: &Page) -> Answer {
    let Ok(permit) = Arc::clone(&page.streams).try_acquire_owned() else { return answer::busy() };
    let (pieces, answered) = mpsc::channel(STREAM_FRAMES_MAX);
    tokio::spawn(tell(page.host.subscribe(), pieces, permit));
    answer::pieces("application/x-ndjson", answered)
}

async fn tell(
    mut happens: Subscription,
    pieces: mpsc::Sender<io::Result<Bytes>>,
    _permit: OwnedSemaphorePermit,
) {
    loop {
        let event = tokio::select! {
            event = happens.next() => event,
            () = pieces.closed() => None,
        };
        let Some(event) = event else { return };
        let line = format!("{}\n", wire::notification(&event));
        if pieces.send(Ok(line.into())).await.is_err() {
            return;
        }
    }
}
