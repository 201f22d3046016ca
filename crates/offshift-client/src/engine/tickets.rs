//! Tickets and tokens: bought by the wallet's plan, handed out to lines, shared in rooms.
//!
//! ```text
//! wallet is due -> a task of its own: connect, redeem, close -> Bought -> wallet -> lines that wait
//! line is short -> its own moment, if a batch just came -> taken out of the wallet -> vault (waited for) -> line
//! ```
//! The connection that redeems does nothing else (OS-TOK-040).

use std::time::Duration;

use offshift_access::{Order, RelayKey, Ticket, TicketCode, Unspent};
use offshift_link::{Link, LinkError, Options, Said};
use offshift_protocol::{
    Change,
    room::{MemberId, RoomId, Tickets},
};
use offshift_wire::{
    RelayId, UnixMillis,
    code::Refusal,
    link::RelayLink,
    relay::Access,
    token::{IssuerKey, Period, TicketPath},
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng};
use tokio::time::timeout;

use super::{
    Engine, Fatal,
    lines::{Purpose, Running},
    now,
};
use crate::{
    error::ClientError,
    event::Event,
    limits::{ANSWER, HANDOUT_MIN_MS, HANDOUT_SPREAD_MS},
    line::LineId,
    view::{AlarmKind, AlarmView, TicketState},
    wallet::{Good, Greeting, NotFilled, TwoKeys},
};

/// How a purchase ended.
pub(crate) struct Bought {
    relay: RelayId,
    /// What the relay said of itself, if it was reached.
    greeting: Option<Greeting>,
    outcome: Result<Batch, NotFilled>,
}

struct Batch {
    issuer: IssuerKey,
    tokens: Vec<Unspent>,
}

impl Engine {
    /// A ticket of one of the profile's relays.
    pub(super) async fn add_ticket(&mut self, code: TicketCode) -> Result<(), ClientError> {
        let relay = self.identity_of(code.link.relay());
        if !self.relays.iter().any(|link| *link.relay() == relay) {
            return Err(ClientError::UnknownRelay);
        }
        let changes = self.wallet.add_ticket(relay, code.ticket);
        self.told_tickets.remove(&relay);
        self.outfit_rooms();
        self.persist(changes).await
    }

    /// The share in a Welcome, to be recorded with the room. What is no ticket is no reason to stay out.
    pub(super) fn take_share(&mut self, relay: RelayId, bytes: &[u8]) -> Vec<Change> {
        let (relay, share) = (self.identity_of(&relay), Ticket::decode(bytes).ok());
        let changes = share.map(|share| self.wallet.add_share(relay, share)).unwrap_or_default();
        self.outfit_rooms();
        changes
    }

    /// Gives each room what it may share and say (OS-TOK-042, OS-TOK-043).
    pub(super) fn outfit_rooms(&mut self) {
        for room in self.rooms.values_mut() {
            let relay = room.relay().relay();
            let purse = self.wallet.purse(self.successors.get(relay).unwrap_or(relay));
            let needed = purse.filter(|purse| purse.needs_tickets());
            let ticket =
                needed.filter(|purse| purse.good() != Good::No).and_then(|purse| purse.ticket());
            room.set_tickets(match (needed, ticket.and_then(copy)) {
                (None, _) => Tickets::NotNeeded,
                (Some(_), None) => Tickets::Missing,
                (Some(_), Some(ticket)) => Tickets::Held(ticket),
            });
            room.set_issuer_key(purse.and_then(|purse| purse.issuer_key()));
        }
    }

    /// Buys what is due.
    pub(super) async fn tick_wallet(&mut self, at: UnixMillis) -> Result<(), Fatal> {
        let is_due = |one: &Running| one.short > 0 && one.held_until.is_some_and(|it| it <= at);
        let due = self.lines.iter().filter(|(_, one)| is_due(one));
        let due: Vec<Purpose> = due.map(|(purpose, _)| *purpose).collect();
        for purpose in due {
            self.serve(purpose).await?;
        }
        while let Some((relay, ticket)) = self.wallet.begin_due(at) {
            let mut seed = [0; 32];
            self.tools.rng.fill_bytes(&mut seed);
            let ticket = copy(ticket);
            let (Some(link), Some(ticket)) = (self.link_of(&relay), ticket) else {
                let changes =
                    self.wallet.failed(relay, NotFilled::Passing, at, &mut self.tools.rng);
                self.persist(changes).await?;
                continue;
            };
            let bought = self.bought.0.clone();
            tokio::spawn(async move {
                let mut greeting = None;
                let outcome = buy(&link, &ticket, seed, at, &mut greeting).await;
                let _ = bought.send(Bought { relay, greeting, outcome }).await;
            });
        }
        Ok(())
    }

