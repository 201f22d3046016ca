//! DA-87: the clock jumps by a day, running or between two runs.

use offshift_relay::store::Store;
use offshift_wire::{Life, UnixMillis};

use crate::engines::{CAP, DAY_MS, Embedded, Engine, HOUR_MS, START, deposit, put, read_all};

#[tokio::test]
async fn da_87_a_jump_of_a_day_either_way_ends_no_life_early_and_positions_rise() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    let mut last = put(&store, deposit(1, Life::H6, 0)).await.unwrap();
    for (seed, wall) in
        [START.plus_ms(DAY_MS), UnixMillis(START.0 - DAY_MS), START].iter().enumerate()
    {
        engine.clock().set_wall(*wall);
        store.expire().await.unwrap();
        let next = put(&store, deposit(1, Life::H6, seed as u64 + 1)).await.unwrap();
        assert!(next > last);
        last = next;
        assert_eq!(read_all(&store, 1).await.len(), seed + 2, "nothing went early");
    }
    engine.clock().pass_ms(6 * HOUR_MS);
    assert_eq!(read_all(&store, 1).await, [], "and nothing stays longer");
}

#[tokio::test]
async fn da_87_os_sto_060_a_clock_wrong_for_an_hour_costs_at_most_an_hour() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    put(&store, deposit(1, Life::D1, 0)).await.unwrap();
    engine.clock().set_wall(START.plus_ms(30 * DAY_MS));
    // The relay looks at the time often; so does this test.
    for _ in 0..60 {
        engine.clock().pass_ms(HOUR_MS / 60);
        store.expire().await.unwrap();
    }
    engine.clock().set_wall(START.plus_ms(HOUR_MS));
    engine.clock().pass_ms(22 * HOUR_MS - 1_000);
    assert_eq!(read_all(&store, 1).await.len(), 1, "alive at 23 hours");
    engine.clock().pass_ms(1_000);
    assert_eq!(read_all(&store, 1).await.len(), 0, "one hour early at most");
}

#[tokio::test]
async fn da_87_os_sto_061_a_clock_set_back_between_two_runs_brings_nothing_back() {
    let engine = Embedded::new(CAP);
    let store = engine.open();
    let first = put(&store, deposit(1, Life::H1, 0)).await.unwrap();
    engine.clock().pass_ms(HOUR_MS);
    store.close().await.unwrap();
    engine.clock().set_wall(UnixMillis(START.0 - DAY_MS));
    let store = engine.open();
    assert_eq!(read_all(&store, 1).await, []);
    let second = put(&store, deposit(1, Life::H1, 1)).await.unwrap();
    assert!(second > first);
    assert_eq!(read_all(&store, 1).await.len(), 1);
}
