//! `offshift start`

use std::io::{self, Write};

use offshift_client::Client;
use serde_json::json;

use crate::{cli::Cli, failure::Failure, plain, profile, screen::Screen, secret};

pub(crate) async fn run(cli: &Cli, screen: &Screen, handle: Option<&str>) -> Result<(), Failure> {
    let directory = profile::directory(&cli.profile)?;
    let handle = match handle {
        Some(handle) => handle.to_owned(),
        None => ask(screen)?,
    };
    let passphrase = secret::fresh(cli)?;
    let client = Client::create(&directory, &handle, passphrase).await?;
    client.close().await;
    screen.tell(
        &format!(
            "Your profile is ready, {}. It is on this device only.\n\
             Your passphrase closes it, and nobody can reset that.\n\
             Next: offshift relay add offshift://...",
            plain::line(&handle)
        ),
        &json!({ "event": "started", "handle": handle }),
    );
    Ok(())
}

fn ask(screen: &Screen) -> Result<String, Failure> {
    let nobody = || Failure::fixable("no handle is given", "offshift start --handle NAME");
    if !screen.is_interactive() {
        return Err(nobody());
    }
    let mut out = io::stdout();
    let _ = write!(out, "Name that others see (need not be your real name): ")
        .and_then(|()| out.flush());
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(|_| nobody())?;
    let handle = line.trim();
    if handle.is_empty() { Err(nobody()) } else { Ok(handle.to_owned()) }
}
