//! What every engine must do, as claims over any [`Engine`]. Called for each engine at the end of the file.

use std::sync::{Arc, Mutex};

use offshift_relay::store::{Entry, Observer, ReadLimit, Store, StoreError};
use offshift_wire::{Address, Life, Position, SizeClass};

use crate::engines::{
    ALL, CAP, DAY_MS, Embedded, Engine, Forgetful, HOUR_MS, Memory, START, address, deposit,
    envelope, put, read_all, token,
};

async fn os_sto_001_what_is_receipted_is_read_back_in_order<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    let mut sent = Vec::new();
    for (seed, class) in SizeClass::ALL.into_iter().cycle().take(12).enumerate() {
        let mut deposit = deposit(1, Life::D7, 0);
        deposit.envelope = envelope(class, seed as u64);
        let position = put(&store, deposit.clone()).await.unwrap();
        sent.push((position, deposit.envelope));
    }
    let read: Vec<_> =
        read_all(&store, 1).await.into_iter().map(|e| (e.position, e.envelope)).collect();
    assert_eq!(read, sent);
    assert!(read.windows(2).all(|two| two[0].0 < two[1].0));
}

async fn os_sto_010_positions_rise_while_the_clock_stands<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    let batch = (0..50).map(|seed| deposit(1, Life::H1, seed)).collect();
    let positions = store.append(batch).await.unwrap();
    assert!(positions.windows(2).all(|two| two[0] < two[1]));
    let next = put(&store, deposit(1, Life::H1, 99)).await.unwrap();
    assert!(next > positions[49]);
}

async fn a_batch_is_answered_in_its_own_order_over_mailboxes_and_lives<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    let batch: Vec<_> = (0..21)
        .map(|n| deposit(u8::try_from(n % 3).unwrap(), Life::ALL[n % 7], n as u64))
        .collect();
    let positions = store.append(batch.clone()).await.unwrap();
    for mailbox in 0..3u8 {
        let read = read_all(&store, mailbox).await;
        let mine = batch.iter().zip(&positions).skip(usize::from(mailbox)).step_by(3);
        let mine: Vec<_> = mine.map(|(d, p)| (*p, d.envelope.clone())).collect();
        assert_eq!(read.into_iter().map(|e| (e.position, e.envelope)).collect::<Vec<_>>(), mine);
    }
}

async fn os_sto_004_unknown_empty_released_and_expired_read_alike<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    let released = put(&store, deposit(1, Life::H1, 1)).await.unwrap();
    store.release(address(1), vec![released]).await.unwrap();
    put(&store, deposit(2, Life::H1, 2)).await.unwrap();
    put(&store, deposit(3, Life::D1, 3)).await.unwrap();
    engine.clock().pass_ms(HOUR_MS);
    for mailbox in [1, 2, 9] {
        assert_eq!(store.read(address(mailbox), Position::START, ALL).await, Ok(vec![]));
    }
    assert_eq!(read_all(&store, 3).await.len(), 1, "the control is there");
}

async fn reads_keep_to_their_limits_and_go_on<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    let batch = (0..10).map(|seed| deposit(1, Life::H1, seed)).collect();
    let positions = store.append(batch).await.unwrap();
    let read = |after, entries, bytes| store.read(address(1), after, ReadLimit { entries, bytes });
    assert_eq!(read(Position::START, 3, usize::MAX).await.unwrap().len(), 3);
    assert_eq!(read(Position::START, 100, 2_048).await.unwrap().len(), 2);
    assert_eq!(read(Position::START, 100, 1).await.unwrap().len(), 1, "one at least");
    assert_eq!(read(Position::START, 0, 0).await.unwrap().len(), 1, "one at least");
    let rest = read(positions[6], 100, usize::MAX).await.unwrap();
    assert_eq!(rest.iter().map(|e| e.position).collect::<Vec<_>>(), positions[7..]);
    assert_eq!(read(Position::new(u64::MAX), 100, usize::MAX).await, Ok(vec![]));
}

async fn os_sto_006_a_release_removes_exactly_what_it_names<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    let batch = (0..5).map(|seed| deposit(1, Life::ALL[usize::try_from(seed).unwrap()], seed));
    let positions = store.append(batch.collect()).await.unwrap();
    let others = (0..5).map(|seed| deposit(2, Life::H1, seed)).collect();
    assert_eq!(store.append(others).await.unwrap(), positions, "the same in another mailbox");
    let named = vec![positions[1], positions[3], positions[3], Position::new(5)];
    store.release(address(1), named.clone()).await.unwrap();
    store.release(address(1), named).await.unwrap();
    let left: Vec<_> = read_all(&store, 1).await.iter().map(|e| e.position).collect();
    assert_eq!(left, [positions[0], positions[2], positions[4]]);
    assert_eq!(read_all(&store, 2).await.len(), 5, "another's at the same position stays");
}

