//! What goes back to a browser.

use crate::served::{Reply, Request, Served};

fn wanted() -> [(&'static str, &'static str); 7] {
    [
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self'; "),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "accelerometer=(), camera=(), "),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ]
}

#[test]
fn os_pag_016_every_answer_has_the_strict_headers() {
    let served = Served::open();
    let tab = served.tab();
    let all = [
        served.page("GET", "/"),
        served.page("GET", "/app/main.js"),
        served.page("GET", "/words/en.json"),
        served.launch(&served.another_token()),
        tab.harmless(),
        served.page("GET", "/nowhere"),
        tab.request("POST", "/qr")
            .with("Content-Type", "application/octet-stream")
            .body("no picture"),
    ];
    for request in all {
        let reply = request.ask();
        for (name, value) in wanted() {
            let found = reply.header(name).unwrap_or_default();
            assert!(found.starts_with(value), "{name}: {found}");
        }
        assert!(reply.header("server").is_none() && reply.header("etag").is_none());
    }
}

#[test]
fn os_pag_016_the_policy_allows_nothing_inline_no_frame_and_no_text_as_markup() {
    let served = Served::open();
    let reply = served.page("GET", "/").ask();
    let policy = reply.header("content-security-policy").unwrap();
    for part in [
        "default-src 'none'",
        "connect-src 'self'",
        "img-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ] {
        assert!(policy.split("; ").any(|found| found == part), "{part}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("data:"));
}

/// All that tells one answer from another; the date is the machine's.
fn looks(reply: &Reply) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let headers = reply.headers.iter().filter(|(name, _)| name != "date").cloned().collect();
    (reply.status, headers, reply.body.clone())
}

#[test]
fn os_pag_015_one_refusal_looks_like_another() {
    let served = Served::open();
    let tab = served.tab();
    let reference = looks(&served.page("GET", "/nowhere").ask());
    assert_eq!((reference.0, reference.2.len()), (403, 0));
    let all: Vec<(&str, Request)> = vec![
        ("a wrong host", tab.harmless().but("Host", "evil.example")),
        ("another site", tab.harmless().but("Sec-Fetch-Site", "cross-site")),
        ("another origin", tab.harmless().but("Origin", "https://evil.example")),
        ("no cookie", tab.harmless().without("Cookie")),
        ("no tab", tab.harmless().without("Offshift-Tab")),
        ("a wrong tab", tab.harmless().but("Offshift-Tab", "wrong")),
        ("a used token", served.launch(&served.token)),
        ("a wrong token", served.launch("wrong")),
        ("no token", served.launch("x").body("{}")),
        ("a wrong type", tab.harmless().but("Content-Type", "text/plain")),
        ("too long", tab.harmless().but("Content-Length", "99999999")),
        ("another method", tab.harmless().line("DELETE /rpc HTTP/1.1")),
        ("an unknown file", served.page("GET", "/app/secret.js")),
    ];
    for (what, request) in all {
        assert_eq!(looks(&request.ask()), reference, "{what}");
    }
    assert_eq!(tab.harmless().status(), 200, "the twin");
}

#[test]
fn os_pag_017_scripts_styles_and_words_have_their_types() {
    let served = Served::open();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/app/main.js", "text/javascript; charset=utf-8"),
        ("/words/en.json", "application/json"),
    ] {
        assert_eq!(served.page("GET", path).ask().header("content-type"), Some(kind), "{path}");
    }
}
