//! The log on standard error, whose level can change while the relay runs.

use std::io;

use offshift_relay::config::{LogFormat, LogLevel, Logs};
use tracing_subscriber::{
    EnvFilter, Layer, Registry, layer::SubscriberExt, reload, util::SubscriberInitExt,
};

/// Changes the level.
pub(super) struct Log(reload::Handle<EnvFilter, Registry>);

impl Log {
    /// Starts it, once in the life of the process.
    pub(super) fn start(logs: Logs) -> Self {
        let (filter, handle) = reload::Layer::new(filter(logs.level));
        let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(false);
        let lines: Box<dyn Layer<_> + Send + Sync> = match logs.format {
            LogFormat::Text => lines.boxed(),
            LogFormat::Json => lines.json().boxed(),
        };
        let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
        Self(handle)
    }

    /// From now on so much.
    pub(super) fn set(&self, level: LogLevel) {
        let _ = self.0.reload(filter(level));
    }
}

/// Logs of our own crates only: quinn's name the addresses of peers (N7).
fn filter(level: LogLevel) -> EnvFilter {
    let level = match level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    EnvFilter::new(format!("off,offshift_relay={level},offshift_link={level}"))
}
