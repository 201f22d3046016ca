//! `offshift man`, `offshift completions`: made from the commands themselves

use std::{fs, io};

use clap::CommandFactory;
use serde_json::json;

use crate::{
    cli::{Cli, Completions, Man},
    failure::Failure,
    screen::Screen,
    words::say,
};

/// `offshift man`
pub(crate) fn man(screen: &Screen, what: &Man) -> Result<(), Failure> {
    let folder = &what.directory;
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .map_err(|_| Failure::outside(say!("man-not-written"), say!("man-not-written-next")))?;
    screen.tell(&say!("man-written"), &json!({ "event": "written" }));
    Ok(())
}

/// `offshift completions`
pub(crate) fn completions(what: &Completions) {
    clap_complete::generate(what.shell, &mut Cli::command(), "offshift", &mut io::stdout());
}
