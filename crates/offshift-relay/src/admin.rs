//! The host's door into a running relay: a unix socket, one JSON object a line.
//!
//! ```text
//! offshift-relay status --Ask--> DATA/admin.sock --same user or root?--> Desk::answer --Answer--> the screen
//! ```
//! Who may use it may read the data directory, too: it gives no power that its user did not have. The same [`Ask`]s are
//! answered from the data directory when no relay runs (OS-OPS-101 to OS-OPS-104).
//!
//! Never: the network; a word to another user; an answer to what is no [`Ask`]; a peer's address, or a number that could
//! be one person's, unrounded.

use std::{
    future::Future,
    io,
    os::unix::fs::{FileTypeExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::oneshot,
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

use crate::limits::{
    ADMIN_ANSWER, ADMIN_ANSWER_BYTES, ADMIN_ASK_BYTES, ADMIN_CONNECTIONS, ADMIN_IDLE,
};

mod answer;
mod day;

pub use answer::{
    Answer, Ask, Before, Checked, Live, Mode, Printed, Record, Rounded, Secret, Shown, State,
    Status, TicketLine, Trouble, Urgency,
};
pub use day::Day;

/// How long no one is accepted after the system refused.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Who answers.
pub trait Desk: Send + Sync + 'static {
    /// Answers one question.
    fn answer(&self, ask: Ask) -> impl Future<Output = Answer> + Send;
}

/// A socket that is served. Dropping it ends it.
pub struct Admin {
    path: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

/// Why the socket can't be served.
#[derive(Debug, thiserror::Error)]
pub enum Taken {
    /// Another relay answers there.
    #[error(
        "another relay answers at the admin socket; stop that one, or set another admin.socket"
    )]
    Live,
    /// There is something else, which stays.
    #[error(
        "what lies where the admin socket belongs is no socket; move it away, or set another admin.socket"
    )]
    NotASocket,
    /// The system refused.
    #[error(
        "the admin socket can't be made ({0}); choose a short path on this machine's own disk with admin.socket"
    )]
    Io(#[from] io::Error),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// No relay answers there.
    #[error("no relay runs here")]
    NotRunning,
    /// This user may not ask.
    #[error("only root and the relay's own user may ask it; try again with sudo")]
    NotAllowed,
    /// It broke off, or said something else.
    #[error(
        "the relay did not answer; only root and its own user may ask it, with this version of the program"
    )]
    Broken,
}

/// Serves the socket at `path` until it is stopped.
///
/// A socket file that nobody listens at any more is replaced; anything else stays (OS-OPS-103).
///
/// # Errors
/// [`Taken`].
pub fn listen<D: Desk>(path: &Path, desk: Arc<D>) -> Result<Admin, Taken> {
    let listener = bind(path)?;
    let (stop, stopping) = oneshot::channel();
    let task = tokio::spawn(serve(listener, desk, stopping));
    Ok(Admin { path: path.to_path_buf(), stop: Some(stop), task })
}

impl Admin {
    /// Ends it: the file is gone, and nobody holds the desk any more.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        let _ = (&mut self.task).await;
    }
}

impl Drop for Admin {
    fn drop(&mut self) {
        self.task.abort();
        let _ = std::fs::remove_file(&self.path);
    }
}

fn bind(path: &Path) -> Result<UnixListener, Taken> {
    clear(path)?;
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Makes room for a new socket, if what lies there is a dead one.
fn clear(path: &Path) -> Result<(), Taken> {
    let there = match std::fs::symlink_metadata(path) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    if !there.file_type().is_socket() {
        return Err(Taken::NotASocket);
    }
    match std::os::unix::net::UnixStream::connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            Ok(std::fs::remove_file(path)?)
        }
        _ => Err(Taken::Live),
    }
}

async fn serve<D: Desk>(listener: UnixListener, desk: Arc<D>, mut stopping: oneshot::Receiver<()>) {
    let mut peers = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopping => break,
            Some(_) = peers.join_next() => {}
            // Those above the limit wait in the system's queue.
            accepted = listener.accept(), if peers.len() < ADMIN_CONNECTIONS => {
                match accepted {
                    Ok((stream, _)) if is_allowed(&stream) => {
                        peers.spawn(converse(stream, desk.clone()));
                    }
                    // Closed without a word.
                    Ok(_) => {}
                    // Too many open files, most likely: it must not spin.
                    Err(_) => sleep(ACCEPT_PAUSE).await,
                }
            }
        }
    }
    peers.shutdown().await;
}

/// The user of this process, or root (OS-OPS-102). The file's mode says the same; a directory or a mount may not.
fn is_allowed(stream: &UnixStream) -> bool {
    let own = rustix::process::geteuid().as_raw();
    stream.peer_cred().is_ok_and(|peer| peer.uid() == 0 || peer.uid() == own)
}

/// Answers line by line until the peer has no more to ask.
async fn converse<D: Desk>(stream: UnixStream, desk: Arc<D>) {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    while let Ok(Some(ask)) = timeout(ADMIN_IDLE, line(&mut reader, ADMIN_ASK_BYTES)).await {
        let answer = desk.answer(ask);
        let Ok(answer) = timeout(ADMIN_ANSWER, answer).await else { return };
        let Some(line) = encoded(&answer) else { return };
        let Ok(Ok(())) = timeout(ADMIN_IDLE, writer.write_all(&line)).await else { return };
    }
}

/// The next line, if it is short enough and says what it must (OS-OPS-104).
async fn line<T: DeserializeOwned>(
    reader: &mut (impl tokio::io::AsyncBufRead + Unpin),
    bytes_max: u64,
) -> Option<T> {
    let mut line = zeroize::Zeroizing::new(Vec::new());
    reader.take(bytes_max).read_until(b'\n', &mut line).await.ok()?;
    serde_json::from_slice(line.strip_suffix(b"\n")?).ok()
}

fn encoded<T: Serialize>(value: &T) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    let mut line = zeroize::Zeroizing::new(serde_json::to_vec(value).ok()?);
    line.push(b'\n');
    Some(line)
}

/// Asks the relay whose socket is at `path`.
///
/// # Errors
/// [`NoAnswer`].
pub async fn ask(path: &Path, ask: &Ask) -> Result<Answer, NoAnswer> {
    let stream = UnixStream::connect(path).await.map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => NoAnswer::NotAllowed,
        _ => NoAnswer::NotRunning,
    })?;
    let (reader, mut writer) = stream.into_split();
    let asked = async {
        writer.write_all(&encoded(ask)?).await.ok()?;
        line(&mut BufReader::new(reader), ADMIN_ANSWER_BYTES).await
    };
    timeout(ADMIN_ANSWER, asked).await.ok().flatten().ok_or(NoAnswer::Broken)
}
