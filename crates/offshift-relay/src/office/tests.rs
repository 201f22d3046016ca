//! DA-84 where the tokens arrive. The way there, QUIC and all, is `tests/attacks/tokens.rs`.

use std::{sync::Arc, time::Duration};

use offshift_access::{Binding, ReceiptKey, Unspent};
use offshift_wire::{
    RelayId, UnixMillis,
    code::Refusal,
    limits::SPEND_TOKENS_MAX,
    token::{Credit, Period, Token},
};

use super::Office;
use crate::{
    pressure::memory_bytes,
    store::{Store, clock::Clock, memory::MemoryStore},
};

/// A clock that stands still.
struct Still;

impl Clock for Still {
    fn wall(&self) -> UnixMillis {
        UnixMillis(1_800_000_000_000)
    }

    fn steady(&self) -> Duration {
        Duration::ZERO
    }
}

fn here() -> Binding {
    Binding::new(RelayId::from_bytes([1; 32]), [2; 32])
}

/// What an attacker has: tokens that it spent, tokens that it did not, and all the junk there is.
struct Attacker {
    spent: Vec<Unspent>,
    unspent: Vec<Unspent>,
    week: Period,
}

impl Attacker {
    fn junk(&self, number: u64, place: u8) -> Token {
        let mut nonce = [place; 32];
        nonce[..8].copy_from_slice(&number.to_be_bytes());
        Token { period: self.week, nonce, tag: [7; 32] }
    }

    /// 32 tokens, of which one at least is not good.
    fn tokens(&self, number: u64) -> Vec<Token> {
        let mut tokens: Vec<_> = match number % 4 {
            // Spent before, and good on this connection otherwise.
            0 => self.spent.iter().map(|token| token.spend(&here())).collect(),
            _ => (0..32).map(|place| self.junk(number, place)).collect(),
        };
        match number % 4 {
            1 => tokens.iter_mut().for_each(|token| token.period = self.week.next()),
            2 => tokens[31].period = self.week.next(),
            3 => tokens[31] = tokens[0],
            _ => {}
        }
        tokens
    }

    /// 31 that are good, and one behind them that is not: all 32 are worked out on the curve.
    fn costly(&self, number: u64) -> Vec<Token> {
        let mut tokens: Vec<_> = self.unspent.iter().map(|token| token.spend(&here())).collect();
        tokens[31] = self.junk(number, 0);
        tokens
    }
}

/// A million in 31,250 spendings of 32. 31,125 of them are refused before any work on the curve, a quarter each:
/// spent before, another week's, of two weeks, one of them twice. 125 are worked out: 4,000 tokens.
#[tokio::test]
async fn da_84_a_million_junk_and_spent_tokens_leave_the_office_as_it_was() {
    const SPENDINGS: u64 = 1_000_000 / SPEND_TOKENS_MAX as u64;
    let store = Arc::new(MemoryStore::new(1 << 20));
    let office = Office::new(store.clone(), ReceiptKey::from_seed(&[5; 32]), Arc::new(Still));
    let (spent, unspent) = (office.mint(32).await.unwrap(), office.mint(32).await.unwrap());
    let spend_all = |tokens: &[Unspent]| tokens.iter().map(|token| token.spend(&here())).collect();
    let whole_batch = Ok(Credit(32 * Credit::TOKEN.0));
    assert_eq!(office.spend(spend_all(&spent), here()).await, whole_batch, "the twin");
    let attacker = Attacker { spent, unspent, week: Period::at(Still.wall()) };

    let mut warm = 0;
    for number in 0..SPENDINGS {
        let costly = number % 250 == 0;
        let tokens = if costly { attacker.costly(number) } else { attacker.tokens(number) };
        assert_eq!(office.spend(tokens, here()).await, Err(Refusal::BadToken));
        if number == SPENDINGS / 10 {
            warm = memory_bytes();
        }
    }
    let grown = memory_bytes().saturating_sub(warm);
    assert!(grown < 8 << 20, "nine tenths of them took {grown} bytes");
    assert_eq!(store.statistics().spent_tokens, 32, "none of them was taken");
    let twin = office.spend(spend_all(&attacker.unspent), here()).await;
    assert_eq!(twin, whole_batch, "and none of the good ones among them was used up");
}
