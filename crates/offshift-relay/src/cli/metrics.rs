//! Metrics of a relay that serves, where its settings ask for them.

use std::sync::Arc;

use offshift_relay::{
    config::{self, MetricsAt},
    metrics::{
        Registry,
        http::{self, Door, NoDoor},
    },
    server::Running,
    store::Store,
};
use tokio::task::JoinHandle;

use super::failure::{Failure, Turn};

/// Metrics that are served.
pub(super) struct Metrics(JoinHandle<()>);

/// Serves them from now on; nothing where the settings name no place (OS-OPS-001).
pub(super) async fn start<S: Store>(
    settings: &config::Metrics,
    running: &Arc<Running<S>>,
) -> Result<Option<Metrics>, Failure> {
    let door = match &settings.listen {
        None => return Ok(None),
        Some(MetricsAt::Tcp(at)) => Door::tcp(*at, settings.beyond_this_machine).await?,
        Some(MetricsAt::Unix(path)) => Door::unix(path)?,
    };
    let registry = Arc::new(Registry::of(running));
    Ok(Some(Metrics(tokio::spawn(http::serve(door, registry)))))
}

impl Metrics {
    /// Nobody looks at the relay any more when this returns.
    pub(super) async fn stop(self) {
        self.0.abort();
        let _ = self.0.await;
    }
}

impl From<NoDoor> for Failure {
    fn from(error: NoDoor) -> Self {
        let turn = match error {
            NoDoor::BeyondThisMachine => Turn::Settings,
            NoDoor::Taken | NoDoor::Refused(_) => Turn::Yours,
        };
        Self::new(turn, error.to_string())
    }
}
