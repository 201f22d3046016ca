//! What goes back to a browser: the same strict headers on everything, and one refusal for all reasons.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use http_body_util::{Either, Full};
use hyper::{
    Response, StatusCode,
    body::{Body, Bytes, Frame},
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::engine::wire::RpcError;

/// A whole answer, or one that comes in pieces.
pub(super) type Answer = Response<Either<Full<Bytes>, Pieces>>;

/// On every answer (OS-PAG-016). Scripts and styles only from here, nothing inline, no text that becomes markup; no frame
/// around it; no guess about types; nothing kept.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
         worker-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("x-content-type-options"), "nosniff"),
    (HeaderName::from_static("referrer-policy"), "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), serial=(), usb=()",
    ),
];

/// An answer in pieces. An error ends the connection, so that half a file does not look whole.
pub(super) struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

fn bare(status: StatusCode, body: Either<Full<Bytes>, Pieces>) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let headers = HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value)));
    answer.headers_mut().extend(headers);
    answer
}

fn of_kind(status: StatusCode, kind: &'static str, body: Either<Full<Bytes>, Pieces>) -> Answer {
    let mut answer = bare(status, body);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// No, and not why.
pub(super) fn refusal() -> Answer {
    bare(StatusCode::FORBIDDEN, Either::Left(Full::default()))
}

/// As many as there may be are there.
pub(super) fn busy() -> Answer {
    bare(StatusCode::SERVICE_UNAVAILABLE, Either::Left(Full::default()))
}

pub(super) fn text(kind: &'static str, bytes: impl Into<Bytes>) -> Answer {
    of_kind(StatusCode::OK, kind, Either::Left(Full::new(bytes.into())))
}

pub(super) fn json(value: &Value) -> Answer {
    text("application/json", value.to_string())
}

/// What the engine refused, to somebody who may know why.
pub(super) fn failure(error: &RpcError) -> Answer {
    let body = serde_json::json!({ "error": error }).to_string();
    of_kind(StatusCode::UNPROCESSABLE_ENTITY, "application/json", Either::Left(Full::from(body)))
}

pub(super) fn pieces(kind: &'static str, pieces: mpsc::Receiver<io::Result<Bytes>>) -> Answer {
    of_kind(StatusCode::OK, kind, Either::Right(Pieces(pieces)))
}
