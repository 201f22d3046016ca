//! One running fetch: the entries of a mailbox as they come.

use bytes::Bytes;
use offshift_wire::{
    Envelope, Position,
    code::Close,
    relay::{Request, Response},
};

use crate::{
    error::{LinkError, blame},
    frames::{FrameReader, FrameWriter},
};

/// What a fetch yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchItem {
    /// One entry, in the order of positions.
    Entry {
        /// Where it lies.
        position: Position,
        /// What lies there.
        envelope: Envelope,
    },
    /// All that lay there when the fetch was asked has been yielded.
    CaughtUp,
}

/// A fetch. Dropping it tells the relay to stop.
pub struct Fetching {
    connection: quinn::Connection,
    reader: Option<FrameReader>,
    last: Position,
}

impl Drop for Fetching {
    fn drop(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.stop(Close::Done);
        }
    }
}

impl Fetching {
    pub(crate) async fn ask(
        connection: quinn::Connection,
        mut writer: FrameWriter,
        reader: FrameReader,
        request: Request,
    ) -> Result<Self, LinkError> {
        let Request::Fetch { after: last, .. } = request else {
            return Err(LinkError::Bug("not a fetch"));
        };
        let mut frame = bytes::BytesMut::new();
        request.put_frame(&mut frame);
        writer.write(frame.freeze()).await.map_err(|error| blame(error, &connection))?;
        writer.finish();
        Ok(Self { connection, reader: Some(reader), last })
    }

    /// The next item; `None` after the end of a fetch that doesn't follow, and after an error.
    ///
    /// Cancel-safe. Positions strictly rise, or the relay is named as misbehaving (OS-LNK-030).
    pub async fn next(&mut self) -> Option<Result<FetchItem, LinkError>> {
        let body = match self.reader.as_mut()?.next().await {
            Ok(body) => body,
            Err(error) => return Some(Err(self.end(blame(error, &self.connection)))),
        };
        let Some(body) = body else {
            self.reader = None;
            return None;
        };
        let item = self.item(body);
        Some(item.map_err(|error| self.end(error)))
    }

    fn item(&mut self, body: Bytes) -> Result<FetchItem, LinkError> {
        match Response::decode(body) {
            Ok(Response::Entry { position, envelope }) if position > self.last => {
                self.last = position;
                Ok(FetchItem::Entry { position, envelope })
            }
            Ok(Response::Entry { .. }) => Err(LinkError::Misbehaved("order of positions")),
            Ok(Response::CaughtUp) => Ok(FetchItem::CaughtUp),
            Ok(Response::Refused(code)) => Err(LinkError::Refused(code)),
            Ok(_) | Err(_) => Err(LinkError::Misbehaved("entry")),
        }
    }

    fn end(&mut self, error: LinkError) -> LinkError {
        if let Some(reader) = self.reader.take() {
            reader.stop(Close::Done);
        }
        error
    }
}
