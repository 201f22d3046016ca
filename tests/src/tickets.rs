//! Tickets of a relay to test against, what they buy, and a person with both.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use offshift_access::{Order, Ticket, Unspent};
use offshift_link::{Link, LinkError, RelayIdentity};
use offshift_relay::{
    office::Terms,
    server::Config,
    store::{Store, clock::Clock, memory::MemoryStore},
};
use offshift_wire::{UnixMillis, code::Refusal, relay::Access, token::Credit};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::relay::LibraryRelay;

/// Four share a ticket, eight batches a day for each, for a long time.
pub const TERMS: Terms = Terms { seats: 4, daily_batches: 8, expires: UnixMillis(1 << 50) };

/// A relay that takes deposits for tokens only, on this clock.
pub fn closed_config(clock: Arc<dyn Clock>) -> Config {
    let contact = "ask the office".to_owned();
    Config { access: Access::Tickets, contact, clock, ..crate::relay::config() }
}

/// The same, running, with its store in memory.
pub fn closed_relay(clock: Arc<dyn Clock>) -> LibraryRelay {
    let store = Arc::new(MemoryStore::with_clock(1 << 30, clock.clone()));
    LibraryRelay::with(&closed_config(clock), RelayIdentity::generate().unwrap(), store)
}

/// A ticket of this relay.
pub async fn ticket<S: Store>(relay: &LibraryRelay<S>, terms: Terms) -> Ticket {
    relay.running.office().new_ticket(terms).await.unwrap()
}

/// A source of random bytes, another one for each seed.
pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Buys a batch on a connection of its own.
pub async fn buy<S: Store>(
    relay: &LibraryRelay<S>,
    ticket: &Ticket,
    now: UnixMillis,
    seed: u64,
) -> Result<Vec<Unspent>, LinkError> {
    let link = relay.connect().await;
    let tokens = buy_on(&link, ticket, now, seed).await;
    link.close().await;
    tokens
}

/// Buys a batch on this connection.
pub async fn buy_on(
    link: &Link,
    ticket: &Ticket,
    now: UnixMillis,
    seed: u64,
) -> Result<Vec<Unspent>, LinkError> {
    let order = Order::new(&mut rng(seed)).unwrap();
    let issued = link.redeem(ticket.redeem(order.blinded(), &link.binding())).await?;
    Ok(order.finish(&issued, &link.relay_key(), now).expect("the relay proves its tokens"))
}

/// Spends these for the connection.
pub async fn spend(link: &Link, tokens: &[Unspent]) -> Result<Credit, LinkError> {
    let tokens = tokens.iter().map(|token| token.spend(&link.binding())).collect();
    link.spend(tokens, None).await
}

/// What a refusal looks like from here.
pub fn refused<T>(code: Refusal) -> Result<T, LinkError> {
    Err(LinkError::Refused(code))
}
