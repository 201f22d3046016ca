//! Bare quinn with the relay's settings: what every figure of the relay is held against.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{net::SocketAddr, sync::Arc, time::Duration};

use offshift_link::settings;
use quinn::{
    Connection, Endpoint,
    crypto::rustls::{QuicClientConfig, QuicServerConfig},
};
use tokio::task::JoinSet;

use crate::{raw::gullible_tls, relay::loopback};

/// What a client of a bench says to either server, and how often it says that it is still there.
pub fn client() -> quinn::ClientConfig {
    let crypto = QuicClientConfig::try_from(gullible_tls()).unwrap();
    let mut config = quinn::ClientConfig::new(Arc::new(crypto));
    let mut transport = settings::transport();
    transport.keep_alive_interval(Some(Duration::from_secs(25)));
    config.transport_config(Arc::new(transport));
    config
}

/// An endpoint of the relay's kind, for clients.
pub fn endpoint() -> Endpoint {
    bound(None)
}

fn bound(server: Option<quinn::ServerConfig>) -> Endpoint {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None).unwrap();
    socket.bind(&loopback().into()).unwrap();
    let _ = socket.set_recv_buffer_size(8 << 20);
    let _ = socket.set_send_buffer_size(8 << 20);
    let runtime = Arc::new(quinn::TokioRuntime);
    Endpoint::new(settings::endpoint(), server, socket.into(), runtime).unwrap()
}

/// Answers each stream's first bytes, and holds everything.
pub struct BareServer {
    /// Where it listens.
    pub address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl BareServer {
    /// On any free port.
    pub fn start() -> Self {
        Self::serving(hold)
    }

    /// The same, but it takes all of each stream and then says how much that was.
    pub fn taking() -> Self {
        Self::serving(take)
    }

    /// The same, but it does this with each connection.
    pub fn serving<F: Future<Output = ()> + Send + 'static>(
        serve: impl Fn(Connection) -> F + Clone + Send + 'static,
    ) -> Self {
        let endpoint = bound(Some(server()));
        let address = endpoint.local_addr().unwrap();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Some(incoming) = endpoint.accept().await {
                let serve = serve.clone();
                connections.spawn(async move {
                    if let Ok(connection) = incoming.await {
                        serve(connection).await;
                    }
                });
                while connections.try_join_next().is_some() {}
            }
        });
        Self { address, _tasks: tasks }
    }
}

async fn hold(connection: Connection) {
    let mut streams = JoinSet::new();
    while let Ok((mut send, mut receive)) = connection.accept_bi().await {
        streams.spawn(async move {
            while let Ok(Some(chunk)) = receive.read_chunk(2_048, true).await {
                if send.write_chunk(chunk.bytes).await.is_err() {
                    return;
                }
            }
        });
    }
}

async fn take(connection: Connection) {
    while let Ok((mut send, mut receive)) = connection.accept_bi().await {
        let mut bytes: u64 = 0;
        while let Ok(Some(chunk)) = receive.read_chunk(64 << 10, true).await {
            bytes += chunk.bytes.len() as u64;
        }
        if send.write_all(&bytes.to_be_bytes()).await.is_err() || send.finish().is_err() {
            return;
        }
    }
}

/// Certificate and groups as the relay's: a self-signed one more in the chain, the hybrid exchange.
fn server() -> quinn::ServerConfig {
    let made = rcgen::generate_simple_self_signed(vec![settings::SERVER_NAME.to_owned()]).unwrap();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let certificate = made.cert.der().clone();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone(), certificate], key.into())
        .unwrap();
    tls.alpn_protocols = vec![settings::ALPN.to_vec()];
    tls.send_tls13_tickets = 0;
    let crypto = QuicServerConfig::try_from(tls).unwrap();
    let mut config = quinn::ServerConfig::with_crypto(Arc::new(crypto));
    let mut transport = settings::transport();
    transport.max_concurrent_bidi_streams(offshift_link::limits::STREAMS_MAX.into());
    config.transport_config(Arc::new(transport)).migration(false);
    config
}
