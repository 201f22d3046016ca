//! The relay that a command is about: its data directory, its settings, its admin socket.

use std::path::PathBuf;

use offshift_relay::config::Settings;

use super::{
    args::{self, Flags},
    data::DataDirectory,
    failure::Failure,
    settings,
};

/// Where things are.
pub(super) struct Here {
    pub(super) data: DataDirectory,
    pub(super) settings: Settings,
    /// The settings file, if there is one.
    pub(super) file: Option<PathBuf>,
    pub(super) socket: PathBuf,
}

impl Here {
    /// The one that the flags and the settings name.
    pub(super) fn at(at: &args::DataDirectory) -> Result<Self, Failure> {
        let chosen = settings::chosen(&Flags { at: at.clone(), ..Flags::default() })?;
        let settings = chosen.loaded.settings;
        let data = DataDirectory::chosen(settings.relay.data.as_deref());
        let socket = data.admin_socket(&settings);
        Ok(Self { data, settings, file: chosen.file, socket })
    }
}
