//! `offshift daemon`: an engine that runs for all who ask it

use std::{sync::Arc, time::Duration};

use offshift_client::{ClientError, VaultError};
use serde_json::{Value, json};
use tokio::{
    process::Command,
    signal::unix::{Signal, SignalKind, signal},
    time::{sleep, timeout},
};

use crate::{
    cli::{Cli, Daemon, Engine},
    engine::{
        NOTIFY_PAUSE,
        host::Host,
        remote::Remote,
        socket::{NoSocket, Socket},
        wire::{Params, RpcError},
    },
    failure::Failure,
    page, profile,
    screen::Screen,
    secret,
    words::say,
};

/// How long who asked last may take to read their answers.
const GOODBYE: Duration = Duration::from_secs(2);

/// An engine that is ready to serve.
pub(super) struct Ready {
    pub(super) host: Arc<Host>,
    socket: Socket,
    notify: bool,
    ends: Ends,
}

/// `offshift daemon`
pub(crate) async fn run(cli: &Cli, screen: &Screen, what: &Daemon) -> Result<(), Failure> {
    if what.stop {
        return stop(cli, screen).await;
    }
    let ready = ready(cli, &what.engine).await?;
    screen.object(&json!({ "event": "running" }));
    screen.say(&say!("engine-runs"));
    if what.engine.locked {
        screen.say(&say!("engine-begins-locked"));
    }
    ready.serve().await?;
    screen.object(&json!({ "event": "stopped" }));
    Ok(())
}

/// Opens the profile, or not, and listens. Nobody is served before the profile is open: a command that comes
/// meanwhile waits, and is not told that it is locked.
pub(super) async fn ready(cli: &Cli, engine: &Engine) -> Result<Ready, Failure> {
    let directory = profile::directory(&cli.profile)?;
    if !directory.join("vault").is_file() {
        return Err(ClientError::Vault(VaultError::Missing).into());
    }
    // Nobody types a passphrase for nothing, and nobody waits at a socket for somebody who types.
    if Remote::find(&directory, false).await?.is_some() {
        return Err(refused(NoSocket::Taken));
    }
    let passphrase = if engine.locked { None } else { Some(secret::existing(cli)?) };
    let ends = Ends::heard()?;
    let socket = Socket::bind(&directory).map_err(refused)?;
    let idle = engine.lock_after;
    let host = Host::new(directory, Some(idle).filter(|idle| !idle.is_zero()));
    page::offer(&host);
    if let Some(passphrase) = passphrase {
        host.unlock(passphrase).await?;
    }
    Ok(Ready { host, socket, notify: engine.notify, ends })
}

fn refused(why: NoSocket) -> Failure {
    match why {
        NoSocket::Taken => Failure::fixable(say!("engine-taken"), say!("engine-taken-next")),
        NoSocket::TooLong => {
            Failure::fixable(say!("engine-path-long"), say!("engine-path-long-next"))
        }
        NoSocket::System => {
            Failure::outside(say!("engine-no-socket"), say!("engine-no-socket-next"))
        }
    }
}

/// The system's words to end. They are heard from before anybody is told that the engine runs.
struct Ends {
    interrupt: Signal,
    terminate: Signal,
}

impl Ends {
    fn heard() -> Result<Self, Failure> {
        let hear = |kind| {
            let failed =
                |_| Failure::outside(say!("engine-no-signals"), say!("engine-no-signals-next"));
            signal(kind).map_err(failed)
        };
        let (interrupt, terminate) = (SignalKind::interrupt(), SignalKind::terminate());
        Ok(Self { interrupt: hear(interrupt)?, terminate: hear(terminate)? })
    }
}

impl Ready {
    /// Serves until Ctrl-C, until the program is asked to end, or until somebody stops the engine (OS-RPC-014).
    pub(super) async fn serve(self) -> Result<(), Failure> {
        let Self { host, socket, notify, mut ends } = self;
        let served = tokio::spawn(socket.serve(Arc::clone(&host)));
        if notify {
            tokio::spawn(tell(Arc::clone(&host)));
        }
        tokio::select! {
            () = host.stopped() => {}
            _ = ends.interrupt.recv() => {}
            _ = ends.terminate.recv() => {}
        }
        host.stop().await;
        // Who does not read their answers has had the time to.
        let _ = timeout(GOODBYE, served).await;
        Ok(())
    }
}

