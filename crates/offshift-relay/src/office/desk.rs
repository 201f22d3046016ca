//! What connections ask of the office.

use offshift_access::{Binding, SpentId};
use offshift_wire::{
    code::Refusal,
    token::{Credit, Issued, Period, Redeem, Token},
};

use rand_core::Rng;

use super::{Files, Office, record, rng, work::For};
use crate::{
    refusal::refusal,
    store::{Store, StoreError},
};

/// Why tokens were not taken, and how many were worked out on the curve for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotTaken {
    pub(crate) why: Refusal,
    pub(crate) worked_out: u32,
}

impl From<Refusal> for NotTaken {
    fn from(why: Refusal) -> Self {
        Self { why, worked_out: 0 }
    }
}

impl<S: Store> Office<S> {
    /// A batch for who has a ticket.
    pub(crate) async fn redeem(
        &self,
        redeem: Redeem,
        binding: &Binding,
    ) -> Result<Issued, Refusal> {
        let files = self.files().await.map_err(refusal)?;
        let week = Period::at(self.clock.wall());
        self.count(files, &redeem, binding).await?;
        let issuer = files.issuers.of_period(week, week).ok_or(Refusal::Failed)?;
        let job = move || {
            let mut rng = rng().map_err(refusal)?;
            issuer.issue(&mut rng, &redeem.blinded).map_err(|_| Refusal::Malformed)
        };
        self.work.run(For::Peers, job).await.ok_or(Refusal::Failed)?
    }

    /// The batch is off the allowance before it exists (OS-TOK-023): killed in between, the relay owes it.
    async fn count(
        &self,
        files: &Files,
        redeem: &Redeem,
        binding: &Binding,
    ) -> Result<(), Refusal> {
        let mut tickets = files.tickets.lock().await;
        let (seat, used) = tickets.admit(redeem, binding, self.clock.wall())?;
        let key = record::seat_key(redeem.ticket, seat);
        self.store.put_metadata(&key, record::encode_use(used)).await.map_err(refusal)?;
        tickets.seat(redeem.ticket, seat, used);
        Ok(())
    }

    /// What these tokens buy: all of them, or none is used up. Refusals in the order of their cost (OS-TOK-031): the
    /// week, the list, those that were spent lately, the curve, all that were spent. They are spent on disk before anybody has credit for them
    /// (OS-TOK-032).
    pub(crate) async fn spend(
        &self,
        tokens: Vec<Token>,
        binding: Binding,
    ) -> Result<Credit, NotTaken> {
        let files = self.files().await.map_err(refusal)?;
        let period = one_period(&tokens)?;
        let issuer = files.issuers.of_period(period, Period::at(self.clock.wall()));
        let issuer = issuer.ok_or(Refusal::BadToken)?;
        let ids = distinct(&tokens)?;
        if self.lately.has_any(period, &ids) {
            return Err(Refusal::BadToken.into());
        }
        let credit = Credit(Credit::TOKEN.0.saturating_mul(tokens.len() as u64));
        let whose = if self.own.take(&ids) { For::Own } else { For::Peers };
        let tokens = shuffled(tokens).map_err(refusal)?;
        let work_out = move || {
            let bad = tokens.iter().position(|token| issuer.check(token, &binding).is_err());
            (bad.is_none(), bad.map_or(tokens.len(), |at| at.saturating_add(1)))
        };
        let (good, worked_out) = self.work.run(whose, work_out).await.ok_or(Refusal::Failed)?;
        let worked_out = u32::try_from(worked_out).unwrap_or(u32::MAX);
        let not_taken = |why| NotTaken { why, worked_out };
        let spent = |why| not_taken(refusal(why));
        if !good || !self.store.spend(period.0, ids.clone()).await.map_err(spent)? {
            return Err(not_taken(Refusal::BadToken));
        }
        self.lately.add(period, &ids);
        Ok(credit)
    }
}

/// In an order that nobody chose: one bad token behind 31 good ones is met after half of them (OS-TOK-036).
fn shuffled(tokens: Vec<Token>) -> Result<Vec<Token>, StoreError> {
    let mut rng = rng()?;
    let mut drawn: Vec<_> = tokens.into_iter().map(|token| (rng.next_u64(), token)).collect();
    drawn.sort_by_key(|(place, _)| *place);
    Ok(drawn.into_iter().map(|(_, token)| token).collect())
}

/// All of one week: what is spent together is one change on disk.
fn one_period(tokens: &[Token]) -> Result<Period, Refusal> {
    let first = tokens.first().ok_or(Refusal::BadToken)?.period;
    let same = tokens.iter().all(|token| token.period == first);
    if same { Ok(first) } else { Err(Refusal::BadToken) }
}

fn distinct(tokens: &[Token]) -> Result<Vec<[u8; 16]>, Refusal> {
    let mut ids: Vec<_> = tokens.iter().map(|token| SpentId::of(token).0).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() == tokens.len() { Ok(ids) } else { Err(Refusal::BadToken) }
}
