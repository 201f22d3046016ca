//! The command line: what to do, and one plain sentence when it can't be done.

mod args;
mod data;
mod failure;
mod holdings;
mod link;
mod serve;
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
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("offshift-relay: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(args: Args) -> Result<(), Failure> {
    match args.command {
        Command::Serve(serve) => serve::serve(serve),
        Command::Link(at) => link::show(&at),
        Command::Holdings(holdings) => holdings::show(&holdings),
    }
}

/// Writes to the screen. Whoever stopped reading (`| head`) has seen enough.
fn show(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Help and version are asked for; anything else is a slip.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
}
