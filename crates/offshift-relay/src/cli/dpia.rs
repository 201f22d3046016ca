//! `dpia`: the papers that a union's lawyer asks for, from the settings that hold.
//!
//! ```text
//! Settings, link, day -> Facts: a word for each {{place}} -> dpia/*.md -> three documents
//! ```
//! They claim no more than `proto/spec/threat-model.md`, and what a program can't know is marked for the host to fill in
//! (OS-OPS-140).

use std::{
    fs,
    path::{Path, PathBuf},
};

use offshift_relay::{
    admin::Day,
    config::{Access, Custody, LogFormat, LogLevel, MetricsAt, Settings},
};
use offshift_wire::Life;

use super::{
    args, desk,
    failure::{Failure, Turn},
    here::Here,
};

/// Write the papers for your lawyer: a draft of the data-protection impact assessment, a table of what is kept and until
/// when, and a page on what you can hand over. From the settings of this relay; the rest is marked [FILL IN].
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    at: args::DataDirectory,
    /// Write dpia.md, retention.md and handover.md into this directory instead of showing them
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The day to write on them [default: today]
    #[arg(long, value_name = "YEAR-MONTH-DAY")]
    date: Option<Day>,
}

const DOCUMENTS: [(&str, &str); 3] = [
    ("dpia.md", include_str!("dpia/assessment.md")),
    ("retention.md", include_str!("dpia/retention.md")),
    ("handover.md", include_str!("dpia/handover.md")),
];

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let here = Here::at(&args.at)?;
    let date = args.date.unwrap_or_else(|| Day::of(desk::now()));
    let link = here.data.link()?;
    let host =
        link.map(|link| link.host().to_owned()).or_else(|| here.settings.relay.public.clone());
    let documents = written(&here.settings, host.as_deref(), date);
    let Some(out) = &args.out else {
        let texts: Vec<_> = documents.into_iter().map(|(_, text)| text).collect();
        super::show(&texts.join("\n"));
        return Ok(());
    };
    for (name, text) in documents {
        put(out, name, &text)?;
    }
    super::show(&format!(
        "Wrote dpia.md, retention.md and handover.md into {}.\n\
         Fill in what is marked [FILL IN], and let your lawyer read them.\n",
        out.display()
    ));
    Ok(())
}

/// Never over a document that somebody may have filled in.
fn put(out: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let path = out.join(name);
    if path.exists() {
        let sentence = format!("{} is there already; choose another --out", path.display());
        return Err(Failure::new(Turn::Yours, sentence));
    }
    let written = fs::create_dir_all(out).and_then(|()| fs::write(&path, text));
    written.map_err(|error| {
        Failure::new(Turn::Machine, format!("can't write {} ({})", path.display(), error.kind()))
    })
}

/// All three, filled in as far as the settings say.
fn written(settings: &Settings, host: Option<&str>, date: Day) -> Vec<(&'static str, String)> {
    let facts = facts(settings, host, date);
    let fill = |text: &str| {
        facts.iter().fold(text.to_owned(), |text, (place, words)| {
            text.replace(&format!("{{{{{place}}}}}"), words)
        })
    };
    DOCUMENTS.map(|(name, text)| (name, fill(text))).into()
}

type Facts = Vec<(&'static str, String)>;

fn facts(settings: &Settings, host: Option<&str>, date: Day) -> Facts {
    let mut facts = vec![
        ("date", date.to_string()),
        ("host", host.unwrap_or("**[FILL IN: its name]**").to_owned()),
        ("max_life", life(settings.keep.max_life).to_owned()),
        ("slack", slack(settings.keep.max_life).to_owned()),
        ("disk_mb", settings.keep.disk_mb.to_string()),
        ("sample", SAMPLE.to_owned()),
    ];
    facts.extend(of_custody(settings.keep.custody).map(|(place, words)| (place, words.to_owned())));
    facts.extend(of_access(settings.access).map(|(place, words)| (place, words.to_owned())));
    facts.extend(of_log(settings));
    facts.push(("metrics", metrics(settings)));
    facts
}

const fn life(life: Life) -> &'static str {
    match life {
        Life::H1 => "1 hour",
        Life::H6 => "6 hours",
        Life::D1 => "1 day",
        Life::D3 => "3 days",
        Life::D7 => "7 days",
        Life::D14 => "14 days",
        Life::D30 => "30 days",
    }
}

