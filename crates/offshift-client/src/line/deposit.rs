//! Depositing: strictly in order within a mailbox, side by side across mailboxes. Chunks of a file say themselves where they
//! belong, so some of them go side by side into one (OS-FIL-004).
//!
//! Whoever has no ticket deposits in a meeting at the other one's cost, who may be a moment late (OS-TOK-035).
//!
//! One deposit of a mailbox is under way at a time (OS-CLI-002). If the second followed before the first was receipted
//! and the first were refused, what was said first would lie behind what was said second.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use offshift_access::EnvelopeHash;
use offshift_link::{Deposits, Link, LinkError, backoff::Backoff};
use offshift_protocol::{OutboxId, Outgoing};
use offshift_wire::{
    Address, Life,
    code::{Refusal, Role},
    relay::CapabilityId,
    token::Credit,
};
use rand_chacha::ChaCha20Rng;
use tokio::{
    task::JoinSet,
    time::{Instant, timeout},
};

use super::{
    Gone, Reports, Shared, What,
    till::{self, Paid, Till},
};
use crate::{
    limits::{ANSWER, SLOW_PATH_BYTES, SPONSOR_PATIENCE, SPONSOR_RETRY},
    receipts::Kept,
};

/// The relay counts less than the till does.
const NO_CREDIT: LinkError = LinkError::Refused(Refusal::NoCredit);

/// One deposit that was tried.
pub(super) struct Tried {
    id: OutboxId,
    address: Address,
    life: Life,
    capability: Option<CapabilityId>,
    /// What this connection paid for it.
    taken: Credit,
    outcome: Result<Kept, LinkError>,
}

/// What came to its end.
pub(super) enum Done {
    Tried(Box<Tried>),
    Paid(Paid),
}

/// A mailbox that refused, and when to ask again.
struct Held {
    backoff: Backoff,
    /// Nothing, once the time has come.
    until: Option<Instant>,
}

/// The deposits of one connection.
pub(super) struct Depositor {
    link: Arc<Link>,
    stream: Arc<Deposits>,
    capabilities: BTreeMap<Address, CapabilityId>,
    under_way: BTreeSet<OutboxId>,
    held: BTreeMap<Address, Held>,
    /// The longest that this relay keeps anything, once it has refused something longer.
    life_max: Life,
    till: Till,
    /// Since when somebody else is expected to pay for a mailbox.
    hoped_since: BTreeMap<Address, Instant>,
    tasks: JoinSet<Done>,
}

impl Depositor {
    pub(super) fn new(link: &Arc<Link>) -> Self {
        Self {
            link: Arc::clone(link),
            stream: Arc::new(link.deposits()),
            capabilities: BTreeMap::new(),
            under_way: BTreeSet::new(),
            held: BTreeMap::new(),
            life_max: Life::D30,
            till: Till::of(link),
            hoped_since: BTreeMap::new(),
            tasks: JoinSet::new(),
        }
    }

    /// Starts every wanted deposit that is the first of its mailbox, unless that mailbox is busy or held, or it can't be
    /// paid. Tells how many tokens are missing, once for each time.
    pub(super) fn start_wanted(&mut self, shared: &Shared) -> Option<usize> {
        let (mut ahead, mut missing) = (BTreeMap::new(), Credit::default());
        let (wanted, hopes) = {
            let wanted = shared.wanted();
            let outbox: Vec<_> = wanted.outbox.values().map(Arc::clone).collect();
            (outbox, shared.sponsored.is_some() && wanted.dry)
        };
        for outgoing in wanted {
            let address = outgoing.to.address();
            let before: &mut usize = ahead.entry(address).or_default();
            *before = before.saturating_add(1);
            // The first gets the capability for those that may go beside it.
            let abreast = match self.capabilities.contains_key(&address) {
                true => shared.abreast,
                false => 1,
            };
            let is_held = self.held.get(&address).is_some_and(|held| held.until.is_some());
            if *before > abreast.max(1) || is_held || self.under_way.contains(&outgoing.id) {
                continue;
            }
            let (size, life) = (outgoing.envelope.class(), outgoing.life.min(self.life_max));
            match self.till.pay(size, life) {
                Err(cost) if !hopes => missing = missing.plus(cost),
                paid => {
                    self.under_way.insert(outgoing.id);
                    let ahead = shared.abreast.max(1);
                    self.start(address, outgoing, life, paid.unwrap_or_default(), ahead);
                }
            }
        }
        let (payment, short) = self.till.settle(missing, shared);
        if let Some(payment) = payment {
            let link = Arc::clone(&self.link);
            self.tasks.spawn(async move { Done::Paid(till::pay(link, payment).await) });
        }
        short
    }

    fn start(
        &mut self,
        address: Address,
        outgoing: Arc<Outgoing>,
        life: Life,
        taken: Credit,
        abreast: usize,
    ) {
        let known = self.capabilities.get(&address).copied();
        let (link, stream) = (Arc::clone(&self.link), Arc::clone(&self.stream));
        self.tasks.spawn(async move {
            // Those beside it take their part of the path.
            let size = outgoing.envelope.bytes().len().saturating_mul(abreast);
            let size = u64::try_from(size).unwrap_or(u64::MAX);
            let patience = ANSWER + Duration::from_secs(size / SLOW_PATH_BYTES);
            let mut capability = known;
            let receipt = deposit(&link, &stream, &outgoing, life, &mut capability);
            let outcome = timeout(patience, receipt).await;
            let outcome = outcome.unwrap_or(Err(LinkError::Unreachable));
            let id = outgoing.id;
            Done::Tried(Box::new(Tried { id, address, life, capability, taken, outcome }))
        });
    }