    pub(super) async fn handle_bought(&mut self, bought: Bought) -> Result<(), Fatal> {
        let Bought { mut relay, greeting, outcome } = bought;
        if let (Some(greeting), Some(link)) = (&greeting, self.link_of(&relay)) {
            self.follow_successor(&link, RelayKey::from_bytes(greeting.key).relay()).await?;
            relay = self.identity_of(&relay);
        }
        let greeted = greeting.map(|greeting| self.wallet.greet(relay, greeting));
        let (mut changes, mut lie) = (greeted.unwrap_or_default(), None);
        let is_false = matches!(outcome, Err(NotFilled::False));
        match outcome {
            Ok(Batch { issuer, tokens }) => {
                let found = self.wallet.filled(relay, issuer, tokens, now(), &mut self.tools.rng);
                changes.extend(found.changes);
                lie = found.lie;
            }
            Err(why) => {
                changes.extend(self.wallet.failed(relay, why, now(), &mut self.tools.rng));
            }
        }
        self.outfit_rooms();
        self.persist(changes).await?;
        self.tell_lie(lie);
        if is_false {
            self.tell(Event::Alarm(self.false_tokens_alarm(&relay, now())));
        }
        if outcome_matters(self.ticket_state(&relay)) {
            self.tell_ticket(&relay);
        }
        self.serve_short(relay).await
    }

    /// Lines that wait for tokens of this relay.
    async fn serve_short(&mut self, relay: RelayId) -> Result<(), Fatal> {
        let lines = self.lines.iter().filter(|(_, one)| *one.relay().relay() == relay);
        let short: Vec<_> = lines.filter(|(_, one)| one.short > 0).map(|(it, _)| *it).collect();
        for purpose in short {
            self.serve(purpose).await?;
        }
        Ok(())
    }

    /// A line can't pay for what is wanted of it.
    pub(super) async fn handle_short(&mut self, line: LineId, tokens: usize) -> Result<(), Fatal> {
        let found = self.lines.iter_mut().find(|(_, running)| running.id == line);
        let Some((purpose, running)) = found else { return Ok(()) };
        let purpose = *purpose;
        running.short = tokens;
        self.serve(purpose).await
    }

    /// Whether a line must wait for its own moment: those that got tokens of one batch as it came would be known for one
    /// device's, and for the buyer's (OS-TOK-047).
    fn holds_back(&mut self, purpose: Purpose, at: UnixMillis) -> bool {
        let Some(running) = self.lines.get_mut(&purpose) else { return false };
        match running.held_until {
            Some(until) if until > at => true,
            Some(_) => {
                running.held_until = None;
                false
            }
            None if self.wallet.is_fresh(running.relay().relay(), at) => {
                let wait = self.tools.random_below(HANDOUT_SPREAD_MS);
                running.held_until = Some(at.plus_ms(HANDOUT_MIN_MS).plus_ms(wait));
                true
            }
            None => false,
        }
    }

    /// When the next line that is held back gets its tokens.
    pub(super) fn handout_deadline(&self) -> Option<UnixMillis> {
        let held = self.lines.values().filter(|running| running.short > 0);
        held.filter_map(|running| running.held_until).min()
    }

