//! The relay's end: connections of peers without names.
//!
//! ```text
//! Listener -> Arriving (handshake under way) -> Accepted -> Stream (reader, writer)
//! ```
//! Never: a peer's address outside this module and `gate` (N7).

use std::{
    io,
    net::{SocketAddr, UdpSocket},
    sync::Arc,
    time::SystemTime,
};

use offshift_access::Binding;
use offshift_wire::{RelayId, code::Close};
use quinn::VarInt;
use tokio::time::{Instant, timeout, timeout_at};

use crate::{
    client::exporter,
    frames::{FrameReader, FrameWriter, Room},
    gate::{Gate, ListenLimits, Place, TurnedAway, UnderWay, Verdict},
    identity::BadIdentity,
    limits::{GOODBYE, HANDSHAKE, SOCKET_BUFFER_RELAY},
    settings,
    socket::{self, Granted},
    succession::Identities,
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

/// Listens for connections on one UDP socket, each prefix of addresses within its share.
pub struct Listener {
    endpoint: quinn::Endpoint,
    identities: Identities,
    granted: Granted,
    gate: Arc<Gate>,
}

/// A peer whose handshake is under way.
pub struct Arriving {
    incoming: quinn::Incoming,
    relay: RelayId,
    gate: Arc<Gate>,
    under_way: UnderWay,
}

/// A connection that said nothing yet.
pub struct Accepted {
    connection: quinn::Connection,
    binding: Binding,
    room: Room,
    _place: Place,
}

/// One stream that the peer opened.
pub struct Stream {
    /// What the peer sends.
    pub reader: FrameReader,
    /// What we answer.
    pub writer: FrameWriter,
}

impl Listener {
    /// Listens at `address` as the current one of `identities`.
    ///
    /// # Errors
    /// [`ListenError`].
    pub fn bind(
        address: SocketAddr,
        identities: impl Into<Identities>,
        limits: ListenLimits,
    ) -> Result<Self, ListenError> {
        let (socket, granted) = socket::bind(address, SOCKET_BUFFER_RELAY).map_err(unusable)?;
        Self::start(socket, granted, identities.into(), limits)
    }

    /// Listens on a socket that was bound before, by a service manager for instance.
    ///
    /// # Errors
    /// [`ListenError`].
    pub fn on(
        socket: UdpSocket,
        identities: impl Into<Identities>,
        limits: ListenLimits,
    ) -> Result<Self, ListenError> {
        let granted = socket::enlarge(&socket, SOCKET_BUFFER_RELAY);
        Self::start(socket, granted, identities.into(), limits)
    }

    fn start(
        socket: UdpSocket,
        granted: Granted,
        identities: Identities,
        limits: ListenLimits,
    ) -> Result<Self, ListenError> {
        let config = settings::relay(identities.issue(SystemTime::now())?)?;
        let mut endpoint = settings::endpoint();
        endpoint.reset_key(Arc::new(identities.current().reset_key()?));
        let runtime = Arc::new(quinn::TokioRuntime);
        let endpoint =
            quinn::Endpoint::new(endpoint, Some(config), socket, runtime).map_err(unusable)?;
        Ok(Self { endpoint, identities, granted, gate: Gate::new(limits) })
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
        self.identities.current().id()
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
        let config = settings::relay(self.identities.issue(SystemTime::now())?)?;
        self.endpoint.set_server_config(Some(config));
        Ok(())
    }

    /// Goes on with other limits. Who is connected stays.
    pub fn set_limits(&self, limits: ListenLimits) {
        self.gate.set_limits(limits);
    }

    /// While memory is short: a prefix that has many connections gets no more.
    pub fn set_tight(&self, tight: bool) {
        self.gate.set_tight(tight);
    }

    /// While memory is used up: no large frame is read on, and a stream on which one has begun ends.
    pub fn set_shedding(&self, shedding: bool) {
        self.gate.set_shedding(shedding);
    }

    /// How many were turned away since this was last asked.
    pub fn turned_away(&self) -> TurnedAway {
        self.gate.turned_away()
    }

    /// The next peer; `None` once closed. Cancel-safe.
    ///
    /// Who is above the share of its network prefix, or unknown while much is under way, is sent away before any
    /// key exchange, the latter with a Retry: the token in it is good for that attempt alone (OS-LNK-050, 051).
    pub async fn accept(&self) -> Option<Arriving> {
        loop {
            let incoming = self.next().await?;
            let (from, proved) = (incoming.remote_address().ip(), !incoming.may_retry());
            match self.gate.judge(from, proved, Instant::now()) {
                Verdict::Retry => drop(incoming.retry()),
                Verdict::Refuse => incoming.refuse(),
                Verdict::Admit => {
                    let (gate, under_way) = (self.gate.clone(), self.gate.begin());
                    return Some(Arriving { incoming, relay: *self.relay(), gate, under_way });
                }
            }
        }
    }

    /// The next first packet. While nobody comes, what is over is forgotten in time all the same (OS-LNK-052).
    async fn next(&self) -> Option<quinn::Incoming> {
        while let Some(then) = self.gate.forgets_at() {
            match timeout_at(then, self.endpoint.accept()).await {
                Ok(incoming) => return incoming,
                Err(_) => self.gate.forget(Instant::now()),
            }
        }
        self.endpoint.accept().await
    }

    /// Whether the time in which the old identity is shown, too, ended between the two: [`Listener::renew`] then.
    pub fn overlap_ended(&self, issued: SystemTime, now: SystemTime) -> bool {
        self.identities.overlap_ended(issued, now)
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
    /// Finishes the handshake; `None` when the peer doesn't within [`HANDSHAKE`] or does it wrong, or when its
    /// prefix has had its share of connections since it began.
    pub async fn accept(self) -> Option<Accepted> {
        let connecting = self.incoming.accept().ok()?;
        let connection = timeout(HANDSHAKE, connecting).await.ok()?.ok()?;
        drop(self.under_way);
        let Some(place) = self.gate.place(connection.remote_address().ip()) else {
            connection.close(VarInt::from_u32(Close::Limit.number()), &[]);
            return None;
        };
        let binding = Binding::new(self.relay, exporter(&connection)?);
        Some(Accepted { connection, binding, room: Room::new(self.gate), _place: place })
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
        let reader = FrameReader::sharing(receive, self.room.clone());
        Some(Stream { reader, writer: FrameWriter::new(send) })
    }

    /// Closes the connection and says why.
    pub fn close(&self, close: Close) {
        self.connection.close(VarInt::from_u32(close.number()), &[]);
    }
}

fn unusable(error: io::Error) -> ListenError {
    match error.kind() {
        io::ErrorKind::AddrInUse => ListenError::Taken,
        _ => ListenError::Refused,
    }
}
