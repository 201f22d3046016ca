//! A client's link to one relay.

use std::{
    future::Future,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use bytes::BytesMut;
use offshift_access::{Binding, Descriptor, Proof, RelayKey};
use offshift_wire::{
    Envelope, Life, Position, RelayId,
    code::{Close, Role},
    limits::VERSION,
    link::RelayLink,
    receipt::Receipt,
    relay::{Access, CapabilityId, Request, Response},
    token::{Credit, Issued, Redeem, Token},
};
use quinn::VarInt;
use tokio::{task::JoinSet, time::timeout};

use crate::{
    error::{LinkError, blame},
    fetching::Fetching,
    identity::shown_key,
    limits::{ADDRESS_DELAY, ADDRESSES_MAX, CONNECT, FIRST_FRAME, GOODBYE, SOCKET_BUFFER_CLIENT},
    pin::Verdict,
    pipeline::{Pipeline, open},
    settings::{self, EXPORTER_LABEL, SERVER_NAME},
    socket,
};

/// How to connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Time for everything until the relay has said Hello.
    pub time: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { time: CONNECT }
    }
}

/// An open connection to the relay of a link. Dropping it closes the connection.
pub struct Link {
    connection: quinn::Connection,
    endpoint: quinn::Endpoint,
    control: Pipeline,
    binding: Binding,
    relay_key: RelayKey,
    moved: Option<RelayId>,
    said: Said,
}

/// What a relay says of itself in its Hello.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who may deposit.
    pub access: Access,
    /// Whom to ask for a ticket, in the host's words; may be empty.
    pub contact: String,
}

/// A stream of deposits to one or many mailboxes.
pub struct Deposits {
    pipeline: Pipeline,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.connection.close(VarInt::from_u32(Close::Done.number()), &[]);
    }
}

impl Link {
    /// Connects from a fresh socket, checks who answers, says Hello.
    ///
    /// Nothing of ours but the handshake is sent before the relay has proved to be the one of the link.
    ///
    /// # Errors
    /// [`LinkError::Identity`] must not be retried on this network; see [`LinkError::may_pass`].
    pub async fn connect(link: &RelayLink, options: Options) -> Result<Self, LinkError> {
        timeout(options.time, Self::connect_any(link)).await.unwrap_or(Err(LinkError::Unreachable))
    }

    async fn connect_any(link: &RelayLink) -> Result<Self, LinkError> {
        let addresses = tokio::net::lookup_host((link.host(), link.port())).await;
        let addresses: Vec<SocketAddr> =
            addresses.map_err(|_| LinkError::Resolve)?.take(ADDRESSES_MAX).collect();
        let (endpoint, connection) = first_to_answer(*link.relay(), addresses).await?;
        let relay_key = shown_key(&connection, link.relay()).ok_or(LinkError::Bug("relay key"))?;
        let relay = relay_key.relay();
        let binding = binding(relay, &connection)?;
        let moved = (relay != *link.relay()).then_some(relay);
        let (control, said) = hello(&connection).await?;
        Ok(Self { connection, endpoint, control, binding, relay_key, moved, said })
    }

    /// What ties a proof to this connection.
    pub const fn binding(&self) -> Binding {
        self.binding
    }

    /// The key with which this relay signs receipts: the one that its handshake showed, whose hash its link names or
    /// to whom the one in its link has handed over.
    pub const fn relay_key(&self) -> RelayKey {
        self.relay_key
    }

    /// Who this relay is now.
    pub fn relay(&self) -> RelayId {
        self.relay_key.relay()
    }

    /// Who this relay is now, if the identity that its link names has handed over to another (OS-LNK-006): to be
    /// kept in its place, as the old one ends.
    pub const fn moved(&self) -> Option<RelayId> {
        self.moved
    }

    /// What the relay said of itself.
    pub const fn said(&self) -> &Said {
        &self.said
    }

    /// Buys a batch of tokens. They must be spent on other connections (OS-TOK-040).
    ///
    /// # Errors
    /// [`LinkError::Refused`] when the ticket is not good or its allowance is used.
    pub async fn redeem(&self, redeem: Redeem) -> Result<Issued, LinkError> {
        match self.control.ask(Request::Redeem(redeem)).await? {
            Response::Issued(issued) => Ok(issued),
            Response::Refused(code) => Err(LinkError::Refused(code)),
            _ => Err(LinkError::Misbehaved("answer to a ticket")),
        }
    }

