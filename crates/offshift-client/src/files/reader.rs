//! A file that is here, in clear, piece by piece.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use zeroize::Zeroizing;

use super::{Fresh, filename, sealed::Sealed};
use crate::error::{ClientError, FileError};

/// Names that are tried for a copy, beside others of the same name.
const NAMES_TRIED: u32 = 1_000;

/// Reads the bytes of a file that is on this device. Nothing of it is written anywhere.
pub struct FileReader {
    name: String,
    media_type: String,
    bytes: u64,
    sealed: Arc<Sealed>,
    next: u16,
}

impl FileReader {
    pub(crate) const fn new(
        name: String,
        media_type: String,
        bytes: u64,
        sealed: Arc<Sealed>,
    ) -> Self {
        Self { name, media_type, bytes, sealed, next: 0 }
    }

    /// Its name, made harmless.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its media type, by its sender's word.
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// Its length.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Its next bytes, at most 256 KiB; nothing at its end. Cancel-safe: what was not given is given by the next call.
    ///
    /// # Errors
    /// [`FileError::Damaged`] when the disk does not have what was there.
    pub async fn next(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, ClientError> {
        if self.next >= self.sealed.mailbox().cut().count() {
            return Ok(None);
        }
        let (sealed, index) = (Arc::clone(&self.sealed), self.next);
        let chunk = tokio::task::spawn_blocking(move || sealed.chunk(index)).await;
        let chunk = chunk.map_err(|_| ClientError::Bug("reading a file"))?;
        let chunk = chunk.ok_or(FileError::Damaged)?;
        self.next = self.next.saturating_add(1);
        Ok(Some(chunk))
    }

    /// All of it, for what a screen shows.
    pub(crate) fn whole(&self) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let capacity = usize::try_from(self.bytes).map_err(|_| FileError::TooLong)?;
        let mut whole = Zeroizing::new(Vec::with_capacity(capacity));
        for index in 0..self.sealed.mailbox().cut().count() {
            whole.extend_from_slice(&self.sealed.chunk(index).ok_or(FileError::Damaged)?);
        }
        Ok(whole)
    }

    /// Writes a copy in clear: at `to`, or in it under the file's own name if it is a folder (OS-FIL-033).
    pub(crate) fn save(&self, to: &Path) -> Result<PathBuf, FileError> {
        let folder = if to.is_dir() { to } else { parent(to) };
        let mut copy = Fresh::begin(folder)?;
        for index in 0..self.sealed.mailbox().cut().count() {
            copy.write_all(&self.sealed.chunk(index).ok_or(FileError::Damaged)?)?;
        }
        copy.sync()?;
        if !to.is_dir() {
            return put(copy, to).map_err(|(error, _)| error).map(|()| to.to_owned());
        }
        for number in 1..=NAMES_TRIED {
            let name = match number {
                1 => self.name.clone(),
                number => filename::numbered(&self.name, number),
            };
            let path = to.join(name);
            match put(copy, &path) {
                Ok(()) => return Ok(path),
                Err((FileError::Exists, again)) => copy = again,
                Err((error, _)) => return Err(error),
            }
        }
        Err(FileError::Exists)
    }
}

/// The folder that a path is in.
pub(crate) fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The name appears with the whole file under it, or not at all; what has it already stays.
fn put(copy: Fresh, path: &Path) -> Result<(), (FileError, Fresh)> {
    copy.name(path).map_err(|(error, copy)| match error.kind() {
        std::io::ErrorKind::AlreadyExists => (FileError::Exists, copy),
        kind => (FileError::Disk(kind), copy),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use offshift_protocol::file::Cut;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    #[test]
    fn os_fil_033_a_copy_never_takes_the_place_of_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let cut = Cut::of(5).unwrap();
        let sealed = Sealed::open(&folder.path().join("sealed"), &[1; 32], cut).unwrap();
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        sealed.put(0, &sealed.mailbox().seal(&mut rng, 0, b"words").unwrap()).unwrap();
        let reader = FileReader::new("a.txt".into(), String::new(), 5, Arc::new(sealed));
        let to = folder.path().join("to");
        std::fs::create_dir(&to).unwrap();
        let saved = [(), ()].map(|()| reader.save(&to).unwrap());
        assert_eq!(saved, [to.join("a.txt"), to.join("a (2).txt")]);
        assert_eq!(std::fs::read(&saved[1]).unwrap(), b"words");
        std::fs::write(&saved[0], b"mine").unwrap();
        assert_eq!(reader.save(&saved[0]), Err(FileError::Exists));
        assert_eq!(std::fs::read(&saved[0]).unwrap(), b"mine");
        assert_eq!(std::fs::read_dir(&to).unwrap().count(), 2, "nothing is left over");
        assert_eq!(reader.save(&to.join("b.txt")).unwrap(), to.join("b.txt"), "the twin");
    }
}
