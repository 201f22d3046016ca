//! The command line: what to do, and one plain sentence when it can't be done.

mod args;
mod check;
mod completions;
mod config;
mod data;
mod failure;
mod holdings;
mod init;
mod link;
mod log;
mod man;
mod metrics;
mod public;
mod reload;
mod serve;
mod service;
mod settings;

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
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure.to_string());
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(args: Args) -> Result<(), Failure> {
    match args.command {
        Command::Init(asked) => init::run(&asked),
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
}

/// Writes to the screen. Whoever stopped reading (`| head`) has seen enough.
fn show(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
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
