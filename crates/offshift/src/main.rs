//! `offshift`: the companion client.
//!
//! ```text
//! arguments -> Cli -> command -> engine::Client -> lines on the screen (words, or JSON)
//!                        \--> Failure: one plain sentence with the next command, and an exit code
//! ```
//! Exit codes: 0 ok, 1 the person can fix it, 2 a defect, 3 network or disk, 4 trust, 64 usage.
//!
//! Never: text from others on the screen before it is made plain; a log; a word of cryptography on the screen.

mod cli;
mod command;
mod crash;
mod demo;
mod engine;
mod failure;
mod page;
mod plain;
mod profile;
mod qr;
mod screen;
mod secret;
mod when;
mod words;
mod zone;

use std::{
    panic,
    process::{self, ExitCode},
};

use clap::Parser;
use tokio::runtime::{Builder, Runtime};

use cli::Cli;
use screen::Screen;

const _: () = assert!(
    cfg!(debug_assertions) || !offshift_client::HAS_TEST_HOOKS,
    "N11: a release build must not have test hooks; build it without the tests: cargo build --release"
);

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    words::speak(words::Lang::chosen(cli.lang));
    crash::leave_nothing();
    let screen = Screen::new(cli.json);
    let Some(runtime) = runtime(cli.json) else { return failure::no_runtime().show(&screen) };
    let done = runtime.block_on(command::run(&cli, &screen));
    // A question that nobody answered still waits for its line; the profile is closed, so nothing is lost.
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.show(&screen),
    }
}

/// Where the machine gives fewer threads than it takes, tokio panics, and the half of a runtime waits for ever for the
/// threads that it has: the process ends before that (OS-CLI-016).
fn runtime(json: bool) -> Option<Runtime> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |_| {
        let _ = failure::no_runtime().show(&Screen::new(json));
        process::exit(failure::OUTSIDE.into());
    }));
    let built = Builder::new_multi_thread().enable_all().build();
    panic::set_hook(hook);
    built.ok()
}

/// Help and version are asked for and end well; anything else is wrong usage.
fn usage(error: &clap::Error) -> ExitCode {
    // Nothing is left to tell when the screen is gone.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(failure::USAGE) } else { ExitCode::SUCCESS }
}
