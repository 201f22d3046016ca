//! A downgrade: an older version of the protocol, or another suite of a room (RO-15).

use std::sync::Arc;

use bytes::BytesMut;
use offshift_link::{
    Link, LinkError, ListenLimits, Listener, Options, RelayIdentity,
    settings::{ALPN, SERVER_NAME},
};
use offshift_protocol::room::{Forbidden, Rule, Suite};
use offshift_tests::relay::{link_at, loopback};
use offshift_wire::{
    limits::VERSION,
    link::RelayLink,
    relay::{Request, Response},
    room::Policy,
};

use quinn::crypto::rustls::QuicServerConfig;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    crypto::{CryptoProvider, SupportedKxGroup, aws_lc_rs},
    pki_types::PrivatePkcs8KeyDer,
};

use crate::company::Company;

/// How a device takes a relay, with the key of its link, that says to speak this version.
async fn connecting_to(version: u32) -> Result<(), LinkError> {
    let listener =
        Listener::bind(loopback(), RelayIdentity::generate().unwrap(), ListenLimits::default())
            .unwrap();
    let link = link_at(listener.address().unwrap(), *listener.relay());
    let relay = tokio::spawn(async move {
        let peer = listener.accept().await.unwrap().accept().await.unwrap();
        let mut control = peer.next_stream().await.unwrap();
        let hello = Request::decode(control.reader.next().await.unwrap().unwrap()).unwrap();
        assert!(matches!(hello, Request::Hello { version: VERSION }), "it offers one version");
        let mut frame = BytesMut::new();
        Response::hello(version).put_frame(&mut frame);
        control.writer.write(frame.freeze()).await.unwrap();
        let more = peer.next_stream().await;
        assert!(more.is_none(), "nothing more is said to it");
    });
    let connected = Link::connect(&link, Options::default()).await.map(drop);
    relay.await.unwrap();
    connected
}

#[tokio::test]
async fn ro_15_a_relay_of_another_version_gets_no_connection() {
    assert_eq!(connecting_to(VERSION).await, Ok(()), "the twin");
    for other in [0, VERSION - 1, VERSION + 1, u32::MAX].into_iter().filter(|v| *v != VERSION) {
        assert_eq!(connecting_to(other).await, Err(LinkError::Incompatible), "{other}");
    }
}

#[test]
fn ro_15_no_organizer_changes_the_suite_of_a_room() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::XWing);
    let policy = company.people[0].room().policy().clone();
    for suite in [Suite::Classical.number().into(), 0, 0xffff] {
        let policy = Some(Policy { suite, ..policy.clone() });
        company.all_refuse(0, Forbidden { policy, ..Forbidden::keys() }, Rule::PolicyChange);
    }
    assert_eq!(company.people[2].room().suite(), Suite::XWing);
    let epoch = company.people[2].room().epoch();
    company.commits(0, Forbidden::keys());
    company.settle();
    assert_eq!(company.people[2].room().epoch(), epoch + 1, "the twin");
}

/// A card has key packages of each suite: the organizer adds with that of the weaker one.
#[test]
fn ro_15_a_newcomer_is_added_with_keys_of_the_rooms_suite_or_not_at_all() {
    let mut company = Company::of(&["Ana", "Ben", "Cleo"], Suite::XWing);
    let eve = company.newcomer("Eve");
    company.meet(0, eve);
    let card = company.people[eve].applications[0].card();
    let weaker = card.key_package(Suite::Classical).unwrap().to_vec();
    let what = Forbidden { adds: vec![weaker], ..Forbidden::keys() };
    let now = company.clock.now();
    let made = company.people[0]
        .with(|ctx, room| room.unwrap().dangerous_commit_for_testing(ctx, what, now).is_ok());
    assert!(!made, "MLS itself has no such commit");
    assert!(company.people[eve].room.is_none());
    company.let_in([0, 1], eve);
    assert_eq!(company.people[eve].room().suite(), Suite::XWing, "the twin");
}

const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);

/// A relay with the key of its link that takes only these groups.
fn relay_with(groups: Vec<&'static dyn SupportedKxGroup>) -> (RelayLink, quinn::Endpoint) {
    let identity = RelayIdentity::generate().unwrap();
    let pkcs8 = PrivatePkcs8KeyDer::from(identity.to_pkcs8().to_vec());
    let key = KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8, &rcgen::PKCS_ED25519).unwrap();
    let mut own = CertificateParams::default();
    own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let own_cert = own.self_signed(&key).unwrap();
    let issuer = Issuer::new(own, key);
    let leaf_key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(vec![SERVER_NAME.to_owned()]).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    (leaf.not_before, leaf.not_after) = (epoch + now - HOUR, epoch + now + HOUR);
    let leaf = leaf.signed_by(&leaf_key, &issuer).unwrap();
    let leaf_key = PrivatePkcs8KeyDer::from(leaf_key.serialize_der());
    let provider = CryptoProvider { kx_groups: groups, ..aws_lc_rs::default_provider() };
    let mut tls = rustls::ServerConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone(), own_cert.der().clone()], leaf_key.into())
        .unwrap();
    tls.alpn_protocols = vec![ALPN.to_vec()];
    let crypto = QuicServerConfig::try_from(tls).unwrap();
    let config = quinn::ServerConfig::with_crypto(Arc::new(crypto));
    let endpoint = quinn::Endpoint::server(config, loopback()).unwrap();
    (link_at(endpoint.local_addr().unwrap(), *identity.id()), endpoint)
}

/// How a device takes such a relay.
async fn connecting_by(groups: Vec<&'static dyn SupportedKxGroup>) -> Result<(), LinkError> {
    let (link, endpoint) = relay_with(groups);
    let relay = tokio::spawn(async move {
        let connection = endpoint.accept().await?.await.ok()?;
        let (mut send, mut receive) = connection.accept_bi().await.ok()?;
        receive.read_chunk(64, true).await.ok()?;
        let mut frame = BytesMut::new();
        Response::hello(VERSION).put_frame(&mut frame);
        send.write_all(&frame).await.ok()?;
        connection.closed().await;
        Some(())
    });
    let connected = Link::connect(&link, Options::default()).await.map(drop);
    relay.abort();
    connected
}

#[tokio::test]
async fn ro_15_a_relay_without_the_hybrid_key_exchange_gets_no_connection() {
    let hybrid = vec![aws_lc_rs::kx_group::X25519MLKEM768];
    assert_eq!(connecting_by(hybrid).await, Ok(()), "the twin");
    let classical = vec![aws_lc_rs::kx_group::X25519];
    assert!(connecting_by(classical).await.is_err());
}