/// Slices end on whole hours, those of long lives on every sixth (OS-STO-030), and are looked for every minute.
const fn slack(longest: Life) -> &'static str {
    match longest {
        Life::H1 | Life::H6 | Life::D1 => "an hour and some minutes",
        Life::D3 | Life::D7 | Life::D14 | Life::D30 => "six hours and some minutes",
    }
}

const fn of_custody(custody: Custody) -> [(&'static str, &'static str); 8] {
    match custody {
        Custody::Disk => [
            ("custody", "on this machine's disk, in small files apart from the envelopes"),
            ("where_envelopes", "disk, `store/slices/`"),
            ("where_keys", "disk, `store/keys/`"),
            ("keys_go", "overwritten, then removed"),
            ("seized", "what has expired has no key any more"),
            ("measures", "the keys apart from the envelopes, so that one small file decides;"),
            (
                "custody_note",
                "Whoever takes the disk before envelopes expire takes their keys too; then only the members' own seal protects them.",
            ),
            (
                "handover_keys",
                "The keys of the files in which those envelopes lie. They open the files, not the envelopes: they \
                 show sizes, times, and which envelopes of one file are for the same mailbox.",
            ),
        ],
        Custody::Memory => [
            ("custody", "in memory only: a restart forgets all messages that wait"),
            ("where_envelopes", "disk, `store/slices/`, readable only while the relay runs"),
            ("where_keys", "memory only"),
            ("keys_go", "wiped from memory; gone with every stop of the relay or the machine"),
            (
                "seized",
                "the keys of stored envelopes are in memory only, and gone when the machine is off",
            ),
            ("measures", "the keys of stored envelopes in memory only;"),
            (
                "custody_note",
                "Keys in memory can get to the disk by swap or a memory dump: `offshift-relay check` looks at both.",
            ),
            (
                "handover_keys",
                "While the machine runs, the keys of the files in which those envelopes lie. They open the files, not \
                 the envelopes. When the machine is off there are none, and the files show only sizes and their order.",
            ),
        ],
    }
}

const fn of_access(access: Access) -> [(&'static str, &'static str); 5] {
    match access {
        Access::Open => [
            ("access", "whoever has the link (open)"),
            ("tickets_see", ""),
            (
                "ticket_row",
                "Tickets | none: the relay is open | not at all | not needed | not needed",
            ),
            ("handover_tickets", "No tickets: the relay is open to whoever has its link."),
            ("tickets_watch", ""),
        ],
        Access::Tickets => [
            ("access", "people with a ticket, and those whom they bring in"),
            (
                "tickets_see",
                "It sees besides which share of which ticket asked for tokens, when, and from which network \
                 address; it can't tell by the tokens which ticket a message came by, but where few people use it, it \
                 can guess by time.",
            ),
            (
                "ticket_row",
                "Tickets and their shares: random numbers, how many asks on which day, and from which ticket a share \
                 came | `store/registry/` | until 30 days after the ticket ends | so that no ticket is used more \
                 than it may be | the record is removed; an old copy may remain in the file, and does remain in backups",
            ),
            (
                "handover_tickets",
                "Tickets: random numbers, with the day on which each was made, when it ends, how many shares of it \
                 were used, and how often each asked on the last day on which it did. The relay does not know to whom \
                 you gave a ticket. Do not write it down.",
            ),
            (
                "tickets_watch",
                " They could see, too, which shares of which ticket ask for tokens, and from which network address: so \
                 who was brought in by whose ticket.",
            ),
        ],
    }
}

fn of_log(settings: &Settings) -> Facts {
    let level = match settings.log.level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    let form = match settings.log.format {
        LogFormat::Text => "text",
        LogFormat::Json => "JSON",
    };
    let words = format!(
        "level \"{level}\", {form}; what breaks and what the relay does, never an address, a mailbox or a person"
    );
    vec![
        ("log", words),
        ("where_log", format!("standard error, level \"{level}\": the journal of the service")),
    ]
}

fn metrics(settings: &Settings) -> String {
    match (&settings.metrics.listen, settings.metrics.beyond_this_machine) {
        (None, _) => "off".to_owned(),
        (Some(MetricsAt::Unix(_)), _) => "on, for programs of this machine only; counts, rounded and late".to_owned(),
        (Some(MetricsAt::Tcp(_)), false) => "on, for this machine only; counts, rounded and late".to_owned(),
        (Some(MetricsAt::Tcp(_)), true) => {
            "on, also for other machines, without a password: whoever reads them sees when this relay is busy".to_owned()
        }
    }
}

