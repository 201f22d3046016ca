//! A relay with tickets: what it takes, from whom, and until when (`proto/spec/tokens.md`).

use std::sync::Arc;

use offshift_access::{Order, ReceiptKey, Ticket, Unspent};
use offshift_link::{Link, LinkError, RelayIdentity};
use offshift_relay::{
    counts::Count,
    limits::{BAD_TRIES_MAX, Limits},
    office::Terms,
    server::Config,
    store::{
        Store,
        clock::Clock,
        embedded::{EmbeddedStore, Options},
        memory::MemoryStore,
    },
};
use offshift_tests::{
    clock::{DAY_MS, HandClock},
    relay::{LibraryRelay, Mailbox, PATIENCE, loopback, next_number, numbered, numbered_of},
    tickets::{TERMS, buy, buy_on, closed_config, closed_relay, refused, rng, spend, ticket},
};
use offshift_wire::{
    Life, Position, SizeClass, UnixMillis,
    code::{Close, Refusal},
    relay::Access,
    token::{Credit, Period, Token},
};

const HOUR_MS: u64 = 3_600_000;
const WEEK_MS: u64 = 7 * DAY_MS;

/// A closed relay, its clock, and a ticket.
struct Stage {
    relay: LibraryRelay,
    clock: Arc<HandClock>,
    ticket: Ticket,
}

impl Stage {
    async fn set() -> Self {
        Self::with(TERMS).await
    }

    async fn with(terms: Terms) -> Self {
        let clock = Arc::new(HandClock::default());
        let relay = closed_relay(clock.clone());
        let ticket = ticket(&relay, terms).await;
        Self { relay, clock, ticket }
    }

    /// A batch, each time another one.
    async fn buy(&self) -> Result<Vec<Unspent>, LinkError> {
        self.buy_by(&self.ticket).await
    }

    async fn buy_by(&self, ticket: &Ticket) -> Result<Vec<Unspent>, LinkError> {
        buy(&self.relay, ticket, self.clock.wall(), fresh()).await
    }
}

fn fresh() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Deposits one envelope of this size for a week.
async fn deposit_of(mailbox: &Mailbox, link: &Link, class: SizeClass) -> Result<(), LinkError> {
    let capability = mailbox.prove_deposit(link).await?;
    let deposited = link.deposits().deposit(capability, Life::D7, numbered_of(class, 1)).await;
    deposited.map(|_| ())
}

#[tokio::test]
async fn os_tok_034_a_deposit_without_credit_is_refused_and_says_so() {
    let stage = Stage::set().await;
    let (link, mailbox) = (stage.relay.connect().await, Mailbox::channel(1));
    assert_eq!(link.said().access, Access::Tickets);
    assert_eq!(link.said().contact, "ask the office");
    assert_eq!(mailbox.deposit(&link, numbered(1)).await, refused(Refusal::NoCredit));
    let tokens = stage.buy().await.unwrap();
    assert_eq!(spend(&link, &tokens[..1]).await, Ok(Credit::TOKEN));
    assert!(mailbox.deposit(&link, numbered(2)).await.is_ok(), "the twin: who has paid");
    let counts = stage.relay.running.counts();
    let counted = [Count::RefusedCredit, Count::Deposited, Count::Issued, Count::Spent];
    assert_eq!(counted.map(|what| counts.of(what)), [1; 4]);
}

#[tokio::test]
async fn os_tok_034_only_deposits_cost() {
    let stage = Stage::set().await;
    let (payer, reader, mailbox) =
        (stage.relay.connect().await, stage.relay.connect().await, Mailbox::inbox(1));
    spend(&payer, &stage.buy().await.unwrap()[..1]).await.unwrap();
    let position = mailbox.deposit(&payer, numbered(7)).await.unwrap();
    let mut following = mailbox.fetch(&reader, Position::START, true).await;
    assert_eq!(next_number(&mut following).await, 7);
    let fetch = mailbox.prove_fetch(&reader).await.unwrap();
    reader.release(fetch, vec![position]).await.unwrap();
    assert_eq!(mailbox.deposit(&reader, numbered(8)).await, refused(Refusal::NoCredit));
}

