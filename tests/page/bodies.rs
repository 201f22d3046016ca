//! What follows a head, and what never comes.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use crate::served::{Reply, Request, Served, connect};

const MIB: usize = 1 << 20;

#[test]
fn os_pag_014_only_the_kind_that_no_form_sends_is_read() {
    let served = Served::open();
    let tab = served.tab();
    assert_eq!(tab.harmless().status(), 200, "the twin");
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/json; charset=utf-8",
        "application/jsonp",
        "",
    ] {
        assert_eq!(tab.harmless().but("Content-Type", kind).status(), 403, "{kind}");
    }
    assert_eq!(tab.harmless().without("Content-Type").status(), 403);
    assert_eq!(tab.harmless().with("Content-Type", "text/plain").status(), 403);
    let picture = tab.request("POST", "/qr").body("no picture");
    assert_eq!(picture.clone().with("Content-Type", "application/octet-stream").status(), 422);
    assert_eq!(picture.with("Content-Type", "image/png").status(), 403);
}

#[test]
fn os_pag_014_a_body_that_says_it_is_too_long_is_refused_unread() {
    let served = Served::open();
    let tab = served.tab();
    for (request, max) in [
        (tab.harmless(), MIB),
        (served.launch("x"), 1 << 10),
        (tab.request("POST", "/qr").with("Content-Type", "application/octet-stream"), 8 * MIB),
    ] {
        let said = |length: usize| request.clone().but("Content-Length", &length.to_string());
        assert_eq!(said(max + 1).status(), 403, "nothing is waited for");
    }
    // More than a number holds: what reads heads gives up.
    assert!(tab.harmless().but("Content-Length", "18446744073709551616").status() >= 400);
}

#[test]
fn os_pag_014_a_call_of_the_greatest_length_is_read_and_one_more_byte_is_not() {
    let served = Served::open();
    let tab = served.tab();
    let call = br#"{"jsonrpc":"2.0","id":7,"method":"status","params":{}}"#;
    let padded = |length: usize| [&call[..], &vec![b' '; length - call.len()]].concat();
    assert_eq!(tab.harmless().body(padded(MIB)).status(), 200);
    assert_eq!(tab.harmless().body(padded(MIB + 1)).status(), 403);
}

#[test]
fn os_pag_014_a_body_in_chunks_is_counted() {
    let served = Served::open();
    let tab = served.tab();
    let chunked = |bytes: usize| {
        let request = tab.harmless().without("Content-Length").with("Transfer-Encoding", "chunked");
        let mut stream = connect(&served.at);
        let call = br#"{"jsonrpc":"2.0","id":7,"method":"status","params":{}}"#;
        let padded = [&call[..], &vec![b' '; bytes - call.len()]].concat();
        let _ = stream.write_all(&request.head());
        for chunk in padded.chunks(64 << 10) {
            let framed = [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat();
            if stream.write_all(&framed).is_err() {
                break;
            }
        }
        let _ = stream.write_all(b"0\r\n\r\n");
        read(stream)
    };
    assert_eq!(chunked(MIB).unwrap().status, 200, "the twin");
    assert!(chunked(MIB + (1 << 16)).is_none_or(|reply| reply.status == 403));
}

/// An answer, if one came before the connection ended.
fn read(mut stream: TcpStream) -> Option<Reply> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    Reply::of(&bytes)
}

#[test]
fn os_pag_014_a_body_that_never_comes_is_given_up() {
    let served = Served::open();
    let tab = served.tab();
    let waiting = tab.harmless().but("Content-Length", "1000").send();
    assert_eq!(read(waiting).unwrap().status, 403, "it ends, and not by this test's patience");
    assert_eq!(tab.harmless().status(), 200, "the twin");
}

#[test]
fn os_pag_003_a_head_that_never_comes_is_given_up() {
    let served = Served::open();
    for begun in [&b""[..], b"GET / HTTP/1.1\r\nHost: "] {
        let mut stream = connect(&served.at);
        stream.write_all(begun).unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("closed, before this test's patience ends");
        assert!(Reply::of(&rest).is_none_or(|reply| reply.status == 408));
    }
    assert_eq!(served.page("GET", "/").status(), 200, "the twin");
}

#[test]
fn os_pag_003_connections_that_say_nothing_shut_nobody_out() {
    let served = Served::open();
    let _silent: Vec<TcpStream> = (0..100).map(|_| connect(&served.at)).collect();
    assert_eq!(served.page("GET", "/").status(), 200, "their time passes");
}

#[test]
fn os_pag_003_a_head_too_long_or_of_too_many_lines_is_refused() {
    let served = Served::open();
    let tab = served.tab();
    let lines = |count: usize| {
        let with = |request: Request, at| request.with(&format!("X-{at}"), "x");
        (0..count).fold(tab.harmless(), with)
    };
    assert_eq!(lines(40).status(), 200, "the twin");
    assert!(lines(80).status() >= 400);
    assert!(tab.harmless().with("X-Long", &"x".repeat(17 << 10)).status() >= 400);
}

#[test]
fn os_pag_003_a_call_behind_a_call_is_answered_and_none_behind_what_is_refused_or_has_no_clear_end()
{
    let served = Served::open();
    let tab = served.tab();
    let (one, lock) = (tab.harmless(), tab.calling("lock", &serde_json::json!({})));
    let answers = |first: &[u8]| {
        let mut stream = connect(&served.at);
        let _ = stream.write_all(&[first, &lock.head(), &lock.bytes()].concat());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).matches("HTTP/1.1 ").count()
    };
    let whole = |request: &Request| [request.head(), request.bytes()].concat();
    let chunked = one.clone().without("Content-Length").with("Transfer-Encoding", "chunked");
    let chunk = [format!("{:x}\r\n", one.bytes().len()).as_bytes(), &one.bytes(), b"\r\n0\r\n\r\n"]
        .concat();
    assert_eq!(answers(&[chunked.head(), chunk].concat()), 1, "in chunks");
    assert_eq!(answers(&whole(&one.clone().but("Offshift-Tab", "another"))), 1, "refused");
    let garbled = one.clone().but("Content-Type", "text/plain");
    assert_eq!(answers(&whole(&garbled)), 1, "of another kind");
    assert_eq!(tab.call("handle", &serde_json::json!({}))["result"], "ana", "it was not locked");
    assert_eq!(answers(&whole(&one)), 2, "the twin");
    assert_eq!(tab.call("status", &serde_json::json!({}))["result"]["state"], "locked");
}

#[test]
fn os_pag_003_fixed_files_come_one_behind_the_other_and_nothing_behind_a_refusal() {
    let served = Served::open();
    let (fixed, foreign) = (served.page("GET", "/"), served.page("GET", "/nothing"));
    let answers = |requests: &[&Request]| {
        let mut stream = connect(&served.at);
        let heads: Vec<u8> = requests.iter().flat_map(|one| one.head()).collect();
        let _ = stream.write_all(&heads);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).matches("HTTP/1.1 ").count()
    };
    assert_eq!(answers(&[&fixed, &fixed, &fixed]), 3);
    assert_eq!(answers(&[&fixed, &foreign, &fixed]), 2);
}

#[test]
fn what_is_no_http_is_closed() {
    let served = Served::open();
    for noise in [&b"\x16\x03\x01\x02\x00\x01\x00"[..], b"\0\0\0\0\r\n\r\n", b"GET /\r\n\r\n"] {
        let mut stream = connect(&served.at);
        let _ = stream.write_all(noise);
        assert!(read(stream).is_none_or(|reply| reply.status >= 400));
    }
    assert_eq!(served.page("GET", "/").status(), 200, "the twin");
}