    /// Gives a line tokens, which the vault has forgotten before (N10); or tells it that there are none.
    async fn serve(&mut self, purpose: Purpose) -> Result<(), Fatal> {
        if self.holds_back(purpose, now()) {
            return Ok(());
        }
        let Some(running) = self.lines.get(&purpose) else { return Ok(()) };
        let (relay, short) = (*running.relay().relay(), running.short);
        let taken = self.wallet.take(&relay, short, now(), &mut self.tools.rng);
        let none = taken.tokens.is_empty();
        if none && self.wallet.is_filling(&relay, now()) {
            return Ok(());
        }
        self.persist(taken.changes).await?;
        // Whoever has no ticket can meet all the same: the other one pays.
        if none && !matches!(purpose, Purpose::Meeting(_)) {
            self.tell_ticket(&relay);
        }
        let Some(running) = self.lines.get_mut(&purpose) else { return Ok(()) };
        (running.is_dry, running.short) = (none, if none { short } else { 0 });
        running.line.give(taken.tokens);
        Ok(())
    }

    /// What a connection beside the lines heard.
    pub(super) async fn greet(
        &mut self,
        link: &RelayLink,
        said: &Said,
        key: &RelayKey,
    ) -> Result<(), Fatal> {
        self.follow_successor(link, key.relay()).await?;
        let changes = self.wallet.greet(key.relay(), greeting(said, key));
        if !changes.is_empty() {
            self.outfit_rooms();
        }
        self.persist(changes).await
    }

    pub(super) async fn handle_greeting(
        &mut self,
        line: LineId,
        said: &Said,
        key: &RelayKey,
    ) -> Result<(), Fatal> {
        let Some(running) = self.lines.values().find(|running| running.id == line) else {
            return Ok(());
        };
        let relay = running.relay().clone();
        self.greet(&relay, said, key).await
    }

    /// A member of a room says which key its relay gave it (OS-TOK-042).
    pub(super) async fn hear_issuer_key(
        &mut self,
        room: RoomId,
        from: MemberId,
        key: IssuerKey,
    ) -> Result<(), Fatal> {
        let Some(room) = self.rooms.get(&room) else { return Ok(()) };
        let relay = self.identity_of(room.relay().relay());
        let found = self.wallet.said(relay, from, key, now());
        let is_new = !found.changes.is_empty();
        self.persist(found.changes).await?;
        self.tell_lie(found.lie);
        // One more who holds a key may make its tokens good again.
        if is_new { self.serve_short(relay).await } else { Ok(()) }
    }

    fn tell_lie(&self, lie: Option<(UnixMillis, TwoKeys)>) {
        if let Some((at, two)) = lie {
            self.tell(Event::Alarm(self.two_keys_alarm(at, &two)));
        }
    }

    pub(super) fn two_keys_alarm(&self, at: UnixMillis, two: &TwoKeys) -> AlarmView {
        let link = self.link_of(&two.relay.relay());
        let host = link.as_ref().map_or("A relay", RelayLink::host);
        AlarmView {
            at,
            count: 1,
            room: None,
            kind: AlarmKind::IssuerKeys,
            who: link.as_ref().map(|link| link.host().to_owned()).unwrap_or_default(),
            number: 0,
            why: None,
            sentence: format!(
                "{host} gave members different keys for tokens, so it could tell them apart. Tokens of the rarer key are not used."
            ),
            advice: AlarmKind::IssuerKeys.advice().into(),
            evidence: Some(two.encode()),
        }
    }

    pub(super) fn false_tokens_alarm(&self, relay: &RelayId, at: UnixMillis) -> AlarmView {
        let link = self.link_of(relay);
        let host = link.as_ref().map_or("A relay", RelayLink::host);
        AlarmView {
            at,
            count: 1,
            room: None,
            kind: AlarmKind::FalseTokens,
            who: link.as_ref().map(|link| link.host().to_owned()).unwrap_or_default(),
            number: 0,
            why: None,
            sentence: format!(
                "{host} gave tokens with a false proof, so it could have marked them. None of them is used."
            ),
            advice: AlarmKind::FalseTokens.advice().into(),
            evidence: None,
        }
    }

    /// Says how it stands with a ticket, once for each change.
    pub(super) fn tell_ticket(&mut self, relay: &RelayId) {
        let state = self.ticket_state(relay);
        let Some(link) = self.link_of(relay) else { return };
        if self.told_tickets.insert(*relay, state) != Some(state) {
            let contact = self.contact_of(relay);
            self.tell(Event::Ticket { relay: link, state, contact });
        }
    }

