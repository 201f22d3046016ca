//! Starts a relay and keeps it until it is told to stop.
//!
//! ```text
//! settings -> log -> store -> listen -> link written -> READY ... SIGHUP: read again ... SIGTERM: stop in bounded time
//! ```

use std::{
    fmt::Write,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    path::Path,
    sync::Arc,
    time::Duration,
};

use offshift_link::{Granted, ListenError};
use offshift_relay::{
    admin,
    config::{Access, Settings},
    server::{Config, Relay, Running},
    store::embedded::EmbeddedStore,
};
use offshift_wire::link::RelayLink;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::mpsc,
    time::timeout,
};

use super::{
    args::Serve,
    data::{DataDirectory, write_whole},
    desk::Desk,
    failure::{Failure, Turn},
    identities,
    log::Log,
    metrics, public,
    reload::Reload,
    service::{self, Watchdog},
    settings, show, threads,
};

/// After this a stopping relay ends whatever still goes on: less than a service manager waits.
const STOP_MAX: Duration = Duration::from_secs(30);

pub(super) fn serve(args: &Serve) -> Result<(), Failure> {
    let chosen = settings::chosen(&args.flags)?;
    if let Some(hint) = chosen.hint() {
        super::tell(&hint);
    }
    let settings = chosen.loaded.settings;
    let log = Log::start(settings.log);
    forbid_core_dumps();
    let given = settings.relay.data.clone();
    if args.flags.dev && given.is_none() {
        let thrown_away = tempfile::tempdir()
            .map_err(|_| Failure::new(Turn::Machine, "can't make a directory; use --data"))?;
        return start(args, settings, log, &DataDirectory::chosen(Some(thrown_away.path())));
    }
    start(args, settings, log, &DataDirectory::chosen(given.as_deref()))
}

/// Before any key is read.
fn forbid_core_dumps() {
    if !offshift_relay::quiet::forbid_core_dumps() {
        tracing::warn!("the system does not let the relay forbid core dumps; forbid them for all");
    }
}

fn start(args: &Serve, settings: Settings, log: Log, data: &DataDirectory) -> Result<(), Failure> {
    let socket = service::socket()?;
    let store = Arc::new(data.open_store(settings.keep)?);
    threads::runtime()?.block_on(run(args, settings, log, data, store, socket))
}

async fn run(
    args: &Serve,
    settings: Settings,
    log: Log,
    data: &DataDirectory,
    store: Arc<EmbeddedStore>,
    socket: Option<UdpSocket>,
) -> Result<(), Failure> {
    // Before the link is shown: whoever reads it may stop us at once.
    let mut signals = Signals::new()?;
    let running = Arc::new(listen(&settings, socket, &store).await?);
    drop(store);
    running.office().ready().await?;
    let link = public::link(settings.relay.public.as_deref(), running.address(), *running.relay())?;
    data.write_link(&link)?;
    let (reloading, mut asked_to_reload) = mpsc::channel(1);
    let desk = Desk::of(running.clone(), link.clone(), settings.access, reloading);
    let admin = admin::listen(&data.admin_socket(&settings), Arc::new(desk))?;
    if let Some(path) = &args.ready_file {
        write_ready(path, &link)?;
    }
    let metrics = metrics::start(&settings.metrics, &running).await?;
    let watchdog = watched(args, &settings, &running);
    show(&greeting(&link, data.path(), &settings, args.flags.dev));
    warn_of_small_buffers(running.granted());
    let reload = Reload::new(args.flags.clone(), settings, log);
    service::ready();
    loop {
        tokio::select! {
            asked = signals.next() => match asked {
                Some(Asked::Reload) => drop(reload.now(&running)),
                Some(Asked::Stop) | None => break,
            },
            Some(answer) = asked_to_reload.recv() => {
                let _ = answer.send(reload.now(&running).map_err(|failure| failure.to_string()));
            }
        }
    }
    service::stopping();
    admin.stop().await;
    if let Some(watchdog) = watchdog {
        watchdog.stop().await;
    }
    if let Some(metrics) = metrics {
        metrics.stop().await;
    }
    stop(running, signals).await
}

