//! The unix socket of an engine: JSON-RPC 2.0, one object a line.
//!
//! ```text
//! connection of the same user --- line ---> Request --> Host::call, up to 64 at once, each with its answer when it is done
//!                             <-- answers, and after `subscribe` notifications: first what happened, then the answer
//! ```
//! Whoever may connect can ask for everything: the operating system keeps other users out, by the file's mode and by
//! their number (OS-RPC-005). It does not keep out other programs of the same user.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::Value;
use tokio::{
    io::AsyncWriteExt,
    net::{
        UnixListener, UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinSet,
    time::sleep,
};

use super::{
    host::{Host, Subscription},
    limits::{
        ACCEPT_PAUSE, ANSWER_BYTES_MAX, CALLS_MAX, CONNECTIONS_MAX, EVENTS_MAX, LINE_BYTES_MAX,
    },
    line::{Ended, Lines},
    place::{self, Only},
    wire::{self, Params, Request, RpcError},
};

/// A socket that listens; nobody else does for this profile.
pub(crate) struct Socket {
    path: PathBuf,
    listener: UnixListener,
    _only: Only,
}

/// Why there is no socket.
pub(crate) enum NoSocket {
    /// An engine of this profile runs already.
    Taken,
    /// The profile's path is too long, and the session has no folder of its own.
    TooLong,
    /// The system refused.
    System,
}

impl From<io::Error> for NoSocket {
    fn from(_: io::Error) -> Self {
        Self::System
    }
}

impl Socket {
    /// The socket of the profile in `directory`, which is there.
    pub(crate) fn bind(directory: &Path) -> Result<Self, NoSocket> {
        let only = Only::take(directory)?.ok_or(NoSocket::Taken)?;
        let path = place::socket(directory).ok_or(NoSocket::TooLong)?;
        only.make_room(&path)?;
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        Ok(Self { path, listener, _only: only })
    }

    /// Serves until the host stops, then lets what is under way be answered.
    pub(crate) async fn serve(self, host: Arc<Host>) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                () = host.stopped() => break,
                Some(_) = connections.join_next() => {}
                // The others wait to be accepted (OS-RPC-006).
                accepted = self.listener.accept(), if connections.len() < CONNECTIONS_MAX => match accepted {
                    Ok((stream, _)) if is_same_user(&stream) => {
                        connections.spawn(Connection::new(Arc::clone(&host), stream).serve());
                    }
                    Ok(_) => {}
                    // The process has as many files open as it may: some will be closed.
                    Err(_) => sleep(ACCEPT_PAUSE).await,
                },
            }
        }
        // Who can't connect any more opens the profile itself: before that it must be closed (OS-RPC-014).
        host.closed().await;
        drop(self);
        while connections.join_next().await.is_some() {}
    }
}

impl Drop for Socket {
    /// Also where nobody was served: the passphrase was not right.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether whoever connected runs as the same user as this engine (OS-RPC-005).
fn is_same_user(stream: &UnixStream) -> bool {
    stream.peer_cred().is_ok_and(|peer| may_ask(peer.uid(), rustix::process::geteuid().as_raw()))
}

/// Nobody else, root included: root needs no socket, and a program that runs as root by mistake is refused.
pub(super) const fn may_ask(peer: u32, own: u32) -> bool {
    peer == own
}

/// A call that is done: under which id, and with what.
type Answer = Value;

struct Connection {
    host: Arc<Host>,
    lines: Lines<OwnedReadHalf>,
    to: OwnedWriteHalf,
    calls: JoinSet<Answer>,
    events: Option<Subscription>,
}

/// The other side is gone, or broke a limit.
struct Over;

impl Connection {
    fn new(host: Arc<Host>, stream: UnixStream) -> Self {
        let (from, to) = stream.into_split();
        Self {
            host,
            lines: Lines::new(from, LINE_BYTES_MAX),
            to,
            calls: JoinSet::new(),
            events: None,
        }
    }

