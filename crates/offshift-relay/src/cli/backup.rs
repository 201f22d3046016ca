//! `backup`: keep what makes this relay this relay, look whether it is sound, put it back, and try all that.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use offshift_relay::{
    admin::{Answer, Ask, Day},
    backup::{self, BackupError, Contents},
};
use zeroize::Zeroizing;

use super::{
    args, desk, drill,
    failure::{Failure, Turn},
    here::Here,
    restore,
};

/// A sealed copy of the relay's identity, its tickets and its settings. Never of messages: what is forgotten stays so.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Write a backup to a new file, also while the relay runs
    Create(File),
    /// Look whether a backup is sound
    Verify(File),
    /// Put a backup into an empty data directory
    Restore(File),
    /// Try it: make a backup (or take FILE), restore it into a place that is thrown away, start a relay from it and
    /// send a message through it
    Drill(Drill),
}

#[derive(clap::Args)]
pub(super) struct File {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(super) path: PathBuf,
    #[command(flatten)]
    pub(super) at: args::DataDirectory,
    #[command(flatten)]
    pub(super) sealed: Passphrase,
}

#[derive(clap::Args)]
pub(super) struct Drill {
    /// The backup to try [default: one made for it]
    #[arg(value_name = "FILE")]
    pub(super) path: Option<PathBuf>,
    #[command(flatten)]
    pub(super) at: args::DataDirectory,
    #[command(flatten)]
    pub(super) sealed: Passphrase,
}

#[derive(clap::Args)]
pub(super) struct Passphrase {
    /// Read the passphrase from the first line of this file instead of asking
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match &args.act {
        Act::Create(file) => create(file),
        Act::Verify(file) => verify(file),
        Act::Restore(file) => restore::run(file),
        Act::Drill(asked) => drill::run(asked),
    }
}

/// Letters that a new passphrase has at least: four short words.
const PASSPHRASE_MIN: usize = 16;

impl Passphrase {
    /// The one that is there already.
    pub(super) fn known(&self) -> Result<Zeroizing<String>, Failure> {
        match &self.passphrase_file {
            Some(path) => first_line(path),
            None => asked("Passphrase: "),
        }
    }

    /// A new one: typed twice, long enough.
    fn chosen(&self) -> Result<Zeroizing<String>, Failure> {
        let passphrase = self.known()?;
        if passphrase.chars().count() < PASSPHRASE_MIN {
            let sentence = format!(
                "this passphrase is too short; take four words or more, {PASSPHRASE_MIN} letters at least, and write \
                 them down where the backup is not"
            );
            return Err(yours(sentence));
        }
        if self.passphrase_file.is_none() && *asked("Again: ")? != *passphrase {
            return Err(yours("these were two different passphrases; try again"));
        }
        Ok(passphrase)
    }
}

fn first_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = fs::read_to_string(path).map(Zeroizing::new).map_err(|error| {
        yours(format!("can't read {} ({}); check --passphrase-file", path.display(), error.kind()))
    })?;
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

fn asked(prompt: &str) -> Result<Zeroizing<String>, Failure> {
    let typed = rpassword::prompt_password(prompt).map(Zeroizing::new);
    typed
        .map_err(|_| yours("there is nobody to ask for the passphrase here; use --passphrase-file"))
}

fn yours(sentence: impl Into<String>) -> Failure {
    Failure::new(Turn::Yours, sentence)
}

/// What a backup of this relay holds now.
pub(super) fn contents(here: &Here) -> Result<Contents, Failure> {
    let Answer::Records(records) = desk::ask(here, Ask::Records)? else {
        return Err(desk::strange());
    };
    let settings = here.file.as_ref().map(fs::read_to_string).transpose();
    let settings = settings.map_err(|error| Failure::from(BackupError::Io(error)))?;
    let link = here.data.link()?.map(|link| link.to_string());
    Ok(Contents { made: Day::of(desk::now()), link, settings, records })
}

fn create(asked: &File) -> Result<(), Failure> {
    if asked.path.exists() {
        return Err(taken(&asked.path));
    }
    let contents = contents(&Here::at(&asked.at)?)?;
    contents.check()?;
    let passphrase = asked.sealed.chosen()?;
    let sealed = backup::seal(&contents, &passphrase)?;
    // What can't be opened again is no backup.
    backup::open(&sealed, &passphrase)?;
    backup::write_new(&asked.path, &sealed).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => taken(&asked.path),
        _ => BackupError::Io(error).into(),
    })?;
    super::show(&format!(
        "Wrote {}.\n\n{}\n\
         It holds the keys of this relay: whoever opens it can be this relay. Keep it like a key, on another machine,\n\
         and its passphrase somewhere else.\n\
         It holds no messages. It holds no used tokens either: after a restore, tokens that were used in the last two\n\
         weeks could be used once more.\n\
         Try it now: offshift-relay backup drill {}\n",
        asked.path.display(),
        summary(&contents),
        asked.path.display()
    ));
    Ok(())
}

fn taken(path: &Path) -> Failure {
    yours(format!("{} is there already; choose another name", path.display()))
}

fn verify(asked: &File) -> Result<(), Failure> {
    let contents = opened(&asked.path, &asked.sealed)?;
    super::show(&format!("{} is sound.\n\n{}", asked.path.display(), summary(&contents)));
    Ok(())
}

/// Opens a backup, having looked at the file before the passphrase is asked for.
pub(super) fn opened(path: &Path, sealed: &Passphrase) -> Result<Contents, Failure> {
    let bytes = backup::read(path)?;
    backup::looks_sound(&bytes)?;
    Ok(backup::open(&bytes, &sealed.known()?)?)
}

pub(super) fn summary(contents: &Contents) -> String {
    let link = contents.link.as_deref().unwrap_or("none");
    let settings = if contents.settings.is_some() { "yes" } else { "no, the relay has no file" };
    format!(
        "Made         {}\nRelay        {link}\nTickets      {}\nSettings     {settings}\n",
        contents.made,
        contents.tickets()
    )
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        let turn = match error {
            BackupError::Foreign
            | BackupError::Newer
            | BackupError::Passphrase
            | BackupError::NoIdentity => Turn::Yours,
            BackupError::Damaged
            | BackupError::Record
            | BackupError::Store(_)
            | BackupError::Io(_) => Turn::Machine,
        };
        Self::new(turn, error.to_string())
    }
}