/// OS-MBX-030.
async fn os_sto_031_what_expired_is_never_served_and_its_space_comes_back<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    for life in Life::ALL {
        put(&store, deposit(1, life, u64::from(life.number()))).await.unwrap();
    }
    let mut passed = 0;
    for (gone, life) in Life::ALL.into_iter().enumerate() {
        engine.clock().pass_ms(life.ms() - passed - 1_000);
        assert_eq!(read_all(&store, 1).await.len(), 7 - gone, "alive to the end");
        engine.clock().pass_ms(1_000);
        assert_eq!(read_all(&store, 1).await.len(), 6 - gone, "and not beyond");
        passed = life.ms();
    }
    engine.clock().pass_ms(6 * HOUR_MS);
    let expired = store.expire().await.unwrap();
    assert_eq!(expired.envelopes, 7);
    let statistics = store.statistics();
    assert_eq!((statistics.envelopes, statistics.stored_bytes), (0, 0));
    assert_eq!(store.expire().await.unwrap().envelopes, 0);
}

async fn os_sto_010_positions_rise_over_expiry_and_reopening<E: Engine>() {
    let engine = E::new(CAP);
    let mut last = Position::START;
    let mut store = engine.open();
    for _ in 0..4 {
        let position = put(&store, deposit(1, Life::H1, 1)).await.unwrap();
        assert!(position > last);
        last = position;
        engine.clock().pass_ms(3 * HOUR_MS);
        store.expire().await.unwrap();
        // The clock goes back by a day and stays there: only what the store remembers can help.
        engine.clock().set_wall(offshift_wire::UnixMillis(START.0 - DAY_MS));
        if E::SURVIVES {
            store.close().await.unwrap();
            drop(store);
            store = engine.open();
        }
    }
}

#[derive(Default)]
struct Seen(Mutex<Vec<(Address, Entry)>>);

impl Observer for Seen {
    fn appended(&self, address: &Address, entry: &Entry) {
        self.0.lock().unwrap().push((*address, entry.clone()));
    }
}

async fn os_sto_003_observers_see_every_deposit_once_and_in_order<E: Engine>() {
    let engine = E::new(CAP);
    let store = Arc::new(engine.open());
    let seen = Arc::new(Seen::default());
    store.observe(seen.clone());
    let writers: Vec<_> = (0..8u8)
        .map(|writer| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                for seed in 0..20 {
                    let life = Life::ALL[usize::try_from(seed % 7).unwrap()];
                    put(&*store, deposit(writer % 2, life, seed)).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let seen = seen.0.lock().unwrap().clone();
    for mailbox in 0..2 {
        let told: Vec<_> =
            seen.iter().filter(|(a, _)| *a == address(mailbox)).map(|(_, e)| e.clone()).collect();
        assert_eq!(told, read_all(&*store, mailbox).await);
        assert_eq!(told.len(), 80);
    }
}

async fn os_sto_003_a_follower_never_skips_a_position<E: Engine>() {
    let engine = E::new(CAP);
    let store = Arc::new(engine.open());
    let writer = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let mut positions = Vec::new();
            for seed in 0..40 {
                let batch = Life::ALL.into_iter().map(|life| deposit(1, life, seed)).collect();
                positions.extend(store.append(batch).await.unwrap());
            }
            positions
        })
    };
    let mut followed: Vec<Position> = Vec::new();
    while followed.len() < 280 {
        let after = followed.last().copied().unwrap_or_default();
        let more = store.read(address(1), after, ALL).await.unwrap();
        followed.extend(more.iter().map(|entry| entry.position));
        tokio::task::yield_now().await;
    }
    assert_eq!(followed, writer.await.unwrap());
}

async fn metadata_is_kept_and_replaced<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    assert_eq!(store.metadata("identity").await, Ok(None));
    store.put_metadata("identity", vec![1; 32]).await.unwrap();
    store.put_metadata("identity", vec![2; 32]).await.unwrap();
    store.put_metadata("other", vec![]).await.unwrap();
    assert_eq!(store.metadata("identity").await, Ok(Some(vec![2; 32])));
    assert_eq!(store.metadata("other").await, Ok(Some(vec![])));
    assert_eq!(store.put_metadata("big", vec![0; 4_097]).await, Err(StoreError::TooMuch));
    assert_eq!(store.put_metadata("edge", vec![0; 4_096]).await, Ok(()));
}

