//! What a service manager (systemd) gives and is told: a socket, readiness, a watchdog.
//!
//! ```text
//! LISTEN_FDS -> UDP socket      READY, RELOADING, STOPPING ->      WATCHDOG=1 after each check that the relay answered
//! ```
//! Without a service manager all of it does nothing, but for the check of itself, whose outcome `status` shows.
//!
//! Never: a number of people, a name, or an address in what the manager is told.

use std::{net::UdpSocket, sync::Arc, time::Duration};

use listenfd::ListenFd;
use offshift_link::LinkError;
use offshift_relay::{
    config::Access,
    counts::{Count, Mark},
    selfcheck::{self, CheckError},
    server::Running,
    store::Store,
};
use offshift_wire::link::RelayLink;
use sd_notify::NotifyState;
use tokio::{
    task::JoinHandle,
    time::{MissedTickBehavior, interval_at},
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
            due.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                due.tick().await;
                if is_alive(check(&running, &link, access).await) {
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
        Access::Open => Vec::new(),
        Access::Tickets => running.office().mint(1).await.unwrap_or_default(),
    };
    let outcome = selfcheck::once(link, tokens).await.map(|_| ());
    let (what, mark) = match outcome {
        Ok(()) => (Count::CheckPassed, Mark::CheckPassed),
        Err(_) => (Count::CheckFailed, Mark::CheckFailed),
    };
    running.counts().add(what);
    running.counts().mark(mark);
    outcome
}

/// A relay that says no is alive: one that is full or flooded must not be started again for it, which would cut
/// off everybody who is connected and, with keys in memory, forget what waits.
fn is_alive(outcome: Result<(), CheckError>) -> bool {
    match outcome {
        // Lost: how a newcomer sees that it is turned away, which is an answer as well.
        Ok(()) | Err(CheckError::Connect(LinkError::Lost)) => true,
        Err(
            CheckError::Connect(why)
            | CheckError::Spend(why)
            | CheckError::Deposit(why)
            | CheckError::Fetch(why),
        ) => matches!(why, LinkError::Refused(_) | LinkError::Closed(_) | LinkError::Busy),
        Err(CheckError::Randomness | CheckError::NoTokens) => true,
        Err(CheckError::Receipt | CheckError::Missing | CheckError::Slow) => false,
    }
}

#[cfg(test)]
mod tests {
    use offshift_wire::code::Refusal;

    use super::*;

    #[test]
    fn a_relay_that_says_no_is_alive_and_one_that_is_silent_or_wrong_is_not() {
        assert!(is_alive(Ok(())));
        assert!(is_alive(Err(CheckError::Deposit(LinkError::Refused(Refusal::Full)))));
        assert!(is_alive(Err(CheckError::Deposit(LinkError::Refused(Refusal::Busy)))));
        assert!(!is_alive(Err(CheckError::Connect(LinkError::Unreachable))));
        assert!(!is_alive(Err(CheckError::Slow)) && !is_alive(Err(CheckError::Missing)));
    }
}
