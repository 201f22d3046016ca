//! The relay's settings: one TOML file of tables, in which everything is optional.
//!
//! ```text
//! text -> DeTable (knows its places) -> each key by KEYS -> Settings, Origins -> rules over several keys -> Loaded
//! ```
//! [`KEYS`] is the only place that says what a key is called, means, takes and costs: reading, the example file, what is
//! shown, and what is suggested for a slip of the pen all walk it. Values that peers must agree on are no settings.
//!
//! Never: a secret in the file; a value that is taken though it can't be right.

mod given;
mod keys;
mod print;
mod read;
mod rules;
mod settings;

use std::{collections::BTreeMap, fmt, fs, io, path::Path};

pub use given::{Given, Wrong};
pub use keys::{Change, KEYS, Key, host_and_port, key};
pub use print::{example, migrated, shown, written};
pub use settings::{
    Access, Admin, Custody, Keep, LogFormat, LogLevel, Logs, Metrics, MetricsAt, RelayTable,
    Settings,
};

/// Where in a file: both count from one, columns are characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

/// Where a value came from. A key without an origin has its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The file.
    File(Place),
    /// A flag of the command line.
    Flag(&'static str),
    /// A variable of the environment.
    Environment(&'static str),
    /// The file is of the old format, which could not say it.
    OldFormat,
}

/// The origin of each key that was set, by its table and name.
pub type Origins = BTreeMap<(&'static str, &'static str), Origin>;

/// Of which format a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FileFormat {
    /// Keys at the top, no tables: before there were tickets. Still read.
    Flat,
    /// Tables.
    #[default]
    Tables,
}

/// Settings, and how they came about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// What holds.
    pub settings: Settings,
    /// Where it was said.
    pub origins: Origins,
    /// How it was written.
    pub format: FileFormat,
}

impl Loaded {
    /// Reads settings from the text of a file.
    ///
    /// # Errors
    /// [`BadSettings`], the first in the file.
    pub fn parse(text: &str) -> Result<Self, BadSettings> {
        read::read(text)
    }

    /// Sets one key from elsewhere than the file; `origin` says where. The rules over several keys are not asked:
    /// see [`Loaded::agrees`].
    ///
    /// # Errors
    /// [`BadSettings`] without a place.
    pub fn set(&mut self, key: &Key, given: &Given<'_>, origin: Origin) -> Result<(), BadSettings> {
        key.take(&mut self.settings, given)
            .map_err(|wrong| BadSettings { place: None, sentence: key.blamed(&wrong) })?;
        self.origins.insert(key.path(), origin);
        Ok(())
    }

    /// Whether the values fit each other.
    ///
    /// # Errors
    /// [`BadSettings`] at the key that was set and does not fit.
    pub fn agrees(&self) -> Result<(), BadSettings> {
        rules::all(self)
    }

    pub(crate) fn place_of(&self, key: (&str, &str)) -> Option<Place> {
        match self.origins.iter().find(|(path, _)| **path == key)?.1 {
            Origin::File(place) => Some(*place),
            _ => None,
        }
    }
}

/// What is wrong with settings, where, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSettings {
    /// Where in the file, unless a flag or the environment is to blame.
    pub place: Option<Place>,
    /// One plain sentence with the key and the next step.
    pub sentence: String,
}

impl fmt::Display for BadSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(Place { line, column }) => {
                write!(f, "line {line}, column {column}: {}", self.sentence)
            }
            None => f.write_str(&self.sentence),
        }
    }
}

impl std::error::Error for BadSettings {}

/// Why a settings file can't be used.
#[derive(Debug)]
pub enum LoadError {
    /// It can't be read.
    Unreadable(io::ErrorKind),
    /// What it says is wrong.
    Bad(BadSettings),
}

/// Bytes of a settings file at most: the example has 8 KiB, and whatever is much larger is another file.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// Reads the file at `path`.
///
/// # Errors
/// [`LoadError`].
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    let unreadable = |error: io::Error| LoadError::Unreadable(error.kind());
    if fs::metadata(path).map_err(unreadable)?.len() > FILE_BYTES_MAX {
        return Err(LoadError::Unreadable(io::ErrorKind::FileTooLarge));
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    Loaded::parse(&text).map_err(LoadError::Bad)
}
