//! Work on the curve: on threads of its own, few at a time, so that nobody else waits for it.

use std::sync::Arc;

use tokio::{sync::Semaphore, task::spawn_blocking};

/// Half of the machine's cores, at least one: the rest serves deposits and fetches. One place more is the relay's own:
/// what it asks itself waits behind no peer (OS-TOK-038).
pub(super) struct Work {
    peers: Arc<Semaphore>,
    own: Arc<Semaphore>,
}

/// Whose work it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    Peers,
    Own,
}

impl Work {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let peers = Arc::new(Semaphore::new((cores / 2).max(1)));
        Self { peers, own: Arc::new(Semaphore::new(1)) }
    }

    /// Does it when there is a place. `None`: it panicked, or the relay goes down.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        whose: For,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let places = match whose {
            For::Peers => &self.peers,
            For::Own => &self.own,
        };
        let place = places.clone().acquire_owned().await.ok()?;
        let with_place = move || {
            // Held by the thread: an asker that has gone makes no room for another job beside this one.
            let _place = place;
            job()
        };
        spawn_blocking(with_place).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn os_tok_038_the_relays_own_work_waits_behind_no_peer() {
        let work = Arc::new(Work::new());
        let all = u32::try_from(work.peers.available_permits()).unwrap();
        let busy = work.peers.clone().acquire_many_owned(all).await.unwrap();
        assert_eq!(work.run(For::Own, || 7).await, Some(7));
        let (done, told) = oneshot::channel();
        let peer = work.clone();
        let peer =
            tokio::spawn(async move { peer.run(For::Peers, || done.send(()).is_ok()).await });
        assert_eq!(work.run(For::Own, || 8).await, Some(8));
        assert!(!peer.is_finished(), "the control: a peer waits");
        drop(busy);
        told.await.unwrap();
        assert_eq!(peer.await.unwrap(), Some(true));
    }
}
