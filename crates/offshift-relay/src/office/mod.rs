//! Where tickets become tokens, and tokens credit (`proto/spec/tokens.md`).
//!
//! ```text
//! Redeem -> ticket, allowance -> counted on disk -> evaluated -> Issued
//! Spend  -> week, spent set   -> the curve       -> spent on disk -> Credit
//! issuer seeds (disk) -> an issuer for each week (memory)
//! ```
//! It is read from the store when it is first asked something: a relay that is open to all has none of it.
//!
//! Never: a ticket beside a token; a secret in `Debug`, an error or a log (N7).

mod desk;
mod issuers;
mod lately;
mod own;
mod record;
mod seeds;
#[cfg(test)]
mod tests;
mod tickets;
mod work;

use std::{sync::Arc, time::Duration};

use offshift_access::{IssuerSeed, Order, ReceiptKey, Ticket, Unspent};
use offshift_wire::token::{Period, TicketId, TicketPath};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use tokio::{
    sync::{Mutex, OnceCell},
    task::JoinSet,
};
use zeroize::Zeroizing;

pub(crate) use self::desk::NotTaken;
pub use self::tickets::{Terms, TicketState};
use self::{
    issuers::Issuers,
    lately::Lately,
    own::Own,
    seeds::{SEED, Seeds},
    tickets::{Held, Tickets, day},
    work::{For, Work},
};
use crate::{
    limits::SEATS_FORGOTTEN_AT_ONCE,
    store::{
        Store, StoreError,
        clock::{Clock, SystemClock},
    },
};

/// The office of one relay.
pub struct Office<S> {
    store: Arc<S>,
    clock: Arc<dyn Clock>,
    work: Work,
    lately: Lately,
    own: Own,
    /// Until it is read from the store.
    identity: Mutex<Option<ReceiptKey>>,
    files: OnceCell<Files>,
}

/// What it knows by heart.
struct Files {
    issuers: Issuers,
    /// Held while the store makes a change durable: what is in memory is what is on disk.
    tickets: Mutex<Tickets>,
}

