//! Executing what machines want, in their order.

use offshift_protocol::{Change, Effect, Effects, OutboxId};
use zeroize::Zeroizing;

use super::{Engine, Fatal, lines::Purpose};
use crate::{error::ClientError, limits::BATCH_BYTES};

/// The highest number that a deposit ever had. Records of machines name deposits by their numbers, so none may be
/// given out twice, even when the outbox is empty at a restart (OS-CLI-009).
pub(super) const SEQUENCE: &str = "sequence/outbox";

impl Engine {
    /// Executes effects, with `more` changes in the same record, and gives back the events.
    pub(super) async fn execute<E>(
        &mut self,
        purpose: Purpose,
        effects: Effects<E>,
        more: Vec<Change>,
    ) -> Result<Vec<E>, Fatal> {
        self.execute_and(purpose, effects, more, Vec::new()).await
    }

    /// The same, with `last` in that record too: what they write stands over what the effects write.
    pub(super) async fn execute_and<E>(
        &mut self,
        purpose: Purpose,
        effects: Effects<E>,
        more: Vec<Change>,
        last: Vec<Change>,
    ) -> Result<Vec<E>, Fatal> {
        let mut events = Vec::new();
        let mut changes = more;
        let mut effects = effects.into_iter().peekable();
        if let Some(Effect::Persist(first)) = effects.next_if(|e| matches!(e, Effect::Persist(_))) {
            changes.extend(first);
        }
        changes.extend(last);
        self.persist(changes).await?;
        for effect in effects {
            match effect {
                Effect::Persist(changes) => self.persist(changes).await?,
                Effect::Follow(source) => self.follow(purpose, source),
                Effect::Unfollow(address) => self.unfollow(&address),
                Effect::Cancel(id) => self.cancel(id),
                Effect::Deposit(outgoing) => self.deposit(purpose, outgoing),
                Effect::Event(event) => events.push(event),
            }
        }
        Ok(events)
    }

    /// Writes changes of which each can be done again, in as many records as they take.
    pub(super) async fn persist_in_batches(&mut self, changes: Vec<Change>) -> Result<(), Fatal> {
        for batch in in_batches(changes) {
            self.persist(batch).await?;
        }
        Ok(())
    }

    /// Writes changes, all or none, and returns when they are durable.
    pub(super) async fn persist(&mut self, mut changes: Vec<Change>) -> Result<(), Fatal> {
        if changes.is_empty() {
            return Ok(());
        }
        changes.extend(highest_deposit(&changes));
        let mut vault = self.vault.take().ok_or(ClientError::Closed)?;
        let written = tokio::task::spawn_blocking(move || {
            let written = vault.apply(&changes);
            (vault, written)
        });
        let (vault, written) = written.await.map_err(|_| ClientError::Bug("writing the vault"))?;
        self.vault = Some(vault);
        Ok(written?)
    }
}

/// Changes that need not be one record, in their order: each a record that the vault takes (OS-VLT-016).
pub(super) fn in_batches(changes: Vec<Change>) -> Vec<Vec<Change>> {
    let (mut batches, mut bytes): (Vec<Vec<Change>>, usize) = (Vec::new(), 0);
    for change in changes {
        let more = match &change {
            Change::Put { key, value } => key.len().saturating_add(value.len()),
            Change::Delete { key } => key.len(),
        };
        bytes = bytes.saturating_add(more);
        match batches.last_mut().filter(|_| bytes <= BATCH_BYTES) {
            Some(batch) => batch.push(change),
            None => {
                bytes = more;
                batches.push(vec![change]);
            }
        }
    }
    batches
}

fn highest_deposit(changes: &[Change]) -> Option<Change> {
    let put = |change: &Change| match change {
        Change::Put { key, .. } => OutboxId::from_key(key),
        Change::Delete { .. } => None,
    };
    let highest = changes.iter().filter_map(put).max()?;
    let value = Zeroizing::new(highest.key().into_bytes());
    Some(Change::Put { key: SEQUENCE.to_owned(), value })
}

#[cfg(test)]
mod tests {
    use offshift_protocol::OutboxSequence;

    use super::*;

    fn put(id: OutboxId) -> Change {
        Change::Put { key: id.key(), value: Zeroizing::new(Vec::new()) }
    }

    #[test]
    fn os_cli_009_the_highest_number_of_a_deposit_is_recorded_with_it() {
        let mut sequence = OutboxSequence::new();
        let (first, second, third) = (sequence.next(), sequence.next(), sequence.next());
        let changes = [put(second), put(first), Change::Delete { key: third.key() }];
        let Some(Change::Put { key, value }) = highest_deposit(&changes) else {
            panic!("it is recorded")
        };
        assert_eq!((key.as_str(), value.as_slice()), (SEQUENCE, second.key().as_bytes()));
        assert!(highest_deposit(&[Change::Delete { key: third.key() }]).is_none());
    }

    #[test]
    fn os_vlt_016_much_that_changes_is_written_in_records_that_are_taken() {
        let delete =
            |name: usize| Change::Delete { key: format!("history/{name:032x}/{name:016x}") };
        let key = |change: &Change| match change {
            Change::Put { key, .. } | Change::Delete { key } => key.clone(),
        };
        let all: Vec<_> = (0..200_000).map(delete).collect();
        let names: Vec<_> = all.iter().map(key).collect();
        let batches = in_batches(all);
        let bytes = |batch: &Vec<Change>| batch.iter().map(|one| key(one).len()).sum::<usize>();
        assert!(batches.len() > 5 && batches.iter().all(|batch| bytes(batch) <= BATCH_BYTES));
        assert!(batches.iter().flatten().map(key).eq(names), "all of them, in their order");
        let large = |name: &str| Change::Put {
            key: name.to_owned(),
            value: Zeroizing::new(vec![0; BATCH_BYTES]),
        };
        assert_eq!(in_batches(vec![large("a"), large("b"), delete(1)]).len(), 3);
        assert_eq!(in_batches(vec![delete(1), delete(2)]).len(), 1, "the twin");
        assert!(in_batches(Vec::new()).is_empty());
    }
}
