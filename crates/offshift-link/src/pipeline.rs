//! Requests and their answers over one stream: in order, many in flight, bounded.
//!
//! ```text
//! ask -> queue -> (several in one write) -> relay -> answers, in order -> Answer
//! ```

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::BytesMut;
use offshift_wire::relay::{Request, Response};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::timeout,
};

use crate::{
    error::{LinkError, StreamError, blame},
    frames::{FrameReader, FrameWriter},
    limits::{ANSWER, IN_FLIGHT_MAX, OPEN, WRITE_BATCH},
};

type Reply = oneshot::Sender<Result<Response, LinkError>>;

struct Ask {
    request: Request,
    reply: Reply,
}

/// The answer to one request, or why there is none.
pub(crate) struct Answer(oneshot::Receiver<Result<Response, LinkError>>);

impl Future for Answer {
    type Output = Result<Response, LinkError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // A reply that was dropped: the stream's task is gone, and so is the connection.
        Pin::new(&mut self.0).poll(cx).map(|answer| answer.unwrap_or(Err(LinkError::Lost)))
    }
}

/// One stream's requests. Its task ends with it.
pub(crate) struct Pipeline {
    queue: mpsc::Sender<Ask>,
    task: JoinHandle<()>,
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Pipeline {
    pub(crate) fn new(
        connection: quinn::Connection,
        writer: FrameWriter,
        reader: FrameReader,
    ) -> Self {
        let (queue, asks) = mpsc::channel(IN_FLIGHT_MAX);
        let task = tokio::spawn(run(connection, writer, reader, None, asks));
        Self { queue, task }
    }

    /// A pipeline over a stream of its own, opened with the first request.
    ///
    /// Not before: a stream that says nothing is one that the relay cuts off (OS-LNK-021), and opening a
    /// later one opens it for the relay (RFC 9000, section 3.2).
    pub(crate) fn opened_by_first_request(connection: quinn::Connection) -> Self {
        let (queue, mut asks) = mpsc::channel(IN_FLIGHT_MAX);
        let task = tokio::spawn(async move {
            let Some(first) = asks.recv().await else { return };
            match open(&connection).await {
                Ok((writer, reader)) => run(connection, writer, reader, Some(first), asks).await,
                Err(why) => {
                    let _ = first.reply.send(Err(why));
                    refuse(&mut asks, why).await;
                }
            }
        });
        Self { queue, task }
    }

    /// Asks now, in the order of the calls; [`LinkError::Busy`] when too many wait.
    pub(crate) fn ask_now(&self, request: Request) -> Result<Answer, LinkError> {
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Ask { request, reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => LinkError::Busy,
            mpsc::error::TrySendError::Closed(_) => LinkError::Lost,
        })?;
        Ok(Answer(answer))
    }

    /// Waits for a place, then asks, then waits for the answer. Cancel-safe: the answer of a request
    /// that nobody waits for is dropped.
    pub(crate) async fn ask(&self, request: Request) -> Result<Response, LinkError> {
        let (reply, answer) = oneshot::channel();
        let sent = self.queue.send(Ask { request, reply }).await;
        sent.map_err(|_| LinkError::Lost)?;
        Answer(answer).await
    }

    /// Waits until one more may be asked.
    pub(crate) async fn ready(&self) -> Result<(), LinkError> {
        self.queue.reserve().await.map(drop).map_err(|_| LinkError::Lost)
    }
}

/// Both directions until one fails; then everybody who waits learns why.
async fn run(
    connection: quinn::Connection,
    writer: FrameWriter,
    reader: FrameReader,
    first: Option<Ask>,
    mut asks: mpsc::Receiver<Ask>,
) {
    let (waits, mut replies) = mpsc::channel(IN_FLIGHT_MAX);
    let ended = tokio::try_join!(
        write_requests(writer, first, &mut asks, waits),
        read_answers(&connection, reader, &mut replies),
    );
    let why = match ended {
        Ok(_) => return,
        Err(Broken::Stream(error)) => blame(error, &connection),
        Err(Broken::Link(error)) => error,
    };
    while let Ok(reply) = replies.try_recv() {
        let _ = reply.send(Err(why));
    }
    refuse(&mut asks, why).await;
}

/// Nothing more is asked; who waits learns why.
async fn refuse(asks: &mut mpsc::Receiver<Ask>, why: LinkError) {
    asks.close();
    while let Some(ask) = asks.recv().await {
        let _ = ask.reply.send(Err(why));
    }
}

/// Opens a stream. The relay learns of it with its first frame.
pub(crate) async fn open(
    connection: &quinn::Connection,
) -> Result<(FrameWriter, FrameReader), LinkError> {
    let opened = timeout(OPEN, connection.open_bi()).await.map_err(|_| LinkError::Busy)?;
    let (send, receive) = opened?;
    Ok((FrameWriter::new(send), FrameReader::new(receive)))
}

enum Broken {
    Stream(StreamError),
    Link(LinkError),
}

impl From<StreamError> for Broken {
    fn from(error: StreamError) -> Self {
        Self::Stream(error)
    }
}

async fn write_requests(
    mut writer: FrameWriter,
    mut first: Option<Ask>,
    asks: &mut mpsc::Receiver<Ask>,
    waits: mpsc::Sender<Reply>,
) -> Result<(), Broken> {
    let mut frames = BytesMut::new();
    loop {
        let next = match first.take() {
            Some(ask) => Some(ask),
            None => asks.recv().await,
        };
        let Some(ask) = next else { break };
        put(ask, &waits, &mut frames).await?;
        while frames.len() < WRITE_BATCH && waits.capacity() > 0 {
            let Ok(ask) = asks.try_recv() else { break };
            put(ask, &waits, &mut frames).await?;
        }
        writer.write(frames.split().freeze()).await?;
    }
    writer.finish();
    Ok(())
}

/// The reply waits before the request leaves: an answer always finds it.
async fn put(
    ask: Ask,
    waits: &mpsc::Sender<Reply>,
    frames: &mut BytesMut,
) -> Result<(), StreamError> {
    ask.request.put_frame(frames);
    waits.send(ask.reply).await.map_err(|_| StreamError::Gone)
}

async fn read_answers(
    connection: &quinn::Connection,
    mut reader: FrameReader,
    replies: &mut mpsc::Receiver<Reply>,
) -> Result<(), Broken> {
    while let Some(reply) = replies.recv().await {
        let answer = read_answer(&mut reader).await.map_err(|broken| match broken {
            Broken::Stream(error) => blame(error, connection),
            Broken::Link(error) => error,
        });
        let failed = answer.as_ref().err().copied();
        // Whoever asked may have gone; the answer is then nobody's.
        let _ = reply.send(answer);
        if let Some(why) = failed {
            return Err(Broken::Link(why));
        }
    }
    Ok(())
}

async fn read_answer(reader: &mut FrameReader) -> Result<Response, Broken> {
    let body = timeout(ANSWER, reader.next()).await.map_err(|_| StreamError::Slow)??;
    let body = body.ok_or(StreamError::Ended(None))?;
    Response::decode(body).map_err(|_| Broken::Link(LinkError::Misbehaved("answer")))
}
