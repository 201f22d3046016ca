//! One module for each command.

mod inbox;
mod meet;
mod relay;
mod room;
mod send;
mod start;
mod wording;

use offshift_client::Client;

use crate::{
    cli::{Cli, Command},
    demo,
    failure::Failure,
    profile,
    screen::Screen,
    secret,
};

/// Runs what was asked for.
pub(crate) async fn run(cli: &Cli, screen: &Screen) -> Result<(), Failure> {
    match &cli.command {
        Command::Start { handle } => start::run(cli, screen, handle.as_deref()).await,
        Command::Demo => demo::run(screen).await,
        Command::Relay(what) => with(cli, async |c| relay::run(c, screen, what).await).await,
        Command::Meet(what) => with(cli, async |c| meet::run(c, screen, what).await).await,
        Command::Contacts => with(cli, async |c| meet::contacts(c, screen).await).await,
        Command::Room(what) => with(cli, async |c| room::run(c, screen, what).await).await,
        Command::Send(what) => with(cli, async |c| send::run(c, screen, what).await).await,
        Command::Inbox => with(cli, async |c| inbox::run(c, screen).await).await,
        Command::Watch => with(cli, async |c| inbox::watch(c, screen).await).await,
    }
}

/// Opens the profile, does the thing, closes the profile: whatever happens, in this order.
async fn with(
    cli: &Cli,
    act: impl AsyncFnOnce(&Client) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let directory = profile::directory(&cli.profile)?;
    let passphrase = secret::existing(cli)?;
    let client = Client::open(&directory, passphrase).await?;
    let done = act(&client).await;
    client.close().await;
    done
}
