//! The wallet: tickets and tokens of a profile, for each relay that asks for them (`proto/spec/tokens.md`).
//!
//! ```text
//! code | Welcome -> ticket -> due -> [redeem: a connection of its own] -> filled -> tokens -> take -> a line
//! ```
//! It says what to record; the engine records it before it does anything (N10).
//!
//! Never: a token that leaves before the vault has forgotten it: a crash must not spend it twice, on two connections, which
//! would tell that both are of one device.

mod purse;
mod statements;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use offshift_access::{Ticket, Unspent};
use offshift_protocol::Change;
use offshift_wire::{
    Malformed, MemberId, RelayId, UnixMillis,
    token::{IssuerKey, Period},
};
use rand_core::Rng;
use zeroize::Zeroizing;

pub(crate) use purse::{Good, Greeting, NotFilled, Purse};
use purse::{TokenName, place};
pub(crate) use statements::TwoKeys;
use statements::{Holder, Statements};

/// Where all of it is in the vault.
pub(crate) const WALLET: &str = "wallet/";

/// All purses.
#[derive(Default)]
pub(crate) struct Wallet {
    purses: BTreeMap<RelayId, Purse>,
    lies: BTreeMap<(RelayId, Period), (UnixMillis, TwoKeys)>,
}

/// Tokens for a line, and what is to be recorded before it gets them.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) tokens: Vec<Unspent>,
    pub(crate) changes: Vec<Change>,
}

/// What is to be recorded, and what was found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) changes: Vec<Change>,
    pub(crate) lie: Option<(UnixMillis, TwoKeys)>,
}

impl Wallet {
    /// From the records under [`WALLET`].
    pub(crate) fn load<'a>(
        records: impl Iterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Self, Malformed> {
        let mut wallet = Self::default();
        for (key, value) in records {
            wallet.load_record(key, value)?;
        }
        Ok(wallet)
    }

    fn load_record(&mut self, key: &str, value: &[u8]) -> Result<(), Malformed> {
        const BAD: Malformed = Malformed("wallet");
        let rest = key.strip_prefix(WALLET).ok_or(BAD)?;
        let (relay, what) = rest.split_once('/').ok_or(BAD)?;
        let relay = RelayId::from_hex(relay)?;
        if let Some(period) = what.strip_prefix("lie/") {
            let period = u32::from_str_radix(period, 16).map_err(|_| BAD)?;
            let (at, two) = value.split_first_chunk().ok_or(BAD)?;
            let lie = (UnixMillis(u64::from_be_bytes(*at)), TwoKeys::decode(two)?);
            self.lies.insert((relay, Period(period)), lie);
            return Ok(());
        }
        let purse = self.purses.entry(relay).or_default();
        match what.split_once('/') {
            Some(("token", name)) => {
                purse.tokens.insert(TokenName::parse(name)?, Unspent::decode(value)?);
            }
            None if what == "ticket" => purse.ticket = Some(Ticket::decode(value)?),
            None if what == "second" => purse.second = Some(Ticket::decode(value)?),
            None if what == "false" => purse.false_at = Some(decode_time(value)?),
            None if what == "clock" => purse.wrong_clock = Some(decode_time(value)?),
            None if what == "greeting" => purse.greeting = Some(Greeting::decode(value)?),
            None if what == "keys" => purse.statements = Statements::decode(value)?,
            None if what == "plan" => decode_plan(purse, value)?,
            _ => return Err(BAD),
        }
        Ok(())
    }

    /// What there is at a relay.
    pub(crate) fn purse(&self, relay: &RelayId) -> Option<&Purse> {
        self.purses.get(relay)
    }

    /// The person's own ticket, in the place of what was there. The first batch is bought at once (OS-TOK-041).
    pub(crate) fn add_ticket(&mut self, relay: RelayId, ticket: Ticket) -> Vec<Change> {
        let purse = self.purses.entry(relay).or_default();
        let value = ticket.encode();
        (purse.ticket, purse.is_trial) = (Some(ticket), false);
        (purse.good, purse.next, purse.rests_until) = (Good::Yes, UnixMillis(0), UnixMillis(0));
        let ticket = Change::Put { key: place(&relay, "ticket"), value };
        vec![ticket, put_plan(&relay, purse)]
    }

    /// A share that came with a Welcome (OS-TOK-043). A ticket that is good stays in its place: whoever sends a Welcome must not
    /// be able to put something useless there (OS-TOK-046).
    pub(crate) fn add_share(&mut self, relay: RelayId, share: Ticket) -> Vec<Change> {
        match self.purses.get_mut(&relay) {
            Some(purse) if purse.good_ticket().is_some() => {
                let value = share.encode();
                let second = Change::Put { key: place(&relay, "second"), value };
                if purse.keep_second(share) { vec![second] } else { Vec::new() }
            }
            _ => self.add_ticket(relay, share),
        }
    }

    /// What a relay says of itself.
    pub(crate) fn greet(&mut self, relay: RelayId, greeting: Greeting) -> Vec<Change> {
        let purse = self.purses.entry(relay).or_default();
        if purse.greeting.as_ref() == Some(&greeting) {
            return Vec::new();
        }
        let value = greeting.encode();
        purse.greeting = Some(greeting);
        vec![put(&relay, "greeting", value)]
    }

