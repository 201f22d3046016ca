//! What a service manager (systemd) gives and is told: a socket, readiness, a watchdog.
//!
//! ```text
//! LISTEN_FDS -> UDP socket      READY, RELOADING, STOPPING ->      WATCHDOG=1 after each check that the relay answered
//! ```
//! Without a service manager all of it does nothing, but for the check of itself, whose outcome `status` shows.
//!
//! Never: a number of people, a name, or an address in what the manager is told.

use std::{
    net::UdpSocket,
    sync::Arc,
    time::{Duration, Instant},
};

use listenfd::ListenFd;
use offshift_link::LinkError;
use offshift_relay::{
    config::Access,
    counts::{Count, Mark},
    limits::{SELF_CHECK, SILENT_MAX},
    selfcheck::{self, CheckError},
    server::Running,
    store::Store,
};
use offshift_wire::link::RelayLink;
use sd_notify::NotifyState;
use tokio::{
    task::JoinHandle,
    time::{MissedTickBehavior, interval_at, timeout},
};

use super::failure::{Failure, Turn};

/// Between checks of itself when no manager waits for them: often enough to be news, too rare to be load.
const CHECK_EVERY: Duration = Duration::from_secs(300);

/// The UDP socket that the service manager bound for us, if it did.
pub(super) fn socket() -> Result<Option<UdpSocket>, Failure> {
    ListenFd::from_env().take_udp_socket(0).map_err(|_| {
        let sentence = "the service manager hands over something that is no UDP socket; look at \
                        ListenDatagram= in the socket unit";
        Failure::new(Turn::Yours, sentence)
    })
}

/// It listens, and stands ready.
pub(super) fn ready() {
    notify(&[NotifyState::Ready, NotifyState::Status("serving")]);
}

/// It reads its settings again. `ready` follows.
pub(super) fn reloading() {
    if let Ok(now) = NotifyState::monotonic_usec_now() {
        notify(&[NotifyState::Reloading, now]);
    }
}

/// It goes on, but somebody has to look.
pub(super) fn needs_a_look(what: &str) {
    notify(&[NotifyState::Status(what)]);
}

/// It ends.
pub(super) fn stopping() {
    notify(&[NotifyState::Stopping, NotifyState::Status("stopping")]);
}

/// Whoever isn't there hears nothing.
fn notify(states: &[NotifyState<'_>]) {
    let _ = sd_notify::notify(states);
}

/// Sends a message to itself again and again, and tells the manager that it lives when the relay answered.
pub(super) struct Watchdog(JoinHandle<()>);

impl Watchdog {
    pub(super) fn start<S: Store>(
        running: Arc<Running<S>>,
        link: RelayLink,
        access: Access,
    ) -> Self {
        let asked = sd_notify::watchdog_enabled();
        let every = asked.map_or(CHECK_EVERY, |limit| (limit / 3).min(CHECK_EVERY));
        Self(tokio::spawn(async move {
            let mut due = interval_at(tokio::time::Instant::now() + every, every);
            let mut patience = Patience { answered: Instant::now() };
            due.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                due.tick().await;
                if patience.is_alive(check(&running, &link, access).await, Instant::now()) {
                    notify(&[NotifyState::Watchdog]);
                }
            }
        }))
    }

    pub(super) async fn stop(self) {
        self.0.abort();
        let _ = self.0.await;
    }
}

async fn check<S: Store>(
    running: &Running<S>,
    link: &RelayLink,
    access: Access,
) -> Result<(), CheckError> {
    let tokens = match access {
        Access::Open => Ok(Ok(Vec::new())),
        // A disk that hangs hangs here.
        Access::Tickets => timeout(SELF_CHECK, running.office().mint(1)).await,
    };
    let outcome = match tokens {
        Ok(tokens) => selfcheck::once(link, tokens.unwrap_or_default()).await.map(|_| ()),
        Err(_) => Err(CheckError::Slow),
    };
    let (what, mark) = match outcome {
        Ok(()) => (Count::CheckPassed, Mark::CheckPassed),
        Err(_) => (Count::CheckFailed, Mark::CheckFailed),
    };
    running.counts().add(what);
    running.counts().mark(mark);
    outcome
}

/// How the last checks ended.
struct Patience {
    answered: Instant,
}

/// What a check says of the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Answer,
    Silence,
    Wrong,
}

impl Patience {
    /// A relay that is slow is under load, and to start it again would cut off everybody and, with keys in memory, forget
    /// what waits: silence is death after [`SILENT_MAX`] only.
    fn is_alive(&mut self, outcome: Result<(), CheckError>, now: Instant) -> bool {
        match sign(outcome) {
            Sign::Answer => self.answered = now,
            Sign::Silence => {}
            Sign::Wrong => return false,
        }
        now.saturating_duration_since(self.answered) < SILENT_MAX
    }
}

/// A relay that says no is alive: one that is full or flooded must not be started again for it.
fn sign(outcome: Result<(), CheckError>) -> Sign {
    match outcome {
        // Lost: how a newcomer sees that it is turned away, which is an answer as well.
        Ok(()) | Err(CheckError::Connect(LinkError::Lost)) => Sign::Answer,
        Err(
            CheckError::Connect(why)
            | CheckError::Spend(why)
            | CheckError::Deposit(why)
            | CheckError::Fetch(why),
        ) => match why {
            LinkError::Refused(_) | LinkError::Closed(_) | LinkError::Busy => Sign::Answer,
            _ => Sign::Silence,
        },
        Err(CheckError::Randomness | CheckError::NoTokens) => Sign::Answer,
        Err(CheckError::Slow) => Sign::Silence,
        Err(CheckError::Receipt | CheckError::Missing) => Sign::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use offshift_wire::code::Refusal;

    use super::*;

    #[test]
    fn a_relay_that_says_no_is_alive_and_one_that_is_wrong_is_not() {
        assert_eq!(sign(Ok(())), Sign::Answer);
        for said in [Refusal::Full, Refusal::Busy] {
            assert_eq!(sign(Err(CheckError::Deposit(LinkError::Refused(said)))), Sign::Answer);
        }
        let mut patience = Patience { answered: Instant::now() };
        assert!(!patience.is_alive(Err(CheckError::Missing), Instant::now()));
    }

    #[test]
    fn a_slow_relay_is_not_started_again_until_nothing_answers_for_long() {
        let start = Instant::now();
        let mut patience = Patience { answered: start };
        let silent = [CheckError::Slow, CheckError::Connect(LinkError::Unreachable)];
        let mut after = |outcome, time| patience.is_alive(outcome, start + time);
        let just = SILENT_MAX - Duration::from_secs(1);
        assert!(silent.into_iter().all(|silent| after(Err(silent), just)));
        assert!(!after(Err(CheckError::Slow), SILENT_MAX), "the control");
        assert!(after(Ok(()), SILENT_MAX) && after(Err(CheckError::Slow), SILENT_MAX + just));
    }
}