/// Why a ticket was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NewTicketError {
    /// [`TICKETS_MAX`](crate::limits::TICKETS_MAX) or [`SEATS_MAX`](crate::limits::SEATS_MAX).
    #[error(
        "there are too many tickets or seats; give the new ticket fewer seats, or wait until old tickets are over"
    )]
    TooMany,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<S: Store> Office<S> {
    /// One that reads its files when it needs them.
    pub(crate) fn new(store: Arc<S>, identity: ReceiptKey, clock: Arc<dyn Clock>) -> Self {
        let identity = Mutex::new(Some(identity));
        let (work, lately, own) = (Work::new(), Lately::default(), Own::default());
        Self { store, clock, work, lately, own, identity, files: OnceCell::new() }
    }

    /// The office of the relay whose identity this is, with its files read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(store: Arc<S>, identity: ReceiptKey) -> Result<Self, StoreError> {
        let office = Self::new(store, identity, Arc::new(SystemClock));
        office.ready().await?;
        Ok(office)
    }

    /// Reads the files, if that has not been done.
    ///
    /// # Errors
    /// [`StoreError`]; asked again, it tries again.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.files().await.map(|_| ())
    }

    async fn files(&self) -> Result<&Files, StoreError> {
        self.files.get_or_try_init(|| self.read()).await
    }

    async fn read(&self) -> Result<Files, StoreError> {
        let (seeds, tickets) = (self.seeds().await?, Mutex::new(self.kept().await?));
        let identity = self.identity.lock().await.take();
        let identity = identity.ok_or(StoreError::Bug("the office has no identity"))?;
        Ok(Files { issuers: Issuers::of(seeds, identity), tickets })
    }

    async fn kept(&self) -> Result<Tickets, StoreError> {
        let mut tickets = Tickets::default();
        for (_, value) in self.store.records(record::TICKETS).await? {
            tickets.keep(record::decode(&Zeroizing::new(value))?);
        }
        for (key, value) in self.store.records(record::SEATS).await? {
            let (id, seat, used) = record::decode_use(&key, &value)?;
            tickets.seat(id, seat, used);
        }
        Ok(tickets)
    }

    /// The seeds that are kept, or a new one, kept before it is used.
    async fn seeds(&self) -> Result<Seeds, StoreError> {
        if let Some(kept) = self.store.metadata(SEED).await?.map(Zeroizing::new) {
            return Seeds::decode(&kept);
        }
        let seeds = Seeds::only(IssuerSeed::generate(&mut rng()?));
        self.keep_seeds(&seeds).await?;
        Ok(seeds)
    }

    async fn keep_seeds(&self, seeds: &Seeds) -> Result<(), StoreError> {
        self.store.put_metadata(SEED, seeds.encode().to_vec()).await
    }

    /// Whoever copied the seed makes no tokens of coming weeks any more. Those that were bought live out their time.
    ///
    /// # Errors
    /// [`StoreError`]; the seed of before may hold on.
    pub async fn renew_seed(&self) -> Result<(), StoreError> {
        let (files, week) = (self.files().await?, Period::at(self.clock.wall()));
        let new = IssuerSeed::generate(&mut rng()?);
        let copy = IssuerSeed::from_bytes(Zeroizing::new(*new.as_bytes()));
        let mut kept = self.seeds().await?;
        kept.turn(new, week);
        self.keep_seeds(&kept).await?;
        files.issuers.turn(copy, week);
        Ok(())
    }

    /// Whoever copied the seed has nothing of it, and whoever has tokens loses them. For an identity that has not
    /// served yet: it has signed no key of this week. This office goes on with what it has, until the relay starts
    /// as that identity.
    ///
    /// # Errors
    /// [`StoreError`]; the seed of before may hold on.
    pub async fn replace_seed(&self) -> Result<(), StoreError> {
        self.keep_seeds(&Seeds::only(IssuerSeed::generate(&mut rng()?))).await
    }

    /// Time since some fixed moment: by which sponsored credit ends.
    pub(crate) fn steady(&self) -> Duration {
        self.clock.steady()
    }

    /// Makes a ticket (OS-TOK-020). It is kept before it is shown.
    ///
    /// # Errors
    /// [`NewTicketError`].
    pub async fn new_ticket(&self, terms: Terms) -> Result<Ticket, NewTicketError> {
        let mut tickets = self.files().await?.tickets.lock().await;
        if !tickets.has_room(terms.seats) {
            return Err(NewTicketError::TooMany);
        }
        let ticket = Ticket::generate(&mut rng()?);
        let copy = ticket.at(&TicketPath::default()).ok_or(StoreError::Bug("copy of a ticket"))?;
        let (created, seats) = (day(self.clock.wall()), [].into());
        let held = Held { ticket, terms, created, revoked: false, seats };
        self.put(&held).await?;
        tickets.keep(held);
        Ok(copy)
    }

    async fn put(&self, held: &Held) -> Result<(), StoreError> {
        let key = record::ticket_key(held.ticket.id());
        self.store.put_metadata(&key, record::encode(held).to_vec()).await
    }

    /// All tickets, oldest first; those that were over for a month are not there any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tickets(&self) -> Result<Vec<TicketState>, StoreError> {
        Ok(self.files().await?.tickets.lock().await.states())
    }

    /// From now on a ticket and its shares buy nothing (OS-TOK-024). Whether there is such a ticket.
    ///
    /// # Errors
    /// [`StoreError`]; it may be revoked or not.
    pub async fn revoke(&self, id: TicketId) -> Result<bool, StoreError> {
        let mut tickets = self.files().await?.tickets.lock().await;
        let Some(held) = tickets.ticket(id) else { return Ok(false) };
        // In memory first: a disk that fails keeps no revoked ticket alive.
        held.revoked = true;
        self.put(held).await?;
        Ok(true)
    }

    /// Forgets what is over: tickets, and spent tokens of weeks whose tokens are taken no more (OS-TOK-033). A week
    /// longer than it must: a clock that is wrong by less than that, and is set right, makes no spent token good again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tidy(&self) -> Result<(), StoreError> {
        let now = self.clock.wall();
        self.store.forget_period(Period::at(now).0.saturating_sub(2)).await?;
        let Some(files) = self.files.get() else { return Ok(()) };
        // Ended for good first: no seat comes in behind us, even if the clock is set back.
        let over = files.tickets.lock().await.end_over(now);
        for id in over {
            self.forget(id).await?;
            files.tickets.lock().await.forget(id);
        }
        Ok(())
    }

    /// The seats first: what remains after a crash is forgotten the next time. Many at once, so that they share a flush.
    async fn forget(&self, id: TicketId) -> Result<(), StoreError> {
        let mut seats = self.store.records(&record::seats_key(id)).await?.into_iter();
        loop {
            let mut batch = JoinSet::new();
            for (key, _) in seats.by_ref().take(SEATS_FORGOTTEN_AT_ONCE) {
                let store = self.store.clone();
                batch.spawn(async move { store.remove_metadata(&key).await });
            }
            if batch.is_empty() {
                return self.store.remove_metadata(&record::ticket_key(id)).await;
            }
            while let Some(removed) = batch.join_next().await {
                removed.map_err(|_| StoreError::Closed)??;
            }
        }
    }

    /// Tokens for the relay's own check of itself, a batch at most. They are spent through the front door as any other.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mint(&self, tokens: usize) -> Result<Vec<Unspent>, StoreError> {
        let (files, now) = (self.files().await?, self.clock.wall());
        let issuer = files.issuers.of_period(Period::at(now), Period::at(now)).ok_or(NO_ISSUER)?;
        let relay = files.issuers.identity().public();
        let job = move || {
            let mut rng = rng()?;
            let order = Order::new(&mut rng).map_err(|_| NO_ISSUER)?;
            let issued = issuer.issue(&mut rng, order.blinded()).map_err(|_| NO_ISSUER)?;
            order.finish(&issued, &relay, now).map_err(|_| NO_ISSUER)
        };
        let mut batch = self.work.run(For::Own, job).await.ok_or(StoreError::Closed)??;
        batch.truncate(tokens);
        self.own.add(&batch);
        Ok(batch)
    }
}

const NO_ISSUER: StoreError = StoreError::Bug("issuer");

fn rng() -> Result<ChaCha20Rng, StoreError> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed).map_err(|_| StoreError::Bug("the system gives no randomness"))?;
    Ok(ChaCha20Rng::from_seed(*seed))
}
