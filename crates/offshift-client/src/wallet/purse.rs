//! What this device has at one relay: a ticket, unspent tokens, and when to ask for more.
//!
//! ```text
//! ticket --at drawn times, on its own connection--> 32 tokens --> stock --take: off the vault first--> a line spends them
//! ```
//! The times follow the clock, not the use (OS-TOK-041); only a stock that is low is refilled sooner, and a while later.

use std::collections::BTreeMap;

use offshift_access::{RelayKey, Ticket, Unspent};
use offshift_wire::{
    Malformed, RelayId, UnixMillis,
    relay::Access,
    token::{IssuerKey, Period},
};
use rand_core::Rng;

use super::statements::Statements;
use crate::limits::{
    DRY_MIN_MS, DRY_SPREAD_MS, HANDOUT_MIN_MS, HANDOUT_SPREAD_MS, NEW_DAY_SPREAD_MS,
    OVERDUE_MIN_MS, OVERDUE_SPREAD_MS, REFILL_MIN_MS, REFILL_SPREAD_MS, TOKENS_LOW, TOKENS_MAX,
};

const DAY_MS: u64 = 24 * 3_600_000;

/// What a relay said of itself at the latest connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Greeting {
    pub(crate) access: Access,
    pub(crate) contact: String,
    pub(crate) key: [u8; 32],
}

/// What became of the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Good {
    /// As far as is known.
    #[default]
    Yes,
    /// Its allowance is used, until then.
    Until(UnixMillis),
    /// The relay does not take it (any more).
    No,
}

/// Names a token in the vault: its week, its issuer key and itself, by their first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TokenName {
    pub(super) period: Period,
    pub(super) issuer: [u8; 8],
    nonce: [u8; 8],
}

/// Why a batch was not bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotFilled {
    /// The relay is open: there is nothing to buy.
    Open,
    /// Not this time.
    Passing,
    /// The allowance of the day is used.
    UsedUp,
    /// The ticket is not good.
    BadTicket,
    /// The proof or the signature is false.
    False,
    /// The relay's week is the one before this device's, or the one after.
    WrongClock,
    /// Somebody else answered in the relay's place. Not again while this program runs.
    Trust,
}

/// One relay's.
#[derive(Default)]
pub(crate) struct Purse {
    pub(super) ticket: Option<Ticket>,
    /// A share that somebody sent, and that has bought nothing yet; or the one before, when that one has proven itself.
    pub(super) second: Option<Ticket>,
    pub(super) good: Good,
    pub(super) greeting: Option<Greeting>,
    pub(super) tokens: BTreeMap<TokenName, Unspent>,
    pub(super) statements: Statements,
    /// When the next batch is to be bought.
    pub(super) next: UnixMillis,
    /// Whether that is sooner than planned.
    pub(super) is_hurried: bool,
    /// One is being bought.
    pub(super) is_buying: bool,
    /// With the second ticket.
    pub(super) is_trial: bool,
    /// Not before then, after a failure; not kept.
    pub(super) rests_until: UnixMillis,
    /// Until then a batch is fresh that came to an empty stock; not kept.
    fresh_until: UnixMillis,
    /// When the latest batch came whose proof was false.
    pub(super) false_at: Option<UnixMillis>,
    /// When the relay's week was not this device's: nothing is bought by a clock that is wrong.
    pub(super) wrong_clock: Option<UnixMillis>,
}

impl Purse {
    pub(crate) const fn ticket(&self) -> Option<&Ticket> {
        self.ticket.as_ref()
    }

    /// The ticket, unless the relay refused it.
    pub(super) fn good_ticket(&self) -> Option<&Ticket> {
        self.ticket().filter(|_| self.good != Good::No)
    }

    pub(crate) const fn good(&self) -> Good {
        self.good
    }

    pub(crate) const fn greeting(&self) -> Option<&Greeting> {
        self.greeting.as_ref()
    }

    pub(crate) fn needs_tickets(&self) -> bool {
        self.greeting.as_ref().is_some_and(|one| one.access == Access::Tickets)
    }

    pub(super) fn key(&self) -> Option<RelayKey> {
        self.greeting.as_ref().map(|one| RelayKey::from_bytes(one.key))
    }

