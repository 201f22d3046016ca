//! One connection: a control stream and what the peer opens beside it.
//!
//! ```text
//! first stream: Hello, then proofs and releases, answered in order
//! any other   : its first frame says whether it deposits or fetches
//! ```
//! No task outlives the connection; all end with it.

use std::sync::Arc;

use bytes::BytesMut;
use offshift_link::{Accepted, FrameReader, FrameWriter, Stream, StreamError, limits::FIRST_FRAME};
use offshift_wire::{
    Address, Position,
    code::{Close, Refusal},
    limits::VERSION,
    relay::{Request, Response},
};
use tokio::{sync::watch, task::JoinSet, time::timeout};

use crate::{
    capabilities::Capabilities,
    counts::Count,
    delivery::{self, Asked},
    deposits::{self, Desk},
    limits::{PROOFS_BURST, PROOFS_PER_SECOND, STOP_GRACE},
    pace::{Pace, Rate},
    refusal::refusal,
    shared::Shared,
    store::Store,
};

/// A signature that must be checked is work that a peer makes us do (OS-REL-022).
const PROOFS: Rate = Rate { per_second: PROOFS_PER_SECOND, burst: PROOFS_BURST };

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

async fn streams<S: Store>(
    shared: &Arc<Shared<S>>,
    peer: &Accepted,
    control: Stream,
    mut stop: watch::Receiver<bool>,
) -> Close {
    let capabilities = Arc::new(Capabilities::new(*peer.binding()));
    let mut tasks = JoinSet::new();
    let for_tasks = stop.clone();
    let Stream { reader, writer } = control;
    let control = serve_control(&*shared.store, &capabilities, reader, writer);
    tokio::pin!(control);
    let close = loop {
        tokio::select! {
            close = &mut control => break close,
            _ = stop.wait_for(|stopping| *stopping) => break Close::Stopping,
            Some(_) = tasks.join_next() => {}
            stream = peer.next_stream() => match stream {
                Some(stream) => {
                    let (shared, capabilities) = (shared.clone(), capabilities.clone());
                    tasks.spawn(serve_stream(shared, capabilities, stream, for_tasks.clone()));
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

async fn serve_control<S: Store>(
    store: &S,
    capabilities: &Capabilities,
    mut reader: FrameReader,
    mut writer: FrameWriter,
) -> Close {
    let proofs = Pace::new();
    loop {
        let request = match reader.next().await {
            Ok(Some(body)) => Request::decode(body),
            Ok(None) => return Close::Done,
            Err(error) => return error.close(),
        };
        let answer = match request {
            Ok(Request::Prove { role, descriptor, proof }) => {
                proofs.take(1, PROOFS).await;
                match capabilities.prove(role, &descriptor, proof) {
                    Ok(capability) => Response::Granted { capability },
                    Err(code) => Response::Refused(code),
                }
            }
            Ok(Request::Release { capability, positions }) => {
                match release(store, capabilities.release(capability), positions).await {
                    Ok(()) => Response::Released,
                    Err(code) => Response::Refused(code),
                }
            }
            Ok(_) | Err(_) => return Close::Malformed,
        };
        if let Err(close) = say(&mut writer, &answer).await {
            return close;
        }
    }
}

async fn release<S: Store>(
    store: &S,
    address: Result<Address, Refusal>,
    positions: Vec<Position>,
) -> Result<(), Refusal> {
    store.release(address?, positions).await.map_err(refusal)
}

async fn serve_stream<S: Store>(
    shared: Arc<Shared<S>>,
    capabilities: Arc<Capabilities>,
    mut stream: Stream,
    stop: watch::Receiver<bool>,
) {
    let first = stream.reader.first(FIRST_FRAME).await;
    let first = first.and_then(|body| Ok(Request::decode(body)?));
    match first {
        Ok(request @ Request::Deposit { .. }) => {
            let desk = Desk {
                store: &*shared.store,
                room: &shared.deposit_room,
                receipts: &shared.receipts,
                life_max: shared.life_max,
            };
            deposits::serve(desk, &capabilities, request, stream, stop).await;
        }
        Ok(Request::Fetch { capability, after, follow }) => {
            let asked = Asked { capability, after, follow };
            let (store, followers) = (&*shared.store, &shared.followers);
            delivery::serve(store, followers, &capabilities, asked, stream, stop).await;
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

async fn say(writer: &mut FrameWriter, response: &Response) -> Result<(), Close> {
    let mut frame = BytesMut::new();
    response.put_frame(&mut frame);
    writer.write(frame.freeze()).await.map_err(StreamError::close)
}