    /// Turns tokens into credit: of this connection, or of the mailbox of a capability proved here.
    ///
    /// # Errors
    /// [`LinkError::Refused`] when one of them is not good: then none was taken.
    pub async fn spend(
        &self,
        tokens: Vec<Token>,
        toward: Option<CapabilityId>,
    ) -> Result<Credit, LinkError> {
        match self.control.ask(Request::Spend { tokens, toward }).await? {
            Response::Credited(credit) => Ok(credit),
            Response::Refused(code) => Err(LinkError::Refused(code)),
            _ => Err(LinkError::Misbehaved("answer to a token")),
        }
    }

    /// Asks for a capability. `proof` was made for [`Link::binding`].
    ///
    /// # Errors
    /// [`LinkError::Refused`] when the proof does not fit, which says nothing about the mailbox.
    pub async fn prove(
        &self,
        role: Role,
        descriptor: &Descriptor,
        proof: &Proof,
    ) -> Result<CapabilityId, LinkError> {
        let (descriptor, proof) = (descriptor.encode(), *proof.as_bytes());
        match self.control.ask(Request::Prove { role, descriptor, proof }).await? {
            Response::Granted { capability } => Ok(capability),
            Response::Refused(code) => Err(LinkError::Refused(code)),
            _ => Err(LinkError::Misbehaved("answer to a proof")),
        }
    }

    /// Deletes entries of an inbox: at most 256 positions at once.
    ///
    /// # Errors
    /// [`LinkError::Refused`] when the capability doesn't allow it.
    pub async fn release(
        &self,
        capability: CapabilityId,
        positions: Vec<Position>,
    ) -> Result<(), LinkError> {
        match self.control.ask(Request::Release { capability, positions }).await? {
            Response::Released => Ok(()),
            Response::Refused(code) => Err(LinkError::Refused(code)),
            _ => Err(LinkError::Misbehaved("answer to a release")),
        }
    }

    /// A stream for deposits, opened with the first. One is enough for all mailboxes of a link.
    pub fn deposits(&self) -> Deposits {
        Deposits { pipeline: Pipeline::opened_by_first_request(self.connection.clone()) }
    }

    /// Reads a mailbox from behind `after` on; with `follow`, goes on as entries come.
    ///
    /// # Errors
    /// [`LinkError::Busy`] when no stream is free. A refusal comes out of the fetch itself.
    pub async fn fetch(
        &self,
        capability: CapabilityId,
        after: Position,
        follow: bool,
    ) -> Result<Fetching, LinkError> {
        let (writer, reader) = open(&self.connection).await?;
        let request = Request::Fetch { capability, after, follow };
        Fetching::ask(self.connection.clone(), writer, reader, request).await
    }

    /// Waits until the connection is gone and says why.
    pub async fn closed(&self) -> LinkError {
        self.connection.closed().await.into()
    }

    /// Says goodbye and waits, briefly, until it is sent.
    pub async fn close(self) {
        let endpoint = self.endpoint.clone();
        drop(self);
        let _ = timeout(GOODBYE, endpoint.wait_idle()).await;
    }
}

impl Deposits {
    /// Deposits in the order of the calls, any number in flight up to
    /// [`IN_FLIGHT_MAX`](crate::limits::IN_FLIGHT_MAX); the future yields the receipt as it came: the
    /// envelope is durable once it was checked with [`Link::relay_key`]. Dropping the future doesn't take
    /// the deposit back.
    ///
    /// The future's errors: [`LinkError::Busy`] when too many wait (see [`Deposits::ready`]);
    /// [`LinkError::Refused`]; anything else leaves open whether the relay has it, so deposit the same
    /// bytes again.
    pub fn deposit(
        &self,
        capability: CapabilityId,
        life: Life,
        envelope: Envelope,
    ) -> impl Future<Output = Result<Receipt, LinkError>> + Send + use<> {
        let asked = self.pipeline.ask_now(Request::Deposit { capability, life, envelope });
        async move {
            match asked?.await? {
                Response::Receipt(receipt) => Ok(receipt),
                Response::Refused(code) => Err(LinkError::Refused(code)),
                _ => Err(LinkError::Misbehaved("answer to a deposit")),
            }
        }
    }

