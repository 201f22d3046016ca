//! Where metrics are fetched: HTTP on a loopback address or a unix socket, never on the relay's own port.
//!
//! ```text
//! GET /metrics -> text     anything else -> 404 or 405     a ninth connection, a slow one -> closed
//! ```
//! Never: an answer that depends on who asks or how often; another address than one of this machine, unless the host
//! says so in so many words (OS-OPS-001).

use std::{
    fs, io,
    net::SocketAddr,
    os::unix::fs::{FileTypeExt, PermissionsExt},
    path::Path,
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{ALLOW, CONTENT_TYPE, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, UnixListener},
    task::JoinSet,
    time::{interval, sleep, timeout},
};

use super::{Registry, WINDOW_SECONDS};

/// Where the text is.
const PATH: &str = "/metrics";

/// OpenMetrics 1.0, section 5.
const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// Connections at once: a scraper has one, and its operator's browser a few.
const CONNECTIONS_MAX: usize = 8;

/// Bytes of a request's head: a scraper's has some 300. The least that hyper takes.
const HEAD_BYTES_MAX: usize = 8 << 10;

/// Lines of it.
const HEADERS_MAX: usize = 32;

/// A whole request and its answer, on the same machine.
const REQUEST: Duration = Duration::from_secs(5);

/// After a connection that could not be taken (no more file descriptors): a breath, or it would spin.
const BREATH: Duration = Duration::from_millis(100);

/// Why nothing can be fetched there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDoor {
    /// Others could reach it, and the host did not say that they may.
    #[error(
        "metrics would be open to other machines there; use 127.0.0.1 or \"unix:PATH\", \
         or set beyond_this_machine = true under [metrics]"
    )]
    BeyondThisMachine,
    /// Something else is there.
    #[error("another program already serves there; choose another place for metrics.listen")]
    Taken,
    /// The system refused.
    #[error("this machine can't serve metrics there ({0}); check metrics.listen")]
    Refused(io::ErrorKind),
}

impl From<io::Error> for NoDoor {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::Taken,
            kind => Self::Refused(kind),
        }
    }
}

/// A place where metrics can be fetched.
pub enum Door {
    /// A TCP address.
    Tcp(TcpListener),
    /// A unix socket, for its owner and group.
    Unix(UnixListener),
}

impl Door {
    /// At an address of this machine; elsewhere only if `beyond_this_machine`.
    ///
    /// # Errors
    /// [`NoDoor`].
    pub async fn tcp(at: SocketAddr, beyond_this_machine: bool) -> Result<Self, NoDoor> {
        if !at.ip().is_loopback() && !beyond_this_machine {
            return Err(NoDoor::BeyondThisMachine);
        }
        Ok(Self::Tcp(TcpListener::bind(at).await?))
    }

    /// At a path. A socket that a relay before left there and nobody serves is replaced.
    ///
    /// # Errors
    /// [`NoDoor`].
    pub fn unix(at: &Path) -> Result<Self, NoDoor> {
        if is_left_over(at) {
            fs::remove_file(at)?;
        }
        let listener = UnixListener::bind(at)?;
        fs::set_permissions(at, fs::Permissions::from_mode(0o660))?;
        Ok(Self::Unix(listener))
    }

    /// Its address, if it has one.
    pub fn address(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(listener) => listener.local_addr().ok(),
            Self::Unix(_) => None,
        }
    }
}

fn is_left_over(at: &Path) -> bool {
    let is_socket = fs::symlink_metadata(at).is_ok_and(|found| found.file_type().is_socket());
    is_socket && std::os::unix::net::UnixStream::connect(at).is_err()
}

/// A connection of either kind.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<C: AsyncRead + AsyncWrite + Unpin + Send> Stream for C {}

impl Door {
    async fn accept(&self) -> io::Result<Box<dyn Stream>> {
        Ok(match self {
            Self::Tcp(listener) => Box::new(listener.accept().await?.0),
            Self::Unix(listener) => Box::new(listener.accept().await?.0),
        })
    }
}

/// Serves until it is dropped, and ends the windows meanwhile (OS-OPS-004).
pub async fn serve(door: Door, registry: Arc<Registry>) {
    let mut windows = interval(Duration::from_secs(WINDOW_SECONDS));
    let mut asking = JoinSet::new();
    loop {
        tokio::select! {
            _ = windows.tick() => registry.turn(unpredictable),
            Some(_) = asking.join_next() => {}
            taken = door.accept(), if asking.len() < CONNECTIONS_MAX => match taken {
                Ok(connection) => { asking.spawn(answer(connection, registry.clone())); }
                Err(_) => sleep(BREATH).await,
            },
        }
    }
}

/// One request, one answer, and the connection is over.
async fn answer(connection: Box<dyn Stream>, registry: Arc<Registry>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let response = respond(&request, &registry);
        async move { Ok::<_, std::convert::Infallible>(response) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(REQUEST).keep_alive(false);
    server.max_buf_size(HEAD_BYTES_MAX).max_headers(HEADERS_MAX);
    let _ = timeout(REQUEST, server.serve_connection(TokioIo::new(connection), service)).await;
}

fn respond<B>(request: &Request<B>, registry: &Registry) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    if request.uri().path() != PATH {
        *response.status_mut() = StatusCode::NOT_FOUND;
    } else if request.method() != Method::GET {
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET"));
    } else if let Ok(text) = registry.text() {
        response.headers_mut().insert(CONTENT_TYPE, OPEN_METRICS);
        *response.body_mut() = Full::from(text);
    } else {
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    }
    response
}

/// From the system; without it 0, and numbers are still coarse and late.
fn unpredictable() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_or(0, |()| u64::from_be_bytes(bytes))
}
