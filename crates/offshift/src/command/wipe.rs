//! `offshift wipe`: the end of a profile

use offshift_client::{ClientError, VaultError};
use serde_json::json;

use super::{
    daemon,
    sure::{Plan, sure},
};
use crate::{
    cli::{Cli, Wipe},
    engine::remote::Remote,
    failure::Failure,
    page, plain, profile,
    screen::Screen,
    words::say,
};

pub(crate) async fn run(cli: &Cli, screen: &Screen, what: &Wipe) -> Result<(), Failure> {
    let directory = profile::directory(&cli.profile)?;
    if !directory.join("vault").is_file() {
        return Err(ClientError::Vault(VaultError::Missing).into());
    }
    let plan = Plan {
        title: say!("safety-wipe-title", profile = plain::line(&cli.profile)),
        lines: vec![
            say!("safety-wipe-what"),
            say!("safety-wipe-rooms"),
            say!("safety-wipe-others"),
            say!("safety-wipe-copies"),
        ],
    };
    sure(screen, &what.sure, &plan).await?;
    if Remote::find(&directory, false).await?.is_some() {
        daemon::end(cli).await?;
    }
    page::sweep(&directory);
    offshift_client::Client::wipe(&directory).await?;
    screen.tell(&say!("safety-wiped"), &json!({ "event": "wiped" }));
    Ok(())
}
