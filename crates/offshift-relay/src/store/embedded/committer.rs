//! The one thread that writes: takes whatever waits, makes it durable together, then answers.
//!
//! ```text
//! queue --all that waits--> Group --one write, one flush per touched file--> index --> observers, answers
//! ```
//!
//! There is no timer: a lone deposit is committed at once, and what arrives meanwhile shares the next flush
//! (OS-STO-002). A slice whose flush failed is never written again: the kernel may have dropped the pages
//! and would report success the next time (OS-STO-005).

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use offshift_wire::{Address, Life, Position, UnixMillis};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use super::files::{Files, blame};
use super::group::{Change, Failed, Group, MetadataChange, Writer};
use super::key::SliceId;
use super::registry::RegistryFailed;
use super::slice::{HEADER, Index, Released, slice_end};
use super::spent::{SpentId, SpentTokens};
use super::state::{Counts, Held, Shared};
use crate::limits::{STORE_FLOOR_AHEAD, STORE_GROUP_BATCHES, STORE_SLICE_BYTES, STORE_SLICES};
use crate::store::positions::Positions;
use crate::store::{Deposit, Expired, StoreError};

pub(super) type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

/// What may be asked of the committer.
pub(super) enum Job {
    Append { deposits: Vec<Deposit>, answer: Answer<Vec<Position>>, room: OwnedSemaphorePermit },
    Release { address: Address, positions: Vec<Position>, answer: Answer<()> },
    Expire { answer: Answer<Expired> },
    Metadata { change: MetadataChange, answer: Answer<()> },
    Spend { period: u32, ids: Vec<SpentId>, answer: Answer<bool> },
    ForgetPeriods { before: u32, answer: Answer<()> },
    Close { answer: Answer<()> },
}

pub(super) struct Committer {
    pub(super) shared: Arc<Shared>,
    pub(super) files: Files,
    pub(super) positions: Positions,
    /// Slices that may be written.
    pub(super) writers: BTreeMap<SliceId, Writer>,
    /// The slice into which new envelopes with this end go.
    pub(super) current: BTreeMap<UnixMillis, SliceId>,
    /// Slices that are out of the index and not yet off the disk.
    pub(super) leaving: Vec<SliceId>,
    pub(super) spent: SpentTokens,
    pub(super) next_id: SliceId,
    pub(super) reserve_bytes: u64,
    /// Where a restart forgets slices and their positions with them: the floor that is durable (OS-STO-045).
    pub(super) floor_ahead: Option<Position>,
    /// Held as long as this process may write.
    pub(super) lock: File,
}

enum Next {
    GoOn,
    Stop(Answer<()>),
}

