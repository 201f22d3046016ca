//! A deposit stream: envelopes in, receipts out, in order.
//!
//! ```text
//! frames that have arrived -> capability, life -> space, credit -> room -> one append -> signed together -> receipts in one write
//! ```
//! One group at a time: while it becomes durable, the next gathers in the receive window. So the order
//! in the mailbox is the order on the stream (OS-REL-011), and a depositor that sends too fast is slowed down by flow
//! control, not refused.

use std::{sync::Arc, vec::IntoIter};

use bytes::{Bytes, BytesMut};
use offshift_access::{EnvelopeHash, Statement};
use offshift_link::{Stream, StreamError};
use offshift_wire::{
    Address, Position,
    code::Refusal,
    receipt::Receipt,
    relay::{Access, Request, Response},
    token::Credit,
};
use tokio::sync::watch;

use crate::{
    connection::Connection,
    counts::Count,
    credit::{Paid, Till},
    limits::{DEPOSIT_GROUP, DEPOSIT_GROUP_BYTES, DEPOSITS_BURST_SECONDS, Limits},
    pace::Rate,
    pressure::Pressure,
    refusal::{count, refusal},
    shared::Shared,
    store::{Deposit, Store},
};

/// Where one connection deposits.
pub(crate) struct Desk<'a, S> {
    pub(crate) shared: &'a Arc<Shared<S>>,
    pub(crate) connection: &'a Connection,
}

type Checked = Result<Deposit, Refusal>;

/// Serves one stream whose first request is `first`, until it ends or the relay stops.
pub(crate) async fn serve<S: Store>(
    desk: Desk<'_, S>,
    first: Request,
    mut stream: Stream,
    mut stop: watch::Receiver<bool>,
) {
    let mut next = Ok(Some(first));
    let error = loop {
        let limits = desk.shared.limits();
        let group = match next {
            Ok(Some(request)) => desk.gather(&limits, request, &mut stream),
            Ok(None) => break None,
            Err(error) => break Some(error),
        };
        tokio::select! {
            biased;
            () = desk.pause(&limits, &group) => {}
            // What was read is answered before the relay goes (OS-REL-040).
            _ = stop.wait_for(|stopping| *stopping) => {}
        }
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

/// Deposits that came together, who paid for them, and what broke the stream behind them, if anything did.
#[derive(Default)]
struct Group {
    checked: Vec<Checked>,
    bill: Vec<Paid>,
    broken: Option<StreamError>,
}

/// What one group is measured by.
struct Measure<'a> {
    limits: &'a Limits,
    /// None: nothing costs here.
    till: Option<Till<'a>>,
    /// The mailbox of the deposit before, and what it will hold. Most groups are of one mailbox.
    last: Option<(Address, u64)>,
    bill: Vec<Paid>,
}

impl<S: Store> Desk<'_, S> {
    /// `first` and what has arrived behind it, without waiting.
    fn gather(&self, limits: &Limits, first: Request, stream: &mut Stream) -> Group {
        let mut measure = Measure { limits, till: self.till(), last: None, bill: Vec::new() };
        let mut group = Group::default();
        let mut bytes = 0usize;
        let mut next = Ok(Some(first));
        loop {
            match next {
                Ok(Some(request)) => match self.check(&mut measure, request) {
                    Ok(checked) => {
                        bytes = bytes.saturating_add(size(&checked));
                        group.checked.push(checked);
                    }
                    Err(error) => group.broken = Some(error),
                },
                Ok(None) => break,
                Err(error) => group.broken = Some(error),
            }
            let full = group.checked.len() >= DEPOSIT_GROUP || bytes >= DEPOSIT_GROUP_BYTES;
            if full || group.broken.is_some() {
                break;
            }
            next = stream.reader.ready().and_then(|body| body.map(decode).transpose());
        }
        Group { bill: measure.bill, ..group }
    }

    /// Who goes too fast waits with the group in hand: the next ones stay on the sender's side of the window.
    async fn pause(&self, limits: &Limits, group: &Group) {
        let per_second = limits.deposits_per_second;
        let burst = per_second.saturating_mul(DEPOSITS_BURST_SECONDS);
        self.connection.deposits.take(group.checked.len(), Rate { per_second, burst }).await;
    }

    /// Whether a deposit may be appended. Anything but a deposit has no place on this stream (OS-REL-001).
    fn check(&self, measure: &mut Measure<'_>, request: Request) -> Result<Checked, StreamError> {
        let Request::Deposit { capability, life, envelope } = request else {
            return Err(StreamError::Malformed);
        };
        // Refused, never shortened: the depositor would believe in the life that it asked for (OS-MBX-031).
        if life > self.shared.life_max {
            return Ok(Err(Refusal::LifeTooLong));
        }
        let address = self.connection.capabilities.deposit(capability);
        let deposit = address.map(|address| Deposit { address, life, envelope });
        Ok(deposit.and_then(|deposit| {
            // Paid before it is measured: who pays nothing costs no look and learns nothing of the mailbox.
            measure.charge(&deposit)?;
            let held = self.held_after(measure, &deposit);
            let held = held.inspect_err(|_| measure.give_back())?;
            measure.last = Some((deposit.address, held));
            Ok(deposit)
        }))
    }

    /// What the mailbox will hold, if the relay and it can take the deposit. What is in flight to it from elsewhere is
    /// not counted, so it may come to hold more by that (OS-TOK-037).
    fn held_after(&self, measure: &Measure<'_>, deposit: &Deposit) -> Result<u64, Refusal> {
        let last = measure.last.filter(|(address, _)| *address == deposit.address);
        let stored = || self.shared.store.mailbox_bytes(&deposit.address);
        let held = last.map_or_else(stored, |(_, held)| held);
        // OS-REL-050.
        match self.shared.pressure.now() {
            Pressure::Calm => {}
            Pressure::Tight if held > 0 => {}
            Pressure::Tight | Pressure::Full => return Err(Refusal::Busy),
        }
        let after = held.saturating_add(deposit.envelope.class().bytes() as u64);
        if after <= measure.limits.mailbox_bytes_max { Ok(after) } else { Err(Refusal::Full) }
    }

    fn till(&self) -> Option<Till<'_>> {
        let (account, sponsored) = (&self.connection.account, &self.shared.sponsored);
        let till = || Till { account, sponsored, now: self.shared.office.steady() };
        (self.shared.access == Access::Tickets).then(till)
    }

    /// Appends a group and answers each of its requests in order (OS-REL-010).
    async fn settle(&self, group: Group, stream: &mut Stream) -> Result<(), StreamError> {
        let (good, refused) = split(group.checked);
        let answers = answer(refused, self.receipts_for(good, group.bill).await);
        for code in &answers.refused {
            count(&self.shared.counts, *code);
        }
        if !answers.frames.is_empty() {
            stream.writer.write(answers.frames).await?;
        }
        group.broken.map_or(Ok(()), Err)
    }

    /// Receipts once all are durable, and not before (OS-REL-010).
    async fn receipts_for(
        &self,
        deposits: Vec<Deposit>,
        bill: Vec<Paid>,
    ) -> Result<Vec<Receipt>, Refusal> {
        if deposits.is_empty() {
            return Ok(Vec::new());
        }
        let name = |deposit: &Deposit| (deposit.address, EnvelopeHash::of(&deposit.envelope));
        let named: Vec<(Address, _)> = deposits.iter().map(name).collect();
        let appended = self.append(deposits).await;
        let positions = appended.inspect_err(|_| self.give_back(bill))?;
        self.shared.counts.add_many(Count::Deposited, positions.len() as u64);
        let durable = named.into_iter().zip(positions);
        let statements =
            durable.map(|((address, envelope), at)| Statement { address, envelope, position: at });
        self.shared.receipts.sign(statements.collect()).await
    }

    fn give_back(&self, bill: Vec<Paid>) {
        if let Some(till) = self.till() {
            till.give_back(bill);
        }
    }

    async fn append(&self, deposits: Vec<Deposit>) -> Result<Vec<Position>, Refusal> {
        let kib =
            deposits.iter().map(|deposit| deposit.envelope.class().bytes() >> 10).sum::<usize>();
        let kib = u32::try_from(kib).map_err(|_| Refusal::Busy)?;
        let room = self.shared.deposit_room.acquire_many(kib).await;
        let _room = room.map_err(|_| Refusal::Stopping)?;
        self.shared.store.append(deposits).await.map_err(refusal)
    }
}