/// Bounded; a second signal ends it at once.
async fn stop(running: Arc<Running<EmbeddedStore>>, mut signals: Signals) -> Result<(), Failure> {
    let running = Arc::into_inner(running)
        .ok_or_else(|| Failure::new(Turn::Ours, "somebody still holds the relay; report it"))?;
    let cut_short = || {
        Failure::new(
            Turn::Machine,
            "ended before everything was closed; look at the log, then start it again",
        )
    };
    tokio::select! {
        closed = timeout(STOP_MAX, running.shutdown()) => Ok(closed.map_err(|_| cut_short())??),
        () = signals.stop() => Err(cut_short()),
    }
}

/// Whoever tries out needs no check, unless a manager waits for it.
fn watched(
    args: &Serve,
    settings: &Settings,
    running: &Arc<Running<EmbeddedStore>>,
) -> Option<Watchdog> {
    if args.flags.dev && sd_notify::watchdog_enabled().is_none() {
        return None;
    }
    let link = public::own_link(running.address(), *running.relay())?;
    Some(Watchdog::start(running.clone(), link, settings.access))
}

/// Listens on the socket that was handed over, or at the first address that works.
async fn listen(
    settings: &Settings,
    socket: Option<UdpSocket>,
    store: &Arc<EmbeddedStore>,
) -> Result<Running<EmbeddedStore>, Failure> {
    if let Some(socket) = socket {
        let identity = identities::serving(&**store).await?;
        let config = config(settings, settings.relay.listen);
        return Ok(Relay::start_on(socket, &config, identity, store.clone())?);
    }
    let mut why = Failure::new(Turn::Ours, "no address to listen on; report it");
    for address in wanted(settings.relay.listen) {
        let identity = identities::serving(&**store).await?;
        match Relay::start(&config(settings, address), identity, store.clone()) {
            Ok(running) => return Ok(running),
            Err(error @ ListenError::Refused) => why = error.into(),
            Err(error) => return Err(error.into()),
        }
    }
    Err(why)
}

/// As the relay wants to be told.
pub(super) fn config(settings: &Settings, listen: SocketAddr) -> Config {
    Config {
        life_max: settings.keep.max_life,
        limits: settings.limits,
        access: settings.access,
        contact: settings.relay.contact.clone(),
        ..Config::new(listen)
    }
}

/// Where to listen, in order of preference. Some machines have no IPv6.
fn wanted(listen: SocketAddr) -> Vec<SocketAddr> {
    let mut addresses = vec![listen];
    if listen.is_ipv6() && listen.ip().is_unspecified() {
        addresses.push((Ipv4Addr::UNSPECIFIED, listen.port()).into());
    }
    addresses
}

fn write_ready(path: &Path, link: &RelayLink) -> Result<(), Failure> {
    write_whole(path, &format!("{link}\n")).map_err(|error| {
        Failure::new(Turn::Yours, format!("can't write the ready file ({})", error.kind()))
    })
}

/// The first line is for scripts, too.
fn greeting(link: &RelayLink, data: &Path, settings: &Settings, dev: bool) -> String {
    let mut text = format!(
        "link: {link}\n\n\
         The relay is running. It passes messages and cannot read them.\n"
    );
    text.push_str(match settings.access {
        Access::Open => {
            "Whoever has the link may use it. Give it to the people who will:\n\
             \x20   offshift relay add LINK\n"
        }
        Access::Tickets => {
            "Only people with a ticket may use it. Make one for an organizer:\n\
             \x20   offshift-relay ticket new\n"
        }
    });
    if dev {
        text.push_str("Only this machine can reach it (--dev).\n");
    } else if settings.relay.public.is_none() {
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

/// What a signal asks for while the relay runs.
enum Asked {
    Reload,
    Stop,
}

/// SIGTERM and SIGINT, SIGHUP.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    fn new() -> Result<Self, Failure> {
        let on = |kind| {
            signal(kind).map_err(|_| Failure::new(Turn::Machine, "this machine takes no signals"))
        };
        Ok(Self {
            terminate: on(SignalKind::terminate())?,
            interrupt: on(SignalKind::interrupt())?,
            hang_up: on(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Option<Asked> {
        tokio::select! {
            _ = self.terminate.recv() => Some(Asked::Stop),
            _ = self.interrupt.recv() => Some(Asked::Stop),
            heard = self.hang_up.recv() => heard.map(|()| Asked::Reload),
        }
    }

    async fn stop(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
