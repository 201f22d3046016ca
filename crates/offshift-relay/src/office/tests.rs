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
///
/// In a process of its own: what the process takes is measured, and other tests take some beside it.
#[test]
fn da_84_a_million_junk_and_spent_tokens_leave_the_office_as_it_was() {
    const ALONE: &str = "OFFSHIFT_TEST_ALONE";
    if std::env::var_os(ALONE).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        return runtime.block_on(a_million_tokens());
    }
    let name = "office::tests::da_84_a_million_junk_and_spent_tokens_leave_the_office_as_it_was";
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    let ran = again.args(["--exact", name, "--nocapture"]).env(ALONE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
}

async fn a_million_tokens() {
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
        let why = office.spend(tokens, here()).await.map_err(|not_taken| not_taken.why);
        assert_eq!(why, Err(Refusal::BadToken));
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

/// What somebody finds in a copy of the disk: an office of the same seeds, under an identity of its own.
async fn thief(store: &MemoryStore, clock: &Arc<Turned>) -> Office<MemoryStore> {
    let copy = Arc::new(MemoryStore::new(1 << 20));
    let seeds = store.metadata("issuer seed").await.unwrap().unwrap();
    copy.put_metadata("issuer seed", seeds).await.unwrap();
    Office::new(copy, ReceiptKey::from_seed(&[6; 32]), clock.clone())
}

/// A clock that is turned by weeks.
#[derive(Default)]
struct Turned(std::sync::atomic::AtomicU64);

impl Turned {
    fn weeks(&self, weeks: u64) {
        self.0.fetch_add(weeks * 7 * 86_400_000, std::sync::atomic::Ordering::Relaxed);
    }
}

impl Clock for Turned {
    fn wall(&self) -> UnixMillis {
        Still.wall().plus_ms(self.0.load(std::sync::atomic::Ordering::Relaxed))
    }

    fn steady(&self) -> Duration {
        Duration::ZERO
    }
}

async fn takes(office: &Office<MemoryStore>, token: &Unspent) -> bool {
    office.spend(vec![token.spend(&here())], here()).await.is_ok()
}

#[tokio::test]
async fn os_ops_132_a_copied_seed_makes_no_tokens_after_the_next_week_began() {
    let (store, clock) = (Arc::new(MemoryStore::new(1 << 20)), Arc::new(Turned::default()));
    let office = Office::new(store.clone(), ReceiptKey::from_seed(&[5; 32]), clock.clone());
    let bought = office.mint(1).await.unwrap();
    let thief = thief(&store, &clock).await;
    assert!(takes(&office, &thief.mint(1).await.unwrap()[0]).await, "the control");
    office.renew_seed().await.unwrap();
    clock.weeks(1);
    assert!(!takes(&office, &thief.mint(1).await.unwrap()[0]).await);
    assert!(takes(&office, &bought[0]).await, "the twin: old tokens live out their time");
    let later = office.mint(1).await.unwrap();
    let again = Office::new(store, ReceiptKey::from_seed(&[5; 32]), clock);
    assert!(takes(&again, &later[0]).await, "and a restart changes no key");
}

#[tokio::test]
async fn os_ops_132_without_an_overlap_a_copied_seed_makes_nothing_at_once() {
    let (store, clock) = (Arc::new(MemoryStore::new(1 << 20)), Arc::new(Turned::default()));
    let office = Office::new(store.clone(), ReceiptKey::from_seed(&[5; 32]), clock.clone());
    let [one, two] = [office.mint(1).await.unwrap(), office.mint(1).await.unwrap()];
    let thief = thief(&store, &clock).await;
    office.replace_seed().await.unwrap();
    assert!(takes(&office, &one[0]).await, "who runs contradicts nothing that it signed");
    let new = Office::new(store, ReceiptKey::from_seed(&[7; 32]), clock);
    assert!(!takes(&new, &two[0]).await && !takes(&new, &thief.mint(1).await.unwrap()[0]).await);
    assert!(takes(&new, &new.mint(1).await.unwrap()[0]).await, "the twin");
}

#[tokio::test]
async fn os_tok_036_good_tokens_beside_a_bad_one_count_as_what_they_cost() {
    let store = Arc::new(MemoryStore::new(1 << 20));
    let office = Office::new(store, ReceiptKey::from_seed(&[5; 32]), Arc::new(Still));
    let (spent, unspent) = (Vec::new(), office.mint(32).await.unwrap());
    let attacker = Attacker { spent, unspent, week: Period::at(Still.wall()) };
    let mut cost = Vec::new();
    for number in 0..20 {
        let refused = office.spend(attacker.costly(number), here()).await.unwrap_err();
        assert_eq!(refused.why, Refusal::BadToken);
        cost.push(refused.worked_out);
    }
    // Met at the same place 20 times by chance: one in 10^28.
    assert!(
        cost.iter().any(|one| *one != cost[0]) && cost.iter().all(|one| (1..=32).contains(one))
    );
    let junk = (0..32).map(|place| attacker.junk(1, place)).collect();
    assert_eq!(
        office.spend(junk, here()).await.unwrap_err().worked_out,
        1,
        "the first bad one ends it"
    );
    let other_week = attacker.tokens(1);
    assert_eq!(office.spend(other_week, here()).await.unwrap_err().worked_out, 0);
}

#[tokio::test]
async fn os_tok_038_what_the_relay_made_for_itself_is_known_once_and_only_whole() {
    let (own, office) = (super::own::Own::default(), {
        let store = Arc::new(MemoryStore::new(1 << 20));
        Office::new(store, ReceiptKey::from_seed(&[5; 32]), Arc::new(Still))
    });
    let batch = office.mint(3).await.unwrap();
    let ids: Vec<_> =
        batch.iter().map(|token| offshift_access::SpentId::of(&token.spend(&here())).0).collect();
    own.add(&batch[..2]);
    assert!(!own.take(&ids), "one of a peer's beside it");
    assert!(own.take(&ids[..1]) && own.take(&ids[1..2]), "the twin");
    assert!(!own.take(&ids[..1]), "once");
}

#[tokio::test]
async fn os_tok_020_a_ticket_that_is_over_goes_with_all_its_seats() {
    const SEATS: u16 = 700;
    let (store, clock) = (Arc::new(MemoryStore::new(1 << 24)), Arc::new(Turned::default()));
    let office = Office::new(store.clone(), ReceiptKey::from_seed(&[5; 32]), clock.clone());
    let until = |weeks: u64| Still.wall().plus_ms(weeks * 7 * 86_400_000);
    let terms = |expires| super::Terms { seats: SEATS, daily_batches: 1, expires };
    let (over, good) = (
        office.new_ticket(terms(until(1))).await.unwrap(),
        office.new_ticket(terms(until(9))).await.unwrap(),
    );
    for ticket in [&over, &good] {
        for seat in 0..SEATS {
            let key = format!("{}{seat:032x}", super::record::seats_key(ticket.id()));
            store.put_metadata(&key, vec![0; 6]).await.unwrap();
        }
    }
    clock.weeks(7);
    office.tidy().await.unwrap();
    let seats = store.records("seat/").await.unwrap();
    assert!(seats.iter().all(|(key, _)| key.starts_with(&super::record::seats_key(good.id()))));
    assert_eq!(seats.len(), usize::from(SEATS), "the twin");
    assert_eq!(store.records("ticket/").await.unwrap().len(), 1);
    assert_eq!(office.tickets().await.unwrap().len(), 1);
}
