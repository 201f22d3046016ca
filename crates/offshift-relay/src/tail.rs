//! The last entries of one followed mailbox, in memory, each until all its followers have taken it.
//!
//! ```text
//! push --> | kept | kept | kept |         a place is the number of the entry that it takes next
//!            ^ goes when all have passed it, or when there are too many: who is behind it then is told so
//! ```
//! An idle tail holds nothing: most mailboxes that are followed are idle.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use bytes::Bytes;
use offshift_wire::Position;
use tokio::sync::Notify;

use crate::limits::{DELIVER_BYTES, DELIVER_ENTRIES, TAIL_AGE, TAIL_ENTRIES, TAIL_IDLE};

/// The tail of one mailbox.
#[derive(Default)]
pub(crate) struct Tail {
    recent: Mutex<Recent>,
    arrived: Notify,
}

#[derive(Default)]
struct Recent {
    /// How many entries came before those that are kept.
    gone: u64,
    kept: VecDeque<Kept>,
    places: usize,
}

/// One entry, as the frame that every follower is sent: encoded once, shared by all.
struct Kept {
    position: Position,
    since: Instant,
    frame: Option<Held>,
    /// Places that have not passed it.
    left: usize,
}

/// Counted bytes.
pub(crate) struct Held {
    bytes: Bytes,
    held: Arc<AtomicUsize>,
}

impl Held {
    /// Counts these bytes in `held` as long as they are kept.
    pub(crate) fn counted(bytes: Bytes, held: &Arc<AtomicUsize>) -> Self {
        held.fetch_add(bytes.len(), Ordering::Relaxed);
        Self { bytes, held: held.clone() }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.held.fetch_sub(self.bytes.len(), Ordering::Relaxed);
    }
}

/// What a place has before it, as much as fits into one write.
pub(crate) struct Batch {
    pub(crate) frames: Vec<Bytes>,
    /// The position of the last one.
    pub(crate) last: Position,
    /// What comes next is not in memory (any more): read the store to its end. The place is new.
    pub(crate) behind: bool,
    bytes: usize,
}

impl Batch {
    const fn after(last: Position) -> Self {
        Self { frames: Vec::new(), last, behind: false, bytes: 0 }
    }

    fn is_full(&self) -> bool {
        self.frames.len() >= DELIVER_ENTRIES || self.bytes >= DELIVER_BYTES
    }

    /// Takes an entry, unless it was read from the store already; false where only the store has it.
    fn add(&mut self, kept: &Kept) -> bool {
        if kept.position <= self.last {
            return true;
        }
        let Some(held) = kept.frame.as_ref().filter(|_| kept.since.elapsed() < TAIL_AGE) else {
            return false;
        };
        self.last = kept.position;
        self.bytes = self.bytes.saturating_add(held.bytes.len());
        self.frames.push(held.bytes.clone());
        true
    }
}

impl Tail {
    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An entry comes, with its frame if there was room for it.
    pub(crate) fn push(&self, position: Position, frame: Option<Held>) {
        let mut recent = self.recent();
        let (since, left) = (Instant::now(), recent.places);
        recent.kept.push_back(Kept { position, since, frame, left });
        recent.drop_passed();
        drop(recent);
        self.arrived.notify_waiters();
    }

    /// Whether nobody follows it.
    pub(crate) fn is_left(&self) -> bool {
        self.recent().places == 0
    }
}

impl Recent {
    fn end(&self) -> u64 {
        self.gone.saturating_add(self.kept.len() as u64)
    }

    fn nth(&mut self, number: u64) -> Option<&mut Kept> {
        let index = usize::try_from(number.checked_sub(self.gone)?).ok()?;
        self.kept.get_mut(index)
    }

    /// A place passes all from `number` on.
    fn pass_from(&mut self, number: u64) {
        let first = usize::try_from(number.saturating_sub(self.gone)).unwrap_or(usize::MAX);
        self.kept.iter_mut().skip(first).for_each(|kept| kept.left = kept.left.saturating_sub(1));
    }

    fn drop_passed(&mut self) {
        while self.kept.len() > TAIL_ENTRIES || self.kept.front().is_some_and(|kept| kept.left == 0)
        {
            self.kept.pop_front();
            self.gone = self.gone.saturating_add(1);
        }
        if self.kept.is_empty() {
            self.kept.shrink_to(TAIL_IDLE);
        }
    }
}

/// A place at a tail.
pub(crate) struct Place {
    tail: Arc<Tail>,
    /// The entry that it takes next.
    next: u64,
}

impl Place {
    /// Behind all that is there.
    pub(crate) fn at(tail: Arc<Tail>) -> Self {
        let mut recent = tail.recent();
        recent.places = recent.places.saturating_add(1);
        let next = recent.end();
        drop(recent);
        Self { tail, next }
    }

