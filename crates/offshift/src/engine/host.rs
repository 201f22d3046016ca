//! The engine of a profile, for many who ask at once: open, or locked until somebody knows the passphrase.
//!
//! ```text
//! call("send", {..}) --> Host: Locked          -> error "locked"
//!                              Open(Client)    -> verbs::call -> answer
//! unlock{passphrase}: Locked -> Open      lock, or nobody there for long: Open -> Locked, keys wiped
//! subscribe() --> Subscription: what happens, and `locked`, `unlocked`
//! ```

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, SystemTime},
};

use offshift_client::{Client, Event, Events, Passphrase};
use serde_json::{Value, json};
use tokio::{
    sync::{self, watch},
    time::{Instant, sleep},
};
use zeroize::Zeroizing;

use super::{
    limits::IDLE_LOOK,
    news::{Lent, News},
    verbs,
    wire::{PROTOCOL, Params, RpcError},
};

/// Makes a fresh address of the page.
type OpenPage = Box<dyn Fn() -> Option<Zeroizing<String>> + Send + Sync>;

#[derive(Clone)]
enum Phase {
    Locked,
    Open(Arc<Client>),
    Stopped,
}

/// The engine of one profile.
pub(crate) struct Host {
    directory: PathBuf,
    /// Nothing: it stays open until somebody locks it.
    idle: Option<Duration>,
    phase: watch::Sender<Phase>,
    /// One locks or unlocks at a time.
    turning: sync::Mutex<()>,
    touched: Mutex<Touched>,
    page: OnceLock<OpenPage>,
    news: News,
}

/// When a person was there last, by two clocks: the first stands still while the device sleeps, the second can be set.
#[derive(Clone, Copy)]
struct Touched {
    at: Instant,
    wall: SystemTime,
}

impl Touched {
    fn now() -> Self {
        Self { at: Instant::now(), wall: SystemTime::now() }
    }

    fn ago(self) -> Duration {
        self.at.elapsed().max(self.wall.elapsed().unwrap_or_default())
    }
}

impl Host {
    /// The engine of the profile in `directory`, locked; it locks itself again after `idle` without a person's call.
    pub(crate) fn new(directory: PathBuf, idle: Option<Duration>) -> Arc<Self> {
        let host = Arc::new(Self {
            directory,
            idle,
            phase: watch::Sender::new(Phase::Locked),
            turning: sync::Mutex::new(()),
            touched: Mutex::new(Touched::now()),
            page: OnceLock::new(),
            news: News::default(),
        });
        tokio::spawn(lock_when_left(Arc::downgrade(&host), host.phase.subscribe()));
        host
    }

    /// Where its profile is.
    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    /// What `open_page` answers with.
    #[allow(dead_code, reason = "for who shows a page")]
    pub(crate) fn set_page(
        &self,
        open: impl Fn() -> Option<Zeroizing<String>> + Send + Sync + 'static,
    ) {
        // One page at most: `offshift open` sets it once, at its start.
        let _ = self.page.set(Box::new(open));
    }

    /// Does what somebody asks for, a person most likely.
    pub(crate) async fn call(&self, method: &str, params: Value) -> Result<Value, RpcError> {
        if !matches!(method, "hello" | "status" | "lock" | "shutdown") {
            self.touch();
        }
        self.call_unattended(method, params).await
    }

    /// The same, where a program asks of its own accord: the engine locks as if nobody had asked (OS-RPC-011).
    pub(crate) async fn call_unattended(
        &self,
        method: &str,
        params: Value,
    ) -> Result<Value, RpcError> {
        let mut params = Params::of(params)?;
        match method {
            "hello" | "status" => params.end().map(|()| self.status()),
            "lock" => {
                params.end()?;
                self.lock().await;
                Ok(Value::Null)
            }
            // Nothing but that a person is there: `call` has noted it (OS-RPC-017).
            "here" => {
                params.end()?;
                self.client().await.map(|_| Value::Null)
            }
            "unlock" => {
                let passphrase: Zeroizing<String> = params.take("passphrase")?;
                params.end()?;
                self.unlock(Passphrase::new(passphrase)).await?;
                Ok(Value::Null)
            }
            "shutdown" => {
                params.end()?;
                self.stop().await;
                Ok(Value::Null)
            }
            "open_page" => {
                params.end()?;
                let link = self.page.get().and_then(|open| open()).ok_or_else(RpcError::no_page)?;
                Ok(json!({ "url": *link }))
            }
            verb => self.ask(verb, params).await,
        }
    }

