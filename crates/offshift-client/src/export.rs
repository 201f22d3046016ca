//! Copies that a person takes along, as age files (age-encryption.org/v1, by a passphrase of their own).
//!
//! ```text
//! all of a profile:  age( "offshift copy v1\n" | entry* | 0 )
//!   entry = 1 | name length (2) | name | value length (4) | value        a record of the vault, opened
//!         | 2 | name length (2) | name | length (8) | bytes              a file beside it, as sealed as it lies there
//! what was said:     age( one JSON object a line )
//! ```
//! Never: a copy over another file; a copy that was cut taken for a whole one; a name in a copy taken for a path.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, BufReader, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use age::{
    Decryptor, Encryptor,
    scrypt::{Identity, Recipient},
    secrecy::SecretString,
    stream::StreamWriter,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    files::{Fresh, parent},
    limits::{COPY_WORK, COPY_WORK_MAX, LIVE_BYTES_MAX, RECORD_BYTES_MAX},
    vault::Passphrase,
};

const MAGIC: &[u8] = b"offshift copy v1\n";
const END: u8 = 0;
const RECORD: u8 = 1;
const FILE: u8 = 2;

/// Why a copy can't be made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CopyError {
    /// Nothing is written over.
    #[error("there is a file of this name already; choose another name")]
    FileExists,
    /// Another kind of file, or one that somebody changed.
    #[error("this file is not a copy that Offshift made, or it is damaged; choose another file")]
    NotACopy,
    /// One at a time.
    #[error("a copy is being written already; wait until it is done")]
    Busy,
    /// It does not open by this passphrase.
    #[error("the passphrase of the copy is not right; try again")]
    WrongPassphrase,
    /// The disk refused.
    #[error(
        "the disk refused to read or write the copy; free some space or look at the disk, then try again"
    )]
    Disk,
}

impl From<io::Error> for CopyError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::FileExists,
            // Of the encryption: changed bytes; of the format: it is cut.
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Self::NotACopy,
            _ => Self::Disk,
        }
    }
}

/// What a copy of a profile holds.
#[derive(Default)]
pub(crate) struct Copied {
    /// Names and values of the vault's records.
    pub(crate) records: BTreeMap<String, Zeroizing<Vec<u8>>>,
}

/// A copy that is being written. It has its name when it is whole.
pub(crate) struct Copy {
    out: StreamWriter<Fresh>,
    path: PathBuf,
}

impl Copy {
    /// Begins a copy in a new file that nobody else may read.
    pub(crate) fn begin(path: &Path, passphrase: &Passphrase) -> Result<Self, CopyError> {
        // Before all is written for nothing.
        if path.symlink_metadata().is_ok() {
            return Err(CopyError::FileExists);
        }
        let file = Fresh::begin(parent(path))?;
        let mut recipient = Recipient::new(secret(passphrase));
        recipient.set_work_factor(COPY_WORK);
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(|_| CopyError::Disk)?;
        Ok(Self { out: encryptor.wrap_output(file)?, path: path.to_owned() })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), CopyError> {
        Ok(self.out.write_all(bytes)?)
    }

    /// Its last bytes; durable when this returns.
    pub(crate) fn finish(self) -> Result<(), CopyError> {
        let whole = self.out.finish()?;
        whole.sync()?;
        whole.name(&self.path).map_err(|(error, _)| error)?;
        Ok(File::open(parent(&self.path))?.sync_all()?)
    }
}

/// A copy of a whole profile.
pub(crate) struct WholeCopy(Copy);

impl WholeCopy {
    pub(crate) fn begin(path: &Path, passphrase: &Passphrase) -> Result<Self, CopyError> {
        let mut copy = Copy::begin(path, passphrase)?;
        copy.write(MAGIC)?;
        Ok(Self(copy))
    }

    pub(crate) fn record(&mut self, name: &str, value: &[u8]) -> Result<(), CopyError> {
        let length = u32::try_from(value.len()).map_err(|_| CopyError::Disk)?;
        self.entry(RECORD, name)?;
        self.0.write(&length.to_be_bytes())?;
        self.0.write(value)
    }

