//! What Offshift costs and how fast it is, each figure beside its limit, measured in the same run.
//!
//! ```text
//! offshift-bench all          every workload but `hour`: a table on the screen, JSON in target/bench.json
//! offshift-bench NAME...      some of them; their sections in the JSON are replaced
//! offshift-bench list         what there is
//! offshift-bench plots [DIR]  draws the JSON as SVG, into proto/spec/figures
//!   --quick                   few rounds: whether it works, not how fast
//!   --json FILE               another place for the JSON
//! ```
//! Read the ratios, not the absolute figures: client, relay and what stands beside share one machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss
)]

mod bare;
mod brokers;
mod day;
mod delivery;
mod deposits;
mod door;
mod engine;
mod handshakes;
mod hour;
mod idle;
mod instructions;
mod load;
mod mailboxes;
mod peers;
mod plots;
mod probe;
mod process;
mod report;
mod rooms;
mod seals;
mod store;
mod storm;
mod tokens;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use report::{Report, Section};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// One thing that is measured, with its limits.
struct Workload {
    name: &'static str,
    about: &'static str,
    run: fn(&Bench, &mut Section),
}

const fn workload(
    name: &'static str,
    about: &'static str,
    run: fn(&Bench, &mut Section),
) -> Workload {
    Workload { name, about, run }
}

/// What this program is told when it is started for one workload, and how long it is to measure.
const ONE: &str = "one";
const QUICK: &str = "quick";
const FULL: &str = "full";

/// The one that `all` leaves out: it takes an hour.
const HOUR: &str = "hour";

const WORKLOADS: [Workload; 21] = [
    workload("deposits", "durable deposits, each depositor one in flight", deposits::run),
    workload("delivery", "one channel, many followers, 1 KiB each", delivery::run),
    workload("brokers", "stored, then delivered: rate, CPU, latency by load", brokers::run),
    workload("mailboxes", "what a deposit costs among many mailboxes", mailboxes::run),
    workload("idle", "resident memory of an idle follower", idle::run),
    workload("flood", "forged first packets from thousands of addresses", idle::flooded),
    workload("storm", "everybody comes back at once after a restart", storm::run),
    workload("handshakes", "full handshakes, hybrid key exchange", handshakes::run),
    workload("store", "the store without QUIC, beside the bare disk", store::run),
    workload("restart", "opening what lies there, beside reading the files once", store::restart),
    workload("expiry", "everything expires", store::expiry),
    workload("tokens", "what tickets and tokens cost", tokens::run),
    workload("probe", "whether time tells a prober if a mailbox holds anything", probe::run),
    workload("day", "a day of a union of 20,000, in minutes", day::run),
    workload(HOUR, "an hour of mixed load at half of capacity", hour::run),
    workload("seals", "sealing and opening an envelope, beside a plain AEAD", seals::run),
    workload("messages", "a message of 200 characters in a room", rooms::messages),
    workload("commits", "membership changes by the size of the room", rooms::commits),
    workload("door", "letting in and putting out, over a relay", door::run),
    workload("engine", "the client with vault and relay", engine::run),
    workload("instructions", "instructions by callgrind, the same in every run", instructions::run),
];

/// What every workload is given.
struct Bench {
    quick: bool,
    folder: TempDir,
    runtime: Runtime,
}

impl Bench {
    fn new(quick: bool) -> Self {
        // On the disk that is built on, not in a memory that calls itself a disk.
        let folder = tempfile::tempdir_in(target()).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { quick, folder, runtime }
    }

    /// An empty folder of its own.
    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// One of two, by whether figures are wanted.
    fn pick<T>(&self, full: T, quick: T) -> T {
        if self.quick { quick } else { full }
    }

    /// How long something is measured.
    fn time(&self, seconds: f64) -> Duration {
        Duration::from_secs_f64(self.pick(seconds, 0.15))
    }
}

/// The folder of what is built: this program lies in it.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(2).unwrap().to_owned()
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(end) = process::child(&arguments) {
        return end;
    }
    let quick = take_flag(&mut arguments, "--quick");
    let json = take_value(&mut arguments, "--json");
    let json = json.map_or_else(|| target().join("bench.json"), PathBuf::from);
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["list"] => list(),
        ["plots"] => plots::draw(&json, &figures()),
        ["plots", folder] => plots::draw(&json, Path::new(folder)),
        ["all"] => {
            let all: Vec<_> = WORKLOADS.iter().filter(|one| one.name != HOUR).collect();
            measure(&json, quick, &all)
        }
        [] => usage("Name a workload, or all."),
        ref names => match named(names) {
            Ok(workloads) => measure(&json, quick, &workloads),
            Err(unknown) => usage(&format!("There is no workload {unknown}.")),
        },
    }
}

fn figures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto/spec/figures")
}

fn take_flag(arguments: &mut Vec<String>, flag: &str) -> bool {
    let before = arguments.len();
    arguments.retain(|argument| argument != flag);
    arguments.len() < before
}

fn take_value(arguments: &mut Vec<String>, flag: &str) -> Option<String> {
    let at = arguments.iter().position(|argument| argument == flag)?;
    arguments.remove(at);
    (at < arguments.len()).then(|| arguments.remove(at))
}

fn named(names: &[&str]) -> Result<Vec<&'static Workload>, String> {
    let find = |name: &&str| {
        let found = WORKLOADS.iter().find(|workload| workload.name == *name);
        found.ok_or_else(|| (*name).to_owned())
    };
    names.iter().map(find).collect()
}

fn usage(wrong: &str) -> ExitCode {
    eprintln!("{wrong} What there is: offshift-bench list");
    ExitCode::from(64)
}

fn list() -> ExitCode {
    for Workload { name, about, .. } in &WORKLOADS {
        println!("{name:<14} {about}");
    }
    ExitCode::SUCCESS
}

/// Each in a process of its own, so that none leaves connections, files or memory to the next.
fn measure(json: &Path, quick: bool, workloads: &[&Workload]) -> ExitCode {
    if let Err(error) = Report::read(json) {
        eprintln!("{}: {error}. Move it away to begin anew.", json.display());
        return ExitCode::from(1);
    }
    let (mut failed, pace) = (Vec::new(), if quick { QUICK } else { FULL });
    for Workload { name, .. } in workloads {
        let mut one = process::again(&[ONE, name, pace]);
        if !one.arg(json).status().is_ok_and(|status| status.success()) {
            println!("  FAILED, and is not written");
            failed.push(*name);
        }
    }
    if let Ok(report) = Report::read(json) {
        report.print_goals();
    }
    println!("\nwritten: {}", json.display());
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    let failed = failed.join(", ");
    eprintln!("failed: {failed}. Alone, on a machine with nothing else to do: offshift-bench NAME");
    ExitCode::from(1)
}

/// What the process of one workload does: measures it, and puts its section into the JSON.
fn measure_one(name: &str, pace: &str, json: &Path) -> ExitCode {
    let Ok([Workload { name, about, run }]) = named(&[name]).as_deref() else {
        return usage(&format!("There is no workload {name}."));
    };
    let (quick, began) = (pace == QUICK, Instant::now());
    let mut section = Section::begin(name, about, quick);
    run(&Bench::new(quick), &mut section);
    section.end(began.elapsed());
    let order: Vec<&str> = WORKLOADS.iter().map(|workload| workload.name).collect();
    let put = Report::read(json).and_then(|mut report| {
        report.put(section, &order);
        report.write(json)
    });
    if let Err(error) = put {
        eprintln!("{}: {error}", json.display());
        return ExitCode::from(3);
    }
    ExitCode::SUCCESS
}