#[tokio::test]
async fn os_tok_030_a_token_buys_as_much_as_it_says_and_not_a_kibibyte_more() {
    let stage = Stage::set().await;
    let (link, mailbox) = (stage.relay.connect().await, Mailbox::channel(1));
    let tokens = stage.buy().await.unwrap();
    spend(&link, &tokens[..1]).await.unwrap();
    assert_eq!(deposit_of(&mailbox, &link, SizeClass::K256).await, Ok(()));
    assert_eq!(mailbox.deposit(&link, numbered(1)).await, refused(Refusal::NoCredit));
    assert_eq!(spend(&link, &tokens[1..2]).await, Ok(Credit::TOKEN), "nothing was left over");
    assert!(mailbox.deposit(&link, numbered(1)).await.is_ok());
    let left = spend(&link, &tokens[2..3]).await.unwrap();
    assert_eq!(left, Credit(2 * Credit::TOKEN.0 - 1), "1 KiB for an hour costs one");
}

#[tokio::test]
async fn os_tok_034_credit_is_the_connections_and_ends_with_it() {
    let stage = Stage::set().await;
    let mailbox = Mailbox::channel(1);
    let (one, other) = (stage.relay.connect().await, stage.relay.connect().await);
    spend(&one, &stage.buy().await.unwrap()).await.unwrap();
    assert_eq!(mailbox.deposit(&other, numbered(1)).await, refused(Refusal::NoCredit));
    assert!(mailbox.deposit(&one, numbered(1)).await.is_ok(), "the twin");
    one.close().await;
    let again = stage.relay.connect().await;
    assert_eq!(mailbox.deposit(&again, numbered(2)).await, refused(Refusal::NoCredit));
}

#[tokio::test]
async fn os_tok_040_a_connection_is_for_tickets_or_for_mailboxes_and_never_for_both() {
    let stage = Stage::set().await;
    let (mailbox, now) = (Mailbox::inbox(1), stage.clock.wall());
    let buyer = stage.relay.connect().await;
    let tokens = buy_on(&buyer, &stage.ticket, now, fresh()).await.unwrap();
    assert_eq!(spend(&buyer, &tokens[..1]).await, refused(Refusal::Denied));
    assert_eq!(mailbox.prove_fetch(&buyer).await, refused(Refusal::Denied));
    assert!(buy_on(&buyer, &stage.ticket, now, fresh()).await.is_ok(), "more of the same");

    let spender = stage.relay.connect().await;
    assert!(spend(&spender, &tokens[..1]).await.is_ok(), "the twin: on another connection");
    let reader = stage.relay.connect().await;
    mailbox.prove_fetch(&reader).await.unwrap();
    for link in [&spender, &reader] {
        let asked = buy_on(link, &stage.ticket, now, fresh()).await;
        assert_eq!(asked.err(), Some(LinkError::Refused(Refusal::Denied)));
    }
    // One whose ticket was refused has shown it all the same.
    let refused_there = stage.relay.connect().await;
    let unknown = Ticket::generate(&mut rng(fresh()));
    let asked = buy_on(&refused_there, &unknown, now, fresh()).await;
    assert_eq!(asked.err(), Some(LinkError::Refused(Refusal::BadTicket)));
    assert_eq!(mailbox.prove_fetch(&refused_there).await, refused(Refusal::Denied));
}

#[tokio::test]
async fn os_tok_024_revoked_over_and_unknown_tickets_buy_nothing() {
    let expires = HandClock::default().wall().plus_ms(DAY_MS);
    let stage = Stage::with(Terms { expires, ..TERMS }).await;
    let share = stage.ticket.share(&mut rng(1), false).unwrap();
    let tokens = stage.buy().await.expect("the twin");
    let office = stage.relay.running.office();
    assert_eq!(office.revoke(stage.ticket.id()).await, Ok(true));
    let bad = Some(LinkError::Refused(Refusal::BadTicket));
    for ticket in [&stage.ticket, &share, &Ticket::generate(&mut rng(2))] {
        assert_eq!(stage.buy_by(ticket).await.err(), bad);
    }
    assert!(office.tickets().await.unwrap()[0].revoked);
    let link = stage.relay.connect().await;
    assert!(spend(&link, &tokens[..1]).await.is_ok(), "what was issued before lives on");

    let other = ticket(&stage.relay, Terms { expires, ..TERMS }).await;
    assert!(stage.buy_by(&other).await.is_ok(), "the twin");
    stage.clock.pass(DAY_MS);
    assert_eq!(stage.buy_by(&other).await.err(), bad);
    let unknown = Ticket::generate(&mut rng(3)).id();
    assert_eq!(office.revoke(unknown).await, Ok(false));
}

