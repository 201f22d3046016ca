//! The relay's message to itself, through its own front door, as a member's device would send one.
//!
//! ```text
//! connect -> spend tokens -> prove -> deposit 1 KiB for an hour -> receipt verified -> fetch it back -> release it
//! ```
//! The mailbox and the bytes are random and new each time: to the store it is an envelope like any other. `health` and
//! the service manager's watchdog both rest on it (OS-OPS-110).
//!
//! Never: a mailbox, key or token of a check in an error.

use std::time::{Duration, Instant};

use offshift_access::{DepositKey, Descriptor, EnvelopeHash, FetchKey, Kind, Receipted, Unspent};
use offshift_link::{FetchItem, Link, LinkError, Options};
use offshift_wire::{
    Envelope, Life, Position, SizeClass,
    code::Role,
    link::RelayLink,
    relay::{Access, CapabilityId},
};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::limits::SELF_CHECK;

/// How long a check took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Took(pub Duration);

/// Which step failed: one plain sentence, with what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// Nobody answers at the link's address, or somebody else does.
    #[error("connecting failed: {0}")]
    Connect(LinkError),
    /// The relay asks for tokens, and none were given.
    #[error("the relay asks for tokens and gave none for its own check; look at its log")]
    NoTokens,
    /// It did not take its own tokens.
    #[error("it does not take its own tokens ({0}); look at its log")]
    Spend(LinkError),
    /// It did not take the message.
    #[error("it does not take a message ({0}); see: offshift-relay status")]
    Deposit(LinkError),
    /// Its receipt is not by its key.
    #[error("its receipt is not signed by the key in its link; see: offshift-relay identity show")]
    Receipt,
    /// It did not give the message back.
    #[error("it does not give a message back ({0}); look at its log")]
    Fetch(LinkError),
    /// It gave something else back.
    #[error("it confirmed a message and does not have it; look at its disk, then at its log")]
    Missing,
    /// It took too long.
    #[error("it answers too slowly; see: offshift-relay status")]
    Slow,
    /// The system has no randomness.
    #[error("this machine has no randomness to make a message from; look at the machine")]
    Randomness,
}

/// Sends a message to itself once, and takes it back. Bounded by [`SELF_CHECK`].
///
/// `tokens` are spent as far as there are any: one is enough.
///
/// # Errors
/// [`CheckError`]: the first step that failed.
pub async fn once(link: &RelayLink, tokens: Vec<Unspent>) -> Result<Took, CheckError> {
    let began = Instant::now();
    timeout(SELF_CHECK, check(link, tokens)).await.unwrap_or(Err(CheckError::Slow))?;
    Ok(Took(began.elapsed()))
}

async fn check(at: &RelayLink, tokens: Vec<Unspent>) -> Result<(), CheckError> {
    let link = Link::connect(at, Options::default()).await.map_err(CheckError::Connect)?;
    pay(&link, tokens).await?;
    let mailbox = Mailbox::random()?;
    let envelope = envelope()?;
    let receipted = mailbox.deposit(&link, envelope.clone()).await?;
    mailbox.take_back(&link, &envelope, receipted.position()).await?;
    link.close().await;
    Ok(())
}

async fn pay(link: &Link, tokens: Vec<Unspent>) -> Result<(), CheckError> {
    match (link.said().access, tokens.is_empty()) {
        (Access::Open, _) => return Ok(()),
        (Access::Tickets, true) => return Err(CheckError::NoTokens),
        (Access::Tickets, false) => {}
    }
    let binding = link.binding();
    let tokens = tokens.iter().map(|token| token.spend(&binding)).collect();
    link.spend(tokens, None).await.map(drop).map_err(CheckError::Spend)
}

/// An inbox that exists for one check.
struct Mailbox {
    fetch: FetchKey,
    deposit: DepositKey,
    descriptor: Descriptor,
}

impl Mailbox {
    fn random() -> Result<Self, CheckError> {
        let (fetch, deposit) = (FetchKey::from_seed(&*seed()?), DepositKey::from_seed(&*seed()?));
        let descriptor = Descriptor::new(Kind::Inbox, fetch.public(), deposit.public());
        Ok(Self { fetch, deposit, descriptor })
    }

    async fn deposit(&self, link: &Link, envelope: Envelope) -> Result<Receipted, CheckError> {
        let (address, hash) = (self.descriptor.address(), EnvelopeHash::of(&envelope));
        let proof = self.deposit.prove(&address, &link.binding());
        let capability = link.prove(Role::Deposit, &self.descriptor, &proof).await;
        let capability = capability.map_err(CheckError::Deposit)?;
        let receipt = link.deposits().deposit(capability, Life::H1, envelope).await;
        let receipt = receipt.map_err(CheckError::Deposit)?;
        link.relay_key().verify(address, hash, receipt).map_err(|_| CheckError::Receipt)
    }

    async fn take_back(
        &self,
        link: &Link,
        envelope: &Envelope,
        position: Position,
    ) -> Result<(), CheckError> {
        let proof = self.fetch.prove(&self.descriptor.address(), &link.binding());
        let capability = link.prove(Role::Fetch, &self.descriptor, &proof).await;
        let capability = capability.map_err(CheckError::Fetch)?;
        let is_there = holds(link, capability, envelope, position).await;
        if !is_there.map_err(CheckError::Fetch)? {
            return Err(CheckError::Missing);
        }
        link.release(capability, vec![position]).await.map_err(CheckError::Fetch)
    }
}

/// Whether exactly this lies there, and nothing else.
async fn holds(
    link: &Link,
    capability: CapabilityId,
    envelope: &Envelope,
    position: Position,
) -> Result<bool, LinkError> {
    let mut fetching = link.fetch(capability, Position::START, false).await?;
    let mut entries = Vec::new();
    while let Some(item) = fetching.next().await {
        match item? {
            FetchItem::Entry { position, envelope } => entries.push((position, envelope)),
            FetchItem::CaughtUp => {}
        }
        if entries.len() > 1 {
            return Ok(false);
        }
    }
    Ok(entries.iter().eq([&(position, envelope.clone())]))
}

fn seed() -> Result<Zeroizing<[u8; 32]>, CheckError> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed).map_err(|_| CheckError::Randomness)?;
    Ok(seed)
}

fn envelope() -> Result<Envelope, CheckError> {
    let mut bytes = vec![0; SizeClass::K1.bytes()];
    getrandom::fill(&mut bytes).map_err(|_| CheckError::Randomness)?;
    Envelope::try_from(bytes).map_err(|_| CheckError::Randomness)
}
