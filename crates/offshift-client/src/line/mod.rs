//! A line: one connection to one relay for one purpose, kept up, following and depositing what is wanted.
//!
//! ```text
//! engine -- Wanted: sources, outbox, tokens --> line -- Report: entries, receipts, reach, short of tokens --> engine
//! ```
//! The engine says what it wants, not what to do next: a line that reconnects, or that was slow, looks at what is
//! wanted and goes on. So there is no queue of orders that could fill up or be lost, and taking a deposit back is
//! taking it out of what is wanted. Purposes don't share a line: a relay must not see on one connection which
//! mailboxes belong to one device (threat-model.md).
//!
//! Never: a deposit before the one ahead of it in the same mailbox is receipted, but chunks of a file; a retry where somebody else
//! answered in the relay's place (NO-20).

mod deposit;
mod follow;
mod run;
mod till;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use offshift_access::{RelayKey, Unspent};
use offshift_link::{LinkError, Said};
use offshift_protocol::{OutboxId, Outgoing, Source};
use offshift_wire::{
    Address, Envelope, Position, code::Refusal, link::RelayLink, relay::CapabilityId,
};
use tokio::{
    sync::{Notify, mpsc},
    task::JoinHandle,
    time::timeout,
};

use crate::{limits::GOODBYE, receipts::Kept};

/// Names a line while the client runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LineId(pub(crate) u64);

/// What a line tells the engine.
pub(crate) struct Report {
    /// Which line.
    pub(crate) line: LineId,
    /// What.
    pub(crate) what: What,
}

/// What happened on a line.
pub(crate) enum What {
    /// An entry of a followed mailbox, in the order of positions.
    Entry { address: Address, position: Position, envelope: Envelope },
    /// All that lay in the mailbox when this connection began to follow it has been reported.
    CaughtUp(Address),
    /// The relay won't let this device read the mailbox.
    Unreadable(Address),
    /// A deposit is durable at the relay, which signed that.
    Receipt(OutboxId, Box<Kept>),
    /// A deposit was refused. It is tried again unless the engine takes it out.
    Refused(OutboxId, Refusal),
    /// So many tokens are needed for what is wanted (at least one). [`Line::give`] answers.
    Short(usize),
    /// What the relay says of itself, and its key.
    Greeting(Box<Said>, RelayKey),
    /// The connection is there, or not and why.
    Reach(Result<(), LinkError>),
}

/// What the engine wants of a line.
#[derive(Default)]
struct Wanted {
    sources: BTreeMap<Address, Source>,
    outbox: BTreeMap<OutboxId, Arc<Outgoing>>,
    /// For this line alone. They are in no vault any more.
    tokens: Vec<Unspent>,
    /// The engine was asked for tokens and has not answered.
    asked: bool,
    /// The engine has none for now.
    dry: bool,
    /// Somebody else deposits here on this line's account: a capability of this connection.
    to_sponsor: Option<CapabilityId>,
    /// The relay goes by this link now, as the engine learnt elsewhere.
    led_to: Option<RelayLink>,
    closing: bool,
}

/// Shared between a line's owner and its task.
#[derive(Default)]
struct Shared {
    wanted: Mutex<Wanted>,
    changed: Notify,
    useful: AtomicBool,
    /// The mailbox that another deposits into at this line's cost: whoever is met may have no ticket (OS-TOK-035).
    sponsored: Option<Address>,
    /// How many deposits into one mailbox may be under way: one, but where their order means nothing.
    abreast: usize,
}

impl Shared {
    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        // Nothing panics while it holds the lock; a poisoned one still holds what is wanted.
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The relay has carried something: after the next break it is tried again soon.
    fn was_useful(&self) {
        self.useful.store(true, Ordering::Relaxed);
    }

    fn change(&self, change: impl FnOnce(&mut Wanted)) {
        change(&mut self.wanted());
        self.changed.notify_one();
    }
}

/// A running line. Its task ends when this is dropped.
pub(crate) struct Line {
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Line {
    /// Starts a line to the relay of `link`.
    pub(crate) fn start(
        id: LineId,
        link: RelayLink,
        sponsored: Option<Address>,
        abreast: usize,
        seed: [u8; 32],
        reports: mpsc::Sender<Report>,
    ) -> Self {
        let shared = Arc::new(Shared { sponsored, abreast, ..Shared::default() });
        let reports = Reports { line: id, reports };
        let task = tokio::spawn(run::run(link, Arc::clone(&shared), reports, seed));
        Self { shared, task }
    }

    /// Follow a mailbox, from behind its position on.
    pub(crate) fn follow(&self, source: Source) {
        self.shared.change(|wanted| {
            wanted.sources.insert(source.access.address(), source);
        });
    }

    /// Stop following a mailbox.
    pub(crate) fn unfollow(&self, address: &Address) {
        self.shared.change(|wanted| {
            wanted.sources.remove(address);
        });
    }

    /// Entries up to this position are handled: a new connection starts behind it.
    pub(crate) fn handled(&self, address: &Address, position: Position) {
        if let Some(source) = self.shared.wanted().sources.get_mut(address) {
            source.after = source.after.max(position);
        }
    }

    /// Deposit this, after what was wanted before.
    pub(crate) fn deposit(&self, outgoing: Outgoing) {
        self.shared.change(|wanted| {
            wanted.outbox.insert(outgoing.id, Arc::new(outgoing));
        });
    }

    /// Don't deposit this if it has not left yet. Tells whether it was still wanted.
    pub(crate) fn cancel(&self, id: OutboxId) -> bool {
        let mut was_wanted = false;
        self.shared.change(|wanted| was_wanted = wanted.outbox.remove(&id).is_some());
        was_wanted
    }

    /// The relay goes by another identity: connect by this link from now on.
    pub(crate) fn lead_to(&self, link: RelayLink) {
        self.shared.change(|wanted| wanted.led_to = Some(link));
    }

    /// Tokens that it asked for; none: there are none for now.
    pub(crate) fn give(&self, tokens: Vec<Unspent>) {
        self.shared.change(|wanted| {
            (wanted.asked, wanted.dry) = (false, tokens.is_empty());
            wanted.tokens.extend(tokens);
        });
    }

    /// Whether nothing is wanted of it.
    pub(crate) fn is_idle(&self) -> bool {
        let wanted = self.shared.wanted();
        wanted.sources.is_empty() && wanted.outbox.is_empty()
    }

    /// Says goodbye to the relay.
    pub(crate) async fn close(mut self) {
        self.shared.change(|wanted| wanted.closing = true);
        let _ = timeout(GOODBYE, &mut self.task).await;
    }
}

/// Where a line's tasks report to.
#[derive(Clone)]
struct Reports {
    line: LineId,
    reports: mpsc::Sender<Report>,
}

/// The engine is gone.
struct Gone;

impl Reports {
    async fn send(&self, what: What) -> Result<(), Gone> {
        self.reports.send(Report { line: self.line, what }).await.map_err(|_| Gone)
    }
}
