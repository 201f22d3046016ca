//! What a request must show before anything reads it.

use crate::served::{Request, Served, Tab};

/// The whole request is answered, and each spoilt one is refused.
fn refused(whole: &Request, spoilt: &[(&str, Request)]) {
    assert_eq!(whole.status(), 200, "the twin");
    for (what, request) in spoilt {
        assert_eq!(request.status(), 403, "{what}");
    }
    assert_eq!(whole.status(), 200, "the twin, afterwards");
}

/// The same for a page that everybody may have, and for a call.
fn both(served: &Served, tab: &Tab<'_>, spoil: impl Fn(Request) -> Vec<(&'static str, Request)>) {
    for whole in [served.page("GET", "/"), tab.harmless()] {
        refused(&whole, &spoil(whole.clone()));
    }
}

#[test]
fn os_pag_011_a_rebound_name_or_any_other_host_is_refused() {
    let served = Served::open();
    let tab = served.tab();
    let (address, port) = served.at.split_once(':').unwrap();
    let named = |name: &str| format!("{name}:{port}");
    both(&served, &tab, |whole| {
        let host = |what, value: &str| (what, whole.clone().but("Host", value));
        vec![
            host("a rebound name", &named("evil.example")),
            host("a name for this machine", &named("localhost")),
            host("another address of this machine", &named("127.0.0.1")),
            host("no port", address),
            host("another port", &format!("{address}:1")),
            host("a longer one", &format!("{}.evil.example", served.at)),
            host("a part of a name and ours", &format!("evil.example@{}", served.at)),
            host("nothing", ""),
            ("none", whole.clone().without("Host")),
            ("two", whole.clone().with("Host", &served.at)),
            ("two, one foreign", whole.clone().with("Host", "evil.example")),
        ]
    });
}

#[test]
fn os_pag_012_a_page_of_another_site_or_another_port_is_refused() {
    let served = Served::open();
    let tab = served.tab();
    both(&served, &tab, |whole| {
        let site = |what, value: &str| (what, whole.clone().but("Sec-Fetch-Site", value));
        vec![
            site("another site", "cross-site"),
            site("another port", "same-site"),
            site("another word", "same-origin, none"),
            site("nothing", ""),
            ("a browser that does not say", whole.clone().without("Sec-Fetch-Site")),
            ("two words", whole.clone().with("Sec-Fetch-Site", "cross-site")),
        ]
    });
}

#[test]
fn os_pag_012_a_typed_address_shows_the_page_and_calls_nothing() {
    let served = Served::open();
    let tab = served.tab();
    for path in ["/", "/app/main.js", "/words/en.json"] {
        let typed = served.page("GET", path).but("Sec-Fetch-Site", "none");
        assert_eq!(typed.status(), 200, "{path}");
    }
    let typed = |request: Request| request.but("Sec-Fetch-Site", "none");
    refused(&tab.harmless(), &[("typed", typed(tab.harmless()))]);
    assert_eq!(typed(tab.request("GET", "/events")).status(), 403);
    assert_eq!(typed(served.launch(&served.another_token())).status(), 403);
}

#[test]
fn os_pag_013_a_post_of_another_origin_or_of_none_is_refused() {
    let served = Served::open();
    let tab = served.tab();
    let whole = tab.harmless();
    let origin = |what, value: &str| (what, whole.clone().but("Origin", value));
    let (address, _) = served.at.split_once(':').unwrap();
    refused(
        &whole,
        &[
            origin("another site", "https://evil.example"),
            origin("another port", &format!("http://{address}:1")),
            origin("another scheme", &format!("https://{}", served.at)),
            origin("a frame without origin", "null"),
            origin("a longer one", &format!("http://{}.evil.example", served.at)),
            ("none", whole.clone().without("Origin")),
            ("two", whole.clone().with("Origin", "https://evil.example")),
        ],
    );
}

