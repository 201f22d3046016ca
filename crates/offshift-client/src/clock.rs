//! What time it is: the machine's, and in tests whatever a profile's clock says.

use std::time::{SystemTime, UNIX_EPOCH};

use offshift_wire::UnixMillis;

#[cfg(feature = "for-testing")]
pub(crate) use turned::now;
#[cfg(not(feature = "for-testing"))]
pub(crate) use wall as now;

/// The machine's time.
pub(crate) fn wall() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// A clock for each profile, so that tests can let weeks pass (N11: absent from shipped programs).
#[cfg(feature = "for-testing")]
pub(crate) mod turned {
    use std::sync::Arc;

    use offshift_wire::UnixMillis;

    /// Tells the time.
    pub(crate) type Clock = Arc<dyn Fn() -> UnixMillis + Send + Sync>;

    tokio::task_local! {
        /// The clock of the engine that runs in this task.
        pub(crate) static CLOCK: Clock;
    }

    pub(crate) fn now() -> UnixMillis {
        CLOCK.try_with(|clock| clock()).unwrap_or_else(|_| super::wall())
    }
}
