//! Frames over one QUIC stream, with limits and times.
//!
//! ```text
//! RecvStream -> buffer (less than one frame and a step) -> frame body
//! frames -> one write -> SendStream
//! ```
//! A peer that announces a large frame and sends nothing costs the few bytes that it sent. One that sends many large
//! frames and ends none, on as many streams as it may open, holds a few of them: see [`Room`].

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use offshift_wire::{code::Close, frame};
use quinn::{ReadError, RecvStream, SendStream, VarInt};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout, timeout_at},
};

use crate::{
    error::StreamError,
    gate::Gate,
    limits::{FRAME, LARGE_FRAMES, READ_CHUNKS, SMALL_FRAME, WRITE},
};

/// What one connection may hold of large frames that are half read or not yet dealt with. A stream that finds no
/// place reads on when another one has dealt with its own, and is too slow like any other if that takes too long
/// (OS-LNK-054). While memory is used up, no large frame is read on at all.
#[derive(Clone)]
pub(crate) struct Room {
    places: Arc<Semaphore>,
    gate: Arc<Gate>,
}

impl Room {
    pub(crate) fn new(gate: Arc<Gate>) -> Self {
        Self { places: Arc::new(Semaphore::new(LARGE_FRAMES)), gate }
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, StreamError> {
        self.places.clone().acquire_owned().await.map_err(|_| StreamError::Gone)
    }
}

/// Reads frames off a stream. Cancel-safe: a dropped `next` loses nothing.
pub struct FrameReader {
    stream: RecvStream,
    buffer: BytesMut,
    /// When the frame that is now incomplete began.
    begun: Option<Instant>,
    room: Option<Room>,
    /// For the large frame that is incomplete or was returned last.
    place: Option<OwnedSemaphorePermit>,
}

impl FrameReader {
    pub(crate) fn new(stream: RecvStream) -> Self {
        Self { stream, buffer: BytesMut::new(), begun: None, room: None, place: None }
    }

    /// One of the streams that a peer opens as it likes: they share `room`.
    pub(crate) fn sharing(stream: RecvStream, room: Room) -> Self {
        Self { room: Some(room), ..Self::new(stream) }
    }

    /// The next frame's body; `None` when the peer finished the stream between two frames.
    ///
    /// Waits for the beginning of a frame as long as the connection lives, then [`FRAME`] for its end.
    ///
    /// # Errors
    /// [`StreamError`]; the stream is then useless.
    pub async fn next(&mut self) -> Result<Option<Bytes>, StreamError> {
        loop {
            if let Some(body) = self.ready()? {
                return Ok(Some(body));
            }
            if !self.fill().await? {
                return if self.buffer.is_empty() { Ok(None) } else { Err(StreamError::Malformed) };
            }
        }
    }

    /// The first frame, which must begin within `time` and then has [`FRAME`] to end, like any other: it
    /// may be the largest, over the slowest path.
    ///
    /// # Errors
    /// [`StreamError`]; the stream is then useless.
    pub async fn first(&mut self, time: Duration) -> Result<Bytes, StreamError> {
        if self.buffer.is_empty() {
            timeout(time, self.fill()).await.map_err(|_| StreamError::Slow)??;
        }
        self.next().await?.ok_or(StreamError::Ended(None))
    }

    /// The next frame's body if it has been read already.
    ///
    /// # Errors
    /// [`StreamError::Malformed`].
    pub fn ready(&mut self) -> Result<Option<Bytes>, StreamError> {
        let body = frame::take(&mut self.buffer)?;
        if body.is_some() {
            self.begun = (!self.buffer.is_empty()).then(Instant::now);
        }
        Ok(body)
    }

    /// Tells the peer to send no more.
    pub fn stop(mut self, close: Close) {
        let _ = self.stream.stop(VarInt::from_u32(close.number()));
    }

    /// Reads something; false at the end of the stream.
    async fn fill(&mut self) -> Result<bool, StreamError> {
        let begun = self.begun;
        let read = async {
            self.make_room().await?;
            Ok(poll_fn(|context| self.poll_read(context)).await?)
        };
        match begun {
            Some(begun) => timeout_at(begun + FRAME, read).await.map_err(|_| StreamError::Slow)?,
            None => read.await,
        }
    }

    /// Whoever asks for more has dealt with what there was.
    async fn make_room(&mut self) -> Result<(), StreamError> {
        if self.buffer.is_empty() {
            // What a large frame needed is not kept by a stream that is idle now.
            self.buffer = BytesMut::new();
        }
        if self.buffer.len() < SMALL_FRAME {
            self.place = None;
            return Ok(());
        }
        let Some(room) = &self.room else { return Ok(()) };
        if room.gate.is_shedding() {
            return Err(StreamError::Slow);
        }
        if self.place.is_none() {
            self.place = Some(room.place().await?);
        }
        Ok(())
    }

    /// The chunks live as long as one poll: a stream that waits holds no place for them.
    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, ReadError>> {
        let mut chunks = [const { Bytes::new() }; READ_CHUNKS];
        let read = ready!(pin!(self.stream.read_chunks(&mut chunks)).poll(context))?;
        let Some(count) = read else { return Poll::Ready(Ok(false)) };
        let chunks = || chunks.iter().take(count);
        self.buffer.reserve(chunks().map(Bytes::len).sum());
        for chunk in chunks() {
            self.buffer.extend_from_slice(chunk);
        }
        self.begun.get_or_insert_with(Instant::now);
        Poll::Ready(Ok(true))
    }
}

/// Writes frames to a stream.
pub struct FrameWriter {
    stream: SendStream,
}

impl FrameWriter {
    pub(crate) const fn new(stream: SendStream) -> Self {
        Self { stream }
    }

    /// Writes whole frames. Not cancel-safe: a dropped `write` leaves half a frame behind, and the
    /// stream useless. The bytes are shared with the retransmission buffer, not copied.
    ///
    /// # Errors
    /// [`StreamError::Slow`] when the peer takes nothing for [`WRITE`].
    pub async fn write(&mut self, frames: Bytes) -> Result<(), StreamError> {
        self.write_many(&mut [frames]).await
    }

    /// Writes many pieces, in order, like [`FrameWriter::write`]; takes the bytes out of `frames`.
    ///
    /// # Errors
    /// [`StreamError::Slow`] when the peer takes nothing for [`WRITE`].
    pub async fn write_many(&mut self, frames: &mut [Bytes]) -> Result<(), StreamError> {
        let mut rest = frames;
        while !rest.is_empty() {
            let write = self.stream.write_chunks(rest);
            let written = timeout(WRITE, write).await.map_err(|_| StreamError::Slow)??;
            rest = rest.get_mut(written.chunks..).unwrap_or_default();
        }
        Ok(())
    }

    /// Ends when the peer wants no more of this stream, or has taken all of a finished one, or is gone.
    pub fn unwanted(&self) -> impl Future<Output = ()> + Send + use<> {
        let stopped = self.stream.stopped();
        async move { drop(stopped.await) }
    }

    /// No more frames will come.
    pub fn finish(&mut self) {
        let _ = self.stream.finish();
    }

    /// Waits until the peer has taken everything, or has gone, or `time` is over.
    pub async fn settled(&mut self, time: Duration) {
        let _ = timeout(time, self.stream.stopped()).await;
    }

    /// Ends the stream at once and says why.
    pub fn reset(mut self, close: Close) {
        let _ = self.stream.reset(VarInt::from_u32(close.number()));
    }
}
