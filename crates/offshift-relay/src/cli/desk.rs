//! Where the host's commands are answered: by the running relay, or, when none runs, from its data directory.
//!
//! ```text
//! command -> ask(): socket answers -> Desk of the running relay
//!                   nobody there   -> the store is opened (its lock says that no relay runs) -> the same Desk
//! ```
//! One function answers each question either way, so both say the same (OS-OPS-101).

use std::{
    os::unix::fs::MetadataExt,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use data_encoding::{BASE64, HEXLOWER};
use offshift_access::TicketCode;
use offshift_relay::{
    admin::{
        self, Answer, Ask, Before, Checked, Day, Live, Mode, NoAnswer, Printed, Rounded, Secret,
        Shown, State, Status, TicketLine,
    },
    backup,
    config::{Custody, Keep},
    counts::{Counts, Mark},
    limits::{ADMIN_TICKETS, CHECK_TOKENS},
    office::{Office, Terms, TicketState},
    pressure::Pressure,
    server::Running,
    store::{Store, embedded::EmbeddedStore},
};
use offshift_wire::{UnixMillis, link::RelayLink, relay::Access, token::TicketId};
use tokio::sync::{mpsc, oneshot};

use super::{
    data,
    failure::{Failure, Turn},
    here::Here,
    identities, troubles,
};

/// Asks the relay to read its settings again, and hears how that went.
pub(super) type Reloading = mpsc::Sender<oneshot::Sender<Result<(), String>>>;

/// Answers for one relay.
pub(super) struct Desk {
    store: Arc<EmbeddedStore>,
    running: Option<Arc<Running<EmbeddedStore>>>,
    reloading: Option<Reloading>,
    link: Option<RelayLink>,
    access: Access,
}

/// A sentence for the host.
type No = String;

/// What the command gets: from the running relay, or from its data directory.
pub(super) fn ask(here: &Here, ask: Ask) -> Result<Answer, Failure> {
    super::threads::runtime()?.block_on(async {
        match ask_running(here, &ask).await? {
            Some(answer) => Ok(answer),
            None => said_no(offline(here, ask).await?),
        }
    })
}

/// What a running relay answers; nothing when none runs. Takes no lock: whatever asks often asks so, or a relay that
/// starts at that moment would find its data directory in use.
pub(super) async fn ask_running(here: &Here, ask: &Ask) -> Result<Option<Answer>, Failure> {
    match admin::ask(&here.socket, ask).await {
        Ok(answer) => said_no(answer).map(Some),
        Err(NoAnswer::NotRunning) => Ok(None),
        Err(error) => Err(Failure::new(Turn::Yours, error.to_string())),
    }
}

fn said_no(answer: Answer) -> Result<Answer, Failure> {
    match answer {
        Answer::No(sentence) => Err(Failure::new(Turn::Yours, sentence)),
        answer => Ok(answer),
    }
}

/// The answer of a relay that does not run.
async fn offline(here: &Here, ask: Ask) -> Result<Answer, Failure> {
    let desk = Desk::offline(here)?;
    let answer = admin::Desk::answer(&desk, ask).await;
    desk.store.close().await?;
    Ok(answer)
}

/// An answer to another question: the relay and this program are of two versions.
pub(super) fn strange() -> Failure {
    Failure::new(
        Turn::Yours,
        "the relay answered something else; it is of another version than this program: restart it",
    )
}

/// Whether a relay was ever started there.
pub(super) fn has_store(here: &Here) -> Result<(), Failure> {
    if here.data.has_store() {
        return Ok(());
    }
    let path = here.data.path().display();
    let sentence = format!("{path} holds no relay's data; start one with: offshift-relay serve");
    Err(Failure::new(Turn::Yours, sentence))
}

/// Whether the files are this user's: what another user makes among them the relay can't open afterwards.
pub(super) fn is_own(path: &Path) -> Result<(), Failure> {
    let own = rustix::process::geteuid().as_raw();
    let owner = path.metadata().map_or(own, |there| there.uid());
    if owner == own {
        return Ok(());
    }
    let sentence = format!(
        "{} belongs to another user; run this as that user: sudo -u '#{owner}' offshift-relay ...",
        path.display()
    );
    Err(Failure::new(Turn::Yours, sentence))
}

impl Desk {
    /// Of a relay that runs.
    pub(super) fn of(
        running: Arc<Running<EmbeddedStore>>,
        link: RelayLink,
        access: Access,
        reloading: Reloading,
    ) -> Self {
        let store = running.store().clone();
        Self { store, running: Some(running), reloading: Some(reloading), link: Some(link), access }
    }

    /// Of one that does not.
    fn offline(here: &Here) -> Result<Self, Failure> {
        has_store(here)?;
        is_own(here.data.path())?;
        // As if on disk: a look must not turn keys on the disk into keys in memory, which the next start does.
        let keep = Keep { custody: Custody::Disk, ..here.settings.keep };
        let (store, link) = (Arc::new(here.data.open_store(keep)?), here.data.link()?);
        Ok(Self { store, running: None, reloading: None, link, access: here.settings.access })
    }

    async fn office(&self) -> Result<Arc<Office<EmbeddedStore>>, No> {
        if let Some(running) = &self.running {
            return Ok(running.office().clone());
        }
        let identity = data::identity(&*self.store).await.map_err(|error| error.to_string())?;
        let key = identity.receipt_key().map_err(said)?;
        Office::open(self.store.clone(), key).await.map(Arc::new).map_err(said)
    }

    async fn answered(&self, ask: Ask) -> Result<Answer, No> {
        Ok(match ask {
            Ask::Status => Answer::Status(Box::new(self.status().await?)),
            Ask::TicketNew { count, seats, daily, days } => {
                Answer::Printed(self.new_tickets(count, seats, daily, days).await?)
            }
            Ask::TicketList => Answer::Tickets(self.tickets().await?),
            Ask::TicketRevoke { id } => self.revoke(&id).await?,
            Ask::CheckTokens { n } => self.check_tokens(n).await?,
            Ask::Reload => self.reload().await?,
            Ask::Records => Answer::Records(backup::records(&*self.store).await.map_err(said)?),
            Ask::Identity => Answer::Identity(self.identity().await?),
            Ask::IdentityRotate { overlap_days } => {
                self.rotate(overlap_days).await?;
                Answer::Identity(self.identity().await?)
            }
            Ask::IdentityFinish => {
                identities::finish(&*self.store).await?;
                Answer::Identity(self.identity().await?)
            }
        })
    }

    async fn status(&self) -> Result<Status, No> {
        let tickets = match self.access {
            Access::Tickets => self.tickets().await?,
            Access::Open => Vec::new(),
        };
        let good = tickets.iter().filter(|ticket| ticket.state == State::Good).count();
        let held = self.store.statistics();
        let mut status = Status {
            running: self.running.as_deref().map(live),
            link: self.link.as_ref().map(ToString::to_string),
            access: mode(self.access),
            tickets_good: Some(good as u64),
            tickets_over: Some((tickets.len() - good) as u64),
            envelopes: Rounded::of(held.envelopes),
            disk_mb: held.stored_bytes.div_ceil(MB),
            disk_mb_max: held.stored_bytes_max / MB,
            troubles: Vec::new(),
        };
        status.troubles = troubles::of(&status, held.damaged, self.running.as_deref());
        Ok(status)
    }

    async fn tickets(&self) -> Result<Vec<TicketLine>, No> {
        let states = self.office().await?.tickets().await.map_err(said)?;
        Ok(states.iter().map(|state| ticket_line(state, now())).collect())
    }

    async fn new_tickets(
        &self,
        count: u16,
        seats: u16,
        daily: u16,
        days: u16,
    ) -> Result<Vec<Printed>, No> {
        if self.access == Access::Open {
            return Err(
                "this relay is open to whoever has its link, so a ticket is good for nothing; \
                        set access.mode = \"tickets\" and restart it"
                    .to_owned(),
            );
        }
        if count > ADMIN_TICKETS || [count, seats, daily, days].contains(&0) {
            return Err(format!(
                "make 1 to {ADMIN_TICKETS} tickets at once, each of at least one seat, one batch a day and one day"
            ));
        }
        let link = self.link.clone();
        let link = link.ok_or("this relay has no link yet; start it once: offshift-relay serve")?;
        let until = Day::of(now()).plus(days.into());
        let terms = Terms { seats, daily_batches: daily, expires: until.plus(1).begins() };
        let office = self.office().await?;
        let mut printed = Vec::new();
        for _ in 0..count {
            let ticket = office.new_ticket(terms).await.map_err(said)?;
            let id = short(ticket.id());
            let code = TicketCode { link: link.clone(), ticket }.to_string();
            printed.push(Printed { id, code: Secret::new(code), seats, daily, until });
        }
        Ok(printed)
    }

    async fn revoke(&self, id: &str) -> Result<Answer, No> {
        let office = self.office().await?;
        let states = office.tickets().await.map_err(said)?;
        let named: Vec<_> = states.iter().filter(|state| is_named(state.id, id)).collect();
        match named.as_slice() {
            [one] => {
                office.revoke(one.id).await.map_err(said)?;
                Ok(Answer::Tickets(vec![TicketLine {
                    state: State::Revoked,
                    ..ticket_line(one, now())
                }]))
            }
            [] => Err("no ticket has this id; see: offshift-relay ticket list".to_owned()),
            _ => Err("several tickets begin with these letters; give more of them".to_owned()),
        }
    }

    async fn check_tokens(&self, n: u8) -> Result<Answer, No> {
        let (Some(running), Some(link)) = (&self.running, &self.link) else {
            return Err("the relay does not run; start it with: offshift-relay serve".to_owned());
        };
        let tokens = match self.access {
            Access::Open => Vec::new(),
            Access::Tickets => {
                running.office().mint(usize::from(n).min(CHECK_TOKENS)).await.map_err(said)?
            }
        };
        let tokens =
            tokens.iter().map(|token| Secret::new(BASE64.encode(&token.encode()))).collect();
        Ok(Answer::Tokens { at: running.address(), link: link.to_string(), tokens })
    }

    async fn reload(&self) -> Result<Answer, No> {
        let Some(reloading) = &self.reloading else {
            return Err("the relay does not run; it reads its settings when it starts".to_owned());
        };
        const GONE: &str = "the relay is stopping";
        let (answer, answered) = oneshot::channel();
        reloading.send(answer).await.map_err(|_| GONE.to_owned())?;
        answered.await.map_err(|_| GONE.to_owned())?.map(|()| Answer::Done)
    }

    /// A new identity and, whatever happens in between, no key of one week twice under one of them (OS-OPS-132).
    async fn rotate(&self, overlap_days: u16) -> Result<(), No> {
        let office = self.office().await?;
        if overlap_days > 0 {
            identities::may_rotate(&*self.store, now()).await?;
            office.renew_seed().await.map_err(said)?;
            return identities::rotate(&*self.store, overlap_days, now()).await;
        }
        identities::rotate(&*self.store, 0, now()).await?;
        office.replace_seed().await.map_err(said)
    }

    async fn identity(&self) -> Result<Shown, No> {
        let link = self.link.clone();
        let link = link.ok_or("this relay has no link yet; start it once: offshift-relay serve")?;
        let kept = identities::kept(&*self.store, now()).await?;
        let at =
            |relay| RelayLink::new(link.host(), link.port(), relay).map(|link| link.to_string());
        let before = match kept.before {
            Some((identity, until)) => {
                Some(Before { link: at(*identity.id()).map_err(said)?, until: Day::of(until) })
            }
            None => None,
        };
        let serves = self.running.as_ref().map(|running| *running.relay());
        let restart = serves.is_some_and(|serves| serves != *kept.current.id());
        Ok(Shown { link: at(*kept.current.id()).map_err(said)?, before, restart })
    }
}

impl admin::Desk for Desk {
    async fn answer(&self, ask: Ask) -> Answer {
        self.answered(ask).await.unwrap_or_else(Answer::No)
    }
}

pub(super) const MB: u64 = 1 << 20;
const HOUR: u64 = 3600;

fn said(error: impl std::fmt::Display) -> No {
    error.to_string()
}

pub(super) fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

pub(super) const fn mode(access: Access) -> Mode {
    match access {
        Access::Open => Mode::Open,
        Access::Tickets => Mode::Tickets,
    }
}

/// Nothing in it is told to the minute, or to the single person (OS-OPS-111).
fn live(running: &Running<EmbeddedStore>) -> Live {
    let (gauges, counts, now) = (running.gauges(), running.counts(), SystemTime::now());
    let started = counts.last(Mark::Started).unwrap_or(now);
    let started = started.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let certificate = counts.age(Mark::CertificateIssued, now).unwrap_or_default();
    Live {
        since: started - started % HOUR,
        listen: running.address(),
        memory_mb: gauges.memory_bytes.div_ceil(10 * MB) * 10,
        memory_mb_max: gauges.memory_max / MB,
        pressure: pressure(gauges.pressure).to_owned(),
        connections: Rounded::of(gauges.connections),
        certificate_hours: certificate.as_secs() / HOUR,
        checked: checked(counts, now),
    }
}

pub(super) const fn pressure(pressure: Pressure) -> &'static str {
    match pressure {
        Pressure::Calm => "calm",
        Pressure::Tight => "tight",
        Pressure::Full => "full",
    }
}

