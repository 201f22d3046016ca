//! Paying for deposits at a relay that asks for tickets (`proto/spec/tokens.md`).
//!
//! ```text
//! short of credit -> tokens here? -- yes --> Spend -> credit of this connection, or of the mailbox of who is met
//!                                 \-- no --> the engine is asked; until it answers, deposits wait in their order
//! ```
//! What there is left is counted here, never higher than the relay counts: a deposit under way is paid for, and one that
//! was refused is not. Tokens that the relay did not take wait here for another try.
//!
//! Never: a token on a second connection. One whose answer did not come is lost.

use std::sync::Arc;

use offshift_access::Unspent;
use offshift_link::{Link, LinkError, backoff::Backoff};
use offshift_wire::{
    Life, SizeClass,
    code::Refusal,
    limits::SPEND_TOKENS_MAX,
    relay::{Access, CapabilityId},
    token::Credit,
};
use rand_chacha::ChaCha20Rng;
use tokio::time::{Instant, timeout};

use super::Shared;
use crate::limits::{ANSWER, UNPAID_MAX};

/// What is left to pay with on one connection.
pub(super) struct Till {
    is_open: bool,
    credit: Credit,
    is_paying: bool,
    /// Refusals for want of credit in a row.
    unpaid: u32,
    backoff: Backoff,
    rests_until: Option<Instant>,
    /// Seen by the relay, on this connection, and not taken. A try on another one would tie both together.
    refused: Vec<Unspent>,
    /// The relay would not let this device pay for another; its own deposits come first, if there are any.
    is_own_turn: bool,
}

/// A payment to make.
pub(super) struct Payment {
    tokens: Vec<Unspent>,
    toward: Option<CapabilityId>,
}

/// A payment that was tried.
pub(super) struct Paid {
    payment: Payment,
    outcome: Result<Credit, LinkError>,
}

impl Till {
    pub(super) fn of(link: &Link) -> Self {
        Self::at(link.said().access)
    }

    fn at(access: Access) -> Self {
        Self {
            is_open: access == Access::Open,
            credit: Credit::default(),
            is_paying: false,
            unpaid: 0,
            backoff: Backoff::new(),
            rests_until: None,
            refused: Vec::new(),
            is_own_turn: false,
        }
    }

    /// Pays for a deposit, if there is enough; tells what was taken for it, or what is missing.
    pub(super) fn pay(&mut self, size: SizeClass, life: Life) -> Result<Credit, Credit> {
        let cost = Credit::cost(size, life);
        if self.is_open {
            return Ok(Credit(0));
        }
        self.credit = self.credit.minus(cost).ok_or(cost)?;
        Ok(cost)
    }

    /// The relay refused what was paid for, and took nothing (OS-TOK-034).
    pub(super) fn put_back(&mut self, taken: Credit) {
        self.credit = self.credit.plus(taken);
    }

    /// What to do when so much is missing: pay now, or ask the engine for so many tokens.
    pub(super) fn settle(
        &mut self,
        missing: Credit,
        shared: &Shared,
    ) -> (Option<Payment>, Option<usize>) {
        if self.is_open || self.is_paying || self.rests_until.is_some() {
            return (None, None);
        }
        let wanted = &mut *shared.wanted();
        let own = usize::try_from(missing.tokens()).unwrap_or(usize::MAX).min(SPEND_TOKENS_MAX);
        let needed = own.saturating_add(usize::from(wanted.to_sponsor.is_some()));
        if needed == 0 {
            return (None, None);
        }
        if self.refused.is_empty() && wanted.tokens.is_empty() {
            let asks = !wanted.asked && !wanted.dry;
            wanted.asked |= asks;
            return (None, asks.then_some(needed));
        }
        self.is_paying = true;
        // Who is met waits for it, and may have nothing else to pay with.
        let toward = if self.is_own_turn && own > 0 { None } else { wanted.to_sponsor.take() };
        let count = if toward.is_some() { 1 } else { own };
        let from = if self.refused.is_empty() { &mut wanted.tokens } else { &mut self.refused };
        (Some(Payment { tokens: take_of_one_week(from, count), toward }), None)
    }

    /// Learns from a payment; tells how it breaks the connection, if it does.
    pub(super) fn handle_paid(
        &mut self,
        paid: Paid,
        shared: &Shared,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), LinkError> {
        self.is_paying = false;
        let Payment { tokens, toward } = paid.payment;
        match paid.outcome {
            Ok(_) => {
                self.is_own_turn = false;
                if toward.is_none() {
                    self.credit = self.credit.plus(worth(&tokens));
                }
                self.backoff.succeeded();
                return Ok(());
            }
            // They cost the relay work: others are tried later, not at once.
            Err(LinkError::Refused(Refusal::BadToken)) => {}
            // None was taken (OS-TOK-032). These are tried again, before others.
            Err(LinkError::Refused(refusal)) => {
                self.refused.extend(tokens);
                if may_change(refusal) && toward.is_some() {
                    self.is_own_turn = true;
                    let to_sponsor = &mut shared.wanted().to_sponsor;
                    *to_sponsor = to_sponsor.or(toward);
                }
            }
            Err(error) => return Err(error),
        }
        self.rests_until = Some(Instant::now() + self.backoff.failed(rng));
        Ok(())
    }

    /// The relay took a deposit.
    pub(super) const fn was_enough(&mut self) {
        self.unpaid = 0;
    }

