//! Which settings hold: the file, over it the environment, over both the flags.
//!
//! ```text
//! --config FILE, or the usual one if it is there -> Loaded -> OFFSHIFT_LOG -> flags -> do they agree?
//! ```

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use offshift_relay::config::{
    self, Access, BadSettings, FileFormat, Given, LoadError, Loaded, Origin, key,
};

use super::{
    args::{self, Flags, Level},
    data::DataDirectory,
    failure::{Failure, Turn},
};

/// Where the package has it.
pub(super) const USUAL_FILE: &str = "/etc/offshift-relay/relay.toml";

/// And the data.
pub(super) const USUAL_DATA: &str = "/var/lib/offshift-relay";

const LOG_VARIABLE: &str = "OFFSHIFT_LOG";

/// Settings, and the file that they were read from.
pub(super) struct Chosen {
    pub(super) loaded: Loaded,
    pub(super) file: Option<PathBuf>,
}

/// What holds for a command that only asks which relay.
pub(super) fn of(at: &args::DataDirectory) -> Result<Loaded, Failure> {
    Ok(chosen(&Flags { at: at.clone(), ..Flags::default() })?.loaded)
}

/// What holds, flags and all.
pub(super) fn chosen(flags: &Flags) -> Result<Chosen, Failure> {
    let file = file(&flags.at, flags.dev);
    let mut loaded = match &file {
        Some(path) => read(path)?,
        None => Loaded::default(),
    };
    over(&mut loaded, flags).map_err(|bad| Failure::new(Turn::Yours, bad.to_string()))?;
    loaded.agrees().map_err(|bad| wrong(file.as_deref(), &bad))?;
    Ok(Chosen { loaded, file })
}

impl Chosen {
    /// What to do about a file of the old format.
    pub(super) fn hint(&self) -> Option<String> {
        let file = self.file.as_deref().filter(|_| self.loaded.format == FileFormat::Flat)?;
        let file = file.display();
        Some(format!(
            "{file} has the old format, which still works; renew it with: \
             offshift-relay config migrate {file} --write"
        ))
    }
}

/// The file to read: the one that is named; that of the data directory that is named; the machine's; the user's.
/// Whoever tries out is not served the machine's own.
pub(super) fn file(at: &args::DataDirectory, dev: bool) -> Option<PathBuf> {
    if at.config.is_some() {
        return at.config.clone();
    }
    let candidates = match &at.data {
        Some(data) => vec![file_in(data)],
        None if dev => Vec::new(),
        None => vec![PathBuf::from(USUAL_FILE), file_in(DataDirectory::chosen(None).path())],
    };
    candidates.into_iter().find(|path| path.exists())
}

/// Where `init` puts it when the machine has no place for it.
pub(super) fn file_in(data: &Path) -> PathBuf {
    data.join("relay.toml")
}

/// Reads a file, or says what is wrong with it and where.
pub(super) fn read(path: &Path) -> Result<Loaded, Failure> {
    config::load(path).map_err(|error| match error {
        LoadError::Bad(bad) => wrong(Some(path), &bad),
        LoadError::Unreadable(kind) => {
            let path = path.display();
            let sentence = format!(
                "can't read the settings file {path} ({kind}); check --config and who may read it"
            );
            Failure::new(Turn::Settings, sentence)
        }
    })
}

fn wrong(file: Option<&Path>, bad: &BadSettings) -> Failure {
    match file.filter(|_| bad.place.is_some()) {
        Some(file) => Failure::new(Turn::Settings, format!("{}, {bad}", file.display())),
        None => Failure::new(Turn::Settings, bad.to_string()),
    }
}

/// `--dev` changes what holds when nobody says otherwise; the other flags say otherwise.
fn over(loaded: &mut Loaded, flags: &Flags) -> Result<(), BadSettings> {
    if flags.dev {
        for_trying_out(loaded);
    }
    if let Some(level) = std::env::var_os(LOG_VARIABLE) {
        let level = level.to_string_lossy();
        put(loaded, ("log", "level"), &level, Origin::Environment(LOG_VARIABLE))?;
    }
    if let Some(level) = flags.log {
        put(loaded, ("log", "level"), level.name(), Origin::Flag("--log"))?;
    }
    if let Some(listen) = flags.listen {
        put(loaded, ("relay", "listen"), &listen.to_string(), Origin::Flag("--listen"))?;
    }
    if let Some(public) = &flags.public {
        put(loaded, ("relay", "public"), public, Origin::Flag("--public"))?;
    }
    if let Some(data) = &flags.at.data {
        loaded.settings.relay.data = Some(data.clone());
        loaded.origins.insert(("relay", "data"), Origin::Flag("--data"));
    }
    Ok(())
}

fn for_trying_out(loaded: &mut Loaded) {
    const DEV: Origin = Origin::Flag("--dev");
    let (settings, origins) = (&mut loaded.settings, &mut loaded.origins);
    origins.entry(("relay", "listen")).or_insert_with(|| {
        settings.relay.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        DEV
    });
    origins.entry(("access", "mode")).or_insert_with(|| {
        settings.access = Access::Open;
        DEV
    });
}

fn put(
    loaded: &mut Loaded,
    (table, name): (&str, &str),
    text: &str,
    origin: Origin,
) -> Result<(), BadSettings> {
    key(table, name).map_or(Ok(()), |key| loaded.set(key, &Given::Text(text), origin))
}

impl Level {
    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(flags: Flags, text: &str) -> Loaded {
        let mut loaded = Loaded::parse(text).unwrap();
        over(&mut loaded, &flags).unwrap();
        loaded
    }

    #[test]
    fn trying_out_changes_only_what_nobody_said() {
        let dev = || Flags { dev: true, ..Flags::default() };
        let bare = with(dev(), "");
        assert_eq!(bare.settings.access, Access::Open);
        assert_eq!(bare.settings.relay.listen, "127.0.0.1:0".parse().unwrap());
        let said = with(dev(), "[access]\nmode = 'tickets'\n[relay]\nlisten = '[::1]:9'\n");
        assert_eq!(said.settings.access, Access::Tickets);
        assert_eq!(said.settings.relay.listen, "[::1]:9".parse().unwrap());
        assert_eq!(with(Flags::default(), "").settings.access, Access::Tickets);
    }

    #[test]
    fn a_flag_wins_over_the_file_and_is_told_as_the_origin() {
        let flags = Flags { public: Some("b.example".to_owned()), ..Flags::default() };
        let loaded = with(flags, "[relay]\npublic = 'a.example'\n");
        assert_eq!(loaded.settings.relay.public.as_deref(), Some("b.example"));
        assert_eq!(loaded.origins[&("relay", "public")], Origin::Flag("--public"));
    }

    #[test]
    fn a_bad_flag_is_told_without_a_place_in_the_file() {
        let mut loaded = Loaded::default();
        let flags = Flags { public: Some("not a host".to_owned()), ..Flags::default() };
        let bad = over(&mut loaded, &flags).unwrap_err();
        assert_eq!(
            bad.to_string(),
            "public in [relay] must be a host name or an address, with or without :PORT"
        );
    }
}
