//! Completions for a shell, made from the commands themselves.

use clap::CommandFactory;
use clap_complete::Shell;

#[derive(clap::Args)]
pub(super) struct Args {
    /// For which shell
    shell: Shell,
}

pub(super) fn run(args: &Args) {
    let mut script = Vec::new();
    let mut command = super::args::Args::command();
    clap_complete::generate(args.shell, &mut command, "offshift-relay", &mut script);
    super::show(&String::from_utf8_lossy(&script));
}