    /// Waits until a deposit or a payment was tried. Never, while there is none.
    pub(super) async fn next_done(&mut self) -> Result<Done, LinkError> {
        match self.tasks.join_next().await {
            Some(Ok(done)) => Ok(done),
            Some(Err(_)) => Err(LinkError::Bug("depositing")),
            None => std::future::pending().await,
        }
    }

    /// When a mailbox that refused may be asked again.
    pub(super) fn next_release(&self) -> Option<Instant> {
        let held = self.held.values().filter_map(|held| held.until);
        held.chain(self.till.rests_until()).min()
    }

    /// Lets go of the mailboxes whose time has come. One that refuses again goes on with its back-off.
    pub(super) fn release_due(&mut self) {
        let now = Instant::now();
        self.till.release_due(now);
        for held in self.held.values_mut() {
            held.until = held.until.filter(|until| *until > now);
        }
    }

    /// Learns from what was tried, and reports it.
    pub(super) async fn handle_done(
        &mut self,
        done: Done,
        shared: &Shared,
        reports: &Reports,
        rng: &mut ChaCha20Rng,
    ) -> Result<Result<(), Gone>, LinkError> {
        match done {
            Done::Tried(tried) => self.handle_tried(*tried, shared, reports, rng).await,
            Done::Paid(paid) => self.till.handle_paid(paid, shared, rng).map(Ok),
        }
    }

    async fn handle_tried(
        &mut self,
        tried: Tried,
        shared: &Shared,
        reports: &Reports,
        rng: &mut ChaCha20Rng,
    ) -> Result<Result<(), Gone>, LinkError> {
        self.under_way.remove(&tried.id);
        self.capabilities.extend(tried.capability.map(|capability| (tried.address, capability)));
        if tried.outcome.as_ref().is_err_and(|error| *error != NO_CREDIT) {
            self.till.put_back(tried.taken);
        }
        match tried.outcome {
            Ok(kept) => {
                self.held.remove(&tried.address);
                self.hoped_since.remove(&tried.address);
                self.till.was_enough();
                shared.was_useful();
                shared.change(|wanted| {
                    wanted.outbox.remove(&tried.id);
                });
                Ok(reports.send(What::Receipt(tried.id, Box::new(kept))).await)
            }
            Err(LinkError::Refused(Refusal::LifeTooLong)) if tried.life > Life::H1 => {
                self.life_max = shorter(tried.life).min(self.life_max);
                Ok(Ok(()))
            }
            Err(NO_CREDIT) if self.pays_again(tried.address, shared) => Ok(Ok(())),
            Err(LinkError::Refused(refusal)) => {
                self.capabilities.remove(&tried.address);
                self.hold(tried.address, rng);
                Ok(reports.send(What::Refused(tried.id, refusal)).await)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether a deposit without credit is tried again soon: when it is paid, or the one whom this device meets has paid.
    fn pays_again(&mut self, address: Address, shared: &Shared) -> bool {
        let may_pay = self.till.was_not_enough();
        let is_dry = shared.wanted().dry;
        if shared.sponsored.is_none() || !is_dry {
            return may_pay && !is_dry;
        }
        let now = Instant::now();
        let since = *self.hoped_since.entry(address).or_insert(now);
        let hopes = now.duration_since(since) < SPONSOR_PATIENCE;
        if hopes {
            let held = Held { backoff: Backoff::new(), until: Some(now + SPONSOR_RETRY) };
            self.held.insert(address, held);
        }
        hopes
    }

    fn hold(&mut self, address: Address, rng: &mut ChaCha20Rng) {
        let held = self.held.entry(address);
        let held = held.or_insert_with(|| Held { backoff: Backoff::new(), until: None });
        held.until = Some(Instant::now() + held.backoff.failed(rng));
    }
}

async fn deposit(
    link: &Link,
    stream: &Deposits,
    outgoing: &Outgoing,
    life: Life,
    capability: &mut Option<CapabilityId>,
) -> Result<Kept, LinkError> {
    let granted = match *capability {
        Some(capability) => capability,
        None => {
            let address = outgoing.to.address();
            let proof = outgoing.to.key().prove(&address, &link.binding());
            let granted = link.prove(Role::Deposit, outgoing.to.descriptor(), &proof).await;
            // This connection has had its share of capabilities; a new one has none yet.
            granted.map_err(|error| match error {
                LinkError::Refused(Refusal::Busy) => LinkError::Busy,
                error => error,
            })?
        }
    };
    *capability = Some(granted);
    stream.ready().await?;
    let receipt = stream.deposit(granted, life, outgoing.envelope.clone()).await?;
    // Without the relay's signature it is not deposited (OS-RCP-010).
    let (address, envelope) = (outgoing.to.address(), EnvelopeHash::of(&outgoing.envelope));
    let receipted = link.relay_key().verify(address, envelope, receipt);
    let receipted =
        receipted.map_err(|_| LinkError::Misbehaved("a receipt without its signature"))?;
    Ok(Kept::new(receipted, outgoing.to.descriptor().kind(), life))
}

/// The next shorter class, for a relay that keeps nothing so long (OS-CLI-006).
fn shorter(life: Life) -> Life {
    Life::ALL.into_iter().rev().find(|other| *other < life).unwrap_or(Life::H1)
}
