//! The page: a person's own engine in their own browser, over HTTP on a loopback address.
//!
//! ```text
//! browser -- connection (of this account?) -- request head (guard) -- body (limits) --> static files | Host
//!         <-- strict headers on everything, one refusal for all reasons ------------/
//! ```
//! The threats, and what answers each: `proto/spec/page.md`.
//!
//! Never: another address than loopback; a secret in a URL that is requested; a change by GET; an answer to another
//! origin or another account; a resource from elsewhere.

mod answer;
mod assets;
mod bundle;
mod calls;
mod events;
mod files;
mod guard;
mod limits;
mod look;
mod neighbour;
mod own;
mod qr;
mod server;
mod session;

use std::{
    io,
    net::{self, Ipv4Addr, SocketAddr, SocketAddrV4},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use tokio::{net::TcpListener, sync::Semaphore};
use zeroize::Zeroizing;

use crate::engine::host::Host;
use guard::Place;
use limits::{FILES_MAX, STREAMS_MAX};
use session::{NoRandomness, Sessions};

pub(crate) use files::sweep;

/// From now on the engine has a page, which begins to listen when somebody first asks for it.
pub(crate) fn offer(host: &Arc<Host>) {
    files::sweep(host.directory());
    let (engine, opened) = (Arc::downgrade(host), Mutex::new(None::<Arc<Page>>));
    host.set_page(move || {
        let mut opened = opened.lock().unwrap_or_else(PoisonError::into_inner);
        if opened.is_none() {
            *opened = Some(Page::open(engine.upgrade()?).ok()?);
        }
        opened.as_ref()?.fresh_link().ok()
    });
}

/// The page of one engine.
struct Page {
    host: Arc<Host>,
    at: SocketAddrV4,
    place: Place,
    sessions: Mutex<Sessions>,
    streams: Arc<Semaphore>,
    files: Arc<Semaphore>,
    pictures: Semaphore,
}

impl Page {
    /// Begins to serve; ends with the process.
    fn open(host: Arc<Host>) -> io::Result<Arc<Self>> {
        let listener = listen()?;
        let SocketAddr::V4(at) = listener.local_addr()? else {
            return Err(io::ErrorKind::AddrNotAvailable.into());
        };
        let page = Arc::new(Self {
            host,
            at,
            place: Place::new(at),
            sessions: Mutex::default(),
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
            files: Arc::new(Semaphore::new(FILES_MAX)),
            pictures: Semaphore::new(1),
        });
        tokio::spawn(server::serve(Arc::clone(&page), listener));
        Ok(page)
    }

    /// An address for the person's browser, good once. The token is in the fragment, which no browser sends (OS-PAG-020).
    fn fresh_link(&self) -> Result<Zeroizing<String>, NoRandomness> {
        let token = self.sessions().fresh_link(Instant::now())?;
        Ok(Zeroizing::new(format!("{}/#{}", self.place.origin, *token)))
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A loopback address that nobody else has used (OS-PAG-001). Browsers keep cookies and storage by address, so what other
/// programs of this machine left at 127.0.0.1, cookies or a script that answers in the page's place, does not meet us.
fn listen() -> io::Result<TcpListener> {
    let mut random = [0; 3];
    getrandom::fill(&mut random).map_err(|_| io::ErrorKind::Other)?;
    let [a, b, c] = random.map(|byte| 1 + byte % 254);
    let own = net::TcpListener::bind((Ipv4Addr::new(127, a, b, c), 0));
    // Some systems have only one.
    let listener = own.or_else(|_| net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}
