//! Words for an engine that runs for all who ask it.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use clap_complete::Shell;

#[derive(Args)]
pub(crate) struct Daemon {
    #[command(flatten)]
    pub(crate) engine: Engine,
    /// End the one that runs
    #[arg(long, conflicts_with_all = ["locked", "lock_after", "notify"])]
    pub(crate) stop: bool,
}

#[derive(Args)]
pub(crate) struct Open {
    #[command(flatten)]
    pub(crate) engine: Engine,
    /// Only print the link
    #[arg(long)]
    pub(crate) no_browser: bool,
}

/// How an engine runs.
#[derive(Args)]
pub(crate) struct Engine {
    /// Begin locked, without a passphrase
    #[arg(long)]
    pub(crate) locked: bool,
    /// Lock when nobody used it for so many minutes, or 90s for seconds; 0: never, for bots
    #[arg(long, value_name = "MINUTES", default_value = "15", value_parser = patience)]
    pub(crate) lock_after: Duration,
    /// Show a notification when messages come. It says that, and nothing of them
    #[arg(long)]
    pub(crate) notify: bool,
}

#[derive(Args)]
pub(crate) struct Man {
    /// Write the pages into this folder
    #[arg(value_name = "DIR")]
    pub(crate) directory: PathBuf,
}

#[derive(Args)]
pub(crate) struct Completions {
    /// For which shell
    pub(crate) shell: Shell,
}

/// Minutes, or seconds where an `s` follows.
fn patience(text: &str) -> Result<Duration, &'static str> {
    let (digits, unit) = text.strip_suffix('s').map_or((text, 60), |digits| (digits, 1));
    let count: u32 =
        digits.parse().map_err(|_| "write minutes, as in 15, or seconds, as in 90s")?;
    Ok(Duration::from_secs(u64::from(count).saturating_mul(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_anybody_is_minutes_or_seconds_and_nothing_else() {
        let seconds = |text| patience(text).map(|time| time.as_secs());
        assert_eq!(["15", "0", "90s"].map(seconds), [Ok(900), Ok(0), Ok(90)]);
        for wrong in ["", "s", "15m", "-1", "1.5", "4294967296"] {
            assert!(patience(wrong).is_err(), "{wrong}");
        }
    }
}
