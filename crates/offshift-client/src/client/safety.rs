//! Calls about the profile itself: its passphrase, copies of it, its end.

use std::path::{Path, PathBuf};

use offshift_protocol::room::{RoomId, Rules};
use zeroize::Zeroizing;

use super::{Client, blocking};
use crate::{
    command::Command,
    engine::copied,
    error::ClientError,
    export::{self, CopyError},
    strength::{StrengthView, strength_of},
    vault::{self, Passphrase, Vault, VaultError},
};

/// What a profile's folder holds besides the vault. Nothing else in it is touched.
const BESIDE: [&str; 3] = ["lock", "engine.sock", "page.json"];
const FILES: &str = "files";

impl Client {
    /// Closes the profile by another passphrase from now on. The old one opens no file of this profile any more; it opens
    /// copies that somebody made before.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`ClientError::BadPassphrase`], [`VaultError::Disk`]: the old one still holds.
    pub async fn change_passphrase(
        &self,
        old: Zeroizing<String>,
        new: Zeroizing<String>,
    ) -> Result<(), ClientError> {
        let (old, new) = (Passphrase::new(old), Passphrase::for_new_profile(new)?);
        self.ask(|reply| Command::ChangePassphrase { old, new, reply }).await
    }

    /// Says how strong a passphrase would be. Nothing is kept of it.
    ///
    /// # Errors
    /// None.
    pub async fn strength(
        &self,
        passphrase: Zeroizing<String>,
    ) -> Result<StrengthView, ClientError> {
        Ok(strength_of(&passphrase))
    }

    /// Writes a copy of the whole profile, closed by a passphrase of its own, as an age file. [`crate::Event::Copying`] says how
    /// far it is.
    ///
    /// # Errors
    /// [`ClientError::Copy`], [`ClientError::BadPassphrase`]; no copy is left then.
    pub async fn export(
        &self,
        path: PathBuf,
        passphrase: Zeroizing<String>,
    ) -> Result<(), ClientError> {
        let passphrase = Passphrase::for_new_profile(passphrase)?;
        self.ask(|reply| Command::Export { path, passphrase, reply }).await
    }

    /// Writes what was said, in one room or in all, as an age file of one JSON object a line: a [`crate::MessageView`] with the
    /// room's name.
    ///
    /// # Errors
    /// [`ClientError::UnknownRoom`], [`ClientError::Copy`], [`ClientError::BadPassphrase`]; no copy is left then.
    pub async fn export_messages(
        &self,
        path: PathBuf,
        passphrase: Zeroizing<String>,
        room: Option<RoomId>,
    ) -> Result<(), ClientError> {
        let passphrase = Passphrase::for_new_profile(passphrase)?;
        self.ask(|reply| Command::ExportMessages { path, passphrase, room, reply }).await
    }

    /// Makes a profile in `directory` from a copy. In its rooms it can read what is in the copy, and asks by itself to be taken
    /// back before it writes: the device that was copied may go on, and no key may be used by both.
    ///
    /// # Errors
    /// [`VaultError::Exists`], [`ClientError::Copy`]; no profile is left then.
    pub async fn import(
        copy: &Path,
        copy_passphrase: Passphrase,
        directory: &Path,
        passphrase: Passphrase,
    ) -> Result<(), ClientError> {
        let (copy, directory) = (copy.to_owned(), directory.to_owned());
        let made = tokio::task::spawn_blocking(move || {
            import(&copy, &copy_passphrase, &directory, &passphrase)
        });
        made.await.map_err(|_| ClientError::Bug("reading a copy"))?
    }

    /// Destroys the profile in `directory`, for good: the key first, then its files. It takes no passphrase.
    ///
    /// # Errors
    /// [`VaultError::Missing`]; [`VaultError::InUse`]: close it first.
    pub async fn wipe(directory: &Path) -> Result<(), ClientError> {
        let directory = directory.to_owned();
        blocking(move || wipe(&directory)).await
    }
}

fn import(
    copy: &Path,
    copy_passphrase: &Passphrase,
    directory: &Path,
    passphrase: &Passphrase,
) -> Result<(), ClientError> {
    if vault::is_there(directory) {
        return Err(VaultError::Exists.into());
    }
    vault::make_directory(directory)?;
    let files = directory.join(FILES);
    std::fs::create_dir(&files).map_err(CopyError::from)?;
    let made = export::read(copy, copy_passphrase, &files)
        .map_err(ClientError::from)
        .and_then(|copied| copied::beside_the_original(copied.records, Rules::new()))
        .and_then(|records| Ok(Vault::create(directory, passphrase, &records).map(drop)?));
    if made.is_err() {
        let _ = std::fs::remove_dir_all(&files);
        let _ = std::fs::remove_file(directory.join("lock"));
        let _ = std::fs::remove_dir(directory);
    }
    made
}

fn wipe(directory: &Path) -> Result<(), VaultError> {
    vault::wipe(directory)?;
    let files = directory.join(FILES);
    if files.is_dir() {
        std::fs::remove_dir_all(files)?;
    }
    for name in BESIDE {
        let _ = std::fs::remove_file(directory.join(name));
    }
    // It stays when something else is in it.
    let _ = std::fs::remove_dir(directory);
    Ok(())
}