#[tokio::test]
async fn os_tok_023_each_seat_has_its_allowance_each_day() {
    let stage = Stage::with(Terms { seats: 2, daily_batches: 1, ..TERMS }).await;
    let share = stage.ticket.share(&mut rng(1), false).unwrap();
    let late = stage.ticket.share(&mut rng(2), false).unwrap();
    let used = Some(LinkError::Refused(Refusal::AllowanceUsed));
    assert!(stage.buy().await.is_ok());
    assert_eq!(stage.buy().await.err(), used);
    assert!(stage.buy_by(&share).await.is_ok(), "another seat has its own");
    assert_eq!(stage.buy_by(&late).await.err(), used, "OS-TOK-020: two seats, and both are taken");
    stage.clock.pass(DAY_MS);
    assert!(stage.buy().await.is_ok(), "the next day");
    assert_eq!(stage.relay.running.office().tickets().await.unwrap()[0].seats_used, 2);
}

#[tokio::test]
async fn os_tok_022_a_request_for_a_batch_is_good_on_its_connection_only() {
    let stage = Stage::set().await;
    let (one, other) = (stage.relay.connect().await, stage.relay.connect().await);
    let order = Order::new(&mut rng(fresh())).unwrap();
    let request = stage.ticket.redeem(order.blinded(), &one.binding());
    let replayed = other.redeem(request.clone()).await;
    assert_eq!(replayed.err(), Some(LinkError::Refused(Refusal::BadTicket)));
    assert!(one.redeem(request).await.is_ok(), "the twin");
}

#[tokio::test]
async fn os_tok_031_a_token_seen_on_a_connection_is_good_on_no_other() {
    let stage = Stage::set().await;
    let tokens = stage.buy().await.unwrap();
    let (one, other) = (stage.relay.connect().await, stage.relay.connect().await);
    let seen = tokens[0].spend(&one.binding());
    assert_eq!(other.spend(vec![seen], None).await, refused(Refusal::BadToken));
    assert!(one.spend(vec![seen], None).await.is_ok(), "the twin: a refusal uses nothing up");
    let again = tokens[0].spend(&other.binding());
    assert_eq!(other.spend(vec![again], None).await, refused(Refusal::BadToken), "spent is spent");
    assert_eq!(one.spend(vec![seen], None).await, refused(Refusal::BadToken), "here, too");
}

#[tokio::test]
async fn os_tok_032_one_bad_token_spoils_a_spending_and_uses_up_none() {
    let stage = Stage::set().await;
    let tokens = stage.buy().await.unwrap();
    let link = stage.relay.connect().await;
    let good = |index: usize| tokens[index].spend(&link.binding());
    let forged = Token { nonce: [9; 32], ..good(0) };
    for bad in [vec![good(0), good(1), forged], vec![good(0), good(0)]] {
        assert_eq!(link.spend(bad, None).await, refused(Refusal::BadToken));
    }
    assert_eq!(link.spend(vec![good(2)], None).await, Ok(Credit::TOKEN));
    let with_spent = vec![good(0), good(2)];
    assert_eq!(link.spend(with_spent, None).await, refused(Refusal::BadToken));
    let twin = link.spend(vec![good(0), good(1)], None).await;
    assert_eq!(twin, Ok(Credit(3 * Credit::TOKEN.0)), "the twin");
}

#[tokio::test]
async fn os_tok_012_tokens_are_taken_in_their_week_and_the_next() {
    let stage = Stage::set().await;
    let to_next_week = |clock: &HandClock| {
        let now = clock.wall();
        clock.pass(Period::at(now).next().begins().since_ms(now));
    };
    let tokens = stage.buy().await.unwrap();
    to_next_week(&stage.clock);
    let link = stage.relay.connect().await;
    assert!(spend(&link, &tokens[..1]).await.is_ok(), "the next week");
    let newer = stage.buy().await.unwrap();
    assert_eq!(newer[0].period(), tokens[0].period().next());
    let mixed = [tokens[1].spend(&link.binding()), newer[0].spend(&link.binding())];
    assert_eq!(
        link.spend(mixed.into(), None).await,
        refused(Refusal::BadToken),
        "of one week each"
    );
    stage.clock.pass(WEEK_MS);
    assert_eq!(spend(&link, &tokens[1..2]).await, refused(Refusal::BadToken));
    assert!(spend(&link, &newer[..1]).await.is_ok(), "the twin");
}