    async fn serve(mut self) {
        while self.step().await.is_ok() {}
    }

    async fn step(&mut self) -> Result<(), Over> {
        tokio::select! {
            Some(done) = self.calls.join_next() => match done {
                Ok(answer) => self.answer(&answer).await,
                // A call that ended without an answer: better no connection than one that never answers.
                Err(_) => Err(Over),
            },
            // While this side can't write, it takes no events: the engine's queue for it runs over, and says so (OS-RPC-008).
            event = next(&mut self.events) => self.notify(event).await,
            line = self.lines.next(), if self.calls.len() < CALLS_MAX => self.handle(line).await,
            () = self.host.stopped() => self.end().await,
        }
    }

    async fn handle(
        &mut self,
        line: Result<zeroize::Zeroizing<Vec<u8>>, Ended>,
    ) -> Result<(), Over> {
        match line {
            Ok(line) => match wire::request(&line) {
                Ok(request) => self.begin(request).await,
                Err((id, error)) => self.write(&wire::answer(&id, Err(error))).await,
            },
            Err(Ended::TooLong) => {
                self.write(&wire::answer(&Value::Null, Err(wire::too_long()))).await?;
                Err(Over)
            }
            Err(Ended::Gone) => Err(Over),
        }
    }

    async fn begin(&mut self, request: Request) -> Result<(), Over> {
        if request.method == "subscribe" {
            let done = self.subscribe(request.params);
            // What has happened already comes before the answer.
            return self.answer(&wire::answer(&request.id, done)).await;
        }
        let host = Arc::clone(&self.host);
        self.calls.spawn(async move {
            let Request { id, method, params, is_unattended } = request;
            let params = params.into_value();
            let done = if is_unattended {
                host.call_unattended(&method, params).await
            } else {
                host.call(&method, params).await
            };
            wire::answer(&id, done)
        });
        Ok(())
    }

    fn subscribe(&mut self, mut params: Params) -> Result<Value, RpcError> {
        let with_news: Option<bool> = params.take("news")?;
        params.end()?;
        let host = &self.host;
        self.events.get_or_insert_with(|| match with_news {
            Some(true) => host.subscribe_with_news(),
            _ => host.subscribe(),
        });
        Ok(Value::Null)
    }

    /// What happened before a call was done is told before its answer: who asked may rely on it (OS-RPC-007).
    async fn answer(&mut self, answer: &Answer) -> Result<(), Over> {
        for _ in 0..EVENTS_MAX {
            let Some(event) = self.events.as_mut().and_then(Subscription::already_here) else {
                break;
            };
            self.write(&wire::notification(&event)).await?;
        }
        self.write_line(wire::fitting(answer, ANSWER_BYTES_MAX)).await
    }

    async fn notify(&mut self, event: Option<Value>) -> Result<(), Over> {
        match event {
            Some(event) => self.write(&wire::notification(&event)).await,
            None => self.end().await,
        }
    }

    /// The engine ends: what is under way fails or is done, and is answered.
    async fn end(&mut self) -> Result<(), Over> {
        while let Some(Ok(answer)) = self.calls.join_next().await {
            self.write_line(wire::fitting(&answer, ANSWER_BYTES_MAX)).await?;
        }
        Err(Over)
    }

    async fn write(&mut self, value: &Value) -> Result<(), Over> {
        self.write_line(value.to_string()).await
    }

    async fn write_line(&mut self, mut line: String) -> Result<(), Over> {
        line.push('\n');
        self.to.write_all(line.as_bytes()).await.map_err(|_| Over)
    }
}

async fn next(events: &mut Option<Subscription>) -> Option<Value> {
    match events {
        Some(events) => events.next().await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_rpc_005_another_user_may_not_ask_root_included() {
        assert!(may_ask(1000, 1000));
        assert!(!may_ask(1001, 1000));
        assert!(!may_ask(0, 1000));
    }
}
