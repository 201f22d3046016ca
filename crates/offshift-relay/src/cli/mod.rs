//! The command line: what to do, and one plain sentence when it can't be done.

mod args;
mod backup;
mod check;
mod completions;
mod config;
mod data;
mod desk;
mod dpia;
mod drill;
mod failure;
mod health;
mod here;
mod holdings;
mod identities;
mod identity;
mod init;
mod inspect;
mod link;
mod log;
mod man;
mod metrics;
mod public;
mod reload;
mod restore;
mod serve;
mod service;
mod settings;
mod sheet;
mod status;
mod threads;
mod ticket;
mod troubles;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use args::{Args, Command};
use failure::Failure;

/// Exit code of a mistyped command line (sysexits.h, EX_USAGE).
const USAGE: u8 = 64;

pub(crate) fn main() -> ExitCode {
    offshift_relay::quiet::hush_panics();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    match run(args) {
        Ok(code) => code,
        Err(failure) => {
            tell(&failure.to_string());
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(args: Args) -> Result<ExitCode, Failure> {
    match args.command {
        Command::Init(asked) => init::run(&asked),
        Command::Status(asked) => return status::run(&asked),
        Command::Inspect(asked) => return inspect::run(&asked),
        Command::Health(asked) => health::run(&asked),
        Command::Ticket(asked) => ticket::run(&asked),
        Command::Identity(asked) => identity::run(&asked),
        Command::Backup(asked) => backup::run(&asked),
        Command::Dpia(asked) => dpia::run(&asked),
        Command::Serve(serve) => serve::serve(&serve),
        Command::Check(asked) => check::run(&asked),
        Command::Config(command) => config::run(&command),
        Command::Link(at) => link::show(&at),
        Command::Holdings(holdings) => holdings::show(&holdings),
        Command::Completions(asked) => {
            completions::run(&asked);
            Ok(())
        }
        Command::Man(asked) => man::run(&asked),
    }
    .map(|()| ExitCode::SUCCESS)
}

/// Writes to the screen. Whoever stopped reading (`| head`) has seen enough.
fn show(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// For scripts.
fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(value);
    let json =
        json.map_err(|_| Failure::new(failure::Turn::Ours, "can't write JSON; report it"))?;
    Ok(format!("{json}\n"))
}

/// One sentence beside the answer, or instead of it.
fn tell(sentence: &str) {
    let _ = writeln!(io::stderr().lock(), "offshift-relay: {sentence}");
}

/// Help and version are asked for; anything else is a slip.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
}