#[test]
fn os_pag_013_a_get_of_another_origin_is_refused_and_one_without_is_not() {
    let served = Served::open();
    let whole = served.page("GET", "/");
    let ours = whole.clone().with("Origin", &format!("http://{}", served.at));
    refused(&ours, &[("another", whole.clone().with("Origin", "https://evil.example"))]);
    refused(&whole, &[("a frame without origin", whole.clone().with("Origin", "null"))]);
}

#[test]
fn os_pag_013_no_question_of_another_origin_is_answered() {
    let served = Served::open();
    let tab = served.tab();
    let question =
        tab.harmless().line("OPTIONS /rpc HTTP/1.1").but("Origin", "https://evil.example");
    let question = question.with("Access-Control-Request-Method", "POST");
    for request in [question, served.page("GET", "/"), tab.harmless()] {
        let headers = request.ask().headers;
        assert!(headers.iter().all(|(name, _)| !name.starts_with("access-control-")));
    }
}

#[test]
fn os_pag_010_only_what_the_table_has_is_answered() {
    let served = Served::open();
    let tab = served.tab();
    both(&served, &tab, |whole| {
        let line = |line: &str| whole.clone().line(line);
        vec![
            ("another path", line("GET /index.php HTTP/1.1")),
            ("PUT", line("PUT /rpc HTTP/1.1")),
            ("DELETE", line("DELETE /rpc HTTP/1.1")),
            ("HEAD", line("HEAD / HTTP/1.1")),
            ("OPTIONS", line("OPTIONS / HTTP/1.1")),
            ("TRACE", line("TRACE / HTTP/1.1")),
            ("a method of its own", line("BREW / HTTP/1.1")),
            ("POST to what is only read", line("POST / HTTP/1.1")),
            ("a query", line("GET /?x HTTP/1.1")),
            ("a proxy's target", line("GET http://evil.example/ HTTP/1.1")),
            ("an old version", line("GET / HTTP/1.0")),
        ]
    });
}

#[test]
fn os_pag_010_a_path_leads_nowhere_but_to_its_own_row() {
    let served = Served::open();
    let page = |path: &str| served.page("GET", path).status();
    assert_eq!(page("/app/main.js"), 200, "the twin");
    for path in [
        "/app/",
        "/app",
        "/app/../Cargo.toml",
        "/app/..%2f..%2fetc%2fpasswd",
        "/app/%2e%2e/vault",
        "/app//main.js",
        "/app/./main.js",
        "/app/main.js/",
        "/app/MAIN.JS",
        "/app/main.js%00",
        "/app/main%2ejs",
        "//app/main.js",
        "/words/../app/main.js",
        "/words/../../vault.json",
        "/words/en",
        "/words/.json",
        "/vault",
        "/page.json",
        "/%2f",
    ] {
        assert_eq!(page(path), 403, "{path}");
    }
}

#[test]
fn os_pag_019_no_get_changes_anything() {
    let served = Served::open();
    let tab = served.tab();
    let before = tab.call("handle", &serde_json::json!({}));
    let token = served.another_token();
    for path in [
        "/rpc",
        "/rpc?method=lock",
        "/qr",
        "/session",
        &format!("/session?token={token}"),
        &format!("/?token={token}"),
    ] {
        assert_eq!(tab.request("GET", path).status(), 403, "{path}");
    }
    let call = tab.calling("lock", &serde_json::json!({}));
    assert_eq!(call.line("GET /rpc HTTP/1.1").status(), 403, "a GET with a body");
    assert_eq!(tab.call("handle", &serde_json::json!({})), before, "it is open as before");
    assert_eq!(served.launch(&token).status(), 200, "the token is not used up");
}

#[test]
fn os_pag_018_no_worker_is_fetched_that_would_outlive_the_page() {
    let served = Served::open();
    let whole = served.page("GET", "/app/main.js");
    refused(&whole, &[("for a worker", whole.clone().with("Service-Worker", "script"))]);
    let policy = whole.ask().header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("worker-src 'none'"));
}