async fn small_values_are_listed_by_prefix_and_removed<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    for key in ["ticket/b", "ticket/a", "ticket", "tickets/c", "other"] {
        store.put_metadata(key, key.as_bytes().to_vec()).await.unwrap();
    }
    let listed = store.records("ticket/").await.unwrap();
    let row = |key: &str| (key.to_owned(), key.as_bytes().to_vec());
    assert_eq!(listed, [row("ticket/a"), row("ticket/b")]);
    assert_eq!(store.records("nothing").await, Ok(vec![]));
    for _ in 0..2 {
        assert_eq!(store.remove_metadata("ticket/a").await, Ok(()), "one that is gone is nothing");
    }
    assert_eq!(store.records("ticket/").await, Ok(vec![row("ticket/b")]));
    assert_eq!(store.metadata("ticket/a").await, Ok(None));
}

async fn os_sto_080_a_spending_is_taken_once_whole_or_not_at_all<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    assert_eq!(store.spend(7, vec![token(1), token(2)]).await, Ok(true));
    assert_eq!(store.spend(7, vec![token(3), token(2)]).await, Ok(false), "one was spent before");
    assert_eq!(store.spend(7, vec![token(4), token(4)]).await, Ok(false), "one is named twice");
    assert_eq!(store.spend(7, vec![token(3), token(4)]).await, Ok(true), "nothing was remembered");
    assert_eq!(store.spend(8, vec![token(1)]).await, Ok(true), "another period, another key");
    assert_eq!(store.spend(7, vec![]).await, Ok(true));
    assert_eq!(store.statistics().spent_tokens, 5);
    let many = (0..33).map(|number| token(100 + number)).collect();
    assert_eq!(store.spend(7, many).await, Err(StoreError::TooMuch));
}

async fn os_sto_080_of_many_who_spend_one_token_at_once_one_succeeds<E: Engine>() {
    let engine = E::new(CAP);
    let store = Arc::new(engine.open());
    let spenders: Vec<_> = (0..64u64)
        .map(|number| {
            let store = Arc::clone(&store);
            // Four spendings for each token; every one has a token of its own besides.
            let ids = vec![token(1_000 + number), token(number % 16)];
            tokio::spawn(async move { store.spend(7, ids).await.unwrap() })
        })
        .collect();
    let mut succeeded = 0;
    for spender in spenders {
        succeeded += u64::from(spender.await.unwrap());
    }
    assert_eq!(succeeded, 16);
    assert_eq!(store.statistics().spent_tokens, 32, "nothing of the others was remembered");
}

async fn os_sto_083_spent_tokens_go_with_their_period<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    for period in [5, 6, 7] {
        assert_eq!(store.spend(period, vec![token(1)]).await, Ok(true));
    }
    store.forget_period(7).await.unwrap();
    store.forget_period(7).await.unwrap();
    assert_eq!(store.statistics().spent_tokens, 1);
    assert_eq!(store.spend(7, vec![token(1)]).await, Ok(false), "this period counts on");
    assert_eq!(store.spend(6, vec![token(1)]).await, Ok(true), "the caller knows that it is over");
}

async fn the_bytes_of_a_mailbox_follow_what_lies_in_it<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    assert_eq!(store.mailbox_bytes(&address(1)), 0);
    let mut positions = Vec::new();
    for (seed, life) in [Life::H1, Life::H1, Life::D30].into_iter().enumerate() {
        positions.push(put(&store, deposit(1, life, seed as u64)).await.unwrap());
    }
    let mut large = deposit(1, Life::H1, 9);
    large.envelope = envelope(SizeClass::K256, 9);
    put(&store, large).await.unwrap();
    put(&store, deposit(2, Life::H1, 1)).await.unwrap();
    for _ in 0..2 {
        assert_eq!(store.mailbox_bytes(&address(1)), 259 << 10);
        assert_eq!(store.mailbox_bytes(&address(2)), 1 << 10);
    }
    store.release(address(1), vec![positions[0], positions[0]]).await.unwrap();
    assert_eq!(store.mailbox_bytes(&address(1)), 258 << 10);
    put(&store, deposit(1, Life::H1, 10)).await.unwrap();
    assert_eq!(store.mailbox_bytes(&address(1)), 259 << 10);
    engine.clock().pass_ms(2 * HOUR_MS);
    store.expire().await.unwrap();
    assert_eq!(store.mailbox_bytes(&address(1)), 1 << 10);
    store.release(address(1), vec![positions[2]]).await.unwrap();
    assert_eq!(store.mailbox_bytes(&address(1)), 0);
}