#[tokio::test]
async fn os_tok_033_spent_tokens_are_forgotten_with_their_week_and_not_before() {
    let stage = Stage::set().await;
    let tokens = stage.buy().await.unwrap();
    let link = stage.relay.connect().await;
    spend(&link, &tokens[..3]).await.unwrap();
    let office = stage.relay.running.office();
    let remembered = || stage.relay.running.store().statistics().spent_tokens;
    for weeks in 0..=2 {
        office.tidy().await.unwrap();
        assert_eq!(remembered(), 3, "after {weeks} weeks");
        stage.clock.pass(WEEK_MS);
    }
    office.tidy().await.unwrap();
    assert_eq!(remembered(), 0);
    assert_eq!(spend(&link, &tokens[..1]).await, refused(Refusal::BadToken), "and not good again");
}

#[tokio::test]
async fn os_tok_033_a_clock_that_jumps_by_days_makes_no_spent_token_good_again() {
    let stage = Stage::set().await;
    let tokens = stage.buy().await.unwrap();
    let link = stage.relay.connect().await;
    spend(&link, &tokens[..1]).await.unwrap();
    let most_of_a_week = i64::try_from(6 * DAY_MS).unwrap();
    stage.clock.pass(WEEK_MS);
    stage.clock.turn(most_of_a_week);
    stage.relay.running.office().tidy().await.unwrap();
    stage.clock.turn(-most_of_a_week);
    assert_eq!(spend(&link, &tokens[..1]).await, refused(Refusal::BadToken));
    assert!(spend(&link, &tokens[1..2]).await.is_ok(), "the twin");
}

#[tokio::test]
async fn os_tok_035_who_has_a_token_can_pay_for_the_other_of_a_meeting() {
    let stage = Stage::set().await;
    let (host, guest) = (stage.relay.connect().await, stage.relay.connect().await);
    let (meeting, elsewhere) = (Mailbox::inbox(1), Mailbox::inbox(2));
    assert_eq!(meeting.deposit(&guest, numbered(1)).await, refused(Refusal::NoCredit));
    let toward = meeting.prove_fetch(&host).await.unwrap();
    let tokens = stage.buy().await.unwrap();
    let token = || tokens[0].spend(&host.binding());
    let nobodys = offshift_wire::relay::CapabilityId(9);
    let unproved = host.spend(vec![token()], Some(nobodys)).await;
    assert_eq!(unproved, refused(Refusal::NoCapability), "and the token is not used up");
    assert_eq!(host.spend(vec![token()], Some(toward)).await, Ok(Credit::TOKEN));
    assert!(meeting.deposit(&guest, numbered(1)).await.is_ok());
    assert_eq!(elsewhere.deposit(&guest, numbered(1)).await, refused(Refusal::NoCredit));
    assert_eq!(elsewhere.deposit(&host, numbered(1)).await, refused(Refusal::NoCredit));
    host.close().await;
    assert!(meeting.deposit(&guest, numbered(2)).await.is_ok(), "it is the mailbox's");
    stage.clock.pass(HOUR_MS);
    assert_eq!(meeting.deposit(&guest, numbered(3)).await, refused(Refusal::NoCredit));
}

#[tokio::test]
async fn os_tok_036_who_tries_one_bad_token_or_ticket_after_the_other_is_cut_off() {
    let stage = Stage::set().await;
    let guesser = stage.relay.connect().await;
    let period = Period::at(stage.clock.wall());
    let guess = |nonce| Token { period, nonce: [nonce; 32], tag: [0; 32] };
    for nonce in 1..u8::try_from(BAD_TRIES_MAX).unwrap() {
        let tried = guesser.spend(vec![guess(nonce)], None).await;
        assert_eq!(tried, refused(Refusal::BadToken), "the twin: a few are answered");
    }
    let _ = guesser.spend(vec![guess(99)], None).await;
    assert_eq!(guesser.closed().await, LinkError::Closed(Close::Limit));

    let guesser = stage.relay.connect().await;
    let unknown = Ticket::generate(&mut rng(fresh()));
    for _ in 0..BAD_TRIES_MAX {
        let _ = buy_on(&guesser, &unknown, stage.clock.wall(), fresh()).await;
    }
    assert_eq!(guesser.closed().await, LinkError::Closed(Close::Limit));
    let counts = stage.relay.running.counts();
    assert_eq!(counts.of(Count::RefusedTicket), u64::from(BAD_TRIES_MAX));
    assert_eq!(counts.of(Count::RefusedToken), u64::from(BAD_TRIES_MAX));
}