    async fn ask(&self, verb: &str, params: Params) -> Result<Value, RpcError> {
        let client = self.client().await?;
        let done = Box::pin(verbs::call(&client, verb, params)).await;
        // It was locked meanwhile: whoever asked must hear that, and not that something is closed.
        done.map_err(|error| if error.is("closed") { RpcError::locked() } else { error })
    }

    /// The open profile.
    #[expect(
        clippy::unused_async,
        reason = "a lock that is awaited may stand here; callers need not change"
    )]
    pub(crate) async fn client(&self) -> Result<Arc<Client>, RpcError> {
        match &*self.phase.borrow() {
            Phase::Open(client) => Ok(Arc::clone(client)),
            Phase::Locked | Phase::Stopped => Err(RpcError::locked()),
        }
    }

    /// Opens the profile. While it is open already nobody looks at the passphrase: that it was right, nobody is told
    /// (OS-RPC-009).
    pub(crate) async fn unlock(&self, passphrase: Passphrase) -> Result<(), RpcError> {
        let _turn = self.turning.lock().await;
        match &*self.phase.borrow() {
            Phase::Locked => {}
            Phase::Open(_) => return Err(RpcError::already_open()),
            Phase::Stopped => return Err(RpcError::locked()),
        }
        let client = Arc::new(Client::open(&self.directory, passphrase).await?);
        self.touch();
        self.turn_from_locked(client).await;
        Ok(())
    }

    /// Unless the engine was stopped meanwhile: then what was opened is closed again.
    async fn turn_from_locked(&self, client: Arc<Client>) {
        let open = Arc::clone(&client);
        let turned = self.phase.send_if_modified(|phase| {
            let is_locked = matches!(phase, Phase::Locked);
            if is_locked {
                self.news.open(&open);
                *phase = Phase::Open(open);
            }
            is_locked
        });
        if !turned {
            client.close().await;
        }
    }

    /// Closes the profile; its keys are wiped when this returns. Who asks from now on hears that it is locked
    /// (OS-RPC-009).
    pub(crate) async fn lock(&self) {
        let _turn = self.turning.lock().await;
        let open = match &*self.phase.borrow() {
            Phase::Open(client) => Arc::clone(client),
            Phase::Locked | Phase::Stopped => return,
        };
        self.phase.send_replace(Phase::Locked);
        self.news.forget();
        open.close().await;
    }

    /// Closes the profile for good.
    pub(crate) async fn stop(&self) {
        let _turn = self.turning.lock().await;
        if let Phase::Open(client) = self.phase.send_replace(Phase::Stopped) {
            client.close().await;
        }
    }

    /// Waits until somebody wants the engine to end.
    pub(crate) async fn stopped(&self) {
        let mut phase = self.phase.subscribe();
        // An error would mean that this host is gone, and it is here.
        let _ = phase.wait_for(|phase| matches!(phase, Phase::Stopped)).await;
    }

    /// Waits, once it is stopped, until its profile is closed, too.
    pub(crate) async fn closed(&self) {
        self.stopped().await;
        let _turn = self.turning.lock().await;
    }

    /// Waits until this profile is not the open one any more: it was locked, though it may be open again by now.
    pub(crate) fn shut(&self, client: &Arc<Client>) -> impl Future<Output = ()> + Send + use<> {
        let (mut phase, client) = (self.phase.subscribe(), Arc::downgrade(client));
        async move {
            let is_other = |phase: &Phase| match phase {
                Phase::Open(open) => !std::ptr::eq(Arc::as_ptr(open), client.as_ptr()),
                Phase::Locked | Phase::Stopped => true,
            };
            let _ = phase.wait_for(is_other).await;
        }
    }

    /// What happens from now on.
    pub(crate) fn subscribe(&self) -> Subscription {
        let mut phase = self.phase.subscribe();
        let events = heard(&phase.borrow_and_update());
        Subscription { phase, events }
    }

    /// The same, and first what others did while nobody listened. One at a time has that.
    pub(crate) fn subscribe_with_news(&self) -> Subscription {
        let subscription = self.subscribe();
        match self.news.lend() {
            Some(news) => Subscription { events: Some(Heard::News(news)), ..subscription },
            None => subscription,
        }
    }

    fn status(&self) -> Value {
        let is_open = matches!(*self.phase.borrow(), Phase::Open(_));
        json!({
            "protocol": PROTOCOL,
            "program": env!("CARGO_PKG_VERSION"),
            "state": if is_open { "open" } else { "locked" },
            "lock_after_ms": self.idle.map(|idle| u64::try_from(idle.as_millis()).unwrap_or(u64::MAX)),
            "page": self.page.get().is_some(),
        })
    }

    /// A person is there.
    fn touch(&self) {
        *self.touched.lock().unwrap_or_else(PoisonError::into_inner) = Touched::now();
    }

    /// Whether nobody was there for long.
    fn is_left(&self) -> bool {
        let touched = *self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        self.idle.is_some_and(|idle| touched.ago() >= idle)
    }
}