    /// The issuer key that the relay gave this device last, as its present identity signed it: others verify by that one.
    pub(crate) fn issuer_key(&self) -> Option<IssuerKey> {
        self.statements.own(&self.key()?)
    }

    /// When a batch is to be bought, unless one is under way or none can be.
    pub(super) fn due(&self) -> Option<UnixMillis> {
        let may_buy = self.good_ticket().is_some() && !self.is_buying && self.wrong_clock.is_none();
        may_buy.then_some(self.next.max(self.rests_until))
    }

    /// Whether the clock was set, or another week began, since it seemed wrong (OS-TOK-048).
    pub(super) fn look_at_clock(&mut self, now: UnixMillis) {
        let same = |at: &UnixMillis| now >= *at && Period::at(now) == Period::at(*at);
        self.wrong_clock = self.wrong_clock.filter(same);
    }

    pub(crate) const fn has_wrong_clock(&self) -> bool {
        self.wrong_clock.is_some()
    }

    /// The ticket for a batch that is bought from now on: the second one, where it could do more than the first and has to
    /// prove that it is one.
    pub(super) fn begin(&mut self) -> Option<&Ticket> {
        let may_share = |ticket: &Option<Ticket>| ticket.as_ref().is_some_and(Ticket::may_share);
        self.is_buying = true;
        self.is_trial = may_share(&self.second) && !may_share(&self.ticket);
        if self.is_trial { self.second.as_ref() } else { self.ticket.as_ref() }
    }

    /// Looks whether a batch that comes now is one that lines may have waited for. The very first one is handed out at once: a
    /// person waits for it (OS-TOK-047).
    pub(super) fn note_fresh(&mut self, now: UnixMillis) {
        if self.next != UnixMillis(0) && !self.has_token(now) {
            self.fresh_until = now.plus_ms(HANDOUT_MIN_MS).plus_ms(HANDOUT_SPREAD_MS);
        }
    }

    /// Whether whoever asks for a token now must wait a while.
    pub(super) fn is_fresh(&self, now: UnixMillis) -> bool {
        now < self.fresh_until
    }

    /// The program was started: what should have been bought meanwhile is not bought in this moment, unless nothing is left.
    pub(super) fn rest_overdue(&mut self, now: UnixMillis, rng: &mut dyn Rng) {
        if self.next <= now && self.has_token(now) {
            self.next = now.plus_ms(OVERDUE_MIN_MS).plus_ms(below(rng, OVERDUE_SPREAD_MS));
        }
    }

    /// Whether it is time to ask for more though it is not the planned one.
    pub(super) fn is_low(&self, now: UnixMillis) -> bool {
        self.ticket.is_some() && !self.is_filling(now) && self.spendable(now).len() < TOKENS_LOW
    }

    /// A batch came: the second ticket, if it bought it, is the first now.
    pub(super) fn prove(&mut self) {
        if std::mem::take(&mut self.is_trial) {
            std::mem::swap(&mut self.ticket, &mut self.second);
        }
        self.good = Good::Yes;
    }

    /// Keeps a share beside a ticket that is good, unless one is kept that can do more, or is on trial at this moment.
    pub(super) fn keep_second(&mut self, share: Ticket) -> bool {
        let can_less = self.second.as_ref().is_none_or(|it| !it.may_share() || share.may_share());
        let is_kept = can_less && !self.is_trial;
        if is_kept {
            self.second = Some(share);
        }
        is_kept
    }

    /// The ticket that was tried is refused: what is left is the other one.
    fn refuse(&mut self) {
        if self.is_trial {
            self.second = None;
        } else if let Some(second) = self.second.take() {
            (self.ticket, self.next) = (Some(second), UnixMillis(0));
        } else {
            self.good = Good::No;
        }
    }

    /// Whether tokens come without anybody waiting for long.
    pub(super) fn is_filling(&self, now: UnixMillis) -> bool {
        self.is_buying || self.due().is_some_and(|due| due <= now)
    }

