//! The data directory: where it is, and the link file in it.
//!
//! ```text
//! DIR/store/       the store, one process at a time
//! DIR/link         the link as text: public, readable while the relay runs
//! DIR/admin.sock   through it the host's commands ask the running relay
//! ```

use std::{
    fs, io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use offshift_link::RelayIdentity;
use offshift_relay::{
    config::{Keep, Settings},
    store::{
        Store,
        embedded::{EmbeddedStore, Options},
    },
};
use offshift_wire::link::RelayLink;

use super::{
    args,
    failure::{Failure, Turn},
    settings, threads,
};

const LINK_FILE: &str = "link";
const ADMIN_SOCKET: &str = "admin.sock";
const STORE_DIRECTORY: &str = "store";
const IDENTITY_KEY: &str = "relay identity";

/// Where a relay keeps its data.
pub(super) struct DataDirectory(PathBuf);

impl DataDirectory {
    /// The given one, or `offshift-relay` in the state directory, or in this directory.
    pub(super) fn chosen(given: Option<&Path>) -> Self {
        Self(given.map_or_else(usual, Path::to_path_buf))
    }

    /// That of the relay which a command asks about: the flag, or what the settings say, or the usual one.
    pub(super) fn of(at: &args::DataDirectory) -> Result<Self, Failure> {
        if let Some(given) = &at.data {
            return Ok(Self(given.clone()));
        }
        Ok(Self::chosen(settings::of(at)?.settings.relay.data.as_deref()))
    }

    /// Where the host's own commands find the running relay.
    pub(super) fn admin_socket(&self, settings: &Settings) -> PathBuf {
        settings.admin.socket.clone().unwrap_or_else(|| self.0.join(ADMIN_SOCKET))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Whether a relay was ever started here.
    pub(super) fn has_store(&self) -> bool {
        self.0.join(STORE_DIRECTORY).is_dir()
    }

    /// Opens the store; makes it when there is none. Blocks while it reads the slices.
    pub(super) fn open_store(&self, keep: Keep) -> Result<EmbeddedStore, Failure> {
        make_private(&self.0).map_err(|error| self.unusable(&error))?;
        threads::try_some()?;
        let directory = self.0.join(STORE_DIRECTORY);
        let options = Options::new(directory, keep.disk_mb.saturating_mul(1 << 20));
        Ok(EmbeddedStore::open(Options { custody: keep.custody, ..options })?)
    }

    /// Keeps the link where `offshift-relay link` finds it.
    pub(super) fn write_link(&self, link: &RelayLink) -> Result<(), Failure> {
        write_whole(&self.0.join(LINK_FILE), &format!("{link}\n"))
            .map_err(|error| self.unusable(&error))
    }

    /// The link that was kept, if a relay ever listened here.
    pub(super) fn link(&self) -> Result<Option<RelayLink>, Failure> {
        let text = match fs::read_to_string(self.0.join(LINK_FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.unusable(&error)),
        };
        text.parse().map(Some).map_err(|_| {
            Failure::new(
                Turn::Yours,
                "the link file is damaged; restart the relay, which writes it again",
            )
        })
    }

    fn unusable(&self, error: &io::Error) -> Failure {
        let path = self.0.display();
        let sentence = format!("can't use {path} ({}); choose another with --data", error.kind());
        Failure::new(Turn::Machine, sentence)
    }
}

/// The identity that the store keeps, or a new one that it keeps from now on.
pub(super) async fn identity(store: &impl Store) -> Result<RelayIdentity, Failure> {
    if let Some(kept) = store.metadata(IDENTITY_KEY).await? {
        return Ok(RelayIdentity::from_pkcs8(&kept)?);
    }
    let identity = RelayIdentity::generate()?;
    store.put_metadata(IDENTITY_KEY, identity.to_pkcs8().to_vec()).await?;
    Ok(identity)
}

fn usual() -> PathBuf {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let state = set("XDG_STATE_HOME").or_else(|| set("HOME").map(|home| home.join(".local/state")));
    state.map_or_else(|| PathBuf::from("offshift-relay-data"), |state| state.join("offshift-relay"))
}

/// Writes a file so that a reader sees the old one or the new one, never half.
pub(super) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}

/// Makes it for the relay's user alone. One that is there may be anybody's (`--data /tmp`): it stays as it is,
/// and what the relay makes in it is private by itself.
fn make_private(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
