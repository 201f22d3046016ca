//! One engine, several faces: every command asks a [`Client`], wherever the engine of the profile runs.
//!
//! ```text
//! command --- Client::Local -------------------------------------------> offshift_client::Client (vault, lines)
//!        \--- Client::Remote -- unix socket -- Socket -- Host (locked or open) ---/
//! page, in a browser ---- http on this device ------------/
//! ```
//! Which verbs there are, [`verbs`] says, once.

pub(crate) mod host;
mod lend;
mod limits;
mod line;
mod news;
mod place;
pub(crate) mod remote;
pub(crate) mod socket;
mod verbs;
pub(crate) mod wire;

use std::path::Path;

use offshift_client::{ClientError, Event, Passphrase};
use tokio::sync::broadcast::{
    Receiver,
    error::{RecvError, TryRecvError},
};

pub(crate) use limits::NOTIFY_PAUSE;
pub(crate) use verbs::Client;

impl Client {
    /// Opens the profile in this process.
    pub(crate) async fn open(
        directory: &Path,
        passphrase: Passphrase,
    ) -> Result<Self, ClientError> {
        offshift_client::Client::open(directory, passphrase).await.map(Self::Local)
    }

    /// What happens from now on.
    pub(crate) fn events(&self) -> Events {
        match self {
            Self::Local(client) => Events::Local(client.events()),
            Self::Remote(remote) => Events::Remote(remote.events()),
        }
    }

    /// Lets go of the engine: what runs in this process ends, what runs elsewhere goes on.
    pub(crate) async fn close(&self) {
        match self {
            Self::Local(client) => client.close().await,
            Self::Remote(_) => {}
        }
    }

    /// Why there are no more events.
    pub(crate) fn why_ended(&self) -> ClientError {
        match self {
            Self::Local(client) => client.why_ended(),
            Self::Remote(_) => ClientError::Closed,
        }
    }
}

/// What happens in the profile, from the moment on when it was asked for.
pub(crate) enum Events {
    Local(offshift_client::Events),
    Remote(Receiver<Event>),
}

impl Events {
    /// Waits for the next event; nothing after the end. Cancel-safe.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        match self {
            Self::Local(events) => events.next().await,
            Self::Remote(events) => match events.recv().await {
                Ok(event) => Some(event),
                Err(RecvError::Lagged(count)) => Some(Event::Missed { count }),
                Err(RecvError::Closed) => None,
            },
        }
    }

    /// The next event, if it is here already.
    pub(crate) fn already_here(&mut self) -> Option<Event> {
        match self {
            Self::Local(events) => events.already_here(),
            Self::Remote(events) => match events.try_recv() {
                Ok(event) => Some(event),
                Err(TryRecvError::Lagged(count)) => Some(Event::Missed { count }),
                Err(TryRecvError::Empty | TryRecvError::Closed) => None,
            },
        }
    }
}
