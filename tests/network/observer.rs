//! Looks on: what names the service (OS-LNK-010), what shows sizes and times (OS-LNK-014).

use std::time::Duration;

use offshift_tests::{
    raw::RawPeer,
    relay::{LibraryRelay, Mailbox, connect, numbered_of},
    wire_proxy::{Fate, WireProxy},
};
use offshift_wire::{SizeClass, limits::VERSION, relay::Request};

use crate::initial::{ALPN, FirstFlight, SERVER_NAME, is_long};

/// One visit through a proxy: connect, deposit one envelope of each size, read them.
async fn visit(proxy: &WireProxy, relay: &LibraryRelay) {
    let link = connect(&relay.link_through(proxy.address())).await;
    let mailbox = Mailbox::inbox(1);
    for class in SizeClass::ALL {
        mailbox.deposit(&link, numbered_of(class, 1)).await.unwrap();
    }
    assert!(mailbox.read_all(&link).await.len() >= 5);
    link.close().await;
}

fn contains(bytes: &[u8], name: &[u8]) -> bool {
    bytes.to_ascii_lowercase().windows(name.len()).any(|window| window == name)
}

/// OS-LNK-010.
#[tokio::test]
async fn no_21_the_first_packets_name_http_3_and_a_name_that_belongs_to_nobody() {
    let relay = LibraryRelay::in_memory();
    let proxy = WireProxy::start(relay.running.address()).await;
    visit(&proxy, &relay).await;
    let first = FirstFlight::read(&proxy.sent_by(0));
    assert_eq!(first.hello.extensions[&ALPN], b"\x00\x03\x02h3");
    assert!(contains(&first.hello.extensions[&SERVER_NAME], b"www.example.com"), "the control");
    assert!(!contains(&first.hello.bytes, b"offshift") && !contains(&first.hello.bytes, b"relay"));
    for datagram in proxy.recorded() {
        assert!(!contains(&datagram.bytes, b"offshift"));
    }
}

#[tokio::test]
async fn os_lnk_001_the_key_exchange_is_hybrid_or_nothing() {
    const X25519MLKEM768: usize = 0x11ec;
    let relay = LibraryRelay::in_memory();
    let proxy = WireProxy::start(relay.running.address()).await;
    visit(&proxy, &relay).await;
    let shares = FirstFlight::read(&proxy.sent_by(0)).hello.key_shares();
    assert_eq!(shares[0].0, X25519MLKEM768, "offered first");
    // A client without it is not served.
    let mut provider = rustls::crypto::aws_lc_rs::default_provider();
    provider.kx_groups = vec![rustls::crypto::aws_lc_rs::kx_group::X25519];
    let classical = offshift_tests::raw::gullible_tls_of(provider);
    let crypto = quinn::crypto::rustls::QuicClientConfig::try_from(classical).unwrap();
    let config = quinn::ClientConfig::new(std::sync::Arc::new(crypto));
    let refused = RawPeer::try_connect_with(relay.running.address(), config).await;
    assert!(refused.is_err());
    RawPeer::connect(relay.running.address()).await;
}

/// The sizes of datagrams, both directions, from the moment that encryption is complete.
fn sizes(proxy: &WireProxy) -> Vec<usize> {
    let all = proxy.recorded().into_iter().map(|datagram| datagram.bytes);
    all.filter(|bytes| !is_long(bytes)).map(|bytes| bytes.len()).collect()
}

/// OS-LNK-014.
#[tokio::test]
async fn no_23_every_datagram_has_one_size() {
    let relay = LibraryRelay::in_memory();
    let proxy = WireProxy::start(relay.running.address()).await;
    visit(&proxy, &relay).await;
    let seen = sizes(&proxy);
    let odd: Vec<_> = seen.iter().filter(|size| **size != 1200).collect();
    assert!(seen.len() > 300 && odd.is_empty(), "{odd:?}");

    // The control: a client that does not pad is seen to have many sizes.
    let proxy = WireProxy::start(relay.running.address()).await;
    let peer = RawPeer::connect(proxy.address()).await;
    let mut control = peer.open().await;
    control.send(&Request::Hello { version: VERSION }).await;
    control.answer().await.unwrap();
    assert!(sizes(&proxy).iter().any(|size| *size < 1200));
}

/// Per change of the spin bit, how many datagrams the client sent: many when the bit follows the
/// round trips, two when it is random.
fn datagrams_per_change(proxy: &WireProxy, client: usize) -> usize {
    let spins: Vec<_> =
        proxy.sent_by(client).iter().filter(|d| !is_long(d)).map(|d| d[0] & 0x20).collect();
    let changes = spins.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(spins.len() > 200, "enough to tell");
    spins.len() / changes.max(1)
}

async fn slow_proxy(relay: &LibraryRelay) -> WireProxy {
    let late = Fate::Delay(Duration::from_millis(20));
    WireProxy::with_policy(relay.running.address(), Box::new(move |_, _| late)).await
}

/// OS-LNK-014.
#[tokio::test]
async fn no_26_the_spin_bit_says_nothing_about_the_round_trip() {
    let relay = LibraryRelay::in_memory();
    let proxy = slow_proxy(&relay).await;
    let link = connect(&relay.link_through(proxy.address())).await;
    Mailbox::inbox(2).deposit(&link, numbered_of(SizeClass::K256, 1)).await.unwrap();
    assert!(datagrams_per_change(&proxy, 0) <= 3, "random: changes every other datagram");

    // The control: quinn's default spins on seven of eight connections.
    let mut follows = false;
    for _ in 0..12 {
        let proxy = slow_proxy(&relay).await;
        let (peer, _control) = RawPeer::greeted(proxy.address()).await;
        let mut stream = peer.open().await;
        stream.send_bytes(&vec![0; 280_000]).await;
        let _ = stream.reset_code().await;
        while proxy.sent_by(0).len() < 250 {
            let mut stream = peer.open().await;
            stream.send(&Request::Hello { version: VERSION }).await;
            stream.send_bytes(&vec![0; 100_000]).await;
            let _ = stream.reset_code().await;
        }
        follows = datagrams_per_change(&proxy, 0) > 3;
        if follows {
            break;
        }
    }
    assert!(follows);
}