    /// Those that may be spent now, of the oldest week that has any: all tokens of one payment are of one week.
    fn spendable(&self, now: UnixMillis) -> Vec<TokenName> {
        let may_spend = |name: &&TokenName| {
            name.period.is_spendable_in(Period::at(now))
                && self.statements.may_spend(name.period, &name.issuer)
        };
        let mut all = self.tokens.keys().filter(may_spend).copied().peekable();
        let oldest = all.peek().map(|name| name.period);
        all.take_while(|name| Some(name.period) == oldest).collect()
    }

    /// Takes up to so many out that may be spent now, each drawn at random: in any order that the relay could work out of the
    /// nonces, each would tell how far the stock is used, and so which connections are of one device
    /// (OS-TOK-045).
    pub(super) fn draw(
        &mut self,
        count: usize,
        now: UnixMillis,
        rng: &mut dyn Rng,
    ) -> Vec<(TokenName, Unspent)> {
        let mut left = self.spendable(now);
        let names = (0..count.min(left.len())).filter_map(|_| drawn(&mut left, rng));
        let names: Vec<TokenName> = names.collect();
        let take = |name| Some((name, self.tokens.remove(&name)?));
        names.into_iter().filter_map(take).collect()
    }

    /// Drops what is over, and what is too many: of the oldest week, at random for the same reason.
    pub(super) fn drop_excess(&mut self, now: UnixMillis, rng: &mut dyn Rng) -> Vec<TokenName> {
        let all = || self.tokens.keys().copied();
        let is_over = |name: &TokenName| !name.period.is_spendable_in(Period::at(now));
        let (mut dropped, mut kept): (Vec<_>, Vec<_>) = all().partition(is_over);
        while kept.len() > TOKENS_MAX {
            let oldest = kept.first().map(|name| name.period);
            let (mut old, new) = kept.into_iter().partition(|name| Some(name.period) == oldest);
            dropped.extend(drawn(&mut old, rng));
            kept = [old, new].concat();
        }
        dropped.iter().for_each(|name| drop(self.tokens.remove(name)));
        dropped
    }

    /// Takes over what was kept under the relay's old identity: of two tickets the one that can do more, with its plan, and
    /// all else of both.
    pub(super) fn absorb(&mut self, mut old: Self) {
        self.tokens.append(&mut old.tokens);
        self.statements.absorb(std::mem::take(&mut old.statements));
        self.is_buying |= old.is_buying;
        if old.worth() > self.worth() {
            std::mem::swap(&mut self.ticket, &mut old.ticket);
            std::mem::swap(&mut self.good, &mut old.good);
            (self.next, self.is_hurried) = (old.next, old.is_hurried);
            self.rests_until = old.rests_until;
        }
        self.greeting = self.greeting.take().or(old.greeting);
        self.false_at = self.false_at.max(old.false_at);
        let other = old.ticket.filter(|_| old.good != Good::No);
        self.second = self.second.take().or(old.second).or(other);
    }

    /// Of tickets: none, one that is refused, one that is good, one that is good for others too.
    fn worth(&self) -> u8 {
        match (&self.ticket, self.good_ticket()) {
            (None, _) => 0,
            (Some(_), None) => 1,
            (_, Some(good)) => 2_u8.saturating_add(good.may_share().into()),
        }
    }

    /// Whether one may be spent now.
    pub(crate) fn has_token(&self, now: UnixMillis) -> bool {
        !self.spendable(now).is_empty()
    }

    /// Whether one could be spent now, if the relay had not given others another key (OS-TOK-042).
    pub(crate) fn has_odd_token(&self, now: UnixMillis) -> bool {
        let is_now = |name: &TokenName| name.period.is_spendable_in(Period::at(now));
        !self.has_token(now) && self.tokens.keys().any(is_now)
    }

    /// The next batch at its time, drawn as always (OS-TOK-041).
    pub(super) fn plan(&mut self, now: UnixMillis, rng: &mut dyn Rng) {
        self.next = now.plus_ms(REFILL_MIN_MS).plus_ms(below(rng, REFILL_SPREAD_MS));
        (self.is_hurried, self.is_buying) = (false, false);
        self.rests_until = UnixMillis(0);
    }

