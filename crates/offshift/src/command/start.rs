//! `offshift start`

use std::io::{self, Write};

use offshift_client::Client;
use serde_json::json;

use crate::{cli::Cli, failure::Failure, plain, profile, screen::Screen, secret, words::say};

pub(crate) async fn run(cli: &Cli, screen: &Screen, handle: Option<&str>) -> Result<(), Failure> {
    let directory = profile::directory(&cli.profile)?;
    let handle = match handle {
        Some(handle) => handle.to_owned(),
        None => ask(screen)?,
    };
    let passphrase = secret::fresh(cli, screen).await?;
    let client = Client::create(&directory, &handle, passphrase).await?;
    client.close().await;
    screen.tell(
        &say!("start-ready", handle = plain::line(&handle)),
        &json!({ "event": "started", "handle": handle }),
    );
    Ok(())
}

fn ask(screen: &Screen) -> Result<String, Failure> {
    let nobody = || Failure::fixable(say!("start-no-handle"), say!("next-handle"));
    if !screen.is_interactive() {
        return Err(nobody());
    }
    let mut out = io::stdout();
    let _ = write!(out, "{} ", say!("start-name")).and_then(|()| out.flush());
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(|_| nobody())?;
    let handle = line.trim();
    if handle.is_empty() { Err(nobody()) } else { Ok(handle.to_owned()) }
}