    /// When the next batch is to be bought anywhere.
    pub(crate) fn deadline(&self) -> Option<UnixMillis> {
        self.purses.values().filter_map(Purse::due).min()
    }

    /// A relay at which a batch is to be bought now. It counts as being bought until [`Self::filled`] or [`Self::failed`].
    pub(crate) fn begin_due(&mut self, now: UnixMillis) -> Option<(RelayId, &Ticket)> {
        self.purses.values_mut().for_each(|purse| purse.look_at_clock(now));
        let due = |purse: &Purse| purse.due().is_some_and(|due| due <= now);
        let (relay, purse) = self.purses.iter_mut().find(|(_, purse)| due(purse))?;
        Some((*relay, purse.begin()?))
    }

    /// Whether a batch comes soon by itself.
    pub(crate) fn is_filling(&self, relay: &RelayId, now: UnixMillis) -> bool {
        self.purses.get(relay).is_some_and(|purse| purse.is_filling(now))
    }

    /// A batch came. Too many are never kept: the oldest go (OS-TOK-041).
    pub(crate) fn filled(
        &mut self,
        relay: RelayId,
        issuer: IssuerKey,
        tokens: Vec<Unspent>,
        now: UnixMillis,
        rng: &mut dyn Rng,
    ) -> Found {
        let mut found = self.hear(relay, Holder::Own, issuer, now);
        let Some(purse) = self.purses.get_mut(&relay) else { return found };
        purse.note_fresh(now);
        for token in tokens {
            let name = TokenName::of(&token, &issuer);
            found
                .changes
                .push(Change::Put { key: token_key(&relay, &name), value: token.encode() });
            purse.tokens.insert(name, token);
        }
        let dropped = purse.drop_excess(now, rng);
        found.changes.extend(dropped.iter().map(|name| forget(&relay, name)));
        purse.prove();
        purse.plan(now, rng);
        found.changes.extend(put_tickets(&relay, purse));
        found
    }

    /// A batch was not bought.
    pub(crate) fn failed(
        &mut self,
        relay: RelayId,
        why: NotFilled,
        now: UnixMillis,
        rng: &mut dyn Rng,
    ) -> Vec<Change> {
        let Some(purse) = self.purses.get_mut(&relay) else { return Vec::new() };
        purse.fail(why, now, rng);
        put_tickets(&relay, purse)
    }

    /// Takes up to so many tokens out, for one connection (OS-TOK-040). They are forgotten here; the caller makes that
    /// durable, then gives them out.
    pub(crate) fn take(
        &mut self,
        relay: &RelayId,
        count: usize,
        now: UnixMillis,
        rng: &mut dyn Rng,
    ) -> Taken {
        let Some(purse) = self.purses.get_mut(relay) else { return Taken::default() };
        let drawn = purse.draw(count, now, rng).into_iter();
        let drawn = drawn.map(|(name, token)| (forget(relay, &name), token));
        let (mut changes, tokens): (Vec<Change>, _) = drawn.unzip();
        if purse.is_low(now) && purse.hurry(now, rng) {
            changes.push(put_plan(relay, purse));
        }
        Taken { tokens, changes }
    }

    /// Whether a batch has just come that lines may have waited for: each gets tokens at a time of its own (OS-TOK-047).
    pub(crate) fn is_fresh(&self, relay: &RelayId, now: UnixMillis) -> bool {
        self.purses.get(relay).is_some_and(|purse| purse.is_fresh(now))
    }

    /// The program was started (OS-TOK-047). What is drawn is not kept: the next start draws again.
    pub(crate) fn rest_overdue(&mut self, now: UnixMillis, rng: &mut dyn Rng) {
        self.purses.values_mut().for_each(|purse| purse.rest_overdue(now, rng));
    }

    /// A member of a room says which key the relay gave it.
    pub(crate) fn said(
        &mut self,
        relay: RelayId,
        from: MemberId,
        key: IssuerKey,
        now: UnixMillis,
    ) -> Found {
        self.hear(relay, Holder::Member(from), key, now)
    }

    fn hear(&mut self, relay: RelayId, by: Holder, key: IssuerKey, now: UnixMillis) -> Found {
        let Some(purse) = self.purses.get_mut(&relay) else { return Found::default() };
        let Some(relay_key) = purse.key() else { return Found::default() };
        let noted = purse.statements.note(&relay_key, by, key, now);
        let mut found = Found::default();
        if noted.is_new {
            found.changes.push(put(&relay, "keys", purse.statements.encode()));
        }
        if let Some(two) = noted.found
            && !self.lies.contains_key(&(relay, two.one.period))
        {
            let value = [&now.0.to_be_bytes()[..], &two.encode()].concat();
            found.changes.push(put(&relay, &format!("lie/{:08x}", two.one.period.0), value));
            self.lies.insert((relay, two.one.period), (now, two));
            found.lie = Some((now, two));
        }
        found
    }

