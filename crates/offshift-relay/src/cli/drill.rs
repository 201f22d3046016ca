//! Tries a backup all the way: sealed, opened, restored, started, and a message through it.
//!
//! All of it happens in a directory that is thrown away, in memory where the machine has such a place: no key of the
//! relay gets onto a disk on which it was not.

use std::{net::Ipv4Addr, path::Path, sync::Arc};

use offshift_link::RelayIdentity;
use offshift_relay::{
    admin::{Answer, Ask},
    backup::{self, Contents, IDENTITY},
    selfcheck::{self, Took},
    server::{Config, Relay},
    store::{
        Store,
        embedded::{EmbeddedStore, Options},
    },
};
use offshift_wire::{RelayId, link::RelayLink, relay::Access};
use tempfile::TempDir;

use super::{
    backup::{Drill, contents, opened},
    data, desk,
    failure::{Failure, Turn},
    here::Here,
    restore,
};

const IN_MEMORY: &str = "/dev/shm";
const CAP: u64 = 64 << 20;

pub(super) fn run(asked: &Drill) -> Result<(), Failure> {
    let here = Here::at(&asked.at)?;
    let place = place()?;
    let contents = match &asked.path {
        Some(path) => opened(path, &asked.sealed)?,
        None => through_a_file(&contents(&here)?, place.path())?,
    };
    let own = here.data.has_store().then(|| own(&here)).transpose()?;
    let restored = place.path().join("data");
    let (relay, Took(time)) = super::threads::runtime()?.block_on(try_out(&restored, &contents))?;
    let same = compare(own, relay, contents.tickets())?;
    place.close().map_err(|error| {
        failed(&format!("the place of the drill can't be removed ({})", error.kind()))
    })?;
    super::show(&format!(
        "The backup works: it was opened and restored, a relay started from it, took a message and gave it back in \
         {} ms.\n{same}All that was made for it is removed.\n",
        time.as_millis()
    ));
    Ok(())
}

fn failed(why: &str) -> Failure {
    Failure::new(Turn::Machine, format!("the drill failed: {why}"))
}

fn place() -> Result<TempDir, Failure> {
    let made = tempfile::tempdir_in(IN_MEMORY).or_else(|_| tempfile::tempdir());
    made.map_err(|_| failed("this machine has no room for it; free some space in /tmp"))
}

/// A fresh backup, written to a file and read from it, under a passphrase that is forgotten at once.
fn through_a_file(contents: &Contents, place: &Path) -> Result<Contents, Failure> {
    let mut random = zeroize::Zeroizing::new([0; 16]);
    getrandom::fill(&mut *random).map_err(|_| failed("this machine has no randomness"))?;
    let passphrase = zeroize::Zeroizing::new(data_encoding::HEXLOWER.encode(&*random));
    let file = place.join("backup");
    let sealed = backup::seal(contents, &passphrase)?;
    backup::write_new(&file, &sealed).map_err(|error| failed(&error.kind().to_string()))?;
    Ok(backup::open(&backup::read(&file)?, &passphrase)?)
}

/// Starts a relay from it on loopback, and sends a message through it.
async fn try_out(restored: &Path, contents: &Contents) -> Result<(RelayId, Took), Failure> {
    restore::into(restored, contents).await?;
    let store = Arc::new(EmbeddedStore::open(Options::new(restored.join("store"), CAP))?);
    if store.metadata(IDENTITY).await?.is_none() {
        return Err(failed("the identity did not come back"));
    }
    let identity: RelayIdentity = data::identity(&*store).await?;
    let listen = (Ipv4Addr::LOCALHOST, 0).into();
    let config = Config { access: Access::Tickets, ..Config::new(listen) };
    let running = Relay::start(&config, identity, store)?;
    let checked = checked(&running).await;
    let relay = *running.relay();
    running.shutdown().await?;
    Ok((relay, checked?))
}

async fn checked(
    running: &offshift_relay::server::Running<EmbeddedStore>,
) -> Result<Took, Failure> {
    let at = running.address();
    let link = RelayLink::new(&at.ip().to_string(), at.port(), *running.relay());
    let link = link.map_err(|_| desk::strange())?;
    let tokens = running.office().mint(1).await?;
    selfcheck::once(&link, tokens).await.map_err(|error| failed(&error.to_string()))
}

/// Who the relay here is, and how many tickets it has.
fn own(here: &Here) -> Result<(RelayId, usize), Failure> {
    let Answer::Identity(shown) = desk::ask(here, Ask::Identity)? else {
        return Err(desk::strange());
    };
    let Answer::Tickets(tickets) = desk::ask(here, Ask::TicketList)? else {
        return Err(desk::strange());
    };
    let link: RelayLink = shown.link.parse().map_err(|_| desk::strange())?;
    Ok((*link.relay(), tickets.len()))
}

fn compare(
    own: Option<(RelayId, usize)>,
    relay: RelayId,
    tickets: usize,
) -> Result<String, Failure> {
    let Some((id, count)) = own else { return Ok(String::new()) };
    if id != relay {
        return Err(failed(
            "the backup is of another identity than this relay has now; make a new backup",
        ));
    }
    if count != tickets {
        return Ok(format!(
            "It is this relay's, but has {tickets} tickets where there are {count} now: make a new backup.\n"
        ));
    }
    Ok("It is this relay's, with all its tickets.\n".to_owned())
}
