//! An engine in another process, asked over its socket.
//!
//! ```text
//! ask("send", {..}) --> queue --> writer --> socket
//! socket --> reader --> the answer to whoever asked | an event to all who listen     in the order in which they came
//! ```

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use offshift_client::{
    ClientError, Event,
    json::{Json, Portable},
};
use serde_json::{Value, json};
use tokio::{
    io::AsyncWriteExt,
    net::{
        UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{broadcast, mpsc, oneshot},
    task::JoinSet,
    time::timeout,
};
use zeroize::Zeroizing;

use super::{
    limits::{ANSWER_BYTES_MAX, CALLS_MAX, EVENTS_MAX, HELLO},
    line::Lines,
    place, socket,
    wire::{PROTOCOL, Params, RpcError},
};

type Outcome = Result<Value, RpcError>;

/// Who waits for which answer.
type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Outcome>>>>;

/// An engine that runs elsewhere on this device.
pub(crate) struct Remote {
    lines: mpsc::Sender<Zeroizing<String>>,
    waiting: Waiting,
    events: broadcast::WeakSender<Event>,
    /// What came before anybody listened is for the first who does.
    first: Mutex<Option<broadcast::Receiver<Event>>>,
    last: AtomicU64,
    _tasks: JoinSet<()>,
}

/// Why a running engine can't be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It says nothing.
    Silent,
    /// It is not of this user.
    Foreign,
    /// It speaks another version.
    OtherVersion,
}

/// Why an engine did not say hello.
enum NoGreeting {
    /// It closed the connection.
    Gone,
    Unusable(Unusable),
}

impl From<RpcError> for NoGreeting {
    fn from(error: RpcError) -> Self {
        if error.is("closed") { Self::Gone } else { Self::Unusable(Unusable::Silent) }
    }
}

impl Remote {
    /// The running engine of the profile in `directory`, if there is one. With `news`, its first listener hears what
    /// others did before.
    pub(crate) async fn find(directory: &Path, news: bool) -> Result<Option<Self>, Unusable> {
        let Some(path) = place::socket(directory) else { return Ok(None) };
        // No socket, or one that a killed engine left: nobody is there.
        let Ok(stream) = UnixStream::connect(path).await else { return Ok(None) };
        let peer = stream.peer_cred().map_err(|_| Unusable::Foreign)?;
        if !socket::may_ask(peer.uid(), rustix::process::geteuid().as_raw()) {
            return Err(Unusable::Foreign);
        }
        let remote = Self::over(stream);
        match timeout(HELLO, remote.greet(news)).await.map_err(|_| Unusable::Silent)? {
            Ok(()) => Ok(Some(remote)),
            // It was about to end when this program came: its profile is closed by now (OS-RPC-014).
            Err(NoGreeting::Gone) => Ok(None),
            Err(NoGreeting::Unusable(why)) => Err(why),
        }
    }

    fn over(stream: UnixStream) -> Self {
        let (from, to) = stream.into_split();
        let (lines, queue) = mpsc::channel(CALLS_MAX);
        let (events, first) = broadcast::channel(EVENTS_MAX);
        let waiting = Waiting::default();
        let mut tasks = JoinSet::new();
        tasks.spawn(write(to, queue));
        let weak = events.downgrade();
        tasks.spawn(read(from, Arc::clone(&waiting), events));
        let first = Mutex::new(Some(first));
        Self { lines, waiting, events: weak, first, last: AtomicU64::new(0), _tasks: tasks }
    }

    async fn greet(&self, news: bool) -> Result<(), NoGreeting> {
        let hello = self.call("hello", Params::new()).await?;
        if hello.get("protocol") != Some(&json!(PROTOCOL)) {
            return Err(NoGreeting::Unusable(Unusable::OtherVersion));
        }
        let mut params = Params::new();
        params.give("news", news)?;
        self.call("subscribe", params).await?;
        Ok(())
    }

    /// Whether somebody must unlock it first.
    pub(crate) async fn is_locked(&self) -> bool {
        let status = self.call("status", Params::new()).await;
        status.is_ok_and(|status| status.get("state") == Some(&json!("locked")))
    }

    /// Asks for one verb.
    pub(super) async fn ask<T: Portable>(
        &self,
        verb: &'static str,
        params: Params,
    ) -> Result<T, ClientError> {
        let answer = self.call(verb, params).await?;
        let json: Json<T> = serde_json::from_value(answer)
            .map_err(|_| ClientError::Bug("an answer of the running engine"))?;
        Ok(json.0)
    }

    /// Asks, and gives the answer as it came.
    pub(crate) async fn call(&self, verb: &str, params: Params) -> Outcome {
        let id = self.last.fetch_add(1, Ordering::Relaxed);
        let (reply, answer) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(id, reply);
        let request =
            json!({ "jsonrpc": "2.0", "id": id, "method": verb, "params": params.into_value() });
        let mut line = Zeroizing::new(request.to_string());
        line.push('\n');
        // The engine is gone when nobody writes or reads: whoever waits hears that in place of an answer.
        let gone = || RpcError::from(ClientError::Closed);
        self.lines.send(line).await.map_err(|_| gone())?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }

    /// What happens from now on.
    pub(super) fn events(&self) -> broadcast::Receiver<Event> {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        match self.events.upgrade() {
            Some(events) => first.unwrap_or_else(|| events.subscribe()),
            None => broadcast::channel(1).1,
        }
    }
}

async fn write(mut to: OwnedWriteHalf, mut queue: mpsc::Receiver<Zeroizing<String>>) {
    while let Some(line) = queue.recv().await {
        if to.write_all(line.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Ends with the connection: who waits hears it. Who listens hears it too, and when the profile is locked.
async fn read(from: OwnedReadHalf, waiting: Waiting, events: broadcast::Sender<Event>) {
    let mut lines = Lines::new(from, ANSWER_BYTES_MAX);
    let mut events = Some(events);
    while let Ok(line) = lines.next().await {
        let Ok(mut object) = serde_json::from_slice::<Value>(&line) else { break };
        if let Some(event) = object.get_mut("params").map(Value::take) {
            if event.get("event") == Some(&json!("locked")) {
                events = None;
            }
            // What a newer engine tells besides is not for this program, and nobody need listen.
            if let (Some(events), Ok(event)) = (&events, serde_json::from_value::<Event>(event)) {
                let _ = events.send(event);
            }
            continue;
        }
        settle(&waiting, object);
    }
    waiting.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

fn settle(waiting: &Waiting, mut answer: Value) {
    let id = answer.get("id").and_then(Value::as_u64);
    let reply =
        id.and_then(|id| waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&id));
    let Some(reply) = reply else { return };
    let outcome = match answer.get_mut("error").map(Value::take) {
        Some(error) => Err(serde_json::from_value(error).unwrap_or_else(|_| RpcError::defect())),
        None => Ok(answer.get_mut("result").map(Value::take).unwrap_or_default()),
    };
    // Whoever asked may have gone.
    let _ = reply.send(outcome);
}