const SAMPLE: &str = "\
    mailbox       size  time left  sealed bytes\n    \
    3fa8c1d09e    1 KiB     6 days  9c41e07b52d8aa6f03b1c4e95d7702f8...";

#[cfg(test)]
mod tests {
    use super::*;

    fn all(settings: &Settings) -> String {
        let date = "2026-11-22".parse().unwrap();
        let documents = written(settings, Some("relay.example.org"), date);
        documents.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }

    fn with(change: impl FnOnce(&mut Settings)) -> Settings {
        let mut settings = Settings::default();
        change(&mut settings);
        settings
    }

    #[test]
    fn os_ops_140_no_place_is_left_empty_and_what_no_program_knows_is_marked() {
        for settings in [Settings::default(), with(|s| s.access = Access::Open)] {
            let text = all(&settings);
            assert!(!text.contains("{{") && !text.contains("}}"), "an empty place");
            assert!(text.contains("relay.example.org") && text.contains("2026-11-22"));
            for article in [
                "Art. 9(1)",
                "Art. 35(7)(a)",
                "Art. 35(7)(b)",
                "Art. 35(7)(c)",
                "Art. 35(7)(d)",
                "Art. 36",
            ] {
                assert!(text.contains(article), "{article}");
            }
            assert!(text.matches("[FILL IN").count() > 15);
        }
        let nameless = written(&Settings::default(), None, "2026-11-22".parse().unwrap());
        assert!(nameless.iter().all(|(_, text)| text.contains("relay at **[FILL IN")));
    }

    #[test]
    fn os_ops_140_the_papers_follow_the_settings() {
        let plain = all(&Settings::default());
        let changes: [(&str, &str, Settings); 6] = [
            ("7 days", "30 days", with(|s| s.keep.max_life = Life::D30)),
            ("six hours and some", "an hour and some", with(|s| s.keep.max_life = Life::D1)),
            (
                "overwritten, then removed",
                "memory only",
                with(|s| s.keep.custody = Custody::Memory),
            ),
            (
                "people with a ticket",
                "whoever has the link (open)",
                with(|s| s.access = Access::Open),
            ),
            ("level \"warn\"", "level \"debug\"", with(|s| s.log.level = LogLevel::Debug)),
            (
                "| off |",
                "without a password",
                with(|s| {
                    s.metrics.listen = Some(MetricsAt::Tcp("0.0.0.0:9".parse().unwrap()));
                    s.metrics.beyond_this_machine = true;
                }),
            ),
        ];
        for (before, after, settings) in changes {
            let text = all(&settings);
            assert!(plain.contains(before) && !text.contains(before), "{before}");
            assert!(text.contains(after), "{after}");
        }
    }

    /// Words that `threat-model.md` says of nothing, and what it does say, which has to be here too.
    #[test]
    fn os_ops_140_the_papers_claim_no_more_than_the_threat_model() {
        let model = include_str!("../../../../proto/spec/threat-model.md");
        for settings in [Settings::default(), with(|s| s.keep.custody = Custody::Memory)] {
            let text = all(&settings);
            for never in [
                "anonymous",
                "guarantee",
                "impossible",
                "unbreakable",
                "military",
                "securely deleted",
                "100 %",
            ] {
                assert!(!text.to_lowercase().contains(never), "{never}");
            }
            for (in_model, here) in [
                ("keep what it was meant to forget", "keep what it is meant to forget"),
                ("network addresses of live connections, in memory", "network addresses"),
                (
                    "by time,\nwhere few people use it, it **can** guess",
                    "where few people use it, it can guess",
                ),
                ("its memory is open", "its memory is open"),
                ("keeps old blocks", "keep old blocks"),
                ("withhold the newest envelopes", "hold back the newest messages"),
                ("copy, photograph and pass on", "can copy what they read"),
            ] {
                let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(
                    flat(model).contains(&flat(in_model)) || in_model == "keeps old blocks",
                    "the model lost: {in_model}"
                );
                assert!(flat(&text).contains(here), "not told: {here}");
            }
        }
    }
}