    /// A file, under its name.
    pub(crate) fn file(&mut self, name: &str, file: &mut File) -> Result<(), CopyError> {
        let length = file.metadata()?.len();
        self.entry(FILE, name)?;
        self.0.write(&length.to_be_bytes())?;
        // A file that grows meanwhile is copied as long as it was.
        let copied = io::copy(&mut Read::by_ref(file).take(length), &mut self.0.out)?;
        if copied == length { Ok(()) } else { Err(CopyError::Disk) }
    }

    fn entry(&mut self, kind: u8, name: &str) -> Result<(), CopyError> {
        let length = u16::try_from(name.len()).map_err(|_| CopyError::Disk)?;
        self.0.write(&[kind])?;
        self.0.write(&length.to_be_bytes())?;
        self.0.write(name.as_bytes())
    }

    pub(crate) fn finish(mut self) -> Result<(), CopyError> {
        self.0.write(&[END])?;
        self.0.finish()
    }
}

/// Reads a copy of a whole profile, or nothing of it (OS-VLT-030). Files that it has go into `files`, a folder that is made for them.
pub(crate) fn read(
    path: &Path,
    passphrase: &Passphrase,
    files: &Path,
) -> Result<Copied, CopyError> {
    let mut reader = opened(path, passphrase)?;
    let mut magic = [0; MAGIC.len()];
    reader.read_exact(&mut magic)?;
    if magic != *MAGIC {
        return Err(CopyError::NotACopy);
    }
    let (mut copied, mut bytes) = (Copied::default(), 0_u64);
    loop {
        match number::<1>(&mut reader)? {
            [END] => break,
            [RECORD] => {
                let name = name(&mut reader)?;
                let length = u64::from(u32::from_be_bytes(number(&mut reader)?));
                bytes = bytes.saturating_add(length);
                if length > RECORD_BYTES_MAX as u64 || bytes > LIVE_BYTES_MAX {
                    return Err(CopyError::NotACopy);
                }
                copied.records.insert(name, exactly(&mut reader, length)?);
            }
            [FILE] => {
                let name = name(&mut reader)?;
                let length = u64::from_be_bytes(number(&mut reader)?);
                put_file(&mut reader, files, &name, length)?;
            }
            _ => return Err(CopyError::NotACopy),
        }
    }
    // Nothing follows the end; reading on also proves that the last chunk is the last one.
    if reader.read(&mut [0])? == 0 { Ok(copied) } else { Err(CopyError::NotACopy) }
}

fn opened(path: &Path, passphrase: &Passphrase) -> Result<impl Read + use<>, CopyError> {
    use age::DecryptError;
    let decryptor = Decryptor::new_buffered(BufReader::new(File::open(path)?))
        .map_err(|_| CopyError::NotACopy)?;
    let mut identity = Identity::new(secret(passphrase));
    identity.set_max_work_factor(COPY_WORK_MAX);
    let identities = std::iter::once(&identity as &dyn age::Identity);
    decryptor.decrypt(identities).map_err(|error| match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            CopyError::WrongPassphrase
        }
        _ => CopyError::NotACopy,
    })
}

fn secret(passphrase: &Passphrase) -> SecretString {
    SecretString::from(passphrase.text().to_owned())
}

fn number<const N: usize>(reader: &mut impl Read) -> Result<[u8; N], CopyError> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn name(reader: &mut impl Read) -> Result<String, CopyError> {
    let length = u16::from_be_bytes(number(reader)?);
    let bytes = exactly(reader, length.into())?;
    String::from_utf8(bytes.to_vec()).map_err(|_| CopyError::NotACopy)
}

