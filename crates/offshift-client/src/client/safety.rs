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
    vault::{self, Passphrase, Place, Vault, VaultError},
};

/// What a profile's folder holds besides the vault. Nothing else in it is touched.
const BESIDE: [&str; 5] = ["lock", "engine.lock", "engine.sock", "page.json", BEGUN];
const FILES: &str = "files";
/// Says that the files are of an import that did not come to its end.
const BEGUN: &str = "importing";

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

    /// Whether this passphrase opens the profile in `directory`, which may be open: for what must be done by nobody who only
    /// sits at an open screen. It costs as much as opening it.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`VaultError::Missing`].
    pub async fn check(directory: &Path, passphrase: Passphrase) -> Result<(), ClientError> {
        let directory = directory.to_owned();
        blocking(move || vault::check(&directory, &passphrase)).await
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
    let place = Place::take(directory)?;
    let made = clear_begun(directory)
        .and_then(|()| export::read(copy, copy_passphrase, &directory.join(FILES)))
        .map_err(ClientError::from)
        .and_then(|copied| copied::beside_the_original(copied.records, Rules::new()))
        .and_then(|records| Ok(Vault::create_at(place, passphrase, &records).map(drop)?));
    match made {
        Ok(()) => {
            let _ = std::fs::remove_file(directory.join(BEGUN));
        }
        // As it was before; a folder that has something else in it stays.
        Err(_) => remove_begun(directory),
    }
    made
}

/// Begins with nothing: what an import that was killed left is removed, and a folder of somebody else's is not.
fn clear_begun(directory: &Path) -> Result<(), CopyError> {
    let (begun, files) = (directory.join(BEGUN), directory.join(FILES));
    if begun.exists() && files.exists() {
        std::fs::remove_dir_all(&files)?;
    }
    if files.exists() {
        return Err(CopyError::FileExists);
    }
    std::fs::File::create(begun)?.sync_all()?;
    Ok(std::fs::create_dir(files)?)
}

fn remove_begun(directory: &Path) {
    if directory.join(BEGUN).exists() {
        let _ = std::fs::remove_dir_all(directory.join(FILES));
        let _ = std::fs::remove_file(directory.join(BEGUN));
        let _ = vault::clear_away(directory);
    }
    let _ = std::fs::remove_file(directory.join("lock"));
    let _ = std::fs::remove_dir(directory);
}

/// The vault's file goes last: as long as it is there, with its header overwritten, this can be done again (OS-VLT-024).
fn wipe(directory: &Path) -> Result<(), VaultError> {
    let destroyed = vault::destroy(directory)?;
    let files = directory.join(FILES);
    if files.is_dir() {
        std::fs::remove_dir_all(files)?;
    }
    for name in BESIDE {
        let _ = std::fs::remove_file(directory.join(name));
    }
    destroyed.remove()?;
    // It stays when something else is in it.
    let _ = std::fs::remove_dir(directory);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn passphrase() -> Passphrase {
        Passphrase::new(Zeroizing::new("four plain words here".to_owned()))
    }

    /// A profile's folder as a wipe leaves it that died right after the key was destroyed.
    #[test]
    fn os_vlt_024_a_wipe_that_died_on_the_way_is_done_by_the_next() {
        let home = tempfile::tempdir().unwrap();
        let profile = home.path().join("ana");
        drop(Vault::for_testing(&profile));
        fs::create_dir(profile.join(FILES)).unwrap();
        fs::write(profile.join(FILES).join("0a.in"), b"sealed").unwrap();
        drop(vault::destroy(&profile).unwrap());
        assert_eq!(Vault::open(&profile, &passphrase()).map(drop), Err(VaultError::NotAVault));
        wipe(&profile).unwrap();
        assert!(!profile.exists());
        assert_eq!(wipe(&profile), Err(VaultError::Missing), "the twin");
    }

    #[test]
    fn os_vlt_030_an_import_that_fails_leaves_nothing_and_one_that_was_killed_is_in_nobodys_way() {
        let home = tempfile::tempdir().unwrap();
        let (copy, profile) = (home.path().join("copy"), home.path().join("ana"));
        fs::write(&copy, b"no copy").unwrap();
        let import = || import(&copy, &passphrase(), &profile, &passphrase());
        assert_eq!(import(), Err(ClientError::Copy(CopyError::NotACopy)));
        assert!(!profile.exists());
        // Killed on the way.
        fs::create_dir(&profile).unwrap();
        clear_begun(&profile).unwrap();
        fs::write(profile.join(FILES).join("0a.in"), b"sealed").unwrap();
        assert_eq!(clear_begun(&profile), Ok(()), "the next one begins with nothing");
        assert_eq!(fs::read_dir(profile.join(FILES)).unwrap().count(), 0);
        assert_eq!(import(), Err(ClientError::Copy(CopyError::NotACopy)));
        assert!(!profile.exists());
        // Somebody's own folder.
        fs::create_dir_all(profile.join(FILES)).unwrap();
        fs::write(profile.join(FILES).join("mine"), b"mine").unwrap();
        assert_eq!(import(), Err(ClientError::Copy(CopyError::FileExists)));
        assert_eq!(fs::read(profile.join(FILES).join("mine")).unwrap(), b"mine");
    }
}