    /// Waits until there is something that was not taken. Cancel-safe.
    pub(crate) async fn something(&self) {
        loop {
            // It hears of all that comes from here on, before it looks.
            let arrived = self.tail.arrived.notified();
            if self.next != self.tail.recent().end() {
                return;
            }
            arrived.await;
        }
    }

    /// Takes what lies behind `after`.
    pub(crate) fn take(&mut self, after: Position) -> Batch {
        let mut batch = Batch::after(after);
        let mut recent = self.tail.recent();
        batch.behind = self.next < recent.gone;
        while !batch.behind && !batch.is_full() {
            let Some(kept) = recent.nth(self.next) else { break };
            batch.behind = !batch.add(kept);
            kept.left = kept.left.saturating_sub(1);
            self.next = self.next.saturating_add(1);
        }
        if batch.behind {
            recent.pass_from(self.next);
            self.next = recent.end();
        }
        recent.drop_passed();
        batch
    }

    /// Whether all that was stored when the place was taken lies at or before `position`.
    pub(crate) fn is_past(&mut self, position: Position) -> bool {
        let mut recent = self.tail.recent();
        if self.next < recent.gone {
            recent.pass_from(self.next);
            self.next = recent.end();
        }
        recent.nth(self.next).is_some_and(|kept| kept.position <= position)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut recent = self.tail.recent();
        recent.places = recent.places.saturating_sub(1);
        recent.pass_from(self.next);
        recent.drop_passed();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(tail: &Tail, held: &Arc<AtomicUsize>, position: u64) {
        let frame = Bytes::from(position.to_be_bytes().to_vec());
        tail.push(Position::new(position), Some(Held::counted(frame, held)));
    }

    fn positions(batch: &Batch) -> Vec<u64> {
        let number = |frame: &Bytes| u64::from_be_bytes(frame[..].try_into().unwrap());
        batch.frames.iter().map(number).collect()
    }

    #[tokio::test]
    async fn os_rel_030_each_place_takes_all_behind_it_once_and_in_order() {
        let (tail, held) = (Arc::new(Tail::default()), Arc::default());
        let mut one = Place::at(tail.clone());
        push(&tail, &held, 1);
        let mut two = Place::at(tail.clone());
        push(&tail, &held, 2);
        push(&tail, &held, 3);
        one.something().await;
        assert_eq!(positions(&one.take(Position::new(1))), [2, 3], "1 was read from the store");
        assert_eq!(positions(&two.take(Position::START)), [2, 3]);
        assert!(one.take(Position::new(3)).frames.is_empty());
        push(&tail, &held, 4);
        assert!(one.is_past(Position::new(4)) && !one.is_past(Position::new(3)));
    }

    #[tokio::test]
    async fn an_entry_is_kept_until_all_have_taken_it_or_gone() {
        let (tail, held) = (Arc::new(Tail::default()), Arc::default());
        let [mut one, mut two, three] = std::array::from_fn(|_| Place::at(tail.clone()));
        push(&tail, &held, 1);
        one.take(Position::START);
        two.take(Position::START);
        assert_eq!(held.load(Ordering::Relaxed), 8, "the third has not");
        drop(three);
        assert_eq!(held.load(Ordering::Relaxed), 0);
        drop((one, two));
        assert!(tail.is_left());
        push(&tail, &held, 2);
        assert_eq!(held.load(Ordering::Relaxed), 0, "nobody would take it");
    }

    #[tokio::test]
    async fn os_rel_031_who_takes_nothing_is_outrun_and_told_so() {
        let (tail, held) = (Arc::new(Tail::default()), Arc::default());
        let (mut slow, mut quick) = (Place::at(tail.clone()), Place::at(tail.clone()));
        let many = TAIL_ENTRIES as u64 + 1;
        let mut taken = Vec::new();
        for position in 1..=many {
            push(&tail, &held, position);
            taken.extend(positions(&quick.take(Position::new(position - 1))));
        }
        assert_eq!(taken, (1..=many).collect::<Vec<_>>());
        assert_eq!(held.load(Ordering::Relaxed), 8 * TAIL_ENTRIES);
        slow.something().await;
        let batch = slow.take(Position::START);
        assert!(batch.behind && batch.frames.is_empty());
        assert_eq!(held.load(Ordering::Relaxed), 0, "its place is new");
        push(&tail, &held, many + 1);
        assert_eq!(positions(&slow.take(Position::new(many))), [many + 1]);
    }

    #[tokio::test]
    async fn what_found_no_room_is_in_the_store_alone() {
        let (tail, held) = (Arc::new(Tail::default()), Arc::default());
        let mut place = Place::at(tail.clone());
        push(&tail, &held, 1);
        tail.push(Position::new(2), None);
        push(&tail, &held, 3);
        let batch = place.take(Position::START);
        assert_eq!((positions(&batch), batch.behind), (vec![1], true));
        assert!(place.take(Position::new(3)).frames.is_empty(), "3 is in the store, too");
    }
}