#[tokio::test]
async fn os_tok_044_an_open_relay_takes_no_ticket_and_no_token() {
    let (closed, open) = (Stage::set().await, LibraryRelay::in_memory());
    let tokens = closed.buy().await.unwrap();
    let link = open.connect().await;
    assert_eq!(link.said().access, Access::Open);
    let order = Order::new(&mut rng(fresh())).unwrap();
    let asked = link.redeem(closed.ticket.redeem(order.blinded(), &link.binding())).await;
    assert_eq!(asked.err(), Some(LinkError::Refused(Refusal::Denied)));
    assert_eq!(spend(&link, &tokens[..1]).await, refused(Refusal::Denied));
    let mailbox = Mailbox::channel(1);
    assert!(mailbox.deposit(&link, numbered(1)).await.is_ok(), "nothing costs there");
}

#[tokio::test]
async fn os_tok_037_a_full_mailbox_refuses_and_costs_nothing() {
    let clock: Arc<HandClock> = Arc::default();
    let limits = Limits { mailbox_bytes_max: 2 << 10, ..Limits::default() };
    let config = Config { limits, ..closed_config(clock.clone()) };
    let store = Arc::new(MemoryStore::with_clock(3 << 10, clock.clone()));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    let ticket = ticket(&relay, TERMS).await;
    let tokens = buy(&relay, &ticket, clock.wall(), fresh()).await.unwrap();
    let (link, full, other) = (relay.connect().await, Mailbox::channel(1), Mailbox::channel(2));
    let before = spend(&link, &tokens[..1]).await.unwrap();
    for number in 0..2 {
        full.deposit(&link, numbered(number)).await.expect("the twin");
    }
    assert_eq!(full.deposit(&link, numbered(2)).await, refused(Refusal::Full));
    assert!(other.deposit(&link, numbered(3)).await.is_ok(), "another mailbox has room");
    assert_eq!(
        other.deposit(&link, numbered(4)).await,
        refused(Refusal::Full),
        "the store has none"
    );
    let spent = spend(&link, &tokens[1..2]).await.unwrap();
    assert_eq!(spent, Credit(before.0 + Credit::TOKEN.0 - 3), "three deposits were paid");
}

#[tokio::test]
async fn os_tok_037_deposits_that_come_together_stop_at_the_mailboxs_limit() {
    let limits = Limits { mailbox_bytes_max: 4 << 10, ..Limits::default() };
    let config = Config { limits, ..Config::new(loopback()) };
    let store = Arc::new(MemoryStore::new(1 << 30));
    let relay = LibraryRelay::with(&config, RelayIdentity::generate().unwrap(), store);
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(1));
    let capability = mailbox.prove_deposit(&link).await.unwrap();
    let deposits = link.deposits();
    let all: Vec<_> =
        (0..8).map(|number| deposits.deposit(capability, Life::H1, numbered(number))).collect();
    let mut landed = Vec::new();
    for deposit in all {
        landed.push(deposit.await.is_ok());
    }
    assert_eq!(landed, [true, true, true, true, false, false, false, false]);
}

#[tokio::test]
async fn os_rel_050_a_relay_short_of_memory_takes_no_deposit_and_serves_readers() {
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(1));
    mailbox.deposit(&link, numbered(1)).await.expect("the twin");
    let short = Limits { memory_bytes_max: 1, ..Limits::default() };
    relay.running.reload(short, String::new());
    let refusal = async {
        loop {
            if let Err(error) = mailbox.deposit(&link, numbered(2)).await {
                return error;
            }
        }
    };
    let refusal = tokio::time::timeout(PATIENCE, refusal).await.expect("it looks each second");
    assert_eq!(refusal, LinkError::Refused(Refusal::Busy));
    assert!(!mailbox.read_all(&link).await.is_empty());
}

/// Opens the store in a directory, as a relay that starts does.
fn store_in(data: &std::path::Path) -> Arc<EmbeddedStore> {
    Arc::new(EmbeddedStore::open(Options::new(data.to_owned(), 1 << 30)).unwrap())
}

/// The disk of a relay that is killed now.
fn image_of(data: &std::path::Path) -> tempfile::TempDir {
    fn copy(from: &std::path::Path, to: &std::path::Path) {
        for entry in std::fs::read_dir(from).unwrap() {
            let (path, to) = {
                let entry = entry.unwrap();
                (entry.path(), to.join(entry.file_name()))
            };
            if path.is_dir() {
                std::fs::create_dir(&to).unwrap();
                copy(&path, &to);
            } else {
                std::fs::copy(&path, &to).unwrap();
            }
        }
    }
    let image = tempfile::tempdir().unwrap();
    copy(data, image.path());
    image
}

