//! From a path to sealed chunks that are ready to leave.
//!
//! ```text
//! path -> a picture? -- yes: painted anew, in memory --\
//!                    \- no: read piece by piece -------+-> chunks, sealed -> files/{id}.out, on the disk
//! ```
//! A file that is no picture is read once and never held whole.
//!
//! Never: a file that changed while it was read; one without a message's limits kept.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Read, Seek, SeekFrom},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use offshift_protocol::{
    file::{CHUNK_BYTES, Cut, life},
    ids::TransferId,
};
use offshift_wire::{UnixMillis, content, limits::FILE_BYTES_MAX, link::RelayLink};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{
    filename,
    picture::{self, BadPicture, Kept, Kind, Painted},
    sealed::Sealed,
};
use crate::{clock::now, error::FileError};

/// First bytes of a file, by which its kind is told.
const FIRST: usize = 64;

/// What somebody who is about to send a file should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLook {
    /// The name that others will see.
    pub name: String,
    /// Its length now. A picture that is painted anew may become longer or shorter.
    pub bytes: u64,
    /// What of it leaves the device.
    pub kept: Kept,
    /// How long the relay is asked to keep it, milliseconds.
    pub life_ms: u64,
}

/// A file that is ready to leave. Its chunks are erased with it, unless it is kept.
pub(crate) struct Prepared {
    pub(crate) id: TransferId,
    /// As it will be offered, but for the relay's side of it.
    pub(crate) file: content::File,
    pub(crate) sealed: Sealed,
    is_kept: bool,
}

impl Prepared {
    /// The engine has it in a record.
    pub(crate) const fn keep(&mut self) {
        self.is_kept = true;
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        if !self.is_kept {
            // What stays is erased at the next start.
            let _ = fs::remove_file(self.sealed.path());
        }
    }
}

/// A file that was opened, and its first bytes.
struct Source {
    file: File,
    bytes: u64,
    name: String,
    kind: Option<Kind>,
}

impl Source {
    fn open(path: &Path) -> Result<Self, FileError> {
        let mut file = File::open(path).map_err(|error| FileError::unreadable(&error))?;
        let about = file.metadata().map_err(|error| FileError::unreadable(&error))?;
        if !about.is_file() {
            return Err(FileError::NotAFile);
        }
        within_limits(about.len())?;
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let mut first = Vec::with_capacity(FIRST);
        let read = (&mut file).take(FIRST as u64).read_to_end(&mut first);
        read.and_then(|_| file.seek(SeekFrom::Start(0)))
            .map_err(|error| FileError::unreadable(&error))?;
        let kind = Kind::of(&first);
        Ok(Self { file, bytes: about.len(), name: filename::clean(&name), kind })
    }

    fn whole(&mut self) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let mut bytes = Zeroizing::new(Vec::new());
        let read = (&mut self.file).take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes);
        read.map_err(|error| FileError::unreadable(&error))?;
        within_limits(bytes.len() as u64)?;
        Ok(bytes)
    }
}

/// OS-FIL-003.
const fn within_limits(bytes: u64) -> Result<(), FileError> {
    match bytes {
        0 => Err(FileError::Empty),
        1..=FILE_BYTES_MAX => Ok(()),
        _ => Err(FileError::TooLong),
    }
}

/// Looks at a file without sending it.
pub(crate) fn look(path: &Path) -> Result<FileLook, FileError> {
    let source = Source::open(path)?;
    let kept = if source.kind.is_some() { Kept::OnlyThePicture } else { Kept::Everything };
    let (bytes, life_ms) = (source.bytes, life(source.bytes).ms());
    Ok(FileLook { name: source.name, bytes, kept, life_ms })
}

