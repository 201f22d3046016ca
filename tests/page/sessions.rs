//! Who may call: the link, the cookie, the tab.

use offshift_tests::relay::PATIENCE;
use serde_json::json;

use crate::served::{Served, files};

#[test]
fn os_pag_021_a_link_is_good_once() {
    let served = Served::open();
    assert_eq!(served.launch("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").status(), 403);
    assert_eq!(served.launch(&served.token).status(), 200);
    assert_eq!(served.launch(&served.token).status(), 403);
    assert_eq!(served.launch(&served.another_token()).status(), 200, "a fresh one is");
}

#[test]
fn os_pag_021_only_the_last_links_wait() {
    let served = Served::open();
    let tokens: Vec<_> = (0..4).map(|_| served.another_token()).collect();
    assert_eq!(served.launch(&served.token).status(), 403, "it made room");
    assert_eq!(served.launch(&tokens[0]).status(), 200, "the twin");
}

#[test]
fn os_pag_020_secrets_are_long_differ_and_stand_in_no_file() {
    let served = Served::open();
    let (one, other) = (served.tab(), served.tab_of(&served.another_token()));
    let value = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let secrets = [
        served.token.clone(),
        one.secret.clone(),
        other.secret.clone(),
        value(&one.cookie),
        value(&other.cookie),
    ];
    for secret in &secrets {
        assert_eq!(secret.len(), 43, "32 bytes in base64");
        assert_eq!(secrets.iter().filter(|other| *other == secret).count(), 1);
        let is_in =
            |bytes: &[u8]| bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(files(&served.directory).iter().all(|(_, bytes)| !is_in(bytes)));
    }
}

#[test]
fn os_pag_022_no_script_reads_the_cookie_and_no_other_site_sends_it() {
    let served = Served::open();
    let reply = served.launch(&served.token).ask();
    let cookie = reply.header("set-cookie").unwrap();
    let attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
    assert_eq!(
        attributes,
        ["HttpOnly", "SameSite=Strict", "Path=/"],
        "and none that makes it last"
    );
    let name = cookie.split_once('=').unwrap().0;
    assert_eq!(name, format!("offshift-{}", served.at.split_once(':').unwrap().1));
}

#[test]
fn os_pag_023_a_call_needs_the_cookie_and_the_tab() {
    let served = Served::open();
    let (tab, other) = (served.tab(), served.tab_of(&served.another_token()));
    let whole = tab.harmless();
    assert_eq!(whole.status(), 200, "the twin");
    for (what, spoilt) in [
        ("no cookie", whole.clone().without("Cookie")),
        ("no tab", whole.clone().without("Offshift-Tab")),
        ("neither", whole.clone().without("Cookie").without("Offshift-Tab")),
        ("an empty cookie", whole.clone().but("Cookie", "offshift=")),
        ("another's cookie", whole.clone().but("Cookie", &other.cookie)),
        ("another's tab", whole.clone().but("Offshift-Tab", &other.secret)),
        (
            "the cookie's value as the tab",
            whole.clone().but("Offshift-Tab", tab.cookie.split_once('=').unwrap().1),
        ),
        ("a part of the tab", whole.clone().but("Offshift-Tab", &tab.secret[..42])),
        ("two tabs", whole.clone().with("Offshift-Tab", &tab.secret)),
        (
            "the cookie under another name",
            whole.clone().but("Cookie", &tab.cookie.replace("offshift", "Offshift")),
        ),
    ] {
        assert_eq!(spoilt.status(), 403, "{what}");
    }
    let events = tab.request("GET", "/events");
    assert_eq!(events.clone().without("Offshift-Tab").status(), 403, "a stream needs them, too");
    assert_eq!(events.without("Cookie").status(), 403);
}

#[test]
fn os_pag_023_a_cookie_that_another_port_put_there_neither_helps_nor_hinders() {
    let served = Served::open();
    let tab = served.tab();
    let name = tab.cookie.split_once('=').unwrap().0;
    let tossed = format!("{name}=tossed; other=1; {}", tab.cookie);
    assert_eq!(tab.harmless().but("Cookie", &tossed).status(), 200);
    assert_eq!(tab.harmless().but("Cookie", &format!("{name}=tossed")).status(), 403);
    let launched =
        served.launch(&served.another_token()).with("Cookie", &format!("{name}=tossed")).ask();
    assert!(!launched.header("set-cookie").unwrap().contains("tossed"), "no cookie is taken over");
}

#[test]
fn a_second_tab_of_a_browser_ends_no_first_one() {
    let served = Served::open();
    let tab = served.tab();
    let second = served.launch(&served.another_token()).with("Cookie", &tab.cookie).ask();
    assert!(second.header("set-cookie").is_none(), "the cookie stays");
    let secret = second.json()["tab"].as_str().unwrap().to_owned();
    assert_eq!(tab.harmless().status(), 200);
    assert_eq!(tab.harmless().but("Offshift-Tab", &secret).status(), 200);
}

#[test]
fn os_pag_024_a_session_ends_with_the_process() {
    let served = Served::open();
    let tab = served.tab();
    assert_eq!(tab.harmless().status(), 200);
    let (cookie, secret) = (tab.cookie.clone(), tab.secret.clone());
    let served = served.again();
    let fresh = served.tab();
    let name = fresh.cookie.split_once('=').unwrap().0;
    let stale = format!("{name}={}", cookie.split_once('=').unwrap().1);
    assert_eq!(fresh.harmless().status(), 200, "the twin");
    assert_eq!(fresh.harmless().but("Cookie", &stale).but("Offshift-Tab", &secret).status(), 403);
}

#[test]
fn os_pag_024_os_pag_031_locking_ends_no_session_and_closes_the_engine() {
    let served = Served::open();
    let tab = served.tab();
    assert_eq!(tab.call("handle", &json!({}))["result"], "ana", "the twin");
    assert!(tab.call("lock", &json!({})).get("error").is_none());
    assert_eq!(tab.call("handle", &json!({}))["error"]["data"]["kind"], "locked");
    let unlocked = tab.call("unlock", &json!({ "passphrase": "four plain words here" }));
    assert!(unlocked.get("error").is_none());
    assert_eq!(tab.call("handle", &json!({}))["result"], "ana");
}

#[test]
fn os_pag_001_every_start_has_an_address_of_its_own_and_of_this_machine() {
    let served = Served::open();
    let first = served.at.clone();
    let served = served.again();
    for at in [&first, &served.at] {
        let address: std::net::SocketAddr = at.parse().unwrap();
        assert!(address.ip().is_loopback() && address.ip() != std::net::Ipv4Addr::LOCALHOST);
    }
    assert_ne!(first.split(':').next(), served.at.split(':').next());
    let port = served.at.split_once(':').unwrap().1;
    let elsewhere = format!("127.0.0.1:{port}").parse().unwrap();
    assert!(
        std::net::TcpStream::connect_timeout(&elsewhere, PATIENCE).is_err(),
        "no other address"
    );
}
