//! Sets a relay up: a few questions, a settings file, the identity, a first ticket.
//!
//! ```text
//! questions (or --answers) -> data directory, identity, link -> first ticket -> settings file -> what to do next
//! ```
//!
//! Never: a file overwritten without a yes; a secret in the settings file.

mod questions;

use std::{
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use offshift_access::TicketCode;
use offshift_relay::{
    config::{self, Access, Custody, FileFormat, Given, Keep, Loaded, Origin, Settings, key},
    office::{NewTicketError, Office, Terms},
    store::{Store, embedded::EmbeddedStore},
};
use offshift_wire::{UnixMillis, link::RelayLink};

use super::{
    config::{beside, replace, write_private},
    data::{self, DataDirectory},
    failure::{Failure, Turn},
    public, settings,
    threads::runtime,
};
pub(super) use questions::bind;
use questions::{Finding, QUESTIONS, Question};

/// The first ticket is for an organizer who brings others in: as many as `ticket new` gives when nobody says.
const FIRST_TICKET: (u16, u16, u64) = (50, 16, 365);

const DAY_MS: u64 = 24 * 3600 * 1000;

/// Readable by the group, so that a package's settings belong to root and are read by the relay.
const FILE_MODE: u32 = 0o640;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Write the settings to this file [default: /etc/offshift-relay/relay.toml if you may, or relay.toml in the data directory]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Keep the relay's data here, and the settings beside it unless --config says where
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Ask nothing: take --answers, and the usual for the rest
    #[arg(long)]
    yes: bool,
    /// Answers for --yes, written like a settings file: any of its keys
    #[arg(long, value_name = "FILE", requires = "yes")]
    answers: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    not_as_root_for_another(args)?;
    let mut loaded = args.answers.as_deref().map_or_else(|| Ok(Loaded::default()), answers)?;
    if let Some(data) = &args.data {
        loaded.settings.relay.data = Some(data.clone());
        loaded.origins.insert(("relay", "data"), Origin::Flag("--data"));
    }
    let beside_data = args.data.as_deref().map(settings::file_in);
    let file = args.config.clone().or(beside_data).unwrap_or_else(|| usual_file(&loaded));
    usual_data(&mut loaded, &file);
    let person = Person { yes: args.yes };
    if file.exists() && !person.wants_anew(&file)? {
        super::show(&already(&file));
        return Ok(());
    }
    for question in &QUESTIONS {
        if (question.is_asked)(&loaded.settings) {
            ask(&person, &mut loaded, question)?;
        }
    }
    loaded.agrees().map_err(|bad| Failure::new(Turn::Settings, bad.to_string()))?;
    stand_alone(&mut loaded.settings);
    // The file last: it is what says that the relay is set up.
    let made = make(&loaded.settings)?;
    write(&file, &loaded)?;
    super::show(&next_steps(&file, &loaded.settings, &made));
    Ok(())
}

/// The flat format can't say who may use the relay, and would open it to all.
fn answers(file: &Path) -> Result<Loaded, Failure> {
    let loaded = settings::read(file)?;
    if loaded.format == FileFormat::Flat {
        let sentence = format!(
            "{}, line 1, column 1: answers stand under tables, such as [relay]; \
             see all with: offshift-relay config example",
            file.display()
        );
        return Err(Failure::new(Turn::Settings, sentence));
    }
    Ok(loaded)
}

/// Files that root makes the relay's own user can't open.
fn not_as_root_for_another(args: &Args) -> Result<(), Failure> {
    const USER: &str = "offshift-relay";
    let is_root = rustix::process::geteuid().is_root();
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let has_user = users.lines().any(|line| line.split(':').next() == Some(USER));
    if args.config.is_none() && args.data.is_none() && is_root && has_user {
        let sentence =
            format!("run this as the relay's own user: sudo -u {USER} offshift-relay init");
        return Err(Failure::new(Turn::Yours, sentence));
    }
    Ok(())
}

