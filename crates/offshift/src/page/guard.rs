//! What every request must show before anything reads it: one table, one function.
//!
//! ```text
//! request head -- check --> Row (what to do, how many bytes may follow)
//!                      \--> Refused: one bare 403, whatever was wrong (OS-PAG-015)
//! ```
//! Who sends it is the browser's word: a page of another origin can choose a path, and hardly anything else.
//! `Host` (a rebound name), `Sec-Fetch-Site` and `Origin` (a foreign page) it can't; the cookie it can't read; the tab's
//! secret it does not know.
//!
//! Never: a header that lets another origin in (CORS); a change by GET (OS-PAG-019); a path that is decoded or resolved.

use std::net::SocketAddrV4;

use hyper::{
    HeaderMap, Method, Request, Uri, Version,
    header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, HeaderName, ORIGIN},
};

use super::{
    limits::{CALL_BYTES_MAX, FILE_BYTES_MAX, LAUNCH_BYTES_MAX, PICTURE_BYTES_MAX},
    session::Sessions,
};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const WORKER: HeaderName = HeaderName::from_static("service-worker");
const TAB: HeaderName = HeaderName::from_static("offshift-tab");

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

/// Something was not as it must be. It does not say what.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    Index,
    Asset,
    Words,
    Launch,
    Call,
    Events,
    FileIn,
    FileOut,
    Picture,
}

impl Route {
    /// Whether it is a file that is the same for everybody.
    pub(super) const fn is_fixed(self) -> bool {
        matches!(self, Self::Index | Self::Asset | Self::Words)
    }
}

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Anybody's browser, of its own accord: it is the same for everybody.
    Anyone,
    /// Our own page. It has no secret yet, and brings a link's token.
    OurPage,
    /// Our own page, in a tab that has a secret.
    OurTab,
}

/// What may be asked, and how.
pub(super) struct Row {
    /// The whole path, or all that begin with it where it ends in a slash.
    path: &'static str,
    pub(super) route: Route,
    who: Who,
    takes_query: bool,
    /// Of a POST: its kind, and the most bytes. A GET has none.
    body: Option<(&'static str, usize)>,
}

impl Row {
    const fn get(path: &'static str, route: Route, who: Who) -> Self {
        Self { path, route, who, takes_query: false, body: None }
    }

    const fn post(path: &'static str, route: Route, kind: &'static str, bytes: usize) -> Self {
        Self { path, route, who: Who::OurTab, takes_query: false, body: Some((kind, bytes)) }
    }

    const fn for_our_page(self) -> Self {
        Self { who: Who::OurPage, ..self }
    }

    const fn with_query(self) -> Self {
        Self { takes_query: true, ..self }
    }

    const fn method(&self) -> Method {
        if self.body.is_some() { Method::POST } else { Method::GET }
    }

    fn is_for(&self, method: &Method, path: &str) -> bool {
        let is_folder = self.path.len() > 1 && self.path.ends_with('/');
        let fits = if is_folder { path.starts_with(self.path) } else { path == self.path };
        fits && *method == self.method()
    }

    /// The most bytes that may follow.
    pub(super) fn bytes_max(&self) -> usize {
        self.body.map_or(0, |(_, bytes)| bytes)
    }
}

/// All that there is (OS-PAG-010).
static TABLE: [Row; 9] = [
    Row::get("/", Route::Index, Who::Anyone),
    Row::get("/app/", Route::Asset, Who::Anyone),
    Row::get("/words/", Route::Words, Who::Anyone),
    Row::post("/session", Route::Launch, JSON, LAUNCH_BYTES_MAX).for_our_page(),
    Row::post("/rpc", Route::Call, JSON, CALL_BYTES_MAX),
    Row::get("/events", Route::Events, Who::OurTab),
    Row::post("/file", Route::FileIn, BYTES, FILE_BYTES_MAX).with_query(),
    Row::get("/file", Route::FileOut, Who::OurTab).with_query(),
    Row::post("/qr", Route::Picture, BYTES, PICTURE_BYTES_MAX),
];

/// Where this process serves, as a browser names it.
pub(super) struct Place {
    /// `127.1.2.3:40000`
    pub(super) host: String,
    /// `http://127.1.2.3:40000`
    pub(super) origin: String,
    /// The name of its cookie, `offshift-40000`: two profiles side by side may have one address.
    pub(super) cookie: String,
}

impl Place {
    pub(super) fn new(at: SocketAddrV4) -> Self {
        let cookie = format!("offshift-{}", at.port());
        Self { host: at.to_string(), origin: format!("http://{at}"), cookie }
    }

    /// All values of our cookie's name.
    pub(super) fn cookies<'a>(&self, headers: &'a HeaderMap) -> Vec<&'a str> {
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs =
            lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(name, _)| *name == self.cookie).map(|(_, value)| value).collect()
    }
}

/// Every check of every request, before its body is read.
pub(super) fn check<B>(
    request: &Request<B>,
    place: &Place,
    sessions: &Sessions,
) -> Result<&'static Row, Refused> {
    let (uri, headers) = (request.uri(), request.headers());
    let row = TABLE.iter().find(|row| row.is_for(request.method(), uri.path())).ok_or(Refused)?;
    let is_sound = is_plain(request.version(), uri, row)
        && one(headers, &HOST) == Some(&place.host) // OS-PAG-011
        && is_from_here(headers, row, place)
        && is_body_fit(headers, row)
        && (row.who != Who::OurTab || is_known(headers, place, sessions));
    if is_sound { Ok(row) } else { Err(Refused) }
}

/// Written as browsers write to the address itself, not as to a proxy.
fn is_plain(version: Version, uri: &Uri, row: &Row) -> bool {
    let is_bare = uri.scheme().is_none() && uri.authority().is_none();
    version == Version::HTTP_11 && is_bare && (row.takes_query || uri.query().is_none())
}

/// Our own page asks, or, for what is the same for everybody, the person's own hand (OS-PAG-012, OS-PAG-013). No script
/// asks to become a worker that would outlive the page (OS-PAG-018).
fn is_from_here(headers: &HeaderMap, row: &Row, place: &Place) -> bool {
    let site = match one(headers, &SITE) {
        Some("same-origin") => true,
        Some("none") => row.who == Who::Anyone,
        _ => false,
    };
    let origin = match one(headers, &ORIGIN) {
        Some(origin) => origin == place.origin,
        None => row.body.is_none() && !headers.contains_key(ORIGIN),
    };
    site && origin && !headers.contains_key(WORKER)
}

/// A kind that no form can send, and a length that is not too large by its own word (OS-PAG-014).
fn is_body_fit(headers: &HeaderMap, row: &Row) -> bool {
    let length =
        headers.get(CONTENT_LENGTH).map_or(Some(0), |length| length.to_str().ok()?.parse().ok());
    let is_kind = row.body.is_none_or(|(kind, _)| one(headers, &CONTENT_TYPE) == Some(kind));
    is_kind && length.is_some_and(|length: usize| length <= row.bytes_max())
}

/// OS-PAG-023.
fn is_known(headers: &HeaderMap, place: &Place, sessions: &Sessions) -> bool {
    one(headers, &TAB).is_some_and(|tab| sessions.knows(&place.cookies(headers), tab))
}

/// The value of a header that stands there exactly once.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    value.to_str().ok()
}
