//! What a page may ask for.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use serde_json::{Value, json};

use crate::served::{Reply, Served, Tab, files};

fn kind(answer: &Value) -> &Value {
    &answer["error"]["data"]["kind"]
}

#[test]
fn os_pag_030_a_verb_that_names_a_file_of_this_machine_is_refused() {
    let served = Served::open();
    let tab = served.tab();
    let path = served.folder.path().join("made by the page");
    for verb in [
        "send_file",
        "save_file",
        "look_at_file",
        "export",
        "export_messages",
        "import",
        "open_page",
        "shutdown",
        "sync",
        "history",
        "nothing of ours",
    ] {
        let answer = tab.call(verb, &json!({ "path": path, "to": path, "room": "00" }));
        assert_eq!(kind(&answer), "not_for_the_page", "{verb}");
    }
    assert!(!path.exists());
    assert_eq!(tab.call("handle", &json!({}))["result"], "ana", "the twin, and it still runs");
}

#[test]
fn os_pag_031_a_locked_engine_says_so_and_nothing_else() {
    let served = Served::locked();
    let tab = served.tab();
    let status = tab.call("status", &json!({}));
    assert_eq!(status["result"]["state"], "locked");
    for verb in ["handle", "rooms", "contacts", "here", "messages"] {
        assert_eq!(kind(&tab.call(verb, &json!({}))), "locked", "{verb}");
    }
    let wrong = tab.call("unlock", &json!({ "passphrase": "four plain words there" }));
    assert_eq!(kind(&wrong), "vault_wrong_passphrase");
    assert_eq!(kind(&tab.call("handle", &json!({}))), "locked");
    tab.call("unlock", &json!({ "passphrase": "four plain words here" }));
    assert_eq!(tab.call("handle", &json!({}))["result"], "ana", "the twin");
}

#[test]
fn os_pag_038_a_few_calls_are_one_request_and_each_has_its_own_answer() {
    let served = Served::locked();
    let tab = served.tab();
    let one = |id: u32, method: &str| json!({ "jsonrpc": "2.0", "id": id, "method": method });
    let all = json!([one(1, "status"), one(2, "rooms"), one(3, "shutdown"), 4]);
    let answers = tab.harmless().body(all.to_string()).ask().json();
    assert_eq!(answers[0]["result"]["state"], "locked");
    assert_eq!(kind(&answers[1]), "locked", "what fails keeps none of the others from its answer");
    assert_eq!(kind(&answers[2]), "not_for_the_page");
    assert_eq!((&answers[3]["id"], &answers[3]["error"]["code"]), (&json!(null), &json!(-32_600)));
    let most: Vec<_> = (0..16).map(|id| one(id, "status")).collect();
    let answers = tab.harmless().body(json!(most).to_string()).ask().json();
    assert_eq!(answers.as_array().unwrap().len(), 16);
    for wrong in [json!([]), json!((0..17).map(|id| one(id, "status")).collect::<Vec<_>>())] {
        let reply = tab.harmless().body(wrong.to_string()).ask().json();
        assert_eq!(reply["error"]["code"], -32_600, "{reply}");
    }
}

#[test]
fn what_is_no_call_is_answered_as_json_rpc_has_it() {
    let served = Served::open();
    let tab = served.tab();
    let code = |body: &str| {
        let reply = tab.harmless().body(body).ask();
        assert_eq!(reply.status, 200);
        reply.json()["error"]["code"].as_i64()
    };
    assert_eq!(code("no json"), Some(-32_700));
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(code(&deep), Some(-32_700), "no depth brings it down");
    assert_eq!(code("[]"), Some(-32_600), "one call at a time");
    assert_eq!(code(r#"{"jsonrpc":"2.0","id":1}"#), Some(-32_600));
    assert_eq!(code(r#"{"jsonrpc":"2.0","id":1,"method":"room"}"#), Some(-32_602));
    assert_eq!(tab.harmless().status(), 200, "the twin");
}

/// A picture of a code that the page drew.
fn picture(tab: &Tab<'_>, text: &str) -> Vec<u8> {
    let drawn = tab.call("qr", &json!({ "text": text }))["result"].clone();
    let rows: Vec<Vec<u8>> =
        drawn["rows"].as_array().unwrap().iter().map(|row| row.as_str().unwrap().into()).collect();
    assert_eq!(drawn["size"].as_u64(), Some(rows.len() as u64));
    let side = u32::try_from(rows.len()).unwrap() + 8;
    let shade = |x: u32, y: u32| {
        let at = |at: u32| (at / 6).checked_sub(4).map(|at| at as usize);
        let module = at(y).zip(at(x)).and_then(|(y, x)| rows.get(y)?.get(x));
        Luma([if module == Some(&b'1') { 0u8 } else { 255 }])
    };
    let mut bytes = Cursor::new(Vec::new());
    GrayImage::from_fn(side * 6, side * 6, shade).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn read(tab: &Tab<'_>, picture: impl Into<Vec<u8>>) -> Reply {
    tab.request("POST", "/qr").with("Content-Type", "application/octet-stream").body(picture).ask()
}

#[test]
fn a_code_on_one_screen_is_read_from_a_picture_on_another() {
    let served = Served::open();
    let tab = served.tab();
    let code = "offshift:meet:abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwxyz";
    let reply = read(&tab, picture(&tab, code));
    assert_eq!((reply.status, reply.json()), (200, json!({ "text": code })));
    for wrong in [&b"GIF89a"[..], b"<svg/>", b"\x89PNG\r\n\x1a\n", b""] {
        let reply = read(&tab, wrong);
        assert_eq!(reply.status, 422);
        assert_eq!(kind(&reply.json()), "no_code_in_picture");
    }
    assert_eq!(kind(&tab.call("qr", &json!({ "text": "x".repeat(2_000) }))), "bad_params");
}

#[test]
fn a_picture_that_claims_to_be_huge_costs_nothing() {
    let served = Served::open();
    let tab = served.tab();
    let mut png = Cursor::new(Vec::new());
    GrayImage::new(1, 1).write_to(&mut png, ImageFormat::Png).unwrap();
    let mut png = png.into_inner();
    // Width and height in the first chunk; its checksum no longer fits, either.
    png[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    assert_eq!(read(&tab, png).status, 422);
    let mut wide = Cursor::new(Vec::new());
    GrayImage::new(5_000, 1).write_to(&mut wide, ImageFormat::Png).unwrap();
    assert_eq!(read(&tab, wide.into_inner()).status, 422);
}

#[test]
fn os_pag_030_how_the_page_looks_is_kept_locked_or_not_and_nothing_large_is() {
    let served = Served::locked();
    let tab = served.tab();
    assert_eq!(tab.call("look", &json!({}))["result"], json!({}));
    let look = json!({ "theme": "dark", "language": "pl" });
    assert!(tab.call("set_look", &json!({ "look": look })).get("error").is_none());
    for wrong in [json!("dark"), json!([1]), json!({ "x": "y".repeat(5_000) })] {
        assert_eq!(kind(&tab.call("set_look", &json!({ "look": wrong }))), "bad_params");
    }
    let served = {
        drop(tab);
        served.again()
    };
    assert_eq!(served.tab().call("look", &json!({}))["result"], look);
    let kept = files(&served.directory);
    assert!(kept.iter().any(|(path, _)| path.ends_with("page.json")));
}