    /// There is little left: sooner, once. Tells whether that changed anything.
    pub(super) fn hurry(&mut self, now: UnixMillis, rng: &mut dyn Rng) -> bool {
        if self.is_hurried || self.good != Good::Yes {
            return false;
        }
        self.is_hurried = true;
        let sooner = now.plus_ms(DRY_MIN_MS).plus_ms(below(rng, DRY_SPREAD_MS));
        self.next = self.next.min(sooner);
        true
    }

    /// A batch was not bought.
    pub(super) fn fail(&mut self, why: NotFilled, now: UnixMillis, rng: &mut dyn Rng) {
        match why {
            NotFilled::Open => self.plan(now, rng),
            NotFilled::Passing => {
                self.rests_until = now.plus_ms(DRY_MIN_MS).plus_ms(below(rng, DRY_SPREAD_MS));
            }
            // A second one that buys nothing must not make the first one wait.
            NotFilled::UsedUp if self.is_trial => self.refuse(),
            NotFilled::UsedUp => {
                let today = now.0.checked_div(DAY_MS).unwrap_or_default();
                let tomorrow = UnixMillis(today.saturating_add(1).saturating_mul(DAY_MS));
                self.next = tomorrow.plus_ms(below(rng, NEW_DAY_SPREAD_MS));
                self.good = Good::Until(tomorrow);
            }
            NotFilled::BadTicket => self.refuse(),
            NotFilled::False => {
                (self.next, self.false_at) = (now.plus_ms(DAY_MS), Some(now));
            }
            NotFilled::WrongClock => self.wrong_clock = Some(now),
            NotFilled::Trust => self.rests_until = UnixMillis(u64::MAX),
        }
        (self.is_buying, self.is_trial) = (false, false);
    }
}

/// Takes one out at random.
fn drawn(names: &mut Vec<TokenName>, rng: &mut dyn Rng) -> Option<TokenName> {
    let limit = u64::try_from(names.len()).unwrap_or(u64::MAX);
    let at = usize::try_from(below(rng, limit)).unwrap_or_default();
    (at < names.len()).then(|| names.swap_remove(at))
}

fn below(rng: &mut dyn Rng, limit: u64) -> u64 {
    rng.next_u64().checked_rem(limit).unwrap_or_default()
}

impl TokenName {
    pub(super) fn of(token: &Unspent, issuer: &IssuerKey) -> Self {
        let [issuer @ .., _, _, _, _, _, _, _, _] =
            issuer.key.first_chunk::<16>().map_or([0; 16], |k| *k);
        let encoded = token.encode();
        let nonce = encoded.get(4..).and_then(|rest| rest.first_chunk::<8>());
        Self { period: token.period(), issuer, nonce: nonce.copied().unwrap_or_default() }
    }

    pub(super) fn text(&self) -> String {
        let number = u64::from_be_bytes;
        format!("{:08x}{:016x}{:016x}", self.period.0, number(self.issuer), number(self.nonce))
    }

    pub(super) fn parse(text: &str) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("token's name");
        let part = |from: usize, to: usize| text.get(from..to).ok_or(BAD);
        let number = |text: &str| u64::from_str_radix(text, 16).map_err(|_| BAD);
        let period = u32::from_str_radix(part(0, 8)?, 16).map_err(|_| BAD)?;
        let (issuer, nonce) = (number(part(8, 24)?)?, number(part(24, 40)?)?);
        Ok(Self {
            period: Period(period),
            issuer: issuer.to_be_bytes(),
            nonce: nonce.to_be_bytes(),
        })
    }
}

impl Greeting {
    pub(super) fn encode(&self) -> Vec<u8> {
        let access = u8::from(self.access == Access::Tickets);
        [&[access], &self.key[..], self.contact.as_bytes()].concat()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("greeting");
        let ([access], rest) = bytes.split_first_chunk::<1>().ok_or(BAD)?;
        let (key, contact) = rest.split_first_chunk::<32>().ok_or(BAD)?;
        let access = if *access == 1 { Access::Tickets } else { Access::Open };
        let contact = std::str::from_utf8(contact).map_err(|_| BAD)?.to_owned();
        Ok(Self { access, contact, key: *key })
    }
}

/// Where what a relay's purse holds is in the vault.
pub(super) fn place(relay: &RelayId, what: &str) -> String {
    format!("{}{}/{what}", super::WALLET, relay.hex())
}