    /// The relay goes by another identity: what is of it moves, to what there may be of the new one already.
    pub(crate) fn move_to(&mut self, old: RelayId, new: RelayId) -> Vec<Change> {
        let Some(purse) = self.purses.remove(&old) else { return Vec::new() };
        let before = records(&old, &purse).into_iter();
        let mut changes: Vec<_> = before.map(|(key, _)| Change::Delete { key }).collect();
        let there = self.purses.entry(new).or_default();
        there.absorb(purse);
        let after = records(&new, there).into_iter();
        changes.extend(after.map(|(key, value)| Change::Put { key, value }));
        changes
    }

    /// Relays that gave tokens whose proof was false, and when the latest came.
    pub(crate) fn false_batches(&self) -> impl Iterator<Item = (RelayId, UnixMillis)> {
        self.purses.iter().filter_map(|(relay, purse)| Some((*relay, purse.false_at?)))
    }

    /// All proof that relays gave two keys for one week, and when it was found.
    pub(crate) fn lies(&self) -> impl Iterator<Item = &(UnixMillis, TwoKeys)> {
        self.lies.values()
    }
}

fn decode_time(bytes: &[u8]) -> Result<UnixMillis, Malformed> {
    let bytes = bytes.try_into().map_err(|_| Malformed("time"))?;
    Ok(UnixMillis(u64::from_be_bytes(bytes)))
}

fn put(relay: &RelayId, what: &str, value: Vec<u8>) -> Change {
    Change::Put { key: place(relay, what), value: Zeroizing::new(value) }
}

/// All records of a purse.
fn records(relay: &RelayId, purse: &Purse) -> Vec<(String, Zeroizing<Vec<u8>>)> {
    let one = |what: &str, value: Vec<u8>| (place(relay, what), Zeroizing::new(value));
    let tokens = purse.tokens.iter().map(|(name, one)| (token_key(relay, name), one.encode()));
    let ticket = purse.ticket.iter().map(|ticket| (place(relay, "ticket"), ticket.encode()));
    let second = purse.second.iter().map(|ticket| (place(relay, "second"), ticket.encode()));
    let greeting = purse.greeting.iter().map(|greeting| one("greeting", greeting.encode()));
    let false_at = purse.false_at.map(|at| one("false", at.0.to_be_bytes().to_vec()));
    let keys = [one("keys", purse.statements.encode()), one("plan", encode_plan(purse))];
    tokens.chain(ticket).chain(second).chain(greeting).chain(false_at).chain(keys).collect()
}

/// Whether a record of this name is an unspent token.
pub(crate) fn is_token(name: &str) -> bool {
    let rest = name.strip_prefix(WALLET).and_then(|rest| rest.split_once('/'));
    rest.is_some_and(|(_, what)| what.starts_with("token/"))
}

fn token_key(relay: &RelayId, name: &TokenName) -> String {
    place(relay, &format!("token/{}", name.text()))
}

fn forget(relay: &RelayId, name: &TokenName) -> Change {
    Change::Delete { key: token_key(relay, name) }
}

/// What a purchase may change but tokens, after a purchase.
fn put_tickets(relay: &RelayId, purse: &Purse) -> Vec<Change> {
    let tickets = [("ticket", &purse.ticket), ("second", &purse.second)].map(|(what, ticket)| {
        let key = place(relay, what);
        match ticket {
            Some(ticket) => Change::Put { key, value: ticket.encode() },
            None => Change::Delete { key },
        }
    });
    let times = [("false", purse.false_at), ("clock", purse.wrong_clock)];
    let times = times.map(|(what, at)| match at {
        Some(at) => put(relay, what, at.0.to_be_bytes().to_vec()),
        None => Change::Delete { key: place(relay, what) },
    });
    tickets.into_iter().chain(times).chain([put_plan(relay, purse)]).collect()
}

/// When to buy, whether that is hurried, and what became of the ticket.
fn put_plan(relay: &RelayId, purse: &Purse) -> Change {
    put(relay, "plan", encode_plan(purse))
}

fn encode_plan(purse: &Purse) -> Vec<u8> {
    let (good, until) = match purse.good {
        Good::Yes => (0, UnixMillis(0)),
        Good::Until(until) => (1, until),
        Good::No => (2, UnixMillis(0)),
    };
    let numbers = [purse.next.0.to_be_bytes(), until.0.to_be_bytes()].concat();
    [&numbers[..], &[good, u8::from(purse.is_hurried)]].concat()
}

fn decode_plan(purse: &mut Purse, bytes: &[u8]) -> Result<(), Malformed> {
    const BAD: Malformed = Malformed("plan");
    let (next, rest) = bytes.split_first_chunk::<8>().ok_or(BAD)?;
    let (until, rest) = rest.split_first_chunk::<8>().ok_or(BAD)?;
    let [good, hurried] = rest else { return Err(BAD) };
    purse.next = UnixMillis(u64::from_be_bytes(*next));
    purse.is_hurried = *hurried == 1;
    purse.good = match good {
        0 => Good::Yes,
        1 => Good::Until(UnixMillis(u64::from_be_bytes(*until))),
        2 => Good::No,
        _ => return Err(BAD),
    };
    Ok(())
}