#[tokio::test]
async fn os_tok_032_os_tok_023_spent_tokens_and_used_allowance_survive_a_relay_that_is_killed() {
    let data = tempfile::tempdir().unwrap();
    let clock: Arc<HandClock> = Arc::default();
    let identity = RelayIdentity::generate().unwrap().to_pkcs8();
    let start = |data: &std::path::Path| {
        let identity = RelayIdentity::from_pkcs8(&identity).unwrap();
        LibraryRelay::with(&closed_config(clock.clone()), identity, store_in(data))
    };
    let first = start(data.path());
    let terms = Terms { daily_batches: 1, ..TERMS };
    let (kept, revoked) = (ticket(&first, terms).await, ticket(&first, terms).await);
    let tokens = buy(&first, &kept, clock.wall(), fresh()).await.unwrap();
    first.running.office().revoke(revoked.id()).await.unwrap();
    let link = first.connect().await;
    spend(&link, &tokens[..1]).await.unwrap();

    let image = image_of(data.path());
    let second = start(image.path());
    let link = second.connect().await;
    assert_eq!(spend(&link, &tokens[..1]).await, refused(Refusal::BadToken));
    assert!(spend(&link, &tokens[1..2]).await.is_ok(), "the twin: OS-TOK-010, the same key");
    let code = |tried: Result<_, LinkError>| tried.map(|_: Vec<Unspent>| ()).err();
    let again = buy(&second, &kept, clock.wall(), fresh()).await;
    assert_eq!(code(again), Some(LinkError::Refused(Refusal::AllowanceUsed)));
    let gone = buy(&second, &revoked, clock.wall(), fresh()).await;
    assert_eq!(code(gone), Some(LinkError::Refused(Refusal::BadTicket)));
    clock.pass(DAY_MS);
    assert!(buy(&second, &kept, clock.wall(), fresh()).await.is_ok());
}

#[tokio::test]
async fn os_tok_020_a_ticket_long_over_is_forgotten_with_its_seats() {
    let expires = UnixMillis(HandClock::default().wall().0 + DAY_MS);
    let stage = Stage::with(Terms { expires, ..TERMS }).await;
    stage.buy().await.unwrap();
    let (office, store) = (stage.relay.running.office(), stage.relay.running.store());
    let records = || async {
        let (tickets, seats) = (store.records("ticket/").await, store.records("seat/").await);
        (tickets.unwrap().len(), seats.unwrap().len())
    };
    stage.clock.pass(30 * DAY_MS);
    office.tidy().await.unwrap();
    assert_eq!(records().await, (1, 1), "the twin: it is still shown to the host");
    stage.clock.pass(DAY_MS);
    office.tidy().await.unwrap();
    assert_eq!(records().await, (0, 0));
    assert!(office.tickets().await.unwrap().is_empty());
}

#[tokio::test]
async fn tokens_that_a_relay_mints_for_its_own_check_are_as_good_as_any() {
    let stage = Stage::set().await;
    let tokens = stage.relay.running.office().mint(3).await.unwrap();
    assert_eq!(tokens.len(), 3);
    let link = stage.relay.connect().await;
    assert_eq!(spend(&link, &tokens).await, Ok(Credit(3 * Credit::TOKEN.0)));
}

#[tokio::test]
async fn os_tok_010_the_issuer_key_is_signed_by_the_relay_and_the_same_for_all() {
    let stage = Stage::set().await;
    let mut keys = Vec::new();
    for _ in 0..2 {
        let link = stage.relay.connect().await;
        let order = Order::new(&mut rng(fresh())).unwrap();
        let issued = link.redeem(stage.ticket.redeem(order.blinded(), &link.binding())).await;
        let key = issued.unwrap().key;
        assert!(link.relay_key().signed_issuer(&key));
        assert!(!ReceiptKey::from_seed(&[1; 32]).public().signed_issuer(&key), "the control");
        keys.push(key);
    }
    assert!(keys[0] == keys[1]);
}

#[tokio::test]
async fn limits_and_contact_change_while_the_relay_runs() {
    let relay = LibraryRelay::in_memory();
    let (link, mailbox) = (relay.connect().await, Mailbox::channel(1));
    mailbox.deposit(&link, numbered(1)).await.unwrap();
    let limits = Limits { mailbox_bytes_max: 1 << 10, ..Limits::default() };
    relay.running.reload(limits, "ask Ana".to_owned());
    assert_eq!(mailbox.deposit(&link, numbered(2)).await, refused(Refusal::Full));
    assert_eq!(relay.connect().await.said().contact, "ask Ana");
}
