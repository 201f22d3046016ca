//! Where tickets become tokens, and tokens credit.
//!
//! ```text
//! issuer seed (store) -> an issuer for each week (memory)
//! ```
//! It is read from the store when it is first asked something: a relay that is open to all has none of it.
//!
//! Never: a ticket beside a token; a secret in `Debug`, an error or a log (N7).

mod issuers;
mod work;

use std::sync::Arc;

use offshift_access::{IssuerSeed, Order, ReceiptKey, Unspent};
use offshift_wire::token::Period;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use tokio::sync::{Mutex, OnceCell};
use zeroize::Zeroizing;

use self::{issuers::Issuers, work::Work};
use crate::store::{
    Store, StoreError,
    clock::{Clock, SystemClock},
};

const SEED: &str = "issuer seed";

/// The office of one relay.
pub struct Office<S> {
    store: Arc<S>,
    clock: Arc<dyn Clock>,
    work: Work,
    /// Until it is read from the store.
    identity: Mutex<Option<ReceiptKey>>,
    files: OnceCell<Files>,
}

/// What it knows by heart.
struct Files {
    issuers: Issuers,
}

impl<S: Store> Office<S> {
    /// One that reads its files when it needs them.
    pub(crate) fn new(store: Arc<S>, identity: ReceiptKey, clock: Arc<dyn Clock>) -> Self {
        let identity = Mutex::new(Some(identity));
        Self { store, clock, work: Work::new(), identity, files: OnceCell::new() }
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
        let seed = self.seed().await?;
        let identity = self.identity.lock().await.take();
        let identity = identity.ok_or(StoreError::Bug("the office has no identity"))?;
        Ok(Files { issuers: Issuers::of(seed, identity) })
    }

    /// The seed that is kept, or a new one, kept before it is used.
    async fn seed(&self) -> Result<IssuerSeed, StoreError> {
        if let Some(kept) = self.store.metadata(SEED).await?.map(Zeroizing::new) {
            let bytes = kept.as_slice().try_into().map_err(|_| StoreError::Bug("issuer seed"))?;
            return Ok(IssuerSeed::from_bytes(Zeroizing::new(bytes)));
        }
        let seed = IssuerSeed::generate(&mut rng()?);
        self.store.put_metadata(SEED, seed.as_bytes().to_vec()).await?;
        Ok(seed)
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
        let mut batch = self.work.run(job).await.ok_or(StoreError::Closed)??;
        batch.truncate(tokens);
        Ok(batch)
    }
}

const NO_ISSUER: StoreError = StoreError::Bug("issuer");

fn rng() -> Result<ChaCha20Rng, StoreError> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed).map_err(|_| StoreError::Bug("the system gives no randomness"))?;
    Ok(ChaCha20Rng::from_seed(*seed))
}
