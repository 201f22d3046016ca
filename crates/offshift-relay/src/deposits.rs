//! A deposit stream: envelopes in, receipts out, in order.
//!
//! ```text
//! frames that have arrived -> capability, life -> room -> one append -> signed together -> receipts in one write
//! ```
//! One group at a time: while it becomes durable, the next gathers in the receive window. So the order
//! in the mailbox is the order on the stream (OS-REL-011), and a depositor that sends too fast is slowed down by flow
//! control, not refused.

use std::vec::IntoIter;

use bytes::{Bytes, BytesMut};
use offshift_access::{EnvelopeHash, Statement};
use offshift_link::{Stream, StreamError};
use offshift_wire::{
    Life, Position,
    code::Refusal,
    receipt::Receipt,
    relay::{Request, Response},
};
use tokio::sync::{Semaphore, watch};

use crate::{
    capabilities::Capabilities,
    limits::{DEPOSIT_GROUP, DEPOSIT_GROUP_BYTES},
    receipts::Receipts,
    refusal::refusal,
    store::{Deposit, Store},
};

/// What the deposit streams of all connections share.
pub(crate) struct Desk<'a, S> {
    pub(crate) store: &'a S,
    pub(crate) room: &'a Semaphore,
    pub(crate) receipts: &'a Receipts,
    pub(crate) life_max: Life,
}

type Checked = Result<Deposit, Refusal>;

/// Serves one stream whose first request is `first`, until it ends or the relay stops.
pub(crate) async fn serve<S: Store>(
    desk: Desk<'_, S>,
    capabilities: &Capabilities,
    first: Request,
    mut stream: Stream,
    mut stop: watch::Receiver<bool>,
) {
    let mut next = Ok(Some(first));
    let error = loop {
        let group = match next {
            Ok(Some(request)) => desk.gather(capabilities, request, &mut stream),
            Ok(None) => break None,
            Err(error) => break Some(error),
        };
        if let Err(error) = desk.settle(group, &mut stream).await {
            break Some(error);
        }
        next = tokio::select! {
            biased;
            _ = stop.wait_for(|stopping| *stopping) => break None,
            next = read(&mut stream) => next,
        };
    };
    end(stream, error).await;
}

/// Receipts that were written still reach the peer; a broken stream is reset.
async fn end(mut stream: Stream, error: Option<StreamError>) {
    match error {
        None => {
            stream.writer.finish();
            stream.writer.settled(crate::limits::STOP_GRACE).await;
        }
        Some(error) => {
            stream.writer.reset(error.close());
            stream.reader.stop(error.close());
        }
    }
}

async fn read(stream: &mut Stream) -> Result<Option<Request>, StreamError> {
    stream.reader.next().await?.map(decode).transpose()
}

fn decode(body: Bytes) -> Result<Request, StreamError> {
    Ok(Request::decode(body)?)
}

/// Deposits that came together, and what broke the stream behind them, if anything did.
struct Group {
    checked: Vec<Checked>,
    broken: Option<StreamError>,
}