    pub(super) fn ticket_state(&self, relay: &RelayId) -> TicketState {
        let Some(purse) = self.wallet.purse(relay) else { return TicketState::Unknown };
        let access = purse.greeting().map(|greeting| greeting.access);
        match (access, purse.ticket().map(|_| purse.good())) {
            (Some(Access::Open), _) => TicketState::Open,
            (None, None) => TicketState::Unknown,
            (Some(Access::Tickets), None) => TicketState::Missing,
            (_, Some(Good::No)) => TicketState::Refused,
            (None, Some(_)) => TicketState::Unknown,
            _ if purse.has_wrong_clock() => TicketState::WrongClock,
            _ if purse.has_token(now()) => TicketState::Good,
            _ if purse.has_odd_token(now()) => TicketState::Distrusted,
            (_, Some(Good::Until(until))) if until > now() => TicketState::UsedUp,
            _ => TicketState::Refilling,
        }
    }

    pub(super) fn contact_of(&self, relay: &RelayId) -> String {
        let greeting = self.wallet.purse(relay).and_then(|purse| purse.greeting());
        greeting.map(|greeting| greeting.contact.clone()).unwrap_or_default()
    }

    /// Where a relay is found.
    fn link_of(&self, relay: &RelayId) -> Option<RelayLink> {
        let rooms = self.rooms.values().map(|room| room.relay());
        let lines = self.lines.values().map(|running| running.relay());
        let all = self.relays.iter().chain(rooms).chain(lines);
        let mut all = all.map(|link| self.current(link));
        all.find(|link| link.relay() == relay)
    }
}

/// Whether the person should hear of it though nothing waits.
const fn outcome_matters(state: TicketState) -> bool {
    matches!(
        state,
        TicketState::Good
            | TicketState::UsedUp
            | TicketState::Refused
            | TicketState::Open
            | TicketState::WrongClock
    )
}

/// The same ticket again, for a room or a task.
fn copy(ticket: &Ticket) -> Option<Ticket> {
    ticket.at(&TicketPath::default())
}

fn greeting(said: &Said, key: &RelayKey) -> Greeting {
    Greeting { access: said.access, contact: said.contact.clone(), key: *key.as_bytes() }
}

/// Buys one batch, on a connection that does nothing else (OS-TOK-040).
async fn buy(
    link: &RelayLink,
    ticket: &Ticket,
    seed: [u8; 32],
    at: UnixMillis,
    greeted: &mut Option<Greeting>,
) -> Result<Batch, NotFilled> {
    let mut rng = ChaCha20Rng::from_seed(seed);
    let order = Order::new(&mut rng).map_err(|_| NotFilled::Passing)?;
    let began = tokio::time::Instant::now();
    let line = Link::connect(link, Options::default()).await.map_err(not_filled)?;
    *greeted = Some(greeting(line.said(), &line.relay_key()));
    if line.said().access == Access::Open {
        return Err(NotFilled::Open);
    }
    let redeem = ticket.redeem(order.blinded(), &line.binding());
    let issued = timeout(ANSWER, line.redeem(redeem)).await;
    let issued = issued.unwrap_or(Err(LinkError::Unreachable)).map_err(not_filled)?;
    let key = line.relay_key();
    line.close().await;
    let now = at.plus_ms(ms(began.elapsed()));
    // What proves nothing is not used (OS-TOK-011).
    let tokens = order.finish(&issued, &key, now);
    let tokens = tokens.map_err(|_| useless(&issued.key, &key, now))?;
    Ok(Batch { issuer: issued.key, tokens })
}

/// Why nothing of a batch is used (OS-TOK-048): all was signed, but for the week before this one or after it; or it is false.
fn useless(issuer: &IssuerKey, relay: &RelayKey, now: UnixMillis) -> NotFilled {
    let week = Period::at(now);
    let is_beside = issuer.period == week.next() || issuer.period.next() == week;
    if is_beside && relay.signed_issuer(issuer) { NotFilled::WrongClock } else { NotFilled::False }
}

fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

const fn not_filled(error: LinkError) -> NotFilled {
    match error {
        LinkError::Refused(Refusal::BadTicket) => NotFilled::BadTicket,
        LinkError::Refused(Refusal::AllowanceUsed) => NotFilled::UsedUp,
        LinkError::Identity => NotFilled::Trust,
        _ => NotFilled::Passing,
    }
}
