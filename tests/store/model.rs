//! Any interleaving of deposits, reads, releases, expiry, clock jumps and reopening against a plain model.

use std::collections::BTreeMap;

use offshift_relay::store::{Deposit, ReadLimit, Store};
use offshift_wire::{Envelope, Life, Position, SizeClass, UnixMillis};
use proptest::prelude::*;

use crate::engines::{ALL, CAP, Embedded, Engine, HOUR_MS, Memory, START, address, envelope};

#[derive(Debug, Clone)]
enum Act {
    Append(Vec<(u8, usize, usize)>),
    Read { mailbox: u8, after: prop::sample::Index, entries: usize },
    Release { mailbox: u8, which: Vec<prop::sample::Index> },
    Pass(u64),
    SetBack(u64),
    Expire,
    Reopen { cleanly: bool },
}

fn act() -> impl Strategy<Value = Act> {
    let one = (0..3u8, 0..7usize, prop_oneof![8 => 0..2usize, 1 => 2..5usize]);
    prop_oneof![
        6 => prop::collection::vec(one, 1..6).prop_map(Act::Append),
        4 => (0..4u8, any::<prop::sample::Index>(), 1..5usize)
            .prop_map(|(mailbox, after, entries)| Act::Read { mailbox, after, entries }),
        2 => (0..4u8, prop::collection::vec(any::<prop::sample::Index>(), 1..4))
            .prop_map(|(mailbox, which)| Act::Release { mailbox, which }),
        3 => (1..14 * HOUR_MS / 1_000).prop_map(|seconds| Act::Pass(seconds * 1_000)),
        1 => (1..48u64).prop_map(|hours| Act::SetBack(hours * HOUR_MS)),
        2 => Just(Act::Expire),
        2 => any::<bool>().prop_map(|cleanly| Act::Reopen { cleanly }),
    ]
}

/// What a mailbox should hold.
#[derive(Default)]
struct Model {
    entries: BTreeMap<(u8, Position), (UnixMillis, Envelope)>,
    /// The highest position each mailbox ever had, gone or not.
    last: BTreeMap<u8, Position>,
    seeds: u64,
}

impl Model {
    fn live(&self, mailbox: u8, now: UnixMillis) -> Vec<(Position, Envelope)> {
        let mine = self.entries.iter().filter(|((owner, _), _)| *owner == mailbox);
        let live = mine.filter(|(_, (expires, _))| *expires > now);
        live.map(|((_, position), (_, envelope))| (*position, envelope.clone())).collect()
    }

    fn deposits(&mut self, wanted: &[(u8, usize, usize)]) -> Vec<Deposit> {
        let make = |(mailbox, life, class): &(u8, usize, usize)| {
            self.seeds += 1;
            let envelope = envelope(SizeClass::ALL[*class], self.seeds);
            Deposit { address: address(*mailbox), life: Life::ALL[*life], envelope }
        };
        wanted.iter().map(make).collect()
    }

    fn stored(&mut self, mailbox: u8, position: Position, deposit: &Deposit, now: UnixMillis) {
        let last = self.last.insert(mailbox, position);
        assert!(last.is_none_or(|last| last < position), "positions rise for ever");
        let kept = (now.plus_ms(deposit.life.ms()), deposit.envelope.clone());
        self.entries.insert((mailbox, position), kept);
    }
}

async fn follows_the_model<E: Engine>(acts: Vec<Act>) {
    let engine = E::new(CAP);
    let mut store = engine.open();
    let mut model = Model::default();
    let mut now = START;
    for act in acts {
        match act {
            Act::Append(wanted) => {
                let deposits = model.deposits(&wanted);
                let positions = store.append(deposits.clone()).await.unwrap();
                for ((wanted, position), deposit) in wanted.iter().zip(positions).zip(&deposits) {
                    model.stored(wanted.0, position, deposit, now);
                }
            }
            Act::Read { mailbox, after, entries } => {
                let live = model.live(mailbox, now);
                let cut = after.index(live.len() + 1);
                let after = cut.checked_sub(1).map_or(Position::START, |at| live[at].0);
                let limit = ReadLimit { entries, bytes: usize::MAX };
                let read = store.read(address(mailbox), after, limit).await.unwrap();
                let read: Vec<_> = read.into_iter().map(|e| (e.position, e.envelope)).collect();
                assert_eq!(read, live[cut..].iter().take(entries).cloned().collect::<Vec<_>>());
            }
            Act::Release { mailbox, which } => {
                let live = model.live(mailbox, now);
                if !live.is_empty() {
                    let named: Vec<_> = which.iter().map(|which| which.get(&live).0).collect();
                    store.release(address(mailbox), named.clone()).await.unwrap();
                    named.iter().for_each(|at| drop(model.entries.remove(&(mailbox, *at))));
                }
            }
            Act::Pass(ms) => {
                engine.clock().pass_ms(ms);
                now = now.plus_ms(ms);
            }
            // The store's time goes on steadily: the model's does not change.
            Act::SetBack(ms) => engine.clock().set_wall(UnixMillis(START.0 - ms)),
            Act::Expire => drop(store.expire().await.unwrap()),
            Act::Reopen { cleanly } if E::SURVIVES => {
                // An unclean end while the clock is behind may lengthen lives: see `clocks.rs`.
                let cleanly = cleanly || engine.clock().is_behind(now);
                if cleanly {
                    store.close().await.unwrap();
                }
                drop(store);
                store = engine.open();
            }
            Act::Reopen { .. } => {}
        }
    }
    for mailbox in 0..4 {
        let read = store.read(address(mailbox), Position::START, ALL).await.unwrap();
        let read: Vec<_> = read.into_iter().map(|e| (e.position, e.envelope)).collect();
        assert_eq!(read, model.live(mailbox, now));
    }
}

fn run<E: Engine>(acts: Vec<Act>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(follows_the_model::<E>(acts));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn memory_follows_the_model(acts in prop::collection::vec(act(), 1..80)) {
        run::<Memory>(acts);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn embedded_follows_the_model(acts in prop::collection::vec(act(), 1..60)) {
        run::<Embedded>(acts);
    }
}
