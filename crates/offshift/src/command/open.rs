//! `offshift open`: the page, in the person's own browser.

use std::process::Stdio;

use serde_json::{Value, json};
use tokio::process::Command;

use super::daemon::{self, failed};
use crate::{
    cli::{Cli, Engine, Open},
    engine::{remote::Remote, wire::Params},
    failure::Failure,
    profile,
    screen::Screen,
    secret,
    words::say,
};

/// Asks the running engine for a link, or runs one. Where nobody gives a passphrase here, the page asks for it.
pub(crate) async fn run(cli: &Cli, screen: &Screen, what: &Open) -> Result<(), Failure> {
    if let Some(running) = Remote::find(&profile::directory(&cli.profile)?, false).await? {
        let link = running.call("open_page", Params::new()).await.map_err(failed)?;
        show(screen, what, &link);
        return Ok(());
    }
    let locked = what.engine.locked || !secret::is_given(cli);
    let ready = daemon::ready(cli, &Engine { locked, ..what.engine }).await?;
    let link = ready.host.call("open_page", Value::Null).await.map_err(failed)?;
    show(screen, what, &link);
    screen.say(&say!("open-runs"));
    ready.serve().await?;
    screen.object(&json!({ "event": "stopped" }));
    Ok(())
}

fn show(screen: &Screen, what: &Open, link: &Value) {
    let url = link.get("url").and_then(Value::as_str).unwrap_or_default();
    screen.say(&say!("open-link", link = url));
    screen.object(&json!({ "event": "page", "url": url }));
    if !what.no_browser {
        // Where there is none, the link is on the screen.
        let mut browser = Command::new("xdg-open");
        browser.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // A browser runs for weeks, tells its crashes, and needs no passphrase (OS-PAG-035).
        browser.env_remove(secret::VARIABLE);
        let _ = browser.spawn();
    }
}
