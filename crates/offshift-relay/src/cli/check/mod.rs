//! Looks whether this machine and the settings are fit for a relay; each finding has a next step.
//!
//! ```text
//! settings (78 when wrong: nothing else can be judged) -> machine, network -> lines: ok | look | wrong -> 0 or 1
//! ```
//! It changes nothing, and it works while the relay runs.

mod machine;
mod network;

use std::path::PathBuf;

use offshift_relay::config::{Access, Settings};
use serde::Serialize;

use super::{
    args::{DataDirectory as At, Flags},
    data::DataDirectory,
    failure::{Failure, Turn},
    settings::{self, Chosen},
    threads::runtime,
};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    at: At,
    /// For scripts
    #[arg(long)]
    json: bool,
}

/// How it stands with one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Ok,
    Look,
    Wrong,
}

/// One line.
#[derive(Debug, Serialize)]
struct Line {
    what: &'static str,
    outcome: Outcome,
    says: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Line {
    fn ok(what: &'static str, says: impl Into<String>) -> Self {
        Self { what, outcome: Outcome::Ok, says: says.into(), next: None }
    }

    fn look(what: &'static str, says: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what, outcome: Outcome::Look, says: says.into(), next: Some(next.into()) }
    }

    fn wrong(what: &'static str, says: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what, outcome: Outcome::Wrong, says: says.into(), next: Some(next.into()) }
    }
}

#[derive(Serialize)]
struct Report {
    outcome: Outcome,
    lines: Vec<Line>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let chosen = settings::chosen(&Flags { at: args.at.clone(), ..Flags::default() });
    let (lines, failed) = match chosen {
        Ok(chosen) => (lines(&chosen)?, None),
        Err(failure) => (vec![unreadable(&failure)], Some(failure)),
    };
    let outcome = lines.iter().map(|line| line.outcome).max().unwrap_or(Outcome::Ok);
    let report = Report { outcome, lines };
    super::show(&if args.json { json(&report)? } else { text(&report) });
    match failed {
        Some(failure) => Err(failure),
        None if report.outcome == Outcome::Wrong => Err(Failure::new(
            Turn::Yours,
            "this machine is not ready for a relay; do what the lines with \"wrong\" say, then check again",
        )),
        None => Ok(()),
    }
}

fn unreadable(failure: &Failure) -> Line {
    Line::wrong("settings", failure.to_string(), "mend the file, then check again")
}

fn lines(chosen: &Chosen) -> Result<Vec<Line>, Failure> {
    let settings = &chosen.loaded.settings;
    let data = DataDirectory::chosen(settings.relay.data.as_deref());
    let mut lines = vec![read_from(chosen), access(settings)];
    lines.extend(machine::lines(settings, &data));
    lines.extend(runtime()?.block_on(network::lines(settings, &data)));
    Ok(lines)
}

fn read_from(chosen: &Chosen) -> Line {
    const WHAT: &str = "settings";
    let file = chosen.file.as_ref().map(|file: &PathBuf| file.display().to_string());
    match (file, chosen.hint()) {
        (_, Some(hint)) => match hint.split_once("; ") {
            Some((says, next)) => Line::look(WHAT, says, next),
            None => Line::look(WHAT, hint, "offshift-relay config migrate FILE --write"),
        },
        (Some(file), None) => Line::ok(WHAT, format!("{file} is right")),
        (None, None) => Line::ok(WHAT, "there is no file, so all defaults hold"),
    }
}

fn access(settings: &Settings) -> Line {
    const WHAT: &str = "access";
    match settings.access {
        Access::Open => Line::look(
            WHAT,
            "whoever has the link may use this relay, and fill its disk",
            "unless the link stays among friends, say mode = \"tickets\" in [access]",
        ),
        Access::Tickets if settings.relay.contact.is_empty() => Line::look(
            WHAT,
            "people without a ticket are not told whom to ask for one",
            "say contact = \"...\" in [relay]",
        ),
        Access::Tickets => Line::ok(WHAT, "only people with a ticket may leave messages"),
    }
}

fn json(report: &Report) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(report);
    json.map(|json| json + "\n")
        .map_err(|_| Failure::new(Turn::Ours, "can't write JSON; report it"))
}

fn text(report: &Report) -> String {
    report.lines.iter().map(shown).collect()
}

fn shown(line: &Line) -> String {
    let outcome = match line.outcome {
        Outcome::Ok => "ok   ",
        Outcome::Look => "look ",
        Outcome::Wrong => "WRONG",
    };
    let next = line.next.as_ref().map(|next| format!("{:22}-> {next}\n", "")).unwrap_or_default();
    format!("{outcome}  {:<14} {}\n{next}", line.what, line.says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_it_stands_and_what_to_do() {
        let line = Line::look("clock", "it may be wrong", "set it");
        assert_eq!(
            shown(&line),
            "look   clock          it may be wrong\n                      -> set it\n"
        );
        assert_eq!(shown(&Line::ok("swap", "none")), "ok     swap           none\n");
    }

    #[test]
    fn an_open_relay_and_one_that_names_nobody_need_a_look() {
        let mut settings = Settings::default();
        assert_eq!(access(&settings).outcome, Outcome::Look);
        settings.relay.contact = "room 12".to_owned();
        assert_eq!(access(&settings).outcome, Outcome::Ok);
        settings.access = Access::Open;
        assert_eq!(access(&settings).outcome, Outcome::Look);
    }
}