async fn da_82_os_sto_070_a_full_store_refuses_serves_and_recovers<E: Engine>() {
    let engine = E::new(64 << 10);
    let store = engine.open();
    let mut stored = 0;
    let refused = loop {
        match put(&store, deposit(1, Life::H1, stored)).await {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(refused, StoreError::Full);
    assert!((40..=64).contains(&stored));
    assert!(store.statistics().stored_bytes <= 64 << 10);
    assert_eq!(store.statistics().refused_full, 1);
    assert_eq!(read_all(&store, 1).await.len() as u64, stored);
    engine.clock().pass_ms(2 * HOUR_MS);
    store.expire().await.unwrap();
    put(&store, deposit(1, Life::H1, 1)).await.expect("it takes deposits again by itself");
}

async fn too_much_at_once_is_refused_whole<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    let batch: Vec<_> = (0..1_025).map(|seed| deposit(1, Life::H1, seed)).collect();
    assert_eq!(store.append(batch).await, Err(StoreError::TooMuch));
    assert_eq!(read_all(&store, 1).await, []);
    assert_eq!(store.append(vec![]).await, Ok(vec![]));
}

async fn a_closed_store_answers_closed<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    put(&store, deposit(1, Life::H1, 1)).await.unwrap();
    store.close().await.unwrap();
    assert_eq!(put(&store, deposit(1, Life::H1, 1)).await, Err(StoreError::Closed));
    assert_eq!(store.read(address(1), Position::START, ALL).await, Err(StoreError::Closed));
    assert_eq!(store.release(address(1), vec![]).await, Err(StoreError::Closed));
    assert_eq!(store.expire().await, Err(StoreError::Closed));
    assert_eq!(store.metadata("x").await, Err(StoreError::Closed));
    assert_eq!(store.holdings(1).await, Err(StoreError::Closed));
    assert_eq!(store.records("x").await, Err(StoreError::Closed));
    assert_eq!(store.remove_metadata("x").await, Err(StoreError::Closed));
    assert_eq!(store.spend(7, vec![token(1)]).await, Err(StoreError::Closed));
    assert_eq!(store.forget_period(7).await, Err(StoreError::Closed));
    assert_eq!(store.close().await, Err(StoreError::Closed));
}

async fn an_operator_sees_counts_and_sealed_bytes<E: Engine>() {
    let engine = E::new(CAP);
    let store = engine.open();
    put(&store, deposit(1, Life::H1, 1)).await.unwrap();
    let mut large = deposit(2, Life::D7, 2);
    large.envelope = envelope(SizeClass::K64, 2);
    put(&store, large.clone()).await.unwrap();
    let holdings = store.holdings(10).await.unwrap();
    assert_eq!(holdings.len(), 2);
    assert_eq!(store.holdings(1).await.unwrap().len(), 1);
    let held = holdings.iter().find(|holding| holding.size == SizeClass::K64).unwrap();
    assert_eq!(held.sample, large.envelope.as_ref()[..32]);
    assert_eq!(held.expires, START.plus_ms(7 * DAY_MS));
    assert_ne!(holdings[0].mailbox, holdings[1].mailbox);
    let statistics = store.statistics();
    assert_eq!((statistics.envelopes, statistics.envelope_bytes), (2, 65 << 10));
}

macro_rules! conforms {
    ($module:ident, $engine:ty: $($claim:ident)*) => {
        mod $module {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $claim() {
                super::$claim::<$engine>().await;
            })*
        }
    };
}

macro_rules! every_engine_conforms {
    ($($claims:tt)*) => {
        conforms!(memory, Memory: $($claims)*);
        conforms!(embedded, Embedded: $($claims)*);
        conforms!(forgetful, Forgetful: $($claims)*);
    };
}

every_engine_conforms!(
    os_sto_001_what_is_receipted_is_read_back_in_order
    os_sto_010_positions_rise_while_the_clock_stands
    a_batch_is_answered_in_its_own_order_over_mailboxes_and_lives
    os_sto_004_unknown_empty_released_and_expired_read_alike
    reads_keep_to_their_limits_and_go_on
    os_sto_006_a_release_removes_exactly_what_it_names
    os_sto_031_what_expired_is_never_served_and_its_space_comes_back
    os_sto_010_positions_rise_over_expiry_and_reopening
    os_sto_003_observers_see_every_deposit_once_and_in_order
    os_sto_003_a_follower_never_skips_a_position
    metadata_is_kept_and_replaced
    small_values_are_listed_by_prefix_and_removed
    os_sto_080_a_spending_is_taken_once_whole_or_not_at_all
    os_sto_080_of_many_who_spend_one_token_at_once_one_succeeds
    os_sto_083_spent_tokens_go_with_their_period
    the_bytes_of_a_mailbox_follow_what_lies_in_it
    da_82_os_sto_070_a_full_store_refuses_serves_and_recovers
    too_much_at_once_is_refused_whole
    a_closed_store_answers_closed
    an_operator_sees_counts_and_sealed_bytes
);
