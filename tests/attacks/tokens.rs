//! Who attacks a relay's tokens, and a relay that attacks those who use them.

use std::{
    collections::{HashSet, VecDeque},
    convert::Infallible,
    sync::Arc,
};

use bytes::BytesMut;
use offshift_access::{Order, Ticket, Unspent};
use offshift_link::{Link, LinkError};
use offshift_relay::{
    counts::Count,
    limits::BAD_TRIES_MAX,
    office::Terms,
    store::{Store, clock::Clock},
};
use offshift_tests::{
    clock::HandClock,
    relay::{LibraryRelay, Mailbox, number_of, numbered, numbered_of},
    tickets::{TERMS, buy, closed_relay, refused, rng, spend, ticket},
};
use offshift_wire::{
    Life, SizeClass, UnixMillis,
    code::{Close, Refusal},
    limits::{SPEND_TOKENS_MAX, TOKEN_BATCH},
    relay::{Request, Response},
    token::{Batch, ElementBytes, Period, Token},
};
use rand_chacha::ChaCha20Rng;
use rand_core::{CryptoRng, Rng, TryCryptoRng, TryRng};

/// A source that switches blinding off: where a scalar is drawn it gives one, elsewhere what it was given.
struct Unblinding(VecDeque<[u8; 32]>);

impl TryRng for Unblinding {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("bytes are drawn")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("bytes are drawn")
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
        match to.len() {
            64 => {
                to.fill(0);
                to[0] = 1;
            }
            _ => to.copy_from_slice(&self.0.pop_front().expect("nonces enough")),
        }
        Ok(())
    }
}

impl TryCryptoRng for Unblinding {}

fn nonces(rng: &mut ChaCha20Rng) -> VecDeque<[u8; 32]> {
    let nonce = |_| {
        let mut nonce = [0; 32];
        rng.fill_bytes(&mut nonce);
        nonce
    };
    (0..TOKEN_BATCH).map(nonce).collect()
}

/// What a curious relay works out for itself: the elements of nonces. (An unblinded element is just that.)
fn hashed_to_the_group(nonces: &[[u8; 32]]) -> Vec<ElementBytes> {
    let of_chunk = |chunk: &[[u8; 32]]| {
        let mut nonces: VecDeque<_> = chunk.iter().copied().collect();
        nonces.resize(TOKEN_BATCH, [0; 32]);
        let order = Order::new(&mut Unblinding(nonces)).unwrap();
        order.blinded()[..chunk.len()].to_vec()
    };
    nonces.chunks(TOKEN_BATCH).flat_map(of_chunk).collect()
}

/// All that a relay sees of tickets and tokens.
#[derive(Default)]
struct Seen {
    issued: Vec<u8>,
    elements: HashSet<ElementBytes>,
    spent: Vec<u8>,
    nonces: Vec<[u8; 32]>,
}

impl Seen {
    fn request(into: &mut Vec<u8>, request: &Request) {
        let mut frame = BytesMut::new();
        request.put_frame(&mut frame);
        into.extend(frame);
    }

    fn response(into: &mut Vec<u8>, response: &Response) {
        let mut frame = BytesMut::new();
        response.put_frame(&mut frame);
        into.extend(frame);
    }

    /// Buys a batch that was blinded with this randomness.
    async fn buy(
        &mut self,
        relay: &LibraryRelay,
        ticket: &Ticket,
        now: UnixMillis,
        rng: &mut dyn CryptoRng,
    ) -> Vec<Unspent> {
        let link = relay.connect().await;
        let order = Order::new(rng).unwrap();
        let redeem = ticket.redeem(order.blinded(), &link.binding());
        let issued = link.redeem(redeem.clone()).await.unwrap();
        let both: [&Batch; 2] = [&redeem.blinded, &issued.evaluated];
        self.elements.extend(both.into_iter().flatten());
        let tokens = order.finish(&issued, &link.relay_key(), now).unwrap();
        Self::request(&mut self.issued, &Request::Redeem(redeem));
        Self::response(&mut self.issued, &Response::Issued(issued));
        link.close().await;
        tokens
    }

    async fn spend(&mut self, relay: &LibraryRelay, tokens: &[Unspent]) {
        let link = relay.connect().await;
        let tokens: Vec<_> = tokens.iter().map(|token| token.spend(&link.binding())).collect();
        self.nonces.extend(tokens.iter().map(|token| token.nonce));
        let credit = link.spend(tokens.clone(), None).await.unwrap();
        Self::request(&mut self.spent, &Request::Spend { tokens, toward: None });
        Self::response(&mut self.spent, &Response::Credited(credit));
    }

    /// Spent tokens that an element of an issue is the element of.
    fn linked(&self) -> usize {
        let hashed = hashed_to_the_group(&self.nonces);
        hashed.iter().filter(|element| self.elements.contains(*element)).count()
    }

    /// Whether eight bytes of the issue are anywhere in the spending.
    fn shares_a_value(issued: &[u8], spent: &[u8]) -> bool {
        let windows: HashSet<&[u8]> = issued.windows(8).collect();
        spent.windows(8).any(|window| windows.contains(window))
    }
}

const BUYERS: u64 = 3;

