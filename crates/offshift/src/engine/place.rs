//! Where the engine of a profile listens, and that there is one of it.
//!
//! ```text
//! PROFILE/engine.sock                             the socket, 0600
//! $XDG_RUNTIME_DIR/offshift/HASH.sock             the same, where the first is too long for a socket's path
//! PROFILE/engine.lock                             held while an engine runs: a socket without it is a dead one's
//! ```

use std::{
    env,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, OpenOptionsExt},
    },
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::limits::SOCKET_PATH_MAX;

/// The socket of the profile in `directory`; nothing where the profile is not there, or its path is too long and the
/// session has no folder for such things (OS-RPC-002).
pub(crate) fn socket(directory: &Path) -> Option<PathBuf> {
    let directory = fs::canonicalize(directory).ok()?;
    let here = directory.join("engine.sock");
    if here.as_os_str().len() <= SOCKET_PATH_MAX {
        return Some(here);
    }
    let runtime =
        env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute())?;
    let name = HEXLOWER.encode(&Sha256::digest(directory.as_os_str().as_bytes()));
    let short = name.get(..32)?;
    Some(runtime.join("offshift").join(format!("{short}.sock")))
        .filter(|path| path.as_os_str().len() <= SOCKET_PATH_MAX)
}

/// The only engine of a profile. The system frees it when the process ends, however it ends.
pub(super) struct Only {
    _file: File,
}

impl Only {
    /// Nothing: another one runs.
    pub(super) fn take(directory: &Path) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(directory.join("engine.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Makes room for a socket: what lies there is of an engine that was killed (OS-RPC-003).
    pub(super) fn make_room(&self, socket: &Path) -> io::Result<()> {
        if let Some(folder) = socket.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        match fs::remove_file(socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_too_long_for_a_socket_leads_elsewhere_or_nowhere() {
        let home = tempfile::tempdir().unwrap();
        let short = socket(home.path()).unwrap();
        assert!(
            short.ends_with("engine.sock")
                && short.starts_with(fs::canonicalize(home.path()).unwrap())
        );
        let long = home.path().join("a".repeat(SOCKET_PATH_MAX));
        fs::create_dir(&long).unwrap();
        match socket(&long) {
            Some(path) => {
                assert!(path.as_os_str().len() <= SOCKET_PATH_MAX && !path.starts_with(&long))
            }
            None => assert!(env::var_os("XDG_RUNTIME_DIR").is_none()),
        }
        assert_eq!(socket(&home.path().join("missing")), None);
    }

    #[test]
    fn there_is_one_engine_of_a_profile() {
        let home = tempfile::tempdir().unwrap();
        let only = Only::take(home.path()).unwrap();
        assert!(only.is_some());
        assert!(Only::take(home.path()).unwrap().is_none());
        drop(only);
        assert!(Only::take(home.path()).unwrap().is_some());
    }
}
