//! `offshift file`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::In;

#[derive(Subcommand)]
pub(crate) enum File {
    /// Send a photo or a file to a room: at most 25 MiB
    #[command(after_help = "\
Examples:
  offshift file send Night notice.jpg
  offshift file send Night list.pdf --caption \"Who signed so far\" --yes

A photo is painted anew, so that place, time and camera stay with you. Other files
leave with all that they hold. It goes on where it was after a break.")]
    Send(Sent),
    /// List the files in a room
    List(In),
    /// Get a file of a room and save it. Nothing comes by itself
    #[command(after_help = "\
Examples:
  offshift file get Night 3f2a                 saves it in this folder
  offshift file get Night 3f2a --to ~/notice.jpg
  offshift file get Night 3f2a --sealed        keeps it in the profile only

It goes on where it was after a break. What has the name already stays.")]
    Get(Got),
    /// List the files on their way
    Waiting,
    /// Go on with the files on their way until all have arrived
    GoOn,
    /// Stop a file on its way
    #[command(after_help = "Example:\n  offshift file cancel 81c0")]
    Cancel {
        /// Its number: see offshift file waiting
        number: String,
    },
}

#[derive(Args)]
pub(crate) struct Sent {
    /// The room's name or number
    pub(crate) room: String,
    /// The photo or file
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
    /// Words that go with it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) caption: String,
    /// Do not ask: send it with all that it holds
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Args)]
pub(crate) struct Got {
    /// The room's name or number
    pub(crate) room: String,
    /// The file's number: see offshift file list
    pub(crate) number: String,
    /// Save it here: a folder, or a new name
    #[arg(long, value_name = "PATH", default_value = ".")]
    pub(crate) to: PathBuf,
    /// Only get it, and keep it in the profile
    #[arg(long, conflicts_with = "to")]
    pub(crate) sealed: bool,
}
