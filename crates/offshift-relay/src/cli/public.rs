//! The link: how members reach this relay.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use offshift_relay::config::host_and_port;
use offshift_wire::{RelayId, link::RelayLink};

use super::failure::{Failure, Turn};

/// An address that belongs to nobody (RFC 5737). Asking the system for the way there sends nothing.
const NOWHERE: &str = "192.0.2.1:9";

/// The link of the relay that listens at `at`, under its public name if it has one.
pub(super) fn link(
    public: Option<&str>,
    at: SocketAddr,
    relay: RelayId,
) -> Result<RelayLink, Failure> {
    let named = public.map(|public| host_and_port(public).ok_or_else(not_public)).transpose()?;
    let (host, port) = named.unwrap_or_else(|| (reachable(at.ip()).to_string(), None));
    RelayLink::new(&host, port.unwrap_or(at.port()), relay).map_err(|_| not_public())
}

/// The link by which this machine reaches its own relay, whatever the world calls it.
pub(super) fn own_link(at: SocketAddr, relay: RelayId) -> Option<RelayLink> {
    let host = match at.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    RelayLink::new(&host.to_string(), at.port(), relay).ok()
}

fn not_public() -> Failure {
    let sentence = "--public must be a host name or an address, with or without :PORT";
    Failure::new(Turn::Yours, sentence)
}

/// An address of this machine that others in its network may use.
fn reachable(listen: IpAddr) -> IpAddr {
    if !listen.is_unspecified() {
        return listen;
    }
    let way = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect(NOWHERE)?;
        socket.local_addr()
    });
    way.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> SocketAddr {
        "127.0.0.1:4433".parse().unwrap()
    }

    fn shown(public: Option<&str>) -> Option<(String, u16)> {
        let link = link(public, at(), RelayId::from_bytes([1; 32])).ok()?;
        Some((link.host().to_owned(), link.port()))
    }

    #[test]
    fn the_link_shows_the_public_name_and_port() {
        assert_eq!(shown(None), Some(("127.0.0.1".to_owned(), 4433)));
        assert_eq!(shown(Some("relay.example")), Some(("relay.example".to_owned(), 4433)));
        assert_eq!(shown(Some("relay.example:9")), Some(("relay.example".to_owned(), 9)));
        assert_eq!(shown(Some("[::1]:9")), Some(("::1".to_owned(), 9)));
        assert_eq!(shown(Some("::1")), Some(("::1".to_owned(), 4433)));
        assert_eq!(shown(Some("not a host")), None);
        assert_eq!(shown(Some("host:port")), None);
    }

    #[test]
    fn the_own_link_never_leaves_the_machine_for_a_wildcard() {
        let own = |at: &str| {
            let link = own_link(at.parse().unwrap(), RelayId::from_bytes([1; 32])).unwrap();
            link.host().to_owned()
        };
        assert_eq!(own("0.0.0.0:9"), "127.0.0.1");
        assert_eq!(own("[::]:9"), "::1");
        assert_eq!(own("192.0.2.7:9"), "192.0.2.7");
    }
}
