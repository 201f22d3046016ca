//! One module for each command.

mod alarms;
mod change;
mod daemon;
mod door;
mod export;
mod file;
mod find;
mod inbox;
mod manual;
mod meet;
mod members;
mod open;
mod out;
mod passphrase;
mod phone;
mod policy;
mod profiles;
mod relay;
mod room;
mod send;
mod start;
mod sure;
mod talk;
mod vouch;
mod wipe;
mod wording;

pub(crate) use members::report_lines;

use std::time::Duration;

use offshift_client::{LinkError, Synced};

use crate::{
    cli::{Cli, Command, Phone, Plan, Poll, Profile, Room, Talk},
    demo,
    engine::{Client, remote::Remote},
    failure::Failure,
    profile,
    screen::Screen,
    secret,
    words::say,
};

/// How long a command that looks into a room waits for what is new there.
const PATIENCE: Duration = Duration::from_secs(6);

/// Runs what was asked for.
pub(crate) async fn run(cli: &Cli, screen: &Screen) -> Result<(), Failure> {
    match &cli.command {
        Command::Start { handle } => start::run(cli, screen, handle.as_deref()).await,
        Command::Demo => demo::run(screen).await,
        Command::Daemon(what) => daemon::run(cli, screen, what).await,
        Command::Open(what) => open::run(cli, screen, what).await,
        Command::Lock => daemon::lock(cli, screen).await,
        Command::Unlock => daemon::unlock(cli, screen).await,
        Command::Status => daemon::status(cli, screen).await,
        Command::Passphrase(what) => passphrase::run(cli, screen, what).await,
        Command::Export(what) => with(cli, async |c| export::export(c, screen, what).await).await,
        Command::Import(what) => export::import(cli, screen, what).await,
        Command::Wipe(what) => wipe::run(cli, screen, what).await,
        Command::Profile(Profile::List) => profiles::list(cli, screen),
        Command::Man(what) => manual::man(screen, what),
        Command::Completions(what) => {
            manual::completions(what);
            Ok(())
        }
        Command::Relay(what) => with(cli, async |c| relay::run(c, screen, what).await).await,
        Command::Contacts => with(cli, async |c| meet::contacts(c, screen).await).await,
        Command::Inbox => hearing(cli, async |c| inbox::run(c, screen).await).await,
        Command::Watch => hearing(cli, async |c| inbox::watch(c, screen).await).await,
        Command::Meet(what) => {
            telling(cli, screen, async |c| meet::run(c, screen, what).await).await
        }
        Command::Send(what) => {
            telling(cli, screen, async |c| send::run(c, screen, what).await).await
        }
        Command::Talk(what) if !needs_news(what) => {
            telling(cli, screen, async |c| talk::run(c, screen, what).await).await
        }
        Command::File(what) => {
            telling(cli, screen, async |c| file::run(c, screen, what).await).await
        }
        Command::Phone(Phone::Scan { code }) => {
            telling(cli, screen, async |c| phone::scan(c, screen, code).await).await
        }
        Command::Room(what @ (Room::Found(_) | Room::List | Room::Add { .. })) => {
            telling(cli, screen, async |c| room::run(c, screen, what).await).await
        }
        command => {
            telling(cli, screen, async |c| {
                catch_up(c, screen).await?;
                in_room(c, screen, command).await
            })
            .await
        }
    }
}

/// Whether somebody wants to see what others did.
const fn needs_news(what: &Talk) -> bool {
    matches!(
        what,
        Talk::Read(_)
            | Talk::Pinned(_)
            | Talk::Poll(Poll::Show { .. } | Poll::Answer { .. })
            | Talk::Plan(Plan::List(_))
    )
}

/// What people decide about a room, they decide on what is so now.
async fn in_room(client: &Client, screen: &Screen, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Room(what) => room::run(client, screen, what).await,
        Command::Vouch(what) => vouch::run(client, screen, what).await,
        Command::Members(what) => members::run(client, screen, what).await,
        Command::Sever(what) => out::sever(client, screen, what).await,
        Command::Recall(what) => out::recall(client, screen, what).await,
        Command::Review(what) => vouch::review(client, screen, what).await,
        Command::Exposure(of) => members::exposure(client, screen, of).await,
        Command::Policy(what) => policy::run(client, screen, what).await,
        Command::Phone(what) => phone::run(client, screen, what).await,
        Command::Note { of, text } => members::note(client, screen, of, text).await,
        Command::Talk(what) => talk::look(client, screen, what).await,
        Command::Alarms => alarms::run(client, screen).await,
        // `run` takes the others.
        _ => Ok(()),
    }
}

/// Reads what is new, if the relay is there.
async fn catch_up(client: &Client, screen: &Screen) -> Result<(), Failure> {
    let synced = screen.waits(tokio::time::timeout(PATIENCE, client.sync())).await;
    match synced {
        Ok(Ok(Synced::Complete)) => {}
        Ok(Err(error)) => return Err(error.into()),
        Ok(Ok(Synced::Away(LinkError::Identity))) => screen.say(&wording::untrusted()),
        Ok(Ok(Synced::Away(_))) | Err(_) => {
            screen.say(&screen.faint(&say!("event-relay-away")));
        }
    }
    Ok(())
}

/// The same as [`with`], and tells afterwards what others did meanwhile: no command swallows news.
async fn telling(
    cli: &Cli,
    screen: &Screen,
    act: impl AsyncFnOnce(&Client) -> Result<(), Failure>,
) -> Result<(), Failure> {
    hearing(cli, async |client| {
        let mut events = client.events();
        let done = act(client).await;
        inbox::print_news(client, screen, &mut events).await?;
        done
    })
    .await
}

/// Asks the running engine, or opens the profile, does the thing, closes the profile: whatever happens, in this order.
async fn with(
    cli: &Cli,
    act: impl AsyncFnOnce(&Client) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let client = reached(cli, false).await?;
    let done = act(&client).await;
    client.close().await;
    done
}

/// The same for who tells what others did: where an engine runs, also what they did before.
async fn hearing(
    cli: &Cli,
    act: impl AsyncFnOnce(&Client) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let client = reached(cli, true).await?;
    let done = act(&client).await;
    client.close().await;
    done
}

async fn reached(cli: &Cli, news: bool) -> Result<Client, Failure> {
    let directory = profile::directory(&cli.profile)?;
    match Remote::find(&directory, news).await? {
        Some(remote) if remote.is_locked().await => Err(Failure::locked()),
        Some(remote) => Ok(Client::Remote(remote)),
        None => Ok(Client::open(&directory, secret::existing(cli)?).await?),
    }
}
