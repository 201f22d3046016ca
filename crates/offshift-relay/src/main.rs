//! `offshift-relay`: host a relay.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