fn checked(counts: &Counts, now: SystemTime) -> Option<Checked> {
    let failing = counts.is_failing(Mark::CheckPassed, Mark::CheckFailed);
    let last = if failing { Mark::CheckFailed } else { Mark::CheckPassed };
    let age: Duration = counts.age(last, now)?;
    Some(Checked { minutes: age.as_secs() / 60, passed: !failing })
}

fn ticket_line(ticket: &TicketState, now: UnixMillis) -> TicketLine {
    let TicketState { id, terms, created, seats_used, revoked } = *ticket;
    let state = match (revoked, terms.expires <= now) {
        (true, _) => State::Revoked,
        (false, true) => State::Over,
        (false, false) => State::Good,
    };
    TicketLine {
        id: short(id),
        seats_used,
        seats: terms.seats,
        daily: terms.daily_batches,
        made: Day::of(UnixMillis(0)).plus(created),
        // The last moment in which it is good.
        until: Day::of(UnixMillis(terms.expires.0.saturating_sub(1))),
        state,
    }
}

/// Eight letters: enough to tell the tickets of one relay apart.
fn short(TicketId(id): TicketId) -> String {
    HEXLOWER.encode(id.first_chunk::<4>().unwrap_or(&[0; 4]))
}

fn is_named(TicketId(id): TicketId, name: &str) -> bool {
    !name.is_empty() && HEXLOWER.encode(&id).starts_with(&name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_through_its_last_day() {
        let until: Day = "2026-12-01".parse().unwrap();
        let terms = Terms { seats: 5, daily_batches: 2, expires: until.plus(1).begins() };
        let id = TicketId([0xab, 1, 2, 3, 4, 5, 6, 7]);
        let ticket = TicketState { id, terms, created: 20_000, seats_used: 1, revoked: false };
        let on = |now| ticket_line(&ticket, now);
        let evening = UnixMillis(until.plus(1).begins().0 - 1);
        assert_eq!((on(evening).state, on(evening).until), (State::Good, until));
        assert_eq!(on(until.plus(1).begins()).state, State::Over);
        let ended = TicketState { revoked: true, ..ticket };
        assert_eq!(ticket_line(&ended, evening).state, State::Revoked);
        assert_eq!(short(id), "ab010203");
        assert!(
            is_named(id, "ab01") && is_named(id, "AB") && !is_named(id, "") && !is_named(id, "b0")
        );
    }
}
