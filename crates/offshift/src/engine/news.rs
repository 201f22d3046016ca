//! What others did while no command listened: the next command that tells news tells it, once.
//!
//! ```text
//! engine's events --> Listener --- parked here: looked through now and then, what is no news is dropped
//!                              \-- lent to one connection: it hears what was kept, then everything as it happens
//! ```
//! The listener goes from hand to hand, and each event passes through it once: nothing is told twice or by nobody (OS-RPC-013).
//! Messages need none of this: what is unread stands in the vault.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use offshift_client::{Client, Event, Events};

use super::limits::NEWS_MAX;

/// An ear that has not missed anything, and what it heard.
struct Listener {
    /// Of which opening of the profile.
    opening: u64,
    events: Events,
    kept: VecDeque<Event>,
}

impl Listener {
    fn collect(&mut self) {
        while let Some(event) = self.events.already_here() {
            if is_news(&event) {
                self.kept.push_back(event);
            }
            if self.kept.len() > NEWS_MAX {
                self.kept.pop_front();
            }
        }
    }
}

#[derive(Default)]
struct Parked {
    opening: u64,
    listener: Option<Listener>,
}

/// Where the listener is while nobody has it.
#[derive(Clone, Default)]
pub(super) struct News(Arc<Mutex<Parked>>);

impl News {
    /// The profile is open: from now on everything is heard.
    pub(super) fn open(&self, client: &Client) {
        let mut parked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        parked.opening = parked.opening.saturating_add(1);
        let opening = parked.opening;
        parked.listener =
            Some(Listener { opening, events: client.events(), kept: VecDeque::new() });
    }

    /// The profile is locked: what was heard is forgotten with everything else.
    pub(super) fn forget(&self) {
        let mut parked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        parked.opening = parked.opening.saturating_add(1);
        parked.listener = None;
    }

    /// Looks through what has come, so that it does not grow over its queue.
    pub(super) fn collect(&self) {
        let mut parked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(listener) = &mut parked.listener {
            listener.collect();
        }
    }

    /// Lends the listener to whoever tells news; nothing while another has it.
    pub(super) fn lend(&self) -> Option<Lent> {
        let mut parked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut listener = parked.listener.take()?;
        listener.collect();
        Some(Lent { listener: Some(listener), of: self.clone() })
    }
}

/// The listener, until this is dropped.
pub(super) struct Lent {
    /// There until the drop.
    listener: Option<Listener>,
    of: News,
}

impl Lent {
    /// Waits for the next event; nothing after the end. Cancel-safe.
    pub(super) async fn next(&mut self) -> Option<Event> {
        let listener = self.listener.as_mut()?;
        match listener.kept.pop_front() {
            Some(event) => Some(event),
            None => listener.events.next().await,
        }
    }

    /// The next event, if it is here already.
    pub(super) fn already_here(&mut self) -> Option<Event> {
        let listener = self.listener.as_mut()?;
        listener.kept.pop_front().or_else(|| listener.events.already_here())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let mut parked = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        // One of an earlier opening hears nothing any more.
        let back = self.listener.take().filter(|listener| listener.opening == parked.opening);
        if parked.listener.is_none() {
            parked.listener = back;
        }
    }
}

/// Whether somebody must hear of it later. The rest is in the vault, or concerns only who waits for it.
const fn is_news(event: &Event) -> bool {
    !matches!(
        event,
        Event::Message(_)
            | Event::Changed(_)
            | Event::Missed { .. }
            | Event::Sent { .. }
            | Event::Reach { .. }
            | Event::Words { .. }
            | Event::Met { .. }
            | Event::MeetingOver { .. }
            | Event::MeetingUnpaid { .. }
    )
}
