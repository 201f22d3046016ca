//! A fetch stream: what lies in a mailbox, then what comes (OS-REL-032).
//!
//! ```text
//! take a place at the tail -> read the store to the end -> CaughtUp -> tail, or store when behind
//! ```
//! A slow follower waits in its own write and holds one batch; nobody waits for it (OS-REL-031).

use bytes::{Bytes, BytesMut};
use offshift_link::{FrameReader, FrameWriter, Stream, StreamError};
use offshift_wire::{
    Address, Position,
    code::{Close, Refusal},
    relay::{CapabilityId, Response},
};
use tokio::sync::{Semaphore, watch};

use crate::{
    connection::Connection,
    counts::Count,
    followers::Follower,
    limits::{DELIVER_BYTES, DELIVER_ENTRIES},
    refusal::refusal,
    shared::Shared,
    store::{Entry, ReadLimit, Store},
};

const READ: ReadLimit = ReadLimit { entries: DELIVER_ENTRIES, bytes: DELIVER_BYTES };

/// What was asked.
pub(crate) struct Asked {
    pub(crate) capability: CapabilityId,
    pub(crate) after: Position,
    pub(crate) follow: bool,
}

/// Why a delivery ended.
enum End {
    /// All was said.
    Done,
    /// The peer is told why not.
    Refused(Refusal),
    /// The stream can't be used.
    Broken(StreamError),
}

impl From<StreamError> for End {
    fn from(error: StreamError) -> Self {
        Self::Broken(error)
    }
}

struct Delivery<'a, S> {
    shared: &'a Shared<S>,
    room: &'a Semaphore,
    address: Address,
    follower: Follower,
    last: Position,
    writer: &'a mut FrameWriter,
}

/// Serves one fetch until the peer wants no more, the connection ends or the relay stops.
pub(crate) async fn serve<S: Store>(
    shared: &Shared<S>,
    connection: &Connection,
    asked: Asked,
    stream: Stream,
    mut stop: watch::Receiver<bool>,
) {
    let Stream { reader, mut writer } = stream;
    let unwanted = writer.unwanted();
    let end = tokio::select! {
        end = deliver(shared, connection, asked, &mut writer) => end,
        error = nothing_more(reader) => End::Broken(error),
        () = unwanted => return,
        _ = stop.wait_for(|stopping| *stopping) => return writer.reset(Close::Stopping),
    };
    match end {
        End::Done => writer.finish(),
        End::Refused(code) => {
            let _ = writer.write(frame(&Response::Refused(code))).await;
            writer.finish();
        }
        End::Broken(error) => writer.reset(error.close()),
    }
}

/// A fetch is one frame; a peer may end its side after it or leave it open, but say nothing more.
async fn nothing_more(mut reader: FrameReader) -> StreamError {
    match reader.next().await {
        Ok(None) => std::future::pending().await,
        Ok(Some(_)) => {
            reader.stop(Close::Malformed);
            StreamError::Malformed
        }
        Err(error) => error,
    }
}

async fn deliver<S: Store>(
    shared: &Shared<S>,
    connection: &Connection,
    asked: Asked,
    writer: &mut FrameWriter,
) -> End {
    let address = match connection.capabilities.fetch(asked.capability) {
        Ok(address) => address,
        Err(code) => return End::Refused(code),
    };
    // The place comes before the first read: see `followers`.
    let follower = shared.followers.follow(address);
    let (room, last) = (&connection.deliveries, asked.after);
    let delivery = Delivery { shared, room, address, follower, last, writer };
    delivery.run(asked.follow).await.err().unwrap_or(End::Done)
}

impl<S: Store> Delivery<'_, S> {
    async fn run(mut self, follow: bool) -> Result<(), End> {
        self.catch_up().await?;
        self.writer.write(frame(&Response::CaughtUp)).await?;
        if follow { self.follow().await } else { Ok(()) }
    }

    /// Sends what comes, for ever. Where the other streams of this connection hold as much as it may, what came is read
    /// from the store when it is its turn.
    async fn follow(&mut self) -> Result<(), End> {
        let room = self.room;
        loop {
            self.follower.place.something().await;
            let behind = match room.try_acquire() {
                Ok(_place) => self.write_tail().await?,
                Err(_) => true,
            };
            if behind {
                self.catch_up().await?;
            }
        }
    }

    /// Sends what the store has, to its end or to where the tail goes on.
    async fn catch_up(&mut self) -> Result<(), End> {
        let room = self.room;
        loop {
            let Ok(_place) = room.acquire().await else { return Err(End::Done) };
            let read = self.shared.store.read(self.address, self.last, READ).await;
            let entries = read.map_err(|error| End::Refused(refusal(error)))?;
            if entries.is_empty() {
                return Ok(());
            }
            self.write_read(entries).await?;
            if self.follower.place.is_past(self.last) {
                return Ok(());
            }
        }
    }

    async fn write_read(&mut self, entries: Vec<Entry>) -> Result<(), End> {
        let mut frames = BytesMut::new();
        let many = entries.len();
        for Entry { position, envelope, .. } in entries {
            debug_assert!(position > self.last, "the store reads forward");
            self.last = position;
            Response::Entry { position, envelope }.put_frame(&mut frames);
        }
        self.writer.write(frames.freeze()).await?;
        self.count(many);
        Ok(())
    }

    fn count(&self, delivered: usize) {
        self.shared.counts.add_many(Count::Delivered, delivered as u64);
    }

    /// Sends what is at the tail, in one write; whether more is in the store alone.
    async fn write_tail(&mut self) -> Result<bool, End> {
        let mut batch = self.follower.place.take(self.last);
        self.last = batch.last;
        let many = batch.frames.len();
        if many > 0 {
            self.writer.write_many(&mut batch.frames).await?;
            self.count(many);
        }
        Ok(batch.behind)
    }
}

fn frame(response: &Response) -> Bytes {
    let mut frame = BytesMut::new();
    response.put_frame(&mut frame);
    frame.freeze()
}
