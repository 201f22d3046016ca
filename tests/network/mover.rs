//! NO-24: a device moves from Wi-Fi to mobile (OS-LNK-013).

use offshift_tests::{
    relay::{LibraryRelay, Mailbox, connect, numbered},
    wire_proxy::WireProxy,
};
use offshift_wire::Life;

use crate::initial::{FirstFlight, is_long};

/// OS-LNK-013.
#[tokio::test]
async fn no_24_a_connection_does_not_move_with_its_device() {
    let relay = LibraryRelay::in_memory();
    let proxy = WireProxy::start(relay.running.address()).await;
    let mailbox = Mailbox::inbox(1);
    let link = connect(&relay.link_through(proxy.address())).await;
    let capability = mailbox.prove_deposit(&link).await.unwrap();
    let deposits = link.deposits();
    let here = deposits.deposit(capability, Life::H1, numbered(1)).await;
    assert!(here.is_ok(), "the twin: at its place the connection works");

    proxy.rebind(0).await;
    let answered = proxy.sent_to(0).len();
    let sent = proxy.sent_by(0).len();
    let _moved = deposits.deposit(capability, Life::H1, numbered(2));
    while proxy.sent_by(0).len() < sent + 2 {
        tokio::task::yield_now().await;
    }
    // The relay reads its socket in order: it has seen those packets when this is answered.
    let other = relay.connect().await;
    assert_eq!(mailbox.read_all(&other).await.len(), 1, "what came from elsewhere is not heard");
    assert_eq!(proxy.sent_to(0).len(), answered, "nothing goes to the new place");

    // A new connection, from a fresh socket, has nothing of the old one.
    let fresh = connect(&relay.link_through(proxy.address())).await;
    mailbox.deposit(&fresh, numbered(2)).await.unwrap();
    let [old, new] = [0, 1].map(|client| FirstFlight::read(&proxy.sent_by(client)));
    assert_ne!(old.source, new.source);
    assert_ne!(old.destination, new.destination);
    let short = |client: usize| {
        let short = proxy.sent_by(client).into_iter().filter(|datagram| !is_long(datagram));
        short.map(|datagram| datagram[1..9].to_vec()).collect::<std::collections::HashSet<_>>()
    };
    assert!(short(0).is_disjoint(&short(1)));
}
