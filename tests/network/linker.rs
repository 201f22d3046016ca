//! NO-22: tries to see that two connections are of one device (OS-LNK-011, OS-LNK-012).

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use offshift_tests::{
    raw::{RawPeer, gullible_tls},
    relay::{LibraryRelay, Mailbox, connect, loopback, numbered},
    wire_proxy::WireProxy,
};
use quinn::{
    ServerConfig, TokenStore, ValidationTokenConfig,
    crypto::rustls::{QuicClientConfig, QuicServerConfig},
};
use rustls::{
    NamedGroup,
    client::{ClientSessionStore, Resumption, Tls12ClientSessionValue, Tls13ClientSessionValue},
    pki_types::ServerName,
};

use crate::initial::{EARLY_DATA, FirstFlight, PRE_SHARED_KEY, is_long, long_ids};

/// OS-LNK-011, OS-LNK-012.
#[tokio::test]
async fn no_22_two_connections_of_one_device_share_no_value() {
    let relay = LibraryRelay::in_memory();
    let proxy = WireProxy::start(relay.running.address()).await;
    // Both open at once, so that the system can't give the second the first one's port.
    let mut links = Vec::new();
    for _ in 0..2 {
        let link = connect(&relay.link_through(proxy.address())).await;
        Mailbox::inbox(1).deposit(&link, numbered(1)).await.unwrap();
        links.push(link);
    }
    let [one, two] = [0, 1].map(|client| FirstFlight::read(&proxy.sent_by(client)));
    for flight in [&one, &two] {
        assert!(flight.token.is_empty(), "no NEW_TOKEN is used");
        assert!(!flight.hello.extensions.contains_key(&PRE_SHARED_KEY), "no ticket");
        assert!(!flight.hello.extensions.contains_key(&EARLY_DATA), "no early data");
        assert!(flight.hello.session_id.is_empty());
    }
    assert_ne!(one.hello.random, two.hello.random);
    for ((group, a), (same, b)) in one.hello.key_shares().iter().zip(two.hello.key_shares()) {
        assert_eq!(*group, same);
        assert_ne!(*a, b, "no key share is used twice");
    }
    assert!(ids(&proxy, 0).is_disjoint(&ids(&proxy, 1)), "no connection id is used twice");
    assert!(ids(&proxy, 0).len() >= 3, "the control: ids are found");
}

/// All connection ids of a client's connection, of both ends.
fn ids(proxy: &WireProxy, client: usize) -> HashSet<Vec<u8>> {
    let both = proxy.sent_by(client).into_iter().chain(proxy.sent_to(client));
    both.filter(|datagram| is_long(datagram))
        .flat_map(|datagram| <[Vec<u8>; 2]>::from(long_ids(&datagram)))
        .collect()
}

/// OS-LNK-012.
#[tokio::test]
async fn no_22_connection_ids_have_no_structure() {
    // A hashed id, quinn's default, is a nonce and its hash: its holder can tell its own apart. Ours are
    // eight random bytes; with a fixed bit anywhere one of 64 positions would never change.
    let relay = LibraryRelay::in_memory();
    let (mut ever, mut never) = ([0_u8; 8], [0xff_u8; 8]);
    for _ in 0..40 {
        let proxy = WireProxy::start(relay.running.address()).await;
        connect(&relay.link_through(proxy.address())).await.close().await;
        for datagram in [&proxy.sent_by(0)[0], &proxy.sent_to(0)[0]] {
            let (_, source) = long_ids(datagram);
            assert_eq!(source.len(), 8);
            for (at, byte) in source.iter().enumerate() {
                ever[at] |= byte;
                never[at] &= byte;
            }
        }
    }
    assert_eq!((ever, never), ([0xff; 8], [0; 8]));
}

/// Writes down what a relay gives a client to come back with.
#[derive(Debug, Default, Clone)]
struct Souvenirs(Arc<Mutex<Vec<&'static str>>>);

impl Souvenirs {
    fn keep(&self, what: &'static str) {
        self.0.lock().unwrap().push(what);
    }

    fn kept(&self) -> HashSet<&'static str> {
        self.0.lock().unwrap().iter().copied().collect()
    }
}

impl ClientSessionStore for Souvenirs {
    fn set_kx_hint(&self, _: ServerName<'static>, _: NamedGroup) {}

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        None
    }

    fn set_tls12_session(&self, _: ServerName<'static>, _: Tls12ClientSessionValue) {}

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        None
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {}

    fn insert_tls13_ticket(&self, _: ServerName<'static>, _: Tls13ClientSessionValue) {
        self.keep("ticket");
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        None
    }
}

impl TokenStore for Souvenirs {
    fn insert(&self, _: &str, _: Bytes) {
        self.keep("token");
    }

    fn take(&self, _: &str) -> Option<Bytes> {
        None
    }
}

/// A client that would take whatever it is given.
fn collector(souvenirs: &Souvenirs) -> quinn::ClientConfig {
    let mut tls = gullible_tls();
    tls.resumption = Resumption::store(Arc::new(souvenirs.clone()));
    let crypto = QuicClientConfig::try_from(tls).unwrap();
    let mut config = quinn::ClientConfig::new(Arc::new(crypto));
    config.token_store(Arc::new(souvenirs.clone()));
    config
}

/// quinn's and rustls' ordinary server.
fn ordinary_server() -> quinn::Endpoint {
    let made = rcgen::generate_simple_self_signed(vec!["www.example.com".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let mut tls = rustls::ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::aws_lc_rs::default_provider(),
    ))
    .with_protocol_versions(&[&rustls::version::TLS13])
    .unwrap()
    .with_no_client_auth()
    .with_single_cert(vec![made.cert.der().clone()], key.into())
    .unwrap();
    tls.alpn_protocols = vec![b"h3".to_vec()];
    let crypto = QuicServerConfig::try_from(tls).unwrap();
    let mut config = ServerConfig::with_crypto(Arc::new(crypto));
    let mut tokens = ValidationTokenConfig::default();
    tokens.sent(1);
    config.validation_token_config(tokens);
    quinn::Endpoint::server(config, loopback()).unwrap()
}

/// OS-LNK-011.
#[tokio::test]
async fn no_22_a_relay_gives_nothing_to_come_back_with() {
    let relay = LibraryRelay::in_memory();
    let souvenirs = Souvenirs::default();
    let to = relay.running.address();
    let peer = RawPeer::connect_with(to, collector(&souvenirs)).await;
    let mut control = peer.open().await;
    let version = offshift_wire::limits::VERSION;
    control.send(&offshift_wire::relay::Request::Hello { version }).await;
    control.answer().await.unwrap();
    peer.connection.close(0_u32.into(), &[]);
    assert_eq!(souvenirs.kept(), HashSet::new());

    // The control: an ordinary server gives both, and they are noticed.
    let server = ordinary_server();
    let to = server.local_addr().unwrap();
    let answer = tokio::spawn(async move {
        let connection = server.accept().await.unwrap().await.unwrap();
        let (mut send, _receive) = connection.accept_bi().await.unwrap();
        send.write_all(b"hello").await.unwrap();
        connection.closed().await;
    });
    let peer = RawPeer::connect_with(to, collector(&souvenirs)).await;
    let mut stream = peer.open().await;
    stream.send_bytes(b"hello").await;
    stream.receive.read_chunk(5, true).await.unwrap().unwrap();
    assert_eq!(souvenirs.kept(), HashSet::from(["ticket", "token"]));
    peer.connection.close(0_u32.into(), &[]);
    answer.await.unwrap();
}
