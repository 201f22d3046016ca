//! What connections ask of the office.

use offshift_access::{Binding, SpentId};
use offshift_wire::{
    code::Refusal,
    token::{Credit, Issued, Period, Redeem, Token},
};

use super::{Files, Office, record, rng};
use crate::{refusal::refusal, store::Store};

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
        self.work.run(job).await.ok_or(Refusal::Failed)?
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
    ) -> Result<Credit, Refusal> {
        let files = self.files().await.map_err(refusal)?;
        let period = one_period(&tokens)?;
        let issuer = files.issuers.of_period(period, Period::at(self.clock.wall()));
        let issuer = issuer.ok_or(Refusal::BadToken)?;
        let ids = distinct(&tokens)?;
        if self.lately.has_any(period, &ids) {
            return Err(Refusal::BadToken);
        }
        let credit = Credit(Credit::TOKEN.0.saturating_mul(tokens.len() as u64));
        let all_good = move || tokens.iter().all(|token| issuer.check(token, &binding).is_ok());
        let good = self.work.run(all_good).await.ok_or(Refusal::Failed)?;
        if !good || !self.store.spend(period.0, ids.clone()).await.map_err(refusal)? {
            return Err(Refusal::BadToken);
        }
        self.lately.add(period, &ids);
        Ok(credit)
    }
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
