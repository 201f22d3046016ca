//! The control stream: proofs, releases, tickets and tokens, answered in order.
//!
//! ```text
//! connection of a ticket: Redeem -> Issued, ...                      and nothing else
//! any other             : Prove -> Granted, Release -> Released, Spend -> Credited
//! ```
//! Never: a ticket and a token, or a ticket and a mailbox, on one connection (OS-TOK-040).

use std::sync::Arc;

use offshift_access::Binding;
use offshift_link::{FrameReader, FrameWriter};
use offshift_wire::{
    Position,
    code::{Close, Refusal, Role},
    relay::{Access, CapabilityId, DescriptorBytes, ProofBytes, Request, Response},
    token::{Redeem, Token},
};

use crate::{
    connection::{Connection, say},
    counts::Count,
    limits::{BAD_TRIES_MAX, PROOFS_BURST, PROOFS_PER_SECOND},
    office::NotTaken,
    pace::{Pace, Rate},
    refusal::refusal,
    shared::Shared,
    store::Store,
};

/// A signature that must be checked is work that a peer makes us do (OS-REL-022).
const PROOFS: Rate = Rate { per_second: PROOFS_PER_SECOND, burst: PROOFS_BURST };

/// What a connection turned out to be for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Tickets,
    Mailboxes,
}

struct Control<'a, S> {
    shared: &'a Shared<S>,
    connection: &'a Connection,
    binding: Binding,
    purpose: Option<Purpose>,
    proofs: Pace,
    /// Tickets and tokens that were none.
    bad_tries: u32,
}

/// Serves it until the peer ends it or breaks a rule.
pub(crate) async fn serve<S: Store>(
    shared: &Arc<Shared<S>>,
    connection: &Connection,
    binding: Binding,
    mut reader: FrameReader,
    mut writer: FrameWriter,
) -> Close {
    let (purpose, proofs) = (None, Pace::new());
    let mut control = Control { shared, connection, binding, purpose, proofs, bad_tries: 0 };
    loop {
        let request = match reader.next().await {
            Ok(Some(body)) => Request::decode(body),
            Ok(None) => return Close::Done,
            Err(error) => return error.close(),
        };
        let Ok(request) = request else { return Close::Malformed };
        let Some(answer) = control.answer(request).await else { return Close::Malformed };
        if let Err(close) = say(&mut writer, &answer).await {
            return close;
        }
        // Nobody has so many by accident, and each costs more than the peer paid for it (OS-TOK-036).
        if control.bad_tries >= BAD_TRIES_MAX {
            return Close::Limit;
        }
    }
}

impl<S: Store> Control<'_, S> {
    /// `None`: this has no place on the control stream.
    async fn answer(&mut self, request: Request) -> Option<Response> {
        let answer = match request {
            Request::Prove { role, descriptor, proof } => {
                self.prove(role, &descriptor, proof).await
            }
            Request::Release { capability, positions } => {
                self.release(capability, positions).await.map(|()| Response::Released)
            }
            Request::Redeem(redeem) => self.redeem(redeem).await,
            Request::Spend { tokens, toward } => self.spend(tokens, toward).await,
            Request::Hello { .. } | Request::Deposit { .. } | Request::Fetch { .. } => return None,
        };
        Some(answer.unwrap_or_else(|code| self.refuse(code)))
    }

    fn refuse(&mut self, code: Refusal) -> Response {
        if matches!(code, Refusal::BadToken | Refusal::BadTicket) {
            self.bad_tries = self.bad_tries.saturating_add(1);
        }
        if code == Refusal::Failed {
            self.shared.counts.add(Count::DiskFailed);
        }
        Response::Refused(code)
    }

    /// What was worked out for nothing counts as what it cost; `refuse` counts one of it (OS-TOK-036).
    fn wasted(&mut self, NotTaken { why, worked_out }: NotTaken) -> Refusal {
        if why == Refusal::BadToken {
            self.bad_tries = self.bad_tries.saturating_add(worked_out.saturating_sub(1));
        }
        why
    }

    /// Once a connection is for tickets it is for nothing else, and the other way round (OS-TOK-040).
    fn is_for(&mut self, purpose: Purpose) -> Result<(), Refusal> {
        if *self.purpose.get_or_insert(purpose) == purpose { Ok(()) } else { Err(Refusal::Denied) }
    }

    /// A relay that is open to all has none (OS-TOK-044).
    fn has_tickets(&self) -> Result<(), Refusal> {
        if self.shared.access == Access::Tickets { Ok(()) } else { Err(Refusal::Denied) }
    }

    async fn prove(
        &mut self,
        role: Role,
        descriptor: &DescriptorBytes,
        proof: ProofBytes,
    ) -> Result<Response, Refusal> {
        self.is_for(Purpose::Mailboxes)?;
        self.proofs.take(1, PROOFS).await;
        let capability = self.connection.capabilities.prove(role, descriptor, proof)?;
        Ok(Response::Granted { capability })
    }

    async fn release(
        &self,
        capability: CapabilityId,
        positions: Vec<Position>,
    ) -> Result<(), Refusal> {
        let address = self.connection.capabilities.release(capability)?;
        self.shared.store.release(address, positions).await.map_err(refusal)
    }

    async fn redeem(&mut self, redeem: Redeem) -> Result<Response, Refusal> {
        self.has_tickets()?;
        self.is_for(Purpose::Tickets)?;
        let counts = &self.shared.counts;
        let issued = self.shared.office.redeem(redeem, &self.binding).await;
        counts.add(if issued.is_ok() { Count::Issued } else { Count::RefusedTicket });
        issued.map(Response::Issued)
    }

    async fn spend(
        &mut self,
        tokens: Vec<Token>,
        toward: Option<CapabilityId>,
    ) -> Result<Response, Refusal> {
        self.has_tickets()?;
        self.is_for(Purpose::Mailboxes)?;
        let toward = toward.map(|id| self.connection.capabilities.any(id)).transpose()?;
        let (office, sponsored) = (&self.shared.office, &self.shared.sponsored);
        if toward.is_some_and(|address| !sponsored.has_room(&address, office.steady())) {
            return Err(Refusal::Busy);
        }
        let many = tokens.len() as u64;
        let spent = office.spend(tokens, self.binding).await;
        let spent = spent.map_err(|not_taken| self.wasted(not_taken));
        let what = if spent.is_ok() { Count::Spent } else { Count::RefusedToken };
        self.shared.counts.add_many(what, many);
        let credit = match toward {
            Some(address) => sponsored.add(address, spent?, office.steady()),
            None => self.connection.account.add(spent?),
        };
        Ok(Response::Credited(credit))
    }
}