/// What a relay sees while some buy a batch each and spend all of it elsewhere.
async fn watched(blinds: impl Fn(u64) -> Box<dyn CryptoRng>) -> Seen {
    let clock: Arc<HandClock> = Arc::default();
    let relay = closed_relay(clock.clone());
    let ticket = ticket(&relay, TERMS).await;
    let mut seen = Seen::default();
    let mut bought = Vec::new();
    for buyer in 0..BUYERS {
        let share = ticket.share(&mut rng(buyer), false).unwrap();
        bought.push(seen.buy(&relay, &share, clock.wall(), &mut *blinds(buyer)).await);
    }
    for tokens in bought {
        for some in tokens.chunks(8) {
            seen.spend(&relay, some).await;
        }
    }
    seen
}

#[tokio::test]
async fn ro_10_what_a_relay_sees_of_issue_and_spending_shares_no_value() {
    let seen = watched(|buyer| Box::new(rng(100 + buyer))).await;
    let all = usize::try_from(BUYERS).unwrap() * TOKEN_BATCH;
    assert_eq!(seen.nonces.len(), all);
    assert!(!Seen::shares_a_value(&seen.issued, &seen.spent));
    assert_eq!(seen.linked(), 0, "a relay that works the elements of all nonces out finds none");

    // The controls: a spending that carried what was bought would be found, and so is each token whose blind is one.
    let careless = [&seen.spent[..], &seen.issued[40..48]].concat();
    assert!(Seen::shares_a_value(&seen.issued, &careless));
    let unblinded = watched(|buyer| Box::new(Unblinding(nonces(&mut rng(100 + buyer))))).await;
    assert_eq!(unblinded.linked(), all, "without blinding every token is linked");
}

/// 30 connections, each cut off after its eighth try: 7,680 tokens, half of them junk and half spent before. The million
/// is counted where they arrive: `crates/offshift-relay/src/office/tests.rs`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn da_84_floods_of_junk_and_spent_tokens_are_cut_off_and_others_are_served() {
    let clock: Arc<HandClock> = Arc::default();
    let relay = closed_relay(clock.clone());
    let ticket = ticket(&relay, TERMS).await;
    let week = Period::at(clock.wall());
    let spent = buy(&relay, &ticket, clock.wall(), 1).await.unwrap();
    let own = buy(&relay, &ticket, clock.wall(), 2).await.unwrap();
    let (honest, mailbox) = (relay.connect().await, Mailbox::channel(1));
    spend(&honest, &own[..1]).await.expect("the twin");
    let first = relay.connect().await;
    spend(&first, &spent).await.unwrap();
    let taken = || relay.running.counts().of(Count::Spent);
    let before = taken();
    for flooder in 0..30u8 {
        let link = relay.connect().await;
        for number in 0..BAD_TRIES_MAX {
            let again = || spent.iter().map(|token| token.spend(&link.binding())).collect();
            let junk = |at: u8| Token { period: week, nonce: [at; 32], tag: [flooder; 32] };
            let tokens: Vec<_> =
                if number % 2 == 0 { again() } else { (100..132).map(junk).collect() };
            assert_eq!(tokens.len(), SPEND_TOKENS_MAX);
            let tried = link.spend(tokens, None).await;
            let cut_off = Err(LinkError::Closed(Close::Limit));
            assert!(tried == refused(Refusal::BadToken) || tried == cut_off, "{tried:?}");
        }
        assert_eq!(link.closed().await, LinkError::Closed(Close::Limit));
        mailbox.deposit(&honest, numbered(flooder.into())).await.expect("others are served");
    }
    assert_eq!(taken(), before, "none was taken");
    assert_eq!(relay.running.store().statistics().spent_tokens, 33);
}

/// Deposits the largest envelopes for a week until the relay takes no more; how many it took.
async fn flood(link: &Link, channel: &Mailbox) -> (usize, LinkError) {
    let capability = channel.prove_deposit(link).await.unwrap();
    let deposits = link.deposits();
    let mut landed = 0;
    loop {
        let garbage = numbered_of(SizeClass::K256, u64::MAX);
        match deposits.deposit(capability, Life::D7, garbage).await {
            Ok(_) => landed += 1,
            Err(error) => return (landed, error),
        }
    }
}

#[tokio::test]
async fn ei_39_who_floods_a_channel_burns_its_own_credit_and_nobody_elses() {
    let clock: Arc<HandClock> = Arc::default();
    let relay = closed_relay(clock.clone());
    let ticket = ticket(&relay, Terms { daily_batches: 1, ..TERMS }).await;
    let infiltrators = ticket.share(&mut rng(1), false).unwrap();
    let members = ticket.share(&mut rng(2), false).unwrap();
    let channel = Mailbox::channel(1);
    let of_member = buy(&relay, &members, clock.wall(), 3).await.unwrap();
    let of_infiltrator = buy(&relay, &infiltrators, clock.wall(), 4).await.unwrap();
    let (member, infiltrator) = (relay.connect().await, relay.connect().await);
    spend(&member, &of_member[..1]).await.unwrap();
    spend(&infiltrator, &of_infiltrator).await.unwrap();

    let (landed, end) = flood(&infiltrator, &channel).await;
    assert_eq!((landed, end), (TOKEN_BATCH, LinkError::Refused(Refusal::NoCredit)));
    let more = buy(&relay, &infiltrators, clock.wall(), 5).await;
    assert_eq!(more.err(), Some(LinkError::Refused(Refusal::AllowanceUsed)), "its day is over");
    // The twin: the removal lands, behind all of it, and is read.
    let removal =
        channel.deposit(&member, numbered(7)).await.expect("the member's credit is its own");
    let read = channel.read_all(&relay.connect().await).await;
    assert_eq!(read.len(), landed + 1);
    let (position, envelope) = read.last().unwrap();
    assert_eq!((*position, number_of(envelope)), (removal, 7));
}
