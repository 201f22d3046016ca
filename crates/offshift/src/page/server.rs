//! Connections: whose they are, what they ask, what they are answered.
//!
//! Never: a request behind one that was refused, or whose end is not clear; a connection that waits for a head without end; more at once than the limit
//! (OS-PAG-003).

use std::{
    convert::Infallible,
    net::{SocketAddr, SocketAddrV4},
    sync::Arc,
    time::Duration,
};

use http_body_util::{BodyExt, Limited};
use hyper::{
    Request,
    body::{Body as _, Bytes, Incoming},
    header::{CONNECTION, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    Page,
    answer::{self, Answer},
    assets, calls, events, files,
    guard::{self, Refused, Route, Row},
    limits::{BODY_TIME, CONNECTIONS_MAX, HEAD_BYTES_MAX, HEAD_TIME, HEADERS_MAX, LOOKED_UP_MAX},
    neighbour,
};

/// After a connection that could not be taken (no more file descriptors): a breath, or it would spin.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until it is dropped.
pub(super) async fn serve(page: Arc<Page>, listener: TcpListener) {
    let (mut looked_up, mut open) = (JoinSet::new(), JoinSet::new());
    loop {
        tokio::select! {
            Some(_) = open.join_next() => {}
            Some(done) = looked_up.join_next() => if let Ok(Some(stream)) = done {
                open.spawn(connection(Arc::clone(&page), stream));
            },
            taken = listener.accept(), if looked_up.len() < room_for(open.len()) => match taken {
                Ok((stream, peer)) => { looked_up.spawn(of_this_person(page.at, stream, peer)); }
                Err(_) => sleep(BREATH).await,
            },
        }
    }
}

/// How many may be looked up while so many are open: each could be one more of them.
fn room_for(open: usize) -> usize {
    CONNECTIONS_MAX.saturating_sub(open).min(LOOKED_UP_MAX)
}

/// The connection, unless it is another account's.
async fn of_this_person(
    at: SocketAddrV4,
    stream: TcpStream,
    peer: SocketAddr,
) -> Option<TcpStream> {
    neighbour::is_this_person(at, peer).await.then_some(stream)
}

async fn connection(page: Arc<Page>, stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let page = Arc::clone(&page);
        async move { Ok::<_, Infallible>(respond(&page, request).await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    server.max_buf_size(HEAD_BYTES_MAX).max_headers(HEADERS_MAX);
    // Whatever went wrong, the connection is over.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(page: &Arc<Page>, request: Request<Incoming>) -> Answer {
    let checked = guard::check(&request, &page.place, &page.sessions());
    let may_go_on = checked.as_ref().is_ok_and(|row| is_whole(row.route, &request));
    let answer = match checked {
        Ok(row) => route(page, row, request).await,
        Err(refused) => Err(refused),
    };
    let goes_on = may_go_on && answer.is_ok();
    let mut answer = answer.unwrap_or_else(|Refused| answer::refusal());
    if !goes_on {
        // What follows is not read (OS-PAG-003).
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

/// Whether it is clear where a request ends that is answered: a fixed file's has no body, and a call's, which was allowed,
/// is read to the length that it says.
fn is_whole(route: Route, request: &Request<Incoming>) -> bool {
    let length = request.body().size_hint().exact();
    match route {
        Route::Call => length.is_some(),
        route => route.is_fixed() && length == Some(0),
    }
}

async fn route(page: &Arc<Page>, row: &Row, request: Request<Incoming>) -> Result<Answer, Refused> {
    match row.route {
        Route::Index => Ok(assets::index(request.headers())),
        Route::Asset => assets::asset(request.uri().path()),
        Route::Words => assets::words(request.uri().path()),
        Route::Events => Ok(events::stream(page)),
        Route::FileOut => files::take(page, request.uri().query()).await,
        Route::FileIn => files::put(page, row, request).await,
        Route::Launch => calls::launch(page, row, request).await,
        Route::Call => Ok(calls::call(page, &body(row, request).await?).await),
        Route::Picture => calls::picture(page, body(row, request).await?).await,
    }
}

/// A request's body: not more than may be, not later than may be (OS-PAG-014).
pub(super) async fn body(row: &Row, request: Request<Incoming>) -> Result<Bytes, Refused> {
    let limited = Limited::new(request.into_body(), row.bytes_max());
    let whole = timeout(BODY_TIME, limited.collect()).await;
    Ok(whole.map_err(|_| Refused)?.map_err(|_| Refused)?.to_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_pag_003_connections_that_are_looked_up_have_a_limit_of_their_own_within_that_of_all() {
        assert_eq!(room_for(0), LOOKED_UP_MAX);
        assert_eq!(room_for(CONNECTIONS_MAX - 1), 1);
        assert_eq!(room_for(CONNECTIONS_MAX), 0);
    }
}
