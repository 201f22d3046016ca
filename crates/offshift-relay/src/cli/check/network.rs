//! The network: a relay of this very program on a free port of this machine, the real port, the public name.

use std::{
    io,
    net::{Ipv4Addr, ToSocketAddrs},
    sync::Arc,
};

use offshift_link::{Granted, Link, Options, RelayIdentity};
use offshift_relay::{
    config::{Settings, host_and_port},
    selfcheck,
    server::{Config, Relay, Running},
    store::memory::MemoryStore,
};

use super::Line;
use crate::cli::{data::DataDirectory, init, public};

/// Bytes that the trial's store may take.
const TRIAL_BYTES: u64 = 1 << 20;

pub(super) async fn lines(settings: &Settings, data: &DataDirectory) -> Vec<Line> {
    let mut lines = Vec::new();
    match trial() {
        Some(running) => {
            lines.push(answers(&running).await);
            lines.push(buffers(running.granted()));
            let _ = running.shutdown().await;
        }
        None => lines.push(Line::wrong(
            "UDP",
            "this machine lets no program listen on UDP, not even for itself",
            "look at its firewall and at what confines this program (a container, seccomp)",
        )),
    }
    lines.push(port(settings, data).await);
    lines.push(public_name(settings));
    lines
}

/// A relay with an identity and a store that nobody will ever see again.
fn trial() -> Option<Running<MemoryStore>> {
    let identity = RelayIdentity::generate().ok()?;
    let config = Config::new((Ipv4Addr::LOCALHOST, 0).into());
    Relay::start(&config, identity, Arc::new(MemoryStore::new(TRIAL_BYTES))).ok()
}

/// A handshake, a message there and back, all over the loopback.
async fn answers(running: &Running<MemoryStore>) -> Line {
    const WHAT: &str = "UDP";
    let Some(link) = public::own_link(running.address(), *running.relay()) else {
        return Line::wrong(
            WHAT,
            "this machine's loopback has no address",
            "look with: ip address show lo",
        );
    };
    match selfcheck::once(&link, Vec::new()).await {
        Ok(_) => Line::ok(WHAT, "a message went through a relay on this machine and came back"),
        Err(error) => Line::wrong(
            WHAT,
            format!("a message through a relay on this machine did not come back: {error}"),
            "look at the firewall's rules for the loopback (lo)",
        ),
    }
}

fn buffers(granted: Granted) -> Line {
    const WHAT: &str = "UDP buffers";
    if !granted.is_short() {
        return Line::ok(WHAT, "large enough for a crowd");
    }
    let kib = granted.receive.min(granted.send) >> 10;
    let asked = granted.asked;
    Line::look(
        WHAT,
        format!(
            "the system grants {kib} KiB of {}; a crowd will lose packets and be slower",
            asked >> 10
        ),
        format!("sudo sysctl -w net.core.rmem_max={asked} net.core.wmem_max={asked}"),
    )
}

/// Whether it is free, or this relay's own.
async fn port(settings: &Settings, data: &DataDirectory) -> Line {
    const WHAT: &str = "port";
    let listen = settings.relay.listen;
    let error = match init::bind(listen) {
        Ok(_) => return Line::ok(WHAT, format!("{} is free", listen.port())),
        Err(error) => error,
    };
    if error.kind() != io::ErrorKind::AddrInUse {
        let says = format!("this user can't listen on {listen} ({})", error.kind());
        return Line::wrong(
            WHAT,
            says,
            "choose another listen in [relay], or run this as the relay's user",
        );
    }
    if is_this_relay(settings, data).await {
        return Line::ok(
            WHAT,
            format!("{} is this relay's, which runs and answers", listen.port()),
        );
    }
    Line::wrong(
        WHAT,
        format!(
            "another program has UDP port {}, or this relay runs and does not answer",
            listen.port()
        ),
        format!("see which: sudo ss -ulpn 'sport = :{}'", listen.port()),
    )
}

/// A handshake with the key that is in the data directory's link: nobody else can answer it.
async fn is_this_relay(settings: &Settings, data: &DataDirectory) -> bool {
    let Ok(Some(link)) = data.link() else { return false };
    let Some(own) = public::own_link(settings.relay.listen, *link.relay()) else { return false };
    match Link::connect(&own, Options::default()).await {
        Ok(link) => {
            link.close().await;
            true
        }
        Err(_) => false,
    }
}

fn public_name(settings: &Settings) -> Line {
    const WHAT: &str = "public name";
    let Some(public) = &settings.relay.public else {
        return Line::look(
            WHAT,
            "there is none, so the link is only good inside this machine's own network",
            "say public = \"NAME\" in [relay]",
        );
    };
    let known = host_and_port(public).is_some_and(|(host, port)| {
        let port = port.unwrap_or_else(|| settings.relay.listen.port());
        (host.as_str(), port).to_socket_addrs().is_ok_and(|mut found| found.next().is_some())
    });
    if known {
        return Line::ok(
            WHAT,
            format!("{public} has an address; that it is this machine's is for you to see"),
        );
    }
    Line::look(
        WHAT,
        format!("{public} has no address, as far as this machine knows"),
        "make its DNS entry, or wait until it is known",
    )
}

#[cfg(test)]
mod tests {
    use super::{super::Outcome, *};

    #[test]
    fn short_buffers_come_with_the_one_command_that_mends_them() {
        let granted = Granted { asked: 8 << 20, receive: 212_992, send: 8 << 20 };
        let line = buffers(granted);
        assert_eq!(line.outcome, Outcome::Look);
        let next = "sudo sysctl -w net.core.rmem_max=8388608 net.core.wmem_max=8388608";
        assert_eq!(line.next.as_deref(), Some(next));
        assert_eq!(buffers(Granted { receive: 8 << 20, ..granted }).outcome, Outcome::Ok);
    }
}
