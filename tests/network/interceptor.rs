//! Sits in between with a certificate of its own (OS-LNK-002), or sends again what it has seen (OS-LNK-011).

use offshift_link::{Link, LinkError, Options};
use offshift_tests::{
    interceptor::corporate_interceptor,
    relay::{LibraryRelay, Mailbox, connect, link_at, loopback, number_of, numbered},
    wire_proxy::WireProxy,
};
use tokio::net::UdpSocket;

use crate::initial::{EARLY_DATA, FirstFlight, is_long};

/// OS-LNK-002.
#[tokio::test]
async fn no_20_an_interceptor_gets_no_byte_of_ours_and_the_network_is_named() {
    let relay = LibraryRelay::in_memory();
    let interceptor = corporate_interceptor(loopback());
    let caught = interceptor.local_addr().unwrap();
    let handshake = tokio::spawn(async move {
        let connected = interceptor.accept().await.unwrap().await;
        connected.is_ok()
    });
    let proxy = WireProxy::start(caught).await;
    let link = link_at(proxy.address(), *relay.running.relay());
    let error = Link::connect(&link, Options::default()).await.err().unwrap();
    assert_eq!(error, LinkError::Identity);
    assert!(!error.may_pass(), "no retry on this network");
    assert!(error.to_string().contains("do not trust this network"));
    assert!(!handshake.await.unwrap(), "the handshake never ends");
    let sent = proxy.sent_by(0);
    assert!(sent.iter().all(|datagram| is_long(datagram)), "no application packet was sent");

    let proxy = WireProxy::start(relay.running.address()).await;
    let honest = connect(&relay.link_through(proxy.address())).await;
    honest.close().await;
    assert!(proxy.sent_by(0).iter().any(|datagram| !is_long(datagram)), "the control");
}

/// OS-LNK-002.
#[tokio::test]
async fn no_20_another_relay_in_the_place_of_ours_is_refused() {
    let (ours, other) = (LibraryRelay::in_memory(), LibraryRelay::in_memory());
    let link = link_at(other.running.address(), *ours.running.relay());
    assert_eq!(Link::connect(&link, Options::default()).await.err(), Some(LinkError::Identity));
    other.connect().await.close().await;
}

#[tokio::test]
async fn nobody_at_the_address_is_unreachable_and_may_pass() {
    let relay = LibraryRelay::in_memory();
    let silent = UdpSocket::bind(loopback()).await.unwrap();
    let link = link_at(silent.local_addr().unwrap(), *relay.running.relay());
    let options = Options { time: std::time::Duration::from_millis(300) };
    let error = Link::connect(&link, options).await.err().unwrap();
    assert_eq!(error, LinkError::Unreachable);
    assert!(error.may_pass());
}

/// OS-LNK-011.
#[tokio::test]
async fn no_25_replayed_packets_change_nothing() {
    let relay = LibraryRelay::in_memory();
    let proxy = WireProxy::start(relay.running.address()).await;
    let mailbox = Mailbox::inbox(1);
    let link = connect(&relay.link_through(proxy.address())).await;
    mailbox.deposit(&link, numbered(1)).await.unwrap();
    let captured = proxy.sent_by(0);
    assert!(!FirstFlight::read(&captured).hello.extensions.contains_key(&EARLY_DATA));
    let zero_rtt = captured.iter().any(|datagram| datagram[0] & 0xf0 == 0xd0);
    assert!(!zero_rtt, "nothing is sent before the handshake");

    // Into the living connection, from another place, and again after the connection's end.
    let elsewhere = UdpSocket::bind(loopback()).await.unwrap();
    for datagram in &captured {
        proxy.replay(0, datagram).await;
        elsewhere.send_to(datagram, relay.running.address()).await.unwrap();
    }
    mailbox.deposit(&link, numbered(2)).await.unwrap();
    link.close().await;
    for datagram in &captured {
        proxy.replay(0, datagram).await;
    }
    let after = relay.connect().await;
    mailbox.deposit(&after, numbered(3)).await.unwrap();
    let read: Vec<_> =
        mailbox.read_all(&after).await.iter().map(|(_, envelope)| number_of(envelope)).collect();
    assert_eq!(read, [1, 2, 3], "each once; the twins are the three honest deposits");
}