/// Where this user may write it, and every other command finds it.
fn usual_file(answers: &Loaded) -> PathBuf {
    let of_machine = Path::new(settings::USUAL_FILE);
    let may_write = |directory: &Path| {
        let is_root = rustix::process::geteuid().is_root();
        if is_root {
            fs::create_dir_all(directory).is_ok()
        } else {
            tempfile::tempfile_in(directory).is_ok()
        }
    };
    if of_machine.parent().is_some_and(may_write) {
        return of_machine.to_owned();
    }
    settings::file_in(DataDirectory::chosen(answers.settings.relay.data.as_deref()).path())
}

/// A relay of the whole machine keeps its data where the package has it.
fn usual_data(loaded: &mut Loaded, file: &Path) {
    let usual = || match file == Path::new(settings::USUAL_FILE) {
        true => PathBuf::from(settings::USUAL_DATA),
        false => DataDirectory::chosen(None).path().to_owned(),
    };
    loaded.settings.relay.data.get_or_insert_with(usual);
}

/// A path from where `init` was typed means another place to the relay.
fn stand_alone(settings: &mut Settings) {
    if let Some(data) = &mut settings.relay.data
        && let Ok(whole) = std::path::absolute(&*data)
    {
        *data = whole;
    }
}

/// Asks until there is an answer that can stand. With --yes: what can't stand ends it.
fn ask(person: &Person, loaded: &mut Loaded, question: &Question) -> Result<(), Failure> {
    loop {
        let mut trial = loaded.clone();
        if let Err(sentence) = person.answer(&mut trial, question)? {
            super::show(&format!("{sentence}\n"));
            continue;
        }
        let stands = match (question.check)(&trial.settings) {
            Finding::Fine => true,
            Finding::Doubt(sentence) => person.keeps(&sentence)?,
            Finding::Wrong(sentence) if person.yes => {
                return Err(Failure::new(Turn::Yours, sentence));
            }
            Finding::Wrong(sentence) => {
                super::show(&format!("{sentence}\n"));
                false
            }
        };
        if stands {
            *loaded = trial;
            return Ok(());
        }
    }
}

/// Whoever answers: at a terminal, through a pipe, or nobody with --yes.
struct Person {
    yes: bool,
}

const ANSWERED: Origin = Origin::Flag("init");

impl Person {
    /// Puts the answer into the settings; says what is wrong with it.
    fn answer(
        &self,
        trial: &mut Loaded,
        question: &Question,
    ) -> Result<Result<(), String>, Failure> {
        let (table, name) = question.key;
        let Some(key) = key(table, name) else { return Ok(Ok(())) };
        let usual = (question.usual)(&trial.settings);
        let said = if self.yes { String::new() } else { self.line(question.text, &usual)? };
        let meant = if said.is_empty() { usual } else { said };
        if self.yes || meant.is_empty() {
            if key.show(&trial.settings).is_some() {
                trial.origins.entry(key.path()).or_insert(ANSWERED);
            }
            return Ok(Ok(()));
        }
        let given = (question.meant)(&meant);
        Ok(trial.set(key, &Given::Text(&given), ANSWERED).map_err(|bad| bad.to_string()))
    }

    fn wants_anew(&self, file: &Path) -> Result<bool, Failure> {
        let sentence = format!("{} is there already.", file.display());
        Ok(!self.yes && self.agrees(&sentence, "Set up anew, and keep the old file beside it?")?)
    }

    /// With --yes a doubt is said and kept.
    fn keeps(&self, doubt: &str) -> Result<bool, Failure> {
        if self.yes {
            super::tell(doubt);
            return Ok(true);
        }
        self.agrees(doubt, "Keep it anyway?")
    }

    fn agrees(&self, sentence: &str, question: &str) -> Result<bool, Failure> {
        let answer = self.line(&format!("{sentence}\n{question}"), "no")?;
        Ok(["y", "yes"].contains(&answer.to_ascii_lowercase().as_str()))
    }

