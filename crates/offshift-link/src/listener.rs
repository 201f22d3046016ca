//! The relay's end: connections of peers without names.
//!
//! ```text
//! Listener -> Arriving (handshake under way) -> Accepted -> Stream (reader, writer)
//! ```
//! Never: a peer's address outside this module (N7); quinn looks at it to validate it, nobody else.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::SystemTime,
};

use offshift_access::Binding;
use offshift_wire::{RelayId, code::Close};
use quinn::VarInt;
use tokio::time::timeout;

use crate::{
    client::exporter,
    frames::{FrameReader, FrameWriter},
    identity::{BadIdentity, RelayIdentity},
    limits::{GOODBYE, HANDSHAKE, HANDSHAKES_BEFORE_RETRY, SOCKET_BUFFER_RELAY},
    settings,
    socket::{self, Granted},
};

/// Why a relay can't listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The identity key can't sign.
    #[error(transparent)]
    Identity(#[from] BadIdentity),
    /// The port is taken.
    #[error("another program already uses this port; stop it or choose another with --listen")]
    Taken,
    /// Not this machine's address, or not allowed.
    #[error("this machine can't listen there; check the address and port after --listen")]
    Refused,
}

/// Listens for connections on one UDP socket.
pub struct Listener {
    endpoint: quinn::Endpoint,
    identity: RelayIdentity,
    granted: Granted,
    handshakes: Arc<AtomicUsize>,
}

/// A peer whose handshake is under way.
pub struct Arriving {
    incoming: quinn::Incoming,
    relay: RelayId,
    _counted: Counted,
}

/// A connection that said nothing yet.
pub struct Accepted {
    connection: quinn::Connection,
    binding: Binding,
}

/// One stream that the peer opened.
pub struct Stream {
    /// What the peer sends.
    pub reader: FrameReader,
    /// What we answer.
    pub writer: FrameWriter,
}

impl Listener {
    /// Listens at `address` as `identity`.
    ///
    /// # Errors
    /// [`ListenError`].
    pub fn bind(address: SocketAddr, identity: RelayIdentity) -> Result<Self, ListenError> {
        let config = settings::relay(identity.issue(SystemTime::now())?)?;
        let (socket, granted) = socket::bind(address, SOCKET_BUFFER_RELAY).map_err(unusable)?;
        let runtime = Arc::new(quinn::TokioRuntime);
        let mut endpoint = settings::endpoint();
        endpoint.reset_key(Arc::new(identity.reset_key()?));
        let endpoint =
            quinn::Endpoint::new(endpoint, Some(config), socket, runtime).map_err(unusable)?;
        Ok(Self { endpoint, identity, granted, handshakes: Arc::default() })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// [`ListenError::Refused`] when the system doesn't say.
    pub fn address(&self) -> Result<SocketAddr, ListenError> {
        self.endpoint.local_addr().map_err(unusable)
    }

    /// The identity's public name.
    pub const fn relay(&self) -> &RelayId {
        self.identity.id()
    }

    /// What the system granted of the socket buffers.
    pub const fn granted(&self) -> Granted {
        self.granted
    }

    /// Shows a fresh leaf certificate to those who connect from now on.
    ///
    /// # Errors
    /// [`ListenError::Identity`]; the old leaf stays.
    pub fn renew(&self) -> Result<(), ListenError> {
        let config = settings::relay(self.identity.issue(SystemTime::now())?)?;
        self.endpoint.set_server_config(Some(config));
        Ok(())
    }

    /// The next peer; `None` once closed. Cancel-safe.
    ///
    /// Under a flood each unknown address first has to prove that it is one, by a Retry; the token in it
    /// is good for that attempt alone.
    pub async fn accept(&self) -> Option<Arriving> {
        loop {
            let incoming = self.endpoint.accept().await?;
            let busy = self.handshakes.load(Ordering::Relaxed) >= HANDSHAKES_BEFORE_RETRY;
            if busy && incoming.may_retry() {
                let _ = incoming.retry();
                continue;
            }
            let counted = Counted::new(&self.handshakes);
            return Some(Arriving { incoming, relay: *self.relay(), _counted: counted });
        }
    }

    /// Takes nobody new; those who are connected stay.
    pub fn refuse_new(&self) {
        self.endpoint.set_server_config(None);
    }

    /// Closes all connections and waits, briefly, until the peers are told.
    pub async fn close(&self, close: Close) {
        self.endpoint.close(VarInt::from_u32(close.number()), &[]);
        let _ = timeout(GOODBYE, self.endpoint.wait_idle()).await;
    }
}

impl Arriving {
    /// Finishes the handshake; `None` when the peer doesn't within [`HANDSHAKE`] or does it wrong.
    pub async fn accept(self) -> Option<Accepted> {
        let connecting = self.incoming.accept().ok()?;
        let connection = timeout(HANDSHAKE, connecting).await.ok()?.ok()?;
        let binding = Binding::new(self.relay, exporter(&connection)?);
        Some(Accepted { connection, binding })
    }

    /// Turns the peer away before any key exchange.
    pub fn refuse(self) {
        self.incoming.refuse();
    }
}

impl Accepted {
    /// What ties a peer's proofs to this connection.
    pub const fn binding(&self) -> &Binding {
        &self.binding
    }

    /// The next stream that the peer opens; `None` when the connection is gone. Cancel-safe.
    pub async fn next_stream(&self) -> Option<Stream> {
        let (send, receive) = self.connection.accept_bi().await.ok()?;
        Some(Stream { reader: FrameReader::new(receive), writer: FrameWriter::new(send) })
    }

    /// Closes the connection and says why.
    pub fn close(&self, close: Close) {
        self.connection.close(VarInt::from_u32(close.number()), &[]);
    }
}

/// Counts a handshake for as long as it is under way.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn unusable(error: io::Error) -> ListenError {
    match error.kind() {
        io::ErrorKind::AddrInUse => ListenError::Taken,
        _ => ListenError::Refused,
    }
}
