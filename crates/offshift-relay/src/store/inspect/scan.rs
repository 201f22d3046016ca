//! Searches all files of a directory for bytes that must not be there.
//!
//! ```text
//! directory --walk--> file --a piece and the end of the one before--> all forms of all canaries at once --> Found
//! ```
//!
//! It holds one piece of one file, however large the image is. What it can't read, it says.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use serde::Serialize;

use super::forms::{Form, forms};
use crate::limits::{
    INSPECT_CANARIES_BYTES, INSPECT_CANARY_MIN, INSPECT_LISTED, INSPECT_PIECE_BYTES,
};

/// A file may keep so many bytes less than it is long without being called sparse: file systems pack small ones.
const PACKED: u64 = 4_096;

/// A canary, where it was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Found {
    /// In which file, from the directory on.
    pub file: PathBuf,
    /// How far from its beginning; none where it is in the file's name.
    pub offset: Option<u64>,
    /// Which canary, counted from 0.
    pub canary: usize,
    /// How it is written there.
    pub form: Form,
}

/// A file or directory that was not looked through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Which, from the directory on.
    pub file: PathBuf,
    /// Why not.
    pub why: String,
}

/// What a scan found. The lists hold the first [`INSPECT_LISTED`] of each; the counts hold all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ScanReport {
    /// Files that were looked through, whole.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// How often canaries were found.
    pub found: u64,
    /// Where.
    pub places: Vec<Found>,
    /// How many files and directories were not looked through.
    pub unread: u64,
    /// Which.
    pub unread_files: Vec<Unread>,
    /// How many files have holes, whose bytes the disk may hold elsewhere.
    pub sparse: u64,
    /// Which.
    pub sparse_files: Vec<PathBuf>,
}

impl ScanReport {
    /// Whether everything was looked through and no canary is in it.
    pub const fn is_clean(&self) -> bool {
        self.found == 0 && self.unread == 0
    }
}

/// Why there is no scan.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// It would be found everywhere by chance. Which one, counted from 0.
    #[error("a canary has less than eight bytes and would be found by chance; give a longer one")]
    TooShort(usize),
    /// More than the search holds at once.
    #[error("the canaries have more than 64 KiB together; scan several times, with fewer each")]
    TooMuch,
    /// The directory itself.
    #[error("the directory can't be read ({0}); check its path and its owner")]
    Directory(io::Error),
}

/// Looks for every form of every canary in all files under `directory`, names included (OS-STO-091). Blocks.
///
/// # Errors
/// [`ScanError`], before anything is read. A file that can't be read is no error: it is in the report.
pub fn scan_image(directory: &Path, canaries: &[Vec<u8>]) -> Result<ScanReport, ScanError> {
    let search = Search::of(canaries)?;
    std::fs::read_dir(directory).map_err(ScanError::Directory)?;
    let mut scan = Scan { root: directory, search, report: ScanReport::default() };
    let mut directories = vec![directory.to_owned()];
    while let Some(next) = directories.pop() {
        if let Err(error) = scan.directory(&next, &mut directories) {
            scan.unread(&next, &error.to_string());
        }
    }
    scan.report.places.sort();
    Ok(scan.report)
}

/// All forms of all canaries.
struct Search {
    patterns: AhoCorasick,
    of: Vec<(usize, Form)>,
    longest: usize,
}

impl Search {
    fn of(canaries: &[Vec<u8>]) -> Result<Self, ScanError> {
        if let Some(short) = canaries.iter().position(|canary| canary.len() < INSPECT_CANARY_MIN) {
            return Err(ScanError::TooShort(short));
        }
        let bytes = canaries.iter().map(Vec::len).fold(0, usize::saturating_add);
        if bytes > INSPECT_CANARIES_BYTES {
            return Err(ScanError::TooMuch);
        }
        let numbered = canaries.iter().enumerate();
        let all = numbered.flat_map(|(number, canary)| {
            forms(canary).into_iter().map(move |(form, bytes)| ((number, form), bytes))
        });
        let (of, patterns): (Vec<_>, Vec<_>) = all.unzip();
        let longest = patterns.iter().map(Vec::len).max().unwrap_or_default();
        let patterns = AhoCorasick::new(patterns).map_err(|_| ScanError::TooMuch)?;
        Ok(Self { patterns, of, longest })
    }

    /// Where which one begins, if it ends behind `from`.
    fn in_piece(&self, piece: &[u8], from: usize) -> Vec<(usize, (usize, Form))> {
        let found = self.patterns.find_overlapping_iter(piece).filter(|found| found.end() > from);
        let known = found.filter_map(|found| {
            let of = self.of.get(found.pattern().as_usize())?;
            Some((found.start(), *of))
        });
        known.collect()
    }
}

struct Scan<'a> {
    root: &'a Path,
    search: Search,
    report: ScanReport,
}

