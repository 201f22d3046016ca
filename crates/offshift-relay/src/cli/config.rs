//! Shows, explains and renews the settings.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use clap::Subcommand;
use offshift_relay::config;

use super::{
    args::Flags,
    failure::{Failure, Turn},
    settings,
};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Show every value that holds.
    Show(Show),
    /// Print a settings file with every key, what it means, and its default.
    Example,
    /// Turn a settings file of the old format into the new one.
    Migrate(Migrate),
}

#[derive(clap::Args)]
pub(super) struct Show {
    #[command(flatten)]
    flags: Flags,
    /// Also show where each value comes from
    #[arg(long)]
    source: bool,
}

#[derive(clap::Args)]
pub(super) struct Migrate {
    /// The settings file
    file: PathBuf,
    /// Write it, and keep the old one beside it; otherwise it is only printed
    #[arg(long)]
    write: bool,
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Show(asked) => show(asked)?,
        Command::Example => super::show(&config::example()),
        Command::Migrate(asked) => migrate(asked)?,
    }
    Ok(())
}

fn show(asked: &Show) -> Result<(), Failure> {
    let chosen = settings::chosen(&asked.flags)?;
    let file = chosen.file.as_deref().unwrap_or_else(|| Path::new(""));
    super::show(&config::shown(&chosen.loaded, asked.source.then_some(file)));
    if let Some(hint) = chosen.hint() {
        super::tell(&hint);
    }
    Ok(())
}

fn migrate(asked: &Migrate) -> Result<(), Failure> {
    let Some(text) = config::migrated(&settings::read(&asked.file)?) else {
        super::show("This file has the new format already. Nothing to do.\n");
        return Ok(());
    };
    if !asked.write {
        super::show(&text);
        return Ok(());
    }
    let kept = beside(&asked.file);
    replace(&asked.file, &kept, &text).map_err(|error| {
        let (file, kind) = (asked.file.display(), error.kind());
        let sentence = format!("can't renew {file} ({kind}); run this as the user who owns it");
        Failure::new(Turn::Yours, sentence)
    })?;
    super::show(&format!(
        "{} has the new format. The old one is kept as {}.\n\
         The relay is as open as it was (access is \"open\"). To let in only people with tickets, set\n\
         mode = \"tickets\", restart the relay, and make tickets: offshift-relay ticket new\n",
        asked.file.display(),
        kept.display()
    ));
    Ok(())
}

pub(super) fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".old");
    PathBuf::from(name)
}

/// The old file first gets its second name; a third of that name is never overwritten. Whoever may read the old
/// one may read the new one.
pub(super) fn replace(file: &Path, kept: &Path, text: &str) -> io::Result<()> {
    fs::hard_link(file, kept)?;
    write_private(file, text, fs::metadata(kept)?.permissions().mode())
}

/// Writes a file so that a reader sees the old one or the new one, never half, and nobody else ever.
pub(super) fn write_private(file: &Path, text: &str, mode: u32) -> io::Result<()> {
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut new = tempfile::NamedTempFile::new_in(directory.unwrap_or_else(|| Path::new(".")))?;
    new.write_all(text.as_bytes())?;
    new.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
    new.as_file().sync_all()?;
    new.persist(file)?;
    Ok(())
}
