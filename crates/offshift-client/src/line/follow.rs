//! Following: one task for each mailbox of a connection.

use std::{collections::BTreeMap, sync::Arc};

use offshift_link::{FetchItem, Link, LinkError};
use offshift_protocol::FetchAccess;
use offshift_wire::{
    Address, Position,
    code::{Refusal, Role},
};
use tokio::{
    task::{AbortHandle, JoinSet},
    time::timeout,
};

use super::{Gone, Reports, Shared, What};
use crate::limits::ANSWER;

/// How a follower ended.
pub(super) enum Ended {
    /// The engine is gone, or the follower was told to stop.
    Stopped,
    /// The relay won't let this device read the mailbox.
    Unreadable(Address),
    /// The connection is of no more use.
    Broken(LinkError),
}

/// The followers of one connection.
#[derive(Default)]
pub(super) struct Followers {
    running: BTreeMap<Address, AbortHandle>,
    tasks: JoinSet<Ended>,
}

impl Followers {
    /// Starts and stops followers until they are those that are wanted.
    pub(super) fn match_wanted(
        &mut self,
        link: &Arc<Link>,
        shared: &Arc<Shared>,
        reports: &Reports,
    ) {
        let wanted = shared.wanted();
        self.running.retain(|address, task| {
            let keep = wanted.sources.contains_key(address);
            if !keep {
                task.abort();
            }
            keep
        });
        for (address, source) in &wanted.sources {
            if !self.running.contains_key(address) {
                let follow = follow(
                    Arc::clone(link),
                    source.access.clone(),
                    source.after,
                    Arc::clone(shared),
                    reports.clone(),
                );
                self.running.insert(*address, self.tasks.spawn(follow));
            }
        }
    }

    /// Waits until one ends by itself. Never, while there is none.
    pub(super) async fn next_end(&mut self) -> Ended {
        loop {
            match self.tasks.join_next().await {
                Some(Ok(ended)) => return ended,
                Some(Err(aborted)) if aborted.is_cancelled() => {}
                Some(Err(_)) => return Ended::Broken(LinkError::Bug("following")),
                None => std::future::pending().await,
            }
        }
    }
}

async fn follow(
    link: Arc<Link>,
    access: FetchAccess,
    after: Position,
    shared: Arc<Shared>,
    reports: Reports,
) -> Ended {
    let address = access.address();
    match read(&link, &access, after, &shared, &reports).await {
        Ok(Gone) => Ended::Stopped,
        Err(LinkError::Refused(Refusal::Denied)) => Ended::Unreadable(address),
        Err(error) => Ended::Broken(error),
    }
}

async fn read(
    link: &Link,
    access: &FetchAccess,
    after: Position,
    shared: &Shared,
    reports: &Reports,
) -> Result<Gone, LinkError> {
    let address = access.address();
    let proof = access.key().prove(&address, &link.binding());
    let granted = timeout(ANSWER, link.prove(Role::Fetch, access.descriptor(), &proof)).await;
    let capability = granted.unwrap_or(Err(LinkError::Unreachable))?;
    if shared.sponsored == Some(address) {
        shared.change(|wanted| wanted.to_sponsor = Some(capability));
    }
    let mut fetching = link.fetch(capability, after, true).await?;
    while let Some(item) = fetching.next().await {
        let item = item?;
        shared.was_useful();
        let what = match item {
            FetchItem::Entry { position, envelope } => What::Entry { address, position, envelope },
            FetchItem::CaughtUp => What::CaughtUp(address),
        };
        if let Err(gone) = reports.send(what).await {
            return Ok(gone);
        }
    }
    Err(LinkError::Lost)
}