    /// The relay says that there is not enough. Tells whether paying again may help.
    pub(super) const fn was_not_enough(&mut self) -> bool {
        self.credit = Credit(0);
        self.unpaid = self.unpaid.saturating_add(1);
        self.unpaid <= UNPAID_MAX
    }

    pub(super) const fn rests_until(&self) -> Option<Instant> {
        self.rests_until
    }

    pub(super) fn release_due(&mut self, now: Instant) {
        self.rests_until = self.rests_until.filter(|until| *until > now);
    }
}

/// What is spent together is of one week.
fn take_of_one_week(tokens: &mut Vec<Unspent>, count: usize) -> Vec<Unspent> {
    let week = tokens.first().map(Unspent::period);
    let same = tokens.iter().take(count).take_while(|token| Some(token.period()) == week).count();
    tokens.drain(..same).collect()
}

fn worth(tokens: &[Unspent]) -> Credit {
    Credit(Credit::TOKEN.0.saturating_mul(tokens.len() as u64))
}

/// Whether the relay may say something else to the same payment later.
const fn may_change(refusal: Refusal) -> bool {
    matches!(refusal, Refusal::Busy | Refusal::Full | Refusal::Stopping | Refusal::Failed)
}

/// Makes a payment. Its tokens are of no use on another connection from here on (OS-TOK-040).
pub(super) async fn pay(link: Arc<Link>, payment: Payment) -> Paid {
    let binding = link.binding();
    let tokens = payment.tokens.iter().map(|token| token.spend(&binding)).collect();
    let outcome = timeout(ANSWER, link.spend(tokens, payment.toward)).await;
    Paid { payment, outcome: outcome.unwrap_or(Err(LinkError::Unreachable)) }
}

#[cfg(test)]
mod tests {
    use rand_core::SeedableRng;

    use super::*;

    fn till() -> Till {
        Till::at(Access::Tickets)
    }

    fn token(week: u32, number: u8) -> Unspent {
        let bytes = [&week.to_be_bytes()[..], &[number; 32], &[0; 64]].concat();
        Unspent::decode(&bytes).unwrap()
    }

    /// Which tokens, by their last nonce byte.
    fn numbers(tokens: &[Unspent]) -> Vec<u8> {
        tokens.iter().map(|token| token.encode()[4]).collect()
    }

    fn refuses(till: &mut Till, shared: &Shared, payment: Payment, refusal: Refusal) {
        let paid = Paid { payment, outcome: Err(LinkError::Refused(refusal)) };
        till.handle_paid(paid, shared, &mut ChaCha20Rng::from_seed([1; 32])).unwrap();
        till.rests_until = None;
    }

    #[test]
    fn os_tok_032_tokens_that_the_relay_did_not_take_are_tried_again_on_this_connection() {
        let (mut till, shared) = (till(), Shared::default());
        shared.wanted().tokens = vec![token(5, 1), token(5, 2), token(6, 3)];
        for refusal in [Refusal::Busy, Refusal::Full, Refusal::Stopping, Refusal::Failed] {
            let (payment, short) = till.settle(Credit(1), &shared);
            let payment = payment.unwrap();
            assert_eq!((numbers(&payment.tokens), short), (vec![1], None), "{refusal:?}");
            refuses(&mut till, &shared, payment, refusal);
        }
        assert_eq!(shared.wanted().tokens.len(), 2, "no other token was touched");
        // The control: one that is not good is not tried again.
        let payment = till.settle(Credit(1), &shared).0.unwrap();
        refuses(&mut till, &shared, payment, Refusal::BadToken);
        let payment = till.settle(Credit(1), &shared).0.unwrap();
        assert_eq!(numbers(&payment.tokens), [2]);
        let paid = Paid { payment, outcome: Ok(Credit::TOKEN) };
        till.handle_paid(paid, &shared, &mut ChaCha20Rng::from_seed([1; 32])).unwrap();
        assert!(till.credit == Credit::TOKEN && till.refused.is_empty());
    }

    #[test]
    fn os_tok_035_who_may_not_pay_for_another_now_pays_for_itself_and_then_tries_again() {
        let (mut till, shared) = (till(), Shared::default());
        let other = CapabilityId(7);
        shared.wanted().tokens = vec![token(5, 1), token(5, 2)];
        shared.wanted().to_sponsor = Some(other);
        let payment = till.settle(Credit(1), &shared).0.unwrap();
        assert_eq!(payment.toward, Some(other), "who is met comes first");
        refuses(&mut till, &shared, payment, Refusal::Busy);
        let payment = till.settle(Credit(1), &shared).0.unwrap();
        assert_eq!((payment.toward, numbers(&payment.tokens)), (None, vec![1]));
        let paid = Paid { payment, outcome: Ok(Credit::TOKEN) };
        till.handle_paid(paid, &shared, &mut ChaCha20Rng::from_seed([1; 32])).unwrap();
        let payment = till.settle(Credit(0), &shared).0.unwrap();
        assert_eq!((payment.toward, numbers(&payment.tokens)), (Some(other), vec![2]));
    }

    #[test]
    fn os_tok_034_what_a_refused_deposit_took_pays_for_its_next_try() {
        let mut till = till();
        till.put_back(Credit::TOKEN);
        let pay = |till: &mut Till| till.pay(SizeClass::ALL[0], Life::D7);
        for _ in 0..1_000 {
            let taken = pay(&mut till).unwrap();
            till.put_back(taken);
        }
        assert_eq!(till.credit, Credit::TOKEN);
        while pay(&mut till).is_ok() {}
        assert!(pay(&mut till).is_err(), "the control: what was taken is gone");
    }
}
