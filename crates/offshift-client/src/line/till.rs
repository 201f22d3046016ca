//! Paying for deposits at a relay that asks for tickets (`proto/spec/tokens.md`).
//!
//! ```text
//! short of credit -> tokens here? -- yes --> Spend -> credit of this connection, or of the mailbox of who is met
//!                                 \-- no --> the engine is asked; until it answers, deposits wait in their order
//! ```
//! What there is left is counted here, never higher than the relay counts: a deposit under way is paid for.
//!
//! Never: a token on a second connection. One whose answer did not come is lost.

use std::sync::Arc;

use offshift_access::Unspent;
use offshift_link::{Link, LinkError, backoff::Backoff};
use offshift_wire::{
    Life, SizeClass,
    limits::SPEND_TOKENS_MAX,
    relay::{Access, CapabilityId},
    token::Credit,
};
use rand_chacha::ChaCha20Rng;
use tokio::time::{Instant, timeout};

use super::{Shared, Wanted};
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
}

/// A payment to make.
pub(super) struct Payment {
    tokens: Vec<Unspent>,
    toward: Option<CapabilityId>,
}

/// A payment that was tried.
pub(super) struct Paid {
    /// What this connection gets.
    own: Credit,
    outcome: Result<Credit, LinkError>,
}

impl Till {
    pub(super) fn of(link: &Link) -> Self {
        Self {
            is_open: link.said().access == Access::Open,
            credit: Credit::default(),
            is_paying: false,
            unpaid: 0,
            backoff: Backoff::new(),
            rests_until: None,
        }
    }

    /// Pays for a deposit, if there is enough.
    pub(super) fn pay(&mut self, size: SizeClass, life: Life) -> Result<(), Credit> {
        let cost = Credit::cost(size, life);
        if self.is_open {
            return Ok(());
        }
        self.credit = self.credit.minus(cost).ok_or(cost)?;
        Ok(())
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
        if wanted.tokens.is_empty() {
            let asks = !wanted.asked && !wanted.dry;
            wanted.asked |= asks;
            return (None, asks.then_some(needed));
        }
        self.is_paying = true;
        // Who is met waits for it, and may have nothing else to pay with.
        let toward = wanted.to_sponsor.take();
        let count = if toward.is_some() { 1 } else { own };
        (Some(Payment { tokens: take_of_one_week(wanted, count), toward }), None)
    }

    /// Learns from a payment; tells how it breaks the connection, if it does.
    pub(super) fn handle_paid(
        &mut self,
        paid: Paid,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), LinkError> {
        self.is_paying = false;
        match paid.outcome {
            Ok(_) => {
                self.credit = self.credit.plus(paid.own);
                self.backoff.succeeded();
                Ok(())
            }
            // Tokens that are not good cost the relay work: others are tried later, not at once.
            Err(LinkError::Refused(_)) => {
                self.rests_until = Some(Instant::now() + self.backoff.failed(rng));
                Ok(())
            }
            Err(error) => Err(error),
        }
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
fn take_of_one_week(wanted: &mut Wanted, count: usize) -> Vec<Unspent> {
    let week = wanted.tokens.first().map(Unspent::period);
    let tokens = &mut wanted.tokens;
    let same = tokens.iter().take(count).take_while(|token| Some(token.period()) == week).count();
    tokens.drain(..same).collect()
}

/// Makes a payment. Its tokens are of no other use from here on (OS-TOK-040).
pub(super) async fn pay(link: Arc<Link>, payment: Payment) -> Paid {
    let Payment { tokens, toward } = payment;
    let worth = Credit::TOKEN.0.saturating_mul(tokens.len() as u64);
    let own = if toward.is_some() { Credit(0) } else { Credit(worth) };
    let binding = link.binding();
    let tokens = tokens.into_iter().map(|token| token.spend(&binding)).collect();
    let outcome = timeout(ANSWER, link.spend(tokens, toward)).await;
    Paid { own, outcome: outcome.unwrap_or(Err(LinkError::Unreachable)) }
}