/// Locks an engine that nobody uses (OS-RPC-010), and one whose profile ended by itself, for instance when the disk
/// refused: a person sees why when they unlock it.
async fn lock_when_left(host: std::sync::Weak<Host>, mut phase: watch::Receiver<Phase>) {
    loop {
        let ended = events(&phase.borrow_and_update());
        let Some(look) = host
            .upgrade()
            .map(|host| host.idle.map_or(IDLE_LOOK, |idle| (idle / 4).min(IDLE_LOOK)))
        else {
            return;
        };
        tokio::select! {
            changed = phase.changed() => if changed.is_err() { return },
            () = sleep(look) => {}
            () = end(ended) => {
                let Some(host) = host.upgrade() else { return };
                host.lock().await;
            }
        }
        let Some(host) = host.upgrade() else { return };
        host.news.collect();
        if host.is_left() {
            host.lock().await;
        }
    }
}

async fn end(events: Option<Events>) {
    match events {
        Some(mut events) => while events.next().await.is_some() {},
        None => std::future::pending().await,
    }
}

fn events(phase: &Phase) -> Option<Events> {
    match phase {
        Phase::Open(client) => Some(client.events()),
        Phase::Locked | Phase::Stopped => None,
    }
}

fn heard(phase: &Phase) -> Option<Heard> {
    events(phase).map(Heard::Plain)
}

/// Events, or those of the listener that misses nothing.
enum Heard {
    Plain(Events),
    News(Lent),
}

impl Heard {
    async fn next(&mut self) -> Option<Event> {
        match self {
            Self::Plain(events) => events.next().await,
            Self::News(news) => news.next().await,
        }
    }

    fn already_here(&mut self) -> Option<Event> {
        match self {
            Self::Plain(events) => events.already_here(),
            Self::News(news) => news.already_here(),
        }
    }
}

/// What happens in a profile, as JSON, over all the times that it is locked and unlocked. After `unlocked` its reader
/// looks at everything again: what happened before that, it has not heard of (OS-RPC-012).
pub(crate) struct Subscription {
    phase: watch::Receiver<Phase>,
    events: Option<Heard>,
}

impl Subscription {
    /// Waits for the next event; nothing after the end. Cancel-safe.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            tokio::select! {
                biased;
                changed = self.phase.changed() => {
                    changed.ok()?;
                    let phase = self.phase.borrow_and_update();
                    self.events = heard(&phase);
                    return match &*phase {
                        Phase::Open(_) => Some(json!({ "event": "unlocked" })),
                        Phase::Locked => Some(json!({ "event": "locked" })),
                        Phase::Stopped => None,
                    };
                }
                event = next(&mut self.events) => match event {
                    Some(event) => return serde_json::to_value(event).ok(),
                    // Somebody locks it just now; the phase tells.
                    None => self.events = None,
                },
            }
        }
    }

    /// The next event, if it is here already.
    pub(crate) fn already_here(&mut self) -> Option<Value> {
        serde_json::to_value(self.events.as_mut()?.already_here()?).ok()
    }
}

