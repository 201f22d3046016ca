//! A file that gets its name when it is whole: before that it has none, and a kill leaves nothing of it.
//!
//! ```text
//! open(folder, O_TMPFILE) --write--> sync --linkat--> the name, or "there is one already"
//! ```
//! File systems and systems that can't do this (no O_TMPFILE, no /proc) get a file `.offshift-*` that is renamed: a kill can
//! leave it, as far as it was written.
//!
//! Never: in the place of what is there.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsRawFd,
    path::Path,
};

use rustix::fs::{AtFlags, CWD, Mode, OFlags};
use tempfile::NamedTempFile;

/// Where a name for an open file is made from.
const OPEN_FILES: &str = "/proc/self/fd";

/// A file that is being written, for its owner alone.
pub(crate) enum Fresh {
    /// It goes with whoever has it open.
    Nameless(File),
    /// It is removed when it is dropped.
    Named(NamedTempFile),
}

impl Fresh {
    /// Begins one in a folder.
    pub(crate) fn begin(folder: &Path) -> io::Result<Self> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        match rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR) {
            Ok(file) if Path::new(OPEN_FILES).is_dir() => Ok(Self::Nameless(file.into())),
            _ => Self::begin_named(folder),
        }
    }

    fn begin_named(folder: &Path) -> io::Result<Self> {
        Ok(Self::Named(tempfile::Builder::new().prefix(".offshift-").tempfile_in(folder)?))
    }

    /// Makes it durable.
    pub(crate) fn sync(&self) -> io::Result<()> {
        match self {
            Self::Nameless(file) => file.sync_all(),
            Self::Named(file) => file.as_file().sync_all(),
        }
    }

    /// Gives it its name, unless there is something of this name; then it can be tried under another one.
    pub(crate) fn name(self, path: &Path) -> Result<(), (io::Error, Self)> {
        match self {
            Self::Nameless(file) => {
                let open = format!("{OPEN_FILES}/{}", file.as_raw_fd());
                match rustix::fs::linkat(CWD, open, CWD, path, AtFlags::SYMLINK_FOLLOW) {
                    Ok(()) => Ok(()),
                    Err(error) => Err((error.into(), Self::Nameless(file))),
                }
            }
            Self::Named(file) => match file.persist_noclobber(path) {
                Ok(_) => Ok(()),
                Err(failed) => Err((failed.error, Self::Named(failed.file))),
            },
        }
    }
}

impl Write for Fresh {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Nameless(file) => file.write(bytes),
            Self::Named(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Nameless(file) => file.flush(),
            Self::Named(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    fn count(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn os_fil_033_a_file_without_a_name_is_whole_when_it_has_one_and_nothing_when_it_has_not() {
        let folder = tempfile::tempdir().unwrap();
        let [path, taken] = ["whole", "taken"].map(|name| folder.path().join(name));
        fs::write(&taken, b"mine").unwrap();
        let mut named_ones = 0;
        for begin in [Fresh::begin, Fresh::begin_named] {
            let mut file = begin(folder.path()).unwrap();
            file.write_all(b"words").unwrap();
            let is_named = matches!(file, Fresh::Named(_));
            // What a kill would leave now.
            assert_eq!(count(folder.path()), 1 + usize::from(is_named));
            named_ones += usize::from(is_named);
            file.sync().unwrap();
            let (error, file) = file.name(&taken).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
            assert!(file.name(&path).is_ok());
            assert_eq!(
                (fs::read(&path).unwrap(), fs::read(&taken).unwrap()),
                (b"words".to_vec(), b"mine".to_vec())
            );
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::remove_file(&path).unwrap();
            drop(begin(folder.path()).unwrap());
            assert_eq!(count(folder.path()), 1, "given up, it is gone");
        }
        if named_ones == 2 {
            eprintln!(
                "NOTICE: this file system has no files without names; only the other way was tried"
            );
        }
    }
}
