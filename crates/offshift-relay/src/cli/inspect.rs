//! `inspect`: what a data directory holds, in numbers, and whether given bytes are in it.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use offshift_relay::{
    admin::{self, Answer, Ask, Day},
    store::inspect::{Form, Report, ScanReport, scan_image},
};
use offshift_wire::{UnixMillis, token::Period};

use super::{
    args,
    failure::{Failure, Turn},
    here::Here,
    json,
};

/// Show in numbers what the relay holds, also while it runs; or look for given bytes in a copy of its data directory.
///
/// An auditor leaves a message of known bytes, copies the data directory before and after it expired, and looks for the
/// bytes in both. Exit code with --image: 0 nothing was found, 1 something was, 3 not all files could be read.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    at: args::DataDirectory,
    /// A directory to look through instead, such as a copy of a data directory
    #[arg(long, value_name = "DIR", requires = "canary")]
    image: Option<PathBuf>,
    /// A file with the bytes to look for, as they are or as hex, base64 or base32 text. May be given several times
    #[arg(long, value_name = "FILE", requires = "image")]
    canary: Vec<PathBuf>,
    /// For scripts
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.image {
        Some(image) => scan(image, args),
        None => numbers(args).map(|()| ExitCode::SUCCESS),
    }
}

fn numbers(args: &Args) -> Result<(), Failure> {
    let here = Here::at(&args.at)?;
    if !here.data.has_store() {
        let sentence = format!("{} holds no relay's data; see --data", here.data.path().display());
        return Err(Failure::new(Turn::Yours, sentence));
    }
    let mut report =
        Report::of(here.data.path()).map_err(|error| unreadable(here.data.path(), &error))?;
    report.tickets = tickets(&here);
    super::show(&if args.json { json(&report)? } else { text(&report) });
    Ok(())
}

/// Tickets, as far as a running relay tells: opening the registry would not be looking only.
fn tickets(here: &Here) -> Option<u64> {
    let asked =
        super::threads::runtime().ok()?.block_on(admin::ask(&here.socket, &Ask::TicketList));
    match asked {
        Ok(Answer::Tickets(tickets)) => {
            let good = tickets.iter().filter(|ticket| ticket.state == admin::State::Good);
            Some(good.count() as u64)
        }
        _ => None,
    }
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<15} {value}");
    };
    let Report { slices, slice_bytes, envelopes, released, keys, keys_destroyed, .. } = report;
    line(
        "Messages",
        format!("{envelopes} sealed envelopes, in {slices} files, {slice_bytes} bytes"),
    );
    line(
        "Taken back",
        format!("{released} more lie there until their file goes, and are given to nobody"),
    );
    line("Damaged", report.damaged.to_string());
    if let (Some(first), Some(last)) = (report.first_end, report.last_end) {
        let day = |ms| Day::of(UnixMillis(ms));
        line("Gone by", format!("{} the first file, {} the last", day(first), day(last)));
    }
    line("Keys", format!("{keys} of those files on this disk, {keys_destroyed} destroyed"));
    for (period, tokens) in &report.spent {
        let week = Day::of(Period(*period).begins());
        line("Spent tokens", format!("{tokens} of the week of {week}"));
    }
    match report.tickets {
        Some(tickets) => line("Tickets", format!("{tickets} good")),
        None => line("Tickets", "see: offshift-relay ticket list".to_owned()),
    }
    line("Identity etc.", format!("{} bytes", report.registry_bytes));
    line("All together", format!("{} bytes", report.bytes));
    text.push_str("No names, no texts, no addresses of mailboxes, no network addresses.\n");
    text
}

const FOUND: u8 = 1;
const UNREAD: u8 = 3;

fn scan(image: &Path, args: &Args) -> Result<ExitCode, Failure> {
    let canaries: Result<Vec<_>, _> = args.canary.iter().map(|file| canary(file)).collect();
    let report = scan_image(image, &canaries?)
        .map_err(|error| Failure::new(Turn::Machine, error.to_string()))?;
    super::show(&if args.json { json(&report)? } else { found(&report, &args.canary) });
    Ok(match (report.found, report.unread) {
        (0, 0) => ExitCode::SUCCESS,
        (0, _) => ExitCode::from(UNREAD),
        _ => ExitCode::from(FOUND),
    })
}

/// The bytes of a file, without the line end that editors and `echo` put behind them.
fn canary(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let sentence =
        format!("can't read {} ({}); check its path and its owner", path.display(), error.kind());
    Failure::new(Turn::Machine, sentence)
}

fn found(report: &ScanReport, canaries: &[PathBuf]) -> String {
    let mut text = format!("Looked through {} files, {} bytes.\n", report.files, report.bytes);
    for place in &report.places {
        let canary = canaries.get(place.canary).map(|path| path.display().to_string());
        let at =
            place.offset.map_or("in its name".to_owned(), |offset| format!("at byte {offset}"));
        let _ = writeln!(
            text,
            "FOUND {} as {} in {}, {at}",
            canary.unwrap_or_default(),
            form(place.form),
            place.file.display()
        );
    }
    for unread in &report.unread_files {
        let _ = writeln!(text, "NOT READ {} ({})", unread.file.display(), unread.why);
    }
    let _ = match (report.found, report.unread) {
        (0, 0) => writeln!(text, "Nothing was found."),
        (0, unread) => writeln!(
            text,
            "Nothing was found, but {unread} files were not read. Read them as root."
        ),
        (found, _) => writeln!(text, "Found {found} times."),
    };
    text
}

const fn form(form: Form) -> &'static str {
    match form {
        Form::Raw => "it is",
        Form::Hex => "hex",
        Form::Base32 => "base32",
        Form::Base64 => "base64",
    }
}
