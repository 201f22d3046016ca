//! Starts a relay and keeps it until it is told to stop.

use std::{
    fmt::Write,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
    path::Path,
    sync::Arc,
};

use offshift_link::{Granted, ListenError};
use offshift_relay::{
    server::{Config, Relay, Running},
    store::embedded::EmbeddedStore,
};
use offshift_wire::{RelayId, link::RelayLink};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{
    args::{Level, Serve},
    data::{self, DataDirectory, write_whole},
    failure::{Failure, Turn},
    settings::File,
    show,
};

/// The usual port.
const PORT: u16 = 4433;

/// An address that belongs to nobody (RFC 5737). Asking the system for the way there sends nothing.
const NOWHERE: &str = "192.0.2.1:9";

pub(super) fn serve(args: Serve) -> Result<(), Failure> {
    log(args.log);
    let file = File::of(&args)?;
    let given = args.at.data.as_deref().or(file.data.as_deref());
    if args.dev && given.is_none() {
        let thrown_away = tempfile::tempdir()
            .map_err(|_| Failure::new(Turn::Machine, "can't make a directory; use --data"))?;
        return start(&args, &file, &DataDirectory::chosen(Some(thrown_away.path())));
    }
    start(&args, &file, &DataDirectory::chosen(given))
}

/// The async runtime.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|_| Failure::new(Turn::Machine, "this machine can't start threads"))
}

fn start(args: &Serve, file: &File, data: &DataDirectory) -> Result<(), Failure> {
    let store = Arc::new(data.open_store(file.disk_cap())?);
    runtime()?.block_on(run(args, file, data, store))
}

async fn run(
    args: &Serve,
    file: &File,
    data: &DataDirectory,
    store: Arc<EmbeddedStore>,
) -> Result<(), Failure> {
    let life_max = file.life_max()?;
    // Before the link is shown: whoever reads it may stop us at once.
    let mut stop = Stop::new()?;
    let listen = args.listen.or(file.listen);
    let running = listen_at(&wanted(listen, args.dev), life_max, &store).await?;
    let public = args.public.as_deref().or(file.public.as_deref());
    let link = link(public, running.address(), *running.relay())?;
    data.write_link(&link)?;
    if let Some(path) = &args.ready_file {
        write_ready(path, &link)?;
    }
    show(&greeting(&link, data.path(), public.is_some(), args.dev));
    warn_of_small_buffers(running.granted());
    stop.wanted().await;
    running.shutdown().await?;
    Ok(())
}

/// Listens at the first address that works.
async fn listen_at(
    addresses: &[SocketAddr],
    life_max: offshift_wire::Life,
    store: &Arc<EmbeddedStore>,
) -> Result<Running<EmbeddedStore>, Failure> {
    let mut why = Failure::new(Turn::Ours, "no address to listen on; report it");
    for address in addresses {
        let identity = data::identity(&**store).await?;
        let config = Config { life_max, ..Config::new(*address) };
        match Relay::start(&config, identity, store.clone()) {
            Ok(running) => return Ok(running),
            Err(error @ ListenError::Refused) => why = error.into(),
            Err(error) => return Err(error.into()),
        }
    }
    Err(why)
}

/// Where to listen, in order of preference. Some machines have no IPv6.
fn wanted(given: Option<SocketAddr>, dev: bool) -> Vec<SocketAddr> {
    match (given, dev) {
        (Some(address), _) => vec![address],
        (None, true) => vec![(Ipv4Addr::LOCALHOST, 0).into()],
        (None, false) => {
            vec![(Ipv6Addr::UNSPECIFIED, PORT).into(), (Ipv4Addr::UNSPECIFIED, PORT).into()]
        }
    }
}

fn link(public: Option<&str>, at: SocketAddr, relay: RelayId) -> Result<RelayLink, Failure> {
    let (host, port) = match public {
        Some(public) => host_and_port(public, at.port())?,
        None => (reachable(at.ip()).to_string(), at.port()),
    };
    RelayLink::new(&host, port, relay).map_err(|_| not_public())
}

fn host_and_port(public: &str, port: u16) -> Result<(String, u16), Failure> {
    if let Ok(ip) = public.parse::<IpAddr>() {
        return Ok((ip.to_string(), port));
    }
    if let Ok(address) = public.parse::<SocketAddr>() {
        return Ok((address.ip().to_string(), address.port()));
    }
    match public.split_once(':') {
        Some((host, port)) => Ok((host.to_owned(), port.parse().map_err(|_| not_public())?)),
        None => Ok((public.to_owned(), port)),
    }
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

fn write_ready(path: &Path, link: &RelayLink) -> Result<(), Failure> {
    write_whole(path, &format!("{link}\n")).map_err(|error| {
        Failure::new(Turn::Yours, format!("can't write the ready file ({})", error.kind()))
    })
}

/// The first line is for scripts, too.
fn greeting(link: &RelayLink, data: &Path, public: bool, dev: bool) -> String {
    let mut text = format!(
        "link: {link}\n\n\
         The relay is running. It passes messages and cannot read them.\n\
         Give the link to the people who will use this relay:\n\
         \x20   offshift relay add LINK\n"
    );
    if dev {
        text.push_str("Only this machine can reach it (--dev).\n");
    } else if !public {
        text.push_str(
            "If people outside this network will use it, stop it and start it with\n\
             \x20   offshift-relay serve --public YOUR-NAME-OR-ADDRESS\n",
        );
    }
    let _ = write!(
        text,
        "To see the link again:  offshift-relay link --data {}\n\
         To stop the relay:      Ctrl-C\n",
        data.display()
    );
    text
}

/// Told once, with what to do; a relay with small buffers is slow under load, not wrong.
fn warn_of_small_buffers(granted: Granted) {
    if granted.is_short() {
        tracing::info!(
            "the system grants small socket buffers; for many members set \
             net.core.rmem_max and net.core.wmem_max to 8388608"
        );
    }
}

/// SIGTERM and SIGINT.
struct Stop {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Stop {
    fn new() -> Result<Self, Failure> {
        let on = |kind| {
            signal(kind).map_err(|_| Failure::new(Turn::Machine, "this machine takes no signals"))
        };
        Ok(Self {
            terminate: on(SignalKind::terminate())?,
            interrupt: on(SignalKind::interrupt())?,
        })
    }

    async fn wanted(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Logs of our own crates only: quinn's name the addresses of peers (N7).
fn log(level: Level) {
    let level = match level {
        Level::Error => "error",
        Level::Warn => "warn",
        Level::Info => "info",
        Level::Debug => "debug",
    };
    let filter = EnvFilter::new(format!("off,offshift_relay={level},offshift_link={level}"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(false)
        .try_init();
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
}
