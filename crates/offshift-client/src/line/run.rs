//! A line's task: connect, carry, and again.

use std::sync::{Arc, atomic::Ordering};

use offshift_link::{Link, LinkError, Options, backoff::Backoff};
use offshift_wire::link::RelayLink;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use tokio::time::{Instant, sleep, sleep_until};

use super::{
    Gone, Reports, Shared, What,
    deposit::Depositor,
    follow::{Ended, Followers},
};

/// Why a connection was given up.
enum Over {
    /// Nobody wants the line any more.
    Closing,
    /// It broke.
    Broken(LinkError),
}

impl From<LinkError> for Over {
    fn from(error: LinkError) -> Self {
        Self::Broken(error)
    }
}

impl From<Gone> for Over {
    fn from(_: Gone) -> Self {
        Self::Closing
    }
}

/// Keeps a connection to the relay of `link` until the line is closed.
pub(super) async fn run(
    mut link: RelayLink,
    shared: Arc<Shared>,
    reports: Reports,
    seed: [u8; 32],
) {
    let mut rng = ChaCha20Rng::from_seed(seed);
    let mut backoff = Backoff::new();
    loop {
        let error = match once(&mut link, &shared, &reports, &mut rng).await {
            Ok(never) => match never {},
            Err(Over::Closing) => return,
            Err(Over::Broken(error)) => error,
        };
        if shared.useful.swap(false, Ordering::Relaxed) {
            backoff.succeeded();
        }
        if reports.send(What::Reach(Err(error))).await.is_err() {
            return;
        }
        if error == LinkError::Identity {
            // Somebody answers in the relay's place. Not one more packet goes there (OS-CLI-004, NO-20).
            let Some(now) = led_on(&shared, &link).await else { return };
            link = now;
            continue;
        }
        tokio::select! {
            () = sleep(backoff.failed(&mut rng)) => {}
            // Something new is wanted, most likely by the person: that is worth a try before its time.
            () = shared.changed.notified() => {}
        }
        let led_to = shared.wanted().led_to.take();
        link = led_to.unwrap_or(link);
        if shared.wanted().closing {
            return;
        }
    }
}

enum Never {}

async fn once(
    to: &mut RelayLink,
    shared: &Arc<Shared>,
    reports: &Reports,
    rng: &mut ChaCha20Rng,
) -> Result<Never, Over> {
    let link = tokio::select! {
        connected = Link::connect(to, Options::default()) => Arc::new(connected?),
        () = closing(shared) => return Err(Over::Closing),
    };
    // The old identity may be gone at the next connection (OS-LNK-006).
    if let Ok(now) = RelayLink::new(to.host(), to.port(), link.relay()) {
        *to = now;
    }
    // A capability is of its connection.
    shared.wanted().to_sponsor = None;
    let mut depositor = Depositor::new(&link);
    let mut followers = Followers::default();
    let said = Box::new(link.said().clone());
    reports.send(What::Greeting(said, link.relay_key())).await?;
    reports.send(What::Reach(Ok(()))).await?;
    let over = loop {
        if shared.wanted().closing {
            break Over::Closing;
        }
        followers.match_wanted(&link, shared, reports);
        if let Some(short) = depositor.start_wanted(shared) {
            reports.send(What::Short(short)).await?;
        }
        let release = depositor.next_release();
        tokio::select! {
            () = shared.changed.notified() => {}
            () = until(release) => depositor.release_due(),
            error = link.closed() => break error.into(),
            done = depositor.next_done() => {
                depositor.handle_done(done?, shared, reports, rng).await??;
            }
            ended = followers.next_end() => match ended {
                Ended::Broken(error) => break error.into(),
                Ended::Stopped => {}
                Ended::Unreadable(address) => reports.send(What::Unreadable(address)).await?,
            },
        }
    };
    drop((depositor, followers));
    if let (Over::Closing, Ok(link)) = (&over, Arc::try_unwrap(link)) {
        link.close().await;
    }
    Err(over)
}

/// Waits until the engine knows another identity of the relay, or until the line is to close.
async fn led_on(shared: &Shared, from: &RelayLink) -> Option<RelayLink> {
    loop {
        let led_to = shared.wanted().led_to.take().filter(|link| link != from);
        if led_to.is_some() || shared.wanted().closing {
            return led_to;
        }
        shared.changed.notified().await;
    }
}

/// Waits until the line is to close.
async fn closing(shared: &Shared) {
    while !shared.wanted().closing {
        shared.changed.notified().await;
    }
}

/// Sleeps until then; for ever if there is no then.
async fn until(then: Option<Instant>) {
    match then {
        Some(then) => sleep_until(then).await,
        None => std::future::pending().await,
    }
}