    /// Waits until one more deposit may be made.
    ///
    /// # Errors
    /// [`LinkError::Lost`] when none ever may.
    pub async fn ready(&self) -> Result<(), LinkError> {
        self.pipeline.ready().await
    }
}

/// Tries all addresses, each a little later than the one before it; the first that proves to be the
/// relay wins. One that proves to be another ends it: the network is not to be trusted.
async fn first_to_answer(
    relay: RelayId,
    addresses: Vec<SocketAddr>,
) -> Result<(quinn::Endpoint, quinn::Connection), LinkError> {
    let mut attempts = JoinSet::new();
    let mut delay = Duration::ZERO;
    for address in addresses {
        attempts.spawn(async move {
            tokio::time::sleep(delay).await;
            connect_one(relay, address).await
        });
        delay += ADDRESS_DELAY;
    }
    let mut why = LinkError::Resolve;
    while let Some(attempt) = attempts.join_next().await {
        match attempt {
            Ok(Ok(connected)) => return Ok(connected),
            Ok(Err(LinkError::Identity)) => return Err(LinkError::Identity),
            Ok(Err(error)) => why = error,
            Err(_) => why = LinkError::Bug("connecting"),
        }
    }
    Err(why)
}

/// One attempt, from a socket that nothing else uses: a shared one would link connections (OS-LNK-012, NO-22).
async fn connect_one(
    relay: RelayId,
    address: SocketAddr,
) -> Result<(quinn::Endpoint, quinn::Connection), LinkError> {
    let endpoint = fresh_endpoint(address)?;
    let verdict = Verdict::default();
    let random = getrandom::u32().map_err(|_| LinkError::Bug("randomness"))?;
    let config = settings::client(relay, verdict.clone(), random)?;
    let connecting =
        endpoint.connect_with(config, address, SERVER_NAME).map_err(|_| LinkError::Unreachable)?;
    let connection =
        connecting.await.map_err(|error| verdict.refused().unwrap_or_else(|| no_answer(error)))?;
    Ok((endpoint, connection))
}

/// A connection that never was.
fn no_answer(error: quinn::ConnectionError) -> LinkError {
    match LinkError::from(error) {
        LinkError::Lost => LinkError::Unreachable,
        LinkError::Misbehaved(_) => LinkError::Misbehaved("handshake"),
        other => other,
    }
}

fn fresh_endpoint(to: SocketAddr) -> Result<quinn::Endpoint, LinkError> {
    let any =
        if to.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let (socket, _) = socket::bind(SocketAddr::new(any, 0), SOCKET_BUFFER_CLIENT)
        .map_err(|_| LinkError::Socket)?;
    let runtime = Arc::new(quinn::TokioRuntime);
    quinn::Endpoint::new(settings::endpoint(), None, socket, runtime).map_err(|_| LinkError::Socket)
}

fn binding(relay: RelayId, connection: &quinn::Connection) -> Result<Binding, LinkError> {
    exporter(connection).map(|value| Binding::new(relay, value)).ok_or(LinkError::Bug("exporter"))
}

/// The TLS exporter value of a connection: the same at both ends, of no other connection.
pub(crate) fn exporter(connection: &quinn::Connection) -> Option<[u8; 32]> {
    let mut value = [0; 32];
    connection.export_keying_material(&mut value, EXPORTER_LABEL, &[]).ok()?;
    Some(value)
}

/// Opens the control stream and agrees on the version.
async fn hello(connection: &quinn::Connection) -> Result<(Pipeline, Said), LinkError> {
    let (mut writer, mut reader) = open(connection).await?;
    let mut frame = BytesMut::new();
    Request::Hello { version: VERSION }.put_frame(&mut frame);
    let said = async {
        writer.write(frame.freeze()).await?;
        reader.first(FIRST_FRAME).await
    };
    let body = said.await.map_err(|error| blame(error, connection))?;
    match Response::decode(body) {
        Ok(Response::Hello { version: VERSION, access, contact }) => {
            let control = Pipeline::new(connection.clone(), writer, reader);
            Ok((control, Said { access, contact }))
        }
        Ok(Response::Hello { .. }) => Err(LinkError::Incompatible),
        Ok(Response::Refused(code)) => Err(LinkError::Refused(code)),
        _ => Err(LinkError::Misbehaved("answer to hello")),
    }
}
