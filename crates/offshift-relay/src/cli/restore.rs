//! Puts a backup into an empty data directory.
//!
//! ```text
//! DIR (empty) -> DIR/.restoring/store, filled and closed -> renamed to DIR/store -> DIR/link, DIR/relay.toml
//! ```
//! Until the rename there is no store, so a relay that is started too early can't take a half of it for its own and make
//! itself a new identity.

use std::{fs, io, os::unix::fs::DirBuilderExt, path::Path};

use offshift_relay::{
    backup::{BackupError, Contents},
    store::{
        Store,
        embedded::{EmbeddedStore, Options},
    },
};

use super::{
    backup::{File, opened, summary},
    data::write_whole,
    desk::is_own,
    failure::{Failure, Turn},
    here::Here,
};

const STAGE: &str = ".restoring";
const SETTINGS: &str = "relay.toml";

/// Bytes that the restored store may take while it is filled: it holds records only.
const CAP: u64 = 64 << 20;

pub(super) fn run(asked: &File) -> Result<(), Failure> {
    let here = Here::at(&asked.at)?;
    let data = here.data.path();
    check_empty(data)?;
    let contents = opened(&asked.path, &asked.sealed)?;
    super::threads::runtime()?.block_on(into(data, &contents))?;
    let settings = match contents.settings {
        Some(_) => format!(
            "Its settings are in {}/{SETTINGS}; a relay of the package reads /etc/offshift-relay/relay.toml: put them there.\n",
            data.display()
        ),
        None => String::new(),
    };
    super::show(&format!(
        "Restored into {}.\n\n{}\n{settings}\
         Never run it on two machines at once: stop the other one for good first.\n\
         Tokens that were used in the last two weeks could be used once more; messages that waited are gone.\n\
         Start it: sudo systemctl start offshift-relay, or offshift-relay serve\n",
        data.display(),
        summary(&contents)
    ));
    Ok(())
}

/// Whatever lies there could be a relay's, and would be lost or mixed up (OS-OPS-123).
fn check_empty(data: &Path) -> Result<(), Failure> {
    is_own(data)?;
    let is_empty = match fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(BackupError::Io(error).into()),
    };
    if is_empty {
        return Ok(());
    }
    let sentence = format!(
        "{} is not empty; choose an empty or a new directory with --data, or move away what is in it",
        data.display()
    );
    Err(Failure::new(Turn::Yours, sentence))
}

/// Makes a data directory of a backup.
pub(super) async fn into(data: &Path, contents: &Contents) -> Result<(), Failure> {
    let io = |error: io::Error| Failure::from(BackupError::Io(error));
    fs::DirBuilder::new().recursive(true).mode(0o700).create(data.join(STAGE)).map_err(io)?;
    let staged = data.join(STAGE).join("store");
    let store = EmbeddedStore::open(Options::new(&staged, CAP))?;
    contents.put_into(&store).await?;
    store.close().await?;
    fs::rename(&staged, data.join("store")).map_err(io)?;
    fs::remove_dir(data.join(STAGE)).map_err(io)?;
    if let Some(link) = &contents.link {
        write_whole(&data.join("link"), &format!("{link}\n")).map_err(io)?;
    }
    if let Some(settings) = &contents.settings {
        write_whole(&data.join(SETTINGS), settings).map_err(io)?;
    }
    fs::File::open(data).and_then(|directory| directory.sync_all()).map_err(io)
}