/// Says that there are messages, and nothing of them: others may look at the screen (OS-RPC-015, PT-64).
async fn tell(host: Arc<Host>) {
    let mut events = host.subscribe();
    while let Some(event) = events.next().await {
        let is_from_others = event.get("event") == Some(&json!("message"))
            && event.get("own") == Some(&json!(false));
        if is_from_others {
            // Where it is missing, or there is no screen, nobody is told.
            let mut told = Command::new("notify-send");
            told.args(["Offshift", &say!("engine-notify")]).env_remove(secret::VARIABLE);
            let _ = told.status().await;
            sleep(NOTIFY_PAUSE).await;
        }
    }
}

async fn stop(cli: &Cli, screen: &Screen) -> Result<(), Failure> {
    end(cli).await?;
    screen.tell(&say!("engine-ended"), &json!({ "event": "stopped" }));
    Ok(())
}

/// Ends the engine that runs.
pub(super) async fn end(cli: &Cli) -> Result<(), Failure> {
    asked(cli, "shutdown", Params::new()).await.map(|_| ())
}

/// Asks the running engine.
async fn asked(cli: &Cli, verb: &str, params: Params) -> Result<Value, Failure> {
    let remote =
        Remote::find(&profile::directory(&cli.profile)?, false).await.map_err(Failure::from)?;
    let remote =
        remote.ok_or_else(|| Failure::fixable(say!("engine-none"), say!("engine-none-next")))?;
    remote.call(verb, params).await.map_err(failed)
}

pub(super) fn failed(error: RpcError) -> Failure {
    if error.is("locked") { Failure::locked() } else { error.into() }
}

/// `offshift lock`
pub(crate) async fn lock(cli: &Cli, screen: &Screen) -> Result<(), Failure> {
    asked(cli, "lock", Params::new()).await?;
    screen.tell(&say!("engine-locked"), &json!({ "event": "locked" }));
    Ok(())
}

/// `offshift unlock`
pub(crate) async fn unlock(cli: &Cli, screen: &Screen) -> Result<(), Failure> {
    // Before anybody types a passphrase for nothing.
    let status = asked(cli, "status", Params::new()).await?;
    if status.get("state") == Some(&json!("open")) {
        screen.tell(&say!("engine-status-open"), &json!({ "event": "unlocked" }));
        return Ok(());
    }
    let mut params = Params::new();
    params.give("passphrase", secret::typed(cli)?).map_err(failed)?;
    asked(cli, "unlock", params).await?;
    screen.tell(&say!("engine-unlocked"), &json!({ "event": "unlocked" }));
    Ok(())
}

/// `offshift status`
pub(crate) async fn status(cli: &Cli, screen: &Screen) -> Result<(), Failure> {
    let directory = profile::directory(&cli.profile)?;
    if !directory.join("vault").is_file() {
        return Err(ClientError::Vault(VaultError::Missing).into());
    }
    let Some(remote) = Remote::find(&directory, false).await.map_err(Failure::from)? else {
        screen.tell(&say!("engine-status-none"), &json!({ "event": "status", "engine": "none" }));
        return Ok(());
    };
    let status = remote.call("status", Params::new()).await.map_err(failed)?;
    let state = status.get("state").and_then(Value::as_str).unwrap_or("locked");
    screen.say(&match state {
        "open" => say!("engine-status-open"),
        _ => say!("engine-status-locked"),
    });
    let minutes = status.get("lock_after_ms").and_then(Value::as_u64).map(|ms| ms.div_ceil(60_000));
    screen.say(&match minutes {
        Some(minutes) => say!("engine-status-idle", minutes = minutes),
        None => say!("engine-status-never"),
    });
    screen.object(&json!({
        "event": "status", "engine": state, "lock_after_ms": status.get("lock_after_ms"), "page": status.get("page"),
    }));
    Ok(())
}
