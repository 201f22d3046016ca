//! The story by hand: relay, meet, found, send, watch, with the real binaries in processes of their own.

use std::io::pipe;

use offshift_tests::{
    people::{Program, meet_programs, two_in_a_room},
    relay::BinaryRelay,
};

#[test]
fn two_chat_both_ways_with_real_processes_and_a_relay_that_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("relay");
    let relay = BinaryRelay::start(&data);
    let (at, link) = (relay.address(), relay.link().clone());
    let ana = Program::new(folder.path(), "ana", &link);
    let bob = Program::new(folder.path(), "bob", &link);
    meet_programs(&ana, &bob);
    assert_eq!(ana.run(&["room", "found", "Night", "--with", "bob"]).code(), 0);

    let mut watching = bob.start(&["watch"]);
    let opened = watching.next("room");
    assert_eq!(opened["name"], "Night");
    let sent = ana.run(&["send", "Night", "hello bob"]);
    let id = sent.event("sent").expect("it is sent")["id"].as_str().unwrap().to_owned();
    assert_eq!(watching.next("message")["text"], "hello bob");
    assert_eq!(watching.terminate(), Some(0));

    let replied = bob.run(&["send", "Night", "hello ana", "--reply-to", &id[..8]]);
    assert_eq!(replied.code(), 0);
    let inbox = ana.run(&["inbox"]);
    assert_eq!(inbox.texts(), ["hello bob", "hello ana"]);
    assert_eq!(inbox.lines[1]["reply_to"], id);
    assert!(ana.run(&["inbox"]).texts().is_empty(), "each is printed once");

    assert_eq!(relay.terminate(), Some(0));
    let waiting = ana.run(&["send", "Night", "are you there?"]);
    assert_eq!(waiting.code(), 0);
    assert!(waiting.event("waiting").is_some() && waiting.event("sent").is_none());
    let _relay = BinaryRelay::start_at(&data, at);
    assert_eq!(ana.run(&["inbox"]).texts(), ["are you there?"], "it went out by itself");
    assert_eq!(bob.run(&["inbox"]).texts(), ["hello ana", "are you there?"]);
}

#[test]
fn what_a_closed_screen_never_took_is_shown_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, bob) = two_in_a_room(folder.path(), relay.link());
    assert!(ana.run(&["send", "Night", "hello bob"]).event("sent").is_some());
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    assert!(bob.command(&["inbox"]).stdout(writer).status().unwrap().success());
    assert_eq!(bob.run(&["inbox"]).texts(), ["hello bob"]);
    assert!(bob.run(&["inbox"]).texts().is_empty(), "each is printed once");
}
