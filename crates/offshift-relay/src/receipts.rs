//! Receipts: what became durable together is signed together.
//!
//! ```text
//! deposit streams --durable, unsigned--> one task: all that waits, one tree, one signature --> receipts
//! ```
//! A signature costs as much as the rest of a deposit's way through the relay; a leaf and its path cost little. As
//! at the store there is no timer: a lone deposit is signed at once. The store's thread does not wait for it: it
//! writes the next group meanwhile.

use std::mem::take;

use offshift_access::{ReceiptKey, Statement};
use offshift_wire::{code::Refusal, receipt::Receipt};
use tokio::{
    sync::{mpsc, oneshot},
    task::{JoinHandle, yield_now},
};

use crate::limits::RECEIPT_GROUPS;

/// Signs for all deposit streams. Its task ends with it.
pub(crate) struct Receipts {
    queue: mpsc::Sender<Unsigned>,
    task: JoinHandle<()>,
}

/// What one stream has made durable.
struct Unsigned {
    statements: Vec<Statement>,
    answer: oneshot::Sender<Vec<Receipt>>,
}

impl Drop for Receipts {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Receipts {
    /// Starts signing with `key`.
    pub(crate) fn signed_with(key: ReceiptKey) -> Self {
        let (queue, unsigned) = mpsc::channel(RECEIPT_GROUPS);
        Self { queue, task: tokio::spawn(run(key, unsigned)) }
    }

    /// Receipts for what is durable, in its order.
    pub(crate) async fn sign(&self, statements: Vec<Statement>) -> Result<Vec<Receipt>, Refusal> {
        let (answer, receipts) = oneshot::channel();
        let asked = self.queue.send(Unsigned { statements, answer }).await;
        asked.map_err(|_| Refusal::Stopping)?;
        receipts.await.map_err(|_| Refusal::Stopping)
    }
}

async fn run(key: ReceiptKey, mut queue: mpsc::Receiver<Unsigned>) {
    while let Some(first) = queue.recv().await {
        // Tokio runs this task as soon as the first one asks. The others of its commit group are ready to ask: they
        // go first.
        yield_now().await;
        let mut group = vec![first];
        while let Some(next) = queue.try_recv().ok().filter(|_| group.len() < RECEIPT_GROUPS) {
            group.push(next);
        }
        sign(&key, group);
    }
}

/// One tree of all, each one's receipts to each one.
fn sign(key: &ReceiptKey, mut group: Vec<Unsigned>) {
    let counts: Vec<_> = group.iter().map(|unsigned| unsigned.statements.len()).collect();
    let all: Vec<_> = group.iter_mut().flat_map(|one| take(&mut one.statements)).collect();
    let mut receipts = key.sign(&all).into_iter();
    for (unsigned, count) in group.into_iter().zip(counts) {
        // A stream that has gone since: its depositor asks again.
        let _ = unsigned.answer.send(receipts.by_ref().take(count).collect());
    }
}

#[cfg(test)]
mod tests {
    use offshift_access::EnvelopeHash;
    use offshift_wire::{Address, Envelope, Position};

    use super::*;

    const ADDRESS: Address = Address::from_bytes([1; 32]);

    fn hash() -> EnvelopeHash {
        EnvelopeHash::of(&Envelope::try_from(vec![7; 1024]).unwrap())
    }

    fn statement(position: u64) -> Statement {
        Statement { address: ADDRESS, envelope: hash(), position: Position::new(position) }
    }

    #[tokio::test]
    async fn os_rcp_002_all_that_waits_shares_a_signature_and_each_gets_its_own_receipts() {
        let key = ReceiptKey::from_seed(&[3; 32]);
        let public = key.public();
        let receipts = Receipts::signed_with(key);
        let (one, two, none) = tokio::join!(
            receipts.sign(vec![statement(1), statement(2)]),
            receipts.sign(vec![statement(3)]),
            receipts.sign(Vec::new()),
        );
        let all = [one.unwrap(), two.unwrap(), none.unwrap()];
        assert_eq!(all.each_ref().map(Vec::len), [2, 1, 0]);
        let all = all.concat();
        assert!(all.iter().all(|receipt| receipt.signature == all[0].signature), "one signature");
        for (receipt, position) in all.into_iter().zip(1..) {
            let receipted = public.verify(ADDRESS, hash(), receipt).unwrap();
            assert_eq!(receipted.position(), Position::new(position));
        }
    }
}
