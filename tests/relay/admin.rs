//! The relay's own check: it passes where a member's message would, and names the step that a broken relay breaks.

use std::sync::Arc;

use offshift_link::{LinkError, RelayIdentity};
use offshift_relay::{
    selfcheck::{self, CheckError},
    server::Config,
    store::{
        Deposit, Entry, Expired, Holding, Observer, ReadLimit, Statistics, Store, StoreError,
        memory::MemoryStore,
    },
};
use offshift_tests::relay::{LibraryRelay, numbered};
use offshift_wire::{Address, Position, RelayId, code::Refusal, relay::Access};

/// How a store is broken.
#[derive(Clone, Copy)]
enum Broken {
    No,
    Forgets,
    GivesAnother,
    GivesTwice,
    IsFull,
}

struct Brittle(MemoryStore, Broken);

impl Store for Brittle {
    async fn append(&self, deposits: Vec<Deposit>) -> Result<Vec<Position>, StoreError> {
        match self.1 {
            Broken::IsFull => Err(StoreError::Full),
            _ => self.0.append(deposits).await,
        }
    }

    async fn read(
        &self,
        address: Address,
        after: Position,
        limit: ReadLimit,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut entries = self.0.read(address, after, limit).await?;
        match self.1 {
            Broken::Forgets => entries.clear(),
            Broken::GivesAnother => {
                entries.iter_mut().for_each(|entry| entry.envelope = numbered(7))
            }
            Broken::GivesTwice => {
                let again = entries.last().map(|entry| Entry {
                    position: Position::new(entry.position.value() + 1),
                    ..entry.clone()
                });
                entries.extend(again);
            }
            Broken::No | Broken::IsFull => {}
        }
        Ok(entries)
    }

    async fn release(&self, address: Address, positions: Vec<Position>) -> Result<(), StoreError> {
        self.0.release(address, positions).await
    }

    async fn expire(&self) -> Result<Expired, StoreError> {
        self.0.expire().await
    }

    async fn metadata(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.metadata(key).await
    }

    async fn put_metadata(&self, key: &str, value: Vec<u8>) -> Result<(), StoreError> {
        self.0.put_metadata(key, value).await
    }

    async fn remove_metadata(&self, key: &str) -> Result<(), StoreError> {
        self.0.remove_metadata(key).await
    }

    async fn records(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.0.records(prefix).await
    }

    async fn spend(&self, period: u32, ids: Vec<[u8; 16]>) -> Result<bool, StoreError> {
        self.0.spend(period, ids).await
    }

    async fn forget_period(&self, before: u32) -> Result<(), StoreError> {
        self.0.forget_period(before).await
    }

    fn mailbox_bytes(&self, address: &Address) -> u64 {
        self.0.mailbox_bytes(address)
    }

    fn statistics(&self) -> Statistics {
        self.0.statistics()
    }

    async fn holdings(&self, max: usize) -> Result<Vec<Holding>, StoreError> {
        self.0.holdings(max).await
    }

    fn observe(&self, observer: Arc<dyn Observer>) {
        self.0.observe(observer);
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.0.close().await
    }
}

fn relay(access: Access, broken: Broken) -> LibraryRelay<Brittle> {
    let store = Arc::new(Brittle(MemoryStore::new(1 << 30), broken));
    let config = Config { access, ..offshift_tests::relay::config() };
    LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store)
}

async fn checked(broken: Broken) -> Result<(), CheckError> {
    let relay = relay(Access::Open, broken);
    selfcheck::once(&relay.link(), Vec::new()).await.map(drop)
}

#[tokio::test]
async fn os_ops_110_a_relay_that_works_passes_and_nothing_of_the_check_stays() {
    let open = relay(Access::Open, Broken::No);
    selfcheck::once(&open.link(), Vec::new()).await.unwrap();
    assert_eq!(open.running.store().statistics().envelopes, 0);

    let closed = relay(Access::Tickets, Broken::No);
    let tokens = closed.running.office().mint(1).await.unwrap();
    selfcheck::once(&closed.link(), tokens).await.unwrap();
    let unpaid = selfcheck::once(&closed.link(), Vec::new()).await;
    assert_eq!(unpaid, Err(CheckError::NoTokens), "the control");
}

#[tokio::test]
async fn os_ops_110_each_broken_step_is_named() {
    assert_eq!(checked(Broken::No).await, Ok(()), "the twin");
    assert_eq!(checked(Broken::Forgets).await, Err(CheckError::Missing));
    assert_eq!(checked(Broken::GivesAnother).await, Err(CheckError::Missing));
    assert_eq!(checked(Broken::GivesTwice).await, Err(CheckError::Missing));
    let full = CheckError::Deposit(LinkError::Refused(Refusal::Full));
    assert_eq!(checked(Broken::IsFull).await, Err(full));
    let open = relay(Access::Open, Broken::No);
    let other = RelayId::from_bytes([9; 32]);
    let other = offshift_tests::relay::link_at(open.running.address(), other);
    let answer = selfcheck::once(&other, Vec::new()).await;
    assert_eq!(answer, Err(CheckError::Connect(LinkError::Identity)));
}
