//! `status`: how the relay is, in words, as JSON, or as one line for a monitoring system.

use std::{fmt::Write, process::ExitCode};

use offshift_relay::{
    admin::{Answer, Ask, Checked, Day, Live, Mode, Rounded, Status, Urgency},
    store::inspect::Report,
};
use offshift_wire::UnixMillis;

use super::{
    args, desk,
    failure::{Failure, Turn},
    here::Here,
    json, troubles,
};

/// How is the relay? What to do next, if anything. Numbers that could be one person's are rounded.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    at: args::DataDirectory,
    /// For scripts
    #[arg(long, conflicts_with = "nagios")]
    json: bool,
    /// One line for Nagios and its kin; exit code 0 fine, 1 warning, 2 critical, 3 unknown
    #[arg(long)]
    nagios: bool,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let asked = Here::at(&args.at).and_then(|here| asked(&here));
    if args.nagios {
        let (line, code) = match &asked {
            Ok(status) => nagios(status),
            Err(failure) => (format!("OFFSHIFT UNKNOWN - {failure}"), UNKNOWN),
        };
        super::show(&format!("{line}\n"));
        return Ok(ExitCode::from(code));
    }
    let status = asked?;
    super::show(&if args.json { json(&status)? } else { text(&status) });
    Ok(ExitCode::SUCCESS)
}

fn asked(here: &Here) -> Result<Status, Failure> {
    match super::threads::runtime()?.block_on(desk::ask_running(here, &Ask::Status))? {
        Some(Answer::Status(status)) => Ok(*status),
        Some(_) => Err(desk::strange()),
        None => asleep(here),
    }
}

/// What the files of a relay that does not run tell, looked at without its lock.
fn asleep(here: &Here) -> Result<Status, Failure> {
    desk::has_store(here)?;
    let held = Report::of(here.data.path()).map_err(|error| {
        let sentence = format!("can't read {} ({})", here.data.path().display(), error.kind());
        Failure::new(Turn::Machine, sentence)
    })?;
    let mut status = Status {
        running: None,
        link: here.data.link()?.map(|link| link.to_string()),
        access: desk::mode(here.settings.access),
        tickets_good: None,
        tickets_over: None,
        envelopes: Rounded::of(held.envelopes),
        disk_mb: held.slice_bytes.div_ceil(desk::MB),
        disk_mb_max: here.settings.keep.disk_mb,
        troubles: Vec::new(),
    };
    status.troubles = troubles::of(&status, held.damaged, None);
    Ok(status)
}

fn text(status: &Status) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<13} {value}");
    };
    match &status.running {
        Some(live) => line("Running", format!("since {}", hour(live.since))),
        None => line("Running", "no".to_owned()),
    }
    line("Link", status.link.clone().unwrap_or_else(|| "none yet".to_owned()));
    line("Access", access(status));
    line("Messages", format!("{}, all sealed", status.envelopes));
    line("Disk", format!("{} of {} MB", status.disk_mb, status.disk_mb_max));
    if let Some(live) = &status.running {
        line(
            "Memory",
            format!("about {} of {} MB, {}", live.memory_mb, live.memory_mb_max, live.pressure),
        );
        line("Connections", live.connections.to_string());
        line(
            "Certificate",
            format!("{} hours old; a new one is made every two days", live.certificate_hours),
        );
        line("Own check", checked(live));
    }
    for trouble in &status.troubles {
        let _ = write!(text, "\n{}{}\n", mark(trouble.urgency), trouble.sentence);
    }
    text
}

const fn mark(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Hint => "Hint: ",
        Urgency::Warning => "Warning: ",
        Urgency::Critical => "Critical: ",
    }
}

fn access(status: &Status) -> String {
    match (status.access, status.tickets_good, status.tickets_over) {
        (Mode::Open, ..) => "open: whoever has the link can leave messages".to_owned(),
        (Mode::Tickets, Some(good), Some(over)) => {
            format!("by tickets: {good} good, {over} over or ended")
        }
        (Mode::Tickets, ..) => "by tickets; see: offshift-relay ticket list".to_owned(),
    }
}