/// Makes the file at `path` ready to leave, with its chunks in `folder`.
pub(crate) fn prepare(
    folder: &Path,
    path: &Path,
    caption: String,
    relay: RelayLink,
) -> Result<Prepared, FileError> {
    let mut source = Source::open(path)?;
    let mut file = content::File {
        media_type: filename::media_type(&source.name).to_owned(),
        name: std::mem::take(&mut source.name),
        bytes: source.bytes,
        sha256: [0; 32],
        key: [0; 32],
        relay,
        until: UnixMillis(0),
        caption,
        preview: Bytes::new(),
    };
    match source.kind {
        Some(kind) => {
            let painted = painted(kind, &source.whole()?)?;
            describe(&mut file, &painted);
            seal(folder, file, &mut painted.bytes.as_slice())
        }
        None => seal(folder, file, &mut source.file),
    }
}

fn painted(kind: Kind, bytes: &[u8]) -> Result<Painted, FileError> {
    let painted = picture::paint(kind, bytes).map_err(|bad| match bad {
        BadPicture::Broken => FileError::BrokenPicture,
        BadPicture::TooLarge => FileError::LargePicture,
    })?;
    match within_limits(painted.bytes.len() as u64) {
        Ok(()) => Ok(painted),
        Err(_) => Err(FileError::LargePicture),
    }
}

/// A picture is called what it is, whatever its name said.
fn describe(file: &mut content::File, painted: &Painted) {
    let lower = file.name.to_lowercase();
    let is_named = lower.ends_with(painted.ending) || lower.ends_with(".jpeg");
    if !is_named {
        file.name = filename::clean(&format!("{}{}", file.name, painted.ending));
    }
    file.media_type = painted.media_type.to_owned();
    file.bytes = painted.bytes.len() as u64;
    file.preview = Bytes::copy_from_slice(&painted.preview);
}

/// Seals what `from` gives, chunk by chunk, under a fresh key (OS-FIL-002).
fn seal(
    folder: &Path,
    mut file: content::File,
    from: &mut impl Read,
) -> Result<Prepared, FileError> {
    let mut rng = rng()?;
    let id = TransferId::random(&mut rng);
    rng.fill_bytes(&mut file.key);
    let cut = Cut::of(file.bytes).ok_or(FileError::TooLong)?;
    make_folder(folder)?;
    let sealed = Sealed::open(&outgoing(folder, id), &file.key, cut)?;
    let mut prepared = Prepared { id, file, sealed, is_kept: false };
    let mut hash = Sha256::new();
    let mut buffer = Zeroizing::new(vec![0; CHUNK_BYTES]);
    for index in 0..cut.count() {
        let length = cut.length(index).ok_or(FileError::TooLong)?;
        let bytes = buffer.get_mut(..length).ok_or(FileError::TooLong)?;
        from.read_exact(bytes).map_err(|_| FileError::Changed)?;
        hash.update(&*bytes);
        let envelope = prepared.sealed.mailbox().seal(&mut rng, index, bytes);
        prepared.sealed.put(index, &envelope.map_err(|_| FileError::TooLong)?)?;
    }
    if from.read(&mut [0]).map_err(|_| FileError::Changed)? > 0 {
        return Err(FileError::Changed);
    }
    prepared.file.sha256 = hash.finalize().into();
    prepared.sealed.sync()?;
    sync_folder(folder)?;
    Ok(prepared)
}

fn rng() -> Result<ChaCha20Rng, FileError> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed).map_err(|_| FileError::Disk(io::ErrorKind::Other))?;
    Ok(ChaCha20Rng::from_seed(*seed))
}

/// Where the sealed chunks of a profile's files lie.
pub(crate) fn folder(profile: &Path) -> PathBuf {
    profile.join("files")
}

pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Of a file that leaves.
pub(crate) fn outgoing(folder: &Path, id: TransferId) -> PathBuf {
    folder.join(format!("{}.out", id.hex()))
}

/// Of a file that comes.
pub(crate) fn incoming(folder: &Path, id: TransferId) -> PathBuf {
    folder.join(format!("{}.in", id.hex()))
}

