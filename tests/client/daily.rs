//! Daily life by hand: what people write, with the real binary in processes of its own.

use offshift_tests::{
    people::{Program, Run, two_in_a_room},
    relay::BinaryRelay,
};

/// What was sent by a command.
fn sent(run: &Run) -> String {
    let sent = run.event("sent").unwrap_or_else(|| panic!("it is sent: {:?}", run.lines));
    sent["id"].as_str().unwrap()[..8].to_owned()
}

fn two() -> (tempfile::TempDir, BinaryRelay, Program, Program) {
    let folder = tempfile::tempdir().unwrap();
    let relay = BinaryRelay::start(&folder.path().join("relay"));
    let (ana, bob) = two_in_a_room(folder.path(), relay.link());
    (folder, relay, ana, bob)
}

#[test]
fn marks_edits_and_take_backs_by_hand() {
    let (_folder, _relay, ana, bob) = two();
    let said = sent(&ana.run(&["say", "Night", "See you at six"]));
    assert_eq!(bob.run(&["inbox"]).texts(), ["See you at six"]);
    sent(&bob.run(&["react", "Night", &said, "👍"]));
    let inbox = ana.run(&["inbox"]);
    assert_eq!(inbox.event("message").unwrap()["reactions"][0]["mark"], "👍");
    sent(&ana.run(&["edit", "Night", &said, "See you at", "seven"]));
    let changed = bob.run(&["inbox"]);
    let changed = changed.event("message_changed").expect("what was read is told again");
    assert_eq!((&changed["text"], &changed["edited"]), (&"See you at seven".into(), &true.into()));
    sent(&bob.run(&["pin", "Night", &said]));
    assert!(ana.reads(&["pinned", "Night"]).contains("See you at seven (edited) (pinned)"));
    assert_eq!(bob.run(&["edit", "Night", &said, "mine"]).code(), 1, "not bob's");
    sent(&ana.run(&["take-back", "Night", &said]));
    let read = bob.reads(&["read", "Night"]);
    assert!(read.contains("(taken back)") && !read.contains("seven"), "{read}");
    assert_eq!(bob.run(&["react", "Night", "ffffff", "x"]).code(), 1, "no such message");
    let odd = ana.run(&["say", "Night", "pay\u{200b}day"]);
    assert_eq!(odd.event("odd_text").unwrap()["odd"][0]["kind"], "hidden");
    sent(&odd);
}

#[test]
fn polls_plans_and_announcements_by_hand() {
    let (_folder, _relay, ana, bob) = two();
    let poll = sent(&bob.run(&["poll", "ask", "Night", "Which day?", "Friday", "Saturday"]));
    assert_eq!(ana.run(&["inbox"]).event("message").unwrap()["kind"], "poll");
    sent(&ana.run(&["poll", "answer", "Night", &poll, "2"]));
    let shown = bob.reads(&["poll", "show", "Night"]);
    assert!(shown.contains("2. Saturday - 1\n"), "{shown}");
    assert!(shown.contains("1 person has answered."), "{shown}");
    sent(&bob.run(&["poll", "close", "Night", &poll]));
    assert_eq!(ana.run(&["poll", "answer", "Night", &poll, "1"]).code(), 1, "it is closed");
    let plan =
        ["plan", "make", "Night", "Meeting", "--at", "2060-01-29 18:00", "--place", "Gate 4"];
    let plan = sent(&ana.run(&plan));
    sent(&ana.run(&["plan", "change", "Night", &plan, "--place", "Gate 5"]));
    let listed = bob.reads(&["plan", "list", "Night"]);
    assert!(listed.contains("Meeting, 29 Jan 2060 18:00, Gate 5"), "{listed}");
    assert!(listed.contains("Changed by ana"), "{listed}");
    sent(&bob.run(&["plan", "call-off", "Night", &plan]));
    assert!(ana.reads(&["plan", "list", "Night"]).contains("CALLED OFF by bob"));
    assert_eq!(ana.run(&["plan", "make", "Night", "Meeting", "--at", "soon"]).code(), 1);
    sent(&bob.run(&["announce", "Night", "Saturday it is"]));
    assert!(ana.reads(&["read", "Night"]).contains("TO ALL: Saturday it is"));
    assert_eq!(ana.run(&["search", "saturday"]).lines.len(), 2, "the poll and the announcement");
    assert!(ana.run(&["search", "saturday", "monday"]).lines.is_empty());
    ana.reads(&["draft", "Night", "I think that"]);
    assert_eq!(ana.reads(&["draft", "Night"]).trim(), "I think that");
}