fn checked(live: &Live) -> String {
    match live.checked {
        None => "none yet; the first comes within minutes".to_owned(),
        Some(Checked { minutes, passed: true }) => format!("passed {minutes} minutes ago"),
        Some(Checked { minutes, passed: false }) => format!("FAILED {minutes} minutes ago"),
    }
}

/// A time to the hour: 2026-11-22 14:00 UTC.
fn hour(seconds: u64) -> String {
    let day = Day::of(UnixMillis(seconds.saturating_mul(1000)));
    format!("{day} {:02}:00 UTC", seconds / 3600 % 24)
}

const UNKNOWN: u8 = 3;

/// Megabytes that the space taken is told in steps of, to a monitoring system: those of the metrics (OS-OPS-003).
const STEP_MB: u64 = 64;

/// The line and exit code that the Monitoring Plugins guidelines ask for. It hangs on walls: of people it tells no
/// number at all, of space the steps that the metrics tell (OS-OPS-113).
fn nagios(status: &Status) -> (String, u8) {
    let worst = status.troubles.iter().find(|trouble| trouble.urgency > Urgency::Hint);
    let (word, code, says) = match worst {
        None => ("OK", 0, "the relay works"),
        Some(trouble) if trouble.urgency == Urgency::Warning => ("WARNING", 1, &*trouble.sentence),
        Some(trouble) => ("CRITICAL", 2, &*trouble.sentence),
    };
    // A bar divides words from numbers.
    let says = says.replace('|', " ");
    let max = status.disk_mb_max;
    let mut line = format!(
        "OFFSHIFT {word} - {says} | disk={}MB;{};{};0;{max}",
        stepped(status.disk_mb, max),
        max.saturating_mul(80) / 100,
        max.saturating_mul(97) / 100,
    );
    if let Some(Live { memory_mb, memory_mb_max: max, .. }) = &status.running {
        let _ = write!(line, " memory={}MB;;;0;{max}", stepped(*memory_mb, *max));
    }
    (line, code)
}

/// Rounded down to whole steps: a hundredth of the limit, at least [`STEP_MB`].
fn stepped(mb: u64, max: u64) -> u64 {
    mb - mb % STEP_MB.max(max / 100)
}

#[cfg(test)]
mod tests {
    use offshift_relay::admin::{Rounded, Trouble};

    use super::*;

    fn status(urgency: Option<Urgency>) -> Status {
        let trouble = |urgency| Trouble { urgency, sentence: "Do this | now.".to_owned() };
        Status {
            running: None,
            link: None,
            access: Mode::Tickets,
            tickets_good: Some(2),
            tickets_over: Some(1),
            envelopes: Rounded::of(17),
            disk_mb: 5,
            disk_mb_max: 100,
            troubles: urgency.map(trouble).into_iter().collect(),
        }
    }

    #[test]
    fn a_monitoring_system_gets_a_line_with_one_bar_and_the_plugins_exit_code() {
        let of = |urgency| nagios(&status(urgency));
        assert_eq!(
            of(None),
            ("OFFSHIFT OK - the relay works | disk=0MB;80;97;0;100".to_owned(), 0)
        );
        assert_eq!(
            [Urgency::Hint, Urgency::Warning, Urgency::Critical].map(|u| of(Some(u)).1),
            [0, 1, 2]
        );
        assert_eq!(of(Some(Urgency::Warning)).0.matches('|').count(), 1);
        assert_eq!([63, 64, 200].map(|mb| stepped(mb, 1_000)), [0, 64, 192]);
        assert_eq!([99, 250].map(|mb| stepped(mb, 10_000)), [0, 200]);
    }

    #[test]
    fn words_say_the_hour_and_no_minute() {
        assert_eq!(hour(1_795_323_600), "2026-11-22 05:00 UTC");
        let text = text(&status(Some(Urgency::Critical)));
        assert!(
            text.contains("about 10, all sealed") && text.contains("Critical: Do this"),
            "{text}"
        );
    }
}
