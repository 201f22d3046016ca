//! `offshift passphrase`: another passphrase for the profile

use offshift_client::Passphrase;
use serde_json::json;

use crate::{
    cli::{ChangePassphrase, Cli},
    engine::{Client, remote::Remote},
    failure::Failure,
    profile,
    screen::Screen,
    secret,
    words::say,
};

const NEW: &str = "OFFSHIFT_NEW_PASSPHRASE";

pub(crate) async fn run(
    cli: &Cli,
    screen: &Screen,
    what: &ChangePassphrase,
) -> Result<(), Failure> {
    let directory = profile::directory(&cli.profile)?;
    let remote = Remote::find(&directory, false).await?;
    if let Some(remote) = &remote
        && remote.is_locked().await
    {
        return Err(Failure::locked());
    }
    let old = secret::typed(cli)?;
    let client = match remote {
        Some(remote) => Client::Remote(remote),
        None => Client::open(&directory, Passphrase::new(old.clone())).await?,
    };
    let new = secret::chosen(screen, what.new_passphrase_file.as_deref(), NEW).await;
    let changed = match new {
        Ok(new) => client.change_passphrase(old, new).await.map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    client.close().await;
    changed?;
    screen.tell(&say!("safety-passphrase-changed"), &json!({ "event": "passphrase_changed" }));
    Ok(())
}