impl Scan<'_> {
    fn directory(&mut self, path: &Path, deeper: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let path = entry.path();
            for (_, of) in self.search.in_piece(entry.file_name().as_encoded_bytes(), 0) {
                self.found(&path, None, of);
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                deeper.push(path);
            } else if !kind.is_file() {
                self.unread(&path, "it is no plain file");
            } else if let Err(error) = self.file(&path) {
                self.unread(&path, &error.to_string());
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.len() > metadata.blocks().saturating_mul(512).saturating_add(PACKED) {
            let file = self.within(path);
            self.report.sparse = self.report.sparse.saturating_add(1);
            list(&mut self.report.sparse_files, file);
        }
        let mut buffer = vec![0; self.search.longest.saturating_add(INSPECT_PIECE_BYTES)];
        // The buffer begins there in the file, and so much of it was looked through already.
        let (mut base, mut seen) = (0u64, 0usize);
        loop {
            let read = file.read(buffer.get_mut(seen..).unwrap_or_default())?;
            let filled = seen.saturating_add(read);
            if read == 0 {
                break;
            }
            self.report.bytes = self.report.bytes.saturating_add(read as u64);
            let piece = buffer.get(..filled).unwrap_or_default();
            for (at, of) in self.search.in_piece(piece, seen) {
                self.found(path, Some(base.saturating_add(at as u64)), of);
            }
            // A canary over the border begins within its own length before it.
            seen = filled.min(self.search.longest.saturating_sub(1));
            buffer.copy_within(filled.saturating_sub(seen)..filled, 0);
            base = base.saturating_add(filled.saturating_sub(seen) as u64);
        }
        self.report.files = self.report.files.saturating_add(1);
        Ok(())
    }

    fn within(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root).unwrap_or(path).to_owned()
    }

    fn found(&mut self, path: &Path, offset: Option<u64>, (canary, form): (usize, Form)) {
        let file = self.within(path);
        self.report.found = self.report.found.saturating_add(1);
        list(&mut self.report.places, Found { file, offset, canary, form });
    }

    fn unread(&mut self, path: &Path, why: &str) {
        let file = self.within(path);
        self.report.unread = self.report.unread.saturating_add(1);
        list(&mut self.report.unread_files, Unread { file, why: why.to_owned() });
    }
}

fn list<T>(all: &mut Vec<T>, one: T) {
    if all.len() < INSPECT_LISTED {
        all.push(one);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{FileExt, PermissionsExt, symlink};

    use super::*;

    const CANARY: &[u8] = b"the canary of this test";

    fn scan(folder: &Path) -> ScanReport {
        scan_image(folder, &[b"nowhere at all".to_vec(), CANARY.to_vec()]).unwrap()
    }

    #[test]
    fn os_sto_091_a_canary_is_found_at_every_place_of_a_piece_and_over_its_border() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        // The first piece ends behind the longest form of any canary.
        for at in (0..2).chain(INSPECT_PIECE_BYTES..INSPECT_PIECE_BYTES + 60) {
            let mut bytes = vec![b'.'; INSPECT_PIECE_BYTES * 2 + 500];
            bytes[at..at + CANARY.len()].copy_from_slice(CANARY);
            std::fs::write(&path, &bytes).unwrap();
            let report = scan(folder.path());
            assert_eq!(report.found, 1, "at {at}");
            let place =
                Found { file: "file".into(), offset: Some(at as u64), canary: 1, form: Form::Raw };
            assert_eq!(report.places, [place]);
            assert_eq!((report.files, report.bytes), (1, bytes.len() as u64));
        }
    }

    #[test]
    fn os_sto_091_a_canary_is_found_in_every_form_and_in_names() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        let texts = [
            data_encoding::HEXLOWER.encode(CANARY),
            data_encoding::HEXUPPER.encode(CANARY),
            data_encoding::BASE32.encode(CANARY),
            data_encoding::BASE64.encode(&[b"xy", CANARY, b"z"].concat()),
            data_encoding::BASE64URL.encode(CANARY),
        ];
        for (number, text) in texts.iter().enumerate() {
            std::fs::write(deep.join(number.to_string()), format!("key = \"{text}\"")).unwrap();
        }
        std::fs::write(deep.join(std::str::from_utf8(CANARY).unwrap()), "").unwrap();
        let report = scan(folder.path());
        let found: Vec<_> = report.places.iter().map(|found| found.form).collect();
        let (hex, b32, b64) = (Form::Hex, Form::Base32, Form::Base64);
        assert_eq!(found, [hex, hex, b32, b64, b64, Form::Raw]);
        assert_eq!(report.places.last().unwrap().offset, None);
        assert!(report.places.iter().all(|found| found.canary == 1) && !report.is_clean());
    }

    #[test]
    fn os_sto_091_what_is_not_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        symlink("/nowhere", folder.path().join("link")).unwrap();
        let hole = std::fs::File::create(folder.path().join("hole")).unwrap();
        hole.set_len(1 << 20).unwrap();
        hole.write_all_at(b"x", 1 << 20).unwrap();
        let report = scan(folder.path());
        assert_eq!((report.unread, report.sparse, report.files), (1, 1, 1));
        assert_eq!(report.unread_files[0].file, Path::new("link"));
        assert_eq!(report.sparse_files, [Path::new("hole")]);
        assert!(!report.is_clean());
    }

    #[test]
    fn a_file_that_may_not_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, CANARY).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
        // Root reads it all the same: then it is found.
        let report = scan(folder.path());
        assert_eq!(report.found + report.unread, 1);
    }

    #[test]
    fn canaries_that_mean_nothing_or_are_too_many_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let scan = |canaries: &[Vec<u8>]| scan_image(folder.path(), canaries);
        assert!(matches!(scan(&[vec![1; 8], vec![1; 7]]), Err(ScanError::TooShort(1))));
        assert!(matches!(scan(&[vec![1; INSPECT_CANARIES_BYTES + 1]]), Err(ScanError::TooMuch)));
        assert!(matches!(
            scan_image(&folder.path().join("none"), &[]),
            Err(ScanError::Directory(_))
        ));
        assert!(scan(&[]).unwrap().is_clean());
    }
}
