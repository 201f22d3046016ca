//! What can be wrong with a file.

use std::io;

use serde::{Deserialize, Serialize};

use super::Blame;

/// Why a file can't be sent, got or saved. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileError {
    /// It is not there, or not for this person.
    #[error("this file can't be read: {0}")]
    Unreadable(#[serde(with = "crate::json")] io::ErrorKind),
    /// A folder, a device.
    #[error("this is no file; choose a file")]
    NotAFile,
    /// Nothing in it.
    #[error("this file is empty; choose another one")]
    Empty,
    /// More than a room takes.
    #[error("a file has at most 25 MiB; make it smaller, or send it in parts")]
    TooLong,
    /// Somebody writes to it.
    #[error("the file changed while it was read; try again")]
    Changed,
    /// What it tells besides can't be taken out.
    #[error(
        "this picture can't be read, so nothing can be taken out of it; save it anew as a JPEG"
    )]
    BrokenPicture,
    /// The same.
    #[error("this picture is too large; make it smaller first")]
    LargePicture,
    /// More than a few words.
    #[error("the words that go with a file have at most 4 KiB; make them shorter")]
    BadCaption,
    /// Each has a connection of its own.
    #[error("as many files as may be are on their way; wait for one, or stop one")]
    TooMany,
    /// The message is of another kind.
    #[error("this message is no file")]
    NoFile,
    /// Its sender names another relay than the room's.
    #[error("this file does not lie at the room's relay, so it is not fetched; ask for it again")]
    Elsewhere,
    /// Not all of it is there.
    #[error("the relay does not have this file any more; ask for it again")]
    Gone,
    /// Nobody got it yet.
    #[error("this file is not on this device yet; get it first")]
    NotHere,
    /// It is another one.
    #[error("what came is not the file that was sent; ask for it again")]
    Damaged,
    /// Nothing that a screen can show.
    #[error("this file is no picture that can be shown")]
    NoPicture,
    /// Copies take nobody's place.
    #[error("there is something of this name already; choose another name")]
    Exists,
    /// It is over, or never was.
    #[error("no such file is on its way")]
    UnknownTransfer,
    /// The disk does not take it, or does not give it back.
    #[error("the disk does not take it: {0}")]
    Disk(#[serde(with = "crate::json")] io::ErrorKind),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        Self::Disk(error.kind())
    }
}

impl FileError {
    pub(crate) fn unreadable(error: &io::Error) -> Self {
        Self::Unreadable(error.kind())
    }

    pub(super) const fn blame(self) -> Blame {
        match self {
            Self::Gone | Self::Damaged | Self::Disk(_) => Blame::Outside,
            _ => Blame::Person,
        }
    }

    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Unreadable(_) => "file_unreadable",
            Self::NotAFile => "file_not_a_file",
            Self::Empty => "file_empty",
            Self::TooLong => "file_too_long",
            Self::Changed => "file_changed",
            Self::BrokenPicture => "file_broken_picture",
            Self::LargePicture => "file_large_picture",
            Self::BadCaption => "file_bad_caption",
            Self::TooMany => "file_too_many",
            Self::NoFile => "file_no_file",
            Self::Elsewhere => "file_elsewhere",
            Self::Gone => "file_gone",
            Self::NotHere => "file_not_here",
            Self::Damaged => "file_damaged",
            Self::NoPicture => "file_no_picture",
            Self::Exists => "file_exists",
            Self::UnknownTransfer => "file_unknown_transfer",
            Self::Disk(_) => "file_disk",
        }
    }
}