/// Erases what no record names (OS-FIL-042): a program was killed before it wrote one, or after it erased one.
pub(crate) fn sweep(folder: &Path, known: &[PathBuf]) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let unknown = entries.flatten().map(|entry| entry.path()).filter(|path| !known.contains(path));
    unknown.for_each(|path| {
        let _ = fs::remove_file(path);
    });
}

/// When a file must have this much of its life left to be offered.
pub(crate) fn is_fresh(until: UnixMillis, bytes: u64) -> bool {
    until.since_ms(now()) > life(bytes).ms() / crate::limits::LIFE_LEFT
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn relay() -> RelayLink {
        let id = offshift_wire::RelayId::from_bytes([3; 32]);
        RelayLink::new("relay.example", 4433, id).unwrap()
    }

    fn with(folder: &Path, name: &str, bytes: &[u8]) -> Result<Prepared, FileError> {
        let path = folder.join(name);
        File::create(&path).unwrap().write_all(bytes).unwrap();
        prepare(&folder.join("files"), &path, String::new(), relay())
    }

    #[test]
    fn os_fil_002_what_leaves_is_sealed_under_a_key_of_its_own_and_erased_if_nobody_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = vec![0x41; CHUNK_BYTES + 77];
        let one = with(folder.path(), "a.txt", &bytes).unwrap();
        let other = with(folder.path(), "a.txt", &bytes).unwrap();
        assert!(one.file.key != other.file.key && one.id != other.id);
        assert_eq!(one.file.sha256, <[u8; 32]>::from(Sha256::digest(&bytes)));
        assert_eq!(one.sealed.hash(), Some(one.file.sha256));
        let on_disk = fs::read(one.sealed.path()).unwrap();
        assert!(!on_disk.windows(16).any(|window| window == [0x41; 16]));
        let path = one.sealed.path().to_owned();
        assert!(path.exists());
        drop(one);
        assert!(!path.exists());
    }

    #[test]
    fn os_fil_003_what_is_empty_too_long_or_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |name: &str, bytes: &[u8]| with(folder.path(), name, bytes).err();
        assert_eq!(refused("empty", b""), Some(FileError::Empty));
        assert_eq!(refused("one", b"1"), None, "the twin");
        let long = folder.path().join("long");
        File::create(&long).unwrap().set_len(FILE_BYTES_MAX + 1).unwrap();
        assert_eq!(look(&long).err(), Some(FileError::TooLong));
        assert_eq!(look(folder.path()).err(), Some(FileError::NotAFile));
        assert!(matches!(look(&folder.path().join("none")), Err(FileError::Unreadable(_))));
        assert_eq!(
            refused("broken.txt", b"\xff\xd8\xff\xe0 no picture"),
            Some(FileError::BrokenPicture)
        );
    }

    #[test]
    fn os_fil_031_a_picture_is_known_by_its_bytes_and_called_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        let page = image::RgbImage::from_pixel(30, 20, image::Rgb([9, 9, 9]));
        page.write_with_encoder(image::codecs::png::PngEncoder::new(&mut bytes)).unwrap();
        let sent = with(folder.path(), "notes.txt", &bytes).unwrap();
        assert_eq!(sent.file.name, "notes.txt.png");
        assert_eq!(sent.file.media_type, "image/png");
        assert!(!sent.file.preview.is_empty());
        assert_eq!(look(&folder.path().join("notes.txt")).unwrap().kept, Kept::OnlyThePicture);
    }

    #[test]
    fn os_fil_042_what_no_record_names_is_erased() {
        let folder = tempfile::tempdir().unwrap();
        let [kept, left] = ["kept.out", "left.in"].map(|name| folder.path().join(name));
        [&kept, &left].into_iter().for_each(|path| drop(File::create(path).unwrap()));
        sweep(folder.path(), std::slice::from_ref(&kept));
        assert!(kept.exists() && !left.exists());
    }
}
