//! One connection: a control stream and what the peer opens beside it.
//!
//! ```text
//! first stream: Hello, then `control`
//! any other   : its first frame says whether it deposits or fetches
//! ```
//! No task outlives the connection; all end with it.

use std::sync::Arc;

use bytes::BytesMut;
use offshift_link::{Accepted, FrameWriter, Stream, StreamError, limits::FIRST_FRAME};
use offshift_wire::{
    code::Close,
    limits::VERSION,
    relay::{Request, Response},
};
use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
    time::timeout,
};

use crate::{
    capabilities::Capabilities,
    control,
    counts::Count,
    credit::Account,
    delivery::{self, Asked},
    deposits::{self, Desk},
    limits::{DELIVERIES_AT_ONCE, STOP_GRACE},
    pace::Pace,
    shared::Shared,
    store::Store,
};

/// Serves a connection until the peer goes, breaks a rule, or the relay stops.
pub(crate) async fn serve<S: Store>(
    shared: Arc<Shared<S>>,
    peer: Accepted,
    stop: watch::Receiver<bool>,
) {
    let close = match hello(&shared, &peer).await {
        Ok(control) => streams(&shared, &peer, control, stop).await,
        Err(close) => close,
    };
    if matches!(close, Close::Malformed | Close::Limit) {
        shared.counts.add(Count::Misbehaved);
    }
    peer.close(close);
}

/// The first stream's first frame: agrees on the version or refuses clearly (OS-REL-002).
async fn hello<S>(shared: &Shared<S>, peer: &Accepted) -> Result<Stream, Close> {
    let stream = timeout(FIRST_FRAME, peer.next_stream()).await.map_err(|_| Close::Idle)?;
    let mut stream = stream.ok_or(Close::Done)?;
    let body = stream.reader.first(FIRST_FRAME).await.map_err(StreamError::close)?;
    match Request::decode(body) {
        Ok(Request::Hello { version: VERSION }) => {}
        Ok(Request::Hello { .. }) => return Err(Close::Version),
        _ => return Err(Close::Malformed),
    }
    let (access, contact) = (shared.access, shared.contact());
    let hello = Response::Hello { version: VERSION, access, contact };
    say(&mut stream.writer, &hello).await?;
    Ok(stream)
}

/// What all streams of one connection share. It ends with it.
pub(crate) struct Connection {
    pub(crate) capabilities: Capabilities,
    pub(crate) account: Account,
    /// How fast it deposits, all its streams together.
    pub(crate) deposits: Pace,
    /// For the batches that its fetches hold (OS-REL-023).
    pub(crate) deliveries: Semaphore,
}

async fn streams<S: Store>(
    shared: &Arc<Shared<S>>,
    peer: &Accepted,
    control: Stream,
    mut stop: watch::Receiver<bool>,
) -> Close {
    let binding = *peer.binding();
    let capabilities = Capabilities::new(binding);
    let (account, deposits) = (Account::default(), Pace::new());
    let deliveries = Semaphore::new(DELIVERIES_AT_ONCE);
    let connection = Arc::new(Connection { capabilities, account, deposits, deliveries });
    let mut tasks = JoinSet::new();
    let for_tasks = stop.clone();
    let control = control::serve(shared, &connection, binding, control.reader, control.writer);
    tokio::pin!(control);
    let close = loop {
        tokio::select! {
            close = &mut control => break close,
            _ = stop.wait_for(|stopping| *stopping) => break Close::Stopping,
            Some(_) = tasks.join_next() => {}
            stream = peer.next_stream() => match stream {
                Some(stream) => {
                    let (shared, connection) = (shared.clone(), connection.clone());
                    tasks.spawn(serve_stream(shared, connection, stream, for_tasks.clone()));
                }
                None => break Close::Done,
            },
        }
    };
    if close == Close::Stopping {
        // Deposits that were read become durable and are receipted (OS-REL-040).
        let _ = timeout(STOP_GRACE, async { while tasks.join_next().await.is_some() {} }).await;
    }
    close
}

async fn serve_stream<S: Store>(
    shared: Arc<Shared<S>>,
    connection: Arc<Connection>,
    mut stream: Stream,
    stop: watch::Receiver<bool>,
) {
    let first = stream.reader.first(FIRST_FRAME).await;
    let first = first.and_then(|body| Ok(Request::decode(body)?));
    match first {
        Ok(request @ Request::Deposit { .. }) => {
            let desk = Desk { shared: &shared, connection: &connection };
            // Apart: a stream that follows, of which there are the most, is not as large as one that deposits.
            Box::pin(deposits::serve(desk, request, stream, stop)).await;
        }
        Ok(Request::Fetch { capability, after, follow }) => {
            let asked = Asked { capability, after, follow };
            delivery::serve(&shared, &connection, asked, stream, stop).await;
        }
        Ok(_) => refuse(stream, Close::Malformed),
        Err(error) => refuse(stream, error.close()),
    }
}

/// Ends a stream in both directions (OS-REL-001).
fn refuse(stream: Stream, close: Close) {
    stream.writer.reset(close);
    stream.reader.stop(close);
}

pub(crate) async fn say(writer: &mut FrameWriter, response: &Response) -> Result<(), Close> {
    let mut frame = BytesMut::new();
    response.put_frame(&mut frame);
    writer.write(frame.freeze()).await.map_err(StreamError::close)
}