impl Measure<'_> {
    /// Takes what it costs (OS-TOK-034).
    fn charge(&mut self, deposit: &Deposit) -> Result<(), Refusal> {
        if let Some(till) = &self.till {
            let cost = Credit::cost(deposit.envelope.class(), deposit.life);
            self.bill.push(till.charge(&deposit.address, cost)?);
        }
        Ok(())
    }

    /// The last charge: its deposit is refused.
    fn give_back(&mut self) {
        if let Some(till) = &self.till {
            till.give_back(self.bill.pop().into_iter().collect());
        }
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
fn answer(refused: Vec<Option<Refusal>>, receipts: Result<Vec<Receipt>, Refusal>) -> Answers {
    let failed = receipts.as_ref().err().copied().unwrap_or(Refusal::Failed);
    let mut receipts: IntoIter<Receipt> = receipts.unwrap_or_default().into_iter();
    let mut frames = BytesMut::new();
    let mut codes = Vec::new();
    for refused in refused {
        let response = match refused.map_or_else(|| receipts.next().ok_or(failed), Err) {
            Ok(receipt) => Response::Receipt(receipt),
            Err(code) => {
                codes.push(code);
                Response::Refused(code)
            }
        };
        response.put_frame(&mut frames);
    }
    Answers { frames: frames.freeze(), refused: codes }
}

/// What a group is answered.
struct Answers {
    frames: Bytes,
    /// Those that were refused, for the counts.
    refused: Vec<Refusal>,
}

#[cfg(test)]
mod tests {
    use offshift_wire::{frame, receipt::Path};

    use super::*;

    fn answers(answers: &Answers) -> Vec<Response> {
        let mut buffer = BytesMut::from(&answers.frames[..]);
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
        assert_eq!(bad.refused, [Refusal::Full, Refusal::LifeTooLong, Refusal::Full]);
    }
}
