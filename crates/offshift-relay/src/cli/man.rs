//! Manual pages, made from the commands themselves.

use std::{fs, io, path::PathBuf};

use clap::CommandFactory;
use clap_mangen::Man;

use super::failure::{Failure, Turn};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Write a page for each command into this directory
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let command = super::args::Args::command();
    let Some(directory) = &args.dir else {
        let mut page = Vec::new();
        Man::new(command).render(&mut page).map_err(|error| unwritten(&error))?;
        super::show(&String::from_utf8_lossy(&page));
        return Ok(());
    };
    fs::create_dir_all(directory)
        .and_then(|()| clap_mangen::generate_to(command, directory))
        .map_err(|error| unwritten(&error))
}

fn unwritten(error: &io::Error) -> Failure {
    let sentence = format!("can't write the manual ({}); choose another --dir", error.kind());
    Failure::new(Turn::Yours, sentence)
}