async fn next(events: &mut Option<Heard>) -> Option<Event> {
    match events {
        Some(events) => events.next().await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::timeout;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);
    const HOUR: Duration = Duration::from_secs(3600);

    fn passphrase() -> Passphrase {
        Passphrase::new("four plain words here".to_owned().into())
    }

    async fn host(home: &tempfile::TempDir, idle: Option<Duration>) -> Arc<Host> {
        let directory = home.path().join("p");
        Client::create(&directory, "ana", passphrase()).await.unwrap().close().await;
        Host::new(directory, idle)
    }

    /// As if nobody had been there for so long.
    fn leave(host: &Host, ago: Duration) {
        *host.touched.lock().unwrap() =
            Touched { at: Instant::now(), wall: SystemTime::now() - ago };
    }

    async fn hears(subscription: &mut Subscription, event: &str) {
        let wait = async {
            while subscription.next().await.expect("it goes on") != json!({ "event": event }) {}
        };
        timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("{event} does not come"));
    }

    #[tokio::test]
    async fn os_rpc_010_an_engine_that_is_left_alone_locks() {
        let home = tempfile::tempdir().unwrap();
        let host = host(&home, Some(Duration::from_millis(20))).await;
        let mut subscription = host.subscribe();
        host.unlock(passphrase()).await.unwrap();
        hears(&mut subscription, "locked").await;
        assert!(host.call("handle", Value::Null).await.unwrap_err().is("locked"));
        host.unlock(passphrase()).await.unwrap();
    }

    #[tokio::test]
    async fn os_rpc_011_only_what_a_person_asks_puts_off_the_lock() {
        let home = tempfile::tempdir().unwrap();
        let host = host(&home, Some(HOUR)).await;
        for quiet in ["hello", "status"] {
            leave(&host, HOUR);
            host.call(quiet, Value::Null).await.unwrap();
            assert!(host.is_left(), "{quiet}");
        }
        // It is locked, so both are refused; who asked was there all the same, or was not.
        let _ = host.call_unattended("handle", Value::Null).await;
        assert!(host.is_left());
        let _ = host.call("handle", Value::Null).await;
        assert!(!host.is_left());
        leave(&host, HOUR);
        host.unlock(passphrase()).await.unwrap();
        assert!(!host.is_left());
    }

    #[tokio::test]
    async fn os_rpc_017_a_person_who_is_here_puts_off_the_lock_and_a_program_does_not() {
        let home = tempfile::tempdir().unwrap();
        let host = host(&home, Some(HOUR)).await;
        assert!(host.call("here", Value::Null).await.unwrap_err().is("locked"));
        host.unlock(passphrase()).await.unwrap();
        leave(&host, HOUR);
        host.call_unattended("here", Value::Null).await.unwrap();
        assert!(host.is_left(), "the twin");
        assert_eq!(host.call("here", Value::Null).await.unwrap(), Value::Null);
        assert!(!host.is_left());
    }

    #[tokio::test]
    async fn os_rpc_009_a_passphrase_that_nobody_looked_at_is_not_called_right() {
        let home = tempfile::tempdir().unwrap();
        let host = host(&home, None).await;
        let unlock = |words: &str| {
            let (host, params) = (Arc::clone(&host), json!({ "passphrase": words }));
            async move { host.call("unlock", params).await }
        };
        let refused = unlock("some other words here").await.unwrap_err();
        assert!(refused.is("vault_wrong_passphrase"));
        unlock("four plain words here").await.unwrap();
        for words in ["some other words here", "four plain words here"] {
            assert!(unlock(words).await.unwrap_err().is("already_open"));
        }
        assert_eq!(host.call("handle", Value::Null).await.unwrap(), "ana", "it stays open");
    }

    #[tokio::test]
    async fn what_hangs_on_an_open_profile_ends_when_it_is_locked_though_it_opens_again() {
        let home = tempfile::tempdir().unwrap();
        let host = host(&home, None).await;
        host.unlock(passphrase()).await.unwrap();
        let shut = host.shut(&host.client().await.unwrap());
        tokio::pin!(shut);
        assert!(timeout(Duration::ZERO, &mut shut).await.is_err(), "the twin: it is open");
        host.lock().await;
        host.unlock(passphrase()).await.unwrap();
        timeout(PATIENCE, shut).await.unwrap();
        let again = host.shut(&host.client().await.unwrap());
        assert!(timeout(Duration::ZERO, again).await.is_err());
    }

    #[tokio::test]
    async fn os_rpc_014_a_stopped_engine_is_closed_when_it_says_so() {
        let home = tempfile::tempdir().unwrap();
        let host = host(&home, None).await;
        host.unlock(passphrase()).await.unwrap();
        let stops = Arc::clone(&host);
        let stops = tokio::spawn(async move { stops.stop().await });
        timeout(PATIENCE, host.closed()).await.unwrap();
        Client::open(&home.path().join("p"), passphrase()).await.unwrap().close().await;
        stops.await.unwrap();
    }

    #[tokio::test]
    async fn an_engine_for_bots_never_locks_and_a_stopped_one_never_opens() {
        let home = tempfile::tempdir().unwrap();
        let host = host(&home, None).await;
        leave(&host, 1000 * HOUR);
        assert!(!host.is_left());
        let mut subscription = host.subscribe();
        host.stop().await;
        timeout(PATIENCE, host.stopped()).await.unwrap();
        assert_eq!(subscription.next().await, None);
        assert!(host.unlock(passphrase()).await.unwrap_err().is("locked"));
        assert!(host.call("handle", Value::Null).await.unwrap_err().is("locked"));
        assert!(host.call("open_page", Value::Null).await.unwrap_err().is("no_page"));
        host.set_page(|| Some("http://127.0.0.1:1/#x".to_owned().into()));
        let url = host.call("open_page", Value::Null).await.unwrap();
        assert_eq!(url, json!({ "url": "http://127.0.0.1:1/#x" }));
    }
}
