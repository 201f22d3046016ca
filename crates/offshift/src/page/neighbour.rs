//! Which person of this machine a connection comes from: every account can reach a loopback address.
//!
//! ```text
//! our end of the connection  -> uid of this program
//! the peer's end             -> uid of who connects      equal: served      otherwise: closed, unread
//! ```
//! The kernel is asked for the two ends alone, which takes it microseconds; where it can't be asked so, its whole table is
//! read, which takes milliseconds.
//!
//! Never: a byte read from, or written to, another account's program (OS-PAG-002).

mod diag;
mod table;

use std::net::{SocketAddr, SocketAddrV4};

/// Whether the other end of a connection to `ours` belongs to who listens there. Where the system does not tell, nobody.
pub(super) async fn is_this_person(ours: SocketAddrV4, peer: SocketAddr) -> bool {
    let SocketAddr::V4(peer) = peer else { return false };
    // Our own end is there for sure: where the kernel does not know it, it is the asking that fails.
    if let Some(own) = diag::owner(ours, peer) {
        return diag::owner(peer, ours) == Some(own);
    }
    tokio::task::spawn_blocking(move || table::is_same(ours, peer)).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    #[tokio::test]
    async fn this_very_program_is_this_person_and_an_unknown_end_is_not() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let SocketAddr::V4(ours) = listener.local_addr().unwrap() else { unreachable!() };
        let _connected = tokio::net::TcpStream::connect(ours).await.unwrap();
        let (_accepted, peer) = listener.accept().await.unwrap();
        assert!(is_this_person(ours, peer).await);
        assert!(!is_this_person(ours, SocketAddr::from(([127, 0, 0, 1], 9))).await);
    }

    #[tokio::test]
    async fn both_ways_of_asking_tell_the_same_of_ends_of_either_family() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let SocketAddr::V4(ours) = listener.local_addr().unwrap() else { unreachable!() };
        let mapped = IpAddr::V6(ours.ip().to_ipv6_mapped());
        for to in [SocketAddr::V4(ours), SocketAddr::new(mapped, ours.port())] {
            let _connected = tokio::net::TcpStream::connect(to).await.unwrap();
            let (_accepted, peer) = listener.accept().await.unwrap();
            let SocketAddr::V4(peer) = peer else { unreachable!() };
            assert!(table::is_same(ours, peer), "{to}");
            // Where the kernel answers such questions.
            if let Some(own) = diag::owner(ours, peer) {
                assert_eq!(diag::owner(peer, ours), Some(own), "{to}");
            }
        }
    }

    #[tokio::test]
    async fn an_end_that_was_closed_is_nobodys() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let SocketAddr::V4(ours) = listener.local_addr().unwrap() else { unreachable!() };
        let connected = tokio::net::TcpStream::connect(ours).await.unwrap();
        let (_accepted, peer) = listener.accept().await.unwrap();
        drop(connected);
        assert!(!is_this_person(ours, peer).await);
    }
}