impl Committer {
    /// Serves until closed or until nobody can ask any more.
    pub(super) fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut closing = None;
        while let Some(job) = jobs.blocking_recv() {
            if let Next::Stop(answer) = self.serve(job, &mut jobs) {
                closing = Some(answer);
                break;
            }
        }
        let done = self.raise_floor();
        self.shared.registry.close();
        drop(self.lock);
        if let Some(answer) = closing {
            let _ = answer.send(done.map_err(|_| StoreError::Disk));
        }
    }

    /// Neither positions nor time go back behind this point at the next opening.
    fn raise_floor(&self) -> Result<(), RegistryFailed> {
        let reached = Position::new(self.shared.time.now().0.saturating_mul(1000));
        self.shared.registry.raise_floor(self.positions.highest().max(reached))
    }

    /// The same ahead of time, where no slice will tell which positions it showed.
    fn keep_floor_ahead(&mut self) -> Result<(), StoreError> {
        let highest = self.positions.highest();
        if self.floor_ahead.is_none_or(|floor| highest <= floor) {
            return Ok(());
        }
        let floor = Position::new(highest.value().saturating_add(STORE_FLOOR_AHEAD));
        self.shared.registry.raise_floor(floor).map_err(|_| StoreError::Disk)?;
        self.floor_ahead = Some(floor);
        Ok(())
    }

    /// One job and, if it shares a commit, all that wait behind it.
    fn serve(&mut self, first: Job, jobs: &mut mpsc::Receiver<Job>) -> Next {
        let mut group = Group::at(self.shared.time.now());
        let mut first = Some(first);
        let mut last = None;
        for _ in 0..STORE_GROUP_BATCHES {
            let Some(job) = first.take().or_else(|| jobs.try_recv().ok()) else { break };
            last = self.stage(job, &mut group);
            if last.is_some() || group.is_full() {
                break;
            }
        }
        self.commit(group);
        last.map_or(Next::GoOn, |job| self.act(job))
    }

    /// Puts a job into the group; gives back one that shares no commit.
    fn stage(&mut self, job: Job, group: &mut Group) -> Option<Job> {
        match job {
            Job::Append { deposits, answer, room } => {
                match self.stage_append(deposits, group) {
                    Ok((touched, positions)) => {
                        group.await_append(touched, positions, answer, room);
                    }
                    Err(error) => drop(answer.send(Err(error))),
                }
                None
            }
            Job::Release { address, positions, answer } => {
                match self.stage_release(&address, &positions, group) {
                    Ok(touched) => group.await_release(touched, answer),
                    Err(error) => drop(answer.send(Err(error))),
                }
                None
            }
            Job::Spend { period, ids, answer } => {
                match self.stage_spend(period, ids, group) {
                    Ok(is_first) => group.await_spend(period, is_first, answer),
                    Err(error) => drop(answer.send(Err(error))),
                }
                None
            }
            Job::Metadata { change, answer } => {
                group.put_metadata(change, answer);
                None
            }
            other => Some(other),
        }
    }

    fn act(&mut self, job: Job) -> Next {
        match job {
            Job::Expire { answer } => drop(answer.send(self.expire())),
            Job::ForgetPeriods { before, answer } => {
                let done = self.spent.forget(before).map_err(|error| blame(&error));
                self.count_spent();
                let _ = answer.send(done);
            }
            Job::Close { answer } => return Next::Stop(answer),
            // These share a commit and were staged.
            Job::Append { .. } | Job::Release { .. } | Job::Spend { .. } | Job::Metadata { .. } => {
            }
        }
        Next::GoOn
    }

    fn stage_append(
        &mut self,
        deposits: Vec<Deposit>,
        group: &mut Group,
    ) -> Result<(Vec<SliceId>, Vec<Position>), StoreError> {
        let refused = |error| {
            let refused = if error == StoreError::Full { deposits.len() as u64 } else { 0 };
            Counts::add(&self.shared.counts.refused_full, refused);
            error
        };
        self.has_room(&deposits, group).map_err(refused)?;
        let mut slices = Vec::with_capacity(deposits.len());
        for deposit in &deposits {
            slices.push(self.slice_for(deposit.life, group.now())?);
        }
        let mut positions = Vec::with_capacity(deposits.len());
        for (deposit, id) in deposits.into_iter().zip(&slices) {
            let position = self.positions.next(&deposit.address, group.now());
            let position = position.ok_or(StoreError::Bug("no position left"))?;
            let writer = self.writers.get_mut(id).ok_or(StoreError::Bug("no writer"))?;
            group.append(writer, deposit, position)?;
            positions.push(position);
        }
        slices.sort_unstable();
        slices.dedup();
        Ok((slices, positions))
    }

    /// Whether cap and disk allow these deposits beside what the group holds already (OS-STO-007, OS-STO-070).
    fn has_room(&self, deposits: &[Deposit], group: &mut Group) -> Result<(), StoreError> {
        let more = Group::bytes_of(deposits).saturating_add(group.bytes());
        let stored = self.shared.stored_bytes();
        let fits = stored.saturating_add(more) <= self.shared.stored_bytes_max;
        fits.then_some(()).ok_or(StoreError::Full)?;
        self.disk_has(more, group)
    }

    fn disk_has(&self, more: u64, group: &mut Group) -> Result<(), StoreError> {
        let free = group.free_bytes(|| self.files.disk.free_bytes(&self.files.root));
        let free = free.map_err(|error| blame(&error))?;
        (more.saturating_add(self.reserve_bytes) <= free).then_some(()).ok_or(StoreError::Full)
    }

    /// Whether none of them was spent before (OS-STO-080).
    fn stage_spend(
        &mut self,
        period: u32,
        ids: Vec<SpentId>,
        group: &mut Group,
    ) -> Result<bool, StoreError> {
        self.disk_has(group.bytes(), group)?;
        self.spent.stage(period, ids, &mut group.spendings)
    }

    fn count_spent(&self) {
        self.shared.counts.spent_tokens.store(self.spent.count(), Ordering::Relaxed);
    }

    /// The slice for an envelope of this life deposited now; made if there is none to write to.
    fn slice_for(&mut self, life: Life, now: UnixMillis) -> Result<SliceId, StoreError> {
        let end = slice_end(now.plus_ms(life.ms()), life);
        let current = self.current.get(&end).and_then(|id| self.writers.get(id));
        if let Some(writer) = current.filter(|writer| writer.end() < STORE_SLICE_BYTES) {
            return Ok(writer.slice().id);
        }
        self.create_slice(end)
    }

    fn create_slice(&mut self, end: UnixMillis) -> Result<SliceId, StoreError> {
        if self.shared.slices().len() >= STORE_SLICES {
            return Err(StoreError::Full);
        }
        let id = self.next_id;
        self.next_id = SliceId(id.0.checked_add(1).ok_or(StoreError::Bug("no slice left"))?);
        let slice = self.files.create_slice(&self.shared.registry, id, end)?;
        let slice = Arc::new(slice);
        let writer = Writer::new(Arc::clone(&slice), HEADER as u64);
        let writer = writer.ok_or(StoreError::Bug("no randomness"))?;
        self.writers.insert(id, writer);
        self.current.insert(end, id);
        let held = Held { slice, index: Index::new(end), bytes: HEADER as u64 };
        self.shared.slices_mut().insert(id, held);
        Ok(id)
    }

    /// A release lies in the slice of its envelope, so that it is forgotten with it (OS-STO-006).
    fn stage_release(
        &mut self,
        address: &Address,
        positions: &[Position],
        group: &mut Group,
    ) -> Result<Vec<SliceId>, StoreError> {
        let mut touched = Vec::new();
        for (id, held) in self.shared.slices().iter() {
            let tag = held.slice.tagger.tag(address);
            for position in positions.iter().filter(|p| held.index.holds(tag, **p)) {
                let writer = self.writers.get_mut(id).ok_or(StoreError::Disk)?;
                group.release(writer, address, *position)?;
                touched.push(*id);
            }
        }
        touched.dedup();
        Ok(touched)
    }

    /// Makes the group durable, shows it to readers and answers.
    fn commit(&mut self, mut group: Group) {
        let mut failed = self.keep_small(&mut group);
        let ready = self.keep_floor_ahead();
        let mut written = BTreeMap::new();
        for (id, bytes) in group.take_writes() {
            match ready.and_then(|()| self.write(id, &bytes)) {
                Ok(()) => drop(written.insert(id, bytes.len() as u64)),
                Err(error) => drop(failed.slices.insert(id, error)),
            }
        }
        self.publish(&mut group, &written);
        if !written.is_empty() {
            self.shared.counts.commits.fetch_add(1, Ordering::Relaxed);
        }
        group.answer(&failed);
    }

    /// Spendings with one flush for each period, metadata with one for all.
    fn keep_small(&mut self, group: &mut Group) -> Failed {
        let mut failed = Failed::default();
        for (period, spendings) in group.spendings.take() {
            if let Err(error) = self.spent.write(period, &spendings) {
                failed.periods.insert(period, error);
            }
            self.count_spent();
        }
        let metadata = group.take_metadata();
        if !metadata.is_empty() && self.shared.registry.put_metadata(&metadata).is_err() {
            failed.metadata = Some(StoreError::Disk);
        }
        failed
    }

    /// One write and one flush. After an error the file ends where it ended before, or is closed.
    fn write(&mut self, id: SliceId, bytes: &[u8]) -> Result<(), StoreError> {
        let writer = self.writers.get_mut(&id).ok_or(StoreError::Bug("no writer"))?;
        let file = Arc::clone(&writer.slice().file);
        let end = writer.end();
        if let Err(error) = file.write_at(bytes, end) {
            if file.set_len(end).is_err() {
                self.writers.remove(&id);
            }
            return Err(blame(&error));
        }
        if let Err(error) = file.flush() {
            self.writers.remove(&id);
            let _ = file.set_len(end);
            return Err(blame(&error));
        }
        writer.advance(bytes.len() as u64);
        Ok(())
    }

    fn publish(&self, group: &mut Group, written: &BTreeMap<SliceId, u64>) {
        let durable: Vec<_> =
            group.take_changes().filter(|(slice, _)| written.contains_key(slice)).collect();
        let mut slices = self.shared.slices_mut();
        for (id, bytes) in written {
            if let Some(held) = slices.get_mut(id) {
                held.bytes = held.bytes.saturating_add(*bytes);
            }
        }
        let mut released: BTreeMap<_, Released> = BTreeMap::new();
        for (id, change) in &durable {
            let Some(held) = slices.get_mut(id) else { continue };
            match change {
                Change::Append { address, mailbox, item, .. } => {
                    held.index.push(*mailbox, item);
                    self.shared.sums.add(address, item.class.bytes() as u64);
                }
                Change::Release { address, mailbox, position } => {
                    released.entry(*id).or_default().add(*mailbox, *position);
                    self.shared.sums.recount(address);
                }
            }
        }
        for (id, released) in released {
            if let Some(held) = slices.get_mut(&id) {
                held.index.release(released);
            }
        }
        drop(slices);
        let Some(observer) = self.shared.observer() else { return };
        for (_, change) in &durable {
            if let Change::Append { address, entry, .. } = change {
                observer.appended(address, entry);
            }
        }
    }

    /// Destroys every slice that has ended (OS-STO-041). What can't be removed now is tried again the next time.
    fn expire(&mut self) -> Result<Expired, StoreError> {
        let mut expired = Expired::default();
        for id in self.shared.ended(self.shared.time.now()) {
            let Some(held) = self.shared.slices_mut().remove(&id) else { continue };
            expired.envelopes = expired.envelopes.saturating_add(held.index.envelopes());
            expired.bytes = expired.bytes.saturating_add(held.bytes);
            self.writers.remove(&id);
            self.current.retain(|_, current| *current != id);
            self.leaving.push(id);
        }
        if expired.bytes > 0 {
            self.shared.sums.forget();
        }
        if self.leaving.is_empty() {
            return Ok(expired);
        }
        // A full disk may refuse this; keys are destroyed all the same, and it is tried again.
        let floor = self.raise_floor();
        let leaving = std::mem::take(&mut self.leaving);
        self.leaving = leaving
            .into_iter()
            .filter(|id| self.files.destroy_slice(&self.shared.registry, *id).is_err())
            .collect();
        let done = floor.is_ok() && self.leaving.is_empty();
        done.then_some(expired).ok_or(StoreError::Disk)
    }
}
