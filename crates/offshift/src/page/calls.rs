//! What a page asks for: a session for its link, a call of the engine, the text of a code in a picture.
//!
//! ```text
//! {"token": ".."} -> {"tab": ".."} and a cookie
//! {"jsonrpc": "2.0", "id": 1, "method": "send", "params": {..}} -> page's own verbs | Host -> {"result": ..} | {"error": ..}
//! ```
//! Never: a verb that names a file of this machine or ends the engine: text in a window is one mistake away from being
//! code in a window, and such code must not reach what the person has elsewhere (OS-PAG-030).

use std::time::Instant;

use hyper::{
    Request,
    body::{Bytes, Incoming},
    header::{HeaderValue, SET_COOKIE},
};
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{
    Page,
    answer::{self, Answer},
    guard::{Refused, Row},
    limits::BATCH_MAX,
    look, own, qr,
    server::body,
};
use crate::engine::wire::{self, Asked, RpcError};

/// The engine's verbs that the page uses. None of them names a file of this machine or ends the engine.
#[rustfmt::skip]
const FOR_THE_PAGE: &[&str] = &[
    "add_relay", "add_ticket", "admit", "alarms", "announce", "answer", "applicants", "approve", "call_off",
    "cancel_transfer", "change_passphrase", "change_plan", "check_text", "close_poll", "confirm", "confirm_return",
    "contacts", "draft", "edit", "exposure", "found", "get_file", "go_on", "handle", "here", "link_scan", "link_show",
    "lock", "mark_read", "meet_abort", "meet_confirm", "meet_scan", "meet_show", "meetings", "members", "message",
    "messages", "motions", "note", "object", "past_members", "picture", "pin", "pinned", "plan", "policy", "poll",
    "preview", "propose", "react", "recall", "relays", "returning", "revouch", "room", "rooms", "search", "send", "set_draft",
    "sever", "status", "stop", "strength", "take_back", "transfers", "try_relay", "unlock", "vouch", "waiting",
];

#[derive(Deserialize)]
struct Launch {
    token: String,
}

/// Takes a link's token for a session.
pub(super) async fn launch(
    page: &Page,
    row: &Row,
    request: Request<Incoming>,
) -> Result<Answer, Refused> {
    let headers = request.headers().clone();
    let cookies = page.place.cookies(&headers);
    let body = body(row, request).await?;
    let Launch { token } = serde_json::from_slice(&body).map_err(|_| Refused)?;
    let token = Zeroizing::new(token);
    let opened = page.sessions().launch(&token, &cookies, Instant::now()).ok_or(Refused)?;
    let mut answer = answer::json(&json!({ "tab": *opened.tab }));
    if let Some(cookie) = opened.cookie {
        answer.headers_mut().insert(SET_COOKIE, cookie_line(&page.place.cookie, &cookie)?);
    }
    Ok(answer)
}

/// No script reads it, no other site's page sends it; it is gone with the browser (OS-PAG-022).
fn cookie_line(name: &str, value: &str) -> Result<HeaderValue, Refused> {
    let text = format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/");
    HeaderValue::try_from(text).map_err(|_| Refused)
}

/// One call, or a few at once (OS-PAG-038), and what came of each. Who gets so far may know why something failed.
pub(super) async fn call(page: &Page, body: &[u8]) -> Answer {
    let answered = match wire::asked(body) {
        Ok(Asked::One(one)) => called(page, one).await,
        Ok(Asked::Several(all)) if (1..=BATCH_MAX).contains(&all.len()) => {
            let mut answers = Vec::new();
            for one in all {
                answers.push(called(page, one).await);
            }
            Value::Array(answers)
        }
        Ok(Asked::Several(_)) => wire::answer(&Value::Null, Err(wire::no_batch())),
        Err(error) => wire::answer(&Value::Null, Err(error)),
    };
    answer::json(&answered)
}

async fn called(page: &Page, one: Value) -> Value {
    match wire::request_of(one) {
        Ok(call) => wire::answer(
            &call.id,
            verb(page, &call.method, call.params.into_value(), call.is_unattended).await,
        ),
        Err((id, error)) => wire::answer(&id, Err(error)),
    }
}

async fn verb(
    page: &Page,
    method: &str,
    params: Value,
    is_unattended: bool,
) -> Result<Value, RpcError> {
    match method {
        "qr" => qr::rows(params.get("text").and_then(Value::as_str).unwrap_or_default())
            .ok_or(RpcError::bad_params("text")),
        "look" => Ok(look::read(page.host.directory())),
        "set_look" => {
            let kept =
                look::write(page.host.directory(), params.get("look").unwrap_or(&Value::Null));
            kept.map(|()| Value::Null).ok_or(RpcError::bad_params("look"))
        }
        "take_copy" => own::take_copy(page, params).await,
        "wipe" => own::wipe(page, params).await,
        method if !FOR_THE_PAGE.contains(&method) => Err(RpcError::not_for_the_page()),
        // Locked, it refuses whatever is about rooms (OS-PAG-031).
        method if is_unattended => page.host.call_unattended(method, params).await,
        method => page.host.call(method, params).await,
    }
}

/// The text of the code in a picture. One at a time: each takes memory and a processor.
pub(super) async fn picture(page: &Page, picture: Bytes) -> Result<Answer, Refused> {
    let _one = page.pictures.acquire().await.map_err(|_| Refused)?;
    let read = tokio::task::spawn_blocking(move || qr::text_in(&picture)).await;
    Ok(match read.ok().flatten() {
        Some(text) => answer::json(&json!({ "text": text })),
        None => answer::failure(&RpcError::no_code_in_picture()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_pag_030_every_verb_of_the_table_that_takes_a_path_is_refused() {
        let table = include_str!("../engine/verbs.rs");
        let (_, table) = table.split_once("\nverbs! {").unwrap();
        let verbs = table.split_once("\n}").unwrap().0.split(';');
        let with_path: Vec<&str> = verbs
            .filter(|verb| verb.contains("Path"))
            .map(|verb| verb.split_once('(').unwrap().0.lines().last().unwrap().trim())
            .collect();
        assert!(with_path.len() > 3, "the twin: there are such verbs");
        for verb in with_path.iter().chain(&["open_page", "shutdown", "import"]) {
            assert!(!FOR_THE_PAGE.contains(verb), "{verb}");
        }
    }

    #[test]
    fn os_pag_030_the_page_may_ask_what_it_asks() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/page/assets");
        let scripts = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut calls = 0;
        for script in scripts.filter(|path| path.extension().is_some_and(|end| end == "js")) {
            let text = std::fs::read_to_string(&script).unwrap();
            for part in text.split("call(").skip(1) {
                let Some(part) = part.trim_start().strip_prefix('"') else { continue };
                let verb = part.split('"').next().unwrap();
                let own = ["qr", "look", "set_look", "take_copy", "wipe"].contains(&verb);
                assert!(own || FOR_THE_PAGE.contains(&verb), "{verb} of {}", script.display());
                calls += 1;
            }
        }
        assert!(calls > 60, "the twin: they are found");
    }
}