impl<S: Store> Desk<'_, S> {
    /// `first` and what has arrived behind it, without waiting.
    fn gather(&self, capabilities: &Capabilities, first: Request, stream: &mut Stream) -> Group {
        let mut group = Group { checked: Vec::new(), broken: None };
        let mut bytes = 0usize;
        let mut next = Ok(Some(first));
        loop {
            match next {
                Ok(Some(request)) => match self.check(capabilities, request) {
                    Ok(checked) => {
                        bytes = bytes.saturating_add(size(&checked));
                        group.checked.push(checked);
                    }
                    Err(error) => group.broken = Some(error),
                },
                Ok(None) => return group,
                Err(error) => group.broken = Some(error),
            }
            let full = group.checked.len() >= DEPOSIT_GROUP || bytes >= DEPOSIT_GROUP_BYTES;
            if full || group.broken.is_some() {
                return group;
            }
            next = stream.reader.ready().and_then(|body| body.map(decode).transpose());
        }
    }

    /// Whether a deposit may be appended. Anything but a deposit has no place on this stream (OS-REL-001).
    fn check(&self, capabilities: &Capabilities, request: Request) -> Result<Checked, StreamError> {
        let Request::Deposit { capability, life, envelope } = request else {
            return Err(StreamError::Malformed);
        };
        // Refused, never shortened: the depositor would believe in the life that it asked for (OS-MBX-031).
        if life > self.life_max {
            return Ok(Err(Refusal::LifeTooLong));
        }
        let address = capabilities.deposit(capability);
        Ok(address.map(|address| Deposit { address, life, envelope }))
    }

    /// Appends a group and answers each of its requests in order (OS-REL-010).
    async fn settle(&self, group: Group, stream: &mut Stream) -> Result<(), StreamError> {
        let (good, refused) = split(group.checked);
        let answers = answer(refused, self.receipts_for(good).await);
        if !answers.is_empty() {
            stream.writer.write(answers).await?;
        }
        group.broken.map_or(Ok(()), Err)
    }

    /// Receipts once all are durable, and not before (OS-REL-010).
    async fn receipts_for(&self, deposits: Vec<Deposit>) -> Result<Vec<Receipt>, Refusal> {
        if deposits.is_empty() {
            return Ok(Vec::new());
        }
        let name = |deposit: &Deposit| (deposit.address, EnvelopeHash::of(&deposit.envelope));
        let named: Vec<_> = deposits.iter().map(name).collect();
        let positions = self.append(deposits).await?;
        let durable = named.into_iter().zip(positions);
        let statements =
            durable.map(|((address, envelope), at)| Statement { address, envelope, position: at });
        self.receipts.sign(statements.collect()).await
    }

    async fn append(&self, deposits: Vec<Deposit>) -> Result<Vec<Position>, Refusal> {
        let kib =
            deposits.iter().map(|deposit| deposit.envelope.class().bytes() >> 10).sum::<usize>();
        let kib = u32::try_from(kib).map_err(|_| Refusal::Busy)?;
        let _room = self.room.acquire_many(kib).await.map_err(|_| Refusal::Stopping)?;
        self.store.append(deposits).await.map_err(refusal)
    }
}

fn size(checked: &Checked) -> usize {
    checked.as_ref().map_or(0, |deposit| deposit.envelope.class().bytes())
}

/// The good ones, and in the place of each of them `None`.
fn split(checked: Vec<Checked>) -> (Vec<Deposit>, Vec<Option<Refusal>>) {
    let mut good = Vec::with_capacity(checked.len());
    let refused = checked.into_iter().map(|one| one.map(|deposit| good.push(deposit)).err());
    let refused = refused.collect();
    (good, refused)
}

/// The answers, in order, as frames. A failed append refuses all that were in it: none is receipted,
/// and a depositor that sends one again does no harm, as readers drop the second.
fn answer(refused: Vec<Option<Refusal>>, receipts: Result<Vec<Receipt>, Refusal>) -> Bytes {
    let failed = receipts.as_ref().err().copied().unwrap_or(Refusal::Failed);
    let mut receipts: IntoIter<Receipt> = receipts.unwrap_or_default().into_iter();
    let mut frames = BytesMut::new();
    for refused in refused {
        let response = match refused {
            Some(code) => Response::Refused(code),
            None => receipts.next().map_or(Response::Refused(failed), Response::Receipt),
        };
        response.put_frame(&mut frames);
    }
    frames.freeze()
}

#[cfg(test)]
mod tests {
    use offshift_wire::{frame, receipt::Path};

    use super::*;

    fn answers(bytes: &Bytes) -> Vec<Response> {
        let mut buffer = BytesMut::from(&bytes[..]);
        std::iter::from_fn(|| frame::take(&mut buffer).unwrap())
            .map(|body| Response::decode(body).unwrap())
            .collect()
    }

    #[test]
    fn os_rel_010_each_deposit_is_answered_in_its_place() {
        let refused = vec![None, Some(Refusal::LifeTooLong), None];
        let receipt = |value| {
            let position = Position::new(value);
            Receipt { position, path: Path::default(), signature: [1; 64] }
        };
        let good = answer(refused.clone(), Ok(vec![receipt(7), receipt(8)]));
        let too_long = Response::Refused(Refusal::LifeTooLong);
        let [first, last] = [receipt(7), receipt(8)].map(Response::Receipt);
        assert_eq!(answers(&good), [first, too_long.clone(), last]);
        let full = Response::Refused(Refusal::Full);
        let bad = answer(refused, Err(Refusal::Full));
        assert_eq!(answers(&bad), [full.clone(), too_long, full]);
    }
}
