//! Work on the curve: on threads of its own, few at a time, so that nobody else waits for it.

use std::sync::Arc;

use tokio::{sync::Semaphore, task::spawn_blocking};

/// Half of the machine's cores, at least one: the rest serves deposits and fetches.
pub(super) struct Work(Arc<Semaphore>);

impl Work {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new((cores / 2).max(1))))
    }

    /// Does it when there is a place. `None`: it panicked, or the relay goes down.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let place = self.0.clone().acquire_owned().await.ok()?;
        let with_place = move || {
            // Held by the thread: an asker that has gone makes no room for another job beside this one.
            let _place = place;
            job()
        };
        spawn_blocking(with_place).await.ok()
    }
}
