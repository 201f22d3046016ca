//! Reads the settings again while the relay runs: all of a good file, nothing of a bad one.
//!
//! ```text
//! SIGHUP, or the admin socket -> file and flags read anew -> bad? old ones hold, said with the line
//!                             -> limits, contact, log level, leaf certificate now; the rest is named: after a restart
//! ```

use offshift_relay::{
    config::{Change, KEYS, Settings},
    counts::Mark,
    server::Running,
    store::Store,
};

use super::{args::Flags, failure::Failure, log::Log, service, settings};

/// What reading again needs to know.
pub(super) struct Reload {
    flags: Flags,
    started_with: Settings,
    log: Log,
}

impl Reload {
    pub(super) const fn new(flags: Flags, started_with: Settings, log: Log) -> Self {
        Self { flags, started_with, log }
    }

    /// Reads them again, and says on standard error what came of it.
    pub(super) fn now<S: Store>(&self, running: &Running<S>) -> Result<(), Failure> {
        service::reloading();
        let outcome = self.read_again(running);
        service::ready();
        running.counts().mark(if outcome.is_ok() { Mark::Reloaded } else { Mark::ReloadFailed });
        match &outcome {
            Ok(waiting) if waiting.is_empty() => super::tell("the settings were read again"),
            Ok(waiting) => super::tell(&format!(
                "the settings were read again; these wait for a restart: {}",
                waiting.join(", ")
            )),
            Err(failure) => {
                super::tell(&format!("the old settings still hold: {failure}"));
                service::needs_a_look("serving; the settings file is wrong, the old one holds");
            }
        }
        outcome.map(|_| ())
    }

    /// The keys that wait for a restart.
    fn read_again<S: Store>(&self, running: &Running<S>) -> Result<Vec<String>, Failure> {
        let fresh = settings::chosen(&self.flags)?.loaded.settings;
        running.reload(fresh.limits, fresh.relay.contact.clone());
        running.renew_leaf();
        self.log.set(fresh.log.level);
        Ok(waiting(&self.started_with, &fresh))
    }
}

/// What differs and can't be changed under way.
fn waiting(old: &Settings, new: &Settings) -> Vec<String> {
    let differs = |key: &&offshift_relay::config::Key| {
        key.change == Change::Restart && key.show(old) != key.show(new)
    };
    KEYS.iter().filter(differs).map(|key| format!("{} in [{}]", key.name, key.table)).collect()
}

#[cfg(test)]
mod tests {
    use offshift_relay::config::Loaded;

    use super::*;

    #[test]
    fn only_what_needs_a_restart_and_differs_waits() {
        let old = Settings::default();
        let new =
            Loaded::parse("[relay]\ncontact = 'x'\n[keep]\nmax_life = '1d'\ndisk_mb = 10240\n");
        assert_eq!(waiting(&old, &new.unwrap().settings), ["max_life in [keep]"]);
        assert_eq!(waiting(&old, &old), Vec::<String>::new());
    }
}