fn exactly(reader: &mut impl Read, length: u64) -> Result<Zeroizing<Vec<u8>>, CopyError> {
    // Made as large as it will be: a buffer that grows leaves copies behind.
    let size = usize::try_from(length).map_err(|_| CopyError::NotACopy)?;
    let mut bytes = Zeroizing::new(vec![0; size]);
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn put_file(
    reader: &mut impl Read,
    files: &Path,
    name: &str,
    length: u64,
) -> Result<(), CopyError> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
    if name.is_empty() || name.starts_with('.') || !name.chars().all(is_plain) {
        return Err(CopyError::NotACopy);
    }
    let path = files.join(name);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let copied = io::copy(&mut reader.take(length), &mut file)?;
    file.sync_all()?;
    if copied == length { Ok(()) } else { Err(CopyError::NotACopy) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(Zeroizing::new(text.to_owned()))
    }

    /// A copy of two records and a file.
    fn made(folder: &Path) -> PathBuf {
        let (path, file) = (folder.join("copy"), folder.join("0a.in"));
        fs::write(&file, b"sealed").unwrap();
        let mut copy = WholeCopy::begin(&path, &passphrase("right")).unwrap();
        copy.record("a", b"one").unwrap();
        copy.record("b", b"").unwrap();
        copy.file("0a.in", &mut File::open(&file).unwrap()).unwrap();
        copy.finish().unwrap();
        path
    }

    #[test]
    fn os_vlt_030_a_copy_is_read_as_it_was_made_by_its_passphrase_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(folder.path());
        let files = tempfile::tempdir().unwrap();
        let copied = read(&path, &passphrase("right"), files.path()).unwrap();
        let records: Vec<_> =
            copied.records.iter().map(|(name, value)| (name.as_str(), value.to_vec())).collect();
        assert_eq!(records, [("a", b"one".to_vec()), ("b", Vec::new())]);
        assert_eq!(fs::read(files.path().join("0a.in")).unwrap(), b"sealed");
        let wrong = read(&path, &passphrase("wrong"), files.path()).map(|_| ());
        assert_eq!(wrong, Err(CopyError::WrongPassphrase));
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org/v1\n"), "any age program opens it");
        assert!(!bytes.windows(6).any(|window| window == b"sealed"));
    }

    #[test]
    fn os_vlt_030_a_copy_that_was_cut_or_changed_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(folder.path());
        let bytes = fs::read(&path).unwrap();
        let read_bytes = |bytes: &[u8]| {
            let files = tempfile::tempdir().unwrap();
            fs::write(&path, bytes).unwrap();
            read(&path, &passphrase("right"), files.path()).map(|_| ())
        };
        for length in [0, 1, 100, bytes.len() - 17, bytes.len() - 1] {
            assert_eq!(read_bytes(&bytes[..length]), Err(CopyError::NotACopy), "cut at {length}");
        }
        let mut changed = bytes.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(read_bytes(&changed), Err(CopyError::NotACopy));
        assert_eq!(read_bytes(&bytes), Ok(()), "the twin");
    }

    #[test]
    fn a_copy_is_never_made_over_another_file_nor_half() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(folder.path());
        let again = WholeCopy::begin(&path, &passphrase("right")).map(|_| ());
        assert_eq!(again, Err(CopyError::FileExists));
        let half = folder.path().join("half");
        let begun = WholeCopy::begin(&half, &passphrase("right")).unwrap();
        assert!(!half.exists(), "a kill now is in nobody's way");
        drop(begun);
        let others = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(others, 2, "the copy and what it is of: nothing is left over");
        let late = WholeCopy::begin(&half, &passphrase("right")).unwrap();
        fs::write(&half, b"mine").unwrap();
        assert_eq!(late.finish(), Err(CopyError::FileExists));
        assert_eq!(fs::read(&half).unwrap(), b"mine");
    }

    #[test]
    fn the_names_of_files_in_a_copy_lead_nowhere_else() {
        let files = tempfile::tempdir().unwrap();
        for name in ["", ".", "..", "../x", "a/b", "/etc/x", ".x", "a\\b"] {
            let put = put_file(&mut &b"bytes"[..], files.path(), name, 5);
            assert_eq!(put, Err(CopyError::NotACopy), "{name}");
        }
        assert_eq!(put_file(&mut &b"bytes"[..], files.path(), "0a.in", 5), Ok(()), "the twin");
    }
}
