//! Journey 10: consultation. The members are asked, counted, and told the result; nobody learns who chose what.

use offshift_tests::{browser::Browser, people::Program};
use serde_json::{Value, json};

use crate::stage::{ROOM, Stage, Stopwatch, done, listed, number, refused};

const QUESTION: &str = "Do we go on strike on Monday?";

fn poll(who: &Program) -> Value {
    listed_polls(who).remove(0)["poll"].clone()
}

fn listed_polls(who: &Program) -> Vec<Value> {
    let lines = done(who, &["poll", "show", ROOM]).lines;
    lines.into_iter().filter(|line| line["kind"] == "poll").collect()
}

fn counts(who: &Program) -> Vec<u64> {
    let options = poll(who)["options"].as_array().unwrap().clone();
    options.iter().map(|option| option["count"].as_u64().unwrap()).collect()
}

fn answers(who: &Program, choice: &str) {
    done(who, &["poll", "answer", ROOM, &number(who, QUESTION), choice]);
}

#[test]
fn journey_10_the_members_are_asked_counted_and_told_the_result() {
    let stage = Stage::new();
    let people = stage.founded();
    let [ana, ben, cleo] = &people;
    let watch = Stopwatch::start();
    done(ana, &["poll", "ask", ROOM, QUESTION, "Yes", "No", "Later"]);
    for (person, choice) in [(ben, "1"), (cleo, "3"), (ana, "1")] {
        done(person, &["inbox"]);
        answers(person, choice);
    }
    // A second answer takes the place of the first.
    answers(cleo, "1");
    for person in &people {
        done(person, &["inbox"]);
        assert_eq!(counts(person), [3, 0, 0]);
        assert_eq!(poll(person)["answers"], 3);
    }
    assert!(!poll(ana).to_string().contains("cleo"), "counts, and nobody's name");

    let closing = number(cleo, QUESTION);
    let not_theirs = refused(cleo, &["poll", "close", ROOM, &closing]);
    assert!(!not_theirs.is_empty());
    done(ana, &["poll", "close", ROOM, &number(ana, QUESTION)]);
    done(cleo, &["inbox"]);
    refused(cleo, &["poll", "answer", ROOM, &closing, "2"]);
    assert_eq!((counts(cleo), poll(cleo)["is_closed"].clone()), (vec![3, 0, 0], json!(true)));

    refused(cleo, &["announce", ROOM, "We stay."]);
    done(ana, &["announce", ROOM, "All three of us say yes. We meet at the gate at five."]);
    let told = done(ben, &["inbox"]);
    let told = told.lines.iter().find(|line| line["kind"] == "announcement").unwrap();
    assert_eq!(told["from"], "ana");
    watch.stop("journey 10");
    words(ben);
}

/// What stands in the terminal.
fn words(ben: &Program) {
    let shown = ben.reads(&["poll", "show", ROOM]);
    let question = format!("ana {}: Poll: {QUESTION}", shown_time(&shown));
    assert!(shown.contains(&question), "{shown}");
    let rest = "    1. Yes - 3 (your answer)\n    2. No - 0\n    3. Later - 0\n    \
                3 people have answered.\n    Closed: later answers do not count.";
    assert!(shown.contains(rest), "{shown}");
}

/// How long ago, as the line says it.
fn shown_time(shown: &str) -> &str {
    let from = shown.find("ana ").unwrap() + 4;
    &shown[from..from + shown[from..].find(": Poll").unwrap()]
}

#[tokio::test(flavor = "multi_thread")]
async fn journey_10_on_the_page_one_answers_and_sees_the_count() {
    let Some(browser) = Browser::start().await else { return };
    let stage = Stage::new();
    let [ana, ben, cleo] = stage.founded();
    done(&ana, &["poll", "ask", ROOM, QUESTION, "Yes", "No"]);
    let (_engine, url) = ben.opens();
    browser.goto(&url).await;
    browser.press_in(".rooms", ROOM, ROOM).await;
    browser.reads("A changed program could show a member who chose what.").await;
    browser.press_in(".poll", QUESTION, "Yes").await;
    browser.press_in(".poll", QUESTION, "Answer").await;
    browser.reads("1 person has answered.").await;
    done(&cleo, &["inbox"]);
    answers(&cleo, "2");
    browser.reads("2 people have answered.").await;
    done(&ana, &["inbox"]);
    assert_eq!(counts(&ana), [1, 1]);
    assert!(listed(&ana, &["alarms"], "kind").is_empty());
    done(&ana, &["poll", "close", ROOM, &number(&ana, QUESTION)]);
    done(&ana, &["announce", ROOM, "One yes, one no. We talk again on Friday."]);
    browser.reads("Closed. 2 people answered.").await;
    browser.reads("We talk again on Friday.").await;
    browser.find(".message.kind-announcement").await;
}