    /// One line, without its end.
    fn line(&self, question: &str, usual: &str) -> Result<String, Failure> {
        let usual = if usual.is_empty() { String::new() } else { format!(" [{usual}]") };
        super::show(&format!("\n{question}{usual}\n> "));
        let mut line = String::new();
        match io::stdin().read_line(&mut line) {
            Ok(read) if read > 0 => Ok(line.trim().to_owned()),
            _ => Err(Failure::new(
                Turn::Yours,
                "nobody answers; nothing was written. For scripts: offshift-relay init --yes --answers FILE",
            )),
        }
    }
}

/// An old file is kept; a file that was kept before is not touched.
fn write(file: &Path, loaded: &Loaded) -> Result<(), Failure> {
    let text = config::written(loaded);
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    let written = directory.map_or(Ok(()), fs::create_dir_all).and_then(|()| match file.exists() {
        true => replace(file, &beside(file), &text),
        false => write_private(file, &text, FILE_MODE),
    });
    written.map_err(|error| {
        let file = file.display();
        let sentence = format!(
            "can't write {file} ({}); name another with --config, or move {file}.old away",
            error.kind()
        );
        Failure::new(Turn::Yours, sentence)
    })
}

/// What came into the world.
struct Made {
    link: RelayLink,
    ticket: Option<TicketCode>,
}

fn make(settings: &Settings) -> Result<Made, Failure> {
    let data = DataDirectory::chosen(settings.relay.data.as_deref());
    // As if on disk: of a relay that was here before, nothing is to be forgotten yet.
    let store = Arc::new(data.open_store(Keep { custody: Custody::Disk, ..settings.keep })?);
    runtime()?.block_on(async {
        let identity = data::identity(&*store).await?;
        let public = settings.relay.public.as_deref();
        let link = public::link(public, settings.relay.listen, *identity.id())?;
        data.write_link(&link)?;
        let ticket = match settings.access {
            Access::Open => None,
            Access::Tickets => {
                let office = Office::open(store.clone(), identity.receipt_key()?).await?;
                Some(first_ticket(&office, &link).await?)
            }
        };
        store.close().await?;
        Ok(Made { link, ticket })
    })
}

async fn first_ticket(
    office: &Office<EmbeddedStore>,
    link: &RelayLink,
) -> Result<TicketCode, Failure> {
    let (seats, daily_batches, days) = FIRST_TICKET;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
    let expires = UnixMillis(now.saturating_add(days.saturating_mul(DAY_MS)));
    let ticket = office.new_ticket(Terms { seats, daily_batches, expires }).await;
    let ticket = ticket.map_err(|error| match error {
        NewTicketError::Store(error) => error.into(),
        error @ NewTicketError::TooMany => Failure::new(Turn::Yours, error.to_string()),
    })?;
    Ok(TicketCode { link: link.clone(), ticket })
}

/// Idempotent: said, nothing done.
fn already(file: &Path) -> String {
    let file = file.display();
    format!(
        "{file} is there already. Nothing was changed.\n\
         See what holds:     offshift-relay config show --config {file}\n\
         See if it is fit:   offshift-relay check --config {file}\n\
         Start it:           offshift-relay serve --config {file}\n"
    )
}

fn next_steps(file: &Path, settings: &Settings, made: &Made) -> String {
    let (port, file) = (made.link.port(), file.display());
    let mut text = format!("\nThe relay is set up. Its settings: {file}\n\nlink: {}\n", made.link);
    if let Some(ticket) = &made.ticket {
        let (seats, _, days) = FIRST_TICKET;
        let _ = write!(
            text,
            "\nThe first ticket, for an organizer and those whom they bring in: up to {seats} devices, {days} days.\n\
             It is shown only now. Whoever has it can use it: hand it over in person.\n\n\
             \x20   offshift relay add '{ticket}'\n"
        );
    }
    let _ = write!(
        text,
        "\nNext:\n\
         \x20 1. Let UDP port {port} in through your firewall.\n\
         \x20 2. offshift-relay check --config {file}\n\
         \x20 3. offshift-relay serve --config {file}\n\
         \x20    or, from the package: sudo systemctl enable --now offshift-relay\n"
    );
    if settings.access == Access::Tickets {
        text.push_str("  4. More tickets: offshift-relay ticket new\n");
    }
    text
}
