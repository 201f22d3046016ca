//! Files between a browser and a room.

use offshift_tests::{people::two_in_a_room, relay::BinaryRelay};
use serde_json::{Value, json};

use crate::{
    served::{Request, Served, Tab, files},
    streams::Stream,
};

/// Two members with a page each, in a room of a relay.
struct Room {
    _relay: BinaryRelay,
    ana: Served,
    bob: Served,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = BinaryRelay::start(&folder.path().join("relay"));
        let (ana, bob) = two_in_a_room(folder.path(), relay.link());
        let (of_ana, of_bob) = (folder.path().join("ana"), folder.path().join("bob"));
        let other = tempfile::tempdir().unwrap();
        Self {
            _relay: relay,
            ana: Served::of(folder, of_ana, ana),
            bob: Served::of(other, of_bob, bob),
        }
    }
}

/// A room that nobody is in.
const NOWHERE: &str = "00000000000000000000000000000000";

fn room_of(tab: &Tab<'_>) -> String {
    tab.call("rooms", &json!({}))["result"][0]["id"].as_str().unwrap().to_owned()
}

/// A file as our page sends it.
fn sending(tab: &Tab<'_>, room: &str, name: &str, bytes: &[u8]) -> Request {
    let request = tab.request("POST", &format!("/file?room={room}&caption=hello+%C3%A9"));
    let request = request.with("Content-Type", "application/octet-stream");
    request.with("Offshift-Name", name).body(bytes)
}

/// What the stream tells of transfers, until one is done.
fn done(stream: &mut Stream) -> Value {
    loop {
        let told = stream.next().expect("the engine runs")["params"].clone();
        if told["event"] == "transfer" && told["state"] == "done" {
            return told;
        }
    }
}

fn kind(answer: &Value) -> &Value {
    &answer["error"]["data"]["kind"]
}

/// Not a picture, and larger than a chunk.
fn document() -> Vec<u8> {
    (0..600_000_u32).flat_map(|at| at.to_le_bytes()).take(600_000).collect()
}

#[test]
fn os_pag_032_a_file_goes_from_one_browser_to_another_as_bytes_of_no_kind_and_no_name() {
    let Room { ana, bob, _relay } = Room::new();
    let (of_ana, of_bob) = (ana.tab(), bob.tab());
    let (mut sees_ana, mut sees_bob) = (Stream::of(&of_ana), Stream::of(&of_bob));
    let room = room_of(&of_ana);
    // A name that would be two headers, were it one's part.
    let name = "a%22%3B%20b%20%C3%A9.pdf";
    assert_eq!(sending(&of_ana, &room, name, &document()).status(), 200);
    done(&mut sees_ana);
    let offered = loop {
        let told = sees_bob.next().expect("the engine runs")["params"].clone();
        if told["event"] == "message" {
            break told;
        }
    };
    let message = offered["id"].as_str().unwrap();
    let file = format!("/file?room={room}&message={message}");
    let early = of_bob.request("GET", &file).ask();
    assert_eq!(early.status, 422, "nothing comes without being asked for");
    assert!(
        of_bob
            .call("get_file", &json!({ "room": room, "message": message }))
            .get("error")
            .is_none()
    );
    done(&mut sees_bob);
    let reply = of_bob.request("GET", &file).ask();
    assert_eq!(reply.status, 200);
    assert!(reply.body == document(), "it is the same, byte by byte");
    assert_eq!(reply.header("content-type"), Some("application/octet-stream"));
    assert_eq!(reply.header("content-disposition"), Some("attachment"));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    assert!(
        reply.headers.iter().all(|(_, value)| !value.contains("pdf")),
        "its name is in no header"
    );
    for spoilt in [
        of_bob.request("GET", &file).without("Offshift-Tab"),
        of_bob.request("GET", &file).but("Sec-Fetch-Site", "none"),
        of_bob.request("GET", &file).but("Sec-Fetch-Site", "cross-site"),
        of_bob.request("GET", &format!("{file}&path=/etc/passwd")),
    ] {
        assert_eq!(spoilt.status(), 403);
    }
}

#[test]
fn os_pag_032_a_name_that_leads_somewhere_is_refused() {
    let served = Served::open();
    let tab = served.tab();
    let room = NOWHERE;
    let status = |name: &str| sending(&tab, room, name, b"x").status();
    assert_eq!(status("a.txt"), 422, "the twin: the engine has no such room");
    for name in ["..", "../a", "..%2Fa", "%2Fetc%2Fpasswd", "a%00", "a%0D%0AX-Header:%201", "%", ""]
    {
        assert_eq!(status(name), 403, "{name}");
    }
    let whole = sending(&tab, room, "a.txt", b"x");
    assert_eq!(whole.clone().without("Offshift-Name").status(), 403);
    assert_eq!(whole.clone().but("Content-Type", "text/plain").status(), 403);
    assert_eq!(whole.clone().but("Content-Length", &((25 << 20) + 1).to_string()).status(), 403);
    assert_eq!(whole.line("POST /file HTTP/1.1").status(), 403, "no query");
}

#[test]
fn os_pag_033_what_the_engine_refuses_leaves_nothing_behind() {
    let served = Served::open();
    let tab = served.tab();
    let before = files(&served.directory).len();
    let reply = sending(&tab, NOWHERE, "canary-name.txt", b"canary").ask();
    assert_eq!(reply.status, 422);
    assert_eq!(kind(&reply.json()), "unknown_room");
    assert_eq!(files(&served.directory).len(), before);
}

#[test]
fn os_pag_031_no_file_goes_in_or_out_of_a_locked_engine() {
    let served = Served::locked();
    let tab = served.tab();
    let room = NOWHERE;
    let sent = sending(&tab, room, "a.txt", b"x").ask();
    let taken = tab.request("GET", &format!("/file?room={room}&message={room}")).ask();
    for reply in [sent, taken] {
        assert_eq!(reply.status, 422);
        assert_eq!(kind(&reply.json()), "locked");
    }
}
